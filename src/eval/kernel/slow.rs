//! Values made of many that no column loop makes: quantiles, the latest, and sums of numbers of any size. Used
//! for lists in a lane, and for records below a row.
//!
//! In: the members of one result. Out: the result, or which members are to blame, as the meaning says.

use crate::meaning::quantile;
use crate::syntax::ast::AggregateOp;
use crate::value::{Fault, Number, NumberFault};
use std::cmp::Ordering;

/// A value of a member.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::eval) enum Item {
    /// Only counted.
    Nothing,
    Number(Number),
    Code(i32),
    Bool(bool),
}

/// An answer or value that may be missing.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::eval) enum Known<T> {
    Yes(T),
    Missing,
}

/// A member: whether it counts, and its value.
#[derive(Debug, Clone)]
pub(in crate::eval) struct Member {
    pub(in crate::eval) counts: Known<bool>,
    pub(in crate::eval) value: Known<Item>,
    /// What goes with its value: nothing, its weight, its period.
    pub(in crate::eval) with: Known<Item>,
}

impl Member {
    /// Whether all of it is known.
    pub(in crate::eval) fn is_known(&self) -> bool {
        self.counts != Known::Missing && self.value != Known::Missing && self.with != Known::Missing
    }
}

/// Which part of a member is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) enum Part {
    Counts,
    Value,
    With,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::eval) enum Made {
    Item(Item),
    Fault(Fault),
    /// Missing for these members.
    Blame(Vec<(usize, Part)>),
}

/// Makes one value of many.
pub(in crate::eval) fn make(op: AggregateOp, members: &[Member]) -> Made {
    match op {
        AggregateOp::Any | AggregateOp::All => return quantified(op == AggregateOp::Any, members),
        AggregateOp::Latest | AggregateOp::LatestPeriod => return latest(op, members),
        _ => {}
    }
    let mut blame = Vec::new();
    let mut values: Vec<&Item> = Vec::new();
    let mut weights: Vec<&Number> = Vec::new();
    for (number, member) in members.iter().enumerate() {
        match (&member.counts, &member.value) {
            (Known::Yes(false), _) => continue,
            (Known::Missing, _) => blame.push((number, Part::Counts)),
            (_, Known::Missing) => blame.push((number, Part::Value)),
            (_, Known::Yes(value)) => values.push(value),
        }
        match &member.with {
            Known::Missing => blame.push((number, Part::With)),
            Known::Yes(Item::Number(weight)) => weights.push(weight),
            Known::Yes(_) => {}
        }
    }
    if !blame.is_empty() {
        return Made::Blame(blame);
    }
    let whole = |n: usize| Number::from(i64::try_from(n).unwrap_or(i64::MAX));
    match op {
        AggregateOp::Count => return Made::Item(Item::Number(whole(values.len()))),
        AggregateOp::Share if members.is_empty() => return Made::Fault(Fault::NoRecords),
        AggregateOp::Share => return number(whole(values.len()).divide(&whole(members.len()))),
        AggregateOp::Least | AggregateOp::Greatest => return extreme(op == AggregateOp::Greatest, &values),
        _ => {}
    }
    let mut numbers: Vec<&Number> = Vec::with_capacity(values.len());
    for value in values {
        match value {
            Item::Number(number) => numbers.push(number),
            _ => return Made::Fault(Fault::Internal),
        }
    }
    if numbers.is_empty() && op != AggregateOp::Sum {
        return Made::Fault(Fault::NoRecords);
    }
    if !weights.is_empty() {
        return weighted_mean(&numbers, &weights);
    }
    let sum = |numbers: &[&Number]| numbers.iter().try_fold(Number::zero(), |total, number| total.add(number));
    let mut quartile = |above, below| {
        numbers.sort_unstable();
        quantile(&numbers, above, below)
    };
    number(match op {
        AggregateOp::Mean => sum(&numbers).and_then(|total| total.divide(&whole(numbers.len()))),
        AggregateOp::Median => quartile(1, 2),
        AggregateOp::LowerQuartile => quartile(1, 4),
        AggregateOp::UpperQuartile => quartile(3, 4),
        AggregateOp::Percentile(percent) => quartile(usize::from(percent), 100),
        _ => sum(&numbers),
    })
}

