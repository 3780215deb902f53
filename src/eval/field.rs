//! Results as the fields of a file: decimals written straight from machine numbers.
//!
//! In: a run, a declaration and a row. Out: the bytes that a number has in a file of results: the exact decimal
//! where there is one of at most [`EXACT`] places, else rounded to [`ROUNDED`] places.

use super::Run;
use super::shape::Shape;
use super::vector::Lanes;
use crate::model::DeclarationId;
use crate::value::{Causes, Number, Value};

/// The most places of a decimal that is written exactly.
const EXACT: usize = 24;
/// The places of a decimal that is rounded.
const ROUNDED: usize = 12;

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// A number, which was written.
    Written,
    /// Another value.
    Value(Value),
    /// No value.
    Missing,
}

impl Run<'_> {
    /// Writes the result of a declaration at a row if it is a number; gives it if it is something else.
    pub fn field(&self, declaration: DeclarationId, row: usize, out: &mut Vec<u8>) -> Field {
        let Some((step, lane)) = self.place(declaration, row) else { return Field::Missing };
        let Some(kept) = self.world.kept.get(step.index()).and_then(Option::as_ref) else { return Field::Missing };
        if kept.constant.is_none() {
            if !kept.vector.is_known(lane) {
                return Field::Missing;
            }
            if let Shape::Int { factor, .. } | Shape::Quot { factor, .. } = &kept.shape
                && let Some((above, below)) = fraction(&kept.vector.lanes, lane)
                && let (Some(above), Some(below)) = (above.checked_mul(factor.above), below.checked_mul(factor.below))
                && write(above, below, out)
            {
                return Field::Written;
            }
        }
        match self.world.value(step, lane) {
            Some(Value::Number(number)) => {
                write_number(&number, out);
                Field::Written
            }
            Some(value) => Field::Value(value),
            None => Field::Missing,
        }
    }

    /// Why a declaration has no value at a row.
    pub fn causes(&self, declaration: DeclarationId, row: usize) -> Causes {
        self.place(declaration, row).map(|(step, lane)| self.world.causes(step, lane)).unwrap_or_default()
    }
}

fn fraction(lanes: &Lanes, lane: usize) -> Option<(i128, i128)> {
    Some(match lanes {
        Lanes::Int64(of) => ((*of.get(lane)?).into(), 1),
        Lanes::Int128(of) => (*of.get(lane)?, 1),
        Lanes::Quot64(above, below) => ((*above.get(lane)?).into(), (*below.get(lane)?).into()),
        Lanes::Quot128(above, below) => (*above.get(lane)?, *below.get(lane)?),
        Lanes::Exact(_) | Lanes::Bool(_) | Lanes::Code(_) => return None,
    })
}

fn write_number(number: &Number, out: &mut Vec<u8>) {
    let text = number.to_exact_decimal(EXACT).unwrap_or_else(|| number.to_decimal(ROUNDED));
    out.extend_from_slice(text.as_bytes());
}

/// Writes a fraction as a decimal. Says no, and writes nothing, where 128 bits do not hold what that takes.
fn write(above: i128, below: i128, out: &mut Vec<u8>) -> bool {
    let (mut whole, mut rest) = (above.unsigned_abs(), 0u128);
    let Ok(below) = u128::try_from(below) else { return false };
    if below != 1 {
        (whole, rest) = match (u64::try_from(whole), u64::try_from(below)) {
            (Ok(narrow), Ok(by)) => ((narrow / by).into(), (narrow % by).into()),
            _ => (whole / below, whole % below),
        };
    }
    let mut digits = [0u8; EXACT];
    let mut places = 0;
    // Long division, as far as an exact decimal may reach.
    let mut left = rest;
    while left != 0 && places < EXACT {
        let Some(next) = left.checked_mul(10) else { return false };
        let digit = match (u64::try_from(next), u64::try_from(below)) {
            (Ok(narrow), Ok(by)) => {
                left = (narrow % by).into();
                narrow / by
            }
            _ => {
                left = next % below;
                u64::try_from(next / below).unwrap_or(0)
            }
        };
        digits[places] = b'0' + u8::try_from(digit).unwrap_or(0);
        places += 1;
    }
    let is_negative = above < 0;
    if left != 0 {
        // No decimal of so few places holds it: rounded, half away from zero.
        places = ROUNDED;
        if digits[ROUNDED] >= b'5' {
            let mut at = ROUNDED;
            loop {
                if at == 0 {
                    whole += 1;
                    break;
                }
                at -= 1;
                if digits[at] == b'9' {
                    digits[at] = b'0';
                } else {
                    digits[at] += 1;
                    break;
                }
            }
        }
    }
    let is_zero = whole == 0 && digits[..places].iter().all(|digit| *digit == b'0');
    if is_negative && !is_zero {
        out.push(b'-');
    }
    write_whole(whole, out);
    if places > 0 {
        out.push(b'.');
        out.extend_from_slice(&digits[..places]);
    }
    true
}

fn write_whole(whole: u128, out: &mut Vec<u8>) {
    let Ok(mut narrow) = u64::try_from(whole) else {
        out.extend_from_slice(whole.to_string().as_bytes());
        return;
    };
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(narrow % 10).unwrap_or(0);
        narrow /= 10;
        if narrow == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn decimals_are_those_of_exact_numbers(above in any::<i64>(), below in 1i64..1_000_000, tenths in 0u32..6) {
            for below in [below, 10i64.pow(tenths), 1 << tenths] {
                let number = Number::fraction(above.into(), below.into()).unwrap();
                let (mut fast, mut exact) = (Vec::new(), Vec::new());
                prop_assert!(write(above.into(), below.into(), &mut fast));
                write_number(&number, &mut exact);
                prop_assert_eq!(String::from_utf8(fast).unwrap(), String::from_utf8(exact).unwrap());
            }
        }
    }

    #[test]
    fn a_rounded_decimal_carries() {
        let mut out = Vec::new();
        assert!(write(2_999_999_999_999_999, 3_000_000_000_000_000, &mut out));
        assert_eq!(out, b"1.000000000000");
    }
}
