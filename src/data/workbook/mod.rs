//! Workbooks: XLSX and ODS, a sheet for each table.
//!
//! In: the bytes of a workbook. Out: its sheets by name, and the rows of those that are asked for. Files that
//! would unpack to more than a run takes are refused before they are.

mod ods;
mod xlsx;

use super::error;
use super::part::PartReader;
use super::raw::RawCell;
use super::tally::Found;
use super::workload::{MAX_COLUMNS, Workload};
use crate::problem::DataPlace;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most bytes that a workbook may unpack to.
const MAX_UNPACKED: u64 = 512 << 20;

/// The most files that a workbook may be made of.
const MAX_FILES: usize = 10_000;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: String,
    /// Whether it is hidden.
    pub(super) is_hidden: bool,
}

/// A workbook that could be opened.
pub(super) enum Workbook<'a> {
    Xlsx(Box<xlsx::Book<'a>>),
    Ods(ods::Book<'a>),
}

/// Why a workbook or a sheet cannot be read, and what to do about it.
#[derive(Debug)]
pub(super) struct Unreadable {
    why: String,
    help: &'static str,
}

impl Unreadable {
    fn damaged(why: impl std::fmt::Display) -> Self {
        Self { why: why.to_string(), help: "open it in a spreadsheet program and save it again" }
    }

    fn password() -> Self {
        Self { why: "it is protected with a password".into(), help: "save it without a password" }
    }

    fn too_large() -> Self {
        Self {
            why: format!("it unpacks to more than {} MiB", MAX_UNPACKED >> 20),
            help: "save only the sheets that the rules read",
        }
    }

    /// As a problem.
    pub(super) fn problem(&self, place: DataPlace) -> crate::problem::Problem {
        error::not_readable(place, &self.why, self.help)
    }
}

impl<'a> Workbook<'a> {
    /// Opens a workbook; `is_ods` says which kind its name promises.
    pub(super) fn open(bytes: &'a [u8], is_ods: bool) -> Result<Self, Unreadable> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(Unreadable {
                why: "it is protected with a password, or an old `.xls` workbook".into(),
                help: "save it as `.xlsx` without a password",
            });
        }
        if !bytes.starts_with(b"PK") {
            return Err(Unreadable {
                why: "it is not a workbook".into(),
                help: "save it as `.xlsx` or `.ods`, or give it the ending of what it is, such as `.csv`",
            });
        }
        check_size(bytes)?;
        Ok(if is_ods { Self::Ods(ods::Book::open(bytes)?) } else { Self::Xlsx(Box::new(xlsx::Book::open(bytes)?)) })
    }

    /// Its sheets in order.
    pub(super) fn sheets(&self) -> &[Sheet] {
        match self {
            Self::Xlsx(book) => &book.sheets,
            Self::Ods(book) => &book.sheets,
        }
    }

    /// Reads the rows of a sheet, by its place in the list of sheets.
    pub(super) fn read(&mut self, sheet: usize, reader: &mut PartReader<'_>, work: &mut Workload, found: &mut Found) {
        let mut rows = Rows { reader, work, found, number: 0, cells: Vec::new() };
        let read = match self {
            Self::Xlsx(book) => book.read(sheet, &mut rows),
            Self::Ods(book) => book.read(sheet, &mut rows),
        };
        let read = read.and_then(|()| rows.end_row());
        if let Err(stop) = read {
            let place = DataPlace { row: Some(rows.number).filter(|row| *row > 0), ..rows.reader.place().clone() };
            rows.found.add(match stop {
                Stop::Unreadable(unreadable) => unreadable.problem(place),
                Stop::TooLarge(what) => error::too_large(place, &what),
            });
            rows.reader.break_off();
        }
    }
}

/// Unpacks everything once and keeps nothing, so that no later step meets more than this: what a file says
/// about its own size proves nothing.
fn check_size(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::damaged)?;
    if archive.len() > MAX_FILES {
        return Err(Unreadable::too_large());
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        // What cannot be unpacked at all is reported when, and only if, it is needed.
        let Ok(file) = archive.by_index(index) else { continue };
        let mut file = file.take(left.saturating_add(1));
        let mut unpacked = 0u64;
        let mut buffer = [0; 16 << 10];
        while let Ok(read @ 1..) = file.read(&mut buffer) {
            unpacked = unpacked.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        }
        left = left.checked_sub(unpacked).ok_or_else(Unreadable::too_large)?;
    }
    Ok(())
}

/// Why the reading of a sheet stopped.
enum Stop {
    Unreadable(Unreadable),
    TooLarge(String),
}

impl From<Unreadable> for Stop {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

/// Rows on their way from a sheet to a part, cell by cell.
struct Rows<'r, 'm> {
    reader: &'r mut PartReader<'m>,
    work: &'r mut Workload,
    found: &'r mut Found,
    /// The row that is being filled, from 1; 0 before the first.
    number: u64,
    cells: Vec<RawCell>,
}

impl Rows<'_, '_> {
    /// Puts a cell; rows and columns are counted from 0 and rows come in order.
    fn cell(&mut self, row: u64, column: usize, cell: RawCell) -> Result<(), Stop> {
        let number = row.saturating_add(1);
        if number < self.number {
            return Err(Unreadable::damaged("its rows are out of order").into());
        }
        if number > self.number {
            self.end_row()?;
            self.number = number;
        }
        if column >= MAX_COLUMNS {
            return Err(Stop::TooLarge(format!("a row has more than {MAX_COLUMNS} columns")));
        }
        if self.cells.len() <= column {
            self.cells.resize_with(column + 1, RawCell::blank);
        }
        if let Some(slot) = self.cells.get_mut(column) {
            *slot = cell;
        }
        Ok(())
    }

    /// Passes the row on that is full.
    fn end_row(&mut self) -> Result<(), Stop> {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        self.work.row(cells.len(), cells.iter()).map_err(Stop::TooLarge)?;
        self.reader.row(self.number, cells, self.found);
        Ok(())
    }
}
