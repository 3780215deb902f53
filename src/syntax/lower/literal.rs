//! Literals: numbers, money, percentages, dates and periods.

use super::super::ast::{Literal, LiteralKind, Magnitude, NumberForm, NumberLiteral, Rate, RateAbove};
use super::super::error::literals as error;
use super::super::mistakes;
use super::super::parser::Rule;
use super::{Lower, single_blanks, unquoted};
use crate::source::Span;
use crate::value::{Date, Number, Period};
use pest::iterators::Pair;

impl Lower<'_> {
    /// A literal that may have a minus sign.
    pub(super) fn signed_literal(&mut self, pair: Pair<'_, Rule>) -> Option<Literal> {
        let mut tokens = pair.into_inner();
        let first = tokens.next()?;
        if first.as_rule() != Rule::MINUS {
            return self.literal(first);
        }
        let sign = self.span(&first);
        let literal = self.literal(tokens.next()?)?;
        match negative(literal, sign) {
            Ok(literal) => Some(literal),
            Err(literal) => self.refuse(error::not_negative(sign, literal.span)),
        }
    }

    /// A literal without a sign.
    pub(super) fn literal(&mut self, pair: Pair<'_, Rule>) -> Option<Literal> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::TEXT => LiteralKind::Text(unquoted(pair.as_str())),
            Rule::YES => LiteralKind::YesNo(true),
            Rule::NO => LiteralKind::YesNo(false),
            Rule::DATE => LiteralKind::Date(self.date(&pair)?),
            Rule::QUARTER | Rule::MONTH | Rule::FINANCIAL_YEAR => LiteralKind::Period(self.period(&pair)?),
            Rule::PERCENT => LiteralKind::Number(self.figure(&pair, NumberForm::Percent)?),
            Rule::POINTS => LiteralKind::Number(self.figure(&pair, NumberForm::Points)?),
            Rule::PLAIN => LiteralKind::Number(self.figure(&pair, NumberForm::Plain)?),
            _ => return self.counted(pair),
        };
        Some(Literal { kind, span })
    }

    /// Money or a number, with a unit or a rate after it.
    fn counted(&mut self, pair: Pair<'_, Rule>) -> Option<Literal> {
        let mut tokens = pair.into_inner();
        let figure = tokens.next()?;
        let mut span = self.span(&figure);
        let currency = figure.as_str().chars().next().filter(|_| figure.as_rule() == Rule::MONEY);
        let mut form = currency.map_or(NumberForm::Plain, NumberForm::Money);
        for token in tokens {
            if token.as_rule() == Rule::NAME {
                let unit = self.name(&token);
                span = span.to(unit.span);
                if let Some(problem) = mistakes::unit(span, self.file.slice(span), figure.as_str(), &unit.text) {
                    return self.refuse(problem);
                }
                form = NumberForm::Unit(Box::new(unit));
                continue;
            }
            let (base, below) = self.per_base(token)?;
            span = span.to(below.span);
            let above = match form {
                NumberForm::Money(currency) => RateAbove::Money(currency),
                NumberForm::Unit(unit) => RateAbove::Unit(*unit),
                other => {
                    form = other;
                    continue;
                }
            };
            form = NumberForm::Rate(Box::new(Rate { above, base, below }));
        }
        let number = self.figure(&figure, form)?;
        Some(Literal { kind: LiteralKind::Number(number), span })
    }

    /// The digits of a token, with what they count.
    fn figure(&mut self, token: &Pair<'_, Rule>, form: NumberForm) -> Option<NumberLiteral> {
        let text = token.as_str();
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        if Number::from_decimal(&digits).is_none() {
            return self.refuse(error::number_too_long(self.span(token)));
        }
        let magnitude = if token.as_rule() != Rule::MONEY {
            Magnitude::One
        } else if text.ends_with("bn") {
            Magnitude::Billion
        } else if text.ends_with('m') {
            Magnitude::Million
        } else if text.ends_with('k') {
            Magnitude::Thousand
        } else {
            Magnitude::One
        };
        Some(NumberLiteral { digits, magnitude, form })
    }

    /// The base of a rate, which is above zero.
    pub(super) fn base(&mut self, token: &Pair<'_, Rule>) -> Option<Number> {
        let number = self.figure(token, NumberForm::Plain)?.value()?;
        if number.is_zero() { self.refuse(error::base_of_nothing(self.span(token))) } else { Some(number) }
    }

    fn date(&mut self, token: &Pair<'_, Rule>) -> Option<Date> {
        let text = single_blanks(token.as_str());
        let mut parts = text.split(' ');
        let day: i8 = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let month = crate::value::month_number(name)?;
        let year: i16 = parts.next()?.parse().ok()?;
        if let Ok(date) = Date::new(year, month, day) {
            return Some(date);
        }
        let last = Date::new(year, month, 1).ok().filter(|_| day > 0);
        let last = last.map(|first| format!("{} {name} {year}", first.days_in_month()));
        self.refuse(error::no_such_date(self.span(token), &text, last.as_deref()))
    }

    fn period(&mut self, token: &Pair<'_, Rule>) -> Option<Period> {
        let text = single_blanks(token.as_str());
        let span = self.span(token);
        if token.as_rule() == Rule::FINANCIAL_YEAR {
            return self.financial_year(&text, span).map(Period::financial_year);
        }
        let (first, rest) = text.split_once(' ')?;
        if token.as_rule() == Rule::MONTH {
            return Some(Period::month(rest.parse().ok()?, crate::value::month_number(first)?));
        }
        let number: i8 = first.strip_prefix('Q')?.parse().ok()?;
        if !(1..=4).contains(&number) {
            return self.refuse(error::quarter(span, &text));
        }
        self.financial_year(rest, span).map(|year| Period::quarter(year, number))
    }

    /// The year in which a financial year begins.
    fn financial_year(&mut self, text: &str, span: Span) -> Option<i16> {
        let (first, last) = text.split_once('-')?;
        let year: i16 = first.parse().ok()?;
        let wanted = format!("{:02}", (year + 1).rem_euclid(100));
        if last == wanted {
            return Some(year);
        }
        self.refuse(error::financial_year(span, text, &format!("{first}-{wanted}")))
    }
}

/// A number with a minus sign before it; what is no number comes back as it is.
pub(super) fn negative(mut literal: Literal, sign: Span) -> Result<Literal, Box<Literal>> {
    let LiteralKind::Number(number) = &mut literal.kind else { return Err(Box::new(literal)) };
    number.digits.insert(0, '-');
    literal.span = sign.to(literal.span);
    Ok(literal)
}
