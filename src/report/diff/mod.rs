//! What changed between two rulesets, as a briefing for those who have to decide or to explain it.
//!
//! In: the changes of the rules and, where there are data, what they do to the areas. Out: a [`Document`], which is
//! written as Markdown or HTML as any document is, or laid out for a terminal; and JSON, complete and exact.
//!
//! `brief` says what matters most, `rules` what the rules say differently, `areas` what that does.

mod areas;
mod brief;
pub mod json;
mod rules;
pub mod terminal;
mod totals;
mod words;

use super::Run;
use super::doc::document::{Document, Section, Text};
use super::run::label;
use crate::diff::effect::{Effect, MovedBy};
use crate::diff::{RuleChanges, Side};
use crate::model::DeclarationId;

/// Everything there is to tell.
#[derive(Debug, Clone, Copy)]
pub struct Briefing<'a> {
    /// The old rules.
    pub old: Side<'a>,
    /// The new rules.
    pub new: Side<'a>,
    /// What the rules say differently.
    pub changes: &'a RuleChanges,
    /// What that does, where there are data.
    pub weighed: Option<Weighed<'a>>,
    /// How many of the largest movers are told of each result.
    pub most: usize,
}

/// Both rulesets applied to data, and what differs.
#[derive(Debug, Clone, Copy)]
pub struct Weighed<'a> {
    /// The old rules on their data.
    pub old: &'a Run<'a>,
    /// The new rules on theirs.
    pub new: &'a Run<'a>,
    /// What differs.
    pub effect: &'a Effect,
}

impl<'a> Briefing<'a> {
    /// Whether anything that comes out is another: with data whether any result is, without whether one can be.
    pub fn has_effect(&self) -> bool {
        self.weighed.map_or_else(|| self.changes.has_substance(), |weighed| weighed.effect.is_any())
    }

    /// The briefing as a document.
    pub fn document(&self) -> Document {
        let titles = (self.old.model.ruleset.title(), self.new.model.ruleset.title());
        let title = if titles.0 == titles.1 { titles.1 } else { format!("{} → {}", titles.0, titles.1) };
        let mut sections: Vec<Section> = vec![brief::section(self)];
        sections.extend(rules::section(self));
        sections.extend(self.weighed.and_then(|weighed| areas::section(self, weighed)));
        let mut document = Document {
            title,
            kind: "What changes".to_owned(),
            sections,
            colophon: Text::of(format!("Made by ringfence {}.", env!("CARGO_PKG_VERSION"))),
            ..Document::default()
        };
        document.number();
        document
    }

    /// What a cause is called: by the name of what changed, and what had to change with it.
    fn cause(&self, cause: &MovedBy) -> Text {
        let MovedBy::Rules(numbers) = cause else { return Text::of("the data") };
        let named = numbers.iter().filter_map(|number| self.changes.changes.get(*number));
        let mut names: Vec<Text> = named
            .map(
                |change| {
                    if change.word == "rules" { Text::of("the date of the law") } else { Text::code(&change.name) }
                },
            )
            .collect();
        match names.len() {
            0..=3 => {}
            n => {
                names.truncate(2);
                names.push(Text::of(format!("{} more", n - 2)));
            }
        }
        Text::listed(names, " with ")
    }
}

/// The label of a result, with a sign where it rests on something that is not verified.
fn result_label(run: &Run<'_>, id: DeclarationId) -> String {
    let dagger = if run.is_unverified(id) { "\u{a0}†" } else { "" };
    format!("{}{dagger}", label(run.model, id))
}
