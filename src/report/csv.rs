//! The results of a level as CSV.
//!
//! In: a run, what of it to show, and a level. Out: a header and a line for each record; for the nation a line
//! for each result. A value that is missing is an empty field, and the last column says which are and why, so
//! that the columns are the same whatever the data. Numbers are plain decimals; JSON has the fractions.

use super::run::{CANNOT_DETERMINE, Run, condition_state};
use super::selection::Selection;
use super::wire;
use crate::eval::Field;
use crate::meaning::Basis;
use crate::model::{DeclarationId, Level, Model, TableId};
use crate::value::{Causes, Outcome, Value};
use indexmap::IndexMap;

/// The column that says what is missing and why.
const WHY: &str = "missing";

/// Why no CSV could be made; writing to memory does not fail.
pub type Error = csv::Error;

/// The results of a level.
///
/// Made by so many threads, which change nothing of what comes of it.
pub fn level(run: &Run<'_>, selection: &Selection, level: Level, threads: usize) -> Result<Vec<u8>, Error> {
    let ids = selection.declarations(run.model, level);
    match level {
        Level::Nation => nation(run, &ids),
        Level::Table(table) => records(run, selection, &ids, table, threads),
    }
}

fn bytes(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, Error> {
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The results of the nation.
pub fn nation(run: &Run<'_>, ids: &[DeclarationId]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(NATION)?;
    for id in ids {
        writer.write_record(of_nation(run, *id))?;
    }
    bytes(writer)
}

/// The columns of the results of the nation.
pub(super) const NATION: [&str; 9] =
    ["name", "label", "value", "shown", "of", "determined", "undetermined", "partial", WHY];

/// A result of the nation, column by column.
pub(super) fn of_nation(run: &Run<'_>, id: DeclarationId) -> [String; 9] {
    let outcome = run.results.get(id, 0);
    let basis = run.basis(id, 0);
    let of_basis = |say: &dyn Fn(&Basis) -> String| basis.map(say).unwrap_or_default();
    [
        run.model.declaration(id).name.clone(),
        run.label(id),
        outcome.map(|outcome| field(run, id, outcome)).unwrap_or_default(),
        run.result(id, 0).text,
        of_basis(&|basis| run.model.table(basis.table).plural.clone()),
        of_basis(&|basis| basis.determined.to_string()),
        of_basis(&|basis| basis.undetermined.to_string()),
        of_basis(&|basis| basis.partial.as_ref().map(wire::plain).unwrap_or_default()),
        match outcome {
            Some(Outcome::Missing(causes)) => run.words().causes(causes),
            _ => String::new(),
        },
    ]
}

fn records(
    run: &Run<'_>,
    selection: &Selection,
    ids: &[DeclarationId],
    table: TableId,
    threads: usize,
) -> Result<Vec<u8>, Error> {
    let mut whole = head(run.model, ids, table)?;
    let lines = Lines { run, ids, table, has_names: has_names(run.model, table) };
    let rows = selection.rows(&run.rows, run.model, table);
    let share = rows.len().div_ceil(threads.max(1)).max(1);
    let parts: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let lines = &lines;
        let running: Vec<_> = rows.chunks(share).map(|rows| scope.spawn(move || lines.of(rows))).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
    });
    parts.iter().for_each(|part| whole.extend_from_slice(part));
    Ok(whole)
}

/// The header of the results of a table's records.
pub fn head(model: &Model, ids: &[DeclarationId], table: TableId) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names(model, ids, table))?;
    bytes(writer)
}

/// The columns of the results of a table's records.
pub(super) fn names(model: &Model, ids: &[DeclarationId], table: TableId) -> Vec<String> {
    let declared = model.table(table);
    // The records above by their tables' names, as data files have them; then the record's own key and name.
    let mut header: Vec<String> = Vec::new();
    for parent in &declared.parents {
        header.extend([model.table(*parent).name.clone(), format!("{}_name", model.table(*parent).name)]);
    }
    let key = declared.key.map(|key| model.column(key).name.clone());
    header.push(key.unwrap_or_else(|| "row".to_owned()));
    if has_names(model, table) {
        header.push("name".to_owned());
    }
    header.extend(ids.iter().map(|id| model.declaration(*id).name.clone()));
    header.push(WHY.to_owned());
    header
}

