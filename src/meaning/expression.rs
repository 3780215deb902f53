//! The value of an expression at a row.
//!
//! In: a typed expression and a row. Out: an outcome. Recursion is bounded by the nesting the parser allows.

use super::explain::Test;
use super::machine::{At, Machine};
use super::operation::{self, Done};
use crate::model::{Expr, ExprKind, Level};
use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::value::{Causes, Fault, Number, Outcome, RoundMode, Value};

impl Machine<'_> {
    /// The value of an expression at a row.
    pub(super) fn value(&mut self, expr: &Expr, at: At) -> Outcome {
        if self.has_breaks { self.apart(expr, at) } else { self.value_of(expr, at) }
    }

    pub(super) fn value_of(&mut self, expr: &Expr, at: At) -> Outcome {
        match &expr.kind {
            ExprKind::Literal(value) => Outcome::Known(value.clone()),
            ExprKind::Column(column) => self.column(*column, at),
            ExprKind::Result(declaration) => self.result(*declaration, at),
            ExprKind::Parameter(parameter) => self.parameter(*parameter, None),
            ExprKind::ParameterIn { parameter, period } => match self.value(period, at) {
                Outcome::Known(Value::Period(period)) => self.parameter(*parameter, Some(period)),
                Outcome::Known(_) => self.fault(Fault::Internal, expr.span, at),
                missing @ Outcome::Missing(_) => missing,
            },
            ExprKind::Not(operand) => {
                let operand = self.value(operand, at);
                self.done(operation::not(&operand), expr.span, at)
            }
            ExprKind::Negate(operand) => self.number(operand, at, expr.span, |number| Ok(number.negate())),
            ExprKind::SizeOf(operand) => self.number(operand, at, expr.span, |number| Ok(number.size())),
            ExprKind::Arithmetic { op, left, right } => {
                let left = self.value(left, at);
                let right = self.value(right, at);
                self.done(operation::arithmetic(*op, &left, &right), expr.span, at)
            }
            ExprKind::Compare { op, left, right } => self.comparison(expr.span, *op, left, right, at),
            ExprKind::Logic { op, operands } => {
                // Every operand is evaluated, so that an unknown answer carries every cause.
                let operands: Vec<Outcome> = operands.iter().map(|operand| self.value(operand, at)).collect();
                self.done(operation::logic(*op, &operands), expr.span, at)
            }
            ExprKind::IsMissing { operand, negated } => {
                let is_missing = self.value(operand, at).is_missing();
                Outcome::Known((is_missing != *negated).into())
            }
            ExprKind::RoundsTo { operand, printed, step } => {
                let rounded = self.number(operand, at, expr.span, |number| number.round_to(step, RoundMode::Nearest));
                let printed = Outcome::Known(Value::Number((**printed).clone()));
                self.done(operation::compare(CompareOp::Is, &rounded, &printed), expr.span, at)
            }
            ExprKind::If { condition, then, otherwise } => match self.value(condition, at) {
                Outcome::Known(Value::YesNo(true)) => self.value(then, at),
                Outcome::Known(Value::YesNo(false)) => self.value(otherwise, at),
                Outcome::Known(_) => self.fault(Fault::Internal, expr.span, at),
                unknown @ Outcome::Missing(_) => unknown,
            },
            ExprKind::Aggregate { .. }
            | ExprKind::WeightedMean { .. }
            | ExprKind::ListOf { .. }
            | ExprKind::Series { .. }
            | ExprKind::Rank { .. } => self.aggregate(expr, None, at),
            ExprKind::Peers { over, same, of } => self.among_peers(expr, *over, same, of, at),
            ExprKind::DaysFrom { from, to } => {
                let (from, to) = (self.value(from, at), self.value(to, at));
                self.done(operation::days(&from, &to), expr.span, at)
            }
            ExprKind::Earlier { periods, operand } => {
                let Level::Table(table) = at.level else { return self.fault(Fault::Internal, expr.span, at) };
                match self.rows.earlier(table, at.row, *periods) {
                    Some(row) => {
                        let there = self.value_elsewhere(operand, At::table(table, row));
                        self.this_side_only(there, expr.span, at)
                    }
                    None => self.fault(Fault::NoEarlierPeriod, expr.span, at),
                }
            }
            ExprKind::InPeriod { over, operand, period } => {
                let wanted = match self.value(period, at) {
                    Outcome::Known(Value::Period(period)) => period.ordinal,
                    Outcome::Known(_) => return self.fault(Fault::Internal, expr.span, at),
                    missing @ Outcome::Missing(_) => return missing,
                };
                let rows = self.visited(*over, false, at);
                match rows.into_iter().find(|row| self.rows.ordinal(*over, *row) == wanted) {
                    Some(row) => self.value_elsewhere(operand, At::table(*over, row)),
                    None => self.fault(Fault::NoSuchPeriod, expr.span, at),
                }
            }
            ExprKind::PaidSoFar(_) => self.paid_so_far(expr, at),
            ExprKind::Broken => self.fault(Fault::Internal, expr.span, at),
        }
    }

    /// The value of an expression at a record other than the declaration's own row.
    fn value_elsewhere(&mut self, expr: &Expr, at: At) -> Outcome {
        self.depth += 1;
        let outcome = self.value(expr, at);
        self.depth -= 1;
        outcome
    }

    /// The outcome of an operator, its fault placed here.
    pub(super) fn done(&self, done: Done, span: Span, at: At) -> Outcome {
        match done {
            Done::Outcome(outcome) => outcome,
            Done::Fault(fault) => self.fault(fault, span, at),
        }
    }

    /// A function of one number; missing where it is.
    fn number(
        &mut self,
        operand: &Expr,
        at: At,
        span: Span,
        apply: impl Fn(&Number) -> Result<Number, crate::value::NumberFault>,
    ) -> Outcome {
        match self.value(operand, at) {
            Outcome::Known(Value::Number(number)) => self.done(apply(&number).into(), span, at),
            Outcome::Known(_) => self.fault(Fault::Internal, span, at),
            missing @ Outcome::Missing(_) => missing,
        }
    }

    fn comparison(&mut self, span: Span, op: CompareOp, left: &Expr, right: &Expr, at: At) -> Outcome {
        let left_side = self.value(left, at);
        let right_side = self.value(right, at);
        let holds = self.done(operation::compare(op, &left_side, &right_side), span, at);
        if let Some(trace) = &mut self.trace
            && trace.depth == 0
        {
            trace.tests.push(Test {
                span,
                op,
                left: (left_side, left.ty.clone(), left.span),
                right: (right_side, right.ty.clone(), right.span),
                holds: holds.clone(),
            });
        }
        holds
    }

    fn paid_so_far(&mut self, expr: &Expr, at: At) -> Outcome {
        let (ExprKind::PaidSoFar(payment), Level::Table(table)) = (&expr.kind, at.level) else {
            return self.fault(Fault::Internal, expr.span, at);
        };
        let mut total = Number::zero();
        let mut missing: Vec<Causes> = Vec::new();
        for row in self.rows.so_far(table, at.row) {
            if row == at.row {
                continue;
            }
            match self.result(*payment, At::table(table, row)) {
                Outcome::Known(Value::Number(paid)) => match total.add(&paid) {
                    Ok(sum) => total = sum,
                    Err(_) => return self.fault(Fault::TooLarge, expr.span, at),
                },
                Outcome::Known(_) => return self.fault(Fault::Internal, expr.span, at),
                Outcome::Missing(causes) => missing.push(causes),
            }
        }
        // What was paid was paid, whatever it was counted by.
        self.seen.clear();
        if missing.is_empty() {
            Outcome::Known(Value::Number(total))
        } else {
            Outcome::Missing(Causes::union(&missing))
        }
    }
}
