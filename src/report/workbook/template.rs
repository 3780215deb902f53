//! The workbook that an area fills in: a sheet for each data table, which the data loader reads back.
//!
//! In: a model. Out: the bytes of an XLSX file with a header of labels, a row for each period of a series,
//! drop-downs for choices, number formats, and a message at each column that says what it wants.

use super::formats::Formats;
use super::{Error, new_workbook};
use crate::data::cell;
use crate::model::{Column, ColumnId, DataTable, Dimension, Model, Scale, Type};
use crate::value::{Number, Period};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Formula, Worksheet,
};

/// Rows for records of a table that is no series.
const ROWS: u32 = 1_000;
/// The most characters of a list in a drop-down, of a message and of its title.
const MOST_IN_LIST: usize = 255;
const MOST_IN_MESSAGE: usize = 255;
const MOST_IN_TITLE: usize = 32;
/// The most periods that are written out.
const MOST_PERIODS: i32 = 1_000;

/// A column of a sheet.
struct SheetColumn<'a> {
    heading: String,
    /// The column of the data; none for the record above and for who judged, when and why.
    column: Option<&'a Column>,
    message: String,
}

/// The workbook for the tables of a model.
pub fn template(model: &Model) -> Result<Vec<u8>, Error> {
    let mut workbook = new_workbook(model, model.ruleset.from)?;
    let formats = Formats::new(&model.ruleset.currency);
    for table in &model.tables {
        let mut sheet = Worksheet::new();
        sheet.set_name(sheet_name(table))?;
        let columns = sheet_columns(model, table);
        let rows = rows(table);
        for (position, column) in (0u16..).zip(&columns) {
            write_column(&mut sheet, position, column, rows, &formats)?;
        }
        write_periods(&mut sheet, table, &columns, model)?;
        sheet.set_freeze_panes(1, u16::try_from(table.parents.len()).unwrap_or(0) + 1)?;
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

/// The columns of a table's sheet: the records above it, its own, and who judged, when and why.
fn sheet_columns<'a>(model: &'a Model, table: &'a DataTable) -> Vec<SheetColumn<'a>> {
    let mut columns: Vec<SheetColumn<'a>> = Vec::new();
    for parent in &table.parents {
        let parent = model.table(*parent);
        let key = parent.key.map(|key| heading(model, parent, key));
        let key = key.map(|key| format!(": its {key}")).unwrap_or_default();
        columns.push(SheetColumn {
            heading: parent.name.clone(),
            column: None,
            message: format!("The {} that the row belongs to{key}", parent.name),
        });
    }
    for id in &table.columns {
        let column = model.column(*id);
        columns.push(SheetColumn {
            heading: heading(model, table, *id),
            column: Some(column),
            message: message(model, column),
        });
        if column.is_judgement {
            for (word, what) in [("by", "Who decided"), ("on", "When it was decided"), ("because", "Why")] {
                columns.push(SheetColumn {
                    heading: format!("{}_{word}", column.name),
                    column: None,
                    message: what.to_owned(),
                });
            }
        }
    }
    columns
}

/// The label of a column where it stands for that column alone, else its name.
fn heading(model: &Model, table: &DataTable, id: ColumnId) -> String {
    let column = model.column(id);
    let Some(label) = &column.label else { return column.name.clone() };
    let is_taken = |text: &String| text.to_lowercase().replace('_', " ") == label.to_lowercase();
    let of_others = table.columns.iter().filter(|other| **other != id).map(|other| model.column(*other));
    let of_parents = table.parents.iter().map(|parent| model.table(*parent));
    let is_shared = of_others.clone().any(|other| is_taken(&other.name) || other.label.as_ref().is_some_and(is_taken))
        || of_parents.clone().any(|parent| is_taken(&parent.name) || parent.label.as_ref().is_some_and(is_taken));
    if is_shared { column.name.clone() } else { label.clone() }
}

/// What a column wants, in the words of the loader.
fn message(model: &Model, column: &Column) -> String {
    let mut message = format!("{}: {}", column.name, cell::expected(column, model).replace('`', ""));
    for (word, bound) in [("at least", &column.least), ("at most", &column.greatest)] {
        if let Some(bound) = bound.as_ref().filter(|bound| !(column.is_whole && bound.is_zero())) {
            message.push_str(&format!(", {word} {}", cell::amount(bound, column, model)));
        }
    }
    message.push_str(if column.is_optional { ". May be left out." } else { ". Where there is no figure, write .." });
    message
}

/// How many rows are made ready.
fn rows(table: &DataTable) -> u32 {
    match periods(table).len() {
        0 => ROWS,
        n => u32::try_from(n).unwrap_or(ROWS).max(ROWS),
    }
}

/// The periods of a series of one table above it, first to last.
fn periods(table: &DataTable) -> Vec<Period> {
    let (Some(series), [_]) = (table.series, table.parents.as_slice()) else { return Vec::new() };
    let last = series.last.ordinal.saturating_sub(series.first.ordinal).min(MOST_PERIODS);
    (0..=last).map(|by| series.first.shift(by)).collect()
}

fn write_periods(
    sheet: &mut Worksheet,
    table: &DataTable,
    columns: &[SheetColumn<'_>],
    model: &Model,
) -> Result<(), Error> {
    let Some(series) = table.series else { return Ok(()) };
    let name = &model.column(series.column).name;
    let position = columns.iter().position(|column| column.column.is_some_and(|column| column.name == *name));
    let Some(position) = position.and_then(|position| u16::try_from(position).ok()) else { return Ok(()) };
    let key = key_cell(model, table);
    for (row, period) in (1u32..).zip(periods(table)) {
        sheet.write_string(row, position, period.to_string())?;
        if let Some(cell) = &key {
            // The one area that fills in the workbook writes its key once. An empty result would be written as 0.
            let formula = Formula::new(format!("=IF({cell}=\"\",\"\",{cell})")).set_result(" ");
            sheet.write_formula(row, 0, formula)?;
        }
    }
    Ok(())
}

/// The cell that holds the key of the first record that a series belongs to.
fn key_cell(model: &Model, table: &DataTable) -> Option<String> {
    let [parent] = table.parents.as_slice() else { return None };
    let parent = model.table(*parent);
    if !parent.parents.is_empty() {
        return None;
    }
    let key = model.column(parent.key?);
    let columns = sheet_columns(model, parent);
    let position = columns.iter().position(|column| column.column.is_some_and(|column| column.name == key.name))?;
    let column = rust_xlsxwriter::utility::column_number_to_name(u16::try_from(position).ok()?);
    Some(format!("'{}'!${column}$2", sheet_name(parent)))
}

fn sheet_name(table: &DataTable) -> String {
    table.name.chars().take(31).collect()
}

fn write_column(
    sheet: &mut Worksheet,
    position: u16,
    column: &SheetColumn<'_>,
    rows: u32,
    formats: &Formats,
) -> Result<(), Error> {
    sheet.write_string_with_format(0, position, &column.heading, &formats.heading)?;
    let width = column.heading.chars().count().clamp(12, 30);
    let text = Format::new().set_num_format("@");
    let format = column.column.map_or(&text, |column| cell_format(column, formats, &text));
    sheet.set_column_format(position, format)?;
    sheet.set_column_width(position, u32::try_from(width).unwrap_or(12))?;
    let mut validation = column.column.map_or_else(|| Ok(DataValidation::new()), validation)?;
    validation = validation
        .set_input_title(cut(&column.heading, MOST_IN_TITLE))?
        .set_input_message(cut(&column.message, MOST_IN_MESSAGE))?
        // A warning: `..` and its like may stand where there is no figure.
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Is that right?")?
        .set_error_message(cut(&column.message, MOST_IN_MESSAGE))?;
    sheet.add_data_validation(1, position, rows, position, &validation)?;
    Ok(())
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn validation(column: &Column) -> Result<DataValidation, Error> {
    let any = DataValidation::new();
    Ok(match &column.ty {
        Type::YesNo => any.allow_list_strings(&["yes", "no"])?,
        Type::Choice(values) => {
            let fits = values.iter().map(|value| value.chars().count() + 1).sum::<usize>() <= MOST_IN_LIST;
            // A comma would fall apart into two choices.
            if fits && values.iter().all(|value| !value.contains(',')) { any.allow_list_strings(values)? } else { any }
        }
        Type::Date => any.allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(1900, 1, 1)?)),
        Type::Quantity(_) => {
            let bound = |number: &Option<Number>| number.as_ref().and_then(super::formats::spreadsheet_number);
            let rule = match (bound(&column.least), bound(&column.greatest)) {
                (Some(least), Some(greatest)) => DataValidationRule::Between(least, greatest),
                (Some(least), None) => DataValidationRule::GreaterThanOrEqualTo(least),
                (None, Some(greatest)) => DataValidationRule::LessThanOrEqualTo(greatest),
                (None, None) => DataValidationRule::Between(-1e15, 1e15),
            };
            // A spreadsheet holds a percent as a fraction and a rate as it is written.
            let is_rate = column.cell_base != Number::one();
            if is_rate { any } else { any.allow_decimal_number(rule) }
        }
        Type::Unknown | Type::Text | Type::Period(_) => any,
    })
}

fn cell_format<'f>(column: &Column, formats: &'f Formats, text: &'f Format) -> &'f Format {
    match &column.ty {
        Type::Quantity(quantity) if quantity.scale != Scale::Plain => &formats.percent,
        Type::Quantity(quantity) if quantity.dimension == Dimension::money() => &formats.money[1],
        Type::Quantity(quantity) if quantity.dimension.money == 1 => &formats.money_per,
        Type::Quantity(_) if column.is_whole => &formats.whole,
        Type::Quantity(_) => &formats.decimal,
        Type::Date => &formats.date,
        Type::Unknown | Type::Text | Type::YesNo | Type::Period(_) | Type::Choice(_) => text,
    }
}
