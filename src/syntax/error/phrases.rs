//! Phrases with words left out, and phrases of ordinary English.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// `x between a and b`
pub(in crate::syntax) fn between(place: Span, value: &str, low: &str, high: &str) -> Problem {
    Problem::error(Code("syntax::between"), place, "`between` does not say whether its ends belong to it").help(format!(
        "write `{value} >= {low} and {value} <= {high}` with both ends, or `{value} > {low} and {value} < {high}` without them"
    ))
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

/// `expect performance £104,300`
pub(in crate::syntax) fn missing_is(place: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::missing-is"), place, format!("`is` is missing before `{found}`"))
        .help(format!("write `is {found}`"))
}

/// A formula without its `is`, a condition without its `met when`.
pub(in crate::syntax) fn missing_start(place: Span, text: &str, start: &str, word: &str) -> Problem {
    let shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = if shown.chars().count() > 60 { "…".to_owned() } else { shown };
    Problem::error(
        Code("syntax::missing-is"),
        place,
        format!("the formula of a `{word}` does not begin with `{start}`"),
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
