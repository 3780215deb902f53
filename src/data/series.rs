//! Series: one record for every period of every parent, in order, whether the data has it or not.
//!
//! In: the records that are there, in any order. Out: complete tables, so that evaluation finds each period in
//! its place; what is not there is missing with its reason.

use super::{Cell, Column, ColumnOrigin, Dataset, TableData};
use crate::model::{Model, Series, TableId, Type};
use crate::value::{MissingReason, Period, Value};
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The most rows that a series may have where its data have few, and that the rows of other files than CSV may be.
pub(super) const MAX_ROWS: usize = 5_000_000;

/// How many times as many rows as its data have a large series may have.
const MOST_FILLED: usize = 4;

/// The rows above that a series belongs to: one for each of the table's parents.
type Group = Vec<u32>;

/// How many periods a series has.
pub(super) fn length(series: &Series) -> usize {
    let span = i64::from(series.last.ordinal) - i64::from(series.first.ordinal) + 1;
    usize::try_from(span).unwrap_or(0)
}

/// The periods of a series in order.
pub(super) fn periods(series: &Series) -> impl Iterator<Item = Period> + use<> {
    let first = series.first;
    (series.first.ordinal..=series.last.ordinal).map(move |ordinal| Period { ordinal, ..first })
}

/// The parents whose series a table holds: every record of the one table above, or the combinations of
/// several tables above that occur.
pub(super) fn groups(model: &Model, dataset: &Dataset, id: TableId, data: &TableData) -> Vec<Group> {
    match model.table(id).parents.as_slice() {
        [] => vec![Vec::new()],
        [only] => {
            (0..dataset.table(*only).rows).filter_map(|row| u32::try_from(row).ok()).map(|row| vec![row]).collect()
        }
        _ => {
            let occurring: BTreeSet<Group> = (0..data.rows).map(|row| group_of(data, row)).collect();
            occurring.into_iter().collect()
        }
    }
}

/// The parents of a row.
pub(super) fn group_of(data: &TableData, row: usize) -> Group {
    data.parents.iter().map(|rows| rows.get(row).copied().unwrap_or(0)).collect()
}

/// Lays out a series parent by parent, periods in order; the cells of absent records are missing with `reason`.
/// Of two rows for one record the first is kept, and rows outside the series are not. The error says that the
/// table would be too large.
pub(super) fn complete(
    model: &Model,
    dataset: &Dataset,
    id: TableId,
    data: &TableData,
    reason: MissingReason,
) -> Result<TableData, String> {
    let table = model.table(id);
    let Some(series) = table.series else { return Ok(data.clone()) };
    let groups = groups(model, dataset, id, data);
    let rows = groups.len().saturating_mul(length(&series));
    let most = MAX_ROWS.max(data.rows.saturating_mul(MOST_FILLED));
    if rows > most {
        return Err(format!("`{}` would have {rows} rows, more than {most}", table.name));
    }
    let period_at = model.column_position(series.column);
    let there = records(data, period_at);
    let sources: Vec<Option<usize>> = groups
        .iter()
        .flat_map(|group| periods(&series).map(|period| there.get(&(group.clone(), period)).copied()))
        .collect();
    let columns = data.columns.iter().enumerate().map(|(position, cells)| {
        if position == period_at {
            let cells = groups.iter().flat_map(|_| periods(&series).map(|p| Cell::Known(Value::Period(p))));
            return Column::from_cells(&Type::Period(series.kind), cells);
        }
        cells.pick(&sources, reason)
    });
    let origins = data.origins.iter().map(|origin| {
        origin.as_ref().map(|origin| ColumnOrigin { rows: Arc::new(origin.rows.pick(&sources)), ..origin.clone() })
    });
    let repeated = |which: usize| {
        let at = move |group: &Group| group.get(which).copied().unwrap_or(0);
        groups.iter().flat_map(move |group| std::iter::repeat_n(at(group), length(&series))).collect()
    };
    Ok(TableData {
        rows,
        columns: columns.collect(),
        parents: (0..table.parents.len()).map(repeated).collect(),
        origins: origins.collect(),
        judgements: moved_judgements(data, &sources),
    })
}

/// The row of each record, the first where there are two.
fn records(data: &TableData, period_at: usize) -> HashMap<(Group, Period), usize> {
    let mut there = HashMap::with_capacity(data.rows);
    let Some(cells) = data.columns.get(period_at) else { return there };
    for (row, cell) in cells.iter().enumerate() {
        if let Cell::Known(Value::Period(period)) = cell {
            there.entry((group_of(data, row), period)).or_insert(row);
        }
    }
    there
}

/// Judgements under the numbers that their rows have now.
fn moved_judgements(
    data: &TableData,
    sources: &[Option<usize>],
) -> IndexMap<(crate::model::ColumnId, u32), super::Judgement> {
    if data.judgements.is_empty() {
        return IndexMap::new();
    }
    let mut moved: HashMap<u32, u32> = HashMap::new();
    for (to, from) in sources.iter().enumerate() {
        if let (Ok(to), Some(Ok(from))) = (u32::try_from(to), from.map(u32::try_from)) {
            moved.insert(from, to);
        }
    }
    data.judgements
        .iter()
        .filter_map(|((column, row), judgement)| Some(((*column, *moved.get(row)?), judgement.clone())))
        .collect()
}
