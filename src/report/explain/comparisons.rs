//! What a rule compared: both sides with their values, whether it holds, and by how much it does not.

use super::super::run::Run;
use super::{outcome_text, value_text};
use crate::meaning::{Explanation, Test};
use crate::model::{Quantity, Scale, Type};
use crate::source::Span;
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
    let side = |(outcome, ty, span): &(Outcome, Type, Span)| {
        let (words, value) = (words.words(*span), outcome_text(run, outcome, ty));
        if words == value || words == format!("\"{value}\"") {
            format!("`{words}`")
        } else {
            format!("`{words}` is {value}")
        }
    };
    let (left, right) = (side(&test.left), side(&test.right));
    let what = words.words(test.span);
    match &test.holds {
        Outcome::Known(Value::YesNo(true)) => format!("`{what}` holds: {left}, {right}"),
        Outcome::Known(_) => {
            let by = difference(run, test).map(|by| format!(", {by} apart")).unwrap_or_default();
            format!("`{what}` does not hold: {left}, {right}{by}")
        }
        Outcome::Missing(_) => format!("`{what}` cannot be determined: {left}, {right}"),
    }
}

/// By how much two sides differ, where that can be said.
fn difference(run: &Run<'_>, test: &Test) -> Option<String> {
    match (test.left.0.known()?, test.right.0.known()?) {
        (Value::Number(left), Value::Number(right)) => {
            let size = left.subtract(right).ok()?.size();
            let ty = match &test.left.1 {
                Type::Quantity(quantity) if quantity.scale == Scale::Share => Type::Quantity(Quantity::points()),
                other => other.clone(),
            };
            (!size.is_zero()).then(|| value_text(run, &Value::Number(size), &ty))
        }
        (Value::Date(left), Value::Date(right)) => {
            let days = left.since(*right).ok()?.get_days().abs();
            match days {
                0 => None,
                1 => Some("1 day".to_owned()),
                n => Some(format!("{n} days")),
            }
        }
        _ => None,
    }
}