/// What is missing of a record, and why.
pub(super) fn why(run: &Run<'_>, missing: &IndexMap<Causes, Vec<&str>>) -> String {
    let words = run.words();
    let whys = missing.iter().map(|(causes, names)| format!("{}: {}", names.join(", "), words.causes(causes)));
    whys.collect::<Vec<_>>().join(" | ")
}

/// The lines of all records of a table, in the order of the data.
pub fn rows(run: &Run<'_>, ids: &[DeclarationId], table: TableId) -> Vec<u8> {
    let rows: Vec<usize> = (0..run.rows.count(Level::Table(table))).collect();
    Lines { run, ids, table, has_names: has_names(run.model, table) }.of(&rows)
}

fn has_names(model: &Model, table: TableId) -> bool {
    model.table(table).columns.iter().any(|column| model.column(*column).name == "name")
}

/// The lines of records.
struct Lines<'r, 'a> {
    run: &'r Run<'a>,
    ids: &'r [DeclarationId],
    table: TableId,
    has_names: bool,
}

impl Lines<'_, '_> {
    fn of(&self, rows: &[usize]) -> Vec<u8> {
        let mut out = Vec::new();
        for row in rows {
            self.line(*row, &mut out);
        }
        out
    }

    fn line(&self, row: usize, out: &mut Vec<u8>) {
        let Self { run, table, .. } = *self;
        for (parent, above) in run.rows.parents(table, row) {
            text(&run.rows.key(parent, above).unwrap_or_default(), out);
            text(&run.rows.own_name(parent, above), out);
        }
        let key = run.model.table(table).key;
        match key.and_then(|key| run.data.text(run.model, key, row)) {
            Some(key) => text(key, out),
            None => text(&run.rows.key(table, row).unwrap_or_else(|| (row + 1).to_string()), out),
        }
        if self.has_names {
            text(&run.rows.own_name(table, row), out);
        }
        let mut missing: IndexMap<Causes, Vec<&str>> = IndexMap::new();
        for id in self.ids {
            if let Some(causes) = self.result(*id, row, out) {
                missing.entry(causes).or_default().push(&run.model.declaration(*id).name);
            }
        }
        if !missing.is_empty() {
            text(&why(run, &missing), out);
        } else {
            out.push(SEPARATOR);
        }
        // Every field brought its separator; the last of them ends the line.
        out.pop();
        out.push(b'\n');
    }

    /// Writes a result; where it is missing, gives the causes.
    fn result(&self, id: DeclarationId, row: usize, out: &mut Vec<u8>) -> Option<Causes> {
        let run = self.run;
        let Some(columns) = run.columns else {
            let outcome = run.results.get(id, row);
            text(&outcome.map(|outcome| field(run, id, outcome)).unwrap_or_default(), out);
            return match outcome {
                Some(Outcome::Missing(causes)) => Some(causes.clone()),
                _ => None,
            };
        };
        match columns.field(id, row, out) {
            Field::Written => out.push(SEPARATOR),
            Field::Value(Value::Text(word)) => text(&word, out),
            Field::Value(Value::Condition(state)) => text(condition_state(state).0, out),
            Field::Value(value) => text(&known(run, id, &value), out),
            Field::Missing => {
                text(if run.has_states(id) { CANNOT_DETERMINE } else { "" }, out);
                return Some(columns.causes(id, row));
            }
        }
        None
    }
}

const SEPARATOR: u8 = b',';

/// Writes a text as a field and its separator, in quotes where it would be read otherwise.
fn text(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    if bytes.iter().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r')) {
        out.push(b'"');
        for byte in bytes {
            if *byte == b'"' {
                out.push(b'"');
            }
            out.push(*byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(bytes);
    }
    out.push(SEPARATOR);
}

/// A field: empty where the value is missing, but for states, which say so.
fn field(run: &Run<'_>, id: DeclarationId, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Missing(_) if run.has_states(id) => CANNOT_DETERMINE.to_owned(),
        Outcome::Missing(_) => String::new(),
        Outcome::Known(value) => known(run, id, value),
    }
}

/// A field that has a value.
fn known(run: &Run<'_>, id: DeclarationId, known: &Value) -> String {
    match known {
        Value::YesNo(_) => run.known(id, known).0,
        _ => wire::plain(known),
    }
}

/// What was run: rules, date, data.
pub fn about(about: Vec<(String, String)>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["what", "value"])?;
    for (what, value) in about {
        writer.write_record([what, value])?;
    }
    bytes(writer)
}
