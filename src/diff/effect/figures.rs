//! What became of a number: its totals, how many records went up and down, and which.

use super::records::{Records, count, root};
use super::{Counts, Evaluated, Figure, Moved, Total};
use crate::data::Dataset;
use crate::meaning::Results;
use crate::model::{Basis, DeclarationId, Level, Model, Quantity, Scale, Type};
use crate::value::{Number, Outcome, Value};

/// The values of a number at the records at which it is compared.
pub(super) struct Values {
    pub(super) level: Level,
    pub(super) is_additive: bool,
    pub(super) at: Vec<Option<Number>>,
}

/// What became of a number; nothing for what is none, before or after.
pub(super) fn figure(
    old: Evaluated<'_>,
    new: Evaluated<'_>,
    (was, is): (DeclarationId, DeclarationId),
    records: &mut Records<'_>,
) -> Option<Figure> {
    let before = values(old.side.model, old.data, old.results, was)?;
    let after = values(new.side.model, new.data, new.results, is)?;
    let matched = records.matched(before.level, after.level);
    let mut counts = Counts { come: matched.come, gone: matched.gone, ..Counts::default() };
    let (mut moved, mut change) = (Vec::new(), Number::zero());
    for (old_row, new_row) in matched.pairs {
        let one = before.at.get(old_row).cloned().flatten();
        let other = after.at.get(new_row).cloned().flatten();
        let by_how_much = match (&one, &other) {
            (Some(one), Some(other)) => other.subtract(one).ok(),
            _ => None,
        };
        let slot = match (&one, &other) {
            (Some(one), Some(other)) if other > one => &mut counts.up,
            (Some(one), Some(other)) if other < one => &mut counts.down,
            (Some(_), Some(_)) => &mut counts.same,
            (Some(_), None) => &mut counts.lost,
            (None, Some(_)) => &mut counts.found,
            (None, None) => &mut counts.open,
        };
        *slot += 1;
        if one != other {
            if let Some(by) = &by_how_much {
                change = change.add(by).unwrap_or(change);
            }
            let (by, together) = (Vec::new(), by_how_much.clone().unwrap_or_else(Number::zero));
            moved.push(Moved { row: new_row, before: one, after: other, change: by_how_much, by, together });
        }
    }
    let size = |moved: &Moved| moved.change.as_ref().map(Number::size);
    moved.sort_by(|one, other| size(other).cmp(&size(one)).then(one.row.cmp(&other.row)));
    let together = change.clone();
    Some(Figure {
        old: was,
        new: is,
        level: after.level,
        is_additive: before.is_additive && after.is_additive,
        before: total(&before.at),
        after: total(&after.at),
        change,
        counts,
        by: Vec::new(),
        together,
        moved,
    })
}

/// The sum of those that have a value.
pub(super) fn total(values: &[Option<Number>]) -> Total {
    let mut sum = Number::zero();
    for value in values.iter().flatten() {
        sum = sum.add(value).unwrap_or(sum);
    }
    let determined = values.iter().flatten().count();
    Total { sum, determined, undetermined: values.len() - determined }
}

/// The values of a number by record; money and counts of records below are added up for each record of the nation.
pub(super) fn values(model: &Model, data: &Dataset, results: &Results, id: DeclarationId) -> Option<Values> {
    let declaration = model.declaration(id);
    let Type::Quantity(quantity) = &declaration.ty else { return None };
    let outcomes = results.values.get(id.index()).map(Vec::as_slice).unwrap_or_default();
    let own = outcomes.iter().map(number).collect();
    let Level::Table(table) = declaration.level else {
        return Some(Values { level: Level::Nation, is_additive: true, at: own });
    };
    let is_series = model.table(table).series.is_some();
    let can_be_added = adds_up(quantity) && (!is_series || quantity.basis == Basis::Each);
    let root = root(model, table);
    if root == table || !can_be_added {
        return Some(Values { level: declaration.level, is_additive: can_be_added, at: own });
    }
    let mut sums: Vec<Option<Number>> = vec![Some(Number::zero()); count(data, root)];
    for (row, outcome) in outcomes.iter().enumerate() {
        let above = data.ancestor_row(model, table, row, root);
        let Some(slot) = above.and_then(|above| sums.get_mut(above)) else { continue };
        *slot = match (slot.take(), number(outcome)) {
            (Some(sum), Some(value)) => sum.add(&value).ok(),
            _ => None,
        };
    }
    Some(Values { level: Level::Table(root), is_additive: true, at: sums })
}

fn number(outcome: &Outcome) -> Option<Number> {
    match outcome {
        Outcome::Known(Value::Number(number)) => Some(number.clone()),
        _ => None,
    }
}

/// Whether figures of several records make a total: money and counts do, shares and rates do not.
fn adds_up(quantity: &Quantity) -> bool {
    let dimension = &quantity.dimension;
    let powers: i32 = i32::from(dimension.money) + dimension.units.values().map(|power| i32::from(*power)).sum::<i32>();
    let is_simple = dimension.money >= 0 && dimension.units.values().all(|power| *power > 0);
    quantity.scale == Scale::Plain && is_simple && powers == 1 && quantity.basis != Basis::ToDate
}
