//! What areas report: the tables of a run, cell by cell, each missing cell with its reason.
//!
//! In: bytes of CSV files, workbooks, JSON or Parquet ([`load`]), and the model whose tables they fill.
//! Out: a [`Dataset`] and every problem found in the files. Nothing here touches the file system.

mod access;
pub(crate) mod blocks;
pub mod builder;
pub mod cell;
mod column;
mod delimited;
mod encoding;
mod error;
mod header;
mod join;
mod json;
mod load;
mod missing;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
mod part;
mod raw;
mod row_numbers;
mod series;
mod tally;
mod workbook;
mod workload;

#[cfg(feature = "parquet")]
pub(crate) use self::parquet::Parquet;
pub use column::{Column, ColumnBuilder, Missing, Run, Texts, Values};
pub(crate) use delimited::Delimited;
pub(crate) use load::{is_parquet, table_of_file};
pub use load::{load, load_in_parallel};
pub use row_numbers::RowNumbers;
pub(crate) use tally::Found;

use crate::model::ColumnId;
use crate::value::{Date, MissingReason, Value};
use indexmap::IndexMap;
use std::sync::Arc;

/// A file as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name as the user gave it; the ending says what kind of file it is.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The data of a run, by [`TableId`](crate::model::TableId).
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// One for each table of the model.
    pub tables: Vec<TableData>,
    /// The files it came from.
    pub files: Vec<DataFile>,
}

/// A file or sheet that data came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// The file's name as the user gave it.
    pub name: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether its name says that its figures are made up.
    pub is_illustrative: bool,
}

/// The rows of a table.
#[derive(Debug, Clone, Default)]
pub struct TableData {
    /// How many rows.
    pub rows: usize,
    /// The table's columns in their order.
    pub columns: Vec<Column>,
    /// For each of the table's parents, the row of the parent each row belongs to.
    pub parents: Vec<Vec<u32>>,
    /// For each column, where its cells came from.
    pub origins: Vec<Option<ColumnOrigin>>,
    /// Who decided, when and why, by column and row.
    pub judgements: IndexMap<(ColumnId, u32), Judgement>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A value.
    Known(Value),
    /// No value, and why.
    Missing(MissingReason),
}

/// Where the cells of a column came from.
#[derive(Debug, Clone)]
pub struct ColumnOrigin {
    /// Index into the dataset's files.
    pub file: usize,
    /// Column number in the file, from 1.
    pub column: u64,
    /// The header as written.
    pub header: String,
    /// The row number in the file of each row.
    pub rows: Arc<RowNumbers>,
}

/// A person's decision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgement {
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// Why.
    pub because: Option<String>,
}
