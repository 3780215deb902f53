//! Quotes and brackets.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// A text is opened and not closed on its line.
pub(in crate::syntax) fn unclosed(text: Span) -> Problem {
    Problem::error(Code("syntax::unclosed-quote"), text, "a text has no closing quote")
        .label("opens here and does not end on this line")
        .help("close it with `\"`; a quote inside a text is doubled: `\"the \"\"core\"\" offer\"`")
}

/// A quote of a word processor.
pub(in crate::syntax) fn curly(place: Span, quote: char) -> Problem {
    Problem::error(Code("syntax::curly-quotes"), place, format!("`{quote}` is a curly quote"))
        .label("from a word processor")
        .help("write straight quotes: `\"…\"`")
}

/// A bracket is opened and not closed in its clause.
pub(in crate::syntax) fn unclosed_bracket(bracket: Span, end: Span) -> Problem {
    Problem::error(Code("syntax::unclosed-bracket"), bracket, "a bracket is not closed")
        .label("opens here")
        .because(end, "the clause ends here without `)`")
        .help("add `)` where the part in brackets ends")
}

/// A closing bracket without an opening one.
pub(in crate::syntax) fn stray_bracket(bracket: Span) -> Problem {
    Problem::error(Code("syntax::stray-bracket"), bracket, "a bracket closes what was not opened")
        .label("no `(` before it in this clause")
        .help("take it out, or add `(` where the part in brackets begins")
}

/// `'low'`
pub(in crate::syntax) fn single(place: Span, found: &str) -> Problem {
    Problem::error(Code("syntax::single-quotes"), place, format!("`{found}` is not a quote of the language"))
        .help("write straight double quotes: `\"…\"`")
}

/// `"the \"core\" offer"`
pub(in crate::syntax) fn backslash(place: Span) -> Problem {
    Problem::error(Code("syntax::quote-in-text"), place, "a backslash does not put a quote into a text")
        .label("the text ends here")
        .help("double the quote: `\"the \"\"core\"\" offer\"`")
}
