//! CSV: text with a separator, as spreadsheets write it.
//!
//! In: the text of a file. Out: its rows, numbered as a spreadsheet numbers them.

use super::error;
use super::part::PartReader;
use super::raw::RawCell;
use super::tally::Found;
use super::workload::Workload;
use crate::problem::DataPlace;
use csv::{ReaderBuilder, StringRecord};

/// Reads the text of a CSV file into a part.
pub(super) fn read(text: &str, reader: &mut PartReader<'_>, work: &mut Workload, found: &mut Found) {
    let place = reader.place().clone();
    let (separator, text, rows_above) = separator(text);
    let mut rows =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    // The spreadsheet's number of the row last read.
    let mut number = rows_above;
    let mut end_of_last = 0;
    let mut width = None;
    let has_open_quote = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    loop {
        match rows.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                found.add(error::not_readable(place.clone(), &error.to_string(), "save it as `CSV UTF-8`"));
                reader.break_off();
                break;
            }
        }
        number = number.saturating_add(1 + blank_rows(text, end_of_last));
        let at = usize::try_from(rows.position().byte()).unwrap_or(usize::MAX);
        end_of_last = at;
        let is_last = text.get(at..).is_none_or(|rest| rest.trim().is_empty());
        let width = *width.get_or_insert(record.len());
        let holds_lines = record.iter().any(|field| field.contains('\n'));
        if has_open_quote && holds_lines && (is_last || record.len() != width) {
            found.add(error::open_quote(DataPlace { row: Some(number), ..place.clone() }));
            reader.break_off();
            break;
        }
        let cells: Vec<RawCell> = record.iter().map(|field| RawCell::Text(field.to_owned())).collect();
        if let Err(what) = work.row(cells.len(), cells.iter()) {
            found.add(error::too_large(DataPlace { row: Some(number), ..place.clone() }, &what));
            reader.break_off();
            break;
        }
        reader.row(number, cells, found);
    }
}

/// How many empty lines follow an offset. The line end of the row before may still be half unread.
fn blank_rows(text: &str, offset: usize) -> u64 {
    let bytes = text.as_bytes();
    let before = offset.checked_sub(1).and_then(|at| bytes.get(at));
    let mut rest = bytes.get(offset..).unwrap_or_default();
    if before == Some(&b'\r') {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut rows = 0;
    loop {
        let after =
            rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"));
        match after {
            Some(after) => (rest, rows) = (after, rows + 1),
            None => return rows,
        }
    }
}

/// The separator, the text without a line that only names it, and how many rows that line takes.
fn separator(text: &str) -> (u8, &str, u64) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some((named, rest)) = rest.split_once('\n')
        && let [byte] = named.trim_end_matches('\r').as_bytes()
    {
        return (*byte, rest, 1);
    }
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    let mut has_begun = false;
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted && has_begun => break,
            _ if !is_quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
        has_begun |= !byte.is_ascii_whitespace();
    }
    let mut best = (b',', 0);
    for (separator, count) in counts {
        if count > best.1 {
            best = (separator, count);
        }
    }
    (best.0, text, 0)
}
