//! Which change moved what: each is made alone, and what it alone does is what it moved; the rest they do together.
//!
//! In: what moved, and the rules. Out: the causes, and for each figure and record what each of them moved. Changes that
//! cannot be made alone are made with what they need.

use super::hybrid::{Group, Hybrids, Swap, has_same_tables};
use super::records::Records;
use super::states::state;
use super::{Effect, Evaluate, Evaluated, MovedBy, Unsplit, figures};
use crate::data::{self, Dataset};
use crate::diff::naming::Item;
use crate::diff::pairs::Pairs;
use crate::diff::{Found, What};
use crate::meaning::{Results, RunOptions};
use crate::model::{DeclarationId, Level, Model};
use crate::problem::Problem;
use crate::value::Number;
use std::collections::{BTreeMap, BTreeSet};

/// Rules in which some changes are made, applied to the new data.
struct Run {
    model: Model,
    data: Option<Dataset>,
    results: Results,
}

impl Run {
    fn data<'d>(&'d self, new: &Evaluated<'d>) -> &'d Dataset {
        self.data.as_ref().unwrap_or(new.data)
    }
}

/// Tells which cause moved what.
pub(super) fn split(
    effect: &mut Effect,
    old: Evaluated<'_>,
    new: Evaluated<'_>,
    pairs: &Pairs,
    found: &[Found],
    evaluate: Evaluate<'_>,
) {
    let is_moved = effect.figures.iter().any(|figure| !figure.moved.is_empty())
        || effect.states.iter().any(|state| !state.flips.is_empty());
    if !is_moved {
        return;
    }
    let Some(hybrids) = Hybrids::new(old.side, new.side, pairs) else {
        effect.unsplit = Some(Unsplit::AllAtOnce);
        return;
    };
    let splitter = Splitter { hybrids, old, new, evaluate };
    let changed = changed(found, new.side.model);
    let Some(base) = splitter.run(&Group::new()) else {
        effect.unsplit = Some(if old.inputs == new.inputs { Unsplit::AllAtOnce } else { Unsplit::OtherData });
        return;
    };
    let groups = splitter.groups(&changed);
    let is_whole = |group: &Group| changed.iter().all(|(swap, _)| group.contains(swap));
    if old.inputs != new.inputs {
        // The old rules on the old data, against the old rules on the new.
        splitter.compare(effect, None, &base);
        effect.causes.push(MovedBy::Data);
    }
    for group in groups {
        let numbers: Vec<usize> = numbers(&group, &changed, found);
        if numbers.is_empty() {
            continue;
        }
        if is_whole(&group) && effect.causes.is_empty() {
            // All changes are one: what they moved is what moved.
            effect.causes.push(MovedBy::Rules(numbers));
            whole(effect);
            return;
        }
        if let Some(run) = splitter.run(&group) {
            splitter.compare(effect, Some(&base), &run);
        }
        effect.causes.push(MovedBy::Rules(numbers));
    }
}

/// Everything that moved is moved by the one cause.
fn whole(effect: &mut Effect) {
    for figure in &mut effect.figures {
        figure.by = vec![(0, std::mem::replace(&mut figure.together, Number::zero()))];
        for moved in &mut figure.moved {
            moved.by = vec![(0, std::mem::replace(&mut moved.together, Number::zero()))];
        }
    }
    for flip in effect.states.iter_mut().flat_map(|state| &mut state.flips) {
        flip.records.iter_mut().for_each(|(_, causes)| causes.push(0));
    }
}

/// What is changed and can change a result, with its number: what is only added changes nothing that was there.
fn changed(found: &[Found], new: &Model) -> Vec<(Swap, usize)> {
    let place: BTreeMap<DeclarationId, usize> =
        new.order.iter().flatten().enumerate().map(|(place, id)| (*id, place)).collect();
    let mut changed: Vec<(Swap, usize)> = Vec::new();
    for (number, Found { change, item }) in found.iter().enumerate() {
        if !change.is_substance() || change.what != What::Changed {
            continue;
        }
        match item {
            None => changed.push((Swap::Head, number)),
            Some(item) => changed.push((Swap::Item(*item), number)),
        }
    }
    // In the order of what reads what.
    changed.sort_by_key(|(swap, number)| match swap {
        Swap::Head => (0, 0, *number),
        Swap::Item(Item::Rule(id)) => (2, place.get(id).copied().unwrap_or(usize::MAX), *number),
        Swap::Item(_) => (1, 0, *number),
    });
    changed
}

