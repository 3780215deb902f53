//! Expressions, and the operators in them.

use super::{Literal, Name};
use crate::source::Span;
use crate::value::PeriodKind;
use std::cmp::Ordering;

/// An expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first to its last character, no blanks or comments around it.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `performance_pot`
    Name(Name),
    /// `quarter.baseline`
    Dotted(Name, Name),
    /// An expression in brackets; kept because a reader put them there.
    Bracket(Box<Expr>),
    /// `not x`
    Not(Box<Expr>),
    /// `- x`
    Negate(Box<Expr>),
    /// `a + b`
    Arithmetic {
        /// Which.
        op: ArithmeticOp,
        /// The place of the sign.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `a >= b`
    Compare {
        /// Which.
        op: CompareOp,
        /// The place of the sign or words.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `a and b and c`, `a or b`: at least two, never mixed.
    Logic {
        /// Which.
        op: LogicOp,
        /// The operands.
        operands: Vec<Expr>,
    },
    /// `x is missing`, `x is not missing`.
    IsMissing {
        /// What is asked about.
        operand: Box<Expr>,
        /// `is not missing`.
        negated: bool,
    },
    /// `x rounds to £3.8bn`: x, rounded as finely as the figure is printed, is the figure.
    RoundsTo {
        /// The exact value.
        operand: Box<Expr>,
        /// The printed figure.
        printed: Literal,
    },
    /// `if c then a else b`.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// Where it is yes.
        then: Box<Expr>,
        /// Where it is no.
        otherwise: Box<Expr>,
    },
    /// `sum of quarter.baseline`, `count of areas where …`, `median of ambition across areas`.
    Aggregate {
        /// Which.
        op: AggregateOp,
        /// The place of the words.
        op_span: Span,
        /// What is aggregated: a name, a dotted name or brackets; for `count of areas` a bare table name.
        operand: Box<Expr>,
        /// `weighted by baseline`, of a mean.
        weight: Option<Box<Expr>>,
        /// `across areas`: over all records of the nation.
        across: Option<Box<Name>>,
        /// `with the same region and the same class`: names of what its peers share with the current record.
        peers: Vec<Expr>,
        /// `where …`
        condition: Option<Box<Expr>>,
    },
    /// `least of (a, b)`, `all of (a, b, c)`: at least two.
    ListOf {
        /// Which.
        op: AggregateOp,
        /// The place of the words.
        op_span: Span,
        /// The members.
        items: Vec<Expr>,
    },
    /// `running total of x`, `highest so far of x`, `lowest so far of x`.
    Series {
        /// Which.
        op: SeriesOp,
        /// The place of the words.
        op_span: Span,
        /// Of what.
        operand: Box<Expr>,
    },
    /// `x in the previous quarter`, `x a year earlier`.
    Earlier {
        /// How much.
        by: EarlierBy,
        /// The place of the words.
        words: Span,
        /// Of what.
        operand: Box<Expr>,
    },
    /// `quarter.actual in Q4 2014-15`, `transfer in period`.
    In {
        /// A dotted name, or a dated parameter.
        operand: Box<Expr>,
        /// A period: a literal or a name.
        period: Box<Expr>,
    },
    /// `size of (a - b)`: without the sign.
    SizeOf(Box<Expr>),
    /// `rank of ambition across areas from highest`.
    Rank {
        /// Of what.
        operand: Box<Expr>,
        /// Among which records.
        across: Box<Name>,
        /// `with the same region`, as in an aggregate.
        peers: Vec<Expr>,
        /// Whether the highest is first.
        from_highest: bool,
    },
    /// `days from deadline to submitted`.
    DaysFrom {
        /// The first day.
        from: Box<Expr>,
        /// The last day.
        to: Box<Expr>,
    },
    /// `paid so far`, in a payment.
    PaidSoFar,
}

/// `+ - * /`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum CompareOp {
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

impl CompareOp {
    /// Whether it holds for two sides in this order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Is => order.is_eq(),
            Self::IsNot => order.is_ne(),
            Self::Below => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Above => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    /// The comparison that says the same with its sides exchanged.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Is | Self::IsNot => self,
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
        }
    }
}

/// `and`, `or`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum LogicOp {
    /// `and`
    And,
    /// `or`
    Or,
}

/// What is made of many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum AggregateOp {
    /// `sum of`
    Sum,
    /// `count of`: how many records (there is `where`), or how many of a list of yes/no are yes.
    Count,
    /// `share of`: the count of those that are yes over the count of all.
    Share,
    /// `mean of`
    Mean,
    /// `median of`
    Median,
    /// `lower quartile of`
    LowerQuartile,
    /// `upper quartile of`
    UpperQuartile,
    /// `90th percentile of`; from 1 to 99.
    Percentile(u8),
    /// `least of`
    Least,
    /// `greatest of`
    Greatest,
    /// `any of`
    Any,
    /// `all of`
    All,
    /// `latest of`: the value of the latest period in which it is known.
    Latest,
    /// `latest period of`: the period of that value.
    LatestPeriod,
}

/// What is made along a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum SeriesOp {
    /// `running total of`
    RunningTotal,
    /// `highest so far of`
    HighestSoFar,
    /// `lowest so far of`
    LowestSoFar,
}

/// How much earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum EarlierBy {
    /// `in the previous quarter`: one period, of this kind.
    Previous(PeriodKind),
    /// `a year earlier`
    Year,
}

/// What stands behind the digits of an ordinal number: `1st`, `12th`, `93rd`.
pub fn ordinal(number: u8) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}
