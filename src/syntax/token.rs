//! The words and marks of a clause, cut by hand: for what is checked before parsing and told after it fails.
//!
//! In: the text of a head, clause or cell, its comments made blank. Out: its [`Token`]s. It knows marks
//! of other languages (`==`, `&&`, `“`) as whole tokens, which the grammar does not.

use super::lines::is_blank;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, digits and `_`, a letter first.
    Word,
    /// Digits with separators and a decimal point between them.
    Figure,
    /// A text in straight quotes.
    Text,
    /// Anything else: one character, or a sign of several.
    Mark,
}

/// A word or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// What it is.
    pub(super) kind: Kind,
    /// As written.
    pub(super) text: &'t str,
    /// Offset of its first byte.
    pub(super) start: usize,
}

impl Token<'_> {
    /// Offset after its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this word or mark.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether `next` follows without a blank.
    pub(super) fn touches(&self, next: &Token<'_>) -> bool {
        self.end() == next.start
    }

    /// Whether it is a figure of so many digits and nothing else.
    pub(super) fn has_digits(&self, counts: std::ops::RangeInclusive<usize>) -> bool {
        self.kind == Kind::Figure && counts.contains(&self.text.len()) && self.text.bytes().all(|b| b.is_ascii_digit())
    }
}

/// Signs of several characters, ours and those of other languages.
const SIGNS: [&str; 14] = ["//", "/*", "===", "!==", "==", "!=", "<>", "=>", "=<", "<=", ">=", "&&", "||", "**"];

/// Cuts a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        if is_blank(first) {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = token(rest, first);
        tokens.push(Token { kind, text: rest.get(..length).unwrap_or(rest), start: at });
        at += length;
    }
    tokens
}

/// What stands at the beginning of a text that begins with `first`, and how long it is.
fn token(rest: &str, first: char) -> (Kind, usize) {
    if first == '"' {
        return (Kind::Text, text_length(rest));
    }
    if first.is_ascii_digit() {
        return (Kind::Figure, figure_length(rest.as_bytes()));
    }
    if first.is_alphabetic() || first == '_' {
        return (Kind::Word, rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len()));
    }
    let sign = if first.is_ascii() { SIGNS.iter().find(|sign| rest.starts_with(**sign)) } else { None };
    (Kind::Mark, sign.map_or(first.len_utf8(), |sign| sign.len()))
}

/// A text ends at its closing quote, or at the end of its line.
fn text_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => return at,
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

fn figure_length(bytes: &[u8]) -> usize {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 1;
    while is_digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && is_digit(at + 1)) {
        at += 1;
    }
    at
}
