//! Reading a dataset: cells, where they came from, what a record is called, and which record one belongs to.

use super::{Cell, Column, DataFile, Dataset, TableData};
use crate::model::{ColumnId, Model, TableId};
use crate::problem::DataPlace;
use crate::value::{MissingReason, Value};

impl Dataset {
    /// The rows of a table.
    pub fn table(&self, id: TableId) -> &TableData {
        &self.tables[id.index()]
    }

    /// The cells of a column, if the dataset has them.
    pub fn column(&self, model: &Model, column: ColumnId) -> Option<&Column> {
        self.tables.get(model.column(column).table.index())?.columns.get(model.column_position(column))
    }

    /// A cell; missing for having no record where the table has no such row.
    pub fn cell(&self, model: &Model, column: ColumnId, row: usize) -> Cell {
        self.column(model, column).map_or(Cell::Missing(MissingReason::NoRecord), |cells| cells.get(row))
    }

    /// The text of a cell, if it has one.
    pub fn text(&self, model: &Model, column: ColumnId, row: usize) -> Option<&str> {
        let table = self.tables.get(model.column(column).table.index())?;
        table.columns.get(model.column_position(column))?.text(row)
    }

    /// The value of a cell, if it has one.
    pub fn value(&self, model: &Model, column: ColumnId, row: usize) -> Option<Value> {
        self.column(model, column)?.value(row)
    }

    /// The file, sheet, row and column that a cell came from, as far as it came from a file.
    pub fn cell_place(&self, model: &Model, column: ColumnId, row: usize) -> DataPlace {
        let table = model.column(column).table;
        let origin = self
            .tables
            .get(table.index())
            .and_then(|data| data.origins.get(model.column_position(column)))
            .and_then(Option::as_ref);
        let Some(origin) = origin else { return DataPlace::default() };
        let file = self.files.get(origin.file);
        let in_file = origin.rows.get(row);
        let mut place = DataPlace {
            file: file.map(|file| file.name.clone()).unwrap_or_default(),
            sheet: file.and_then(|file| file.sheet.clone()),
            row: in_file,
            column: Some(origin.column),
            header: Some(origin.header.clone()),
            cell: None,
        };
        if file.is_some_and(DataFile::is_json) {
            place.header = Some(self.json_path(model, column, row, &origin.header));
            (place.row, place.column) = (None, None);
        }
        place
    }

    /// Fills the numbers into a path such as `area[].quarter[].actual`, from the inmost outwards.
    fn json_path(&self, model: &Model, column: ColumnId, row: usize, pattern: &str) -> String {
        let mut parts: Vec<&str> = pattern.split("[]").collect();
        let mut path = parts.pop().unwrap_or_default().to_owned();
        let (mut table, mut at, mut position) = (model.column(column).table, row, model.column_position(column));
        while let Some(part) = parts.pop() {
            let number =
                self.row_in_file(table, position, at).map_or(String::new(), |n| n.saturating_sub(1).to_string());
            path = format!("{part}[{number}]{path}");
            let outer = model.table(table).parents.iter().enumerate().find(|(_, parent)| {
                let name = parts.last().map_or("", |outer| outer.trim_start_matches('.'));
                model.table(**parent).name == name
            });
            let Some((which, parent)) = outer else { break };
            at = self.parent_row(table, at, which).unwrap_or(0);
            position = self.table(*parent).origins.iter().position(Option::is_some).unwrap_or(0);
            table = *parent;
        }
        parts.push(&path);
        parts.join("[]")
    }

    fn row_in_file(&self, table: TableId, position: usize, row: usize) -> Option<u64> {
        let origin = self.table(table).origins.get(position)?.as_ref()?;
        origin.rows.get(row)
    }

    fn parent_row(&self, table: TableId, row: usize, which: usize) -> Option<usize> {
        let parent = *self.table(table).parents.get(which)?.get(row)?;
        usize::try_from(parent).ok()
    }

