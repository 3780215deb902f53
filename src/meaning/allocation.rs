//! Allocations: what each row may claim of a pot, and its part.
//!
//! In: an allocation. Out: one part for each row of its level, as `sharing` finds them.

use super::explain::{Step, StepKind};
use super::machine::{At, Machine};
use super::sharing::{Claim, Unshared, in_steps, key_text, share_out};
use crate::model::{DeclarationId, DeclarationKind, Expr, Level};
use crate::source::Span;
use crate::value::{Causes, Fault, Number, Outcome, RoundMode, Value};

impl Machine<'_> {
    /// Evaluates an allocation at all rows at once.
    pub(super) fn allocate(&mut self, id: DeclarationId) {
        self.current = id;
        let model = self.model;
        let declaration = model.declaration(id);
        let DeclarationKind::Allocation { pot, weight, step, least, greatest } = &declaration.kind else { return };
        let level = declaration.level;
        let count = self.rows.count(level);
        self.seen.clear();
        let outcomes = match self.claims(pot, weight, least.as_deref(), greatest.as_deref(), step, level) {
            Ok((pot, claims)) => match share_out(&pot, &claims) {
                Ok(parts) => parts
                    .into_iter()
                    .map(|part| match part.multiply(step) {
                        Ok(part) => Outcome::Known(Value::Number(part)),
                        Err(_) => self.fault(Fault::TooLarge, declaration.span, At::NATION),
                    })
                    .collect(),
                Err(Unshared::Fault(fault)) => vec![self.fault(fault, declaration.span, At::NATION); count],
                Err(Unshared::Bounds(fault, places)) => {
                    let bound = if fault == Fault::CeilingsBelowPot { greatest } else { least };
                    let span = bound.as_ref().map_or(declaration.span, |bound| bound.span);
                    vec![Outcome::Missing(self.binding(fault, span, level, &places)); count]
                }
                Err(Unshared::Missing(causes)) => vec![Outcome::Missing(causes); count],
            },
            Err(Unshared::Fault(fault) | Unshared::Bounds(fault, _)) => {
                vec![self.fault(fault, declaration.span, At::NATION); count]
            }
            Err(Unshared::Missing(causes)) => vec![Outcome::Missing(causes); count],
        };
        let sides = self.seen.clone();
        let outcomes: Vec<Outcome> = outcomes
            .into_iter()
            .enumerate()
            .map(|(row, part)| {
                self.seen.clone_from(&sides);
                let part = self.on_one_side(part, declaration.name_span, At::NATION);
                self.keep_sides(id, row);
                part
            })
            .collect();
        if let Some(trace) = &mut self.trace
            && let Some(first) = outcomes.first()
        {
            trace.steps.push(Step {
                kind: StepKind::Allocated,
                span: declaration.span,
                operand: None,
                before: None,
                after: first.clone(),
            });
        }
        if let Some(slot) = self.results.values.get_mut(id.index()) {
            *slot = outcomes;
        }
    }

    /// One cause for each row whose bound cannot be kept.
    fn binding(&self, fault: Fault, span: Span, level: Level, places: &[usize]) -> Causes {
        let causes: Vec<Causes> = places
            .iter()
            .filter_map(|row| match self.fault(fault, span, At { level, row: *row }) {
                Outcome::Missing(causes) => Some(causes),
                Outcome::Known(_) => None,
            })
            .collect();
        Causes::union(&causes)
    }

    /// The pot and every row's claim, in steps. One missing figure leaves every part unknown.
    fn claims(
        &mut self,
        pot: &Expr,
        weight: &Expr,
        least: Option<&Expr>,
        greatest: Option<&Expr>,
        step: &Number,
        level: Level,
    ) -> Result<(Number, Vec<Claim>), Unshared> {
        let mut missing: Vec<Causes> = Vec::new();
        let pot = self.steps_of(pot, At::NATION, step, None, &mut missing)?;
        let mut claims = Vec::new();
        for row in 0..self.rows.count(level) {
            let at = At { level, row };
            let weight = match self.value(weight, at) {
                Outcome::Known(Value::Number(weight)) => weight,
                Outcome::Known(_) => return Err(Unshared::Fault(Fault::Internal)),
                Outcome::Missing(causes) => {
                    missing.push(causes);
                    Number::zero()
                }
            };
            let least = match least {
                Some(least) => self.steps_of(least, at, step, Some(RoundMode::Up), &mut missing)?,
                None => Number::zero(),
            };
            let greatest = match greatest {
                Some(greatest) => Some(self.steps_of(greatest, at, step, Some(RoundMode::Down), &mut missing)?),
                None => None,
            };
            claims.push(Claim { weight, least, greatest, key: key_text(self.model, self.data, level, row) });
        }
        if !missing.is_empty() {
            return Err(Unshared::Missing(Causes::union(&missing)));
        }
        Ok((pot, claims))
    }

    /// A figure in steps: rounded to whole ones, or required to be whole.
    fn steps_of(
        &mut self,
        expr: &Expr,
        at: At,
        step: &Number,
        round: Option<RoundMode>,
        missing: &mut Vec<Causes>,
    ) -> Result<Number, Unshared> {
        match self.value(expr, at) {
            Outcome::Known(Value::Number(number)) => in_steps(&number, step, round),
            Outcome::Known(_) => Err(Unshared::Fault(Fault::Internal)),
            Outcome::Missing(causes) => {
                missing.push(causes);
                Ok(Number::zero())
            }
        }
    }
}
