//! Types in the words of people.
//!
//! In: a type. Out: a phrase such as "a count of admissions" that can stand after "this is".

use super::{Dimension, Level, Model, Quantity, Scale, Type};
use crate::value::PeriodKind;
use std::fmt::Write as _;

/// How many values of a choice are listed.
const LISTED: usize = 5;

/// The type as a phrase that follows "this is".
pub(super) fn phrase(ty: &Type, model: &Model) -> String {
    match ty {
        Type::Unknown => "not known".to_owned(),
        Type::Text => "text".to_owned(),
        Type::YesNo => "yes or no".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Period(kind) => period_phrase(*kind).to_owned(),
        Type::Choice(values) => match values.as_ref() {
            [only] => format!("the text `{only}`"),
            values => format!("one of {}", listed(values.iter().map(String::as_str))),
        },
        Type::Quantity(quantity) => quantity_phrase(quantity, model),
    }
}

/// The quantity as a phrase that follows "this is".
pub(super) fn quantity_phrase(quantity: &Quantity, model: &Model) -> String {
    if quantity.dimension.is_none() {
        return match quantity.scale {
            Scale::Plain => "a plain number",
            Scale::Share => "a share (percent)",
            Scale::Points => "percentage points",
        }
        .to_owned();
    }
    let dimension = &quantity.dimension;
    if *dimension == Dimension::money() {
        return "money".to_owned();
    }
    let text = dimension_text(dimension, model);
    let is_single =
        dimension.money == 0 && dimension.units.len() == 1 && dimension.units.values().all(|power| *power == 1);
    if is_single {
        format!("a count of {text}")
    } else if is_rate(dimension) {
        format!("a rate of {text}")
    } else {
        format!("a product, {text}")
    }
}

/// Whether something stands below the line.
pub(super) fn is_rate(dimension: &Dimension) -> bool {
    dimension.money < 0 || dimension.units.values().any(|power| *power < 0)
}

/// `money`, `admissions`, `admissions per people`, `money per admissions`.
pub(super) fn dimension_text(dimension: &Dimension, model: &Model) -> String {
    let mut above: Vec<String> = Vec::new();
    let mut below: Vec<String> = Vec::new();
    let mut place = |name: &str, power: i8| {
        let side = if power > 0 { &mut above } else { &mut below };
        // Higher powers are rare and read as a repeated product.
        for _ in 0..power.unsigned_abs().min(4) {
            side.push(name.to_owned());
        }
    };
    place("money", dimension.money);
    for (unit, power) in &dimension.units {
        place(&model.unit(*unit).name, *power);
    }
    let mut text = if above.is_empty() { "one".to_owned() } else { above.join(" times ") };
    for name in below {
        let _ = write!(text, " per {name}");
    }
    text
}

/// `a quarter`
pub(super) fn period_phrase(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "a month",
        PeriodKind::Quarter => "a quarter",
        PeriodKind::FinancialYear => "a financial year",
    }
}

/// `` `a`, `b` and `c` ``, at most five and then how many more.
pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let (shown, more) = names.split_at(names.len().min(LISTED));
    let shown: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
    if more.is_empty() { shown.join(", ") } else { format!("{} and {} more", shown.join(", "), more.len()) }
}

/// `for the nation`, `for each area`.
pub(super) fn level_phrase(level: Level, model: &Model) -> String {
    match level {
        Level::Nation => "for the nation".to_owned(),
        Level::Table(table) => format!("for each {}", model.table(table).name),
    }
}
