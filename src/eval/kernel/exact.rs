//! Kernels of exact numbers of any size, for what no machine number holds.

use super::number::finish;
use super::{Batch, joined};
use crate::eval::vector::{Lanes, Slices, Vector, View};
use crate::syntax::ast::ArithmeticOp;
use crate::value::{Number, NumberFault, RoundMode};

/// The exact number of a lane, by a factor.
pub(in crate::eval) fn number_at(lanes: Slices<'_>, lane: usize, factor: &Number) -> Number {
    let fraction = |above: i128, below: i128| {
        let number = Number::fraction(above, below).unwrap_or_else(Number::zero);
        // Parts of 128 bits and factors of 100 are far within the bits that numbers may have.
        number.multiply(factor).unwrap_or_else(|_| Number::zero())
    };
    match lanes {
        Slices::Int64(of) => fraction(of.get(lane).copied().unwrap_or(0).into(), 1),
        Slices::Int128(of) => fraction(of.get(lane).copied().unwrap_or(0), 1),
        Slices::Quot64(above, below) => {
            fraction(above.get(lane).copied().unwrap_or(0).into(), below.get(lane).copied().unwrap_or(1).into())
        }
        Slices::Quot128(above, below) => {
            fraction(above.get(lane).copied().unwrap_or(0), below.get(lane).copied().unwrap_or(1))
        }
        Slices::Int32(of) => fraction(of.get(lane).copied().unwrap_or(0).into(), 1),
        Slices::Quot32(above, below) => {
            fraction(above.get(lane).copied().unwrap_or(0).into(), below.get(lane).copied().unwrap_or(1).into())
        }
        Slices::Exact(of) => of.get(lane).cloned().unwrap_or_else(Number::zero),
        Slices::Bool(_) | Slices::Code(_) | Slices::Code8(_) => Number::zero(),
    }
}

pub(in crate::eval) fn exactly(out: &mut Vector, a: View<'_>, factor: &Number, batch: &mut Batch<'_>) {
    out.lanes = Lanes::Exact((0..batch.len).map(|lane| number_at(a.lanes, lane, factor)).collect());
    finish(out, &[a], batch);
}

fn exact_lanes(of: View<'_>) -> &[Number] {
    match of.lanes {
        Slices::Exact(of) => of,
        _ => &[],
    }
}

/// Which sites are blamed for a fault of exact numbers.
#[derive(Debug, Clone, Copy)]
pub(in crate::eval) struct Blame {
    pub(in crate::eval) zero: u32,
    pub(in crate::eval) large: u32,
}

fn settle(
    out: &mut Vector,
    results: Vec<Result<Number, NumberFault>>,
    blame: Blame,
    operands: &[View<'_>],
    batch: &mut Batch<'_>,
) {
    joined(&mut out.missing, operands, batch);
    let mut into = Vec::with_capacity(batch.len);
    for (lane, result) in results.into_iter().enumerate() {
        match result {
            _ if out.missing.at(lane) => into.push(Number::zero()),
            Ok(number) => into.push(number),
            Err(fault) => {
                let site = if fault == NumberFault::DivisionByZero { blame.zero } else { blame.large };
                out.missing.blame(batch.whys.of(site), lane, batch.len);
                into.push(Number::zero());
            }
        }
    }
    out.lanes = Lanes::Exact(into);
}

pub(in crate::eval) fn exact_arithmetic(
    out: &mut Vector,
    op: ArithmeticOp,
    a: View<'_>,
    b: View<'_>,
    blame: Blame,
    batch: &mut Batch<'_>,
) {
    let apply = |(a, b): (&Number, &Number)| match op {
        ArithmeticOp::Add => a.add(b),
        ArithmeticOp::Subtract => a.subtract(b),
        ArithmeticOp::Multiply => a.multiply(b),
        ArithmeticOp::Divide => a.divide(b),
    };
    let results = exact_lanes(a).iter().zip(exact_lanes(b)).map(apply).collect();
    settle(out, results, blame, &[a, b], batch);
}

pub(in crate::eval) fn exact_round(
    out: &mut Vector,
    a: View<'_>,
    mode: RoundMode,
    step: &Number,
    blame: Blame,
    batch: &mut Batch<'_>,
) {
    let results = exact_lanes(a).iter().map(|number| number.round_to(step, mode)).collect();
    settle(out, results, blame, &[a], batch);
}

pub(in crate::eval) fn exact_negate(out: &mut Vector, a: View<'_>, only_size: bool, batch: &mut Batch<'_>) {
    let turn = |number: &Number| if only_size { number.size() } else { number.negate() };
    out.lanes = Lanes::Exact(exact_lanes(a).iter().map(turn).collect());
    finish(out, &[a], batch);
}

pub(in crate::eval) fn exact_extreme(
    out: &mut Vector,
    a: View<'_>,
    b: View<'_>,
    greatest: bool,
    batch: &mut Batch<'_>,
) {
    let choose = |(a, b): (&Number, &Number)| if (a >= b) == greatest { a.clone() } else { b.clone() };
    out.lanes = Lanes::Exact(exact_lanes(a).iter().zip(exact_lanes(b)).map(choose).collect());
    finish(out, &[a, b], batch);
}