/// The numbers of the changes in a group: what is changed before what is added for it.
fn numbers(group: &Group, changed: &[(Swap, usize)], found: &[Found]) -> Vec<usize> {
    let mut numbers: Vec<usize> =
        changed.iter().filter(|(swap, _)| group.contains(swap)).map(|(_, number)| *number).collect();
    for (number, Found { item, .. }) in found.iter().enumerate() {
        if item.is_some_and(|item| group.contains(&Swap::Item(item))) && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

struct Splitter<'a> {
    hybrids: Hybrids<'a>,
    old: Evaluated<'a>,
    new: Evaluated<'a>,
    evaluate: Evaluate<'a>,
}

impl Splitter<'_> {
    /// The changes, each with what it cannot be made without. Those that share something are made together.
    fn groups(&self, changed: &[(Swap, usize)]) -> Vec<Group> {
        let all: Group = changed.iter().flat_map(|(swap, _)| self.hybrids.with_additions(*swap)).collect();
        let mut groups: Vec<Group> = Vec::new();
        for (swap, _) in changed {
            if groups.iter().any(|group| group.contains(swap)) {
                continue;
            }
            let mut group = self.smallest(*swap, changed).unwrap_or_else(|| all.clone());
            let is_changed = |swap: &&Swap| changed.iter().any(|(other, _)| other == *swap);
            let mine: BTreeSet<Swap> = group.iter().filter(is_changed).copied().collect();
            let mut apart = Vec::new();
            for other in groups {
                if other.intersection(&mine).next().is_some() {
                    group.extend(other);
                } else {
                    apart.push(other);
                }
            }
            groups = apart;
            let is_sound = self.hybrids.build(&group).is_some();
            groups.push(if is_sound { group } else { all.clone() });
        }
        if groups.contains(&all) { vec![all] } else { groups }
    }

    /// A change with the others that it cannot be made without: what it reads, then what reads it.
    fn smallest(&self, swap: Swap, changed: &[(Swap, usize)]) -> Option<Group> {
        let mut group = self.hybrids.with_additions(swap);
        for _ in 0..=changed.len() {
            if self.hybrids.build(&group).is_some() {
                return Some(group);
            }
            let reads = |swap: &Swap| match swap {
                Swap::Head => BTreeSet::new(),
                Swap::Item(item) => self.hybrids.reads(*item),
            };
            let of_group: BTreeSet<Item> = group.iter().flat_map(reads).collect();
            let is_read = |swap: &Swap| matches!(swap, Swap::Item(item) if of_group.contains(item));
            let reads_group = |swap: &Swap| reads(swap).iter().any(|item| group.contains(&Swap::Item(*item)));
            let others = || changed.iter().map(|(swap, _)| *swap).filter(|swap| !group.contains(swap));
            let mut more: Vec<Swap> = others().filter(is_read).collect();
            if more.is_empty() {
                more = others().filter(reads_group).collect();
            }
            if more.is_empty() {
                return None;
            }
            for swap in more {
                group.extend(self.hybrids.with_additions(swap));
            }
        }
        None
    }

    /// The old rules with these changes made, applied to the new data; nothing where that cannot be done.
    fn run(&self, group: &Group) -> Option<Run> {
        let model = self.hybrids.build(group)?;
        let data = if has_same_tables(&model, self.new.side.model) {
            None
        } else {
            let (data, problems) = data::load(&model, self.new.inputs);
            if problems.iter().any(Problem::is_error) {
                return None;
            }
            Some(data)
        };
        let new = self.new.side.model;
        let parameters = self.new.options.parameters.iter().filter_map(|(id, value)| {
            let name = &new.parameter(*id).name;
            let id = model.parameters.iter().position(|parameter| parameter.name == *name)?;
            Some((crate::model::ParameterId::from_index(id), value.clone()))
        });
        let options = RunOptions { as_at: self.new.options.as_at, parameters: parameters.collect() };
        let results = (self.evaluate)(&model, data.as_ref().unwrap_or(self.new.data), &options);
        Some(Run { model, data, results })
    }

    /// Adds what a cause moved: the difference between two runs, the first of them the old rules on the old data where
    /// none is given.
    fn compare(&self, effect: &mut Effect, base: Option<&Run>, run: &Run) {
        let cause = effect.causes.len();
        let new = self.new.side.model;
        let data = run.data(&self.new);
        // From the rows of the run to those of the new data, and from the run to what it is compared with.
        let mut to_new = Records::of((&run.model, data), (new, self.new.data));
        let before = match base {
            Some(base) => (&base.model, base.data(&self.new), &base.results),
            None => (self.old.side.model, self.old.data, self.old.results),
        };
        let mut from_base = Records::of((before.0, before.1), (new, self.new.data));
        for figure in &mut effect.figures {
            if figure.moved.is_empty() {
                continue;
            }
            let name = &new.declaration(figure.new).name;
            let was = if base.is_some() { name } else { &self.old.side.model.declaration(figure.old).name };
            let one = before.0.find(was).and_then(|id| figures::values(before.0, before.1, before.2, id));
            let other = run.model.find(name).and_then(|id| figures::values(&run.model, data, &run.results, id));
            let (Some(one), Some(other)) = (one, other) else { continue };
            let one = by_new_row(one.at, one.level, figure.level, &mut from_base);
            let other = by_new_row(other.at, other.level, figure.level, &mut to_new);
            add_figure(figure, &one, &other, cause);
        }
        for change in &mut effect.states {
            let name = &new.declaration(change.new).name;
            let Some(id) = run.model.find(name) else { continue };
            let outcomes = run.results.values.get(id.index()).map(Vec::as_slice).unwrap_or_default();
            let level = run.model.declaration(id).level;
            let now = by_new_row(outcomes.iter().map(Some).collect(), level, change.level, &mut to_new);
            for flip in &mut change.flips {
                for (row, causes) in &mut flip.records {
                    if now.get(row).is_some_and(|outcome| state(Some(outcome)) == flip.to) {
                        causes.push(cause);
                    }
                }
            }
        }
    }
}

