//! What a scenario expects: of which rule, how many values, and of which type.

use super::Resolver;
use crate::model::collect::Named;
use crate::model::error::scenarios as errors;
use crate::model::error::types::Side;
use crate::model::{Basis, DeclarationId, DeclarationKind, ExpectedValue, Expr, ExprKind, GivenTable, Level, Type};
use crate::source::Span;
use crate::syntax::ast::{CompareOp, Expected, Literal, Name};

impl Resolver<'_> {
    /// The declaration that an expectation names.
    pub(super) fn expected_of(&mut self, table: Option<&Name>, name: &Name) -> Option<DeclarationId> {
        let written = match table {
            Some(table) => {
                let span = table.span.to(name.span);
                let level = match self.names.tables.get(table.text.as_str()) {
                    Some(id) => Level::Table(*id),
                    None => match self.names.values.get(table.text.as_str()) {
                        Some(Named::Declaration(id)) => self.model.declaration(*id).level,
                        _ => Level::Nation,
                    },
                };
                self.dotted(table, name, span, level)
            }
            None => {
                if !self.names.values.contains_key(name.text.as_str())
                    && let Some(column) = self.names.columns.get(name.text.as_str()).and_then(|columns| columns.first())
                {
                    let at = self.model.column(*column).span;
                    self.report.push(errors::not_a_result(&name.text, name.span, "a column", at));
                    return None;
                }
                let level = match self.names.values.get(name.text.as_str()) {
                    Some(Named::Declaration(id)) => self.model.declaration(*id).level,
                    _ => Level::Nation,
                };
                self.name(name, level)
            }
        };
        match written.kind {
            ExprKind::Result(id) => Some(id),
            ExprKind::Broken => None,
            _ => {
                let (what, at) = match written.kind {
                    ExprKind::Parameter(id) => ("a parameter", self.model.parameter(id).span),
                    ExprKind::Column(id) => ("a column", self.model.column(id).span),
                    _ => return None,
                };
                self.report.push(errors::not_a_result(&name.text, name.span, what, at));
                None
            }
        }
    }

    pub(super) fn count_of_values(
        &mut self,
        id: DeclarationId,
        name: &Name,
        values: &[Expected],
        (scenario, span): (Span, Span),
        tables: &[GivenTable],
    ) {
        let (wanted, of, given) = match self.model.declaration(id).level {
            Level::Nation => (1, "for the nation".to_owned(), None),
            Level::Table(table) => {
                let Some(count) = self.records(table, tables) else { return };
                let given = tables.iter().find(|given| given.table == table);
                let given = given.and_then(|given| given.rows.first().zip(given.rows.last()));
                let given = given.map(|(first, last)| first.span.to(last.span));
                (count, format!("for each {}", self.model.table(table).name), given)
            }
        };
        if values.len() != wanted {
            let at = values.first().zip(values.last()).map_or(span, |(first, last)| first.span().to(last.span()));
            let key = format!("{} {of} {}", scenario.start, values.len());
            self.report.once(errors::COUNT, &key, at, |_| {
                errors::number_of_values(&name.text, at, values.len(), wanted, &of, given)
            });
        }
    }

    /// One expected value.
    pub(super) fn expected(&mut self, id: DeclarationId, name: &Name, value: &Expected) -> Option<ExpectedValue> {
        let declaration = self.model.declaration(id);
        let is_condition = matches!(declaration.kind, DeclarationKind::Condition { .. });
        let (state, words) = match value {
            Expected::CannotDetermine(_) => return Some(ExpectedValue::CannotDetermine),
            Expected::Met(_) => (ExpectedValue::Met, "met"),
            Expected::NotMet(_) => (ExpectedValue::NotMet, "not met"),
            Expected::DoesNotApply(_) => (ExpectedValue::DoesNotApply, "does not apply"),
            Expected::Literal(literal) => return self.expected_literal(id, name, literal, is_condition),
        };
        if is_condition {
            return Some(state);
        }
        if !declaration.ty.is_unknown() {
            let word = kind_word(&declaration.kind);
            let at = declaration.name_span;
            self.report.push(errors::not_a_condition(words, value.span(), &name.text, word, at));
        }
        None
    }

    fn expected_literal(
        &mut self,
        id: DeclarationId,
        name: &Name,
        literal: &Literal,
        is_condition: bool,
    ) -> Option<ExpectedValue> {
        let found = self.literal(literal);
        let mut result = self.value_of(Named::Declaration(id), name.span);
        if let Type::Quantity(quantity) = &mut result.ty {
            quantity.basis = Basis::None;
        }
        if is_condition {
            let (found, wanted) = (self.side(&found), self.side(&result));
            let wanted = Side { phrase: "a condition".to_owned(), ..wanted };
            let help = "write `met`, `not met`, `does not apply` or `cannot determine`";
            self.report.push(errors::other_type(&name.text, &found, &wanted, help));
            return None;
        }
        if found.ty.is_unknown() || result.ty.is_unknown() {
            return None;
        }
        if !self.comparable(CompareOp::Is, literal.span, &result, &found) {
            return None;
        }
        match found {
            Expr { kind: ExprKind::Literal(value), .. } => Some(ExpectedValue::Value(value)),
            _ => None,
        }
    }
}

/// What people call a kind of declaration.
fn kind_word(kind: &DeclarationKind) -> &'static str {
    match kind {
        DeclarationKind::Measure(_) => "measure",
        DeclarationKind::Condition { .. } => "condition",
        DeclarationKind::Permission { .. } => "permission",
        DeclarationKind::Payment(_) => "payment",
        DeclarationKind::Decision(_) => "decision",
        DeclarationKind::OutcomePart(_) => "figure of an outcome",
        DeclarationKind::Outcome { .. } => "outcome",
        DeclarationKind::Check { .. } => "check",
        DeclarationKind::Discretion(_) => "discretion",
        DeclarationKind::Ladder { .. } => "ladder",
        DeclarationKind::Allocation { .. } => "allocation",
    }
}
