//! The text around a place, made ready for the drawing of a problem.
//!
//! In: a rules file, or a cell of the data. Out: a [`Snippet`] that miette reads lines from, and the places of
//! labels clamped so that none is lost.
//! The text drawn has the byte offsets of the original, but nothing in it can steer a terminal.

use super::DataPlace;
use crate::source::{SourceFile, Span};
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;

/// A line longer than this is not drawn: the language does not allow it.
const LONGEST_LINE: usize = 2_000;

/// A line of context longer than this is left out.
const LONGEST_CONTEXT: usize = 300;

/// A label over more lines than this is drawn on its first line alone.
const MOST_LINES: usize = 4;

/// Text with a name, and where its lines start.
#[derive(Debug)]
pub(super) struct Snippet {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    first_line: usize,
}

impl Snippet {
    /// The text of a rules file.
    pub(super) fn of_file(file: &SourceFile) -> Self {
        Self::new(file.name.clone(), &file.text, 0)
    }

    /// A cell of the data under the name of its place, on a line numbered as its row.
    pub(super) fn of_cell(place: &DataPlace, cell: &str) -> Self {
        let row = place.row.and_then(|row| usize::try_from(row).ok()).unwrap_or(1);
        let one_line: String = cell.chars().take(120).map(|c| if c == '\n' || c == '\r' { ' ' } else { c }).collect();
        Self::new(place.to_string(), &one_line, row.saturating_sub(1))
    }

    fn new(name: String, text: &str, first_line: usize) -> Self {
        let text = harmless(text);
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, text, line_starts, first_line }
    }

    /// The whole text as a place.
    pub(super) fn all(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// The bytes to draw a label under: never empty, never beyond the text, never on blanks at the end of the
    /// file. `None` where nothing can be drawn.
    pub(super) fn drawn(&self, span: Span) -> Option<Range<usize>> {
        let last = self.text.trim_end().char_indices().next_back()?.0;
        let start = self.boundary((span.start as usize).min(last));
        let line_end = self.line_end(self.line_of(start));
        let end = self.boundary((span.end as usize).min(self.text.len()));
        let words = self.text.get(start..end).map_or(0, |words| words.trim_end().len());
        let end = if words > 0 { start + words } else { self.next_boundary(start) };
        let lines = self.line_of(end.saturating_sub(1)) - self.line_of(start) + 1;
        let end = if lines > MOST_LINES { line_end.max(self.next_boundary(start)) } else { end };
        let is_drawable = (self.line_of(start)..=self.line_of(end.saturating_sub(1)))
            .all(|line| self.line_end(line) - self.line_start(line) <= LONGEST_LINE);
        is_drawable.then_some(start..end)
    }

    /// How many lines stand between two places; 0 where they touch or cross.
    pub(super) fn lines_between(&self, one: &Range<usize>, other: &Range<usize>) -> usize {
        let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
        self.line_of(second.start).saturating_sub(self.line_of(first.end.saturating_sub(1)) + 1)
    }

    /// `file:line:column` of an offset, for places that cannot be drawn.
    pub(super) fn position(&self, offset: usize) -> String {
        let offset = self.boundary(offset.min(self.text.len()));
        format!("{}:{}:{}", self.name, self.line_of(offset) + 1, self.column_of(offset) + 1)
    }

    fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// The end of a line, its line end not included.
    fn line_end(&self, line: usize) -> usize {
        let end = self.line_starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        if end > self.line_start(line) && self.text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end }
    }

    fn column_of(&self, offset: usize) -> usize {
        self.text.get(self.line_start(self.line_of(offset))..offset).unwrap_or("").chars().count()
    }

    fn boundary(&self, mut offset: usize) -> usize {
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn next_boundary(&self, offset: usize) -> usize {
        offset + self.text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }

    fn is_context(&self, line: usize) -> bool {
        line < self.line_starts.len() && self.line_end(line) - self.line_start(line) <= LONGEST_CONTEXT
    }
}

impl SourceCode for Snippet {
    // miette's own reader counts columns in bytes, walks the file from its start each time, and overstates how
    // many lines it gives, which joins snippets that are far apart.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let exact = self.text.get(start..end).ok_or(MietteError::OutOfBounds)?;
        let (mut first, mut last) = (self.line_of(start), self.line_of(end.saturating_sub(1).max(start)));
        let (from, data, column) = if before == 0 && after == 0 {
            (start, exact, self.column_of(start))
        } else {
            first -= usize::from(before > 0 && first > 0 && self.is_context(first - 1));
            last += usize::from(after > 0 && self.is_context(last + 1));
            let from = self.line_start(first);
            (from, self.text.get(from..self.line_start(last + 1)).unwrap_or(exact), 0)
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            (from, data.len()).into(),
            self.first_line + first,
            column,
            last - first + 1,
        )))
    }
}

/// The text with every character that could steer a terminal or reorder a line replaced by one of as many bytes.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        out.push(match c {
            '\n' | '\t' => c,
            '\r' if characters.peek() == Some(&'\n') => c,
            '\r' => ' ',
            '\u{80}'..='\u{9f}' => '\u{bf}',
            _ if c.is_control() => '?',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => '\u{fffd}',
            _ => c,
        });
    }
    out
}

/// One line or several of text that came from a user, fit for a terminal.
pub(super) fn harmless_text(text: &str) -> String {
    harmless(text).replace('\t', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn drawn(text: &str, start: usize, end: usize) -> Option<String> {
        let snippet = Snippet::new("x.rules".to_owned(), text, 0);
        snippet.drawn(Span::new(SourceId(0), start, end)).and_then(|range| Some(snippet.text.get(range)?.to_owned()))
    }

    #[test]
    fn an_empty_or_lost_place_is_drawn_at_the_last_character_that_is_not_blank() {
        assert_eq!(drawn("unit people\n\n", 13, 13).as_deref(), Some("e"));
        assert_eq!(drawn("unit people", 99, 120).as_deref(), Some("e"));
        assert_eq!(drawn("is £1", 3, 3).as_deref(), Some("£"));
        assert_eq!(drawn("is £1", 4, 4).as_deref(), Some("£"), "inside a character");
        assert_eq!(drawn(" \n", 0, 0), None);
    }

    #[test]
    fn a_label_over_many_lines_shrinks_to_its_first_line() {
        assert_eq!(drawn("a\nb\nc\nd\ne\n", 0, 9).as_deref(), Some("a"));
        assert_eq!(drawn("a\nb\n", 0, 3).as_deref(), Some("a\nb"));
    }

    #[test]
    fn a_line_that_is_too_long_is_not_drawn() {
        assert_eq!(drawn(&"x".repeat(3_000), 0, 1), None);
    }

    #[test]
    fn nothing_drawn_can_steer_a_terminal_and_offsets_stay() {
        let text = "a\u{1b}[31m\u{9b}b\u{202e}c\rd\r\n";
        let safe = harmless(text);
        assert_eq!(safe, "a?[31m\u{bf}b\u{fffd}c d\r\n");
        assert_eq!(safe.len(), text.len());
    }
}
