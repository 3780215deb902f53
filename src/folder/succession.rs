//! Which ruleset follows which, and whether their days meet.

use super::error;
use super::heads::{Head, find};
use crate::problem::Problem;
use crate::source::Span;
use crate::value::{Date, date_text, day_of_date};

/// Checks the days of each ruleset and the one that supersedes it.
pub(super) fn check(heads: &[Head], problems: &mut Vec<Problem>, notes: &mut Vec<String>) {
    let pairs = pairs(heads);
    for (old, new, at) in &pairs {
        if let Some(names) = circle(&pairs, old, new) {
            // A circle is told where it begins in the order of the files.
            if names.iter().all(|name| old.name.as_str() <= *name) {
                problems.push(error::circle(*at, &names));
            }
            continue;
        }
        days(old, new, *at, problems, notes);
    }
}

type Pair<'h> = (&'h Head, &'h Head, Span);

/// Each ruleset with one that follows it, and where that is said, once.
fn pairs(heads: &[Head]) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for head in heads {
        let before = head.supersedes.iter().filter_map(|name| Some((find(heads, &name.text)?, head, name.span)));
        let after = head.superseded_by.iter().filter_map(|name| Some((head, find(heads, &name.text)?, name.span)));
        for (old, new, at) in before.chain(after) {
            if !pairs.iter().any(|(one, other, _)| one.name == old.name && other.name == new.name) {
                pairs.push((old, new, at));
            }
        }
    }
    pairs
}

/// The way from `new` back to `old`, if there is one: then each would supersede the other.
fn circle<'h>(pairs: &[Pair<'h>], old: &'h Head, new: &'h Head) -> Option<Vec<&'h str>> {
    let mut ways: Vec<Vec<&'h str>> = vec![vec![&new.name]];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(way) = ways.pop() {
        let last = *way.last()?;
        if last == old.name {
            return Some(way);
        }
        if seen.contains(&last) {
            continue;
        }
        seen.push(last);
        for (_, next, _) in pairs.iter().filter(|(from, _, _)| from.name == last) {
            ways.push(way.iter().copied().chain([next.name.as_str()]).collect());
        }
    }
    None
}

fn days(old: &Head, new: &Head, at: Span, problems: &mut Vec<Problem>, notes: &mut Vec<String>) {
    // What was only proposed or announced has no days on which it is the law.
    let is_law = |head: &Head| matches!(head.status.as_str(), "in force" | "superseded");
    let (Some(old_from), Some(new_from)) = (old.days.from, new.days.from) else { return };
    if !is_law(old) || !is_law(new) {
        return;
    }
    let places = (old.days_at.unwrap_or(old.at), new.days_at.unwrap_or(new.at));
    if new_from < old_from {
        problems.push(error::reversed(at, &old.name, old_from, &new.name, new_from, places));
        return;
    }
    match old.days.to {
        Some(to) if to < new_from => {
            if let Some(days) = gap(to, new_from) {
                notes.push(format!(
                    "between `{}`, to {}, and `{}`, from {}, neither applies for {days}",
                    old.name,
                    date_text(to),
                    new.name,
                    date_text(new_from)
                ));
            }
        }
        _ => problems.push(error::overlap(&old.name, &new.name, new_from, places)),
    }
}

/// How many days lie between, in words.
fn gap(last: Date, first: Date) -> Option<String> {
    match day_of_date(first) - day_of_date(last) - 1 {
        ..=0 => None,
        1 => Some("1 day".to_owned()),
        days => Some(format!("{days} days")),
    }
}
