//! Numbers in cells: money, percents, counts, rates. Digits are read as written, never through floating point.

use super::wording::{amount, currency, grouped, sides, unit_name};
use super::{Doubt, tidy};
use crate::model::{Column, Dimension, Model, Quantity, Scale};
use crate::value::Number;

/// A number as written, taken apart.
struct Written<'a> {
    is_negative: bool,
    currency: Option<char>,
    /// Digits with separators and a decimal point.
    numeral: &'a str,
    /// What follows the numeral, without outer blanks.
    rest: &'a str,
}

/// Reads a tidy text as a number of the column.
pub(super) fn read(text: &str, quantity: &Quantity, column: &Column, model: &Model) -> Result<Number, Doubt> {
    let written = take_apart(text)?;
    let plain = plain_numeral(written.numeral)?;
    let value = if written.is_negative { plain.negate() } else { plain };
    let value = match quantity.scale {
        Scale::Share => share(&value, &written)?,
        Scale::Points => points(&value, &written)?,
        Scale::Plain => plain_scale(value, &written, &quantity.dimension, column, model)?,
    };
    finish(&value, column, model)
}

/// Checks the column's own limits and divides a rate by its base.
pub(super) fn finish(value: &Number, column: &Column, model: &Model) -> Result<Number, Doubt> {
    if column.is_whole && !value.is_whole() {
        return Err(Doubt::out_of_range("it is not whole"));
    }
    let value = value.divide(&column.cell_base).map_err(|_| Doubt::because("the number has too many digits"))?;
    if let Some(least) = &column.least
        && value < *least
    {
        return Err(Doubt::out_of_range(format!("it must be at least {}", amount(least, column, model))));
    }
    if let Some(greatest) = &column.greatest
        && value > *greatest
    {
        return Err(Doubt::out_of_range(format!("it must be at most {}", amount(greatest, column, model))));
    }
    Ok(value)
}

fn take_apart(text: &str) -> Result<Written<'_>, Doubt> {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return Err(Doubt::two_readings(format!(
            "brackets may mark a negative figure or a remark: write `-{inner}` or `{inner}`"
        )));
    }
    let mut rest = text;
    let mut sign = None;
    let mut currency = None;
    while let Some(first) = rest.chars().next() {
        match first {
            '-' | '−' | '+' if sign.is_none() => sign = Some(first),
            '£' | '$' | '€' if currency.is_none() => currency = Some(first),
            ' ' => {}
            '–' | '—' => return Err(Doubt::because(format!("`{first}` is a dash: write a minus sign, `-`"))),
            _ => break,
        }
        rest = rest.strip_prefix(first).unwrap_or("");
    }
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(rest.len());
    let (numeral, after) = rest.split_at(end);
    if !numeral.bytes().any(|b| b.is_ascii_digit()) {
        return Err(Doubt::plain());
    }
    Ok(Written { is_negative: matches!(sign, Some('-' | '−')), currency, numeral, rest: after.trim() })
        .and_then(refuse_odd_tails)
}

/// Tails that say the number itself is in doubt, whatever the column.
fn refuse_odd_tails(written: Written<'_>) -> Result<Written<'_>, Doubt> {
    let rest = written.rest;
    let after_e = rest.strip_prefix(['e', 'E']).map(|r| r.trim_start_matches(['+', '-']));
    if after_e.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit())) {
        return Err(Doubt::because(
            "a number in scientific notation may have lost digits: give the cells a number format and save again",
        ));
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Doubt::because("there is a blank inside the number: write `1,234` or `1234`"));
    }
    if matches!(rest, "-" | "−" | "cr" | "CR" | "dr" | "DR") {
        return Err(Doubt::because(format!("write `-{}` for a negative number", written.numeral)));
    }
    if rest.starts_with('[') && rest.ends_with(']') || matches!(rest, "*" | "(p)" | "(r)" | "(e)") {
        return Err(Doubt::because(format!("`{rest}` beside the figure is a note: write the figure alone")));
    }
    Ok(written)
}

/// Digits with separators between groups of three or nowhere, and at most one point.
fn plain_numeral(numeral: &str) -> Result<Number, Doubt> {
    let (whole, decimals) = match numeral.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (numeral, None),
    };
    if let Some(decimals) = decimals {
        if decimals.contains(['.', ',']) {
            return Err(Doubt::because("commas stand between thousands and the point before decimals"));
        }
        if decimals.is_empty() {
            return Err(Doubt::because("nothing follows the decimal point"));
        }
    }
    let groups: Vec<&str> = whole.split(',').collect();
    if let [first, rest @ ..] = groups.as_slice()
        && !rest.is_empty()
        && ((first.is_empty() || first.len() > 3) || rest.iter().any(|group| group.len() != 3))
    {
        let reading = match rest {
            [decimals] if !first.is_empty() && !decimals.is_empty() => {
                format!("; if the comma is a decimal point, write `{first}.{decimals}`")
            }
            _ => String::new(),
        };
        return Err(Doubt::because(format!("commas stand between groups of three digits{reading}")));
    }
    let digits: String = numeral.chars().filter(|c| *c != ',').collect();
    Number::from_decimal(&digits).ok_or_else(|| Doubt::because("the number has too many digits"))
}

