//! Kernels of numbers: plain loops over machine integers that cannot go beyond their range, because the ranges
//! were worked out beforehand.

use super::int::Int;
use super::{Batch, joined};
use crate::eval::shape::Repr;
use crate::eval::vector::{Lanes, Slices, Vector, View};
use crate::syntax::ast::CompareOp;
use crate::value::RoundMode;
use std::cmp::Ordering;

/// The quotient rounded to a whole number.
#[inline(always)]
fn rounded<T: Int>(above: T, below: T, mode: RoundMode) -> T {
    let (quotient, rest) = above.split(below);
    let up = match mode {
        RoundMode::Down => false,
        RoundMode::Up => rest > T::ZERO,
        RoundMode::Nearest | RoundMode::NearestEven => {
            let other = below.minus(rest);
            match rest.cmp(&other) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal => {
                    if mode == RoundMode::Nearest {
                        above >= T::ZERO
                    } else {
                        quotient.is_odd()
                    }
                }
            }
        }
    };
    if up { quotient.plus(T::ONE) } else { quotient }
}

fn zip<T: Int>(out: &mut Vector, a: View<'_>, b: View<'_>, apply: impl Fn(T, T) -> T) {
    let (mut into, _) = T::take(&mut out.lanes);
    into.extend(T::ints(a.lanes).iter().zip(T::ints(b.lanes)).map(|(a, b)| apply(*a, *b)));
    out.lanes = T::into_ints(into);
}

/// Runs the same code for narrow and wide integers, by what the first operand holds.
macro_rules! by_width {
    ($lanes:expr, |$int:ident, $is_quot:ident| $do:expr) => {
        match $lanes {
            Slices::Int64(_) => {
                type $int = i64;
                let $is_quot = false;
                $do
            }
            Slices::Int128(_) => {
                type $int = i128;
                let $is_quot = false;
                $do
            }
            Slices::Quot64(..) => {
                type $int = i64;
                let $is_quot = true;
                $do
            }
            Slices::Quot128(..) => {
                type $int = i128;
                let $is_quot = true;
                $do
            }
            _ => {}
        }
    };
}

/// A fraction's part below the line, 1 of a whole number.
#[inline(always)]
fn below_at<T: Int>(below: &[T], lane: usize) -> T {
    below.get(lane).copied().unwrap_or(T::ONE)
}

/// Works on fractions of equal factor, lane by lane; a whole number has 1 below.
fn fractions<T: Int>(out: &mut Vector, a: View<'_>, b: View<'_>, apply: impl Fn(T, T, T, T) -> (T, T)) {
    let (mut above, mut below) = T::take(&mut out.lanes);
    let ((an, ad), (bn, bd)) = (T::quots(a.lanes), T::quots(b.lanes));
    let len = an.len().min(bn.len());
    above.resize(len, T::ZERO);
    below.resize(len, T::ONE);
    let into = above.iter_mut().zip(below.iter_mut());
    // A loop for each combination, so that a whole number costs no multiplication by one.
    match (ad.is_empty(), bd.is_empty()) {
        (true, true) => {
            into.zip(an.iter().zip(bn)).for_each(|((n, d), (an, bn))| (*n, *d) = apply(*an, T::ONE, *bn, T::ONE));
        }
        (false, true) => into
            .zip(an.iter().zip(ad).zip(bn))
            .for_each(|((n, d), ((an, ad), bn))| (*n, *d) = apply(*an, *ad, *bn, T::ONE)),
        (true, false) => into
            .zip(an.iter().zip(bn.iter().zip(bd)))
            .for_each(|((n, d), (an, (bn, bd)))| (*n, *d) = apply(*an, T::ONE, *bn, *bd)),
        (false, false) => into
            .zip(an.iter().zip(ad).zip(bn.iter().zip(bd)))
            .for_each(|((n, d), ((an, ad), (bn, bd)))| (*n, *d) = apply(*an, *ad, *bn, *bd)),
    }
    out.lanes = T::into_quots(above, below);
}

fn is_fraction(of: View<'_>) -> bool {
    matches!(of.lanes, Slices::Quot64(..) | Slices::Quot128(..))
}

