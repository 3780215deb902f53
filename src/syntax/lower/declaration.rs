//! Declarations: the head, then every clause and row under it.

use super::super::ast::{
    Change, ChangeKind, Clause, ClauseKind, Declaration, DeclarationWord, Level, Literal, Name, Place, Text,
};
use super::super::clause_words::{self, ClauseForm};
use super::super::error::{clauses as error, general, phrases, signs};
use super::super::outline::{Chunk, Part, Piece};
use super::super::parser::{self, Rule};
use super::super::{Report, lines, mistakes};
use super::Lower;
use crate::source::{SourceFile, Span};
use pest::iterators::Pair;

/// Reads a declaration.
pub(super) fn declaration(file: &SourceFile, chunk: &Chunk, report: &mut Report) -> Declaration {
    let mut lower = Lower::new(file, chunk.word, report);
    let head = lower.head(chunk);
    let end = chunk.parts.last().map_or(chunk.head.end, |part| match part {
        Part::Clause(piece) | Part::Row(piece) => piece.end,
    });
    let word_end = chunk.head.start + chunk.word.text().len().min(chunk.head.end - chunk.head.start);
    let start = chunk.change.map_or(chunk.head.start, |(_, words)| words.start);
    let head_span = Span::new(file.id, start, chunk.head.end);
    let change = chunk.change.map(|(kind, words)| {
        let (place, to) = (None, None);
        Box::new(Change { kind, span: Span::new(file.id, words.start, words.end), place, to })
    });
    let mut declaration = Declaration {
        word: chunk.word,
        word_span: Span::new(file.id, chunk.head.start, word_end),
        name: Name { text: String::new(), span: head_span },
        label: None,
        level: None,
        periods: None,
        dated: None,
        base: None,
        change,
        clauses: Vec::new(),
        span: Span::new(file.id, start, end),
        head_span,
        is_broken: chunk.is_broken,
    };
    match head {
        Some(Head { name, label, level, periods, dated, other, place }) => {
            match &mut declaration.change {
                Some(change) => (change.to, change.place) = (other, place),
                None => declaration.base = other.map(Box::new),
            }
            declaration = Declaration { name, label, level, periods, dated, ..declaration };
        }
        None => {
            declaration.is_broken = true;
            if let Some(name) = name_in_broken_head(file, chunk.head) {
                declaration.name = name;
            }
        }
    }
    lower.parts(chunk, &mut declaration);
    declaration
}

/// What a head says after its word.
struct Head {
    name: Name,
    label: Option<Text>,
    level: Option<Level>,
    periods: Option<Box<(Literal, Literal)>>,
    dated: Option<Box<Literal>>,
    /// The name after `to`.
    other: Option<Name>,
    place: Option<Place>,
}

impl Head {
    fn named(name: Name) -> Self {
        Self { name, label: None, level: None, periods: None, dated: None, other: None, place: None }
    }
}

/// The second word of a head that cannot be read, if it can be a name.
fn name_in_broken_head(file: &SourceFile, head: Piece) -> Option<Name> {
    let text = file.text.get(head.start..head.end)?;
    let after_word = text.find(lines::is_blank)?;
    let rest = text.get(after_word..)?;
    let start = after_word + (rest.len() - rest.trim_start_matches(lines::is_blank).len());
    let rest = text.get(start..)?;
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let name = rest.get(..length)?;
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| Name {
        text: name.to_owned(),
        span: Span::new(file.id, head.start + start, head.start + start + length),
    })
}

