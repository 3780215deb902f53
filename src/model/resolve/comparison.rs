//! Comparisons, and whether a figure rounds to a printed one.

use super::name::Found;
use super::{Resolver, broken, literal_number};
use crate::model::error::{names, types};
use crate::model::units as algebra;
use crate::model::{Expr, ExprKind, Level, Type, wording};
use crate::source::Span;
use crate::syntax::ast::{self, CompareOp, LiteralKind, NumberForm, NumberLiteral};
use crate::value::{Number, Value};

impl Resolver<'_> {
    /// `a >= b` and its like.
    pub(super) fn comparison(
        &mut self,
        span: Span,
        op: CompareOp,
        op_span: Span,
        left: &ast::Expr,
        right: &ast::Expr,
        level: Level,
    ) -> Expr {
        let (left, right) = self.sides_of_comparison(left, right, level);
        let is_sound = self.comparable(op, op_span, &left, &right);
        let ty = if is_sound { Type::YesNo } else { Type::Unknown };
        let kind = ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) };
        Expr { kind, ty, span }
    }

    /// Both sides; a name that is nothing beside a choice that has such a value is that value without quotes.
    fn sides_of_comparison(&mut self, left: &ast::Expr, right: &ast::Expr, level: Level) -> (Expr, Expr) {
        let is_nothing = |resolver: &Self, side: &ast::Expr| match &side.kind {
            ast::ExprKind::Name(name) if matches!(resolver.find(&name.text, level), Found::Nothing) => {
                Some(name.clone())
            }
            _ => None,
        };
        if let Some(name) = is_nothing(self, right) {
            let left = self.expr(left, level);
            let right = self.value_or_name(&name, &left, level);
            return (left, right);
        }
        if let Some(name) = is_nothing(self, left) {
            let right = self.expr(right, level);
            let left = self.value_or_name(&name, &right, level);
            return (left, right);
        }
        (self.expr(left, level), self.expr(right, level))
    }

    fn value_or_name(&mut self, name: &ast::Name, choice: &Expr, level: Level) -> Expr {
        if let Type::Choice(values) = &choice.ty
            && let Some(value) = values.iter().find(|value| value.to_lowercase() == name.text.to_lowercase())
        {
            let phrase = wording::phrase(&choice.ty, &self.model);
            self.report.push(names::without_quotes(&name.text, name.span, value, choice.span, &phrase));
            return broken(name.span);
        }
        self.name(name, level)
    }

    /// Whether two sides can be compared; told where they cannot. A side that is not known is passed over.
    pub(super) fn comparable(&mut self, op: CompareOp, op_span: Span, left: &Expr, right: &Expr) -> bool {
        let is_ordering = !matches!(op, CompareOp::Is | CompareOp::IsNot);
        if is_ordering {
            for side in [left, right] {
                if matches!(side.ty, Type::Text | Type::YesNo | Type::Choice(_)) {
                    // A text beside a number is a mismatch, not a question of order.
                    let other = if std::ptr::eq(side, left) { right } else { left };
                    if self.label_for_name(left) || self.label_for_name(right) {
                        return false;
                    }
                    if other.ty.is_unknown() || matches!(other.ty, Type::Text | Type::YesNo | Type::Choice(_)) {
                        let sign = self.text(op_span).to_owned();
                        let side = self.side(if matches!(side.kind, ExprKind::Literal(_)) { other } else { side });
                        self.report.push(types::no_order(&sign, op_span, &side));
                        return false;
                    }
                }
            }
        }
        match (&left.ty, &right.ty) {
            (Type::Unknown, _) | (_, Type::Unknown) => true,
            (Type::Quantity(one), Type::Quantity(two)) => {
                match algebra::compare(Self::term(left, one), Self::term(right, two)) {
                    Ok(()) => true,
                    Err(clash) => {
                        self.clash(clash, left, right, "compared");
                        false
                    }
                }
            }
            (Type::Choice(one), Type::Choice(two)) => self.choices_meet(left, one, right, two),
            (Type::Text, Type::Text | Type::Choice(_))
            | (Type::Choice(_), Type::Text)
            | (Type::YesNo, Type::YesNo)
            | (Type::Date, Type::Date) => true,
            (Type::Period(one), Type::Period(two)) if one == two => true,
            _ => {
                self.other_types(left, right, "compared");
                false
            }
        }
    }

    /// Whether two choices have a value in common; a text must be among the values of the other side.
    fn choices_meet(&mut self, left: &Expr, one: &[String], right: &Expr, two: &[String]) -> bool {
        let literal = |expr: &Expr| match &expr.kind {
            ExprKind::Literal(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        for (expr, choice, values) in [(right, left, one), (left, right, two)] {
            if let Some(text) = literal(expr)
                && !values.contains(&text)
            {
                if !self.label_for_name(expr) {
                    self.not_among(&text, expr.span, choice);
                }
                return false;
            }
        }
        if one.iter().any(|value| two.contains(value)) {
            return true;
        }
        self.other_types(left, right, "compared: they have no value in common");
        false
    }

    /// `x rounds to £3.8bn`.
    pub(super) fn rounds_to(&mut self, span: Span, operand: &ast::Expr, printed: &ast::Literal, level: Level) -> Expr {
        let operand = self.expr(operand, level);
        let figure = self.literal(printed);
        if operand.ty.is_unknown() || figure.ty.is_unknown() {
            return broken(span);
        }
        let step = match &printed.kind {
            LiteralKind::Number(number) => last_digit(number),
            _ => None,
        };
        let (Type::Quantity(one), Type::Quantity(two)) = (&operand.ty, &figure.ty) else {
            let wrong = if operand.ty.quantity().is_none() { &operand } else { &figure };
            let side = self.side(wrong);
            self.report.push(types::not_a_number("rounded", &side, "only numbers, money and shares are rounded"));
            return broken(span);
        };
        if let Err(clash) = algebra::compare(Self::term(&operand, one), Self::term(&figure, two)) {
            self.clash(clash, &operand, &figure, "compared");
            return broken(span);
        }
        let (Some(step), Some(printed)) = (step, literal_number(&figure).cloned()) else { return broken(span) };
        let kind = ExprKind::RoundsTo { operand: Box::new(operand), printed: Box::new(printed), step: Box::new(step) };
        Expr { kind, ty: Type::YesNo, span }
    }
}

/// One unit of the last digit of a number as it is printed: of `£3.8bn` a hundred million.
fn last_digit(number: &NumberLiteral) -> Option<Number> {
    let decimals = number.digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let one = Number::from_decimal(&format!("0.{:0>width$}", 1, width = decimals)).filter(|_| decimals > 0);
    let step = one.unwrap_or_else(Number::one).multiply(&Number::from(number.magnitude.factor())).ok()?;
    match &number.form {
        NumberForm::Percent | NumberForm::Points => step.divide(&Number::from(100)).ok(),
        NumberForm::Rate(rate) => step.divide(&rate.base).ok(),
        NumberForm::Plain | NumberForm::Money(_) | NumberForm::Unit(_) => Some(step),
    }
}
