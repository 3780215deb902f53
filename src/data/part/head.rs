//! Finding the header of a file among its first rows, and what its names stand for.

use super::PartColumn;
use super::reader::{Form, PartReader};
use crate::data::cell::Quick;
use crate::data::header::{Meaning, Target};
use crate::data::raw::RawCell;
use crate::data::tally::Found;
use crate::data::{Column, ColumnBuilder, error};
use crate::model::Type;
use crate::value::MissingReason;

impl PartReader<'_> {
    /// Finds the header in the rows that wait, then reads those below it.
    pub(in crate::data) fn start(&mut self, found: &mut Found) {
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

    pub(super) fn match_header(&mut self, header: &[String], row: Option<u64>, found: &mut Found) {
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
                            Form::Json | Form::Typed => format!("`{}`", first.header),
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
                        self.add_builder(target);
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

    /// Makes room for the cells of a column of the file.
    fn add_builder(&mut self, target: Target) {
        let like = self.cells_like(target).map(|own| self.model.column(own));
        self.builders.push(ColumnBuilder::new(like.map_or(&Type::Unknown, |column| &column.ty)));
        self.quick.push(like.map_or_else(Quick::of_nothing, |column| Quick::new(column, self.model)));
    }
}

/// What stands in the cells of a header. Cells merged with others have no name of their own.
fn shown(cells: &[RawCell]) -> Vec<String> {
    let own = |cell: &RawCell| if matches!(cell, RawCell::Merged(_)) { String::new() } else { cell.shown() };
    cells.iter().map(own).collect()
}