fn hundredths(value: &Number) -> Result<Number, Doubt> {
    value.divide(&Number::from(100)).map_err(|_| Doubt::because("the number has too many digits"))
}

fn share(value: &Number, written: &Written<'_>) -> Result<Number, Doubt> {
    no_currency(written)?;
    match written.rest.to_lowercase().as_str() {
        "%" | "percent" | "per cent" => hundredths(value),
        // Nil is nil in either reading.
        "" if value.is_zero() => Ok(Number::zero()),
        "" => {
            let as_fraction = value.multiply(&Number::from(100)).unwrap_or_else(|_| value.clone());
            Err(Doubt::two_readings(format!(
                "without `%` it may be {}% or {}%: write `{}%` if that is meant",
                grouped(value),
                grouped(&as_fraction),
                grouped(value),
            )))
        }
        "percentage points" | "pp" | "points" => {
            Err(Doubt::because("percentage points are a difference of two percents, this column holds percents"))
        }
        _ => Err(Doubt::plain()),
    }
}

fn points(value: &Number, written: &Written<'_>) -> Result<Number, Doubt> {
    no_currency(written)?;
    match written.rest.to_lowercase().as_str() {
        "percentage points" | "percentage point" | "pp" => hundredths(value),
        "" if value.is_zero() => Ok(Number::zero()),
        "%" => Err(Doubt::two_readings("`%` may be a share or a difference of shares: write `percentage points`")),
        _ => Err(Doubt::plain()),
    }
}

fn no_currency(written: &Written<'_>) -> Result<(), Doubt> {
    match written.currency {
        Some(sign) => Err(Doubt::because(format!("this column does not hold money: `{sign}` has no place here"))),
        None => Ok(()),
    }
}

fn plain_scale(
    value: Number,
    written: &Written<'_>,
    dimension: &Dimension,
    column: &Column,
    model: &Model,
) -> Result<Number, Doubt> {
    let is_money = dimension.money != 0;
    match written.currency {
        Some(sign) if is_money && sign.to_string() != currency(model) => {
            return Err(Doubt::because(format!("money is in `{}` here, not in `{sign}`", currency(model))));
        }
        _ if !is_money => no_currency(written)?,
        _ => {}
    }
    let (value, rest) = if is_money { money_scale(value, written.rest)? } else { (value, written.rest) };
    if rest.starts_with('%') {
        return Err(Doubt::because("`%` makes it a share, and this column does not hold shares"));
    }
    if rest.is_empty() || is_own_unit(rest, dimension, column, model) {
        return Ok(value);
    }
    if !is_money && matches!(rest.to_lowercase().as_str(), "k" | "m" | "bn") {
        return Err(Doubt::because(format!("`{rest}` is for money: write the number in full")));
    }
    Err(Doubt::because(format!("`{rest}` after the number is not the unit of this column")))
}

/// `£20k`, `£253m`, `£3.8bn`; what follows the scale is returned.
fn money_scale(value: Number, rest: &str) -> Result<(Number, &str), Doubt> {
    let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let scale: i64 = match word.to_lowercase().as_str() {
        "k" | "thousand" => 1_000,
        "m" | "million" => 1_000_000,
        "bn" | "billion" => 1_000_000_000,
        "b" | "mn" | "mm" | "mil" | "t" | "tn" => {
            return Err(Doubt::because(format!("`{word}` is not a scale: write `k`, `m` or `bn`")));
        }
        _ => return Ok((value, rest)),
    };
    let value = value.multiply(&Number::from(scale)).map_err(|_| Doubt::because("the number has too many digits"))?;
    Ok((value, after))
}

/// Whether words after a number are the column's own unit: `admissions`, `per 100,000 people`.
fn is_own_unit(rest: &str, dimension: &Dimension, column: &Column, model: &Model) -> bool {
    let (above, below) = sides(dimension);
    let names = |unit| {
        let label = model.units.get(crate::model::UnitId::index(unit)).and_then(|unit| unit.label.clone());
        [Some(unit_name(unit, model)), label].into_iter().flatten().map(|name| tidy(&name).to_lowercase())
    };
    let base = grouped(&column.cell_base);
    let mut tails: Vec<String> = Vec::new();
    if let Some(unit) = below {
        let mut bases: Vec<String> = names(unit).map(|name| format!("per {base} {name}")).collect();
        bases.push(format!("per {base}"));
        if column.cell_base == Number::one() {
            bases = names(unit).map(|name| format!("per {name}")).collect();
        }
        tails.extend(bases);
    }
    let mut accepted = tails.clone();
    for name in above.into_iter().flat_map(names) {
        accepted.extend(tails.iter().map(|tail| format!("{name} {tail}")));
        accepted.push(name);
    }
    let rest = rest.to_lowercase();
    accepted.iter().any(|tail| *tail == rest || tail.replace(',', "") == rest)
}
