//! Figures that policy sets stand once, as parameters, each with its source.
//!
//! In: the model. Out: a warning for each parameter of a ruleset in force that cites nothing and does not own up
//! to it with `unverified`, and for each figure or date written into a comparison or a bound.

use super::words::Words;
use crate::model::error::lint;
use crate::model::{ClauseKind, Declaration, DeclarationKind, Expr, ExprKind, Model, ParameterId, Scale};
use crate::problem::Problem;
use crate::value::{Number, Value};
use std::collections::BTreeSet;

/// Warns about parameters without a source, where the ruleset is in force; those that nothing reads were told of.
pub(super) fn check_sources(model: &Model, unread: &BTreeSet<ParameterId>, problems: &mut Vec<Problem>) {
    if model.ruleset.status.as_deref() != Some("in force") {
        return;
    }
    for (index, parameter) in model.parameters.iter().enumerate() {
        let is_open = parameter.citations.is_empty() && parameter.unverified.is_none();
        if is_open && !unread.contains(&ParameterId::from_index(index)) {
            problems.push(lint::no_source(parameter.span, &parameter.name));
        }
    }
}

/// Warns about figures that are written into a rule. Checks are left alone: they say what a published figure is.
pub(super) fn check_buried(words: Words<'_>, declaration: &Declaration, problems: &mut Vec<Problem>) {
    if matches!(declaration.kind, DeclarationKind::Check { .. }) {
        return;
    }
    let mut tell = |expr: &Expr, role: &str| {
        if is_figure(expr) {
            problems.push(lint::buried_figure(expr.span, &words.of(expr), role));
        }
    };
    for expr in declaration.expressions() {
        expr.walk(&mut |expr| {
            if let ExprKind::Compare { left, right, .. } = &expr.kind {
                for side in [left, right] {
                    operands(side, &mut |operand| tell(operand, "compared with"));
                }
            }
        });
    }
    let bounds: Vec<&Expr> = match &declaration.kind {
        DeclarationKind::Allocation { least, greatest, .. } => {
            [least, greatest].into_iter().filter_map(Option::as_deref).collect()
        }
        _ => super::formula(declaration).map_or_else(Vec::new, |formula| {
            let bounds = formula.clauses.iter().flat_map(|clause| match &clause.kind {
                ClauseKind::AtLeast(bound) | ClauseKind::AtMost(bound) => vec![bound],
                ClauseKind::Less { amount, never_below } => {
                    std::iter::once(amount).chain(never_below.as_deref()).collect()
                }
                _ => Vec::new(),
            });
            bounds.collect()
        }),
    };
    for bound in bounds {
        operands(bound, &mut |operand| tell(operand, "a bound"));
    }
}

/// The literals that an amount is made of by arithmetic.
fn operands<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    match &expr.kind {
        ExprKind::Literal(_) => visit(expr),
        ExprKind::Arithmetic { left, right, .. } => {
            operands(left, visit);
            operands(right, visit);
        }
        ExprKind::Negate(inner) | ExprKind::SizeOf(inner) => operands(inner, visit),
        _ => {}
    }
}

/// Whether policy might change it: a date, or a number with a unit or a percent, other than 0, 1 and 100%.
fn is_figure(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(Value::Date(_)) => true,
        ExprKind::Literal(Value::Number(number)) => {
            let has_unit = expr
                .ty
                .quantity()
                .is_some_and(|quantity| !quantity.dimension.is_none() || quantity.scale != Scale::Plain);
            has_unit && !number.is_zero() && *number != Number::one()
        }
        _ => false,
    }
}
