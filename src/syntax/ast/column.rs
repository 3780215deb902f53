//! Columns of the data and their types, as written.

use super::{Literal, Name, Text};
use crate::source::Span;
use crate::value::{Number, PeriodKind};

/// `name type, options "label"`.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeWords,
    /// What follows the type after commas.
    pub options: Vec<ColumnOption>,
    /// Its label.
    pub label: Option<Text>,
}

/// An option after a column's type.
#[derive(Debug, Clone)]
pub enum ColumnOption {
    /// `key`
    Key(Span),
    /// `optional`: the data need not have the column.
    Optional(Span),
    /// `may be fractional`: a count that need not be whole.
    Fractional(Span),
    /// `at least LITERAL`
    AtLeast(Literal),
    /// `at most LITERAL`
    AtMost(Literal),
    /// `new definition from 2014-15 because "…"`
    NewDefinition {
        /// The first period of the new definition.
        from: Literal,
        /// What changed.
        because: Text,
    },
}

/// A type as written.
#[derive(Debug, Clone)]
pub struct TypeWords {
    /// What it is.
    pub kind: TypeKind,
    /// The place.
    pub span: Span,
}

/// The types.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// `text`
    Text,
    /// `yes/no`
    YesNo,
    /// `date`
    Date,
    /// `month`, `quarter`, `financial year`
    Period(PeriodKind),
    /// `one of low, medium, high` or with quotes.
    OneOf(Vec<Text>),
    /// `judgement`, or `judgement of low, medium, high`: a person's decision, kept with who, when and why.
    Judgement(Vec<Text>),
    /// `money`
    Money,
    /// `percent`
    Percent,
    /// `number`
    Number,
    /// The name of a unit.
    Unit(Name),
    /// `admissions per 100,000 people`, `money per admissions`.
    Per {
        /// Above the line.
        numerator: Box<TypeKind>,
        /// The base; 1 where none is written.
        base: Number,
        /// Below the line.
        unit: Name,
    },
}
