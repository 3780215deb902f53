//! Ladders: their steps, and when they are gone up and down.

use super::Resolver;
use crate::model::error::{clauses, periods};
use crate::model::{DeclarationKind, Level, Type, wording};
use crate::syntax::ast::{self, ClauseKind, Text};
use std::sync::Arc;

/// The steps of a ladder as written.
fn written(declaration: &ast::Declaration) -> &[Text] {
    let steps = declaration.clauses.iter().find_map(|clause| match &clause.kind {
        ClauseKind::Steps(steps) => Some(steps.as_slice()),
        _ => None,
    });
    steps.unwrap_or_default()
}

/// The steps of a ladder.
pub(super) fn steps(declaration: &ast::Declaration) -> Arc<[String]> {
    written(declaration).iter().map(|step| step.text.clone()).collect()
}

impl Resolver<'_> {
    /// The steps of a ladder and its conditions.
    pub(super) fn ladder(&mut self, declaration: &ast::Declaration, level: Level) -> (DeclarationKind, Type) {
        let name = &declaration.name;
        let steps = steps(declaration);
        let as_written = written(declaration);
        for (number, step) in as_written.iter().enumerate() {
            if let Some(first) = as_written.iter().take(number).find(|first| first.text == step.text) {
                self.report.push(clauses::said_twice(&format!("the step \"{}\"", step.text), step.span, first.span));
            }
        }
        if as_written.len() < 2 {
            let help = "add a line such as `steps none, \"support letter\", direction`, the lowest first";
            self.report.push(clauses::not_said("ladder", &name.text, name.span, "its steps, two or more", help));
        }
        let is_series = matches!(level, Level::Table(table) if self.model.table(table).series.is_some());
        if !is_series && !self.names.is_unsound(level) {
            let here = wording::level_phrase(level, &self.model);
            self.report.push(periods::ladder_without_series(&name.text, name.span, &here));
        }
        let up = self.when(declaration, level, "when it goes up", "add a line `up when …`", |kind| match kind {
            ClauseKind::UpWhen(expr) => Some(expr),
            _ => None,
        });
        let (mut down, mut again) = (None, None);
        for clause in &declaration.clauses {
            match &clause.kind {
                ClauseKind::DownWhen(expr) => down = Some(Box::new(self.yes_no(expr, level))),
                ClauseKind::StartAgainWhen(expr) => again = Some(Box::new(self.yes_no(expr, level))),
                _ => {}
            }
        }
        let ty = Type::Choice(steps.clone());
        (DeclarationKind::Ladder { steps, up: Box::new(up), down, again }, ty)
    }
}
