//! Shapes: how the values of a step are held, settled before any of them is computed.

use super::range::{Factor, Range};
use crate::value::PeriodKind;

/// How the values of a step are held.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Whole numbers by a factor.
    Int { factor: Factor, range: Range, wide: bool },
    /// Fractions of whole numbers by a factor. `whole` holds every value of the fraction, rounded outwards.
    Quot { factor: Factor, above: Range, below: Range, whole: Range, wide: bool },
    /// Exact numbers of any size.
    Exact,
    /// Yes and no.
    Bool,
    /// Numbers that stand for texts, dates, periods and states.
    Code(Codes),
}

/// What codes stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    /// Texts of the run, by number.
    Text,
    /// Days since 1 January 1970.
    Date,
    /// Ordinals of periods.
    Period(PeriodKind),
    /// Not met, met, and the exemptions from 2 on.
    State,
}

/// Which machine numbers hold the values of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Repr {
    Int64,
    Int128,
    Quot64,
    Quot128,
    Exact,
}

impl Repr {
    pub(super) fn int(wide: bool) -> Self {
        if wide { Self::Int128 } else { Self::Int64 }
    }

    pub(super) fn quot(wide: bool) -> Self {
        if wide { Self::Quot128 } else { Self::Quot64 }
    }
}

/// A number's shape as a fraction; of a whole number the fraction with 1 below.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    pub(super) factor: Factor,
    pub(super) above: Range,
    pub(super) below: Range,
    pub(super) whole: Range,
    pub(super) is_int: bool,
}

impl Shape {
    /// The machine numbers; `None` of what is no number.
    pub(super) fn repr(&self) -> Option<Repr> {
        match self {
            Self::Int { wide, .. } => Some(Repr::int(*wide)),
            Self::Quot { wide, .. } => Some(Repr::quot(*wide)),
            Self::Exact => Some(Repr::Exact),
            Self::Bool | Self::Code(_) => None,
        }
    }

    /// As a fraction; `None` of exact numbers and of what is no number.
    pub(super) fn fraction(&self) -> Option<Fraction> {
        match self {
            Self::Int { factor, range, .. } => {
                Some(Fraction { factor: *factor, above: *range, below: Range::ONE, whole: *range, is_int: true })
            }
            Self::Quot { factor, above, below, whole, .. } => {
                Some(Fraction { factor: *factor, above: *above, below: *below, whole: *whole, is_int: false })
            }
            Self::Exact | Self::Bool | Self::Code(_) => None,
        }
    }

    /// Whole numbers, as narrow as their range allows.
    pub(super) fn int(factor: Factor, range: Range) -> Self {
        Self::Int { factor, range, wide: !range.fits() }
    }
}
