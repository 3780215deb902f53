//! What can be wrong with the files that data comes from: one constructor for each code.

use super::cell::{Refusal, RefusalKind};
use crate::problem::{Code, DataPlace, Place, Problem, Severity};

/// The longest piece of a cell that a message repeats.
const SHOWN_CHARACTERS: usize = 60;

/// Text of the user's in backticks, cut where it is long.
fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_CHARACTERS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Texts of the user's in a row, at most five of them.
fn listed<S: AsRef<str>>(texts: &[S]) -> String {
    let shown: Vec<String> = texts.iter().take(5).map(|text| quoted(text.as_ref())).collect();
    match texts.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn warning(code: Code, place: DataPlace, message: String) -> Problem {
    Problem { severity: Severity::Warning, ..Problem::data(code, place, message) }
}

/// A file of a kind that is not read.
const UNKNOWN_FORMAT: Code = Code("data::unknown-format");

/// A file of a kind that is not read.
pub(super) fn unknown_format(place: DataPlace) -> Problem {
    let message = format!("{} is not a kind of file that is read", quoted(&place.file));
    Problem::data(UNKNOWN_FORMAT, place, message)
        .help("save it as CSV (`.csv`), as a workbook (`.xlsx`, `.ods`), as JSON (`.json`) or as Parquet (`.parquet`)")
}

/// A file that cannot be read.
const NOT_READABLE: Code = Code("data::not-readable");

/// A file that cannot be read.
pub(super) fn not_readable(place: DataPlace, why: &str, help: &str) -> Problem {
    let message = format!("{} cannot be read: {why}", quoted(&place.file));
    Problem::data(NOT_READABLE, place, message).help(help)
}

/// More data than is taken.
const TOO_LARGE: Code = Code("data::too-large");

/// More data than is taken.
pub(super) fn too_large(place: DataPlace, what: &str) -> Problem {
    Problem::data(TOO_LARGE, place, format!("there is too much data: {what}"))
        .help("leave out what the rules do not read, or evaluate the areas in several runs")
}

/// A text file that is not UTF-8.
const ENCODING: Code = Code("data::encoding");

/// A text file that is not UTF-8 and was read as Windows-1252.
pub(super) fn read_as_windows_1252(place: DataPlace) -> Problem {
    let message = format!("{} is not UTF-8 and was read as Windows-1252", quoted(&place.file));
    warning(ENCODING, place, message).help("check that `£` and accents are right, or save it as `CSV UTF-8`")
}

/// A text file whose letters cannot be told.
pub(super) fn mixed_encoding(place: DataPlace) -> Problem {
    let message = format!("{} holds bytes that are no letters in UTF-8", quoted(&place.file));
    Problem::data(ENCODING, place, message).help("save it as `CSV UTF-8`")
}

/// A file or sheet that belongs to no table.
const UNKNOWN_TABLE: Code = Code("data::unknown-table");

/// A file or sheet that belongs to no table.
pub(super) fn unknown_table(place: DataPlace, name: &str, tables: &[&str]) -> Problem {
    let what = holder(&place);
    let message = format!("no data table is called {}: the {what} is not read", quoted(name));
    warning(UNKNOWN_TABLE, place, message).help(match tables {
        [only] => format!("the only data table is `{only}`"),
        several => format!("the data tables are {}", listed(several)),
    })
}

/// What holds the records of a table.
fn holder(place: &DataPlace) -> &'static str {
    match (&place.sheet, &place.header) {
        (Some(_), _) => "sheet",
        (None, Some(_)) => "list",
        (None, None) => "file",
    }
}

/// A file whose name is nearly that of a table without one.
const MISNAMED_TABLE: Code = Code("data::misnamed-table");

/// A file whose name is nearly that of a table without one.
pub(super) fn misnamed_table(place: DataPlace, name: &str, table: &str) -> Problem {
    let what = holder(&place);
    Problem::data(MISNAMED_TABLE, place, format!("{} is not a data table; `{table}` has no data", quoted(name)))
        .help(format!("rename the {what} to `{table}`"))
}

/// A table without data.
const MISSING_TABLE: Code = Code("data::missing-table");

/// A table without data.
pub(super) fn missing_table(table: &str) -> Problem {
    Problem {
        code: MISSING_TABLE,
        severity: Severity::Error,
        message: format!("there is no data for `{table}`"),
        place: Place::Nowhere,
        related: Vec::new(),
        help: Some(format!(
            "give a file `{table}.csv`, a sheet `{table}` in a workbook, or `\"{table}\": […]` in JSON"
        )),
    }
}

