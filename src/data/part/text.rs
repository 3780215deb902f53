//! Rows of a text: the common spellings straight into their columns, all others as every reader takes them; and
//! pieces of a file that are read apart and put together.

use super::reader::PartReader;
use super::{Part, PartColumn};
use crate::data::cell;
use crate::data::delimited::Field;
use crate::data::raw::RawCell;
use crate::data::tally::Found;
use crate::data::{Column, ColumnBuilder, RowNumbers};
use crate::value::MissingReason;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::Arc;

impl<'a> PartReader<'a> {
    /// Takes the next row of a text.
    pub(in crate::data) fn text_row(&mut self, number: u64, text: &str, fields: &[Field], found: &mut Found) {
        if self.waiting.is_some() || !self.is_regular(text, fields) {
            let cells = fields.iter().map(|field| RawCell::Text(field.held(text).into_owned())).collect();
            return self.row(number, cells, found);
        }
        let row = self.part.rows.len();
        self.part.rows.push(Some(number));
        let mut odd = std::mem::take(&mut self.odd);
        if self.is_straight {
            let cells = self.quick.iter_mut().zip(&mut self.builders).zip(fields).enumerate();
            for (slot, ((quick, builder), field)) in cells {
                if field.is_quoted || !quick.read(text, field.start, field.end, builder) {
                    odd.push((slot, slot));
                }
            }
        } else {
            for (at, (field, slot)) in fields.iter().zip(&self.slots).enumerate() {
                let Some(slot) = *slot else { continue };
                let (quick, builder) = (self.quick.get_mut(slot), self.builders.get_mut(slot));
                let (Some(quick), Some(builder)) = (quick, builder) else { continue };
                if field.is_quoted || !quick.read(text, field.start, field.end, builder) {
                    odd.push((at, slot));
                }
            }
        }
        for (at, slot) in odd.drain(..) {
            if let Some(field) = fields.get(at) {
                self.careful_cell(row, slot, &field.held(text), found);
            }
        }
        self.odd = odd;
    }

    /// Whether a row has a cell for every column, nothing beside them, and something that can be seen.
    fn is_regular(&self, text: &str, fields: &[Field]) -> bool {
        let width = self.slots.len();
        let Some((own, beyond)) = fields.split_at_checked(width) else { return false };
        let is_empty = |field: &Field| field.start == field.end;
        let is_visible = |field: &Field| {
            !field.is_quoted && text.as_bytes().get(field.start).is_some_and(u8::is_ascii_graphic) && !is_empty(field)
        };
        beyond.iter().all(is_empty)
            && self.blank.iter().all(|index| own.get(*index).is_none_or(is_empty))
            && own.iter().any(is_visible)
    }

    /// Takes a cell that has no common spelling.
    pub(super) fn careful_cell(&mut self, row: usize, slot: usize, text: &str, found: &mut Found) {
        let like = self.part.columns.get(slot).and_then(|column| self.cells_like(column.target));
        if like.is_none() && text.is_empty() {
            return;
        }
        if let (Some(like), Some(quick), Some(builder)) = (like, self.quick.get_mut(slot), self.builders.get_mut(slot))
            && let Ok(cell) = cell::read(text, self.model.column(like), self.model)
        {
            quick.learn(text.as_bytes(), &cell);
            builder.push(&cell);
            return;
        }
        self.cell(row, slot, &RawCell::Text(text.to_owned()), found);
    }

    /// Makes room for so many more rows.
    pub(in crate::data) fn reserve(&mut self, rows: usize) {
        self.builders.iter_mut().for_each(|builder| builder.reserve(rows));
    }

    /// How many rows were read.
    pub(in crate::data) fn rows_read(&self) -> usize {
        self.part.rows.len()
    }

    /// Whether the header is still sought.
    pub(in crate::data) fn seeks_header(&self) -> bool {
        self.waiting.is_some()
    }

    /// A reader for another piece of the same file, whose header is known.
    pub(in crate::data) fn for_piece(&self) -> Self {
        let columns = self.part.columns.iter().map(|column| PartColumn {
            header: column.header.clone(),
            cells: Column::without_values(0, MissingReason::NoRecord),
            ..*column
        });
        let part = Part {
            columns: columns.collect(),
            place: self.part.place.clone(),
            unknown: Vec::new(),
            rows: RowNumbers::default(),
            paths: Vec::new(),
            judgements: IndexMap::new(),
            misnamed: Vec::new(),
            pattern: None,
            nameless: BTreeSet::new(),
            nameless_row: None,
            ..self.part
        };
        let like = |column: &PartColumn| self.cells_like(column.target).map(|own| &self.model.column(own).ty);
        let builders = self
            .part
            .columns
            .iter()
            .map(|column| ColumnBuilder::new(like(column).unwrap_or(&crate::model::Type::Unknown)));
        Self {
            model: self.model,
            names: Arc::clone(&self.names),
            form: self.form,
            builders: builders.collect(),
            part,
            quick: self.quick.clone(),
            waiting: None,
            slots: self.slots.clone(),
            blank: self.blank.clone(),
            is_straight: self.slots.iter().enumerate().all(|(at, slot)| *slot == Some(at)),
            odd: Vec::new(),
        }
    }

    /// Takes in what another reader has read of the piece that follows, whose rows it has numbered from nought.
    pub(in crate::data) fn append(&mut self, piece: Self, down: u64) {
        let before = self.part.rows.len();
        self.part.rows.append(&piece.part.rows, down);
        for (builder, more) in self.builders.iter_mut().zip(piece.builders) {
            builder.append(more);
        }
        for ((column, row), judgement) in piece.part.judgements {
            self.part.judgements.insert((column, before + row), judgement);
        }
        self.part.nameless.extend(piece.part.nameless);
        self.part.nameless_row = self.part.nameless_row.or(piece.part.nameless_row.map(|row| row.saturating_add(down)));
        self.part.is_partial |= piece.part.is_partial;
    }

    /// The rows that were read so far, as a part of its own.
    pub(in crate::data) fn take_rows(&mut self) -> Part {
        let mut rows = self.for_piece();
        std::mem::swap(&mut self.builders, &mut rows.builders);
        std::mem::swap(&mut self.part.rows, &mut rows.part.rows);
        std::mem::swap(&mut self.part.judgements, &mut rows.part.judgements);
        rows.into_part()
    }

    /// Learns what a part of the same file says of the file as a whole.
    pub(in crate::data) fn learn(&mut self, part: &Part) {
        self.part.nameless.extend(part.nameless.iter().copied());
        self.part.nameless_row = self.part.nameless_row.or(part.nameless_row);
        self.part.is_partial |= part.is_partial;
    }
}
