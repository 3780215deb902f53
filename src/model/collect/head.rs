//! The head of the ruleset, its units and sources, and what every declaration says about where it comes from.

use super::{Collected, is_broken};
use crate::model::error::{names, periods};
use crate::model::{Citation, CitedId, CitedSource, Ruleset, Unit, UnitId};
use crate::source::Span;
use crate::syntax::ast::{self, ClauseKind, Literal, LiteralKind};
use crate::value::Date;
use hashbrown::HashMap;

/// Where a declaration comes from, in its own words.
#[derive(Debug, Default)]
pub(in crate::model) struct Provenance {
    pub(in crate::model) citations: Vec<Citation>,
    pub(in crate::model) notes: Vec<String>,
    pub(in crate::model) unverified: Option<String>,
}

impl<'a> Collected<'a> {
    /// Units and sources.
    pub(super) fn units_and_sources(
        &mut self,
        units: impl Iterator<Item = &'a ast::Declaration>,
        sources: impl Iterator<Item = &'a ast::Declaration>,
    ) {
        for declaration in self.each_once(units) {
            let name = declaration.name.text.as_str();
            self.names.units.insert(name, UnitId::from_index(self.model.units.len()));
            self.names.unit_order.push(name);
            self.model.units.push(Unit {
                name: name.to_owned(),
                label: label(declaration),
                span: declaration.name.span,
            });
        }
        for declaration in self.each_once(sources) {
            let name = declaration.name.text.as_str();
            self.names.sources.insert(name, CitedId::from_index(self.model.sources.len()));
            let notes = declaration.clauses.iter().filter_map(|clause| match &clause.kind {
                ClauseKind::Note(text) => Some(text.text.clone()),
                _ => None,
            });
            self.model.sources.push(CitedSource {
                name: name.to_owned(),
                title: label(declaration).unwrap_or_default(),
                dated: declaration.dated.as_deref().and_then(dated),
                notes: notes.collect(),
                span: declaration.name.span,
            });
        }
    }

    /// The declarations of a namespace, each name once; a second one of a name is told and left out.
    pub(super) fn each_once(
        &mut self,
        declarations: impl Iterator<Item = &'a ast::Declaration>,
    ) -> Vec<&'a ast::Declaration> {
        let mut first: HashMap<&str, Span> = HashMap::new();
        let mut kept = Vec::new();
        for declaration in declarations {
            let name = declaration.name.text.as_str();
            if name.is_empty() {
                continue;
            }
            if let Some(first) = first.get(name) {
                self.report.push(names::declared_twice(name, declaration.name.span, *first));
                continue;
            }
            first.insert(name, declaration.name.span);
            kept.push(declaration);
        }
        kept
    }

    /// The head of the ruleset.
    pub(super) fn head(&mut self, mut heads: impl Iterator<Item = &'a ast::Declaration>) {
        let mut ruleset = Ruleset { currency: "£".to_owned(), year_start: 4, ..Ruleset::default() };
        if let Some(head) = heads.next() {
            ruleset.name = head.name.text.clone();
            ruleset.label = label(head);
            for clause in &head.clauses {
                match &clause.kind {
                    ClauseKind::Status(words) => ruleset.status = Some(words.text.clone()),
                    ClauseKind::Applies { from, to } => {
                        ruleset.from = date(from);
                        ruleset.to = to.as_ref().and_then(date);
                        if let (Some(first), Some(last)) = (ruleset.from, ruleset.to)
                            && last < first
                        {
                            self.report.push(periods::ends_before_it_begins(clause.span, first, last));
                        }
                    }
                    ClauseKind::Supersedes(name) => ruleset.supersedes.push(name.text.clone()),
                    ClauseKind::SupersededBy(name) => ruleset.superseded_by.push(name.text.clone()),
                    ClauseKind::BasedOn(name) => ruleset.based_on = Some(name.text.clone()),
                    ClauseKind::Currency(sign) => ruleset.currency.clone_from(&sign.text),
                    ClauseKind::YearStarts(month) => ruleset.year_start = (*month).clamp(1, 12),
                    _ => {}
                }
            }
            let provenance = self.provenance(head);
            ruleset.citations = provenance.citations;
            ruleset.notes = provenance.notes;
            ruleset.unverified = provenance.unverified;
            for second in heads {
                if !is_broken(second) {
                    self.report.push(names::two_rulesets(second.head_span, head.head_span));
                }
            }
        }
        self.names.currency.clone_from(&ruleset.currency);
        self.model.ruleset = ruleset;
    }

    /// Sources, notes and doubts of a declaration.
    pub(super) fn provenance(&mut self, declaration: &ast::Declaration) -> Provenance {
        let mut provenance = Provenance::default();
        for clause in &declaration.clauses {
            match &clause.kind {
                ClauseKind::Source { name, detail } => {
                    provenance.citations.extend(self.citation(name, detail.as_ref()));
                }
                ClauseKind::Note(text) => provenance.notes.push(text.text.clone()),
                ClauseKind::Unverified(why) => {
                    provenance.unverified =
                        Some(why.as_ref().map_or_else(|| "no reason given".to_owned(), |why| why.text.clone()));
                }
                _ => {}
            }
        }
        provenance
    }

    /// A source with the place in it; told where there is no such source.
    pub(super) fn citation(&mut self, name: &ast::Name, detail: Option<&ast::Text>) -> Option<Citation> {
        if let Some(source) = self.names.sources.get(name.text.as_str()) {
            return Some(Citation { source: *source, detail: detail.map(|detail| detail.text.clone()) });
        }
        if !self.names.is_silent(&name.text) {
            let sources = &self.model.sources;
            self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
                let near = report.nearest(&name.text, sources.iter().map(|source| source.name.as_str()));
                names::unknown(&name.text, name.span, "a source", near.as_deref())
            });
        }
        None
    }
}

/// The label of a declaration.
pub(super) fn label(declaration: &ast::Declaration) -> Option<String> {
    declaration.label.as_ref().map(|label| label.text.clone())
}

/// The date of a literal; the parser lets nothing else stand where one is wanted.
pub(super) fn date(literal: &Literal) -> Option<Date> {
    match &literal.kind {
        LiteralKind::Date(date) => Some(*date),
        _ => None,
    }
}

/// The date of a source as people write it.
fn dated(literal: &Literal) -> Option<String> {
    match &literal.kind {
        LiteralKind::Date(date) => Some(crate::value::date_text(*date)),
        LiteralKind::Period(period) => Some(period.to_string()),
        LiteralKind::Number(number) => Some(number.digits.clone()),
        LiteralKind::Text(text) => Some(text.clone()),
        LiteralKind::YesNo(_) => None,
    }
}
