//! Parameters: their values, each of one type, in force one after another without gaps.

use super::head::{date, label};
use super::{Collected, is_broken};
use crate::model::error::parameters;
use crate::model::literal::literal;
use crate::model::{DatedValue, Parameter, Rejected, Type, wording};
use crate::source::Span;
use crate::syntax::ast::{self, ClauseKind, Expr, ExprKind, Text};
use crate::value::Value;

impl<'a> Collected<'a> {
    /// A parameter with its values in order of date.
    pub(super) fn parameter(&mut self, declaration: &'a ast::Declaration) {
        let provenance = self.provenance(declaration);
        let is_broken = is_broken(declaration);
        let choice = declaration.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::OneOf(values) => Some((values, clause.span)),
            _ => None,
        });
        let mut ty = choice.map(|(values, _)| self.choice(values));
        let mut values: Vec<DatedValue> = Vec::new();
        let mut is_sound = !is_broken;
        let mut first_span: Option<Span> = None;
        for clause in &declaration.clauses {
            let (value, from, to) = match &clause.kind {
                ClauseKind::Is { value, from, to } => (value, from, to),
                ClauseKind::RatherThan(other) if !is_broken => {
                    is_sound &=
                        self.rejected((other, clause.span), choice, ty.as_ref().zip(first_span), &mut values, is_sound);
                    continue;
                }
                _ => continue,
            };
            let Some((found, found_ty)) = self.parameter_value(value, choice) else {
                is_sound = false;
                continue;
            };
            match &ty {
                None => ty = Some(found_ty),
                Some(ty) if choice.is_none() && *ty != found_ty => {
                    let phrases = (wording::phrase(&found_ty, &self.model), wording::phrase(ty, &self.model));
                    let first = first_span.unwrap_or(value.span);
                    self.report.push(parameters::of_two_types(value.span, &phrases.0, first, &phrases.1));
                    is_sound = false;
                    continue;
                }
                Some(_) => {}
            }
            first_span.get_or_insert(value.span);
            let (from, to) = (from.as_deref().and_then(date), to.as_deref().and_then(date));
            if let (Some(first), Some(last)) = (from, to)
                && last < first
            {
                self.report.push(parameters::reversed_dates(clause.span, first, last));
                is_sound = false;
                continue;
            }
            values.push(DatedValue { value: found, from, to, rejected: Vec::new(), span: clause.span });
        }
        if values.is_empty() && is_sound {
            self.report.push(parameters::no_value(&declaration.name.text, declaration.name.span));
            is_sound = false;
        }
        values.sort_by_key(|value| value.from);
        if is_sound {
            self.dates(&declaration.name.text, &values);
        }
        self.model.parameters.push(Parameter {
            name: declaration.name.text.clone(),
            label: label(declaration),
            ty: if is_broken { Type::Unknown } else { ty.unwrap_or(Type::Unknown) },
            values,
            unverified: provenance.unverified,
            citations: provenance.citations,
            notes: provenance.notes,
            span: declaration.name.span,
        });
    }

    /// Another figure for the value above it. Whether it is sound; where something above it is broken, that was told.
    fn rejected(
        &mut self,
        (other, place): (&ast::RatherThan, Span),
        choice: Option<(&Vec<Text>, Span)>,
        first: Option<(&Type, Span)>,
        values: &mut [DatedValue],
        is_sound: bool,
    ) -> bool {
        let at = other.value.span;
        let citation = self.citation(&other.source, other.detail.as_ref());
        let Some((found, found_ty)) = literal(&other.value, &self.names, &mut self.report) else { return false };
        let Some((found, found_ty)) = self.among(found, found_ty, choice, at) else { return false };
        let (Some(taken), Some((ty, first))) = (values.last_mut(), first) else {
            if is_sound {
                self.report.push(parameters::nothing_taken(at));
            }
            return false;
        };
        if choice.is_none() && *ty != found_ty {
            let phrases = (wording::phrase(&found_ty, &self.model), wording::phrase(ty, &self.model));
            self.report.push(parameters::of_two_types(at, &phrases.0, first, &phrases.1));
            return false;
        }
        if taken.value == found {
            self.report.push(parameters::same_figure(at, taken.span));
            return false;
        }
        let because = other.because.text.clone();
        taken.rejected.extend(citation.map(|citation| Rejected { value: found, citation, because, span: place }));
        true
    }

    /// The value of a parameter; of a choice, one of its values.
    fn parameter_value(&mut self, value: &Expr, choice: Option<(&Vec<Text>, Span)>) -> Option<(Value, Type)> {
        let (found, ty) = match &value.kind {
            ExprKind::Literal(written) => literal(written, &self.names, &mut self.report)?,
            ExprKind::Negate(inner) => match &inner.kind {
                ExprKind::Literal(written) => match literal(written, &self.names, &mut self.report)? {
                    (Value::Number(number), ty) => (Value::Number(number.negate()), ty),
                    other => other,
                },
                _ => return self.not_a_literal(value),
            },
            _ => return self.not_a_literal(value),
        };
        self.among(found, ty, choice, value.span)
    }

    /// A value, told where it is not one of those that the parameter may take.
    fn among(
        &mut self,
        found: Value,
        ty: Type,
        choice: Option<(&Vec<Text>, Span)>,
        place: Span,
    ) -> Option<(Value, Type)> {
        if let Some((values, at)) = choice {
            let is_among = matches!(&found, Value::Text(text) if values.iter().any(|value| value.text == **text));
            if !is_among {
                let written = match &found {
                    Value::Text(text) => text.to_string(),
                    _ => String::new(),
                };
                let near = self.report.nearest(&written, values.iter().map(|value| value.text.as_str()));
                let listed = wording::listed(values.iter().map(|value| value.text.as_str()));
                self.report.push(parameters::not_among(place, &written, at, &listed, near.as_deref()));
                return None;
            }
        }
        // Without `one of` a text may be any text.
        let ty = if matches!(ty, Type::Choice(_)) { Type::Text } else { ty };
        Some((found, ty))
    }

    fn not_a_literal(&mut self, value: &Expr) -> Option<(Value, Type)> {
        self.report.push(parameters::not_a_literal(value.span));
        None
    }

    /// Told where the rules apply before the first value is in force, or after the last.
    fn dates_of_the_rules(&mut self, name: &str, values: &[DatedValue]) {
        let (Some(first), Some(last)) = (values.first(), values.last()) else { return };
        if let (Some(begin), Some(from)) = (self.model.ruleset.from, first.from)
            && begin < from
        {
            let help = format!(
                "let it begin with the rules, `from {}`, or give the value before it",
                crate::value::date_text(begin)
            );
            let until = from.yesterday().unwrap_or(from);
            self.report.push(parameters::gap_at_the_ends(name, first.span, begin, until, &help));
        }
        let end = self.model.ruleset.to.or(self.model.ruleset.from);
        if let (Some(end), Some(to)) = (end, last.to)
            && to < end
        {
            let help =
                format!("let it end with the rules, `to {}`, or give the value after it", crate::value::date_text(end));
            let since = to.tomorrow().unwrap_or(to);
            self.report.push(parameters::gap_at_the_ends(name, last.span, since, end, &help));
        }
    }

    /// Values in order of date: told where two are in force on one day, or none between two.
    fn dates(&mut self, name: &str, values: &[DatedValue]) {
        for pair in values.windows(2) {
            let [earlier, later] = pair else { continue };
            let overlaps = match (earlier.to, later.from) {
                (Some(last), Some(first)) => first <= last,
                _ => true,
            };
            if overlaps {
                self.report.push(parameters::overlap(name, later.span, later.from, earlier.span));
                continue;
            }
            let (Some(last), Some(first)) = (earlier.to, later.from) else { continue };
            if last.tomorrow().is_ok_and(|next| next != first) {
                let gap = (last.tomorrow().unwrap_or(last), first.yesterday().unwrap_or(first));
                self.report.push(parameters::gap(name, later.span, earlier.span, gap.0, gap.1));
            }
        }
        self.dates_of_the_rules(name, values);
    }
}
