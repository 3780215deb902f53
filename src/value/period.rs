//! Months, quarters and financial years as values with an order.

use super::{Date, MONTHS};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A kind of period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PeriodKind {
    /// A calendar month.
    Month,
    /// A quarter of a financial year; quarter 1 is its first three months.
    Quarter,
    /// A financial year.
    FinancialYear,
}

impl PeriodKind {
    /// The word in the language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::FinancialYear => "financial year",
        }
    }

    /// How many of these make a year.
    pub fn per_year(self) -> i32 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::FinancialYear => 1,
        }
    }
}

/// A month, quarter or financial year. Consecutive periods have consecutive ordinals.
///
/// Ordinals: a month is `year × 12 + month - 1`; a quarter is `first year × 4 + quarter - 1`, the first year
/// being the one in which its financial year begins; a financial year is the year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// What kind.
    pub kind: PeriodKind,
    /// Its place in time.
    pub ordinal: i32,
}

impl Period {
    /// A calendar month; `month` from 1 to 12.
    pub fn month(year: i16, month: i8) -> Self {
        Self { kind: PeriodKind::Month, ordinal: i32::from(year) * 12 + i32::from(month) - 1 }
    }

    /// A quarter, from 1 to 4, of the financial year that begins in `year`.
    pub fn quarter(year: i16, quarter: i8) -> Self {
        Self { kind: PeriodKind::Quarter, ordinal: i32::from(year) * 4 + i32::from(quarter) - 1 }
    }

    /// The financial year that begins in `year`.
    pub fn financial_year(year: i16) -> Self {
        Self { kind: PeriodKind::FinancialYear, ordinal: i32::from(year) }
    }

    /// The period `by` places later, or earlier where negative.
    #[must_use]
    pub fn shift(self, by: i32) -> Self {
        Self { ordinal: self.ordinal.saturating_add(by), ..self }
    }

    /// The first day, for financial years that begin on the first of `year_start` (1 to 12; England's is 4).
    /// `None` where it is beyond the calendar.
    pub fn first_day(self, year_start: i8) -> Option<Date> {
        // Where a year begins, in months; a beginning beyond the calendar is beyond 32 bits only for ordinals that
        // no date reaches.
        let of_year = |year: i32| year.checked_mul(12)?.checked_add(i32::from(year_start) - 1);
        let months = match self.kind {
            PeriodKind::Month => self.ordinal,
            PeriodKind::Quarter => of_year(self.ordinal.div_euclid(4))?.checked_add(self.ordinal.rem_euclid(4) * 3)?,
            PeriodKind::FinancialYear => of_year(self.ordinal)?,
        };
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, 1).ok()
    }
}

fn financial_year_text(first: i32) -> String {
    format!("{first}-{:02}", first.saturating_add(1).rem_euclid(100))
}

/// As it is written in the language: `April 2015`, `Q4 2014-15`, `2015-16`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PeriodKind::Month => {
                let name = MONTHS.get(self.ordinal.rem_euclid(12) as usize).copied().unwrap_or("");
                write!(f, "{name} {}", self.ordinal.div_euclid(12))
            }
            PeriodKind::Quarter => {
                write!(f, "Q{} {}", self.ordinal.rem_euclid(4) + 1, financial_year_text(self.ordinal.div_euclid(4)))
            }
            PeriodKind::FinancialYear => f.write_str(&financial_year_text(self.ordinal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_where_the_calendar_says() {
        let cases = [
            (Period::quarter(2014, 4), 4, "2015-01-01", "Q4 2014-15"),
            (Period::quarter(2015, 1), 4, "2015-04-01", "Q1 2015-16"),
            (Period::quarter(2015, 1), 7, "2015-07-01", "Q1 2015-16"),
            (Period::quarter(2015, 1), 1, "2015-01-01", "Q1 2015-16"),
            (Period::financial_year(2015), 4, "2015-04-01", "2015-16"),
            (Period::financial_year(1999), 4, "1999-04-01", "1999-00"),
            (Period::month(2015, 12), 4, "2015-12-01", "December 2015"),
        ];
        for (period, start, first, text) in cases {
            assert_eq!(period.first_day(start).unwrap().to_string(), first, "{text}");
            assert_eq!(period.to_string(), text);
        }
        assert_eq!(Period::quarter(2014, 4).shift(1), Period::quarter(2015, 1));
        assert_eq!(Period::month(2015, 1).shift(-1), Period::month(2014, 12));
        assert_eq!(Period::financial_year(i16::MAX).shift(i32::MAX).first_day(4), None);
    }
}
