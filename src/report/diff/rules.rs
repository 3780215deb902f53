//! What the rules say differently, kind by kind.

use super::{Briefing, words};
use crate::diff::{Change, What};
use crate::report::doc::document::{Anchor, Block, Item, Section, Style, Text};
use std::collections::BTreeMap;

/// The kinds of declaration in the order in which they are told, with what they are called.
pub(super) const KINDS: [(&str, &[&str]); 10] = [
    ("The ruleset", &["rules"]),
    ("Figures that policy sets", &["parameter"]),
    ("Conditions", &["condition"]),
    ("Payments and shares of a pot", &["payment", "allocation"]),
    ("Outcomes", &["outcome"]),
    ("Decisions", &["decision"]),
    ("Permissions", &["permission"]),
    ("Measures", &["measure"]),
    ("Checks", &["check"]),
    ("What areas report", &["data", "unit"]),
];

/// How many names are told where only names are.
const MOST_NAMES: usize = 12;

/// What supports the rules and is told in a line.
const SUPPORT: [(&str, &str); 2] = [("Sources", "source"), ("Examples", "scenario")];

/// The section; nothing where the rules say the same.
pub(super) fn section(briefing: &Briefing<'_>) -> Option<Section> {
    let changes = &briefing.changes.changes;
    if changes.is_empty() {
        return None;
    }
    let mut sections = Vec::new();
    for (heading, kinds) in KINDS {
        let mut of_kind: Vec<&Change> = changes.iter().filter(|change| kinds.contains(&change.word)).collect();
        // What changed is read first, then what is new, then what is gone.
        of_kind.sort_by_key(|change| match change.what {
            What::Changed => 0,
            What::Renamed => 1,
            What::Added => 2,
            What::Removed => 3,
        });
        if of_kind.is_empty() {
            continue;
        }
        let (support, told): (Vec<&Change>, Vec<&Change>) =
            of_kind.into_iter().partition(|change| words::is_only_support(change));
        let mut items: Vec<Item> = told.into_iter().map(words::change).collect();
        if !support.is_empty() {
            let lead = Text::styled("Only sources, notes or doubts changed: ", Style::Faint);
            items.push(Item::of(lead.join(names(&support))));
        }
        sections.push(Section {
            anchor: Anchor::new(&format!("rules-{}", kinds.first().copied().unwrap_or_default())),
            heading: heading.to_owned(),
            blocks: vec![Block::List { is_ordered: false, items }],
            ..Section::default()
        });
    }
    let support = SUPPORT.iter().filter_map(|(heading, word)| supported(changes, heading, word));
    let facts: Vec<(String, Vec<Text>)> = support.collect();
    if !facts.is_empty() {
        sections.push(Section {
            anchor: Anchor::new("rules-support"),
            heading: "What supports the rules".to_owned(),
            blocks: vec![Block::Facts(facts)],
            ..Section::default()
        });
    }
    Some(Section {
        anchor: Anchor::new("rules"),
        heading: "What the rules say differently".to_owned(),
        sections,
        ..Section::default()
    })
}

/// `3 new: a, b, c; 1 gone: d`
fn supported(changes: &[Change], heading: &str, word: &str) -> Option<(String, Vec<Text>)> {
    let mut by_what: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.word == word) {
        let what = match change.what {
            What::Added => "new",
            What::Removed => "gone",
            What::Renamed => "renamed",
            What::Changed => "changed",
        };
        by_what.entry(what).or_default().push(change);
    }
    let told = by_what.into_iter().map(|(what, all)| Text::of(format!("{} {what}: ", all.len())).join(names(&all)));
    let told: Vec<Text> = told.collect();
    (!told.is_empty()).then(|| (heading.to_owned(), told))
}

/// The names of a few, and how many more.
fn names(changes: &[&Change]) -> Text {
    let mut names: Vec<Text> = changes.iter().take(MOST_NAMES).map(|change| Text::code(&change.name)).collect();
    if changes.len() > names.len() {
        names.push(Text::of(format!("{} more", changes.len() - names.len())));
    }
    Text::listed(names, ", ")
}
