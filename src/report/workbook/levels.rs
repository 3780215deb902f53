//! The sheets of the levels: a line for each result of the nation, a row for each record.

use super::Error;
use super::formats::{Formats, spreadsheet_number, unit};
use crate::model::{DeclarationId, Shown, TableId};
use crate::report::reasons::Reasons;
use crate::report::run::{Run, counted};
use crate::report::selection::Selection;
use crate::value::{Outcome, Value};
use rust_xlsxwriter::{ExcelDateTime, Worksheet};

/// The most characters of a sheet's name.
const SHEET_NAME: usize = 31;
/// The widest column, in characters.
const WIDEST: usize = 40;

/// Makes the sheets of a run and collects the reasons that their cells refer to.
pub(super) struct Maker<'r, 'a> {
    pub(super) run: &'r Run<'a>,
    pub(super) formats: Formats,
    pub(super) reasons: Reasons,
    pub(super) names: Vec<String>,
}

impl<'r, 'a> Maker<'r, 'a> {
    pub(super) fn new(run: &'r Run<'a>) -> Self {
        let formats = Formats::new(&run.model.ruleset.currency);
        Self { run, formats, reasons: Reasons::default(), names: Vec::new() }
    }

    /// A sheet with a name that the format takes and no other sheet has.
    pub(super) fn sheet(&mut self, name: &str) -> Result<Worksheet, Error> {
        let allowed = |c: char| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c };
        let clean: String = name.chars().map(allowed).take(SHEET_NAME - 3).collect();
        let clean = if clean.trim().is_empty() { "Sheet".to_owned() } else { clean.trim().to_owned() };
        let mut chosen = clean.clone();
        let mut number = 2;
        while self.names.iter().any(|taken| taken.eq_ignore_ascii_case(&chosen)) {
            chosen = format!("{clean} {number}");
            number += 1;
        }
        let mut sheet = Worksheet::new();
        sheet.set_name(&chosen)?;
        self.names.push(chosen);
        Ok(sheet)
    }

    pub(super) fn nation(&mut self, ids: &[DeclarationId]) -> Result<Worksheet, Error> {
        let mut sheet = self.sheet("The nation")?;
        let headings = ["Result", "Value", "Unit", "From", "Not determined", "Determined ones alone", "Name"];
        for (column, heading) in (0u16..).zip(headings) {
            sheet.write_string_with_format(0, column, heading, &self.formats.heading)?;
        }
        for (row, id) in (1u32..).zip(ids) {
            let declaration = self.run.model.declaration(*id);
            sheet.write_string(row, 0, self.heading(*id))?;
            self.result(&mut sheet, (row, 1), *id, 0)?;
            sheet.write_string(row, 2, unit(self.run.model, &declaration.ty, &declaration.shown))?;
            if let Some(basis) = self.run.basis(*id, 0) {
                let determined = counted(self.run.model, basis.table, basis.determined);
                sheet.write_string(row, 3, determined)?;
                sheet.write_number(row, 4, basis.undetermined)?;
                if let Some(partial) = &basis.partial {
                    self.value(&mut sheet, (row, 5), *id, partial)?;
                }
            }
            sheet.write_string_with_format(row, 6, &declaration.name, &self.formats.name)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        for (column, width) in (0u16..).zip([44u32, 20, 20, 14, 14, 20, 28]) {
            sheet.set_column_width(column, width)?;
        }
        Ok(sheet)
    }

    pub(super) fn records(
        &mut self,
        selection: &Selection,
        ids: &[DeclarationId],
        table: TableId,
    ) -> Result<Worksheet, Error> {
        let run = self.run;
        let declared = run.model.table(table);
        let mut sheet = self.sheet(&declared.name)?;
        let mut keys: Vec<String> =
            declared.parents.iter().map(|parent| run.model.table(*parent).name.clone()).collect();
        keys.extend(["key".to_owned(), "name".to_owned()]);
        let rows = selection.rows(&run.rows, run.model, table);
        for (column, key) in (0u16..).zip(&keys) {
            sheet.write_string_with_format(0, column, key, &self.formats.heading)?;
            sheet.set_column_width(column, 20u32)?;
        }
        let first = u16::try_from(keys.len()).unwrap_or(u16::MAX);
        for (column, id) in (first..).zip(ids) {
            let declaration = run.model.declaration(*id);
            let unit = unit(run.model, &declaration.ty, &declaration.shown);
            let unit = if unit.is_empty() { unit } else { format!(" ({unit})") };
            let heading = format!("{}{unit}", self.heading(*id));
            let width = (heading.chars().count() / 3).clamp(12, WIDEST);
            sheet.write_string_with_format(0, column, heading, &self.formats.heading)?;
            sheet.write_string_with_format(1, column, &declaration.name, &self.formats.name)?;
            sheet.set_column_width(column, u32::try_from(width).unwrap_or(12))?;
        }
        for (line, row) in (2u32..).zip(rows) {
            let mut cells: Vec<String> =
                run.rows.parents(table, row).into_iter().map(|(parent, above)| run.rows.name(parent, above)).collect();
            cells.extend([run.rows.key(table, row).unwrap_or_default(), run.rows.own_name(table, row)]);
            for (column, text) in (0u16..).zip(cells) {
                sheet.write_string(line, column, text)?;
            }
            for (column, id) in (first..).zip(ids) {
                self.result(&mut sheet, (line, column), *id, row)?;
            }
        }
        sheet.set_freeze_panes(2, first)?;
        Ok(sheet)
    }

    fn heading(&self, id: DeclarationId) -> String {
        let dagger = if self.run.is_unverified(id) { " †" } else { "" };
        format!("{}{dagger}", self.run.label(id))
    }

    fn result(&mut self, sheet: &mut Worksheet, at: (u32, u16), id: DeclarationId, row: usize) -> Result<(), Error> {
        match self.run.results.get(id, row) {
            None => {}
            Some(Outcome::Known(value)) => self.value(sheet, at, id, value)?,
            Some(outcome @ Outcome::Missing(causes)) => {
                // Text, so that a formula over it fails loudly rather than counting nothing.
                let text = format!("{} [{}]", self.run.outcome(id, outcome).text, self.reasons.number(causes));
                sheet.write_string_with_format(at.0, at.1, text, &self.formats.missing)?;
            }
        }
        Ok(())
    }

    fn value(&self, sheet: &mut Worksheet, at: (u32, u16), id: DeclarationId, value: &Value) -> Result<(), Error> {
        let declaration = self.run.model.declaration(id);
        let (shown, _) = self.run.known(id, value);
        match value {
            Value::Number(number) => {
                let scaled = match &declaration.shown {
                    Shown::Per { base, .. } => number.multiply(base).ok(),
                    _ => Some(number.clone()),
                };
                match scaled.as_ref().and_then(spreadsheet_number) {
                    Some(float) => {
                        let format = self.formats.number(&declaration.ty, &declaration.shown, scaled.as_ref());
                        sheet.write_number_with_format(at.0, at.1, float, format)?;
                    }
                    None => {
                        sheet.write_string_with_format(at.0, at.1, shown, &self.formats.missing)?;
                    }
                }
            }
            Value::Date(date) if date.year() >= 1900 => {
                let day = ExcelDateTime::from_ymd(
                    date.year().unsigned_abs(),
                    date.month().unsigned_abs(),
                    date.day().unsigned_abs(),
                )?;
                sheet.write_datetime_with_format(at.0, at.1, day, &self.formats.date)?;
            }
            _ => {
                sheet.write_string(at.0, at.1, shown)?;
            }
        }
        Ok(())
    }
}
