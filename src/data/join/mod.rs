//! From the parts of a table to the table: rows find the records they belong to, and each other.
//!
//! In: the parts of one table and the tables above it, already joined. Out: a [`TableData`] with every record
//! once, in input order; series complete. Duplicates, orphans and absent records are reported here.

mod assemble;
mod single;

pub(super) use single::table_of;

use super::access::value_text;
use super::header::{Target, ancestors};
use super::part::Part;
use super::tally::Found;
use super::{Cell as DataCell, DataFile, Dataset, TableData, error, series};
use crate::model::{ColumnId, Model, TableId};
use crate::problem::DataPlace;
use crate::suggest;
use crate::value::{MissingReason, Value};
use indexmap::IndexMap;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// For how many keys that are not there a near one is sought.
const MOST_GUESSES: usize = 500;

/// Which record: the rows above it and its key; without a key its own number.
type Identity = (Vec<u32>, Option<Value>, usize);

/// A joined table as the tables below it see it.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// The row of each record by the rows above it and its key.
    rows: HashMap<(Vec<u32>, Value), u32>,
    /// Whether every record that the files hold is in the table, so that one not found is not there.
    is_complete: bool,
}

/// Joins the tables of a run, one after another.
#[derive(Debug)]
pub(super) struct Joiner<'a> {
    model: &'a Model,
    joined: Vec<Joined>,
    /// For how many more keys that are not there a near one is sought: each search looks at every record, and few
    /// of what they find are shown.
    guesses: Cell<usize>,
    /// The tables so far.
    pub(super) dataset: Dataset,
}

/// Rows of a part that have found their record, in order: the record and the row of the part.
struct Placed {
    rows: Vec<(Identity, usize)>,
    /// Parents with a row that did not: what they lack may be in it.
    doubtful: HashSet<Vec<u32>>,
    /// Whether some row did not even find its parents.
    lost_some: bool,
}

