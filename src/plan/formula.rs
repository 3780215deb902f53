//! Formulas, conditions, verdicts and decision tables as steps.

use super::build::{Context, Planner};
use super::expression::has_aggregate;
use super::{Op, StepId};
use crate::model::{
    CellTest, ClauseKind, DecisionTable, DeclarationId, Exception, Expr, ExprKind, Formula, OUTCOME_VERDICTS, Start,
};
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, CompareOp, LogicOp};
use crate::value::Value;

impl Planner<'_> {
    pub(super) fn formula(&mut self, formula: &Formula, context: Context) -> StepId {
        let mut value = match &formula.start {
            Start::Is(expr) => self.expression(expr, context),
            Start::Table(table) => self.table(table, context),
        };
        for clause in &formula.clauses {
            value = self.clause(&clause.kind, clause.span, value, context);
        }
        value
    }

    fn clause(&mut self, clause: &ClauseKind, span: Span, before: StepId, context: Context) -> StepId {
        match clause {
            ClauseKind::AtLeast(floor) => {
                let floor = self.expression(floor, context);
                self.add(Op::Bound(CompareOp::AtLeast, before, floor), span, context)
            }
            ClauseKind::AtMost(ceiling) => {
                let ceiling = self.expression(ceiling, context);
                self.add(Op::Bound(CompareOp::AtMost, before, ceiling), span, context)
            }
            ClauseKind::Less { amount, never_below } => {
                let amount = self.expression(amount, context);
                let left = self.add(Op::Arithmetic(ArithmeticOp::Subtract, before, amount), span, context);
                let Some(floor) = never_below else { return left };
                let floor = self.expression(floor, context);
                self.add(Op::Bound(CompareOp::AtLeast, left, floor), span, context)
            }
            ClauseKind::Rounded { mode, step } => self.add(Op::Rounded(before, *mode, step.clone()), span, context),
            ClauseKind::OnlyIf(condition) => {
                let condition = self.expression(condition, context);
                self.add(Op::OnlyIf(before, condition), span, context)
            }
            ClauseKind::IfMissing(instead) => {
                let is_missing = self.add(Op::IsMissing(before, false), span, context);
                let inside = self.reached(is_missing, true, context, instead);
                let instead = self.expression(instead, inside);
                self.add(Op::IfMissing(before, instead), span, context)
            }
            ClauseKind::Unless(exceptions) => self.exceptions(exceptions, span, before, context),
        }
    }

    fn exceptions(&mut self, exceptions: &[Exception], span: Span, before: StepId, context: Context) -> StepId {
        let mut planned = Vec::new();
        for exception in exceptions {
            let mut chain = Vec::new();
            let mut here = context;
            for (condition, value) in &exception.cases {
                let asked = self.expression(condition, here);
                let inside = self.reached(asked, true, here, value);
                chain.push((asked, self.expression(value, inside)));
                let answered = self.add(Op::IsKnown(asked, false), condition.span, context);
                let needs =
                    exception.cases.iter().any(|(condition, value)| has_aggregate(condition) || has_aggregate(value));
                if needs && !context.is_elsewhere {
                    here = self.narrowed(answered, here, condition.span);
                }
            }
            planned.push(chain);
        }
        self.add(Op::Unless(before, planned), span, context)
    }

    pub(super) fn condition(&mut self, met: &Expr, exemptions: &[Expr], context: Context) -> (StepId, StepId) {
        let span = met.span;
        let met = self.expression(met, context);
        let exempt: Vec<StepId> = exemptions.iter().map(|exemption| self.expression(exemption, context)).collect();
        if exempt.is_empty() {
            return (self.add(Op::State(met, Vec::new()), span, context), met);
        }
        let is_exempt = self.add(Op::Logic(LogicOp::Or, exempt.clone()), span, context);
        let holds = self.add(Op::Logic(LogicOp::Or, vec![met, is_exempt]), span, context);
        (self.add(Op::State(met, exempt), span, context), holds)
    }

    pub(super) fn verdict(
        &mut self,
        lower_is_better: bool,
        baseline: Option<DeclarationId>,
        target: Option<DeclarationId>,
        actual: DeclarationId,
        span: Span,
        context: Context,
    ) -> StepId {
        let actual = self.result(actual, span, context);
        let (reached, better) = if lower_is_better {
            (CompareOp::AtMost, CompareOp::Below)
        } else {
            (CompareOp::AtLeast, CompareOp::Above)
        };
        let mut compare = |op, part: Option<DeclarationId>| {
            part.map(|part| {
                let part = self.result(part, span, context);
                self.add(Op::Compare(op, actual, part), span, context)
            })
        };
        let reached = compare(reached, target);
        let better = compare(better, baseline);
        // The words of verdicts are values of the plan, so that comparing with them finds them.
        for word in OUTCOME_VERDICTS {
            self.add(Op::Constant(Value::Text(word.into())), span, context);
        }
        self.add(Op::Verdict(reached, better), span, context)
    }

    fn table(&mut self, table: &DecisionTable, context: Context) -> StepId {
        let inputs: Vec<StepId> = table.inputs.iter().map(|input| self.expression(input, context)).collect();
        let own_case: Vec<bool> = (0..inputs.len())
            .map(|column| table.rows.iter().any(|row| matches!(row.tests.get(column), Some(CellTest::Missing))))
            .collect();
        let mut matches: Vec<StepId> = Vec::new();
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for ((test, input), own_case) in row.tests.iter().zip(&inputs).zip(&own_case) {
                cells.extend(self.accepts(test, *input, *own_case, row.span, context));
            }
            let applies = self.add(Op::Logic(LogicOp::And, cells), row.span, context);
            matches.push(applies);
            let mut inside = context;
            if has_aggregate(&row.result) && !context.is_elsewhere {
                let op = Op::MayApply { rows: matches.clone(), first_match: table.first_match };
                let may = self.add(op, row.span, context);
                inside = self.narrowed(may, context, row.span);
            }
            rows.push((applies, self.expression(&row.result, inside)));
        }
        self.add(Op::Table { rows, first_match: table.first_match }, table.span, context)
    }

    /// Whether a cell accepts an input; nothing where it accepts anything.
    fn accepts(
        &mut self,
        test: &CellTest,
        input: StepId,
        own_case: bool,
        span: Span,
        context: Context,
    ) -> Option<StepId> {
        let alternatives = match test {
            CellTest::Any => return None,
            CellTest::Missing => return Some(self.add(Op::IsMissing(input, false), span, context)),
            CellTest::Tests(alternatives) => alternatives,
        };
        let mut any = Vec::new();
        let mut is_plain = !own_case;
        for alternative in alternatives {
            let mut all = Vec::new();
            for (op, operand) in alternative {
                is_plain &= matches!(operand.kind, ExprKind::Literal(_));
                let side = self.expression(operand, context);
                all.push(self.add(Op::Compare(*op, input, side), span, context));
            }
            any.push(if let [only] = all.as_slice() {
                *only
            } else {
                self.add(Op::Logic(LogicOp::And, all), span, context)
            });
        }
        let tests =
            if let [only] = any.as_slice() { *only } else { self.add(Op::Logic(LogicOp::Or, any), span, context) };
        // Where every operand is known, a comparison with a missing input is missing for its causes already.
        Some(if is_plain { tests } else { self.add(Op::Accepts { input, tests, own_case }, span, context) })
    }
}