pub(in crate::eval) fn add(out: &mut Vector, a: View<'_>, b: View<'_>, minus: bool, batch: &mut Batch<'_>) {
    by_width!(a.lanes, |T, is_quot| {
        if is_quot || is_fraction(b) {
            fractions::<T>(out, a, b, |an, ad, bn, bd| {
                let (left, right) = (an.by(bd), bn.by(ad));
                (if minus { left.minus(right) } else { left.plus(right) }, ad.by(bd))
            });
        } else if minus {
            zip::<T>(out, a, b, Int::minus);
        } else {
            zip::<T>(out, a, b, Int::plus);
        }
    });
    finish(out, &[a, b], batch);
}

pub(in crate::eval) fn multiply(out: &mut Vector, a: View<'_>, b: View<'_>, batch: &mut Batch<'_>) {
    match (a.lanes, b.lanes) {
        (Slices::Int64(_), Slices::Int64(_)) => zip::<i64>(out, a, b, Int::by),
        (Slices::Int128(_), Slices::Int128(_)) => zip::<i128>(out, a, b, Int::by),
        (Slices::Int64(_) | Slices::Quot64(..), _) => {
            fractions::<i64>(out, a, b, |an, ad, bn, bd| (an.by(bn), ad.by(bd)))
        }
        _ => fractions::<i128>(out, a, b, |an, ad, bn, bd| (an.by(bn), ad.by(bd))),
    }
    finish(out, &[a, b], batch);
}

/// A division. Without a site what divides is above zero, or has no value.
pub(in crate::eval) fn divide(out: &mut Vector, a: View<'_>, b: View<'_>, site: Option<u32>, batch: &mut Batch<'_>) {
    let Some(site) = site else {
        match a.lanes {
            Slices::Int64(_) | Slices::Quot64(..) => {
                fractions::<i64>(out, a, b, |an, ad, bn, bd| (an.by(bd), ad.by(bn)))
            }
            _ => fractions::<i128>(out, a, b, |an, ad, bn, bd| (an.by(bd), ad.by(bn))),
        }
        return finish(out, &[a, b], batch);
    };
    fn of<T: Int>(out: &mut Vector, a: View<'_>, b: View<'_>) -> Vec<usize> {
        let (mut above, mut below) = T::take(&mut out.lanes);
        let ((an, ad), (bn, bd)) = (T::quots(a.lanes), T::quots(b.lanes));
        let mut zeros = Vec::new();
        if ad.is_empty() && bd.is_empty() {
            // The common case, a loop without a branch but for the signs.
            let signed = |(n, d): (&T, &T)| if *d < T::ZERO { (n.negative(), d.negative()) } else { (*n, *d) };
            above.extend(an.iter().zip(bn).map(|pair| signed(pair).0));
            below.extend(an.iter().zip(bn).map(|pair| signed(pair).1));
        } else {
            for (lane, (an, bn)) in an.iter().zip(bn).enumerate() {
                let (n, d) = (an.by(below_at(bd, lane)), below_at(ad, lane).by(*bn));
                let is_negative = d < T::ZERO;
                above.push(if is_negative { n.negative() } else { n });
                below.push(if is_negative { d.negative() } else { d });
            }
        }
        for (lane, below) in below.iter_mut().enumerate() {
            if *below == T::ZERO {
                zeros.push(lane);
                *below = T::ONE;
            }
        }
        out.lanes = T::into_quots(above, below);
        zeros
    }
    let zeros = match a.lanes {
        Slices::Int64(_) | Slices::Quot64(..) => of::<i64>(out, a, b),
        _ => of::<i128>(out, a, b),
    };
    joined(&mut out.missing, &[a, b], batch);
    let why = batch.whys.of(site);
    for lane in zeros {
        if !out.missing.at(lane) {
            out.missing.blame(why, lane, batch.len);
        }
    }
    finish(out, &[], batch);
}

