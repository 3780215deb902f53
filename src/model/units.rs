//! What units do: which quantities may be added, compared and taken for one another, and what products and
//! quotients are counted in.
//!
//! In: the quantities of two sides. Out: the quantity of the result, or how the two clash. Pure: the caller
//! knows the places and tells the problem.

use super::{Basis, Quantity, Scale};
use crate::value::Number;

/// One side of an operator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<'t> {
    /// What it counts.
    pub(super) quantity: &'t Quantity,
    /// Its value where it is a literal.
    pub(super) literal: Option<&'t Number>,
}

/// Why two quantities do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clash {
    /// They count different things.
    Dimension,
    /// A share and a plain number.
    ShareAndNumber,
    /// Percentage points and a plain number.
    PointsAndNumber,
    /// A share and percentage points.
    ShareAndPoints,
    /// The figure of one period and a total to date.
    PeriodAndToDate,
}

impl Term<'_> {
    fn is(&self, wanted: i64) -> bool {
        self.literal.is_some_and(|number| *number == Number::from(wanted))
    }

    /// A plain `0` or `1`, which may stand for 0% and 100%.
    fn is_bare_end(&self) -> bool {
        self.quantity.dimension.is_none() && self.quantity.scale == Scale::Plain && (self.is(0) || self.is(1))
    }

    fn is_bare_zero(&self) -> bool {
        self.is_bare_end() && self.is(0)
    }
}

/// The basis of two figures that are put side by side.
fn side_by_side(left: &Quantity, right: &Quantity) -> Result<Basis, Clash> {
    match (left.basis, right.basis) {
        (Basis::Each, Basis::ToDate) | (Basis::ToDate, Basis::Each) => Err(Clash::PeriodAndToDate),
        (Basis::None, basis) | (basis, _) => Ok(basis),
    }
}

/// Whether both count the same thing on the same scale; a bare 0 or 1 is a share where a share is wanted.
fn alike(left: Term<'_>, right: Term<'_>) -> Result<Scale, Clash> {
    if left.quantity.dimension != right.quantity.dimension {
        return Err(Clash::Dimension);
    }
    match (left.quantity.scale, right.quantity.scale) {
        (left, right) if left == right => Ok(left),
        (Scale::Share, Scale::Plain) if right.is_bare_end() => Ok(Scale::Share),
        (Scale::Plain, Scale::Share) if left.is_bare_end() => Ok(Scale::Share),
        (Scale::Points, Scale::Plain) if right.is_bare_zero() => Ok(Scale::Points),
        (Scale::Plain, Scale::Points) if left.is_bare_zero() => Ok(Scale::Points),
        (Scale::Share, Scale::Plain) | (Scale::Plain, Scale::Share) => Err(Clash::ShareAndNumber),
        (Scale::Points, Scale::Plain) | (Scale::Plain, Scale::Points) => Err(Clash::PointsAndNumber),
        _ => Err(Clash::ShareAndPoints),
    }
}

/// Whether two quantities may be compared.
pub(super) fn compare(left: Term<'_>, right: Term<'_>) -> Result<(), Clash> {
    alike(left, right)?;
    side_by_side(left.quantity, right.quantity)?;
    Ok(())
}

/// The sum of two quantities. A share moved by points is a share.
pub(super) fn add(left: Term<'_>, right: Term<'_>) -> Result<Quantity, Clash> {
    let scale = match alike(left, right) {
        Err(Clash::ShareAndPoints) => Scale::Share,
        other => other?,
    };
    let basis = side_by_side(left.quantity, right.quantity)?;
    Ok(Quantity { dimension: left.quantity.dimension.clone(), scale, basis })
}

/// The difference of two quantities. Two shares differ by points; what is left of a whole is a share, and so
/// is what goes beyond it; a share moved by points is a share.
pub(super) fn subtract(left: Term<'_>, right: Term<'_>) -> Result<Quantity, Clash> {
    let scale = match (left.quantity.scale, right.quantity.scale) {
        (Scale::Share, Scale::Points) if left.quantity.dimension == right.quantity.dimension => Scale::Share,
        _ => match alike(left, right)? {
            Scale::Share if left.is(1) || right.is(1) || left.is_bare_end() || right.is_bare_end() => Scale::Share,
            Scale::Share => Scale::Points,
            scale => scale,
        },
    };
    let basis = side_by_side(left.quantity, right.quantity)?;
    Ok(Quantity { dimension: left.quantity.dimension.clone(), scale, basis })
}

