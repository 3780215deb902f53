//! Quantities of made-up rules: units, scales and stretches of time, by the rules of the reference.
//!
//! Written anew rather than taken from the compiler, which keeps its own to itself. Where the two differ, the
//! compiler refuses a declaration, and it is left out.

/// How a pure number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    Plain,
    Share,
    Points,
}

/// What stretch of time a figure of a series covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    None,
    Each,
    ToDate,
}

/// Powers of money, people, admissions and days.
pub(crate) type Dimension = [i8; 4];

pub(crate) const NONE: Dimension = [0, 0, 0, 0];
pub(crate) const MONEY: Dimension = [1, 0, 0, 0];
pub(crate) const PEOPLE: Dimension = [0, 1, 0, 0];
pub(crate) const ADMISSIONS: Dimension = [0, 0, 1, 0];
pub(crate) const DAYS: Dimension = [0, 0, 0, 1];
pub(crate) const MONEY_A_PERSON: Dimension = [1, -1, 0, 0];
pub(crate) const ADMISSIONS_A_PERSON: Dimension = [0, -1, 1, 0];

/// The quantity of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) dimension: Dimension,
    pub(crate) scale: Scale,
    pub(crate) basis: Basis,
}

impl Quantity {
    pub(crate) const PLAIN: Self = Self::of(NONE);
    pub(crate) const SHARE: Self = Self { scale: Scale::Share, ..Self::of(NONE) };
    pub(crate) const POINTS: Self = Self { scale: Scale::Points, ..Self::of(NONE) };

    /// What counts this.
    pub(crate) const fn of(dimension: Dimension) -> Self {
        Self { dimension, scale: Scale::Plain, basis: Basis::None }
    }

    /// The same of another stretch of time.
    pub(crate) fn with(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }
}

/// Which stretches of time are allowed beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allowed {
    Any,
    NotToDate,
    NotEach,
}

impl Allowed {
    /// What may stand beside a figure of this basis.
    pub(crate) fn beside(basis: Basis) -> Self {
        match basis {
            Basis::None => Self::Any,
            Basis::Each => Self::NotToDate,
            Basis::ToDate => Self::NotEach,
        }
    }
}

/// What kind of number is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Want {
    pub(crate) dimension: Dimension,
    pub(crate) scale: Scale,
    pub(crate) allowed: Allowed,
}

impl Want {
    /// A number of this dimension.
    pub(crate) fn of(dimension: Dimension) -> Self {
        Self { dimension, scale: Scale::Plain, allowed: Allowed::Any }
    }

    /// A pure number on this scale.
    pub(crate) fn on(scale: Scale) -> Self {
        Self { scale, ..Self::of(NONE) }
    }

    /// What may be compared with a quantity.
    pub(crate) fn like(quantity: Quantity) -> Self {
        Self { dimension: quantity.dimension, scale: quantity.scale, allowed: Allowed::beside(quantity.basis) }
    }

    /// The same with other stretches of time.
    pub(crate) fn with(self, allowed: Allowed) -> Self {
        Self { allowed, ..self }
    }

    /// Whether a quantity is what is wanted.
    pub(crate) fn takes(self, quantity: Quantity) -> bool {
        self.dimension == quantity.dimension
            && self.scale == quantity.scale
            && match self.allowed {
                Allowed::Any => true,
                Allowed::NotToDate => quantity.basis != Basis::ToDate,
                Allowed::NotEach => quantity.basis != Basis::Each,
            }
    }
}

fn side_by_side(left: Quantity, right: Quantity) -> Basis {
    if left.basis == Basis::None { right.basis } else { left.basis }
}

fn scaled(left: Quantity, right: Quantity) -> Basis {
    match (left.basis, right.basis) {
        (Basis::None, basis) | (basis, Basis::None) => basis,
        (left, right) if left == right => left,
        _ => Basis::None,
    }
}

/// The sum of two that may be added.
pub(crate) fn add(left: Quantity, right: Quantity) -> Quantity {
    let scale = if left.scale == right.scale { left.scale } else { Scale::Share };
    Quantity { scale, basis: side_by_side(left, right), ..left }
}

/// The difference of two that may be subtracted.
pub(crate) fn subtract(left: Quantity, right: Quantity) -> Quantity {
    let scale = match (left.scale, right.scale) {
        (Scale::Share, Scale::Share) => Scale::Points,
        (scale, _) => scale,
    };
    Quantity { scale, basis: side_by_side(left, right), ..left }
}

/// The product; whether each side is a literal matters.
pub(crate) fn multiply(left: Quantity, left_literal: bool, right: Quantity, right_literal: bool) -> Quantity {
    let dimension = combine(left.dimension, right.dimension, 1);
    let scale = if dimension != NONE {
        Scale::Plain
    } else if left.dimension != NONE {
        Scale::Share
    } else {
        match (left.scale, right.scale) {
            (Scale::Points, _) | (_, Scale::Points) => Scale::Points,
            (Scale::Share, Scale::Share) => Scale::Share,
            (Scale::Share, Scale::Plain) if right_literal => Scale::Share,
            (Scale::Plain, Scale::Share) if left_literal => Scale::Share,
            _ => Scale::Plain,
        }
    };
    Quantity { dimension, scale, basis: scaled(left, right) }
}

/// The quotient; whether the divisor is a literal matters.
pub(crate) fn divide(left: Quantity, right: Quantity, right_literal: bool) -> Quantity {
    let dimension = combine(left.dimension, right.dimension, -1);
    let scale = if dimension != NONE {
        Scale::Plain
    } else if left.dimension != NONE {
        Scale::Share
    } else {
        match (left.scale, right.scale) {
            (Scale::Points, Scale::Plain) => Scale::Points,
            (Scale::Plain, Scale::Plain) if right_literal => Scale::Plain,
            (Scale::Plain, Scale::Share | Scale::Points) => Scale::Plain,
            _ => Scale::Share,
        }
    };
    Quantity { dimension, scale, basis: scaled(left, right) }
}

/// One of two.
pub(crate) fn either(left: Quantity, right: Quantity) -> Quantity {
    let basis = if left.basis == right.basis { left.basis } else { Basis::None };
    Quantity { basis, ..left }
}

fn combine(left: Dimension, right: Dimension, sign: i8) -> Dimension {
    let mut powers = left;
    for (power, other) in powers.iter_mut().zip(right) {
        *power = power.saturating_add(other.saturating_mul(sign));
    }
    powers
}
