//! Adding, subtracting, multiplying, dividing, and signs.

use super::{Resolver, broken, literal_number};
use crate::model::error::{types, units};
use crate::model::units::{self as algebra, Clash};
use crate::model::{Basis, Expr, ExprKind, Level, Quantity, Type};
use crate::source::Span;
use crate::syntax::ast::{self, ArithmeticOp};

impl Resolver<'_> {
    /// `a + b` and its like.
    pub(super) fn arithmetic(
        &mut self,
        written: &ast::Expr,
        op: ArithmeticOp,
        op_span: Span,
        left: &ast::Expr,
        right: &ast::Expr,
        level: Level,
    ) -> Expr {
        let reach = reaching(left);
        let (left, right) = (self.expr(left, level), self.expr(right, level));
        if let Some((words, operand)) = reach
            && matches!(op, ArithmeticOp::Add | ArithmeticOp::Subtract)
            && self.could_belong(&right, level)
        {
            self.two_readings(words, operand, op_span, &right);
            return broken(written.span);
        }
        let ty = self.arithmetic_type(op, &left, &right);
        let kind = ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) };
        Expr { kind, ty, span: written.span }
    }

    /// The type of a sum, difference, product or quotient; told where there is none.
    pub(super) fn arithmetic_type(&mut self, op: ArithmeticOp, left: &Expr, right: &Expr) -> Type {
        let (Type::Quantity(one), Type::Quantity(two)) = (&left.ty, &right.ty) else {
            if left.ty.is_unknown() || right.ty.is_unknown() {
                return self.of_one_side(op, left, right);
            }
            self.not_numbers(op, left, right);
            return Type::Unknown;
        };
        let (one, two) = (Self::term(left, one), Self::term(right, two));
        let result = match op {
            ArithmeticOp::Add => algebra::add(one, two),
            ArithmeticOp::Subtract => algebra::subtract(one, two).map(|quantity| left_over(quantity, left, right)),
            ArithmeticOp::Multiply => Ok(algebra::multiply(one, two)),
            ArithmeticOp::Divide => Ok(algebra::divide(one, two)),
        };
        let done = if op == ArithmeticOp::Add { "added" } else { "subtracted" };
        self.settled(result, left, right, done)
    }

    /// The type of a result, or the clash told.
    pub(super) fn settled(&mut self, result: Result<Quantity, Clash>, left: &Expr, right: &Expr, done: &str) -> Type {
        match result {
            Ok(quantity) => Type::Quantity(quantity),
            Err(clash) => {
                self.clash(clash, left, right, done);
                Type::Unknown
            }
        }
    }

    /// While types of a circle are worked out, what is known of a sum or difference.
    fn of_one_side(&self, op: ArithmeticOp, left: &Expr, right: &Expr) -> Type {
        match op {
            ArithmeticOp::Add | ArithmeticOp::Subtract if self.is_provisional => {
                if left.ty.is_unknown() {
                    right.ty.clone()
                } else {
                    left.ty.clone()
                }
            }
            _ => Type::Unknown,
        }
    }

    fn not_numbers(&mut self, op: ArithmeticOp, left: &Expr, right: &Expr) {
        let done = match op {
            ArithmeticOp::Add => "added",
            ArithmeticOp::Subtract => "subtracted",
            ArithmeticOp::Multiply => "multiplied",
            ArithmeticOp::Divide => "divided",
        };
        let wrong = if left.ty.quantity().is_none() { left } else { right };
        let help = match &wrong.ty {
            Type::YesNo => "use it in a condition: `if … then … else …`, or `only if`".to_owned(),
            Type::Date | Type::Period(_) => "dates and periods are compared, not reckoned with".to_owned(),
            _ => "only numbers, money and shares are reckoned with".to_owned(),
        };
        let side = self.side(wrong);
        self.report.push(types::not_a_number(done, &side, &help));
    }

    /// `-x` and `size of x`.
    pub(super) fn signed(
        &mut self,
        inner: &ast::Expr,
        span: Span,
        level: Level,
        kind: impl FnOnce(Box<Expr>) -> ExprKind,
    ) -> Expr {
        let inner = self.expr(inner, level);
        let ty = match &inner.ty {
            Type::Quantity(_) | Type::Unknown => inner.ty.clone(),
            _ => {
                let side = self.side(&inner);
                let help = "only numbers, money and shares have a sign";
                self.report.push(types::not_a_number("given a sign", &side, help));
                Type::Unknown
            }
        };
        Expr { kind: kind(Box::new(inner)), ty, span }
    }

    /// Whether what follows `running total of a -` could belong to the running total: it is a figure of the
    /// same records, not itself made along the series.
    fn could_belong(&self, right: &Expr, level: Level) -> bool {
        if right.ty.quantity().is_none_or(|quantity| quantity.basis == Basis::ToDate) {
            return false;
        }
        let mut open = vec![right];
        while let Some(expr) = open.pop() {
            let is_here = match &expr.kind {
                ExprKind::Column(id) => Level::Table(self.model.column(*id).table) == level,
                ExprKind::Result(id) => self.model.declaration(*id).level == level,
                ExprKind::Aggregate { .. }
                | ExprKind::WeightedMean { .. }
                | ExprKind::Peers { .. }
                | ExprKind::Series { .. }
                | ExprKind::Earlier { .. } => continue,
                _ => false,
            };
            if is_here {
                return true;
            }
            open.extend(expr.children());
        }
        false
    }

    fn two_readings(&mut self, words: Span, operand: &ast::Expr, op_span: Span, right: &Expr) {
        let say = |span: Span| self.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let (words_text, inside, op, right_text) = (say(words), say(operand.span), say(op_span), say(right.span));
        let first = format!("{words_text} ({inside} {op} {right_text})");
        let second = format!("({words_text} {inside}) {op} {right_text}");
        self.report.push(units::two_readings(right.span, words, &first, &second));
    }
}

/// The words `running total of` at the right end of an operand without brackets, with what follows them.
fn reaching(left: &ast::Expr) -> Option<(Span, &ast::Expr)> {
    match &left.kind {
        ast::ExprKind::Series { op_span, operand, .. } => Some((*op_span, operand)),
        ast::ExprKind::Arithmetic { right, .. } => reaching(right),
        _ => None,
    }
}

/// A total to date from which the earlier periods are taken is of one period.
pub(super) fn left_over(mut quantity: Quantity, left: &Expr, right: &Expr) -> Quantity {
    if mentions(right, |kind| matches!(kind, ExprKind::PaidSoFar(_))) {
        quantity.basis = match left.ty.quantity().map(|quantity| quantity.basis) {
            Some(Basis::ToDate) => Basis::Each,
            _ => Basis::None,
        };
    } else if quantity.basis == Basis::ToDate && mentions(right, |kind| matches!(kind, ExprKind::Earlier { .. })) {
        quantity.basis = Basis::None;
    }
    quantity
}

fn mentions(expr: &Expr, wanted: impl Fn(&ExprKind) -> bool) -> bool {
    let mut found = false;
    expr.walk(&mut |expr| found |= wanted(&expr.kind));
    found
}

/// Whether an expression is a literal zero.
pub(super) fn is_zero(expr: &Expr) -> bool {
    literal_number(expr).is_some_and(crate::value::Number::is_zero)
}
