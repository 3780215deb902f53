//! Columns of the data and their types.

use super::super::ast::{Column, ColumnOption, Name, Text, TypeKind, TypeWords};
use super::super::parser::Rule;
use super::Lower;
use super::clause::find;
use crate::value::{Number, PeriodKind};
use pest::iterators::Pair;

impl Lower<'_> {
    /// `name type, options "label"`.
    pub(super) fn column(&mut self, pairs: &[Pair<'_, Rule>]) -> Option<Column> {
        let name = self.name(find(pairs, Rule::NAME)?);
        let ty = self.type_words(find(pairs, Rule::type_words)?.clone())?;
        let options = pairs.iter().filter(|pair| pair.as_rule() == Rule::column_option);
        let options = options.map(|pair| self.column_option(pair.clone())).collect::<Option<_>>()?;
        let label = find(pairs, Rule::TEXT).map(|text| self.text(text));
        Some(Column { name, ty, options, label })
    }

    fn column_option(&mut self, pair: Pair<'_, Rule>) -> Option<ColumnOption> {
        let mut tokens = pair.into_inner();
        let word = tokens.next()?;
        Some(match word.as_rule() {
            Rule::KEY => ColumnOption::Key(self.span(&word)),
            Rule::OPTIONAL => ColumnOption::Optional(self.span(&word)),
            Rule::MAY_BE_FRACTIONAL => ColumnOption::Fractional(self.span(&word)),
            Rule::new_definition => {
                let parts: Vec<_> = word.into_inner().collect();
                let from = self.literal(parts.get(2)?.clone())?;
                ColumnOption::NewDefinition { from, because: self.text(find(&parts, Rule::TEXT)?) }
            }
            Rule::AT_LEAST => ColumnOption::AtLeast(self.signed_literal(tokens.next()?)?),
            _ => ColumnOption::AtMost(self.signed_literal(tokens.next()?)?),
        })
    }

    fn type_words(&mut self, pair: Pair<'_, Rule>) -> Option<TypeWords> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let first = tokens.first()?;
        let mut span = self.span(first);
        let kind = match first.as_rule() {
            Rule::YES_OR_NO => TypeKind::YesNo,
            Rule::WHOLE_YEAR => TypeKind::Period(PeriodKind::FinancialYear),
            Rule::ONE_OF | Rule::JUDGEMENT_OF => {
                let choices = self.choices(tokens.get(1)?);
                span = choices.last().map_or(span, |last| span.to(last.span));
                if first.as_rule() == Rule::ONE_OF { TypeKind::OneOf(choices) } else { TypeKind::Judgement(choices) }
            }
            _ => match tokens.get(1) {
                Some(per) => {
                    let (base, unit) = self.per_base(per.clone())?;
                    span = span.to(unit.span);
                    TypeKind::Per { numerator: Box::new(named_type(self.name(first))), base, unit }
                }
                None => named_type(self.name(first)),
            },
        };
        Some(TypeWords { kind, span })
    }

    /// The values of a choice.
    pub(super) fn choices(&mut self, pair: &Pair<'_, Rule>) -> Vec<Text> {
        let choices = pair.clone().into_inner().filter(|token| token.as_rule() != Rule::COMMA);
        choices
            .map(|token| if token.as_rule() == Rule::TEXT { self.text(&token) } else { self.words(&token) })
            .collect()
    }

    /// `per 100,000 people`: the base, 1 where none is written, and the unit.
    pub(super) fn per_base(&mut self, pair: Pair<'_, Rule>) -> Option<(Number, Name)> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let base = match find(&tokens, Rule::PLAIN) {
            Some(number) => self.base(number)?,
            None => Number::one(),
        };
        Some((base, self.name(find(&tokens, Rule::NAME)?)))
    }
}

/// A type of one word: one of the language, or else a unit.
fn named_type(name: Name) -> TypeKind {
    match name.text.as_str() {
        "text" => TypeKind::Text,
        "date" => TypeKind::Date,
        "money" => TypeKind::Money,
        "percent" => TypeKind::Percent,
        "number" => TypeKind::Number,
        "month" => TypeKind::Period(PeriodKind::Month),
        "quarter" => TypeKind::Period(PeriodKind::Quarter),
        "judgement" => TypeKind::Judgement(Vec::new()),
        _ => TypeKind::Unit(name),
    }
}
