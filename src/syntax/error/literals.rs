//! Numbers, money, percentages, dates and periods.

use crate::problem::{Code, Problem};
use crate::source::Span;

const MONEY_FORM: Code = Code("syntax::money-form");

const NUMBER_FORM: Code = Code("syntax::number-form");

const DATE_FORM: Code = Code("syntax::date-form");

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
        .help("write fewer digits; money is shortened, as in `£3.8bn`")
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

/// `2014-09-19`, `19/09/2014`, `19th September 2014`, `april 2015`
pub(in crate::syntax) fn date_form(place: Span, found: &str, meant: Option<&str>) -> Problem {
    let problem = Problem::error(DATE_FORM, place, format!("`{found}` is not how a date is written here"));
    match meant {
        Some(meant) => problem.help(format!("write `{meant}`")),
        None => problem.help("write the day, the month in full and the year, such as `19 September 2014`"),
    }
}

/// `09/10/2014`
pub(in crate::syntax) fn date_two_readings(place: Span, found: &str, readings: &[String; 2]) -> Problem {
    let [first, second] = readings;
    Problem::error(DATE_FORM, place, format!("`{found}` has two readings: {first}, or {second}"))
        .help(format!("write `{first}` or `{second}`"))
}

/// `19 September`
pub(in crate::syntax) fn date_without_year(place: Span, found: &str) -> Problem {
    Problem::error(DATE_FORM, place, format!("`{found}` has no year"))
        .help(format!("write `{found} 2014`, with its year"))
}

/// `Q4 2014`, `2014-15 Q4`
pub(in crate::syntax) fn quarter_form(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(Code("syntax::quarter-form"), place, format!("`{found}` is not how a quarter is written here"))
        .help(format!("write the quarter and its financial year: `{meant}`"))
}

/// `25,00`
pub(in crate::syntax) fn separators(place: Span, found: &str) -> Problem {
    let digits: String = found.chars().filter(char::is_ascii_digit).collect();
    let problem = Problem::error(
        NUMBER_FORM,
        place,
        format!("`{found}` is not a number: separators stand between groups of three digits"),
    );
    match found.split_once(',') {
        Some((whole, rest)) if !rest.contains([',', '.']) => problem.help(format!(
            "write `{digits}` for the whole number, `{whole}.{rest}` for a decimal, or `{whole}, {rest}` for two values"
        )),
        _ => problem.help(format!("write `{digits}`, or put the separators between groups of three digits")),
    }
}

/// `20k`
pub(in crate::syntax) fn figure_with_letters(place: Span, found: &str, figure: &str, letters: &str) -> Problem {
    let problem = Problem::error(NUMBER_FORM, place, format!("`{found}` is not a number"));
    match super::super::mistakes::factor(letters) {
        Some(factor) => {
            problem.help(format!("only money is shortened, as in `£{figure}{factor}`; write the number out in full"))
        }
        None if letters.strip_prefix(['e', 'E']).is_some_and(|power| power.bytes().all(|b| b.is_ascii_digit())) => {
            problem.help("write the number out in full; only money is shortened, as in `£5m`")
        }
        None => problem.help(format!("a unit is a word of its own: `{figure} {letters}`; a name starts with a letter")),
    }
}

/// `.5`
pub(in crate::syntax) fn no_whole_part(place: Span, found: &str, decimals: &str) -> Problem {
    Problem::error(NUMBER_FORM, place, format!("`{found}` has no digit before its point"))
        .help(format!("write `0.{decimals}`"))
}

/// `3.5 %`, `3.5 percent`
pub(in crate::syntax) fn percent_form(place: Span, found: &str, figure: &str) -> Problem {
    Problem::error(Code("syntax::percent-form"), place, format!("`{found}` is not how a percentage is written here"))
        .help(format!("write `{figure}%`, or `{figure} percentage points` for a difference of two percentages"))
}

/// `£ 5`, `£5 million`, `5 pounds`
pub(in crate::syntax) fn money_form(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(MONEY_FORM, place, format!("`{found}` is not how money is written here"))
        .help(format!("write `{meant}`"))
}

/// `5 per 10 people`
pub(in crate::syntax) fn rate_of_nothing(place: Span, per: Span) -> Problem {
    Problem::error(Code("syntax::rate-without-unit"), place, "a rate does not say what it counts")
        .because(per, "per this")
        .help("write the unit after the number, such as `475 admissions per 100,000 people`")
}

/// `3 million`
pub(in crate::syntax) fn factor_in_words(place: Span, found: &str, figure: &str) -> Problem {
    let zeros = if found.ends_with("thousand") {
        1
    } else if found.ends_with("million") {
        2
    } else {
        3
    };
    let letter = ["k", "m", "bn"].get(zeros - 1).copied().unwrap_or("");
    let meant = if figure.contains('.') { None } else { Some(format!("{figure}{}", ",000".repeat(zeros))) };
    let problem = Problem::error(NUMBER_FORM, place, format!("`{found}` is not how a number is written here"));
    match meant {
        Some(meant) => problem.help(format!(
            "write it out, `{meant}`, with its unit after it; only money is shortened, as in `£{figure}{letter}`"
        )),
        None => problem.help("write it out in full; only money is shortened, as in `£3.8bn`"),
    }
}

/// `50 pence`
pub(in crate::syntax) fn pence(place: Span, found: &str) -> Problem {
    Problem::error(MONEY_FORM, place, format!("`{found}` is not how money is written here"))
        .help("write pounds with two decimals, such as `£0.50`")
}

/// `2015/16`, `2015-2016`
pub(in crate::syntax) fn financial_year_form(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(
        Code("syntax::financial-year-form"),
        place,
        format!("`{found}` is not how a financial year is written here"),
    )
    .help(format!("write `{meant}`; for arithmetic put blanks round the sign"))
}

/// `5.`
pub(in crate::syntax) fn no_decimals(place: Span, found: &str, figure: &str) -> Problem {
    Problem::error(NUMBER_FORM, place, format!("`{found}` has no digit after its point"))
        .help(format!("write `{figure}`"))
}
