//! The whole file: declarations, the comments among them and the blank lines between.
//!
//! The text is written front to back. `at` is the place in the original up to which everything was written, so
//! that a comment is never lost and never written twice.

use super::clause::clause;
use super::columns::{Alignment, column};
use super::lines::{LONGEST_LINE, Lines};
use super::literal::{dated, literal, text};
use super::rows::rows;
use crate::source::{SourceFile, Span};
use crate::syntax::ast::{Clause, ClauseKind, Declaration, DeclarationWord, File, GivenValue, Rows};

/// How deep a clause stands.
const CLAUSE: usize = 2;

/// How deep the rows under a clause stand.
const ROWS: usize = 4;

/// The file laid out anew, with the line ends of the original.
pub(super) fn file(file: &File, source: &SourceFile) -> String {
    let mut layout = Layout { source, comments: &file.comments, at: 0, out: String::new() };
    let mut previous: Option<&Declaration> = None;
    for declaration in &file.declarations {
        layout.between(previous, Some(declaration));
        layout.declaration(declaration);
        previous = Some(declaration);
    }
    layout.between(previous, None);
    let text = layout.out;
    let first_line = source.text.split_inclusive('\n').next().unwrap_or("");
    if first_line.ends_with("\r\n") { text.replace('\n', "\r\n") } else { text }
}

struct Layout<'a> {
    source: &'a SourceFile,
    /// The comments that are not yet written.
    comments: &'a [Span],
    at: usize,
    out: String,
}