impl Lower<'_> {
    fn head(&mut self, chunk: &Chunk) -> Option<Head> {
        if chunk.is_broken && !self.file.text.get(chunk.head.start..)?.starts_with(chunk.word.text()) {
            // The misspelt word was told; the rest is not looked at.
            return None;
        }
        let change = chunk.change.map(|(kind, _)| kind);
        let rule = match chunk.word {
            _ if change == Some(ChangeKind::Rename) => Rule::renamed_head,
            _ if change.is_some_and(|kind| !kind.declares()) => Rule::changed_head,
            DeclarationWord::Rules => Rule::rules_head,
            DeclarationWord::Amendment => Rule::amendment_head,
            DeclarationWord::Source => Rule::source_head,
            DeclarationWord::Data => Rule::data_head,
            DeclarationWord::Unit | DeclarationWord::Parameter | DeclarationWord::Scenario => Rule::named_head,
            DeclarationWord::Measure
            | DeclarationWord::Condition
            | DeclarationWord::Permission
            | DeclarationWord::Payment
            | DeclarationWord::Allocation
            | DeclarationWord::Outcome
            | DeclarationWord::Decision
            | DeclarationWord::Check
            | DeclarationWord::Discretion
            | DeclarationWord::Ladder => Rule::valued_head,
        };
        let plain = |lower: &mut Self, clause: &mistakes::Clause<'_>| match rule {
            Rule::named_head | Rule::valued_head => {
                lower.plain_head(clause).map(|(name, label)| Some(Head { label, ..Head::named(name) }))
            }
            _ => None,
        };
        let head = self.read_either(chunk.head, rule, plain, Self::head_parts)?;
        let is_inserted = matches!(change, Some(ChangeKind::Insert | ChangeKind::InsertInto));
        if let Some(place) = head.place.as_ref().filter(|_| !is_inserted) {
            let text = self.file.slice(place.span);
            return self.refuse(general::trailing(place.span, text));
        }
        Some(head)
    }

    fn head_parts(&mut self, pairs: Vec<Pair<'_, Rule>>) -> Option<Head> {
        let mut head = Head::named(Name { text: String::new(), span: Span::default() });
        let mut is_named = false;
        for pair in pairs {
            match pair.as_rule() {
                Rule::NAME if !is_named => {
                    head.name = self.name(&pair);
                    is_named = true;
                }
                Rule::NAME => {
                    let name = self.name(&pair);
                    if let Some(level) = &mut head.level {
                        level.span = level.span.to(name.span);
                        level.tables.push(name);
                    } else {
                        head.other = Some(name);
                    }
                }
                Rule::place => {
                    let tokens: Vec<_> = pair.into_inner().collect();
                    let (word, name) = (tokens.first()?, tokens.last()?);
                    let span = self.span(word).to(self.span(name));
                    head.place = Some(Place { is_before: word.as_rule() == Rule::BEFORE, name: self.name(name), span });
                }
                Rule::TEXT => head.label = Some(self.text(&pair)),
                Rule::FOR_EACH => head.level = Some(Level { tables: Vec::new(), span: self.span(&pair) }),
                Rule::level => head.level = Some(self.level(pair)?),
                Rule::period_range => {
                    let mut ends = pair.into_inner().filter(|end| end.as_rule() != Rule::TO);
                    head.periods = Some(Box::new((self.literal(ends.next()?)?, self.literal(ends.next()?)?)));
                }
                Rule::DATE | Rule::QUARTER | Rule::MONTH | Rule::FINANCIAL_YEAR | Rule::PLAIN => {
                    head.dated = Some(Box::new(self.literal(pair)?));
                }
                _ => {}
            }
        }
        Some(head)
    }

    fn level(&mut self, pair: Pair<'_, Rule>) -> Option<Level> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let span = self.span(tokens.first()?).to(self.span(tokens.last()?));
        let tables =
            tokens.iter().filter(|token| token.as_rule() == Rule::NAME).map(|token| self.name(token)).collect();
        Some(Level { tables, span })
    }

    fn parts(&mut self, chunk: &Chunk, declaration: &mut Declaration) {
        let mut rows: Vec<Piece> = Vec::new();
        // A clause is large: no more room than there are, the rows of a table being one.
        let is_clause = |part: &&Part| matches!(part, Part::Clause(_));
        let clauses = chunk.parts.iter().filter(is_clause).count();
        declaration.clauses.reserve_exact(clauses + usize::from(clauses < chunk.parts.len()));
        for part in &chunk.parts {
            match part {
                Part::Row(piece) => rows.push(*piece),
                Part::Clause(piece) => {
                    self.rows(&mut rows, declaration);
                    self.clause(*piece, declaration);
                }
            }
        }
        self.rows(&mut rows, declaration);
        declaration.is_broken |= declaration.clauses.iter().any(|clause| matches!(clause.kind, ClauseKind::Broken));
    }

    fn clause(&mut self, piece: Piece, declaration: &mut Declaration) {
        let span = Span::new(self.file.id, piece.start, piece.end);
        let kind = match self.form(piece, declaration) {
            Some(form) => self.read_either(
                piece,
                form.rule,
                |lower, clause| lower.plain_clause(form, clause),
                |lower, pairs| lower.clause_kind(form.rule, pairs),
            ),
            None => None,
        };
        declaration.clauses.push(Clause { kind: kind.unwrap_or(ClauseKind::Broken), span });
    }

    /// Which clause it is; `None` where it is none of this declaration, which was told.
    fn form(&mut self, piece: Piece, declaration: &Declaration) -> Option<&'static ClauseForm> {
        let text = self.file.text.get(piece.start..piece.end)?;
        if piece.is_broken || self.report.is_full() {
            return None;
        }
        let change = declaration.change.as_ref().map(|change| change.kind);
        // What is omitted or renamed says at most why.
        let only_says_why = matches!(change, Some(ChangeKind::Omit | ChangeKind::Rename));
        if self.word == DeclarationWord::Data && !only_says_why {
            let rule = if change == Some(ChangeKind::OmitFrom) { Rule::omitted_columns } else { Rule::column };
            return clause_words::FORMS.iter().find(|form| form.rule == rule);
        }
        let Some(form) = clause_words::leading(text) else {
            if let Some(rest) = text.strip_prefix('=')
                && let Some(start) = self.missing_start(rest)
            {
                let place = Span::new(self.file.id, piece.start, piece.start + 1);
                return self.refuse(signs::comparison(place, "=", start));
            }
            if is_sentence(text) {
                return self.refuse(error::sentence(Span::new(self.file.id, piece.start, piece.end), self.word));
            }
            if let Some(start) = self.missing_start(text) {
                let place = Span::new(self.file.id, piece.start, piece.end);
                return self.refuse(phrases::missing_start(place, &text.replace(" = ", " is "), start, self.word));
            }
            let allowed = clause_words::of_declaration(self.word);
            let (found, near) = unknown_words(text, self.word, &allowed);
            let place = Span::new(self.file.id, piece.start, piece.start + found.len());
            return self.refuse(error::unknown(place, found, self.word, &allowed, near));
        };
        let words = Span::new(self.file.id, piece.start, piece.start + words_len(text, form.words.len()));
        if only_says_why {
            let says_why = matches!(form.rule, Rule::source_clause | Rule::note_clause | Rule::unverified_clause);
            return if says_why { Some(form) } else { self.refuse(error::of_change(words, &form.text(), change)) };
        }
        if !form.belongs_to(self.word) {
            let allowed = clause_words::of_declaration(self.word);
            let owners: Vec<String> = form.owners.iter().map(|owner| owner.text().to_owned()).collect();
            let problem = error::of_another(words, &form.text(), self.word, declaration.word_span, &allowed, &owners);
            return self.refuse(problem);
        }
        let repeats = form.once || (form.rule == Rule::is_clause && self.word != DeclarationWord::Parameter);
        if repeats && let Some(first) = self.same_clause(form, declaration) {
            return self.refuse(error::twice(words, &form.text(), first, self.word));
        }
        Some(form)
    }

    /// The words that a formula without a beginning should have begun with.
    fn missing_start(&self, text: &str) -> Option<&'static str> {
        let start = match self.word {
            DeclarationWord::Parameter
            | DeclarationWord::Measure
            | DeclarationWord::Payment
            | DeclarationWord::Discretion => "is",
            DeclarationWord::Condition => "met when",
            DeclarationWord::Permission => "used when",
            DeclarationWord::Check => "holds when",
            _ => return None,
        };
        // A single name is more likely a word of a clause that is misspelt.
        let is_formula = text.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || lines::is_blank(c)));
        // `a = b` is the commonest formula of a check.
        let text = lines::without_comments(text).replace(" = ", " is ");
        (is_formula && parser::parse(Rule::result_cell, &text).is_ok()).then_some(start)
    }

    /// The words of an earlier clause of the same form.
    fn same_clause(&self, form: &ClauseForm, declaration: &Declaration) -> Option<Span> {
        declaration.clauses.iter().find_map(|clause| {
            let text = self.file.text.get(clause.span.range())?;
            let same = clause_words::leading(text).is_some_and(|other| other.rule == form.rule);
            let start = clause.span.start as usize;
            same.then(|| Span::new(self.file.id, start, start + words_len(text, form.words.len())))
        })
    }
}

