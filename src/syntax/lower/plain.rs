//! What most lines are: names and figures with signs between them, read from their tokens.
//!
//! In: the tokens of a head or of a clause. Out: what the grammar makes of it; nothing where it is more than that, or
//! not right. Then the parser reads it, which alone knows every form and every mistake. That both read the same is
//! tested with made-up lines.

use super::super::ast::{
    ArithmeticOp, ClauseKind, Expr, ExprKind, Literal, LiteralKind, LogicOp, Magnitude, Name, NumberForm,
    NumberLiteral, Text,
};
use super::super::clause_words::ClauseForm;
use super::super::limits;
use super::super::mistakes::{Clause, RESERVED};
use super::super::token::{Kind, Token};
use super::clause::of_one_expression;
use super::expression::{compare_op, truth};
use super::logic::{Item, Link};
use super::{Lower, unquoted};
use crate::value::Number;

impl Lower<'_> {
    /// The name and the label of a head that has nothing else.
    pub(super) fn plain_head(&self, head: &Clause<'_>) -> Option<(Name, Option<Text>)> {
        let (word, name, label) = match head.tokens.as_slice() {
            [word, name] => (word, name, None),
            [word, name, label] => (word, name, Some(label)),
            _ => return None,
        };
        if !word.is(self.word.text()) || !is_name(name) || label.is_some_and(|label| !is_text(label)) {
            return None;
        }
        let label = label.map(|label| Text { text: unquoted(label.text), span: head.span(label) });
        Some((Name { text: name.text.to_owned(), span: head.span(name) }, label))
    }

    /// A clause that is its words and a chain of names and figures. Inside, nothing where the chain is refused.
    pub(super) fn plain_clause(&mut self, form: &ClauseForm, clause: &Clause<'_>) -> Option<Option<ClauseKind>> {
        let make = of_one_expression(form.rule)?;
        let (words, chain) = clause.tokens.split_at_checked(form.words.len())?;
        if words.iter().zip(form.words).any(|(token, word)| !token.is(word)) {
            return None;
        }
        let items = items(clause, chain)?;
        Some(self.chain(items).map(make))
    }
}

/// The parts of a chain.
fn items(clause: &Clause<'_>, mut rest: &[Token<'_>]) -> Option<Vec<Item>> {
    if rest.len() > limits::OPERATORS {
        return None;
    }
    let mut items = Vec::with_capacity(rest.len());
    loop {
        let (operand, after) = operand(clause, rest)?;
        items.push(Item::Operand(operand));
        let Some((sign, after)) = after.split_first() else { return Some(items) };
        items.push(Item::Link(link(sign)?, clause.span(sign)));
        rest = after;
    }
}

/// A name, a plain number or an amount of money, and what comes after it.
fn operand<'c, 't>(clause: &Clause<'_>, rest: &'c [Token<'t>]) -> Option<(Expr, &'c [Token<'t>])> {
    let (first, after) = rest.split_first()?;
    if is_name(first) && truth(first.text).is_none() {
        let span = clause.span(first);
        let name = Name { text: first.text.to_owned(), span };
        return Some((Expr { kind: ExprKind::Name(name), span }, after));
    }
    let sign = first.text.chars().next().filter(|sign| matches!(sign, '£' | '$' | '€'));
    let (figure, after) = match sign {
        Some(_) => after.split_first().filter(|(figure, _)| first.touches(figure))?,
        None => (first, after),
    };
    // What touches a figure may belong to it: `2015-16`, `3.5%`, `£20k`.
    let is_alone = figure.kind == Kind::Figure && after.first().is_none_or(|next| !figure.touches(next));
    if !is_alone || figure.text.contains(',') || Number::from_decimal(figure.text).is_none() {
        return None;
    }
    let form = sign.map_or(NumberForm::Plain, NumberForm::Money);
    let number = NumberLiteral { digits: figure.text.to_owned(), magnitude: Magnitude::One, form };
    let span = clause.between(first, figure);
    let literal = Literal { kind: LiteralKind::Number(number), span };
    Some((Expr { kind: ExprKind::Literal(literal), span }, after))
}

fn link(sign: &Token<'_>) -> Option<Link> {
    Some(match sign.text {
        "and" => Link::Logic(LogicOp::And),
        "or" => Link::Logic(LogicOp::Or),
        "+" => Link::Arithmetic(ArithmeticOp::Add),
        "-" => Link::Arithmetic(ArithmeticOp::Subtract),
        "*" => Link::Arithmetic(ArithmeticOp::Multiply),
        "/" => Link::Arithmetic(ArithmeticOp::Divide),
        sign => Link::Compare(compare_op(sign)?),
    })
}

/// Whether a token is a name that a declaration can have.
fn is_name(token: &Token<'_>) -> bool {
    token.kind == Kind::Word
        && token.text.starts_with(|c: char| c.is_ascii_alphabetic())
        && token.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !RESERVED.contains(&token.text)
}

/// Whether a token is a text that ends where it should.
fn is_text(token: &Token<'_>) -> bool {
    token.kind == Kind::Text && token.text.len() >= 2 && token.text.ends_with('"')
}
