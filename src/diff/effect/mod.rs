//! What a change of the rules does to what each area gets.
//!
//! In: both rulesets, evaluated. Out: [`Effect`]: of every result that both have, what moved and at which records, and
//! which change moved it. Nothing is rounded.
//!
//! `records` finds what in the old data is what in the new, `figures` and `states` compare results, `hybrid` makes
//! rules in which only some of the changes are made, `split` tells by them which change moved what.

mod figures;
mod hybrid;
mod records;
mod split;
mod states;

use super::pairs::Pairs;
use super::{Found, Side, found};
use crate::data::{Dataset, Input};
use crate::meaning::{Results, RunOptions};
use crate::model::{DeclarationId, Level, Model, TableId};
use crate::value::{Number, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One of the two rulesets, evaluated.
#[derive(Debug, Clone, Copy)]
pub struct Evaluated<'a> {
    /// The rules.
    pub side: Side<'a>,
    /// The files of the data.
    pub inputs: &'a [Input],
    /// The data.
    pub data: &'a Dataset,
    /// What was asked for.
    pub options: &'a RunOptions,
    /// What came out.
    pub results: &'a Results,
}

/// What a change of the rules does.
#[derive(Debug, Clone, Default)]
pub struct Effect {
    /// Results that are numbers, and that both rulesets have.
    pub figures: Vec<Figure>,
    /// Results that are words, and that both rulesets have.
    pub states: Vec<StateChange>,
    /// Results that only the old rules have.
    pub gone: Vec<Alone>,
    /// Results that only the new rules have.
    pub come: Vec<Alone>,
    /// What moved them, one at a time; what the numbers in `by` count. Empty where that could not be told.
    pub causes: Vec<MovedBy>,
    /// Why it could not be told what moved what.
    pub unsplit: Option<Unsplit>,
}

/// Something that changed between the two runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MovedBy {
    /// The data.
    Data,
    /// Changes of the rules that are made together, by their number in the rule changes: one, and what it needs.
    Rules(Vec<usize>),
}

/// Why it could not be told which change moved what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsplit {
    /// The data differ, and the old rules cannot be applied to the new data.
    OtherData,
    /// No change can be made without all the others.
    AllAtOnce,
}

/// A result that is a number.
#[derive(Debug, Clone)]
pub struct Figure {
    /// In the old rules.
    pub old: DeclarationId,
    /// In the new rules.
    pub new: DeclarationId,
    /// Where it is compared: money and counts of records below an area are added up for each area.
    pub level: Level,
    /// Whether the records' figures make a total.
    pub is_additive: bool,
    /// Before, over all records.
    pub before: Total,
    /// After, over all records.
    pub after: Total,
    /// By how much the records together moved that have a value before and after.
    pub change: Number,
    /// How many records moved in which way.
    pub counts: Counts,
    /// Of the change, what each cause alone moved.
    pub by: Vec<(usize, Number)>,
    /// Of the change, what no cause alone moved.
    pub together: Number,
    /// The records that moved: the largest first, then those that gained or lost their value.
    pub moved: Vec<Moved>,
}

/// A total over records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Of those that have a value; for the nation, the value.
    pub sum: Number,
    /// How many have one.
    pub determined: usize,
    /// How many have none.
    pub undetermined: usize,
}

/// How many records moved in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// More than before.
    pub up: usize,
    /// Less than before.
    pub down: usize,
    /// The same.
    pub same: usize,
    /// Undetermined now, and not before.
    pub lost: usize,
    /// Determined now, and not before.
    pub found: usize,
    /// Undetermined before and now.
    pub open: usize,
    /// Records that only the new data has.
    pub come: usize,
    /// Records that only the old data has.
    pub gone: usize,
}

/// A record whose figure moved.
#[derive(Debug, Clone)]
pub struct Moved {
    /// Its row in the new data.
    pub row: usize,
    /// The figure before.
    pub before: Option<Number>,
    /// The figure after.
    pub after: Option<Number>,
    /// By how much it moved, where it had a value before and has one now.
    pub change: Option<Number>,
    /// What each cause alone moved; where a value was lost or found, the causes that alone do that, with nothing moved.
    pub by: Vec<(usize, Number)>,
    /// What no cause alone moved.
    pub together: Number,
}

/// A result that is a word: whether a condition is met, what was decided.
#[derive(Debug, Clone)]
pub struct StateChange {
    /// In the old rules.
    pub old: DeclarationId,
    /// In the new rules.
    pub new: DeclarationId,
    /// Where it is.
    pub level: Level,
    /// How many records are as before.
    pub same: usize,
    /// What became what.
    pub flips: Vec<Flip>,
}

/// Records at which a result became another.
#[derive(Debug, Clone)]
pub struct Flip {
    /// Before; nothing where it was undetermined.
    pub from: Option<Value>,
    /// After; nothing where it is undetermined.
    pub to: Option<Value>,
    /// The rows in the new data, each with the causes that alone do that.
    pub records: Vec<(usize, Vec<usize>)>,
}

