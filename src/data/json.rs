//! JSON: one document with a list of records for each table, child records also inside their parents.
//!
//! In: the text of a document. Out: for each table a header of property names and its records as rows. Numbers
//! are read from their digits.

use super::error;
use super::header::fold;
use super::raw::{RawCell, exact};
use super::tally::Found;
use super::workload::{MAX_COLUMNS, Workload};
use crate::model::{Model, TableId};
use crate::problem::DataPlace;
use indexmap::{IndexMap, IndexSet};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The properties of an object in order, twice where they are there twice.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &'de RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// The records of one table.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// Their path without numbers, `area[].quarter[]`.
    pub(super) pattern: String,
    /// Every property that some record has.
    pub(super) header: IndexSet<String>,
    /// The records with their paths and their numbers in their list, from 1.
    pub(super) rows: Vec<Record>,
}

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    /// Where it stands, `area[3]`.
    pub(super) path: String,
    /// Its number in its list, from 1.
    pub(super) number: u64,
    /// Its cells by the number of their property in the header.
    cells: Vec<(usize, RawCell)>,
}

impl Record {
    /// Its cells in the order of the header.
    pub(super) fn cells(self, width: usize) -> Vec<RawCell> {
        let mut row = vec![RawCell::Absent; width];
        for (at, cell) in self.cells {
            if let Some(slot) = row.get_mut(at) {
                *slot = cell;
            }
        }
        row
    }
}

/// What a document holds.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// By table.
    pub(super) tables: IndexMap<TableId, Records>,
    /// Names of lists that are no table's.
    pub(super) unknown: Vec<String>,
    /// Whether some of it could not be read.
    pub(super) is_partial: bool,
}

/// Where a record stands, and the keys of the records it stands in.
struct Context<'c> {
    table: TableId,
    list: String,
    pattern: String,
    inherited: &'c [(String, RawCell)],
}

struct Walk<'w> {
    model: &'w Model,
    place: &'w DataPlace,
    document: Document,
    work: &'w mut Workload,
    found: &'w mut Found,
}

/// Reads a document.
pub(super) fn read(model: &Model, text: &str, place: &DataPlace, work: &mut Workload, found: &mut Found) -> Document {
    let mut walk = Walk { model, place, document: Document::default(), work, found };
    let members: Members<'_> = match serde_json::from_str(text) {
        Ok(members) => members,
        Err(error) => {
            let why = match error.is_eof() {
                true => format!("it ends too early, in line {}", error.line()),
                false => format!("line {}, column {} is not JSON", error.line(), error.column()),
            };
            let problem = match serde_json::from_str::<&RawValue>(text) {
                Ok(_) => error::json_form(place.clone(), "the document is not an object with a list for each table"),
                Err(_) => error::not_readable(place.clone(), &why, "mend it with a JSON editor, or export it again"),
            };
            walk.found.add(problem);
            walk.document.is_partial = true;
            return walk.document;
        }
    };
    for (name, value) in members.0 {
        match table_called(model, &name) {
            Some(table) => {
                let pattern = format!("{name}[]");
                walk.list(value, &Context { table, list: name, pattern, inherited: &[] });
            }
            None => walk.document.unknown.push(name),
        }
    }
    walk.document
}

fn table_called(model: &Model, name: &str) -> Option<TableId> {
    let folded = fold(name);
    let found = model.tables.iter().position(|table| fold(&table.name) == folded)?;
    Some(TableId::from_index(found))
}

fn first_byte(value: &RawValue) -> Option<u8> {
    value.get().bytes().next()
}

