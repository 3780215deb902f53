//! Why values are missing, in words, each distinct set of causes with a number.
//!
//! In: the causes of missing values, in the order in which they are shown. Out: numbers to put beside the
//! values, and the list that the numbers refer to.

use super::rows::Rows;
use super::wire;
use crate::model::{ColumnId, Level, Model, TableId};
use crate::problem::DataPlace;
use crate::source::{Sources, Span};
use crate::value::{Cause, Causes, Date, Fault, MissingReason};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

/// The most causes that a sentence names one by one.
pub(super) const MOST_NAMED: usize = 3;
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
    /// What the cell says, or what went wrong, in words that do not change.
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
            Cause::Cell { table, row, column, reason } => self.cells(*table, *column, *reason, &[*row as usize]),
            Cause::Fault { fault, declaration, row, span } => {
                let declaration = self.model.declaration(*declaration);
                let at = self.fault_place(declaration.level, *row as usize);
                let words = self.words((*span).into());
                let words = if words.is_empty() { format!("`{}`", declaration.name) } else { format!("`{words}`") };
                format!("{words}{at} {}", fault_phrase(*fault))
            }
            Cause::NewDefinition { column, from, declaration, row, span } => {
                let declaration = self.model.declaration(*declaration);
                let at = self.fault_place(declaration.level, *row as usize);
                let column = self.model.column(*column);
                let change = column.breaks.iter().find(|change| change.from == *from);
                let because = change.map_or("", |change| change.because.as_str());
                let (words, name) = (self.words((*span).into()), &column.name);
                format!("`{words}`{at} reaches across {from}, from which `{name}` has a new definition: {because}")
            }
            Cause::NoParameterValue { parameter, period } => {
                let name = &self.model.parameter(*parameter).name;
                match (period, self.as_at) {
                    (Some(period), _) => format!("`{name}` has no value for {period}"),
                    (None, Some(date)) => format!("`{name}` has no value on {}", crate::value::date_text(date)),
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
        one_line(&self.model.text(self.sources, span))
    }

    /// Cells of one column that are missing for one reason, of records that belong to the same:
    /// `actual of York is blank in Q2 2015-16 and Q3 2015-16 (quarter.csv, rows 56 and 57)`.
    fn cells(&self, table: TableId, column: ColumnId, reason: MissingReason, rows: &[usize]) -> String {
        let name = &self.model.column(column).name;
        let phrase = reason.phrase();
        let [first, rest @ ..] = rows else { return name.clone() };
        let place = self.rows.place_text(column, *first);
        if rest.is_empty() {
            let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
            return format!("{name} of {} {phrase}{place}", self.rows.name(table, *first));
        }
        let above: Vec<String> =
            self.rows.parents(table, *first).into_iter().map(|(table, row)| self.rows.name(table, row)).collect();
        let above = if above.is_empty() { String::new() } else { format!(" of {}", above.join(", ")) };
        let own: Vec<String> = rows.iter().take(MOST_NAMED + 1).map(|row| self.rows.own_name(table, *row)).collect();
        let own = listed(&own, rows.len());
        let lines: Option<Vec<String>> = rows
            .iter()
            .map(|row| self.rows.place(column, *row).and_then(|place| place.row).map(|line| line.to_string()))
            .collect();
        // `…, row 56` becomes `…, rows 56 and 57`.
        let place = match (place, lines) {
            (Some(place), Some(lines)) => {
                let file = place.rsplit_once(", row ").map_or(place.as_str(), |(file, _)| file);
                format!(" ({file}, rows {})", listed(&lines, lines.len()))
            }
            _ => String::new(),
        };
        format!("{name}{above} {phrase} in {own}{place}")
    }

    /// Adds all causes in one sentence, the first few by name.
    pub fn push_causes(&self, causes: &Causes, text: &mut String) {
        if self.push_cells_of_one(causes, text).is_none() {
            text.push_str(&self.causes(causes));
        }
    }

    /// Adds cells of one record of the nation, if the causes are nothing else: they need no putting together.
    fn push_cells_of_one(&self, causes: &Causes, text: &mut String) -> Option<()> {
        let Some(Cause::Cell { table, row, .. }) = causes.iter().next() else { return None };
        let is_other = |cause: &Cause| match cause {
            Cause::Cell { table: other, row: at, reason, .. } => {
                (other, at) != (table, row) || *reason == MissingReason::NoColumn
            }
            _ => true,
        };
        let is_named = self.model.table(*table).parents.is_empty() && *row != u32::MAX;
        if !is_named || causes.iter().any(is_other) {
            return None;
        }
        let name = self.rows.own_name(*table, *row as usize);
        for (number, cause) in causes.iter().take(MOST_NAMED).enumerate() {
            let Cause::Cell { column, reason, .. } = cause else { continue };
            text.push_str(if number > 0 { "; " } else { "" });
            for part in [&self.model.column(*column).name, " of ", &name, " ", reason.phrase()] {
                text.push_str(part);
            }
            self.rows.push_place(*column, *row as usize, text);
        }
        if causes.len() > MOST_NAMED {
            text.push_str(&format!("; and {} more", causes.len() - MOST_NAMED));
        }
        Some(())
    }

    /// All causes in one sentence, the first few by name.
    pub fn causes(&self, causes: &Causes) -> String {
        let mut texts: Vec<String> = Vec::new();
        let mut cells: IndexMap<(TableId, ColumnId, MissingReason, Vec<usize>), Vec<usize>> = IndexMap::new();
        let mut no_column: IndexSet<ColumnId> = IndexSet::new();
        for cause in causes.iter() {
            match cause {
                Cause::Cell { column, reason: MissingReason::NoColumn, .. } => {
                    no_column.insert(*column);
                }
                Cause::Cell { table, row, column, reason } => {
                    let above = self.rows.parents(*table, *row as usize).into_iter().map(|(_, row)| row).collect();
                    cells.entry((*table, *column, *reason, above)).or_default().push(*row as usize);
                }
                _ => texts.push(self.cause(cause)),
            }
        }
        texts.extend(no_column.into_iter().map(|column| self.no_column(column)));
        for ((table, column, reason, above), rows) in &cells {
            // Records of the nation belong to nothing that would bring them together.
            let size = if above.is_empty() { 1 } else { rows.len() };
            texts.extend(rows.chunks(size.max(1)).map(|rows| self.cells(*table, *column, *reason, rows)));
        }
        if texts.len() > MOST_NAMED {
            let left_out = texts.len() - MOST_NAMED;
            texts.truncate(MOST_NAMED);
            texts.push(format!("and {left_out} more"));
        }
        texts.join("; ")
    }

    pub(super) fn no_column(&self, column: ColumnId) -> String {
        let column = self.model.column(column);
        format!("the data has no column {}.{}", self.model.table(column.table).name, column.name)
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
                reason: Some(wire::missing(*reason)),
                cell: self.rows.place(*column, *row as usize),
            },
            Cause::Fault { fault, declaration, row, .. } => {
                let declaration = self.model.declaration(*declaration);
                CauseRecord {
                    kind: "computation",
                    text,
                    name: declaration.name.clone(),
                    record: self.rows.at(declaration.level, *row as usize),
                    reason: Some(wire::fault(*fault)),
                    cell: None,
                }
            }
            Cause::NewDefinition { declaration, row, .. } => {
                let declaration = self.model.declaration(*declaration);
                CauseRecord {
                    kind: "computation",
                    text,
                    name: declaration.name.clone(),
                    record: self.rows.at(declaration.level, *row as usize),
                    reason: Some(wire::NEW_DEFINITION),
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
        Fault::NoWeight => "has weights that add up to zero",
        Fault::NoRowMatches => "has no row that matches",
        Fault::NoEarlierPeriod => "has no earlier period in the data",
        Fault::NoSuchPeriod => "has no record for that period",
        Fault::ExceptionsConflict => "has two exceptions that apply and differ",
        Fault::FloorsAbovePot => "is a floor, and the floors come to more than the pot",
        Fault::CeilingsBelowPot => "is a ceiling, and the ceilings come to less than the pot",
        Fault::FloorAboveCeiling => "is a floor above the ceiling",
        Fault::PotNotWhole => "shares out a pot that is not a multiple of its parts' step",
        Fault::NoProportion => "is in proportion to a negative figure or to figures that are all zero",
        Fault::Internal => "could not be computed: an error of this program",
    }
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

/// `a`, `a and b`, `a, b and 3 more` of `n`.
fn listed(first: &[String], n: usize) -> String {
    match first {
        [] => String::new(),
        [only] => only.clone(),
        _ if n <= MOST_NAMED + 1 => {
            let (last, others) = first.split_last().map_or(("", first), |(last, others)| (last.as_str(), others));
            format!("{} and {last}", others.join(", "))
        }
        _ => {
            let shown = first.get(..MOST_NAMED).unwrap_or(first);
            format!("{} and {} more", shown.join(", "), n - shown.len())
        }
    }
}
