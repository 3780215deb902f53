//! Pairs of the parser to the syntax tree: one file per concept, named as in `ast`.
//!
//! In: the outline of a declaration. Out: its [`ast::Declaration`], always. What cannot be read becomes one
//! problem, and a broken clause or cell in its place.
//! A node's place runs from its first token to its last: the parser's own places are used for tokens only,
//! because those of longer rules can include the blanks after them.

mod clause;
mod column;
mod declaration;
mod expression;
mod literal;
mod logic;
mod plain;
mod scenario;
mod table;

use super::ast::{self, DeclarationWord, Name, Text};
use super::expected;
use super::mistakes::{self, Clause};
use super::outline::{Chunk, Piece};
use super::parser::{self, Rule};
use super::{Report, lines, nesting};
use crate::problem::Problem;
use crate::source::{SourceFile, Span};
use pest::iterators::Pair;

/// Reads a declaration.
pub(super) fn declaration(file: &SourceFile, chunk: &Chunk, report: &mut Report) -> ast::Declaration {
    declaration::declaration(file, chunk, report)
}

/// Reads a file that is nothing but a literal.
pub(super) fn literal_alone(file: &SourceFile) -> Option<ast::Literal> {
    let mut report = Report::default();
    let pair = parser::parse(Rule::literal_alone, &file.text).ok()?.next()?;
    let mut lower = Lower::new(file, DeclarationWord::Parameter, &mut report);
    let literal = lower.signed_literal(pair.into_inner().next()?)?;
    report.problems.is_empty().then_some(literal)
}

/// What lowering needs to know of where it is.
struct Lower<'a> {
    file: &'a SourceFile,
    report: &'a mut Report,
    /// The declaration that is read.
    word: DeclarationWord,
    /// Offset in the file of the text that is parsed.
    base: usize,
    /// Signs of arithmetic seen in the current clause.
    operators: usize,
}

impl<'a> Lower<'a> {
    fn new(file: &'a SourceFile, word: DeclarationWord, report: &'a mut Report) -> Self {
        Self { file, report, word, base: 0, operators: 0 }
    }

    /// Parses a piece and hands the children of its rule to `read`; `None` where that was not possible, which
    /// was told.
    fn read<T>(
        &mut self,
        piece: Piece,
        rule: Rule,
        read: impl FnOnce(&mut Self, Vec<Pair<'_, Rule>>) -> Option<T>,
    ) -> Option<T> {
        self.read_either(piece, rule, |_, _| None, read)
    }

    /// The same, but for what `plain` reads from its tokens.
    fn read_either<T>(
        &mut self,
        piece: Piece,
        rule: Rule,
        plain: impl FnOnce(&mut Self, &Clause<'_>) -> Option<Option<T>>,
        read: impl FnOnce(&mut Self, Vec<Pair<'_, Rule>>) -> Option<T>,
    ) -> Option<T> {
        if piece.is_broken || self.report.is_full() {
            return None;
        }
        let text = lines::without_comments(self.file.text.get(piece.start..piece.end)?);
        self.base = piece.start;
        self.operators = 0;
        let clause = Clause::new(self.file, piece, &text, self.word, rule);
        if let Some(problem) = nesting::check(&clause).or_else(|| mistakes::before(&clause)) {
            return self.refuse(problem);
        }
        if let Some(plain) = plain(self, &clause) {
            return plain;
        }
        match parser::parse(rule, &text) {
            Ok(mut pairs) => read(self, pairs.next()?.into_inner().collect()),
            Err(failure) => self.refuse(expected::problem(&clause, &failure)),
        }
    }

    /// The place of a token.
    fn span(&self, token: &Pair<'_, Rule>) -> Span {
        let span = token.as_span();
        Span::new(self.file.id, self.base + span.start(), self.base + span.end())
    }

    fn name(&self, token: &Pair<'_, Rule>) -> Name {
        Name { text: token.as_str().to_owned(), span: self.span(token) }
    }

    /// A text in quotes.
    fn text(&self, token: &Pair<'_, Rule>) -> Text {
        Text { text: unquoted(token.as_str()), span: self.span(token) }
    }

    /// Bare words, joined by single blanks.
    fn words(&self, token: &Pair<'_, Rule>) -> Text {
        Text { text: single_blanks(token.as_str()), span: self.span(token) }
    }

    /// Reports, and gives `None` for the caller to pass on.
    fn refuse<T>(&mut self, problem: Problem) -> Option<T> {
        self.report.add(problem);
        None
    }
}

/// A text without its quotes and with doubled quotes undone.
fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    inner.replace("\"\"", "\"")
}

/// Words with single blanks between them.
pub(super) fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
