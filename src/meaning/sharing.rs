//! Sharing a pot: in proportion, to whole steps, with floors and ceilings, so that the parts add up to the pot.
//!
//! In: a pot and claims, in steps. Out: whole parts. The exact shares are those that keep one rate
//! for every row that no bound holds; the steps left over by rounding down go to the largest remainders, ties
//! by key, so that the order of rows never matters.

use crate::data::{Cell, Dataset};
use crate::model::{Level, Model};
use crate::value::{Causes, Fault, Number, NumberFault, RoundMode, Value};

/// One row's claim, in steps.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// In proportion to what.
    pub(crate) weight: Number,
    /// The least it gets.
    pub(crate) least: Number,
    /// The most it gets.
    pub(crate) greatest: Option<Number>,
    /// What ties are settled by.
    pub(crate) key: String,
}

/// Why a pot cannot be shared.
#[derive(Debug)]
pub(crate) enum Unshared {
    /// Something went wrong.
    Fault(Fault),
    /// Bounds that cannot all be kept, and the claims that they hold.
    Bounds(Fault, Vec<usize>),
    /// A figure is missing.
    Missing(Causes),
}

impl From<NumberFault> for Unshared {
    fn from(fault: NumberFault) -> Self {
        Self::Fault(match fault {
            NumberFault::TooLarge => Fault::TooLarge,
            NumberFault::DivisionByZero => Fault::NoProportion,
        })
    }
}

/// A figure in steps: rounded to whole ones, or required to be whole.
pub(crate) fn in_steps(number: &Number, step: &Number, round: Option<RoundMode>) -> Result<Number, Unshared> {
    let steps = number.divide(step)?;
    match round {
        Some(mode) => Ok(steps.round_to(&Number::one(), mode)?),
        None if steps.is_whole() && !steps.is_negative() => Ok(steps),
        None => Err(Unshared::Fault(Fault::PotNotWhole)),
    }
}

/// What ties are settled by: the keys of the row and of those it belongs to.
pub(crate) fn key_text(model: &Model, data: &Dataset, level: Level, row: usize) -> String {
    let Level::Table(table) = level else { return String::new() };
    let found = data.tables.get(table.index());
    let mut text = String::new();
    for (position, parent) in model.table(table).parents.iter().enumerate() {
        if let Some(up) = found.and_then(|found| found.parents.get(position)?.get(row)) {
            text.push_str(&key_text(model, data, Level::Table(*parent), *up as usize));
            text.push('\u{1f}');
        }
    }
    let key = model.table(table).key;
    let cell = key.and_then(|key| Some(found?.columns.get(model.column_position(key))?.get(row)));
    match cell {
        Some(Cell::Known(Value::Text(key))) => text.push_str(&key),
        Some(Cell::Known(Value::Period(period))) => text.push_str(&format!("{:012}", period.ordinal)),
        Some(Cell::Known(other)) => text.push_str(&format!("{other:?}")),
        Some(Cell::Missing(_)) | None => text.push_str(&format!("{row:012}")),
    }
    text
}

