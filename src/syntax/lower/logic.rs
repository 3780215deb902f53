//! Which operator binds tighter, in the order of the reference, and which mixtures have two readings.
//!
//! In: the flat chain of an expression. Out: its tree, or the one problem that says what is not clear.

use super::super::ast::{ArithmeticOp, CompareOp, Expr, ExprKind, Literal, LogicOp};
use super::super::error::expressions as error;
use super::super::lines;
use super::{Lower, single_blanks};
use crate::source::Span;
use std::iter::Peekable;
use std::vec::IntoIter;

/// A part of a chain.
#[derive(Debug)]
pub(super) enum Item {
    /// `not`
    Not(Span),
    /// What stands between operators.
    Operand(Expr),
    /// An operator and its place.
    Link(Link, Span),
}

/// An operator.
#[derive(Debug)]
pub(super) enum Link {
    /// `and`, `or`
    Logic(LogicOp),
    /// `is`, `>=` and so on.
    Compare(CompareOp),
    /// `is missing`, which has nothing on its right.
    IsMissing { negated: bool },
    /// `rounds to £3.8bn`
    RoundsTo(Box<Literal>),
    /// `+ - * /`
    Arithmetic(ArithmeticOp),
}

impl Link {
    fn is_comparison(&self) -> bool {
        matches!(self, Self::Compare(_) | Self::IsMissing { .. } | Self::RoundsTo(_))
    }
}

type Items = Peekable<IntoIter<Item>>;

