//! Lines between bars: the rows of decisions, measures and scenarios.

use super::{CompareOp, Expr, Literal, Text};
use crate::source::Span;

/// Lines between bars.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The first line.
    pub header: Vec<Cell>,
    /// The others.
    pub rows: Vec<Row>,
    /// The place.
    pub span: Span,
}

/// One line between bars, after the first.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The line.
    pub span: Span,
}

/// A cell between bars: its raw text without the blanks around it, and for decisions what it says.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The place of the text; of the whole gap between the bars where it is empty.
    pub span: Span,
    /// What it says, in the body of a `decision` or a `measure` with rows; `None` elsewhere.
    pub content: Option<CellContent>,
}

/// What a cell of a decision table says. Whether bare words are a choice or a name is settled in the model.
#[derive(Debug, Clone)]
pub enum CellContent {
    /// `any`
    Any,
    /// `missing`
    Missing,
    /// In a column that is tested: alternatives joined by `or`, each a list of tests joined by `and`.
    Tests(Vec<Vec<CellTest>>),
    /// In the last column: an expression, or bare words such as `approved with conditions`.
    Result(Expr),
    /// Bare words in either kind of column, such as `not approved` or `high`.
    Words(Text),
    /// Could not be read; the problem was reported.
    Broken,
}

/// One test in a cell.
#[derive(Debug, Clone)]
pub struct CellTest {
    /// `low` is `Is`; `not low` is `IsNot`; `>= 3.5%`, and so on.
    pub op: CompareOp,
    /// A literal, a name or words.
    pub operand: CellOperand,
    /// The place.
    pub span: Span,
}

/// What a cell compares with.
#[derive(Debug, Clone)]
pub enum CellOperand {
    /// A literal.
    Literal(Literal),
    /// Words: a value of the choice, or the name of a parameter.
    Words(Text),
}
