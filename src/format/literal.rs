//! Literals, texts and names in their canonical form.

use crate::source::SourceFile;
use crate::syntax::ast::{Literal, LiteralKind, NumberForm, NumberLiteral, RateAbove, Text};
use crate::value::{Number, grouped};

/// `per people`, `per 100,000 people`
pub(super) fn per(base: &Number, unit: &str) -> String {
    if *base == Number::one() { format!("per {unit}") } else { format!("per {} {unit}", grouped(&base.to_string())) }
}

/// A text in quotes, or bare words where it was written so.
pub(super) fn text(text: &Text, source: &SourceFile) -> String {
    quoted_as(&text.text, source.slice(text.span))
}

/// A literal.
pub(super) fn literal(literal: &Literal, source: &SourceFile) -> String {
    match &literal.kind {
        LiteralKind::Number(written) => number(written),
        LiteralKind::Text(text) => quoted_as(text, source.slice(literal.span)),
        LiteralKind::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        LiteralKind::Date(day) => crate::value::date_text(*day),
        LiteralKind::Period(period) => period.to_string(),
    }
}

/// The year of a source: a plain number in which no separator belongs.
pub(super) fn dated(literal_: &Literal, source: &SourceFile) -> String {
    match &literal_.kind {
        LiteralKind::Number(year) => year.digits.clone(),
        _ => literal(literal_, source),
    }
}

fn quoted_as(text: &str, written: &str) -> String {
    if written.starts_with('"') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn number(number: &NumberLiteral) -> String {
    let figure = format!("{}{}", grouped(&number.digits), number.magnitude.text());
    let money = |sign: char| match figure.strip_prefix('-') {
        Some(size) => format!("-{sign}{size}"),
        None => format!("{sign}{figure}"),
    };
    match &number.form {
        NumberForm::Plain => figure,
        NumberForm::Money(sign) => money(*sign),
        NumberForm::Percent => format!("{figure}%"),
        NumberForm::Points if figure == "1" => "1 percentage point".to_owned(),
        NumberForm::Points => format!("{figure} percentage points"),
        NumberForm::Unit(unit) => format!("{figure} {}", unit.text),
        NumberForm::Rate(rate) => {
            let above = match &rate.above {
                RateAbove::Money(sign) => money(*sign),
                RateAbove::Unit(unit) => format!("{figure} {}", unit.text),
            };
            format!("{above} {}", per(&rate.base, &rate.below.text))
        }
    }
}
