//! Kernels of numbers: plain loops over machine integers that cannot go beyond their range, because the ranges
//! were worked out beforehand.

use super::int::Int;
use super::joined;
use crate::eval::shape::Repr;
use crate::eval::vector::{Lanes, Vector};
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

fn zip<T: Int>(out: &mut Vector, a: &Vector, b: &Vector, apply: impl Fn(T, T) -> T) {
    let (mut into, _) = T::take(&mut out.lanes);
    into.extend(T::ints(&a.lanes).iter().zip(T::ints(&b.lanes)).map(|(a, b)| apply(*a, *b)));
    out.lanes = T::into_ints(into);
}

/// Runs the same code for narrow and wide integers, by what the first operand holds.
macro_rules! by_width {
    ($lanes:expr, |$int:ident, $is_quot:ident| $do:expr) => {
        match $lanes {
            Lanes::Int64(_) => {
                type $int = i64;
                let $is_quot = false;
                $do
            }
            Lanes::Int128(_) => {
                type $int = i128;
                let $is_quot = false;
                $do
            }
            Lanes::Quot64(..) => {
                type $int = i64;
                let $is_quot = true;
                $do
            }
            Lanes::Quot128(..) => {
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
fn fractions<T: Int>(out: &mut Vector, a: &Vector, b: &Vector, apply: impl Fn(T, T, T, T) -> (T, T)) {
    let (mut above, mut below) = T::take(&mut out.lanes);
    let ((an, ad), (bn, bd)) = (T::quots(&a.lanes), T::quots(&b.lanes));
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

fn is_fraction(of: &Vector) -> bool {
    matches!(of.lanes, Lanes::Quot64(..) | Lanes::Quot128(..))
}

pub(in crate::eval) fn add(out: &mut Vector, a: &Vector, b: &Vector, minus: bool, len: usize) {
    by_width!(&a.lanes, |T, is_quot| {
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
    finish(out, &[a, b], len);
}

pub(in crate::eval) fn multiply(out: &mut Vector, a: &Vector, b: &Vector, len: usize) {
    match (&a.lanes, &b.lanes) {
        (Lanes::Int64(_), Lanes::Int64(_)) => zip::<i64>(out, a, b, Int::by),
        (Lanes::Int128(_), Lanes::Int128(_)) => zip::<i128>(out, a, b, Int::by),
        (Lanes::Int64(_) | Lanes::Quot64(..), _) => {
            fractions::<i64>(out, a, b, |an, ad, bn, bd| (an.by(bn), ad.by(bd)))
        }
        _ => fractions::<i128>(out, a, b, |an, ad, bn, bd| (an.by(bn), ad.by(bd))),
    }
    finish(out, &[a, b], len);
}

/// A division. Without a site what divides is above zero, or has no value.
pub(in crate::eval) fn divide(out: &mut Vector, a: &Vector, b: &Vector, site: Option<u32>, len: usize) {
    let Some(site) = site else {
        match &a.lanes {
            Lanes::Int64(_) | Lanes::Quot64(..) => fractions::<i64>(out, a, b, |an, ad, bn, bd| (an.by(bd), ad.by(bn))),
            _ => fractions::<i128>(out, a, b, |an, ad, bn, bd| (an.by(bd), ad.by(bn))),
        }
        return finish(out, &[a, b], len);
    };
    fn of<T: Int>(out: &mut Vector, a: &Vector, b: &Vector) -> Vec<usize> {
        let (mut above, mut below) = T::take(&mut out.lanes);
        let ((an, ad), (bn, bd)) = (T::quots(&a.lanes), T::quots(&b.lanes));
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
    let zeros = match &a.lanes {
        Lanes::Int64(_) | Lanes::Quot64(..) => of::<i64>(out, a, b),
        _ => of::<i128>(out, a, b),
    };
    joined(&mut out.missing, &[a, b], len);
    for lane in zeros {
        if !out.missing.at(lane) {
            out.missing.blame(site, lane, len);
        }
    }
    finish(out, &[], len);
}

pub(in crate::eval) fn negate(out: &mut Vector, a: &Vector, only_size: bool, len: usize) {
    by_width!(&a.lanes, |T, is_quot| {
        let turn = |n: T| if only_size && n > 0 { n } else { n.negative() };
        let (mut above, mut below) = T::take(&mut out.lanes);
        let (an, ad) = T::quots(&a.lanes);
        above.extend(an.iter().map(|n| turn(*n)));
        if is_quot {
            below.extend_from_slice(ad);
            out.lanes = T::into_quots(above, below);
        } else {
            out.lanes = T::into_ints(above);
        }
    });
    finish(out, &[a], len);
}

pub(in crate::eval) fn extreme(out: &mut Vector, a: &Vector, b: &Vector, greatest: bool, len: usize) {
    if let (Lanes::Code(left), Lanes::Code(right)) = (&a.lanes, &b.lanes) {
        let all = left.iter().zip(right);
        out.lanes = Lanes::Code(all.map(|(a, b)| if greatest { *a.max(b) } else { *a.min(b) }).collect());
        return finish(out, &[a, b], len);
    }
    by_width!(&a.lanes, |T, is_quot| {
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
    finish(out, &[a, b], len);
}

/// A fraction held to be no less than zero, or no more.
pub(in crate::eval) fn beside_zero(out: &mut Vector, a: &Vector, greatest: bool, len: usize) {
    by_width!(&a.lanes, |T, _is_quot| {
        let (mut above, mut below) = T::take(&mut out.lanes);
        let (an, ad) = T::quots(&a.lanes);
        above.extend(an.iter().map(|n| if greatest { (*n).max(T::ZERO) } else { (*n).min(T::ZERO) }));
        below.extend_from_slice(ad);
        out.lanes = T::into_quots(above, below);
    });
    finish(out, &[a], len);
}

#[inline(always)]
fn holds(op: CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Is => order == Ordering::Equal,
        CompareOp::IsNot => order != Ordering::Equal,
        CompareOp::Below => order == Ordering::Less,
        CompareOp::AtMost => order != Ordering::Greater,
        CompareOp::Above => order == Ordering::Greater,
        CompareOp::AtLeast => order != Ordering::Less,
    }
}

fn bools(out: &mut Vector) -> Vec<bool> {
    match &mut out.lanes {
        Lanes::Bool(of) => {
            let mut of = std::mem::take(of);
            of.clear();
            of
        }
        _ => Vec::new(),
    }
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

pub(in crate::eval) fn compare(out: &mut Vector, op: CompareOp, a: &Vector, b: &Vector, len: usize) {
    let mut into = bools(out);
    match (&a.lanes, &b.lanes) {
        (Lanes::Bool(a), Lanes::Bool(b)) => compared(&mut into, op, a.iter().zip(b)),
        (Lanes::Code(a), Lanes::Code(b)) => compared(&mut into, op, a.iter().zip(b)),
        (Lanes::Exact(a), Lanes::Exact(b)) => into.extend(a.iter().zip(b).map(|(a, b)| holds(op, a.cmp(b)))),
        (Lanes::Int64(a), Lanes::Int64(b)) => compared(&mut into, op, a.iter().zip(b)),
        (Lanes::Int128(a), Lanes::Int128(b)) => compared(&mut into, op, a.iter().zip(b)),
        _ => by_width!(&a.lanes, |T, _is_quot| {
            let ((an, ad), (bn, bd)) = (T::quots(&a.lanes), T::quots(&b.lanes));
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
    finish(out, &[a, b], len);
}

pub(in crate::eval) fn compare_to(out: &mut Vector, op: CompareOp, a: &Vector, to: i128, len: usize) {
    let mut into = bools(out);
    match &a.lanes {
        Lanes::Int64(of) => {
            let to = i64::of(to);
            compared(&mut into, op, of.iter().map(|a| (*a, to)));
        }
        Lanes::Int128(of) => compared(&mut into, op, of.iter().map(|a| (*a, to))),
        _ => {}
    }
    out.lanes = Lanes::Bool(into);
    finish(out, &[a], len);
}

/// Rounds `value × above / below` to whole numbers.
pub(in crate::eval) fn round(
    out: &mut Vector,
    a: &Vector,
    (above, below): (i128, i128),
    mode: RoundMode,
    wide: bool,
    len: usize,
) {
    fn of<T: Int>(out: &mut Vector, a: &Vector, times: T, by: T, mode: RoundMode, wide: bool) {
        let (an, ad) = T::quots(&a.lanes);
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
    by_width!(&a.lanes, |T, _is_quot| of::<T>(out, a, T::of(above), T::of(below), mode, wide));
    finish(out, &[a], len);
}

/// Whole multiples in other machine numbers.
pub(in crate::eval) fn convert(out: &mut Vector, a: &Vector, times: i128, to: Repr, len: usize) {
    fn into<T: Int>(out: &mut Vector, a: &Vector, times: T, to_quot: bool) {
        let (mut above, mut below) = T::take(&mut out.lanes);
        macro_rules! extend {
            ($int:ty) => {{
                let (an, ad) = <$int>::quots(&a.lanes);
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
        match &a.lanes {
            Lanes::Int64(_) | Lanes::Quot64(..) => extend!(i64),
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
    finish(out, &[a], len);
}

/// Joins what the operands lack, and sets the lanes that have no value to zero.
pub(super) fn finish(out: &mut Vector, operands: &[&Vector], len: usize) {
    joined(&mut out.missing, operands, len);
    if !out.missing.is_empty() {
        let flags = out.missing.flags(len);
        out.lanes.zero_where(&flags);
    }
}
