//! The stretches of time over which no parameter changes.
//!
//! In: the parameters that something uses. Out: the first day of each stretch, and the value of each there. A
//! table must be right under every law it was ever under.

use crate::model::{Expr, ExprKind, Model, ParameterId};
use crate::value::{Date, Value};
use std::collections::BTreeSet;

/// More stretches than any law has; beyond them the latest are looked at.
const MOST: usize = 64;

/// A stretch of time, by its first day; none is the beginning of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(Option<Date>);

impl Moment {
    /// Every stretch that the parameters make, in order.
    pub(super) fn all(model: &Model, parameters: &BTreeSet<ParameterId>) -> Vec<Self> {
        let starts = parameters.iter().flat_map(|id| &model.parameter(*id).values).map(|value| Self(value.from));
        let mut moments: Vec<Self> = starts.collect::<BTreeSet<_>>().into_iter().collect();
        if moments.is_empty() {
            moments.push(Self(None));
        }
        moments.split_off(moments.len().saturating_sub(MOST))
    }

    /// The value of a parameter in this stretch.
    pub(super) fn value(self, model: &Model, parameter: ParameterId) -> Option<&Value> {
        let values = &model.parameter(parameter).values;
        let is_in_force = |from: Option<Date>, to: Option<Date>| match self.0 {
            None => from.is_none(),
            Some(day) => from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to),
        };
        values.iter().find(|value| is_in_force(value.from, value.to)).map(|value| &value.value)
    }

    /// A phrase for a message, where there are several stretches.
    pub(super) fn phrase(self, all: &[Self]) -> Option<String> {
        let written = crate::value::date_text;
        let next = all.iter().skip_while(|moment| **moment != self).nth(1).and_then(|next| next.0);
        match (self.0, next) {
            (Some(day), _) if all.len() > 1 => Some(format!("with the parameters of {}", written(day))),
            (None, Some(next)) => next.yesterday().ok().map(|last| format!("with the parameters of {}", written(last))),
            _ => None,
        }
    }
}

/// The value of a literal, or of a parameter in a stretch of time.
pub(super) fn constant(model: &Model, expr: &Expr, moment: Option<Moment>) -> Option<Value> {
    match &expr.kind {
        ExprKind::Parameter(id) => moment?.value(model, *id).cloned(),
        _ => written_out(expr),
    }
}

/// The value of a literal.
pub(super) fn written_out(expr: &Expr) -> Option<Value> {
    match &expr.kind {
        ExprKind::Literal(value) => Some(value.clone()),
        ExprKind::Negate(inner) => match written_out(inner)? {
            Value::Number(number) => Some(Value::Number(number.negate())),
            _ => None,
        },
        _ => None,
    }
}
