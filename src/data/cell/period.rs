//! Months, quarters and financial years in cells: `Q4 2014-15`, `2015/16`, `April 2015`, `2015-04`.

use super::Doubt;
use super::date::{self, month_number};
use crate::value::{Period, PeriodKind};

/// Reads a tidy text as a period of a kind.
pub(super) fn read(text: &str, kind: PeriodKind) -> Result<Period, Doubt> {
    match kind {
        PeriodKind::Month => month(text),
        PeriodKind::Quarter => quarter(text),
        PeriodKind::FinancialYear => financial_year(text.strip_prefix("FY").unwrap_or(text).trim()),
    }
}

fn number<T: std::str::FromStr>(text: &str, length: usize) -> Option<T> {
    if text.len() == length && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A year of two digits lies between 1970 and 2069.
fn short_year(text: &str) -> Option<i16> {
    number::<i16>(text, 2).map(|short| if short < 70 { 2000 + short } else { 1900 + short })
}

fn year(text: &str) -> Option<i16> {
    number(text, 4)
}

fn month(text: &str) -> Result<Period, Doubt> {
    if let Some((first, second)) = text.split_once(['-', '/', ' ']) {
        let (first, second) = (first.trim(), second.trim());
        if let (Some(month), Some(year)) = (month_number(first), year(second).or_else(|| short_year(second))) {
            return Ok(Period::month(year, month));
        }
        let numbered = match (year(first), number::<i8>(second, 2), number::<i8>(first, 2), year(second)) {
            (Some(year), Some(month), _, _) | (_, _, Some(month), Some(year)) => Some((year, month)),
            _ => None,
        };
        if let Some((year, month)) = numbered {
            if (1..=12).contains(&month) {
                return Ok(Period::month(year, month));
            }
            let is_year = financial_year(text).is_ok();
            return Err(Doubt::because(match is_year {
                true => format!("`{text}` is a financial year"),
                false => format!("there is no month {month}"),
            }));
        }
    }
    // Spreadsheets turn `April 2015` into the first day of that month.
    match date::read(text) {
        Ok(day) if day.day() == 1 => Ok(Period::month(day.year(), day.month())),
        Ok(_) => Err(Doubt::because("a day within the month is not the month")),
        Err(doubt) if doubt.reason.is_some() && doubt.kind == super::RefusalKind::TwoReadings => Err(doubt),
        Err(_) => Err(Doubt::plain()),
    }
}

fn quarter(text: &str) -> Result<Period, Doubt> {
    let lower = text.to_lowercase().replace("quarter", "q");
    let Some(at) = lower.find('q') else {
        return Err(match financial_year(text) {
            Ok(whole) => Doubt::because(format!("which quarter of {whole}? write `Q1 {whole}`")),
            Err(_) => Doubt::plain(),
        });
    };
    let (before, from_q) = lower.split_at(at);
    let after_q = from_q.strip_prefix('q').unwrap_or("").trim_start();
    let end = after_q.find(|c: char| !c.is_ascii_digit()).unwrap_or(after_q.len());
    let (digit, after) = after_q.split_at(end);
    let is_mark = |c: char| matches!(c, ' ' | '-' | '/' | ',' | '_');
    let (before, after) = (before.trim_matches(is_mark), after.trim_matches(is_mark));
    let years = match (before.is_empty(), after.is_empty()) {
        (true, false) => after,
        (false, true) => before,
        (true, true) => return Err(Doubt::because(format!("of which year? write `Q{digit} 2014-15`"))),
        (false, false) => return Err(Doubt::plain()),
    };
    let Some(quarter) = number::<i8>(digit, 1).filter(|q| (1..=4).contains(q)) else {
        return Err(Doubt::because("a year has quarters 1 to 4"));
    };
    if let Some(one) = year(years) {
        let (this, last) = (Period::quarter(one, quarter), Period::quarter(one.saturating_sub(1), quarter));
        return Err(Doubt::two_readings(format!("`{one}` alone is not a financial year: write `{this}` or `{last}`")));
    }
    let first = financial_year(years)?;
    i16::try_from(first.ordinal).map(|year| Period::quarter(year, quarter)).map_err(|_| Doubt::plain())
}

fn financial_year(text: &str) -> Result<Period, Doubt> {
    if let Some(one) = year(text) {
        let (this, last) = (Period::financial_year(one), Period::financial_year(one.saturating_sub(1)));
        return Err(Doubt::two_readings(format!("`{one}` may be `{this}` or `{last}`")));
    }
    let Some((first, second)) = text.split_once(['-', '/', '–']) else { return Err(Doubt::plain()) };
    let (first, second) = (first.trim(), second.trim());
    let Some(begins) = year(first).or_else(|| short_year(first)) else { return Err(Doubt::plain()) };
    let Some(next) = begins.checked_add(1) else { return Err(Doubt::plain()) };
    let follows = match (year(second), number::<i16>(second, 2)) {
        (Some(ends), _) => ends == next,
        (_, Some(short)) => short == next.rem_euclid(100),
        _ => return Err(Doubt::plain()),
    };
    if follows {
        return Ok(Period::financial_year(begins));
    }
    Err(Doubt::because(format!(
        "a financial year ends in the year after it begins: `{}`",
        Period::financial_year(begins)
    )))
}
