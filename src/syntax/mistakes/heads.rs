//! Names, labels and levels.

use super::super::ast::DeclarationWord;
use super::super::error::{general, names as error, signs};
use super::super::parser::Rule;
use super::super::token::{Kind, Token};
use super::Stop;
use crate::problem::Problem;

/// The words that cannot be names, as in the grammar.
pub(in crate::syntax) const RESERVED: [&str; 17] = [
    "if", "then", "else", "and", "or", "not", "no", "is", "where", "in", "per", "across", "from", "to", "missing",
    "yes", "unless",
];

/// Words with which people begin to say for what something is worked out.
const LEVEL: [&str; 7] = ["for", "per", "by", "each", "every", "in", "nationally"];

/// What is wrong in the line at the left margin.
pub(super) fn head(stop: &Stop<'_, '_>) -> Option<Problem> {
    name(stop).or_else(|| level(stop)).or_else(|| label(stop))
}

/// Where a name is wanted.
pub(super) fn name(stop: &Stop<'_, '_>) -> Option<Problem> {
    if let Some(problem) = name_goes_on(stop) {
        return Some(problem);
    }
    if !stop.expects(Rule::NAME) || stop.expects(Rule::EOI) || stop.expects(Rule::COMMA) {
        return None;
    }
    let Some(found) = stop.token(0) else {
        if let Some(dot) = stop.token(-1).filter(|token| token.is(".")) {
            return Some(signs::full_stop(stop.clause.span(dot)));
        }
        let last = stop.clause.tokens.last()?;
        return Some(error::missing(stop.clause.span(last), None, stop.clause.word));
    };
    if RESERVED.contains(&found.text) {
        return Some(error::reserved(stop.clause.span(found), found.text));
    }
    match found.kind {
        Kind::Text if stop.index > 0 => {
            Some(error::missing(stop.clause.span(found), Some(found.text), stop.clause.word))
        }
        Kind::Figure => {
            let last = touching(stop, 0)?;
            let text = stop.clause.slice(found, last);
            Some(error::starts_with_digit(stop.clause.between(found, last), text))
        }
        Kind::Mark if found.is("_") => Some(error::starts_with_digit(stop.clause.span(found), found.text)),
        _ => None,
    }
}

/// `pooled-fund`, `pooled fund` in a head or as a column.
fn name_goes_on(stop: &Stop<'_, '_>) -> Option<Problem> {
    let is_column = stop.clause.rule == Rule::column;
    if !stop.clause.is_head() && !is_column {
        return None;
    }
    let at = usize::from(!is_column);
    let first = stop.clause.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    let sign = stop.clause.tokens.get(at + 1)?;
    if matches!(sign.text, "-" | "." | "/" | "'") && first.touches(sign) && stop.index <= at + 1 {
        let last = touching(stop, isize::try_from(at).ok()? - isize::try_from(stop.index).ok()?)?;
        let found = stop.clause.slice(first, last);
        return Some(error::one_word(stop.clause.between(first, last), found, &joined(found)));
    }
    let words: Vec<&Token<'_>> = stop
        .clause
        .tokens
        .iter()
        .skip(at)
        .take_while(|token| token.kind == Kind::Word && !LEVEL.contains(&token.text))
        .collect();
    let next = stop.clause.tokens.get(at + words.len());
    if is_column {
        // `pooled fund money "…"`: the last word that is a type ends the name.
        const TYPES: [&str; 9] = ["text", "yes", "date", "money", "percent", "number", "month", "quarter", "judgement"];
        let end = words.iter().rposition(|word| TYPES.contains(&word.text)).filter(|end| *end >= 2)?;
        let last = words.get(end - 1)?;
        let found = stop.clause.slice(first, last);
        return Some(error::one_word(stop.clause.between(first, last), found, &joined(found)));
    }
    let last = words.last().filter(|_| words.len() > 1 && stop.index == at + 1)?;
    let second = words.get(1)?;
    let is_label = next.is_none() && (words.len() > 3 || second.text.starts_with(char::is_uppercase));
    if is_label && stop.clause.word != DeclarationWord::Source {
        let found = stop.clause.slice(second, last);
        return Some(error::label_without_quotes(stop.clause.between(second, last), found));
    }
    let found = stop.clause.slice(first, last);
    Some(error::one_word(stop.clause.between(first, last), found, &joined(found)))
}

/// The last token that touches those before it, from a token on.
fn touching<'c, 't>(stop: &Stop<'c, 't>, from: isize) -> Option<&'c Token<'t>> {
    let mut tokens = stop.clause.tokens.iter().skip(stop.index.checked_add_signed(from)?);
    let mut last = tokens.next()?;
    for next in tokens.take_while(|next| next.kind != Kind::Text) {
        if !last.touches(next) {
            break;
        }
        last = next;
    }
    Some(last)
}

fn joined(found: &str) -> String {
    let parts: Vec<&str> = found.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

/// `for all areas`, `per area`, `for every quarter`
fn level(stop: &Stop<'_, '_>) -> Option<Problem> {
    let first = stop.token(0).filter(|token| LEVEL.contains(&token.text))?;
    if !stop.expects(Rule::FOR_EACH) && !stop.expects(Rule::level) {
        if first.is("for") {
            let last = stop.clause.tokens.last()?;
            return Some(error::no_level(stop.clause.between(first, last), stop.clause.word));
        }
        return None;
    }
    let last = stop.clause.tokens.last()?;
    Some(error::level(stop.clause.between(first, last), stop.clause.slice(first, last)))
}

/// Something where the label could stand, or after it.
fn label(stop: &Stop<'_, '_>) -> Option<Problem> {
    let last = stop.clause.tokens.last()?;
    if stop.clause.word == DeclarationWord::Source && stop.expects(Rule::TEXT) && !stop.expects(Rule::EOI) {
        return Some(error::source_without_title(stop.clause.between(stop.clause.tokens.first()?, last)));
    }
    let first = stop.token(0)?;
    stop.expects(Rule::EOI).then(|| general::trailing(stop.clause.between(first, last), stop.clause.slice(first, last)))
}
