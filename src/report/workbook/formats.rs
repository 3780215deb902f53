//! How the cells of workbooks are drawn, and the numbers that a spreadsheet holds.
//!
//! In: types and numbers. Out: number formats, and floating point where it holds a number.

use crate::model::{Dimension, Model, Quantity, Scale, Shown, Type};
use crate::value::Number;
use rust_xlsxwriter::{Format, FormatAlign};

/// Digits that a spreadsheet holds exactly.
const DIGITS: usize = 15;

/// The formats of a workbook.
pub(super) struct Formats {
    pub(super) heading: Format,
    pub(super) name: Format,
    pub(super) missing: Format,
    pub(super) money: [Format; 2],
    pub(super) money_per: Format,
    pub(super) percent: Format,
    pub(super) whole: Format,
    pub(super) decimal: Format,
    pub(super) date: Format,
    pub(super) wrapped: Format,
}

impl Formats {
    pub(super) fn new(currency: &str) -> Self {
        let with = |code: &str| Format::new().set_num_format(code);
        let money = |decimals: &str| with(&format!("\"{currency}\"#,##0{decimals};-\"{currency}\"#,##0{decimals}"));
        Self {
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom),
            name: Format::new().set_italic().set_font_color(rust_xlsxwriter::Color::Gray),
            missing: Format::new().set_italic().set_align(FormatAlign::Right),
            money: [money(""), money(".00")],
            money_per: money(".00"),
            percent: with("0.00%"),
            whole: with("#,##0"),
            decimal: with("#,##0.00"),
            date: with("d mmmm yyyy"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    /// The format of a number.
    pub(super) fn number(&self, ty: &Type, shown: &Shown, number: Option<&Number>) -> &Format {
        let is_whole = number.is_some_and(Number::is_whole);
        let quantity = ty.quantity();
        let is_money = quantity.is_some_and(|quantity| quantity.dimension == Dimension::money());
        let is_rate_of_money = quantity.is_some_and(|quantity| quantity.dimension.money == 1);
        let is_share = quantity.is_some_and(|quantity| quantity.scale != Scale::Plain);
        match shown {
            Shown::Percent => &self.percent,
            Shown::Plain if is_share => &self.percent,
            _ if is_money => &self.money[usize::from(!is_whole)],
            _ if is_rate_of_money => &self.money_per,
            _ if is_whole => &self.whole,
            _ => &self.decimal,
        }
    }
}

/// The number as a spreadsheet holds it: exactly where 15 digits do, a fraction rounded to them; none for a
/// number that 15 digits do not hold.
pub(super) fn spreadsheet_number(number: &Number) -> Option<f64> {
    let whole = number.size().floor().to_decimal(0);
    let digits = whole.trim_start_matches('0').len();
    if digits > DIGITS {
        return None;
    }
    let text = match number.to_exact_decimal(DIGITS) {
        Some(decimal) if decimal.chars().filter(char::is_ascii_digit).count() <= DIGITS => decimal,
        // An amount in pence that needs more digits would lose a penny; a quotient has no last digit to lose.
        Some(decimal) if decimal.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2) => return None,
        _ => number.to_decimal(DIGITS - digits),
    };
    text.parse().ok()
}

/// The unit of a column, where its number format does not say it.
pub(super) fn unit(model: &Model, ty: &Type, shown: &Shown) -> String {
    let Some(quantity) = ty.quantity() else { return String::new() };
    if let Shown::Per { base, unit } = shown {
        let base =
            base.to_i128().and_then(|n| u64::try_from(n).ok()).map(crate::report::run::grouped).unwrap_or_default();
        let unit = model.unit(*unit);
        return format!("per {base} {}", unit.label.as_ref().unwrap_or(&unit.name));
    }
    let is_plain = *quantity == Quantity::plain() || quantity.dimension == Dimension::money();
    if is_plain || quantity.scale != Scale::Plain || quantity.dimension.is_none() {
        return String::new();
    }
    crate::report::wire::type_name(model, ty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_spreadsheet_would_change_are_refused() {
        let number = |text: &str| Number::from_decimal(text).unwrap();
        assert_eq!(spreadsheet_number(&number("25000001")), Some(25_000_001.0));
        assert_eq!(spreadsheet_number(&number("0.035")), Some(0.035));
        assert_eq!(spreadsheet_number(&number("9007199254740993")), None);
        assert_eq!(spreadsheet_number(&number("99999999999999.99")), None);
        let third = Number::fraction(1, 3).unwrap();
        assert_eq!(spreadsheet_number(&third), Some(0.333_333_333_333_333));
    }
}