/// A file or sheet without a header.
const NO_HEADER: Code = Code("data::no-header");

/// A file or sheet with nothing in it.
pub(super) fn nothing_there(place: DataPlace) -> Problem {
    Problem::data(NO_HEADER, place, "there is nothing here, not even column names")
        .help("write the names of the columns in the first row")
}

/// A file or sheet in which no column name was found.
pub(super) fn no_header(place: DataPlace, table: &str, columns: &[&str]) -> Problem {
    Problem::data(NO_HEADER, place, format!("no row here names a column of `{table}`"))
        .help(format!("write the names of the columns in the first row: {}", listed(columns)))
}

/// Rows above the header.
const ROWS_ABOVE_HEADER: Code = Code("data::rows-above-header");

/// Rows above the header.
pub(super) fn rows_above_header(place: DataPlace, header_row: u64) -> Problem {
    warning(ROWS_ABOVE_HEADER, place, format!("the column names stand in row {header_row}; what is above is not read"))
        .help("let the column names be the first row")
}

/// A header of two rows.
const TWO_HEADER_ROWS: Code = Code("data::two-header-rows");

/// A header of two rows.
pub(super) fn two_header_rows(place: DataPlace, first: u64, second: u64) -> Problem {
    warning(TWO_HEADER_ROWS, place, format!("the column names stand in rows {first} and {second}; both were read"))
        .help("write every column name in one row")
}

/// Data below no name.
const BLANK_HEADER: Code = Code("data::blank-header");

/// Data below no name.
pub(super) fn blank_header(place: DataPlace, columns: &[String]) -> Problem {
    let message = match columns {
        [only] => format!("column {only} has data and no name"),
        several => format!("columns {} have data and no names", several.join(", ")),
    };
    Problem::data(BLANK_HEADER, place, message)
        .help("name the columns in the header; where header cells are merged, unmerge them and name each column")
}

/// A column that the table does not have.
const UNKNOWN_COLUMN: Code = Code("data::unknown-column");

/// A column that the table does not have.
pub(super) fn unknown_column(place: DataPlace, header: &str, table: &str, near: Option<&str>) -> Problem {
    let message = format!("{} is not a column of `{table}` and is not read", quoted(header));
    warning(UNKNOWN_COLUMN, place, message).help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "take it out, or declare it in the rules".to_owned(),
    })
}

/// A column of a table above, repeated below it.
pub(super) fn column_of_parent(place: DataPlace, header: &str, parent: &str) -> Problem {
    let message = format!("{} is a column of `{parent}` and is not read here", quoted(header));
    warning(UNKNOWN_COLUMN, place, message).help(format!("take it out: it is read from `{parent}`"))
}

/// A column whose name is nearly that of a missing one.
const MISNAMED_COLUMN: Code = Code("data::misnamed-column");

/// A column whose name is nearly that of a missing one.
pub(super) fn misnamed_column(place: DataPlace, header: &str, column: &str) -> Problem {
    Problem::data(MISNAMED_COLUMN, place, format!("{} is not a column; `{column}` is missing", quoted(header)))
        .help(format!("rename it to `{column}`"))
}

/// Columns that the data lacks.
const MISSING_COLUMN: Code = Code("data::missing-column");

