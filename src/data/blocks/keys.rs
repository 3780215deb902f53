//! Whether every record of a file is told from every other by its key: known without keeping the keys where they
//! stand in order, and from a mark of each where they do not.

use super::{Making, Stop};
use crate::data::{Column, Dataset, Values};
use crate::value::Value;
use hashbrown::HashTable;
use std::cmp::Ordering;
use std::hash::BuildHasher;

/// How the rows of a file may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Each key after the one before it.
    Ascending,
    /// In any order.
    Any,
}

/// What the keys and names of a block say.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The first key and the last.
    ends: Option<(Value, Value)>,
    /// A mark of each key, where they may stand in any order.
    marks: Vec<u64>,
    /// A mark of each name.
    names: Vec<u64>,
}

impl Keys {
    pub(super) fn of(making: &Making<'_>, data: &Dataset) -> Result<Self, Stop> {
        let table = making.model.table(making.table);
        let column = |column| data.column(making.model, column);
        let Some(keys) = table.key.and_then(column) else { return Err(Stop::Whole) };
        let is_name = |id: &&crate::model::ColumnId| making.model.column(**id).name == "name";
        let names = table.columns.iter().find(is_name).and_then(|name| column(*name));
        let mut of_block = Self {
            ends: keys.len().checked_sub(1).and_then(|last| Some((keys.value(0)?, keys.value(last)?))),
            ..Self::default()
        };
        match making.order {
            Order::Ascending => {
                let is_known = matches!(keys.values(), Values::Texts(texts) if texts.is_ascending());
                if !is_known && (1..keys.len()).any(|row| keys.compare(row - 1, row) != Ordering::Less) {
                    return Err(Stop::Unordered);
                }
            }
            Order::Any => of_block.marks = marks(making, keys),
        }
        of_block.names = names
            .filter(|names| matches!(names.values(), Values::Texts(_)))
            .map_or(Vec::new(), |names| marks(making, names));
        Ok(of_block)
    }
}

/// A mark of each value: the same values have the same mark.
fn marks(making: &Making<'_>, column: &Column) -> Vec<u64> {
    let mark = |row: usize| match column.text(row) {
        Some(text) => Some(making.hasher.hash_one(text)),
        None => column.value(row).map(|value| making.hasher.hash_one(&value)),
    };
    (0..column.len()).filter_map(mark).collect()
}

/// The keys and names of the blocks so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    keys: HashTable<u64>,
    names: HashTable<u64>,
}

impl Seen {
    /// Puts in those of the next block. Two records of one key, and names that several records have, take the whole
    /// file; so do two keys or names that only have the same mark.
    pub(super) fn put(&mut self, block: Keys, last: &mut Option<Value>, making: &Making<'_>) -> Result<(), Stop> {
        if let Some((first, end)) = block.ends {
            let is_after = |last: &Value| compare(last, &first) == Ordering::Less;
            if making.order == Order::Ascending && !last.as_ref().is_none_or(is_after) {
                return Err(Stop::Unordered);
            }
            *last = Some(end);
        }
        for (seen, marks) in [(&mut self.keys, block.marks), (&mut self.names, block.names)] {
            for mark in marks {
                if seen.find(mark, |other| *other == mark).is_some() {
                    return Err(Stop::Whole);
                }
                seen.insert_unique(mark, mark, |mark| *mark);
            }
        }
        Ok(())
    }
}

/// The order of two keys of a column, as [`Column::compare`] has it.
fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.cmp(other),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Date(one), Value::Date(other)) => one.cmp(other),
        (Value::Period(one), Value::Period(other)) => one.ordinal.cmp(&other.ordinal),
        _ => Ordering::Equal,
    }
}
