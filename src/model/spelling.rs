//! Values in the language's own spelling: `£1,490`, `3.5%`, `475 admissions per 100,000 people`.
//!
//! In: a value and its type. Out: the text a rules file has for it, so that a message can be copied into the
//! rules. A number that has no decimal form, such as a third, is shown as a fraction.

use super::{Dimension, Model, Quantity, Scale, Type, UnitId};
use crate::value::{ConditionState, Number, Value, grouped};

/// Decimal places that are shown in full; literals have far fewer.
const PLACES: usize = 30;

impl Model {
    /// A value of this type as it is written in an expression of the rules; texts stand in quotes.
    pub(crate) fn spell(&self, value: &Value, ty: &Type) -> String {
        match value {
            Value::Number(number) => {
                ty.quantity().map_or_else(|| plain(number), |quantity| self.spell_number(number, quantity))
            }
            Value::Text(text) => quoted(text),
            Value::YesNo(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
            Value::Date(date) => crate::value::date_text(*date),
            Value::Period(period) => period.to_string(),
            Value::Condition(ConditionState::Met) => "met".to_owned(),
            Value::Condition(ConditionState::NotMet) => "not met".to_owned(),
            Value::Condition(ConditionState::DoesNotApply(_)) => "does not apply".to_owned(),
        }
    }

    fn spell_number(&self, number: &Number, quantity: &Quantity) -> String {
        let hundredfold = || number.multiply(&Number::from(100)).unwrap_or_else(|_| number.clone());
        match quantity.scale {
            Scale::Share => return format!("{}%", plain(&hundredfold())),
            Scale::Points => return format!("{} percentage points", plain(&hundredfold())),
            Scale::Plain => {}
        }
        let Some(form) = Form::of(&quantity.dimension) else { return plain(number) };
        let base = if form.below.is_some() { legible_base(number) } else { 1 };
        let shown = number.multiply(&Number::from(base)).unwrap_or_else(|_| number.clone());
        let above = match form.above {
            Above::Money => self.spell_money(&shown),
            Above::Unit(unit) => format!("{} {}", plain(&shown), self.unit(unit).name),
        };
        match form.below {
            None => above,
            Some(unit) if base == 1 => format!("{above} per {}", self.unit(unit).name),
            Some(unit) => format!("{above} per {} {}", grouped(&base.to_string()), self.unit(unit).name),
        }
    }

    fn spell_money(&self, number: &Number) -> String {
        let sign = if number.is_negative() { "-" } else { "" };
        let currency = if self.ruleset.currency.is_empty() { "£" } else { &self.ruleset.currency };
        let size = number.size();
        let digits = if size.is_whole() { plain(&size) } else { pounds_and_pence(&size) };
        format!("{sign}{currency}{digits}")
    }
}

/// A dimension that a literal can have.
struct Form {
    above: Above,
    below: Option<UnitId>,
}

enum Above {
    Money,
    Unit(UnitId),
}

impl Form {
    fn of(dimension: &Dimension) -> Option<Self> {
        let with_power = |power: i8| {
            let mut units = dimension.units.iter().filter(move |(_, held)| **held == power).map(|(unit, _)| *unit);
            (units.next(), units.next().is_none())
        };
        let (unit_above, at_most_one_above) = with_power(1);
        let (below, at_most_one_below) = with_power(-1);
        let known = usize::from(unit_above.is_some()) + usize::from(below.is_some());
        if !at_most_one_above || !at_most_one_below || known != dimension.units.len() {
            return None;
        }
        match (dimension.money, unit_above) {
            (1, None) => Some(Self { above: Above::Money, below }),
            (0, Some(unit)) => Some(Self { above: Above::Unit(unit), below }),
            _ => None,
        }
    }
}

/// The smallest power of ten that makes a rate a number of at least 1 with at most two decimals; 1 where none does.
fn legible_base(rate: &Number) -> i64 {
    let legible = |base: &i64| {
        let scaled = rate.multiply(&Number::from(*base));
        scaled.is_ok_and(|scaled| {
            let is_large = scaled.is_zero() || scaled.size() >= Number::one();
            is_large && scaled.to_exact_decimal(2).is_some()
        })
    };
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000].into_iter().find(legible).unwrap_or(1)
}

fn pounds_and_pence(size: &Number) -> String {
    match size.to_exact_decimal(2) {
        Some(_) => grouped(&size.to_decimal(2)),
        None => plain(size),
    }
}

/// Digits with separators: `-2,500.75`.
fn plain(number: &Number) -> String {
    number.to_exact_decimal(PLACES).map_or_else(|| number.to_string(), |decimal| grouped(&decimal))
}

/// A text in straight quotes, a quote inside doubled.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unit;
    use crate::source::Span;

    #[test]
    fn values_are_written_as_in_the_rules() {
        let unit = |name: &str| Unit { name: name.to_owned(), label: None, span: Span::default() };
        let model = Model { units: vec![unit("admissions"), unit("people")], ..Model::default() };
        let (admissions, people) = (Dimension::unit(UnitId(0)), Dimension::unit(UnitId(1)));
        let number = |n, d| Number::fraction(n, d).unwrap();
        let cases = [
            (number(1490, 1), Quantity::money(), "£1,490"),
            (number(-2505, 10), Quantity::money(), "-£250.50"),
            (number(7, 200), Quantity::share(), "3.5%"),
            (number(1, 50), Quantity::points(), "2 percentage points"),
            (number(2500, 1), Quantity::plain(), "2,500"),
            (number(1, 3), Quantity::plain(), "1/3"),
            (number(1_000_000, 1), Quantity::of(admissions.clone()), "1,000,000 admissions"),
            (number(475, 100_000), Quantity::of(admissions.over(&people)), "4.75 admissions per 1,000 people"),
            (number(1490, 1), Quantity::of(Dimension::money().over(&admissions)), "£1,490 per admissions"),
        ];
        for (number, quantity, expected) in cases {
            assert_eq!(model.spell(&Value::Number(number), &Type::Quantity(quantity)), expected);
        }
        assert_eq!(
            model.spell(&Value::Date(crate::value::Date::constant(2014, 9, 19)), &Type::Date),
            "19 September 2014"
        );
        assert_eq!(model.spell(&Value::Text("a \"b\"".into()), &Type::Text), "\"a \"\"b\"\"\"");
    }
}
