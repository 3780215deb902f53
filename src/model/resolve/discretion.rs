//! Discretions: what those who report may choose freely.

use super::{Resolver, broken};
use crate::model::error::clauses;
use crate::model::{DeclarationKind, ExprKind, Level, Type};
use crate::syntax::ast::{self, ClauseKind};

impl Resolver<'_> {
    /// The column that a discretion leaves to them.
    pub(super) fn discretion(&mut self, declaration: &ast::Declaration, level: Level) -> (DeclarationKind, Type) {
        let written = declaration.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Is { value, .. } => Some(value),
            _ => None,
        });
        let Some(written) = written else {
            let (name, help) = (&declaration.name, "add a line `is` and the column in which it is reported");
            self.report.push(clauses::not_said("discretion", &name.text, name.span, "what is chosen", help));
            return (DeclarationKind::Discretion(broken(name.span)), Type::Unknown);
        };
        let choice = self.expr(written, level);
        if !matches!(choice.kind, ExprKind::Column(_) | ExprKind::Broken) {
            let message = "a discretion is a column in which the choice is reported";
            let help = "write `is` and the name of the column, and nothing else";
            self.report.push(clauses::clause_elsewhere(written.span, message, help));
            return (DeclarationKind::Discretion(broken(written.span)), Type::Unknown);
        }
        let ty = choice.ty.clone();
        (DeclarationKind::Discretion(choice), ty)
    }
}
