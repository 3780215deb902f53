//! Which names an expression of the tree mentions.
//!
//! In: an expression as written. Out: the expressions inside it, one after another, without recursion.

use crate::syntax::ast::{CellContent, ClauseKind, Declaration, Expr, ExprKind};

/// The expressions directly inside.
pub(super) fn children(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Dotted(..) | ExprKind::PaidSoFar => Vec::new(),
        ExprKind::Bracket(inner) | ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::SizeOf(inner) => {
            vec![inner]
        }
        ExprKind::Arithmetic { left, right, .. } | ExprKind::Compare { left, right, .. } => vec![left, right],
        ExprKind::Logic { operands, .. } => operands.iter().collect(),
        ExprKind::ListOf { items, .. } => items.iter().collect(),
        ExprKind::IsMissing { operand, .. }
        | ExprKind::RoundsTo { operand, .. }
        | ExprKind::Series { operand, .. }
        | ExprKind::Earlier { operand, .. } => vec![operand],
        ExprKind::Rank { operand, peers, .. } => std::iter::once(&**operand).chain(peers).collect(),
        ExprKind::DaysFrom { from, to } => vec![from, to],
        ExprKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
        ExprKind::Aggregate { operand, weight, peers, condition, .. } => {
            let parts = std::iter::once(&**operand).chain(weight.as_deref());
            parts.chain(peers).chain(condition.as_deref()).collect()
        }
        ExprKind::In { operand, period } => vec![operand, period],
    }
}

/// Calls `visit` on this expression and everything inside it that `enters` does not refuse.
pub(super) fn walk<'e>(expr: &'e Expr, mut visit: impl FnMut(&'e Expr) -> bool) {
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        if visit(expr) {
            let mut inside = children(expr);
            inside.reverse();
            open.extend(inside);
        }
    }
}

/// Every expression of a declaration, and the texts of its tables that may be names.
pub(super) fn of_declaration(declaration: &Declaration) -> (Vec<&Expr>, Vec<&str>) {
    let mut exprs: Vec<&Expr> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    for clause in &declaration.clauses {
        match &clause.kind {
            ClauseKind::Is { value: expr, .. }
            | ClauseKind::MetWhen(expr)
            | ClauseKind::UsedWhen(expr)
            | ClauseKind::HoldsWhen(expr)
            | ClauseKind::UpWhen(expr)
            | ClauseKind::DownWhen(expr)
            | ClauseKind::StartAgainWhen(expr)
            | ClauseKind::AtLeast(expr)
            | ClauseKind::AtMost(expr)
            | ClauseKind::OnlyIf(expr)
            | ClauseKind::IfMissing(expr)
            | ClauseKind::Baseline(expr)
            | ClauseKind::Target(expr)
            | ClauseKind::Actual(expr)
            | ClauseKind::Of(expr)
            | ClauseKind::InProportionTo(expr)
            | ClauseKind::ToTheNearest(expr)
            | ClauseKind::Rounded { step: expr, .. } => exprs.push(expr),
            ClauseKind::GivenParameter { value, .. } => exprs.push(value),
            ClauseKind::Less { amount, never_below } => {
                exprs.push(amount);
                exprs.extend(never_below.as_deref());
            }
            ClauseKind::Unless { condition, then, .. } => {
                exprs.push(condition);
                exprs.extend(then.as_deref());
            }
            ClauseKind::Rows(rows) => {
                // The last head is the declaration's own name.
                let inputs = rows.header.split_last().map_or(&[][..], |(_, inputs)| inputs);
                texts.extend(inputs.iter().map(|cell| cell.text.as_str()));
                for cell in rows.rows.iter().flat_map(|row| &row.cells) {
                    match &cell.content {
                        Some(CellContent::Result(expr)) => exprs.push(expr),
                        Some(CellContent::Words(words)) => texts.push(&words.text),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    (exprs, texts)
}
