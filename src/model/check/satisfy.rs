//! Whether conditions can hold together, with an example.
//!
//! In: [`Holds`] over [`Facts`]. Out: a [`Verdict`]. Each fact starts with all its classes; each test takes
//! some away; where there is a choice of conditions they are tried one after the other, in bounded work.

use super::domain::{Class, Domain};
use super::facts::{Fact, Facts, Holds, Subject, Test};
use super::words::Words;
use super::work::{MAKING, TooLarge, Work};
use crate::model::{Expr, ExprKind, Type};
use crate::value::Value;
use fixedbitset::FixedBitSet;
use std::cmp::Ordering;

/// The orders of two facts, and how each is told.
const ORDERS: [(Ordering, &str); 3] = [(Ordering::Less, "<"), (Ordering::Equal, "is"), (Ordering::Greater, ">")];

/// Whether conditions can hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// In no case.
    Never,
    /// In a case such as this: `` where `x` is `yes` ``.
    Possibly(String),
    /// Not known: something was broken, or it would take too much work.
    Unclear,
}

/// Whether it is known that these cannot all hold together.
pub(super) fn never(facts: &Facts<'_>, conditions: &[&Holds], work: &mut Work) -> bool {
    let mut asked = FixedBitSet::with_capacity(facts.facts.len());
    // Most conditions ask each thing once, and nothing that could not be: then no case needs to be looked for.
    let is_free = conditions.iter().all(|condition| stands_free(facts, condition, &mut asked));
    !is_free && together(facts, conditions, work) == Verdict::Never
}

/// Whether every fact of a condition is asked about once and passes its test in some case, so that the condition can
/// hold whatever else does.
fn stands_free(facts: &Facts<'_>, condition: &Holds, asked: &mut FixedBitSet) -> bool {
    match condition {
        Holds::Always => true,
        Holds::Never => false,
        Holds::All(parts) => parts.iter().all(|part| stands_free(facts, part, asked)),
        Holds::Either(parts) => !parts.is_empty() && parts.iter().all(|part| stands_free(facts, part, asked)),
        Holds::Where(number, test) => {
            !asked.put(*number)
                && facts.facts.get_index(*number).is_some_and(|(_, fact)| match (test, fact.subject) {
                    (Test::Missing | Test::Ordered(_), _) | (Test::Known, Subject::Order(..)) => true,
                    (Test::Known, Subject::Value(expr)) => is_unbounded(facts.words, expr),
                    (Test::Compares(_, value), Subject::Value(expr)) => {
                        matches!((value, &expr.ty), (Value::YesNo(_), Type::YesNo))
                    }
                    (Test::Compares(..), Subject::Order(..)) => false,
                })
        }
    }
}

/// Whether it is plain that a fact can have a value.
fn is_unbounded(words: Words<'_>, expr: &Expr) -> bool {
    match expr.kind {
        ExprKind::Column(column) => words.model.column(column).greatest.is_none(),
        _ => true,
    }
}

/// Whether all of these can hold together.
pub(super) fn together(facts: &Facts<'_>, conditions: &[&Holds], work: &mut Work) -> Verdict {
    if work.spend(MAKING * (1 + facts.parts)).is_err() || facts.is_unclear {
        return Verdict::Unclear;
    }
    let Some(domains) = facts.facts.values().map(|fact| domain(facts.words, fact)).collect::<Option<Vec<_>>>() else {
        return Verdict::Unclear;
    };
    let state = domains.iter().map(Domain::all).collect();
    match search(&domains, conditions.to_vec(), Vec::new(), state, work) {
        Ok(Some(state)) => Verdict::Possibly(example(facts, &domains, &state)),
        Ok(None) => Verdict::Never,
        Err(TooLarge) => Verdict::Unclear,
    }
}

fn domain(words: Words<'_>, fact: &Fact<'_>) -> Option<Domain> {
    match fact.subject {
        Subject::Value(expr) => Domain::new(words.model, expr, &fact.constants, true),
        Subject::Order(left, _) => {
            let is_ordered = matches!(left.ty, Type::Quantity(_) | Type::Date | Type::Period(_));
            let is_there = |(order, _): &&(Ordering, &str)| is_ordered || order.is_ge();
            let points: Vec<Value> =
                ORDERS.iter().filter(is_there).map(|(_, word)| Value::Text((*word).into())).collect();
            Some(Domain::of_points(Type::Text, &points))
        }
    }
}

type State = Vec<FixedBitSet>;

/// A state in which everything to do is done and each choice is made one way. A choice is put off until what is
/// certain has been taken in, and is made again for every way of making those before it.
fn search<'h>(
    domains: &[Domain],
    mut todo: Vec<&'h Holds>,
    mut choices: Vec<&'h [Holds]>,
    mut state: State,
    work: &mut Work,
) -> Result<Option<State>, TooLarge> {
    while let Some(next) = todo.pop() {
        work.spend(1)?;
        match next {
            Holds::Always => {}
            Holds::Never => return Ok(None),
            Holds::All(parts) => todo.extend(parts.iter().rev()),
            Holds::Either(parts) => choices.push(parts),
            Holds::Where(fact, test) => {
                let (Some(set), Some(domain)) = (state.get_mut(*fact), domains.get(*fact)) else { return Ok(None) };
                work.spend(set.len().div_ceil(64))?;
                set.intersect_with(&passing(domain, test));
                if set.is_clear() {
                    return Ok(None);
                }
            }
        }
    }
    let Some(choice) = choices.pop() else { return Ok(Some(state)) };
    for alternative in choice {
        work.spend(state.len() + choices.len())?;
        if let Some(found) = search(domains, vec![alternative], choices.clone(), state.clone(), work)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn passing(domain: &Domain, test: &Test) -> FixedBitSet {
    match test {
        Test::Compares(op, value) => domain.where_it(*op, value),
        Test::Missing => domain.missing(),
        Test::Known => domain.known(),
        Test::Ordered(op) => {
            let mut set = domain.none();
            for (order, word) in ORDERS {
                if op.holds(order) {
                    set.union_with(&domain.where_it(crate::syntax::ast::CompareOp::Is, &Value::Text(word.into())));
                }
            }
            set
        }
    }
}

fn example(facts: &Facts<'_>, domains: &[Domain], state: &State) -> String {
    let mut told = Vec::new();
    for ((fact, domain), set) in facts.facts.values().zip(domains).zip(state) {
        if *set == domain.all() || !fact.is_asked {
            continue;
        }
        match fact.subject {
            Subject::Value(expr) => {
                let said = if *set == domain.known() && !matches!(domain.ty, Type::YesNo) {
                    "not missing".to_owned()
                } else {
                    domain.example(set).map(|class| domain.said(facts.words.model, class)).unwrap_or_default()
                };
                told.push(format!("`{}` is {said}", facts.words.of(expr)));
            }
            Subject::Order(left, right) => {
                let order = set.ones().next().and_then(|class| domain.classes.get(class));
                let word = match order {
                    Some(Class::Point(Value::Text(word))) if domain.classes.len() == 3 => word.as_ref(),
                    Some(Class::Point(Value::Text(word))) if word.as_ref() == "is" => "is",
                    _ => "is not",
                };
                told.push(format!("`{} {word} {}`", facts.words.of(left), facts.words.of(right)));
            }
        }
    }
    match told.split_last() {
        None => "in every case".to_owned(),
        Some((only, [])) => format!("where {only}"),
        Some((last, rest)) => format!("where {} and {last}", rest.join(", ")),
    }
}
