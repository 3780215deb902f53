//! Values as people read them: `£521,500`, `3.07%`, `2,500`, `475.2 per 100,000 people`, `19 September 2014`.
//!
//! In: a value, its type and how its rule wants it shown. Out: text, rounded for reading where it is long;
//! [`exact`] gives what was rounded away. Nothing computes with what comes out of here.
//!
//! Money has pence or none: `£521,500`, `£521,500.25`. A third of a pound is `£0.33`, and two pounds less a
//! thousandth is `£2.00`, with the pence that say that it is not whole. Likewise 3.5% is `3.5%`, and a little less is
//! `3.50%`. A figure that is not zero is never shown as zero.

use crate::model::{Dimension, Model, Quantity, Scale, Shown, Type, UnitId};
use crate::value::{ConditionState, Number, Value};

/// The base of a rate whose rule does not say one, where it is below one.
const RATE_BASE: i64 = 100_000;

/// Decimals beyond which a figure that is not zero is after all shown as zero.
const MOST_PLACES: usize = 15;

/// A value as text, without the name of a unit that it counts.
pub fn value(value: &Value, ty: &Type, shown: &Shown, model: &Model) -> String {
    match value {
        Value::Number(number) => Figure::of(number, ty, shown, model).text(),
        _ => word(value),
    }
}

/// The same with the name of the unit behind a count: `2,500 admissions`.
pub fn value_with_unit(value: &Value, ty: &Type, shown: &Shown, model: &Model) -> String {
    let text = self::value(value, ty, shown, model);
    let is_plain = !matches!(shown, Shown::Percent | Shown::Per { .. });
    let unit = ty.quantity().and_then(|quantity| counted(&quantity.dimension)).filter(|_| is_plain);
    match (value, unit) {
        (Value::Number(_), Some(unit)) => format!("{text} {}", model.unit(unit).name),
        _ => text,
    }
}

/// The exact value in the same units, where [`value`] rounds: `£4/3` beside `£1.33`. `None` where nothing is lost.
pub fn exact(value: &Value, ty: &Type, shown: &Shown, model: &Model) -> Option<String> {
    let Value::Number(number) = value else { return None };
    Figure::of(number, ty, shown, model).exact()
}

/// A value that is not a number.
fn word(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::YesNo(true) => "yes".to_owned(),
        Value::YesNo(false) => "no".to_owned(),
        Value::Date(date) => crate::value::date_text(*date),
        Value::Period(period) => period.to_string(),
        Value::Condition(ConditionState::Met) => "met".to_owned(),
        Value::Condition(ConditionState::NotMet) => "not met".to_owned(),
        Value::Condition(ConditionState::DoesNotApply(_)) => "does not apply".to_owned(),
    }
}

/// A number ready to be written: scaled as it is shown, and what stands around it.
struct Figure {
    /// As shown: 3.5 for 3.5%.
    number: Number,
    sign: String,
    after: String,
    places: Places,
}

/// How many decimals.
enum Places {
    /// None, or two: pounds and pence.
    Pence,
    /// As many as there are, up to this many.
    UpTo(usize),
    /// Always this many.
    Exactly(usize),
}

impl Figure {
    fn of(number: &Number, ty: &Type, shown: &Shown, model: &Model) -> Self {
        let quantity = ty.quantity().cloned().unwrap_or_else(Quantity::plain);
        let mut figure = match shown {
            Shown::Percent => Self::percent(number),
            Shown::Per { base, unit } => Self::per(number, base, *unit, &quantity.dimension, model),
            Shown::Plain | Shown::Decimals(_) => Self::plain(number, &quantity, model),
        };
        if let Shown::Decimals(places) = shown {
            figure.places = Places::Exactly(usize::from(*places).min(MOST_PLACES));
        }
        figure
    }

    fn bare(number: Number, places: Places) -> Self {
        Self { number, sign: String::new(), after: String::new(), places }
    }

    fn money(number: Number, model: &Model) -> Self {
        let sign = if model.ruleset.currency.is_empty() { "£".to_owned() } else { model.ruleset.currency.clone() };
        Self { sign, ..Self::bare(number, Places::Pence) }
    }

    fn percent(number: &Number) -> Self {
        Self { after: "%".to_owned(), ..Self::bare(times(number, &Number::from(100)), Places::UpTo(2)) }
    }

    fn per(number: &Number, base: &Number, unit: UnitId, dimension: &Dimension, model: &Model) -> Self {
        let scaled = times(number, base);
        let figure = if dimension.money == 1 {
            Self::money(scaled, model)
        } else {
            let places = if scaled.size() < Number::from(100) { 2 } else { 1 };
            Self::bare(scaled, Places::UpTo(places))
        };
        let name = &model.unit(unit).name;
        let after =
            if *base == Number::one() { format!(" per {name}") } else { format!(" per {} {name}", fraction(base)) };
        Self { after, ..figure }
    }

