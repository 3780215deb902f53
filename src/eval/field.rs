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

pub(super) fn fraction(lanes: &Lanes, lane: usize) -> Option<(i128, i128)> {
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

/// Ten to the power of [`ROUNDED`].
const TO_ROUNDED: u64 = 1_000_000_000_000;

/// Writes a fraction as a decimal. Says no, and writes nothing, where 64 bits do not hold what that takes.
fn write(above: i128, below: i128, out: &mut Vec<u8>) -> bool {
    let (Ok(size), Ok(below)) = (u64::try_from(above.unsigned_abs()), u64::try_from(below)) else { return false };
    if below == 1 {
        if above < 0 {
            out.push(b'-');
        }
        write_whole(size, out);
        return true;
    }
    let (mut whole, rest) = (size / below, size % below);
    // Twice as many digits as are rounded to: an exact decimal has no more.
    let Some(shifted) = rest.checked_mul(TO_ROUNDED) else { return false };
    let (mut digits, left) = (shifted / below, shifted % below);
    let Some(shifted) = left.checked_mul(TO_ROUNDED) else { return false };
    let (more, left_over) = (shifted / below, shifted % below);
    let is_exact = left_over == 0;
    if !is_exact && left >= below - left {
        digits += 1;
        if digits == TO_ROUNDED {
            (whole, digits) = (whole + 1, 0);
        }
    }
    let mut places = [b'0'; EXACT];
    let mut count = ROUNDED;
    let (first, second) = places.split_at_mut(ROUNDED);
    fill(digits, first);
    if is_exact {
        if more != 0 {
            fill(more, second);
            count = EXACT;
        }
        while count > 0 && places.get(count - 1) == Some(&b'0') {
            count -= 1;
        }
    }
    if above < 0 && (whole != 0 || digits != 0 || (is_exact && more != 0)) {
        out.push(b'-');
    }
    write_whole(whole, out);
    if count > 0 {
        out.push(b'.');
        out.extend_from_slice(places.get(..count).unwrap_or_default());
    }
    true
}

/// Fills in the digits of a number from the right.
fn fill(mut number: u64, digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        if number == 0 {
            return;
        }
        *digit = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
}

fn write_whole(mut narrow: u64, out: &mut Vec<u8>) {
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
                if !write(above.into(), below.into(), &mut fast) {
                    continue;
                }
                write_number(&number, &mut exact);
                prop_assert_eq!(String::from_utf8(fast).unwrap(), String::from_utf8(exact).unwrap());
            }
        }
    }

    #[test]
    fn a_rounded_decimal_carries() {
        let mut out = Vec::new();
        assert!(write(2_999_999, 3_000_000, &mut out));
        assert_eq!(out, b"0.999999666667");
        out.clear();
        assert!(!write(1, 30_000_000, &mut out) || out == b"0.000000033333");
    }
}
