//! The results of a run as a workbook: a sheet for each level, one of reasons, one about the run.
//!
//! In: a run and what of it to show. Out: the bytes of an XLSX file. A spreadsheet holds binary numbers of 15
//! digits: a whole number or amount that needs more is written as text, a fraction that no decimal holds is
//! rounded to 15 digits, and the sheet about the run says so.

mod about;
mod formats;
mod levels;
mod template;

use super::run::Run;
use super::selection::Selection;
use crate::model::{Level, Model};
use crate::value::Date;
use levels::Maker;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
pub use template::template;

/// Why no workbook could be made: more rows or characters than the format holds.
pub type Error = XlsxError;

/// The workbook.
pub fn bytes(run: &Run<'_>, selection: &Selection) -> Result<Vec<u8>, Error> {
    let mut workbook = new_workbook(run.model, run.results.as_at)?;
    let mut maker = Maker::new(run);
    for level in selection.levels(run.model) {
        let ids = selection.declarations(run.model, level);
        let sheet = match level {
            Level::Nation => maker.nation(&ids)?,
            Level::Table(table) => maker.records(selection, &ids, table)?,
        };
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(maker.reasons()?);
    workbook.push_worksheet(maker.about()?);
    workbook.save_to_buffer()
}

/// A workbook with the title of the rules. No clock is asked: the same run gives the same bytes.
fn new_workbook(model: &Model, date: Option<Date>) -> Result<Workbook, Error> {
    let mut workbook = Workbook::new();
    let date = date.filter(|date| date.year() >= 1900).unwrap_or(Date::constant(2000, 1, 1));
    let (year, month, day) = (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    let title = model.ruleset.title();
    workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&created));
    Ok(workbook)
}