/// Whether a line is five words or more and nothing else.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | ',' | '.' | '-'));
    text.split_whitespace().count() >= 5 && text.split_whitespace().filter(|word| is_word(word)).count() >= 5
}

/// Bytes of the first `count` words of a text with the blanks between them.
fn words_len(text: &str, count: usize) -> usize {
    let mut end = 0;
    for _ in 0..count {
        let rest = text.get(end..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches(lines::is_blank).len();
        let word = rest.get(blanks..).unwrap_or("");
        end += blanks + word.find(lines::is_blank).unwrap_or(word.len());
    }
    end
}

/// The first word or words of a line that begins no clause, and the clause that was probably meant.
fn unknown_words<'t, 'w>(text: &'t str, word: DeclarationWord, allowed: &'w [String]) -> (&'t str, Option<&'w str>) {
    let words = |count| text.get(..words_len(text, count)).unwrap_or(text);
    if let Some(form) = clause_words::half_leading(text, word) {
        let near = allowed.iter().find(|clause| **clause == form.text());
        return (words(form.words.len()), near.map(String::as_str));
    }
    for count in [3, 2, 1] {
        if let Some(near) = crate::suggest::nearest(words(count), allowed.iter().map(String::as_str)) {
            return (words(count), Some(near));
        }
    }
    (words(1), None)
}
