//! What is made of peers as steps: the groups once, what is made of each group once, and of each row that of its own.

use super::aggregate::Asked;
use super::build::{Context, Planner};
use super::{Op, StepId};
use crate::model::{Expr, ExprKind, Level, TableId};
use crate::source::Span;

impl Planner<'_> {
    /// What is made of the peers of a row: of those records of `over` at which all of `same` is what it is here.
    pub(super) fn among_peers(&mut self, over: TableId, same: &[Expr], of: &Expr, context: Context) -> StepId {
        let level = Level::Table(over);
        let span = of.span;
        // The peers of a record are those of the record of their table that it belongs to.
        let there = if level == context.level { context } else { self.elsewhere(level, 0, context) };
        let same: Vec<Vec<StepId>> = (0..self.periods(level))
            .map(|period| {
                let there = self.elsewhere(level, period, context);
                same.iter().map(|name| self.expression(name, there)).collect()
            })
            .collect();
        let Some(mine) = same.get(there.period as usize).cloned() else { return self.beyond(span, context) };
        // What is made of a group is no record's own.
        let of_group = Context { frame: there.frame, ..self.elsewhere(Level::Nation, 0, context) };
        let groups = self.add(Op::Groups(same), span, of_group);
        let reached = self.where_peers_are_known(&mine, span, there, context);
        if let ExprKind::Rank { operand, from_highest, .. } = &of.kind {
            return self.rank(over, operand, *from_highest, Some(groups), span, reached);
        }
        let Some(asked) = Asked::of(of) else { return self.beyond(span, context) };
        let from = self.elsewhere(Level::Nation, 0, context);
        let members = (0..self.periods(level)).map(|period| self.member(&asked, period, from)).collect();
        let gather = Op::Gather { op: asked.op, from: there.frame, members, before: None, among: Some(groups) };
        let gather = self.add(gather, span, of_group);
        let op = Op::OfGroup { value: gather, groups, period: there.period, same: mine };
        let step = self.add(op, span, there);
        self.count(of, over, (gather, Some(step)), reached);
        self.reach(step, span, context)
    }

    /// The context in which something is asked for only where it is known which are the peers.
    fn where_peers_are_known(&mut self, mine: &[StepId], span: Span, there: Context, context: Context) -> Context {
        let mut reached = context;
        if !context.is_elsewhere {
            for name in mine {
                let is_known = self.add(Op::IsMissing(*name, true), span, there);
                let is_known = self.reach(is_known, span, context);
                reached = self.narrowed(is_known, reached, span);
            }
        }
        reached
    }
}
