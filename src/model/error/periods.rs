//! Periods and series: quarters in order, and what is said along them.

use crate::model::wording;
use crate::problem::{Code, Problem};
use crate::source::Span;

/// A ladder of something that has no periods.
pub(crate) const LADDER_WITHOUT_SERIES: Code = Code("periods::ladder-without-series");

pub(crate) fn ladder_without_series(name: &str, span: Span, here: &str) -> Problem {
    Problem::error(
        LADDER_WITHOUT_SERIES,
        span,
        format!("a ladder goes from period to period, and `{name}` is worked out {here}"),
    )
    .label("no periods to go along")
    .help("write `for each` and the series, such as `for each quarter`; a single decision is a `decision` with rows")
}
use crate::value::{Date, Period, PeriodKind};

/// A series from a period of one kind to one of another.
pub(crate) const RANGE_OF_TWO_KINDS: Code = Code("periods::two-kinds");

pub(crate) fn range_of_two_kinds(first: Span, from: PeriodKind, last: Span, to: PeriodKind) -> Problem {
    let (from, to) = (wording::period_phrase(from), wording::period_phrase(to));
    Problem::error(RANGE_OF_TWO_KINDS, last, format!("a series that begins with {from} cannot end with {to}"))
        .label(format!("this is {to}"))
        .because(first, format!("this is {from}"))
        .help("write both ends as the same kind of period, such as `Q4 2014-15 to Q3 2015-16`")
}

/// A series that ends before it begins.
pub(crate) const REVERSED_RANGE: Code = Code("periods::reversed-range");

pub(crate) fn reversed_range(first: Span, from: Period, last: Span, to: Period) -> Problem {
    Problem::error(REVERSED_RANGE, last, format!("the series would end with {to}, before it begins with {from}"))
        .label("before the beginning")
        .because(first, "the beginning")
        .help(format!("write `{to} to {from}` if the two are exchanged"))
}

/// Rules that end before they begin.
pub(crate) const ENDS_BEFORE: Code = Code("periods::ends-before-it-begins");

pub(crate) fn ends_before_it_begins(span: Span, first: Date, last: Date) -> Problem {
    let (first, last) = (crate::value::date_text(first), crate::value::date_text(last));
    Problem::error(ENDS_BEFORE, span, format!("the rules would end on {last}, before they begin on {first}"))
        .label("the dates are the wrong way round")
        .help(format!("write `applies {last} to {first}` if the two are exchanged"))
}

/// A series of very many periods.
pub(crate) const TOO_LONG: Code = Code("periods::too-long");

pub(crate) fn too_long(span: Span, most: i32) -> Problem {
    Problem::error(TOO_LONG, span, format!("a series has at most {most} periods"))
        .label("more than that")
        .help("shorten it to the periods that the rules are about")
}

/// Words of a series where there is none.
pub(crate) const NOT_IN_A_SERIES: Code = Code("periods::not-in-a-series");

pub(crate) fn not_in_a_series(words: &str, span: Span, here: &str, series: Option<&str>) -> Problem {
    let problem =
        Problem::error(NOT_IN_A_SERIES, span, format!("`{words}` runs along a series, and this is worked out {here}"))
            .label("there is no series here");
    match series {
        Some(series) => problem.help(format!("write the rule `for each {series}`")),
        None => problem.help("declare a series, such as `data quarter for each area, Q1 2015-16 to Q4 2015-16`"),
    }
}

/// `in the previous month` in a series of quarters.
pub(crate) const OTHER_KIND: Code = Code("periods::other-kind");

pub(crate) fn other_kind(span: Span, said: PeriodKind, series: PeriodKind, declared_at: Span) -> Problem {
    let (said, kind) = (said.word(), series.word());
    Problem::error(OTHER_KIND, span, format!("this is a series of {kind}s, so it has no previous {said}"))
        .label(format!("not a {kind}"))
        .because(declared_at, "the series is declared here")
        .help(format!("write `in the previous {kind}`"))
}

/// Words of a series about something that does not change along it.
pub(crate) const SAME_IN_EVERY_PERIOD: Code = Code("periods::same-in-every-period");

pub(crate) fn same_in_every_period(
    span: Span,
    words: Span,
    text: &str,
    series: &str,
    parameter: Option<&str>,
) -> Problem {
    Problem::error(
        SAME_IN_EVERY_PERIOD,
        span,
        format!("nothing in this has a value for each {series}, so it is the same in all of them"),
    )
    .label(format!("the same in every {series}"))
    .because(words, format!("`{text}` looks along the series"))
    .help(match parameter {
        Some(name) => format!("for its value in a {series} write `{name} in period`; else write `{name}` alone"),
        None => format!("name something that has a value for each {series}, or take `{text}` away"),
    })
}

/// A period of another kind than the series, after `in`.
pub(crate) fn not_of_the_series(span: Span, asked: PeriodKind, series: PeriodKind, declared_at: Span) -> Problem {
    let (asked, kind) = (wording::period_phrase(asked), series.word());
    Problem::error(OTHER_KIND, span, format!("this is {asked}, and the series has a record for each {kind}"))
        .label(format!("this is {asked}"))
        .because(declared_at, "the series is declared here")
        .help(format!("write a {kind}, such as `{}`", example(series)))
}

