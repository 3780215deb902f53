//! One cell: from the text a person typed to a value, a reason for its absence, or a refusal.
//!
//! In: the text and the column it stands in. Out: a [`Cell`], or a [`Refusal`] that says what the column
//! wants. Nothing is guessed: a text with two readings is refused with both. Numbers are read digit by digit.

mod date;
mod digits;
mod missing;
mod number;
mod period;
mod quick;
#[cfg(test)]
mod tests;
mod wording;

use super::Cell;
use crate::model::{Column, Model, Type};
use crate::suggest;
use crate::value::Value;
pub use date::parse as parse_date;
pub(super) use quick::Quick;
use std::sync::Arc;
pub use wording::{amount, expected};

/// The most characters a cell may have: what spreadsheets hold.
pub const MAX_CHARACTERS: usize = 32_767;

/// What is wrong with a text that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// It is not of the column's type.
    NotOfType,
    /// It has two readings.
    TwoReadings,
    /// It is of the column's type and beyond what the column allows.
    OutOfRange,
}

/// Why a text was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of mistake it is.
    pub kind: RefusalKind,
    /// What the column wants: "an amount of money such as `£1,234.50`".
    pub expected: String,
    /// Why this text is not that, where more can be said.
    pub reason: Option<String>,
}

/// Why a text of the right column was not taken, before the column's wish is added.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Doubt {
    kind: RefusalKind,
    reason: Option<String>,
}

impl Doubt {
    fn plain() -> Self {
        Self { kind: RefusalKind::NotOfType, reason: None }
    }

    fn because(reason: impl Into<String>) -> Self {
        Self { kind: RefusalKind::NotOfType, reason: Some(reason.into()) }
    }

    fn two_readings(reason: impl Into<String>) -> Self {
        Self { kind: RefusalKind::TwoReadings, reason: Some(reason.into()) }
    }

    fn out_of_range(reason: impl Into<String>) -> Self {
        Self { kind: RefusalKind::OutOfRange, reason: Some(reason.into()) }
    }
}

/// Reads a cell. The error is a phrase that says what is expected, such as "an amount of money such as
/// `£1,234.50`", with the reason after a semicolon where there is more to say.
pub fn parse(text: &str, column: &Column, model: &Model) -> Result<Cell, String> {
    read(text, column, model).map_err(|refusal| match refusal.reason {
        Some(reason) => format!("{}; {reason}", refusal.expected),
        None => refusal.expected,
    })
}

/// Reads a cell; the refusal is in parts.
pub fn read(text: &str, column: &Column, model: &Model) -> Result<Cell, Refusal> {
    read_tidy(&tidy(text), column, model).map_err(|doubt| Refusal {
        kind: doubt.kind,
        expected: expected(column, model),
        reason: doubt.reason,
    })
}

fn read_tidy(text: &str, column: &Column, model: &Model) -> Result<Cell, Doubt> {
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        return Err(Doubt::because(format!("a cell holds at most {MAX_CHARACTERS} characters")));
    }
    // A choice that is spelt like a symbol for missing is still that choice.
    if let Type::Choice(values) = &column.ty
        && let Some(value) = choose(text, values)
    {
        return Ok(Cell::Known(Value::Text(Arc::from(value))));
    }
    if let Some(reason) = missing::reason(text)? {
        return Ok(Cell::Missing(reason));
    }
    let value = match &column.ty {
        Type::Unknown | Type::Text => Value::Text(Arc::from(text)),
        Type::YesNo => Value::YesNo(yes_no(text)?),
        Type::Date => Value::Date(date::read(text)?),
        Type::Period(kind) => Value::Period(period::read(text, *kind)?),
        Type::Choice(values) => return Err(not_a_choice(text, values)),
        Type::Quantity(quantity) => Value::Number(number::read(text, quantity, column, model)?),
    };
    Ok(Cell::Known(value))
}

/// Checks a number that did not come as text (a cell of a workbook, a number of a JSON document), in the
/// column's own scale: percent as a fraction, rates before they are divided by their base.
pub fn number(value: &crate::value::Number, column: &Column, model: &Model) -> Result<Cell, Refusal> {
    number::finish(value, column, model).map(|number| Cell::Known(Value::Number(number))).map_err(|doubt| Refusal {
        kind: doubt.kind,
        expected: expected(column, model),
        reason: doubt.reason,
    })
}

/// The text as a person sees it: outer blanks of every kind and invisible characters gone, inner blanks plain.
pub fn tidy(text: &str) -> String {
    if is_tidy(text) {
        return text.to_owned();
    }
    let visible = text.chars().filter(|c| !is_invisible(*c)).map(|c| if c.is_whitespace() { ' ' } else { c });
    let mut tidy = String::with_capacity(text.len());
    for c in visible {
        if c != ' ' || !(tidy.is_empty() || tidy.ends_with(' ')) {
            tidy.push(c);
        }
    }
    if tidy.ends_with(' ') {
        tidy.pop();
    }
    tidy
}

/// Whether a text is nothing but signs of a keyboard, with single blanks between them: nearly every cell is.
fn is_tidy(text: &str) -> bool {
    let mut before = b' ';
    let is_plain = |byte: u8| {
        let is_plain = byte.is_ascii_graphic() || (byte == b' ' && before != b' ');
        before = byte;
        is_plain
    };
    text.bytes().all(is_plain) && (text.is_empty() || !text.ends_with(' '))
}

/// Characters without ink or width that arrive with pasted text: soft hyphen, zero-width blanks and joiners,
/// direction marks, the byte-order mark, control characters other than line ends and tabs.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

fn yes_no(text: &str) -> Result<bool, Doubt> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" => Ok(true),
        "no" | "n" | "false" => Ok(false),
        "1" | "0" => Err(Doubt::because(format!("`{text}` may be a count as well: write `yes` or `no`"))),
        _ => Err(Doubt::plain()),
    }
}

/// The choice meant: as spelt, else without regard to capitals where that is only one.
fn choose<'a>(text: &str, values: &'a [String]) -> Option<&'a str> {
    if let Some(exact) = values.iter().find(|value| *value == text) {
        return Some(exact);
    }
    let folded = |s: &str| tidy(s).to_lowercase();
    let wanted = folded(text);
    let mut same = values.iter().filter(|value| folded(value) == wanted);
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn not_a_choice(text: &str, values: &[String]) -> Doubt {
    match suggest::nearest(text, values.iter().map(String::as_str)) {
        Some(near) => Doubt::because(format!("did you mean `{near}`?")),
        None => Doubt::plain(),
    }
}
