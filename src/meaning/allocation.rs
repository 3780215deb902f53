//! Sharing a pot: in proportion, to whole steps, with floors and ceilings, so that the parts add up to the pot.
//!
//! In: an allocation. Out: one part for each row of its level. The exact shares are those that keep one rate
//! for every row that no bound holds; the steps left over by rounding down go to the largest remainders, ties
//! by key, so that the order of rows never matters.

use super::explain::{Step, StepKind};
use super::machine::{At, Machine};
use crate::data::Cell;
use crate::model::{DeclarationId, DeclarationKind, Expr, Level};
use crate::value::{Causes, Fault, Number, NumberFault, Outcome, RoundMode, Value};

/// One row's claim, in steps.
#[derive(Debug, Clone)]
struct Claim {
    weight: Number,
    least: Number,
    greatest: Option<Number>,
    key: String,
}

enum Failure {
    Fault(Fault),
    Missing(Causes),
}

impl From<NumberFault> for Failure {
    fn from(fault: NumberFault) -> Self {
        Self::Fault(match fault {
            NumberFault::TooLarge => Fault::TooLarge,
            NumberFault::DivisionByZero => Fault::NoProportion,
        })
    }
}

impl Machine<'_> {
    /// Evaluates an allocation at all rows at once.
    pub(super) fn allocate(&mut self, id: DeclarationId) {
        self.current = id;
        let model = self.model;
        let declaration = model.declaration(id);
        let DeclarationKind::Allocation { pot, weight, step, least, greatest } = &declaration.kind else { return };
        let level = declaration.level;
        let count = self.rows.count(level);
        let outcomes = match self.claims(pot, weight, least.as_ref(), greatest.as_ref(), step, level) {
            Ok((pot, claims)) => match share_out(&pot, &claims) {
                Ok(parts) => parts
                    .into_iter()
                    .map(|part| match part.multiply(step) {
                        Ok(part) => Outcome::Known(Value::Number(part)),
                        Err(_) => self.fault(Fault::TooLarge, declaration.span, At::NATION),
                    })
                    .collect(),
                Err(Failure::Fault(fault)) => vec![self.fault(fault, declaration.span, At::NATION); count],
                Err(Failure::Missing(causes)) => vec![Outcome::Missing(causes); count],
            },
            Err(Failure::Fault(fault)) => vec![self.fault(fault, declaration.span, At::NATION); count],
            Err(Failure::Missing(causes)) => vec![Outcome::Missing(causes); count],
        };
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

    /// The pot and every row's claim, in steps. One missing figure leaves every part unknown.
    fn claims(
        &mut self,
        pot: &Expr,
        weight: &Expr,
        least: Option<&Expr>,
        greatest: Option<&Expr>,
        step: &Number,
        level: Level,
    ) -> Result<(Number, Vec<Claim>), Failure> {
        let mut missing: Vec<Causes> = Vec::new();
        let pot = self.steps_of(pot, At::NATION, step, None, &mut missing)?;
        let mut claims = Vec::new();
        for row in 0..self.rows.count(level) {
            let at = At { level, row };
            let weight = match self.value(weight, at) {
                Outcome::Known(Value::Number(weight)) => weight,
                Outcome::Known(_) => return Err(Failure::Fault(Fault::Internal)),
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
            claims.push(Claim { weight, least, greatest, key: self.key_text(level, row) });
        }
        if !missing.is_empty() {
            return Err(Failure::Missing(Causes::union(&missing)));
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
    ) -> Result<Number, Failure> {
        match self.value(expr, at) {
            Outcome::Known(Value::Number(number)) => {
                let steps = number.divide(step)?;
                match round {
                    Some(mode) => Ok(steps.round_to(&Number::one(), mode)?),
                    None if steps.is_whole() && !steps.is_negative() => Ok(steps),
                    None => Err(Failure::Fault(Fault::PotNotWhole)),
                }
            }
            Outcome::Known(_) => Err(Failure::Fault(Fault::Internal)),
            Outcome::Missing(causes) => {
                missing.push(causes);
                Ok(Number::zero())
            }
        }
    }

    /// What ties are settled by: the keys of the row and of those it belongs to.
    fn key_text(&self, level: Level, row: usize) -> String {
        let Level::Table(table) = level else { return String::new() };
        let mut text = String::new();
        for parent in &self.model.table(table).parents {
            if let Some(up) = self.rows.above(self.model, table, row, *parent) {
                text.push_str(&self.key_text(Level::Table(*parent), up));
                text.push('\u{1f}');
            }
        }
        let key = self.model.table(table).key;
        let cell = key.and_then(|key| {
            self.data.tables.get(table.index())?.columns.get(self.model.column_position(key))?.get(row)
        });
        match cell {
            Some(Cell::Known(Value::Text(key))) => text.push_str(key),
            Some(Cell::Known(Value::Period(period))) => text.push_str(&format!("{:012}", period.ordinal)),
            Some(Cell::Known(other)) => text.push_str(&format!("{other:?}")),
            Some(Cell::Missing(_)) | None => text.push_str(&format!("{row:012}")),
        }
        text
    }
}

/// Whole parts that add up to `pot`.
fn share_out(pot: &Number, claims: &[Claim]) -> Result<Vec<Number>, Failure> {
    if claims.iter().any(|claim| claim.weight.is_negative()) {
        return Err(Failure::Fault(Fault::NoProportion));
    }
    for claim in claims {
        if claim.greatest.as_ref().is_some_and(|greatest| *greatest < claim.least) {
            return Err(Failure::Fault(Fault::BoundsCannotHold));
        }
    }
    let exact = exact_shares(pot, claims)?;
    let mut parts: Vec<Number> = exact.iter().map(Number::floor).collect();
    let mut given = Number::zero();
    for part in &parts {
        given = given.add(part)?;
    }
    let mut order: Vec<(Number, &str, usize)> = Vec::new();
    for (place, (share, claim)) in exact.iter().zip(claims).enumerate() {
        let rest = share.subtract(&share.floor())?;
        if !rest.is_zero() {
            order.push((rest, &claim.key, place));
        }
    }
    order.sort_by(|(rest, key, _), (other, other_key, _)| other.cmp(rest).then_with(|| key.cmp(other_key)));
    let mut left = pot.subtract(&given)?;
    for (_, _, place) in order {
        if left.is_zero() {
            break;
        }
        if let Some(part) = parts.get_mut(place) {
            *part = part.add(&Number::one())?;
            left = left.subtract(&Number::one())?;
        }
    }
    if left.is_zero() { Ok(parts) } else { Err(Failure::Fault(Fault::BoundsCannotHold)) }
}

/// The shares at one common rate, each held by its bounds, that add up to the pot. The rate is found by trying
/// the rates at which a bound begins or ceases to hold, in order.
fn exact_shares(pot: &Number, claims: &[Claim]) -> Result<Vec<Number>, Failure> {
    let mut turns: Vec<Number> = vec![Number::zero()];
    for claim in claims.iter().filter(|claim| !claim.weight.is_zero()) {
        turns.push(claim.least.divide(&claim.weight)?);
        if let Some(greatest) = &claim.greatest {
            turns.push(greatest.divide(&claim.weight)?);
        }
    }
    turns.sort();
    turns.dedup();
    let total_at = |rate: &Number| -> Result<Number, NumberFault> {
        claims.iter().try_fold(Number::zero(), |total, claim| total.add(&held(claim, rate)?))
    };
    if total_at(&Number::zero())? > *pot {
        return Err(Failure::Fault(Fault::BoundsCannotHold));
    }
    // The total never falls as the rate rises, so the last turn at which it is not above the pot is found by
    // halving.
    let (mut low, mut high) = (0, turns.len());
    while high - low > 1 {
        let middle = usize::midpoint(low, high);
        let Some(rate) = turns.get(middle) else { break };
        if total_at(rate)? <= *pot { low = middle } else { high = middle }
    }
    let start = turns.get(low).cloned().unwrap_or_else(Number::zero);
    let total = total_at(&start)?;
    let mut free = Number::zero();
    for claim in claims {
        let here = claim.weight.multiply(&start)?;
        let is_free = here >= claim.least && claim.greatest.as_ref().is_none_or(|greatest| here < *greatest);
        if is_free {
            free = free.add(&claim.weight)?;
        }
    }
    let missing = pot.subtract(&total)?;
    let rate = if missing.is_zero() {
        start
    } else if free.is_zero() {
        let all_zero = claims.iter().all(|claim| claim.weight.is_zero());
        return Err(Failure::Fault(if all_zero { Fault::NoProportion } else { Fault::BoundsCannotHold }));
    } else {
        start.add(&missing.divide(&free)?)?
    };
    claims.iter().map(|claim| Ok(held(claim, &rate)?)).collect()
}

fn held(claim: &Claim, rate: &Number) -> Result<Number, NumberFault> {
    let share = claim.weight.multiply(rate)?;
    let share = if share < claim.least { claim.least.clone() } else { share };
    Ok(match &claim.greatest {
        Some(greatest) if share > *greatest => greatest.clone(),
        _ => share,
    })
}
