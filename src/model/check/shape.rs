//! What an expression says, without where it says it.
//!
//! In: a typed expression. Out: its [`Shape`], which two expressions share only if they are built alike, so that they
//! have the same value at the same row.

use crate::model::{Expr, ExprKind};
use std::cmp::Ordering;
use std::fmt::Write;

/// The shape of an expression, or of the order of two. Most ask for one thing by its number; the rest is put in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// A column, a result or a parameter.
    One(&'static str, u32),
    /// Anything else.
    Built(String),
    /// How two compare, the lesser shape first.
    Order(Box<(Shape, Shape)>),
}

impl Shape {
    /// The shape of an expression.
    pub(super) fn of(expr: &Expr) -> Self {
        match one(expr) {
            Some((what, number)) => Self::One(what, number),
            None => {
                let mut text = String::new();
                write_shape(expr, &mut text);
                Self::Built(text)
            }
        }
    }

    fn text(&self) -> String {
        match self {
            Self::One(what, number) => format!("{what} {number}"),
            Self::Built(text) => text.clone(),
            Self::Order(two) => format!("{} : {}", two.0.text(), two.1.text()),
        }
    }
}

impl PartialOrd for Shape {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By their words.
impl Ord for Shape {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::One(what, _), Self::One(other, _)) if what != other => what.cmp(other),
            _ if self == other => Ordering::Equal,
            _ => self.text().cmp(&other.text()),
        }
    }
}

/// What an expression asks for that is nothing but one thing.
fn one(expr: &Expr) -> Option<(&'static str, u32)> {
    match &expr.kind {
        ExprKind::Column(id) => Some(("column", id.0)),
        ExprKind::Result(id) => Some(("result", id.0)),
        ExprKind::Parameter(id) => Some(("parameter", id.0)),
        _ => None,
    }
}

fn write_shape(expr: &Expr, text: &mut String) {
    // Writing to a text cannot fail.
    let _ = match &expr.kind {
        ExprKind::Column(_) | ExprKind::Result(_) | ExprKind::Parameter(_) => {
            one(expr).map_or(Ok(()), |(what, number)| write!(text, "{what} {number}"))
        }
        ExprKind::Literal(value) => write!(text, "{value:?}"),
        ExprKind::ParameterIn { parameter, .. } => write!(text, "parameter {} in", parameter.0),
        ExprKind::Not(_) => write!(text, "not"),
        ExprKind::Negate(_) => write!(text, "-"),
        ExprKind::SizeOf(_) => write!(text, "size"),
        ExprKind::Arithmetic { op, .. } => write!(text, "{op:?}"),
        ExprKind::Compare { op, .. } => write!(text, "{op:?}"),
        ExprKind::Logic { op, .. } => write!(text, "{op:?}"),
        ExprKind::IsMissing { negated, .. } => write!(text, "missing {negated}"),
        ExprKind::RoundsTo { printed, step, .. } => write!(text, "rounds {printed} {step}"),
        ExprKind::If { .. } => write!(text, "if"),
        ExprKind::Aggregate { op, over, everywhere, operand, condition } => {
            write!(text, "{op:?} over {} {everywhere} {} {}", over.0, operand.is_some(), condition.is_some())
        }
        ExprKind::WeightedMean { over, everywhere, condition, .. } => {
            write!(text, "weighted over {} {everywhere} {}", over.0, condition.is_some())
        }
        ExprKind::Peers { over, same, .. } => write!(text, "peers {} {}", over.0, same.len()),
        ExprKind::DaysFrom { .. } => write!(text, "days"),
        ExprKind::ListOf { op, .. } => write!(text, "{op:?} list"),
        ExprKind::Series { op, .. } => write!(text, "{op:?}"),
        ExprKind::Earlier { periods, .. } => write!(text, "earlier {periods}"),
        ExprKind::InPeriod { over, .. } => write!(text, "in {}", over.0),
        ExprKind::Rank { over, from_highest, .. } => write!(text, "rank {} {from_highest}", over.0),
        ExprKind::PaidSoFar(id) => write!(text, "paid {}", id.0),
        // Two mistakes are never known to be the same.
        ExprKind::Broken => write!(text, "broken {} {}", expr.span.start, expr.span.end),
    };
    let mut has_children = false;
    expr.each_child(&mut |child| {
        text.push(if has_children { ';' } else { '(' });
        has_children = true;
        write_shape(child, text);
    });
    if has_children {
        text.push_str(";)");
    }
}
