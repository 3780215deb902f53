//! The lines of a file: how far each is indented, where its comment begins and where its content ends.
//!
//! In: a file. Out: its [`Line`]s, and the problems that a line has by itself: too long, a tab in its
//! indentation, a quote that is not closed.

use super::error::{layout, quotes};
use super::{Report, limits};
use crate::source::{SourceFile, Span};
use std::borrow::Cow;

/// A line.
#[derive(Debug)]
pub(super) struct Line {
    /// By how many columns it is indented.
    pub(super) indent: usize,
    /// Offset of its first character that is not blank.
    pub(super) start: usize,
    /// Offset after its last character that is neither blank nor comment; `start` where there is none.
    pub(super) end: usize,
    /// Its comment with the `#`.
    pub(super) comment: Option<Span>,
    /// Whether it cannot be read, which was told.
    pub(super) is_broken: bool,
}

impl Line {
    /// Whether it holds nothing, or only a comment.
    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// Whether a character is read as a blank.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}')
}

/// How many columns a tab in the indentation counts, so that the line can still be placed.
const TAB_COLUMNS: usize = 2;

/// Cuts a file into lines.
pub(super) fn lines(file: &SourceFile, report: &mut Report) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut offset = 0;
    let mut tabs: Vec<Span> = Vec::new();
    for text in file.text.split_inclusive('\n') {
        let indentation = text.len() - text.trim_start_matches(is_blank).len();
        let start = offset + indentation;
        let indent_text = text.get(..indentation).unwrap_or("");
        let content = text.get(indentation..).unwrap_or("");
        let indent = indent_text.chars().map(|c| if c == '\t' { TAB_COLUMNS } else { 1 }).sum();
        let quotes = quotes_and_comment(content);
        let said = content.get(..quotes.comment.unwrap_or(content.len())).unwrap_or("").trim_end_matches(is_blank);
        let mut line = Line { indent, start, end: start + said.len(), comment: None, is_broken: false };
        if let Some(at) = quotes.comment {
            let length = content.trim_end_matches(is_blank).len();
            line.comment = Some(Span::new(file.id, start + at, start + length));
        }
        if let Some(tab) = indent_text.find('\t').filter(|_| !line.is_empty()) {
            tabs.push(Span::new(file.id, offset + tab, offset + tab + 1));
        }
        let body = text.trim_end_matches(['\n', '\r']).len();
        if body > limits::LINE_BYTES {
            line.is_broken = true;
            report.add(layout::line_too_long(Span::new(file.id, start, offset + body), body));
        } else if let Some(open) = quotes.unclosed {
            line.is_broken = true;
            let place = Span::new(file.id, start + open, start + said.len());
            report.add(match said.get(open..).and_then(|rest| rest.find(['“', '”'])) {
                Some(curly) => {
                    quotes::curly(Span::new(file.id, start + open + curly, start + open + curly + '”'.len_utf8()), '”')
                }
                None => quotes::unclosed(place),
            });
        }
        offset += text.len();
        lines.push(line);
    }
    if let Some((first, others)) = tabs.split_first() {
        report.add(layout::tab(*first, others.len()));
    }
    lines
}

/// A text with its comments made blank, byte for byte, so that places in it stay the same.
pub(super) fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains('#') {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let comment = quotes_and_comment(line).comment.unwrap_or(line.len());
        let rest = line.get(comment..).unwrap_or("");
        let ending = rest.len() - rest.trim_end_matches('\n').len();
        blanked.push_str(line.get(..comment).unwrap_or(""));
        blanked.extend(std::iter::repeat_n(' ', rest.len() - ending));
        blanked.push_str(rest.get(rest.len() - ending..).unwrap_or(""));
    }
    Cow::Owned(blanked)
}

struct QuotesAndComment {
    /// Offset of the `#` of a comment.
    comment: Option<usize>,
    /// Offset of a quote that is not closed on the line.
    unclosed: Option<usize>,
}

/// Finds the first `#` outside quotes. A quote inside a text is doubled, which closes and opens it again.
fn quotes_and_comment(content: &str) -> QuotesAndComment {
    let mut open = None;
    for (at, byte) in content.bytes().enumerate() {
        match (byte, open) {
            (b'"', None) => open = Some(at),
            (b'"', Some(_)) => open = None,
            (b'#', None) => return QuotesAndComment { comment: Some(at), unclosed: None },
            _ => {}
        }
    }
    QuotesAndComment { comment: None, unclosed: open }
}
