//! The records that a scenario gives: each with a key of its own, each of a record that is given too.

use super::Resolver;
use crate::data::{Cell, cell};
use crate::model::error::scenarios as errors;
use crate::model::{DataTable, GivenRow, GivenTable, Level, TableId};
use crate::source::Span;
use crate::value::Value;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

/// What tells a given record from the others: the keys of those it belongs to, and its own.
type Identity = (Vec<Option<String>>, Vec<(TableId, String)>, String);

impl Resolver<'_> {
    /// Every record says which it is and to which given record it belongs, where there are several.
    pub(super) fn belongings(&mut self, tables: &[GivenTable]) {
        for given in tables {
            let table = self.model.table(given.table).clone();
            self.keys(given, &table);
            for (position, parent) in table.parents.iter().enumerate() {
                let parent_name = self.model.table(*parent).name.clone();
                let above = tables.iter().find(|given| given.table == *parent);
                let rows = above.map_or(&[][..], |given| given.rows.as_slice());
                let keys = self.by_key(*parent, rows);
                for row in &given.rows {
                    match row.parents.get(position) {
                        Some(Some(named)) => {
                            let meant = self.count_meant(*parent, &keys, named, row);
                            if meant == 0 {
                                self.report.push(errors::no_such_parent(row.span, &parent_name, named));
                            } else if meant > 1 {
                                let further = self.model.table(*parent).parents.first();
                                let further = further.map_or("", |table| self.model.table(*table).name.as_str());
                                self.report.push(errors::several_parents(row.span, &parent_name, named, further));
                            }
                        }
                        Some(None) if rows.len() > 1 => {
                            self.report.push(errors::which_parent(row.span, &table.name, &parent_name, rows.len()));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// The given records of a table by their keys.
    fn by_key<'g>(&self, table: TableId, rows: &'g [GivenRow]) -> HashMap<&'g Value, Vec<&'g GivenRow>> {
        let mut found: HashMap<&Value, Vec<&GivenRow>> = HashMap::new();
        let Some(key) = self.model.table(table).key else { return found };
        for row in rows {
            let content = row.cells.iter().find(|(column, _)| *column == key).map(|(_, content)| content);
            if let Some(Ok(value)) = content {
                found.entry(value).or_default().push(row);
            }
        }
        found
    }

    /// Whether a given record of a table may belong to these records further up.
    fn may_belong(&self, table: TableId, row: &GivenRow, above: &[(TableId, String)]) -> bool {
        let parents = &self.model.table(table).parents;
        above.iter().all(|(further, wanted)| {
            let said = match parents.iter().position(|parent| parent == further) {
                Some(position) => row.parents.get(position).and_then(Option::as_ref),
                None => row.above.iter().find(|(table, _)| table == further).map(|(_, key)| key),
            };
            said.is_none_or(|said| said == wanted)
        })
    }

    /// How many of the given records of a table have this key and belong to these records further up.
    fn count_meant(
        &self,
        table: TableId,
        keys: &HashMap<&Value, Vec<&GivenRow>>,
        named: &str,
        row: &GivenRow,
    ) -> usize {
        let Some(key) = self.model.table(table).key else { return 0 };
        let Ok(Cell::Known(value)) = cell::parse(named, self.model.column(key), &self.model) else { return 0 };
        keys.get(&value).map_or(0, |rows| rows.iter().filter(|one| self.may_belong(table, one, &row.above)).count())
    }

    /// Records have keys where there are several, each once, and periods are of the series.
    fn keys(&mut self, given: &GivenTable, table: &DataTable) {
        let Some(key) = table.key else { return };
        let mut seen: HashMap<Identity, Span> = HashMap::new();
        for row in &given.rows {
            let Some(named) = self.key_of(given.table, row) else {
                if given.rows.len() > 1 || table.series.is_some() {
                    let name = self.model.column(key).name.clone();
                    self.report.push(errors::no_key(row.span, &table.name, &name));
                    return;
                }
                continue;
            };
            if let (Some(series), Some((_, Ok(Value::Period(period))))) =
                (table.series, row.cells.iter().find(|(column, _)| *column == key))
                && !(series.first..=series.last).contains(period)
            {
                let (first, last) = (series.first, series.last);
                self.report.push(errors::outside_series(row.span, &table.name, *period, first, last, table.span));
            }
            let what = format!("`{named}`");
            match seen.entry((row.parents.clone(), row.above.clone(), named)) {
                Entry::Occupied(first) => self.report.push(errors::given_twice(&what, row.span, *first.get())),
                Entry::Vacant(place) => {
                    place.insert(row.span);
                }
            }
        }
    }

    /// The key of a given record as people write it.
    fn key_of(&self, table: TableId, row: &GivenRow) -> Option<String> {
        let key = self.model.table(table).key?;
        let (_, content) = row.cells.iter().find(|(column, _)| *column == key)?;
        Some(match content.as_ref().ok()? {
            Value::Text(text) => text.to_string(),
            Value::Period(period) => period.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => crate::value::date_text(*date),
            Value::YesNo(_) | Value::Condition(_) => return None,
        })
    }

    /// How many records of a table a scenario has; nothing where that is not known here. A series has every
    /// period for each record above it; a table of the nation that is not given may have one record all the same.
    pub(super) fn records(&self, table: TableId, tables: &[GivenTable]) -> Option<usize> {
        let declared = self.model.table(table);
        if let Some(series) = &declared.series {
            let [parent] = declared.parents.as_slice() else { return None };
            let periods = i64::from(series.last.ordinal) - i64::from(series.first.ordinal) + 1;
            return self.records(*parent, tables)?.checked_mul(usize::try_from(periods).ok()?);
        }
        match tables.iter().find(|given| given.table == table) {
            Some(given) => Some(given.rows.len()),
            None if declared.parents.is_empty() => {
                let is_only = self.model.tables.iter().filter(|other| other.parents.is_empty()).count() == 1;
                let is_above = |given: &GivenTable| self.names.is_below(given.table, Level::Table(table));
                Some(usize::from(is_only || tables.iter().any(is_above)))
            }
            None => Some(0),
        }
    }
}
