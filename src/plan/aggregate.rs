//! Aggregates, lists and ranks as steps.

use super::build::{Context, Planner};
use super::{Counted, FrameId, Member, Op, StepId};
use crate::model::{DeclarationKind, Expr, ExprKind, Formula, Level, Start, TableId};
use crate::source::Span;
use crate::syntax::ast::AggregateOp;
use crate::value::{Fault, Period, Value};

/// What is made of which records.
pub(super) struct Asked<'e> {
    pub(super) op: AggregateOp,
    pub(super) over: TableId,
    everywhere: bool,
    operand: Option<&'e Expr>,
    weight: Option<&'e Expr>,
    condition: Option<&'e Expr>,
}

impl<'e> Asked<'e> {
    /// What an aggregate over records asks; `None` of anything else.
    pub(super) fn of(expr: &'e Expr) -> Option<Self> {
        Some(match &expr.kind {
            ExprKind::Aggregate { op, over, everywhere, operand, condition } => Self {
                op: *op,
                over: *over,
                everywhere: *everywhere,
                operand: operand.as_deref(),
                weight: None,
                condition: condition.as_deref(),
            },
            ExprKind::WeightedMean { over, everywhere, operand, weight, condition } => Self {
                op: AggregateOp::Mean,
                over: *over,
                everywhere: *everywhere,
                operand: Some(operand),
                weight: Some(weight),
                condition: condition.as_deref(),
            },
            _ => return None,
        })
    }
}

impl Planner<'_> {
    pub(super) fn aggregate(&mut self, expr: &Expr, context: Context) -> StepId {
        let span = expr.span;
        if let Some(asked) = Asked::of(expr) {
            return self.over_records(expr, &asked, context);
        }
        match &expr.kind {
            ExprKind::ListOf { op, items } => {
                let items: Vec<StepId> = items.iter().map(|item| self.expression(item, context)).collect();
                let members = items
                    .into_iter()
                    .map(|item| match op {
                        // `count of (a, b)` counts the answers that are yes.
                        AggregateOp::Count => Member { counts: Some(item), value: None, with: None },
                        _ => Member::of(item),
                    })
                    .collect();
                let op = Op::Gather { op: *op, from: context.frame, members, before: None, among: None };
                self.add(op, span, context)
            }
            ExprKind::Rank { over, operand, from_highest } => {
                self.rank(*over, operand, *from_highest, None, span, context)
            }
            _ => self.add(Op::Fault(Fault::Internal), span, context),
        }
    }

    fn over_records(&mut self, expr: &Expr, asked: &Asked<'_>, context: Context) -> StepId {
        let all = asked.everywhere || context.level == Level::Nation;
        let to = if all { self.elsewhere(Level::Nation, 0, context) } else { context };
        let gather = self.gathered(expr, asked, to);
        self.count(expr, asked.over, (gather, None), context);
        self.reach(gather, expr.span, context)
    }

    /// The place among the records of a table, or among the peers of each.
    pub(super) fn rank(
        &mut self,
        over: TableId,
        operand: &Expr,
        from_highest: bool,
        among: Option<StepId>,
        span: Span,
        context: Context,
    ) -> StepId {
        let level = Level::Table(over);
        let all = (0..self.periods(level))
            .map(|period| {
                let there = self.elsewhere(level, period, context);
                self.expression(operand, there)
            })
            .collect();
        // What the figure of this row rests on counts, what those of others do not.
        self.expression(operand, context);
        self.add(Op::Rank { all, period: context.period, from_highest, among }, span, context)
    }

    /// Notes that the current declaration rests on an aggregate, if it is one of its own row.
    pub(super) fn count(
        &mut self,
        expr: &Expr,
        over: TableId,
        (gather, of_group): (StepId, Option<StepId>),
        context: Context,
    ) {
        if context.is_elsewhere || self.model.declaration(self.current).level != context.level {
            return;
        }
        let is_whole = self.is_whole(expr);
        self.counted.push(Counted { gather, of_group, reached: context.reached, is_whole, over });
    }

    /// The aggregate over the records of a table that belong to the row of a context, or over all of them.
    fn gathered(&mut self, expr: &Expr, asked: &Asked<'_>, to: Context) -> StepId {
        let level = Level::Table(asked.over);
        let periods = if level == to.level { to.period..to.period + 1 } else { 0..self.periods(level) };
        let from = self.frame(level);
        let is_below_a_period = to.frame == from && level != to.level && self.periods(to.level) != 1;
        let is_beside = to.frame != from && self.periods(to.level) != 1;
        // Records of one series within a record of another are no columns of one row.
        self.is_beyond |= is_below_a_period || is_beside && to.frame != FrameId::NATION;
        let members = periods.map(|period| self.member(asked, period, to)).collect();
        self.add(Op::Gather { op: asked.op, from, members, before: None, among: None }, expr.span, to)
    }

    /// The member of an aggregate at a period of its table.
    pub(super) fn member(&mut self, asked: &Asked<'_>, period: u32, from: Context) -> Member {
        let there = self.elsewhere(Level::Table(asked.over), period, from);
        let mut step = |expr: Option<&Expr>| expr.map(|expr| self.expression(expr, there));
        let (counts, value) = (step(asked.condition), step(asked.operand));
        let with = match asked.op {
            AggregateOp::LatestPeriod => {
                self.model.table(asked.over).series.zip(asked.operand).map(|(series, expr)| {
                    let ordinal = series.first.ordinal.saturating_add_unsigned(period);
                    self.add(Op::Constant(Value::Period(Period { ordinal, ..series.first })), expr.span, there)
                })
            }
            _ => step(asked.weight),
        };
        Member { counts, value, with }
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
