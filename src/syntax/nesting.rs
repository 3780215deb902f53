//! Brackets in pairs, and how deep a clause nests.
//!
//! In: the tokens of a clause. Out: the one problem that keeps it from being parsed, if any. What passes may be
//! parsed and walked by recursion.

use super::error::{layout, quotes};
use super::limits;
use super::mistakes::Clause;
use crate::problem::Problem;

/// Checks a clause.
pub(super) fn check(clause: &Clause<'_>) -> Option<Problem> {
    // For every open bracket, its place and the depth outside it.
    let mut open = Vec::new();
    let mut depth = 0;
    for token in &clause.tokens {
        match token.text {
            "(" => {
                open.push((token, depth));
                depth += 1;
            }
            ")" => match open.pop() {
                Some((_, outside)) => depth = outside,
                None => return Some(quotes::stray_bracket(clause.span(token))),
            },
            // A list goes on outside of what its last member opened.
            "," => depth = open.last().map_or(0, |(_, outside)| outside + 1),
            "if" | "where" => depth += 1,
            _ => {}
        }
        if depth > limits::NESTING {
            return Some(layout::too_deep(clause.span(token)));
        }
    }
    let (bracket, _) = open.first()?;
    Some(quotes::unclosed_bracket(clause.span(bracket), clause.end()))
}
