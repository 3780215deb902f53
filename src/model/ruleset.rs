//! The head of a ruleset, its units and the sources it cites.

use super::ids::CitedId;
use crate::source::Span;
use crate::value::Date;
use serde::{Deserialize, Serialize};

/// The head of a ruleset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ruleset {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// `proposal`, `announced`, `in force`, `superseded`.
    pub status: Option<String>,
    /// First day it applies.
    pub from: Option<Date>,
    /// Last day it applies.
    pub to: Option<Date>,
    /// The sign of its money.
    pub currency: String,
    /// The month in which its financial year begins, 1 to 12.
    pub year_start: i8,
    /// Notes.
    pub notes: Vec<String>,
    /// What is not verified about the ruleset as a whole.
    pub unverified: Option<String>,
    /// Sources of the ruleset as a whole.
    pub citations: Vec<Citation>,
    /// The rulesets that it takes the place of, by name.
    pub supersedes: Vec<String>,
    /// The rulesets that take its place, by name.
    pub superseded_by: Vec<String>,
    /// The ruleset that it begins as, by name.
    pub based_on: Option<String>,
    /// What it changed of the ruleset that it is based on.
    pub changes: Vec<Change>,
    /// The amendments that are in it, in the order they were applied.
    pub amendments: Vec<Amendment>,
}

impl Ruleset {
    /// The first day on which it is the law as it stands here: the first day it applies, or that of its last
    /// amendment.
    pub fn in_force_from(&self) -> Option<Date> {
        self.amendments.iter().filter_map(|amendment| amendment.from).chain(self.from).max()
    }

    /// Its name for people, with the amendments that are in it.
    pub fn title(&self) -> String {
        let title = self.label.as_ref().unwrap_or(&self.name);
        let amendments: Vec<&str> = self.amendments.iter().map(|by| by.label.as_deref().unwrap_or(&by.name)).collect();
        match amendments.as_slice() {
            [] => title.clone(),
            several => format!("{title}, as amended by {}", several.join(" and by ")),
        }
    }
}

/// An amendment that is in a ruleset.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Amendment {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// What it amends: a ruleset, or an earlier amendment.
    pub amends: String,
    /// `proposal`, `announced`, `in force`, `superseded`.
    pub status: Option<String>,
    /// Its first day.
    pub from: Option<Date>,
    /// Sources of the amendment as a whole.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<String>,
    /// What is not verified about it.
    pub unverified: Option<String>,
    /// What it changed, in the order written.
    pub changes: Vec<Change>,
    /// Where it is declared.
    pub span: Span,
}

/// One change of an amendment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Change {
    /// The words: `replace`, `insert`, `omit`, `rename`, `replace in`, `insert into`, `omit from`.
    pub action: String,
    /// The word of what is changed: `parameter`, `condition`, `data` …
    pub kind: String,
    /// Its name, before the change.
    pub name: String,
    /// Its new name, where it is renamed.
    pub to: Option<String>,
    /// The columns that are changed.
    pub columns: Vec<String>,
    /// Where the change is written. What is declared anew has its own sources.
    pub citations: Vec<Citation>,
    /// Notes on a change that declares nothing.
    pub notes: Vec<String>,
    /// Where it is.
    pub span: Span,
}

/// A declared unit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A source that rules cite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CitedSource {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its date as written.
    pub dated: Option<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A citation in a declaration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: CitedId,
    /// Page, paragraph, annex.
    pub detail: Option<String>,
}
