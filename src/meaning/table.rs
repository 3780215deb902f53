//! Decision tables: which rows may apply, and what they give.

use super::explain::StepKind;
use super::machine::{At, Machine};
use super::operation::{self, Done};
use crate::model::{CellTest, DecisionTable};
use crate::syntax::ast::{CompareOp, LogicOp};
use crate::value::{Causes, Fault, Outcome, Value};

impl Machine<'_> {
    /// What a table gives at a row. The answer stands only if every row that may apply gives it.
    pub(super) fn decide(&mut self, table: &DecisionTable, at: At) -> Outcome {
        let inputs: Vec<Outcome> = table.inputs.iter().map(|input| self.value(input, at)).collect();
        // A column in which some row says `missing` treats missing as one more case of its own.
        let own_case: Vec<bool> = (0..inputs.len())
            .map(|column| table.rows.iter().any(|row| matches!(row.tests.get(column), Some(CellTest::Missing))))
            .collect();
        let mut may_apply: Vec<usize> = Vec::new();
        let mut unknown: Vec<Causes> = Vec::new();
        for (number, row) in table.rows.iter().enumerate() {
            let mut cells = Vec::new();
            for (column, test) in row.tests.iter().enumerate() {
                let (Some(input), Some(own_case)) = (inputs.get(column), own_case.get(column)) else { continue };
                cells.push(self.accepts(test, input, *own_case, at));
            }
            match operation::logic(LogicOp::And, &cells) {
                Done::Outcome(Outcome::Known(Value::YesNo(true))) => {
                    may_apply.push(number);
                    // Nothing after the first row that surely applies can decide: in a table that says `first
                    // match` by its meaning, in any other because no two rows accept the same case.
                    if !table.first_match {
                        unknown.clear();
                        may_apply = vec![number];
                    }
                    break;
                }
                Done::Outcome(Outcome::Known(_)) => {}
                Done::Outcome(Outcome::Missing(causes)) => {
                    may_apply.push(number);
                    unknown.push(causes);
                }
                Done::Fault(fault) => return self.fault(fault, row.span, at),
            }
        }
        self.agreed(table, &may_apply, &unknown, at)
    }

    /// The one answer of all rows that may apply, or missing.
    fn agreed(&mut self, table: &DecisionTable, may_apply: &[usize], unknown: &[Causes], at: At) -> Outcome {
        // What a row gives lies where it lies, whatever was tested.
        self.seen.clear();
        // Every row that may apply is asked, so that what an answer rests on does not hang on their order.
        let given: Vec<(usize, Outcome)> = may_apply
            .iter()
            .filter_map(|number| Some((*number, self.value(&table.rows.get(*number)?.result, at))))
            .collect();
        let mut answer: Option<(usize, Outcome)> = None;
        for (number, given) in given {
            match &answer {
                None => answer = Some((number, given)),
                Some((_, first)) if *first == given => {}
                Some(_) => {
                    let after = Outcome::Missing(Causes::union(unknown));
                    self.step(StepKind::NoRow, table.span, None, None, &after);
                    return after;
                }
            }
        }
        // Rows that are only possible do not exclude that none applies, unless the table is proved complete,
        // which the checker does; so what they agree on stands.
        match answer {
            Some((number, outcome)) => {
                let span = table.rows.get(number).map_or(table.span, |row| row.span);
                self.step(StepKind::Row(number), span, None, None, &outcome);
                outcome
            }
            None => {
                let after = self.fault(Fault::NoRowMatches, table.span, at);
                self.step(StepKind::NoRow, table.span, None, None, &after);
                after
            }
        }
    }

    /// Whether a cell accepts a value: yes, no, or unknown on a missing one.
    fn accepts(&mut self, test: &CellTest, input: &Outcome, own_case: bool, at: At) -> Outcome {
        match (test, input) {
            (CellTest::Any, _) => Outcome::Known(true.into()),
            (CellTest::Missing, _) => Outcome::Known(input.is_missing().into()),
            (CellTest::Tests(_), Outcome::Missing(_)) if own_case => Outcome::Known(false.into()),
            (CellTest::Tests(_), Outcome::Missing(_)) => input.clone(),
            (CellTest::Tests(alternatives), Outcome::Known(_)) => {
                let mut any = Vec::new();
                for alternative in alternatives {
                    let mut all = Vec::new();
                    for (op, operand) in alternative {
                        let side = self.value(operand, at);
                        all.push(self.cell_test(*op, input, &side, operand.span, at));
                    }
                    any.push(self.done(operation::logic(LogicOp::And, &all), test_span(alternative), at));
                }
                self.done(operation::logic(LogicOp::Or, &any), crate::source::Span::default(), at)
            }
        }
    }

    fn cell_test(&self, op: CompareOp, input: &Outcome, side: &Outcome, span: crate::source::Span, at: At) -> Outcome {
        self.done(operation::compare(op, input, side), span, at)
    }
}

fn test_span(tests: &[(CompareOp, crate::model::Expr)]) -> crate::source::Span {
    tests.first().map_or_else(crate::source::Span::default, |(_, operand)| operand.span)
}