/// Columns that the data lacks.
pub(super) fn missing_columns(place: DataPlace, table: &str, columns: &[&str]) -> Problem {
    let message = match columns {
        [only] => format!("`{table}` has no column `{only}`"),
        several => format!("`{table}` lacks {} columns: {}", several.len(), listed(several)),
    };
    let help = match columns {
        [only] => format!("add a column `{only}`; a cell without a figure holds a symbol such as `..`"),
        several => format!("add {}", several.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    };
    Problem::data(MISSING_COLUMN, place, message).help(help)
}

/// The column that says to which record above a record belongs.
pub(super) fn missing_parent_column(place: DataPlace, table: &str, parent: &str, key: &str) -> Problem {
    let message = format!("`{table}` does not say to which `{parent}` a row belongs");
    Problem::data(MISSING_COLUMN, place, message)
        .help(format!("add a column `{parent}` that holds the `{key}` of the `{parent}`"))
}

/// The column that tells the records of a table apart.
pub(super) fn missing_key_column(place: DataPlace, table: &str, key: &str) -> Problem {
    Problem::data(MISSING_COLUMN, place, format!("`{table}` has no column `{key}`, which tells its rows apart"))
        .help(format!("add the column `{key}`, in each file of `{table}`"))
}

/// A column that is there twice.
const DUPLICATE_COLUMN: Code = Code("data::duplicate-column");

/// A column that is there twice in one file.
pub(super) fn duplicate_column(place: DataPlace, header: &str, column: &str, first: &str) -> Problem {
    let message = format!("{} is `{column}` again, which {first} holds already", quoted(header));
    Problem::data(DUPLICATE_COLUMN, place, message).help("keep one of the two; the first is read")
}

/// A column that two files of a table have.
pub(super) fn column_in_two_files(place: DataPlace, column: &str, other: &str) -> Problem {
    Problem::data(DUPLICATE_COLUMN, place, format!("`{column}` is in {} too", quoted(other)))
        .help("keep one of the two; the first is read")
}

/// A property that stands twice in a JSON object.
pub(super) fn duplicate_property(place: DataPlace, name: &str) -> Problem {
    Problem::data(DUPLICATE_COLUMN, place, format!("{} stands twice in this record", quoted(name)))
        .help("keep one of the two; the first is read")
}

/// A header that names two columns.
const AMBIGUOUS_COLUMN: Code = Code("data::ambiguous-column");

/// A header that names two columns.
pub(super) fn ambiguous_column(place: DataPlace, header: &str, columns: &[String]) -> Problem {
    Problem::data(AMBIGUOUS_COLUMN, place, format!("{} may be {}", quoted(header), or_list(columns)))
        .help("write the name of the column instead of its label")
}

fn or_list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

/// A cell that is not of its column's type.
const NOT_A_VALUE: Code = Code("data::not-a-value");
/// A cell with two readings.
const TWO_READINGS: Code = Code("data::two-readings");
/// A cell beyond what its column allows.
const OUT_OF_RANGE: Code = Code("data::out-of-range");

/// A cell that was refused.
pub(super) fn refused(place: DataPlace, column: &str, text: &str, refusal: Refusal) -> Problem {
    let Refusal { kind, expected, reason } = refusal;
    let text = quoted(text);
    match kind {
        RefusalKind::NotOfType => Problem::data(NOT_A_VALUE, place, format!("{text} is not {expected}")).help(
            reason.unwrap_or_else(|| format!("`{column}` wants {expected}, or a symbol for missing such as `..`")),
        ),
        RefusalKind::TwoReadings => {
            let problem = Problem::data(
                TWO_READINGS,
                place,
                format!("{text} has two readings where `{column}` wants {expected}"),
            );
            Problem { help: reason, ..problem }
        }
        RefusalKind::OutOfRange => {
            let reason = reason.unwrap_or_default();
            Problem::data(OUT_OF_RANGE, place, format!("`{column}` cannot be {text}: {reason}"))
                .help(format!("write {expected}, or a symbol for missing such as `..`"))
        }
    }
}

/// A column that holds what it cannot.
#[cfg(feature = "parquet")]
pub(super) fn refused_column(place: DataPlace, column: &str, wanted: &str, holds: &str, help: &str) -> Problem {
    Problem::data(NOT_A_VALUE, place, format!("`{column}` holds {holds}, and wants {wanted}")).help(help)
}

/// A date of a judgement that was refused.
pub(super) fn judgement_date(place: DataPlace, text: &str, reason: Option<String>) -> Problem {
    Problem::data(NOT_A_VALUE, place, format!("{} is not a date such as `30 October 2014`", quoted(text)))
        .help(reason.unwrap_or_else(|| "write the day on which it was decided, or leave the cell blank".to_owned()))
}

/// A row with too many or too few cells.
const RAGGED_ROW: Code = Code("data::ragged-row");

/// A row with too many or too few cells.
pub(super) fn ragged_row(place: DataPlace, cells: usize, wanted: usize) -> Problem {
    Problem::data(RAGGED_ROW, place, format!("the row has {cells} cells, the header {wanted}")).help(
        if cells > wanted {
            "put quotes round a text or figure that holds a separator: `\"1,234\"`"
        } else {
            "write a separator for every column, also where cells are blank"
        },
    )
}

/// A quote that is never closed.
const OPEN_QUOTE: Code = Code("data::open-quote");

/// A quote that is never closed.
pub(super) fn open_quote(place: DataPlace) -> Problem {
    Problem::data(
        OPEN_QUOTE,
        place,
        "a quote is opened in this row and never closed; the rest of the file is inside it",
    )
    .help("close the quote; inside a quoted text write `\"\"` for a quote")
}

/// Merged cells among the data.
const MERGED_CELLS: Code = Code("data::merged-cells");

/// Merged cells among the data.
pub(super) fn merged_cells(place: DataPlace) -> Problem {
    Problem::data(MERGED_CELLS, place, "the cell is merged with the one above or before it")
        .help("unmerge the cells and write the value in each")
}

/// A row that does not say which record it is.
const MISSING_KEY: Code = Code("data::missing-key");

/// A row that does not say which record it is.
pub(super) fn missing_key(place: DataPlace, table: &str, column: &str) -> Problem {
    Problem::data(MISSING_KEY, place, format!("the row does not say which `{table}` it is for: `{column}` is missing"))
        .help(format!("write the `{column}`, or take the row out"))
}

/// Two rows for one record.
const DUPLICATE_KEY: Code = Code("data::duplicate-key");

/// Two rows for one record.
pub(super) fn duplicate_key(place: DataPlace, record: &str, first: &str) -> Problem {
    Problem::data(DUPLICATE_KEY, place, format!("{} is there already, in {first}", quoted(record)))
        .help("keep one of the two; the first is read")
}

/// A row that belongs to a record that is not there.
const ORPHAN_RECORD: Code = Code("data::orphan-record");

/// A row that belongs to a record that is not there.
pub(super) fn orphan_record(place: DataPlace, parent: &str, key: &str, near: Option<&str>) -> Problem {
    let problem = Problem::data(ORPHAN_RECORD, place, format!("there is no `{parent}` {}", quoted(key)));
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("add it to `{parent}`, or take the row out")),
    }
}

