//! Expressions and literals as s-expressions: every operator before its operands, in brackets.

use super::super::ast::{
    AggregateOp, ArithmeticOp, CompareOp, EarlierBy, Expr, ExprKind, Literal, LiteralKind, LogicOp, NumberForm,
    NumberLiteral, RateAbove, SeriesOp,
};
use super::form;

/// An expression. Brackets that a reader put there are shown as `[…]`.
pub(super) fn expression(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Literal(value) => literal(value),
        ExprKind::Name(name) => name.text.clone(),
        ExprKind::Dotted(table, name) => format!("{}.{}", table.text, name.text),
        ExprKind::Bracket(inner) => format!("[{}]", expression(inner)),
        ExprKind::Not(operand) => form("not", &[expression(operand)]),
        ExprKind::Negate(operand) => form("-", &[expression(operand)]),
        ExprKind::Arithmetic { op, left, right, .. } => {
            form(arithmetic_text(*op), &[expression(left), expression(right)])
        }
        ExprKind::Compare { op, left, right, .. } => form(compare_text(*op), &[expression(left), expression(right)]),
        ExprKind::Logic { op, operands } => {
            let word = match op {
                LogicOp::And => "and",
                LogicOp::Or => "or",
            };
            form(word, &operands.iter().map(expression).collect::<Vec<_>>())
        }
        ExprKind::IsMissing { operand, negated } => {
            form(if *negated { "is-not-missing" } else { "is-missing" }, &[expression(operand)])
        }
        ExprKind::RoundsTo { operand, printed } => form("rounds-to", &[expression(operand), literal(printed)]),
        ExprKind::If { condition, then, otherwise } => {
            form("if", &[expression(condition), expression(then), expression(otherwise)])
        }
        ExprKind::Aggregate { op, operand, weight, across, peers, condition, .. } => {
            let mut parts = vec![expression(operand)];
            parts.extend(weight.iter().map(|weight| form("weighted-by", &[expression(weight)])));
            parts.extend(across.iter().map(|table| form("across", std::slice::from_ref(&table.text))));
            parts.extend(same(peers));
            parts.extend(condition.iter().map(|condition| form("where", &[expression(condition)])));
            form(&aggregate_text(*op), &parts)
        }
        ExprKind::ListOf { op, items, .. } => {
            let items = items.iter().map(expression).collect::<Vec<_>>();
            form(&format!("{}-list", aggregate_text(*op)), &items)
        }
        ExprKind::Series { op, operand, .. } => form(series_text(*op), &[expression(operand)]),
        ExprKind::Earlier { by, operand, .. } => {
            let word = match by {
                EarlierBy::Previous(kind) => format!("previous-{}", kind.word().replace(' ', "-")),
                EarlierBy::Year => "a-year-earlier".to_owned(),
            };
            form(&word, &[expression(operand)])
        }
        ExprKind::In { operand, period } => form("in", &[expression(operand), expression(period)]),
        ExprKind::SizeOf(operand) => form("size-of", &[expression(operand)]),
        ExprKind::Rank { operand, across, peers, from_highest } => {
            let from = if *from_highest { "highest" } else { "lowest" };
            let mut parts = vec![expression(operand), across.text.clone()];
            parts.extend(same(peers));
            parts.push(from.to_owned());
            form("rank-of", &parts)
        }
        ExprKind::DaysFrom { from, to } => form("days-from", &[expression(from), expression(to)]),
        ExprKind::PaidSoFar => "paid-so-far".to_owned(),
    }
}

/// `(same region class)`
fn same(peers: &[Expr]) -> Option<String> {
    (!peers.is_empty()).then(|| form("same", &peers.iter().map(expression).collect::<Vec<_>>()))
}

/// A literal, its digits as they were written but for separators.
pub(super) fn literal(literal: &Literal) -> String {
    match &literal.kind {
        LiteralKind::Number(number) => number_text(number),
        LiteralKind::Text(text) => format!("{text:?}"),
        LiteralKind::YesNo(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        LiteralKind::Date(date) => date.to_string(),
        LiteralKind::Period(period) => period.to_string().replace(' ', "-"),
    }
}

fn number_text(number: &NumberLiteral) -> String {
    let figure = format!("{}{}", number.digits, number.magnitude.text());
    match &number.form {
        NumberForm::Plain => figure,
        NumberForm::Money(currency) => format!("{currency}{figure}"),
        NumberForm::Percent => format!("{figure}%"),
        NumberForm::Points => form("points", &[figure]),
        NumberForm::Unit(unit) => form("count", &[figure, unit.text.clone()]),
        NumberForm::Rate(rate) => {
            let above = match &rate.above {
                RateAbove::Money(currency) => format!("{currency}{figure}"),
                RateAbove::Unit(unit) => form("count", &[figure, unit.text.clone()]),
            };
            form("rate", &[above, rate.base.to_string(), rate.below.text.clone()])
        }
    }
}

/// The sign of a comparison.
pub(super) fn compare_text(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Is => "is",
        CompareOp::IsNot => "is-not",
        CompareOp::Below => "<",
        CompareOp::AtMost => "<=",
        CompareOp::Above => ">",
        CompareOp::AtLeast => ">=",
    }
}

fn arithmetic_text(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "*",
        ArithmeticOp::Divide => "/",
    }
}

fn aggregate_text(op: AggregateOp) -> String {
    let text = match op {
        AggregateOp::Percentile(percent) => return format!("percentile-{percent}-of"),
        AggregateOp::Sum => "sum-of",
        AggregateOp::Count => "count-of",
        AggregateOp::Share => "share-of",
        AggregateOp::Mean => "mean-of",
        AggregateOp::Median => "median-of",
        AggregateOp::LowerQuartile => "lower-quartile-of",
        AggregateOp::UpperQuartile => "upper-quartile-of",
        AggregateOp::Least => "least-of",
        AggregateOp::Greatest => "greatest-of",
        AggregateOp::Any => "any-of",
        AggregateOp::All => "all-of",
        AggregateOp::Latest => "latest-of",
        AggregateOp::LatestPeriod => "latest-period-of",
    };
    text.to_owned()
}

fn series_text(op: SeriesOp) -> &'static str {
    match op {
        SeriesOp::RunningTotal => "running-total-of",
        SeriesOp::HighestSoFar => "highest-so-far-of",
        SeriesOp::LowestSoFar => "lowest-so-far-of",
    }
}
