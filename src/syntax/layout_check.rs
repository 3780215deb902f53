//! What is checked in the text of a clause before it is parsed: brackets in pairs, and how deep it nests.
//!
//! In: the text of a head, clause or cell. Out: the one problem that keeps it from being parsed, if any.

use super::error::{layout, quotes};
use super::limits;
use super::outline::Piece;
use crate::problem::Problem;
use crate::source::{SourceFile, Span};

/// Checks a text.
pub(super) fn check(file: &SourceFile, piece: Piece, text: &str) -> Option<Problem> {
    let span = |start: usize, end: usize| Span::new(file.id, piece.start + start, piece.start + end);
    // For every open bracket, its place and the depth outside it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let start = at;
        at += 1;
        match byte {
            b'"' => {
                while bytes.get(at).is_some_and(|byte| *byte != b'"' && *byte != b'\n') {
                    at += 1;
                }
                at += 1;
            }
            b'#' => {
                while bytes.get(at).is_some_and(|byte| *byte != b'\n') {
                    at += 1;
                }
            }
            b'(' => {
                open.push((start, depth));
                depth += 1;
            }
            b')' => match open.pop() {
                Some((_, outside)) => depth = outside,
                None => return Some(quotes::stray_bracket(span(start, at))),
            },
            // A list goes on outside of what its last member opened.
            b',' => depth = open.last().map_or(0, |(_, outside)| outside + 1),
            _ if byte.is_ascii_alphabetic() || byte == b'_' => {
                while bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
                    at += 1;
                }
                if matches!(text.get(start..at), Some("if" | "where")) {
                    depth += 1;
                }
            }
            _ => {}
        }
        if depth > limits::NESTING {
            return Some(layout::too_deep(span(start, at)));
        }
    }
    let (bracket, _) = open.first()?;
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    Some(quotes::unclosed_bracket(span(*bracket, bracket + 1), span(last, text.len())))
}
