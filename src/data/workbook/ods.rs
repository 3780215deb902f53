//! ODS workbooks.
//!
//! Read here and not by the workbook library: that keeps neither the percent of a cell nor its digits, and lets
//! a small file of repeated cells grow without end.

use super::{MAX_UNPACKED, Rows, Sheet, Stop, Unreadable};
use crate::data::cell::{MAX_CHARACTERS, parse_date};
use crate::data::raw::{RawCell, of_spreadsheet};
use crate::data::workload::MAX_COLUMNS;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashSet;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// The most bytes of text that one element may stand for.
const MAX_REPEATED_TEXT: usize = 64 << 20;

/// An open workbook.
pub(in crate::data) struct Book<'a> {
    bytes: &'a [u8],
    pub(super) sheets: Vec<Sheet>,
}

type Content<'z> = Reader<BufReader<Box<dyn Read + 'z>>>;

impl<'a> Book<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::damaged)?;
        let mut manifest = Vec::new();
        if let Ok(file) = archive.by_name("META-INF/manifest.xml") {
            file.take(MAX_UNPACKED).read_to_end(&mut manifest).map_err(Unreadable::damaged)?;
        }
        if String::from_utf8_lossy(&manifest).contains("encryption-data") {
            return Err(Unreadable::password());
        }
        let sheets = with_content(&mut archive, list_sheets)?;
        Ok(Self { bytes, sheets })
    }

    pub(super) fn read(&mut self, sheet: usize, rows: &mut Rows<'_, '_>) -> Result<(), Stop> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).map_err(Unreadable::damaged)?;
        with_content(&mut archive, |xml| {
            let mut at = 0;
            loop {
                match next(xml)? {
                    Event::Start(start) if is(&start, "table:table") => {
                        if at == sheet {
                            return Table::default().read(xml, rows);
                        }
                        at += 1;
                        skip(xml)?;
                    }
                    Event::Eof => return Ok(()),
                    _ => {}
                }
            }
        })
    }
}

