//! Frames: how rows of one hang together with rows of another.
//!
//! A series of one table has no frame of its own: its rows stand parent by parent, periods in order, so a period of it is a
//! stride of its rows.

use crate::data::Dataset;
use crate::model::{ColumnId, Level, Model, TableId};
use crate::plan::{FrameId, Plan};
use std::collections::HashMap;

/// For each row of a frame the row of another that it belongs to.
#[derive(Debug, Clone)]
pub(super) enum Link {
    /// The one row of the nation.
    Nation,
    /// By row.
    Rows(Vec<u32>),
}

impl Link {
    /// The row above.
    pub(super) fn at(&self, row: usize) -> usize {
        match self {
            Self::Nation => 0,
            Self::Rows(rows) => rows.get(row).map_or(usize::MAX, |row| *row as usize),
        }
    }
}

/// How many rows each frame has, and the links between them that were asked for.
#[derive(Debug, Default)]
pub(super) struct Frames {
    levels: Vec<Level>,
    rows: Vec<usize>,
    links: Vec<Link>,
    by_pair: HashMap<(FrameId, FrameId), usize>,
    below: HashMap<(FrameId, FrameId), Vec<Vec<u32>>>,
}

impl Frames {
    /// The frames of a plan over data. `None` where a series is not complete, parent by parent.
    pub(super) fn new(plan: &Plan, model: &Model, data: &Dataset) -> Option<Self> {
        let count = |table: TableId| data.tables.get(table.index()).map_or(0, |table| table.rows);
        for (number, table) in model.tables.iter().enumerate() {
            if table.series.is_none() {
                continue;
            }
            let periods = length(model, TableId::from_index(number)).max(1);
            let found = data.tables.get(number)?;
            let complete = match (table.parents.as_slice(), found.parents.as_slice()) {
                ([parent], [ups]) => {
                    found.rows == count(*parent).checked_mul(periods)?
                        && ups.iter().enumerate().all(|(row, up)| row / periods == *up as usize)
                }
                (_, all) => {
                    let is_even =
                        |ups: &Vec<u32>| ups.chunks(periods).all(|ups| ups.iter().all(|up| ups.first() == Some(up)));
                    found.rows.is_multiple_of(periods) && all.iter().all(is_even)
                }
            };
            if !complete {
                return None;
            }
        }
        let rows = plan
            .frames
            .iter()
            .map(|level| match level {
                Level::Nation => 1,
                Level::Table(table) => count(*table) / length(model, *table).max(1),
            })
            .collect();
        Some(Self { levels: plan.frames.clone(), rows, ..Self::default() })
    }

    /// How many rows a frame has.
    pub(super) fn rows(&self, frame: FrameId) -> usize {
        self.rows.get(frame.index()).copied().unwrap_or(0)
    }

    /// The first row of a column at a period, and how far it is to the same period of the next record.
    pub(super) fn strided(&self, model: &Model, column: ColumnId, period: u32) -> (usize, usize) {
        let table = model.column(column).table;
        if model.table(table).series.is_some() { (period as usize, length(model, table)) } else { (0, 1) }
    }

    /// The number of the link from a frame to another above it.
    pub(super) fn link(&mut self, model: &Model, data: &Dataset, from: FrameId, to: FrameId) -> Option<usize> {
        if let Some(known) = self.by_pair.get(&(from, to)) {
            return Some(*known);
        }
        let level = |frame: FrameId| self.levels.get(frame.index()).copied();
        let link = match (level(from)?, level(to)?) {
            (_, Level::Nation) => Link::Nation,
            (Level::Table(from), Level::Table(to)) => {
                // Of a series a row of the frame has a record for each period, all of the same records above.
                let periods = length(model, from).max(1);
                let rows = (0..data.tables.get(from.index())?.rows).step_by(periods);
                let ups: Option<Vec<u32>> =
                    rows.map(|row| u32::try_from(above(model, data, from, row, to)?).ok()).collect();
                Link::Rows(ups?)
            }
            (Level::Nation, Level::Table(_)) => return None,
        };
        self.links.push(link);
        self.by_pair.insert((from, to), self.links.len() - 1);
        Some(self.links.len() - 1)
    }

    /// The link between two frames, where it was asked for.
    pub(super) fn known_link(&self, from: FrameId, to: FrameId) -> Option<&Link> {
        self.links.get(*self.by_pair.get(&(from, to))?)
    }

    /// A link by number.
    pub(super) fn linked(&self, number: usize) -> &Link {
        self.links.get(number).unwrap_or(&Link::Nation)
    }

    /// The rows of a frame that belong to each row of another, in order.
    pub(super) fn below(&mut self, model: &Model, data: &Dataset, from: FrameId, to: FrameId) -> Option<&[Vec<u32>]> {
        if !self.below.contains_key(&(from, to)) {
            let link = self.link(model, data, from, to)?;
            let mut lists = vec![Vec::new(); self.rows(to)];
            for row in 0..self.rows(from) {
                lists.get_mut(self.linked(link).at(row))?.push(u32::try_from(row).ok()?);
            }
            self.below.insert((from, to), lists);
        }
        self.below.get(&(from, to)).map(Vec::as_slice)
    }

    /// The rows of a frame that belong to a row of another, where they were listed.
    pub(super) fn listed(&self, from: FrameId, to: FrameId, row: usize) -> &[u32] {
        self.below.get(&(from, to)).and_then(|lists| lists.get(row)).map_or(&[], Vec::as_slice)
    }
}

/// How many periods a series has.
pub(super) fn length(model: &Model, table: TableId) -> usize {
    model.table(table).series.map_or(1, |series| {
        usize::try_from(i64::from(series.last.ordinal) - i64::from(series.first.ordinal) + 1).unwrap_or(0)
    })
}

/// The row of `to` that a row of `from` belongs to.
fn above(model: &Model, data: &Dataset, from: TableId, row: usize, to: TableId) -> Option<usize> {
    if from == to {
        return Some(row);
    }
    for (position, parent) in model.table(from).parents.iter().enumerate() {
        if *parent != to && !model.is_below(*parent, to) {
            continue;
        }
        let up = data.tables.get(from.index())?.parents.get(position)?.get(row)?;
        return above(model, data, *parent, *up as usize, to);
    }
    None
}
