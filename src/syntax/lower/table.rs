//! Rows between bars.

use super::super::ast::{
    Cell, CellContent, CellOperand, CellTest, Clause, ClauseKind, CompareOp, Declaration, DeclarationWord, Row, Rows,
};
use super::super::error::tables as error;
use super::super::outline::Piece;
use super::super::parser::{self, Rule};
use super::super::{limits, lines};
use super::Lower;
use super::clause::find;
use super::expression::compare_op;
use crate::source::Span;
use pest::iterators::Pair;

impl Lower<'_> {
    /// Puts the rows that were collected where they belong: into the `given` above them, or as a clause.
    pub(super) fn rows(&mut self, pieces: &mut Vec<Piece>, declaration: &mut Declaration) {
        let pieces = std::mem::take(pieces);
        let Some(first) = pieces.first() else { return };
        let place = Span::new(self.file.id, first.start, first.end);
        let problem = match self.word {
            DeclarationWord::Scenario => {
                return self.given_rows(&pieces, place, declaration);
            }
            DeclarationWord::Decision | DeclarationWord::Measure | DeclarationWord::Payment => {
                let earlier = declaration.clauses.iter().find(|clause| matches!(clause.kind, ClauseKind::Rows(_)));
                earlier.map(|earlier| error::second_table(place, earlier.span))
            }
            _ => Some(error::not_wanted(place, self.word)),
        };
        if let Some(problem) = problem {
            self.report.add(problem);
            declaration.is_broken = true;
            return;
        }
        match self.table(&pieces) {
            Some((rows, is_whole)) => {
                declaration.is_broken |= !is_whole;
                let span = rows.span;
                declaration.clauses.push(Clause { kind: ClauseKind::Rows(rows), span });
            }
            None => declaration.is_broken = true,
        }
    }

    fn given_rows(&mut self, pieces: &[Piece], place: Span, declaration: &mut Declaration) {
        let table = self.table(pieces);
        declaration.is_broken |= !matches!(table, Some((_, true)));
        let Some(last) = declaration.clauses.last_mut() else {
            declaration.is_broken = true;
            return self.report.add(error::without_given(place));
        };
        match (&mut last.kind, table) {
            (ClauseKind::Given { cells, .. }, _) if !cells.is_empty() => {
                self.report.add(super::super::error::clauses::given_twice(place, last.span));
                declaration.is_broken = true;
            }
            (ClauseKind::Given { rows, .. }, Some((table, _))) => {
                last.span = last.span.to(table.span);
                *rows = Some(Box::new(table));
            }
            (ClauseKind::Given { .. } | ClauseKind::Broken, _) => {}
            _ => {
                self.report.add(error::without_given(place));
                declaration.is_broken = true;
            }
        }
    }

    /// A table, and whether all of it could be read.
    fn table(&mut self, pieces: &[Piece]) -> Option<(Rows, bool)> {
        let (head, body) = pieces.split_first()?;
        let header = self.cells(*head)?;
        let header_span = Span::new(self.file.id, head.start, head.end);
        let is_read = self.word != DeclarationWord::Scenario;
        let mut is_whole = true;
        let mut rows = Vec::new();
        let mut span = header_span;
        for piece in body {
            let row_span = Span::new(self.file.id, piece.start, piece.end);
            span = span.to(row_span);
            if is_rule(self.file.slice(row_span)) {
                self.report.add(error::dashes(row_span));
                is_whole = false;
                continue;
            }
            let Some(mut cells) = self.cells(*piece) else {
                is_whole = false;
                continue;
            };
            if cells.len() != header.len() {
                self.report.add(error::cell_count(row_span, cells.len(), header_span, header.len()));
                is_whole = false;
                continue;
            }
            if is_read {
                let last = cells.len().saturating_sub(1);
                for (index, cell) in cells.iter_mut().enumerate() {
                    let content = self.cell(cell, index == last).unwrap_or(CellContent::Broken);
                    is_whole &= !matches!(content, CellContent::Broken);
                    cell.content = Some(content);
                }
            }
            rows.push(Row { cells, span: row_span });
        }
        Some((Rows { header, rows, span }, is_whole))
    }

    /// Cuts a row at its bars.
    fn cells(&mut self, piece: Piece) -> Option<Vec<Cell>> {
        if piece.is_broken || self.report.is_full() {
            return None;
        }
        let text = self.file.text.get(piece.start..piece.end)?;
        let span = |start: usize, end: usize| Span::new(self.file.id, piece.start + start, piece.start + end);
        let mut bars = Vec::new();
        let mut in_quotes = false;
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'"' => in_quotes = !in_quotes,
                b'|' if !in_quotes => bars.push(at),
                _ => {}
            }
        }
        if bars.first() != Some(&0) {
            let problem = error::no_first_bar(span(0, text.len()));
            return self.refuse(problem);
        }
        if bars.last() != Some(&(text.len() - 1)) || bars.len() < 2 {
            let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
            let problem = error::no_last_bar(span(0, text.len()), span(last, text.len()));
            return self.refuse(problem);
        }
        if bars.len() > limits::COLUMNS + 1 {
            let problem = error::too_many_columns(span(0, text.len()));
            return self.refuse(problem);
        }
        let cell = |(left, right): (&usize, &usize)| {
            let gap = text.get(left + 1..*right).unwrap_or("");
            let said = gap.trim_matches(lines::is_blank);
            let start = left + 1 + (gap.len() - gap.trim_start_matches(lines::is_blank).len());
            let place = if said.is_empty() { span(left + 1, *right) } else { span(start, start + said.len()) };
            Cell { text: said.to_owned(), span: place, content: None }
        };
        Some(bars.iter().zip(bars.iter().skip(1)).map(cell).collect())
    }

    /// What a cell in the body of a decision or a measure says.
    fn cell(&mut self, cell: &Cell, is_result: bool) -> Option<CellContent> {
        if cell.text.is_empty() {
            // With its bars where there is nothing between them.
            let gap = cell.span.range();
            let place = if gap.is_empty() { Span::new(self.file.id, gap.start - 1, gap.end + 1) } else { cell.span };
            return self.refuse(error::empty_cell(place, is_result));
        }
        let range = cell.span.range();
        let piece = Piece { start: range.start, end: range.end, is_broken: false };
        let is_words = || parser::parse(Rule::words_cell, &cell.text).is_ok();
        if is_result {
            if self.word == DeclarationWord::Decision && !cell.text.starts_with(is_figure_start) && is_words() {
                return Some(words(cell));
            }
            return self.read(piece, Rule::result_cell, |lower, pairs| {
                let expression = pairs.into_iter().next()?;
                lower.expression(expression).map(CellContent::Result)
            });
        }
        self.read(piece, Rule::tested_cell, |lower, pairs| match pairs.first()?.as_rule() {
            Rule::ANY_CASE => Some(CellContent::Any),
            Rule::MISSING => Some(CellContent::Missing),
            _ => lower.tests(pairs, cell),
        })
    }

    fn tests(&mut self, pairs: Vec<Pair<'_, Rule>>, cell: &Cell) -> Option<CellContent> {
        let mut joined: Option<(Rule, Span)> = None;
        let mut tests = Vec::new();
        for pair in pairs {
            match pair.as_rule() {
                Rule::cell_test => tests.push(self.cell_test(pair)?),
                rule @ (Rule::AND | Rule::OR) => {
                    let span = self.span(&pair);
                    match joined {
                        Some((other, first)) if other != rule => {
                            return self.refuse(error::mixed_cell(span, first));
                        }
                        Some(_) => {}
                        None => joined = Some((rule, span)),
                    }
                }
                _ => {}
            }
        }
        // One `low` or `not approved` by itself: whether `not` is part of the words is known only to the model.
        if let [CellTest { op: CompareOp::Is | CompareOp::IsNot, operand: CellOperand::Words(_), .. }] =
            tests.as_slice()
        {
            return Some(words(cell));
        }
        Some(CellContent::Tests(match joined {
            Some((Rule::OR, _)) => tests.into_iter().map(|test| vec![test]).collect(),
            _ => vec![tests],
        }))
    }

    fn cell_test(&mut self, pair: Pair<'_, Rule>) -> Option<CellTest> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let first = tokens.first()?;
        let op = match first.as_rule() {
            Rule::NOT => CompareOp::IsNot,
            _ => compare_op(first.as_str()).unwrap_or(CompareOp::Is),
        };
        let operand = match find(&tokens, Rule::WORDS) {
            Some(token) => CellOperand::Words(self.words(token)),
            None => CellOperand::Literal(self.signed_literal(find(&tokens, Rule::signed_literal)?.clone())?),
        };
        let end = match &operand {
            CellOperand::Literal(literal) => literal.span,
            CellOperand::Words(text) => text.span,
        };
        let start = if tokens.len() > 1 { self.span(first) } else { end };
        Some(CellTest { op, operand, span: start.to(end) })
    }
}

/// Whether a row is only a line drawn under the header.
fn is_rule(row: &str) -> bool {
    row.contains("--") && row.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | '=') || lines::is_blank(c))
}

/// Whether a cell begins like a number.
fn is_figure_start(c: char) -> bool {
    c.is_ascii_digit()
}

fn words(cell: &Cell) -> CellContent {
    CellContent::Words(super::super::ast::Text { text: super::single_blanks(&cell.text), span: cell.span })
}
