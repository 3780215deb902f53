//! Ladders: steps along a series that remember how far it went.
//!
//! In: a ladder and a record of its series. Out: the step. What is unknown leaves several steps possible; the step
//! is known again once only one is.

use super::explain::StepKind;
use super::machine::{At, Machine};
use crate::model::{DeclarationId, Expr, Level};
use crate::source::Span;
use crate::value::{Causes, Fault, Outcome, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a record stands.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// The steps that are possible, by number; never none.
    possible: BTreeSet<usize>,
    /// Why more than one is.
    why: Causes,
}

impl Standing {
    fn at(step: usize) -> Self {
        Self { possible: BTreeSet::from([step]), why: Causes::default() }
    }

    fn outcome(&self, steps: &[String]) -> Option<Outcome> {
        let mut possible = self.possible.iter();
        match (possible.next(), possible.next()) {
            (Some(only), None) => steps.get(*only).map(|step| Outcome::Known(Value::Text(Arc::from(step.as_str())))),
            (Some(_), Some(_)) => Some(Outcome::Missing(self.why.clone())),
            (None, _) => None,
        }
    }
}

/// What a ladder says.
pub(super) struct Clauses<'e> {
    pub(super) steps: &'e [String],
    pub(super) up: &'e Expr,
    pub(super) down: Option<&'e Expr>,
    pub(super) again: Option<&'e Expr>,
}

/// Whether something may be so, and whether it may not.
fn may(answer: &Outcome) -> (bool, bool) {
    match answer {
        Outcome::Known(Value::YesNo(yes)) => (*yes, !*yes),
        _ => (true, true),
    }
}

impl Machine<'_> {
    /// The step of a ladder at a record of its series.
    pub(super) fn ladder(&mut self, id: DeclarationId, clauses: &Clauses<'_>, at: At, span: Span) -> Outcome {
        let Level::Table(table) = at.level else { return self.fault(Fault::Internal, span, at) };
        // Earlier records stand already, but where one result alone is looked at again.
        let mut before: Option<Standing> = None;
        for row in self.rows.so_far(table, at.row) {
            let here = At::table(table, row);
            if row == at.row {
                let before = before.unwrap_or_else(|| Standing::at(0));
                let stood = before.outcome(clauses.steps).filter(|stood| !stood.is_missing());
                let standing = self.moved(clauses, &before, here);
                let outcome = standing.outcome(clauses.steps);
                self.ladders.insert((id, row), standing);
                let outcome = outcome.unwrap_or_else(|| self.fault(Fault::Internal, span, at));
                self.step(StepKind::Stands, span, None, stood.as_ref(), &outcome);
                return outcome;
            }
            let standing = match self.ladders.get(&(id, row)) {
                Some(standing) => standing.clone(),
                None => {
                    let trace = self.trace.take();
                    let before = before.unwrap_or_else(|| Standing::at(0));
                    let standing = self.moved(clauses, &before, here);
                    self.trace = trace;
                    standing
                }
            };
            self.ladders.insert((id, row), standing.clone());
            before = Some(standing);
        }
        self.fault(Fault::Internal, span, at)
    }

    /// Where a record stands, from where the one before it stood.
    fn moved(&mut self, clauses: &Clauses<'_>, before: &Standing, at: At) -> Standing {
        let no = Outcome::Known(false.into());
        let mut answers = Vec::new();
        for (kind, when) in
            [(StepKind::StartAgain, clauses.again), (StepKind::Up, Some(clauses.up)), (StepKind::Down, clauses.down)]
        {
            let answer = match when {
                Some(when) => {
                    let answer = self.value(when, at);
                    self.step(kind, when.span, None, None, &answer);
                    answer
                }
                None => no.clone(),
            };
            answers.push(answer);
        }
        let [again, up, down] = answers.as_slice() else { return before.clone() };
        let ((may_start, may_go), (may_rise, may_not), (may_fall, may_stay)) = (may(again), may(up), may(down));
        let last = clauses.steps.len().saturating_sub(1);
        let mut possible = BTreeSet::new();
        if may_start {
            possible.insert(0);
        }
        for step in before.possible.iter().filter(|_| may_go) {
            let moves = [
                (may_rise, step.saturating_add(1).min(last)),
                (may_not && may_fall, step.saturating_sub(1)),
                (may_not && may_stay, *step),
            ];
            possible.extend(moves.into_iter().filter(|(may, _)| *may).map(|(_, step)| step));
        }
        let unknown = answers.iter().filter_map(|answer| match answer {
            Outcome::Missing(causes) => Some(causes),
            Outcome::Known(_) => None,
        });
        let why = Causes::union(unknown.chain([&before.why]).filter(|causes| !causes.is_empty()));
        if possible.len() > 1 { Standing { possible, why } } else { Standing { possible, why: Causes::default() } }
    }
}
