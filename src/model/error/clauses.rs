//! Declarations that lack a clause, have one twice, or have one that does not belong.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// The same thing said twice in one declaration.
pub(crate) const SAID_TWICE: Code = Code("syntax::said-twice");

pub(crate) fn said_twice(what: &str, span: Span, first: Span) -> Problem {
    Problem::error(SAID_TWICE, span, format!("{what} is said twice"))
        .label("said again here")
        .because(first, "first said here")
        .help("keep one of them")
}

/// A declaration without a clause that it needs.
pub(crate) const NOT_SAID: Code = Code("syntax::not-said");

pub(crate) fn not_said(word: &str, name: &str, span: Span, missing: &str, help: &str) -> Problem {
    Problem::error(NOT_SAID, span, format!("the {word} `{name}` does not say {missing}"))
        .label(format!("nothing under it says {missing}"))
        .help(help)
}

/// A clause where it does not belong.
pub(crate) const CLAUSE_ELSEWHERE: Code = Code("syntax::clause-elsewhere");

pub(crate) fn clause_elsewhere(span: Span, message: &str, help: &str) -> Problem {
    Problem::error(CLAUSE_ELSEWHERE, span, message).label("not here").help(help)
}
