//! The results of records, row by row, as the columns of a row group.

use super::column::Column;
use super::{Error, Rows, Table};
use crate::eval::Figure;
use crate::model::DeclarationId;
use crate::report::Run;
use crate::report::lacks::Lacks;
use crate::report::run::{CANNOT_DETERMINE, condition_state};
use crate::report::wire;
use crate::value::{Causes, Outcome, Value, day_of_date};
use std::borrow::Cow;

impl Table<'_> {
    /// These records, as a row group of their own.
    pub fn rows(&self, run: &Run<'_>, rows: &[usize]) -> Result<Rows, Error> {
        let mut columns: Vec<Column> =
            self.layout.kinds.iter().map(|(_, kind)| Column::new(*kind, rows.len())).collect();
        let named = columns.len().saturating_sub(self.results.len() + 1);
        let (names, results) = columns.split_at_mut(named);
        let mut lacks = Lacks::default();
        for row in rows {
            self.names(run, *row, names);
            for (result, column) in self.results.iter().zip(results.iter_mut()) {
                if let Some(causes) = self.result(run, result, *row, column)? {
                    lacks.add(None, &self.model.declaration(result.id).name, || causes);
                }
            }
            if let Some(why) = results.last_mut() {
                match lacks.take_text(run) {
                    None => why.nothing(),
                    Some(text) => why.text(&text),
                }
            }
        }
        self.layout.chunks(columns, rows.len())
    }

    /// Which record it is.
    fn names(&self, run: &Run<'_>, row: usize, columns: &mut [Column]) {
        let (model, table) = (self.model, self.table);
        let mut columns = columns.iter_mut();
        let mut put = |text: Option<Cow<'_, str>>| {
            if let Some(column) = columns.next() {
                match text {
                    Some(text) => column.text(&text),
                    None => column.nothing(),
                }
            }
        };
        for (parent, above) in run.rows.parents(table, row) {
            put(run.rows.key(parent, above).map(Cow::Owned));
            put(Some(Cow::Owned(run.rows.own_name(parent, above))));
        }
        match model.table(table).key {
            Some(key) => put(match run.data.text(model, key, row) {
                Some(key) => Some(Cow::Borrowed(key)),
                None => run.rows.key(table, row).map(Cow::Owned),
            }),
            None => {
                if let Some(column) = columns.next() {
                    column.number(i128::try_from(row).unwrap_or(i128::MAX).saturating_add(1));
                }
            }
        }
        if let Some(column) = columns.next() {
            column.text(&run.rows.own_name(table, row));
        }
    }

    /// Adds a result; where it is missing, gives the causes.
    fn result(
        &self,
        run: &Run<'_>,
        result: &super::Of,
        row: usize,
        column: &mut Column,
    ) -> Result<Option<Causes>, Error> {
        let id = result.id;
        let figure = match run.columns {
            Some(columns) => columns.figure(id, row, result.power),
            None => match run.results.get(id, row) {
                Some(Outcome::Known(value)) => Figure::of(value.clone(), result.power),
                Some(Outcome::Missing(_)) | None => Figure::Missing,
            },
        };
        match figure {
            Figure::Number(number) => {
                if !number.is_some_and(|number| column.number(number)) {
                    return Err(self.too_large(run, id, row));
                }
            }
            Figure::Value(Value::Text(text)) => column.text(&text),
            Figure::Value(Value::Condition(state)) => column.text(condition_state(state).0),
            Figure::Value(Value::YesNo(yes)) if run.has_states(id) => column.text(&run.known(id, &Value::YesNo(yes)).0),
            Figure::Value(Value::YesNo(yes)) => column.yes_no(yes),
            Figure::Value(Value::Date(date)) => column.day(day_of_date(date)),
            Figure::Value(value) => column.text(&wire::plain(&value)),
            Figure::Missing => {
                match run.has_states(id) {
                    true => column.text(CANNOT_DETERMINE),
                    false => column.nothing(),
                }
                return Ok(match run.columns {
                    Some(columns) => Some(columns.causes(id, row)),
                    None => match run.results.get(id, row) {
                        Some(Outcome::Missing(causes)) => Some(causes.clone()),
                        _ => None,
                    },
                });
            }
        }
        Ok(None)
    }

    fn too_large(&self, run: &Run<'_>, id: DeclarationId, row: usize) -> Error {
        let value = match run.columns {
            Some(columns) => columns.value(id, row),
            None => run.results.get(id, row).and_then(|outcome| outcome.known().cloned()),
        };
        Error::TooLarge {
            result: self.model.declaration(id).name.clone(),
            at: run.rows.at(self.model.declaration(id).level, row),
            value: value.map(|value| wire::plain(&value)).unwrap_or_default(),
        }
    }
}
