//! XLSX and XLSM workbooks.

use super::{Rows, Sheet, Stop, Unreadable};
use crate::data::raw::{RawCell, of_spreadsheet};
use crate::value::Date;
use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetVisible, Style, Xlsx, XlsxError};
use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;

/// The most cells for which it is remembered that they are merged.
const MAX_MERGED: u64 = 1_000_000;

/// An open workbook.
pub(in crate::data) struct Book<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    pub(super) sheets: Vec<Sheet>,
}

impl<'a> Book<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
        let sheets = book.sheets_metadata().iter();
        let sheets = sheets
            .map(|sheet| Sheet { name: sheet.name.clone(), is_hidden: sheet.visible != SheetVisible::Visible })
            .collect();
        Ok(Self { book, sheets })
    }

    pub(super) fn read(&mut self, sheet: usize, rows: &mut Rows<'_, '_>) -> Result<(), Stop> {
        let Some(sheet) = self.sheets.get(sheet) else { return Ok(()) };
        // What is wrong with the sheet shows when its cells are read.
        let merged = self.book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let mut cells = self.book.worksheet_cells_reader(&sheet.name).map_err(unreadable)?;
        let is_percent: Vec<bool> = cells.styles().iter().map(is_percent).collect();
        let mut covered = Covered::new(&merged);
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
            let at = cell.get_position();
            let mut raw = raw(cell.get_value());
            if let RawCell::Number { is_percent: flag, .. } = &mut raw {
                *flag = is_percent.get(style).copied().unwrap_or(false);
            }
            covered.put_up_to(at, rows)?;
            if !covered.covers(at, &raw) {
                put(at, raw, rows)?;
            }
        }
        covered.put_up_to((u32::MAX, u32::MAX), rows)
    }
}

fn put((row, column): (u32, u32), cell: RawCell, rows: &mut Rows<'_, '_>) -> Result<(), Stop> {
    rows.cell(u64::from(row), usize::try_from(column).unwrap_or(usize::MAX), cell)
}

fn unreadable(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::password(),
        other => Unreadable::damaged(other),
    }
}

/// Cells that are covered by merged ones, in order, with what these hold. Files need not list them.
struct Covered {
    /// The regions by their first cells.
    firsts: HashMap<(u32, u32), usize>,
    /// What each region holds, once it was met.
    wholes: Vec<RawCell>,
    /// Covered cells that were not put yet, with their regions.
    waiting: BTreeMap<(u32, u32), usize>,
}

impl Covered {
    fn new(regions: &[Dimensions]) -> Self {
        let mut covered =
            Self { firsts: HashMap::new(), wholes: vec![RawCell::blank(); regions.len()], waiting: BTreeMap::new() };
        let mut left = MAX_MERGED;
        for (number, region) in regions.iter().enumerate() {
            let (start, end) = (region.start, region.end);
            if start.0 > end.0 || start.1 > end.1 {
                continue;
            }
            let size = (u64::from(end.0 - start.0) + 1).saturating_mul(u64::from(end.1 - start.1) + 1);
            let Some(rest) = left.checked_sub(size) else { continue };
            left = rest;
            covered.firsts.insert(start, number);
            let cells = (start.0..=end.0).flat_map(|row| (start.1..=end.1).map(move |column| (row, column)));
            covered.waiting.extend(cells.skip(1).map(|cell| (cell, number)));
        }
        covered
    }

    /// Puts the covered cells before and at a place.
    fn put_up_to(&mut self, at: (u32, u32), rows: &mut Rows<'_, '_>) -> Result<(), Stop> {
        while let Some(next) = self.waiting.first_entry().filter(|next| *next.key() < at) {
            let (cell, region) = next.remove_entry();
            // What covers nothing leaves nothing.
            let whole = self.wholes.get(region).filter(|whole| !whole.is_blank());
            if let Some(whole) = whole {
                put(cell, RawCell::Merged(Box::new(whole.clone())), rows)?;
            }
        }
        Ok(())
    }

    /// Takes note of a cell; yes where it is covered and was or will be put as such.
    fn covers(&mut self, at: (u32, u32), cell: &RawCell) -> bool {
        if let Some(whole) = self.firsts.get(&at).and_then(|region| self.wholes.get_mut(*region)) {
            *whole = cell.clone();
        }
        self.waiting.contains_key(&at)
    }
}

/// Whether numbers of this style are shown as percent.
fn is_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    let mut letters = format.format_code.chars();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '\\' | '_' | '*' if !is_quoted => {
                letters.next();
            }
            '%' if !is_quoted => return true,
            _ => {}
        }
    }
    false
}

fn raw(value: &DataRef<'_>) -> RawCell {
    match value {
        DataRef::Empty => RawCell::blank(),
        DataRef::Int(number) => of_spreadsheet(&number.to_string()),
        // Written with the shortest digits that are this double and no other.
        DataRef::Float(number) => of_spreadsheet(&format!("{number:e}")),
        DataRef::String(text) => RawCell::Text(text.clone()),
        DataRef::SharedString(text) => RawCell::Text((*text).to_owned()),
        DataRef::Bool(yes) => RawCell::YesNo(*yes),
        DataRef::DateTime(moment) => day(*moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => RawCell::Text(text.clone()),
        DataRef::Error(error) => RawCell::Error(error.to_string()),
    }
}

fn day(moment: ExcelDateTime) -> RawCell {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let shown = format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}");
    if moment.is_duration() {
        return RawCell::Unusable(shown, "the spreadsheet holds a time here: give the cell another format");
    }
    if (hour, minute, second, milli) != (0, 0, 0, 0) {
        return RawCell::Unusable(shown, "it has a time of day: write the date alone");
    }
    let date = (i16::try_from(year).ok())
        .zip(i8::try_from(month).ok().zip(i8::try_from(day).ok()))
        .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
    match date {
        Some(date) => RawCell::Day(date),
        None => RawCell::Unusable(shown, "the calendar has no such day: write the date in words"),
    }
}