impl<'a> Layout<'a> {
    /// The original from one offset to another.
    fn original(&self, from: usize, to: usize) -> &'a str {
        self.source.text.get(from..to).unwrap_or("")
    }

    /// Whether the original has a blank line between what was written and this offset.
    fn is_apart(&self, offset: usize) -> bool {
        let gap = self.original(self.at, offset);
        gap.get(gap.trim_end().len()..).unwrap_or("").matches('\n').count() > 1
    }

    /// Writes a line. Blanks at its end go.
    fn line(&mut self, indent: usize, text: &str) {
        let text = text.trim_end();
        // A line that is only just allowed must not be pushed beyond what is.
        let indent = if indent + text.len() > LONGEST_LINE { 0 } else { indent };
        self.out.push_str(&" ".repeat(if text.is_empty() { 0 } else { indent }));
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes a blank line, but not at the beginning and never two.
    fn blank_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Takes the next comment if it begins before this offset.
    fn comment_before(&mut self, offset: usize) -> Option<Span> {
        let (first, rest) = self.comments.split_first()?;
        if first.start as usize >= offset {
            return None;
        }
        self.comments = rest;
        Some(*first)
    }

    /// Ends the line that was just written: puts the comment on the same line of the original behind it.
    fn end_line(&mut self, end: usize) {
        self.at = end;
        let Some((comment, rest)) = self.comments.split_first() else { return };
        let start = comment.start as usize;
        if start < end || self.original(end, start).chars().any(|c| c == '\n' || !is_blank(c)) {
            return;
        }
        self.comments = rest;
        self.at = comment.end as usize;
        let text = self.source.slice(*comment).trim_end();
        let line = self.out.trim_end_matches('\n').rsplit('\n').next().map_or(0, str::len);
        if line + 2 + text.len() > LONGEST_LINE {
            self.line(0, text);
            return;
        }
        self.out.truncate(self.out.trim_end_matches('\n').len());
        self.out.push_str("  ");
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes the comments before this offset, each on its own line.
    fn comments_before(&mut self, offset: usize, indent: usize, keeps_blank_lines: bool) {
        while let Some(comment) = self.comment_before(offset) {
            if keeps_blank_lines && self.is_apart(comment.start as usize) {
                self.blank_line();
            }
            self.line(indent, self.source.slice(comment));
            self.at = comment.end as usize;
        }
    }

    /// Writes what stands between two declarations, or before the first or after the last.
    fn between(&mut self, previous: Option<&Declaration>, next: Option<&Declaration>) {
        let end = next.map_or(self.source.text.len(), |next| next.span.start as usize);
        if self.foreign(end) {
            return;
        }
        let is_list = matches!((previous, next), (Some(one), Some(other)) if stand_together(one, other));
        let mut is_free = is_list;
        while let Some(comment) = self.comments.first().filter(|comment| (comment.start as usize) < end).copied() {
            // A comment that is indented belongs to the declaration above it.
            let line = self.original(0, comment.start as usize).rsplit('\n').next().unwrap_or("");
            if previous.is_none() || line.is_empty() {
                break;
            }
            self.comments_before(comment.start as usize + 1, CLAUSE, true);
        }
        if self.comments.first().is_some_and(|comment| (comment.start as usize) < end) {
            if !is_free || self.comments.first().is_some_and(|first| self.is_apart(first.start as usize)) {
                self.blank_line();
            }
            self.comments_before(end, 0, true);
            is_free = true;
        }
        if next.is_some() && (!is_free || self.is_apart(end)) {
            self.blank_line();
        }
        self.at = end;
    }

    /// Writes back, as it stands, text between declarations that is neither blank nor a comment.
    fn foreign(&mut self, end: usize) -> bool {
        let mut place = self.at;
        let mut is_foreign = false;
        for comment in self.comments.iter().take_while(|comment| (comment.start as usize) < end) {
            is_foreign |= !self.original(place, comment.start as usize).chars().all(is_blank);
            place = comment.end as usize;
        }
        is_foreign |= !self.original(place, end).chars().all(is_blank);
        if is_foreign {
            while self.comment_before(end).is_some() {}
            self.blank_line();
            self.verbatim(self.original(self.at, end));
            if end < self.source.text.len() {
                self.blank_line();
            }
            self.at = end;
        }
        is_foreign
    }

    /// Writes lines as they stand, without the blank lines around them.
    fn verbatim(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let is_blank_line = |line: &&str| line.chars().all(is_blank);
        let first = lines.iter().position(|line| !is_blank_line(line)).unwrap_or(0);
        let last = lines.iter().rposition(|line| !is_blank_line(line)).map_or(0, |last| last + 1);
        for line in lines.get(first..last).unwrap_or_default() {
            self.line(0, line);
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        let end = declaration.span.end as usize;
        if declaration.is_broken {
            while self.comment_before(end).is_some() {}
            // One that is indented by mistake keeps its indentation: without, it would be mended silently.
            let start = self.original(0, declaration.span.start as usize).trim_end_matches([' ', '\t', '\u{a0}']).len();
            self.verbatim(self.original(start, end));
            self.end_line(end);
            return;
        }
        self.line(0, &head(declaration, self.source));
        self.end_line(head_end(declaration));
        let alignment = Alignment::of(
            declaration.clauses.iter().filter_map(|clause| match &clause.kind {
                ClauseKind::Column(column) => Some(&**column),
                _ => None,
            }),
            self.source,
        );
        let keeps_blank_lines = matches!(declaration.word, DeclarationWord::Data | DeclarationWord::Scenario);
        for (index, clause) in declaration.clauses.iter().enumerate() {
            let start = clause.span.start as usize;
            self.comments_before(start, CLAUSE, index > 0);
            if keeps_blank_lines && index > 0 && self.is_apart(start) {
                self.blank_line();
            }
            self.clause(clause, alignment);
        }
    }

    fn clause(&mut self, clause_: &Clause, alignment: Alignment) {
        let (front_end, table) = match &clause_.kind {
            ClauseKind::Rows(table) => (None, Some((table, CLAUSE))),
            ClauseKind::Given { table, cells, rows } => {
                let end = match cells.last() {
                    Some((_, GivenValue::Literal(value))) => value.span.end,
                    Some((_, GivenValue::Missing(span))) => span.end,
                    None => table.span.end,
                };
                (Some(end), rows.as_deref().map(|rows| (rows, ROWS)))
            }
            _ => (Some(clause_.span.end), None),
        };
        if let Some(end) = front_end {
            self.front(clause_, end as usize, alignment);
        }
        if let Some((table, indent)) = table {
            self.rows(table, indent);
        }
    }

    /// Writes a clause without the rows under it.
    fn front(&mut self, clause_: &Clause, end: usize, alignment: Alignment) {
        let start = clause_.span.start as usize;
        let has_comment = self.comments.first().is_some_and(|comment| (comment.start as usize) < end);
        if has_comment || matches!(clause_.kind, ClauseKind::Broken) {
            while self.comment_before(end).is_some() {}
            self.kept(start, end);
        } else {
            let mut lines = Lines::new(CLAUSE);
            match &clause_.kind {
                ClauseKind::Column(written) => column(&mut lines, written, alignment, self.source),
                _ => clause(&mut lines, clause_, self.source),
            }
            self.out.push_str(&lines.finish());
            self.out.push('\n');
        }
        self.end_line(end);
    }

    /// Writes a clause with its own line breaks, moved as a whole to where a clause stands.
    fn kept(&mut self, start: usize, end: usize) {
        let before = self.original(0, start).rsplit('\n').next().unwrap_or("").chars().count();
        for (index, line) in self.original(start, end).lines().enumerate() {
            let words = line.trim_matches(is_blank);
            if index == 0 {
                self.line(CLAUSE, words);
            } else if !words.is_empty() {
                let depth = line.chars().take_while(|c| is_blank(*c)).count();
                self.line((depth + CLAUSE).saturating_sub(before).max(2 * CLAUSE), words);
            }
        }
    }

    fn rows(&mut self, table: &Rows, indent: usize) {
        let mut lines = rows(table, self.source).into_iter();
        let header = table.header.first().zip(table.header.last()).map(|(first, last)| first.span.to(last.span));
        let spans = header.into_iter().chain(table.rows.iter().map(|row| row.span));
        for (span, line) in spans.zip(lines.by_ref()) {
            self.comments_before(span.start as usize, indent, false);
            self.line(indent, &line);
            let end = self.past_bar(span.end as usize);
            self.end_line(end);
        }
    }

    /// The offset past the bar that closes a row, if blanks lie before it.
    fn past_bar(&self, end: usize) -> usize {
        let rest = self.original(end, self.source.text.len());
        let blanks = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
        let is_bar = rest.get(blanks..).is_some_and(|rest| rest.starts_with('|'));
        if is_bar { end + blanks + 1 } else { end }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Sources and units of one line may stand together without a blank line.
fn stand_together(one: &Declaration, other: &Declaration) -> bool {
    let is_short = |declaration: &Declaration| {
        matches!(declaration.word, DeclarationWord::Source | DeclarationWord::Unit)
            && declaration.clauses.is_empty()
            && !declaration.is_broken
    };
    let change = |declaration: &Declaration| declaration.change.as_ref().map(|change| change.kind);
    one.word == other.word && change(one) == change(other) && is_short(one) && is_short(other)
}

/// Where the words of a head end.
fn head_end(declaration: &Declaration) -> usize {
    let ends = [
        Some(declaration.word_span.end),
        Some(declaration.name.span.end),
        declaration.label.as_ref().map(|label| label.span.end),
        declaration.level.as_ref().map(|level| level.span.end),
        declaration.periods.as_deref().map(|(_, last)| last.span.end),
        declaration.dated.as_ref().map(|dated| dated.span.end),
        declaration.change.as_ref().and_then(|change| change.to.as_ref()).map(|to| to.span.end),
        declaration.change.as_ref().and_then(|change| change.place.as_ref()).map(|place| place.span.end),
    ];
    ends.into_iter().flatten().max().unwrap_or(declaration.head_span.end) as usize
}

/// The line at the margin.
fn head(declaration: &Declaration, source: &SourceFile) -> String {
    let change = declaration.change.as_ref();
    let mut out = change.map_or_else(String::new, |change| format!("{} ", change.kind.text()));
    out.push_str(&format!("{} {}", declaration.word.text(), declaration.name.text));
    if let Some(to) = change.and_then(|change| change.to.as_ref()) {
        out.push_str(&format!(" to {}", to.text));
    }
    let mut add = |words: &str| {
        out.push(' ');
        out.push_str(words);
    };
    if let Some(label) = &declaration.label {
        add(&text(label, source));
    }
    if let Some(base) = &declaration.base {
        add(&format!("to {} from", base.text));
    }
    if let Some(when) = &declaration.dated {
        add(&dated(when, source));
    }
    if let Some(level) = &declaration.level {
        let tables: Vec<&str> = level.tables.iter().map(|table| table.text.as_str()).collect();
        if tables.is_empty() {
            add("for the nation");
        } else {
            add(&format!("for each {}", tables.join(", ")));
        }
    }
    if let Some((first, last)) = declaration.periods.as_deref() {
        out.push_str(&format!(", {} to {}", literal(first, source), literal(last, source)));
    }
    if let Some(place) = change.and_then(|change| change.place.as_ref()) {
        out.push_str(&format!(" {} {}", if place.is_before { "before" } else { "after" }, place.name.text));
    }
    out
}
