//! The data of a scenario: what it gives, and a reason for everything it does not give.
//!
//! In: the rows of a scenario with names and types settled. Out: a [`Dataset`] without files.

use super::access::value_text;
use super::{Cell, Column, Dataset, TableData, cell, series};
use crate::model::{ColumnId, GivenRow, GivenTable, Model, Scenario, TableId, Type};
use crate::value::{MissingReason, Value};
use std::sync::Arc;

const NOT_GIVEN: Cell = Cell::Missing(MissingReason::NotGiven);

/// The dataset of a scenario. A table of the nation that is not given has one record where it is the only
/// one, or where records below it are given; a record without a key is called `scenario 1`, `scenario 2`.
/// Series are complete, their periods in order. The error says what is wrong with the rows.
pub fn from_scenario(model: &Model, scenario: &Scenario) -> Result<Dataset, String> {
    let mut dataset = Dataset::default();
    for (index, _) in model.tables.iter().enumerate() {
        let id = TableId::from_index(index);
        let empty = GivenRow { parents: Vec::new(), above: Vec::new(), cells: Vec::new(), span: scenario.span };
        let default_rows = [empty];
        let given: Vec<&GivenRow> = rows_of(scenario, id).collect();
        let rows =
            if given.is_empty() && stands_alone(model, scenario, id) { default_rows.iter().collect() } else { given };
        let table = build_table(model, &dataset, id, &rows)?;
        dataset.tables.push(table);
    }
    Ok(dataset)
}

fn rows_of(scenario: &Scenario, table: TableId) -> impl Iterator<Item = &GivenRow> {
    scenario.tables.iter().filter(move |given| given.table == table).flat_map(|given: &GivenTable| given.rows.iter())
}

/// Whether a table of the nation that is not given has one record all the same.
fn stands_alone(model: &Model, scenario: &Scenario, table: TableId) -> bool {
    if !model.table(table).parents.is_empty() {
        return false;
    }
    let of_nation = model.tables.iter().filter(|other| other.parents.is_empty()).count();
    of_nation == 1 || scenario.tables.iter().any(|given| model.is_below(given.table, table))
}

fn build_table(model: &Model, dataset: &Dataset, id: TableId, rows: &[&GivenRow]) -> Result<TableData, String> {
    let table = model.table(id);
    let mut parents: Vec<Vec<u32>> = vec![Vec::with_capacity(rows.len()); table.parents.len()];
    for row in rows {
        for (which, parent) in table.parents.iter().enumerate() {
            let named = row.parents.get(which).and_then(Option::as_ref);
            if let Some(rows) = parents.get_mut(which) {
                rows.push(parent_row(model, dataset, id, *parent, named.map(String::as_str), &row.above)?);
            }
        }
    }
    let mut cells: Vec<Vec<Cell>> = vec![vec![NOT_GIVEN; rows.len()]; table.columns.len()];
    for (at, row) in rows.iter().enumerate() {
        for (column, value) in &row.cells {
            let cell = match value {
                Ok(value) => Cell::Known(value.clone()),
                Err(reason) => Cell::Missing(*reason),
            };
            if let Some(slot) = cells.get_mut(model.column_position(*column)).and_then(|cells| cells.get_mut(at)) {
                *slot = cell;
            }
        }
    }
    name_records(model, id, &mut cells);
    let typed = |(column, cells): (&ColumnId, Vec<Cell>)| Column::from_cells(&model.column(*column).ty, cells);
    let mut data = TableData {
        rows: rows.len(),
        origins: table.columns.iter().map(|_| None).collect(),
        columns: table.columns.iter().zip(cells).map(typed).collect(),
        parents,
        ..TableData::default()
    };
    check_keys(model, dataset, id, &data)?;
    if table.series.is_some() {
        check_periods(model, id, &data)?;
        data = series::complete(model, dataset, id, &data, MissingReason::NotGiven)?;
    }
    Ok(data)
}

