//! Expressions as steps.

use super::build::{Context, Planner};
use super::{Member, Op, StepId};
use crate::model::{Expr, ExprKind, Level};
use crate::syntax::ast::{CompareOp, SeriesOp};
use crate::value::{Fault, Period, RoundMode, Value};

impl Planner<'_> {
    /// The step that gives an expression in a context.
    pub(super) fn expression(&mut self, expr: &Expr, context: Context) -> StepId {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Literal(value) => self.add(Op::Constant(value.clone()), span, context),
            ExprKind::Column(column) => self.column(*column, span, context),
            ExprKind::Result(declaration) => self.result(*declaration, span, context),
            ExprKind::Parameter(parameter) => self.add(Op::Parameter(*parameter), span, context),
            ExprKind::ParameterIn { parameter, period } => {
                let period = self.expression(period, context);
                let is_known = matches!(self.plan.step(period).op, Op::Constant(_));
                let of = if is_known { Op::ParameterIn } else { Op::ParameterAt };
                self.add(of(*parameter, period), span, context)
            }
            ExprKind::Not(operand) => {
                let operand = self.expression(operand, context);
                self.add(Op::Not(operand), span, context)
            }
            ExprKind::Negate(operand) => {
                let operand = self.expression(operand, context);
                self.add(Op::Negate(operand), span, context)
            }
            ExprKind::SizeOf(operand) => {
                let operand = self.expression(operand, context);
                self.add(Op::SizeOf(operand), span, context)
            }
            ExprKind::Arithmetic { op, left, right } => {
                let left = self.expression(left, context);
                let right = self.expression(right, context);
                self.add(Op::Arithmetic(*op, left, right), span, context)
            }
            ExprKind::Compare { op, left, right } => {
                let left = self.expression(left, context);
                let right = self.expression(right, context);
                self.add(Op::Compare(*op, left, right), span, context)
            }
            ExprKind::Logic { op, operands } => {
                let operands = operands.iter().map(|operand| self.expression(operand, context)).collect();
                self.add(Op::Logic(*op, operands), span, context)
            }
            ExprKind::IsMissing { operand, negated } => {
                let operand = self.expression(operand, context);
                self.add(Op::IsMissing(operand, *negated), span, context)
            }
            ExprKind::RoundsTo { operand, printed, step } => {
                let operand = self.expression(operand, context);
                let rounded = self.add(Op::Rounded(operand, RoundMode::Nearest, (**step).clone()), span, context);
                let printed = self.add(Op::Constant(Value::Number((**printed).clone())), span, context);
                self.add(Op::Compare(CompareOp::Is, rounded, printed), span, context)
            }
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.expression(condition, context);
                let inside = self.reached(condition, true, context, then);
                let then = self.expression(then, inside);
                let inside = self.reached(condition, false, context, otherwise);
                let otherwise = self.expression(otherwise, inside);
                self.add(Op::If(condition, then, otherwise), span, context)
            }
            ExprKind::Aggregate { .. }
            | ExprKind::WeightedMean { .. }
            | ExprKind::ListOf { .. }
            | ExprKind::Rank { .. } => self.aggregate(expr, context),
            ExprKind::DaysFrom { from, to } => {
                let (from, to) = (self.expression(from, context), self.expression(to, context));
                self.add(Op::Days(from, to), span, context)
            }
            ExprKind::Series { op, operand } => self.so_far(*op, operand, span, context),
            ExprKind::Earlier { periods, operand } => {
                let earlier = i64::from(context.period) - i64::from(*periods);
                let within = u32::try_from(earlier).ok().filter(|at| *at < self.periods(context.level));
                match within {
                    Some(period) => {
                        let there = self.elsewhere(context.level, period, context);
                        self.expression(operand, there)
                    }
                    None => self.add(Op::Fault(Fault::NoEarlierPeriod), span, context),
                }
            }
            ExprKind::InPeriod { over, operand, period } => {
                self.in_period(Level::Table(*over), operand, period, span, context)
            }
            ExprKind::PaidSoFar(payment) => {
                let paid: Vec<StepId> = (0..context.period)
                    .map(|period| {
                        let there = Context { period, ..context };
                        self.result(*payment, span, there)
                    })
                    .collect();
                self.running(crate::syntax::ast::AggregateOp::Sum, paid, span, context)
            }
            ExprKind::Peers { over, same, of } => self.among_peers(*over, same, of, context),
            ExprKind::Broken => self.add(Op::Fault(Fault::Internal), span, context),
        }
    }

    /// What the column engine does not run: the reference meaning gives it.
    pub(super) fn beyond(&mut self, span: crate::source::Span, context: Context) -> StepId {
        self.is_beyond = true;
        self.add(Op::Fault(Fault::Internal), span, context)
    }

    /// The context in which something is asked for only where a condition has this answer. Only aggregates
    /// care, since they say on how many records a result rests.
    pub(super) fn reached(&mut self, condition: StepId, answer: bool, context: Context, inside: &Expr) -> Context {
        if !has_aggregate(inside) || context.is_elsewhere {
            return context;
        }
        let answered = self.add(Op::IsKnown(condition, answer), inside.span, context);
        self.narrowed(answered, context, inside.span)
    }

    /// A context that is reached where it was and where `also` is yes.
    pub(super) fn narrowed(&mut self, also: StepId, context: Context, span: crate::source::Span) -> Context {
        let both = match context.reached {
            None => also,
            Some(before) => self.add(Op::Logic(crate::syntax::ast::LogicOp::And, vec![before, also]), span, context),
        };
        Context { reached: Some(both), ..context }
    }

    fn column(&mut self, column: crate::model::ColumnId, span: crate::source::Span, context: Context) -> StepId {
        let declared = self.model.column(column);
        let table = declared.table;
        // Which figures may be put together depends on what each rests on.
        self.is_beyond |= !declared.breaks.is_empty();
        if let Some(series) = self.model.table(table).series
            && series.column == column
            && Level::Table(table) == context.level
        {
            // The period of a series is known before any data is.
            let period =
                Period { ordinal: series.first.ordinal.saturating_add_unsigned(context.period), ..series.first };
            return self.add(Op::Constant(Value::Period(period)), span, context);
        }
        let level = Level::Table(table);
        let frame = self.frame(level);
        if frame == context.frame {
            let period = if level == context.level { context.period } else { 0 };
            return self.add(Op::Column(column, period), span, context);
        }
        let there = self.context(level, 0);
        let step = self.add(Op::Column(column, 0), span, there);
        self.add(Op::Above(step), span, context)
    }

    fn so_far(&mut self, op: SeriesOp, operand: &Expr, span: crate::source::Span, context: Context) -> StepId {
        let members: Vec<StepId> = (0..=context.period)
            .map(|period| {
                let mut there = Context { period, ..context };
                there.is_elsewhere = true;
                self.expression(operand, there)
            })
            .collect();
        let op = match op {
            SeriesOp::RunningTotal => crate::syntax::ast::AggregateOp::Sum,
            SeriesOp::HighestSoFar => crate::syntax::ast::AggregateOp::Greatest,
            SeriesOp::LowestSoFar => crate::syntax::ast::AggregateOp::Least,
        };
        self.running(op, members, span, context)
    }

    /// What is made of the values of a series so far. What was made up to the period before is named too, where
    /// there is that, so that a running total need not be added up anew at each period.
    fn running(
        &mut self,
        op: crate::syntax::ast::AggregateOp,
        values: Vec<StepId>,
        span: crate::source::Span,
        context: Context,
    ) -> StepId {
        let members: Vec<Member> = values.into_iter().map(Member::of).collect();
        let earlier = context.period.checked_sub(1).and_then(|period| self.ran.get(&(self.current, span, period)));
        let before = earlier.copied().filter(|step| {
            let made_of = match &self.plan.step(*step).op {
                Op::Gather { members, .. } => members.as_slice(),
                _ => &[],
            };
            !made_of.is_empty() && members.split_last().is_some_and(|(_, before)| before == made_of)
        });
        let op = Op::Gather { op, from: context.frame, members, before, among: None };
        let step = self.add(op, span, context);
        self.ran.insert((self.current, span, context.period), step);
        step
    }

    fn in_period(
        &mut self,
        over: Level,
        operand: &Expr,
        period: &Expr,
        span: crate::source::Span,
        context: Context,
    ) -> StepId {
        let period = self.expression(period, context);
        let first = self.first_ordinal(over);
        let choices: Vec<(i32, StepId)> = if context.level == over {
            let there = Context { is_elsewhere: true, ..context };
            vec![(first.saturating_add_unsigned(context.period), self.expression(operand, there))]
        } else if self.frame(over) == context.frame {
            (0..self.periods(over))
                .map(|at| {
                    let there = self.elsewhere(over, at, context);
                    (first.saturating_add_unsigned(at), self.expression(operand, there))
                })
                .collect()
        } else {
            // The first of many records with a period: no column's work.
            self.is_beyond = true;
            Vec::new()
        };
        if let Op::Constant(Value::Period(wanted)) = &self.plan.step(period).op {
            let wanted = wanted.ordinal;
            return match choices.iter().find(|(ordinal, _)| *ordinal == wanted) {
                Some((_, step)) => *step,
                None => self.add(Op::Fault(Fault::NoSuchPeriod), span, context),
            };
        }
        self.add(Op::Pick(period, choices), span, context)
    }
}

/// Whether an expression asks for something that rests on many records.
pub(super) fn has_aggregate(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |expr| found |= matches!(expr.kind, ExprKind::Aggregate { .. } | ExprKind::WeightedMean { .. }));
    found
}