    /// What people call a record: its name, else its key, after those of the records it belongs to:
    /// `Sunderland, Q4 2014-15`.
    pub fn row_label(&self, model: &Model, table: TableId, row: usize) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (which, parent) in model.table(table).parents.iter().enumerate() {
            if let Some(at) = self.parent_row(table, row, which) {
                parts.push(self.row_label(model, *parent, at));
            }
        }
        parts.push(self.own_label(model, table, row));
        parts.join(", ")
    }

    fn own_label(&self, model: &Model, table: TableId, row: usize) -> String {
        let name = name_column(model, table);
        let candidates = [name, model.table(table).key];
        let known = candidates.into_iter().flatten().find_map(|column| self.value(model, column, row));
        match known {
            Some(value) => value_text(&value),
            None => format!("row {}", row + 1),
        }
    }

    /// The key of a record as text, without those of the records it belongs to.
    pub fn key_text(&self, model: &Model, table: TableId, row: usize) -> Option<String> {
        let key = model.table(table).key?;
        self.value(model, key, row).as_ref().map(value_text)
    }

    /// The record with this key, name or label: exactly, else without regard to capitals where that is only one.
    pub fn find_row(&self, model: &Model, table: TableId, text: &str) -> Option<usize> {
        let wanted = super::cell::tidy(text);
        let columns = [model.table(table).key, name_column(model, table)];
        let rows = 0..self.table(table).rows;
        let spelt = |row: usize| {
            let own = columns.into_iter().flatten().filter_map(move |column| self.value(model, column, row));
            let label = (!model.table(table).parents.is_empty()).then(|| self.row_label(model, table, row));
            own.map(|value| value_text(&value)).chain(label).collect::<Vec<_>>()
        };
        let mut exact = rows.clone().filter(|row| spelt(*row).contains(&wanted));
        if let Some(first) = exact.next() {
            // A period alone names one record of a series only where there is a single parent.
            return exact.next().is_none().then_some(first);
        }
        let lower = wanted.to_lowercase();
        let mut alike = rows.filter(|row| spelt(*row).iter().any(|text| text.to_lowercase() == lower));
        match (alike.next(), alike.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// The record of `to` that a record of `from` belongs to, directly or not; the record itself where the
    /// tables are the same.
    pub fn ancestor_row(&self, model: &Model, from: TableId, row: usize, to: TableId) -> Option<usize> {
        if from == to {
            return Some(row);
        }
        model.table(from).parents.iter().enumerate().find_map(|(which, parent)| {
            let at = self.parent_row(from, row, which)?;
            self.ancestor_row(model, *parent, at, to)
        })
    }

    /// The records of `child` that belong directly to a record of `table`, in order.
    pub fn child_rows(&self, model: &Model, table: TableId, row: usize, child: TableId) -> Vec<usize> {
        let Some(which) = model.table(child).parents.iter().position(|parent| *parent == table) else {
            return Vec::new();
        };
        (0..self.table(child).rows).filter(|at| self.parent_row(child, *at, which) == Some(row)).collect()
    }
}

impl DataFile {
    /// The file, or sheet of it, at a place.
    pub(super) fn at(place: &DataPlace) -> Self {
        let says = |text: &str| text.to_lowercase().contains("illustrative");
        Self {
            name: place.file.clone(),
            sheet: place.sheet.clone(),
            is_illustrative: says(&place.file) || place.sheet.as_deref().is_some_and(says),
        }
    }

    /// Whether it is a JSON document, whose cells have paths instead of rows and columns.
    pub fn is_json(&self) -> bool {
        self.name.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("json"))
    }
}

/// The column that people read for a record.
fn name_column(model: &Model, table: TableId) -> Option<ColumnId> {
    model.table(table).columns.iter().copied().find(|column| model.column(*column).name == "name")
}

/// A key or name as text.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => crate::value::date_text(*date),
        Value::Period(period) => period.to_string(),
        Value::Condition(_) => String::new(),
    }
}
