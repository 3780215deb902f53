//! Blocks: the rows of a long file, a stretch at a time, each a dataset of its own.
//!
//! In: a [`Source`], which cuts a file into [`Piece`]s. Out: a [`Block`] of each, and in the end what is wrong with
//! the file, in the same words and order as if it had been read whole. What can only be told of a whole file (keys that
//! are not in order, a text that is not UTF-8, a quote that is never closed) is a [`Stop`]: the file is then read
//! whole instead.
//!
//! # How another format joins
//!
//! A source knows the header of its file before the first piece is taken. [`Source::take`] is called by one thread at a
//! time, in the order of the file, and should do little: find where the next stretch ends. [`Piece::read`] is called
//! by any thread, for several pieces at once; it gives the rows as a [`Part`], numbered as in the file, and reports
//! what is wrong with cells. Everything else (keys, names, problems in order, evaluation, results) is the same for every
//! format.

mod keys;

pub(crate) use keys::Order;

use super::header::Target;
use super::join::table_of;
use super::part::Part;
use super::tally::Found;
use super::{DataFile, Dataset, error, join, missing};
use crate::model::{Model, TableId};
use crate::problem::{DataPlace, Problem};
use crate::value::{MissingReason, Value};
use keys::Keys;
use std::io;

/// A block in which there are more problems than this is read again, in its turn, so that no block holds an endless
/// list of them.
const MOST_PROBLEMS: usize = 1_000;

/// Why reading block by block ends early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It takes the whole file to say what comes of it.
    Whole,
    /// The keys are not in order.
    Unordered,
}

/// What cannot be read or written is told by those who read the whole file and write its results.
impl From<io::Error> for Stop {
    fn from(_: io::Error) -> Self {
        Self::Whole
    }
}

/// A file of one table, cut into pieces.
pub(crate) trait Source: Send {
    /// What is taken.
    type Piece: Piece;

    /// Takes the next stretch of rows; nothing after the last.
    fn take(&mut self) -> Result<Option<Self::Piece>, Stop>;

    /// Learns what a part, the next in order, says of the file as a whole.
    fn learn(&mut self, part: &Part);

    /// A part without rows that stands for the whole file, after its end. Reports what could not be told before.
    fn end(&mut self, found: &mut Found) -> Part;

    /// How much of the file was taken, and how much there is, in whatever measure.
    fn progress(&self) -> (u64, u64);

    /// Whether there is hardly more than one piece, so that one thread does.
    fn is_small(&self) -> bool;
}

/// A stretch of a file.
pub(crate) trait Piece: Send {
    /// Reads it. Where more problems are found than there is room for, it may be read again.
    fn read(&mut self, found: &mut Found) -> Result<Part, Stop>;
}

/// The rows of a piece that are records.
#[derive(Debug)]
pub(crate) struct Block {
    /// The records, as the only ones of their table.
    pub(crate) data: Dataset,
    part: Part,
    problems: Vec<Problem>,
    key_problems: Vec<Problem>,
    keys: Keys,
}

/// A piece that was read.
#[derive(Debug)]
pub(crate) enum Read<P> {
    /// Its block.
    Block(Box<Block>),
    /// It has too many problems to be read before its turn.
    InTurn(P),
}

/// What blocks are made of the same.
#[derive(Debug, Clone)]
pub(crate) struct Making<'a> {
    /// The rules.
    pub(crate) model: &'a Model,
    /// The table that the file holds.
    pub(crate) table: TableId,
    /// How its rows may stand.
    pub(crate) order: Order,
    file: DataFile,
    hasher: hashbrown::DefaultHashBuilder,
}

impl<'a> Making<'a> {
    /// Blocks of a table out of a file.
    pub(crate) fn new(model: &'a Model, table: TableId, file: &str, order: Order) -> Self {
        let place = DataPlace { file: file.to_owned(), ..DataPlace::default() };
        Self { model, table, order, file: DataFile::at(&place), hasher: hashbrown::DefaultHashBuilder::default() }
    }

    /// The name of the file.
    pub(super) fn file_name(&self) -> &str {
        &self.file.name
    }

