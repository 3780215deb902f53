//! What a model build has found so far: one problem per mistake, however often it shows.
//!
//! In: problems as they are met. Out: the list, in which a name that is nowhere declared is told once with
//! the other places where it stands.

use crate::problem::{Code, Problem};
use crate::source::Span;
use crate::suggest;
use std::collections::HashMap;

/// How many other places of the same mistake are shown.
const SHOWN_PLACES: usize = 3;
/// How many names are compared in search of near ones: each search costs as much as there are names.
const MOST_COMPARED: usize = 100_000;

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    problems: Vec<Problem>,
    told: HashMap<(Code, String), Option<usize>>,
    compared: usize,
    /// Whether what is found now is not to be told: types are being worked out that are looked at again.
    pub(super) is_muted: bool,
}

impl Report {
    /// Tells a problem.
    pub(super) fn push(&mut self, problem: Problem) {
        if !self.is_muted {
            self.problems.push(problem);
        }
    }

    /// Tells a problem about a name once, if it is to be told at all; further places are added to the first.
    pub(super) fn once<P: Into<Option<Problem>>>(
        &mut self,
        code: Code,
        name: &str,
        span: Span,
        make: impl FnOnce(&mut Self) -> P,
    ) {
        if self.is_muted {
            return;
        }
        match self.told.get(&(code, name.to_owned())) {
            None => {
                let problem = make(self).into();
                self.told.insert((code, name.to_owned()), problem.as_ref().map(|_| self.problems.len()));
                self.problems.extend(problem);
            }
            Some(first) => {
                let first = first.and_then(|index| self.problems.get_mut(index));
                if let Some(problem) = first
                    && problem.related.len() < SHOWN_PLACES
                {
                    problem.related.push(crate::problem::Label { span, text: "here too".to_owned() });
                }
            }
        }
    }

    /// The candidate most like `wanted`; nothing where there are so many mistakes that looking would take long.
    pub(super) fn nearest<'n>(
        &mut self,
        wanted: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        if self.is_muted || self.compared >= MOST_COMPARED {
            return None;
        }
        let counted = candidates.into_iter().inspect(|_| self.compared += 1);
        suggest::nearest(wanted, counted).map(str::to_owned)
    }

    /// Whether an error was told.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// The problems.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}
