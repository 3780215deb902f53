//! Why values are missing, in words, each distinct set of causes with a number.
//!
//! In: the causes of missing values, in the order in which they are shown. Out: numbers to put beside the
//! values, and the list that the numbers refer to.

use super::rows::{Rows, place_text};
use crate::model::{ColumnId, Level, Model};
use crate::problem::DataPlace;
use crate::source::{Sources, Span};
use crate::value::{Cause, Causes, Date, Fault, MissingReason};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

/// The most causes that a sentence names one by one.
const MOST_NAMED: usize = 3;
/// The most causes of one value that a list for people holds.
pub(in crate::report) const MOST_LISTED: usize = 1_000;

/// What is needed to put a cause into words.
#[derive(Debug)]
pub struct CauseWords<'a> {
    /// The model.
    pub model: &'a Model,
    /// The rules files, for the words that could not be computed.
    pub sources: &'a Sources,
    /// What people call the rows.
    pub rows: &'a Rows<'a>,
    /// The date of the law.
    pub as_at: Option<Date>,
}

/// The numbered reasons of one report.
#[derive(Debug, Default)]
pub struct Reasons {
    sets: IndexSet<Causes>,
}

impl Reasons {
    /// The number of these causes, from 1; the same causes have the same number.
    pub fn number(&mut self, causes: &Causes) -> usize {
        // The common case is a set that is there: only a new one is cloned.
        match self.sets.get_index_of(causes) {
            Some(index) => index + 1,
            None => self.sets.insert_full(causes.clone()).0 + 1,
        }
    }

    /// All sets of causes in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Causes> {
        self.sets.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }
}

/// A cause as data, for files.
#[derive(Debug, Clone, Serialize)]
pub struct CauseRecord {
    /// `cell`, `computation` or `parameter`.
    pub kind: &'static str,
    /// The cause in words.
    pub text: String,
    /// For a cell: its column as `table.column`; for a computation: the declaration; or the parameter.
    pub name: String,
    /// The record, as people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// What the cell says, or what went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The cell of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<DataPlace>,
}

impl CauseWords<'_> {
    /// One cause: `actual of Sunderland, Q2 2015-16 is blank (quarter.csv, row 43)`.
    pub fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Cell { table, row, column, reason } => {
                let row = *row as usize;
                let place =
                    self.rows.place(*column, row).map(|place| format!(" ({})", place_text(&place))).unwrap_or_default();
                let name = &self.model.column(*column).name;
                format!("{name} of {} {}{place}", self.rows.name(*table, row), reason.phrase())
            }
            Cause::Fault { fault, declaration, row, span } => {
                let declaration = self.model.declaration(*declaration);
                let at = self.fault_place(declaration.level, *row as usize);
                let words = self.words((*span).into());
                let words = if words.is_empty() { format!("`{}`", declaration.name) } else { format!("`{words}`") };
                format!("{words}{at} {}", fault_phrase(*fault))
            }
            Cause::NoParameterValue { parameter, period } => {
                let name = &self.model.parameter(*parameter).name;
                match (period, self.as_at) {
                    (Some(period), _) => format!("`{name}` has no value for {period}"),
                    (None, Some(date)) => format!("`{name}` has no value on {}", long_date(date)),
                    (None, None) => format!("`{name}` has no value without a date"),
                }
            }
        }
    }

    fn fault_place(&self, level: Level, row: usize) -> String {
        match level {
            Level::Table(table) if row < self.rows.count(level) => format!(" for {}", self.rows.name(table, row)),
            Level::Table(_) | Level::Nation => String::new(),
        }
    }

    /// The words of a rule, on one line.
    pub fn words(&self, span: Span) -> String {
        one_line(self.sources.slice(span))
    }

    /// All causes in one sentence, the first few by name.
    pub fn causes(&self, causes: &Causes) -> String {
        let mut texts: Vec<String> = Vec::new();
        let mut no_column: IndexMap<ColumnId, usize> = IndexMap::new();
        let mut left_out = 0;
        for cause in causes.iter() {
            if let Cause::Cell { column, reason: MissingReason::NoColumn, .. } = cause {
                *no_column.entry(*column).or_insert(0) += 1;
            } else if texts.len() < MOST_NAMED {
                texts.push(self.cause(cause));
            } else {
                left_out += 1;
            }
        }
        for column in no_column.keys() {
            let column = self.model.column(*column);
            texts.push(format!("the data has no column {}.{}", self.model.table(column.table).name, column.name));
        }
        if left_out > 0 {
            texts.push(format!("and {left_out} more"));
        }
        texts.join("; ")
    }

    /// A cause as data.
    pub fn record(&self, cause: &Cause) -> CauseRecord {
        let text = self.cause(cause);
        match cause {
            Cause::Cell { table, row, column, reason } => CauseRecord {
                kind: "cell",
                text,
                name: format!("{}.{}", self.model.table(*table).name, self.model.column(*column).name),
                record: Some(self.rows.name(*table, *row as usize)),
                reason: Some(reason.phrase()),
                cell: self.rows.place(*column, *row as usize),
            },
            Cause::Fault { fault, declaration, row, .. } => {
                let declaration = self.model.declaration(*declaration);
                CauseRecord {
                    kind: "computation",
                    text,
                    name: declaration.name.clone(),
                    record: self.rows.at(declaration.level, *row as usize),
                    reason: Some(fault_phrase(*fault)),
                    cell: None,
                }
            }
            Cause::NoParameterValue { parameter, .. } => CauseRecord {
                kind: "parameter",
                text,
                name: self.model.parameter(*parameter).name.clone(),
                record: None,
                reason: None,
                cell: None,
            },
        }
    }
}

/// What went wrong, as a phrase after the words that could not be computed.
fn fault_phrase(fault: Fault) -> &'static str {
    match fault {
        Fault::DivisionByZero => "divides by zero",
        Fault::TooLarge => "is a number too large to hold",
        Fault::NoRecords => "has no records to work on",
        Fault::NoRowMatches => "has no row that matches",
        Fault::NoEarlierPeriod => "has no earlier period in the data",
        Fault::NoSuchPeriod => "has no record for that period",
        Fault::ExceptionsConflict => "has two exceptions that apply and differ",
        Fault::BoundsCannotHold => "cannot be shared out within its bounds",
        Fault::PotNotWhole => "shares out a pot that is not a multiple of its parts' step",
        Fault::NoProportion => "is in proportion to a negative figure or to figures that are all zero",
        Fault::Internal => "could not be computed: an error of this program",
    }
}

/// A date as people write it.
pub(super) fn long_date(date: Date) -> String {
    let month = crate::value::Period::month(date.year(), date.month()).to_string();
    format!("{} {month}", date.day())
}

/// A text with every stretch of blanks and line ends as one blank, comments left out.
pub(super) fn one_line(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for line in text.lines() {
        let mut in_quotes = false;
        let comment = line.char_indices().find(|(_, letter)| {
            in_quotes ^= *letter == '"';
            *letter == '#' && !in_quotes
        });
        let kept = comment.map_or(line, |(at, _)| line.get(..at).unwrap_or(line));
        words.extend(kept.split_whitespace());
    }
    words.join(" ")
}
