//! Declarations: a word at the left margin, a name, and what belongs to it.

use super::{Clause, Literal, Name, Text};
use crate::source::Span;

/// A word that starts a declaration at the left margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclarationWord {
    /// `rules`
    Rules,
    /// `amendment`
    Amendment,
    /// `source`
    Source,
    /// `unit`
    Unit,
    /// `data`
    Data,
    /// `parameter`
    Parameter,
    /// `measure`
    Measure,
    /// `condition`
    Condition,
    /// `permission`
    Permission,
    /// `payment`
    Payment,
    /// `allocation`
    Allocation,
    /// `outcome`
    Outcome,
    /// `decision`
    Decision,
    /// `check`
    Check,
    /// `discretion`
    Discretion,
    /// `ladder`
    Ladder,
    /// `scenario`
    Scenario,
}

impl DeclarationWord {
    /// Every word with its spelling, in the order of the language reference.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Rules, "rules"),
        (Self::Amendment, "amendment"),
        (Self::Source, "source"),
        (Self::Unit, "unit"),
        (Self::Data, "data"),
        (Self::Parameter, "parameter"),
        (Self::Measure, "measure"),
        (Self::Condition, "condition"),
        (Self::Permission, "permission"),
        (Self::Payment, "payment"),
        (Self::Allocation, "allocation"),
        (Self::Outcome, "outcome"),
        (Self::Decision, "decision"),
        (Self::Check, "check"),
        (Self::Discretion, "discretion"),
        (Self::Ladder, "ladder"),
        (Self::Scenario, "scenario"),
    ];

    /// The spelling.
    pub fn text(self) -> &'static str {
        Self::ALL.iter().find(|(word, _)| *word == self).map_or("", |(_, text)| text)
    }
}

/// A declaration: its head at the left margin and the clauses indented under it.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Its word.
    pub word: DeclarationWord,
    /// The place of the word.
    pub word_span: Span,
    /// Its name. Where the head could not be read the name is what was found, or empty.
    pub name: Name,
    /// The label for people.
    pub label: Option<Text>,
    /// `for the nation`, `for each area`, `for each ccg, area`.
    pub level: Option<Level>,
    /// The range of periods of a `data … , Q4 2014-15 to Q3 2015-16`.
    pub periods: Option<Box<(Literal, Literal)>>,
    /// The date of a `source`: a date, a month, a financial year, or a plain year; the first day of an `amendment`.
    pub dated: Option<Box<Literal>>,
    /// What an `amendment` amends.
    pub base: Option<Box<Name>>,
    /// What an amendment does with it; absent where it is simply declared.
    pub change: Option<Box<Change>>,
    /// The clauses in the order they are written.
    pub clauses: Vec<Clause>,
    /// From the word to the last character that belongs to it.
    pub span: Span,
    /// The text of the head line.
    pub head_span: Span,
    /// Whether some of it could not be read; the problem was reported. Its value is unknown to the checker,
    /// so that one mistake gives one message.
    pub is_broken: bool,
}

/// What an amendment does with a declaration.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which change.
    pub kind: ChangeKind,
    /// The place of its words.
    pub span: Span,
    /// Where something is inserted; absent for the end of what is like it.
    pub place: Option<Place>,
    /// The new name in `rename`.
    pub to: Option<Name>,
}

/// The words at the left margin of an amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// `replace in data area`: columns.
    ReplaceIn,
    /// `insert into data area`: columns.
    InsertInto,
    /// `omit from data area`: columns.
    OmitFrom,
    /// `replace parameter least_reduction`
    Replace,
    /// `insert condition seventh`
    Insert,
    /// `omit condition data_sharing`
    Omit,
    /// `rename condition access to conditions_of_access`
    Rename,
}

impl ChangeKind {
    /// Every change with its words; longer ones before their beginning.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::ReplaceIn, "replace in"),
        (Self::InsertInto, "insert into"),
        (Self::OmitFrom, "omit from"),
        (Self::Replace, "replace"),
        (Self::Insert, "insert"),
        (Self::Omit, "omit"),
        (Self::Rename, "rename"),
    ];

    /// The words.
    pub fn text(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, text)| text)
    }

    /// Whether what stands under it is declared as in a ruleset.
    pub fn declares(self) -> bool {
        matches!(self, Self::Replace | Self::Insert)
    }
}

/// `after NAME` or `before NAME`.
#[derive(Debug, Clone)]
pub struct Place {
    /// Whether it says `before`.
    pub is_before: bool,
    /// Beside what.
    pub name: Name,
    /// The place of both words.
    pub span: Span,
}

/// `for …` in a head.
#[derive(Debug, Clone)]
pub struct Level {
    /// The tables of `for each`, empty for `for the nation`.
    pub tables: Vec<Name>,
    /// The place.
    pub span: Span,
}
