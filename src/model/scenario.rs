//! Examples that are tests, with names and types settled.

use super::ids::{ColumnId, DeclarationId, ParameterId, TableId};
use crate::source::Span;
use crate::value::{Date, MissingReason, Value};
use serde::{Deserialize, Serialize};

/// An example that is a test.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The date of the law.
    pub as_at: Option<Date>,
    /// Parameters with other values.
    pub parameters: Vec<(ParameterId, Value)>,
    /// Its data.
    pub tables: Vec<GivenTable>,
    /// What it expects.
    pub expectations: Vec<Expectation>,
    /// Why, in its words.
    pub because: Option<String>,
    /// The whole scenario.
    pub span: Span,
}

/// Rows of a table in a scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GivenTable {
    /// The table.
    pub table: TableId,
    /// Rows; a column that is not there is missing, not given. A parent is named by its key, in
    /// `parents`, and may be left out where the parent table has a single row.
    pub rows: Vec<GivenRow>,
}

/// A row in a scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GivenRow {
    /// Keys of the parents, by position in the table's `parents`.
    pub parents: Vec<Option<String>>,
    /// Keys of records further up, where the parents' keys alone do not say which is meant.
    pub above: Vec<(TableId, String)>,
    /// Cells.
    pub cells: Vec<(ColumnId, Result<Value, MissingReason>)>,
    /// Where it is written.
    pub span: Span,
}

/// What a scenario expects of a declaration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Expectation {
    /// The declaration.
    pub declaration: DeclarationId,
    /// One for each row of its level, in the order the rows are given.
    pub values: Vec<ExpectedValue>,
    /// Where it is written.
    pub span: Span,
}

/// What a scenario expects of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpectedValue {
    /// This value exactly.
    Value(Value),
    /// The condition is met.
    Met,
    /// The condition is not met.
    NotMet,
    /// The condition does not apply.
    DoesNotApply,
    /// No value.
    CannotDetermine,
}