/// Whole parts that add up to `pot`.
pub(crate) fn share_out(pot: &Number, claims: &[Claim]) -> Result<Vec<Number>, Unshared> {
    if claims.iter().any(|claim| claim.weight.is_negative()) {
        return Err(Unshared::Fault(Fault::NoProportion));
    }
    let crossed = places(claims, |claim| claim.greatest.as_ref().is_some_and(|greatest| *greatest < claim.least));
    if !crossed.is_empty() {
        return Err(Unshared::Bounds(Fault::FloorAboveCeiling, crossed));
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
    if left.is_zero() { Ok(parts) } else { Err(Unshared::Fault(Fault::Internal)) }
}

/// The places of the claims of which something is so.
fn places(claims: &[Claim], is_so: impl Fn(&Claim) -> bool) -> Vec<usize> {
    claims.iter().enumerate().filter(|(_, claim)| is_so(claim)).map(|(place, _)| place).collect()
}

/// The shares at one common rate, each held by its bounds, that add up to the pot. The rate is found by trying
/// the rates at which a bound begins or ceases to hold, in order.
fn exact_shares(pot: &Number, claims: &[Claim]) -> Result<Vec<Number>, Unshared> {
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
        return Err(Unshared::Bounds(Fault::FloorsAbovePot, places(claims, |claim| !claim.least.is_zero())));
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
        return Err(if all_zero {
            Unshared::Fault(Fault::NoProportion)
        } else {
            Unshared::Bounds(Fault::CeilingsBelowPot, places(claims, |claim| claim.greatest.is_some()))
        });
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn claim(key: usize, weight: i64, least: i64, greatest: Option<i64>) -> Claim {
        Claim {
            weight: Number::from(weight),
            least: Number::from(least),
            greatest: greatest.map(Number::from),
            key: format!("{key:04}"),
        }
    }

    fn parts(pot: i64, claims: &[Claim]) -> Option<Vec<i64>> {
        let parts = share_out(&Number::from(pot), claims).ok()?;
        Some(parts.iter().map(|part| i64::try_from(part.to_i128().unwrap()).unwrap()).collect())
    }

    #[test]
    fn fourteen_pioneers_share_the_remainder_by_key() {
        // £1,200,000 over 14: 85,714 each leaves 4, which go to the first four keys.
        let claims: Vec<Claim> = (0..14).map(|key| claim(key, 1, 0, None)).collect();
        let mut wanted = vec![85_715; 4];
        wanted.extend([85_714; 10]);
        assert_eq!(parts(1_200_000, &claims), Some(wanted));
    }

    #[test]
    fn bounds_hold_and_the_rest_is_in_proportion() {
        let claims = [claim(0, 1, 30, None), claim(1, 1, 0, None), claim(2, 2, 0, Some(20))];
        // 30 and 20 are held; the one that is free takes what is left.
        assert_eq!(parts(100, &claims), Some(vec![40, 40, 20]));
        assert_eq!(parts(60, &claims), Some(vec![30, 10, 20]));
        assert_eq!(parts(29, &claims), None);
        assert_eq!(parts(10, &[claim(0, 0, 0, None), claim(1, 0, 0, None)]), None);
        assert_eq!(parts(10, &[claim(0, 1, 0, Some(4)), claim(1, 1, 0, Some(5))]), None);
        assert_eq!(parts(0, &[]), Some(vec![]));
    }

    proptest! {
        #[test]
        fn parts_add_up_stay_near_their_share_and_ignore_the_order_of_rows(
            pot in 0i64..1_000_000,
            rows in prop::collection::vec((0i64..1000, 0i64..2000, prop::option::of(0i64..200_000)), 1..40),
            turn in 0usize..40,
        ) {
            let claims: Vec<Claim> = rows
                .iter()
                .enumerate()
                .map(|(key, (weight, least, room))| claim(key, *weight, *least, room.map(|room| least + room)))
                .collect();
            let least: i64 = rows.iter().map(|row| row.1).sum();
            let most: Option<i64> = rows.iter().map(|(weight, least, room)| match (weight, room) {
                (0, _) => Some(*least),
                (_, Some(room)) => Some(least + room),
                (_, None) => None,
            }).sum();
            let feasible = least <= pot && most.is_none_or(|most| pot <= most);
            let found = parts(pot, &claims);
            prop_assert_eq!(found.is_some(), feasible);
            if let Some(found) = found {
                prop_assert_eq!(found.iter().sum::<i64>(), pot);
                let exact = exact_shares(&Number::from(pot), &claims).ok().unwrap();
                for ((part, share), claim) in found.iter().zip(&exact).zip(&claims) {
                    let part = Number::from(*part);
                    prop_assert!(part.subtract(share).unwrap().size() < Number::one());
                    prop_assert!(part >= claim.least && claim.greatest.as_ref().is_none_or(|most| part <= *most));
                }
                let mut turned = claims.clone();
                turned.rotate_left(turn % claims.len());
                let mut again = parts(pot, &turned).unwrap();
                again.rotate_right(turn % claims.len());
                prop_assert_eq!(again, found);
            }
        }
    }
}
