//! Declarations: a word at the left margin, a name, and what belongs to it.

use super::{Clause, Literal, Name, Text};
use crate::source::Span;

/// A word that starts a declaration at the left margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclarationWord {
    /// `rules`
    Rules,
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
    /// `scenario`
    Scenario,
}

impl DeclarationWord {
    /// Every word with its spelling, in the order of the language reference.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Rules, "rules"),
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
    pub periods: Option<(Literal, Literal)>,
    /// The date of a `source`: a date, a month, a financial year, or a plain year.
    pub dated: Option<Literal>,
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

/// `for …` in a head.
#[derive(Debug, Clone)]
pub struct Level {
    /// The tables of `for each`, empty for `for the nation`.
    pub tables: Vec<Name>,
    /// The place.
    pub span: Span,
}
