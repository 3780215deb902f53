//! Names and labels.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// A word of the language where a name stands.
pub(in crate::syntax) fn reserved(word: Span, found: &str) -> Problem {
    Problem::error(
        Code("syntax::reserved-word"),
        word,
        format!("`{found}` is a word of the language and cannot be a name"),
    )
    .help(format!("choose a longer name, such as `{found}_1`"))
}
