//! Values, kinds and types as programs read them: in JSON and in CSV.

use super::run::condition_state;
use crate::model::{Basis, DeclarationKind, Model, Scale, Type};
use crate::value::{Fault, MissingReason, Number, Value};
use serde::Serialize;

/// Decimals of a fraction that no decimal holds.
const DECIMALS: usize = 12;

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Written {
    /// A number, date, period, text or state.
    Text(String),
    /// Yes or no.
    YesNo(bool),
}

/// A value as it is written, and for a fraction its decimal, rounded.
pub(super) fn written(value: &Value) -> (Written, Option<String>) {
    match value {
        Value::Number(number) => {
            let (text, rounded) = number_text(number);
            (Written::Text(text), rounded)
        }
        Value::Text(text) => (Written::Text(text.to_string()), None),
        Value::YesNo(yes) => (Written::YesNo(*yes), None),
        Value::Date(date) => (Written::Text(date.to_string()), None),
        Value::Period(period) => (Written::Text(period.to_string()), None),
        Value::Condition(state) => (Written::Text(condition_state(*state).0.to_owned()), None),
    }
}

/// The decimal of a number where there is one, else the fraction and its decimal, rounded.
fn number_text(number: &Number) -> (String, Option<String>) {
    match number.to_exact_decimal(2 * DECIMALS) {
        Some(decimal) => (decimal, None),
        None => {
            let (above, below) = number.parts();
            (format!("{above}/{below}"), Some(number.to_decimal(DECIMALS)))
        }
    }
}

/// A value as a text without its unit: in CSV, and in Parquet where no type says it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => decimal(number),
        _ => match written(value).0 {
            Written::Text(text) => text,
            Written::YesNo(yes) => if yes { "yes" } else { "no" }.to_owned(),
        },
    }
}

/// A number as a decimal, rounded to twelve places where no decimal holds it.
pub(super) fn decimal(number: &Number) -> String {
    let (exact, rounded) = number_text(number);
    rounded.unwrap_or(exact)
}

/// What a cell without a value says.
pub(super) fn missing(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::Blank => "blank",
        MissingReason::NotAvailable => "not available",
        MissingReason::Confidential => "confidential",
        MissingReason::NotCollected => "not collected",
        MissingReason::NotApplicable => "not applicable",
        MissingReason::Suppressed => "suppressed",
        MissingReason::NA => "n/a",
        MissingReason::SpreadsheetError => "spreadsheet error",
        MissingReason::NotYetDue => "not yet due",
        MissingReason::NoColumn => "no column",
        MissingReason::NoRecord => "no record",
        MissingReason::NotGiven => "not given",
        MissingReason::Unreadable => "unreadable",
    }
}

/// Figures from before and after a new definition would be put together.
pub(super) const NEW_DEFINITION: &str = "new definition";

/// What went wrong in a computation.
pub(super) fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::DivisionByZero => "division by zero",
        Fault::TooLarge => "too large",
        Fault::NoRecords => "no records",
        Fault::NoWeight => "no weight",
        Fault::NoRowMatches => "no row matches",
        Fault::NoEarlierPeriod => "no earlier period",
        Fault::NoSuchPeriod => "no such period",
        Fault::ExceptionsConflict => "exceptions conflict",
        Fault::FloorsAbovePot => "floors above pot",
        Fault::CeilingsBelowPot => "ceilings below pot",
        Fault::FloorAboveCeiling => "floor above ceiling",
        Fault::PotNotWhole => "pot not whole",
        Fault::NoProportion => "no proportion",
        Fault::Internal => "internal",
    }
}

/// The word of a kind of declaration.
pub(super) fn kind(kind: &DeclarationKind) -> &'static str {
    kind.word()
}

/// The name of a type: `money`, `share`, `admissions per people`, `money to date`.
pub(super) fn type_name(model: &Model, ty: &Type) -> String {
    let quantity = match ty {
        Type::Unknown => return "unknown".to_owned(),
        Type::Text => return "text".to_owned(),
        Type::YesNo => return "yes/no".to_owned(),
        Type::Date => return "date".to_owned(),
        Type::Period(kind) => return kind.word().to_owned(),
        Type::Choice(_) => return "choice".to_owned(),
        Type::Quantity(quantity) => quantity,
    };
    let dimension = &quantity.dimension;
    if dimension.is_none() {
        return match quantity.scale {
            Scale::Plain => "number",
            Scale::Share => "share",
            Scale::Points => "percentage points",
        }
        .to_owned();
    }
    let powers = std::iter::once(("money", dimension.money))
        .chain(dimension.units.iter().map(|(unit, power)| (model.unit(*unit).name.as_str(), *power)));
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for (name, power) in powers {
        let of = if power > 0 { &mut above } else { &mut below };
        of.extend(std::iter::repeat_n(name, usize::from(power.unsigned_abs())));
    }
    let above = if above.is_empty() { "1".to_owned() } else { above.join(" × ") };
    let name = if below.is_empty() { above } else { format!("{above} per {}", below.join(" × ")) };
    if quantity.basis == Basis::ToDate { format!("{name} to date") } else { name }
}
