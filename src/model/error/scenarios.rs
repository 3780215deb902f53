//! Scenarios: what they give and what they expect.

use super::types::Side;
use crate::problem::{Code, Problem};
use crate::source::Span;
use crate::value::Period;

/// A cell that is not of its column's type.
pub(crate) const BAD_CELL: Code = Code("scenarios::bad-cell");

pub(crate) fn bad_cell(written: &str, span: Span, column: &str, column_at: Span, expected: &str) -> Problem {
    Problem::error(BAD_CELL, span, format!("`{written}` is not a value of `{column}`"))
        .label(format!("not a value of `{column}`"))
        .because(column_at, "the column is declared here")
        .help(format!("write {expected}"))
}

/// A value of another type than the parameter or rule it is for.
pub(crate) const OTHER_TYPE: Code = Code("scenarios::other-type");

pub(crate) fn other_type(name: &str, found: &Side, wanted: &Side, help: &str) -> Problem {
    super::types::two_sides(
        OTHER_TYPE,
        format!("`{name}` is {}, and this is {}", wanted.phrase, found.phrase),
        found,
        wanted,
    )
    .help(help)
}

/// Other than one value for each record.
pub(crate) const COUNT: Code = Code("scenarios::number-of-values");

pub(crate) fn number_of_values(
    name: &str,
    span: Span,
    found: usize,
    wanted: usize,
    of: &str,
    given: Option<Span>,
) -> Problem {
    let values = if found == 1 { "value" } else { "values" };
    let problem = Problem::error(COUNT, span, format!("{found} {values} for `{name}`, which has {wanted}: one {of}"))
        .label(format!("{found} {values}"))
        .help(format!("write {wanted}, with commas between, in the order in which the records are given"));
    match given {
        Some(given) => problem.because(given, "given here"),
        None => problem,
    }
}

/// `met` of something that is not a condition.
pub(crate) const NOT_A_CONDITION: Code = Code("scenarios::not-a-condition");

pub(crate) fn not_a_condition(words: &str, span: Span, name: &str, word: &str, declared_at: Span) -> Problem {
    Problem::error(NOT_A_CONDITION, span, format!("`{name}` is a {word}, so it is never `{words}`"))
        .label("only a condition comes out so")
        .because(declared_at, format!("`{name}` is declared here"))
        .help(if word == "check" || word == "permission" {
            "write `yes`, `no` or `cannot determine`"
        } else {
            "write the value it has, or `cannot determine`"
        })
}

/// Rows without heads.
pub(crate) const NO_HEADS: Code = Code("scenarios::no-heads");

pub(crate) fn no_heads(span: Span, first: &str, table: &str, columns: &str) -> Problem {
    Problem::error(
        NO_HEADS,
        span,
        format!("the first line of rows names the columns, and `{first}` is none of `{table}`"),
    )
    .label("no column is called so")
    .help(format!("write a line of heads first; the columns are {columns}"))
}

/// A record given twice.
pub(crate) const GIVEN_TWICE: Code = Code("scenarios::given-twice");

pub(crate) fn given_twice(what: &str, span: Span, first: Span) -> Problem {
    Problem::error(GIVEN_TWICE, span, format!("{what} is given twice"))
        .label("given again here")
        .because(first, "first given here")
        .help("keep one of them")
}

/// A record that does not say which record it belongs to.
pub(crate) const WHICH_PARENT: Code = Code("scenarios::which-record");

pub(crate) fn which_parent(span: Span, table: &str, parent: &str, given: usize) -> Problem {
    Problem::error(WHICH_PARENT, span, format!("which {parent} does this {table} belong to? {given} are given"))
        .label(format!("no {parent} named"))
        .help(format!("add a column `{parent}` with the key of the {parent}"))
}

pub(crate) fn several_parents(span: Span, parent: &str, key: &str, further: &str) -> Problem {
    Problem::error(WHICH_PARENT, span, format!("several records of `{parent}` with the key `{key}` are given"))
        .label("belongs to which of them?")
        .help(format!("add a column `{further}` that says which is meant"))
}

/// A record that belongs to one that is not given.
pub(crate) const NO_SUCH_PARENT: Code = Code("scenarios::no-such-record");

pub(crate) fn no_such_parent(span: Span, parent: &str, key: &str) -> Problem {
    Problem::error(NO_SUCH_PARENT, span, format!("no {parent} with the key `{key}` is given"))
        .label("not given")
        .help(format!("give it with `given {parent}`, or write the key of one that is given"))
}

/// An expectation of something that is not worked out.
pub(crate) const NOT_A_RESULT: Code = Code("scenarios::not-a-result");

pub(crate) fn not_a_result(name: &str, span: Span, what: &str, declared_at: Span) -> Problem {
    Problem::error(NOT_A_RESULT, span, format!("`{name}` is {what}, and a scenario expects what rules give"))
        .label(format!("{what}, not a rule"))
        .because(declared_at, format!("`{name}` is declared here"))
        .help("name a rule; what is not worked out is said with `given`")
}

/// A scenario that expects nothing.
pub(crate) const EXPECTS_NOTHING: Code = Code("scenarios::expects-nothing");

pub(crate) fn expects_nothing(name: &str, span: Span) -> Problem {
    Problem::error(EXPECTS_NOTHING, span, format!("the scenario `{name}` expects nothing, so it tests nothing"))
        .label("no `expect` under it")
        .help("add a line such as `expect performance is £0`")
}

/// A period that is not in the series.
pub(crate) const OUTSIDE_SERIES: Code = Code("scenarios::outside-series");

pub(crate) fn outside_series(
    span: Span,
    table: &str,
    asked: Period,
    first: Period,
    last: Period,
    declared_at: Span,
) -> Problem {
    Problem::error(
        OUTSIDE_SERIES,
        span,
        format!("{asked} is not a {table} of the series, which runs from {first} to {last}"),
    )
    .label("outside the series")
    .because(declared_at, "the series is declared here")
    .help(format!("write a period from {first} to {last}"))
}

/// Several records of a table of which one does not say which it is.
pub(crate) const NO_KEY: Code = Code("scenarios::no-key");

pub(crate) fn no_key(span: Span, table: &str, key: &str) -> Problem {
    Problem::error(NO_KEY, span, format!("which {table} is this? its `{key}` is not given"))
        .label(format!("no `{key}`"))
        .help(format!("add a column `{key}` that names each record"))
}
