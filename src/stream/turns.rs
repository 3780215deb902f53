//! Threads that each take a block, work on it, and put it down when it is its turn.
//!
//! A thread that has done its block before the one before it is done waits, so that there are never more blocks than
//! threads.

use super::block::{Given, add_failures};
use super::whys::Asked;
use super::{Failures, Form, Job};
use crate::data::Found;
use crate::data::blocks::{Block, Making, Read, Reading, Source, Stop};
use crate::eval::{Portion, Totals};
use crate::problem::Problem;
use crate::report::many::ManyCauses;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A file read once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pass<'p, 'a> {
    pub(super) job: &'p Job<'a>,
    pub(super) making: &'p Making<'a>,
    /// What is run over its blocks.
    pub(super) portion: &'p Portion<'p>,
    /// What of the nation is missing, for which blocks are asked why.
    pub(super) asked_why: &'p [Asked],
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) problems: Vec<Problem>,
    pub(super) parts: Totals,
    pub(super) failures: Vec<Failures>,
    /// Why that is missing about which was asked.
    pub(super) causes: Vec<ManyCauses>,
    /// Whether there are errors that make results unwanted.
    pub(super) is_over: bool,
}

/// A source, and the number of the next block.
struct Taking<S> {
    source: S,
    next: usize,
    is_empty: bool,
}

/// Whose turn it is, and what was put down.
struct Putting<'f, 'a, F: Form> {
    turn: usize,
    reading: Reading<'a>,
    file: Option<&'f mut F::File>,
    parts: Totals,
    failures: Vec<Failures>,
    causes: Vec<ManyCauses>,
    /// How many records there were, where it is asked why.
    records: u32,
    stop: Option<Stop>,
}

struct Work<'p, 'a, 'f, S, F: Form> {
    pass: Pass<'p, 'a>,
    form: Option<&'p F>,
    taking: Mutex<Taking<S>>,
    putting: Mutex<Putting<'f, 'a, F>>,
    turned: Condvar,
    /// Whether the rest is only read for what is wrong with it.
    is_only_read: AtomicBool,
    has_stopped: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'p, 'a> Pass<'p, 'a> {
    /// Reads the file once, and adds results to another where they are wanted.
    pub(super) fn run<S: Source, F: Form>(
        self,
        open: impl Fn(&mut Found) -> Result<S, Stop>,
        to: Option<(&'p F, &mut F::File)>,
    ) -> Result<Made, Stop> {
        let mut found = Found::default();
        let source = open(&mut found)?;
        let (_, all) = source.progress();
        self.job.progress.all.store(all, Ordering::Relaxed);
        let (form, file) = to.map_or((None, None), |(form, file)| (Some(form), Some(file)));
        let reading = Reading::new(self.making.clone(), found);
        let is_only_read = AtomicBool::new(reading.has_errors() && !self.job.keeps_going);
        let is_small = source.is_small();
        let work = Work {
            pass: self,
            form,
            taking: Mutex::new(Taking { source, next: 0, is_empty: false }),
            putting: Mutex::new(Putting {
                turn: 0,
                reading,
                file,
                parts: Totals::default(),
                failures: Vec::new(),
                causes: self.asked_why.iter().map(|_| ManyCauses::default()).collect(),
                records: 0,
                stop: None,
            }),
            turned: Condvar::new(),
            is_only_read,
            has_stopped: AtomicBool::new(false),
        };
        std::thread::scope(|scope| {
            let others = if is_small { 0 } else { self.job.threads.saturating_sub(1) };
            for _ in 0..others {
                scope.spawn(|| work.work());
            }
            work.work();
        });
        let mut taking = work.taking.into_inner().unwrap_or_else(PoisonError::into_inner);
        let putting = work.putting.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = putting.stop {
            return Err(stop);
        }
        let problems = putting.reading.finish(&mut taking.source);
        let is_over = !self.job.keeps_going && problems.iter().any(Problem::is_error);
        Ok(Made { problems, parts: putting.parts, failures: putting.failures, causes: putting.causes, is_over })
    }
}

/// Lets the others go where a thread breaks off.
struct Leaving<'w, 'p, 'a, 'f, S: Source, F: Form>(&'w Work<'p, 'a, 'f, S, F>);

impl<S: Source, F: Form> Drop for Leaving<'_, '_, '_, '_, S, F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut putting = lock(&self.0.putting);
            self.0.stop(&mut putting, Stop::Whole);
        }
    }
}

