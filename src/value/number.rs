//! Exact numbers: fractions of whole numbers of a bounded size.
//!
//! No operation rounds unless it is asked to, and none wraps: a result beyond [`Number::MAX_BITS`] is a
//! [`NumberFault::TooLarge`]. This is the only module that names the arithmetic library.

use dashu_base::{BitTest, Sign, UnsignedAbs};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// An exact number, a fraction in lowest terms.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(RBig);

/// Why an operation has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// The result needs more than [`Number::MAX_BITS`] bits above or below the fraction line.
    TooLarge,
    /// A division by zero.
    DivisionByZero,
}

/// How to round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub enum RoundMode {
    /// To the nearest, a half away from zero.
    #[default]
    Nearest,
    /// To the nearest, a half to the even neighbour.
    NearestEven,
    /// Towards plus infinity.
    Up,
    /// Towards minus infinity.
    Down,
}

impl Number {
    /// The bits that numerator and denominator may each have. Money of every fund on earth in pence needs 60; the
    /// mean of a share over 151 areas, each with a denominator of its own, 2,300.
    pub const MAX_BITS: usize = 8192;

    /// Zero.
    pub fn zero() -> Self {
        Self(RBig::ZERO)
    }

    /// One.
    pub fn one() -> Self {
        Self(RBig::ONE)
    }

    /// The fraction `numerator / denominator`; `None` where the denominator is zero.
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let n = IBig::from(numerator);
        if denominator == 1 {
            return Some(Self(RBig::from(n)));
        }
        let flip = denominator < 0;
        Some(Self(RBig::from_parts(if flip { -n } else { n }, UBig::from(denominator.unsigned_abs()))))
    }

    /// Reads digits with an optional sign and decimal point, such as `-12.50`. No exponent, no separators.
    /// `None` where it is anything else or longer than 200 characters.
    pub fn from_decimal(text: &str) -> Option<Self> {
        if text.len() > 200 {
            return None;
        }
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() && decimals.is_empty() || !all_digits(whole) || !all_digits(decimals) {
            return None;
        }
        let sign = if negative { Sign::Negative } else { Sign::Positive };
        let magnitude: UBig = if whole.len() + decimals.len() <= DIGITS_OF_128_BITS {
            let digits = whole.bytes().chain(decimals.bytes());
            UBig::from(digits.fold(0, |number: u128, digit| number * 10 + u128::from(digit - b'0')))
        } else {
            format!("{whole}{decimals}").parse().ok()?
        };
        let numerator = IBig::from_parts(sign, magnitude);
        if decimals.is_empty() {
            return Some(Self(RBig::from(numerator)));
        }
        Some(Self(RBig::from_parts(numerator, UBig::from(10u8).pow(decimals.len()))))
    }

    fn checked(value: RBig) -> Result<Self, NumberFault> {
        if value.numerator().bit_len() > Self::MAX_BITS || value.denominator().bit_len() > Self::MAX_BITS {
            return Err(NumberFault::TooLarge);
        }
        Ok(Self(value))
    }

    /// `self + other`.
    pub fn add(&self, other: &Self) -> Result<Self, NumberFault> {
        Self::checked(&self.0 + &other.0)
    }

    /// `self - other`.
    pub fn subtract(&self, other: &Self) -> Result<Self, NumberFault> {
        Self::checked(&self.0 - &other.0)
    }

    /// `self × other`.
    pub fn multiply(&self, other: &Self) -> Result<Self, NumberFault> {
        Self::checked(&self.0 * &other.0)
    }

    /// `self ÷ other`.
    pub fn divide(&self, other: &Self) -> Result<Self, NumberFault> {
        if other.is_zero() {
            return Err(NumberFault::DivisionByZero);
        }
        if other.0 == RBig::ONE {
            return Ok(self.clone());
        }
        Self::checked(&self.0 / &other.0)
    }

    /// `-self`.
    #[must_use]
    pub fn negate(&self) -> Self {
        Self(-self.0.clone())
    }

    /// The size without the sign.
    #[must_use]
    pub fn size(&self) -> Self {
        if self.is_negative() { self.negate() } else { self.clone() }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.numerator().is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.0.numerator().sign() == Sign::Negative && !self.is_zero()
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        self.0.denominator().is_one()
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(RBig::from(self.0.floor()))
    }

    /// Rounds to a multiple of `step`, which must be above zero.
    pub fn round_to(&self, step: &Self, mode: RoundMode) -> Result<Self, NumberFault> {
        let steps = self.divide(step)?.0;
        let below = steps.floor();
        let rest = &steps - RBig::from(below.clone());
        let half = RBig::from_parts(IBig::ONE, UBig::from(2u8));
        let up = match mode {
            RoundMode::Up => !rest.numerator().is_zero(),
            RoundMode::Down => false,
            RoundMode::Nearest => rest > half || (rest == half && !self.is_negative()),
            RoundMode::NearestEven => rest > half || (rest == half && below.bit(0)),
        };
        let steps = if up { below + IBig::ONE } else { below };
        Self::checked(RBig::from(steps) * &step.0)
    }

    /// The number as a whole number that fits 128 bits, or `None`.
    pub fn to_i128(&self) -> Option<i128> {
        if !self.is_whole() {
            return None;
        }
        i128::try_from(self.0.numerator().clone()).ok()
    }

    /// Numerator and denominator, above zero, in lowest terms, if 64 bits hold both.
    pub fn to_i64_parts(&self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.0.numerator()).ok()?, i64::try_from(self.0.denominator()).ok()?))
    }

    /// Numerator and denominator, the denominator above zero, where both fit 128 bits.
    pub fn to_i128_parts(&self) -> Option<(i128, i128)> {
        let above = i128::try_from(self.0.numerator().clone()).ok()?;
        let below = i128::try_from(self.0.denominator().clone()).ok()?;
        Some((above, below))
    }

    /// Numerator and denominator as decimal text, for wire forms.
    pub fn parts(&self) -> (String, String) {
        (self.0.numerator().to_string(), self.0.denominator().to_string())
    }

    /// The exact decimal text where there is one of at most `max_decimals` places, else `None`.
    pub fn to_exact_decimal(&self, max_decimals: usize) -> Option<String> {
        let denominator = self.0.denominator();
        // As many places as the denominator has twos or fives, whichever are more; with anything else in it, none do.
        let twos = denominator.trailing_zeros().unwrap_or(0);
        if twos > max_decimals {
            return None;
        }
        let (five, mut fives, mut rest) = (UBig::from(5u8), 0, denominator >> twos);
        while !rest.is_one() {
            if fives == max_decimals || !(&rest % &five).is_zero() {
                return None;
            }
            rest /= &five;
            fives += 1;
        }
        Some(self.to_decimal(twos.max(fives)))
    }

    /// Decimal text rounded to `places` for showing: half away from zero, no thousands separators.
    pub fn to_decimal(&self, places: usize) -> String {
        if let Some(rounded) = self.to_small_decimal(places) {
            return placed(&rounded.unsigned_abs().to_string(), rounded < 0, places);
        }
        let scale = UBig::from(10u8).pow(places);
        let scaled = &self.0 * RBig::from(scale.clone());
        let magnitude = if self.is_negative() { -scaled } else { scaled };
        let below = magnitude.floor();
        let rest = &magnitude - RBig::from(below.clone());
        let half = RBig::from_parts(IBig::ONE, UBig::from(2u8));
        let rounded = if rest >= half { below + IBig::ONE } else { below };
        let negative = self.is_negative() && rounded != IBig::ZERO;
        placed(&rounded.unsigned_abs().to_string(), negative, places)
    }

    /// How many units of the last of so many places it is, rounded half away from zero, where 128 bits hold all of it.
    fn to_small_decimal(&self, places: usize) -> Option<i128> {
        let (above, below) = self.to_i128_parts()?;
        let scaled = above.checked_mul(10_i128.checked_pow(u32::try_from(places).ok()?)?)?;
        let (whole, rest) = (scaled / below, (scaled % below).abs());
        if rest >= below - rest { whole.checked_add(if above < 0 { -1 } else { 1 }) } else { Some(whole) }
    }
}

