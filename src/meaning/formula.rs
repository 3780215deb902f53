//! How a declaration's result is made: a start, then each clause in the order written; conditions; verdicts.

use super::explain::{Step, StepKind};
use super::machine::{At, Machine};
use super::operation::{self, Done};
use crate::model::{ClauseKind, DeclarationId, Exception, Expr, Formula, OUTCOME_VERDICTS, Start};
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, CompareOp, LogicOp};
use crate::value::{Causes, ConditionState, Fault, Number, Outcome, Value};

impl Machine<'_> {
    /// The value of a formula.
    pub(super) fn formula(&mut self, formula: &Formula, at: At) -> Outcome {
        let mut value = match &formula.start {
            Start::Is(expr) => {
                let value = self.value(expr, at);
                self.step(StepKind::Start, expr.span, None, None, &value);
                value
            }
            Start::Table(table) => self.decide(table, at),
        };
        for clause in &formula.clauses {
            value = self.clause(&clause.kind, clause.span, value, at);
        }
        value
    }

    fn clause(&mut self, clause: &ClauseKind, span: Span, before: Outcome, at: At) -> Outcome {
        match clause {
            ClauseKind::AtLeast(floor) => {
                let floor = self.value(floor, at);
                let after = self.bounded(&before, &floor, CompareOp::AtLeast, span, at);
                self.step(StepKind::AtLeast, span, Some(&floor), Some(&before), &after);
                after
            }
            ClauseKind::AtMost(ceiling) => {
                let ceiling = self.value(ceiling, at);
                let after = self.bounded(&before, &ceiling, CompareOp::AtMost, span, at);
                self.step(StepKind::AtMost, span, Some(&ceiling), Some(&before), &after);
                after
            }
            ClauseKind::Less { amount, never_below } => {
                let amount = self.value(amount, at);
                let left = self.done(operation::arithmetic(ArithmeticOp::Subtract, &before, &amount), span, at);
                self.step(StepKind::Less, span, Some(&amount), Some(&before), &left);
                let Some(floor) = never_below else { return left };
                let floor_span = floor.span;
                let floor = self.value(floor, at);
                let after = self.bounded(&left, &floor, CompareOp::AtLeast, span, at);
                self.step(StepKind::NeverBelow, floor_span, Some(&floor), Some(&left), &after);
                after
            }
            ClauseKind::Rounded { mode, step } => {
                let after = match &before {
                    Outcome::Known(Value::Number(number)) => {
                        self.done(Done::from(number.round_to(step, *mode)), span, at)
                    }
                    Outcome::Known(_) => self.fault(Fault::Internal, span, at),
                    missing @ Outcome::Missing(_) => missing.clone(),
                };
                self.step(StepKind::Rounded, span, None, Some(&before), &after);
                after
            }
            ClauseKind::OnlyIf(condition) => {
                let condition = self.value(condition, at);
                let after = match &condition {
                    Outcome::Known(Value::YesNo(true)) => before.clone(),
                    Outcome::Known(Value::YesNo(false)) => Outcome::Known(Value::Number(Number::zero())),
                    Outcome::Known(_) => self.fault(Fault::Internal, span, at),
                    Outcome::Missing(causes) => match &before {
                        Outcome::Known(_) => condition.clone(),
                        Outcome::Missing(more) => Outcome::Missing(Causes::union([causes, more])),
                    },
                };
                self.step(StepKind::OnlyIf, span, Some(&condition), Some(&before), &after);
                after
            }
            ClauseKind::IfMissing(instead) => {
                if !before.is_missing() {
                    return before;
                }
                self.seen.clear();
                let after = self.value(instead, at);
                self.step(StepKind::IfMissing, span, None, Some(&before), &after);
                after
            }
            ClauseKind::Unless(exceptions) => self.exceptions(exceptions, span, before, at),
        }
    }

    /// The greater (`AtLeast`) or the lesser (`AtMost`) of two.
    fn bounded(&self, value: &Outcome, bound: &Outcome, keep: CompareOp, span: Span, at: At) -> Outcome {
        match operation::compare(keep, value, bound) {
            Done::Outcome(Outcome::Known(Value::YesNo(true))) => value.clone(),
            Done::Outcome(Outcome::Known(Value::YesNo(false))) => bound.clone(),
            other => self.done(other, span, at),
        }
    }

    /// Exceptions that nothing orders. One that applies gives the value; an unknown one leaves it unknown.
    fn exceptions(&mut self, exceptions: &[Exception], span: Span, before: Outcome, at: At) -> Outcome {
        let mut unknown: Vec<Causes> = Vec::new();
        let mut answer: Option<(Outcome, Span)> = None;
        // What takes the place of the value so far lies where it lies, not where that lay.
        let before_sides = std::mem::take(&mut self.seen);
        for exception in exceptions {
            for (condition, value) in &exception.cases {
                match self.value(condition, at) {
                    Outcome::Known(Value::YesNo(true)) => {
                        let value = self.value(value, at);
                        match &answer {
                            Some((first, _)) if *first != value => {
                                return self.fault(Fault::ExceptionsConflict, span, at);
                            }
                            _ => answer = Some((value, exception.span)),
                        }
                        break;
                    }
                    Outcome::Known(Value::YesNo(false)) => {}
                    Outcome::Known(_) => return self.fault(Fault::Internal, span, at),
                    Outcome::Missing(causes) => {
                        unknown.push(causes);
                        break;
                    }
                }
            }
        }
        // The checker proved that exceptions which may apply together agree, so one that applies is enough.
        if let Some((value, place)) = answer {
            self.step(StepKind::Unless, place, None, Some(&before), &value);
            return value;
        }
        self.seen = before_sides;
        if unknown.is_empty() {
            return before;
        }
        let after = Outcome::Missing(Causes::union(&unknown));
        self.step(StepKind::Unless, span, None, Some(&before), &after);
        after
    }

    /// The state of a condition, and whether it holds as read in logic: met or exempt.
    pub(super) fn condition(&mut self, met: &Expr, exemptions: &[Expr], at: At) -> (Outcome, Outcome) {
        let is_met = self.value(met, at);
        self.step(StepKind::When, met.span, None, None, &is_met);
        let mut exempt: Vec<Outcome> = Vec::new();
        for (number, exemption) in exemptions.iter().enumerate() {
            let applies = self.value(exemption, at);
            self.step(StepKind::Exemption(number), exemption.span, None, None, &applies);
            exempt.push(applies);
        }
        let span = met.span;
        let is_exempt = self.done(operation::logic(LogicOp::Or, &exempt), span, at);
        let holds = self.done(operation::logic(LogicOp::Or, &[is_met.clone(), is_exempt.clone()]), span, at);
        let state = match (&is_exempt, &is_met) {
            (Outcome::Known(Value::YesNo(true)), _) => {
                let first = exempt.iter().position(|one| *one == Outcome::Known(true.into())).unwrap_or(0);
                Outcome::Known(Value::Condition(ConditionState::DoesNotApply(u16::try_from(first).unwrap_or(u16::MAX))))
            }
            (Outcome::Missing(causes), Outcome::Missing(more)) => Outcome::Missing(Causes::union([causes, more])),
            (Outcome::Missing(_), _) => is_exempt,
            (_, Outcome::Known(Value::YesNo(true))) => Outcome::Known(Value::Condition(ConditionState::Met)),
            (_, Outcome::Known(Value::YesNo(false))) => Outcome::Known(Value::Condition(ConditionState::NotMet)),
            (_, missing) => missing.clone(),
        };
        (state, holds)
    }

    /// Whether a permission is used or a check holds.
    pub(super) fn when(&mut self, when: &Expr, at: At) -> Outcome {
        let outcome = self.value(when, at);
        self.step(StepKind::When, when.span, None, None, &outcome);
        outcome
    }

    /// The verdict of an outcome: at or beyond the target, else better than the baseline, else neither. A part
    /// that the outcome does not have cannot be reached.
    pub(super) fn verdict(
        &mut self,
        lower_is_better: bool,
        baseline: Option<DeclarationId>,
        target: Option<DeclarationId>,
        actual: DeclarationId,
        at: At,
        span: Span,
    ) -> Outcome {
        let actual = self.result(actual, at);
        let (reached, better) = if lower_is_better {
            (CompareOp::AtMost, CompareOp::Below)
        } else {
            (CompareOp::AtLeast, CompareOp::Above)
        };
        let [met, improved, not_improved] = OUTCOME_VERDICTS.map(|word| Outcome::Known(Value::Text(word.into())));
        let mut unknown: Vec<Causes> = Vec::new();
        let mut verdict = not_improved;
        for (part, op, word) in [(target, reached, met), (baseline, better, improved)] {
            let Some(part) = part else { continue };
            let part = self.result(part, at);
            match self.done(operation::compare(op, &actual, &part), span, at) {
                Outcome::Known(Value::YesNo(true)) => {
                    verdict = word;
                    break;
                }
                Outcome::Known(_) => {}
                Outcome::Missing(causes) => unknown.push(causes),
            }
        }
        if !unknown.is_empty() {
            verdict = Outcome::Missing(Causes::union(&unknown));
        }
        self.step(StepKind::Verdict, span, None, None, &verdict);
        verdict
    }

    pub(super) fn step(
        &mut self,
        kind: StepKind,
        span: Span,
        operand: Option<&Outcome>,
        before: Option<&Outcome>,
        after: &Outcome,
    ) {
        if let Some(trace) = &mut self.trace {
            trace.steps.push(Step {
                kind,
                span,
                operand: operand.cloned(),
                before: before.cloned(),
                after: after.clone(),
            });
        }
    }
}
