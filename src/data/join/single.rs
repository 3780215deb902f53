//! Tables of the nation in one file, which may be of any length: rows are told apart without a key for each in
//! memory beside its column, and columns stay as they were read where every row is a record.

use super::Joiner;
use crate::data::access::value_text;
use crate::data::header::Target;
use crate::data::part::{Part, PartColumn};
use crate::data::tally::Found;
use crate::data::{Column, ColumnOrigin, TableData, Values, error};
use crate::model::{Model, TableId};
use crate::problem::DataPlace;
use crate::value::{MissingReason, Number};
use std::collections::HashMap;
use std::sync::Arc;

/// A row that has not been there.
const NONE: u32 = u32::MAX;

/// Which rows have the key of an earlier one.
enum Seen<'k> {
    /// No two texts are the same.
    AllDiffer,
    /// The first row of each text, by its number.
    Texts(&'k [u32], Vec<u32>),
    /// The first row of each figure, day or period.
    Ints(HashMap<i64, usize>),
    /// The first row of each number.
    Numbers(HashMap<&'k Number, usize>),
}

impl<'k> Seen<'k> {
    fn of(keys: &'k Column) -> Self {
        match keys.values() {
            Values::Texts(texts) if texts.distinct() == keys.len() => Self::AllDiffer,
            Values::Texts(texts) => Self::Texts(texts.codes(), vec![NONE; texts.distinct()]),
            Values::Exact(_) => Self::Numbers(HashMap::new()),
            _ => Self::Ints(HashMap::new()),
        }
    }

    /// The first row with the key of this one; nothing where that is this one itself.
    fn before(&mut self, keys: &'k Column, row: usize) -> Option<usize> {
        match self {
            Self::AllDiffer => None,
            Self::Texts(codes, first) => {
                let first = first.get_mut(*codes.get(row)? as usize)?;
                if *first != NONE {
                    return Some(*first as usize);
                }
                *first = u32::try_from(row).unwrap_or(NONE);
                None
            }
            Self::Ints(first) => {
                let key = match keys.values() {
                    Values::Whole { ints, .. } => *ints.get(row)?,
                    Values::Dates(all) | Values::Periods { ordinals: all, .. } => i64::from(*all.get(row)?),
                    Values::YesNo(all) => i64::from(*all.get(row)?),
                    _ => return None,
                };
                let found = *first.entry(key).or_insert(row);
                (found != row).then_some(found)
            }
            Self::Numbers(first) => {
                let Values::Exact(numbers) = keys.values() else { return None };
                let found = *first.entry(numbers.get(row)?).or_insert(row);
                (found != row).then_some(found)
            }
        }
    }
}

impl Joiner<'_> {
    /// A table of the nation without a series whose rows come from one file, and whether all its records are in it.
    /// Nothing for any other table, or where the file lacks what tells its rows apart.
    pub(super) fn single(&self, id: TableId, parts: &mut [Part], found: &mut Found) -> Option<(TableData, bool)> {
        let table = self.model.table(id);
        let [part] = parts else { return None };
        let has_columns = !(part.is_partial && part.columns.is_empty());
        if !table.parents.is_empty() || table.series.is_some() || !has_columns {
            return None;
        }
        let key = table.key.and_then(|key| part.column(Target::Column(key)));
        let (kept, is_certain) = match key {
            Some(key) => self.records(id, part, key, found),
            None => (None, true),
        };
        let has_key = key.is_some() || table.key.is_none();
        let is_complete = !part.is_partial && has_key && is_certain;
        Some((table_of(self.model, id, part, kept.as_deref()), is_complete))
    }

    /// The rows that are records, nothing where every row is, and whether each row says which record it is.
    fn records(
        &self,
        id: TableId,
        part: &Part,
        key: &PartColumn,
        found: &mut Found,
    ) -> (Option<Vec<Option<usize>>>, bool) {
        let table = self.model.table(id);
        let totals = self.totals(id, part);
        let mut seen = Seen::of(&key.cells);
        if matches!(seen, Seen::AllDiffer) && key.cells.missing().is_empty() && totals.is_empty() {
            return (None, true);
        }
        let mut kept = Vec::with_capacity(key.cells.len());
        let mut is_certain = true;
        for row in 0..key.cells.len() {
            let text = || key.cells.value(row).as_ref().map(value_text);
            let place = || DataPlace { cell: text(), ..part.place_of(row, Some(key)) };
            if let Some(total) = totals.get(&row) {
                found.add(error::total_row(place(), total, &table.name));
            } else if let Some(reason) = key.cells.missing().reason(row) {
                is_certain = false;
                if reason != MissingReason::Unreadable {
                    let name = table.key.map_or("", |key| &self.model.column(key).name);
                    found.add(error::missing_key(place(), &table.name, name));
                }
            } else if let Some(first) = seen.before(&key.cells, row) {
                let name = text().unwrap_or_default();
                found.add(error::duplicate_key(place(), &name, &part.row_name(first)));
            } else {
                kept.push(Some(row));
            }
        }
        ((kept.len() < key.cells.len()).then_some(kept), is_certain)
    }
}

/// The columns of the table; they are taken out of the part.
pub(in crate::data) fn table_of(
    model: &Model,
    id: TableId,
    part: &mut Part,
    kept: Option<&[Option<usize>]>,
) -> TableData {
    let table = model.table(id);
    let rows = kept.map_or(part.rows.len(), <[_]>::len);
    let numbers = Arc::new(kept.map_or_else(|| part.rows.clone(), |kept| part.rows.pick(kept)));
    let mut data = TableData { rows, ..TableData::default() };
    for column in &table.columns {
        let position = part.columns.iter().position(|from| from.target == Target::Column(*column));
        let cells = position
            .and_then(|position| part.columns.get_mut(position))
            .map(|from| std::mem::replace(&mut from.cells, Column::without_values(0, MissingReason::NoRecord)));
        data.columns.push(match (cells, kept) {
            (Some(cells), None) => cells,
            (Some(cells), Some(kept)) => cells.pick(kept, MissingReason::NoRecord),
            (None, _) => Column::without_values(rows, MissingReason::NoColumn),
        });
        let source = position.and_then(|position| part.columns.get(position));
        data.origins.push(source.map(|from| ColumnOrigin {
            file: part.file,
            column: from.number,
            header: part.origin_header(from),
            rows: Arc::clone(&numbers),
        }));
    }
    let place = |row: usize| match kept {
        Some(kept) => kept.binary_search(&Some(row)).ok(),
        None => Some(row),
    };
    // In the order of records, then of columns.
    let mut judged: Vec<_> = part.judgements.iter().collect();
    let position = |column| table.columns.iter().position(|own| *own == column);
    judged.sort_by_key(|((column, row), _)| (*row, position(*column)));
    for ((column, row), judgement) in judged {
        if let Some(Ok(row)) = place(*row).map(u32::try_from) {
            data.judgements.insert((*column, row), judgement.clone());
        }
    }
    data
}
