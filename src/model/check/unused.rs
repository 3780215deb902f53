//! Declarations that nothing reads: sources, units and parameters.
//!
//! In: the model. Out: a warning for each. A result that nothing reads is an output and a column that nothing
//! reads is still reported by areas, so neither is warned about.

use crate::model::error::lint;
use crate::model::{Citation, CitedId, Expr, ExprKind, Model, ParameterId, Shown, Type, UnitId};
use crate::problem::Problem;
use std::collections::BTreeSet;

/// Warns about what nothing reads; gives the parameters among it.
pub(super) fn check(model: &Model, problems: &mut Vec<Problem>) -> BTreeSet<ParameterId> {
    let mut used = Used::default();
    used.cite(&model.ruleset.citations);
    for change in &model.ruleset.changes {
        used.cite(&change.citations);
    }
    for amendment in &model.ruleset.amendments {
        used.cite(&amendment.citations);
        amendment.changes.iter().for_each(|change| used.cite(&change.citations));
    }
    for column in &model.columns {
        used.ty(&column.ty);
    }
    for parameter in &model.parameters {
        used.ty(&parameter.ty);
        used.cite(&parameter.citations);
        let rejected = parameter.values.iter().flat_map(|value| &value.rejected);
        used.sources.extend(rejected.map(|rejected| rejected.citation.source));
    }
    for declaration in &model.declarations {
        used.ty(&declaration.ty);
        used.cite(&declaration.citations);
        if let Shown::Per { unit, .. } = declaration.shown {
            used.units.insert(unit);
        }
        for expr in declaration.expressions() {
            expr.walk(&mut |expr| used.expr(expr));
        }
    }
    for (index, source) in model.sources.iter().enumerate() {
        if !used.sources.contains(&CitedId::from_index(index)) {
            problems.push(lint::unused(source.span, "source", &source.name, "nothing cites it"));
        }
    }
    for (index, unit) in model.units.iter().enumerate() {
        if !used.units.contains(&UnitId::from_index(index)) {
            problems.push(lint::unused(unit.span, "unit", &unit.name, "nothing is counted in it"));
        }
    }
    let all = (0..model.parameters.len()).map(ParameterId::from_index);
    let unread: BTreeSet<ParameterId> = all.filter(|id| !used.parameters.contains(id)).collect();
    for parameter in unread.iter().map(|id| model.parameter(*id)) {
        problems.push(lint::unused(parameter.span, "parameter", &parameter.name, "no rule reads it"));
    }
    unread
}

/// What is read somewhere.
#[derive(Default)]
struct Used {
    sources: BTreeSet<CitedId>,
    units: BTreeSet<UnitId>,
    parameters: BTreeSet<ParameterId>,
}

impl Used {
    fn cite(&mut self, citations: &[Citation]) {
        self.sources.extend(citations.iter().map(|citation| citation.source));
    }

    fn ty(&mut self, ty: &Type) {
        if let Some(quantity) = ty.quantity() {
            self.units.extend(quantity.dimension.units.keys());
        }
    }

    fn expr(&mut self, expr: &Expr) {
        self.ty(&expr.ty);
        if let ExprKind::Parameter(parameter) | ExprKind::ParameterIn { parameter, .. } = expr.kind {
            self.parameters.insert(parameter);
        }
    }
}
