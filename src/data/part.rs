//! Part of a table: one file or sheet, read row by row into cells of their columns.
//!
//! In: the rows of a file as they come. Out: a [`Part`], whose cells have types and whose rows still have to
//! find the records they belong to. The header is found, matched and reported here.

use super::cell::{self, tidy};
use super::error;
use super::header::{Meaning, Names, Target};
use super::raw::RawCell;
use super::tally::Found;
use super::{Cell, Column, ColumnBuilder, Judgement};
use crate::model::{ColumnId, Model, TableId, Type};
use crate::problem::DataPlace;
use crate::value::MissingReason;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// How many rows are looked at to find the header.
const HEADER_WINDOW: usize = 20;

/// A column of a file that is read.
#[derive(Debug)]
pub(super) struct PartColumn {
    /// What it holds.
    pub(super) target: Target,
    /// Its number in the file, from 1.
    pub(super) number: u64,
    /// Its header as written.
    pub(super) header: String,
    /// Its cells, one for each row, once all are read; none for companions of judgements.
    pub(super) cells: Column,
}

/// A file or sheet of a table.
#[derive(Debug)]
pub(super) struct Part {
    /// The table.
    pub(super) table: TableId,
    /// Which of the dataset's files.
    pub(super) file: usize,
    /// File and sheet.
    pub(super) place: DataPlace,
    /// What is read of it.
    pub(super) columns: Vec<PartColumn>,
    /// Headers that match nothing, with their columns.
    pub(super) unknown: Vec<(u64, String)>,
    /// The number in the file of each row.
    pub(super) rows: Vec<u64>,
    /// In JSON the path of each record, `area[3]`; else empty.
    pub(super) paths: Vec<String>,
    /// Decisions by column and row of this part.
    pub(super) judgements: IndexMap<(ColumnId, usize), Judgement>,
    /// The row of the header; none in JSON.
    pub(super) header_row: Option<u64>,
    /// Columns that it lacks and that were reported under the name they have.
    pub(super) misnamed: Vec<Target>,
    /// In JSON the path of its lists without numbers, `area[].quarter[]`.
    pattern: Option<String>,
    /// Whether it was broken off or has no header, so that what is not in it may well be there.
    pub(super) is_partial: bool,
}

impl Part {
    /// The column with this target.
    pub(super) fn column(&self, target: Target) -> Option<&PartColumn> {
        self.columns.iter().find(|column| column.target == target)
    }

    /// Whether no column has this target.
    pub(super) fn lacks(&self, target: Target) -> bool {
        self.column(target).is_none()
    }

    /// A column's header as the dataset keeps it: in JSON the path to its cells.
    pub(super) fn origin_header(&self, column: &PartColumn) -> String {
        match &self.pattern {
            Some(pattern) => path_to(pattern, Some(&column.header)),
            None => column.header.clone(),
        }
    }

    /// The place of a header.
    pub(super) fn header_place(&self, number: u64, header: &str) -> DataPlace {
        let header = match &self.pattern {
            Some(pattern) => path_to(pattern, Some(header)),
            None => header.to_owned(),
        };
        DataPlace { row: self.header_row, column: Some(number), header: Some(header), ..self.place.clone() }
    }

    /// How messages name a row.
    pub(super) fn row_name(&self, row: usize) -> String {
        match (self.paths.get(row), self.rows.get(row)) {
            (Some(path), _) => format!("`{path}`"),
            (None, Some(number)) => format!("row {number}"),
            (None, None) => String::new(),
        }
    }

    /// The place of a row, at a column where one is given.
    pub(super) fn place_of(&self, row: usize, column: Option<&PartColumn>) -> DataPlace {
        let header = column.map(|column| column.header.as_str());
        let place = DataPlace { column: column.map(|column| column.number), ..self.place.clone() };
        match self.paths.get(row) {
            Some(path) => DataPlace { header: Some(path_to(path, header)), ..place },
            None => DataPlace { row: self.rows.get(row).copied(), header: header.map(str::to_owned), ..place },
        }
    }
}

fn path_to(record: &str, property: Option<&str>) -> String {
    property.map_or_else(|| record.to_owned(), |property| format!("{record}.{property}"))
}

/// How a file counts and separates its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Rows of a text: too many or too few cells are a mistake.
    Delimited,
    /// Rows of a sheet: blank cells are not kept.
    Sheet,
    /// Records of a JSON document: the header is made of property names.
    Json,
}

