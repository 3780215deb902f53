//! Vectors: the values of a step for a run of rows, and where there is none.
//!
//! A value is held as a whole number, or as a fraction of two; its shape says by which factor. A lane without a value
//! holds something within the range of the step, so that arithmetic on it stays there; an answer is no, a code 0.

use super::missing::{Missing, Note};
use crate::value::Number;

/// The values of a step, one for each lane.
#[derive(Debug, Clone)]
pub(super) enum Lanes {
    Int64(Vec<i64>),
    Int128(Vec<i128>),
    /// Above and below the fraction line; below is above zero.
    Quot64(Vec<i64>, Vec<i64>),
    Quot128(Vec<i128>, Vec<i128>),
    Exact(Vec<Number>),
    Bool(Vec<bool>),
    Code(Vec<i32>),
    /// Whole numbers, fractions and codes that take less room. Only vectors that are kept hold them so.
    Int32(Vec<i32>),
    Quot32(Vec<i32>, Vec<i32>),
    Code8(Vec<u8>),
}

impl Default for Lanes {
    fn default() -> Self {
        Self::Bool(Vec::new())
    }
}

/// A vector.
#[derive(Debug, Clone, Default)]
pub(super) struct Vector {
    pub(super) lanes: Lanes,
    pub(super) missing: Missing,
}

