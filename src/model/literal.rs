//! Literals: what is written, as a value with its type.
//!
//! In: a literal of the tree, the declared units and the currency. Out: the exact value and its type.

use super::collect::Names;
use super::error::{names, units};
use super::report::Report;
use super::{Dimension, Quantity, Type, UnitId};
use crate::source::Span;
use crate::syntax::ast::{Literal, LiteralKind, Name, NumberForm, NumberLiteral, RateAbove};
use crate::value::Value;
use std::sync::Arc;

/// The value and type of a literal; nothing where it is not understood, which is told.
pub(super) fn literal(literal: &Literal, names: &Names<'_>, report: &mut Report) -> Option<(Value, Type)> {
    match &literal.kind {
        LiteralKind::Number(number) => {
            let quantity = quantity(number, literal.span, names, report)?;
            // A number that is too long was told when it was read.
            Some((Value::Number(number.value()?), Type::Quantity(quantity)))
        }
        // A text is known to be itself, so that a misspelt choice is found wherever it is compared.
        LiteralKind::Text(text) => {
            Some((Value::Text(Arc::from(text.as_str())), Type::Choice(Arc::from([text.clone()]))))
        }
        LiteralKind::YesNo(yes) => Some((Value::YesNo(*yes), Type::YesNo)),
        LiteralKind::Date(date) => Some((Value::Date(*date), Type::Date)),
        LiteralKind::Period(period) => Some((Value::Period(*period), Type::Period(period.kind))),
    }
}

/// What a number as written counts.
fn quantity(number: &NumberLiteral, span: Span, names: &Names<'_>, report: &mut Report) -> Option<Quantity> {
    Some(match &number.form {
        NumberForm::Plain => Quantity::plain(),
        NumberForm::Money(sign) => {
            check_currency(*sign, span, names, report)?;
            Quantity::money()
        }
        NumberForm::Percent => Quantity::share(),
        NumberForm::Points => Quantity::points(),
        NumberForm::Unit(name) => Quantity::of(Dimension::unit(unit(name, names, report)?)),
        NumberForm::Rate(rate) => {
            let above = match &rate.above {
                RateAbove::Money(sign) => {
                    check_currency(*sign, span, names, report)?;
                    Dimension::money()
                }
                RateAbove::Unit(name) => Dimension::unit(unit(name, names, report)?),
            };
            let dimension = above.over(&Dimension::unit(unit(&rate.below, names, report)?));
            // Like over like, `5 people per 100 people`, is a share.
            if dimension.is_none() { Quantity::share() } else { Quantity::of(dimension) }
        }
    })
}

fn check_currency(sign: char, span: Span, names: &Names<'_>, report: &mut Report) -> Option<()> {
    if names.currency.chars().eq([sign]) {
        return Some(());
    }
    report.push(units::wrong_currency(sign, &names.currency, span));
    None
}

/// The unit of this name; told where there is none.
pub(super) fn unit(name: &Name, names: &Names<'_>, report: &mut Report) -> Option<UnitId> {
    if let Some(unit) = names.units.get(name.text.as_str()) {
        return Some(*unit);
    }
    if !names.is_silent(&name.text) {
        report.once(names::UNKNOWN, &name.text, name.span, |report| {
            if names.values.contains_key(name.text.as_str()) || names.columns.contains_key(name.text.as_str()) {
                return names::no_unit(&name.text, name.span);
            }
            let near = report.nearest(&name.text, names.unit_order.iter().copied());
            names::unknown(&name.text, name.span, "a unit", near.as_deref())
        });
    }
    None
}
