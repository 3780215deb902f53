//! Expressions: from the flat chain of the grammar to a tree.
//!
//! The operands and what is written with them are here; which operator binds tighter is in `logic`.

use super::super::ast::{AggregateOp, ArithmeticOp, CompareOp, EarlierBy, Expr, ExprKind, LogicOp, Name, SeriesOp};
use super::super::error::{expressions as error, layout, signs};
use super::super::limits;
use super::super::parser::Rule;
use super::clause::find;
use super::logic::{Item, Link};
use super::{Lower, literal, single_blanks};
use crate::source::Span;
use crate::value::PeriodKind;
use pest::iterators::Pair;

impl Lower<'_> {
    /// Lowers an `expression`.
    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let mut items = Vec::new();
        let mut minus: Option<Span> = None;
        for token in pair.into_inner() {
            let span = self.span(&token);
            let rule = token.as_rule();
            match rule {
                Rule::NOT => items.push(Item::Not(span)),
                Rule::MINUS => minus = Some(span),
                Rule::rounds_to => {
                    let mut tokens = token.into_inner();
                    let words = self.span(&tokens.next()?);
                    items.push(Item::Link(Link::RoundsTo(Box::new(self.signed_literal(tokens.next()?)?)), words));
                }
                _ => match link(&token) {
                    Some(link) => {
                        if matches!(link, Link::Arithmetic(_)) {
                            self.count_operator(span)?;
                        }
                        items.push(Item::Link(link, span));
                    }
                    None => {
                        let operand = self.operand(token)?;
                        items.push(Item::Operand(match minus.take() {
                            Some(sign) => negated(operand, sign),
                            None => operand,
                        }));
                    }
                },
            }
        }
        self.chain(items)
    }

    fn count_operator(&mut self, sign: Span) -> Option<()> {
        self.operators += 1;
        if self.operators > limits::OPERATORS { self.refuse(layout::too_many_operators(sign)) } else { Some(()) }
    }

    fn operand(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        match pair.as_rule() {
            Rule::conditional => self.conditional(pair),
            Rule::aggregate => self.aggregate(pair),
            Rule::rank => self.rank(pair),
            Rule::series => {
                let mut tokens = pair.into_inner();
                let words = tokens.next()?;
                let op_span = self.span(&words);
                let op = match words.as_str().get(..1) {
                    Some("r") => SeriesOp::RunningTotal,
                    Some("h") => SeriesOp::HighestSoFar,
                    _ => SeriesOp::LowestSoFar,
                };
                let operand = self.one_placed(tokens.next()?, &words)?;
                let span = op_span.to(operand.span);
                Some(Expr { kind: ExprKind::Series { op, op_span, operand: Box::new(operand) }, span })
            }
            Rule::size_of => {
                let mut tokens = pair.into_inner();
                let words = tokens.next()?;
                let operand = self.one_placed(tokens.next()?, &words)?;
                let span = self.span(&words).to(operand.span);
                Some(Expr { kind: ExprKind::SizeOf(Box::new(operand)), span })
            }
            Rule::days_from => {
                let mut tokens = pair.into_inner();
                let words = tokens.next()?;
                let from = self.day(tokens.next()?, &words)?;
                let to = self.day(tokens.find(|token| token.as_rule() != Rule::TO)?, &words)?;
                let span = self.span(&words).to(to.span);
                Some(Expr { kind: ExprKind::DaysFrom { from: Box::new(from), to: Box::new(to) }, span })
            }
            Rule::PAID_SO_FAR => Some(Expr { kind: ExprKind::PaidSoFar, span: self.span(&pair) }),
            Rule::placed => {
                let mut items = self.placed(pair)?;
                match items.list.take() {
                    Some(list) => self.refuse(error::bare_list(list)),
                    None => items.one(),
                }
            }
            _ => {
                let literal = self.literal(pair)?;
                let span = literal.span;
                Some(Expr { kind: ExprKind::Literal(literal), span })
            }
        }
    }

    fn conditional(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let start = self.span(tokens.first()?);
        let mut parts = tokens.into_iter().filter(|token| token.as_rule() == Rule::expression);
        let condition = Box::new(self.expression(parts.next()?)?);
        let then = Box::new(self.expression(parts.next()?)?);
        let otherwise = Box::new(self.expression(parts.next()?)?);
        let span = start.to(otherwise.span);
        Some(Expr { kind: ExprKind::If { condition, then, otherwise }, span })
    }

    fn aggregate(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let words = tokens.first()?;
        let op_span = self.span(words);
        let op = self.aggregate_op(words)?;
        let mut members = self.placed(tokens.get(1)?.clone())?;
        let placed: Vec<_> = tokens.iter().filter(|token| token.as_rule() == Rule::placed).collect();
        let weight = match (find(&tokens, Rule::WEIGHTED_BY), placed.get(1)) {
            (Some(words), Some(weight)) => Some(Box::new(self.one_placed((*weight).clone(), words)?)),
            _ => None,
        };
        let across = find(&tokens, Rule::NAME).map(|name| Box::new(self.name(name)));
        let (peers, last) = self.peers(&tokens)?;
        let condition = match tokens.last() {
            Some(last) if last.as_rule() == Rule::expression => Some(Box::new(self.expression(last.clone())?)),
            _ => None,
        };
        if let Some(list) = members.list {
            let extra =
                tokens.iter().find(|token| matches!(token.as_rule(), Rule::ACROSS | Rule::WHERE | Rule::WEIGHTED_BY));
            if let Some(extra) = extra {
                return self.refuse(error::list_with_condition(self.span(extra), list));
            }
            let span = op_span.to(list);
            return Some(Expr { kind: ExprKind::ListOf { op, op_span, items: members.items }, span });
        }
        let operand = Box::new(members.one()?);
        let mut span = op_span.to(operand.span);
        span = weight.as_ref().map_or(span, |weight| span.to(weight.span));
        span = across.as_ref().map_or(span, |name| span.to(name.span));
        span = last.map_or(span, |last| span.to(last));
        span = condition.as_ref().map_or(span, |condition| span.to(condition.span));
        Some(Expr { kind: ExprKind::Aggregate { op, op_span, operand, weight, across, peers, condition }, span })
    }

    fn rank(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let words = tokens.first()?;
        let operand = Box::new(self.one_placed(tokens.get(1)?.clone(), words)?);
        let across = Box::new(self.name(find(&tokens, Rule::NAME)?));
        let (peers, _) = self.peers(&tokens)?;
        let last = tokens.last()?;
        let from_highest = last.as_rule() == Rule::HIGHEST;
        let span = self.span(words).to(self.span(last));
        Some(Expr { kind: ExprKind::Rank { operand, across, peers, from_highest }, span })
    }

    /// The names after `with the same`, and where they end.
    fn peers(&mut self, tokens: &[Pair<'_, Rule>]) -> Option<(Vec<Expr>, Option<Span>)> {
        let Some(peers) = find(tokens, Rule::peers) else { return Some((Vec::new(), None)) };
        let names = peers.clone().into_inner().filter(|token| token.as_rule() == Rule::reference);
        let names = names.map(|name| self.reference(name)).collect::<Option<Vec<_>>>()?;
        let last = names.last().map(|name| name.span);
        Some((names, last))
    }

    /// A date, or what has one.
    fn day(&mut self, pair: Pair<'_, Rule>, words: &Pair<'_, Rule>) -> Option<Expr> {
        if pair.as_rule() == Rule::placed {
            return self.one_placed(pair, words);
        }
        let literal = self.literal(pair)?;
        let span = literal.span;
        Some(Expr { kind: ExprKind::Literal(literal), span })
    }

    /// The operation of an aggregate's words.
    fn aggregate_op(&mut self, words: &Pair<'_, Rule>) -> Option<AggregateOp> {
        let text = single_blanks(words.as_str());
        if !text.ends_with("percentile of") {
            return aggregate_op(&text);
        }
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse().ok().filter(|percent| (1..=99u8).contains(percent)) {
            Some(percent) => Some(AggregateOp::Percentile(percent)),
            None => self.refuse(error::percentile(self.span(words), &digits)),
        }
    }

    /// What stands after words that take one value.
    fn one_placed(&mut self, pair: Pair<'_, Rule>, words: &Pair<'_, Rule>) -> Option<Expr> {
        let mut members = self.placed(pair)?;
        match members.list {
            Some(list) => self.refuse(error::list_not_wanted(list, &single_blanks(words.as_str()))),
            None => members.one(),
        }
    }

    /// A name or a bracket, and when it is read.
    fn placed(&mut self, pair: Pair<'_, Rule>) -> Option<Members> {
        let mut tokens = pair.into_inner();
        let first = tokens.next()?;
        let mut members = if first.as_rule() == Rule::bracket {
            self.bracket(first)?
        } else {
            Members { items: vec![self.reference(first)?], list: None }
        };
        let Some(place) = tokens.next() else { return Some(members) };
        let words = self.span(&place);
        if let Some(list) = members.list {
            return self.refuse(error::list_not_wanted(list, &single_blanks(place.as_str())));
        }
        let operand = Box::new(members.one()?);
        let expr = match place.as_rule() {
            Rule::IN => {
                let period = Box::new(match tokens.next()? {
                    name if name.as_rule() == Rule::reference => self.reference(name)?,
                    literal => {
                        let literal = self.literal(literal)?;
                        let span = literal.span;
                        Expr { kind: ExprKind::Literal(literal), span }
                    }
                });
                let span = operand.span.to(period.span);
                Expr { kind: ExprKind::In { operand, period }, span }
            }
            rule => {
                let by = match place.as_str().split_whitespace().nth(3) {
                    _ if rule == Rule::A_YEAR_EARLIER => EarlierBy::Year,
                    Some("month") => EarlierBy::Previous(PeriodKind::Month),
                    Some("quarter") => EarlierBy::Previous(PeriodKind::Quarter),
                    _ => EarlierBy::Previous(PeriodKind::FinancialYear),
                };
                let span = operand.span.to(words);
                Expr { kind: ExprKind::Earlier { by, words, operand }, span }
            }
        };
        Some(Members { items: vec![expr], list: None })
    }

    fn bracket(&mut self, pair: Pair<'_, Rule>) -> Option<Members> {
        let tokens: Vec<_> = pair.into_inner().collect();
        let span = self.span(tokens.first()?).to(self.span(tokens.last()?));
        let inner = tokens.into_iter().filter(|token| token.as_rule() == Rule::expression);
        let mut items = inner.map(|token| self.expression(token)).collect::<Option<Vec<_>>>()?;
        if items.len() > 1 {
            return Some(Members { items, list: Some(span) });
        }
        let only = items.pop()?;
        Some(Members { items: vec![Expr { kind: ExprKind::Bracket(Box::new(only)), span }], list: None })
    }

    fn reference(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let mut names = pair.into_inner();
        let first = self.name(&names.next()?);
        if let Some(meant) = truth(&first.text) {
            return self.refuse(signs::truth(first.span, &first.text, meant));
        }
        let second: Option<Name> = names.next().map(|name| self.name(&name));
        Some(match second {
            Some(second) => {
                let span = first.span.to(second.span);
                Expr { kind: ExprKind::Dotted(first, second), span }
            }
            None => {
                let span = first.span;
                Expr { kind: ExprKind::Name(first), span }
            }
        })
    }
}

