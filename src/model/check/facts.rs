//! Conditions taken apart into facts that can be known one by one.
//!
//! In: typed yes/no expressions of one row. Out: [`Holds`] over [`Facts`]: comparisons of one fact with constants,
//! the order of two facts, whether a fact is missing. Anything else is a fact of its own, known by its shape, so
//! that two askings of the same thing get the same answer. Facts are taken to be independent of each other.

use super::domain::Constant;
use super::moment::{self, Moment};
use super::shape::Shape;
use super::words::Words;
use crate::model::{Declaration, DeclarationKind, Expr, ExprKind, Formula, Level, Start, Type};
use crate::syntax::ast::{AggregateOp, CompareOp, LogicOp};
use crate::value::Value;
use hashbrown::DefaultHashBuilder;
use indexmap::IndexMap;
use std::cmp::Ordering;

/// Rules that are looked through, one inside the other.
const DEEPEST: usize = 8;

/// Parts of a condition beyond which it is not looked into.
const MOST_PARTS: usize = 2_000;

/// When a condition holds for certain.
#[derive(Debug, Clone)]
pub(super) enum Holds {
    /// In every case.
    Always,
    /// In no case.
    Never,
    /// Where a fact passes a test.
    Where(usize, Test),
    /// Where all of these hold.
    All(Vec<Holds>),
    /// Where at least one of these holds.
    Either(Vec<Holds>),
}

/// What is asked of a fact.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// That it compares so with a constant; missing never does.
    Compares(CompareOp, Value),
    /// That two things compare so.
    Ordered(CompareOp),
    /// That it is missing.
    Missing,
    /// That it is not missing.
    Known,
}

/// A fact.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    /// What it is.
    pub(super) subject: Subject<'a>,
    /// What it is compared with.
    pub(super) constants: Vec<Constant>,
    /// Whether a condition asks about it, rather than only about its order with another.
    pub(super) is_asked: bool,
}

/// What a fact is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    /// The value of an expression.
    Value(&'a Expr),
    /// The order of two.
    Order(&'a Expr, &'a Expr),
}

/// The facts of some conditions.
pub(super) struct Facts<'a> {
    pub(super) words: Words<'a>,
    level: Level,
    moment: Option<Moment>,
    pub(super) facts: IndexMap<Shape, Fact<'a>, DefaultHashBuilder>,
    pub(super) parts: usize,
    /// Whether some of it could not be looked into, so that nothing is known of the whole.
    pub(super) is_unclear: bool,
}

impl<'a> Facts<'a> {
    /// No facts yet. Parameters that are numbers, dates or periods have their values of `moment`; without it, and
    /// where they are a choice that policy may make otherwise, they are facts like any other.
    pub(super) fn new(words: Words<'a>, level: Level, moment: Option<Moment>) -> Self {
        Self { words, level, moment, facts: IndexMap::default(), parts: 0, is_unclear: false }
    }

    /// When the expression is known to be `wanted`.
    pub(super) fn holds(&mut self, expr: &'a Expr, wanted: bool) -> Holds {
        self.part(expr, wanted, 0)
    }

    fn part(&mut self, expr: &'a Expr, wanted: bool, depth: usize) -> Holds {
        self.parts += 1;
        if self.parts > MOST_PARTS || matches!(expr.kind, ExprKind::Broken) || expr.ty.is_unknown() {
            self.is_unclear = true;
            return Holds::Never;
        }
        match &expr.kind {
            ExprKind::Literal(Value::YesNo(yes)) => always(*yes == wanted),
            ExprKind::Not(inner) => self.part(inner, !wanted, depth),
            ExprKind::Logic { op, operands } => self.joined(operands, (*op == LogicOp::And) == wanted, wanted, depth),
            ExprKind::ListOf { op: AggregateOp::All, items } => self.joined(items, wanted, wanted, depth),
            ExprKind::ListOf { op: AggregateOp::Any, items } => self.joined(items, !wanted, wanted, depth),
            ExprKind::If { condition, then, otherwise } => {
                let mut branch =
                    |yes, branch| Holds::All(vec![self.part(condition, yes, depth), self.part(branch, wanted, depth)]);
                Holds::Either(vec![branch(true, &**then), branch(false, &**otherwise)])
            }
            ExprKind::IsMissing { operand, negated } => {
                if matches!(operand.kind, ExprKind::Literal(_)) {
                    return always(*negated == wanted);
                }
                let fact = self.fact(operand, true);
                Holds::Where(fact, if *negated == wanted { Test::Known } else { Test::Missing })
            }
            ExprKind::Compare { op, left, right } => {
                let op = if wanted { *op } else { opposite(*op) };
                self.compared(op, left, right)
            }
            ExprKind::Result(id) if depth < DEEPEST => {
                let declaration = self.words.model.declaration(*id);
                match definition(declaration).filter(|_| declaration.level == self.level) {
                    Some(definition) => self.part(definition, wanted, depth + 1),
                    None => self.plain(expr, wanted),
                }
            }
            _ => self.plain(expr, wanted),
        }
    }

