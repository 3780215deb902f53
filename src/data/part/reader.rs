//! Reading the rows of one file or sheet.
//!
//! In: rows as they come. Out: a [`Part`]. The first rows wait until the header is found among them.

use super::Part;
use crate::data::cell::Quick;
use crate::data::cell::{self, tidy};
use crate::data::header::{Names, Target};
use crate::data::raw::RawCell;
use crate::data::tally::Found;
use crate::data::{Cell, ColumnBuilder, RowNumbers, error};
use crate::model::{ColumnId, Model, TableId, Type};
use crate::problem::{DataPlace, Problem};
use crate::value::MissingReason;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many rows are looked at to find the header.
const HEADER_WINDOW: usize = 20;

/// How a file counts and separates its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::data) enum Form {
    /// Rows of a text: too many or too few cells are a mistake.
    Delimited,
    /// Rows of a sheet: blank cells are not kept.
    Sheet,
    /// Records of a JSON document: the header is made of property names.
    Json,
    /// Records whose columns have names and types.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "Parquet alone has types"))]
    Typed,
}

/// Reads the rows of one file or sheet.
#[derive(Debug)]
pub(crate) struct PartReader<'a> {
    pub(super) model: &'a Model,
    pub(super) names: Arc<Names>,
    pub(super) form: Form,
    pub(super) part: Part,
    /// The cells of each column of the part so far.
    pub(super) builders: Vec<ColumnBuilder>,
    /// What reads the common spellings of each of them.
    pub(super) quick: Vec<Quick>,
    /// Rows kept until the header is found; `None` after that.
    pub(super) waiting: Option<Vec<(u64, Vec<RawCell>)>>,
    /// For each column of the file, the index of its column in the part.
    pub(super) slots: Vec<Option<usize>>,
    /// Whether each column of the file is the column of the part with the same number.
    pub(super) is_straight: bool,
    /// Where in a row the cells stand that have no common spelling, while it is read.
    pub(super) odd: Vec<(usize, usize)>,
    /// Columns of the file without a header.
    pub(super) blank: BTreeSet<usize>,
}

impl<'a> PartReader<'a> {
    pub(in crate::data) fn new(model: &'a Model, table: TableId, file: usize, place: DataPlace, form: Form) -> Self {
        let part = Part {
            table,
            file,
            place,
            columns: Vec::new(),
            unknown: Vec::new(),
            rows: RowNumbers::default(),
            paths: Vec::new(),
            judgements: IndexMap::new(),
            header_row: None,
            misnamed: Vec::new(),
            pattern: None,
            nameless: BTreeSet::new(),
            nameless_row: None,
            is_partial: false,
        };
        Self {
            model,
            names: Arc::new(Names::of(model, table)),
            form,
            part,
            builders: Vec::new(),
            quick: Vec::new(),
            waiting: Some(Vec::new()),
            slots: Vec::new(),
            is_straight: false,
            odd: Vec::new(),
            blank: BTreeSet::new(),
        }
    }

    /// File and sheet.
    pub(in crate::data) fn place(&self) -> &DataPlace {
        &self.part.place
    }

    /// Says where in a JSON document the records stand.
    pub(in crate::data) fn json_pattern(&mut self, pattern: &str) {
        self.part.pattern = Some(pattern.to_owned());
    }

    /// Takes the next record of a JSON document.
    pub(in crate::data) fn record(&mut self, number: u64, path: String, cells: Vec<RawCell>, found: &mut Found) {
        self.part.paths.push(path);
        self.row(number, cells, found);
    }

    /// Ends the reading of a file that has nothing to read.
    pub(in crate::data) fn abandon(mut self) -> Part {
        self.part.is_partial = true;
        self.part
    }

    /// Says that not everything could be read.
    pub(in crate::data) fn break_off(&mut self) {
        self.part.is_partial = true;
    }

    /// Takes the next row; blank rows are passed over.
    pub(in crate::data) fn row(&mut self, number: u64, cells: Vec<RawCell>, found: &mut Found) {
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
    pub(in crate::data) fn finish(mut self, found: &mut Found) -> Part {
        self.start(found);
        if !self.part.nameless.is_empty() {
            let letters: Vec<String> = self
                .part
                .nameless
                .iter()
                .take(10)
                .map(|at| error::letters(u64::try_from(*at).unwrap_or(u64::MAX).saturating_add(1)))
                .collect();
            let place = DataPlace { row: self.part.nameless_row, ..self.part.place.clone() };
            found.add(error::blank_header(place, &letters));
        }
        self.into_part()
    }

    /// The part as it was read, without what is only told of a whole file.
    pub(in crate::data) fn into_part(mut self) -> Part {
        for (column, builder) in self.part.columns.iter_mut().zip(self.builders) {
            column.cells = builder.finish();
        }
        self.part
    }

    /// What is read of the file, once its header is known.
    pub(in crate::data) fn part(&self) -> &Part {
        &self.part
    }

    pub(super) fn at_row(&self, row: u64) -> DataPlace {
        DataPlace { row: Some(row), ..self.part.place.clone() }
    }

    pub(super) fn data_row(&mut self, number: u64, mut cells: Vec<RawCell>, found: &mut Found) {
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
                self.part.nameless.insert(index);
                self.part.nameless_row.get_or_insert(number);
            }
        }
        let row = self.part.rows.len();
        self.part.rows.push(Some(number));
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

    pub(super) fn cell(&mut self, row: usize, slot: usize, raw: &RawCell, found: &mut Found) {
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
    pub(super) fn cells_like(&self, target: Target) -> Option<ColumnId> {
        match target {
            Target::Column(id) => Some(id),
            Target::Ancestor(table) => self.model.table(table).key,
            Target::By(_) | Target::On(_) | Target::Because(_) => None,
        }
    }

    /// Who, when and why of a judgement.
    fn companion(&mut self, row: usize, target: Target, raw: &RawCell, place: DataPlace) -> Result<(), Box<Problem>> {
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
