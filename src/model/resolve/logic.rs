//! Conditions, and values that are the one or the other.

use super::Resolver;
use crate::model::error::types;
use crate::model::units as algebra;
use crate::model::{Expr, ExprKind, Level, Type};
use crate::source::Span;
use crate::syntax::ast;
use std::sync::Arc;

impl Resolver<'_> {
    /// An expression that must be yes or no.
    pub(super) fn yes_no(&mut self, written: &ast::Expr, level: Level) -> Expr {
        let mut expr = self.expr(written, level);
        if !matches!(expr.ty, Type::YesNo | Type::Unknown) {
            let help = match &expr.ty {
                Type::Quantity(quantity) => {
                    format!("compare it, as in `{} > {}`", self.one_name(expr.span), self.with_unit_of("0", quantity))
                }
                Type::Choice(values) => match values.first() {
                    Some(value) => format!("compare it, as in `{} is \"{value}\"`", self.one_name(expr.span)),
                    None => "compare it with `is`".to_owned(),
                },
                Type::Date => format!(
                    "compare it, as in `{0} <= 19 September 2014`, or ask `{0} is not missing`",
                    self.one_name(expr.span)
                ),
                _ => format!("compare it with `is`, or ask `{} is not missing`", self.one_name(expr.span)),
            };
            let side = self.side(&expr);
            // A list of things that are not conditions is one mistake.
            let key = self.current_name();
            self.report.once(types::NOT_YES_NO, &key, side.span, |_| types::not_yes_no(&side, &help));
            expr.ty = Type::Unknown;
        }
        expr
    }

    fn with_unit_of(&self, written: &str, quantity: &crate::model::Quantity) -> String {
        if quantity.dimension.is_none() { written.to_owned() } else { self.with_unit(written, &quantity.dimension) }
    }

    /// `if C then A else B`.
    pub(super) fn choice_of_two(
        &mut self,
        span: Span,
        condition: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        level: Level,
    ) -> Expr {
        let condition = self.yes_no(condition, level);
        let (then, otherwise) = (self.expr(then, level), self.expr(otherwise, level));
        let ty = self.either(&then, &otherwise);
        let kind =
            ExprKind::If { condition: Box::new(condition), then: Box::new(then), otherwise: Box::new(otherwise) };
        Expr { kind, ty, span }
    }

    /// The type of a value that is the one or the other; told where they do not go together.
    pub(super) fn either(&mut self, one: &Expr, other: &Expr) -> Type {
        match (&one.ty, &other.ty) {
            (Type::Unknown, known) | (known, Type::Unknown) => {
                if self.is_provisional {
                    known.clone()
                } else {
                    Type::Unknown
                }
            }
            (Type::Quantity(left), Type::Quantity(right)) => {
                let result = algebra::either(Self::term(one, left), Self::term(other, right));
                self.settled(result, one, other, "alternatives of one value")
            }
            (Type::Choice(left), Type::Choice(right)) if left == right => one.ty.clone(),
            (Type::Choice(left), Type::Choice(right)) => {
                let mut values = left.to_vec();
                values.extend(right.iter().filter(|value| !left.contains(value)).cloned());
                Type::Choice(Arc::from(values))
            }
            (Type::Text, Type::Choice(_)) | (Type::Choice(_), Type::Text) => Type::Text,
            (left, right) if left == right => left.clone(),
            _ => {
                self.other_types(one, other, "alternatives of one value");
                Type::Unknown
            }
        }
    }
}