impl Walk<'_> {
    fn report(&mut self, path: &str, what: &str) {
        let place = DataPlace { header: Some(path.to_owned()), ..self.place.clone() };
        self.found.add(error::json_form(place, what));
        self.document.is_partial = true;
    }

    fn list(&mut self, value: &RawValue, context: &Context<'_>) {
        let records: Vec<&RawValue> = match serde_json::from_str(value.get()) {
            Ok(records) => records,
            Err(_) => return self.report(&context.list, &format!("`{}` is not a list of records", context.list)),
        };
        let table = self.document.tables.entry(context.table).or_default();
        if table.pattern.is_empty() {
            table.pattern.clone_from(&context.pattern);
        } else if table.pattern != context.pattern {
            let what = format!("records of one table stand in `{}` and in `{}`", table.pattern, context.pattern);
            return self.report(&context.list, &what);
        }
        for (index, record) in records.into_iter().enumerate() {
            if !self.record(record, context, index) {
                return;
            }
        }
    }

    /// Reads a record; no where there is too much.
    fn record(&mut self, value: &RawValue, context: &Context<'_>, index: usize) -> bool {
        let path = format!("{}[{index}]", context.list);
        let Ok(Members(members)) = serde_json::from_str::<Members<'_>>(value.get()) else {
            self.report(&path, &format!("`{path}` is not a record: records stand in braces"));
            return true;
        };
        let mut cells: Vec<(String, RawCell)> = Vec::new();
        let mut children = Vec::new();
        let mut seen = IndexSet::new();
        for (name, value) in members {
            if !seen.insert(name.clone()) {
                let place = DataPlace { header: Some(format!("{path}.{name}")), ..self.place.clone() };
                self.found.add(error::duplicate_property(place, &name));
                continue;
            }
            let child = table_called(self.model, &name).filter(|child| self.model.is_below(*child, context.table));
            match child.filter(|_| first_byte(value) == Some(b'[')) {
                Some(child) => children.push((name, child, value)),
                None => cells.push((name, scalar(value))),
            }
        }
        for (name, cell) in context.inherited {
            if !cells.iter().any(|(own, _)| fold(own) == fold(name)) {
                cells.push((name.clone(), cell.clone()));
            }
        }
        let inherited = if children.is_empty() { Vec::new() } else { self.keys_for_children(context, &cells) };
        if !self.keep(context, path.clone(), index, cells) {
            return false;
        }
        for (name, table, value) in children {
            let list = format!("{path}.{name}");
            let pattern = format!("{}.{name}[]", context.pattern);
            self.list(value, &Context { table, list, pattern, inherited: &inherited });
        }
        true
    }

    fn keep(&mut self, context: &Context<'_>, path: String, index: usize, cells: Vec<(String, RawCell)>) -> bool {
        let Some(table) = self.document.tables.get_mut(&context.table) else { return true };
        let cells: Vec<(usize, RawCell)> =
            cells.into_iter().map(|(name, cell)| (table.header.insert_full(name).0, cell)).collect();
        let width = table.header.len();
        let counted = match width > MAX_COLUMNS {
            true => Err(format!("a table has more than {MAX_COLUMNS} properties")),
            false => self.work.row(width, cells.iter().map(|(_, cell)| cell)),
        };
        if let Err(what) = counted {
            let place = DataPlace { header: Some(path), ..self.place.clone() };
            self.found.add(error::too_large(place, &what));
            self.document.is_partial = true;
            return false;
        }
        let number = u64::try_from(index).unwrap_or(u64::MAX).saturating_add(1);
        table.rows.push(Record { path, number, cells });
        true
    }

    /// The keys by which the records inside a record say where they belong.
    fn keys_for_children(&self, context: &Context<'_>, cells: &[(String, RawCell)]) -> Vec<(String, RawCell)> {
        let table = self.model.table(context.table);
        let mut keys = context.inherited.to_vec();
        let Some(key) = table.key.map(|key| self.model.column(key)) else { return keys };
        let names: Vec<String> = [Some(&key.name), key.label.as_ref()].into_iter().flatten().map(|n| fold(n)).collect();
        let own = cells.iter().find(|(name, _)| names.contains(&fold(name)));
        keys.push((table.name.clone(), own.map_or_else(RawCell::blank, |(_, cell)| cell.clone())));
        keys
    }
}

fn scalar(value: &RawValue) -> RawCell {
    let text = value.get();
    let unusable = |why| RawCell::Unusable(text.chars().take(80).collect(), why);
    match first_byte(value) {
        Some(b'n') => RawCell::blank(),
        Some(b't') => RawCell::YesNo(true),
        Some(b'f') => RawCell::YesNo(false),
        Some(b'"') => match serde_json::from_str::<String>(text) {
            Ok(text) => RawCell::Text(text),
            Err(_) => unusable("the text has an escape that stands for no letter"),
        },
        Some(b'[') => unusable("a list stands here, and the property holds one value"),
        Some(b'{') => unusable("a record stands here, and the property holds one value"),
        _ => match exact(text) {
            Some(value) => RawCell::Number { value, text: text.to_owned(), is_percent: false },
            None => unusable("the number is too large or too small to be a figure"),
        },
    }
}
