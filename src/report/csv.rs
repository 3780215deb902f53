//! The results of a level as CSV.
//!
//! In: a run, what of it to show, and a level. Out: a header and a line for each record; for the nation a line
//! for each result. A value that is missing is an empty field, and the last column says which are and why, so
//! that the columns are the same whatever the data. Numbers are plain decimals; JSON has the fractions.

use super::lacks::Lacks;
use super::run::{CANNOT_DETERMINE, Run, condition_state};
use super::selection::Selection;
use super::wire;
use crate::data::Column;
use crate::eval::{Field, Fields};
use crate::meaning::Basis;
use crate::model::{DeclarationId, Level, Model, TableId};
use crate::value::{Outcome, Value};

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
            Some(Outcome::Missing(causes)) => run.why(id, causes),
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
        let running: Vec<_> =
            rows.chunks(share).map(|rows| scope.spawn(move || lines.of(rows.iter().copied(), 0))).collect();
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

/// The lines of all records of a table, in the order of the data, for which there may be made so much room.
pub fn rows(run: &Run<'_>, ids: &[DeclarationId], table: TableId, room: usize) -> Vec<u8> {
    let rows = 0..run.rows.count(Level::Table(table));
    Lines { run, ids, table, has_names: has_names(run.model, table) }.of(rows, room)
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

/// A column of results that is written.
struct Results<'r> {
    fields: Fields<'r>,
    name: &'r str,
    /// What no and yes are called.
    answers: [Word; 2],
    /// What codes are called, as far as they were met.
    codes: Vec<Option<Word>>,
    /// What stands where there is no value.
    absent: &'static str,
}

/// A field that is written often, with its separator.
#[derive(Debug, Clone)]
struct Word {
    bytes: Vec<u8>,
    /// The same with room behind it, where it is short: so many bytes are written at once.
    short: Option<[u8; 32]>,
}

impl Word {
    fn new(word: &str) -> Self {
        let mut bytes = Vec::new();
        text(word, &mut bytes);
        let mut short = [0; 32];
        let is_short = short.get_mut(..bytes.len()).map(|to| to.copy_from_slice(&bytes)).is_some();
        Self { bytes, short: is_short.then_some(short) }
    }

    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        match &self.short {
            Some(short) => {
                let end = out.len() + self.bytes.len();
                out.extend_from_slice(short);
                out.truncate(end);
            }
            None => out.extend_from_slice(&self.bytes),
        }
    }
}

/// Codes beyond this are not remembered.
const MOST_CODES: usize = 4_096;

impl<'r> Lines<'r, '_> {
    fn of(&self, rows: impl ExactSizeIterator<Item = usize>, room: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(room);
        let model = self.run.model;
        let key = model.table(self.table).key.and_then(|key| self.run.data.column(model, key));
        let mut columns: Vec<Results<'_>> = Vec::new();
        if let Some(run) = self.run.columns {
            columns.extend(self.ids.iter().map(|id| self.results(run.fields(*id))));
        }
        let mut lacks = Lacks::default();
        for row in rows {
            self.names_of_row(key, row, &mut out);
            match self.run.columns {
                Some(_) => columns.iter_mut().for_each(|column| column.write(row, &mut lacks, &mut out)),
                None => self.ids.iter().for_each(|id| self.result(*id, row, &mut lacks, &mut out)),
            }
            match lacks.take_text(self.run) {
                Some(why) => text(&why, &mut out),
                None => out.push(SEPARATOR),
            }
            // Every field brought its separator; the last of them ends the line.
            out.pop();
            out.push(b'\n');
        }
        out
    }

    /// The records above, the key and the name.
    fn names_of_row(&self, key: Option<&Column>, row: usize, out: &mut Vec<u8>) {
        let Self { run, table, .. } = *self;
        if !run.model.table(table).parents.is_empty() {
            for (parent, above) in run.rows.parents(table, row) {
                text(&run.rows.key(parent, above).unwrap_or_default(), out);
                text(&run.rows.own_name(parent, above), out);
            }
        }
        match key.and_then(|key| key.text(row)) {
            Some(key) => text(key, out),
            None => text(&run.rows.key(table, row).unwrap_or_else(|| (row + 1).to_string()), out),
        }
        if self.has_names {
            text(&run.rows.own_name(table, row), out);
        }
    }

    fn results(&self, fields: Fields<'r>) -> Results<'r> {
        let id = fields.declaration();
        let answer = |yes: bool| Word::new(&known(self.run, id, &Value::YesNo(yes)));
        Results {
            name: &self.run.model.declaration(id).name,
            answers: [answer(false), answer(true)],
            codes: Vec::new(),
            absent: if self.run.has_states(id) { CANNOT_DETERMINE } else { "" },
            fields,
        }
    }

    /// Writes a result that is held by itself.
    fn result(&self, id: DeclarationId, row: usize, lacks: &mut Lacks<'r>, out: &mut Vec<u8>) {
        let outcome = self.run.results.get(id, row);
        text(&outcome.map(|outcome| field(self.run, id, outcome)).unwrap_or_default(), out);
        if let Some(Outcome::Missing(causes)) = outcome {
            lacks.add(None, &self.run.model.declaration(id).name, || causes.clone());
        }
    }
}

impl<'r> Results<'r> {
    fn write(&mut self, row: usize, lacks: &mut Lacks<'r>, out: &mut Vec<u8>) {
        match self.fields.write(row, out) {
            Field::Written => out.push(SEPARATOR),
            Field::YesNo(yes) => {
                let [no, is] = &self.answers;
                if yes { is } else { no }.put(out);
            }
            Field::Code(code) => self.code(code, out),
            Field::Value(value) => text(&word(&value), out),
            Field::Missing => {
                text(self.absent, out);
                lacks.add(self.fields.why(row), self.name, || self.fields.causes(row));
            }
        }
    }

    /// Writes the text or state that a number stands for.
    fn code(&mut self, code: i32, out: &mut Vec<u8>) {
        let at = usize::try_from(code).ok().filter(|at| *at < MOST_CODES);
        if let Some(Some(known)) = at.and_then(|at| self.codes.get(at)) {
            return known.put(out);
        }
        let field = Word::new(&self.fields.of_code(code).map(|value| word(&value)).unwrap_or_default());
        field.put(out);
        if let Some(at) = at {
            if self.codes.len() <= at {
                self.codes.resize(at + 1, None);
            }
            if let Some(known) = self.codes.get_mut(at) {
                *known = Some(field);
            }
        }
    }
}

/// A value that is no number, and neither yes nor no.
fn word(known: &Value) -> String {
    match known {
        Value::Text(word) => word.to_string(),
        Value::Condition(state) => condition_state(*state).0.to_owned(),
        _ => wire::plain(known),
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
