//! What no special case explains: what was expected and what was found.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// Something else stands where these could stand.
pub(in crate::syntax) fn unexpected(place: Span, found: &str, expected: &str) -> Problem {
    let message = if expected.is_empty() {
        format!("{found} cannot stand here")
    } else {
        format!("expected {expected}, found {found}")
    };
    Problem::error(Code("syntax::unexpected"), place, message)
}

/// The parser gave up after too much work.
pub(in crate::syntax) fn too_much_work(clause: Span) -> Problem {
    Problem::error(Code("syntax::too-much-work"), clause, "the clause is too long to be read")
        .help("give parts of it names of their own with `measure`, and use the names")
}
