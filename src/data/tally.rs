//! Problems as they are found, with an end to repetition.
//!
//! In: every problem of a run. Out: the first twenty of a kind, and one line for the rest of them.

use super::error;
use crate::problem::{DataPlace, Place, Problem};
use indexmap::IndexMap;

/// How many problems of one kind are listed one by one.
const LISTED: u64 = 20;

/// How many problems of one code are listed at all.
const LISTED_OF_CODE: usize = 500;

/// What makes problems the same kind: code, file, sheet and, for cells, the column. The last kind of a code
/// stands for all that are beyond what is listed of it.
type Kind = (&'static str, Option<Where>);

/// File, sheet and, for a cell, column.
type Where = (String, Option<String>, Option<u64>);

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
pub(crate) struct Found {
    problems: Vec<Problem>,
    kinds: IndexMap<Kind, Repeated>,
    codes: IndexMap<&'static str, usize>,
    /// Where every problem is kept as it is: how many there may be.
    room: Option<usize>,
}

impl Found {
    /// Keeps every problem as it is, to be added to others later. That is for so many at most.
    pub(super) fn with_room_for(problems: usize) -> Self {
        Self { room: Some(problems), ..Self::default() }
    }

    /// Whether there are more problems than there is room for.
    pub(super) fn is_full(&self) -> bool {
        self.room.is_some_and(|room| self.problems.len() > room)
    }

    pub(super) fn add(&mut self, problem: Problem) {
        if self.room.is_some() {
            self.problems.push(problem);
            return;
        }
        let Place::Data(place) = &problem.place else {
            self.problems.push(problem);
            return;
        };
        let row = place.row.unwrap_or(0);
        let listed = self.codes.entry(problem.code.0).or_default();
        // Beyond the limit of a code one line stands for all the rest of it.
        let (kind, limit) = match *listed < LISTED_OF_CODE {
            true => (Some(kind(place)), LISTED),
            false => (None, 0),
        };
        let first = Repeated { count: 0, line: usize::MAX, first_row: 0, last_row: 0 };
        let repeated = self.kinds.entry((problem.code.0, kind)).or_insert(first);
        repeated.count += 1;
        if repeated.line == usize::MAX && repeated.count <= limit {
            *listed += 1;
            self.problems.push(problem);
        } else if repeated.line == usize::MAX {
            (repeated.count, repeated.line) = (1, self.problems.len());
            (repeated.first_row, repeated.last_row) = (row, row);
            self.problems.push(problem);
        } else if row > 0 {
            repeated.first_row = repeated.first_row.min(row);
            repeated.last_row = repeated.last_row.max(row);
        }
    }

    /// Whether any of them is an error.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// The list, in the order in which problems were found.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        for repeated in self.kinds.values().filter(|repeated| repeated.line != usize::MAX && repeated.count > 1) {
            if let Some(line) = self.problems.get_mut(repeated.line) {
                *line = error::more_like_it(line, repeated.count, repeated.first_row, repeated.last_row);
            }
        }
        self.problems
    }
}

fn kind(place: &DataPlace) -> Where {
    (place.file.clone(), place.sheet.clone(), place.column.filter(|_| place.cell.is_some()))
}
