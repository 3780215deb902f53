//! Why a value is missing.
//!
//! Causes are collected, never dropped: arithmetic on two missing values is missing for both their reasons.

use super::Period;
use crate::model::{ColumnId, DeclarationId, ParameterId, TableId};
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How a cell says that it has no value. Each way people write it is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MissingReason {
    /// An empty cell.
    Blank,
    /// `..`: not available.
    NotAvailable,
    /// `[c]`: confidential, suppressed.
    Confidential,
    /// `[x]`: not available or not collected.
    NotCollected,
    /// `[z]`: not applicable.
    NotApplicable,
    /// `*`: suppressed.
    Suppressed,
    /// `N/A`, `n/a`, `NA`.
    NA,
    /// `#N/A` and the other spreadsheet errors: a formula that found nothing.
    SpreadsheetError,
    /// `not yet due`.
    NotYetDue,
    /// The data has no such column.
    NoColumn,
    /// The data has no such record, for example a quarter that an area did not return.
    NoRecord,
    /// A scenario does not give it.
    NotGiven,
    /// The cell could not be read; the problem was reported and the rest was kept.
    Unreadable,
}

impl MissingReason {
    /// A phrase that follows the name of a cell: "… is blank".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Blank => "is blank",
            Self::NotAvailable => "is `..` (not available)",
            Self::Confidential => "is `[c]` (confidential)",
            Self::NotCollected => "is `[x]` (not collected)",
            Self::NotApplicable => "is `[z]` (not applicable)",
            Self::Suppressed => "is `*` (suppressed)",
            Self::NA => "is `N/A`",
            Self::SpreadsheetError => "is a spreadsheet error such as `#N/A`",
            Self::NotYetDue => "is not yet due",
            Self::NoColumn => "has no column in the data",
            Self::NoRecord => "has no record in the data",
            Self::NotGiven => "is not given",
            Self::Unreadable => "could not be read",
        }
    }
}

/// What went wrong in a computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fault {
    /// A division by zero.
    DivisionByZero,
    /// A number of more bits than `Number::MAX_BITS`.
    TooLarge,
    /// `least`, `greatest`, `mean`, `median`, a quartile or a share of no records.
    NoRecords,
    /// A mean whose weights add up to zero.
    NoWeight,
    /// No row of a decision table matches.
    NoRowMatches,
    /// There is no earlier period in the series.
    NoEarlierPeriod,
    /// There is no record for the period that was asked for.
    NoSuchPeriod,
    /// Two exceptions apply and give different answers.
    ExceptionsConflict,
    /// An allocation whose floors come to more than the pot: one cause for each row with a floor.
    FloorsAbovePot,
    /// An allocation whose ceilings come to less than the pot: one cause for each row with a ceiling.
    CeilingsBelowPot,
    /// An allocation with a floor above the ceiling of the same row.
    FloorAboveCeiling,
    /// An allocation of a pot that is not a multiple of what its parts are multiples of.
    PotNotWhole,
    /// An allocation in proportion to a negative figure, or to figures that are all zero.
    NoProportion,
    /// The program could not compute it although the checker accepted it: an error of the program.
    Internal,
}

/// One reason why a value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// A cell of the data.
    Cell {
        /// The table.
        table: TableId,
        /// Number of the row in the dataset, from 0.
        row: u32,
        /// The column.
        column: ColumnId,
        /// What the cell says.
        reason: MissingReason,
    },
    /// A computation in a rule, at a row of the rule's level (0 for the nation).
    Fault {
        /// What went wrong.
        fault: Fault,
        /// The rule.
        declaration: DeclarationId,
        /// Row at the level of the place where it went wrong.
        row: u32,
        /// The words in the rules file that could not be computed.
        span: SpanKey,
    },
    /// Figures of a column from before and after it got a new definition would be put together.
    NewDefinition {
        /// The column.
        column: ColumnId,
        /// The first period of the new definition.
        from: Period,
        /// The rule.
        declaration: DeclarationId,
        /// Row at the level of the place where they meet.
        row: u32,
        /// The words in the rules file in which they meet.
        span: SpanKey,
    },
    /// A parameter has no value for the date or period asked for.
    NoParameterValue {
        /// The parameter.
        parameter: ParameterId,
        /// The period asked for, if it was a period.
        period: Option<Period>,
    },
}

/// A span that can be ordered, so that causes have one order everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SpanKey {
    source: u32,
    start: u32,
    end: u32,
}

impl From<Span> for SpanKey {
    fn from(span: Span) -> Self {
        Self { source: span.source.0, start: span.start, end: span.end }
    }
}

impl From<SpanKey> for Span {
    fn from(key: SpanKey) -> Self {
        Self { source: crate::source::SourceId(key.source), start: key.start, end: key.end }
    }
}

/// Every cause of one missing value: sorted, each once, never empty when a value is missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Causes(Arc<Vec<Cause>>);

impl Causes {
    /// A single cause.
    pub fn one(cause: Cause) -> Self {
        Self(Arc::new(vec![cause]))
    }

    /// Every cause of any of these.
    pub fn union<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = all.into_iter();
        let Some(first) = all.next() else { return Self::default() };
        let mut set: Option<BTreeSet<Cause>> = None;
        for next in all {
            if Arc::ptr_eq(&next.0, &first.0) {
                continue;
            }
            set.get_or_insert_with(|| first.0.iter().copied().collect()).extend(next.0.iter().copied());
        }
        set.map_or_else(|| first.clone(), |set| Self(Arc::new(set.into_iter().collect())))
    }

    /// The causes in order.
    pub fn iter(&self) -> impl Iterator<Item = &Cause> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Cause> for Causes {
    fn from_iter<I: IntoIterator<Item = Cause>>(iter: I) -> Self {
        let set: BTreeSet<Cause> = iter.into_iter().collect();
        Self(Arc::new(set.into_iter().collect()))
    }
}
