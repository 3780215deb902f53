//! Units: what is counted, on which scale, for which stretch of time.

use super::types::{Side, two_sides};
use crate::problem::{Code, Problem};
use crate::source::Span;

/// Two quantities that count different things.
pub(crate) const MISMATCH: Code = Code("units::mismatch");

/// `done` is what cannot be done: "added", "compared".
pub(crate) fn mismatch(done: &str, wrong: &Side, other: &Side, help: &str) -> Problem {
    two_sides(MISMATCH, format!("{} and {} cannot be {done}", other.phrase, wrong.phrase), wrong, other).help(help)
}

/// A count without its unit.
pub(crate) const WITHOUT_UNIT: Code = Code("units::without-unit");

pub(crate) fn without_unit(done: &str, wrong: &Side, other: &Side, help: &str) -> Problem {
    let message = format!("a plain number and {} cannot be {done}: the number has no unit", other.phrase);
    two_sides(WITHOUT_UNIT, message, wrong, other).help(help)
}

/// A rate without its base.
pub(crate) const WITHOUT_BASE: Code = Code("units::rate-without-base");

pub(crate) fn without_base(done: &str, wrong: &Side, other: &Side, help: &str) -> Problem {
    let message = format!("{} and {} cannot be {done}: the base of the rate is missing", other.phrase, wrong.phrase);
    two_sides(WITHOUT_BASE, message, wrong, other).help(help)
}

/// A share and a plain number.
pub(crate) const SHARE_AND_NUMBER: Code = Code("units::share-and-number");

pub(crate) fn share_and_number(done: &str, wrong: &Side, other: &Side, help: &str) -> Problem {
    two_sides(SHARE_AND_NUMBER, format!("{} and {} cannot be {done}", other.phrase, wrong.phrase), wrong, other)
        .help(help)
}

/// A share and percentage points.
pub(crate) const SHARE_AND_POINTS: Code = Code("units::share-and-points");

pub(crate) fn share_and_points(done: &str, wrong: &Side, other: &Side, help: &str) -> Problem {
    let message = format!("a share and percentage points cannot be {done}");
    two_sides(SHARE_AND_POINTS, message, wrong, other).help(help)
}

/// The figure of one period and a total to date.
pub(crate) const PERIOD_AND_TO_DATE: Code = Code("units::period-and-to-date");

pub(crate) fn period_and_to_date(done: &str, period: Span, to_date: Span, help: &str) -> Problem {
    Problem::error(PERIOD_AND_TO_DATE, period, format!("the figure of one period and a total to date cannot be {done}"))
        .label("the figure of one period")
        .because(to_date, "a total to date")
        .help(help)
}

/// A payment for each period that pays a total to date.
pub(crate) const PAYS_TO_DATE: Code = Code("units::pays-to-date");

pub(crate) fn pays_to_date(name: &str, span: Span, from: Span) -> Problem {
    Problem::error(
        PAYS_TO_DATE,
        span,
        format!("`{name}` would pay a total to date in every period, so the same money again and again"),
    )
    .label("pays in each period")
    .because(from, "a total to date")
    .help("add `less paid so far, never below £0` under it, or pay the figure of one period")
}

/// A total to date of totals to date.
pub(crate) const TOTAL_OF_TOTALS: Code = Code("units::total-of-totals");

pub(crate) fn total_of_totals(span: Span, operand: Span) -> Problem {
    Problem::error(TOTAL_OF_TOTALS, span, "a running total of a total to date counts the same periods again and again")
        .label("adds up over the periods")
        .because(operand, "already a total to date")
        .help("write `running total of` the figure of one period, or the total to date alone")
}

/// `running total of a - b`.
pub(crate) const TWO_READINGS: Code = Code("units::two-readings");

pub(crate) fn two_readings(span: Span, words: Span, first: &str, second: &str) -> Problem {
    Problem::error(TWO_READINGS, span, format!("this has two readings: `{first}`, or `{second}`"))
        .label("does this belong to it?")
        .because(words, "how far does this reach?")
        .help(format!("write `{first}` or `{second}`"))
}

/// Days between two dates where the ruleset counts no days.
pub(crate) const NO_DAYS: Code = Code("units::no-days");

pub(crate) fn no_days(span: Span) -> Problem {
    Problem::error(NO_DAYS, span, "the days between two dates are counted in `days`, and the ruleset has no such unit")
        .label("a count of days")
        .help("write `unit days` at the left margin")
}

/// Money of another currency.
pub(crate) const WRONG_CURRENCY: Code = Code("units::wrong-currency");

pub(crate) fn wrong_currency(sign: char, currency: &str, span: Span) -> Problem {
    Problem::error(WRONG_CURRENCY, span, format!("the money of this ruleset is in {currency}, not in {sign}"))
        .label(format!("money in {sign}"))
        .help(format!("write it with `{currency}`, or say `currency \"{sign}\"` under `rules`"))
}

/// A result shown in a way that does not fit it.
pub(crate) const SHOWN_OTHERWISE: Code = Code("units::shown-otherwise");

pub(crate) fn shown_otherwise(span: Span, how: &str, phrase: &str, at: Span, help: &str) -> Problem {
    Problem::error(SHOWN_OTHERWISE, span, format!("{phrase} cannot be shown {how}"))
        .label(format!("shown {how}"))
        .because(at, format!("this is {phrase}"))
        .help(help)
}
