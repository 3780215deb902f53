//! Expressions after names are resolved and types are known.

use super::ids::{ColumnId, DeclarationId, ParameterId, TableId};
use super::types::Type;
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, ArithmeticOp, CompareOp, LogicOp, SeriesOp};
use crate::value::{Number, Value};
use serde::{Deserialize, Serialize};

/// A typed expression. It is evaluated at a row of some level: a row of a table, or the nation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Where it is written.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ExprKind {
    /// A literal.
    Literal(Value),
    /// A column of the current row's table, or of a table above it. Evaluation finds the row above.
    Column(ColumnId),
    /// The result of a declaration at the current level or above it. A condition read in logic is yes where
    /// it is met or does not apply.
    Result(DeclarationId),
    /// A parameter at the date of the run.
    Parameter(ParameterId),
    /// A parameter as at the first day of a period.
    ParameterIn {
        /// Which.
        parameter: ParameterId,
        /// Yields a period.
        period: Box<Expr>,
    },
    /// The opposite.
    Not(Box<Expr>),
    /// The negative.
    Negate(Box<Expr>),
    /// Without the sign.
    SizeOf(Box<Expr>),
    /// Arithmetic.
    Arithmetic {
        /// Which.
        op: ArithmeticOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// A comparison of two numbers, dates, periods of a kind, texts or yes/nos.
    Compare {
        /// Which.
        op: CompareOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `and`, `or` over two or more.
    Logic {
        /// Which.
        op: LogicOp,
        /// The operands.
        operands: Vec<Expr>,
    },
    /// Whether the operand is missing: always known.
    IsMissing {
        /// What is asked about.
        operand: Box<Expr>,
        /// `is not missing`.
        negated: bool,
    },
    /// Whether the operand, rounded to the nearest `step`, is `printed`.
    RoundsTo {
        /// The exact value.
        operand: Box<Expr>,
        /// The printed figure.
        printed: Box<Number>,
        /// One unit of its last printed digit.
        step: Box<Number>,
    },
    /// A choice of two.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// Where it is yes.
        then: Box<Expr>,
        /// Where it is no.
        otherwise: Box<Expr>,
    },
    /// Over records: those of `over` that belong to the current row, or all of the nation's where `everywhere`.
    /// `operand` and `condition` are evaluated at each record.
    Aggregate {
        /// Which.
        op: AggregateOp,
        /// The table whose records are visited.
        over: TableId,
        /// Whether all of the nation's records are visited rather than those below the current row.
        everywhere: bool,
        /// What is aggregated; absent for `count of areas` and `share of areas where …`.
        operand: Option<Box<Expr>>,
        /// Which records count.
        condition: Option<Box<Expr>>,
    },
    /// The mean of `operand` over records as in an aggregate, each record counting as much as its `weight`.
    /// Missing where one that counts lacks either, and where the weights add up to zero.
    WeightedMean {
        /// The table whose records are visited.
        over: TableId,
        /// As in an aggregate.
        everywhere: bool,
        /// Evaluated at each record.
        operand: Box<Expr>,
        /// Evaluated at each record.
        weight: Box<Expr>,
        /// Which records count.
        condition: Option<Box<Expr>>,
    },
    /// `of`, an aggregate, a weighted mean or a rank over all of the nation's records of `over`, kept to the peers of
    /// the current row: the records at which every one of `same` is what it is at the current row, which is one of
    /// them. Missing where one of `same` is missing at the current row; where one is missing at a record that
    /// agrees in the others, it is unknown whether that record counts, as with an unknown `where`.
    Peers {
        /// The table of the peers: that of the current row, or one above it.
        over: TableId,
        /// What peers share; evaluated at the current row and at each record.
        same: Vec<Expr>,
        /// What is made of them.
        of: Box<Expr>,
    },
    /// Over a list of expressions at the current row.
    ListOf {
        /// Which.
        op: AggregateOp,
        /// The members.
        items: Vec<Expr>,
    },
    /// Along the series of the current row: the records with the same parents up to this period.
    Series {
        /// Which.
        op: SeriesOp,
        /// Evaluated at each record so far.
        operand: Box<Expr>,
    },
    /// The operand at the record `periods` earlier in the same series.
    Earlier {
        /// How many periods.
        periods: i32,
        /// Evaluated there.
        operand: Box<Expr>,
    },
    /// The operand at the record below the current row with this period.
    InPeriod {
        /// The series table.
        over: TableId,
        /// Evaluated at that record.
        operand: Box<Expr>,
        /// Yields a period; evaluated at the current row.
        period: Box<Expr>,
    },
    /// The place of the current row among all records of its table, 1 being the highest or the lowest.
    /// Equal values share the better place.
    Rank {
        /// The table.
        over: TableId,
        /// Evaluated at each record.
        operand: Box<Expr>,
        /// Whether the highest is first.
        from_highest: bool,
    },
    /// The days from one date to another: a whole number, below zero where `to` is the earlier.
    DaysFrom {
        /// The first date.
        from: Box<Expr>,
        /// The second.
        to: Box<Expr>,
    },
    /// The sum of what this payment paid in earlier periods of the same series.
    PaidSoFar(DeclarationId),
    /// Could not be resolved; the problem was reported. Never evaluated.
    Broken,
}

impl Expr {
    /// The expressions directly inside.
    pub fn children(&self) -> Vec<&Self> {
        let mut children = Vec::new();
        self.each_child(&mut |child| children.push(child));
        children
    }

    /// Calls `visit` on the expressions directly inside, in the order written.
    pub fn each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        match &self.kind {
            ExprKind::Literal(_)
            | ExprKind::Column(_)
            | ExprKind::Result(_)
            | ExprKind::Parameter(_)
            | ExprKind::PaidSoFar(_)
            | ExprKind::Broken => {}
            ExprKind::ParameterIn { period: inner, .. }
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::SizeOf(inner)
            | ExprKind::IsMissing { operand: inner, .. }
            | ExprKind::RoundsTo { operand: inner, .. }
            | ExprKind::Series { operand: inner, .. }
            | ExprKind::Earlier { operand: inner, .. }
            | ExprKind::Rank { operand: inner, .. } => visit(inner),
            ExprKind::Arithmetic { left: one, right: other, .. }
            | ExprKind::Compare { left: one, right: other, .. }
            | ExprKind::DaysFrom { from: one, to: other }
            | ExprKind::InPeriod { operand: one, period: other, .. } => {
                visit(one);
                visit(other);
            }
            ExprKind::Logic { operands: all, .. } | ExprKind::ListOf { items: all, .. } => all.iter().for_each(visit),
            ExprKind::If { condition, then, otherwise } => {
                visit(condition);
                visit(then);
                visit(otherwise);
            }
            ExprKind::Aggregate { operand, condition, .. } => {
                operand.as_deref().into_iter().chain(condition.as_deref()).for_each(visit);
            }
            ExprKind::WeightedMean { operand, weight, condition, .. } => {
                [&**operand, weight].into_iter().chain(condition.as_deref()).for_each(visit);
            }
            ExprKind::Peers { same, of, .. } => same.iter().chain([&**of]).for_each(visit),
        }
    }

    /// Calls `visit` on this expression and everything inside it, outermost first.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        self.each_child(&mut |child| child.walk(visit));
    }
}
