//! The tables of an overview: areas with their results, series beside them, the lines of the nation.

use super::super::layout::{Cell, Column, Flush, TextTable};
use super::super::reasons::Reasons;
use super::super::rows::Sort;
use super::super::run::ShownResult;
use super::super::selection::is_shown_by_default;
use super::{FEW_ROWS, Page};
use crate::model::{DeclarationId, Level, Series, TableId, Type};
use crate::report::ink::Tone;
use crate::value::{Period, Value};
use std::collections::BTreeMap;

impl Page<'_, '_> {
    /// Takes out the columns of states that say the same in every row, and says it once.
    pub(super) fn take_same(&self, shown: &mut Vec<DeclarationId>, rows: &[usize]) -> Vec<String> {
        if !self.selection.only.is_empty() {
            return Vec::new();
        }
        let mut same = Vec::new();
        shown.retain(|id| {
            let declaration = self.run.model.declaration(*id);
            if !matches!(declaration.ty, Type::YesNo | Type::Choice(_) | Type::Text) {
                return true;
            }
            let mut values = rows.iter().map(|row| self.run.results.get(*id, *row));
            let Some(Some(first)) = values.next() else { return true };
            if first.is_missing() || values.any(|value| value != Some(first)) {
                return true;
            }
            let shown = self.run.outcome(*id, first);
            same.push(format!("{}{} – {}", self.run.label(*id), self.dagger(*id), shown.text));
            false
        });
        same
    }

