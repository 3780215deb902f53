//! Loading: every file of a run, all tables, all problems.
//!
//! In: the files. Out: the [`Dataset`] and what is wrong with them. Files are matched to tables by name, read
//! into parts, and the parts joined, tables before those that belong to them.

use super::encoding::{Decoded, decode};
use super::header::{Target, fold};
use super::join::Joiner;
#[cfg(feature = "parquet")]
use super::parquet;
use super::part::{Form, Part, PartReader};
use super::raw::RawCell;
use super::tally::Found;
use super::workbook::Workbook;
use super::workload::{MAX_BYTES, MAX_TEXT_BYTES, Workload};
use super::{DataFile, Dataset, Input, delimited, error, json, missing};
use crate::model::{Model, TableId};
use crate::problem::{DataPlace, Problem};
use crate::suggest;
use std::borrow::Cow;
use std::num::NonZero;

/// The most letters a sheet's name has.
const SHEET_NAME: usize = 31;

/// Reads the files of a run. Everything that is wrong is reported at once; what is good is kept, and a cell
/// that could not be read is missing for that reason.
pub fn load(model: &Model, inputs: &[Input]) -> (Dataset, Vec<Problem>) {
    load_in_parallel(model, inputs, NonZero::<usize>::MIN)
}

/// The same by so many threads, which change nothing of what comes of it.
pub fn load_in_parallel(model: &Model, inputs: &[Input], threads: NonZero<usize>) -> (Dataset, Vec<Problem>) {
    let mut loader = Loader {
        model,
        threads,
        found: Found::default(),
        work: Workload::default(),
        files: Vec::new(),
        parts: model.tables.iter().map(|_| Vec::new()).collect(),
        unknown: Vec::new(),
        is_partial: false,
    };
    let bytes = |are_plain: bool| {
        let is_plain = |input: &&Input| ends_in(&input.name, &["csv", "tsv", "parquet"]) == are_plain;
        let inputs = inputs.iter().filter(is_plain);
        inputs.fold(0usize, |sum, input| sum.saturating_add(input.bytes.len()))
    };
    let too_large =
        [(bytes(true), MAX_TEXT_BYTES), (bytes(false), MAX_BYTES)].into_iter().find(|(all, most)| all > most);
    if let Some((all, most)) = too_large {
        let what = format!("the files have {} MiB, more than {}", all >> 20, most >> 20);
        loader.found.add(error::too_large(DataPlace::default(), &what));
        loader.is_partial = true;
    } else {
        inputs.iter().for_each(|input| loader.file(input));
    }
    loader.join()
}

/// Whether a file is CSV, by its name.
fn is_delimited(name: &str) -> bool {
    ends_in(name, &["csv", "tsv"])
}

/// Whether a file's name ends so.
fn ends_in(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending.to_lowercase().as_str()))
}

/// A name that is no table's.
struct Unknown {
    place: DataPlace,
    name: String,
}

struct Loader<'a> {
    model: &'a Model,
    threads: NonZero<usize>,
    found: Found,
    work: Workload,
    files: Vec<DataFile>,
    /// By table, each with whether its file has the table's plain name.
    parts: Vec<Vec<(bool, Part)>>,
    unknown: Vec<Unknown>,
    /// Whether a file could not be read that may hold any table.
    is_partial: bool,
}

/// The table that a file or sheet is for, and whether it has the table's plain name.
fn table_called(model: &Model, name: &str) -> Option<(TableId, bool)> {
    let (first, rest) = name.split_once('.').map_or((name, ""), |(first, rest)| (first, rest));
    let folded = fold(first);
    let is_cut = name.chars().count() == SHEET_NAME && rest.is_empty();
    let found = model.tables.iter().position(|table| {
        let table = fold(&table.name);
        table == folded || (is_cut && table.starts_with(&folded))
    })?;
    Some((TableId::from_index(found), rest.is_empty()))
}

/// Whether a file is Parquet, by its name.
pub(crate) fn is_parquet(name: &str) -> bool {
    ends_in(name, &["parquet"])
}

/// The table that a CSV or Parquet file is for, by its name; nothing for other files and unknown names.
pub(crate) fn table_of_file(model: &Model, name: &str) -> Option<TableId> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, _) = last.rsplit_once('.').filter(|_| is_delimited(last) || is_parquet(last))?;
    Some(table_called(model, stem)?.0)
}

