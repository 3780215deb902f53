//! How much data one run takes: beyond these limits files are refused rather than memory eaten.

use super::raw::RawCell;
use super::series::MAX_ROWS;

/// The most bytes of workbooks and JSON documents, all files together: they take many times as much in memory.
pub(super) const MAX_BYTES: usize = 512 << 20;

/// The most bytes of CSV, all files together.
pub(super) const MAX_TEXT_BYTES: usize = 16 << 30;

/// The most rows of CSV, all files together.
const MAX_TEXT_ROWS: usize = 200_000_000;

/// The most columns a file may have: what spreadsheets hold.
pub(super) const MAX_COLUMNS: usize = 16_384;

/// The most cells, all files together.
const MAX_CELLS: usize = 50_000_000;

/// The most bytes of text in cells, all files together; a workbook may show one text in many cells.
const MAX_TEXT: usize = 1 << 30;

/// What was read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Workload {
    rows: usize,
    cells: usize,
    text: usize,
    text_rows: usize,
}

impl Workload {
    /// Whether so many more rows of so many cells can be taken; the error says what is too much.
    pub(super) fn room_for(&self, rows: u64, columns: usize) -> Result<(), String> {
        let rows = usize::try_from(rows).unwrap_or(usize::MAX);
        if self.rows.saturating_add(rows) > MAX_ROWS {
            return Err("there are more than 5 million rows".to_owned());
        }
        if self.cells.saturating_add(rows.saturating_mul(columns)) > MAX_CELLS {
            return Err("there are more than 50 million cells".to_owned());
        }
        Ok(())
    }

    /// Counts a row of CSV; the error says what is too much.
    pub(super) fn text_row(&mut self, columns: usize) -> Result<(), String> {
        if columns > MAX_COLUMNS {
            return Err(format!("a row has {columns} columns, more than {MAX_COLUMNS}"));
        }
        self.text_rows(1)
    }

    /// Counts rows of CSV if there is room for all of them; the error says what is too much.
    pub(super) fn text_rows(&mut self, rows: usize) -> Result<(), String> {
        let rows = self.text_rows.saturating_add(rows);
        if rows > MAX_TEXT_ROWS {
            return Err("there are more than 200 million rows".to_owned());
        }
        self.text_rows = rows;
        Ok(())
    }

    /// Counts a row; the error says what is too much.
    pub(super) fn row<'c>(&mut self, columns: usize, cells: impl Iterator<Item = &'c RawCell>) -> Result<(), String> {
        if columns > MAX_COLUMNS {
            return Err(format!("a row has {columns} columns, more than {MAX_COLUMNS}"));
        }
        self.room_for(1, columns)?;
        self.rows = self.rows.saturating_add(1);
        self.cells = self.cells.saturating_add(columns);
        for cell in cells {
            self.text = self.text.saturating_add(cell.text_bytes());
        }
        if self.text > MAX_TEXT {
            return Err(format!("the cells hold more than {} MiB of text", MAX_TEXT >> 20));
        }
        Ok(())
    }
}