    fn plain(number: &Number, quantity: &Quantity, model: &Model) -> Self {
        match quantity.scale {
            Scale::Share => return Self::percent(number),
            Scale::Points => {
                let points = times(number, &Number::from(100));
                let word = if points.size() == Number::one() { "point" } else { "points" };
                return Self { after: format!(" percentage {word}"), ..Self::bare(points, Places::UpTo(2)) };
            }
            Scale::Plain => {}
        }
        if quantity.dimension == Dimension::money() {
            return Self::money(number.clone(), model);
        }
        if let Some(below) = divided_by(&quantity.dimension) {
            let is_small = quantity.dimension.money == 0 && !number.is_zero() && number.size() < Number::one();
            let base = if is_small { Number::from(RATE_BASE) } else { Number::one() };
            return Self::per(number, &base, below, &quantity.dimension, model);
        }
        let is_count = counted(&quantity.dimension).is_some();
        let places = if is_count || number.size() >= Number::from(100) { 2 } else { 4 };
        Self::bare(number.clone(), Places::UpTo(places))
    }

    fn text(&self) -> String {
        let digits = match self.places {
            Places::Exactly(places) => self.number.to_decimal(places),
            Places::Pence if self.number.is_whole() => self.number.to_decimal(0),
            Places::Pence => self.visible(2),
            Places::UpTo(places) => match self.number.to_exact_decimal(places) {
                Some(digits) => digits,
                None => self.visible(places),
            },
        };
        self.around(&digits)
    }

    /// Rounded to so many places, or to as many more as it takes not to be zero.
    fn visible(&self, places: usize) -> String {
        let is_zero = |digits: &str| digits.bytes().all(|b| !(b'1'..=b'9').contains(&b));
        (places..=MOST_PLACES)
            .map(|places| self.number.to_decimal(places))
            .find(|digits| !is_zero(digits) || self.number.is_zero())
            .unwrap_or_else(|| self.number.to_decimal(places))
    }

    fn exact(&self) -> Option<String> {
        let places = match self.places {
            Places::Pence => 2,
            Places::UpTo(places) | Places::Exactly(places) => places,
        };
        match self.number.to_exact_decimal(places) {
            Some(_) => None,
            None => Some(self.around(&fraction(&self.number))).filter(|exact| *exact != self.text()),
        }
    }

    /// The digits with separators, sign, currency and what follows.
    fn around(&self, digits: &str) -> String {
        let (minus, size) = digits.strip_prefix('-').map_or(("", digits), |size| ("-", size));
        format!("{minus}{}{}{}", self.sign, grouped(size), self.after)
    }
}

/// The product; the number as it is where the product is too large to hold, which only a number near the limit is.
fn times(number: &Number, factor: &Number) -> Number {
    number.multiply(factor).unwrap_or_else(|_| number.clone())
}

/// The unit, where a dimension is a count of one.
fn counted(dimension: &Dimension) -> Option<UnitId> {
    let mut units = dimension.units.iter();
    match (dimension.money, units.next(), units.next()) {
        (0, Some((unit, 1)), None) => Some(*unit),
        _ => None,
    }
}

/// The unit below the line, where a dimension is money or a count over one.
fn divided_by(dimension: &Dimension) -> Option<UnitId> {
    let mut below = dimension.units.iter().filter(|(_, power)| **power < 0);
    let above: i32 = dimension.units.values().filter(|power| **power > 0).map(|power| i32::from(*power)).sum();
    match (below.next(), below.next(), i32::from(dimension.money) + above) {
        (Some((unit, -1)), None, 1) if dimension.money >= 0 => Some(*unit),
        _ => None,
    }
}

/// A decimal that ends, else a fraction, with separators.
fn fraction(number: &Number) -> String {
    match number.to_exact_decimal(MOST_PLACES) {
        Some(digits) => grouped(&digits),
        None => {
            let (above, below) = number.parts();
            format!("{}/{}", grouped(&above), grouped(&below))
        }
    }
}