    /// Several conditions, all of them or at least one, each known to be `wanted`.
    fn joined(&mut self, operands: &'a [Expr], is_all: bool, wanted: bool, depth: usize) -> Holds {
        let parts = operands.iter().map(|operand| self.part(operand, wanted, depth)).collect();
        if is_all { Holds::All(parts) } else { Holds::Either(parts) }
    }

    /// An expression that says nothing more than whether it is yes.
    fn plain(&mut self, expr: &'a Expr, wanted: bool) -> Holds {
        let fact = self.fact(expr, true);
        Holds::Where(fact, Test::Compares(CompareOp::Is, Value::YesNo(wanted)))
    }

    fn compared(&mut self, op: CompareOp, left: &'a Expr, right: &'a Expr) -> Holds {
        match (self.constant(left), self.constant(right)) {
            (Some(left), Some(right)) => always(compare(op, &left.value, &right.value)),
            (None, Some(right)) => self.against(op, left, right),
            (Some(left), None) => self.against(op.mirrored(), right, left),
            (None, None) => self.ordered(op, left, right),
        }
    }

    fn against(&mut self, op: CompareOp, subject: &'a Expr, constant: Constant) -> Holds {
        let fact = self.fact(subject, true);
        let value = constant.value.clone();
        if let Some((_, fact)) = self.facts.get_index_mut(fact) {
            fact.constants.push(constant);
        }
        Holds::Where(fact, Test::Compares(op, value))
    }

    fn ordered(&mut self, op: CompareOp, left: &'a Expr, right: &'a Expr) -> Holds {
        let (left_shape, right_shape) = (Shape::of(left), Shape::of(right));
        let sides = [self.fact(left, false), self.fact(right, false)];
        let known = sides.map(|side| Holds::Where(side, Test::Known));
        let order = match left_shape.cmp(&right_shape) {
            Ordering::Equal => always(matches!(op, CompareOp::Is | CompareOp::AtMost | CompareOp::AtLeast)),
            Ordering::Less => {
                let key = Shape::Order(Box::new((left_shape, right_shape)));
                Holds::Where(self.add(key, Subject::Order(left, right), true), Test::Ordered(op))
            }
            Ordering::Greater => {
                let key = Shape::Order(Box::new((right_shape, left_shape)));
                Holds::Where(self.add(key, Subject::Order(right, left), true), Test::Ordered(op.mirrored()))
            }
        };
        Holds::All(known.into_iter().chain([order]).collect())
    }

    fn constant(&self, expr: &Expr) -> Option<Constant> {
        let is_choice = matches!(expr.ty, Type::Choice(_) | Type::YesNo | Type::Text);
        if is_choice && matches!(expr.kind, ExprKind::Parameter(_)) {
            return None;
        }
        let value = moment::constant(self.words.model, expr, self.moment)?;
        Some(Constant::new(self.words, expr, value))
    }

    fn fact(&mut self, subject: &'a Expr, is_asked: bool) -> usize {
        if matches!(subject.kind, ExprKind::Broken) || subject.ty.is_unknown() {
            self.is_unclear = true;
        }
        self.add(Shape::of(subject), Subject::Value(subject), is_asked)
    }

    fn add(&mut self, key: Shape, subject: Subject<'a>, is_asked: bool) -> usize {
        let entry = self.facts.entry(key);
        let index = entry.index();
        entry.or_insert(Fact { subject, constants: Vec::new(), is_asked: false }).is_asked |= is_asked;
        index
    }
}

/// What a yes/no rule comes to, where it is nothing but a condition.
fn definition(declaration: &Declaration) -> Option<&Expr> {
    match &declaration.kind {
        DeclarationKind::Condition { met, exemptions } if exemptions.is_empty() => Some(met),
        DeclarationKind::Permission { used } => Some(used),
        DeclarationKind::Check { holds } => Some(holds),
        DeclarationKind::Measure(Formula { start: Start::Is(expr), clauses }) if clauses.is_empty() => Some(expr),
        _ => None,
    }
}

fn always(yes: bool) -> Holds {
    if yes { Holds::Always } else { Holds::Never }
}

fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Is => CompareOp::IsNot,
        CompareOp::IsNot => CompareOp::Is,
        CompareOp::Below => CompareOp::AtLeast,
        CompareOp::AtMost => CompareOp::Above,
        CompareOp::Above => CompareOp::AtMost,
        CompareOp::AtLeast => CompareOp::Below,
    }
}

fn compare(op: CompareOp, left: &Value, right: &Value) -> bool {
    let places = super::axis::Axis::place(left).zip(super::axis::Axis::place(right));
    match places {
        Some((left, right)) => op.holds(left.cmp(&right)),
        None if left == right => op.holds(Ordering::Equal),
        None => op == CompareOp::IsNot,
    }
}
