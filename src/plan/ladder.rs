//! Ladders as steps: at each period the steps that are possible, from those of the period before.

use super::build::{Context, Planner};
use super::{Op, StepId};
use crate::model::Expr;
use crate::source::Span;
use std::sync::Arc;

/// The most steps of a ladder: as many bits as a number has that is not below zero.
const MOST_STEPS: usize = 63;

impl Planner<'_> {
    /// The step at a period; `moves` say when it starts again, goes up and goes down.
    pub(super) fn ladder(
        &mut self,
        steps: &Arc<[String]>,
        moves: [Option<&Expr>; 3],
        span: Span,
        context: Context,
    ) -> StepId {
        if steps.len() > MOST_STEPS {
            return self.beyond(span, context);
        }
        let moves = moves.map(|when| when.map(|when| self.expression(when, context)));
        let output = self.plan.outputs.get(self.current.index());
        let before = context.period.checked_sub(1).and_then(|period| output?.values.get(period as usize).copied());
        let stood = before.and_then(|before| match &self.plan.step(before).op {
            Op::Stands { possible, .. } => Some(*possible),
            _ => None,
        });
        let last = u32::try_from(steps.len().saturating_sub(1)).unwrap_or(0);
        let possible = self.add(Op::Climb { before: stood, moves, last }, span, context);
        let open = moves.into_iter().flatten().chain(before).collect();
        self.add(Op::Stands { possible, open, steps: Arc::clone(steps) }, span, context)
    }
}
