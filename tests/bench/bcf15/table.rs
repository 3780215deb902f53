//! The areas as typed columns in memory, as somebody would hold them who writes the policy by hand.

use super::areas::{Answer, Area, area};

/// Columns of what areas report, in the units of [`Area`].
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) minimum_fund: Vec<i64>,
    pub(crate) pooled_fund: Vec<i64>,
    pub(crate) baseline: [Vec<i32>; 4],
    pub(crate) actual: [Vec<i32>; 4],
    pub(crate) target_reduction: Vec<i32>,
    pub(crate) pot: Vec<i64>,
    pub(crate) people: Vec<i32>,
    pub(crate) moves: Vec<i32>,
    pub(crate) rate_before: Vec<i32>,
    pub(crate) conditions: [Vec<Answer>; 6],
    pub(crate) exempt: Vec<bool>,
    pub(crate) submitted: Vec<i32>,
}

impl Table {
    /// The first areas.
    pub(crate) fn of(rows: u64) -> Self {
        let mut table = Self::default();
        for number in 0..rows {
            table.push(&area(number));
        }
        table
    }

    /// Adds an area.
    pub(crate) fn push(&mut self, area: &Area) {
        self.minimum_fund.push(area.minimum_fund);
        self.pooled_fund.push(area.pooled_fund);
        for quarter in 0..4 {
            self.baseline[quarter].push(area.baseline[quarter]);
            self.actual[quarter].push(area.actual[quarter]);
        }
        self.target_reduction.push(area.target_reduction);
        self.pot.push(area.pot);
        self.people.push(area.people);
        self.moves.push(area.moves);
        self.rate_before.push(area.rate_before);
        for (column, answer) in self.conditions.iter_mut().zip(area.conditions) {
            column.push(answer);
        }
        self.exempt.push(area.exempt);
        self.submitted.push(area.submitted);
    }

    /// Takes all areas away and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.minimum_fund.clear();
        self.pooled_fund.clear();
        self.baseline.iter_mut().chain(&mut self.actual).for_each(Vec::clear);
        self.target_reduction.clear();
        self.pot.clear();
        self.people.clear();
        self.moves.clear();
        self.rate_before.clear();
        self.conditions.iter_mut().for_each(Vec::clear);
        self.exempt.clear();
        self.submitted.clear();
    }

    /// How many areas.
    pub(crate) fn rows(&self) -> usize {
        self.pot.len()
    }
}
