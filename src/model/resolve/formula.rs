//! Formulas: where a value starts, and what each clause does to it.

use super::arithmetic::left_over;
use super::{Resolver, broken, literal_number};
use crate::model::error::{clauses, types};
use crate::model::units as algebra;
use crate::model::{Basis, Clause, ClauseKind, Exception, Expr, Formula, Level, Start, Type};
use crate::source::Span;
use crate::syntax::ast::{self, ArithmeticOp, CompareOp, DeclarationWord};
use crate::value::{Number, RoundMode};

/// A formula with what is known of its value.
pub(super) struct Typed {
    pub(super) formula: Formula,
    /// The value as an expression, for problems: its type is that of the last clause.
    pub(super) value: Expr,
}

impl Resolver<'_> {
    /// The formula of a declaration; nothing where it does not say where it starts, which is told.
    pub(super) fn formula(&mut self, declaration: &ast::Declaration, level: Level) -> Option<Typed> {
        let (start, mut value) = self.start(declaration, level)?;
        let mut clauses: Vec<Clause> = Vec::new();
        for clause in &declaration.clauses {
            let Some(kind) = self.clause(declaration.word, clause, level, &mut value) else { continue };
            match (clauses.last_mut(), kind) {
                // Exceptions that follow each other are not ordered, but for `otherwise`.
                (Some(Clause { kind: ClauseKind::Unless(together), span }), ClauseKind::Unless(next)) => {
                    *span = span.to(clause.span);
                    let is_otherwise = matches!(clause.kind, ast::ClauseKind::Unless { otherwise: true, .. });
                    match (is_otherwise, together.last_mut()) {
                        (true, Some(above)) => {
                            above.span = above.span.to(clause.span);
                            above.cases.extend(next.into_iter().flat_map(|exception| exception.cases));
                        }
                        _ => together.extend(next),
                    }
                }
                (_, ClauseKind::Unless(next)) => {
                    if matches!(clause.kind, ast::ClauseKind::Unless { otherwise: true, .. }) {
                        let help = "write `unless` for the first exception; `otherwise unless` follows one";
                        let message = "`otherwise unless` follows an exception, and there is none above it";
                        self.report.push(clauses::clause_elsewhere(clause.span, message, help));
                    }
                    clauses.push(Clause { kind: ClauseKind::Unless(next), span: clause.span });
                }
                (_, kind) => clauses.push(Clause { kind, span: clause.span }),
            }
        }
        Some(Typed { formula: Formula { start, clauses }, value })
    }

    /// Where a formula starts.
    fn start(&mut self, declaration: &ast::Declaration, level: Level) -> Option<(Start, Expr)> {
        let mut found: Option<(Start, Expr, Span)> = None;
        for clause in &declaration.clauses {
            let (start, value) = match &clause.kind {
                _ if found.is_some()
                    && matches!(clause.kind, ast::ClauseKind::Is { .. } | ast::ClauseKind::Rows(_)) =>
                {
                    let first = found.as_ref().map(|(_, _, span)| *span).unwrap_or_default();
                    self.report.push(clauses::said_twice("where the value starts", clause.span, first));
                    continue;
                }
                ast::ClauseKind::Is { value, .. } => {
                    let value = self.expr(value, level);
                    (Start::Is(value.clone()), value)
                }
                ast::ClauseKind::Rows(rows) => {
                    let (table, ty) = self.decision_table(declaration, rows, level);
                    let value = Expr { ty, ..broken(clause.span) };
                    (Start::Table(table), value)
                }
                _ => continue,
            };
            found = Some((start, value, clause.span));
        }
        if found.is_none() {
            let (word, name, at) = (declaration.word.text(), &declaration.name.text, declaration.name.span);
            let help = if declaration.word == DeclarationWord::Decision {
                "write its rows under it, each cell between bars"
            } else {
                "write a line `is …` under it"
            };
            self.report.push(clauses::not_said(word, name, at, "what it is", help));
        }
        found.map(|(start, value, _)| (start, value))
    }

    /// What a clause does to the value so far, whose type it changes; nothing for a clause that does not.
    fn clause(
        &mut self,
        word: DeclarationWord,
        clause: &ast::Clause,
        level: Level,
        value: &mut Expr,
    ) -> Option<ClauseKind> {
        Some(match &clause.kind {
            ast::ClauseKind::AtLeast(bound) => ClauseKind::AtLeast(self.bound(bound, CompareOp::AtLeast, level, value)),
            ast::ClauseKind::AtMost(bound) => ClauseKind::AtMost(self.bound(bound, CompareOp::AtMost, level, value)),
            ast::ClauseKind::Less { amount, never_below } => {
                let amount = self.expr(amount, level);
                value.ty = self.left_after(value, &amount);
                let never_below = never_below.as_ref().map(|floor| self.bound(floor, CompareOp::AtLeast, level, value));
                ClauseKind::Less { amount, never_below: never_below.map(Box::new) }
            }
            ast::ClauseKind::Rounded { mode, step } => self.rounded(*mode, step, level, value)?,
            ast::ClauseKind::OnlyIf(condition) => {
                let condition = self.yes_no(condition, level);
                if word != DeclarationWord::Payment {
                    let help = "write `unless … then …`, or `if … then … else …`";
                    let message = "`only if` belongs to a payment, which is then zero";
                    self.report.push(clauses::clause_elsewhere(clause.span, message, help));
                    return None;
                }
                ClauseKind::OnlyIf(condition)
            }
            ast::ClauseKind::IfMissing(instead) => {
                let instead = self.expr(instead, level);
                value.ty = self.either(value, &instead);
                ClauseKind::IfMissing(instead)
            }
            ast::ClauseKind::Unless { condition, then, .. } => {
                let condition = self.yes_no(condition, level);
                let Some(then) = then else {
                    let help = "say the value it then has: `unless … then …`";
                    let message = "an exception of a value says what the value then is";
                    self.report.push(clauses::clause_elsewhere(clause.span, message, help));
                    return None;
                };
                let then = self.expr(then, level);
                value.ty = self.either(value, &then);
                ClauseKind::Unless(vec![Exception { cases: vec![(condition, then)], span: clause.span }])
            }
            _ => return None,
        })
    }

    /// A floor or ceiling: of the same kind as the value.
    fn bound(&mut self, written: &ast::Expr, op: CompareOp, level: Level, value: &mut Expr) -> Expr {
        let bound = self.expr(written, level);
        if !self.comparable(op, bound.span, value, &bound) {
            value.ty = Type::Unknown;
        } else if value.ty.is_unknown() && self.is_provisional {
            value.ty = bound.ty.clone();
        } else if let (Type::Quantity(one), Type::Quantity(two)) = (&mut value.ty, &bound.ty)
            && one.basis != two.basis
            && !super::arithmetic::is_zero(&bound)
        {
            // A bound of another stretch of time leaves no claim.
            one.basis = Basis::None;
        }
        bound
    }

    /// The type of what is left after `less`.
    fn left_after(&mut self, value: &Expr, amount: &Expr) -> Type {
        if let (Type::Quantity(one), Type::Quantity(two)) = (&value.ty, &amount.ty) {
            let result = algebra::subtract(Self::term(value, one), Self::term(amount, two));
            let result = result.map(|quantity| left_over(quantity, value, amount));
            return self.settled(result, value, amount, "subtracted");
        }
        self.arithmetic_type(ArithmeticOp::Subtract, value, amount)
    }

    /// `rounded to the nearest £1`.
    fn rounded(&mut self, mode: RoundMode, step: &ast::Expr, level: Level, value: &mut Expr) -> Option<ClauseKind> {
        let (step, number) = self.step(step, level)?;
        match (&value.ty, &step.ty) {
            (Type::Quantity(one), Type::Quantity(two)) => {
                // The basis of a step means nothing.
                if let Err(clash) = algebra::compare(Self::term(value, one), Self::term(&step, two)) {
                    self.clash(clash, value, &step, "value and step of one rounding");
                    value.ty = Type::Unknown;
                    return None;
                }
            }
            (Type::Unknown, _) => {}
            _ => {
                let side = self.side(value);
                self.report.push(types::not_a_number("rounded", &side, "only numbers, money and shares are rounded"));
                value.ty = Type::Unknown;
                return None;
            }
        }
        Some(ClauseKind::Rounded { mode, step: number })
    }

    /// The literal above zero to whose multiples something is rounded.
    pub(super) fn step(&mut self, written: &ast::Expr, level: Level) -> Option<(Expr, Number)> {
        let step = self.expr(written, level);
        let why = match literal_number(&step) {
            Some(number) if number.is_zero() || number.is_negative() => "is not above zero",
            Some(number) => {
                let number = number.clone();
                return Some((step, number));
            }
            None if step.ty.is_unknown() => return None,
            None => "is not a literal",
        };
        self.report.push(types::bad_step(step.span, why));
        None
    }
}
