//! Names, labels and levels.

use super::super::ast::DeclarationWord;
use super::clauses::article;
use crate::problem::{Code, Problem};
use crate::source::Span;

const LEVEL_FORM: Code = Code("syntax::level-form");

const NAME_FORM: Code = Code("syntax::name-form");

/// A word of the language where a name stands.
pub(in crate::syntax) fn reserved(word: Span, found: &str) -> Problem {
    Problem::error(
        Code("syntax::reserved-word"),
        word,
        format!("`{found}` is a word of the language and cannot be a name"),
    )
    .help(format!("add a word to it, as in `{found}_value`"))
}

/// No name where one is wanted.
pub(in crate::syntax) fn missing(place: Span, found: Option<&str>, word: DeclarationWord) -> Problem {
    let found = found.map_or_else(|| "the end of the line".to_owned(), |text| format!("the text {text}"));
    Problem::error(Code("syntax::name-missing"), place, format!("a name is missing: {found} stands where it should be"))
        .help(format!("a name is one word, such as `{} pooled_fund \"Total pooled fund\"`", word.text()))
}

/// `2nd_quarter`
pub(in crate::syntax) fn starts_with_digit(place: Span, found: &str) -> Problem {
    Problem::error(NAME_FORM, place, format!("`{found}` is not a name: a name starts with a letter")).help(match found
        .split_once('_')
        .filter(|(figure, rest)| !figure.is_empty() && rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        Some((figure, rest)) => format!("write `{rest}_{figure}`, for example"),
        None => format!("put a word before it, such as `n_{}`", found.trim_start_matches('_')),
    })
}

/// `pooled fund`, `pooled-fund`
pub(in crate::syntax) fn one_word(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(NAME_FORM, place, format!("`{found}` is not a name: a name is one word"))
        .help(format!("write `{meant}`; a label for people stands after it in quotes"))
}

/// `pooléd_fund`
pub(in crate::syntax) fn letters(place: Span, found: &str, odd: char) -> Problem {
    Problem::error(NAME_FORM, place, format!("`{found}` is not a name: it has the letter `{odd}`"))
        .help("names are made of the letters a to z and A to Z, digits and `_`; labels in quotes may have any letter")
}

/// `measure ambition Planned reduction`
pub(in crate::syntax) fn label_without_quotes(place: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::label-without-quotes"), place, "a label stands without quotes")
        .help(format!("write `\"{found}\"`"))
}

/// `for all areas`
pub(in crate::syntax) fn level(place: Span, found: &str) -> Problem {
    Problem::error(LEVEL_FORM, place, format!("`{found}` is not how a level is written"))
        .help("write `for each area`, with the name of a table, or `for the nation`")
}

/// `parameter x for each area`
pub(in crate::syntax) fn no_level(place: Span, word: DeclarationWord) -> Problem {
    Problem::error(LEVEL_FORM, place, format!("{} `{}` has no level", article(word), word.text()))
        .help("take the `for …` out")
}

/// `source pac` at the left margin.
pub(in crate::syntax) fn source_without_title(place: Span) -> Problem {
    Problem::error(
        Code("syntax::source-without-title"),
        place,
        "a source at the left margin is declared, with its title",
    )
    .help(
        "write its title after its name in quotes; to cite it, indent the line under the declaration that rests on it",
    )
}
