//! Results as decimals of a given number of places, straight from machine numbers.

use super::Run;
use super::shape::Shape;
use crate::model::DeclarationId;
use crate::value::{Number, RoundMode, Value};

/// What a result is.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// A number, as a whole one over the power of ten that was asked for; nothing where 128 bits do not hold it.
    Number(Option<i128>),
    /// Another value.
    Value(Value),
    /// No value.
    Missing,
}

impl Figure {
    /// What a value is, numbers over a power of ten.
    pub fn of(value: Value, power: i128) -> Self {
        match value {
            Value::Number(number) => Self::Number(rounded(&number, power)),
            value => Self::Value(value),
        }
    }
}

impl Run<'_> {
    /// The result of a declaration at a row, numbers over a power of ten: where they have more places, the nearest,
    /// the greater of two as near.
    pub fn figure(&self, declaration: DeclarationId, row: usize, power: i128) -> Figure {
        let Some((step, lane)) = self.place(declaration, row) else { return Figure::Missing };
        let Some(kept) = self.world.kept.get(step.index()).and_then(Option::as_ref) else { return Figure::Missing };
        if kept.constant.is_none() {
            if !kept.vector.is_known(lane) {
                return Figure::Missing;
            }
            if let Shape::Int { factor, .. } | Shape::Quot { factor, .. } = &kept.shape
                && let Some((above, below)) = self.world.lanes(kept).fraction(lane)
                && let (Some(above), Some(below)) = (above.checked_mul(factor.above), below.checked_mul(factor.below))
                && let Some(whole) = nearest(above, below, power)
            {
                return Figure::Number(Some(whole));
            }
        }
        self.world.value(step, lane).map_or(Figure::Missing, |value| Figure::of(value, power))
    }
}

/// The whole number nearest to `above * power / below`, of two as near the one further from zero; `below` and `power`
/// are above zero.
#[inline]
fn nearest(above: i128, below: i128, power: i128) -> Option<i128> {
    if below == power {
        return Some(above);
    }
    if let (Ok(above), Ok(below), Ok(power)) = (i64::try_from(above), i64::try_from(below), i64::try_from(power))
        && let Some(above) = above.checked_mul(power)
        && below > 0
    {
        let (whole, rest) = (above / below, (above % below).unsigned_abs());
        let up = i64::from(rest >= below.unsigned_abs() - rest);
        return Some(i128::from(whole) + i128::from(up * above.signum()));
    }
    let above = above.checked_mul(power)?;
    let (whole, rest) = (above.checked_div(below)?, above.checked_rem(below)?.unsigned_abs());
    let is_up = rest >= below.unsigned_abs() - rest;
    if is_up { whole.checked_add(above.signum()) } else { Some(whole) }
}

fn rounded(number: &Number, power: i128) -> Option<i128> {
    let power = Number::fraction(power, 1)?;
    number.multiply(&power).ok()?.round_to(&Number::one(), RoundMode::Nearest).ok()?.to_i128()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_nearest_is_that_of_exact_numbers(
            above in prop_oneof![any::<i128>().prop_map(|wide| wide >> 45), -1_000_i128..1_000],
            below in prop_oneof![1_i128..1_000_000, any::<i64>().prop_map(|of| i128::from(of).abs() + 1)],
            places in 0_u32..13,
        ) {
            let power = 10_i128.pow(places);
            if let Some(whole) = nearest(above, below, power) {
                let number = Number::fraction(above, below).unwrap();
                prop_assert_eq!(Some(whole), rounded(&number, power));
            }
        }
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!((nearest(5, 1_000, 100), nearest(-5, 1_000, 100)), (Some(1), Some(-1)));
        assert_eq!((nearest(4, 1_000, 100), nearest(-4, 1_000, 100)), (Some(0), Some(0)));
        assert_eq!(nearest(i128::MAX, 3, 10), None);
    }
}
