//! What a scenario gives and expects.

use super::super::ast::{ClauseKind, Expected, GivenValue, Literal, LiteralKind, Name};
use super::super::error::phrases;
use super::super::parser::Rule;
use super::Lower;
use super::clause::find;
use pest::iterators::Pair;

impl Lower<'_> {
    /// `given area code E06000001, pooled_fund missing`
    pub(super) fn given(&mut self, pairs: Vec<Pair<'_, Rule>>) -> Option<ClauseKind> {
        let table = self.name(find(&pairs, Rule::NAME)?);
        let cells = pairs.into_iter().filter(|pair| pair.as_rule() == Rule::given_pair);
        let cells = cells.map(|pair| self.given_pair(pair)).collect::<Option<_>>()?;
        Some(ClauseKind::Given { table, cells, rows: None })
    }

    fn given_pair(&mut self, pair: Pair<'_, Rule>) -> Option<(Name, GivenValue)> {
        let mut tokens = pair.into_inner();
        let name = self.name(&tokens.next()?);
        let value = tokens.next()?;
        let value = match value.as_rule() {
            Rule::MISSING => GivenValue::Missing(self.span(&value)),
            Rule::WORDS => {
                let words = self.words(&value);
                if words.text == "is" || words.text.starts_with("is ") {
                    return self.refuse(phrases::is_not_wanted(words.span));
                }
                if words.text.starts_with(|c: char| c.is_ascii_digit()) && words.text.contains(' ') {
                    let next = words.text.split(' ').nth(1).unwrap_or("");
                    return self.refuse(phrases::missing_comma(words.span, next));
                }
                GivenValue::Literal(Literal { kind: LiteralKind::Text(words.text), span: words.span })
            }
            _ => GivenValue::Literal(self.signed_literal(value)?),
        };
        Some((name, value))
    }

    /// `expect performance is £104,300, £126,650`
    pub(super) fn expect(&mut self, pairs: Vec<Pair<'_, Rule>>) -> Option<ClauseKind> {
        let mut names = find(&pairs, Rule::reference)?.clone().into_inner();
        let first = self.name(&names.next()?);
        let (table, name) = match names.next() {
            Some(second) => (Some(first), self.name(&second)),
            None => (None, first),
        };
        let mut values = Vec::new();
        for pair in pairs {
            let span = self.span(&pair);
            values.push(match pair.as_rule() {
                Rule::MET => Expected::Met(span),
                Rule::NOT_MET => Expected::NotMet(span),
                Rule::DOES_NOT_APPLY => Expected::DoesNotApply(span),
                Rule::CANNOT_DETERMINE | Rule::MISSING => Expected::CannotDetermine(span),
                Rule::signed_literal => Expected::Literal(self.signed_literal(pair)?),
                _ => continue,
            });
        }
        Some(ClauseKind::Expect { table, name, values })
    }
}