    pub(super) fn dagger(&self, id: DeclarationId) -> &'static str {
        if self.run.is_unverified(id) { "\u{a0}†" } else { "" }
    }

    pub(super) fn column(&self, id: DeclarationId) -> Column {
        let is_number = matches!(self.run.model.declaration(id).ty, Type::Quantity(_));
        let flush = if is_number { Flush::Right } else { Flush::Left };
        Column { heading: format!("{}{}", self.run.label(id), self.dagger(id)), flush, wraps: self.run.has_states(id) }
    }

    /// A cell with the number of its reason.
    pub(super) fn cell(shown: &ShownResult<'_>, reasons: &mut Reasons) -> Cell {
        match shown.causes {
            Some(causes) => Cell::new(format!("{} [{}]", shown.text, reasons.number(causes)), shown.tone),
            None => Cell::new(shown.text.clone(), shown.tone),
        }
    }

    /// The columns that say which record a row is: its name, or those of the records above and its own.
    pub(super) fn names(&self, table: TableId, row: usize) -> Vec<Cell> {
        let rows = &self.run.rows;
        let above = rows.parents(table, row).into_iter().map(|(parent, above)| rows.name(parent, above));
        above.chain([rows.own_name(table, row)]).map(|name| Cell::new(name, Tone::Plain)).collect()
    }

    pub(super) fn name_columns(&self, table: TableId) -> Vec<Column> {
        let heading = |table: TableId| {
            let table = self.run.model.table(table);
            let mut letters = table.name.replace('_', " ");
            if let Some(first) = letters.get(..1) {
                letters = first.to_uppercase() + letters.get(1..).unwrap_or_default();
            }
            Column::new(letters, Flush::Left)
        };
        let parents = self.run.model.table(table).parents.iter().copied();
        parents.chain([table]).map(heading).collect()
    }

    /// A row for each record, a column for each result; a few records that do not fit stand side by side.
    pub(super) fn text_table(&mut self, table: TableId, shown: &[DeclarationId], rows: &[usize]) -> TextTable {
        let mut columns = self.name_columns(table);
        let repeated = columns.len();
        let mut reasons = std::mem::take(&mut self.reasons);
        let mut lines: Vec<Vec<Cell>> = rows.iter().map(|row| self.names(table, *row)).collect();
        for id in shown {
            let mut column = self.column(*id);
            let mut cells: Vec<Cell> =
                rows.iter().map(|row| Self::cell(&self.run.result(*id, *row), &mut reasons)).collect();
            if let Some(unit) = take_unit(&mut cells) {
                column.heading = format!("{},{unit}{}", self.run.label(*id), self.dagger(*id));
            }
            columns.push(column);
            for (line, cell) in lines.iter_mut().zip(cells) {
                line.push(cell);
            }
        }
        self.reasons = reasons;
        let wide = TextTable { columns, repeated, rows: lines };
        if rows.len() <= FEW_ROWS && !wide.fits(self.style.width) { wide.transposed() } else { wide }
    }

    /// A result of a series beside the record above it, a column for each period.
    pub(super) fn pivot(&self, upper: TableId, lower: TableId, id: DeclarationId, reasons: &mut Reasons) -> TextTable {
        let model = self.run.model;
        let mut columns = self.name_columns(upper);
        let repeated = columns.len();
        let periods = model.table(lower).series.map(periods).unwrap_or_default();
        let flush = self.column(id).flush;
        columns.extend(periods.iter().map(|period| Column::new(period.to_string(), flush)));
        let mut by_record: BTreeMap<(usize, Period), usize> = BTreeMap::new();
        for row in self.run.rows.ordered(lower, Sort::Input) {
            let above = self.run.rows.above(lower, row, upper);
            let period = model.table(lower).series.and_then(|series| self.run.rows.cell(series.column, row));
            if let (Some(above), Some(Value::Period(period))) = (above, period) {
                by_record.insert((above, period), row);
            }
        }
        let rows = self.selection.rows(&self.run.rows, model, upper).into_iter().map(|above| {
            let cells = periods.iter().map(|period| match by_record.get(&(above, *period)) {
                Some(row) => Self::cell(&self.run.result(id, *row), reasons),
                None => Cell::new("", Tone::Plain),
            });
            let cells: Vec<Cell> = cells.collect();
            self.names(upper, above).into_iter().chain(cells).collect()
        });
        TextTable { rows: rows.collect(), columns, repeated }
    }

    pub(super) fn nation(&mut self) -> String {
        let mut shown = self.selection.declarations(self.run.model, Level::Nation);
        if self.selection.only.is_empty() {
            shown.retain(|id| is_shown_by_default(self.run, *id));
        }
        if shown.is_empty() {
            return String::new();
        }
        self.shown.extend(shown.iter().copied());
        let column = |flush| Column::new(String::new(), flush);
        let mut table = TextTable {
            columns: vec![column(Flush::Left), column(Flush::Right), column(Flush::Left)],
            repeated: 3,
            rows: Vec::new(),
        };
        for id in shown {
            let cell = Self::cell(&self.run.result(id, 0), &mut self.reasons);
            let basis = self.run.basis(id, 0);
            let mut note = basis.map(|basis| self.run.basis_text(basis)).unwrap_or_default();
            if let Some(partial) = basis.and_then(|basis| basis.partial.as_ref()).filter(|_| cell.tone == Tone::Unknown)
            {
                let (partial, _) = self.run.known(id, partial);
                note = format!("{partial} {note}");
            }
            let label = format!("{}{}", self.run.label(id), self.dagger(id));
            table.rows.push(vec![Cell::new(label, Tone::Plain), cell, Cell::new(note, Tone::Faint)]);
        }
        let heading = self.style.ink.paint(Tone::Heading, "The nation");
        format!("{heading}\n{}\n", table.render(self.style.width, self.style.ink))
    }
}

/// Takes the unit out of the cells of a column where all that have a value end in the same: ` per 100,000 people`.
fn take_unit(cells: &mut [Cell]) -> Option<String> {
    let is_known = |cell: &&mut Cell| cell.tone != Tone::Unknown;
    let first = cells.iter().find(|cell| cell.tone != Tone::Unknown)?;
    let unit = first.text.split_once(" per ").map(|(_, unit)| format!(" per {unit}"))?;
    if !cells.iter().filter(|cell| cell.tone != Tone::Unknown).all(|cell| cell.text.ends_with(&unit)) {
        return None;
    }
    for cell in cells.iter_mut().filter(is_known) {
        cell.text.truncate(cell.text.len() - unit.len());
    }
    Some(unit)
}

/// The periods of a series, first to last.
fn periods(series: Series) -> Vec<Period> {
    let n = series.last.ordinal.saturating_sub(series.first.ordinal);
    (0..=n.min(1_000)).map(|by| series.first.shift(by)).collect()
}
