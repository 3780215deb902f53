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

pub use clause::{Clause, ClauseKind, Expected, GivenValue, RatherThan, Shown};
pub use column::{Column, ColumnOption, TypeKind, TypeWords};
pub use declaration::{Change, ChangeKind, Declaration, DeclarationWord, Level, Place};
pub use expression::{AggregateOp, ArithmeticOp, CompareOp, EarlierBy, Expr, ExprKind, LogicOp, SeriesOp, ordinal};
pub use literal::{Literal, LiteralKind, Magnitude, NumberForm, NumberLiteral, Rate, RateAbove};
pub use table::{Cell, CellContent, CellOperand, CellTest, Row, Rows};

use crate::source::{SourceId, Span};

/// One rules file, or a ruleset as amended by several.
#[derive(Debug, Clone)]
pub struct File {
    /// Which file; of an amended ruleset, the last amendment.
    pub source: SourceId,
    /// The declarations in the order they are written, broken ones included.
    pub declarations: Vec<Declaration>,
    /// Every comment with its `#`, in order.
    pub comments: Vec<Span>,
    /// The amendments that were applied, in order. Where there are any, the declarations stand in several files,
    /// each as it is after all of them, and the comments are left out.
    pub amendments: Vec<Amendment>,
    /// The names that an amendment changed, with the places where the texts have the old ones.
    pub respelled: Vec<Name>,
    /// Declarations that took the place of others: the new one, and the old.
    pub replaced: Vec<(Span, Span)>,
}

impl File {
    /// A file that says nothing.
    pub fn empty(source: SourceId) -> Self {
        let (declarations, comments, amendments) = (Vec::new(), Vec::new(), Vec::new());
        Self { source, declarations, comments, amendments, respelled: Vec::new(), replaced: Vec::new() }
    }
}

/// An amendment that was applied.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// The `amendment`, or the `rules` of a ruleset that is based on another.
    pub head: Declaration,
    /// What it changed, as written.
    pub changes: Vec<Declaration>,
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
