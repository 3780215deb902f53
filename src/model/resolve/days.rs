//! Days between two dates, counted in the ruleset's unit `days`.

use super::{Resolver, broken};
use crate::model::error::{types, units};
use crate::model::{Dimension, Expr, ExprKind, Level, Quantity, Type};
use crate::source::Span;
use crate::syntax::ast;

/// The unit that days are counted in.
const DAYS: &str = "days";

impl Resolver<'_> {
    /// `days from deadline to submitted`.
    pub(super) fn days_from(&mut self, span: Span, from: &ast::Expr, to: &ast::Expr, level: Level) -> Expr {
        let (from, to) = (self.expr(from, level), self.expr(to, level));
        let mut is_sound = true;
        for end in [&from, &to] {
            if !matches!(end.ty, Type::Date | Type::Unknown) {
                let side = self.side(end);
                self.report.push(types::not_a_date(&side));
                is_sound = false;
            }
        }
        let Some(unit) = self.names.units.get(DAYS).copied() else {
            self.report.push(units::no_days(span));
            return broken(span);
        };
        if !is_sound || from.ty.is_unknown() || to.ty.is_unknown() {
            return broken(span);
        }
        let ty = Type::Quantity(Quantity::of(Dimension::unit(unit)));
        Expr { kind: ExprKind::DaysFrom { from: Box::new(from), to: Box::new(to) }, ty, span }
    }
}
