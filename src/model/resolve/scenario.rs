//! Scenarios: the data they give and what they expect, by id and with types.

use super::{Resolver, literal_number};
use crate::model::collect::Named;
use crate::model::error::{names, parameters, scenarios as errors};
use crate::model::{Expectation, ExpectedValue, ExprKind, Level, ParameterId, Scenario};
use crate::syntax::ast::{self, ClauseKind, CompareOp, Literal, LiteralKind, Name};
use crate::value::Value;

impl Resolver<'_> {
    /// Scenarios, after all declarations are typed.
    pub(in crate::model) fn scenarios(&mut self, scenarios: &[&ast::Declaration]) {
        for declaration in scenarios {
            let is_broken = declaration.is_broken
                || declaration.clauses.iter().any(|clause| matches!(clause.kind, ClauseKind::Broken));
            if !is_broken {
                let scenario = self.scenario(declaration);
                self.model.scenarios.push(scenario);
            }
        }
    }

    fn scenario(&mut self, declaration: &ast::Declaration) -> Scenario {
        let mut scenario = Scenario {
            name: declaration.name.text.clone(),
            label: declaration.label.as_ref().map(|label| label.text.clone()),
            as_at: None,
            parameters: Vec::new(),
            tables: Vec::new(),
            expectations: Vec::new(),
            because: None,
            span: declaration.span,
        };
        let mut is_sound = true;
        for clause in &declaration.clauses {
            match &clause.kind {
                ClauseKind::AsAt(Literal { kind: LiteralKind::Date(date), .. }) => scenario.as_at = Some(*date),
                ClauseKind::Because(text) => scenario.because = Some(text.text.clone()),
                ClauseKind::GivenParameter { name, value } => {
                    scenario.parameters.extend(self.given_parameter(name, value));
                }
                ClauseKind::Given { table, cells, rows } => {
                    is_sound &= self.given(table, cells, rows.as_deref(), clause.span, &mut scenario.tables);
                }
                _ => {}
            }
        }
        if is_sound {
            self.belongings(&scenario.tables);
        }
        let expectations: Vec<&ast::Clause> =
            declaration.clauses.iter().filter(|clause| matches!(clause.kind, ClauseKind::Expect { .. })).collect();
        for clause in &expectations {
            let ClauseKind::Expect { table, name, values } = &clause.kind else { continue };
            let Some(id) = self.expected_of(table.as_ref(), name) else { continue };

            if is_sound {
                self.count_of_values(id, name, values, (scenario.span, clause.span), &scenario.tables);
            }
            let values: Option<Vec<ExpectedValue>> =
                values.iter().map(|value| self.expected(id, name, value)).collect();
            if let Some(values) = values {
                scenario.expectations.push(Expectation { declaration: id, values, span: clause.span });
            }
        }
        if expectations.is_empty() {
            self.report.push(errors::expects_nothing(&declaration.name.text, declaration.name.span));
        }
        scenario
    }

    /// A parameter with another value.
    fn given_parameter(&mut self, name: &Name, value: &ast::Expr) -> Option<(ParameterId, Value)> {
        let id = match self.names.values.get(name.text.as_str()) {
            Some(Named::Parameter(id)) => *id,
            Some(Named::Declaration(_)) | None => {
                if !self.names.is_silent(&name.text) {
                    let parameters = &self.model.parameters;
                    self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
                        let near = report.nearest(&name.text, parameters.iter().map(|one| one.name.as_str()));
                        names::unknown(&name.text, name.span, "a parameter", near.as_deref())
                    });
                }
                return None;
            }
        };
        let found = self.expr(value, Level::Nation);
        let parameter = self.value_of(Named::Parameter(id), name.span);
        if found.ty.is_unknown() || !self.comparable(CompareOp::Is, value.span, &parameter, &found) {
            return None;
        }
        let value = match found.kind {
            ExprKind::Literal(value) => value,
            ExprKind::Negate(inner) => Value::Number(literal_number(&inner)?.negate()),
            _ => {
                self.report.push(parameters::not_a_literal(found.span));
                return None;
            }
        };
        Some((id, value))
    }
}
