//! The results of a run as a workbook: a sheet for each level, one of reasons, one about the run.
//!
//! In: a run and what of it to show. Out: the bytes of an XLSX file. A spreadsheet holds binary numbers of 15
//! digits: a whole number or amount that needs more is written as text, a fraction that no decimal holds is
//! rounded to 15 digits, and the sheet about the run says so.

use super::reasons::Reasons;
use super::run::Run;
use super::selection::Selection;
use crate::model::{DeclarationId, Dimension, Level, Model, Quantity, Scale, Shown, TableId, Type};
use crate::value::{Number, Outcome, Value};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Digits that a spreadsheet holds exactly.
const DIGITS: usize = 15;
/// The most characters of a sheet's name.
const SHEET_NAME: usize = 31;
/// The widest column, in characters.
const WIDEST: usize = 40;

/// Why no workbook could be made: more rows or characters than the format holds.
pub type Error = XlsxError;

/// The workbook.
pub fn bytes(run: &Run<'_>, selection: &Selection) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    // No clock: the same run gives the same bytes.
    let date = run.results.as_at.unwrap_or(jiff::civil::Date::constant(2000, 1, 1));
    let created = ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or(2000).max(1900),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )?;
    let ruleset = &run.model.ruleset;
    let title = ruleset.label.as_deref().unwrap_or(&ruleset.name);
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let mut maker =
        Maker { run, formats: Formats::new(&ruleset.currency), reasons: Reasons::default(), names: Vec::new() };
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

struct Formats {
    heading: Format,
    name: Format,
    missing: Format,
    money: [Format; 2],
    money_per: Format,
    percent: Format,
    whole: Format,
    decimal: Format,
    date: Format,
    wrapped: Format,
}

impl Formats {
    fn new(currency: &str) -> Self {
        let with = |code: &str| Format::new().set_num_format(code);
        let money = |decimals: &str| with(&format!("\"{currency}\"#,##0{decimals};-\"{currency}\"#,##0{decimals}"));
        Self {
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom),
            name: Format::new().set_italic().set_font_color(rust_xlsxwriter::Color::Gray),
            missing: Format::new().set_italic().set_align(FormatAlign::Right),
            money: [money(""), money(".00")],
            money_per: money(".00"),
            percent: with("0.00%"),
            whole: with("#,##0"),
            decimal: with("#,##0.00"),
            date: with("d mmmm yyyy"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

struct Maker<'r, 'a> {
    run: &'r Run<'a>,
    formats: Formats,
    reasons: Reasons,
    names: Vec<String>,
}

impl Maker<'_, '_> {
    /// A sheet with a name that the format takes and no other sheet has.
    fn sheet(&mut self, name: &str) -> Result<Worksheet, Error> {
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

    fn nation(&mut self, ids: &[DeclarationId]) -> Result<Worksheet, Error> {
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
                let determined = super::run::counted(self.run.model, basis.table, basis.determined);
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

    fn records(&mut self, selection: &Selection, ids: &[DeclarationId], table: TableId) -> Result<Worksheet, Error> {
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
                        let format = self.number_format(&declaration.ty, &declaration.shown, scaled.as_ref());
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

    fn number_format(&self, ty: &Type, shown: &Shown, number: Option<&Number>) -> &Format {
        let is_whole = number.is_some_and(Number::is_whole);
        let quantity = ty.quantity();
        let is_money = quantity.is_some_and(|quantity| quantity.dimension == Dimension::money());
        let is_rate_of_money = quantity.is_some_and(|quantity| quantity.dimension.money == 1);
        let is_share = quantity.is_some_and(|quantity| quantity.scale != Scale::Plain);
        match shown {
            Shown::Percent => &self.formats.percent,
            Shown::Plain if is_share => &self.formats.percent,
            _ if is_money => &self.formats.money[usize::from(!is_whole)],
            _ if is_rate_of_money => &self.formats.money_per,
            _ if is_whole => &self.formats.whole,
            _ => &self.formats.decimal,
        }
    }

    fn reasons(&mut self) -> Result<Worksheet, Error> {
        let mut sheet = self.sheet("What is missing")?;
        let headings = ["Number", "Reason", "What", "Record", "File", "Sheet", "Row"];
        for (column, heading) in (0u16..).zip(headings) {
            sheet.write_string_with_format(0, column, heading, &self.formats.heading)?;
        }
        let words = self.run.words();
        let mut row = 1;
        for (number, causes) in (1u32..).zip(self.reasons.iter()) {
            for cause in causes.iter().take(super::reasons::MOST_LISTED) {
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
            if causes.len() > super::reasons::MOST_LISTED {
                sheet.write_number(row, 0, number)?;
                let more = causes.len() - super::reasons::MOST_LISTED;
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

    fn about(&mut self) -> Result<Worksheet, Error> {
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

/// The number as a spreadsheet holds it: exactly where 15 digits do, a fraction rounded to them; none for a
/// number that 15 digits do not hold.
fn spreadsheet_number(number: &Number) -> Option<f64> {
    let whole = number.size().floor().to_decimal(0);
    let digits = whole.trim_start_matches('0').len();
    if digits > DIGITS {
        return None;
    }
    let text = match number.to_exact_decimal(DIGITS) {
        Some(decimal) if decimal.chars().filter(char::is_ascii_digit).count() <= DIGITS => decimal,
        // An amount in pence that needs more digits would lose a penny; a quotient has no last digit to lose.
        Some(decimal) if decimal.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2) => return None,
        _ => number.to_decimal(DIGITS - digits),
    };
    text.parse().ok()
}

/// The unit of a column, where its number format does not say it.
fn unit(model: &Model, ty: &Type, shown: &Shown) -> String {
    let Some(quantity) = ty.quantity() else { return String::new() };
    if let Shown::Per { base, unit } = shown {
        let base = base.to_i128().and_then(|n| u64::try_from(n).ok()).map(super::run::grouped).unwrap_or_default();
        let unit = model.unit(*unit);
        return format!("per {base} {}", unit.label.as_ref().unwrap_or(&unit.name));
    }
    let is_plain = *quantity == Quantity::plain() || quantity.dimension == Dimension::money();
    if is_plain || quantity.scale != Scale::Plain || quantity.dimension.is_none() {
        return String::new();
    }
    super::wire::type_name(model, ty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_spreadsheet_would_change_are_refused() {
        let number = |text: &str| Number::from_decimal(text).unwrap();
        assert_eq!(spreadsheet_number(&number("25000001")), Some(25_000_001.0));
        assert_eq!(spreadsheet_number(&number("0.035")), Some(0.035));
        assert_eq!(spreadsheet_number(&number("9007199254740993")), None);
        assert_eq!(spreadsheet_number(&number("99999999999999.99")), None);
        let third = Number::fraction(1, 3).unwrap();
        assert_eq!(spreadsheet_number(&third), Some(0.333_333_333_333_333));
    }
}
