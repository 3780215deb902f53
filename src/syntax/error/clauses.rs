//! Heads and clauses: which words begin them, and to which declaration they belong.

use super::super::ast::{ChangeKind, DeclarationWord};
use super::{each, either};
use crate::problem::{Code, Problem};
use crate::source::Span;

const UNKNOWN_CLAUSE: Code = Code("syntax::unknown-clause");

/// A clause that begins with no words of a clause.
pub(in crate::syntax) fn unknown(
    place: Span,
    found: &str,
    word: DeclarationWord,
    allowed: &[String],
    near: Option<&str>,
) -> Problem {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if allowed.is_empty() => format!("a `{}` is one line and has no clauses", word.text()),
        None => format!("{} `{}` has {}", article(word), word.text(), each(allowed)),
    };
    Problem::error(
        UNKNOWN_CLAUSE,
        place,
        format!("no clause of {} `{}` begins with `{found}`", article(word), word.text()),
    )
    .help(help)
}

/// A sentence where a clause stands.
pub(in crate::syntax) fn sentence(line: Span, word: DeclarationWord) -> Problem {
    Problem::error(UNKNOWN_CLAUSE, line, format!("a line under {} `{}` is not a clause", article(word), word.text()))
        .label("reads like a sentence")
        .help("put `#` before it to make it a comment, or write it as `note \"…\"`")
}

/// A clause under what is only omitted or renamed.
pub(in crate::syntax) fn of_change(place: Span, clause: &str, kind: Option<ChangeKind>) -> Problem {
    let words = kind.map_or("", ChangeKind::text);
    Problem::error(Code("syntax::clause-of-change"), place, format!("`{words}` has no clause `{clause}`")).help(
        format!("under `{words}` stand `source`, `note` and `unverified`; to say something anew, write `replace`"),
    )
}

/// A clause of another kind of declaration.
pub(in crate::syntax) fn of_another(
    place: Span,
    clause: &str,
    word: DeclarationWord,
    word_span: Span,
    allowed: &[String],
    owners: &[String],
) -> Problem {
    let help = if allowed.is_empty() {
        format!("a `{}` is one line and has no clauses", word.text())
    } else {
        format!("{} `{}` has {}; `{clause}` belongs to {}", article(word), word.text(), each(allowed), either(owners))
    };
    Problem::error(
        Code("syntax::clause-of-another"),
        place,
        format!("{} `{}` has no clause `{clause}`", article(word), word.text()),
    )
    .because(word_span, format!("this is {} `{}`", article(word), word.text()))
    .help(help)
}

/// A clause that a declaration has once.
pub(in crate::syntax) fn twice(place: Span, clause: &str, first: Span, word: DeclarationWord) -> Problem {
    Problem::error(
        Code("syntax::clause-twice"),
        place,
        format!("{} `{}` has `{clause}` only once", article(word), word.text()),
    )
    .because(first, "it is here already")
    .help("keep one of the two")
}

/// `from` or `to` after the value of something that is no parameter.
pub(in crate::syntax) fn dates_outside_parameter(place: Span, word: DeclarationWord) -> Problem {
    Problem::error(
        Code("syntax::dates-outside-parameter"),
        place,
        format!("only a `parameter` has values with dates, not {} `{}`", article(word), word.text()),
    )
    .help("declare a `parameter` with these dates, and use its name here")
}

/// Both `column value` pairs and rows.
pub(in crate::syntax) fn given_twice(rows: Span, clause: Span) -> Problem {
    Problem::error(Code("syntax::given-twice"), rows, "the same `given` has values on its line and rows under it")
        .because(clause, "values here")
        .help("put everything in the rows, or everything on the line")
}

/// A status that is none of the four.
pub(in crate::syntax) fn status(place: Span, found: &str, near: Option<&str>) -> Problem {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `in force`, `proposal`, `announced` or `superseded`".to_owned(),
    };
    Problem::error(Code("syntax::unknown-status"), place, format!("`{found}` is no status of a ruleset")).help(help)
}

/// `shown to 40 decimals`
pub(in crate::syntax) fn decimals(place: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::decimals"), place, format!("a result is shown to 0 to 20 decimals, not to `{found}`"))
        .help("write `shown to 2 decimals`")
}

/// The article before a word of a declaration.
pub(in crate::syntax) fn article(word: DeclarationWord) -> &'static str {
    if word.text().starts_with(['a', 'o']) { "an" } else { "a" }
}
