//! From the values of a column to cells: each by the checks that a cell of any other file meets.

use super::form::Form;
use super::values::{Batch, Values};
use crate::data::part::PartReader;
use crate::data::raw::{RawCell, of_spreadsheet};
use crate::data::tally::Found;
use crate::value::{Number, date_of_day};
use parquet::data_type::ByteArray;

/// Where the cells of a batch go.
pub(super) struct Target<'r, 'm> {
    pub(super) reader: &'r mut PartReader<'m>,
    pub(super) found: &'r mut Found,
    /// The column.
    pub(super) slot: usize,
    /// The row of the first record.
    pub(super) first: usize,
    /// How many records there are.
    pub(super) records: usize,
}

impl Target<'_, '_> {
    /// Puts the cells of a batch.
    pub(super) fn put(&mut self, batch: Batch, form: Form) {
        let present = batch.present.as_deref();
        let scale = if let Form::Decimal { scale } = form { scale } else { 0 };
        match batch.values {
            Values::Whole(all) => self.each(present, all, |target, row, value| {
                target.whole(row, value, scale);
            }),
            Values::Unsigned(all) => self.each(present, all, |target, row, value| match i64::try_from(value) {
                Ok(value) => target.whole(row, value, 0),
                Err(_) => target.number(row, value.into(), 0),
            }),
            Values::Wide(all) => self.each(present, all, |target, row, bytes| match whole(&bytes) {
                Some(value) => match i64::try_from(value) {
                    Ok(value) => target.whole(row, value, scale),
                    Err(_) => target.number(row, value, scale),
                },
                None => target.careful(row, &RawCell::Unusable("a number".to_owned(), TOO_LARGE)),
            }),
            Values::Floating(all) => self.each(present, all, Self::floating),
            Values::Narrow(all) => self.each(present, all, |target, row, value| {
                let cell = narrow(value);
                target.careful(row, &cell);
            }),
            Values::YesNo(all) => self.each(present, all, |target, row, yes| {
                if !target.reader.typed_yes_no(target.slot, yes) {
                    target.careful(row, &RawCell::YesNo(yes));
                }
            }),
            Values::Time(all) => match form {
                Form::Moment { a_day } => {
                    self.each(present, all, |target, row, moment| match moment.rem_euclid(a_day) {
                        0 => target.day(row, moment.div_euclid(a_day)),
                        _ => target.careful(row, &RawCell::Unusable(shown(moment, a_day), A_TIME)),
                    })
                }
                _ => self.each(present, all, Self::day),
            },
            Values::Text(all) => self.each(present, all, |target, row, bytes| {
                target.reader.typed_text(row, target.slot, bytes.data(), target.found);
            }),
        }
    }

    /// Gives every record its value, or nothing.
    fn each<T>(&mut self, present: Option<&[bool]>, all: Vec<T>, mut put: impl FnMut(&mut Self, usize, T)) {
        let first = self.first;
        let mut all = all.into_iter();
        for record in 0..self.records {
            let is_present = present.is_none_or(|present| present.get(record).copied().unwrap_or(false));
            match if is_present { all.next() } else { None } {
                Some(value) => put(self, first + record, value),
                None => self.reader.typed_blank(first + record, self.slot, self.found),
            }
        }
    }

    fn careful(&mut self, row: usize, cell: &RawCell) {
        self.reader.typed_cell(row, self.slot, cell, self.found);
    }

    fn whole(&mut self, row: usize, value: i64, scale: u32) {
        if !self.reader.typed_number(self.slot, value, scale) {
            self.number(row, value.into(), scale);
        }
    }

    /// A whole number over a power of ten that is no common figure.
    fn number(&mut self, row: usize, value: i128, scale: u32) {
        let text = decimal(value, scale);
        match Number::from_decimal(&text) {
            Some(value) => self.careful(row, &RawCell::Number { value, text, is_percent: false }),
            None => self.careful(row, &RawCell::Unusable(text, TOO_LARGE)),
        }
    }

    fn floating(&mut self, row: usize, value: f64) {
        if let Some((whole, scale)) = common(value)
            && self.reader.typed_number(self.slot, whole, scale)
        {
            return;
        }
        let cell = if value.is_nan() { not_a_number() } else { in_words(of_spreadsheet(&format!("{value:e}"))) };
        self.careful(row, &cell);
    }

    fn day(&mut self, row: usize, day: i64) {
        let date = i32::try_from(day).ok().and_then(|day| Some((day, date_of_day(day)?)));
        match date {
            Some((day, date)) => {
                if !self.reader.typed_day(self.slot, day) {
                    self.careful(row, &RawCell::Day(date));
                }
            }
            None => {
                let far = RawCell::Unusable(format!("{day} days after 1 January 1970"), "no calendar reaches so far");
                self.careful(row, &far);
            }
        }
    }
}

const TOO_LARGE: &str = "the number is too large or too small to be a figure";
const A_TIME: &str = "it has a time of day: write the date alone";

/// A decimal as people write it.
pub(super) fn decimal(value: i128, scale: u32) -> String {
    let places = scale as usize;
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = places + 1);
    let (whole, decimals) = digits.split_at(digits.len() - places);
    let decimals = decimals.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    match decimals {
        "" => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{decimals}"),
    }
}

