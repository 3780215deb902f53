//! Numbers, money and percentages as people write them elsewhere.

use super::super::error::literals as error;
use super::super::token::{Kind, Token};
use super::{Clause, Stop};
use crate::problem::Problem;
use crate::source::Span;

/// Separators that stand elsewhere than between groups of three digits, which would be read as two values.
pub(super) fn separators(clause: &Clause<'_>, figure: &Token<'_>) -> Option<Problem> {
    if !figure.text.contains([',', '.']) {
        return None;
    }
    let (whole, decimals) = figure.text.split_once('.').unwrap_or((figure.text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let is_grouped = !whole.contains(',') || ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3));
    let is_well_formed = is_grouped && !decimals.contains([',', '.']);
    (!is_well_formed).then(|| error::separators(clause.span(figure), figure.text))
}

/// What follows a figure, or stands before it.
pub(super) fn number(stop: &Stop<'_, '_>) -> Option<Problem> {
    percent(stop)
        .or_else(|| money(stop))
        .or_else(|| letters(stop))
        .or_else(|| point(stop))
        .or_else(|| rate_without_unit(stop))
}

/// `3.5 %`, `3.5 per cent`
fn percent(stop: &Stop<'_, '_>) -> Option<Problem> {
    let figure = stop.token(-1).filter(|token| token.kind == Kind::Figure)?;
    let is_sign = stop.token(0).is_some_and(|sign| sign.is("%") && !figure.touches(sign));
    let is_words =
        stop.is_one_of(0, &["per", "pc", "pct"]) && (!stop.is_one_of(0, &["per"]) || stop.is_one_of(1, &["cent"]));
    if !is_sign && !is_words {
        return None;
    }
    let last = isize::from(stop.is_one_of(1, &["cent"]));
    Some(error::percent_form(stop.span(-1, last)?, stop.slice(-1, last)?, figure.text))
}

/// `£ 5`, `£5 million`, `£5M`, `£-5`, `5£`
fn money(stop: &Stop<'_, '_>) -> Option<Problem> {
    let is_sign = |by: isize| stop.is_one_of(by, &["£", "$", "€"]);
    // The parser stops at the sign where it cannot read on, and at the word after the figure where it can.
    let sign = if is_sign(0) {
        0
    } else if is_sign(-2) {
        -2
    } else {
        return figure_before_sign(stop);
    };
    let minus = isize::from(stop.is_one_of(sign + 1, &["-", "−", "–"]));
    let Some(figure) = stop.token(sign + 1 + minus).filter(|token| token.kind == Kind::Figure) else {
        return figure_before_sign(stop);
    };
    let currency = stop.token(sign)?.text;
    let after = sign + 2 + minus;
    let factor = stop.token(after).and_then(|word| factor(word.text));
    let last = if factor.is_some() { after } else { after - 1 };
    let meant = format!("{}{currency}{}{}", if minus > 0 { "-" } else { "" }, figure.text, factor.unwrap_or(""));
    if let Some(word) =
        stop.token(after).filter(|word| factor.is_none() && word.kind == Kind::Word && figure.touches(word))
    {
        return Some(error::figure_with_letters(
            stop.span(sign, after)?,
            stop.slice(sign, after)?,
            figure.text,
            word.text,
        ));
    }
    let found = stop.slice(sign, last)?;
    (found != meant).then_some(error::money_form(stop.span(sign, last)?, found, &meant))
}

/// `5£`
fn figure_before_sign(stop: &Stop<'_, '_>) -> Option<Problem> {
    let figure = stop.token(-1).filter(|token| token.kind == Kind::Figure)?;
    let sign = stop.token(0).filter(|token| matches!(token.text, "£" | "$" | "€"))?;
    let meant = format!("{}{}", sign.text, figure.text);
    Some(error::money_form(stop.span(-1, 0)?, stop.slice(-1, 0)?, &meant))
}

/// `5 percent`, `5 pounds`, `5 million`, `19 September`: words after a figure that would be read as a unit.
pub(in crate::syntax) fn unit(place: Span, found: &str, figure: &str, unit: &str) -> Option<Problem> {
    let lower = unit.to_lowercase();
    match lower.as_str() {
        "percent" | "pc" | "pct" => return Some(error::percent_form(place, found, figure)),
        "pounds" | "pound" | "gbp" => return Some(error::money_form(place, found, &format!("£{figure}"))),
        "dollars" | "usd" => return Some(error::money_form(place, found, &format!("${figure}"))),
        "euros" | "euro" | "eur" => return Some(error::money_form(place, found, &format!("€{figure}"))),
        "pence" | "p" => return Some(error::pence(place, found)),
        "thousand" | "million" | "billion" => return Some(error::factor_in_words(place, found, figure)),
        _ => {}
    }
    // A unit of one's own may be called after a month only where the figure is no day.
    let is_day = figure.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    (is_day && super::month_like(unit).is_some()).then(|| error::date_without_year(place, found))
}

/// The letters of the language for a factor in words.
pub(in crate::syntax) fn factor(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "thousand" | "k" => Some("k"),
        "million" | "m" | "mn" | "mill" | "mio" => Some("m"),
        "billion" | "b" | "bn" => Some("bn"),
        _ => None,
    }
}

/// `20k`, `5m`
fn letters(stop: &Stop<'_, '_>) -> Option<Problem> {
    let figure = stop.token(0).filter(|token| token.kind == Kind::Figure)?;
    let word = stop.token(1).filter(|word| word.kind == Kind::Word && figure.touches(word))?;
    let (place, found) = (stop.span(0, 1)?, stop.slice(0, 1)?);
    unit(place, found, figure.text, word.text)
        .or_else(|| Some(error::figure_with_letters(place, found, figure.text, word.text)))
}

/// `5 per 10 people`
fn rate_without_unit(stop: &Stop<'_, '_>) -> Option<Problem> {
    let figure = stop.token(-1).filter(|token| token.kind == Kind::Figure && stop.is_one_of(0, &["per"]))?;
    let last = if stop.is_kind(1, Kind::Figure) { 2 } else { 1 };
    let per = stop.span(0, last).or_else(|| stop.span(0, 0))?;
    Some(error::rate_of_nothing(stop.clause.span(figure), per))
}

/// `.5`, `5.`
fn point(stop: &Stop<'_, '_>) -> Option<Problem> {
    let dot = stop.token(0).filter(|token| token.is("."))?;
    if let Some(figure) = stop.token(-1).filter(|figure| figure.kind == Kind::Figure && figure.touches(dot)) {
        return Some(error::no_decimals(stop.span(-1, 0)?, stop.slice(-1, 0)?, figure.text));
    }
    if let Some(figure) = stop.token(1).filter(|figure| figure.kind == Kind::Figure && dot.touches(figure)) {
        return Some(error::no_whole_part(stop.span(0, 1)?, stop.slice(0, 1)?, figure.text));
    }
    None
}
