//! Results as decimals of a given number of places, straight from machine numbers.

use super::field::{Fields, Held};
use crate::value::{Number, RoundMode, Value};

/// What a result is.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// A number, as a whole one over the power of ten that was asked for; nothing where 128 bits do not hold it.
    Number(Option<i128>),
    /// Yes or no.
    YesNo(bool),
    /// A text or a state, by a number that stands for the same in every row.
    Code(i32),
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
            Value::YesNo(yes) => Self::YesNo(yes),
            value => Self::Value(value),
        }
    }
}

impl Fields<'_> {
    /// The result at a row, numbers over a power of ten: where they have more places, the nearest, of two as near the
    /// one further from zero.
    #[inline]
    pub fn figure(&self, row: usize, power: i128) -> Figure {
        if self.kept.is_some_and(|kept| kept.vector.missing.at(row)) {
            return Figure::Missing;
        }
        match self.held {
            Held::Decimals(of, times, places) => {
                if let Some(int) = of.int(row).and_then(|int| int.checked_mul(times))
                    && let Some(below) = u32::try_from(places).ok().and_then(|places| 10_i128.checked_pow(places))
                    && let Some(whole) = nearest(int.into(), below, power)
                {
                    return Figure::Number(Some(whole));
                }
            }
            Held::Quotients(of, above, below) => {
                if let Some((of, over)) = of.quotient(row)
                    && let Some(whole) =
                        nearest(i128::from(of) * i128::from(above), i128::from(over) * i128::from(below), power)
                {
                    return Figure::Number(Some(whole));
                }
            }
            Held::YesNo(of) => return of.get(row).map_or(Figure::Missing, |yes| Figure::YesNo(*yes)),
            Held::Codes(of) => return of.code(row).map_or(Figure::Missing, Figure::Code),
            Held::Otherwise => {}
        }
        self.run.value(self.declaration, row).map_or(Figure::Missing, |value| Figure::of(value, power))
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