/// Digits in groups of three before the point; what has separators already, or is a fraction, stays.
fn grouped(digits: &str) -> String {
    if digits.contains([',', '/']) { digits.to_owned() } else { crate::value::grouped(digits) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Ruleset, Unit};
    use crate::source::Span;
    use crate::value::Period;
    use std::collections::BTreeMap;

    fn model() -> Model {
        let unit = |name: &str| Unit { name: name.to_owned(), label: None, span: Span::default() };
        Model {
            ruleset: Ruleset { currency: "£".to_owned(), ..Ruleset::default() },
            units: vec![unit("admissions"), unit("people")],
            ..Model::default()
        }
    }

    fn number(above: i128, below: i128) -> Value {
        Value::Number(Number::fraction(above, below).unwrap())
    }

    fn rate() -> Type {
        let dimension = Dimension::unit(UnitId(0)).over(&Dimension::unit(UnitId(1)));
        Type::Quantity(Quantity::of(dimension))
    }

    fn plainly(above: i128, below: i128, ty: &Type) -> (String, Option<String>) {
        let number = number(above, below);
        (value(&number, ty, &Shown::Plain, &model()), exact(&number, ty, &Shown::Plain, &model()))
    }

    fn shown(text: &str) -> (String, Option<String>) {
        (text.to_owned(), None)
    }

    fn rounded(text: &str, exact: &str) -> (String, Option<String>) {
        (text.to_owned(), Some(exact.to_owned()))
    }

    #[test]
    fn money_has_pence_or_none() {
        let money = Type::money();
        assert_eq!(plainly(521_500, 1, &money), shown("£521,500"));
        assert_eq!(plainly(2_086_001, 4, &money), shown("£521,500.25"));
        assert_eq!(plainly(-1, 2, &money), shown("-£0.50"));
        assert_eq!(plainly(4, 3, &money), rounded("£1.33", "£4/3"));
        assert_eq!(plainly(1_999, 1_000, &money), rounded("£2.00", "£1.999"));
        assert_eq!(plainly(1, 3_000, &money), rounded("£0.0003", "£1/3,000"));
        assert_eq!(plainly(0, 1, &money), shown("£0"));
    }

    #[test]
    fn a_share_is_a_percent_and_points_are_points() {
        let share = Type::Quantity(Quantity::share());
        assert_eq!(plainly(7, 200, &share), shown("3.5%"));
        assert_eq!(plainly(307, 10_000, &share), shown("3.07%"));
        assert_eq!(plainly(1, 3, &share), rounded("33.33%", "100/3%"));
        assert_eq!(plainly(34_999, 1_000_000, &share), rounded("3.50%", "3.4999%"));
        assert_eq!(plainly(1, 1_000_000, &share), shown("0.0001%"));
        let points = Type::Quantity(Quantity::points());
        assert_eq!(plainly(1, 50, &points), shown("2 percentage points"));
        assert_eq!(plainly(-1, 100, &points), shown("-1 percentage point"));
    }

    #[test]
    fn counts_rates_and_plain_numbers() {
        let admissions = Type::Quantity(Quantity::of(Dimension::unit(UnitId(0))));
        assert_eq!(plainly(2_500, 1, &admissions), shown("2,500"));
        assert_eq!(plainly(7_501, 3, &admissions), rounded("2,500.33", "7,501/3"));
        let with_unit = value_with_unit(&number(2_500, 1), &admissions, &Shown::Plain, &model());
        assert_eq!(with_unit, "2,500 admissions");
        assert_eq!(plainly(4_752, 1_000_000, &rate()), shown("475.2 per 100,000 people"));
        assert_eq!(plainly(3, 2, &rate()), shown("1.5 per people"));
        let dimension = Dimension { money: 1, units: BTreeMap::from([(UnitId(0), -1)]) };
        assert_eq!(plainly(1_490, 1, &Type::Quantity(Quantity::of(dimension))), shown("£1,490 per admissions"));
        assert_eq!(plainly(1, 3, &Type::Quantity(Quantity::plain())), rounded("0.3333", "1/3"));
        assert_eq!(plainly(1_000, 3, &Type::Quantity(Quantity::plain())), rounded("333.33", "1,000/3"));
    }

    #[test]
    fn a_rule_says_how_it_is_shown() {
        let model = model();
        let per = Shown::Per { base: Number::from(1_000), unit: UnitId(1) };
        assert_eq!(value(&number(1, 8), &rate(), &per, &model), "125 per 1,000 people");
        assert_eq!(value_with_unit(&number(1, 8), &rate(), &per, &model), "125 per 1,000 people");
        assert_eq!(value(&number(1, 8), &rate(), &Shown::Percent, &model), "12.5%");
        assert_eq!(value(&number(4, 3), &Type::money(), &Shown::Decimals(1), &model), "£1.3");
        assert_eq!(value(&number(1, 8), &Type::Quantity(Quantity::share()), &Shown::Decimals(0), &model), "13%");
    }

    #[test]
    fn words_dates_and_periods() {
        let model = model();
        let text = |one: Value| value(&one, &Type::Unknown, &Shown::Plain, &model);
        assert_eq!(text(Value::Date(jiff::civil::date(2014, 9, 19))), "19 September 2014");
        assert_eq!(text(Value::Period(Period::quarter(2014, 4))), "Q4 2014-15");
        assert_eq!(text(Value::YesNo(false)), "no");
        assert_eq!(text(Value::Text("approved with support".into())), "approved with support");
        assert_eq!(text(Value::Condition(ConditionState::NotMet)), "not met");
    }
}