fn number(result: Result<Number, NumberFault>) -> Made {
    match result {
        Ok(number) => Made::Item(Item::Number(number)),
        Err(NumberFault::TooLarge) => Made::Fault(Fault::TooLarge),
        Err(NumberFault::DivisionByZero) => Made::Fault(Fault::DivisionByZero),
    }
}

/// The mean of values of which each counts as much as its weight.
fn weighted_mean(values: &[&Number], weights: &[&Number]) -> Made {
    let (mut total, mut weight_of_all) = (Number::zero(), Number::zero());
    for (value, weight) in values.iter().zip(weights) {
        let added = value.multiply(weight).and_then(|part| total.add(&part));
        match (added, weight_of_all.add(weight)) {
            (Ok(sum), Ok(weights)) => (total, weight_of_all) = (sum, weights),
            _ => return Made::Fault(Fault::TooLarge),
        }
    }
    if weight_of_all.is_zero() { Made::Fault(Fault::NoWeight) } else { number(total.divide(&weight_of_all)) }
}

fn extreme(greatest: bool, values: &[&Item]) -> Made {
    let order = |a: &Item, b: &Item| match (a, b) {
        (Item::Number(a), Item::Number(b)) => a.cmp(b),
        (Item::Code(a), Item::Code(b)) => a.cmp(b),
        (Item::Bool(a), Item::Bool(b)) => a.cmp(b),
        _ => Ordering::Equal,
    };
    let wanted = if greatest { Ordering::Greater } else { Ordering::Less };
    let best = values.iter().copied().reduce(|best, next| if order(next, best) == wanted { next } else { best });
    best.map_or(Made::Fault(Fault::NoRecords), |best| Made::Item(best.clone()))
}

/// `any`: some member counts and is so. `all`: every member does not count or is so.
fn quantified(any: bool, members: &[Member]) -> Made {
    let mut blame = Vec::new();
    for (number, member) in members.iter().enumerate() {
        let counts = match member.counts {
            Known::Yes(counts) => Some(counts == any),
            Known::Missing => None,
        };
        let value = match &member.value {
            Known::Yes(Item::Bool(yes)) => Some(*yes),
            Known::Yes(_) => Some(true),
            Known::Missing => None,
        };
        // For `any`: counts and value. For `all`: does not count, or value.
        let settles = |answer: Option<bool>| answer == Some(!any);
        if settles(counts) || settles(value) {
            continue;
        }
        if counts.is_none() || value.is_none() {
            blame.extend(counts.is_none().then_some((number, Part::Counts)));
            blame.extend(value.is_none().then_some((number, Part::Value)));
        } else {
            return Made::Item(Item::Bool(any));
        }
    }
    if blame.is_empty() { Made::Item(Item::Bool(!any)) } else { Made::Blame(blame) }
}

/// The last member that counts and has a value, or its period.
fn latest(op: AggregateOp, members: &[Member]) -> Made {
    let mut blame = Vec::new();
    for (number, member) in members.iter().enumerate().rev() {
        match (&member.counts, &member.value) {
            (Known::Yes(true), Known::Yes(value)) => {
                return match (op, &member.with) {
                    (AggregateOp::LatestPeriod, Known::Yes(period)) => Made::Item(period.clone()),
                    (AggregateOp::LatestPeriod, Known::Missing) => Made::Fault(Fault::Internal),
                    _ => Made::Item(value.clone()),
                };
            }
            (Known::Yes(_), Known::Yes(_)) | (Known::Yes(false), _) => {}
            (Known::Missing, _) => return Made::Blame(vec![(number, Part::Counts)]),
            (_, Known::Missing) => blame.push((number, Part::Value)),
        }
    }
    if blame.is_empty() { Made::Fault(Fault::NoRecords) } else { Made::Blame(blame) }
}
