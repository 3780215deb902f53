//! Values of the language: exact numbers, texts, dates, periods, and the reasons why a value is missing.
//!
//! In: literals of the rules and cells of the data. Out: values that the meaning computes with.
//! Nothing here knows rules or tables; a missing value's [`Cause`] names them by number.

mod calendar;
mod cause;
mod number;
mod period;

pub use calendar::{MONTHS, date_of_day, date_text, day_of_date, month_name, month_number};
pub use cause::{Cause, Causes, Fault, MissingReason, SpanKey};
pub use jiff::civil::Date;
pub use number::grouped;
pub use number::{Number, NumberFault, RoundMode};
pub use period::{Period, PeriodKind};

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A value that is known. Its unit is in its type, not here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// An exact number. Money in pounds (not pence), percent as a fraction (3.5% is 7/200), percentage
    /// points likewise (2 points is 1/50), a rate as a plain quotient (475 per 100,000 is 475/100000).
    Number(Number),
    /// A text, or one of the values of a choice.
    Text(Arc<str>),
    /// Yes or no.
    YesNo(bool),
    /// A calendar date.
    Date(Date),
    /// A month, quarter or financial year.
    Period(Period),
    /// The state of a condition that could be determined.
    Condition(ConditionState),
}

/// How a condition came out. "Cannot determine" is a missing value, not a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConditionState {
    /// The condition is met.
    Met,
    /// The condition is not met.
    NotMet,
    /// It does not apply, by the exemption with this number (its order among the rule's `unless` clauses).
    DoesNotApply(u16),
}

/// The outcome of a computation: a value, or missing with every cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A known value.
    Known(Value),
    /// No value; why.
    Missing(Causes),
}

impl Outcome {
    /// The value, if known.
    pub fn known(&self) -> Option<&Value> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing(_) => None,
        }
    }

    /// Whether the value is missing.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::YesNo(yes)
    }
}