fn parent_row(
    model: &Model,
    dataset: &Dataset,
    table: TableId,
    parent: TableId,
    named: Option<&str>,
    further_up: &[(TableId, String)],
) -> Result<u32, String> {
    let (child, above) = (&model.table(table).name, model.table(parent));
    let rows = dataset.table(parent).rows;
    let Some(named) = named else {
        return match rows {
            1 => Ok(0),
            0 => Err(format!("`{child}` is given, but no `{}` it belongs to", above.name)),
            _ => Err(format!("say which `{0}` each row of `{child}` belongs to, in a column `{0}`", above.name)),
        };
    };
    let wanted = above.key.and_then(|key| cell::parse(named, model.column(key), model).ok());
    let is_below = |row: usize| {
        further_up.iter().filter(|(table, _)| model.is_below(parent, *table)).all(|(table, named)| {
            let key = model.table(*table).key;
            let at = dataset.ancestor_row(model, parent, row, *table);
            key.zip(at).is_some_and(|(key, at)| {
                cell::parse(named, model.column(key), model).ok() == Some(dataset.cell(model, key, at))
            })
        })
    };
    let is_meant =
        |row: &usize| above.key.is_some_and(|key| wanted == Some(dataset.cell(model, key, *row))) && is_below(*row);
    let mut found = (0..rows).filter(is_meant);
    match (found.next(), found.next()) {
        (Some(row), None) => u32::try_from(row).map_err(|_| "there are too many rows".to_owned()),
        (Some(_), Some(_)) => Err(format!("`{named}` names several records of `{}`", above.name)),
        (None, _) => Err(format!("there is no `{}` `{named}`", above.name)),
    }
}

/// Gives records that have no key a name of their own, where keys are texts.
fn name_records(model: &Model, id: TableId, columns: &mut [Vec<Cell>]) {
    let Some(key) = model.table(id).key else { return };
    if !matches!(model.column(key).ty, Type::Text | Type::Unknown) {
        return;
    }
    let Some(cells) = columns.get_mut(model.column_position(key)) else { return };
    for (at, cell) in cells.iter_mut().enumerate() {
        if *cell == NOT_GIVEN {
            *cell = Cell::Known(Value::Text(Arc::from(format!("scenario {}", at + 1))));
        }
    }
}

fn check_periods(model: &Model, id: TableId, data: &TableData) -> Result<(), String> {
    let table = model.table(id);
    let Some(series) = table.series else { return Ok(()) };
    let Some(cells) = data.columns.get(model.column_position(series.column)) else { return Ok(()) };
    for cell in cells.iter() {
        match &cell {
            Cell::Known(Value::Period(period)) if (series.first..=series.last).contains(period) => {}
            Cell::Known(other) => {
                return Err(format!(
                    "`{}` is outside `{}`, which runs from `{}` to `{}`",
                    value_text(other),
                    table.name,
                    series.first,
                    series.last
                ));
            }
            Cell::Missing(_) => return Err(format!("each row of `{}` needs its `period`", table.name)),
        }
    }
    Ok(())
}

/// Refuses two rows for one record.
fn check_keys(model: &Model, dataset: &Dataset, id: TableId, data: &TableData) -> Result<(), String> {
    let Some(key) = model.table(id).key else { return Ok(()) };
    let Some(cells) = data.columns.get(model.column_position(key)) else { return Ok(()) };
    let mut seen = std::collections::HashSet::new();
    for (row, cell) in cells.iter().enumerate() {
        let Cell::Known(value) = cell else { continue };
        let above: Vec<Option<u32>> = data.parents.iter().map(|rows| rows.get(row).copied()).collect();
        if !seen.insert((above.clone(), value.clone())) {
            let parents = model
                .table(id)
                .parents
                .iter()
                .zip(&above)
                .filter_map(|(parent, at)| Some(dataset.row_label(model, *parent, usize::try_from((*at)?).ok()?)));
            let label: Vec<String> = parents.chain([value_text(&value)]).collect();
            return Err(format!("`{}` has two rows for `{}`", model.table(id).name, label.join(", ")));
        }
    }
    Ok(())
}
