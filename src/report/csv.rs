//! The results of a level as CSV.
//!
//! In: a run, what of it to show, and a level. Out: a header and a line for each record; for the nation a line
//! for each result. A value that is missing is an empty field, and the last column says which are and why, so
//! that the columns are the same whatever the data. Numbers are plain decimals; JSON has the fractions.

use super::run::{CANNOT_DETERMINE, Run};
use super::selection::Selection;
use super::wire::{self, Written};
use crate::model::{DeclarationId, Level, TableId};
use crate::value::{Causes, Outcome, Value};
use indexmap::IndexMap;

/// The column that says what is missing and why.
const WHY: &str = "missing";

/// Why no CSV could be made; writing to memory does not fail.
pub type Error = csv::Error;

/// The results of a level.
pub fn level(run: &Run<'_>, selection: &Selection, level: Level) -> Result<Vec<u8>, Error> {
    let ids = selection.declarations(run.model, level);
    match level {
        Level::Nation => nation(run, &ids),
        Level::Table(table) => records(run, selection, &ids, table),
    }
}

fn bytes(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, Error> {
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn nation(run: &Run<'_>, ids: &[DeclarationId]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["name", "label", "value", "shown", "of", "determined", "undetermined", "partial", WHY])?;
    for id in ids {
        let declaration = run.model.declaration(*id);
        let mut line = vec![declaration.name.clone(), run.label(*id)];
        let outcome = run.results.get(*id, 0);
        line.push(outcome.map(|outcome| field(run, *id, outcome)).unwrap_or_default());
        line.push(run.result(*id, 0).text);
        match run.basis(*id, 0) {
            Some(basis) => line.extend([
                run.model.table(basis.table).plural.clone(),
                basis.determined.to_string(),
                basis.undetermined.to_string(),
                basis.partial.as_ref().map(value).unwrap_or_default(),
            ]),
            None => line.extend([String::new(), String::new(), String::new(), String::new()]),
        }
        line.push(match outcome {
            Some(Outcome::Missing(causes)) => run.words().causes(causes),
            _ => String::new(),
        });
        writer.write_record(&line)?;
    }
    bytes(writer)
}

fn records(run: &Run<'_>, selection: &Selection, ids: &[DeclarationId], table: TableId) -> Result<Vec<u8>, Error> {
    let model = run.model;
    let declared = model.table(table);
    let mut writer = csv::Writer::from_writer(Vec::new());
    // The records above by their tables' names, as data files have them; then the record's own key and name.
    let mut header: Vec<String> = Vec::new();
    for parent in &declared.parents {
        header.extend([model.table(*parent).name.clone(), format!("{}_name", model.table(*parent).name)]);
    }
    let key = declared.key.map(|key| model.column(key).name.clone());
    header.push(key.unwrap_or_else(|| "row".to_owned()));
    let has_names = declared.columns.iter().any(|column| model.column(*column).name == "name");
    if has_names {
        header.push("name".to_owned());
    }
    header.extend(ids.iter().map(|id| model.declaration(*id).name.clone()));
    header.push(WHY.to_owned());
    writer.write_record(&header)?;
    for row in selection.rows(&run.rows, model, table) {
        let mut line: Vec<String> = Vec::new();
        for (parent, above) in run.rows.parents(table, row) {
            line.extend([run.rows.key(parent, above).unwrap_or_default(), run.rows.own_name(parent, above)]);
        }
        line.push(run.rows.key(table, row).unwrap_or_else(|| (row + 1).to_string()));
        if has_names {
            line.push(run.rows.own_name(table, row));
        }
        let mut missing: IndexMap<&Causes, Vec<&str>> = IndexMap::new();
        for id in ids {
            let outcome = run.results.get(*id, row);
            line.push(outcome.map(|outcome| field(run, *id, outcome)).unwrap_or_default());
            if let Some(Outcome::Missing(causes)) = outcome {
                missing.entry(causes).or_default().push(&model.declaration(*id).name);
            }
        }
        let words = run.words();
        let whys = missing.iter().map(|(causes, names)| format!("{}: {}", names.join(", "), words.causes(causes)));
        line.push(whys.collect::<Vec<_>>().join(" | "));
        writer.write_record(&line)?;
    }
    bytes(writer)
}

/// A field: empty where the value is missing, but for states, which say so.
fn field(run: &Run<'_>, id: DeclarationId, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Missing(_) if run.has_states(id) => CANNOT_DETERMINE.to_owned(),
        Outcome::Missing(_) => String::new(),
        Outcome::Known(Value::YesNo(_)) => run.outcome(id, outcome).text,
        Outcome::Known(known) => value(known),
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Number(number) => wire::decimal(number),
        _ => match wire::written(value).0 {
            Written::Text(text) => text,
            Written::YesNo(yes) => if yes { "yes" } else { "no" }.to_owned(),
        },
    }
}

/// What was run: rules, date, data.
pub fn about(run: &Run<'_>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["what", "value"])?;
    for (what, value) in run.about() {
        writer.write_record([what, value])?;
    }
    bytes(writer)
}
