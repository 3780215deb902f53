//! Part of a table: one file or sheet, read row by row into cells of their columns.
//!
//! In: the rows of a file as they come ([`PartReader`]). Out: a [`Part`], whose cells have types and whose rows
//! still have to find the records they belong to.

mod head;
mod reader;
mod text;
#[cfg(feature = "parquet")]
mod typed;

pub(super) use reader::{Form, PartReader};

use super::header::Target;
use super::{Column, Judgement, RowNumbers};
use crate::model::{ColumnId, TableId};
use crate::problem::DataPlace;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// A column of a file that is read.
#[derive(Debug, Clone)]
pub(super) struct PartColumn {
    /// What it holds.
    pub(super) target: Target,
    /// Its number in the file, from 1.
    pub(super) number: u64,
    /// Its header as written.
    pub(super) header: String,
    /// Its cells, one for each row, once all are read; none for companions of judgements.
    pub(super) cells: Column,
}

/// A file or sheet of a table.
#[derive(Debug)]
pub(crate) struct Part {
    /// The table.
    pub(super) table: TableId,
    /// Which of the dataset's files.
    pub(super) file: usize,
    /// File and sheet.
    pub(super) place: DataPlace,
    /// What is read of it.
    pub(super) columns: Vec<PartColumn>,
    /// Headers that match nothing, with their columns.
    pub(super) unknown: Vec<(u64, String)>,
    /// The number in the file of each row.
    pub(super) rows: RowNumbers,
    /// In JSON the path of each record, `area[3]`; else empty.
    pub(super) paths: Vec<String>,
    /// Decisions by column and row of this part.
    pub(super) judgements: IndexMap<(ColumnId, usize), Judgement>,
    /// The row of the header; none in JSON.
    pub(super) header_row: Option<u64>,
    /// Columns that it lacks and that were reported under the name they have.
    pub(super) misnamed: Vec<Target>,
    /// In JSON the path of its lists without numbers, `area[].quarter[]`.
    pattern: Option<String>,
    /// Columns of the file without a header that have data, and the first row that does.
    pub(super) nameless: BTreeSet<usize>,
    pub(super) nameless_row: Option<u64>,
    /// Whether it was broken off or has no header, so that what is not in it may well be there.
    pub(super) is_partial: bool,
}

impl Part {
    /// The column with this target.
    pub(super) fn column(&self, target: Target) -> Option<&PartColumn> {
        self.columns.iter().find(|column| column.target == target)
    }

    /// Whether no column has this target.
    pub(super) fn lacks(&self, target: Target) -> bool {
        self.column(target).is_none()
    }

    /// A column's header as the dataset keeps it: in JSON the path to its cells.
    pub(super) fn origin_header(&self, column: &PartColumn) -> String {
        match &self.pattern {
            Some(pattern) => path_to(pattern, Some(&column.header)),
            None => column.header.clone(),
        }
    }

    /// The place of a header.
    pub(super) fn header_place(&self, number: u64, header: &str) -> DataPlace {
        let header = match &self.pattern {
            Some(pattern) => path_to(pattern, Some(header)),
            None => header.to_owned(),
        };
        DataPlace { row: self.header_row, column: Some(number), header: Some(header), ..self.place.clone() }
    }

    /// How messages name a row.
    pub(super) fn row_name(&self, row: usize) -> String {
        match (self.paths.get(row), self.rows.get(row)) {
            (Some(path), _) => format!("`{path}`"),
            (None, Some(number)) => format!("row {number}"),
            (None, None) => String::new(),
        }
    }

    /// The place of a row, at a column where one is given.
    pub(super) fn place_of(&self, row: usize, column: Option<&PartColumn>) -> DataPlace {
        let header = column.map(|column| column.header.as_str());
        let place = DataPlace { column: column.map(|column| column.number), ..self.place.clone() };
        match self.paths.get(row) {
            Some(path) => DataPlace { header: Some(path_to(path, header)), ..place },
            None => DataPlace { row: self.rows.get(row), header: header.map(str::to_owned), ..place },
        }
    }
}

fn path_to(record: &str, property: Option<&str>) -> String {
    property.map_or_else(|| record.to_owned(), |property| format!("{record}.{property}"))
}
