//! Aggregates, lists and ranks as steps.

use super::build::{Context, Planner};
use super::expression::is_text;
use super::{Counted, FrameId, Member, Op, StepId};
use crate::model::{DeclarationKind, Expr, ExprKind, Formula, Level, Start, TableId};
use crate::syntax::ast::AggregateOp;
use crate::value::Fault;

impl Planner<'_> {
    pub(super) fn aggregate(&mut self, expr: &Expr, context: Context) -> StepId {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Aggregate { op: AggregateOp::Percentile(_) | AggregateOp::LatestPeriod, .. }
            | ExprKind::ListOf { op: AggregateOp::Percentile(_), .. } => self.beyond(span, context),
            ExprKind::Aggregate { op, over, everywhere, operand, condition } => {
                self.is_beyond |= is_ordered(*op) && operand.as_deref().is_some_and(is_text);
                let all = *everywhere || context.level == Level::Nation;
                let to = if all { self.elsewhere(Level::Nation, 0, context) } else { context };
                let gather = self.gathered(expr, *op, *over, operand.as_deref(), condition.as_deref(), to);
                if !context.is_elsewhere && self.model.declaration(self.current).level == context.level {
                    self.counted.push(Counted {
                        gather,
                        reached: context.reached,
                        is_whole: self.is_whole(expr),
                        over: *over,
                    });
                }
                self.reach(gather, span, context)
            }
            ExprKind::ListOf { op, items } => {
                self.is_beyond |= is_ordered(*op) && items.iter().any(is_text);
                let items: Vec<StepId> = items.iter().map(|item| self.expression(item, context)).collect();
                let members = items
                    .into_iter()
                    .map(|item| match op {
                        // `count of (a, b)` counts the answers that are yes.
                        AggregateOp::Count => Member { counts: Some(item), value: None },
                        _ => Member { counts: None, value: Some(item) },
                    })
                    .collect();
                let op = Op::Gather { op: *op, from: context.frame, members, before: None };
                self.add(op, span, context)
            }
            ExprKind::Rank { over, operand, from_highest } => {
                self.is_beyond |= is_text(operand);
                let level = Level::Table(*over);
                let all = (0..self.periods(level))
                    .map(|period| {
                        let there = self.elsewhere(level, period, context);
                        self.expression(operand, there)
                    })
                    .collect();
                let mine = self.expression(operand, context);
                self.add(Op::Rank { all, mine, from_highest: *from_highest }, span, context)
            }
            _ => self.add(Op::Fault(Fault::Internal), span, context),
        }
    }

    /// The aggregate over the records of a table that belong to the row of a context, or over all of them.
    fn gathered(
        &mut self,
        expr: &Expr,
        op: AggregateOp,
        over: TableId,
        operand: Option<&Expr>,
        condition: Option<&Expr>,
        to: Context,
    ) -> StepId {
        let level = Level::Table(over);
        let periods = if level == to.level { to.period..to.period + 1 } else { 0..self.periods(level) };
        let from = self.frame(level);
        let is_below_a_period = to.frame == from && level != to.level && self.periods(to.level) != 1;
        let is_beside = to.frame != from && self.periods(to.level) != 1;
        // Records of one series within a record of another are no columns of one row.
        self.is_beyond |= is_below_a_period || is_beside && to.frame != FrameId::NATION;
        let members = periods
            .map(|period| {
                let there = self.elsewhere(level, period, to);
                Member {
                    counts: condition.map(|condition| self.expression(condition, there)),
                    value: operand.map(|operand| self.expression(operand, there)),
                }
            })
            .collect();
        self.add(Op::Gather { op, from, members, before: None }, expr.span, to)
    }

    /// Whether an aggregate is all that the current declaration says.
    fn is_whole(&self, expr: &Expr) -> bool {
        match &self.model.declaration(self.current).kind {
            DeclarationKind::Measure(Formula { start: Start::Is(start), clauses }) => {
                clauses.is_empty() && start.span == expr.span
            }
            _ => false,
        }
    }
}

/// Whether an aggregate asks which of two comes first; texts are numbers in columns, which do not say that.
fn is_ordered(op: AggregateOp) -> bool {
    matches!(op, AggregateOp::Least | AggregateOp::Greatest)
}
