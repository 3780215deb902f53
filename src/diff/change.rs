//! What changed between two rulesets, as data.

use crate::value::Date;
use serde::Serialize;

/// What changed in the rules, in the order in which a reader wants it: the ruleset, its figures, its data, its rules,
/// then sources and scenarios. Empty where the two say the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RuleChanges {
    /// What changed, one for each declaration.
    pub changes: Vec<Change>,
}

/// What changed in a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The word of the declaration: `rules`, `parameter`, `condition`.
    pub word: &'static str,
    /// Its name in the new rules; in the old ones where it is removed.
    pub name: String,
    /// Its label, likewise.
    pub label: Option<String>,
    /// What happened to it.
    pub what: What,
    /// Its name in the old rules, where that is another.
    pub was: Option<String>,
    /// What it says that it did not say, and the other way round. Of what is added or removed, all that it says.
    pub details: Vec<Detail>,
}

/// What happened to a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The old rules do not have it.
    Added,
    /// The new rules do not have it.
    Removed,
    /// It says the same under another name.
    Renamed,
    /// It says something else.
    Changed,
}

/// A single thing that a declaration says, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// What it is about.
    #[serde(flatten)]
    pub aspect: Aspect,
    /// What the old rules say; nothing where they are silent.
    pub from: Option<String>,
    /// What the new rules say; nothing where they are silent.
    pub to: Option<String>,
}

/// What a part of a declaration is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Aspect {
    /// The word of the declaration: a permission that became a condition.
    Word,
    /// The label.
    Label,
    /// The status of a ruleset.
    Status,
    /// The days on which a ruleset applies.
    Applies,
    /// What a ruleset is based on, takes the place of, or is amended by.
    Standing {
        /// The words.
        name: String,
    },
    /// Another setting of a ruleset: its currency, the start of its year.
    Setting {
        /// Which.
        name: String,
    },
    /// For the nation, or for each record of a table.
    Level,
    /// A value of a parameter with the days on which it is in force.
    Value {
        /// The first day; none is the beginning of time.
        since: Option<Date>,
        /// The last day; none is the end of time.
        until: Option<Date>,
    },
    /// Another figure for a value, which is not taken.
    RatherThan,
    /// The values that a parameter may take.
    OneOf,
    /// A clause: `met when`, `is`, `at most`.
    Clause {
        /// Its words.
        clause: String,
    },
    /// One of several things that must all be so.
    Requires,
    /// One of several things of which one must be so.
    Alternative,
    /// The columns that a table of rows tests.
    Tested,
    /// A row.
    Row,
    /// What a data table belongs to, and its periods.
    BelongsTo,
    /// A column of a data table.
    Column {
        /// Its name.
        column: String,
    },
    /// The label of a column of a data table.
    ColumnLabel {
        /// Its name.
        column: String,
    },
    /// How a result is shown.
    Shown,
    /// What is not verified.
    Unverified,
    /// A source that is cited.
    Source,
    /// A note.
    Note,
    /// What a source is, or what a unit is called.
    Title,
    /// What a scenario gives or expects.
    Scenario,
}

impl Aspect {
    /// Whether it can change what comes out.
    pub fn is_substance(&self) -> bool {
        !matches!(
            self,
            Self::Label
                | Self::ColumnLabel { .. }
                | Self::Status
                | Self::Standing { .. }
                | Self::Shown
                | Self::Unverified
                | Self::Source
                | Self::RatherThan
                | Self::Note
                | Self::Title
                | Self::Scenario
        )
    }
}

impl Change {
    /// Whether it can change what comes out: not where only words, sources or scenarios differ.
    pub fn is_substance(&self) -> bool {
        match self.what {
            What::Renamed => false,
            _ if matches!(self.word, "source" | "unit" | "scenario") => false,
            What::Added | What::Removed => true,
            What::Changed => self.details.iter().any(|detail| detail.aspect.is_substance()),
        }
    }
}

impl RuleChanges {
    /// Whether the two rulesets say the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether any of them can change what comes out.
    pub fn has_substance(&self) -> bool {
        self.changes.iter().any(Change::is_substance)
    }
}
