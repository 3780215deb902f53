//! What changed between two rulesets: by declaration, and in what each area gets.
//!
//! In: two models with their texts. Out: [`RuleChanges`], as data. Meaning is compared, not text: layout, comments, order
//! and the way in which a figure is written are no change.

mod canonical;
mod change;
mod columns;
mod details;
pub mod effect;
mod naming;
mod pairs;
mod parts;
#[cfg(test)]
mod tests;

pub use change::{Aspect, Change, Detail, RuleChanges, What};
pub use parts::rule_word;

use crate::model::Model;
use crate::source::Sources;
use naming::{Item, Naming, Renames};
use pairs::Pairs;
use parts::Reader;

/// One of the two rulesets.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The rules.
    pub model: &'a Model,
    /// Their texts.
    pub sources: &'a Sources,
}

impl<'a> Side<'a> {
    fn reader<'r>(self, renames: Option<&'r Renames>) -> Reader<'r>
    where
        'a: 'r,
    {
        Reader { side: self, naming: Naming { model: self.model, renames, own: None } }
    }
}

/// What changed from the old rules to the new.
pub fn compare(old: Side<'_>, new: Side<'_>) -> RuleChanges {
    let pairs = Pairs::find(old, new);
    RuleChanges { changes: found(old, new, &pairs).into_iter().map(|found| found.change).collect() }
}

/// A change with what it is of: nothing for the head of the ruleset, and for what is gone.
#[derive(Debug)]
struct Found {
    change: Change,
    item: Option<Item>,
}

/// What changed, in the order in which it is told.
fn found(old: Side<'_>, new: Side<'_>, pairs: &Pairs) -> Vec<Found> {
    let before = old.reader(Some(&pairs.renames));
    let after = new.reader(None);
    let mut found = Vec::new();
    let head = details::differences(before.head(&old.model.ruleset), after.head(&new.model.ruleset));
    if !head.is_empty() {
        let ruleset = &new.model.ruleset;
        let change = Change {
            word: "rules",
            name: ruleset.name.clone(),
            label: ruleset.label.clone(),
            what: What::Changed,
            was: Some(old.model.ruleset.name.clone()).filter(|name| *name != ruleset.name),
            details: head,
        };
        found.push(Found { change, item: None });
    }
    // The order of the new file; what is gone stands at the end of its kind.
    let kinds = [is_parameter, is_rule, is_table, is_unit, is_source, is_scenario];
    let (olds, news) = (Item::all(old.model), Item::all(new.model));
    for is_kind in kinds {
        for item in news.iter().copied().filter(is_kind) {
            let one = pairs.of_new(item);
            let details = match one {
                Some(one) => details::differences(before.parts(one), after.parts(item)),
                None => details::all_of(after.parts(item), true),
            };
            let was = one.map(|one| one.name(old.model)).filter(|was| *was != item.name(new.model));
            let what = match (one, was) {
                (None, _) => What::Added,
                (Some(_), Some(_)) if !details.iter().any(|detail| detail.aspect.is_substance()) => What::Renamed,
                (Some(_), None) if details.is_empty() => continue,
                (Some(_), _) => What::Changed,
            };
            let change = Change {
                word: after.word(item),
                name: item.name(new.model).to_owned(),
                label: after.label(item).map(str::to_owned),
                what,
                was: was.map(str::to_owned),
                details,
            };
            found.push(Found { change, item: Some(item) });
        }
        for item in olds.iter().copied().filter(is_kind).filter(|item| pairs.of_old(*item).is_none()) {
            let change = Change {
                word: before.word(item),
                name: item.name(old.model).to_owned(),
                label: before.label(item).map(str::to_owned),
                what: What::Removed,
                was: None,
                details: details::all_of(before.parts(item), false),
            };
            found.push(Found { change, item: None });
        }
    }
    found
}

fn is_parameter(item: &Item) -> bool {
    matches!(item, Item::Parameter(_))
}

fn is_rule(item: &Item) -> bool {
    matches!(item, Item::Rule(_))
}

fn is_table(item: &Item) -> bool {
    matches!(item, Item::Table(_))
}

fn is_unit(item: &Item) -> bool {
    matches!(item, Item::Unit(_))
}

fn is_source(item: &Item) -> bool {
    matches!(item, Item::Source(_))
}

fn is_scenario(item: &Item) -> bool {
    matches!(item, Item::Scenario(_))
}