/// A total among the records.
const TOTAL_ROW: Code = Code("data::total-row");

/// A total among the records.
pub(super) fn total_row(place: DataPlace, key: &str, table: &str) -> Problem {
    Problem::data(TOTAL_ROW, place, format!("{} looks like a total, not like a record of `{table}`", quoted(key)))
        .help("take the row out: totals are worked out from the records")
}

/// Records that are not there.
const ABSENT_RECORD: Code = Code("data::absent-record");

/// Periods of a series without a row.
pub(super) fn absent_periods(place: DataPlace, parent: &str, periods: &[String]) -> Problem {
    let rows = if periods.len() == 1 { "no row" } else { "no rows" };
    warning(ABSENT_RECORD, place, format!("{} has {rows} for {}", quoted(parent), listed(periods)))
        .help("add the rows; a figure that is not there yet is written `not yet due` or `..`")
}

/// Records that another file of the same table has.
pub(super) fn absent_from_file(place: DataPlace, table: &str, keys: &[String]) -> Problem {
    let rows = if keys.len() == 1 { "row" } else { "rows" };
    warning(
        ABSENT_RECORD,
        place,
        format!("the file has no {rows} for {}, which other files of `{table}` have", listed(keys)),
    )
    .help("add the rows; a figure that is not there is written `..`")
}

/// A period that the series does not have.
const OUTSIDE_SERIES: Code = Code("data::outside-series");

/// A period that the series does not have.
pub(super) fn outside_series(place: DataPlace, table: &str, period: &str, first: &str, last: &str) -> Problem {
    Problem::data(
        OUTSIDE_SERIES,
        place,
        format!("`{period}` is outside `{table}`, which runs from `{first}` to `{last}`"),
    )
    .help("take the row out, or let the rules name a longer series")
}

/// A JSON document of another form.
const JSON_FORM: Code = Code("data::json-form");

/// A JSON document of another form.
pub(super) fn json_form(place: DataPlace, what: &str) -> Problem {
    Problem::data(JSON_FORM, place, what.to_owned())
        .help("write an object with a list of records for each table: `{ \"area\": [ { … }, … ] }`")
}

/// Stands for problems of one kind in one column after the first twenty.
pub(super) fn more_like_it(of: &Problem, more: u64, first_row: u64, last_row: u64) -> Problem {
    let rows =
        if first_row == last_row { format!("row {first_row}") } else { format!("rows {first_row} to {last_row}") };
    Problem {
        message: format!("and {more} more like it, {rows}"),
        help: Some("mend the ones above in the same way".to_owned()),
        related: Vec::new(),
        ..of.clone()
    }
}

/// The letters by which a spreadsheet names a column counted from 1.
pub(super) fn letters(column: u64) -> String {
    let mut rest = column;
    let mut reversed = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        reversed.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    reversed.iter().rev().collect()
}
