//! What a rule compared: both sides with their values, whether it holds, and by how much it does not.

use super::super::run::Run;
use super::{outcome_text, value_text};
use crate::meaning::{Explanation, Test};
use crate::model::{Quantity, Scale, Type};
use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::value::{Outcome, Value};

/// One sentence for each comparison.
pub(super) fn sentences(run: &Run<'_>, explanation: &Explanation) -> Vec<String> {
    let mut told: Vec<Span> = Vec::new();
    let mut sentences = Vec::new();
    for test in &explanation.tests {
        // The same comparison is made again where its value is read again.
        if !told.contains(&test.span) {
            told.push(test.span);
            sentences.push(sentence(run, test));
        }
    }
    sentences
}

fn sentence(run: &Run<'_>, test: &Test) -> String {
    let words = run.words();
    // A side that is written as its value needs no value beside it.
    let side = |(outcome, ty, span): &(Outcome, Type, Span)| {
        let (words, value) = (words.words(*span), outcome_text(run, outcome, ty));
        let is_literal = words.trim_matches('"').replace(',', "") == value.replace(',', "");
        let has_no_name = !words.contains(|c: char| c.is_ascii_lowercase());
        (!is_literal && !has_no_name).then(|| format!("`{words}` is {value}"))
    };
    let sides: Vec<String> = [&test.left, &test.right].into_iter().filter_map(side).collect();
    let sides = if sides.is_empty() { String::new() } else { format!(": {}", sides.join(", ")) };
    let what = words.words(test.span);
    match &test.holds {
        Outcome::Known(Value::YesNo(true)) => format!("`{what}` holds{sides}"),
        Outcome::Known(_) => {
            let by = difference(run, test).map(|by| format!(", {by}")).unwrap_or_default();
            format!("`{what}` does not hold{sides}{by}")
        }
        Outcome::Missing(_) => format!("`{what}` cannot be determined{sides}"),
    }
}

/// By how much a comparison fails, where that can be said: `0.45 percentage points short`, `5 days late`.
fn difference(run: &Run<'_>, test: &Test) -> Option<String> {
    let wants_more = match test.op {
        CompareOp::AtLeast | CompareOp::Above => true,
        CompareOp::AtMost | CompareOp::Below => false,
        CompareOp::Is | CompareOp::IsNot => return None,
    };
    match (test.left.0.known()?, test.right.0.known()?) {
        (Value::Number(left), Value::Number(right)) => {
            let size = left.subtract(right).ok()?.size();
            let ty = match &test.left.1 {
                Type::Quantity(quantity) if quantity.scale == Scale::Share => Type::Quantity(Quantity::points()),
                other => other.clone(),
            };
            let by = value_text(run, &Value::Number(size.clone()), &ty);
            (!size.is_zero()).then(|| format!("{by} {}", if wants_more { "short" } else { "too much" }))
        }
        (Value::Date(left), Value::Date(right)) => {
            let days = left.since(*right).ok()?.get_days().abs();
            let by = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            (days > 0).then(|| format!("{by} {}", if wants_more { "early" } else { "late" }))
        }
        _ => None,
    }
}