fn has_digits(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a key is a word for a total.
pub(super) fn is_total(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["total", "totals", "grand total", "sum", "all", "all areas", "england", "average", "mean", "national"];
    !has_digits(text) && WORDS.contains(&text.to_lowercase().as_str())
}

impl<'a> Joiner<'a> {
    pub(super) fn new(model: &'a Model, files: Vec<DataFile>) -> Self {
        Self {
            model,
            joined: Vec::new(),
            guesses: Cell::new(MOST_GUESSES),
            dataset: Dataset { tables: Vec::new(), files },
        }
    }

    /// Joins the next table, in the order of the model.
    pub(super) fn join(&mut self, id: TableId, mut parts: Vec<Part>, found: &mut Found) {
        if let Some((data, is_complete)) = self.single(id, &mut parts, found) {
            self.keep(id, data, is_complete);
            return;
        }
        let placed: Vec<Placed> = parts.iter().map(|part| self.place_rows(id, part, parts.len() > 1, found)).collect();
        let mut records: IndexMap<Identity, Vec<Option<usize>>> = IndexMap::new();
        for (which, placed) in placed.iter().enumerate() {
            for (identity, row) in &placed.rows {
                let rows = records.entry(identity.clone()).or_insert_with(|| vec![None; parts.len()]);
                if let Some(slot) = rows.get_mut(which) {
                    *slot = Some(*row);
                }
            }
        }
        let has_key = |part: &Part| self.model.table(id).key.is_none_or(|key| !part.lacks(Target::Column(key)));
        let is_complete = !parts.is_empty()
            && parts.iter().all(|part| !part.is_partial && has_key(part))
            && placed.iter().all(|placed| !placed.lost_some && placed.doubtful.is_empty());
        let mut data = self.assemble(id, &parts, &records);
        self.report_absent(id, &parts, &placed, &records, found);
        if self.model.table(id).series.is_some() {
            match series::complete(self.model, &self.dataset, id, &data, MissingReason::NoRecord) {
                Ok(complete) => data = complete,
                Err(what) => found.add(error::too_large(Default::default(), &what)),
            }
        }
        self.keep(id, data, is_complete);
    }

    fn keep(&mut self, id: TableId, data: TableData, is_complete: bool) {
        let is_sought = self.model.tables.iter().any(|table| table.parents.contains(&id));
        let rows = if is_sought { self.index(id, &data) } else { HashMap::new() };
        self.joined.push(Joined { rows, is_complete });
        self.dataset.tables.push(data);
    }

    fn index(&self, id: TableId, data: &TableData) -> HashMap<(Vec<u32>, Value), u32> {
        let Some(key) = self.model.table(id).key else { return HashMap::new() };
        let Some(cells) = data.columns.get(self.model.column_position(key)) else { return HashMap::new() };
        let keyed = cells.iter().enumerate().filter_map(|(row, cell)| match cell {
            DataCell::Known(value) => Some(((series::group_of(data, row), value), u32::try_from(row).ok()?)),
            DataCell::Missing(_) => None,
        });
        keyed.collect()
    }

    /// Finds the record of each row of a part.
    fn place_rows(&self, id: TableId, part: &Part, is_joined: bool, found: &mut Found) -> Placed {
        let table = self.model.table(id);
        let mut placed = Placed { rows: Vec::new(), doubtful: HashSet::new(), lost_some: false };
        if !self.has_its_columns(id, part, is_joined, found) {
            placed.lost_some = true;
            return placed;
        }
        let totals = self.totals(id, part);
        let key_column = table.key.and_then(|key| part.column(Target::Column(key)));
        let mut first_rows: HashMap<Identity, usize> = HashMap::new();
        for row in 0..part.rows.len() {
            let key_place = || {
                let cell = key_column.and_then(|column| column.cells.value(row)).as_ref().map(value_text);
                DataPlace { cell, ..part.place_of(row, key_column) }
            };
            if let Some(total) = totals.get(&row) {
                found.add(error::total_row(key_place(), total, &table.name));
                continue;
            }
            let Some(above) = self.parents_of(id, part, row, found) else {
                placed.lost_some = true;
                continue;
            };
            let key = match key_column.map(|column| column.cells.get(row)) {
                None => None,
                Some(DataCell::Known(value)) => Some(value),
                Some(DataCell::Missing(reason)) => {
                    if reason != MissingReason::Unreadable {
                        let name = table.key.map_or("", |key| &self.model.column(key).name);
                        found.add(error::missing_key(key_place(), &table.name, name));
                    }
                    placed.doubtful.insert(above);
                    continue;
                }
            };
            if let (Some(series), Some(Value::Period(period))) = (table.series, &key)
                && !(series.first..=series.last).contains(period)
            {
                let (first, last) = (series.first.to_string(), series.last.to_string());
                found.add(error::outside_series(key_place(), &table.name, &period.to_string(), &first, &last));
                continue;
            }
            let own = if key.is_some() { 0 } else { row };
            let identity = (above, key, own);
            if let Some(first) = first_rows.get(&identity) {
                let first = part.row_name(*first);
                found.add(error::duplicate_key(key_place(), &self.record_name(id, &identity), &first));
                continue;
            }
            first_rows.insert(identity.clone(), row);
            placed.rows.push((identity, row));
        }
        placed
    }

    /// Whether a part can say which records its rows are for. What it lacks is reported.
    fn has_its_columns(&self, id: TableId, part: &Part, is_joined: bool, found: &mut Found) -> bool {
        let table = self.model.table(id);
        let mut has_all = !(part.is_partial && part.columns.is_empty());
        if !has_all {
            return false;
        }
        let place = || DataPlace { row: part.header_row, ..part.place.clone() };
        for above in ancestors(self.model, id) {
            let parent = self.model.table(above);
            // A model without errors has a key in every table.
            let Some(key) = parent.key else { continue };
            let target = Target::Ancestor(above);
            has_all &= !part.lacks(target);
            if part.lacks(target) && !part.misnamed.contains(&target) {
                let key = &self.model.column(key).name;
                found.add(error::missing_parent_column(place(), &table.name, &parent.name, key));
            }
        }
        if let Some(key) = table.key
            && part.lacks(Target::Column(key))
            && (is_joined || table.series.is_some())
        {
            has_all = false;
            if !part.misnamed.contains(&Target::Column(key)) {
                found.add(error::missing_key_column(place(), &table.name, &self.model.column(key).name));
            }
        }
        has_all
    }

    /// The rows above that a row belongs to. What cannot be found is reported.
    fn parents_of(&self, id: TableId, part: &Part, row: usize, found: &mut Found) -> Option<Vec<u32>> {
        let parents = &self.model.table(id).parents;
        let mut rows = Vec::with_capacity(parents.len());
        for parent in parents {
            match self.find_above(*parent, part, row) {
                Ok(at) => rows.push(at),
                Err(Some(problem)) => {
                    found.add(*problem);
                    return None;
                }
                Err(None) => return None,
            }
        }
        Some(rows)
    }

    /// The row of a table above that a row of a part belongs to; the error is `None` where what is wrong was
    /// reported elsewhere.
    fn find_above(&self, above: TableId, part: &Part, row: usize) -> Result<u32, Option<Box<crate::problem::Problem>>> {
        let table = self.model.table(above);
        let joined = self.joined.get(above.index()).ok_or(None)?;
        let key = table.key.ok_or(None)?;
        let further: Vec<u32> =
            table.parents.iter().map(|parent| self.find_above(*parent, part, row)).collect::<Result<_, _>>()?;
        let column = part.column(Target::Ancestor(above)).ok_or(None)?;
        let place = || part.place_of(row, Some(column));
        let value = match column.cells.get(row) {
            DataCell::Known(value) => value,
            DataCell::Missing(MissingReason::Unreadable) => return Err(None),
            DataCell::Missing(_) => {
                let name = &self.model.table(part.table).name;
                return Err(Some(Box::new(error::missing_key(place(), name, &column.header))));
            }
        };
        if let Some(found) = joined.rows.get(&(further, value.clone())) {
            return Ok(*found);
        }
        if !joined.is_complete {
            return Err(None);
        }
        let text = value_text(&value);
        let near = self.near_record(above, key, &text);
        let place = || DataPlace { cell: Some(text.clone()), ..place() };
        Err(Some(Box::new(error::orphan_record(place(), &table.name, &text, near.as_deref()))))
    }

    /// The key that may be meant by one that is not there: of a record of this name, else the nearest.
    fn near_record(&self, table: TableId, key: ColumnId, text: &str) -> Option<String> {
        self.guesses.set(self.guesses.get().checked_sub(1)?);
        let by_name = self.dataset.find_row(self.model, table, text);
        if let Some(key) = by_name.and_then(|row| self.dataset.key_text(self.model, table, row)) {
            return Some(key);
        }
        // Codes are all alike: the nearest one says nothing.
        if text.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let cells = self.dataset.table(table).columns.get(self.model.column_position(key))?;
        let keys: Vec<String> =
            (0..cells.len()).filter_map(|row| cells.value(row)).map(|key| value_text(&key)).collect();
        suggest::nearest(text, keys.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Rows whose key is a word for a total among keys that are codes.
    fn totals(&self, id: TableId, part: &Part) -> HashMap<usize, String> {
        let key = self.model.table(id).key.and_then(|key| part.column(Target::Column(key)));
        let mut totals = HashMap::new();
        let Some(key) = key else { return totals };
        let mut codes = 0usize;
        for row in 0..key.cells.len() {
            let Some(text) = key.cells.text(row) else { continue };
            if has_digits(text) {
                codes += 1;
            } else if is_total(text) {
                totals.insert(row, text.to_string());
            }
        }
        if codes * 2 <= key.cells.len() {
            totals.clear();
        }
        totals
    }

    /// What people call a record that may not be in the table yet.
    fn record_name(&self, id: TableId, (above, key, _): &Identity) -> String {
        let parents = self.model.table(id).parents.iter().zip(above);
        let labels = parents
            .filter_map(|(parent, row)| Some(self.dataset.row_label(self.model, *parent, usize::try_from(*row).ok()?)));
        labels.chain(key.as_ref().map(value_text)).collect::<Vec<_>>().join(", ")
    }

    /// Records that a part lacks: periods of a series, and what other files of the table have.
    fn report_absent(
        &self,
        id: TableId,
        parts: &[Part],
        placed: &[Placed],
        records: &IndexMap<Identity, Vec<Option<usize>>>,
        found: &mut Found,
    ) {
        for (which, (part, placed)) in parts.iter().zip(placed).enumerate() {
            if part.is_partial || placed.lost_some {
                continue;
            }
            if self.model.table(id).series.is_some() {
                self.report_absent_periods(id, part, placed, records, found);
                continue;
            }
            let absent: Vec<String> = records
                .iter()
                .filter(|((above, ..), rows)| {
                    rows.get(which).is_some_and(Option::is_none) && !placed.doubtful.contains(above)
                })
                .map(|(identity, _)| self.record_name(id, identity))
                .collect();
            if !absent.is_empty() {
                let name = &self.model.table(id).name;
                found.add(error::absent_from_file(part.place.clone(), name, &absent));
            }
        }
    }

    fn report_absent_periods(
        &self,
        id: TableId,
        part: &Part,
        placed: &Placed,
        records: &IndexMap<Identity, Vec<Option<usize>>>,
        found: &mut Found,
    ) {
        let Some(series) = self.model.table(id).series else { return };
        let mut there: HashMap<&Vec<u32>, HashSet<i32>> = HashMap::new();
        for ((above, key, _), _) in &placed.rows {
            if let Some(Value::Period(period)) = key {
                there.entry(above).or_default().insert(period.ordinal);
            }
        }
        let all = TableData {
            rows: records.len(),
            parents: (0..self.model.table(id).parents.len())
                .map(|which| records.keys().map(|(above, ..)| above.get(which).copied().unwrap_or(0)).collect())
                .collect(),
            ..TableData::default()
        };
        for group in series::groups(self.model, &self.dataset, id, &all) {
            if placed.doubtful.contains(&group) {
                continue;
            }
            let has = there.get(&group);
            let absent: Vec<String> = series::periods(&series)
                .filter(|period| !has.is_some_and(|has| has.contains(&period.ordinal)))
                .map(|period| period.to_string())
                .collect();
            if !absent.is_empty() {
                let parent = self.record_name(id, &(group, None, 0));
                found.add(error::absent_periods(part.place.clone(), &parent, &absent));
            }
        }
    }
}
