//! Rows of decisions and measures: what each column tests and what each row gives.

use super::{Resolver, broken};
use crate::model::collect::Named;
use crate::model::error::{names, rows as errors};
use crate::model::{CellTest, DecisionTable, Expr, ExprKind, Level, TableRow, Type, wording};
use crate::source::Span;
use crate::syntax::ast::{self, Cell, CellContent, CellOperand, CompareOp, DeclarationWord, Name, Rows};
use crate::value::Value;
use hashbrown::HashMap;
use indexmap::IndexSet;
use std::sync::Arc;

impl Resolver<'_> {
    /// The table of a declaration and the type of what its rows give.
    pub(super) fn decision_table(
        &mut self,
        declaration: &ast::Declaration,
        rows: &Rows,
        level: Level,
    ) -> (DecisionTable, Type) {
        let first_match = declaration.clauses.iter().any(|clause| matches!(clause.kind, ast::ClauseKind::FirstMatch));
        let mut table =
            DecisionTable { inputs: Vec::new(), heads: Vec::new(), rows: Vec::new(), first_match, span: rows.span };
        let Some(inputs) = self.heads(declaration, rows, level) else { return (table, Type::Unknown) };
        table.heads = rows.header.iter().take(inputs.len()).map(|cell| cell.text.clone()).collect();
        let is_decision = declaration.word == DeclarationWord::Decision;
        let mut is_sound = true;
        for row in &rows.rows {
            // A row of another length was told when it was read.
            if row.cells.len() != rows.header.len() {
                is_sound = false;
                continue;
            }
            let Some((last, tested)) = row.cells.split_last() else { continue };
            let mut tests = Vec::new();
            for ((cell, input), head) in tested.iter().zip(&inputs).zip(&rows.header) {
                let test = self.cell_test(cell, input, head.span);
                is_sound &= test.is_some();
                tests.push(test.unwrap_or(CellTest::Any));
            }
            let result = self.result_cell(last, is_decision, level);
            table.rows.push(TableRow { tests, result, span: row.span });
        }
        table.inputs = inputs;
        let ty = self.type_of_results(&table.rows);
        (table, if is_sound { ty } else { Type::Unknown })
    }

    /// What the heads test; nothing where they are not understood as heads of a table.
    fn heads(&mut self, declaration: &ast::Declaration, rows: &Rows, level: Level) -> Option<Vec<Expr>> {
        let (last, tested) = rows.header.split_last()?;
        let name = &declaration.name.text;
        if last.text != *name {
            self.report.push(errors::last_column(&last.text, last.span, name, declaration.name.span));
            return None;
        }
        if rows.rows.is_empty() {
            self.report.push(errors::no_rows(rows.span));
        }
        let mut first: HashMap<&str, Span> = HashMap::new();
        let mut inputs = Vec::new();
        for cell in tested {
            if let Some(first) = first.get(cell.text.as_str()) {
                self.report.push(errors::head_twice(&cell.text, cell.span, *first));
            }
            first.insert(&cell.text, cell.span);
            inputs.push(self.head(cell, level));
        }
        Some(inputs)
    }

    /// A head: a name or a dotted name.
    fn head(&mut self, cell: &Cell, level: Level) -> Expr {
        let span = cell.span;
        match cell.text.split_once('.') {
            Some((table, name)) => {
                let dot = span.start as usize + table.len();
                let table =
                    Name { text: table.trim().to_owned(), span: Span::new(span.source, span.start as usize, dot) };
                let name =
                    Name { text: name.trim().to_owned(), span: Span::new(span.source, dot + 1, span.end as usize) };
                self.dotted(&table, &name, span, level)
            }
            None => self.name(&Name { text: cell.text.clone(), span }, level),
        }
    }

    /// What a cell of a tested column asks; nothing where that is not understood, which is told.
    fn cell_test(&mut self, cell: &Cell, input: &Expr, head: Span) -> Option<CellTest> {
        match cell.content.as_ref()? {
            CellContent::Any => Some(CellTest::Any),
            CellContent::Missing => Some(CellTest::Missing),
            CellContent::Words(words) => {
                let test = self.words(CompareOp::Is, words, words.span, input, head)?;
                Some(CellTest::Tests(vec![vec![test]]))
            }
            CellContent::Tests(alternatives) => {
                let mut all = Vec::new();
                for alternative in alternatives {
                    let mut together = Vec::new();
                    for test in alternative {
                        together.push(match &test.operand {
                            CellOperand::Literal(literal) => {
                                let operand = self.literal(literal);
                                self.test(test.op, operand, test.span, input)?
                            }
                            CellOperand::Words(words) => self.words(test.op, words, test.span, input, head)?,
                        });
                    }
                    all.push(together);
                }
                Some(CellTest::Tests(all))
            }
            CellContent::Result(expr) => {
                let phrase = wording::phrase(&input.ty, &self.model);
                let written = self.text(expr.span).to_owned();
                let help = "declare a measure for it and head a column with its name";
                self.report.push(errors::not_a_test(&written, expr.span, &phrase, head, help));
                None
            }
            CellContent::Broken => None,
        }
    }

    /// A comparison of a column with an operand.
    fn test(&mut self, op: CompareOp, operand: Expr, span: Span, input: &Expr) -> Option<(CompareOp, Expr)> {
        let is_sound = self.comparable(op, span, input, &operand) && !operand.ty.is_unknown();
        is_sound.then_some((op, operand))
    }

    /// Bare words in a cell: a value of the choice, or the name of a parameter.
    fn words(
        &mut self,
        op: CompareOp,
        words: &ast::Text,
        span: Span,
        input: &Expr,
        head: Span,
    ) -> Option<(CompareOp, Expr)> {
        let text = words.text.as_str();
        if input.ty.is_unknown() {
            return None;
        }
        let parameter = match self.names.values.get(text) {
            Some(Named::Parameter(id)) => Some(*id),
            _ => None,
        };
        let literal = |text: &str| Expr {
            kind: ExprKind::Literal(Value::Text(Arc::from(text))),
            ty: Type::Choice(Arc::from([text.to_owned()])),
            span: words.span,
        };
        match &input.ty {
            Type::Choice(values) => {
                let has = |wanted: &str| values.iter().any(|value| value == wanted);
                let negated = format!("not {text}");
                if op == CompareOp::IsNot && has(&negated) {
                    if has(text) {
                        self.report.push(errors::two_readings(text, span, head));
                        return None;
                    }
                    return Some((CompareOp::Is, literal(&negated)));
                }
                let rest = text.strip_prefix("not ").filter(|rest| op == CompareOp::Is && has(rest));
                if let (true, Some(rest)) = (has(text), rest) {
                    self.report.push(errors::two_readings(rest, span, head));
                    return None;
                }
                if has(text) {
                    return self.test(op, literal(text), span, input);
                }
                if let Some(rest) = rest {
                    return self.test(CompareOp::IsNot, literal(rest), span, input);
                }
            }
            Type::Text if parameter.is_none() => return self.test(op, literal(text), span, input),
            Type::YesNo if matches!(text, "yes" | "no") => {
                let kind = ExprKind::Literal(Value::YesNo(text == "yes"));
                return self.test(op, Expr { kind, ty: Type::YesNo, span: words.span }, span, input);
            }
            _ => {}
        }
        if let Some(id) = parameter {
            let operand = self.value_of(Named::Parameter(id), words.span);
            return self.test(op, operand, span, input);
        }
        if self.names.is_silent(text) {
            return None;
        }
        self.not_words(text, words.span, input, head);
        None
    }

    /// Tells that words in a cell are neither a value of the column nor a parameter.
    fn not_words(&mut self, text: &str, span: Span, input: &Expr, head: Span) {
        if matches!(input.ty, Type::Choice(_)) {
            self.not_among(text, span, &Expr { span: head, ..input.clone() });
            return;
        }
        let phrase = wording::phrase(&input.ty, &self.model);
        let is_column = self.names.columns.contains_key(text);
        let help = match self.names.values.get(text) {
            _ if is_column => "declare a condition that compares the two, and test that".to_owned(),
            Some(_) => {
                "declare a measure that compares the two, and test that: a cell compares with a literal or a parameter"
                    .to_owned()
            }
            None => {
                let parameters = self.model.parameters.iter().map(|parameter| parameter.name.as_str());
                match self.report.nearest(text, parameters) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => match &input.ty {
                        Type::YesNo => "write `yes`, `no` or `any`".to_owned(),
                        _ => "write a comparison such as `>= 3.5%`, the name of a parameter, or `any`".to_owned(),
                    },
                }
            }
        };
        let key = format!("{} {text}", self.current_name());
        self.report.once(errors::NOT_A_TEST, &key, span, |_| errors::not_a_test(text, span, &phrase, head, &help));
    }

    /// What a row gives: words in a decision, an expression in a measure.
    fn result_cell(&mut self, cell: &Cell, is_decision: bool, level: Level) -> Expr {
        let words = |text: &str, span: Span| Expr {
            kind: ExprKind::Literal(Value::Text(Arc::from(text))),
            ty: Type::Choice(Arc::from([text.to_owned()])),
            span,
        };
        match &cell.content {
            Some(CellContent::Words(text)) if is_decision && is_test(&text.text) => {
                self.report.push(errors::gives_nothing(&text.text, text.span));
                broken(cell.span)
            }
            Some(CellContent::Words(text)) if is_decision => words(&text.text, text.span),
            Some(CellContent::Words(text)) if !text.text.contains(' ') => {
                self.name(&Name { text: text.text.clone(), span: text.span }, level)
            }
            Some(CellContent::Words(text)) => {
                self.report.once(names::UNKNOWN, &text.text, text.span, |_| {
                    names::unknown(&text.text, text.span, "a rule, a parameter or a column", None)
                        .help("write an expression; words come from a `decision`, or stand in quotes")
                });
                broken(cell.span)
            }
            Some(CellContent::Result(expr)) => match &expr.kind {
                ast::ExprKind::Name(name) if is_decision && is_test(&name.text) => {
                    self.report.push(errors::gives_nothing(&name.text, name.span));
                    broken(cell.span)
                }
                ast::ExprKind::Name(name) if is_decision => words(&name.text, name.span),
                _ => self.expr(expr, level),
            },
            Some(CellContent::Any | CellContent::Missing | CellContent::Tests(_)) => {
                self.report.push(errors::gives_nothing(&cell.text, cell.span));
                broken(cell.span)
            }
            Some(CellContent::Broken) | None => broken(cell.span),
        }
    }

    /// The one type of all results; of words, all of them in the order in which they first stand.
    fn type_of_results(&mut self, rows: &[TableRow]) -> Type {
        let mut words: IndexSet<&String> = IndexSet::new();
        let all_words = rows.iter().all(|row| match &row.result.ty {
            Type::Choice(values) => {
                words.extend(values.iter());
                true
            }
            _ => false,
        });
        if all_words && !rows.is_empty() {
            return Type::Choice(words.into_iter().cloned().collect());
        }
        let Some((first, rest)) = rows.split_first() else { return Type::Unknown };
        let mut so_far = first.result.clone();
        for row in rest {
            so_far.ty = self.either(&so_far, &row.result);
        }
        so_far.ty
    }
}

/// Words that ask something of a tested column and say nothing in the last one.
fn is_test(words: &str) -> bool {
    matches!(words, "any" | "missing")
}
