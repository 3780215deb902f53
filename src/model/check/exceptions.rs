//! Exceptions beside each other: no case in which two of them apply and give different answers.
//!
//! In: the exceptions of a clause, which nothing orders. Out: a problem for each pair of which both can apply,
//! with an example. Exceptions that give the same expression agree; those chained with `otherwise unless` are
//! one exception here.

use super::facts::{Facts, Holds};
use super::moment::Moment;
use super::satisfy::{Verdict, together};
use super::shape::Shape;
use super::words::Words;
use super::work::Work;
use crate::model::error::tables::{Conflict, exceptions_conflict};
use crate::model::{Declaration, Exception, Expr, ExprKind, ParameterId};
use crate::problem::Problem;
use std::collections::BTreeSet;

/// Conflicts told of one clause.
const MOST_CONFLICTS: usize = 10;

/// Exceptions of one clause that are compared; more than any rule has.
const MOST_EXCEPTIONS: usize = 100;

/// Checks the exceptions of one clause.
pub(super) fn check(
    words: Words<'_>,
    declaration: &Declaration,
    exceptions: &[Exception],
    work: &mut Work,
    problems: &mut Vec<Problem>,
) {
    let before = problems.len();
    let exceptions = exceptions.get(..MOST_EXCEPTIONS).unwrap_or(exceptions);
    for (index, later) in exceptions.iter().enumerate() {
        for earlier in exceptions.iter().take(index) {
            if problems.len() - before >= MOST_CONFLICTS || work.is_spent() {
                return;
            }
            work.begin();
            problems.extend(conflict(words, declaration, earlier, later, work));
        }
    }
}

/// The first case in which both apply and give different answers.
fn conflict(
    words: Words<'_>,
    declaration: &Declaration,
    earlier: &Exception,
    later: &Exception,
    work: &mut Work,
) -> Option<Problem> {
    let moments = Moment::all(words.model, &parameters([earlier, later]));
    for (first, (_, first_value)) in earlier.cases.iter().enumerate() {
        for (second, (_, second_value)) in later.cases.iter().enumerate() {
            if Shape::of(first_value) == Shape::of(second_value) {
                continue;
            }
            for moment in &moments {
                let mut facts = Facts::new(words, declaration.level, Some(*moment));
                let mut conditions = applies(&mut facts, earlier, first);
                conditions.extend(applies(&mut facts, later, second));
                if let Verdict::Possibly(example) = together(&facts, &conditions.iter().collect::<Vec<_>>(), work) {
                    return Some(exceptions_conflict(&Conflict {
                        name: &declaration.name,
                        exceptions: [earlier.span, later.span],
                        gives: [words.of(first_value), words.of(second_value)],
                        example,
                        moment: moment.phrase(&moments),
                    }));
                }
            }
        }
    }
    None
}

/// When a case of an exception applies: its condition holds and those before it do not.
fn applies<'a>(facts: &mut Facts<'a>, exception: &'a Exception, case: usize) -> Vec<Holds> {
    let cases = exception.cases.iter().enumerate().take(case + 1);
    cases.map(|(index, (condition, _))| facts.holds(condition, index == case)).collect()
}

/// The parameters that the conditions compare with.
fn parameters(exceptions: [&Exception; 2]) -> BTreeSet<ParameterId> {
    let mut found = BTreeSet::new();
    let conditions = exceptions.into_iter().flat_map(|exception| &exception.cases).map(|(condition, _)| condition);
    for condition in conditions {
        condition.walk(&mut |expr: &Expr| {
            if let ExprKind::Parameter(id) = expr.kind {
                found.insert(id);
            }
        });
    }
    found
}
