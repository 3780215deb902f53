//! Where declarations, clauses and rows begin and end, by the layout of the lines alone.
//!
//! In: a file. Out: an [`Outline`], always, and the problems of layout. What a line says is not looked at beyond
//! its first words, so that a mistake in one line never hides what another says.

use super::Report;
use super::ast::DeclarationWord;
use super::clause_words;
use super::error::layout;
use super::lines::{self, Line};
use crate::source::{SourceFile, Span};

/// A file cut into declarations.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// In the order of the text; lines that belong to no declaration are not among them.
    pub(super) chunks: Vec<Chunk>,
    /// Every comment with its `#`.
    pub(super) comments: Vec<Span>,
}

/// A declaration's lines.
#[derive(Debug)]
pub(super) struct Chunk {
    /// Its word.
    pub(super) word: DeclarationWord,
    /// The line at the left margin.
    pub(super) head: Piece,
    /// What is indented under it.
    pub(super) parts: Vec<Part>,
    /// Whether a problem of its layout was told.
    pub(super) is_broken: bool,
}

/// What is read by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Offset of its first character.
    pub(super) start: usize,
    /// Offset after its last character that is neither blank nor comment.
    pub(super) end: usize,
    /// Whether it cannot be read, which was told.
    pub(super) is_broken: bool,
}

/// What stands under a head.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// A clause with its continuation lines.
    Clause(Piece),
    /// A line between bars.
    Row(Piece),
}

/// Cuts a file into declarations.
pub(super) fn outline(file: &SourceFile, report: &mut Report) -> Outline {
    let lines = lines::lines(file, report);
    let mut scan = Scan { file, report, chunks: Vec::new(), state: State::Before, clause_indent: None };
    let mut comments = Vec::new();
    for line in &lines {
        if let Some(comment) = line.comment {
            comments.push(comment);
        }
        if !line.is_empty() {
            scan.line(line);
        }
    }
    Outline { chunks: scan.chunks, comments }
}

/// To what an indented line belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing was declared yet.
    Before,
    /// The last chunk.
    Declared,
    /// Lines that are passed over, because what they belong to could not be read or was told already.
    Skipped,
}

struct Scan<'a> {
    file: &'a SourceFile,
    report: &'a mut Report,
    chunks: Vec<Chunk>,
    state: State,
    /// How far the clauses of the current declaration are indented.
    clause_indent: Option<usize>,
}

impl Scan<'_> {
    fn line(&mut self, line: &Line) {
        let piece = Piece { start: line.start, end: line.end, is_broken: line.is_broken };
        let text = self.file.text.get(line.start..line.end).unwrap_or("");
        match (line.indent, text.starts_with('|')) {
            (0, false) => self.margin(text, piece),
            (indent, is_row) => {
                if is_row && indent == 0 && self.state == State::Declared {
                    self.report.add(layout::row_at_margin(self.span(piece)));
                    self.mark_broken();
                }
                match self.state {
                    State::Before => {
                        self.report.add(layout::belongs_to_nothing(self.span(piece)));
                        self.state = State::Skipped;
                    }
                    State::Skipped => {}
                    State::Declared if is_row => self.part(Part::Row(piece)),
                    State::Declared => self.indented(text, piece, indent),
                }
            }
        }
    }

    /// A line at the left margin.
    fn margin(&mut self, text: &str, piece: Piece) {
        let first = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
        let word = DeclarationWord::ALL.iter().find(|(_, spelling)| *spelling == first).map(|(word, _)| *word);
        if let Some(word) = word {
            return self.declare(word, piece, false);
        }
        let form = clause_words::leading(text);
        if let Some(form) = form {
            let owner = self.chunks.last().map(|chunk| chunk.word);
            let belongs = self.state == State::Declared && owner.is_some_and(|owner| form.belongs_to(owner));
            let place = Piece { end: piece.start + form.text().len().min(text.len()), ..piece };
            self.report.add(layout::clause_at_margin(self.span(place), &form.text(), owner.filter(|_| belongs)));
            if belongs {
                self.mark_broken();
                self.part(Part::Clause(piece));
            } else {
                self.state = State::Skipped;
            }
            return;
        }
        let place = Piece { end: piece.start + first.len().max(first_char_len(text)), ..piece };
        let near = crate::suggest::nearest(first, DeclarationWord::ALL.iter().map(|(_, spelling)| *spelling));
        let meant = DeclarationWord::ALL
            .iter()
            .find(|(_, spelling)| Some(*spelling) == near || *spelling == first.to_lowercase())
            .map(|(word, _)| *word);
        self.report.add(layout::not_a_declaration(self.span(place), self.span(piece), text, meant));
        match meant {
            // Declared all the same, so that what uses its name is not reported too.
            Some(word) => self.declare(word, piece, true),
            None => self.state = State::Skipped,
        }
    }

    fn declare(&mut self, word: DeclarationWord, head: Piece, is_broken: bool) {
        self.chunks.push(Chunk { word, head, parts: Vec::new(), is_broken });
        self.state = State::Declared;
        self.clause_indent = None;
    }

    /// An indented line that is not a row.
    fn indented(&mut self, text: &str, piece: Piece, indent: usize) {
        let Some(clause_indent) = self.clause_indent else {
            self.clause_indent = Some(indent);
            return self.part(Part::Clause(piece));
        };
        let Some(chunk) = self.chunks.last_mut() else { return };
        if indent == clause_indent {
            return chunk.parts.push(Part::Clause(piece));
        }
        let starts_clause = chunk.word == DeclarationWord::Data || clause_words::leading(text).is_some();
        match chunk.parts.last_mut() {
            Some(Part::Clause(last)) if indent > clause_indent || !starts_clause => {
                let previous = *last;
                last.end = piece.end;
                last.is_broken |= piece.is_broken;
                if indent < clause_indent {
                    chunk.is_broken = true;
                    self.report.add(layout::continuation_indent(self.span(piece), self.span(previous)));
                }
            }
            _ => {
                // After rows, or less indented than the clauses above.
                chunk.is_broken = true;
                self.clause_indent = Some(indent.min(clause_indent));
                self.report.add(layout::clause_indent(self.span(piece), text));
                self.part(Part::Clause(piece));
            }
        }
    }

    fn part(&mut self, part: Part) {
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.parts.push(part);
        }
    }

    fn mark_broken(&mut self) {
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.is_broken = true;
        }
    }

    fn span(&self, piece: Piece) -> Span {
        Span::new(self.file.id, piece.start, piece.end)
    }
}

fn first_char_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}
