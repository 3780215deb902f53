//! A ruleset with every amendment that is in force.
//!
//! In: all texts of a folder, the ruleset asked for first, and perhaps a day. Out: the tree of the whole as it stood
//! on that day.

use super::{apply, base, chain, head, misplaced, ruleset};
use crate::problem::Problem;
use crate::source::{SourceFile, SourceId, Sources};
use crate::syntax;
use crate::syntax::ast::{ClauseKind, Declaration, DeclarationWord, File, Literal, LiteralKind};
use crate::value::Date;

/// The days on which a ruleset applies, as its head says; without a head that says so, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
}

impl Days {
    /// Those of a head.
    pub fn of(head: &Declaration) -> Self {
        let date = |literal: &Literal| match literal.kind {
            LiteralKind::Date(date) => Some(date),
            _ => None,
        };
        let applies = head.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Applies { from, to } => Some(Self { from: date(from), to: to.as_ref().and_then(date) }),
            _ => None,
        });
        applies.unwrap_or(Self { from: head.dated.as_deref().and_then(date), to: None })
    }

    /// Whether a day is among them.
    pub fn hold(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// An amendment among the texts.
#[derive(Debug)]
struct Candidate {
    tree: File,
    problems: Vec<Problem>,
    name: String,
    amends: String,
    from: Option<Date>,
}

/// The ruleset of a text as it stood on `day`; without a day, with every amendment that is in force whatever
/// its date. An amendment stands for the ruleset at its bottom if a day is given, else for what it makes of it.
pub fn as_it_stood(sources: &Sources, file: SourceId, day: Option<Date>, problems: &mut Vec<Problem>) -> Option<File> {
    let (mut tree, found) = syntax::parse(sources.get(file)?);
    problems.extend(found);
    if head(&tree).is_some_and(|head| head.word == DeclarationWord::Amendment) {
        if day.is_none() || base(&tree).is_none() {
            return ruleset(tree, sources, problems);
        }
        problems.extend(misplaced(&tree));
        let mut below = chain::chain(tree, sources, problems)?;
        tree = below.pop()?;
        // A year may be based on the year before: the chain goes further down than the ruleset that is amended.
        while let Some(above) = below.pop_if(|above| head(above).is_some_and(|head| head.base.is_none())) {
            tree = above;
        }
    }
    let mut whole = ruleset(tree, sources, problems)?;
    let mut placed: Vec<String> = head(&whole).map(|head| head.name.text.clone()).into_iter().collect();
    let is_past = head(&whole).is_some_and(|head| status(head) == SUPERSEDED);
    let mut candidates: Vec<Candidate> = sources.iter().filter_map(|file| candidate(file, day, is_past)).collect();
    while let Some(next) = next(&candidates, &placed) {
        let Candidate { tree, problems: found, name, .. } = candidates.swap_remove(next);
        problems.extend(found);
        problems.extend(misplaced(&tree));
        whole = apply::apply(whole, &tree, problems);
        placed.push(name);
    }
    Some(whole)
}

/// The earliest of those that amend something that is placed.
fn next(candidates: &[Candidate], placed: &[String]) -> Option<usize> {
    let ready = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| placed.contains(&candidate.amends) && !placed.contains(&candidate.name));
    ready.min_by_key(|(_, candidate)| (candidate.from, &candidate.name)).map(|(index, _)| index)
}

/// The status of what was law and is no more.
const SUPERSEDED: &str = "superseded";

/// What a head says that it is; in force where it says nothing.
fn status(head: &Declaration) -> &str {
    let said = head.clauses.iter().find_map(|clause| match &clause.kind {
        ClauseKind::Status(words) => Some(words.text.as_str()),
        _ => None,
    });
    said.unwrap_or("in force")
}

/// The amendment of a file, if it is one and was law on the day. One that is superseded was so before: on a day that is
/// asked for it may have been in force, and it stays in a ruleset that is itself of the past.
fn candidate(file: &SourceFile, day: Option<Date>, is_past: bool) -> Option<Candidate> {
    if !file.text.lines().any(|line| line.starts_with("amendment")) {
        return None;
    }
    let (tree, problems) = syntax::parse(file);
    let head = head(&tree)?;
    let days = Days::of(head);
    let is_law = match status(head) {
        "in force" => true,
        SUPERSEDED => day.is_some() || is_past,
        _ => false,
    };
    let (name, amends) = (head.name.text.clone(), head.base.as_ref()?.text.clone());
    let is_law = is_law && day.is_none_or(|day| days.hold(day));
    is_law.then_some(Candidate { name, amends, from: days.from, problems, tree })
}

/// The names and first days of the amendments among `sources` that are law and stand on the ruleset `name`, directly or
/// one on another, in the order in which they are applied. `is_past` says that the ruleset is superseded.
pub fn amendments_of(name: &str, is_past: bool, sources: &Sources, day: Option<Date>) -> Vec<(String, Option<Date>)> {
    let mut placed = vec![name.to_owned()];
    let candidates: Vec<Candidate> = sources.iter().filter_map(|file| candidate(file, day, is_past)).collect();
    let mut found = Vec::new();
    while let Some(candidate) = next(&candidates, &placed).and_then(|index| candidates.get(index)) {
        placed.push(candidate.name.clone());
        found.push((candidate.name.clone(), candidate.from));
    }
    found
}
