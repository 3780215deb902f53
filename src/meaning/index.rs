//! Which rows belong to which: from a row up to the records it belongs to, down to those that belong to it,
//! and along its series.
//!
//! In: a model and a dataset. Out: row numbers, made once for a run.

use crate::data::{Cell, Dataset};
use crate::model::{Level, Model, TableId};
use crate::value::Value;
use std::collections::BTreeMap;

/// The rows of every table as they hang together.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By table, then row: the rows of each parent, in the order of the table's parents.
    up: Vec<Vec<Vec<u32>>>,
    /// For tables with a series.
    series: Vec<Option<SeriesRows>>,
    /// Rows of the first table by row of the second, made when first asked for.
    below: BTreeMap<(TableId, TableId), Vec<Vec<u32>>>,
    /// How many rows each table has.
    counts: Vec<usize>,
}

#[derive(Debug, Default)]
struct SeriesRows {
    /// By row: which series it is in, and its period's ordinal.
    places: Vec<(u32, i32)>,
    /// By series: rows by ordinal.
    rows: Vec<BTreeMap<i32, u32>>,
}

impl Rows {
    pub(super) fn new(model: &Model, data: &Dataset) -> Self {
        let mut rows = Self::default();
        for (number, table) in model.tables.iter().enumerate() {
            let Some(found) = data.tables.get(number) else {
                rows.up.push(Vec::new());
                rows.series.push(None);
                rows.counts.push(0);
                continue;
            };
            rows.counts.push(found.rows);
            rows.up.push(found.parents.clone());
            rows.series.push(table.series.map(|series| {
                let position = model.column_position(series.column);
                let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
                let mut all = SeriesRows::default();
                for row in 0..found.rows {
                    let parents: Vec<u32> =
                        found.parents.iter().map(|up| up.get(row).copied().unwrap_or(u32::MAX)).collect();
                    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                    let series = *numbers.entry(parents).or_insert(next);
                    let ordinal = match found.columns.get(position).map(|cells| cells.get(row)) {
                        Some(Cell::Known(Value::Period(period))) => period.ordinal,
                        _ => i32::MAX,
                    };
                    all.places.push((series, ordinal));
                    if all.rows.len() <= series as usize {
                        all.rows.push(BTreeMap::new());
                    }
                    if let Some(rows) = all.rows.get_mut(series as usize) {
                        rows.insert(ordinal, u32::try_from(row).unwrap_or(u32::MAX));
                    }
                }
                all
            }));
        }
        rows
    }

    /// How many rows a level has; the nation has one.
    pub(super) fn count(&self, level: Level) -> usize {
        match level {
            Level::Nation => 1,
            Level::Table(table) => self.counts.get(table.index()).copied().unwrap_or(0),
        }
    }

    /// The row of `to` that a row of `from` is or belongs to.
    pub(super) fn above(&self, model: &Model, from: TableId, row: usize, to: TableId) -> Option<usize> {
        if from == to {
            return Some(row);
        }
        for (position, parent) in model.table(from).parents.iter().enumerate() {
            if *parent != to && !model.is_below(*parent, to) {
                continue;
            }
            let up = self.up.get(from.index())?.get(position)?.get(row)?;
            return self.above(model, *parent, *up as usize, to);
        }
        None
    }

    /// The rows of `over` that belong to a row of `under`, in order.
    pub(super) fn below(&mut self, model: &Model, over: TableId, under: TableId, row: usize) -> Vec<u32> {
        if over == under {
            return vec![u32::try_from(row).unwrap_or(u32::MAX)];
        }
        if !self.below.contains_key(&(over, under)) {
            let mut lists = vec![Vec::new(); self.count(Level::Table(under))];
            for lower in 0..self.count(Level::Table(over)) {
                let upper = self.above(model, over, lower, under);
                if let Some(list) = upper.and_then(|upper| lists.get_mut(upper)) {
                    list.push(u32::try_from(lower).unwrap_or(u32::MAX));
                }
            }
            self.below.insert((over, under), lists);
        }
        self.below.get(&(over, under)).and_then(|lists| lists.get(row)).cloned().unwrap_or_default()
    }

    /// The rows of the same series up to and including this one, earliest first.
    pub(super) fn so_far(&self, table: TableId, row: usize) -> Vec<usize> {
        let Some((series, ordinal)) = self.place(table, row) else { return vec![row] };
        series.range(..=ordinal).map(|(_, row)| *row as usize).collect()
    }

    /// The row of the same series so many periods earlier.
    pub(super) fn earlier(&self, table: TableId, row: usize, periods: i32) -> Option<usize> {
        let (series, ordinal) = self.place(table, row)?;
        series.get(&ordinal.checked_sub(periods)?).map(|row| *row as usize)
    }

    /// The ordinal of a row's period; 0 for a table that is not a series.
    pub(super) fn ordinal(&self, table: TableId, row: usize) -> i32 {
        self.place(table, row).map_or(0, |(_, ordinal)| ordinal)
    }

    fn place(&self, table: TableId, row: usize) -> Option<(&BTreeMap<i32, u32>, i32)> {
        let series = self.series.get(table.index())?.as_ref()?;
        let (number, ordinal) = *series.places.get(row)?;
        Some((series.rows.get(number as usize)?, ordinal))
    }
}
