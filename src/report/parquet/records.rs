//! The results of records, row by row, as the columns of a row group.

use super::column::Column;
use super::{Error, Rows, Table};
use crate::eval::{Fields, Figure};
use crate::model::DeclarationId;
use crate::report::Run;
use crate::report::lacks::Lacks;
use crate::report::run::CANNOT_DETERMINE;
use crate::report::wire;
use crate::value::{Outcome, Value, day_of_date};
use std::borrow::Cow;

impl Table<'_> {
    /// These records, as a row group of their own.
    pub fn rows(&self, run: &Run<'_>, rows: &[usize]) -> Result<Rows, Error> {
        let mut columns: Vec<Column> =
            self.layout.kinds.iter().map(|(_, kind)| Column::new(*kind, rows.len())).collect();
        let named = columns.len().saturating_sub(self.results.len() + 1);
        let (names, results) = columns.split_at_mut(named);
        let fields: Vec<Option<Fields<'_>>> =
            self.results.iter().map(|result| run.columns.map(|columns| columns.fields(result.id))).collect();
        let mut lacks = Lacks::default();
        for row in rows {
            self.names(run, *row, names);
            for ((result, fields), column) in self.results.iter().zip(&fields).zip(results.iter_mut()) {
                self.result(run, (result, fields.as_ref()), *row, column, &mut lacks)?;
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

    /// Adds a result; where it is missing, notes why.
    fn result<'r>(
        &'r self,
        run: &Run<'_>,
        (result, fields): (&super::Of, Option<&Fields<'_>>),
        row: usize,
        column: &mut Column,
        lacks: &mut Lacks<'r>,
    ) -> Result<(), Error> {
        let id = result.id;
        let figure = match fields {
            Some(fields) => fields.figure(row, result.power),
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
            Figure::YesNo(yes) if result.has_states => {
                column.coded(i32::from(yes), || run.known(id, &Value::YesNo(yes)).0);
            }
            Figure::YesNo(yes) => column.yes_no(yes),
            Figure::Code(code) => column.coded(code, || {
                let value = fields.and_then(|fields| fields.of_code(code));
                value.map_or_else(String::new, |value| wire::plain(&value))
            }),
            Figure::Value(Value::Text(text)) => column.text(&text),
            Figure::Value(Value::Date(date)) => column.day(day_of_date(date)),
            Figure::Value(value) => column.text(&wire::plain(&value)),
            Figure::Missing => {
                match result.has_states {
                    true => column.text(CANNOT_DETERMINE),
                    false => column.nothing(),
                }
                let name = &self.model.declaration(id).name;
                match fields {
                    Some(fields) => lacks.add(fields.why(row), name, || fields.causes(row)),
                    None => {
                        if let Some(Outcome::Missing(causes)) = run.results.get(id, row) {
                            lacks.add(None, name, || causes.clone());
                        }
                    }
                }
            }
        }
        Ok(())
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
