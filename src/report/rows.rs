//! What people call the rows of a run, where their cells came from, and their order.
//!
//! In: the model and the data. Out: `Sunderland, Q2 2015-16`, `quarter.csv, row 43`.

use crate::data::{Column, Dataset, Values};
use crate::model::{ColumnId, Level, Model, TableId};
use crate::problem::DataPlace;
use crate::value::Value;
use fixedbitset::FixedBitSet;
use std::cmp::Ordering;

/// The order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By the keys of the records above, then by their own.
    #[default]
    Key,
    /// As in the data.
    Input,
}

/// The rows of a run.
#[derive(Debug)]
pub struct Rows<'a> {
    model: &'a Model,
    data: &'a Dataset,
    /// For each table, which texts of its column of names several of its records have.
    shared_names: Vec<FixedBitSet>,
    /// The names of the files without their folders, where that leaves no two alike.
    file_names: Vec<&'a str>,
}

impl<'a> Rows<'a> {
    /// The rows of this data.
    pub fn new(model: &'a Model, data: &'a Dataset) -> Self {
        let shared = |index: usize| {
            let table = TableId::from_index(index);
            let names = names(model, data, table).filter(|_| model.table(table).parents.is_empty());
            names.map(shared_texts).unwrap_or_default()
        };
        Self { model, data, shared_names: (0..model.tables.len()).map(shared).collect(), file_names: short_names(data) }
    }

    /// How many rows a level has.
    pub fn count(&self, level: Level) -> usize {
        match level {
            Level::Nation => 1,
            Level::Table(table) => count(self.data, table),
        }
    }

    /// The value of a cell, if known.
    pub fn cell(&self, column: ColumnId, row: usize) -> Option<Value> {
        self.data.value(self.model, column, row)
    }

    /// The key of a record, as people write it.
    pub fn key(&self, table: TableId, row: usize) -> Option<String> {
        self.data.key_text(self.model, table, row)
    }

    /// The name of a record among those that belong to the same records.
    pub fn own_name(&self, table: TableId, row: usize) -> String {
        let key = self.key(table, row);
        match given_name(self.model, self.data, table, row) {
            Some(name) => {
                let code = names(self.model, self.data, table).and_then(|names| code(names, row));
                let is_shared =
                    self.shared_names.get(table.index()).zip(code).is_some_and(|(names, code)| names.contains(code));
                match key {
                    Some(key) if is_shared => format!("{name} ({key})"),
                    _ => name.to_owned(),
                }
            }
            None => key.unwrap_or_else(|| format!("{} {}", self.model.table(table).name, row + 1)),
        }
    }

    /// The name of a record with those of the records it belongs to: `Sunderland, Q2 2015-16`.
    pub fn name(&self, table: TableId, row: usize) -> String {
        let mut named = Vec::new();
        self.push_records(table, row, &mut named);
        let names: Vec<String> = named.into_iter().map(|(table, row)| self.own_name(table, row)).collect();
        names.join(", ")
    }

    /// A record after those it belongs to, each once: two of its parents may belong to the same record.
    fn push_records(&self, table: TableId, row: usize, records: &mut Vec<(TableId, usize)>) {
        for (parent, above) in self.parents(table, row) {
            if !records.contains(&(parent, above)) {
                self.push_records(parent, above, records);
            }
        }
        records.push((table, row));
    }

    /// The name of a row of a level; none for the nation.
    pub fn at(&self, level: Level, row: usize) -> Option<String> {
        match level {
            Level::Nation => None,
            Level::Table(table) => Some(self.name(table, row)),
        }
    }

    /// The records a record belongs to directly.
    pub fn parents(&self, table: TableId, row: usize) -> Vec<(TableId, usize)> {
        let above = self.data.tables.get(table.index()).map(|data| data.parents.as_slice()).unwrap_or_default();
        let parents = self.model.table(table).parents.iter().zip(above);
        parents.filter_map(|(parent, rows)| Some((*parent, *rows.get(row)? as usize))).collect()
    }

    /// The record of `upper` that a record of `table` belongs to, directly or not; itself for its own table.
    pub fn above(&self, table: TableId, row: usize, upper: TableId) -> Option<usize> {
        self.data.ancestor_row(self.model, table, row, upper)
    }

    /// Where a cell came from; none where the data has no such cell.
    pub fn place(&self, column: ColumnId, row: usize) -> Option<DataPlace> {
        let place = self.data.cell_place(self.model, column, row);
        let has_place = place.row.is_some() || (place.column.is_none() && place.header.is_some());
        (has_place && !place.file.is_empty()).then_some(place)
    }

    /// A place in words, without its column, which the sentence around it names: `quarter.csv, row 43`.
    pub fn place_text(&self, column: ColumnId, row: usize) -> Option<String> {
        let place = self.place(column, row)?;
        let index = self.data.files.iter().position(|file| file.name == place.file && file.sheet == place.sheet);
        let file = index.map_or_else(|| place.file.clone(), |index| self.file_name(index).to_owned());
        Some(match place.row {
            Some(_) => DataPlace { file, header: None, column: None, ..place }.to_string(),
            None => DataPlace { file, ..place }.to_string(),
        })
    }