/// Reads the rows of one file or sheet.
#[derive(Debug)]
pub(super) struct PartReader<'a> {
    model: &'a Model,
    names: Names,
    form: Form,
    part: Part,
    /// The cells of each column of the part so far.
    builders: Vec<ColumnBuilder>,
    /// Rows kept until the header is found; `None` after that.
    waiting: Option<Vec<(u64, Vec<RawCell>)>>,
    /// For each column of the file, the index of its column in the part.
    slots: Vec<Option<usize>>,
    /// Columns of the file without a header.
    blank: BTreeSet<usize>,
    /// Those of them that have data, and the first row that does.
    nameless: BTreeSet<usize>,
    nameless_row: Option<u64>,
}

impl<'a> PartReader<'a> {
    pub(super) fn new(model: &'a Model, table: TableId, file: usize, place: DataPlace, form: Form) -> Self {
        let part = Part {
            table,
            file,
            place,
            columns: Vec::new(),
            unknown: Vec::new(),
            rows: Vec::new(),
            paths: Vec::new(),
            judgements: IndexMap::new(),
            header_row: None,
            misnamed: Vec::new(),
            pattern: None,
            is_partial: false,
        };
        Self {
            model,
            names: Names::of(model, table),
            form,
            part,
            builders: Vec::new(),
            waiting: Some(Vec::new()),
            slots: Vec::new(),
            blank: BTreeSet::new(),
            nameless: BTreeSet::new(),
            nameless_row: None,
        }
    }

    /// File and sheet.
    pub(super) fn place(&self) -> &DataPlace {
        &self.part.place
    }

    /// Says where in a JSON document the records stand.
    pub(super) fn json_pattern(&mut self, pattern: &str) {
        self.part.pattern = Some(pattern.to_owned());
    }

    /// Takes the next record of a JSON document.
    pub(super) fn record(&mut self, number: u64, path: String, cells: Vec<RawCell>, found: &mut Found) {
        self.part.paths.push(path);
        self.row(number, cells, found);
    }

    /// Ends the reading of a file that has nothing to read.
    pub(super) fn abandon(mut self) -> Part {
        self.part.is_partial = true;
        self.part
    }

    /// Says that not everything could be read.
    pub(super) fn break_off(&mut self) {
        self.part.is_partial = true;
    }

    /// Takes the next row; blank rows are passed over.
    pub(super) fn row(&mut self, number: u64, cells: Vec<RawCell>, found: &mut Found) {
        let says_nothing = |cell: &RawCell| cell.is_blank() || matches!(cell, RawCell::Merged(_));
        if self.form != Form::Json && cells.iter().all(says_nothing) {
            return;
        }
        match &mut self.waiting {
            Some(waiting) => {
                waiting.push((number, cells));
                if waiting.len() == HEADER_WINDOW {
                    self.start(found);
                }
            }
            None => self.data_row(number, cells, found),
        }
    }

    /// Ends the reading.
    pub(super) fn finish(mut self, found: &mut Found) -> Part {
        self.start(found);
        if !self.nameless.is_empty() {
            let letters: Vec<String> = self
                .nameless
                .iter()
                .take(10)
                .map(|at| error::letters(u64::try_from(*at).unwrap_or(u64::MAX).saturating_add(1)))
                .collect();
            let place = DataPlace { row: self.nameless_row, ..self.part.place.clone() };
            found.add(error::blank_header(place, &letters));
        }
        for (column, builder) in self.part.columns.iter_mut().zip(self.builders) {
            column.cells = builder.finish();
        }
        self.part
    }

    /// Finds the header in the rows that wait, then reads those below it.
    fn start(&mut self, found: &mut Found) {
        let Some(waiting) = self.waiting.take() else { return };
        if waiting.is_empty() {
            let was_broken_off = std::mem::replace(&mut self.part.is_partial, true);
            if self.form != Form::Json && !was_broken_off {
                found.add(error::nothing_there(self.part.place.clone()));
            }
            return;
        }
        let below = if self.form == Form::Json { 1 } else { self.find_header(&waiting, found) };
        if self.form == Form::Json {
            let header = waiting.first().map(|(_, cells)| shown(cells)).unwrap_or_default();
            self.match_header(&header, None, found);
        }
        for (number, cells) in waiting.into_iter().skip(below) {
            self.data_row(number, cells, found);
        }
    }

    /// How many of a row's cells are names of the table.
    fn fit(&self, cells: &[RawCell]) -> usize {
        let targets = cells.iter().filter_map(|cell| match cell {
            RawCell::Text(text) => self.names.target(text),
            _ => None,
        });
        targets.collect::<std::collections::HashSet<_>>().len()
    }

