//! A comparison as JSON: complete and exact.
//!
//! In: a briefing. Out: one document, whose form is a promise: it has a number. Every record that moved is in it.

use super::Briefing;
use super::Weighed;
use crate::diff::effect::{Alone, Figure, Moved, MovedBy, StateChange, Total, Unsplit};
use crate::diff::{Change, Side};
use crate::model::{DeclarationId, Level};
use crate::report::wire::{self, Written};
use crate::report::{Run, run::CANNOT_DETERMINE};
use crate::value::{Number, Value};
use serde::Serialize;

/// The form of the document; raised when a reader of the old form would misread the new.
pub const FORMAT: u32 = 1;

#[derive(Debug, Serialize)]
struct Document<'a> {
    format: u32,
    ringfence: &'static str,
    old: Head<'a>,
    new: Head<'a>,
    /// Whether anything comes out differently: with data whether any result does, without whether one can.
    has_effect: bool,
    changes: Vec<ChangeEntry<'a>>,
    effect: Option<EffectEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct Head<'a> {
    name: &'a str,
    title: String,
    status: Option<&'a str>,
    applies_from: Option<String>,
    applies_to: Option<String>,
    as_at: Option<String>,
    data: Vec<&'a str>,
    illustrative: bool,
}

#[derive(Debug, Serialize)]
struct ChangeEntry<'a> {
    number: usize,
    /// Whether it can change what comes out.
    substance: bool,
    #[serde(flatten)]
    change: &'a Change,
}

#[derive(Debug, Serialize)]
struct EffectEntry<'a> {
    causes: Vec<CauseEntry>,
    unsplit: Option<&'static str>,
    figures: Vec<FigureEntry<'a>>,
    states: Vec<StateEntry<'a>>,
    only_new: Vec<AloneEntry<'a>>,
    only_old: Vec<AloneEntry<'a>>,
}

/// What moved results: the data, or changes of the rules by their numbers.
#[derive(Debug, Serialize)]
struct CauseEntry {
    number: usize,
    data: bool,
    changes: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct FigureEntry<'a> {
    name: &'a str,
    was: Option<&'a str>,
    level: &'a str,
    #[serde(rename = "type")]
    ty: String,
    before: TotalEntry,
    after: TotalEntry,
    change: Exact,
    by: Vec<ByEntry>,
    together: Exact,
    up: usize,
    down: usize,
    same: usize,
    became_undetermined: usize,
    became_determined: usize,
    undetermined: usize,
    only_new_records: usize,
    only_old_records: usize,
    moved: Vec<MovedEntry>,
}

#[derive(Debug, Serialize)]
struct TotalEntry {
    sum: Option<Exact>,
    determined: usize,
    undetermined: usize,
}

/// A number: the decimal where there is one, else the fraction with a rounded decimal beside it.
#[derive(Debug, Serialize)]
struct Exact {
    value: Written,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounded: Option<String>,
}

#[derive(Debug, Serialize)]
struct ByEntry {
    cause: usize,
    change: Exact,
}

#[derive(Debug, Serialize)]
struct MovedEntry {
    #[serde(flatten)]
    record: Record,
    before: Option<Exact>,
    after: Option<Exact>,
    change: Option<Exact>,
    share: Option<Exact>,
    by: Vec<ByEntry>,
    together: Exact,
}

#[derive(Debug, Serialize)]
struct Record {
    key: Option<String>,
    name: Option<String>,
}

#[derive(Debug, Serialize)]
struct StateEntry<'a> {
    name: &'a str,
    was: Option<&'a str>,
    level: &'a str,
    same: usize,
    flips: Vec<FlipEntry>,
}

#[derive(Debug, Serialize)]
struct FlipEntry {
    from: Option<Written>,
    to: Option<Written>,
    records: Vec<FlippedEntry>,
}

#[derive(Debug, Serialize)]
struct FlippedEntry {
    #[serde(flatten)]
    record: Record,
    /// The causes that alone do it; none where only several do.
    causes: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct AloneEntry<'a> {
    name: &'a str,
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<TotalEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    states: Vec<TallyEntry>,
}

#[derive(Debug, Serialize)]
struct TallyEntry {
    value: Option<Written>,
    records: usize,
}

/// The document as text.
pub fn text(briefing: &Briefing<'_>) -> Result<String, serde_json::Error> {
    let weighed = briefing.weighed;
    let document = Document {
        format: FORMAT,
        ringfence: env!("CARGO_PKG_VERSION"),
        old: head(briefing.old, weighed.map(|weighed| weighed.old)),
        new: head(briefing.new, weighed.map(|weighed| weighed.new)),
        has_effect: briefing.has_effect(),
        changes: briefing
            .changes
            .changes
            .iter()
            .enumerate()
            .map(|(number, change)| ChangeEntry { number, substance: change.is_substance(), change })
            .collect(),
        effect: weighed.map(effect),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn head<'a>(side: Side<'a>, run: Option<&Run<'a>>) -> Head<'a> {
    let ruleset = &side.model.ruleset;
    let files = run.map(|run| run.data.files.as_slice()).unwrap_or_default();
    Head {
        name: &ruleset.name,
        title: ruleset.title(),
        status: ruleset.status.as_deref(),
        applies_from: ruleset.from.map(|date| date.to_string()),
        applies_to: ruleset.to.map(|date| date.to_string()),
        as_at: run.and_then(|run| run.results.as_at).map(|date| date.to_string()),
        data: files.iter().map(|file| file.name.as_str()).collect(),
        illustrative: files.iter().any(|file| file.is_illustrative),
    }
}

fn effect<'a>(weighed: Weighed<'a>) -> EffectEntry<'a> {
    let effect = weighed.effect;
    let cause = |(number, cause): (usize, &MovedBy)| match cause {
        MovedBy::Data => CauseEntry { number, data: true, changes: Vec::new() },
        MovedBy::Rules(changes) => CauseEntry { number, data: false, changes: changes.clone() },
    };
    EffectEntry {
        causes: effect.causes.iter().enumerate().map(cause).collect(),
        unsplit: effect.unsplit.map(|why| match why {
            Unsplit::OtherData => "other data",
            Unsplit::AllAtOnce => "all at once",
        }),
        figures: effect.figures.iter().map(|one| figure(weighed, one)).collect(),
        states: effect.states.iter().map(|one| state(weighed, one)).collect(),
        only_new: effect.come.iter().map(|one| alone(weighed.new, one)).collect(),
        only_old: effect.gone.iter().map(|one| alone(weighed.old, one)).collect(),
    }
}