impl<S: Source, F: Form> Work<'_, '_, '_, S, F> {
    fn work(&self) {
        let _leaving = Leaving(self);
        while let Some((number, piece)) = self.take() {
            let piece = match piece {
                Ok(piece) => self.pass.making.read(piece).and_then(|read| self.evaluated(read)),
                Err(stop) => Err(stop),
            };
            let mut putting = lock(&self.putting);
            while putting.turn != number && putting.stop.is_none() {
                putting = self.turned.wait(putting).unwrap_or_else(PoisonError::into_inner);
            }
            if putting.stop.is_some() {
                return;
            }
            if let Err(stop) = piece.and_then(|read| self.put(read, &mut putting)) {
                self.stop(&mut putting, stop);
                return;
            }
            putting.turn += 1;
            drop(putting);
            self.turned.notify_all();
        }
    }

    fn stop(&self, putting: &mut Putting<'_, '_, F>, stop: Stop) {
        putting.stop.get_or_insert(stop);
        self.has_stopped.store(true, Ordering::Relaxed);
        self.turned.notify_all();
    }

    /// The next piece and its number; why there is none is told in its turn.
    fn take(&self) -> Option<(usize, Result<S::Piece, Stop>)> {
        let mut taking = lock(&self.taking);
        if taking.is_empty || self.has_stopped.load(Ordering::Relaxed) {
            return None;
        }
        let taken = taking.source.take().transpose();
        let (done, _) = taking.source.progress();
        self.pass.job.progress.done.store(done, Ordering::Relaxed);
        taking.is_empty = !matches!(taken, Some(Ok(_)));
        let number = taking.next;
        taking.next += 1;
        taken.map(|taken| (number, taken))
    }

    fn evaluated(&self, read: Read<S::Piece>) -> Result<Evaluated<S::Piece, F::Rows>, Stop> {
        Ok(match read {
            Read::Block(block) => {
                let given = self.evaluate(&block)?;
                Evaluated::Block(block, given)
            }
            Read::InTurn(piece) => Evaluated::InTurn(piece),
        })
    }

    fn evaluate(&self, block: &Block) -> Result<Given<F::Rows>, Stop> {
        if self.is_only_read.load(Ordering::Relaxed) {
            return Ok(Given::nothing());
        }
        self.pass.evaluate(&block.data, self.form)
    }

    /// Puts down what came of a block whose turn it is.
    fn put(&self, read: Evaluated<S::Piece, F::Rows>, putting: &mut Putting<'_, '_, F>) -> Result<(), Stop> {
        let (mut block, given) = match read {
            Evaluated::Block(block, given) => (block, given),
            Evaluated::InTurn(piece) => {
                let block = putting.reading.read_in_turn(piece)?;
                let given = self.evaluate(&block)?;
                (Box::new(block), given)
            }
        };
        putting.reading.settle(&mut lock(&self.taking).source, &mut block)?;
        if putting.reading.has_errors() && !self.pass.job.keeps_going {
            self.is_only_read.store(true, Ordering::Relaxed);
            return Ok(());
        }
        putting.parts.add(given.parts).ok_or(Stop::Whole)?;
        for (all, more) in putting.causes.iter_mut().zip(given.causes) {
            all.append(more, putting.records);
        }
        putting.records = putting.records.saturating_add(given.records);
        add_failures(&mut putting.failures, given.failures, self.pass.job.names_failures);
        if let (Some(form), Some(file), Some(rows)) = (self.form, putting.file.as_deref_mut(), given.rows) {
            form.append(file, rows)?;
        }
        Ok(())
    }
}

/// A piece that was read, and what came of it.
enum Evaluated<P, R> {
    Block(Box<Block>, Given<R>),
    InTurn(P),
}
