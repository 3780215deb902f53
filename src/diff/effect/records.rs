//! Which record of the old data is which of the new: the one with the same key, below the same records.

use super::{Evaluated, Rows};
use crate::data::Dataset;
use crate::model::{Level, Model, TableId};
use std::collections::HashMap;

/// The records of a level, old and new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Matched {
    /// Rows that are the same record.
    pub(super) pairs: Vec<(usize, usize)>,
    /// How many records only the new data has.
    pub(super) come: usize,
    /// How many records only the old data has.
    pub(super) gone: usize,
}

/// The records of all levels, each matched once.
#[derive(Debug)]
pub(super) struct Records<'a> {
    old: (&'a Model, &'a Dataset),
    new: (&'a Model, &'a Dataset),
    found: Rows,
}

impl<'a> Records<'a> {
    pub(super) fn new(old: Evaluated<'a>, new: Evaluated<'a>) -> Self {
        Self::of((old.side.model, old.data), (new.side.model, new.data))
    }

    pub(super) fn of(old: (&'a Model, &'a Dataset), new: (&'a Model, &'a Dataset)) -> Self {
        Self { old, new, found: Rows::new() }
    }

    /// The records of two levels.
    pub(super) fn matched(&mut self, old: Level, new: Level) -> Matched {
        let (Level::Table(old), Level::Table(new)) = (old, new) else {
            let is_both = old == new;
            return Matched {
                pairs: if is_both { vec![(0, 0)] } else { Vec::new() },
                come: usize::from(!is_both),
                gone: usize::from(!is_both),
            };
        };
        let (before, after) = (self.old, self.new);
        self.found.entry(new).or_insert_with(|| matched(before, old, after, new)).clone()
    }
}

fn matched(old: (&Model, &Dataset), was: TableId, new: (&Model, &Dataset), is: TableId) -> Matched {
    let mut rows: HashMap<Vec<String>, usize> = HashMap::new();
    let old_count = count(old.1, was);
    for row in 0..old_count {
        rows.entry(path(old, was, row)).or_insert(row);
    }
    let new_count = count(new.1, is);
    let pairs: Vec<(usize, usize)> =
        (0..new_count).filter_map(|row| Some((rows.remove(&path(new, is, row))?, row))).collect();
    Matched { come: new_count - pairs.len(), gone: old_count - pairs.len(), pairs }
}

pub(super) fn count(data: &Dataset, table: TableId) -> usize {
    data.tables.get(table.index()).map_or(0, |table| table.rows)
}

/// The keys of the records above a record, then its own; a record without a key goes by its place.
fn path((model, data): (&Model, &Dataset), table: TableId, row: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for parent in &model.table(table).parents {
        // Each record belongs to one of each parent; further up the same record may be met twice, which does no harm.
        if let Some(above) = data.ancestor_row(model, table, row, *parent) {
            keys.extend(path((model, data), *parent, above));
        }
    }
    keys.push(data.key_text(model, table, row).unwrap_or_else(|| format!("#{row}")));
    keys
}

/// The table of the nation whose records a record is counted for: that of its last parent, and so on.
pub(super) fn root(model: &Model, table: TableId) -> TableId {
    let mut root = table;
    while let Some(parent) = model.table(root).parents.last() {
        root = *parent;
    }
    root
}
