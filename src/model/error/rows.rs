//! How the rows of decisions and measures are written.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// A last column that does not have the name of its decision.
pub(crate) const LAST_COLUMN: Code = Code("tables::last-column");

pub(crate) fn last_column(head: &str, span: Span, name: &str, declared_at: Span) -> Problem {
    Problem::error(
        LAST_COLUMN,
        span,
        format!("the last column holds what the rows give, so it is headed `{name}`, not `{head}`"),
    )
    .label(format!("write `{name}`"))
    .because(declared_at, "the name of the rule")
    .help(format!("head the last column `{name}`, and put every column that is tested before it"))
}

/// A head that stands twice.
pub(crate) const HEAD_TWICE: Code = Code("tables::head-twice");

pub(crate) fn head_twice(head: &str, span: Span, first: Span) -> Problem {
    Problem::error(HEAD_TWICE, span, format!("`{head}` heads two columns"))
        .label("again here")
        .because(first, "first here")
        .help("test it in one column; several tests are joined by `and`, as in `>= 2% and < 3.5%`")
}

/// A table without rows.
pub(crate) const NO_ROWS: Code = Code("tables::no-rows");

pub(crate) fn no_rows(span: Span) -> Problem {
    Problem::error(NO_ROWS, span, "this table has heads and no rows")
        .label("no rows under it")
        .help("write a row for each case, each cell between bars")
}

/// A cell that is no test.
pub(crate) const NOT_A_TEST: Code = Code("tables::not-a-test");

pub(crate) fn not_a_test(written: &str, span: Span, phrase: &str, head: Span, help: &str) -> Problem {
    Problem::error(NOT_A_TEST, span, format!("`{written}` is not something to compare with here"))
        .label("neither a literal nor a parameter")
        .because(head, format!("this column is {phrase}"))
        .help(help)
}

/// `not low` where both `low` and `not low` are values.
pub(crate) const TWO_READINGS: Code = Code("tables::two-readings");

pub(crate) fn two_readings(word: &str, span: Span, head: Span) -> Problem {
    Problem::error(
        TWO_READINGS,
        span,
        format!("`not {word}` has two readings: the value `not {word}`, or any value but `{word}`"),
    )
    .label("two readings")
    .because(head, "both are values of this column")
    .help(format!("write `\"not {word}\"` for the value, or `not \"{word}\"` for any other"))
}

/// A row that gives nothing.
pub(crate) const GIVES_NOTHING: Code = Code("tables::gives-nothing");

pub(crate) fn gives_nothing(written: &str, span: Span) -> Problem {
    Problem::error(GIVES_NOTHING, span, format!("`{written}` is a test, and the last column says what the row gives"))
        .label("not a result")
        .help("write the words or the figure that this row gives")
}
