//! Cells in the spellings that nearly all of them have, read straight from their bytes.
//!
//! In: the bytes of a cell and the builder of its column. Out: whether the cell was one of these and was added;
//! if not, it is for the careful reader, with which every reading here agrees.

use super::{MAX_CHARACTERS, digits, tidy, wording};
use crate::data::{Cell, ColumnBuilder};
use crate::model::{Column, Model, Quantity, Scale, Type};
use crate::value::{Date, MissingReason, Number, day_of_date};

/// The most decimals of a figure.
const MOST_DECIMALS: usize = 9;
/// The most digits of a figure: any so many fit 64 bits.
const MOST_DIGITS: usize = 18;
/// How many spellings are remembered, and how long they may be.
const MOST_REMEMBERED: usize = 48;
const LONGEST_REMEMBERED: usize = 48;
/// Ten to the power of each number of decimals.
const POWERS: [u64; MOST_DECIMALS + 1] =
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// Reads the cells of one column.
#[derive(Debug, Clone)]
pub(in crate::data) struct Quick {
    kind: Kind,
    /// Whether a cell with nothing in it is missing, as it is but for choices.
    has_blanks: bool,
    /// Spellings that the careful reader has read before, and what they are.
    remembered: Vec<(Box<[u8]>, Cell)>,
    /// How many decimals the last figure had: the next may well have as many.
    decimals: usize,
}

#[derive(Debug, Clone)]
enum Kind {
    Number(Figures),
    YesNo,
    Date,
    Text,
    /// Only what is remembered.
    Other,
}

/// How the figures of a column are read.
#[derive(Debug, Clone)]
struct Figures {
    is_share: bool,
    currency: Option<Box<[u8]>>,
    /// By the number of decimals.
    by_decimals: Vec<Decimals>,
}

/// Figures with so many decimals: what their digits stand over, and between which bounds the column takes them.
#[derive(Debug, Clone, Copy)]
struct Decimals {
    over: i64,
    least: i64,
    greatest: i64,
}

impl Quick {
    pub(in crate::data) fn new(column: &Column, model: &Model) -> Self {
        let kind = match &column.ty {
            Type::Quantity(quantity) => match Figures::of(quantity, column, model) {
                Some(figures) => Kind::Number(figures),
                None => Kind::Other,
            },
            Type::YesNo => Kind::YesNo,
            Type::Date => Kind::Date,
            Type::Text | Type::Unknown => Kind::Text,
            Type::Choice(_) | Type::Period(_) => Kind::Other,
        };
        Self { kind, has_blanks: !matches!(column.ty, Type::Choice(_)), remembered: Vec::new(), decimals: 0 }
    }

    /// Reads nothing.
    pub(in crate::data) fn of_nothing() -> Self {
        Self { kind: Kind::Other, has_blanks: false, remembered: Vec::new(), decimals: 0 }
    }

    /// Adds the cell at `start..end` of a text to the column if it has one of the common spellings; says whether it
    /// had.
    #[inline]
    pub(in crate::data) fn read(&mut self, text: &str, start: usize, end: usize, builder: &mut ColumnBuilder) -> bool {
        let bytes = text.as_bytes();
        if let Kind::Number(figures) = &self.kind
            && let Some((above, over)) = figures.read_like(bytes, start, end, self.decimals)
            && builder.push_fraction(above, over)
        {
            return true;
        }
        self.read_alone(bytes.get(start..end).unwrap_or_default(), builder)
    }

    /// The same for a cell that stands by itself.
    #[inline]
    pub(in crate::data) fn read_alone(&mut self, raw: &[u8], builder: &mut ColumnBuilder) -> bool {
        if raw.is_empty() && self.has_blanks {
            builder.push_missing(MissingReason::Blank);
            return true;
        }
        let is_read = match &self.kind {
            Kind::Number(figures) => figures.read(raw).is_some_and(|(above, decimals, over)| {
                self.decimals = decimals;
                builder.push_fraction(above, over)
            }),
            Kind::YesNo => match raw {
                b"yes" | b"Yes" | b"YES" => builder.push_yes_no(true),
                b"no" | b"No" | b"NO" => builder.push_yes_no(false),
                _ => false,
            },
            Kind::Date => iso_day(raw).is_some_and(|day| builder.push_day(day)),
            Kind::Text => plain_text(raw).is_some_and(|text| builder.push_text(text)),
            Kind::Other => false,
        };
        is_read || self.recall(raw, builder)
    }

