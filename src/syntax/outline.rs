//! Where declarations, clauses and rows begin and end, by the layout of the lines alone.
//!
//! In: a file. Out: an [`Outline`], always, and the problems of layout. What a line says is not looked at beyond
//! its first words, so that a mistake in one line never hides what another says.

use super::Report;
use super::ast::{ChangeKind, DeclarationWord};
use super::clause_words::{self, ClauseForm};
use super::error::layout;
use super::lines::{self, Line};
use super::lower::single_blanks;
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
    /// What an amendment does with it, and the words that say so.
    pub(super) change: Option<(ChangeKind, Piece)>,
    /// The line at the left margin, from its word on.
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
    /// Lines that are passed over, because what they belong to was told already.
    Skipped,
    /// The same, after a line that is no declaration.
    Junk,
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
        // A row that lacks its first bar is known by its last.
        let is_row = text.starts_with('|') || (text.ends_with('|') && clause_words::leading(text).is_none());
        match (line.indent, is_row) {
            (0, false) => self.margin(text, piece),
            (indent, is_row) => {
                let is_first =
                    !self.chunks.last().is_some_and(|chunk| matches!(chunk.parts.last(), Some(Part::Row(_))));
                if is_row && indent == 0 && self.state == State::Declared && is_first {
                    self.report.add(layout::row_at_margin(self.span(piece)));
                    self.mark_broken();
                }
                match self.state {
                    State::Before => {
                        self.report.add(layout::belongs_to_nothing(self.span(piece)));
                        self.state = State::Skipped;
                    }
                    State::Skipped | State::Junk => {}
                    State::Declared if is_row => self.part(Part::Row(piece)),
                    State::Declared => self.indented(text, piece, indent),
                }
            }
        }
    }

    /// A line at the left margin.
    fn margin(&mut self, text: &str, piece: Piece) {
        let first = first_name(text);
        if let Some(word) = word_of(first) {
            return self.declare(word, piece, false);
        }
        if let Some((kind, length)) = clause_words::leading_change(text) {
            return self.change(text, piece, kind, length);
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
        self.junk(text, first, piece);
    }

    /// A line at the left margin that begins with the words of a change.
    fn change(&mut self, text: &str, piece: Piece, kind: ChangeKind, length: usize) {
        let words = Piece { end: piece.start + length, ..piece };
        let rest = text.get(length..).unwrap_or("");
        let what = rest.trim_start_matches(lines::is_blank);
        let first = first_name(what);
        let head = Piece { start: piece.end - what.len(), ..piece };
        match word_of(first) {
            Some(word) => {
                self.declare(word, head, false);
                if let Some(chunk) = self.chunks.last_mut() {
                    chunk.change = Some((kind, words));
                }
            }
            None => {
                let spellings = DeclarationWord::ALL.iter().map(|(_, spelling)| *spelling);
                let near = crate::suggest::nearest(first, spellings);
                let place = Piece { end: head.start + first.len(), start: head.start, ..piece };
                let place = if first.is_empty() { words } else { place };
                self.report.add(layout::change_of_what(self.span(place), kind, first, near));
                self.state = State::Skipped;
            }
        }
    }

    /// A line at the left margin that starts with no word of a declaration or a clause.
    fn junk(&mut self, text: &str, first: &str, piece: Piece) {
        let lower = first.to_lowercase();
        let spellings = || DeclarationWord::ALL.iter().map(|(_, spelling)| *spelling);
        let near =
            spellings().find(|spelling| *spelling == lower).or_else(|| crate::suggest::nearest(first, spellings()));
        let meant = DeclarationWord::ALL.iter().find(|(_, spelling)| Some(*spelling) == near).map(|(word, _)| *word);
        let place = Piece { end: piece.start + first.len().max(first_char_len(text)), ..piece };
        match meant.filter(|_| is_shaped_like_head(text, first)) {
            // Declared all the same, so that what uses its name is not reported too.
            Some(word) => {
                self.report.add(layout::not_a_declaration(self.span(place), self.span(piece), text, meant));
                self.declare(word, piece, true);
            }
            // A paragraph of prose is one mistake.
            None if self.state == State::Junk => {}
            None => {
                self.report.add(
                    match ["//", "--", "/*", "*", "%", "rem "].iter().find(|sign| text.starts_with(**sign)) {
                        Some(sign) => {
                            layout::comment_sign(self.span(Piece { end: piece.start + sign.len(), ..piece }), sign)
                        }
                        None => layout::not_a_declaration(self.span(place), self.span(piece), text, meant),
                    },
                );
                self.state = State::Junk;
            }
        }
    }

    fn declare(&mut self, word: DeclarationWord, head: Piece, is_broken: bool) {
        self.chunks.push(Chunk { word, change: None, head, parts: Vec::new(), is_broken });
        self.state = State::Declared;
        self.clause_indent = None;
    }

    /// An indented line that is not a row.
    fn indented(&mut self, text: &str, piece: Piece, indent: usize) {
        if let Some(word) = self.indented_declaration(text) {
            let place = Piece { end: piece.start + word.text().len(), ..piece };
            self.report.add(layout::declaration_indented(self.span(place), word.text()));
            return self.declare(word, piece, true);
        }
        if let Some((kind, length)) = self.indented_change(text) {
            let place = Piece { end: piece.start + length, ..piece };
            self.report.add(layout::declaration_indented(self.span(place), kind.text()));
            self.change(text, piece, kind, length);
            return self.mark_broken();
        }
        let Some(clause_indent) = self.clause_indent else {
            self.clause_indent = Some(indent);
            return self.part(Part::Clause(piece));
        };
        let Some(chunk) = self.chunks.last_mut() else { return };
        if indent == clause_indent {
            return chunk.parts.push(Part::Clause(piece));
        }
        let form = clause_words::leading(text);
        let starts_clause = chunk.word == DeclarationWord::Data || form.is_some();
        if indent > clause_indent
            && let Some(Part::Clause(last)) = chunk.parts.last().copied()
        {
            let before = self.file.text.get(last.start..last.end).unwrap_or("");
            let is_clause = match chunk.word {
                DeclarationWord::Data => !before.ends_with(',') && !text.starts_with(['"', ',']),
                word => form.is_some_and(|form| form.belongs_to(word) && !continues(before, form)),
            };
            if is_clause {
                chunk.is_broken = true;
                let words = form.map_or(String::new(), ClauseForm::text);
                let place = Piece { end: piece.start + words.len().max(first_word_len(text)).min(text.len()), ..piece };
                self.report.add(layout::clause_too_deep(self.span(place), self.file.slice(self.span(place))));
                return self.part(Part::Clause(piece));
            }
        }
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

    /// The word of a declaration that was indented by mistake. A column may be named like one, and a source is cited.
    fn indented_declaration(&self, text: &str) -> Option<DeclarationWord> {
        let owner = self.chunks.last()?.word;
        let word = word_of(first_name(text))?;
        let can_be = owner != DeclarationWord::Data && word != DeclarationWord::Source;
        (can_be && is_shaped_like_head(text, word.text())).then_some(word)
    }

    /// The change of an amendment that was indented by mistake.
    fn indented_change(&self, text: &str) -> Option<(ChangeKind, usize)> {
        let (kind, length) = clause_words::leading_change(text)?;
        let what = text.get(length..)?.trim_start_matches(lines::is_blank);
        let word = word_of(first_name(what))?;
        let is_column = self.chunks.last()?.word == DeclarationWord::Data;
        (!is_column && is_shaped_like_head(what, word.text())).then_some((kind, length))
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

/// Whether what stands before a deeper line can go on with words that also begin a clause: nothing can follow a
/// complete value but an operator, and no clause begins with one, save `is` and what begins with `of`, `if` or `to`.
fn continues(before: &str, form: &ClauseForm) -> bool {
    if matches!(form.words, ["is" | "of" | "if" | "in" | "to" | "unless" | "otherwise", ..]) {
        return !matches!(form.words, ["if" | "unless" | "otherwise", ..]) || !ends_with_value(before);
    }
    !ends_with_value(before) || clause_words::leading(before).is_some_and(|own| single_blanks(before) == own.text())
}

/// Whether a text ends with something that an operator must follow.
fn ends_with_value(text: &str) -> bool {
    let last = text.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
    match last {
        "" => text.ends_with(['"', ')', '%']),
        "of" | "if" | "then" | "else" | "and" | "or" | "not" | "is" | "where" | "in" | "per" | "across" | "from"
        | "to" | "unless" | "below" | "nearest" | "when" => false,
        _ => true,
    }
}

/// The letters, digits and `_` with which a line begins.
fn first_name(text: &str) -> &str {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("")
}

/// The declaration that a word begins.
fn word_of(spelling: &str) -> Option<DeclarationWord> {
    DeclarationWord::ALL.iter().find(|(_, own)| *own == spelling).map(|(word, _)| *word)
}

/// Whether a line reads `word NAME`, with nothing or a label or a level after it.
fn is_shaped_like_head(text: &str, first: &str) -> bool {
    let rest = text.get(first.len()..).unwrap_or("").trim_start_matches(lines::is_blank);
    let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let after = rest.get(name..).unwrap_or("");
    let follows = after.trim_start_matches(lines::is_blank);
    let ends = follows.is_empty()
        || (after.starts_with(lines::is_blank) && (follows.starts_with('"') || follows.starts_with("for ")));
    rest.starts_with(|c: char| c.is_ascii_alphabetic()) && ends
}

fn first_word_len(text: &str) -> usize {
    text.find(lines::is_blank).unwrap_or(text.len())
}

fn first_char_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}
