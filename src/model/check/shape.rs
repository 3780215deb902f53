//! What an expression says, without where it says it.
//!
//! In: a typed expression. Out: a text that two expressions share only if they are built alike, so that they
//! have the same value at the same row.

use crate::model::{Expr, ExprKind};
use std::fmt::Write;

/// The shape of an expression.
pub(super) fn shape(expr: &Expr) -> String {
    let mut text = String::new();
    write_shape(expr, &mut text);
    text
}

fn write_shape(expr: &Expr, text: &mut String) {
    // Writing to a text cannot fail.
    let _ = match &expr.kind {
        ExprKind::Literal(value) => write!(text, "{value:?}"),
        ExprKind::Column(id) => write!(text, "column {}", id.0),
        ExprKind::Result(id) => write!(text, "result {}", id.0),
        ExprKind::Parameter(id) => write!(text, "parameter {}", id.0),
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
    let children = expr.children();
    if !children.is_empty() {
        text.push('(');
        for child in children {
            write_shape(child, text);
            text.push(';');
        }
        text.push(')');
    }
}
