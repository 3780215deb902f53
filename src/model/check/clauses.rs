//! Clauses that change nothing, or that undo one another.
//!
//! In: the clauses of a formula, in the order they apply. Out: warnings. What is known of the value so far comes
//! from the clauses alone, never from what it starts as: a floor of zero under a figure that can hardly be
//! negative is caution, not a mistake.

use super::words::Words;
use crate::model::error::lint::{self, Bound};
use crate::model::{Clause, ClauseKind, DeclarationKind, Expr, ExprKind, Formula, Start};
use crate::problem::Problem;
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, ArithmeticOp};
use crate::value::{Number, RoundMode, Value};

/// Rules that are looked through, one inside the other.
const DEEPEST: usize = 8;

/// What is known of the value so far, and the clause that says so.
#[derive(Debug, Clone, Default)]
struct SoFar {
    floor: Option<(Number, Span)>,
    ceiling: Option<(Number, Span)>,
    /// It is a multiple of this.
    multiple_of: Option<(Number, Span)>,
    /// It is there, even where what it is made of is missing.
    is_there: Option<Span>,
}

/// Warns about the clauses of a formula.
pub(super) fn check(words: Words<'_>, formula: &Formula, problems: &mut Vec<Problem>) {
    let mut so_far = SoFar::default();
    for clause in &formula.clauses {
        let mut walk = Walk { words, clause, problems };
        match &clause.kind {
            ClauseKind::AtLeast(bound) => walk.clamp(&mut so_far, bound, Bound::Floor),
            ClauseKind::AtMost(bound) => walk.clamp(&mut so_far, bound, Bound::Ceiling),
            ClauseKind::Less { amount, never_below } => walk.less(&mut so_far, amount, never_below.as_deref()),
            ClauseKind::Rounded { mode, step } => walk.rounded(&mut so_far, *mode, step),
            ClauseKind::OnlyIf(_) => {
                so_far.may_be(&Number::zero());
                so_far.is_there = None;
            }
            ClauseKind::IfMissing(value) => walk.if_missing(&mut so_far, value),
            ClauseKind::Unless(exceptions) => {
                for (_, value) in exceptions.iter().flat_map(|exception| &exception.cases) {
                    match literal(value) {
                        Some(number) => so_far.may_be(&number),
                        None => so_far = SoFar::default(),
                    }
                }
                so_far.is_there = None;
            }
        }
    }
}

impl SoFar {
    /// The value may be this instead.
    fn may_be(&mut self, number: &Number) {
        self.floor = self.floor.take().map(|(floor, at)| (floor.min(number.clone()), at));
        self.ceiling = self.ceiling.take().map(|(ceiling, at)| (ceiling.max(number.clone()), at));
        self.multiple_of = self.multiple_of.take().filter(|(step, _)| is_multiple(number, step));
    }
}

/// One clause under examination.
struct Walk<'w, 'p> {
    words: Words<'w>,
    clause: &'w Clause,
    problems: &'p mut Vec<Problem>,
}

impl Walk<'_, '_> {
    fn clamp(&mut self, so_far: &mut SoFar, bound: &Expr, kind: Bound) {
        self.keeps_rounding(so_far, bound);
        let (same, other) = match kind {
            Bound::Floor => (&mut so_far.floor, &mut so_far.ceiling),
            Bound::Ceiling => (&mut so_far.ceiling, &mut so_far.floor),
        };
        // Which of two bounds of a kind leaves less room, and whether a bound is beyond the other kind.
        let is_within = |new: &Number, old: &Number| if kind == Bound::Floor { new <= old } else { new >= old };
        let crossed = |nearest: &Number, other: &Option<(Number, Span)>| {
            other.as_ref().filter(|(other, _)| !is_within(nearest, other)).cloned()
        };
        let Some(number) = literal(bound) else {
            if let Some((other, at)) = nearest(self.words, bound, kind).and_then(|nearest| crossed(&nearest, other)) {
                let spelled = self.words.model.spell(&Value::Number(other), &bound.ty);
                self.problems.push(lint::contradicting_bounds(
                    self.clause.span,
                    kind,
                    at,
                    &spelled,
                    &self.words.of(bound),
                ));
            }
            *other = None;
            so_far.is_there = None;
            return;
        };
        let spelled = |number: &Number| self.words.model.spell(&Value::Number(number.clone()), &bound.ty);
        if let Some((old, at)) = same.as_ref().filter(|(old, _)| is_within(&number, old)) {
            self.problems.push(lint::pointless_bound(self.clause.span, kind, *at, &spelled(old)));
            return;
        }
        if let Some((old, at)) = crossed(&number, other) {
            self.problems.push(lint::contradicting_bounds(
                self.clause.span,
                kind,
                at,
                &spelled(&old),
                &spelled(&number),
            ));
            *other = Some((number.clone(), self.clause.span));
        }
        *same = Some((number, self.clause.span));
    }

