//! Expressions with two readings, or with signs of other languages.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// `and` and `or` without brackets.
pub(in crate::syntax) fn mixed_logic(second: Span, first: Span, readings: (&str, &str)) -> Problem {
    Problem::error(Code("syntax::mixed-and-or"), second, "`and` and `or` are mixed without brackets")
        .because(first, "the other word")
        .help(format!("write `{}` or `{}`", readings.0, readings.1))
}

/// `a < b < c`
pub(in crate::syntax) fn chained_comparison(second: Span, first: Span, reading: Option<&str>) -> Problem {
    let problem = Problem::error(Code("syntax::chained-comparison"), second, "two comparisons in one chain")
        .because(first, "the first comparison");
    match reading {
        Some(reading) => problem.help(format!("write `{reading}`")),
        None => problem.help("put the comparison that is meant first in brackets"),
    }
}

/// `a / b * c`
pub(in crate::syntax) fn division_twice(second: Span, first: Span, readings: (&str, &str)) -> Problem {
    Problem::error(
        Code("syntax::division-two-readings"),
        second,
        "a division is followed by another sign of the same rank, which has two readings",
    )
    .because(first, "the division")
    .help(format!("write `{}` or `{}`", readings.0, readings.1))
}

/// `a + not b`
pub(in crate::syntax) fn misplaced_not(not: Span) -> Problem {
    Problem::error(Code("syntax::misplaced-not"), not, "`not` stands inside a comparison or a sum")
        .help("`not` goes before a whole comparison, as in `not a >= b`; put brackets round it here: `(not b)`")
}

/// `x is missing + 1`
pub(in crate::syntax) fn after_comparison(sign: Span, comparison: Span) -> Problem {
    Problem::error(Code("syntax::after-comparison"), sign, "a comparison is finished, and the sum goes on")
        .because(comparison, "this gives yes or no")
        .help("put the part that belongs together in brackets")
}

/// `(a, b)` without a word before it.
pub(in crate::syntax) fn bare_list(list: Span) -> Problem {
    Problem::error(Code("syntax::bare-list"), list, "a list in brackets stands alone")
        .help("say what is made of it: `least of (a, b)`, `sum of (a, b)`, `all of (a, b)`")
}

/// `100th percentile of x`
pub(in crate::syntax) fn percentile(place: Span, digits: &str) -> Problem {
    let help = match digits.trim_start_matches('0') {
        "" => "write `least of` for the lowest",
        "100" => "write `greatest of` for the highest",
        _ => "write one from `1st percentile of` to `99th percentile of`",
    };
    Problem::error(Code("syntax::percentile"), place, "percentiles go from the 1st to the 99th").help(help)
}

/// A list where only one thing can stand.
pub(in crate::syntax) fn list_not_wanted(list: Span, words: &str) -> Problem {
    Problem::error(Code("syntax::list-not-wanted"), list, format!("`{words}` takes one value, not a list"))
        .help("keep one of the values in brackets")
}

/// `least of (a, b) where …` or `… across …`.
pub(in crate::syntax) fn list_with_condition(place: Span, list: Span) -> Problem {
    Problem::error(Code("syntax::list-with-condition"), place, "a list in brackets has no records to choose from")
        .because(list, "the list")
        .help("`where` and `across` go with one value that every record has: `sum of pooled_fund where credible_case`")
}