pub(in crate::eval) fn negate(out: &mut Vector, a: View<'_>, only_size: bool, batch: &mut Batch<'_>) {
    by_width!(a.lanes, |T, is_quot| {
        let turn = |n: T| if only_size && n > 0 { n } else { n.negative() };
        let (mut above, mut below) = T::take(&mut out.lanes);
        let (an, ad) = T::quots(a.lanes);
        above.extend(an.iter().map(|n| turn(*n)));
        if is_quot {
            below.extend_from_slice(ad);
            out.lanes = T::into_quots(above, below);
        } else {
            out.lanes = T::into_ints(above);
        }
    });
    finish(out, &[a], batch);
}

pub(in crate::eval) fn extreme(out: &mut Vector, a: View<'_>, b: View<'_>, greatest: bool, batch: &mut Batch<'_>) {
    if let (Slices::Code(left), Slices::Code(right)) = (a.lanes, b.lanes) {
        let all = left.iter().zip(right);
        out.lanes = Lanes::Code(all.map(|(a, b)| if greatest { *a.max(b) } else { *a.min(b) }).collect());
        return finish(out, &[a, b], batch);
    }
    by_width!(a.lanes, |T, is_quot| {
        if is_quot || is_fraction(b) {
            fractions::<T>(out, a, b, |an, ad, bn, bd| {
                let is_more = an.by(bd) >= bn.by(ad);
                if is_more == greatest { (an, ad) } else { (bn, bd) }
            });
        } else if greatest {
            zip::<T>(out, a, b, Ord::max);
        } else {
            zip::<T>(out, a, b, Ord::min);
        }
    });
    finish(out, &[a, b], batch);
}

/// Numbers held to be no less than zero, or no more.
pub(in crate::eval) fn beside_zero(out: &mut Vector, a: View<'_>, greatest: bool, batch: &mut Batch<'_>) {
    by_width!(a.lanes, |T, is_quot| {
        let (mut above, mut below) = T::take(&mut out.lanes);
        let (an, ad) = T::quots(a.lanes);
        above.extend(an.iter().map(|n| if greatest { (*n).max(T::ZERO) } else { (*n).min(T::ZERO) }));
        if is_quot {
            below.extend_from_slice(ad);
            out.lanes = T::into_quots(above, below);
        } else {
            out.lanes = T::into_ints(above);
        }
    });
    finish(out, &[a], batch);
}

/// Compares lanes; each operator has its loop, so that the comparison is one instruction.
fn compared<T: Ord>(into: &mut Vec<bool>, op: CompareOp, all: impl Iterator<Item = (T, T)>) {
    match op {
        CompareOp::Is => into.extend(all.map(|(a, b)| a == b)),
        CompareOp::IsNot => into.extend(all.map(|(a, b)| a != b)),
        CompareOp::Below => into.extend(all.map(|(a, b)| a < b)),
        CompareOp::AtMost => into.extend(all.map(|(a, b)| a <= b)),
        CompareOp::Above => into.extend(all.map(|(a, b)| a > b)),
        CompareOp::AtLeast => into.extend(all.map(|(a, b)| a >= b)),
    }
}

pub(in crate::eval) fn compare(out: &mut Vector, op: CompareOp, a: View<'_>, b: View<'_>, batch: &mut Batch<'_>) {
    let mut into = out.lanes.take_bools();
    match (a.lanes, b.lanes) {
        (Slices::Bool(a), Slices::Bool(b)) => compared(&mut into, op, a.iter().zip(b)),
        (Slices::Code(a), Slices::Code(b)) => compared(&mut into, op, a.iter().zip(b)),
        (Slices::Exact(a), Slices::Exact(b)) => into.extend(a.iter().zip(b).map(|(a, b)| op.holds(a.cmp(b)))),
        (Slices::Int64(a), Slices::Int64(b)) => compared(&mut into, op, a.iter().zip(b)),
        (Slices::Int128(a), Slices::Int128(b)) => compared(&mut into, op, a.iter().zip(b)),
        _ => by_width!(a.lanes, |T, _is_quot| {
            let ((an, ad), (bn, bd)) = (T::quots(a.lanes), T::quots(b.lanes));
            match (ad.is_empty(), bd.is_empty()) {
                (false, true) => {
                    compared(&mut into, op, an.iter().zip(ad).zip(bn).map(|((an, ad), bn)| (*an, bn.by(*ad))));
                }
                (true, false) => {
                    compared(&mut into, op, an.iter().zip(bn.iter().zip(bd)).map(|(an, (bn, bd))| (an.by(*bd), *bn)));
                }
                _ => {
                    let all = an.iter().zip(ad).zip(bn.iter().zip(bd));
                    compared(&mut into, op, all.map(|((an, ad), (bn, bd))| (an.by(*bd), bn.by(*ad))));
                }
            }
        }),
    }
    out.lanes = Lanes::Bool(into);
    finish(out, &[a, b], batch);
}