    /// Adds a number with so many decimals if the column holds plain numbers and takes it; says whether it did.
    #[cfg(feature = "parquet")]
    #[inline]
    pub(in crate::data) fn read_number(&self, value: i64, decimals: u32, builder: &mut ColumnBuilder) -> bool {
        let Kind::Number(figures) = &self.kind else { return false };
        figures.take(value, decimals as usize).is_some_and(|(above, over)| builder.push_fraction(above, over))
    }

    fn recall(&self, raw: &[u8], builder: &mut ColumnBuilder) -> bool {
        match self.remembered.iter().find(|(known, _)| **known == *raw) {
            Some((_, cell)) => {
                builder.push(cell);
                true
            }
            None => false,
        }
    }

    /// Remembers what the careful reader made of a cell, where the same may well stand in other rows.
    pub(in crate::data) fn learn(&mut self, raw: &[u8], cell: &Cell) {
        let recurs = match self.kind {
            Kind::Number(_) | Kind::Text | Kind::Date => matches!(cell, Cell::Missing(_)),
            Kind::YesNo | Kind::Other => true,
        };
        if recurs && raw.len() <= LONGEST_REMEMBERED && self.remembered.len() < MOST_REMEMBERED {
            self.remembered.push((raw.into(), cell.clone()));
        }
    }
}

impl Figures {
    fn of(quantity: &Quantity, column: &Column, model: &Model) -> Option<Self> {
        let is_share = match quantity.scale {
            Scale::Plain => false,
            Scale::Share if !column.is_whole => true,
            Scale::Share | Scale::Points => return None,
        };
        let (base, 1) = column.cell_base.to_i64_parts()? else { return None };
        let mut by_decimals = Vec::new();
        let mut over = Some(if is_share { base.checked_mul(100)? } else { base });
        let most = if column.is_whole { 0 } else { MOST_DECIMALS };
        for _ in 0..=most {
            let Some(below) = over.filter(|below| *below > 0) else { break };
            by_decimals.push(Decimals::of(below, column)?);
            over = below.checked_mul(10);
        }
        let is_money = quantity.dimension.money != 0;
        let currency = wording::currency(model);
        let currency = (is_money && matches!(currency, "£" | "$" | "€")).then(|| currency.as_bytes().into());
        Some(Self { is_share, currency, by_decimals })
    }

    /// A number with so many decimals: numerator and denominator of its value. A bare number is no share.
    #[cfg(feature = "parquet")]
    #[inline]
    fn take(&self, mut value: i64, mut decimals: usize) -> Option<(i64, i64)> {
        if self.is_share {
            return None;
        }
        while decimals >= self.by_decimals.len() && decimals > 0 && value % 10 == 0 {
            (value, decimals) = (value / 10, decimals - 1);
        }
        self.by_decimals.get(decimals)?.take(value)
    }

    /// Digits and so many decimals, nothing else but, for shares, `%`: as [`Self::read`] reads them.
    #[inline]
    fn read_like(&self, bytes: &[u8], start: usize, end: usize, decimals: usize) -> Option<(i64, i64)> {
        let end = match self.is_share {
            true => end.checked_sub(1).filter(|last| bytes.get(*last) == Some(&b'%'))?,
            false => end,
        };
        if end.checked_sub(start)? > digits::MOST {
            return None;
        }
        let value = if decimals == 0 {
            digits::number(bytes, start, end)?
        } else {
            let point = end.checked_sub(decimals + 1).filter(|point| *point > start)?;
            let power = POWERS.get(decimals)?;
            let whole = (bytes.get(point) == Some(&b'.')).then(|| digits::number(bytes, start, point))??;
            whole * power + digits::number(bytes, point + 1, end)?
        };
        let scale = self.by_decimals.get(decimals)?;
        let value = i64::try_from(value).ok()?;
        (scale.least <= value && value <= scale.greatest).then_some((value, scale.over))
    }

