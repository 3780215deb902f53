//! Data tables, their columns, and the levels they make.

use super::ids::{ColumnId, TableId};
use super::types::Type;
use crate::source::Span;
use crate::value::{Number, Period, PeriodKind};
use serde::{Deserialize, Serialize};

/// A data table: a level at which declarations can live.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DataTable {
    /// Its name, `area`.
    pub name: String,
    /// Its plural, `areas`.
    pub plural: String,
    /// Its label.
    pub label: Option<String>,
    /// The tables each record belongs to, in the order of `for each`; empty for a table of the nation.
    pub parents: Vec<TableId>,
    /// The series, if each parent has a record per period.
    pub series: Option<Series>,
    /// The column that names a record among those with the same parents; the period of a series.
    pub key: Option<ColumnId>,
    /// Its columns in order, the period of a series first.
    pub columns: Vec<ColumnId>,
    /// Where it is declared.
    pub span: Span,
}

/// The periods of a series table, both ends included.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Series {
    /// The column that holds the period.
    pub column: ColumnId,
    /// The kind of period.
    pub kind: PeriodKind,
    /// The first.
    pub first: Period,
    /// The last.
    pub last: Period,
}

/// A column of a data table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    /// Its table.
    pub table: TableId,
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its type.
    pub ty: Type,
    /// For a rate such as `admissions per 100,000 people`: the base by which cells are divided. Else 1.
    pub cell_base: Number,
    /// Whether a person decides it; who, when and why may stand in `<name>_by`, `<name>_on`, `<name>_because`.
    pub is_judgement: bool,
    /// Whether the data may lack the column.
    pub is_optional: bool,
    /// Whether its numbers must be whole (counts).
    pub is_whole: bool,
    /// The least a cell may hold; counts have 0.
    pub least: Option<Number>,
    /// The most a cell may hold.
    pub greatest: Option<Number>,
    /// The periods from which it has a new definition, in order; only in a series.
    pub breaks: Vec<Break>,
    /// Where it is declared.
    pub span: Span,
}

/// A new definition of a column: figures before it and from it on are not compared, added or read as one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Break {
    /// The first period of the new definition.
    pub from: Period,
    /// What changed.
    pub because: String,
}

/// Where a declaration lives: the nation, or each record of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Once for the nation.
    Nation,
    /// Once for each record of the table.
    Table(TableId),
}
