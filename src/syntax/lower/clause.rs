//! Clauses: from the pairs of each to its kind.

use super::super::ast::{ClauseKind, Expr, Literal, RatherThan, Shown, Text};
use super::super::error::clauses as error;
use super::super::parser::Rule;
use super::Lower;
use crate::value::RoundMode;
use pest::iterators::Pair;

/// The statuses of a ruleset.
const STATUSES: [&str; 4] = ["in force", "proposal", "announced", "superseded"];

impl Lower<'_> {
    /// A clause from the children of its rule.
    pub(super) fn clause_kind(&mut self, rule: Rule, pairs: Vec<Pair<'_, Rule>>) -> Option<ClauseKind> {
        let has = |wanted: Rule| pairs.iter().any(|pair| pair.as_rule() == wanted);
        Some(match rule {
            Rule::status_clause => ClauseKind::Status(self.status(find(&pairs, Rule::WORDS)?)?),
            Rule::applies_clause => {
                let mut dates = self.dates(&pairs)?.into_iter();
                ClauseKind::Applies { from: dates.next()?, to: dates.next() }
            }
            Rule::based_on_clause => ClauseKind::BasedOn(self.name(find(&pairs, Rule::NAME)?)),
            Rule::supersedes_clause => ClauseKind::Supersedes(self.name(find(&pairs, Rule::NAME)?)),
            Rule::superseded_by_clause => ClauseKind::SupersededBy(self.name(find(&pairs, Rule::NAME)?)),
            Rule::omitted_columns => {
                let names = pairs.iter().filter(|pair| pair.as_rule() == Rule::NAME);
                ClauseKind::OmittedColumns(names.map(|name| self.name(name)).collect())
            }
            Rule::currency_clause => ClauseKind::Currency(self.text(find(&pairs, Rule::TEXT)?)),
            Rule::year_clause => {
                ClauseKind::YearStarts(crate::value::month_number(find(&pairs, Rule::MONTH_NAME)?.as_str())?)
            }
            Rule::source_clause => ClauseKind::Source {
                name: self.name(find(&pairs, Rule::NAME)?),
                detail: find(&pairs, Rule::TEXT).map(|text| self.text(text)),
            },
            Rule::unverified_clause => ClauseKind::Unverified(find(&pairs, Rule::TEXT).map(|text| self.text(text))),
            Rule::note_clause => ClauseKind::Note(self.text(find(&pairs, Rule::TEXT)?)),
            Rule::column => ClauseKind::Column(Box::new(self.column(&pairs)?)),
            Rule::one_of_clause => ClauseKind::OneOf(self.choices(find(&pairs, Rule::choices)?)),
            Rule::steps_clause => ClauseKind::Steps(self.choices(find(&pairs, Rule::choices)?)),
            Rule::is_clause => self.is_clause(&pairs)?,
            Rule::rather_than_clause => ClauseKind::RatherThan(Box::new(self.rather_than(&pairs)?)),
            Rule::less_clause => {
                let mut parts = self.expressions(pairs)?.into_iter();
                ClauseKind::Less { amount: parts.next()?, never_below: parts.next().map(Box::new) }
            }
            Rule::rounded_clause => {
                let mode = match pairs.first()?.as_rule() {
                    Rule::ROUNDED_UP_TO => RoundMode::Up,
                    Rule::ROUNDED_DOWN_TO => RoundMode::Down,
                    _ if has(Rule::HALF_TO_EVEN) => RoundMode::NearestEven,
                    _ => RoundMode::Nearest,
                };
                ClauseKind::Rounded { mode, step: self.first_expression(pairs)? }
            }
            Rule::unless_clause => {
                let otherwise = has(Rule::OTHERWISE);
                let mut parts = self.expressions(pairs)?.into_iter();
                ClauseKind::Unless { otherwise, condition: parts.next()?, then: parts.next().map(Box::new) }
            }
            Rule::shown_clause => ClauseKind::Shown(self.shown(&pairs)?),
            Rule::first_match_clause => ClauseKind::FirstMatch,
            Rule::better_clause => ClauseKind::LowerIsBetter(has(Rule::LOWER_IS_BETTER)),
            Rule::as_at_clause => ClauseKind::AsAt(self.dates(&pairs)?.into_iter().next()?),
            Rule::given_parameter_clause => {
                let name = self.name(find(&pairs, Rule::NAME)?);
                ClauseKind::GivenParameter { name, value: Box::new(self.first_expression(pairs)?) }
            }
            Rule::given_clause => self.given(pairs)?,
            Rule::expect_clause => self.expect(pairs)?,
            Rule::because_clause => ClauseKind::Because(match find(&pairs, Rule::TEXT) {
                Some(text) => self.text(text),
                None => self.words(find(&pairs, Rule::NAME)?),
            }),
            other => of_one_expression(other)?(self.first_expression(pairs)?),
        })
    }

    fn is_clause(&mut self, pairs: &[Pair<'_, Rule>]) -> Option<ClauseKind> {
        let value = self.expression(find(pairs, Rule::expression)?.clone())?;
        let (mut from, mut to) = (None, None);
        let mut tokens = pairs.iter();
        while let Some(token) = tokens.next() {
            let is_from = token.as_rule() == Rule::FROM;
            if !is_from && token.as_rule() != Rule::TO {
                continue;
            }
            let date = Box::new(self.literal(tokens.next()?.clone())?);
            if self.word != super::DeclarationWord::Parameter {
                let place = self.span(token).to(date.span);
                return self.refuse(error::dates_outside_parameter(place, self.word));
            }
            if is_from { from = Some(date) } else { to = Some(date) }
        }
        Some(ClauseKind::Is { value, from, to })
    }

    fn rather_than(&mut self, pairs: &[Pair<'_, Rule>]) -> Option<RatherThan> {
        let texts: Vec<_> = pairs.iter().filter(|pair| pair.as_rule() == Rule::TEXT).collect();
        let (because, detail) = texts.split_last()?;
        Some(RatherThan {
            value: self.signed_literal(find(pairs, Rule::signed_literal)?.clone())?,
            source: self.name(find(pairs, Rule::NAME)?),
            detail: detail.first().map(|detail| self.text(detail)),
            because: self.text(because),
        })
    }

    fn status(&mut self, token: &Pair<'_, Rule>) -> Option<Text> {
        let status = self.words(token);
        if STATUSES.contains(&status.text.as_str()) {
            return Some(status);
        }
        let near = crate::suggest::nearest(&status.text, STATUSES);
        self.refuse(error::status(status.span, &status.text, near))
    }

    fn shown(&mut self, pairs: &[Pair<'_, Rule>]) -> Option<Shown> {
        if let Some(per) = find(pairs, Rule::per_base) {
            let (base, unit) = self.per_base(per.clone())?;
            return Some(Shown::Per { base, unit });
        }
        let Some(places) = find(pairs, Rule::PLAIN) else { return Some(Shown::Percent) };
        match places.as_str().parse::<u8>() {
            Ok(count) if count <= 20 => Some(Shown::Decimals(count)),
            _ => self.refuse(error::decimals(self.span(places), places.as_str())),
        }
    }

    /// Every date among the pairs.
    fn dates(&mut self, pairs: &[Pair<'_, Rule>]) -> Option<Vec<Literal>> {
        pairs.iter().filter(|pair| pair.as_rule() == Rule::DATE).map(|date| self.literal(date.clone())).collect()
    }

    fn expressions(&mut self, pairs: Vec<Pair<'_, Rule>>) -> Option<Vec<Expr>> {
        let expressions = pairs.into_iter().filter(|pair| pair.as_rule() == Rule::expression);
        expressions.map(|pair| self.expression(pair)).collect()
    }

    fn first_expression(&mut self, pairs: Vec<Pair<'_, Rule>>) -> Option<Expr> {
        let pair = pairs.into_iter().find(|pair| pair.as_rule() == Rule::expression)?;
        self.expression(pair)
    }
}

/// The first pair of a rule.
pub(super) fn find<'p, 'i>(pairs: &'p [Pair<'i, Rule>], rule: Rule) -> Option<&'p Pair<'i, Rule>> {
    pairs.iter().find(|pair| pair.as_rule() == rule)
}

/// How a clause is made that is its words and one expression.
pub(super) fn of_one_expression(rule: Rule) -> Option<fn(Expr) -> ClauseKind> {
    Some(match rule {
        Rule::is_clause => |value| ClauseKind::Is { value, from: None, to: None },
        Rule::at_least_clause => ClauseKind::AtLeast,
        Rule::at_most_clause => ClauseKind::AtMost,
        Rule::only_if_clause => ClauseKind::OnlyIf,
        Rule::if_missing_clause => ClauseKind::IfMissing,
        Rule::met_when_clause => ClauseKind::MetWhen,
        Rule::used_when_clause => ClauseKind::UsedWhen,
        Rule::holds_when_clause => ClauseKind::HoldsWhen,
        Rule::up_when_clause => ClauseKind::UpWhen,
        Rule::down_when_clause => ClauseKind::DownWhen,
        Rule::again_when_clause => ClauseKind::StartAgainWhen,
        Rule::baseline_clause => ClauseKind::Baseline,
        Rule::target_clause => ClauseKind::Target,
        Rule::actual_clause => ClauseKind::Actual,
        Rule::of_clause => ClauseKind::Of,
        Rule::proportion_clause => ClauseKind::InProportionTo,
        Rule::nearest_clause => ClauseKind::ToTheNearest,
        _ => return None,
    })
}
