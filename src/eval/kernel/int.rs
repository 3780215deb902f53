//! Machine integers that lanes may hold: 64 and 128 bits wide, with one set of operations for both.
//!
//! Nothing here looks for overflow: the ranges of a step were worked out before it runs.

use crate::eval::vector::{Lanes, Slices};

/// A machine integer that lanes may hold.
pub(super) trait Int: Copy + Ord + 'static {
    const ZERO: Self;
    const ONE: Self;
    fn ints(lanes: Slices<'_>) -> &[Self];
    fn quots(lanes: Slices<'_>) -> (&[Self], &[Self]);
    fn into_ints(of: Vec<Self>) -> Lanes;
    fn into_quots(above: Vec<Self>, below: Vec<Self>) -> Lanes;
    fn take(lanes: &mut Lanes) -> (Vec<Self>, Vec<Self>);
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn by(self, other: Self) -> Self;
    fn negative(self) -> Self;
    fn of(wide: i128) -> Self;
    fn wide(self) -> i128;
    /// The quotient rounded down and the rest, for a divisor above zero.
    fn split(self, by: Self) -> (Self, Self);
    fn is_odd(self) -> bool;
}

macro_rules! int {
    ($int:ty, $ints:ident, $quots:ident) => {
        impl Int for $int {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            fn ints(lanes: Slices<'_>) -> &[Self] {
                match lanes {
                    Slices::$ints(of) => of,
                    _ => &[],
                }
            }
            fn quots(lanes: Slices<'_>) -> (&[Self], &[Self]) {
                match lanes {
                    Slices::$quots(above, below) => (above, below),
                    Slices::$ints(above) => (above, &[]),
                    _ => (&[], &[]),
                }
            }
            fn into_ints(of: Vec<Self>) -> Lanes {
                Lanes::$ints(of)
            }
            fn into_quots(above: Vec<Self>, below: Vec<Self>) -> Lanes {
                Lanes::$quots(above, below)
            }
            fn take(lanes: &mut Lanes) -> (Vec<Self>, Vec<Self>) {
                let (mut above, mut below) = match lanes {
                    Lanes::$quots(above, below) => (std::mem::take(above), std::mem::take(below)),
                    Lanes::$ints(of) => (std::mem::take(of), Vec::new()),
                    _ => (Vec::new(), Vec::new()),
                };
                above.clear();
                below.clear();
                (above, below)
            }
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn by(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn negative(self) -> Self {
                self.wrapping_neg()
            }
            #[inline(always)]
            fn of(wide: i128) -> Self {
                wide as Self
            }
            #[inline(always)]
            fn wide(self) -> i128 {
                i128::from(self)
            }
            #[inline(always)]
            fn is_odd(self) -> bool {
                self & 1 == 1
            }
            #[inline(always)]
            fn split(self, by: Self) -> (Self, Self) {
                split(self, by)
            }
        }
    };
}

trait Split: Sized {
    fn split_by(self, by: Self) -> (Self, Self);
}

impl Split for i64 {
    #[inline(always)]
    fn split_by(self, by: Self) -> (Self, Self) {
        let (quotient, rest) = (self.wrapping_div(by), self.wrapping_rem(by));
        if rest < 0 { (quotient - 1, rest + by) } else { (quotient, rest) }
    }
}

impl Split for i128 {
    #[inline(always)]
    fn split_by(self, by: Self) -> (Self, Self) {
        // Most figures fit 64 bits, whose division takes a fraction of the time.
        if let (Ok(narrow), Ok(narrow_by)) = (i64::try_from(self), i64::try_from(by)) {
            let (quotient, rest) = narrow.split_by(narrow_by);
            return (quotient.into(), rest.into());
        }
        let (quotient, rest) = (self.wrapping_div(by), self.wrapping_rem(by));
        if rest < 0 { (quotient - 1, rest + by) } else { (quotient, rest) }
    }
}

#[inline(always)]
fn split<T: Split>(of: T, by: T) -> (T, T) {
    of.split_by(by)
}

int!(i64, Int64, Quot64);
int!(i128, Int128, Quot128);