impl Lower<'_> {
    /// The tree of a chain.
    pub(super) fn chain(&mut self, items: Vec<Item>) -> Option<Expr> {
        if let [Item::Operand(_)] = items.as_slice() {
            return items.into_iter().find_map(|item| if let Item::Operand(expr) = item { Some(expr) } else { None });
        }
        let mut items = items.into_iter().peekable();
        self.logic(&mut items)
    }

    /// `a and b and c`
    fn logic(&mut self, items: &mut Items) -> Option<Expr> {
        let mut operands = vec![self.negation(items)?];
        let mut signs: Vec<(LogicOp, Span)> = Vec::new();
        while let Some(Item::Link(link, span)) = items.next() {
            let Link::Logic(op) = link else { return None };
            signs.push((op, span));
            operands.push(self.negation(items)?);
        }
        let Some((op, first_span)) = signs.first().copied() else { return operands.pop() };
        if let Some((_, second_span)) = signs.iter().find(|(other, _)| *other != op) {
            let and_first = self.logic_reading(&operands, &signs, LogicOp::And);
            let or_first = self.logic_reading(&operands, &signs, LogicOp::Or);
            return self.refuse(error::mixed_logic(*second_span, first_span, (&and_first, &or_first)));
        }
        let span = operands.first()?.span.to(operands.last()?.span);
        Some(Expr { kind: ExprKind::Logic { op, operands }, span })
    }

    /// The chain as it would be read if `tight` bound tighter, with brackets.
    fn logic_reading(&self, operands: &[Expr], signs: &[(LogicOp, Span)], tight: LogicOp) -> String {
        let mut reading = String::new();
        let mut is_open = false;
        for (index, operand) in operands.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| signs.get(before)).map(|(op, _)| *op);
            let after = signs.get(index).map(|(op, _)| *op);
            match before {
                Some(LogicOp::And) => reading.push_str(" and "),
                Some(LogicOp::Or) => reading.push_str(" or "),
                None => {}
            }
            if !is_open && after == Some(tight) {
                reading.push('(');
                is_open = true;
            }
            reading.push_str(&self.quote(operand.span));
            if is_open && after != Some(tight) {
                reading.push(')');
                is_open = false;
            }
        }
        reading
    }

    /// `not a >= b`
    fn negation(&mut self, items: &mut Items) -> Option<Expr> {
        let Some(Item::Not(not)) = items.next_if(|item| matches!(item, Item::Not(_))) else {
            return self.comparison(items);
        };
        let operand = self.comparison(items)?;
        let span = not.to(operand.span);
        Some(Expr { kind: ExprKind::Not(Box::new(operand)), span })
    }

    /// `a >= b`, `a is missing`
    fn comparison(&mut self, items: &mut Items) -> Option<Expr> {
        let left = self.sum(items)?;
        let is_comparison = |item: &Item| matches!(item, Item::Link(link, _) if link.is_comparison());
        let Some(Item::Link(link, op_span)) = items.next_if(is_comparison) else { return Some(left) };
        let (first, operand) = (left.span, Box::new(left));
        let (kind, end) = match link {
            Link::Compare(op) => {
                let right = Box::new(self.sum(items)?);
                let end = right.span;
                (ExprKind::Compare { op, op_span, left: operand, right }, end)
            }
            Link::RoundsTo(printed) => {
                let end = printed.span;
                (ExprKind::RoundsTo { operand, printed: *printed }, end)
            }
            Link::IsMissing { negated } => (ExprKind::IsMissing { operand, negated }, op_span),
            Link::Logic(_) | Link::Arithmetic(_) => return None,
        };
        let span = first.to(end);
        match items.next_if(|item| is_comparison(item) || matches!(item, Item::Link(Link::Arithmetic(_), _))) {
            None => Some(Expr { kind, span }),
            Some(Item::Link(Link::Compare(_), second)) => {
                let reading = match (&kind, self.sum(items)) {
                    (ExprKind::Compare { right, .. }, Some(third)) => {
                        let sign = self.quote(second);
                        let (middle, third) = (self.quote(right.span), self.quote(third.span));
                        Some(format!("{} and {middle} {sign} {third}", self.quote(span)))
                    }
                    _ => None,
                };
                self.refuse(error::chained_comparison(second, op_span, reading.as_deref()))
            }
            Some(Item::Link(Link::Arithmetic(_), sign)) => self.refuse(error::after_comparison(sign, span)),
            Some(Item::Link(_, second) | Item::Not(second)) => {
                self.refuse(error::chained_comparison(second, op_span, None))
            }
            Some(Item::Operand(_)) => None,
        }
    }

    /// `a + b - c`
    fn sum(&mut self, items: &mut Items) -> Option<Expr> {
        let mut left = self.product(items)?;
        while let Some((op, op_span)) = next_sign(items, &[ArithmeticOp::Add, ArithmeticOp::Subtract]) {
            let right = self.product(items)?;
            left = arithmetic(op, op_span, left, right);
        }
        Some(left)
    }

    /// `a * b / c`
    fn product(&mut self, items: &mut Items) -> Option<Expr> {
        let mut left = self.single(items)?;
        let mut division: Option<(Span, Span, Span)> = None;
        while let Some((op, op_span)) = next_sign(items, &[ArithmeticOp::Multiply, ArithmeticOp::Divide]) {
            let right = self.single(items)?;
            if let Some((above, first, below)) = division {
                let sign = self.quote(op_span);
                let (above, below) = (self.quote(above), self.quote(below));
                let right = self.quote(right.span);
                let from_left = format!("({above} / {below}) {sign} {right}");
                let from_right = format!("{above} / ({below} {sign} {right})");
                return self.refuse(error::division_twice(op_span, first, (&from_left, &from_right)));
            }
            if op == ArithmeticOp::Divide {
                division = Some((left.span, op_span, right.span));
            }
            left = arithmetic(op, op_span, left, right);
        }
        Some(left)
    }

    fn single(&mut self, items: &mut Items) -> Option<Expr> {
        match items.next()? {
            Item::Operand(expr) => Some(expr),
            Item::Not(not) => self.refuse(error::misplaced_not(not)),
            Item::Link(..) => None,
        }
    }

    /// The text of a place on one line, shortened in its middle where it is long.
    fn quote(&self, span: Span) -> String {
        let text = single_blanks(&lines::without_comments(self.file.slice(span)));
        let length = text.chars().count();
        if length <= 80 {
            return text;
        }
        let start: String = text.chars().take(40).collect();
        let end: String = text.chars().skip(length - 30).collect();
        format!("{start}…{end}")
    }
}

fn next_sign(items: &mut Items, wanted: &[ArithmeticOp]) -> Option<(ArithmeticOp, Span)> {
    let is_wanted = |item: &Item| matches!(item, Item::Link(Link::Arithmetic(op), _) if wanted.contains(op));
    match items.next_if(is_wanted)? {
        Item::Link(Link::Arithmetic(op), span) => Some((op, span)),
        _ => None,
    }
}

fn arithmetic(op: ArithmeticOp, op_span: Span, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { kind: ExprKind::Arithmetic { op, op_span, left: Box::new(left), right: Box::new(right) }, span }
}