fn example(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "April 2015",
        PeriodKind::Quarter => "Q1 2015-16",
        PeriodKind::FinancialYear => "2015-16",
    }
}

/// A period of one kind where another is wanted.
pub(crate) const PERIOD_OF_OTHER_KIND: Code = Code("periods::kinds-compared");

pub(crate) fn kinds(left: Span, left_kind: PeriodKind, right: Span, right_kind: PeriodKind) -> Problem {
    let (one, other) = (wording::period_phrase(left_kind), wording::period_phrase(right_kind));
    Problem::error(PERIOD_OF_OTHER_KIND, right, format!("{one} and {other} cannot be compared"))
        .label(format!("this is {other}"))
        .because(left, format!("this is {one}"))
        .help("write both as the same kind of period, such as `Q1 2015-16`")
}

/// A date where a period is wanted, or the other way round.
pub(crate) const DATE_AND_PERIOD: Code = Code("periods::date-and-period");

pub(crate) fn date_and_period(wrong: Span, phrase: &str, other: Span, other_phrase: &str) -> Problem {
    Problem::error(
        DATE_AND_PERIOD,
        wrong,
        format!("{phrase} and {other_phrase} cannot be compared: one is a day, the other many"),
    )
    .label(format!("this is {phrase}"))
    .because(other, format!("this is {other_phrase}"))
    .help("compare with the first or the last day of the period, written as a date such as `1 April 2015`")
}

/// Something other than a period after `in`.
pub(crate) const NOT_A_PERIOD: Code = Code("periods::not-a-period");

pub(crate) fn not_a_period(span: Span, phrase: &str) -> Problem {
    Problem::error(NOT_A_PERIOD, span, format!("after `in` stands a period, and this is {phrase}"))
        .label("not a period")
        .help("write a period such as `Q4 2014-15`, or a column that holds one")
}

/// A period that is not in the series.
pub(crate) const OUTSIDE_SERIES: Code = Code("periods::outside-series");

pub(crate) fn outside_series(span: Span, asked: Period, first: Period, last: Period, declared_at: Span) -> Problem {
    Problem::error(OUTSIDE_SERIES, span, format!("{asked} is not in the series, which runs from {first} to {last}"))
        .label("outside the series")
        .because(declared_at, "the series is declared here")
        .help(format!("write a period from {first} to {last}"))
}

/// `in PERIOD` on something that is neither of a series nor a parameter.
pub(crate) const NOT_PERIODIC: Code = Code("periods::not-periodic");

pub(crate) fn not_periodic(span: Span, help: &str) -> Problem {
    Problem::error(NOT_PERIODIC, span, "this has no value for each period")
        .label("neither of a series nor a dated parameter")
        .help(help)
}

/// `latest of` something that is not of a series.
pub(crate) const LATEST_WITHOUT_SERIES: Code = Code("periods::latest-without-series");

pub(crate) fn latest_without_series(span: Span, table: &str, declared_at: Span) -> Problem {
    Problem::error(
        LATEST_WITHOUT_SERIES,
        span,
        format!("the records of `{table}` have no order in time, so none is the latest"),
    )
    .label("over records without periods")
    .because(declared_at, format!("`{table}` is not a series"))
    .help("`latest of` goes over a series; over other records write `greatest of` or `sum of`")
}

/// `paid so far` where it means nothing.
pub(crate) const PAID_SO_FAR: Code = Code("periods::paid-so-far");

pub(crate) fn paid_so_far(span: Span) -> Problem {
    Problem::error(PAID_SO_FAR, span, "`paid so far` belongs in a payment for each record of a series")
        .label("nothing is paid period by period here")
        .help("write it in a `payment … for each quarter`; elsewhere write `sum of` or `running total of` and the payment's name")
}

/// A new definition of a column that has no periods.
pub(crate) const NEW_DEFINITION: Code = Code("periods::new-definition");

pub(crate) fn new_definition_without_series(span: Span, table: &str, declared_at: Span) -> Problem {
    Problem::error(
        NEW_DEFINITION,
        span,
        format!("the records of `{table}` have no periods, so nothing can be new from one of them"),
    )
    .label("not in a series")
    .because(declared_at, format!("`{table}` is not a series"))
    .help("declare the table as a series, such as `data year for each area, 2012-13 to 2015-16`")
}

pub(crate) fn new_from_the_beginning(span: Span, first: Period, declared_at: Span) -> Problem {
    Problem::error(NEW_DEFINITION, span, format!("the series begins with {first}, so it has no older definition"))
        .label("the first period")
        .because(declared_at, "the series is declared here")
        .help("name the period from which the definition is another than before, or take this away")
}

pub(crate) fn new_definition_of_no_figure(span: Span, phrase: &str) -> Problem {
    Problem::error(
        NEW_DEFINITION,
        span,
        format!("only figures are kept apart by their definition, and this is {phrase}"),
    )
    .label(format!("this is {phrase}"))
    .help("declare two columns, one for each definition")
}