    /// The data without any record.
    pub(crate) fn nothing(&self) -> Dataset {
        let columns = self.model.table(self.table).columns.iter();
        let table = super::TableData {
            columns: columns.map(|_| super::Column::without_values(0, MissingReason::NoRecord)).collect(),
            origins: self.model.table(self.table).columns.iter().map(|_| None).collect(),
            ..Default::default()
        };
        Dataset { tables: vec![table], files: vec![self.file.clone()] }
    }

    /// Reads a piece before its turn.
    pub(crate) fn read<P: Piece>(&self, mut piece: P) -> Result<Read<P>, Stop> {
        let mut found = Found::with_room_for(MOST_PROBLEMS);
        let part = piece.read(&mut found)?;
        if found.is_full() {
            return Ok(Read::InTurn(piece));
        }
        Ok(Read::Block(Box::new(self.block(part, found.into_problems())?)))
    }

    fn block(&self, mut part: Part, problems: Vec<Problem>) -> Result<Block, Stop> {
        let table = self.model.table(self.table);
        let key = table.key.and_then(|key| part.column(Target::Column(key))).ok_or(Stop::Whole)?;
        let cells = &key.cells;
        // Whether a key is a word for a total is told from all keys of the file.
        if (0..cells.len()).any(|row| cells.text(row).is_some_and(join::is_total)) {
            return Err(Stop::Whole);
        }
        let mut key_problems = Vec::new();
        let mut kept = None;
        if !cells.missing().is_empty() {
            for run in cells.missing().runs().iter().filter(|run| run.reason != MissingReason::Unreadable) {
                let name = table.key.map_or("", |key| &self.model.column(key).name);
                key_problems.extend(
                    (run.first..run.end)
                        .map(|row| error::missing_key(part.place_of(row as usize, Some(key)), &table.name, name)),
                );
            }
            let rows = (0..cells.len()).filter(|row| cells.missing().reason(*row).is_none());
            kept = Some(rows.map(Some).collect::<Vec<_>>());
        }
        let data = table_of(self.model, self.table, &mut part, kept.as_deref());
        let data = Dataset { tables: vec![data], files: vec![self.file.clone()] };
        let keys = Keys::of(self, &data)?;
        Ok(Block { data, part, problems, key_problems, keys })
    }
}

/// Reading a file block by block, in order.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    making: Making<'a>,
    /// What is wrong with cells and rows.
    found: Found,
    /// What is wrong with keys, which is told after everything else.
    of_keys: Found,
    last: Option<Value>,
    seen: keys::Seen,
    has_errors: bool,
}

impl<'a> Reading<'a> {
    /// Begins. What was found with the header is told first.
    pub(crate) fn new(making: Making<'a>, found: Found) -> Self {
        let has_errors = found.has_errors();
        Self { making, found, of_keys: Found::default(), last: None, seen: keys::Seen::default(), has_errors }
    }

    /// The block of a piece whose turn it is.
    pub(crate) fn read_in_turn<P: Piece>(&mut self, mut piece: P) -> Result<Block, Stop> {
        let part = piece.read(&mut self.found)?;
        self.has_errors |= self.found.has_errors();
        self.making.block(part, Vec::new())
    }

    /// Takes in what a block, the next in order, says of the file as a whole.
    pub(crate) fn settle<S: Source>(&mut self, source: &mut S, block: &mut Block) -> Result<(), Stop> {
        source.learn(&block.part);
        self.has_errors |= block.problems.iter().chain(&block.key_problems).any(Problem::is_error);
        std::mem::take(&mut block.problems).into_iter().for_each(|problem| self.found.add(problem));
        std::mem::take(&mut block.key_problems).into_iter().for_each(|problem| self.of_keys.add(problem));
        self.seen.put(std::mem::take(&mut block.keys), &mut self.last, &self.making)
    }

    /// Whether something was found that is not to be.
    pub(crate) fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// Everything that is wrong with the file, after its end.
    pub(crate) fn finish<S: Source>(mut self, source: &mut S) -> Vec<Problem> {
        let mut parts = [source.end(&mut self.found)];
        missing::report(self.making.model, self.making.table, &mut parts, &mut self.found);
        let mut problems = self.found.into_problems();
        problems.extend(self.of_keys.into_problems());
        problems
    }
}
