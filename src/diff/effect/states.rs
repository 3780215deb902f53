//! What became of a word: of whether a condition is met, of what was decided.

use super::records::Records;
use super::{Alone, Evaluated, Flip, StateChange, figures};
use crate::model::{DeclarationId, Level, Type};
use crate::value::{ConditionState, Outcome, Value};

/// What became of a word; nothing for a number.
pub(super) fn change(
    old: Evaluated<'_>,
    new: Evaluated<'_>,
    (was, is): (DeclarationId, DeclarationId),
    records: &mut Records<'_>,
) -> Option<StateChange> {
    let (before, after) = (old.side.model.declaration(was), new.side.model.declaration(is));
    if [&before.ty, &after.ty].iter().any(|ty| matches!(ty, Type::Quantity(_))) {
        return None;
    }
    let matched = records.matched(before.level, after.level);
    let mut change = StateChange { old: was, new: is, level: after.level, same: 0, flips: Vec::new() };
    for (old_row, new_row) in matched.pairs {
        let from = state(old.results.get(was, old_row));
        let to = state(new.results.get(is, new_row));
        if from == to {
            change.same += 1;
            continue;
        }
        match change.flips.iter_mut().find(|flip| flip.from == from && flip.to == to) {
            Some(flip) => flip.records.push((new_row, Vec::new())),
            None => change.flips.push(Flip { from, to, records: vec![(new_row, Vec::new())] }),
        }
    }
    // The commonest first; a stable sort keeps the order of the records among equals.
    change.flips.sort_by_key(|flip| std::cmp::Reverse(flip.records.len()));
    Some(change)
}

/// A value by which two states are compared: by which exemption a condition does not apply makes no difference.
pub(super) fn state(outcome: Option<&Outcome>) -> Option<Value> {
    match outcome?.known()? {
        Value::Condition(ConditionState::DoesNotApply(_)) => Some(Value::Condition(ConditionState::DoesNotApply(0))),
        value => Some(value.clone()),
    }
}

/// A result that only one of the two rulesets has.
pub(super) fn alone(of: Evaluated<'_>, id: DeclarationId) -> Alone {
    let declaration = of.side.model.declaration(id);
    if let Some(values) = figures::values(of.side.model, of.data, of.results, id) {
        let total = values.is_additive.then(|| figures::total(&values.at));
        return Alone { id, level: values.level, total, states: Vec::new() };
    }
    let mut states: Vec<(Option<Value>, usize)> = Vec::new();
    for outcome in of.results.values.get(id.index()).into_iter().flatten() {
        let found = state(Some(outcome));
        match states.iter_mut().find(|(state, _)| *state == found) {
            Some((_, count)) => *count += 1,
            None => states.push((found, 1)),
        }
    }
    states.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let level: Level = declaration.level;
    Alone { id, level, total: None, states }
}