/// A result of one of the two rulesets.
#[derive(Debug, Clone)]
pub struct Alone {
    /// Which.
    pub id: DeclarationId,
    /// Where it is.
    pub level: Level,
    /// For a number, its total, where its records' figures make one.
    pub total: Option<Total>,
    /// For a word, how many records have it; nothing counts those that are undetermined.
    pub states: Vec<(Option<Value>, usize)>,
}

impl Effect {
    /// Whether any result is another than before.
    pub fn is_any(&self) -> bool {
        let figures = self.figures.iter().any(|figure| !figure.moved.is_empty() || figure.counts.has_other_records());
        figures
            || self.states.iter().any(|state| !state.flips.is_empty())
            || !self.come.is_empty()
            || !self.gone.is_empty()
    }
}

impl Effect {
    /// The causes that alone move anything.
    pub fn movers(&self) -> BTreeSet<usize> {
        let of_figures = self.figures.iter().flat_map(|figure| &figure.moved).flat_map(|moved| &moved.by);
        let flips = self.states.iter().flat_map(|state| &state.flips).flat_map(|flip| &flip.records);
        let of_flips = flips.flat_map(|(_, causes)| causes.iter().copied());
        of_figures.map(|(cause, _)| *cause).chain(of_flips).collect()
    }

    /// Whether everything that moved is moved by causes alone.
    pub fn is_explained(&self) -> bool {
        let flips = self.states.iter().flat_map(|state| &state.flips);
        self.figures
            .iter()
            .flat_map(|figure| &figure.moved)
            .all(|moved| moved.together.is_zero() && (moved.change.is_some() || !moved.by.is_empty()))
            && flips.flat_map(|flip| &flip.records).all(|(_, causes)| !causes.is_empty())
    }
}

impl Counts {
    /// Whether records are there that were not, or the other way round.
    pub fn has_other_records(&self) -> bool {
        self.come > 0 || self.gone > 0
    }
}

/// How a ruleset is applied to data.
pub type Evaluate<'a> = &'a dyn Fn(&Model, &Dataset, &RunOptions) -> Results;

/// What the change from the old rules to the new does. `evaluate` applies rules in which only some changes are made.
pub fn effect(old: Evaluated<'_>, new: Evaluated<'_>, evaluate: Evaluate<'_>) -> Effect {
    let pairs = Pairs::find(old.side, new.side);
    let found: Vec<Found> = found(old.side, new.side, &pairs);
    let mut records = records::Records::new(old, new);
    let mut effect = Effect::default();
    for (id, was) in declarations(new.side.model, &pairs, old.side.model) {
        let Some(was) = was else {
            effect.come.push(states::alone(new, id));
            continue;
        };
        match figures::figure(old, new, (was, id), &mut records) {
            Some(figure) => effect.figures.push(figure),
            None => match states::change(old, new, (was, id), &mut records) {
                Some(change) => effect.states.push(change),
                // A number that became a word is another result.
                None => {
                    effect.gone.push(states::alone(old, was));
                    effect.come.push(states::alone(new, id));
                }
            },
        }
    }
    for (id, is) in gone(old.side.model, &pairs) {
        if !is {
            effect.gone.push(states::alone(old, id));
        }
    }
    split::split(&mut effect, old, new, &pairs, &found, evaluate);
    effect
}

/// The results of the new rules with what they were in the old; parts of outcomes go with their outcome.
fn declarations<'m>(
    new: &'m Model,
    pairs: &'m Pairs,
    old: &'m Model,
) -> impl Iterator<Item = (DeclarationId, Option<DeclarationId>)> + 'm {
    (0..new.declarations.len()).map(DeclarationId::from_index).map(move |id| {
        let name = &new.declaration(id).name;
        let was = match name.split_once('.') {
            None => pairs.rule_of_new(id),
            Some((outcome, part)) => new
                .find(outcome)
                .and_then(|outcome| pairs.rule_of_new(outcome))
                .and_then(|outcome| old.find(&format!("{}.{part}", old.declaration(outcome).name))),
        };
        (id, was)
    })
}

/// The results of the old rules, each with whether the new rules have it. Parts go with their outcome.
fn gone<'m>(old: &'m Model, pairs: &'m Pairs) -> impl Iterator<Item = (DeclarationId, bool)> + 'm {
    (0..old.declarations.len()).map(DeclarationId::from_index).map(move |id| {
        let name = &old.declaration(id).name;
        let whole = name.split_once('.').map_or(Some(id), |(outcome, _)| old.find(outcome));
        (id, whole.is_some_and(|whole| pairs.rule_of_old(whole).is_some()))
    })
}

/// The records at which something is compared.
type Rows = BTreeMap<TableId, records::Matched>;
