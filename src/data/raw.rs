//! A cell as a file holds it, before its column says what it means.
//!
//! In: text from CSV, typed cells from workbooks, values from JSON. Out: a [`Cell`] of the column.

use super::Cell;
use super::cell::{self, Refusal, RefusalKind, expected};
use crate::model::{Column, Model, Scale, Type};
use crate::value::{Date, MissingReason, Number, PeriodKind, Value};
use std::sync::Arc;

/// A cell of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RawCell {
    /// Nothing, or a text.
    Text(String),
    /// A number that is not a text.
    Number {
        /// Exactly as the file holds it.
        value: Number,
        /// As it is shown in messages.
        text: String,
        /// Whether the cell says that it is a percent; its value is then a fraction.
        is_percent: bool,
    },
    /// A day that is not a text.
    Day(Date),
    /// Yes or no that is not a text.
    YesNo(bool),
    /// A formula that found nothing, `#N/A`.
    Error(String),
    /// Something no column takes: what it is shown as, and why.
    Unusable(String, &'static str),
    /// A JSON record without this property.
    Absent,
    /// Part of merged cells; what the merged cells hold.
    Merged(Box<RawCell>),
    /// Could not be read; a problem about its row was reported.
    Broken,
}

impl RawCell {
    /// Nothing.
    pub(super) fn blank() -> Self {
        Self::Text(String::new())
    }

    /// Whether nothing can be seen.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => cell::tidy(text).is_empty(),
            Self::Absent => true,
            _ => false,
        }
    }

    /// How much text it holds.
    pub(super) fn text_bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::Error(text) | Self::Unusable(text, _) => text.len(),
            Self::Merged(whole) => whole.text_bytes(),
            _ => 0,
        }
    }

    /// What a person sees in the cell.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) => cell::tidy(text),
            Self::Number { text, .. } | Self::Error(text) | Self::Unusable(text, _) => text.clone(),
            Self::Day(date) => crate::value::date_text(*date),
            Self::YesNo(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Absent | Self::Broken => String::new(),
            Self::Merged(whole) => whole.shown(),
        }
    }

    /// The cell as a cell of the column.
    pub(super) fn read(&self, column: &Column, model: &Model) -> Result<Cell, Refusal> {
        let refuse = |kind: RefusalKind, reason: Option<String>| {
            Err(Refusal { kind, expected: expected(column, model), reason })
        };
        match self {
            Self::Text(text) => cell::read(text, column, model),
            Self::Number { value, text, is_percent } => number(value, text, *is_percent, column, model),
            Self::Day(date) => match &column.ty {
                Type::Date => Ok(Cell::Known(Value::Date(*date))),
                Type::Period(PeriodKind::Month) if date.day() == 1 => cell::read(&date.to_string(), column, model),
                _ => refuse(
                    RefusalKind::NotOfType,
                    Some("a date stands here: give the cell another format and write it again".into()),
                ),
            },
            Self::YesNo(yes) if column.ty == Type::YesNo => Ok(Cell::Known(Value::YesNo(*yes))),
            Self::YesNo(_) => cell::read(&self.shown(), column, model),
            Self::Error(_) => Ok(Cell::Missing(MissingReason::SpreadsheetError)),
            Self::Unusable(_, reason) => refuse(RefusalKind::NotOfType, Some((*reason).to_owned())),
            Self::Absent => Ok(Cell::Missing(MissingReason::NotGiven)),
            Self::Merged(_) | Self::Broken => Ok(Cell::Missing(MissingReason::Unreadable)),
        }
    }
}

fn number(value: &Number, text: &str, is_percent: bool, column: &Column, model: &Model) -> Result<Cell, Refusal> {
    let refuse = |kind: RefusalKind, reason: String| {
        Err(Refusal { kind, expected: expected(column, model), reason: Some(reason) })
    };
    let quantity = match &column.ty {
        Type::Quantity(quantity) => quantity,
        Type::Text | Type::Unknown => return Ok(Cell::Known(Value::Text(Arc::from(text)))),
        Type::Date => {
            return refuse(
                RefusalKind::NotOfType,
                "it is a number: give the cell a date format, or write the date in words".into(),
            );
        }
        _ => return cell::read(text, column, model),
    };
    match (quantity.scale, is_percent) {
        (Scale::Share, true) => cell::number(value, column, model),
        (Scale::Plain, false) => cell::number(value, column, model),
        (Scale::Plain, true) => refuse(
            RefusalKind::TwoReadings,
            "the cell has a percent format, and this column does not hold percents: give it a number format".into(),
        ),
        (Scale::Points, true) => {
            refuse(RefusalKind::TwoReadings, "`%` may be a share: write `percentage points`".into())
        }
        // A bare number: the text form knows its two readings.
        (Scale::Share | Scale::Points, false) => cell::read(text, column, model),
    }
}