    /// Matches the header and gives the number of waiting rows that are above the data.
    fn find_header(&mut self, waiting: &[(u64, Vec<RawCell>)], found: &mut Found) -> usize {
        let mut at = 0;
        let mut best = 0;
        for (index, (_, cells)) in waiting.iter().enumerate() {
            let fit = self.fit(cells);
            if fit > best {
                (at, best) = (index, fit);
            }
        }
        let row = |index: usize| waiting.get(index).map(|(number, cells)| (*number, shown(cells)));
        let Some((number, mut header)) = row(at) else { return 0 };
        if best == 0 {
            let table = self.model.table(self.part.table);
            let columns: Vec<&str> = table.columns.iter().map(|id| self.model.column(*id).name.as_str()).collect();
            found.add(error::no_header(self.at_row(number), &table.name, &columns));
            self.part.is_partial = true;
            return waiting.len();
        }
        let mut first = at;
        let mut below = at + 1;
        // A header of two rows: names of further columns stand right above or right below.
        let neighbours = [at.checked_sub(1), Some(at + 1)];
        for index in neighbours.into_iter().flatten() {
            let Some((other, cells)) = row(index) else { continue };
            if self.take_second_row(&mut header, &cells) {
                found.add(error::two_header_rows(self.at_row(number), number.min(other), number.max(other)));
                (first, below) = (first.min(index), below.max(index + 1));
                break;
            }
        }
        if first > 0 {
            found.add(error::rows_above_header(self.at_row(number), number));
        }
        self.match_header(&header, Some(number), found);
        below
    }

    /// Puts names from a second row over cells of the header that name nothing. Only where every cell of the
    /// second row that stands over or under a named column is blank or says the same, and one names a column.
    fn take_second_row(&self, header: &mut Vec<String>, second: &[String]) -> bool {
        let is_name = |text: &String| self.names.target(text).is_some();
        let mut named = Vec::new();
        for (index, text) in second.iter().enumerate() {
            let first = header.get(index).filter(|text| is_name(text));
            if first.is_some_and(|first| !text.is_empty() && first != text) {
                return false;
            }
            if first.is_none() && is_name(text) {
                named.push((index, text.clone()));
            }
        }
        let is_header = !named.is_empty();
        for (index, text) in named {
            if header.len() <= index {
                header.resize(index + 1, String::new());
            }
            if let Some(slot) = header.get_mut(index) {
                *slot = text;
            }
        }
        is_header
    }

    fn at_row(&self, row: u64) -> DataPlace {
        DataPlace { row: Some(row), ..self.part.place.clone() }
    }

    fn match_header(&mut self, header: &[String], row: Option<u64>, found: &mut Found) {
        self.part.header_row = row;
        let width = header.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
        for (index, text) in header.iter().take(width).enumerate() {
            let number = u64::try_from(index).unwrap_or(u64::MAX).saturating_add(1);
            let place = self.part.header_place(number, text);
            self.slots.push(None);
            match self.names.meaning(text) {
                _ if text.is_empty() => {
                    self.blank.insert(index);
                }
                Meaning::One(target) => match self.part.column(target) {
                    Some(first) => {
                        let name = target.name(self.model);
                        let holder = match self.form {
                            Form::Json => format!("`{}`", first.header),
                            Form::Delimited | Form::Sheet => format!("column {}", error::letters(first.number)),
                        };
                        found.add(error::duplicate_column(place, text, &name, &holder));
                    }
                    None => {
                        if let Some(slot) = self.slots.last_mut() {
                            *slot = Some(self.part.columns.len());
                        }
                        let header = text.clone();
                        self.part.columns.push(PartColumn {
                            target,
                            number,
                            header,
                            cells: Column::without_values(0, MissingReason::NoRecord),
                        });
                        let ty = self.cells_like(target).map_or(&Type::Unknown, |own| &self.model.column(own).ty);
                        self.builders.push(ColumnBuilder::new(ty));
                    }
                },
                Meaning::Several(targets) => {
                    let names: Vec<String> = targets.iter().map(|target| target.name(self.model)).collect();
                    found.add(error::ambiguous_column(place, text, &names));
                    self.part.misnamed.extend(targets);
                }
                Meaning::OfParent(parent) => {
                    found.add(error::column_of_parent(place, text, &self.model.table(parent).name));
                }
                Meaning::Unknown => self.part.unknown.push((number, text.clone())),
            }
        }
    }