    /// Digits with an optional sign, currency, commas between thousands, decimals and, for shares, `%`: numerator
    /// of its value, how many decimals it has, and its denominator.
    fn read(&self, raw: &[u8]) -> Option<(i64, usize, i64)> {
        let (is_negative, mut rest) = match raw {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        if let Some(currency) = &self.currency
            && let Some(after) = rest.strip_prefix(&**currency)
        {
            rest = after;
        }
        let (mut value, mut digits, mut decimals) = (0_i64, 0_usize, 0_usize);
        let mut group = Group::None;
        let mut has_point = false;
        while let [first, after @ ..] = rest {
            match first {
                b'0'..=b'9' => {
                    digits += 1;
                    if digits > MOST_DIGITS {
                        return None;
                    }
                    value = value * 10 + i64::from(first - b'0');
                    decimals += usize::from(has_point);
                }
                b',' if !has_point => group = group.next(digits)?,
                b'.' if !has_point && digits > 0 => {
                    group.end(digits)?;
                    has_point = true;
                }
                _ => break,
            }
            rest = after;
        }
        if !has_point {
            group.end(digits)?;
        }
        if digits == 0 || (has_point && decimals == 0) {
            return None;
        }
        match (self.is_share, rest) {
            (true, b"%") | (false, b"") => {}
            (true, b"") if value == 0 => {}
            _ => return None,
        }
        let value = if is_negative { -value } else { value };
        let (above, over) = self.by_decimals.get(decimals)?.take(value)?;
        Some((above, decimals, over))
    }
}

/// Where in groups of three digits between commas a reading is.
#[derive(Debug, Clone, Copy)]
enum Group {
    /// No comma so far.
    None,
    /// So many digits before the last comma.
    After(usize),
}

impl Group {
    fn next(self, digits: usize) -> Option<Self> {
        let is_whole = match self {
            Self::None => (1..=3).contains(&digits),
            Self::After(before) => digits == before + 3,
        };
        is_whole.then_some(Self::After(digits))
    }

    fn end(self, digits: usize) -> Option<()> {
        match self {
            Self::None => Some(()),
            Self::After(before) => (digits == before + 3).then_some(()),
        }
    }
}

impl Decimals {
    fn of(over: i64, column: &Column) -> Option<Self> {
        let scaled = |bound: &Number| bound.multiply(&Number::from(over)).ok();
        let least = match &column.least {
            Some(least) => clamped(&scaled(least)?.negate().floor().negate())?,
            None => i64::MIN,
        };
        let greatest = match &column.greatest {
            Some(greatest) => clamped(&scaled(greatest)?.floor())?,
            None => i64::MAX,
        };
        Some(Self { over, least, greatest })
    }

    /// Numerator and denominator of a number between the bounds.
    #[inline]
    fn take(self, value: i64) -> Option<(i64, i64)> {
        (self.least <= value && value <= self.greatest).then_some((value, self.over))
    }
}

/// A whole number as near to it as 64 bits come.
fn clamped(whole: &Number) -> Option<i64> {
    let whole = whole.to_i128()?;
    Some(i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX }))
}

/// The day of a date such as `2014-10-30`.
fn iso_day(raw: &[u8]) -> Option<i32> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = raw else { return None };
    let number = |digits: &[&u8]| {
        digits
            .iter()
            .try_fold(0_i16, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(**digit - b'0')))
    };
    let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(day_of_date(date))
}

/// A text that is tidy and no symbol for missing.
fn plain_text(raw: &[u8]) -> Option<&str> {
    let (first, last) = (raw.first()?, raw.last()?);
    let begins_a_symbol = match first {
        // `n/a` and `not yet due`.
        b'n' | b'N' => raw.len() <= 11,
        // `Err:502`.
        b'e' | b'E' => raw.get(3) == Some(&b':'),
        _ => !first.is_ascii_alphanumeric(),
    };
    if begins_a_symbol || *last == b' ' || raw.len() > MAX_CHARACTERS {
        return None;
    }
    let mut before = b'a';
    for byte in raw {
        if !(b' '..=b'~').contains(byte) || (*byte == b' ' && before == b' ') {
            return None;
        }
        before = *byte;
    }
    let text = std::str::from_utf8(raw).ok()?;
    debug_assert_eq!(text, tidy(text));
    Some(text)
}
