//! Decision tables and outcomes in words.

use super::Words;
use super::expression::comparison;
use crate::model::{
    CellTest, DecisionTable, Declaration, DeclarationId, DeclarationKind, Expr, ExprKind, Level, OUTCOME_VERDICTS, Type,
};
use crate::report::doc::document::{Block, Column, Row, Table, Text};
use crate::report::run::label;
use crate::syntax::ast::CompareOp;
use crate::value::Value;

impl Words<'_> {
    pub(super) fn table(&self, declaration: &Declaration, table: &DecisionTable) -> Vec<Block> {
        let level = declaration.level;
        let lead = if table.first_match {
            "It is what the first row says that fits, read from the top:"
        } else {
            "It is what the row says that fits; every case has exactly one:"
        };
        let name = declaration.label.as_ref().unwrap_or(&declaration.name);
        let mut columns: Vec<Column> =
            table.inputs.iter().map(|input| Column::words(self.expression(input, level))).collect();
        columns.push(Column::words(name.as_str()));
        let rows = table.rows.iter().map(|row| {
            let mut cells: Vec<Vec<Text>> =
                row.tests.iter().zip(&table.inputs).map(|(test, input)| vec![self.test(test, &input.ty)]).collect();
            cells.push(vec![self.gives(&row.result, level)]);
            Row { anchor: None, cells }
        });
        let caption = Text::of(format!("{name}: which row decides"));
        vec![Block::Paragraph(Text::of(lead)), Block::Table(Table { caption, columns, rows: rows.collect() })]
    }

    fn gives(&self, result: &Expr, level: Level) -> Text {
        match &result.kind {
            ExprKind::Literal(Value::Text(text)) => Text::of(text.to_string()),
            _ => self.expression(result, level),
        }
    }

    fn test(&self, test: &CellTest, ty: &Type) -> Text {
        match test {
            CellTest::Any => Text::styled("any", crate::report::doc::document::Style::Faint),
            CellTest::Missing => Text::of("missing"),
            CellTest::Tests(alternatives) => {
                let mut text = Text::new();
                for (index, tests) in alternatives.iter().enumerate() {
                    text.say(if index == 0 { "" } else { " or " });
                    for (index, (op, operand)) in tests.iter().enumerate() {
                        text.say(if index == 0 { "" } else { " and " });
                        text.append(self.cell(*op, operand, ty));
                    }
                }
                text
            }
        }
    }

    fn cell(&self, op: CompareOp, operand: &Expr, ty: &Type) -> Text {
        let words = match op {
            CompareOp::Is => "",
            CompareOp::IsNot => "not ",
            op => comparison(op, ty).trim_start_matches("is "),
        };
        let mut text = Text::of(words);
        if !words.is_empty() && !words.ends_with(' ') {
            text.say(" ");
        }
        text.join(self.gives(operand, Level::Nation))
    }

    pub(super) fn outcome(
        &self,
        lower_is_better: bool,
        baseline: Option<DeclarationId>,
        target: Option<DeclarationId>,
        actual: DeclarationId,
    ) -> Vec<Block> {
        let mut facts = Vec::new();
        for (word, part) in [("Baseline", baseline), ("Target", target), ("Actual", Some(actual))] {
            if let Some(part) = part
                && let DeclarationKind::OutcomePart(formula) = &self.model.declaration(part).kind
                && let crate::model::Start::Is(expr) = &formula.start
            {
                facts.push((word.to_owned(), vec![self.expression(expr, self.model.declaration(part).level)]));
            }
        }
        let [met, improved, not_improved] = OUTCOME_VERDICTS;
        let (reached, better) = if lower_is_better { ("at or below", "below") } else { ("at or above", "above") };
        let mut verdicts = Vec::new();
        if target.is_some() {
            verdicts.push(format!("“{met}” where the actual figure is {reached} the target"));
        }
        if baseline.is_some() {
            verdicts.push(format!("“{improved}” where it is {better} the baseline"));
        }
        verdicts.push(format!("else “{not_improved}”"));
        let better = if lower_is_better { "Lower is better." } else { "Higher is better." };
        let verdict = format!("{better} The outcome is {}.", verdicts.join("; "));
        vec![Block::Facts(facts), Block::Paragraph(Text::of(verdict))]
    }

    /// The label of a declaration.
    pub(in crate::report::doc) fn label(&self, id: DeclarationId) -> String {
        label(self.model, id)
    }
}