/// One value, or the members of a list in brackets.
struct Members {
    items: Vec<Expr>,
    /// The place of the list, where it is one.
    list: Option<Span>,
}

impl Members {
    fn one(&mut self) -> Option<Expr> {
        self.items.pop()
    }
}

/// A minus sign and what it stands before; a number takes the sign into itself.
fn negated(operand: Expr, sign: Span) -> Expr {
    let span = sign.to(operand.span);
    let operand = match operand.kind {
        ExprKind::Literal(literal) => match literal::negative(literal, sign) {
            Ok(literal) => return Expr { kind: ExprKind::Literal(literal), span },
            Err(literal) => Expr { span: operand.span, kind: ExprKind::Literal(*literal) },
        },
        kind => Expr { kind, span: operand.span },
    };
    Expr { kind: ExprKind::Negate(Box::new(operand)), span }
}

/// `yes` or `no` for the words of other languages.
pub(super) fn truth(name: &str) -> Option<&'static str> {
    match name {
        "true" | "True" | "TRUE" | "Yes" | "YES" => Some("yes"),
        "false" | "False" | "FALSE" | "No" | "NO" => Some("no"),
        _ => None,
    }
}

fn aggregate_op(words: &str) -> Option<AggregateOp> {
    Some(match words {
        "sum of" => AggregateOp::Sum,
        "count of" => AggregateOp::Count,
        "share of" => AggregateOp::Share,
        "mean of" => AggregateOp::Mean,
        "median of" => AggregateOp::Median,
        "lower quartile of" => AggregateOp::LowerQuartile,
        "upper quartile of" => AggregateOp::UpperQuartile,
        "least of" => AggregateOp::Least,
        "greatest of" => AggregateOp::Greatest,
        "any of" => AggregateOp::Any,
        "all of" => AggregateOp::All,
        "latest of" => AggregateOp::Latest,
        "latest period of" => AggregateOp::LatestPeriod,
        _ => return None,
    })
}

/// The sign of a comparison.
pub(super) fn compare_op(sign: &str) -> Option<CompareOp> {
    Some(match sign {
        "<" => CompareOp::Below,
        "<=" => CompareOp::AtMost,
        ">" => CompareOp::Above,
        ">=" => CompareOp::AtLeast,
        _ => return None,
    })
}

/// What joins two operands, or asks about one.
fn link(token: &Pair<'_, Rule>) -> Option<Link> {
    Some(match token.as_rule() {
        Rule::AND => Link::Logic(LogicOp::And),
        Rule::OR => Link::Logic(LogicOp::Or),
        Rule::SIGN => Link::Arithmetic(match token.as_str() {
            "+" => ArithmeticOp::Add,
            "-" => ArithmeticOp::Subtract,
            "*" => ArithmeticOp::Multiply,
            _ => ArithmeticOp::Divide,
        }),
        Rule::IS_MISSING => Link::IsMissing { negated: false },
        Rule::IS_NOT_MISSING => Link::IsMissing { negated: true },
        Rule::IS => Link::Compare(CompareOp::Is),
        Rule::IS_NOT => Link::Compare(CompareOp::IsNot),
        Rule::COMPARISON => Link::Compare(compare_op(token.as_str())?),
        _ => return None,
    })
}