/// The number in decimal text with an optional exponent, such as `1.25e-3`. `None` where it is none, or too
/// long or too far from one to be a figure.
pub(super) fn exact(text: &str) -> Option<Number> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let number = Number::from_decimal(digits)?;
    if exponent == 0 || number.is_zero() {
        return Some(number);
    }
    let places = usize::try_from(exponent.unsigned_abs()).ok().filter(|places| *places <= 100)?;
    let power = Number::from_decimal(&format!("1{}", "0".repeat(places)))?;
    if exponent > 0 { number.multiply(&power).ok() } else { number.divide(&power).ok() }
}

/// A number of a spreadsheet, whose cells hold 15 significant digits. Digits after the fifteenth are what is
/// left of binary arithmetic and are rounded away; a whole number that needs more was cut by the spreadsheet.
pub(super) fn of_spreadsheet(shortest: &str) -> RawCell {
    const DIGITS: i32 = 15;
    let unusable = |why| RawCell::Unusable(shortest.to_owned(), why);
    let Some(value) = exact(shortest) else { return unusable("the number is too large or too small to be a figure") };
    let significant = shortest.split(['e', 'E']).next().unwrap_or_default();
    let significant = significant.chars().filter(char::is_ascii_digit).collect::<String>();
    if significant.trim_start_matches('0').trim_end_matches('0').len() <= 15 {
        return RawCell::Number { text: plain(&value), value, is_percent: false };
    }
    // The power of ten of the first digit.
    let whole_digits = value.size().floor().to_string().trim_start_matches('0').len();
    let first = if whole_digits > 0 { i32::try_from(whole_digits).unwrap_or(i32::MAX) - 1 } else { leading(&value) };
    let last_place = first - DIGITS + 1;
    if last_place > 0 {
        return unusable("a spreadsheet holds 15 digits and has cut this number: write it as a text");
    }
    let step = exact(&format!("1e{last_place}"));
    match step.and_then(|step| value.round_to(&step, crate::value::RoundMode::Nearest).ok()) {
        Some(value) => RawCell::Number { text: plain(&value), value, is_percent: false },
        None => unusable("the number is too large or too small to be a figure"),
    }
}

/// The power of ten of the first digit of a number between 0 and 1.
fn leading(value: &Number) -> i32 {
    let mut scaled = value.size();
    let mut power = 0;
    while !scaled.is_zero() && scaled < Number::one() && power > -120 {
        power -= 1;
        match scaled.multiply(&Number::from(10)) {
            Ok(next) => scaled = next,
            Err(_) => break,
        }
    }
    power
}

fn plain(value: &Number) -> String {
    value.to_exact_decimal(120).unwrap_or_else(|| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(shortest: &str) -> String {
        of_spreadsheet(shortest).shown()
    }

    #[test]
    fn numbers_of_spreadsheets_are_what_was_typed() {
        assert_eq!(text("25000001"), "25000001");
        assert_eq!(text("3.5e-2"), "0.035");
        assert_eq!(text("0.30000000000000004"), "0.3");
        assert_eq!(text("9.999999999999998e-2"), "0.1");
        assert_eq!(text("-0.30000000000000004"), "-0.3");
        assert_eq!(text("999999999999999"), "999999999999999");
        assert_eq!(text("1e15"), "1000000000000000");
        assert_eq!(text("0.3333333333333333"), "0.333333333333333");
        assert!(matches!(of_spreadsheet("9007199254740993"), RawCell::Unusable(..)));
        assert!(matches!(of_spreadsheet("1e300"), RawCell::Unusable(..)));
        assert!(matches!(of_spreadsheet("inf"), RawCell::Unusable(..)));
        assert!(matches!(of_spreadsheet("NaN"), RawCell::Unusable(..)));
    }
}
