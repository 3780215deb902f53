//! Decimals of machine numbers, written two digits at a time.
//!
//! In: a whole number and how many of its digits are decimals, or a fraction. Out: its bytes, without noughts at the
//! end of decimals.

/// The most places of a decimal that is written exactly.
pub(super) const EXACT: usize = 24;
/// The places of a decimal that is rounded.
pub(super) const ROUNDED: usize = 12;
/// The most places of [`decimal`].
const MOST_PLACES: usize = 9;

/// The digits of each number below a hundred.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number as usize] = [b'0' + number / 10, b'0' + number % 10];
        number += 1;
    }
    pairs
};

fn pair(number: u64) -> [u8; 2] {
    usize::try_from(number).ok().and_then(|number| PAIRS.get(number)).copied().unwrap_or([b'0'; 2])
}

/// How a fraction over a denominator is written as a decimal: by what its numerator is multiplied, and how many places
/// it then has. Nothing where that takes more than a few.
pub(super) fn places(below: i64) -> Option<(i64, usize)> {
    let mut power = 1_i64;
    for places in 0..=MOST_PLACES {
        if power % below == 0 {
            return Some((power / below, places));
        }
        power *= 10;
    }
    None
}

/// Writes a whole number of which so many digits, nine at most, are decimals.
#[inline]
pub(super) fn decimal(number: i64, places: usize, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    let size = number.unsigned_abs();
    // Each by a divisor that is known when this is compiled.
    let (whole, rest) = match places {
        0 => (size, 0),
        1 => (size / 10, size % 10),
        2 => (size / 100, size % 100),
        3 => (size / 1_000, size % 1_000),
        4 => (size / 10_000, size % 10_000),
        5 => (size / 100_000, size % 100_000),
        6 => (size / 1_000_000, size % 1_000_000),
        7 => (size / 10_000_000, size % 10_000_000),
        8 => (size / 100_000_000, size % 100_000_000),
        _ => (size / 1_000_000_000, size % 1_000_000_000),
    };
    whole_number(whole, out);
    if rest != 0 {
        out.push(b'.');
        places_of(rest, places.min(MOST_PLACES), out);
    }
}

/// Writes decimals, without noughts at their end.
#[inline]
fn places_of(rest: u64, places: usize, out: &mut Vec<u8>) {
    if places <= 8 {
        let digits = eight(rest * TO_EIGHT[places]);
        let kept = 8 - (digits.leading_zeros() / 8) as usize;
        return put(digits, kept, out);
    }
    let mut digits = [b'0'; 12];
    fill(rest, &mut digits);
    let own = digits.get(digits.len() - places..).unwrap_or_default();
    let kept = own.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    out.extend_from_slice(own.get(..kept).unwrap_or_default());
}