/// A whole number of at most 16 bytes, not counting those that only repeat its sign.
fn whole(bytes: &ByteArray) -> Option<i128> {
    let bytes = bytes.data();
    let is_negative = bytes.first().is_some_and(|byte| *byte >= 0x80);
    let filler = if is_negative { 0xff } else { 0 };
    let (above, held) = bytes.split_at(bytes.len().saturating_sub(16));
    let same_sign = held.first().is_none_or(|byte| (*byte >= 0x80) == is_negative);
    if !same_sign || above.iter().any(|byte| *byte != filler) {
        return None;
    }
    Some(held.iter().fold(if is_negative { -1 } else { 0 }, |so_far: i128, byte| (so_far << 8) | i128::from(*byte)))
}

/// A figure of at most 15 digits with none, two or four decimals, as a whole number and how many decimals it has:
/// the one decimal of so few digits that this number of 64 bits stands for.
fn common(value: f64) -> Option<(i64, u32)> {
    const MOST: f64 = 1e15;
    if !value.is_finite() {
        return None;
    }
    for (power, scale) in [(1.0, 0), (100.0, 2), (10_000.0, 4)] {
        let whole = (value * power).round();
        if whole.abs() >= MOST {
            return None;
        }
        // The division is rounded correctly: it gives the number of 64 bits that is nearest to the decimal.
        if (whole / power).to_bits() == value.to_bits() {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 10^15")]
            return Some((whole as i64, scale));
        }
    }
    None
}

/// A floating-point number of 32 bits, in which only six digits, and whole numbers below 2^24, come back as they were.
fn narrow(value: f32) -> RawCell {
    const MOST: f32 = 16_777_216.0;
    let shortest = format!("{value:e}");
    let digits = shortest.split('e').next().unwrap_or_default().chars().filter(char::is_ascii_digit).count();
    if value.is_nan() {
        return not_a_number();
    }
    if value.abs() >= MOST || (digits > 6 && value.fract().abs() > 0.0) {
        return RawCell::Unusable(
            value.to_string(),
            "a floating-point number of 32 bits holds six digits and may have lost others: write decimals, or whole numbers",
        );
    }
    of_spreadsheet(&shortest)
}

fn not_a_number() -> RawCell {
    RawCell::Unusable("NaN".to_owned(), "it is not a number: where there is no figure, write null")
}

/// What a spreadsheet says of its numbers, said of numbers of 64 bits.
fn in_words(cell: RawCell) -> RawCell {
    match cell {
        RawCell::Unusable(shown, why) if why != TOO_LARGE => RawCell::Unusable(
            shown,
            "a floating-point number of 64 bits holds 15 digits and may have lost others: write decimals, or whole numbers",
        ),
        cell => cell,
    }
}

/// A moment as people write it.
fn shown(moment: i64, a_day: i64) -> String {
    let day = i32::try_from(moment.div_euclid(a_day)).ok().and_then(date_of_day);
    let minute = i128::from(moment.rem_euclid(a_day)) * (24 * 60) / i128::from(a_day);
    let day = day.map_or_else(|| format!("moment {moment}"), |day| day.to_string());
    format!("{day} {:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_written_as_people_do() {
        for (value, scale, text) in
            [(12_345, 2, "123.45"), (-5, 2, "-0.05"), (1_200, 2, "12"), (0, 4, "0"), (7, 0, "7"), (-700, 1, "-70")]
        {
            assert_eq!(decimal(value, scale), text);
        }
    }

    #[test]
    fn numbers_of_any_width_are_read_or_refused() {
        let read = |bytes: &[u8]| whole(&ByteArray::from(bytes.to_vec()));
        assert_eq!(read(&[]), Some(0));
        assert_eq!(read(&[0xff]), Some(-1));
        assert_eq!(read(&[0x01, 0x00]), Some(256));
        assert_eq!(read(&[0x00; 40]), Some(0));
        assert_eq!(read(&[0xff; 40]), Some(-1));
        assert_eq!(read(&i128::MIN.to_be_bytes()), Some(i128::MIN));
        assert_eq!(read(&[&[0x01][..], &[0; 16]].concat()), None);
        assert_eq!(read(&[&[0x00][..], &[0xff; 16]].concat()), None);
    }

    #[test]
    fn numbers_of_32_bits_are_what_was_written_or_refused() {
        let text = |value: f32| narrow(value).shown();
        assert_eq!(
            (text(0.1), text(1234.5), text(-0.035), text(1_234_567.0)),
            ("0.1".into(), "1234.5".into(), "-0.035".into(), "1234567".into())
        );
        for lost in [25_000_001_f32, 0.123_456_7, f32::NAN, f32::INFINITY] {
            assert!(matches!(narrow(lost), RawCell::Unusable(..)), "{lost}");
        }
    }

    proptest! {
        #[test]
        fn common_figures_are_read_as_a_spreadsheets_are(value in prop_oneof![
            any::<f64>(),
            (-1_000_000_000_000_000_i64..1_000_000_000_000_000, 0_u8..6).prop_map(|(value, scale)| {
                format!("{value}e-{scale}").parse::<f64>().unwrap()
            }),
        ]) {
            if let Some((whole, scale)) = common(value) {
                let Some(number) = Number::from_decimal(&decimal(whole.into(), scale)) else { panic!("{value}") };
                match of_spreadsheet(&format!("{value:e}")) {
                    RawCell::Number { value, .. } => prop_assert_eq!(value, number),
                    other => panic!("{value}: {other:?}"),
                }
            }
        }
    }
}
