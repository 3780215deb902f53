//! What is known of a step's numbers before they are computed: by which factor its whole numbers count, and
//! between which they lie. From it follows which machine integers hold every value exactly.

use crate::value::Number;

/// Whole numbers from `least` to `greatest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) least: i128,
    pub(super) greatest: i128,
}

impl Range {
    pub(super) const ONE: Self = Self { least: 1, greatest: 1 };

    pub(super) fn at(value: i128) -> Self {
        Self { least: value, greatest: value }
    }

    fn of(all: [Option<i128>; 4]) -> Option<Self> {
        let [a, b, c, d] = all;
        let (a, b, c, d) = (a?, b?, c?, d?);
        Some(Self { least: a.min(b).min(c).min(d), greatest: a.max(b).max(c).max(d) })
    }

    /// The range of sums.
    pub(super) fn add(self, other: Self) -> Option<Self> {
        Some(Self { least: self.least.checked_add(other.least)?, greatest: self.greatest.checked_add(other.greatest)? })
    }

    /// The range of the negative.
    pub(super) fn negate(self) -> Option<Self> {
        Some(Self { least: self.greatest.checked_neg()?, greatest: self.least.checked_neg()? })
    }

    /// The range of products.
    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        Self::of([
            self.least.checked_mul(other.least),
            self.least.checked_mul(other.greatest),
            self.greatest.checked_mul(other.least),
            self.greatest.checked_mul(other.greatest),
        ])
    }

    /// The range of products with one number.
    pub(super) fn times(self, by: i128) -> Option<Self> {
        self.multiply(Self::at(by))
    }

    /// The range of quotients by one number above zero, rounded outwards.
    pub(super) fn over(self, by: i128) -> Option<Self> {
        Some(Self {
            least: self.least.checked_div_euclid(by)?,
            greatest: self.greatest.checked_add(by)?.checked_sub(1)?.checked_div_euclid(by)?,
        })
    }

    /// The range of both.
    pub(super) fn join(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), greatest: self.greatest.max(other.greatest) }
    }

    /// The range with 0 in it, which lanes without a value hold.
    pub(super) fn with_zero(self) -> Self {
        self.join(Self::at(0))
    }

    /// The range with 0 in it, where some lane may have no value.
    pub(super) fn with_zero_if(self, may_miss: bool) -> Self {
        if may_miss { self.with_zero() } else { self }
    }

    /// One more on either side.
    pub(super) fn widened(self) -> Option<Self> {
        Some(Self { least: self.least.checked_sub(1)?, greatest: self.greatest.checked_add(1)? })
    }

    pub(super) fn holds(self, value: i128) -> bool {
        self.least <= value && value <= self.greatest
    }

    /// Whether 32 bits hold every number, and 0.
    pub(super) fn fits_half(self) -> bool {
        let all = self.with_zero();
        all.least > i128::from(i32::MIN) && all.greatest <= i128::from(i32::MAX)
    }

    /// Whether 64 bits hold every number, with room for a sign turned.
    pub(super) fn fits(self) -> bool {
        self.least > i128::from(i64::MIN) && self.greatest <= i128::from(i64::MAX)
    }
}

/// By what whole numbers count: a fraction above zero in lowest terms. Pence have 1/100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Factor {
    pub(super) above: i128,
    pub(super) below: i128,
}

/// Factors beyond this have no place in machine integers.
const MOST: i128 = 1 << 100;

impl Factor {
    pub(super) const ONE: Self = Self { above: 1, below: 1 };

    /// In lowest terms; `None` where it is not above zero or beyond machine integers.
    pub(super) fn new(above: i128, below: i128) -> Option<Self> {
        if above <= 0 || below <= 0 {
            return None;
        }
        let common = gcd(above, below);
        let factor = Self { above: above / common, below: below / common };
        (factor.above < MOST && factor.below < MOST).then_some(factor)
    }

    /// Of a number above zero.
    pub(super) fn of(number: &Number) -> Option<Self> {
        let (above, below) = number.to_i128_parts()?;
        Self::new(above, below)
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        let (a, d) = reduced(self.above, other.below);
        let (c, b) = reduced(other.above, self.below);
        Self::new(a.checked_mul(c)?, b.checked_mul(d)?)
    }

    pub(super) fn divide(self, other: Self) -> Option<Self> {
        self.multiply(Self { above: other.below, below: other.above })
    }

    /// The greatest factor of which both are whole multiples, and the multiples.
    pub(super) fn common(self, other: Self) -> Option<(Self, i128, i128)> {
        if self == other {
            return Some((self, 1, 1));
        }
        // gcd(a/b, c/d) = gcd(a, c) / lcm(b, d) for fractions in lowest terms.
        let above = gcd(self.above, other.above);
        let below = self.below.checked_mul(other.below / gcd(self.below, other.below))?;
        let common = Self::new(above, below)?;
        let multiple = |of: Self| {
            let ratio = of.divide(common)?;
            (ratio.below == 1).then_some(ratio.above)
        };
        Some((common, multiple(self)?, multiple(other)?))
    }
}

fn reduced(a: i128, b: i128) -> (i128, i128) {
    let common = gcd(a, b);
    (a / common, b / common)
}

/// The greatest common divisor of two numbers above zero.
pub(super) fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_factor_divides_both() {
        let pence = Factor::new(1, 100).unwrap();
        let pounds = Factor::ONE;
        assert_eq!(pence.common(pounds), Some((pence, 1, 100)));
        let (common, a, b) = Factor::new(2, 3).unwrap().common(Factor::new(4, 5).unwrap()).unwrap();
        assert_eq!((common, a, b), (Factor::new(2, 15).unwrap(), 5, 6));
    }

    #[test]
    fn ranges_hold_what_they_say() {
        let a = Range { least: -3, greatest: 5 };
        let b = Range { least: -7, greatest: 2 };
        assert_eq!(a.multiply(b), Some(Range { least: -35, greatest: 21 }));
        assert_eq!(a.over(2), Some(Range { least: -2, greatest: 3 }));
        assert_eq!(Range::at(i128::MAX).add(Range::ONE), None);
        assert!(!Range::at(i128::from(i64::MIN)).fits());
    }
}