    fn less(&mut self, so_far: &mut SoFar, amount: &Expr, never_below: Option<&Expr>) {
        self.keeps_rounding(so_far, amount);
        let by = literal(amount);
        if by.as_ref().is_some_and(Number::is_zero) && never_below.is_none() {
            self.problems.push(lint::takes_nothing(self.clause.span, &self.words.of(amount)));
            return;
        }
        let moved = |bound: Option<(Number, Span)>| {
            bound.zip(by.as_ref()).and_then(|((bound, at), by)| Some((bound.subtract(by).ok()?, at)))
        };
        so_far.floor = moved(so_far.floor.take());
        so_far.ceiling = moved(so_far.ceiling.take());
        if by.is_none() {
            so_far.is_there = None;
        }
        let Some(least) = never_below else { return };
        self.keeps_rounding(so_far, least);
        match literal(least) {
            Some(least) => {
                so_far.ceiling = so_far.ceiling.take().map(|(ceiling, at)| (ceiling.max(least.clone()), at));
                let floor = so_far.floor.take().filter(|(floor, _)| *floor >= least);
                so_far.floor = floor.or(Some((least, self.clause.span)));
            }
            None => {
                so_far.ceiling = None;
                so_far.is_there = None;
            }
        }
    }

    fn rounded(&mut self, so_far: &mut SoFar, mode: RoundMode, step: &Number) {
        if let Some((_, at)) = so_far.multiple_of.as_ref().filter(|(coarser, _)| is_multiple(coarser, step)) {
            self.problems.push(lint::rounded_already(self.clause.span, *at));
            return;
        }
        let rounded =
            |bound: Option<(Number, Span)>| bound.and_then(|(bound, at)| Some((bound.round_to(step, mode).ok()?, at)));
        so_far.floor = rounded(so_far.floor.take());
        so_far.ceiling = rounded(so_far.ceiling.take());
        so_far.multiple_of = Some((step.clone(), self.clause.span));
    }

    fn if_missing(&mut self, so_far: &mut SoFar, value: &Expr) {
        if let Some(at) = so_far.is_there {
            self.problems.push(lint::never_missing(self.clause.span, at));
            return;
        }
        match literal(value) {
            Some(number) => {
                so_far.may_be(&number);
                so_far.is_there = Some(self.clause.span);
            }
            None => *so_far = SoFar::default(),
        }
    }

    /// Warns where an amount that is no multiple of what the value was rounded to comes after the rounding, and
    /// forgets the rounding unless the amount is known to be a multiple.
    fn keeps_rounding(&mut self, so_far: &mut SoFar, amount: &Expr) {
        let Some((step, at)) = so_far.multiple_of.clone() else { return };
        let is_undone = match literal(amount) {
            Some(number) if is_multiple(&number, &step) => return,
            Some(_) => true,
            None => is_clearly_unrounded(self.words, amount, 0),
        };
        if is_undone {
            self.problems.push(lint::rounding_undone(self.clause.span, at, &self.words.of(amount)));
        }
        so_far.multiple_of = None;
    }
}

/// The value of a number that is written out.
pub(super) fn literal(expr: &Expr) -> Option<Number> {
    match super::moment::written_out(expr)? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// The value of a parameter that leaves the most room: the lowest floor, the highest ceiling it ever set.
fn nearest(words: Words<'_>, bound: &Expr, kind: Bound) -> Option<Number> {
    let ExprKind::Parameter(id) = bound.kind else { return None };
    let values = words.model.parameter(id).values.iter().map(|value| match &value.value {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    });
    let values = values.collect::<Option<Vec<_>>>()?.into_iter();
    if kind == Bound::Floor { values.min() } else { values.max() }
}

fn is_multiple(number: &Number, step: &Number) -> bool {
    number.divide(step).is_ok_and(|steps| steps.is_whole())
}

/// Whether the figure is a quotient or a mean that nothing rounds.
fn is_clearly_unrounded(words: Words<'_>, expr: &Expr, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match &expr.kind {
        ExprKind::Arithmetic { op: ArithmeticOp::Divide, .. }
        | ExprKind::Aggregate { op: AggregateOp::Mean, .. }
        | ExprKind::WeightedMean { .. }
        | ExprKind::ListOf { op: AggregateOp::Mean, .. } => true,
        ExprKind::Arithmetic { left, right, .. } => {
            is_clearly_unrounded(words, left, depth + 1) || is_clearly_unrounded(words, right, depth + 1)
        }
        ExprKind::Negate(inner) | ExprKind::SizeOf(inner) => is_clearly_unrounded(words, inner, depth + 1),
        ExprKind::Result(id) => match &words.model.declaration(*id).kind {
            DeclarationKind::Measure(Formula { start: Start::Is(start), clauses }) => {
                let is_rounded = clauses.iter().any(|clause| matches!(clause.kind, ClauseKind::Rounded { .. }));
                !is_rounded && is_clearly_unrounded(words, start, depth + 1)
            }
            _ => false,
        },
        _ => false,
    }
}
