//! Mistakes that people make, known by sight: habits of other languages, of spreadsheets and of letters.
//!
//! In: a clause. Before parsing, what would be read as something else ([`before`]); after parsing failed, what
//! stands where it failed ([`after`]). Out: one problem that says what to write. What is not known here gets the
//! general message of `expected`.

mod dates;
mod heads;
mod numbers;
mod phrases;
mod signs;

pub(super) use heads::RESERVED;
pub(super) use numbers::{factor, unit};

use dates::month_like;

use super::ast::DeclarationWord;
use super::error::{general, quotes};
use super::outline::Piece;
use super::parser::Rule;
use super::token::{self, Kind, Token};
use crate::problem::Problem;
use crate::source::{SourceFile, Span};

/// A head, clause or cell with its tokens.
pub(super) struct Clause<'t> {
    file: &'t SourceFile,
    piece: Piece,
    /// The declaration it belongs to.
    pub(super) word: DeclarationWord,
    /// The rule it must follow.
    pub(super) rule: Rule,
    /// The tokens, with places within the text.
    pub(super) tokens: Vec<Token<'t>>,
}

impl<'t> Clause<'t> {
    pub(super) fn new(file: &'t SourceFile, piece: Piece, text: &'t str, word: DeclarationWord, rule: Rule) -> Self {
        Self { file, piece, word, rule, tokens: token::tokens(text) }
    }

    /// The place of a token.
    pub(super) fn span(&self, token: &Token<'_>) -> Span {
        Span::new(self.file.id, self.piece.start + token.start, self.piece.start + token.end())
    }

    /// From the first of two tokens to the last.
    pub(super) fn between(&self, first: &Token<'_>, last: &Token<'_>) -> Span {
        self.span(first).to(self.span(last))
    }

    /// The text from the first of two tokens to the last.
    pub(super) fn slice(&self, first: &Token<'_>, last: &Token<'_>) -> &'t str {
        self.file.slice(self.between(first, last))
    }

    /// The last character.
    pub(super) fn end(&self) -> Span {
        let last = self.tokens.last();
        let length = last.and_then(|token| token.text.chars().next_back()).map_or(1, char::len_utf8);
        Span::new(self.file.id, self.piece.end.saturating_sub(length), self.piece.end)
    }

    /// All of it.
    pub(super) fn text(&self) -> &'t str {
        self.file.text.get(self.piece.start..self.piece.end).unwrap_or("")
    }

    /// Whether it is a cell between bars.
    pub(super) fn is_cell(&self) -> bool {
        matches!(self.rule, Rule::tested_cell | Rule::result_cell)
    }

    /// Whether it is the line at the left margin.
    pub(super) fn is_head(&self) -> bool {
        matches!(
            self.rule,
            Rule::rules_head
                | Rule::amendment_head
                | Rule::source_head
                | Rule::data_head
                | Rule::named_head
                | Rule::valued_head
                | Rule::changed_head
                | Rule::renamed_head
        )
    }
}

/// Where parsing stopped.
pub(super) struct Stop<'c, 't> {
    /// The clause.
    pub(super) clause: &'c Clause<'t>,
    /// The index of the token where it stopped; past the last one at the end.
    pub(super) index: usize,
    /// The rules that could have followed.
    pub(super) expected: &'c [Rule],
}

impl<'c, 't> Stop<'c, 't> {
    /// The token `by` places after the stop, before it where negative.
    fn token(&self, by: isize) -> Option<&'c Token<'t>> {
        self.clause.tokens.get(self.index.checked_add_signed(by)?)
    }

    /// Whether the token `by` places after the stop is one of these.
    fn is_one_of(&self, by: isize, texts: &[&str]) -> bool {
        self.token(by).is_some_and(|token| texts.contains(&token.text))
    }

    /// Whether the token `by` places after the stop is of this kind.
    fn is_kind(&self, by: isize, kind: Kind) -> bool {
        self.token(by).is_some_and(|token| token.kind == kind)
    }

    fn expects(&self, rule: Rule) -> bool {
        self.expected.contains(&rule)
    }

    /// From the token `first` places after the stop to the one `last` places after it.
    fn span(&self, first: isize, last: isize) -> Option<Span> {
        Some(self.clause.between(self.token(first)?, self.token(last)?))
    }

    /// The text of the same.
    fn slice(&self, first: isize, last: isize) -> Option<&'t str> {
        Some(self.clause.slice(self.token(first)?, self.token(last)?))
    }
}

/// What would be read as something that is not meant, or hides every other mistake.
pub(super) fn before(clause: &Clause<'_>) -> Option<Problem> {
    for (index, token) in clause.tokens.iter().enumerate() {
        let rest = clause.tokens.get(index..).unwrap_or_default();
        let found = match token.kind {
            Kind::Figure => dates::in_figures(clause, rest).or_else(|| numbers::separators(clause, token)),
            Kind::Mark => curly(clause, token),
            Kind::Text => backslash(clause, rest),
            Kind::Word => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn curly(clause: &Clause<'_>, token: &Token<'_>) -> Option<Problem> {
    let quote = token.text.chars().next().filter(|c| matches!(c, '“' | '”' | '„' | '«' | '»'))?;
    Some(quotes::curly(clause.span(token), quote))
}

/// `"the \"core\" offer"`
fn backslash(clause: &Clause<'_>, rest: &[Token<'_>]) -> Option<Problem> {
    let [text, next, ..] = rest else { return None };
    if !text.text.ends_with("\\\"") || !text.touches(next) {
        return None;
    }
    let end = clause.piece.start + text.end();
    Some(quotes::backslash(Span::new(clause.file.id, end - 2, end)))
}

/// What stands where parsing stopped.
pub(super) fn after(stop: &Stop<'_, '_>) -> Option<Problem> {
    if stop.clause.is_head() {
        return signs::foreign(stop).or_else(|| heads::head(stop));
    }
    signs::foreign(stop)
        .or_else(|| dates::date(stop))
        .or_else(|| numbers::number(stop))
        .or_else(|| phrases::phrase(stop))
        .or_else(|| heads::name(stop))
        .or_else(|| side_by_side(stop))
}

/// A value after a value, or words after a clause that is complete.
fn side_by_side(stop: &Stop<'_, '_>) -> Option<Problem> {
    let (first, found) = (stop.token(-1)?, stop.token(0)?);
    if !stop.expects(Rule::EOI) && !stop.expects(Rule::RIGHT_BRACKET) && !stop.expects(Rule::THEN) {
        return None;
    }
    let starts_value = found.kind != Kind::Mark || found.is("(");
    if stop.expects(Rule::SIGN) {
        let is_word = |token: &Token<'_>| token.kind == Kind::Word && !RESERVED.contains(&token.text);
        let is_reserved = RESERVED.contains(&found.text);
        let joined = (is_word(first) && is_word(found)).then(|| format!("{}_{}", first.text, found.text));
        return (starts_value && !is_reserved).then(|| {
            general::no_operator(stop.clause.span(found), stop.clause.span(first), found.text, joined.as_deref())
        });
    }
    let last = stop.clause.tokens.last()?;
    let is_end = stop.expects(Rule::EOI) && stop.clause.rule != Rule::column;
    is_end.then(|| general::trailing(stop.clause.between(found, last), stop.clause.slice(found, last)))
}
