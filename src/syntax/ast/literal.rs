//! Literals, and numbers as they were written.

use super::Name;
use crate::source::Span;
use crate::value::{Date, Number, Period};

/// A literal with its place.
#[derive(Debug, Clone)]
pub struct Literal {
    /// What it is.
    pub kind: LiteralKind,
    /// The place.
    pub span: Span,
}

/// The kinds of literal.
#[derive(Debug, Clone)]
pub enum LiteralKind {
    /// `£1,490`, `3.5%`, `2 percentage points`, `10 admissions`, `475 admissions per 100,000 people`, `0.5`.
    Number(NumberLiteral),
    /// `"low"`
    Text(String),
    /// `yes`, `no`
    YesNo(bool),
    /// `19 September 2014`
    Date(Date),
    /// `Q4 2014-15`, `2015-16`, `April 2015`
    Period(Period),
}

/// A number as written.
#[derive(Debug, Clone)]
pub struct NumberLiteral {
    /// The digits with sign and decimal point, without separators, before magnitude and percent: `3.8`.
    pub digits: String,
    /// `k`, `m`, `bn`.
    pub magnitude: Magnitude,
    /// Money, percent, a count.
    pub form: NumberForm,
}

impl NumberLiteral {
    /// Its exact value: `£3.8bn` is 3,800,000,000; `3.5%` is 7/200; `475 admissions per 100,000 people` is 19/4000.
    pub fn value(&self) -> Option<Number> {
        let digits = Number::from_decimal(&self.digits)?;
        let value = digits.multiply(&Number::from(self.magnitude.factor())).ok()?;
        match &self.form {
            NumberForm::Plain | NumberForm::Money(_) | NumberForm::Unit(_) => Some(value),
            NumberForm::Percent | NumberForm::Points => value.divide(&Number::from(100)).ok(),
            NumberForm::Rate(rate) => value.divide(&rate.base).ok(),
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone)]
pub enum NumberForm {
    /// `0.5`
    Plain,
    /// `£…`, with the sign of the currency.
    Money(char),
    /// `%`
    Percent,
    /// `percentage points`
    Points,
    /// `10 admissions`
    Unit(Box<Name>),
    /// `475 admissions per 100,000 people`, or with money above: `£1,490 per admissions`.
    Rate(Box<Rate>),
}

/// So much of one thing for so much of another. It is rare and large.
#[derive(Debug, Clone)]
pub struct Rate {
    /// Above the line: money, or a unit.
    pub above: RateAbove,
    /// The base.
    pub base: Number,
    /// The unit below the line.
    pub below: Name,
}

/// What is above the line of a rate.
#[derive(Debug, Clone)]
pub enum RateAbove {
    /// Money.
    Money(char),
    /// A unit.
    Unit(Name),
}

/// A factor after the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Magnitude {
    /// None.
    One,
    /// `k`
    Thousand,
    /// `m`
    Million,
    /// `bn`
    Billion,
}

impl Magnitude {
    /// The factor.
    pub fn factor(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Thousand => 1_000,
            Self::Million => 1_000_000,
            Self::Billion => 1_000_000_000,
        }
    }

    /// The letters.
    pub fn text(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Thousand => "k",
            Self::Million => "m",
            Self::Billion => "bn",
        }
    }
}
