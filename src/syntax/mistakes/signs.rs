//! Signs and words of other languages and of spreadsheets.

use super::super::error::{general, layout, names, quotes, signs as error};
use super::super::parser::Rule;
use super::super::token::Kind;
use super::Stop;
use crate::problem::Problem;

/// A sign that the language does not have.
pub(super) fn foreign(stop: &Stop<'_, '_>) -> Option<Problem> {
    comparison(stop)
        .or_else(|| logic(stop))
        .or_else(|| dash(stop))
        .or_else(|| quote(stop))
        .or_else(|| spreadsheet(stop))
        .or_else(|| punctuation(stop))
        .or_else(|| character(stop))
}

/// `=`, `==`, `!=`, `<>`, `≥`, `=>`
fn comparison(stop: &Stop<'_, '_>) -> Option<Problem> {
    // `<>` stops the parser in its middle, at the `>`.
    let sign = stop.token(0)?;
    let meant = match sign.text {
        "=" | "==" | "===" => "is",
        "!=" | "!==" | "<>" | "≠" => "is not",
        "≥" | "=>" => ">=",
        "≤" | "=<" => "<=",
        _ => return None,
    };
    if stop.clause.is_cell() && matches!(meant, "is" | "is not") {
        return Some(error::comparison_in_cell(stop.clause.span(sign), sign.text, meant == "is"));
    }
    Some(error::comparison(stop.clause.span(sign), sign.text, meant))
}

/// `&&`, `||`, `!`, `AND`
fn logic(stop: &Stop<'_, '_>) -> Option<Problem> {
    // `NOT b` is read as a name, and the parser stops after it.
    let before =
        stop.token(-1).filter(|token| matches!(token.text, "NOT" | "Not" | "IF" | "If") && !stop.is_one_of(0, &["("]));
    if let Some(before) = before {
        return Some(error::capital_word(stop.clause.span(before), before.text, &before.text.to_lowercase()));
    }
    let sign = stop.token(0)?;
    let meant = match sign.text {
        "&&" | "&" => "and",
        "||" | "|" => "or",
        "!" | "¬" => "not",
        "AND" | "OR" | "NOT" | "IF" | "THEN" | "ELSE" | "IS" | "WHERE" | "And" | "Or" | "Not" | "If" | "Then"
        | "Else"
            if !stop.is_one_of(1, &["("]) || matches!(sign.text, "AND" | "OR" | "And" | "Or") =>
        {
            let lower = sign.text.to_lowercase();
            return Some(error::capital_word(stop.clause.span(sign), sign.text, &lower));
        }
        _ => return None,
    };
    Some(error::logic(stop.clause.span(sign), sign.text, meant))
}

/// `–`, `−`, `×`, `÷`, `^`
fn dash(stop: &Stop<'_, '_>) -> Option<Problem> {
    // `a x b`: read as a name, the parser stops at it or after it.
    for by in [0, -1] {
        let letter = stop.token(by).filter(|token| matches!(token.text, "x" | "X") && stop.expects(Rule::SIGN));
        if let Some(letter) = letter.filter(|_| stop.token(by - 1).is_some() && stop.token(by + 1).is_some()) {
            return Some(error::arithmetic(stop.clause.span(letter), letter.text, "*"));
        }
    }
    let sign = stop.token(0)?;
    let meant = match sign.text {
        "–" | "—" | "−" | "‐" | "‑" => "-",
        "×" | "·" | "∗" => "*",
        "÷" | "∕" => "/",
        "^" | "**" => return Some(error::power(stop.clause.span(sign), sign.text)),
        _ => return None,
    };
    Some(error::arithmetic(stop.clause.span(sign), sign.text, meant))
}

/// `'low'`, `` `low` ``
fn quote(stop: &Stop<'_, '_>) -> Option<Problem> {
    let sign = stop.token(0).filter(|token| matches!(token.text, "'" | "`" | "‘" | "’" | "´"))?;
    Some(quotes::single(stop.clause.span(sign), sign.text))
}

/// `SUM(x)`, `IF(a, b, c)`
fn spreadsheet(stop: &Stop<'_, '_>) -> Option<Problem> {
    // The parser stops at the bracket, or after the brackets of `if(a, b, c)`, where `then` is wanted.
    let name = if stop.is_one_of(0, &["("]) { stop.token(-1)? } else { stop.token(0)? };
    let bracket = if stop.is_one_of(0, &["("]) { 0 } else { 1 };
    if name.kind == Kind::Word && stop.is_one_of(bracket, &["("]) && stop.token(bracket)?.start == name.end() {
        return error::function(stop.clause.span(name), name.text);
    }
    None
}

/// `;`, `:`, `{`, `end`
fn punctuation(stop: &Stop<'_, '_>) -> Option<Problem> {
    let token = stop.token(0)?;
    match token.text {
        "//" | "/*" => Some(layout::comment_sign(stop.clause.span(token), token.text)),
        ";" | ":" | "{" | "}" => Some(error::punctuation(stop.clause.span(token), token.text)),
        "." if stop.token(1).is_none() => Some(error::full_stop(stop.clause.span(token))),
        "[" | "]" => Some(error::square_bracket(stop.clause.span(token), token.text)),
        "end" | "endif" if stop.token(1).is_none() && stop.expects(Rule::EOI) => {
            Some(error::punctuation(stop.clause.span(token), token.text))
        }
        _ => None,
    }
}

/// A letter with an accent in a name, or a character that nothing uses.
fn character(stop: &Stop<'_, '_>) -> Option<Problem> {
    if let Some(mark) = stop.token(0).filter(|token| matches!(token.text, "@" | "~" | "\\" | "?")) {
        return Some(general::unknown_character(stop.clause.span(mark), mark.text.chars().next()?));
    }
    for by in [0, -1] {
        let Some(token) = stop.token(by) else { continue };
        let Some(odd) = token.text.chars().find(|c| !c.is_ascii()) else { continue };
        if token.kind == Kind::Word {
            return Some(names::letters(stop.clause.span(token), token.text, odd));
        }
        if by == 0 && token.kind == Kind::Mark && !matches!(odd, '£' | '€') {
            return Some(general::unknown_character(stop.clause.span(token), odd));
        }
    }
    None
}