pub(in crate::eval) fn compare_to(out: &mut Vector, op: CompareOp, a: View<'_>, to: i128, batch: &mut Batch<'_>) {
    let mut into = out.lanes.take_bools();
    match a.lanes {
        Slices::Int64(of) => {
            let to = i64::of(to);
            compared(&mut into, op, of.iter().map(|a| (*a, to)));
        }
        Slices::Int128(of) => compared(&mut into, op, of.iter().map(|a| (*a, to))),
        _ => {}
    }
    out.lanes = Lanes::Bool(into);
    finish(out, &[a], batch);
}

/// Rounds `value × above / below` to whole numbers.
pub(in crate::eval) fn round(
    out: &mut Vector,
    a: View<'_>,
    (above, below): (i128, i128),
    mode: RoundMode,
    wide: bool,
    batch: &mut Batch<'_>,
) {
    fn of<T: Int>(out: &mut Vector, a: View<'_>, times: T, by: T, mode: RoundMode, wide: bool) {
        let (an, ad) = T::quots(a.lanes);
        let all = an.iter().enumerate().map(|(lane, n)| {
            let n = if times == T::ONE { *n } else { n.by(times) };
            let d = below_at(ad, lane);
            rounded(n, if by == T::ONE { d } else { d.by(by) }, mode)
        });
        if wide {
            let (mut into, _) = i128::take(&mut out.lanes);
            into.extend(all.map(Int::wide));
            out.lanes = Lanes::Int128(into);
        } else {
            let (mut into, _) = i64::take(&mut out.lanes);
            into.extend(all.map(|n| i64::of(n.wide())));
            out.lanes = Lanes::Int64(into);
        }
    }
    by_width!(a.lanes, |T, _is_quot| of::<T>(out, a, T::of(above), T::of(below), mode, wide));
    finish(out, &[a], batch);
}

/// Whole numbers above zero, 1 where there is none.
pub(in crate::eval) fn divisor(out: &mut Vector, a: View<'_>, batch: &mut Batch<'_>) {
    out.lanes.copy_from(a.lanes);
    let notes = a.missing.notes().iter();
    match &mut out.lanes {
        Lanes::Int64(of) => notes.for_each(|(lane, _)| set(of, *lane, 1)),
        Lanes::Int128(of) => notes.for_each(|(lane, _)| set(of, *lane, 1)),
        _ => {}
    }
    out.missing.add(a.missing, batch.whys);
}

fn set<T>(of: &mut [T], lane: u32, to: T) {
    if let Some(lane) = of.get_mut(lane as usize) {
        *lane = to;
    }
}

/// 2^64 by a divisor, rounded down; of 1 it is 2^64 - 1. The 64 bits have no sign.
pub(in crate::eval) fn reciprocal(out: &mut Vector, a: View<'_>, batch: &mut Batch<'_>) {
    let (mut into, _) = i64::take(&mut out.lanes);
    into.extend(i64::ints(a.lanes).iter().map(|below| (u64::MAX / below.unsigned_abs().max(1)).cast_signed()));
    out.lanes = Lanes::Int64(into);
    out.missing.add(a.missing, batch.whys);
}