/// Values by the rows of the new data.
fn by_new_row<T>(values: Vec<Option<T>>, from: Level, to: Level, records: &mut Records<'_>) -> BTreeMap<usize, T> {
    let mut rows: BTreeMap<usize, usize> = records.matched(from, to).pairs.into_iter().collect();
    let mut found = BTreeMap::new();
    for (row, value) in values.into_iter().enumerate() {
        if let (Some(value), Some(new)) = (value, rows.remove(&row)) {
            found.insert(new, value);
        }
    }
    found
}

fn add_figure(
    figure: &mut super::Figure,
    one: &BTreeMap<usize, Number>,
    other: &BTreeMap<usize, Number>,
    cause: usize,
) {
    let mut sum = Number::zero();
    for moved in &mut figure.moved {
        let (before, after) = (one.get(&moved.row), other.get(&moved.row));
        if moved.change.is_none() {
            // Its value was lost or found: whether the cause alone does that.
            if before.is_some() != after.is_some() && after.is_some() == moved.after.is_some() {
                moved.by.push((cause, Number::zero()));
            }
            continue;
        }
        let (Some(before), Some(after)) = (before, after) else { continue };
        let Ok(by) = after.subtract(before) else { continue };
        if by.is_zero() {
            continue;
        }
        moved.together = moved.together.subtract(&by).unwrap_or_else(|_| moved.together.clone());
        sum = sum.add(&by).unwrap_or(sum);
        moved.by.push((cause, by));
    }
    if !sum.is_zero() {
        figure.together = figure.together.subtract(&sum).unwrap_or_else(|_| figure.together.clone());
        figure.by.push((cause, sum));
    }
}
