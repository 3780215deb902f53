//! The sheets about the run: what is missing and why, and what was run.

use super::Error;
use super::levels::Maker;
use crate::report::reasons::MOST_LISTED;
use rust_xlsxwriter::Worksheet;

impl Maker<'_, '_> {
    pub(super) fn reasons(&mut self) -> Result<Worksheet, Error> {
        let mut sheet = self.sheet("What is missing")?;
        let headings = ["Number", "Reason", "What", "Record", "File", "Sheet", "Row"];
        for (column, heading) in (0u16..).zip(headings) {
            sheet.write_string_with_format(0, column, heading, &self.formats.heading)?;
        }
        let words = self.run.words();
        let mut row = 1;
        for (number, causes) in (1u32..).zip(self.reasons.iter()) {
            for cause in causes.iter().take(MOST_LISTED) {
                let record = words.record(cause);
                sheet.write_number(row, 0, number)?;
                sheet.write_string_with_format(row, 1, &record.text, &self.formats.wrapped)?;
                sheet.write_string(row, 2, &record.name)?;
                sheet.write_string(row, 3, record.record.unwrap_or_default())?;
                if let Some(cell) = record.cell {
                    sheet.write_string(row, 4, &cell.file)?;
                    sheet.write_string(row, 5, cell.sheet.unwrap_or_default())?;
                    if let Some(at) = cell.row.and_then(|at| u32::try_from(at).ok()) {
                        sheet.write_number(row, 6, at)?;
                    }
                }
                row += 1;
            }
            if causes.len() > MOST_LISTED {
                sheet.write_number(row, 0, number)?;
                let more = causes.len() - MOST_LISTED;
                sheet.write_string(row, 1, format!("and {more} more"))?;
                row += 1;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        for (column, width) in (0u16..).zip([8u32, 70, 28, 28, 24, 16, 8]) {
            sheet.set_column_width(column, width)?;
        }
        Ok(sheet)
    }

    pub(super) fn about(&mut self) -> Result<Worksheet, Error> {
        let mut sheet = self.sheet("About")?;
        let mut pairs = self.run.about();
        let note = "Numbers of at most 15 digits are exact; fractions that no decimal holds are rounded to 15 digits; \
                    whole numbers that need more are written as text. The JSON output has every number exactly.";
        pairs.push(("Numbers".to_owned(), note.to_owned()));
        pairs.push(("†".to_owned(), "rests on something that is not verified".to_owned()));
        pairs.push((
            "–".to_owned(),
            "no value; the number beside it is explained on the sheet What is missing".to_owned(),
        ));
        for (row, (what, value)) in (0u32..).zip(pairs) {
            sheet.write_string_with_format(row, 0, what, &self.formats.heading)?;
            sheet.write_string_with_format(row, 1, value, &self.formats.wrapped)?;
        }
        sheet.set_column_width(0, 30u32)?;
        sheet.set_column_width(1, 90u32)?;
        Ok(sheet)
    }
}
