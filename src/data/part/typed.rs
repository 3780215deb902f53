//! Rows of a file whose columns have types: values straight into their columns, all others as every reader takes
//! them.

use super::reader::PartReader;
use crate::data::error;
use crate::data::raw::RawCell;
use crate::data::tally::Found;
use crate::model::Type;
use crate::value::MissingReason;

impl PartReader<'_> {
    /// Takes the names of the columns.
    pub(in crate::data) fn typed_header(&mut self, names: &[String], found: &mut Found) {
        self.waiting = None;
        self.match_header(names, None, found);
        self.part.nameless.extend(self.blank.iter());
    }

    /// The columns that are read, and the place of each in the file.
    pub(in crate::data) fn typed_columns(&self) -> Vec<(usize, usize)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| Some(((*slot)?, index))).collect()
    }

    /// The type of a column; none for companions of judgements.
    pub(in crate::data) fn typed_type(&self, slot: usize) -> Option<&Type> {
        let own = self.cells_like(self.part.columns.get(slot)?.target)?;
        Some(&self.model.column(own).ty)
    }

    /// Reports that a column holds what it cannot.
    pub(in crate::data) fn typed_refusal(&self, slot: usize, holds: &str, help: &str, found: &mut Found) {
        let Some(column) = self.part.columns.get(slot) else { return };
        let place = self.part.header_place(column.number, &column.header);
        let wanted = self.cells_like(column.target).map(|own| {
            let own = self.model.column(own);
            crate::data::cell::expected(own, self.model)
        });
        let name = column.target.name(self.model);
        found.add(error::refused_column(place, &name, wanted.as_deref().unwrap_or("a text"), holds, help));
    }

    /// Takes so many rows from the one with this number, whose cells follow column by column; gives the first of
    /// them.
    pub(in crate::data) fn typed_rows(&mut self, number: u64, rows: usize) -> usize {
        let first = self.part.rows.len();
        (number..).take(rows).for_each(|number| self.part.rows.push(Some(number)));
        first
    }

    /// Takes a null.
    pub(in crate::data) fn typed_blank(&mut self, row: usize, slot: usize, found: &mut Found) {
        let quick = self.quick.get_mut(slot).zip(self.builders.get_mut(slot));
        if !quick.is_some_and(|(quick, builder)| quick.read_alone(b"", builder)) {
            self.cell(row, slot, &RawCell::blank(), found);
        }
    }

    /// Takes a cell of any kind.
    pub(in crate::data) fn typed_cell(&mut self, row: usize, slot: usize, cell: &RawCell, found: &mut Found) {
        self.cell(row, slot, cell, found);
    }

    /// Takes cells that could not be read, as was reported.
    pub(in crate::data) fn typed_unreadable(&mut self, slot: usize, rows: usize) {
        let has_cells = self.part.columns.get(slot).is_some_and(|column| self.cells_like(column.target).is_some());
        if let Some(builder) = self.builders.get_mut(slot).filter(|_| has_cells) {
            (0..rows).for_each(|_| builder.push_missing(MissingReason::Unreadable));
        }
    }

    /// Takes a number with so many decimals, if it is a common figure of the column; says whether it is.
    #[inline]
    pub(in crate::data) fn typed_number(&mut self, slot: usize, value: i64, decimals: u32) -> bool {
        let quick = self.quick.get(slot).zip(self.builders.get_mut(slot));
        quick.is_some_and(|(quick, builder)| quick.read_number(value, decimals, builder))
    }

    /// Takes yes or no, if the column holds that; says whether it does.
    #[inline]
    pub(in crate::data) fn typed_yes_no(&mut self, slot: usize, yes: bool) -> bool {
        self.builders.get_mut(slot).is_some_and(|builder| builder.push_yes_no(yes))
    }

    /// Takes a day of the calendar, if the column holds dates; says whether it does.
    #[inline]
    pub(in crate::data) fn typed_day(&mut self, slot: usize, day: i32) -> bool {
        self.builders.get_mut(slot).is_some_and(|builder| builder.push_day(day))
    }

    /// Takes a text.
    #[inline]
    pub(in crate::data) fn typed_text(&mut self, row: usize, slot: usize, text: &[u8], found: &mut Found) {
        if let (Some(quick), Some(builder)) = (self.quick.get_mut(slot), self.builders.get_mut(slot))
            && quick.read_alone(text, builder)
        {
            return;
        }
        match std::str::from_utf8(text) {
            Ok(text) => self.careful_cell(row, slot, text, found),
            Err(_) => {
                let shown = String::from_utf8_lossy(text).chars().take(60).collect();
                self.cell(row, slot, &RawCell::Unusable(shown, "it is no text in UTF-8"), found);
            }
        }
    }
}
