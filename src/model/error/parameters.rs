//! Parameters: their values and the dates on which they are in force.

use crate::problem::{Code, Problem};
use crate::source::Span;
use crate::value::Date;

/// A value that is worked out.
pub(crate) const NOT_A_LITERAL: Code = Code("parameters::not-a-literal");

pub(crate) fn not_a_literal(span: Span) -> Problem {
    Problem::error(NOT_A_LITERAL, span, "a parameter is a figure that policy sets, not one that is worked out")
        .label("not a literal")
        .help("write the figure itself, such as `3.5%`; what is worked out is a `measure`")
}

/// Values of two types.
pub(crate) const TWO_TYPES: Code = Code("parameters::two-types");

pub(crate) fn of_two_types(span: Span, found: &str, first: Span, wanted: &str) -> Problem {
    Problem::error(
        TWO_TYPES,
        span,
        format!("the values of a parameter are alike: this is {found}, the first is {wanted}"),
    )
    .label(format!("this is {found}"))
    .because(first, format!("this is {wanted}"))
    .help("write both values in the same unit")
}

/// A value that is not among those the parameter may take.
pub(crate) const NOT_AMONG: Code = Code("parameters::not-among");

pub(crate) fn not_among(span: Span, written: &str, choice: Span, listed: &str, near: Option<&str>) -> Problem {
    let problem = if written.is_empty() {
        Problem::error(NOT_AMONG, span, "the value is not one of those that the parameter may take")
    } else {
        Problem::error(NOT_AMONG, span, format!("`{written}` is not one of the values that the parameter may take"))
    };
    let problem = problem.label("not among them").because(choice, format!("one of {listed}"));
    match near {
        Some(near) => problem.help(format!("did you mean `\"{near}\"`?")),
        None => problem.help(format!("write one of {listed}, in quotes")),
    }
}

/// Dates the wrong way round.
pub(crate) const REVERSED_DATES: Code = Code("parameters::reversed-dates");

pub(crate) fn reversed_dates(span: Span, first: Date, last: Date) -> Problem {
    let (first, last) = (crate::value::date_text(first), crate::value::date_text(last));
    Problem::error(REVERSED_DATES, span, format!("this value would end on {last}, before it begins on {first}"))
        .label("the dates are the wrong way round")
        .help(format!("write `{last} to {first}` if the two are exchanged"))
}

/// Two values in force on one day.
pub(crate) const OVERLAP: Code = Code("parameters::overlap");

pub(crate) fn overlap(name: &str, later: Span, from: Option<Date>, earlier: Span) -> Problem {
    let help = match from.and_then(|from| from.yesterday().ok()) {
        Some(last) => format!("end the earlier value on the day before: `to {}`", crate::value::date_text(last)),
        None => "say from which date this value is in force, and to which date the other is".to_owned(),
    };
    Problem::error(OVERLAP, later, format!("two values of `{name}` are in force on the same day"))
        .label("this value")
        .because(earlier, "this value is still in force")
        .help(help)
}

/// Days without a value between two values.
pub(crate) const GAP: Code = Code("parameters::gap");

pub(crate) fn gap(name: &str, later: Span, earlier: Span, first: Date, last: Date) -> Problem {
    let (first, last) = (crate::value::date_text(first), crate::value::date_text(last));
    let days = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
    Problem::error(GAP, later, format!("`{name}` has no value {days}"))
        .label("this value begins later")
        .because(earlier, "this value ends before")
        .help(format!("let the earlier value run on, `to {last}`, or let this one begin `from {first}`"))
}

/// A parameter without a value.
pub(crate) const NO_VALUE: Code = Code("parameters::no-value");

pub(crate) fn no_value(name: &str, span: Span) -> Problem {
    Problem::error(NO_VALUE, span, format!("the parameter `{name}` has no value"))
        .label("no value is written under it")
        .help("write its value on a line of its own, such as `is 3.5%`")
}

/// Days of the rules on which a parameter has no value.
pub(crate) fn gap_at_the_ends(name: &str, value: Span, first: Date, last: Date, help: &str) -> Problem {
    let (first, last) = (crate::value::date_text(first), crate::value::date_text(last));
    let days = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
    Problem::error(GAP, value, format!("`{name}` has no value {days}, although the rules apply then"))
        .label("the only value near that")
        .help(help)
}

/// A parameter read for a period although it has one value for all time.
pub(crate) const NOT_DATED: Code = Code("parameters::not-dated");

pub(crate) fn not_dated(name: &str, span: Span, declared_at: Span) -> Problem {
    Problem::error(NOT_DATED, span, format!("`{name}` has one value for all time"))
        .label("the same in every period")
        .because(declared_at, "its only value, without dates")
        .help(format!("write `{name}` alone, or give its values dates"))
}

/// Another figure without a value above it that is taken.
pub(crate) const NOTHING_TAKEN: Code = Code("parameters::nothing-taken");

pub(crate) fn nothing_taken(span: Span) -> Problem {
    Problem::error(NOTHING_TAKEN, span, "this figure is not taken, but no value stands above it that is")
        .label("rather than this, but what?")
        .help("write the value that is taken on a line above it, such as `is £394m`")
}

/// Another figure that is the value itself.
pub(crate) const SAME_FIGURE: Code = Code("parameters::same-figure");

pub(crate) fn same_figure(span: Span, taken: Span) -> Problem {
    Problem::error(SAME_FIGURE, span, "this is the value that is taken")
        .label("the same figure")
        .because(taken, "taken here")
        .help("cite a source that has the same figure with `source`; `rather than` is for another figure")
}
