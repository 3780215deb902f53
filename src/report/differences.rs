//! Where two engines came out differently, in words.
//!
//! In: a run with its results and a comparison with the definition. Out: a sentence that says how much was
//! compared, and for each difference what either gives.

use super::run::{Run, grouped};
use crate::meaning::{Basis, Comparison, DifferenceKind};
use crate::model::DeclarationId;
use crate::value::{Outcome, Value};

/// How much was compared, and whether it agrees.
pub fn summary(comparison: &Comparison) -> String {
    let compared = grouped(comparison.compared);
    match comparison.differing {
        0 => format!("{compared} results compared with the reference interpreter: all the same"),
        differing => format!("{} of {compared} results differ from the reference interpreter", grouped(differing)),
    }
}

/// The differences that were kept, each with what the reference gives and what the engine found.
pub fn text(run: &Run<'_>, comparison: &Comparison) -> String {
    let mut text = String::new();
    for difference in &comparison.differences {
        let (id, row) = (difference.declaration, difference.row);
        let declaration = run.model.declaration(id);
        let at = run.rows.at(declaration.level, row).map(|at| format!(" of {at}")).unwrap_or_default();
        let (what, reference, found) = match &difference.kind {
            DifferenceKind::Value(reference, found) => {
                ("", outcome(run, id, reference.as_ref()), outcome(run, id, found.as_ref()))
            }
            DifferenceKind::Holds(reference, found) => {
                (" as read in logic", outcome(run, id, reference.as_ref()), outcome(run, id, found.as_ref()))
            }
            DifferenceKind::Basis(reference, found) => {
                (", what it rests on", basis(run, reference.as_ref()), basis(run, found.as_ref()))
            }
        };
        text.push_str(&format!("`{}`{at}{what}\n  reference: {reference}\n  engine:    {found}\n", declaration.name));
    }
    if comparison.differing > comparison.differences.len() as u64 {
        text.push_str("…\n");
    }
    text
}

/// A result, exactly.
fn outcome(run: &Run<'_>, id: DeclarationId, outcome: Option<&Outcome>) -> String {
    match outcome {
        None => "nothing".to_owned(),
        Some(Outcome::Missing(causes)) => format!("missing: {}", run.words().causes(causes)),
        Some(known @ Outcome::Known(value)) => match value {
            Value::Number(number) => format!("{} ({number})", run.outcome(id, known).text),
            _ => run.outcome(id, known).text,
        },
    }
}

fn basis(run: &Run<'_>, basis: Option<&Basis>) -> String {
    let Some(basis) = basis else { return "nothing".to_owned() };
    match &basis.partial {
        Some(Value::Number(part)) => format!("{}, which give {part}", run.basis_text(basis)),
        Some(_) => format!("{}, which give a value", run.basis_text(basis)),
        None => run.basis_text(basis),
    }
}