/// By what a number of so many digits is multiplied to have eight.
const TO_EIGHT: [u64; 9] = [100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

/// The eight digits of a number below a hundred million, a byte each, the first lowest.
#[inline]
fn eight(number: u64) -> u64 {
    // Halves of four digits, then pairs, then single digits; each division is a multiplication exact for its size.
    let halves = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = (halves.wrapping_mul(10_486) >> 20) & 0x0000_007f_0000_007f;
    let pairs = hundreds | ((halves - hundreds * 100) << 16);
    let tens = (pairs.wrapping_mul(103) >> 10) & 0x000f_000f_000f_000f;
    tens | ((pairs - tens * 10) << 8)
}

/// Writes the first digits of eight.
#[inline]
fn put(digits: u64, count: usize, out: &mut Vec<u8>) {
    let length = out.len();
    out.extend_from_slice(&(digits | 0x3030_3030_3030_3030).to_le_bytes());
    out.truncate(length + count);
}

/// Fills in the digits of a number below a million million.
#[inline]
fn fill(number: u64, digits: &mut [u8; 12]) {
    let (high, low) = (number / 1_000_000, number % 1_000_000);
    let parts = [high / 10_000, high / 100 % 100, high % 100, low / 10_000, low / 100 % 100, low % 100];
    for (to, part) in digits.chunks_exact_mut(2).zip(parts) {
        to.copy_from_slice(&pair(part));
    }
}

/// Writes a whole number.
#[inline]
fn whole_number(number: u64, out: &mut Vec<u8>) {
    const HUNDRED_MILLION: u64 = 100_000_000;
    if number < HUNDRED_MILLION {
        let digits = eight(number);
        let noughts = (digits.trailing_zeros() / 8).min(7);
        return put(digits >> (8 * noughts), 8 - noughts as usize, out);
    }
    whole_number_above(number / HUNDRED_MILLION, out);
    put(eight(number % HUNDRED_MILLION), 8, out);
}

/// What stands before the last eight digits.
fn whole_number_above(number: u64, out: &mut Vec<u8>) {
    whole_number(number, out);
}

/// Ten to the power of [`ROUNDED`].
const TO_ROUNDED: u64 = 1_000_000_000_000;

/// Writes a fraction as a decimal. Says no, and writes nothing, where 64 bits do not hold what that takes.
pub(super) fn quotient(above: i64, below: i64, out: &mut Vec<u8>) -> bool {
    let (size, Ok(below)) = (above.unsigned_abs(), u64::try_from(below)) else { return false };
    if below == 0 {
        return false;
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
    let mut places = [[b'0'; ROUNDED]; 2];
    fill(digits, &mut places[0]);
    let mut count = ROUNDED;
    if is_exact {
        if more != 0 {
            fill(more, &mut places[1]);
            count = EXACT;
        }
        let all = places.as_flattened();
        while count > 0 && all.get(count - 1) == Some(&b'0') {
            count -= 1;
        }
    }
    if above < 0 && (whole != 0 || digits != 0 || (is_exact && more != 0)) {
        out.push(b'-');
    }
    whole_number(whole, out);
    if count > 0 {
        out.push(b'.');
        out.extend_from_slice(places.as_flattened().get(..count).unwrap_or_default());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Number;
    use proptest::prelude::*;

    fn exact(above: i64, below: i64) -> String {
        let number = Number::fraction(above.into(), below.into()).unwrap();
        number.to_exact_decimal(EXACT).unwrap_or_else(|| number.to_decimal(ROUNDED))
    }

    proptest! {
        #[test]
        fn decimals_are_those_of_exact_numbers(above in any::<i64>(), shift in 0u32..63, below in 1i64..1_000_000) {
            let above = above >> shift;
            for below in [below, below.min(1_000), 1 << (below % 10), 10i64.pow((below % 10) as u32)] {
                let mut fast = Vec::new();
                if quotient(above, below, &mut fast) {
                    prop_assert_eq!(String::from_utf8(fast).unwrap(), exact(above, below));
                }
                if let Some((times, places)) = places(below)
                    && let Some(number) = above.checked_mul(times)
                {
                    let mut fast = Vec::new();
                    decimal(number, places, &mut fast);
                    prop_assert_eq!(String::from_utf8(fast).unwrap(), exact(above, below));
                }
            }
        }
    }

    #[test]
    fn a_rounded_decimal_carries() {
        let mut out = Vec::new();
        assert!(quotient(2_999_999, 3_000_000, &mut out));
        assert_eq!(out, b"0.999999666667");
        out.clear();
        assert!(!quotient(1, 30_000_000, &mut out) || out == b"0.000000033333");
    }

    #[test]
    fn the_least_and_the_greatest_are_written() {
        for number in [i64::MIN, i64::MAX, 0, -1, 9, 10, 99, 100, -100] {
            for places in 0..=MOST_PLACES {
                let mut out = Vec::new();
                decimal(number, places, &mut out);
                let below = 10i64.pow(u32::try_from(places).unwrap());
                assert_eq!(String::from_utf8(out).unwrap(), exact(number, below));
            }
        }
    }
}
