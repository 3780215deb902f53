//! Types: what a value is and what unit it has.

use super::ids::UnitId;
use crate::value::PeriodKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// Not known because of a mistake that was reported; compatible with everything.
    Unknown,
    /// Text.
    Text,
    /// Yes or no; conditions too, where they are read in logic.
    YesNo,
    /// A date.
    Date,
    /// A period of a kind.
    Period(PeriodKind),
    /// One of these values, in the order in which they were declared.
    Choice(Arc<[String]>),
    /// A number with a unit.
    Quantity(Quantity),
}

/// A number's unit, scale and time basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// What it counts.
    pub dimension: Dimension,
    /// For a pure number: plain, a share, or percentage points. `Plain` for everything with a dimension.
    pub scale: Scale,
    /// Whether it is the figure of one period or the total to date.
    pub basis: Basis,
}

/// How a pure number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scale {
    /// A number.
    Plain,
    /// A share of something: a percent, or a quotient of like things.
    Share,
    /// A difference of two shares.
    Points,
}

/// What stretch of time a figure in a series covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// No claim.
    None,
    /// One period.
    Each,
    /// All periods so far.
    ToDate,
}

/// Powers of units: money and declared units. Empty for a pure number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Dimension {
    /// The power of money.
    pub money: i8,
    /// The powers of declared units; never zero.
    pub units: BTreeMap<UnitId, i8>,
}

impl Dimension {
    /// A pure number.
    pub fn none() -> Self {
        Self::default()
    }

    /// Money.
    pub fn money() -> Self {
        Self { money: 1, units: BTreeMap::new() }
    }

    /// A unit.
    pub fn unit(unit: UnitId) -> Self {
        Self { money: 0, units: BTreeMap::from([(unit, 1)]) }
    }

    /// Whether it is a pure number.
    pub fn is_none(&self) -> bool {
        self.money == 0 && self.units.is_empty()
    }

    /// The dimension of a product. Powers saturate, far beyond any meaning.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.combine(other, 1)
    }

    /// The dimension of a quotient.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.combine(other, -1)
    }

    fn combine(&self, other: &Self, sign: i8) -> Self {
        let mut units = self.units.clone();
        for (unit, power) in &other.units {
            let sum = units.get(unit).copied().unwrap_or(0).saturating_add(power.saturating_mul(sign));
            if sum == 0 {
                units.remove(unit);
            } else {
                units.insert(*unit, sum);
            }
        }
        Self { money: self.money.saturating_add(other.money.saturating_mul(sign)), units }
    }
}

impl Quantity {
    /// A plain number.
    pub fn plain() -> Self {
        Self { dimension: Dimension::none(), scale: Scale::Plain, basis: Basis::None }
    }

    /// A share, such as a percent.
    pub fn share() -> Self {
        Self { scale: Scale::Share, ..Self::plain() }
    }

    /// Percentage points.
    pub fn points() -> Self {
        Self { scale: Scale::Points, ..Self::plain() }
    }

    /// Money.
    pub fn money() -> Self {
        Self::of(Dimension::money())
    }

    /// A quantity of this dimension.
    pub fn of(dimension: Dimension) -> Self {
        Self { dimension, scale: Scale::Plain, basis: Basis::None }
    }

    /// The same with another basis.
    #[must_use]
    pub fn with_basis(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }
}

impl Type {
    /// Money.
    pub fn money() -> Self {
        Self::Quantity(Quantity::money())
    }

    /// Whether a mistake made it unknown.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The quantity, if it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }
}