    /// Adds a place in words, in brackets: ` (quarter.csv, row 43)`. Nothing where the data has no such cell.
    pub(in crate::report) fn push_place(&self, column: ColumnId, row: usize, text: &mut String) {
        let table = self.model.column(column).table;
        let origins = self.data.tables.get(table.index()).map(|data| data.origins.as_slice()).unwrap_or_default();
        let origin = origins.get(self.model.column_position(column)).and_then(Option::as_ref);
        let file = origin.and_then(|origin| self.data.files.get(origin.file));
        if let (Some(origin), Some(file)) = (origin, file)
            && file.sheet.is_none()
            && !file.is_json()
            && let Some(number) = origin.rows.get(row)
        {
            // Two files of one name are called by it alike.
            let first = self.data.files.iter().position(|other| other.name == file.name && other.sheet.is_none());
            text.push_str(" (");
            text.push_str(self.file_name(first.unwrap_or(origin.file)));
            text.push_str(", row ");
            text.push_str(&number.to_string());
            text.push(')');
        } else if let Some(place) = self.place_text(column, row) {
            text.push_str(&format!(" ({place})"));
        }
    }

    /// What a file is called in sentences: without its folder, where no other file has the same name.
    pub fn file_name(&self, index: usize) -> &'a str {
        self.file_names.get(index).copied().unwrap_or_default()
    }

    /// The rows of a table in this order.
    pub fn ordered(&self, table: TableId, sort: Sort) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..count(self.data, table)).collect();
        if sort == Sort::Key {
            // A stable sort: rows without a key keep the order of the data.
            rows.sort_by(|left, right| self.compare(table, *left, *right));
        }
        rows
    }

    fn compare(&self, table: TableId, left: usize, right: usize) -> Ordering {
        let above = self.parents(table, left).into_iter().zip(self.parents(table, right));
        for ((parent, left), (_, right)) in above {
            let order = if left == right { Ordering::Equal } else { self.compare(parent, left, right) };
            if order != Ordering::Equal {
                return order;
            }
        }
        let key = self.model.table(table).key;
        let keys = key.and_then(|key| self.data.column(self.model, key));
        keys.map_or(Ordering::Equal, |keys| keys.compare(left, right))
    }

    /// The records of a table whose key or name is this; capitals do not matter in a name.
    pub fn find(&self, table: TableId, wanted: &str) -> Vec<usize> {
        let wanted = wanted.trim();
        let rows = 0..count(self.data, table);
        let by_key: Vec<usize> =
            rows.clone().filter(|row| self.key(table, *row).is_some_and(|key| key == wanted)).collect();
        if !by_key.is_empty() {
            return by_key;
        }
        let lower = wanted.to_lowercase();
        rows.filter(|row| {
            let name = given_name(self.model, self.data, table, *row);
            name.is_some_and(|name| name.to_lowercase() == lower)
                || self.key(table, *row).is_some_and(|key| key.to_lowercase() == lower)
        })
        .collect()
    }
}

fn count(data: &Dataset, table: TableId) -> usize {
    data.tables.get(table.index()).map_or(0, |table| table.rows)
}

/// What the column `name` says of a record.
fn given_name<'a>(model: &Model, data: &'a Dataset, table: TableId, row: usize) -> Option<&'a str> {
    names(model, data, table)?.text(row)
}

/// The column `name` of a table.
fn names<'a>(model: &Model, data: &'a Dataset, table: TableId) -> Option<&'a Column> {
    let column = model.table(table).columns.iter().find(|column| model.column(**column).name == "name")?;
    data.column(model, *column)
}

/// The number of the text of a row.
fn code(column: &Column, row: usize) -> Option<usize> {
    match column.values() {
        Values::Texts(texts) => texts.codes().get(row).map(|code| *code as usize),
        _ => None,
    }
}

/// The numbers of the texts that several rows have.
fn shared_texts(column: &Column) -> FixedBitSet {
    let Values::Texts(texts) = column.values() else { return FixedBitSet::new() };
    let mut seen = FixedBitSet::with_capacity(texts.distinct());
    let mut shared = seen.clone();
    let mut absent = column.missing().rows_in(0, column.len()).peekable();
    for (row, code) in texts.codes().iter().enumerate() {
        if absent.next_if_eq(&row).is_none() && seen.put(*code as usize) {
            shared.insert(*code as usize);
        }
    }
    shared
}

fn short_names(data: &Dataset) -> Vec<&str> {
    let short = |name: &'_ str| name.rsplit(['/', '\\']).next().map_or(0, |last| name.len() - last.len());
    let names: Vec<&str> =
        data.files.iter().map(|file| file.name.get(short(&file.name)..).unwrap_or(&file.name)).collect();
    let is_shared = |index: usize| {
        let others = data.files.iter().zip(&names).filter(|(_, name)| **name == names[index]);
        others.map(|(file, _)| &file.name).any(|name| *name != data.files[index].name)
    };
    (0..names.len())
        .map(|index| if is_shared(index) { data.files[index].name.as_str() } else { names[index] })
        .collect()
}
