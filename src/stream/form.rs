//! Forms of results: what becomes of the rows of a block.

use crate::model::{DeclarationId, TableId};
use crate::report::{Run, csv};
use std::io::{self, Write};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A form in which the results of records are written.
pub(crate) trait Form: Sync {
    /// The rows of a block, ready to be written.
    type Rows: Send;
    /// What they are added to.
    type File: Send;

    /// The rows of a block, by any thread.
    fn rows(&self, block: &Run<'_>) -> io::Result<Self::Rows>;

    /// Adds rows to a file, those of one block after those of another.
    fn append(&self, file: &mut Self::File, rows: Self::Rows) -> io::Result<()>;
}

/// CSV, to whatever takes bytes.
#[derive(Debug)]
pub(crate) struct Csv<W> {
    /// The table whose records have the results.
    pub(crate) table: TableId,
    /// The results.
    pub(crate) results: Vec<DeclarationId>,
    /// The most bytes that the rows of a block had.
    room: AtomicUsize,
    file: PhantomData<fn() -> W>,
}

impl<W: Write + Send> Csv<W> {
    /// These results of the records of a table.
    pub(crate) fn new(table: TableId, results: Vec<DeclarationId>) -> Self {
        Self { table, results, room: AtomicUsize::new(0), file: PhantomData }
    }
}

impl<W: Write + Send> Form for Csv<W> {
    type Rows = Vec<u8>;
    type File = W;

    fn rows(&self, block: &Run<'_>) -> io::Result<Vec<u8>> {
        let room = self.room.load(Ordering::Relaxed);
        let rows = csv::rows(block, &self.results, self.table, room + room / 16);
        self.room.fetch_max(rows.len(), Ordering::Relaxed);
        Ok(rows)
    }

    fn append(&self, file: &mut W, rows: Vec<u8>) -> io::Result<()> {
        file.write_all(&rows)
    }
}
