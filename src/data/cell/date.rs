//! Dates in cells: `30 October 2014`, `30 Oct 2014`, `2014-10-30`, and `30/10/2014` where it has one reading.

use super::{Doubt, tidy};
use crate::value::{Date, MONTHS, month_name};

/// Reads a date; the error says what is wrong with the text where more can be said.
pub fn parse(text: &str) -> Result<Date, Option<String>> {
    read(&tidy(text)).map_err(|doubt| doubt.reason)
}

/// The number of a month from its name or its first three letters.
pub(super) fn month_number(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let found = MONTHS.iter().map(|month| month.to_lowercase()).position(|month| {
        month == word || (word.len() == 3 && month.starts_with(&word)) || (word == "sept" && month == "september")
    })?;
    i8::try_from(found + 1).ok()
}

/// A day in words, whether or not there is such a day.
fn long(day: i8, month: i8, year: i16) -> String {
    format!("{day} {} {year}", month_name(month))
}

/// Reads a tidy text.
pub(super) fn read(text: &str) -> Result<Date, Doubt> {
    let text = without_midnight(text)?;
    if let Some(found) = iso(text) {
        return found;
    }
    if let Some(found) = slashed(text) {
        return found;
    }
    in_words(text)
}

/// Cuts off a time of day that says nothing: midnight.
fn without_midnight(text: &str) -> Result<&str, Doubt> {
    let Some((day, time)) = text.split_once(['T', ' ']).filter(|(_, time)| time.contains(':')) else {
        return Ok(text);
    };
    if !time.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(text);
    }
    let is_midnight = time.trim_end_matches('Z').chars().all(|c| matches!(c, '0' | ':' | '.'));
    if is_midnight { Ok(day) } else { Err(Doubt::because("it has a time of day: write the date alone")) }
}

/// A whole number of exactly so many digits.
fn digits<T: std::str::FromStr>(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<T> {
    let fits = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn on_calendar(day: i8, month: i8, year: i16) -> Result<Date, Doubt> {
    Date::new(year, month, day).map_err(|_| {
        let named = (1..=12).contains(&month);
        let which = if named { long(day, month, year) } else { format!("month {month}") };
        Doubt::because(format!("there is no {which}"))
    })
}

fn iso(text: &str) -> Option<Result<Date, Doubt>> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4..=4)?;
    let month = digits(parts.next()?, 2..=2)?;
    let day = digits(parts.next()?, 2..=2)?;
    parts.next().is_none().then(|| on_calendar(day, month, year))
}

/// `30/10/2014`, also with points or hyphens: day first, and only where no other order gives a date.
fn slashed(text: &str) -> Option<Result<Date, Doubt>> {
    let mark = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = text.split(mark);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if let (Some(year), Some(month), Some(day)) =
        (digits::<i16>(first, 4..=4), digits(second, 1..=2), digits(third, 1..=2))
    {
        return Some(Err(Doubt::because(match on_calendar(day, month, year) {
            Ok(date) => format!("write `{date}` or `{}`", long(day, month, year)),
            Err(doubt) => return Some(Err(doubt)),
        })));
    }
    let (first, second): (i8, i8) = (digits(first, 1..=2)?, digits(second, 1..=2)?);
    if digits::<i16>(third, 2..=2).is_some() {
        return Some(Err(Doubt::because("the year has two digits: write all four")));
    }
    let year: i16 = digits(third, 4..=4)?;
    Some(match (Date::new(year, second, first), Date::new(year, first, second)) {
        (Ok(day_first), Ok(month_first)) if day_first != month_first => Err(Doubt::two_readings(format!(
            "it may be {} or {}: write the month as a word",
            long(first, second, year),
            long(second, first, year)
        ))),
        (Ok(date), _) => Ok(date),
        (Err(_), Ok(_)) => {
            Err(Doubt::because(format!("the month stands first: write `{}`", long(second, first, year))))
        }
        (Err(_), Err(_)) => on_calendar(first, second, year),
    })
}

/// `30 October 2014`, `30th Oct 2014`, `30-Oct-2014`.
fn in_words(text: &str) -> Result<Date, Doubt> {
    let spaced = text.replace(['-', '/', ','], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    if digits::<i32>(text, 5..=5).is_some() {
        return Err(Doubt::because(
            "it looks like the number by which a spreadsheet counts days: give the cells a date format and save again",
        ));
    }
    let [day, month, year] = words.as_slice() else { return Err(Doubt::plain()) };
    let bare_day = ["st", "nd", "rd", "th"].iter().find_map(|tail| day.strip_suffix(tail)).unwrap_or(day);
    match (digits::<i8>(bare_day, 1..=2), month_number(month), digits::<i16>(year, 4..=4)) {
        (Some(day), Some(month), Some(year)) => on_calendar(day, month, year),
        (Some(_), Some(_), None) if digits::<i16>(year, 2..=2).is_some() => {
            Err(Doubt::because("the year has two digits: write all four"))
        }
        (Some(_), None, Some(_)) => Err(Doubt::because(format!("`{month}` is not a month"))),
        _ => match (month_number(day), digits::<i8>(month, 1..=2), digits::<i16>(year, 4..=4)) {
            (Some(month), Some(day), Some(year)) => {
                Err(Doubt::because(format!("write the day first: `{}`", long(day, month, year))))
            }
            _ => Err(Doubt::plain()),
        },
    }
}
