//! Problems as they are found, with an end to repetition.
//!
//! In: every problem of a run. Out: the first twenty of a kind in a column, one line for the rest of them, and
//! a last line where there are thousands of kinds.

use super::error;
use crate::problem::{DataPlace, Place, Problem};
use indexmap::IndexMap;

/// How many problems of one kind in one column are listed one by one.
const LISTED: u64 = 20;

/// How many problems are listed at all.
const LISTED_AT_ALL: usize = 2_000;

/// What makes problems the same kind: code, file, sheet and column.
type Kind = (&'static str, String, Option<String>, Option<u64>);

#[derive(Debug)]
struct Repeated {
    count: u64,
    /// Where in the list the line for the rest of them stands.
    line: usize,
    first_row: u64,
    last_row: u64,
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    problems: Vec<Problem>,
    kinds: IndexMap<Kind, Repeated>,
    unlisted: u64,
}

impl Found {
    pub(super) fn add(&mut self, problem: Problem) {
        let Place::Data(place) = &problem.place else {
            self.list(problem);
            return;
        };
        let row = place.row.unwrap_or(0);
        let repeated = self.kinds.entry(kind(&problem, place)).or_insert(Repeated {
            count: 0,
            line: usize::MAX,
            first_row: 0,
            last_row: 0,
        });
        repeated.count += 1;
        if repeated.count <= LISTED {
            self.list(problem);
            return;
        }
        if repeated.count == LISTED + 1 {
            (repeated.line, repeated.first_row, repeated.last_row) = (self.problems.len(), row, row);
            self.list(problem);
            return;
        }
        if row == 0 {
            return;
        }
        repeated.first_row = repeated.first_row.min(row);
        repeated.last_row = repeated.last_row.max(row);
    }

    fn list(&mut self, problem: Problem) {
        if self.problems.len() < LISTED_AT_ALL {
            self.problems.push(problem);
        } else {
            self.unlisted += 1;
        }
    }

    /// The list, in the order in which problems were found.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        for repeated in self.kinds.values().filter(|repeated| repeated.count > LISTED + 1) {
            if let Some(line) = self.problems.get_mut(repeated.line) {
                *line = error::more_like_it(line, repeated.count - LISTED, repeated.first_row, repeated.last_row);
            }
        }
        if self.unlisted > 0 {
            self.problems.push(error::many_problems(self.unlisted));
        }
        self.problems
    }
}

fn kind(problem: &Problem, place: &DataPlace) -> Kind {
    (problem.code.0, place.file.clone(), place.sheet.clone(), place.column)
}