    fn data_row(&mut self, number: u64, mut cells: Vec<RawCell>, found: &mut Found) {
        let width = self.slots.len();
        let used = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        if self.form == Form::Delimited && (used > width || cells.len() < width) {
            let count = if used > width { cells.len() } else { cells.len().max(used) };
            found.add(error::ragged_row(self.at_row(number), count, width));
            if used > width {
                // A separator inside a figure shifts everything after it: nothing but what names the row is sure.
                self.break_cells(&mut cells);
            }
            cells.resize(width, RawCell::Broken);
        }
        for (index, cell) in cells.iter().enumerate().take(used) {
            if (self.blank.contains(&index) || index >= width) && !cell.is_blank() {
                self.nameless.insert(index);
                self.nameless_row.get_or_insert(number);
            }
        }
        let row = self.part.rows.len();
        self.part.rows.push(number);
        let blank = RawCell::blank();
        for index in 0..width {
            let Some(slot) = self.slots.get(index).copied().flatten() else { continue };
            let cell = cells.get(index).unwrap_or(&blank);
            self.cell(row, slot, cell, found);
        }
    }

    /// Makes the cells of a row unreadable but for those that say which record it is.
    fn break_cells(&self, cells: &mut [RawCell]) {
        let key = self.model.table(self.part.table).key.map(Target::Column);
        for (index, cell) in cells.iter_mut().enumerate() {
            let target = self.slots.get(index).copied().flatten().and_then(|slot| self.part.columns.get(slot));
            let names_row =
                target.is_some_and(|column| Some(column.target) == key || matches!(column.target, Target::Ancestor(_)));
            if !names_row {
                *cell = RawCell::Broken;
            }
        }
    }

    fn cell(&mut self, row: usize, slot: usize, raw: &RawCell, found: &mut Found) {
        let Some(column) = self.part.columns.get(slot) else { return };
        let place = || DataPlace { cell: Some(raw.shown()), ..self.part.place_of(row, Some(column)) };
        let Some(own) = self.cells_like(column.target) else {
            let target = column.target;
            if let Err(problem) = self.companion(row, target, raw, place()) {
                found.add(*problem);
            }
            return;
        };
        let raw = match raw {
            RawCell::Merged(whole) => {
                found.add(error::merged_cells(place()));
                let is_text = matches!(self.model.column(own).ty, Type::Text);
                if is_text || matches!(column.target, Target::Ancestor(_)) { whole } else { raw }
            }
            _ => raw,
        };
        let read = raw.read(self.model.column(own), self.model).unwrap_or_else(|refusal| {
            found.add(error::refused(place(), &column.target.name(self.model), &raw.shown(), refusal));
            Cell::Missing(MissingReason::Unreadable)
        });
        if let Some(builder) = self.builders.get_mut(slot) {
            builder.push(&read);
        }
    }

    /// The column whose cells those of a target are like: itself, or the key of the table above. None for
    /// companions of judgements.
    fn cells_like(&self, target: Target) -> Option<ColumnId> {
        match target {
            Target::Column(id) => Some(id),
            Target::Ancestor(table) => self.model.table(table).key,
            Target::By(_) | Target::On(_) | Target::Because(_) => None,
        }
    }

    /// Who, when and why of a judgement.
    fn companion(
        &mut self,
        row: usize,
        target: Target,
        raw: &RawCell,
        place: DataPlace,
    ) -> Result<(), Box<crate::problem::Problem>> {
        let (Target::By(id) | Target::On(id) | Target::Because(id)) = target else { return Ok(()) };
        let text = tidy(&raw.shown());
        if text.is_empty() {
            return Ok(());
        }
        let date = match (target, raw) {
            (Target::On(_), RawCell::Day(date)) => Some(*date),
            (Target::On(_), _) => {
                Some(cell::parse_date(&text).map_err(|why| Box::new(error::judgement_date(place, &text, why)))?)
            }
            _ => None,
        };
        let judgement = self.part.judgements.entry((id, row)).or_default();
        match target {
            Target::By(_) => judgement.by = Some(text),
            Target::On(_) => judgement.on = date,
            _ => judgement.because = Some(text),
        }
        Ok(())
    }
}

/// What stands in the cells of a header. Cells merged with others have no name of their own.
fn shown(cells: &[RawCell]) -> Vec<String> {
    let own = |cell: &RawCell| if matches!(cell, RawCell::Merged(_)) { String::new() } else { cell.shown() };
    cells.iter().map(own).collect()
}