/// Opens the document's content and hands it over.
fn with_content<T, E: From<Unreadable>>(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    read: impl FnOnce(&mut Content<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let file = archive.by_name("content.xml").map_err(Unreadable::damaged)?;
    let limited: Box<dyn Read + '_> = Box::new(file.take(MAX_UNPACKED));
    let mut xml = Reader::from_reader(BufReader::new(limited));
    xml.config_mut().expand_empty_elements = true;
    read(&mut xml)
}

fn list_sheets(xml: &mut Content<'_>) -> Result<Vec<Sheet>, Unreadable> {
    let mut sheets = Vec::new();
    let mut hidden: HashSet<String> = HashSet::new();
    let mut style = String::new();
    loop {
        match next(xml)? {
            Event::Start(start) if is(&start, "style:style") => {
                style = attribute(&start, "style:name").unwrap_or_default();
            }
            Event::Start(start)
                if is(&start, "style:table-properties")
                    && attribute(&start, "table:display").as_deref() == Some("false") =>
            {
                hidden.insert(style.clone());
            }
            Event::Start(start) if is(&start, "table:table") => {
                let is_hidden = attribute(&start, "table:style-name").is_some_and(|style| hidden.contains(&style));
                sheets.push(Sheet { name: attribute(&start, "table:name").unwrap_or_default(), is_hidden });
                skip(xml)?;
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// The next event, owned: it outlives the buffer it is read into.
fn next(xml: &mut Content<'_>) -> Result<Event<'static>, Unreadable> {
    let mut buffer = Vec::new();
    xml.read_event_into(&mut buffer).map(Event::into_owned).map_err(Unreadable::damaged)
}

/// Passes over everything up to the end of the element that was begun last.
fn skip(xml: &mut Content<'_>) -> Result<(), Unreadable> {
    let mut depth = 1u64;
    while depth > 0 {
        match next(xml)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(too_early()),
            _ => {}
        }
    }
    Ok(())
}

fn too_early() -> Unreadable {
    Unreadable::damaged("it ends too early")
}

fn is(start: &BytesStart<'_>, name: &str) -> bool {
    start.name().as_ref() == name
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok()??;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn count(start: &BytesStart<'_>, name: &str) -> u64 {
    attribute(start, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// Merged cells that reach into rows or columns to come.
struct Span {
    rows: std::ops::Range<u64>,
    columns: std::ops::Range<u64>,
    whole: RawCell,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    row: u64,
    spans: Vec<Span>,
}

impl Table {
    fn read(mut self, xml: &mut Content<'_>, rows: &mut Rows<'_, '_>) -> Result<(), Stop> {
        loop {
            match next(xml)? {
                Event::Start(start) if is(&start, "table:table-row") => {
                    let repeated = count(&start, "table:number-rows-repeated");
                    let cells = self.read_row(xml)?;
                    let end = self.row.saturating_add(repeated);
                    if !cells.is_empty() {
                        rows.work.room_for(repeated, cells.len()).map_err(Stop::TooLarge)?;
                        for row in self.row..end {
                            for (column, cell) in &cells {
                                rows.cell(row, *column, cell.clone())?;
                            }
                        }
                    }
                    self.row = end;
                }
                // Drawings may hold tables of their own.
                Event::Start(start) if is(&start, "table:shapes") => skip(xml)?,
                Event::End(end) if end.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Err(too_early().into()),
                _ => {}
            }
        }
    }

    /// The cells of a row that hold something, with their columns.
    fn read_row(&mut self, xml: &mut Content<'_>) -> Result<Vec<(usize, RawCell)>, Stop> {
        let mut cells = Vec::new();
        let mut column = 0u64;
        loop {
            match next(xml)? {
                Event::Start(start) if is(&start, "table:table-cell") || is(&start, "table:covered-table-cell") => {
                    let repeated = count(&start, "table:number-columns-repeated");
                    let is_covered = is(&start, "table:covered-table-cell");
                    let content = read_cell(&start, xml)?;
                    let end = column.saturating_add(repeated);
                    let size = content.text_bytes().saturating_mul(usize::try_from(repeated).unwrap_or(usize::MAX));
                    if size > MAX_REPEATED_TEXT {
                        return Err(Stop::TooLarge("a long text is repeated in many cells".into()));
                    }
                    if is_covered || !content.is_blank() {
                        for at in column..end.min(one_too_many()) {
                            let cell = if is_covered { self.covered(at) } else { content.clone() };
                            if !cell.is_blank() {
                                cells.push((usize::try_from(at).unwrap_or(usize::MAX), cell));
                            }
                        }
                    }
                    if !is_covered {
                        self.remember(&start, column, content);
                    }
                    column = end;
                }
                Event::Start(_) => skip(xml)?,
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Err(too_early().into()),
                _ => {}
            }
        }
    }

    /// The part of merged cells at a column of this row.
    fn covered(&self, column: u64) -> RawCell {
        let span = self.spans.iter().find(|span| span.rows.contains(&self.row) && span.columns.contains(&column));
        span.map_or_else(RawCell::blank, |span| RawCell::Merged(Box::new(span.whole.clone())))
    }

    fn remember(&mut self, start: &BytesStart<'_>, column: u64, whole: RawCell) {
        let rows = count(start, "table:number-rows-spanned");
        let columns = count(start, "table:number-columns-spanned");
        if rows == 1 && columns == 1 {
            return;
        }
        let row = self.row;
        self.spans.retain(|span| span.rows.end > row);
        // Merged cells beyond a hundred at a time are read as blank: looking through them takes time.
        if self.spans.len() < 100 {
            let (rows, columns) = (row..row.saturating_add(rows), column..column.saturating_add(columns));
            self.spans.push(Span { rows, columns, whole });
        }
    }
}

/// One more column than is read, so that there being more shows.
fn one_too_many() -> u64 {
    u64::try_from(MAX_COLUMNS).unwrap_or(u64::MAX).saturating_add(1)
}

fn read_cell(start: &BytesStart<'_>, xml: &mut Content<'_>) -> Result<RawCell, Unreadable> {
    let is_error = attribute(start, "calcext:value-type").as_deref() == Some("error");
    let text = read_text(xml)?;
    let value = attribute(start, "office:value");
    Ok(match attribute(start, "office:value-type").as_deref() {
        _ if is_error => RawCell::Error(text),
        Some(kind @ ("float" | "percentage" | "currency")) => match of_spreadsheet(value.as_deref().unwrap_or("")) {
            RawCell::Number { value, text, .. } => RawCell::Number { value, text, is_percent: kind == "percentage" },
            other => other,
        },
        Some("date") => day(attribute(start, "office:date-value").unwrap_or(text)),
        Some("time") => RawCell::Unusable(text, "the spreadsheet holds a time here: give the cell another format"),
        Some("boolean") => RawCell::YesNo(attribute(start, "office:boolean-value").as_deref() == Some("true")),
        _ => RawCell::Text(attribute(start, "office:string-value").filter(|text| !text.is_empty()).unwrap_or(text)),
    })
}

fn day(text: String) -> RawCell {
    match parse_date(&text) {
        Ok(date) => RawCell::Day(date),
        Err(_) => RawCell::Unusable(text, "it is no day of the calendar, or has a time of day: write the date alone"),
    }
}

/// The text of a cell up to its end: paragraphs on lines of their own, comments left out.
fn read_text(xml: &mut Content<'_>) -> Result<String, Unreadable> {
    let mut text = String::new();
    let mut depth = 1u64;
    while depth > 0 {
        match next(xml)? {
            Event::Start(start) if is(&start, "office:annotation") || is(&start, "table:table") => skip(xml)?,
            Event::Start(start) => {
                depth += 1;
                match start.name().as_ref() {
                    "text:p" if !text.is_empty() => text.push('\n'),
                    "text:line-break" => text.push('\n'),
                    "text:s" | "text:tab" => text.push(' '),
                    _ => {}
                }
            }
            Event::End(_) => depth -= 1,
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(entity) => {
                let named = quick_xml::escape::resolve_xml_entity(entity.as_ref());
                match (named, entity.resolve_char_ref()) {
                    (Some(named), _) => text.push_str(named),
                    (None, Ok(Some(letter))) => text.push(letter),
                    _ => return Err(Unreadable::damaged("it holds an entity that is not known")),
                }
            }
            Event::Eof => return Err(too_early()),
            _ => {}
        }
        if text.len() > MAX_CHARACTERS * 4 {
            return Err(Unreadable::damaged("it holds a text that is too long"));
        }
    }
    Ok(text)
}
