//! What two declarations say differently, part by part.
//!
//! In: the parts of a declaration before and after. Out: what is gone, what has come, and what became something else.

use super::change::{Aspect, Detail};
use super::parts::Part;
use crate::value::Date;
use std::collections::BTreeSet;

/// Everything a declaration says, as what has come with it or gone.
pub(super) fn all_of(parts: Vec<Part>, is_new: bool) -> Vec<Detail> {
    let parts = parts.into_iter().filter(|part| !matches!(part.aspect, Aspect::Word | Aspect::Label));
    let detail = |part: Part| {
        let (from, to) = if is_new { (None, Some(part.text)) } else { (Some(part.text), None) };
        Detail { aspect: part.aspect, from, to }
    };
    parts.map(detail).collect()
}

/// What is said differently.
pub(super) fn differences(old: Vec<Part>, new: Vec<Part>) -> Vec<Detail> {
    let is_value = |part: &Part| matches!(part.aspect, Aspect::Value { .. });
    let (old_values, old): (Vec<Part>, Vec<Part>) = old.into_iter().partition(is_value);
    let (new_values, new): (Vec<Part>, Vec<Part>) = new.into_iter().partition(is_value);
    let mut details = values(&old_values, &new_values);
    let (kept_old, kept_new) = kept(&old, &new);
    let left = |parts: Vec<Part>, kept: &BTreeSet<usize>| -> Vec<Part> {
        parts.into_iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, part)| part).collect()
    };
    let (mut gone, mut come) = (left(old, &kept_old), left(new, &kept_new));
    let mut pairs: Vec<(Option<Part>, Option<Part>)> = Vec::new();
    // A row that asks the same gives something else; one that gives the same asks something else.
    join(&mut gone, &mut come, &mut pairs, |one, other| one.asks.is_some() && one.asks == other.asks);
    join(&mut gone, &mut come, &mut pairs, |one, other| one.aspect == other.aspect && !repeats(&one.aspect));
    join(&mut gone, &mut come, &mut pairs, |one, other| one.aspect == other.aspect && gives(one) == gives(other));
    pairs.extend(gone.into_iter().map(|part| (Some(part), None)));
    pairs.extend(come.into_iter().map(|part| (None, Some(part))));
    for pair in pairs {
        match pair {
            (Some(one), Some(other)) => match operands(&one, &other) {
                Some(found) => details.extend(found),
                None => {
                    details.push(Detail { aspect: other.aspect, from: Some(one.text), to: Some(other.text) });
                }
            },
            (Some(one), None) => details.push(Detail { aspect: one.aspect, from: Some(one.text), to: None }),
            (None, Some(other)) => details.push(Detail { aspect: other.aspect, from: None, to: Some(other.text) }),
            (None, None) => {}
        }
    }
    details
}

/// Whether there may be several of the kind, which are told one by one.
fn repeats(aspect: &Aspect) -> bool {
    matches!(
        aspect,
        Aspect::Row | Aspect::Source | Aspect::RatherThan | Aspect::Note | Aspect::Standing { .. } | Aspect::Applies
    )
}

fn gives(part: &Part) -> Option<&str> {
    part.means.split_once("=>").filter(|_| part.asks.is_some()).map(|(_, gives)| gives)
}

fn join(
    gone: &mut Vec<Part>,
    come: &mut Vec<Part>,
    pairs: &mut Vec<(Option<Part>, Option<Part>)>,
    fits: impl Fn(&Part, &Part) -> bool,
) {
    let mut left = Vec::new();
    for one in std::mem::take(gone) {
        let is_row = one.asks.is_some();
        match come.iter().position(|other| is_row == other.asks.is_some() && fits(&one, other)) {
            Some(at) => pairs.push((Some(one), Some(come.remove(at)))),
            None => left.push(one),
        }
    }
    *gone = left;
}

/// Which parts are kept: of what is applied in order, the longest run in the same order; of the rest, whatever is there
/// before and after.
fn kept(old: &[Part], new: &[Part]) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let (mut of_old, mut of_new) = (BTreeSet::new(), BTreeSet::new());
    let first_match = |part: &Part| part.aspect == Aspect::Clause { clause: "first match".to_owned() };
    let rows_in_order = old.iter().any(first_match) || new.iter().any(first_match);
    let in_order = |part: &Part| match &part.aspect {
        Aspect::Clause { clause } => clause != "unless",
        Aspect::Row => rows_in_order,
        _ => false,
    };
    for is_row in [false, true] {
        let ordered = |part: &&(usize, &Part)| in_order(part.1) && (part.1.aspect == Aspect::Row) == is_row;
        let pick = |parts: &[Part]| -> Vec<(usize, String)> {
            let all: Vec<(usize, &Part)> = parts.iter().enumerate().collect();
            let of_kind = all.iter().filter(ordered);
            of_kind.map(|(at, part)| (*at, format!("{:?}{}", part.aspect, part.means))).collect()
        };
        for (one, other) in common(&pick(old), &pick(new)) {
            of_old.insert(one);
            of_new.insert(other);
        }
    }
    for (at, part) in old.iter().enumerate().filter(|(_, part)| !in_order(part)) {
        let same = |(other, candidate): &(usize, &Part)| {
            candidate.aspect == part.aspect && candidate.means == part.means && !of_new.contains(other)
        };
        if let Some((other, _)) = new.iter().enumerate().find(same) {
            of_old.insert(at);
            of_new.insert(other);
        }
    }
    (of_old, of_new)
}

