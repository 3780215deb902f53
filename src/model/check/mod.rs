//! What is checked once names, types, units and levels are settled: tables and exceptions give one answer to
//! every case, and what is allowed but probably a mistake is warned about.
//!
//! In: a finished [`Model`] and the texts it came from. Out: problems. A part that a mistake left unknown is
//! passed over in silence.

mod axis;
mod cell;
mod clauses;
mod constant;
mod coverage;
mod discretion;
mod domain;
mod exceptions;
mod facts;
mod figures;
mod grid;
mod moment;
mod satisfy;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod unused;
mod words;
mod work;

use crate::model::{ClauseKind, Declaration, DeclarationKind, Formula, Model, Start};
use crate::problem::Problem;
use crate::source::Sources;
use words::Words;
use work::Work;

/// Warnings told of one file.
const MOST_WARNINGS: usize = 100;

/// Checks the finished model; `sources` lends messages the rule's own words.
pub(crate) fn check(model: &Model, sources: &Sources, problems: &mut Vec<Problem>) {
    let words = Words { model, sources };
    let mut work = Work::new(model.declarations.len());
    discretion::check(model, problems);
    for declaration in &model.declarations {
        let Some(formula) = formula(declaration).filter(|_| !work.is_spent()) else { continue };
        if let Start::Table(table) = &formula.start {
            table::check(words, declaration, table, &mut work, problems);
        }
        for clause in &formula.clauses {
            if let ClauseKind::Unless(exceptions) = &clause.kind {
                exceptions::check(words, declaration, exceptions, &mut work, problems);
            }
        }
    }
    // Warnings wait until there is nothing worse to tell.
    if !problems.iter().any(Problem::is_error) {
        let before = problems.len();
        warn(words, &mut Work::new(model.declarations.len()), problems);
        problems.truncate(before + MOST_WARNINGS);
    }
}

/// Warns about what is allowed but probably a mistake.
fn warn(words: Words<'_>, work: &mut Work, problems: &mut Vec<Problem>) {
    let unread = unused::check(words.model, problems);
    figures::check_sources(words.model, &unread, problems);
    for declaration in &words.model.declarations {
        let before = problems.len();
        constant::check(words, declaration, work, problems);
        if let Some(formula) = formula(declaration) {
            clauses::check(words, formula, problems);
        }
        // A rule with a mistake in it is mended first; where its figures stand comes after.
        if problems.len() == before {
            figures::check_buried(words, declaration, problems);
        }
    }
}

/// The formula of a declaration that has one.
fn formula(declaration: &Declaration) -> Option<&Formula> {
    match &declaration.kind {
        DeclarationKind::Measure(formula)
        | DeclarationKind::Payment(formula)
        | DeclarationKind::Decision(formula)
        | DeclarationKind::OutcomePart(formula) => Some(formula),
        DeclarationKind::Condition { .. }
        | DeclarationKind::Permission { .. }
        | DeclarationKind::Outcome { .. }
        | DeclarationKind::Check { .. }
        | DeclarationKind::Discretion(_)
        | DeclarationKind::Ladder { .. }
        | DeclarationKind::Allocation { .. } => None,
    }
}