/// Rounds quotients of numbers that are not below zero, by the reciprocals of what is below.
pub(in crate::eval) fn round_over(
    out: &mut Vector,
    above: View<'_>,
    below: View<'_>,
    reciprocal: View<'_>,
    mode: RoundMode,
    batch: &mut Batch<'_>,
) {
    let (mut into, _) = i64::take(&mut out.lanes);
    let all = i64::ints(above.lanes).iter().zip(i64::ints(below.lanes)).zip(i64::ints(reciprocal.lanes));
    let all = all.map(|((above, below), by)| (above.unsigned_abs(), below.unsigned_abs(), by.cast_unsigned()));
    match mode {
        RoundMode::Down => into.extend(all.map(|(n, d, by)| quotient(n, d, by).0.cast_signed())),
        RoundMode::Up => into.extend(all.map(|(n, d, by)| {
            let (whole, rest) = quotient(n, d, by);
            whole.wrapping_add(u64::from(rest > 0)).cast_signed()
        })),
        RoundMode::Nearest => into.extend(all.map(|(n, d, by)| {
            let (whole, rest) = quotient(n, d, by);
            whole.wrapping_add(u64::from(rest >= d.wrapping_sub(rest))).cast_signed()
        })),
        RoundMode::NearestEven => into.extend(all.map(|(n, d, by)| {
            let (whole, rest) = quotient(n, d, by);
            let other = d.wrapping_sub(rest);
            whole.wrapping_add(u64::from(rest > other || (rest == other && whole & 1 == 1))).cast_signed()
        })),
    }
    out.lanes = Lanes::Int64(into);
    finish(out, &[above, below], batch);
}

/// The quotient of two numbers below 2^63 and what is left. The estimate by the reciprocal is never too great, and at
/// most 1 too small: the reciprocal lacks less than 1, which n times is less than half of 2^64.
#[inline(always)]
fn quotient(n: u64, d: u64, reciprocal: u64) -> (u64, u64) {
    let estimate = (u128::from(n).wrapping_mul(u128::from(reciprocal)) >> 64) as u64;
    let rest = n.wrapping_sub(estimate.wrapping_mul(d));
    if rest >= d { (estimate.wrapping_add(1), rest.wrapping_sub(d)) } else { (estimate, rest) }
}

/// Whole multiples in other machine numbers.
pub(in crate::eval) fn convert(out: &mut Vector, a: View<'_>, times: i128, to: Repr, batch: &mut Batch<'_>) {
    fn into<T: Int>(out: &mut Vector, a: View<'_>, times: T, to_quot: bool) {
        let (mut above, mut below) = T::take(&mut out.lanes);
        macro_rules! extend {
            ($int:ty) => {{
                let (an, ad) = <$int>::quots(a.lanes);
                if times == T::ONE {
                    above.extend(an.iter().map(|n| T::of(n.wide())));
                } else {
                    above.extend(an.iter().map(|n| T::of(n.wide()).by(times)));
                }
                if to_quot {
                    below.extend((0..an.len()).map(|lane| T::of(below_at(ad, lane).wide())));
                }
            }};
        }
        match a.lanes {
            Slices::Int64(_) | Slices::Quot64(..) => extend!(i64),
            _ => extend!(i128),
        }
        out.lanes = if to_quot { T::into_quots(above, below) } else { T::into_ints(above) };
    }
    match to {
        Repr::Int64 => into::<i64>(out, a, i64::of(times), false),
        Repr::Int128 => into::<i128>(out, a, times, false),
        Repr::Quot64 => into::<i64>(out, a, i64::of(times), true),
        Repr::Quot128 => into::<i128>(out, a, times, true),
        Repr::Exact => {}
    }
    finish(out, &[a], batch);
}

/// Joins what the operands lack, and sets the lanes that have no value to zero.
pub(super) fn finish(out: &mut Vector, operands: &[View<'_>], batch: &mut Batch<'_>) {
    joined(&mut out.missing, operands, batch);
    out.lanes.zero(out.missing.notes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_estimated_quotient_is_put_right(n in any::<u64>(), d in any::<u64>(), shift in 1u32..63, by in 1u32..63) {
            for (n, d) in [(n >> 1, d >> 1), (n >> shift, d >> by), (n >> 1, d >> by), (u64::MAX >> 1, d >> by)] {
                let d = d.max(1);
                prop_assert_eq!(quotient(n, d, u64::MAX / d), (n / d, n % d));
            }
        }
    }
}
