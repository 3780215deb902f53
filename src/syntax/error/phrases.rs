//! Phrases with words left out, and phrases of ordinary English.

use super::super::ast::DeclarationWord;
use super::clauses::article;
use crate::problem::{Code, Problem};
use crate::source::Span;

const MISSING_IS: Code = Code("syntax::missing-is");

/// `x between a and b`
pub(in crate::syntax) fn between(place: Span, value: &str, low: &str, high: &str) -> Problem {
    Problem::error(Code("syntax::between"), place, "`between` does not say whether its ends belong to it").help(
        format!(
            "write `{}` with both ends, or `{}` without them",
            format!("{value} >= {low} and {value} <= {high}").trim().replace("  ", " "),
            format!("{value} > {low} and {value} < {high}").trim().replace("  ", " ")
        ),
    )
}

/// `weighted mean of x by w`
pub(in crate::syntax) fn weighted(place: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::weighted-form"), place, format!("`{found}` does not say what is weighted by what"))
        .help("write `mean of X weighted by W`")
}

/// `days between a and b`
pub(in crate::syntax) fn days_between(place: Span) -> Problem {
    Problem::error(Code("syntax::days-form"), place, "`days between` does not say from which day to which")
        .help("write `days from A to B`: it is below zero where B is the earlier")
}

/// `mean of x across areas in the same region`
pub(in crate::syntax) fn peers(place: Span, found: &str, name: &str) -> Problem {
    Problem::error(Code("syntax::same-form"), place, format!("`{found}` does not say what the records share"))
        .help(format!("write `with the same {name}`"))
}

/// `x is at least 5`
pub(in crate::syntax) fn comparison_in_words(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(Code("syntax::comparison-in-words"), place, format!("`{found}` is not a comparison of the language"))
        .help(format!("write `{meant}`"))
}

/// `x in previous quarter`
pub(in crate::syntax) fn previous(place: Span, found: &str, kind: &str) -> Problem {
    let meant = if kind == "year" {
        "`in the previous financial year`, or `a year earlier`".to_owned()
    } else {
        format!("`in the previous {kind}`")
    };
    Problem::error(Code("syntax::earlier-form"), place, format!("`{found}` does not name an earlier period"))
        .help(format!("write {meant} after the name"))
}

/// `sum quarter.baseline`
pub(in crate::syntax) fn missing_of(place: Span, words: &str, next: &str) -> Problem {
    let what = if next == "(" { "(…)" } else { next };
    Problem::error(Code("syntax::missing-of"), place, format!("`{words}` is not followed by `of`"))
        .help(format!("write `{words} of {what}`"))
}

/// `if a then b` without `else`, `if a b` without `then`.
pub(in crate::syntax) fn if_without_part(
    place: Span,
    opener: Span,
    wanted: &str,
    is_then: bool,
    found: Option<&str>,
) -> Problem {
    let code = if is_then { Code("syntax::missing-then") } else { Code("syntax::missing-else") };
    let found = found.map_or_else(|| "the end of the clause".to_owned(), |text| format!("`{text}`"));
    let help = if is_then {
        "write `if C then A else B`"
    } else {
        "write `else` and what holds otherwise: every `if` says both; use an `unless` clause for an exception"
    };
    Problem::error(code, place, format!("an `if` has no `{wanted}`: found {found}"))
        .because(opener, "the `if`")
        .help(help)
}

/// `fund if agreed`
pub(in crate::syntax) fn condition_after(place: Span, found: &str, condition: &str, is_all: bool) -> Problem {
    let line = if is_all {
        format!("; or, for nothing otherwise, `only if {condition}` on a line of its own")
    } else {
        String::new()
    };
    Problem::error(
        Code("syntax::condition-after-value"),
        place,
        format!("`{found}` stands after the value that it decides, and nothing says what holds otherwise"),
    )
    .help(format!("write `if {condition} then … else …`{line}"))
}

/// `expect performance £104,300`
pub(in crate::syntax) fn missing_is(place: Span, found: &str) -> Problem {
    Problem::error(MISSING_IS, place, format!("`is` is missing before `{found}`")).help(format!("write `is {found}`"))
}

/// A formula without its `is`, a condition without its `met when`.
pub(in crate::syntax) fn missing_start(place: Span, text: &str, start: &str, word: DeclarationWord) -> Problem {
    let shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = if shown.chars().count() > 60 { "…".to_owned() } else { shown };
    Problem::error(
        MISSING_IS,
        place,
        format!("the formula of {} `{}` does not begin with `{start}`", article(word), word.text()),
    )
    .help(format!("write `{start} {shown}`"))
}

/// `given area code is E06000001`
pub(in crate::syntax) fn is_not_wanted(place: Span) -> Problem {
    Problem::error(Code("syntax::is-not-wanted"), place, "`given` lists columns and their values without `is`")
        .help("write `given area code E06000001, pooled_fund £12m`; a parameter is `given parameter NAME is VALUE`")
}

/// `expect assurance is approved`
pub(in crate::syntax) fn words_without_quotes(place: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::words-without-quotes"), place, format!("`{found}` stands without quotes")).help(
        format!("write `\"{found}\"`; without quotes stand `met`, `not met`, `does not apply` and `cannot determine`"),
    )
}

/// `less x never below £0`
pub(in crate::syntax) fn missing_comma(place: Span, words: &str) -> Problem {
    Problem::error(Code("syntax::missing-comma"), place, format!("a comma is missing before `{words}`"))
        .help(format!("write `, {words}`"))
}

/// `average of x`
pub(in crate::syntax) fn other_of(place: Span, word: &str, meant: Option<&str>) -> Problem {
    let problem =
        Problem::error(Code("syntax::unknown-phrase"), place, format!("`{word} of` is not a phrase of the language"));
    match meant {
        Some(meant) => problem.help(format!("write `{meant}`")),
        None => problem.help("the phrases are `sum of`, `count of`, `share of`, `mean of`, `median of`, `least of`, `greatest of`, `any of`, `all of` and their like"),
    }
}

/// `x is one of "a", "b"`
pub(in crate::syntax) fn one_of(place: Span) -> Problem {
    Problem::error(Code("syntax::one-of"), place, "`one of` is not a comparison of the language")
        .help("write each comparison: `x is \"a\" or x is \"b\"`")
}

/// `rank of x`
pub(in crate::syntax) fn rank(place: Span) -> Problem {
    Problem::error(Code("syntax::rank-form"), place, "a rank does not say among which records, and from which end")
        .help("write `rank of ambition across areas from highest`, or `from lowest`")
}

/// `one of very high, low`
pub(in crate::syntax) fn choice_without_quotes(place: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::choice-without-quotes"), place, format!("`{found}` stands without quotes"))
        .help(format!("write `\"{found}\"` if it is one value, or put a comma between two"))
}