impl Loader<'_> {
    fn file(&mut self, input: &Input) {
        let place = DataPlace { file: input.name.clone(), ..DataPlace::default() };
        let name = input.name.rsplit(['/', '\\']).next().unwrap_or(&input.name);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        match ending.to_lowercase().as_str() {
            "csv" | "tsv" => self.delimited(stem, &input.bytes, place),
            "xlsx" | "xlsm" => self.workbook(&input.bytes, false, &place),
            "ods" => self.workbook(&input.bytes, true, &place),
            "json" => self.json(&input.bytes, &place),
            "parquet" => self.parquet(stem, &input.bytes, place),
            _ => {
                self.found.add(error::unknown_format(place));
                self.is_partial = true;
            }
        }
    }

    fn add_file(&mut self, place: &DataPlace) -> usize {
        self.files.push(DataFile::at(place));
        self.files.len() - 1
    }

    fn keep(&mut self, is_plain: bool, part: Part) {
        if let Some(parts) = self.parts.get_mut(part.table.index()) {
            parts.push((is_plain, part));
        }
    }

    /// The text of a file. What it is not is reported.
    fn text<'b>(&mut self, bytes: &'b [u8], place: &DataPlace) -> Option<Cow<'b, str>> {
        match decode(bytes) {
            Decoded::Certain(text) => return Some(text),
            Decoded::Windows1252(text) => {
                self.found.add(error::read_as_windows_1252(place.clone()));
                return Some(Cow::Owned(text));
            }
            Decoded::Unknown { line } => {
                self.found.add(error::mixed_encoding(DataPlace { row: Some(line), ..place.clone() }));
            }
            Decoded::NotText(why) => {
                let help = "save it as `CSV UTF-8`, or give it the ending of what it is, such as `.xlsx`";
                self.found.add(error::not_readable(place.clone(), why, help));
            }
        }
        None
    }

    fn delimited(&mut self, stem: &str, bytes: &[u8], place: DataPlace) {
        let Some((table, is_plain)) = table_called(self.model, stem) else {
            self.unknown.push(Unknown { place, name: stem.to_owned() });
            return;
        };
        let file = self.add_file(&place);
        let text = self.text(bytes, &place);
        let mut reader = PartReader::new(self.model, table, file, place, Form::Delimited);
        match text {
            Some(text) => {
                delimited::read(&text, self.threads, &mut reader, &mut self.work, &mut self.found);
                let part = reader.finish(&mut self.found);
                self.keep(is_plain, part);
            }
            None => self.keep(is_plain, reader.abandon()),
        }
    }

    fn workbook(&mut self, bytes: &[u8], is_ods: bool, place: &DataPlace) {
        let mut book = match Workbook::open(bytes, is_ods) {
            Ok(book) => book,
            Err(unreadable) => {
                self.found.add(unreadable.problem(place.clone()));
                self.is_partial = true;
                return;
            }
        };
        let sheets = book.sheets().to_vec();
        for (index, sheet) in sheets.into_iter().enumerate() {
            let place = DataPlace { sheet: Some(sheet.name.clone()), ..place.clone() };
            let Some((table, is_plain)) = table_called(self.model, &sheet.name) else {
                // Hidden sheets hold lists for drop-downs and the like.
                if !sheet.is_hidden {
                    self.unknown.push(Unknown { place, name: sheet.name });
                }
                continue;
            };
            let file = self.add_file(&place);
            let mut reader = PartReader::new(self.model, table, file, place, Form::Sheet);
            book.read(index, &mut reader, &mut self.work, &mut self.found);
            let part = reader.finish(&mut self.found);
            self.keep(is_plain, part);
        }
    }

    fn json(&mut self, bytes: &[u8], place: &DataPlace) {
        let Some(text) = self.text(bytes, place) else {
            self.is_partial = true;
            return;
        };
        let document = json::read(self.model, &text, place, &mut self.work, &mut self.found);
        self.is_partial |= document.is_partial;
        for name in document.unknown {
            let place = DataPlace { header: Some(name.clone()), ..place.clone() };
            self.unknown.push(Unknown { place, name });
        }
        if document.tables.is_empty() {
            return;
        }
        let file = self.add_file(place);
        for (table, records) in document.tables {
            let mut reader = PartReader::new(self.model, table, file, place.clone(), Form::Json);
            reader.json_pattern(&records.pattern);
            let width = records.header.len();
            let header = records.header.into_iter().map(RawCell::Text).collect();
            reader.row(0, header, &mut self.found);
            for record in records.rows {
                reader.record(record.number, record.path.clone(), record.cells(width), &mut self.found);
            }
            if document.is_partial {
                reader.break_off();
            }
            let part = reader.finish(&mut self.found);
            self.keep(true, part);
        }
    }

    #[cfg(feature = "parquet")]
    fn parquet(&mut self, stem: &str, bytes: &[u8], place: DataPlace) {
        let Some((table, is_plain)) = table_called(self.model, stem) else {
            self.unknown.push(Unknown { place, name: stem.to_owned() });
            return;
        };
        let file = self.add_file(&place);
        let mut reader = PartReader::new(self.model, table, file, place, Form::Typed);
        parquet::read(bytes, self.threads, &mut reader, &mut self.work, &mut self.found);
        let part = reader.finish(&mut self.found);
        self.keep(is_plain, part);
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(&mut self, _: &str, _: &[u8], place: DataPlace) {
        let why = "this program was built without Parquet";
        let help = "build it with `--features parquet`, or save the file as CSV (`.csv`)";
        self.found.add(error::not_readable(place, why, help));
        self.is_partial = true;
    }

    fn join(mut self) -> (Dataset, Vec<Problem>) {
        self.match_tables();
        let mut joiner = Joiner::new(self.model, std::mem::take(&mut self.files));
        for (index, mut parts) in std::mem::take(&mut self.parts).into_iter().enumerate() {
            let table = TableId::from_index(index);
            // The file with the table's own name sets the order of its records.
            parts.sort_by_key(|(is_plain, _)| !is_plain);
            let mut parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).collect();
            self.drop_repeated_columns(&mut parts);
            missing::report(self.model, table, &mut parts, &mut self.found);
            joiner.join(table, parts, &mut self.found);
        }
        (joiner.dataset, self.found.into_problems())
    }

    /// Tables without data and names without tables: one problem where they are nearly the same.
    fn match_tables(&mut self) {
        let is_empty = |id: &usize| self.parts.get(*id).is_none_or(Vec::is_empty);
        let mut without: Vec<usize> = (0..self.model.tables.len()).filter(is_empty).collect();
        let tables: Vec<&str> = self.model.tables.iter().map(|table| table.name.as_str()).collect();
        for Unknown { place, name } in std::mem::take(&mut self.unknown) {
            let first = name.split('.').next().unwrap_or(&name);
            let folded = fold(first);
            let known = without.iter().filter_map(|id| self.model.tables.get(*id).map(|table| (*id, table)));
            let names: Vec<(usize, String)> = known
                .flat_map(|(id, table)| {
                    let names = [Some(&table.name), Some(&table.plural), table.label.as_ref()];
                    names.into_iter().flatten().map(move |name| (id, fold(name)))
                })
                .collect();
            let same = names.iter().find(|(_, name)| *name == folded);
            let near = || suggest::nearest(&folded, names.iter().map(|(_, name)| name.as_str()));
            let meant = same.or_else(|| near().and_then(|near| names.iter().find(|(_, name)| name == near)));
            match meant.and_then(|(id, _)| Some((*id, self.model.tables.get(*id)?))) {
                Some((id, table)) => {
                    self.found.add(error::misnamed_table(place, &name, &table.name));
                    without.retain(|other| *other != id);
                }
                None => self.found.add(error::unknown_table(place, &name, &tables)),
            }
        }
        if !self.is_partial {
            for table in without.iter().filter_map(|id| self.model.tables.get(*id)) {
                self.found.add(error::missing_table(&table.name));
            }
        }
    }

    /// A column that several parts have is read from the first. Keys and parents are in each.
    fn drop_repeated_columns(&mut self, parts: &mut [Part]) {
        let mut seen: Vec<(Target, String)> = Vec::new();
        for part in parts {
            let key = self.model.table(part.table).key.map(Target::Column);
            let whole = part.place.sheet.clone().unwrap_or_else(|| part.place.file.clone());
            let mut kept = Vec::new();
            for column in std::mem::take(&mut part.columns) {
                let is_figure = matches!(column.target, Target::Column(_)) && Some(column.target) != key;
                match seen.iter().find(|(target, _)| is_figure && *target == column.target) {
                    Some((_, first)) => {
                        let place = DataPlace {
                            row: part.header_row,
                            column: Some(column.number),
                            header: Some(column.header.clone()),
                            ..part.place.clone()
                        };
                        self.found.add(error::column_in_two_files(place, &column.target.name(self.model), first));
                    }
                    None => {
                        seen.push((column.target, whole.clone()));
                        kept.push(column);
                    }
                }
            }
            part.columns = kept;
        }
    }
}