/// The longest common sequence of two short lists, as pairs of positions.
fn common(old: &[(usize, String)], new: &[(usize, String)]) -> Vec<(usize, usize)> {
    // `lengths[i][j]` is the length for the lists from `i` and `j` on.
    let mut lengths = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    let at =
        |lengths: &[Vec<usize>], i: usize, j: usize| lengths.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, one) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let length = if one.1 == other.1 {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(slot) = lengths.get_mut(i).and_then(|row| row.get_mut(j)) {
                *slot = length;
            }
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while let (Some(one), Some(other)) = (old.get(i), new.get(j)) {
        if one.1 == other.1 {
            found.push((one.0, other.0));
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// What `a and b` became `a and c` by, where the two have something in common.
fn operands(one: &Part, other: &Part) -> Option<Vec<Detail>> {
    let ((word, old), (other_word, new)) = (one.operands.as_ref()?, other.operands.as_ref()?);
    // A single operand may be the beginning of either.
    let word = if old.len() > 1 { word } else { other_word };
    if (new.len() > 1 && other_word != word) || (old.len() < 2 && new.len() < 2) {
        return None;
    }
    let has = |list: &[(String, String)], means: &str| list.iter().any(|(other, _)| other == means);
    let gone: Vec<&(String, String)> = old.iter().filter(|(means, _)| !has(new, means)).collect();
    let come: Vec<&(String, String)> = new.iter().filter(|(means, _)| !has(old, means)).collect();
    if gone.len() == old.len() {
        return None;
    }
    let aspect = || if *word == "and" { Aspect::Requires } else { Aspect::Alternative };
    let mut details = Vec::new();
    for at in 0..gone.len().max(come.len()) {
        let text = |list: &[&(String, String)]| list.get(at).map(|(_, text)| text.clone());
        details.push(Detail { aspect: aspect(), from: text(&gone), to: text(&come) });
    }
    Some(details)
}

/// Days on which a parameter has one value before and one after; without a first or last day from or to the end of time.
struct Stretch<'a> {
    before: Option<&'a Part>,
    after: Option<&'a Part>,
    since: Option<Date>,
    until: Option<Date>,
}

/// What parameters are on which days, before and after; days with the same change stand together.
fn values(old: &[Part], new: &[Part]) -> Vec<Detail> {
    let mut starts: BTreeSet<Option<Date>> = BTreeSet::from([None]);
    for part in old.iter().chain(new) {
        if let Aspect::Value { since, until } = &part.aspect {
            starts.insert(*since);
            starts.extend(until.and_then(|until| until.tomorrow().ok()).map(Some));
        }
    }
    let starts: Vec<Option<Date>> = starts.into_iter().collect();
    let mut stretches: Vec<Stretch<'_>> = Vec::new();
    for (position, start) in starts.iter().enumerate() {
        let until = starts.get(position + 1).copied().flatten().and_then(|next| next.yesterday().ok());
        let (before, after) = (on(old, *start), on(new, *start));
        match stretches.last_mut() {
            Some(last) if same(last.before, before) && same(last.after, after) => last.until = until,
            _ => stretches.push(Stretch { before, after, since: *start, until }),
        }
    }
    let detail = |stretch: Stretch<'_>| Detail {
        aspect: Aspect::Value { since: stretch.since, until: stretch.until },
        from: stretch.before.map(|part| part.text.clone()),
        to: stretch.after.map(|part| part.text.clone()),
    };
    stretches.into_iter().filter(|stretch| !same(stretch.before, stretch.after)).map(detail).collect()
}

fn same(one: Option<&Part>, other: Option<&Part>) -> bool {
    one.map(|part| &part.means) == other.map(|part| &part.means)
}

/// The value on a day; nothing is the beginning of time.
fn on(parts: &[Part], day: Option<Date>) -> Option<&Part> {
    parts.iter().find(|part| match &part.aspect {
        Aspect::Value { since, until } => match day {
            None => since.is_none(),
            Some(day) => since.is_none_or(|since| since <= day) && until.is_none_or(|until| day <= until),
        },
        _ => false,
    })
}
