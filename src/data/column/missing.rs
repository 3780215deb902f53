//! Which rows of a column have no value, and why: kept only where they occur.

use crate::value::MissingReason;

/// Rows next to each other that are missing for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first of the rows.
    pub first: u32,
    /// The row after the last of them.
    pub end: u32,
    /// Why they have no value.
    pub reason: MissingReason,
}

/// The rows without a value: sorted runs that do not touch where the reason is the same. Tables have fewer than
/// 2³² rows, so that 32 bits number them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    runs: Vec<Run>,
    count: usize,
}

fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

impl Missing {
    /// Every one of so many rows.
    pub(in crate::data) fn whole(rows: usize, reason: MissingReason) -> Self {
        let mut missing = Self::default();
        missing.push_many(0, rows, reason);
        missing
    }

    /// Adds a row after all that are there.
    pub(in crate::data) fn push(&mut self, row: usize, reason: MissingReason) {
        self.push_many(row, 1, reason);
    }

    fn push_many(&mut self, first: usize, rows: usize, reason: MissingReason) {
        if rows == 0 {
            return;
        }
        self.count = self.count.saturating_add(rows);
        let (first, end) = (number(first), number(first.saturating_add(rows)));
        match self.runs.last_mut() {
            Some(last) if last.end == first && last.reason == reason => last.end = end,
            _ => self.runs.push(Run { first, end, reason }),
        }
    }

    /// Adds the rows of another column that follow after `rows` rows of this one.
    pub(in crate::data) fn append(&mut self, rows: usize, other: &Self) {
        for run in &other.runs {
            self.push_many(rows.saturating_add(run.first as usize), (run.end - run.first) as usize, run.reason);
        }
    }

    /// Whether every row has a value.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// How many rows have none.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Why a row has no value; nothing where it has one.
    pub fn reason(&self, row: usize) -> Option<MissingReason> {
        if self.runs.is_empty() {
            return None;
        }
        let row = number(row);
        let after = self.runs.partition_point(|run| run.end <= row);
        self.runs.get(after).filter(|run| run.first <= row).map(|run| run.reason)
    }

    /// The runs of rows without a value, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The runs within `start..end`, cut to it.
    pub fn runs_in(&self, start: usize, end: usize) -> impl Iterator<Item = Run> + '_ {
        let (start, end) = (number(start), number(end));
        let from = self.runs.partition_point(|run| run.end <= start);
        let runs = self.runs.get(from..).unwrap_or_default().iter();
        runs.take_while(move |run| run.first < end).map(move |run| Run {
            first: run.first.max(start),
            end: run.end.min(end),
            ..*run
        })
    }

    /// The rows of `start..end` without a value, in order.
    pub fn rows_in(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        self.runs_in(start, end).flat_map(|run| run.first as usize..run.end as usize)
    }
}
