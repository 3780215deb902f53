//! Running rules over a file that is never in memory as a whole: block after block is read, evaluated and written.
//!
//! In: a plan that makes every result, a source of blocks, and a form of results. Out: rows of results in the order of
//! the file, the results of the nation, and everything that is wrong with the file; or that the file has to be
//! read whole (`Stop`). What comes of it is the same as that of the whole file, whatever the size of blocks and the
//! number of threads.
//!
//! Where records rest on the nation, the file is read more than once: first for the totals, then for what rests on
//! them.
//!
//! # How another format joins
//!
//! Data: a `Source`, as `data::blocks` says. Results: a `Form`, which makes rows of a block ready for writing
//! (`Form::rows`, by any thread) and adds them to a file (`Form::append`, one after another in order). What opens and
//! finishes the file is the program's.

mod block;
mod csv;
mod form;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(test)]
mod tests;
mod turns;
mod whys;

pub use csv::{File, Streamed, csv_to_csv};
pub(crate) use form::{Csv, Form};
#[cfg(feature = "parquet")]
pub(crate) use parquet::Parquet;

use crate::data::Dataset;
use crate::data::blocks::{Making, Source, Stop};
use crate::eval::{self, Portion, Stage, Totals};
use crate::meaning::{Results, RunOptions};
use crate::model::{DeclarationId, Model};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::source::Sources;
use indexmap::IndexMap;
use std::sync::atomic::AtomicU64;

/// What is run.
#[derive(Debug)]
pub(crate) struct Job<'a> {
    /// The rules.
    pub(crate) model: &'a Model,
    /// Their texts.
    pub(crate) sources: &'a Sources,
    /// The plan, which makes every result.
    pub(crate) plan: &'a Plan,
    /// What was asked for.
    pub(crate) options: &'a RunOptions,
    /// The results of records that are written, and their checks.
    pub(crate) of_records: Vec<DeclarationId>,
    /// The results of the nation that are asked for.
    pub(crate) of_nation: Vec<DeclarationId>,
    /// Whether every record at which a check fails is to be named, or only the first.
    pub(crate) names_failures: bool,
    /// Whether the results of the nation are written, with what they lack.
    pub(crate) writes_nation: bool,
    /// Whether to evaluate what is good where the data has errors.
    pub(crate) keeps_going: bool,
    /// How many threads work.
    pub(crate) threads: usize,
    /// How far it is.
    pub(crate) progress: &'a Progress,
}

/// How far a run is, in the measure of its source.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// What is done.
    pub(crate) done: AtomicU64,
    /// What there is to do.
    pub(crate) all: AtomicU64,
}

/// A check that fails.
#[derive(Debug, Clone)]
pub(crate) struct Failures {
    /// The check.
    pub(crate) check: DeclarationId,
    /// At how many records.
    pub(crate) count: u64,
    /// What people call them, all or the first; none for the nation.
    pub(crate) records: Vec<Option<String>>,
}

/// What came of a run, but for the rows that were written.
#[derive(Debug)]
pub(crate) struct Done {
    /// Everything that is wrong with the file.
    pub(crate) problems: Vec<Problem>,
    /// Whether results were wanted all the same.
    pub(crate) has_results: bool,
    /// The results of the nation.
    pub(crate) results: Results,
    /// Why results of the nation are missing that lack what records do.
    pub(crate) whys: IndexMap<DeclarationId, String>,
    /// The data without its records.
    pub(crate) data: Dataset,
    /// The checks of records that fail.
    pub(crate) failures: Vec<Failures>,
}

/// Runs the rules over a file, which is opened once for each time it is read, and adds the results to another.
pub(crate) fn run<'a, S: Source, F: Form>(
    job: &Job<'a>,
    making: &Making<'a>,
    open: impl Fn(&mut crate::data::Found) -> Result<S, Stop>,
    form: &F,
    file: &mut F::File,
) -> Result<Done, Stop> {
    let mut totals = Totals::default();
    let (mut problems, mut failures) = (None, Vec::new());
    let mut has_rows = false;
    loop {
        let writes = !has_rows && totals.suffice(job.plan, &job.of_records);
        let mut outputs = job.of_nation.clone();
        if !has_rows {
            outputs.extend_from_slice(&job.of_records);
        }
        if has_rows && totals.suffice(job.plan, &outputs) {
            break;
        }
        if totals.spread_lacks(job.plan, &outputs) {
            return Err(Stop::Whole);
        }
        let stage = Stage { totals: &totals, gives_results: writes };
        let portion = Portion::new(job.plan, &outputs, stage);
        let pass = turns::Pass { job, making, portion: &portion, asked_why: &[] };
        let made = pass.run(&open, writes.then_some((form, &mut *file)))?;
        let is_over = made.is_over;
        problems.get_or_insert(made.problems);
        totals.add(made.parts).ok_or(Stop::Whole)?;
        if writes {
            failures = made.failures;
            has_rows = true;
        }
        if is_over {
            return Ok(Done {
                problems: problems.unwrap_or_default(),
                has_results: false,
                results: Results::default(),
                whys: IndexMap::new(),
                data: making.nothing(),
                failures: Vec::new(),
            });
        }
    }
    let data = making.nothing();
    let stage = Stage { totals: &totals, gives_results: true };
    let portion = Portion::new(job.plan, &job.of_nation, stage);
    let run = eval::Run::over_block(&portion, job.model, &data, job.options).ok_or(Stop::Whole)?;
    let results = run.results_of_the_nation();
    let whys = match job.writes_nation {
        true => whys::of_nation(job, making, &open, form, &run, &results, &totals)?,
        false => IndexMap::new(),
    };
    Ok(Done { problems: problems.unwrap_or_default(), has_results: true, results, whys, data, failures })
}
