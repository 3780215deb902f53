//! Tables as text, and what every example reads and writes.

use std::error::Error;

/// Reads a real file of the example by name.
pub(crate) type ReadReal<'a> = dyn Fn(&str) -> Result<String, Box<dyn Error>> + 'a;

/// Illustrative files: name and text.
pub(crate) type Files = Vec<(&'static str, String)>;

/// A row of names from several lists.
pub(crate) fn owned(columns: &[&[&str]]) -> Vec<String> {
    columns.concat().into_iter().map(str::to_owned).collect()
}

/// Rows as CSV.
pub(crate) fn table(rows: &[Vec<String>]) -> Result<String, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Whole pounds as a cell.
pub(crate) fn pounds(amount: i64) -> String {
    format!("£{amount}")
}

/// Tenths of a per cent as they are printed.
pub(crate) fn percent(tenths: i64) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}
