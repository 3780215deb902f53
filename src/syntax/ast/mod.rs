//! The syntax tree: what is written, with the place of everything, before names mean anything.
//!
//! In: lowered from the parser's pairs. Out: read by the formatter and by the model. Never changed after
//! lowering. It keeps what the formatter needs (brackets, how a number was written) and no comments: those
//! stand beside it in [`File::comments`].

mod clause;
mod column;
mod declaration;
mod expression;
mod literal;
mod table;

pub use clause::{Clause, ClauseKind, Expected, GivenValue, Shown};
pub use column::{Column, ColumnOption, TypeKind, TypeWords};
pub use declaration::{Declaration, DeclarationWord, Level};
pub use expression::{AggregateOp, ArithmeticOp, CompareOp, EarlierBy, Expr, ExprKind, LogicOp, SeriesOp};
pub use literal::{Literal, LiteralKind, Magnitude, NumberForm, NumberLiteral, RateAbove};
pub use table::{Cell, CellContent, CellOperand, CellTest, Row, Rows};

use crate::source::{SourceId, Span};

/// One rules file.
#[derive(Debug, Clone)]
pub struct File {
    /// Which file.
    pub source: SourceId,
    /// The declarations in the order they are written, broken ones included.
    pub declarations: Vec<Declaration>,
    /// Every comment with its `#`, in order.
    pub comments: Vec<Span>,
}

/// A name as written.
#[derive(Debug, Clone)]
pub struct Name {
    /// The name.
    pub text: String,
    /// The place.
    pub span: Span,
}

/// A text in quotes, without them and with doubled quotes undone.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The place, quotes included.
    pub span: Span,
}
