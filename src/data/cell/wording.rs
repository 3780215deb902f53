//! How the wish of a column and the bounds of its cells are put into words.

use crate::model::{Column, Dimension, Model, Scale, Type, UnitId};
use crate::value::{Number, PeriodKind};

/// What a column wants, as a phrase: "an amount of money such as `£1,234.50`".
pub fn expected(column: &Column, model: &Model) -> String {
    match &column.ty {
        Type::Unknown | Type::Text => "a text".to_owned(),
        Type::YesNo => "`yes` or `no`".to_owned(),
        Type::Date => "a date such as `30 October 2014`".to_owned(),
        Type::Period(PeriodKind::Month) => "a month such as `April 2015`".to_owned(),
        Type::Period(PeriodKind::Quarter) => "a quarter such as `Q4 2014-15`".to_owned(),
        Type::Period(PeriodKind::FinancialYear) => "a financial year such as `2015-16`".to_owned(),
        Type::Choice(values) => one_of(values),
        Type::Quantity(quantity) => match quantity.scale {
            Scale::Share => "a percent such as `3.5%`".to_owned(),
            Scale::Points => "percentage points such as `2 percentage points`".to_owned(),
            Scale::Plain => expected_quantity(column, &quantity.dimension, model),
        },
    }
}

fn expected_quantity(column: &Column, dimension: &Dimension, model: &Model) -> String {
    let (above, below) = sides(dimension);
    let currency = currency(model);
    let (number, example) = if column.is_whole { ("a whole number", "1,234") } else { ("a number", "1,234.5") };
    let per = |unit: UnitId| {
        let name = unit_name(unit, model);
        if column.cell_base == Number::one() { name } else { format!("{} {name}", grouped(&column.cell_base)) }
    };
    match (dimension.money, above, below) {
        (0, None, None) if dimension.units.is_empty() => format!("{number} such as `{example}`"),
        (1, None, None) => format!("an amount of money such as `{currency}1,234.50`"),
        (1, None, Some(unit)) => format!("an amount of money per {} such as `{currency}1,490`", per(unit)),
        (0, Some(unit), None) => format!("{number} of {} such as `{example}`", unit_name(unit, model)),
        (0, Some(top), Some(bottom)) => {
            format!("a rate of {} per {} such as `475`", unit_name(top, model), per(bottom))
        }
        _ => format!("{number} such as `{example}`"),
    }
}

/// The unit above and the unit below the line, where there is one of each at most.
pub(super) fn sides(dimension: &Dimension) -> (Option<UnitId>, Option<UnitId>) {
    let with = |power: i8| {
        let mut found = dimension.units.iter().filter(|(_, p)| **p == power).map(|(unit, _)| *unit);
        found.next()
    };
    (with(1), with(-1))
}

/// The currency of the model, `£` where none is said.
pub(super) fn currency(model: &Model) -> &str {
    if model.ruleset.currency.is_empty() { "£" } else { &model.ruleset.currency }
}

pub(super) fn unit_name(unit: UnitId, model: &Model) -> String {
    model.units.get(unit.index()).map_or_else(String::new, |unit| unit.name.clone())
}

fn one_of(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    match quoted.as_slice() {
        [] => "a choice".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A number of a column as a person writes it there: `£1,234.50`, `3.5%`, `475`.
pub fn amount(value: &Number, column: &Column, model: &Model) -> String {
    let scaled = |factor: &Number| value.multiply(factor).unwrap_or_else(|_| value.clone());
    match column.ty.quantity() {
        Some(quantity) if quantity.scale == Scale::Share => format!("{}%", grouped(&scaled(&Number::from(100)))),
        Some(quantity) if quantity.scale == Scale::Points => {
            format!("{} percentage points", grouped(&scaled(&Number::from(100))))
        }
        Some(quantity) => {
            let shown = scaled(&column.cell_base);
            if quantity.dimension.money == 0 {
                return grouped(&shown);
            }
            let sign = if shown.is_negative() { "-" } else { "" };
            format!("{sign}{}{}", currency(model), grouped(&shown.size()))
        }
        None => grouped(value),
    }
}

/// Decimal text with separators between groups of three.
pub(super) fn grouped(value: &Number) -> String {
    let text = value.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(end);
    let mut grouped = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}
