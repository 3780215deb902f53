//! Numbers, money, percentages, dates and periods.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// `31 February 2015`
pub(in crate::syntax) fn no_such_date(date: Span, found: &str, last_day: Option<&str>) -> Problem {
    let problem = Problem::error(Code("syntax::no-such-date"), date, format!("`{found}` is not a date that exists"));
    match last_day {
        Some(day) => problem.help(format!("the last day of that month is `{day}`")),
        None => problem.help("write a day, a month and a year, such as `19 September 2014`"),
    }
}

/// `2015-17`
pub(in crate::syntax) fn financial_year(year: Span, found: &str, meant: &str) -> Problem {
    Problem::error(
        Code("syntax::financial-year"),
        year,
        format!("`{found}` is not a financial year: it ends in the year after it begins"),
    )
    .help(format!("did you mean `{meant}`?"))
}

/// `Q5 2014-15`
pub(in crate::syntax) fn quarter(quarter: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::quarter"), quarter, format!("`{found}` is not a quarter"))
        .help("a quarter is `Q1` to `Q4` with its financial year, such as `Q4 2014-15`")
}

/// A number that cannot be held.
pub(in crate::syntax) fn number_too_long(number: Span) -> Problem {
    Problem::error(Code("syntax::number-too-long"), number, "the number has more than 200 digits")
}

/// `£5 per 0 people`
pub(in crate::syntax) fn base_of_nothing(base: Span) -> Problem {
    Problem::error(Code("syntax::rate-base"), base, "the base of a rate is above zero")
        .help("write the number that the rate is per, such as `per 100,000 people`")
}

/// `-yes`
pub(in crate::syntax) fn not_negative(sign: Span, literal: Span) -> Problem {
    Problem::error(Code("syntax::negative"), sign, "a minus sign stands before what is no number")
        .because(literal, "this is no number")
        .help("take the sign out")
}