/// The product of two quantities.
pub(super) fn multiply(left: Term<'_>, right: Term<'_>) -> Quantity {
    let dimension = left.quantity.dimension.times(&right.quantity.dimension);
    let scale = if !dimension.is_none() {
        Scale::Plain
    } else if !left.quantity.dimension.is_none() {
        // Rates that cancel each other are a ratio of like things.
        Scale::Share
    } else {
        match (left.quantity.scale, right.quantity.scale) {
            (Scale::Points, _) | (_, Scale::Points) => Scale::Points,
            (Scale::Share, Scale::Share) => Scale::Share,
            // Twice a share is a share; a share of a number is a number.
            (Scale::Share, Scale::Plain) if right.literal.is_some() => Scale::Share,
            (Scale::Plain, Scale::Share) if left.literal.is_some() => Scale::Share,
            _ => Scale::Plain,
        }
    };
    Quantity { dimension, scale, basis: scaled(left.quantity.basis, right.quantity.basis) }
}

/// The quotient of two quantities; of like things it is a share.
pub(super) fn divide(left: Term<'_>, right: Term<'_>) -> Quantity {
    let dimension = left.quantity.dimension.over(&right.quantity.dimension);
    let scale = if !dimension.is_none() {
        Scale::Plain
    } else if !left.quantity.dimension.is_none() {
        Scale::Share
    } else {
        match (left.quantity.scale, right.quantity.scale) {
            (Scale::Points, Scale::Plain) => Scale::Points,
            // Half of a number is a number.
            (Scale::Plain, Scale::Plain) if right.literal.is_some() => Scale::Plain,
            (Scale::Plain, Scale::Share | Scale::Points) => Scale::Plain,
            _ => Scale::Share,
        }
    };
    Quantity { dimension, scale, basis: scaled(left.quantity.basis, right.quantity.basis) }
}

/// The basis of a product or quotient: figures of the same stretch keep it, a mixture makes no claim.
fn scaled(left: Basis, right: Basis) -> Basis {
    match (left, right) {
        (Basis::None, basis) | (basis, Basis::None) => basis,
        (left, right) if left == right => left,
        _ => Basis::None,
    }
}

/// The quantity of a value that is the one or the other.
pub(super) fn either(left: Term<'_>, right: Term<'_>) -> Result<Quantity, Clash> {
    let scale = alike(left, right)?;
    let basis = match (left.quantity.basis, right.quantity.basis) {
        (left, right) if left == right => left,
        (Basis::None, basis) if left.is(0) => basis,
        (basis, Basis::None) if right.is(0) => basis,
        _ => Basis::None,
    };
    Ok(Quantity { dimension: left.quantity.dimension.clone(), scale, basis })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Dimension, UnitId};

    fn term(quantity: &Quantity) -> Term<'_> {
        Term { quantity, literal: None }
    }

    #[test]
    fn shares_points_and_numbers_are_kept_apart() {
        let (plain, share, points) = (Quantity::plain(), Quantity::share(), Quantity::points());
        let one = Number::one();
        let bare_one = Term { quantity: &plain, literal: Some(&one) };
        let whole = Term { quantity: &share, literal: Some(&one) };
        assert_eq!(compare(term(&share), term(&plain)), Err(Clash::ShareAndNumber));
        assert_eq!(compare(term(&share), bare_one), Ok(()));
        assert_eq!(compare(term(&share), term(&points)), Err(Clash::ShareAndPoints));
        assert_eq!(subtract(term(&share), term(&share)).unwrap().scale, Scale::Points);
        assert_eq!(subtract(bare_one, term(&share)).unwrap().scale, Scale::Share);
        assert_eq!(subtract(whole, term(&share)).unwrap().scale, Scale::Share);
        assert_eq!(subtract(term(&points), term(&share)), Err(Clash::ShareAndPoints));
        assert_eq!(add(term(&share), term(&points)).unwrap().scale, Scale::Share);
    }

    #[test]
    fn products_and_quotients_make_units() {
        let people = Quantity::of(Dimension::unit(UnitId(0)));
        let money = Quantity::money();
        let rate = divide(term(&money), term(&people));
        assert_eq!(rate.dimension.money, 1);
        assert_eq!(multiply(term(&rate), term(&people)), money);
        assert_eq!(divide(term(&people), term(&people)).scale, Scale::Share);
    }

    #[test]
    fn one_period_and_a_total_to_date_do_not_meet() {
        let each = Quantity::money().with_basis(Basis::Each);
        let to_date = Quantity::money().with_basis(Basis::ToDate);
        assert_eq!(compare(term(&each), term(&to_date)), Err(Clash::PeriodAndToDate));
        assert_eq!(either(term(&each), term(&to_date)).unwrap().basis, Basis::None);
        assert_eq!(add(term(&each), term(&Quantity::money())).unwrap().basis, Basis::Each);
    }
}
