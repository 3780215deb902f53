//! How a value is made: expressions, clauses, exceptions and decision tables.

use super::expr::Expr;
use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::value::{Number, RoundMode};
use serde::{Deserialize, Serialize};

/// How a value is made: where it starts, then each clause in turn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Formula {
    /// Where it starts.
    pub start: Start,
    /// What is then done to it, in the order written.
    pub clauses: Vec<Clause>,
}

/// Where a formula starts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Start {
    /// An expression.
    Is(Expr),
    /// A decision table.
    Table(DecisionTable),
}

/// A clause of a formula.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Clause {
    /// What it does.
    pub kind: ClauseKind,
    /// Where it is written.
    pub span: Span,
}

/// What a clause does to the value so far.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ClauseKind {
    /// Raises it to a floor.
    AtLeast(Expr),
    /// Lowers it to a ceiling.
    AtMost(Expr),
    /// Takes an amount away.
    Less {
        /// The amount.
        amount: Expr,
        /// The least that is left.
        never_below: Option<Box<Expr>>,
    },
    /// Rounds it.
    Rounded {
        /// How.
        mode: RoundMode,
        /// To multiples of what, above zero.
        step: Number,
    },
    /// Keeps it only if so; otherwise it is zero.
    OnlyIf(Expr),
    /// Gives a value where there is none.
    IfMissing(Expr),
    /// Exceptions that nothing orders: at most one applies, or those that do agree.
    Unless(Vec<Exception>),
}

/// An exception: where its condition holds, its value replaces the one so far. Exceptions chained with
/// `otherwise unless` are tried in turn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Exception {
    /// The condition and the value; then those tried where it does not hold.
    pub cases: Vec<(Expr, Expr)>,
    /// Where it is written.
    pub span: Span,
}

/// A decision table: rows of tests over columns, and what each row gives.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecisionTable {
    /// What is tested.
    pub inputs: Vec<Expr>,
    /// The heads of the tested columns as written.
    pub heads: Vec<String>,
    /// The rows in order.
    pub rows: Vec<TableRow>,
    /// Whether the first row that matches decides.
    pub first_match: bool,
    /// Where it is written.
    pub span: Span,
}

/// A row of a decision table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TableRow {
    /// One test per input.
    pub tests: Vec<CellTest>,
    /// What the row gives.
    pub result: Expr,
    /// Where it is written.
    pub span: Span,
}

/// What a cell of a decision table asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum CellTest {
    /// Accepts anything, missing too.
    Any,
    /// Accepts only missing.
    Missing,
    /// Alternatives, each a list of comparisons that must all hold. Operands are literals or parameters.
    Tests(Vec<Vec<(CompareOp, Expr)>>),
}
