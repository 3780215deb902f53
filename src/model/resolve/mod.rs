//! Second stage: names become what they stand for and every expression gets its type, in one walk.
//!
//! In: the collected names and the syntax tree. Out: the model's expressions, each with a type. What cannot be
//! understood is told once and has the type "unknown", which goes with everything in silence.
//! An expression is always read at a level: the nation, or a record of a table.

mod aggregate;
mod arithmetic;
mod comparison;
mod days;
mod decision_table;
mod declaration;
mod discretion;
mod expected;
mod formula;
mod given;
mod ladder;
mod logic;
mod name;
mod peers;
mod reach;
mod records;
mod scenario;
mod series;
mod sides;

use super::collect::Names;
use super::literal::literal;
use super::report::Report;
use super::{DeclarationId, Expr, ExprKind, Level, Model, Type};
use crate::source::{Sources, Span};
use crate::syntax::ast;
use crate::value::Value;

/// The state of the walk.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    /// The model, whose declarations are filled one after another.
    pub(super) model: Model,
    /// The names.
    pub(super) names: Names<'a>,
    /// What was found.
    pub(super) report: Report,
    /// The texts, for help that quotes the rule.
    pub(super) sources: &'a Sources,
    /// The declaration that is being read.
    pub(super) current: Option<DeclarationId>,
    /// Whether types of a circle are being worked out: an unknown type is then one that is not known yet.
    pub(super) is_provisional: bool,
}

/// An expression that is not understood.
fn broken(span: Span) -> Expr {
    Expr { kind: ExprKind::Broken, ty: Type::Unknown, span }
}

impl Resolver<'_> {
    /// The expression as read at a level.
    pub(super) fn expr(&mut self, written: &ast::Expr, level: Level) -> Expr {
        let span = written.span;
        match &written.kind {
            ast::ExprKind::Literal(written) => self.literal(written),
            ast::ExprKind::Name(name) => self.name(name, level),
            ast::ExprKind::Dotted(table, name) => self.dotted(table, name, span, level),
            ast::ExprKind::Bracket(inner) => self.expr(inner, level),
            ast::ExprKind::Not(inner) => {
                let inner = self.yes_no(inner, level);
                Expr { ty: inner.ty.clone(), kind: ExprKind::Not(Box::new(inner)), span }
            }
            ast::ExprKind::Negate(inner) => self.signed(inner, span, level, ExprKind::Negate),
            ast::ExprKind::SizeOf(inner) => self.signed(inner, span, level, ExprKind::SizeOf),
            ast::ExprKind::Arithmetic { op, op_span, left, right } => {
                self.arithmetic(written, *op, *op_span, left, right, level)
            }
            ast::ExprKind::Compare { op, op_span, left, right } => {
                self.comparison(span, *op, *op_span, left, right, level)
            }
            ast::ExprKind::Logic { op, operands } => {
                let operands = operands.iter().map(|operand| self.yes_no(operand, level)).collect();
                Expr { kind: ExprKind::Logic { op: *op, operands }, ty: Type::YesNo, span }
            }
            ast::ExprKind::IsMissing { operand, negated } => {
                let operand = Box::new(self.expr(operand, level));
                Expr { kind: ExprKind::IsMissing { operand, negated: *negated }, ty: Type::YesNo, span }
            }
            ast::ExprKind::RoundsTo { operand, printed } => self.rounds_to(span, operand, printed, level),
            ast::ExprKind::If { condition, then, otherwise } => {
                self.choice_of_two(span, condition, then, otherwise, level)
            }
            ast::ExprKind::Aggregate { op, op_span, operand, weight, across, peers, condition } => {
                let asked = aggregate::Asked {
                    op: *op,
                    op_span: *op_span,
                    operand,
                    weight: weight.as_deref(),
                    across: across.as_deref(),
                    peers,
                    condition: condition.as_deref(),
                };
                self.aggregate(span, &asked, level)
            }
            ast::ExprKind::ListOf { op, op_span, items } => self.list(span, *op, *op_span, items, level),
            ast::ExprKind::Series { op, op_span, operand } => self.along_series(span, *op, *op_span, operand, level),
            ast::ExprKind::Earlier { by, words, operand } => self.earlier(span, *by, *words, operand, level),
            ast::ExprKind::In { operand, period } => self.in_period(span, operand, period, level),
            ast::ExprKind::Rank { operand, across, peers, from_highest } => {
                let rank = self.rank(span, operand, across, *from_highest, level);
                self.among_peers(rank, peers, level)
            }
            ast::ExprKind::DaysFrom { from, to } => self.days_from(span, from, to, level),
            ast::ExprKind::PaidSoFar => self.paid_so_far(span, level),
        }
    }

    /// A literal.
    pub(super) fn literal(&mut self, written: &ast::Literal) -> Expr {
        match literal(written, &self.names, &mut self.report) {
            Some((value, ty)) => Expr { kind: ExprKind::Literal(value), ty, span: written.span },
            None => broken(written.span),
        }
    }

    /// The name of the declaration that is being read.
    fn current_name(&self) -> String {
        self.current.map_or_else(String::new, |id| self.model.declaration(id).name.clone())
    }

    /// The text of the rules at a place.
    fn text(&self, span: Span) -> &str {
        self.sources.slice(span)
    }
}

/// The number of a literal, with its sign.
fn literal_number(expr: &Expr) -> Option<&crate::value::Number> {
    match &expr.kind {
        ExprKind::Literal(Value::Number(number)) => Some(number),
        _ => None,
    }
}
