//! Allocations as steps: the parts of all records at once, and of each period its own.

use super::build::{Context, Planner};
use super::expression::has_aggregate;
use super::{Claim, Op, StepId};
use crate::model::{Expr, Level};
use crate::source::Span;
use crate::syntax::ast::{CompareOp, LogicOp};
use crate::value::{Number, RoundMode, Value};

/// What an allocation says.
pub(super) struct Shared<'e> {
    pub(super) pot: &'e Expr,
    pub(super) weight: &'e Expr,
    pub(super) step: &'e Number,
    /// The floor and the ceiling.
    pub(super) bounds: [Option<&'e Expr>; 2],
}

impl Planner<'_> {
    pub(super) fn allocation(&mut self, shared: &Shared<'_>, span: Span, context: Context) -> StepId {
        let nation = self.context(Level::Nation, 0);
        let pot = self.expression(shared.pot, nation);
        let mut mine = context;
        if [Some(shared.weight), shared.bounds[0], shared.bounds[1]].into_iter().flatten().any(has_aggregate) {
            mine = self.where_pot_is_whole(pot, shared.step, span, context);
        }
        let claims: Vec<Claim> = (0..self.periods(context.level))
            .map(|period| {
                // What the claims of this row rest on counts, what those of others do not.
                let there = self.elsewhere(context.level, period, context);
                let there = if period == context.period { mine } else { there };
                let [least, greatest] = shared.bounds;
                Claim {
                    weight: self.expression(shared.weight, there),
                    least: least.map(|least| self.expression(least, there)),
                    greatest: greatest.map(|greatest| self.expression(greatest, there)),
                }
            })
            .collect();
        let is_series = claims.len() != 1;
        let bounds = shared.bounds.map(|bound| bound.map(|bound| bound.span));
        // What is wrong with a pot is no record's own.
        let of_all = Context { frame: context.frame, ..nation };
        let shares = self.add(Op::Shares { pot, claims, step: shared.step.clone(), bounds }, span, of_all);
        if is_series { self.add(Op::Part(shares, context.period), span, context) } else { shares }
    }

    /// The context in which claims are asked for only where the pot is missing or can be shared in whole steps.
    fn where_pot_is_whole(&mut self, pot: StepId, step: &Number, span: Span, context: Context) -> Context {
        let nation = self.context(Level::Nation, 0);
        let zero = self.add(Op::Constant(Value::Number(Number::zero())), span, nation);
        let rounded = self.add(Op::Rounded(pot, RoundMode::Nearest, step.clone()), span, nation);
        let is_whole = self.add(Op::Compare(CompareOp::Is, rounded, pot), span, nation);
        let is_positive = self.add(Op::Compare(CompareOp::AtLeast, pot, zero), span, nation);
        let can_be = self.add(Op::Logic(LogicOp::And, vec![is_whole, is_positive]), span, nation);
        let can_be = self.add(Op::IsKnown(can_be, true), span, nation);
        let is_missing = self.add(Op::IsMissing(pot, false), span, nation);
        let is_asked = self.add(Op::Logic(LogicOp::Or, vec![is_missing, can_be]), span, nation);
        let is_asked = self.reach(is_asked, span, context);
        self.narrowed(is_asked, context, span)
    }
}