/// So many decimal digits fit 128 bits, whichever they are.
const DIGITS_OF_128_BITS: usize = 38;

/// Digits with their sign and a decimal point so many places from the end.
fn placed(digits: &str, is_negative: bool, places: usize) -> String {
    let padding = (places + 1).saturating_sub(digits.len());
    let mut out = String::with_capacity(digits.len() + padding + 2);
    out.push_str(if is_negative { "-" } else { "" });
    out.extend(std::iter::repeat_n('0', padding));
    out.push_str(digits);
    if places > 0 {
        out.insert(out.len() - places, '.');
    }
    out
}

/// Groups of three digits, a comma between: `1490.5` is `1,490.5`. Anything but digits is given back.
pub fn grouped(digits: &str) -> String {
    let (sign, unsigned) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, decimals) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

impl From<i64> for Number {
    fn from(n: i64) -> Self {
        Self(RBig::from(n))
    }
}

/// An exact decimal where there is a short one, else the fraction.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_exact_decimal(20) {
            Some(decimal) => f.write_str(&decimal),
            None => write!(f, "{}/{}", self.0.numerator(), self.0.denominator()),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (n, d) = self.parts();
        serializer.serialize_str(&if d == "1" { n } else { format!("{n}/{d}") })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bad = || serde::de::Error::custom("a fraction such as `7/200`");
        let (n, d) = text.split_once('/').unwrap_or((&text, "1"));
        let numerator: IBig = n.parse().map_err(|_| bad())?;
        let denominator: UBig = d.parse().map_err(|_| bad())?;
        if denominator.is_zero() {
            return Err(bad());
        }
        Self::checked(RBig::from_parts(numerator, denominator)).map_err(|_| bad())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        let (n, d) = text.split_once('/').unwrap_or((text, "1"));
        Number::from_decimal(n).unwrap().divide(&Number::from_decimal(d).unwrap()).unwrap()
    }

    #[test]
    fn rounding_goes_the_way_it_says() {
        let cases = [
            // value, step, nearest, even, up, down
            ("2.5", "1", "3", "2", "3", "2"),
            ("-2.5", "1", "-3", "-2", "-2", "-3"),
            ("3.5", "1", "4", "4", "4", "3"),
            ("-0.5", "1", "-1", "0", "0", "-1"),
            ("2.4999", "1", "2", "2", "3", "2"),
            ("1/3", "0.01", "0.33", "0.33", "0.34", "0.33"),
            ("-1/3", "0.01", "-0.33", "-0.33", "-0.33", "-0.34"),
            ("37", "25", "25", "25", "50", "25"),
            ("37.5", "25", "50", "50", "50", "25"),
            ("7", "1", "7", "7", "7", "7"),
        ];
        for (value, step, nearest, even, up, down) in cases {
            let modes = [
                (RoundMode::Nearest, nearest),
                (RoundMode::NearestEven, even),
                (RoundMode::Up, up),
                (RoundMode::Down, down),
            ];
            for (mode, wanted) in modes {
                let rounded = number(value).round_to(&number(step), mode).unwrap();
                assert_eq!(rounded, number(wanted), "{value} to {step}, {mode:?}");
            }
        }
    }

    #[test]
    fn nothing_is_lost_and_nothing_grows_without_end() {
        let share = Number::one().subtract(&number("900/1000")).unwrap();
        assert_eq!(share, number("0.1"));
        assert_eq!(number("25000001").to_string(), "25000001");
        assert_eq!(number("1").divide(&Number::zero()), Err(NumberFault::DivisionByZero));
        let mut big = number("3");
        let fault = loop {
            match big.multiply(&big) {
                Ok(next) => big = next,
                Err(fault) => break fault,
            }
        };
        assert_eq!(fault, NumberFault::TooLarge);
    }

    #[test]
    fn decimals_are_shown_as_asked() {
        assert_eq!(number("7/200").to_decimal(2), "0.04");
        assert_eq!(number("-7/200").to_decimal(2), "-0.04");
        assert_eq!(number("-0.001").to_decimal(2), "0.00");
        assert_eq!(number("514772.65").to_decimal(2), "514772.65");
        assert_eq!(number("0.5").to_decimal(0), "1");
        assert_eq!(number("1/3").to_exact_decimal(10), None);
        assert_eq!(number("1/8").to_exact_decimal(10).as_deref(), Some("0.125"));
    }

    #[test]
    fn small_and_large_numbers_are_written_alike() {
        let digits = "1234567890123456789012345678901234567890123456789";
        for places in 1..60 {
            let tenth = number("1").divide(&number(&format!("1{}", "0".repeat(places)))).unwrap();
            let exact = number(digits).multiply(&tenth).unwrap();
            let padded = format!("{digits:0>width$}", width = places + 1);
            let (whole, decimals) = padded.split_at(padded.len() - places);
            let expected = format!("{whole}.{decimals}");
            assert_eq!(exact.to_exact_decimal(60).as_ref(), Some(&expected));
            assert_eq!(number(&format!("-{expected}")), exact.negate());
            assert_eq!(exact.to_exact_decimal(places - 1), None);
        }
        for (value, places, expected) in [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("-0.4", 0, "0"), ("-0.05", 1, "-0.1")] {
            assert_eq!(number(value).to_decimal(places), expected);
            // The same beside a number that no machine integer holds.
            let large = number(&format!("{digits}{digits}0"));
            let sum = if value.starts_with('-') { number(value).subtract(&large) } else { number(value).add(&large) };
            let (sum, last) = (sum.unwrap().to_decimal(places), expected.chars().next_back().unwrap());
            assert!(sum.ends_with(last), "{sum} ends with {last}");
        }
        assert_eq!(number("1/3").to_exact_decimal(200), None);
        assert_eq!(number("1/1024").to_exact_decimal(10).as_deref(), Some("0.0009765625"));
        assert_eq!(number("1/1024").to_exact_decimal(9), None);
        assert_eq!(number("1/3125").to_exact_decimal(5).as_deref(), Some("0.00032"));
        assert_eq!(number("1/3125").to_exact_decimal(4), None);
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for bad in ["", ".", "-", "1e5", "1,000", "0x10", " 1", "1 ", "--1", "1.2.3", "∞"] {
            assert_eq!(Number::from_decimal(bad), None, "{bad:?}");
        }
        assert_eq!(Number::from_decimal(&"9".repeat(201)), None);
    }

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (digits, expected) in [
            ("0", "0"),
            ("999", "999"),
            ("1490", "1,490"),
            ("-1490.25", "-1,490.25"),
            ("25000001", "25,000,001"),
            ("1234567.0001", "1,234,567.0001"),
            ("0.50", "0.50"),
        ] {
            assert_eq!(grouped(digits), expected);
        }
    }
}
