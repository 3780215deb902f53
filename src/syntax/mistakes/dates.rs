//! Dates and periods as people write them elsewhere.

use super::super::error::literals as error;
use super::super::token::{Kind, Token};
use super::{Clause, Stop};
use crate::problem::Problem;
use crate::value::{Date, Period};

/// Figures joined by `-` or `/` without blanks, which would be read as a subtraction or a division.
pub(super) fn in_figures(clause: &Clause<'_>, rest: &[Token<'_>]) -> Option<Problem> {
    let [first, sign, second, others @ ..] = rest else { return None };
    let is_joined = first.touches(sign) && sign.touches(second) && second.kind == Kind::Figure;
    if !is_joined || !matches!(sign.text, "-" | "/" | "–" | "." | "−") {
        return None;
    }
    if let [again, third, ..] = others
        && again.text == sign.text
        && second.touches(again)
        && again.touches(third)
        && third.kind == Kind::Figure
    {
        if let Some(readings) = two_readings(first, second, third) {
            let found = clause.slice(first, third);
            return Some(error::date_two_readings(clause.between(first, third), found, &readings));
        }
        let meant = date_of(first, second, third);
        return Some(error::date_form(clause.between(first, third), clause.slice(first, third), meant.as_deref()));
    }
    let year: i16 = first.text.parse().ok().filter(|_| first.has_digits(4..=4))?;
    let is_year = second.has_digits(2..=2) || second.has_digits(4..=4);
    let is_own = sign.is("-") && second.has_digits(2..=2);
    if !is_year || is_own {
        return None;
    }
    let found = clause.slice(first, second);
    Some(error::financial_year_form(clause.between(first, second), found, &Period::financial_year(year).to_string()))
}

/// The two dates that three figures may be where either of the first two may be the month.
fn two_readings(first: &Token<'_>, second: &Token<'_>, third: &Token<'_>) -> Option<[String; 2]> {
    if first.has_digits(4..=4) || first.text == second.text {
        return None;
    }
    Some([date_of(first, second, third)?, date_of(second, first, third)?])
}

/// The date of three figures: year, month, day, or day, month, year.
fn date_of(first: &Token<'_>, second: &Token<'_>, third: &Token<'_>) -> Option<String> {
    let (day, year) = if first.has_digits(4..=4) { (third, first) } else { (first, third) };
    let year: i16 = year.text.parse().ok()?;
    let year = if third.has_digits(2..=2) && !first.has_digits(4..=4) { 2000 + year } else { year };
    let date = Date::new(year, second.text.parse().ok()?, day.text.parse().ok()?).ok()?;
    Some(crate::value::date_text(date))
}

/// `19 Sept 2014`, `19th September 2014`, `September 19, 2014`, `april 2015`, `19 September`, `Q4 2014`.
pub(super) fn date(stop: &Stop<'_, '_>) -> Option<Problem> {
    // The parser stops at the month, at the year, or at the day where letters touch it.
    for by in [-2, -1, 0, 1, 2, 3] {
        let Some(token) = stop.token(by).filter(|token| token.kind == Kind::Word) else { continue };
        if let Some(found) = quarter(stop, by, token) {
            return Some(found);
        }
        let Some(month) = month_like(token.text) else { continue };
        let figure = |by: isize| stop.token(by).filter(|token| token.kind == Kind::Figure);
        // `19 Sept 2014`, `19th September 2014`
        let ordinal = stop.is_one_of(by - 1, &["st", "nd", "rd", "th", "of"]);
        let ordinals =
            if ordinal && stop.is_one_of(by - 2, &["st", "nd", "rd", "th"]) { 3 } else { 1 + isize::from(ordinal) };
        if let Some(day) = figure(by - ordinals) {
            let year = figure(by + 1);
            let place = stop.span(by - ordinals, if year.is_some() { by + 1 } else { by })?;
            let found = stop.slice(by - ordinals, if year.is_some() { by + 1 } else { by })?;
            let meant = year.and_then(|year| full_date(day, month, year));
            if meant.as_deref() == Some(found) {
                continue;
            }
            return Some(match year {
                Some(_) => error::date_form(place, found, meant.as_deref()),
                None => error::date_without_year(place, found),
            });
        }
        // `September 19, 2014`
        let comma = isize::from(stop.is_one_of(by + 2, &[","]));
        if let (Some(day), Some(year)) = (figure(by + 1), figure(by + 2 + comma))
            && year.has_digits(4..=4)
        {
            let meant = full_date(day, month, year);
            return Some(error::date_form(
                stop.span(by, by + 2 + comma)?,
                stop.slice(by, by + 2 + comma)?,
                meant.as_deref(),
            ));
        }
        // `april 2015`
        if let Some(year) = figure(by + 1).filter(|year| year.has_digits(4..=4)) {
            let meant = year.text.parse().ok().map(|year| Period::month(year, month).to_string());
            if meant.as_deref() == stop.slice(by, by + 1) {
                continue;
            }
            return Some(error::date_form(stop.span(by, by + 1)?, stop.slice(by, by + 1)?, meant.as_deref()));
        }
    }
    None
}

fn full_date(day: &Token<'_>, month: i8, year: &Token<'_>) -> Option<String> {
    let year: i16 = year.text.parse().ok()?;
    let date = Date::new(if year < 100 { 2000 + year } else { year }, month, day.text.parse().ok()?).ok()?;
    Some(crate::value::date_text(date))
}

/// `Q4 2014`, `q4 2014-15`, `2014-15 Q4`
fn quarter(stop: &Stop<'_, '_>, by: isize, token: &Token<'_>) -> Option<Problem> {
    let number: i8 = token.text.strip_prefix(['Q', 'q'])?.parse().ok().filter(|number| (1..=4).contains(number))?;
    let year_at = |at: isize| stop.token(at).filter(|token| token.has_digits(4..=4));
    let after_sign = isize::from(stop.is_one_of(by - 2, &["-", "/"])) * 2;
    let (first, last, year) = match (year_at(by + 1), year_at(by - 1 - after_sign)) {
        (Some(year), _) => {
            let sign = isize::from(stop.is_one_of(by + 2, &["-", "/", "–"]) && stop.is_kind(by + 3, Kind::Figure)) * 2;
            (by, by + 1 + sign, year)
        }
        (None, Some(year)) => (by - 1 - after_sign, by, year),
        (None, None) => return None,
    };
    let meant = Period::quarter(year.text.parse().ok()?, number).to_string();
    let found = stop.slice(first, last)?;
    (found != meant).then_some(error::quarter_form(stop.span(first, last)?, found, &meant))
}

/// The number of a month that a word is or abbreviates, in any case.
pub(in crate::syntax) fn month_like(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    if lower.len() < 3 {
        return None;
    }
    let index = crate::value::MONTHS
        .iter()
        .map(|month| month.to_lowercase())
        .position(|month| month.starts_with(&lower) || (lower == "sept" && month == "september"))?;
    i8::try_from(index + 1).ok()
}
