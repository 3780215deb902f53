//! Parquet: tables whose columns have types.
//!
//! In: the bytes of a file. Out: its records, stretch after stretch, each cell through the checks that one of any
//! other file meets. What a file says about its own size is believed only as far as the file bears it out.

mod blocks;
mod cells;
mod file;
mod form;
mod pages;
#[cfg(test)]
pub(crate) mod tests;
mod values;

pub(crate) use blocks::Parquet;

use super::error;
use super::part::PartReader;
use super::tally::Found;
use super::workload::{MAX_COLUMNS, Workload};
use crate::problem::{DataPlace, Problem};
use bytes::Bytes;
use file::{Column, File, Stretch};
use parquet::errors::Result as ParquetResult;
use parquet::file::reader::ChunkReader;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many records a stretch has. Tests cut what they read into many.
const STRETCH: usize = if cfg!(test) { 7 } else { 1 << 16 };
/// A stretch with more problems than this is read again, in its turn, so that none holds an endless list of them.
const MOST_PROBLEMS: usize = 1_000;
/// What stands at the beginning and at the end of a file.
const MAGIC: &[u8] = b"PAR1";

/// Why a file cannot be read, and what to do about it.
#[derive(Debug)]
struct Unreadable {
    why: String,
    help: &'static str,
}

impl Unreadable {
    fn damaged(why: &str) -> Self {
        Self { why: format!("it is damaged ({why})"), help: "write the file anew" }
    }

    fn cut_off() -> Self {
        Self { why: "it was cut off: its end is missing".to_owned(), help: "copy or write the file anew" }
    }

    fn too_large(why: &str) -> Self {
        Self { why: why.to_owned(), help: "write the file with smaller pages and row groups, as most programs do" }
    }

    /// A file that begins otherwise than Parquet does.
    fn no_parquet(begin: &[u8]) -> Self {
        let help = "write it as Parquet, or give it the ending of what it is, such as `.csv`";
        match begin {
            b"PARE" => Self { why: "it is encrypted".to_owned(), help: "write it without encryption" },
            _ => Self { why: "it is not a Parquet file".to_owned(), help },
        }
    }

    fn problem(&self, place: DataPlace) -> Problem {
        error::not_readable(place, &self.why, self.help)
    }
}

/// Asks the library that reads Parquet; where it fails or falls over, the file is damaged.
fn ask<T>(question: impl FnOnce() -> ParquetResult<T>) -> Result<T, Unreadable> {
    match catch_unwind(AssertUnwindSafe(question)) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(Unreadable::damaged(&error.to_string())),
        Err(_) => Err(Unreadable::damaged("its values are not as it says")),
    }
}

/// Reads a Parquet file into a part, by so many threads, which change nothing of what comes of it.
pub(super) fn read(
    bytes: &[u8],
    threads: NonZero<usize>,
    reader: &mut PartReader<'_>,
    work: &mut Workload,
    found: &mut Found,
) {
    let opened = open(Bytes::copy_from_slice(bytes), reader, work, found);
    let read = opened.and_then(|(file, columns)| {
        let stretches = file.stretches(STRETCH);
        stretches.chunks(threads.get()).try_for_each(|together| side_by_side(&file, &columns, together, reader, found))
    });
    if let Err(problem) = read {
        found.add(*problem);
        reader.break_off();
    }
}

/// Opens a file and finds its columns. What is wrong with columns is reported.
fn open<R: ChunkReader + 'static>(
    input: R,
    reader: &mut PartReader<'_>,
    work: &mut Workload,
    found: &mut Found,
) -> Result<(File<R>, Vec<Column>), Box<Problem>> {
    let place = reader.place().clone();
    let file = File::open(input).map_err(|unreadable| unreadable.problem(place.clone()))?;
    let fields = file.fields();
    if fields.len() > MAX_COLUMNS {
        let what = format!("a record has {} columns, more than {MAX_COLUMNS}", fields.len());
        return Err(Box::new(error::too_large(place, &what)));
    }
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    reader.typed_header(&names, found);
    let columns: Vec<Column> = reader
        .typed_columns()
        .into_iter()
        .filter_map(|(slot, index)| fields.get(index).map(|field| field.column(slot, reader, found)))
        .collect();
    let rows = file.rows(columns.len()).and_then(|rows| work.text_rows(rows));
    rows.map_err(|what| error::too_large(place, &what))?;
    Ok((file, columns))
}

/// Reads stretches, each by a thread of its own, and puts them below those that are read.
fn side_by_side<'a, R: ChunkReader + 'static>(
    file: &File<R>,
    columns: &[Column],
    stretches: &[Stretch],
    reader: &mut PartReader<'a>,
    found: &mut Found,
) -> Result<(), Box<Problem>> {
    let blank = reader.for_piece();
    let apart = |stretch: Stretch| {
        let (mut piece, mut found) = (blank.for_piece(), Found::with_room_for(MOST_PROBLEMS));
        file.read(stretch, columns, &mut piece, &mut found).map(|()| (piece, found))
    };
    let mut put = |stretch: Stretch, (piece, problems): (PartReader<'a>, Found)| {
        if problems.is_full() {
            let mut piece = blank.for_piece();
            file.read(stretch, columns, &mut piece, found)?;
            reader.append(piece, 0);
        } else {
            problems.into_problems().into_iter().for_each(|problem| found.add(problem));
            reader.append(piece, 0);
        }
        Ok(())
    };
    if let [only] = stretches {
        return put(*only, apart(*only)?);
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = stretches.iter().map(|stretch| (*stretch, scope.spawn(|| apart(*stretch)))).collect();
        running.into_iter().try_for_each(|(stretch, thread)| {
            // What fell over falls over again here, where it is told as what it is.
            let read = thread.join().unwrap_or_else(|_| apart(stretch))?;
            put(stretch, read)
        })
    })
}