/// Its name, and what it was called where that is another.
fn named<'a>(weighed: Weighed<'a>, old: DeclarationId, new: DeclarationId) -> (&'a str, Option<&'a str>) {
    let (was, is) = (&weighed.old.model.declaration(old).name, &weighed.new.model.declaration(new).name);
    (is, (was != is).then_some(was))
}

fn figure<'a>(weighed: Weighed<'a>, one: &Figure) -> FigureEntry<'a> {
    let (name, was) = named(weighed, one.old, one.new);
    let is_total = one.is_additive || one.level == Level::Nation;
    FigureEntry {
        name,
        was,
        level: weighed.new.level_name(one.level),
        ty: wire::type_name(weighed.new.model, &weighed.new.model.declaration(one.new).ty),
        before: total(&one.before, is_total),
        after: total(&one.after, is_total),
        change: exact(&one.change),
        by: by(&one.by),
        together: exact(&one.together),
        up: one.counts.up,
        down: one.counts.down,
        same: one.counts.same,
        became_undetermined: one.counts.lost,
        became_determined: one.counts.found,
        undetermined: one.counts.open,
        only_new_records: one.counts.come,
        only_old_records: one.counts.gone,
        moved: one.moved.iter().map(|moved| mover(weighed.new, one.level, moved)).collect(),
    }
}

fn total(total: &Total, has_sum: bool) -> TotalEntry {
    let sum = (has_sum && total.determined > 0).then(|| exact(&total.sum));
    TotalEntry { sum, determined: total.determined, undetermined: total.undetermined }
}

fn exact(number: &Number) -> Exact {
    let (value, rounded) = wire::written(&Value::Number(number.clone()));
    Exact { value, rounded }
}

fn by(all: &[(usize, Number)]) -> Vec<ByEntry> {
    all.iter().map(|(cause, change)| ByEntry { cause: *cause, change: exact(change) }).collect()
}

fn mover(run: &Run<'_>, level: Level, moved: &Moved) -> MovedEntry {
    let share = moved.change.as_ref().zip(moved.before.as_ref());
    let share = share.and_then(|(change, before)| change.divide(&before.size()).ok());
    MovedEntry {
        record: record(run, level, moved.row),
        before: moved.before.as_ref().map(exact),
        after: moved.after.as_ref().map(exact),
        change: moved.change.as_ref().map(exact),
        share: share.as_ref().map(exact),
        by: by(&moved.by),
        together: exact(&moved.together),
    }
}

fn record(run: &Run<'_>, level: Level, row: usize) -> Record {
    let key = match level {
        Level::Table(table) => run.rows.key(table, row),
        Level::Nation => None,
    };
    Record { key, name: run.rows.at(level, row) }
}

fn state<'a>(weighed: Weighed<'a>, one: &StateChange) -> StateEntry<'a> {
    let (name, was) = named(weighed, one.old, one.new);
    let flip = |flip: &crate::diff::effect::Flip| FlipEntry {
        from: value(weighed.old, one.old, flip.from.as_ref()),
        to: value(weighed.new, one.new, flip.to.as_ref()),
        records: flip
            .records
            .iter()
            .map(|(row, causes)| FlippedEntry { record: record(weighed.new, one.level, *row), causes: causes.clone() })
            .collect(),
    };
    let level = weighed.new.level_name(one.level);
    StateEntry { name, was, level, same: one.same, flips: one.flips.iter().map(flip).collect() }
}

/// A state; of a condition that is not known it is said so, of another result that is missing there is none.
fn value(run: &Run<'_>, id: DeclarationId, value: Option<&Value>) -> Option<Written> {
    match value {
        Some(value) => Some(wire::written(value).0),
        None => run.has_states(id).then(|| Written::Text(CANNOT_DETERMINE.to_owned())),
    }
}

fn alone<'a>(run: &Run<'a>, one: &Alone) -> AloneEntry<'a> {
    let tally = |(state, records): &(Option<Value>, usize)| TallyEntry {
        value: value(run, one.id, state.as_ref()),
        records: *records,
    };
    AloneEntry {
        name: &run.model.declaration(one.id).name,
        level: run.level_name(one.level),
        total: one.total.as_ref().map(|one| total(one, true)),
        states: one.states.iter().map(tally).collect(),
    }
}