/// Lanes that stand elsewhere: in a register, in the data, or in two registers, one above the line and one below.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slices<'v> {
    Int64(&'v [i64]),
    Int128(&'v [i128]),
    Quot64(&'v [i64], &'v [i64]),
    Quot128(&'v [i128], &'v [i128]),
    Exact(&'v [Number]),
    Bool(&'v [bool]),
    Code(&'v [i32]),
    Int32(&'v [i32]),
    Quot32(&'v [i32], &'v [i32]),
    Code8(&'v [u8]),
}

/// A vector whose lanes stand elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'v> {
    pub(super) lanes: Slices<'v>,
    pub(super) missing: &'v Missing,
}

macro_rules! each_lanes {
    ($a:expr, $b:expr, |$x:ident, $y:ident| $do:expr) => {
        match ($a, $b) {
            (Lanes::Int64($x), Slices::Int64($y)) => $do,
            (Lanes::Int128($x), Slices::Int128($y)) => $do,
            (Lanes::Exact($x), Slices::Exact($y)) => $do,
            (Lanes::Bool($x), Slices::Bool($y)) => $do,
            (Lanes::Code($x), Slices::Code($y)) => $do,
            (Lanes::Int32($x), Slices::Int32($y)) => $do,
            (Lanes::Code8($x), Slices::Code8($y)) => $do,
            (Lanes::Quot32(n, d), Slices::Quot32(m, e)) => {
                {
                    let ($x, $y) = (n, m);
                    $do
                };
                let ($x, $y) = (d, e);
                $do
            }
            (Lanes::Quot64(n, d), Slices::Quot64(m, e)) => {
                {
                    let ($x, $y) = (n, m);
                    $do
                };
                let ($x, $y) = (d, e);
                $do
            }
            (Lanes::Quot128(n, d), Slices::Quot128(m, e)) => {
                {
                    let ($x, $y) = (n, m);
                    $do
                };
                let ($x, $y) = (d, e);
                $do
            }
            _ => {}
        }
    };
}

impl<'v> Slices<'v> {
    /// No lanes of the same kind.
    fn like(self) -> Lanes {
        match self {
            Self::Int64(_) => Lanes::Int64(Vec::new()),
            Self::Int128(_) => Lanes::Int128(Vec::new()),
            Self::Quot64(..) => Lanes::Quot64(Vec::new(), Vec::new()),
            Self::Quot128(..) => Lanes::Quot128(Vec::new(), Vec::new()),
            Self::Exact(_) => Lanes::Exact(Vec::new()),
            Self::Bool(_) => Lanes::Bool(Vec::new()),
            Self::Code(_) => Lanes::Code(Vec::new()),
            Self::Int32(_) => Lanes::Int32(Vec::new()),
            Self::Quot32(..) => Lanes::Quot32(Vec::new(), Vec::new()),
            Self::Code8(_) => Lanes::Code8(Vec::new()),
        }
    }

    /// No lanes of the kind that kernels work on.
    fn wide_like(self) -> Lanes {
        match self {
            Self::Int32(_) => Lanes::Int64(Vec::new()),
            Self::Quot32(..) => Lanes::Quot64(Vec::new(), Vec::new()),
            Self::Code8(_) => Lanes::Code(Vec::new()),
            wide => wide.like(),
        }
    }

    /// Whether they are held in less room than kernels work on.
    pub(super) fn is_narrow(self) -> bool {
        matches!(self, Self::Int32(_) | Self::Quot32(..) | Self::Code8(_))
    }

    /// Some of them.
    pub(super) fn part(self, start: usize, len: usize) -> Self {
        fn of<T>(all: &[T], start: usize, len: usize) -> &[T] {
            all.get(start..all.len().min(start + len)).unwrap_or_default()
        }
        match self {
            Self::Int64(all) => Self::Int64(of(all, start, len)),
            Self::Int128(all) => Self::Int128(of(all, start, len)),
            Self::Quot64(above, below) => Self::Quot64(of(above, start, len), of(below, start, len)),
            Self::Quot128(above, below) => Self::Quot128(of(above, start, len), of(below, start, len)),
            Self::Exact(all) => Self::Exact(of(all, start, len)),
            Self::Bool(all) => Self::Bool(of(all, start, len)),
            Self::Code(all) => Self::Code(of(all, start, len)),
            Self::Int32(all) => Self::Int32(of(all, start, len)),
            Self::Quot32(above, below) => Self::Quot32(of(above, start, len), of(below, start, len)),
            Self::Code8(all) => Self::Code8(of(all, start, len)),
        }
    }

    /// The fraction in a lane, where it is one of 64 bits.
    pub(super) fn quotient(self, lane: usize) -> Option<(i64, i64)> {
        Some(match self {
            Self::Quot64(above, below) => (*above.get(lane)?, *below.get(lane)?),
            Self::Quot32(above, below) => ((*above.get(lane)?).into(), (*below.get(lane)?).into()),
            _ => (self.int(lane)?, 1),
        })
    }

    /// The code in a lane.
    pub(super) fn code(self, lane: usize) -> Option<i32> {
        match self {
            Self::Code(all) => all.get(lane).copied(),
            Self::Code8(all) => all.get(lane).copied().map(i32::from),
            _ => None,
        }
    }

    /// The whole number in a lane, where 64 bits hold all of them.
    pub(super) fn int(self, lane: usize) -> Option<i64> {
        match self {
            Self::Int64(all) => all.get(lane).copied(),
            Self::Int32(all) => all.get(lane).copied().map(i64::from),
            _ => None,
        }
    }

    /// These above the line and others below it.
    pub(super) fn over(self, below: Self) -> Self {
        match (self, below) {
            (Self::Int64(above), Self::Int64(below)) => Self::Quot64(above, below),
            (Self::Int128(above), Self::Int128(below)) => Self::Quot128(above, below),
            _ => self,
        }
    }
}

impl Lanes {
    /// The lanes where they stand.
    pub(super) fn slices(&self) -> Slices<'_> {
        match self {
            Self::Int64(all) => Slices::Int64(all),
            Self::Int128(all) => Slices::Int128(all),
            Self::Quot64(above, below) => Slices::Quot64(above, below),
            Self::Quot128(above, below) => Slices::Quot128(above, below),
            Self::Exact(all) => Slices::Exact(all),
            Self::Bool(all) => Slices::Bool(all),
            Self::Code(all) => Slices::Code(all),
            Self::Int32(all) => Slices::Int32(all),
            Self::Quot32(above, below) => Slices::Quot32(above, below),
            Self::Code8(all) => Slices::Code8(all),
        }
    }

    /// How many lanes there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Int64(of) | Self::Quot64(of, _) => of.len(),
            Self::Int128(of) | Self::Quot128(of, _) => of.len(),
            Self::Exact(of) => of.len(),
            Self::Bool(of) => of.len(),
            Self::Code(of) | Self::Int32(of) | Self::Quot32(of, _) => of.len(),
            Self::Code8(of) => of.len(),
        }
    }

    /// The memory of answers that were here before, emptied.
    pub(super) fn take_bools(&mut self) -> Vec<bool> {
        match self {
            Self::Bool(of) => emptied(of),
            _ => Vec::new(),
        }
    }

    /// The memory of codes that were here before, emptied.
    pub(super) fn take_codes(&mut self) -> Vec<i32> {
        match self {
            Self::Code(of) => emptied(of),
            _ => Vec::new(),
        }
    }

    fn make_like(&mut self, like: Lanes) {
        if std::mem::discriminant(self) != std::mem::discriminant(&like) {
            *self = like;
        }
    }

    /// Copies all lanes of another.
    pub(super) fn copy_from(&mut self, other: Slices<'_>) {
        self.make_like(other.like());
        each_lanes!(&mut *self, other, |into, from| {
            into.clear();
            into.extend_from_slice(from);
        });
    }

    /// Gathers lanes of another by number, in the kind that kernels work on.
    pub(super) fn gather_from(&mut self, other: Slices<'_>, lanes: impl Iterator<Item = usize> + Clone) {
        fn wide<T: Copy, W: From<T>>(into: &mut Vec<W>, from: &[T], lanes: impl Iterator<Item = usize>) {
            into.clear();
            into.extend(lanes.filter_map(|lane| from.get(lane).map(|of| W::from(*of))));
        }
        self.make_like(other.wide_like());
        match (&mut *self, other) {
            (Self::Int64(into), Slices::Int32(from)) => wide(into, from, lanes),
            (Self::Code(into), Slices::Code8(from)) => wide(into, from, lanes),
            (Self::Quot64(above, below), Slices::Quot32(n, d)) => {
                wide(above, n, lanes.clone());
                wide(below, d, lanes);
            }
            (into, from) => each_lanes!(into, from, |into, from| {
                into.clear();
                into.extend(lanes.clone().filter_map(|lane| from.get(lane).cloned()));
            }),
        }
    }

    /// Takes chosen lanes of another of the same kind.
    pub(super) fn choose_from(&mut self, other: Slices<'_>, is_chosen: impl Fn(usize) -> bool) {
        each_lanes!(&mut *self, other, |into, from| {
            for (lane, (into, from)) in into.iter_mut().zip(from).enumerate() {
                if is_chosen(lane) {
                    into.clone_from(from);
                }
            }
        });
    }

    /// Sets lanes that have no value to 0.
    pub(super) fn zero(&mut self, notes: &[Note]) {
        fn set<T: Clone>(of: &mut [T], notes: &[Note], zero: &T) {
            for (lane, _) in notes {
                if let Some(lane) = of.get_mut(*lane as usize) {
                    lane.clone_from(zero);
                }
            }
        }
        match self {
            Self::Int64(of) => set(of, notes, &0),
            Self::Int128(of) => set(of, notes, &0),
            Self::Quot64(above, below) => {
                set(above, notes, &0);
                set(below, notes, &1);
            }
            Self::Quot128(above, below) => {
                set(above, notes, &0);
                set(below, notes, &1);
            }
            Self::Exact(of) => set(of, notes, &Number::zero()),
            Self::Bool(of) => set(of, notes, &false),
            Self::Code(of) | Self::Int32(of) => set(of, notes, &0),
            Self::Quot32(above, below) => {
                set(above, notes, &0);
                set(below, notes, &1);
            }
            Self::Code8(of) => set(of, notes, &0),
        }
    }
}

fn emptied<T>(of: &mut Vec<T>) -> Vec<T> {
    let mut of = std::mem::take(of);
    of.clear();
    of
}

impl Vector {
    /// The vector where it stands.
    pub(super) fn view(&self) -> View<'_> {
        View { lanes: self.lanes.slices(), missing: &self.missing }
    }

    /// Appends so many lanes of another after so many of this one, in less room where this one holds them so.
    ///
    /// The first time there is made room for so many lanes in all.
    pub(super) fn append(&mut self, other: View<'_>, before: usize, count: usize, all: usize) {
        /// No number is lost: the range of what is held so was worked out beforehand.
        fn narrow<W: Copy, T>(into: &mut Vec<T>, from: &[W], all: usize, cut: impl Fn(W) -> T) {
            into.reserve_exact(all.saturating_sub(into.len()));
            into.extend(from.iter().map(|of| cut(*of)));
        }
        let lanes = other.lanes.part(0, count);
        match (&mut self.lanes, lanes) {
            (Lanes::Int32(into), Slices::Int64(from)) => narrow(into, from, all, |of| of as i32),
            (Lanes::Code8(into), Slices::Code(from)) => narrow(into, from, all, |of| of as u8),
            (Lanes::Quot32(above, below), Slices::Quot64(n, d)) => {
                narrow(above, n, all, |of| of as i32);
                narrow(below, d, all, |of| of as i32);
            }
            _ => {
                if before == 0 {
                    self.lanes.make_like(lanes.like());
                }
                each_lanes!(&mut self.lanes, lanes, |into, from| {
                    into.reserve_exact(all.saturating_sub(into.len()));
                    into.extend_from_slice(from);
                });
            }
        }
        self.missing.append(other.missing, before, count, all);
    }

    /// Whether a lane has a value.
    pub(super) fn is_known(&self, lane: usize) -> bool {
        !self.missing.at(lane)
    }
}

impl<'v> View<'v> {
    /// Whether a lane has a value.
    pub(super) fn is_known(self, lane: usize) -> bool {
        !self.missing.at(lane)
    }

    /// Whether a lane is surely yes.
    pub(super) fn is_yes(self, lane: usize) -> bool {
        self.answers().get(lane) == Some(&true) && self.is_known(lane)
    }

    /// The lanes of answers.
    pub(super) fn answers(self) -> &'v [bool] {
        match self.lanes {
            Slices::Bool(of) => of,
            _ => &[],
        }
    }

    /// The lanes of codes.
    pub(super) fn codes(self) -> &'v [i32] {
        match self.lanes {
            Slices::Code(of) => of,
            _ => &[],
        }
    }
}
