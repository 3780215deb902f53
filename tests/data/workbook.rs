//! XLSX and ODS workbooks.

use super::{AREAS, QUARTERS, load_bytes};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::Write;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Quarters as a CSV file beside a workbook of areas.
fn quarters() -> (&'static str, Vec<u8>) {
    ("quarter.csv", QUARTERS.as_bytes().to_vec())
}

fn xlsx(fill: impl FnOnce(&mut Workbook)) -> super::Loaded {
    let mut book = Workbook::new();
    fill(&mut book);
    load_bytes(&[("return.xlsx", book.save_to_buffer().unwrap()), quarters()])
}

/// The files of a zip archive.
pub(crate) fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of areas with cells of every kind.
pub(crate) fn areas(book: &mut Workbook) {
    let percent = Format::new().set_num_format("0.0%");
    let date = Format::new().set_num_format("d mmmm yyyy");
    let sheet = book.add_worksheet().set_name("Area").unwrap();
    for (at, header) in (0u16..).zip(["code", "name", "pooled_fund", "growth", "submitted", "agreed"]) {
        sheet.write(0, at, header).unwrap();
    }
    sheet.write(1, 0, "E1").unwrap();
    sheet.write(1, 1, "Ashby").unwrap();
    sheet.write(1, 2, 25_000_001).unwrap();
    sheet.write_with_format(1, 3, 0.035, &percent).unwrap();
    sheet.write_with_format(1, 4, ExcelDateTime::from_ymd(2014, 10, 30).unwrap(), &date).unwrap();
    sheet.write(1, 5, true).unwrap();
    sheet.write(2, 0, "E2 ").unwrap();
    sheet.write(2, 1, "Barton").unwrap();
    sheet.write_formula(2, 2, Formula::new("=0.1+0.2").set_result("0.30000000000000004")).unwrap();
    sheet.write(2, 3, "3.5%").unwrap();
    sheet.write(2, 4, "[c]").unwrap();
    sheet.write_formula(2, 5, Formula::new("=NA()").set_result("#N/A")).unwrap();
}

#[test]
fn cells_of_every_kind_are_read_exactly() {
    let loaded = xlsx(areas);
    loaded.tells(&[]);
    assert_eq!(loaded.cells("area", "code"), ["E1", "E2"]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["25000001", "0.3"]);
    assert_eq!(loaded.cells("area", "growth"), ["0.035", "0.035"]);
    assert_eq!(loaded.cells("area", "submitted"), ["2014-10-30", "[Confidential]"]);
    assert_eq!(loaded.cells("area", "agreed"), ["true", "[SpreadsheetError]"]);
    let place = loaded.data.cell_place(&loaded.model, loaded.column("area", "growth"), 1);
    assert_eq!((place.sheet.as_deref(), place.row, place.column), (Some("Area"), Some(3), Some(4)));
}

#[test]
fn cells_with_two_readings_are_refused() {
    let loaded = xlsx(|book| {
        areas(book);
        let sheet = book.worksheet_from_name("Area").unwrap();
        let percent = Format::new().set_num_format("0%");
        let time = Format::new().set_num_format("d mmmm yyyy hh:mm");
        sheet.write(1, 3, 0.035).unwrap();
        sheet.write_with_format(1, 2, 0.5, &percent).unwrap();
        sheet.write(1, 4, 41_942).unwrap();
        sheet.write_with_format(2, 4, 41_942.5, &time).unwrap();
        sheet.write(2, 2, 1_234_567_890_123_456_789_u64 as f64).unwrap();
        sheet.write(2, 5, 1).unwrap();
    });
    loaded.tells(&[
        "error data::two-readings return.xlsx[Area] row 2 `pooled_fund`: `0.5` has two readings where `pooled_fund` wants an amount of money such as `£1,234.50` | the cell has a percent format, and this column does not hold percents: give it a number format",
        "error data::two-readings return.xlsx[Area] row 2 `growth`: `0.035` has two readings where `growth` wants a percent such as `3.5%` | without `%` it may be 0.035% or 3.5%: write `0.035%` if that is meant",
        "error data::not-a-value return.xlsx[Area] row 2 `submitted`: `41942` is not a date such as `30 October 2014` | it is a number: give the cell a date format, or write the date in words",
        "error data::not-a-value return.xlsx[Area] row 3 `pooled_fund`: `1.2345678901234568e18` is not an amount of money such as `£1,234.50` | a spreadsheet holds 15 digits and has cut this number: write it as a text",
        "error data::not-a-value return.xlsx[Area] row 3 `submitted`: `2014-10-30 12:00` is not a date such as `30 October 2014` | it has a time of day: write the date alone",
        "error data::not-a-value return.xlsx[Area] row 3 `agreed`: `1` is not `yes` or `no` | `1` may be a count as well: write `yes` or `no`",
    ]);
}

#[test]
fn merged_cells_are_named_and_keys_read_through_them() {
    let mut book = Workbook::new();
    areas(&mut book);
    let sheet = book.add_worksheet().set_name("quarter").unwrap();
    for (at, header) in (0u16..).zip(["area", "period", "baseline"]) {
        sheet.write(0, at, header).unwrap();
    }
    let plain = Format::new();
    sheet.merge_range(1, 0, 2, 0, "E1", &plain).unwrap();
    sheet.merge_range(3, 0, 4, 0, "E2", &plain).unwrap();
    for row in 1u32..=4 {
        sheet.write(row, 1, if row % 2 == 1 { "Q4 2014-15" } else { "Q1 2015-16" }).unwrap();
        sheet.write(row, 2, row).unwrap();
    }
    let loaded = load_bytes(&[("return.xlsx", book.save_to_buffer().unwrap())]);
    loaded.tells(&[
        "error data::merged-cells return.xlsx[quarter] row 3 `area`: the cell is merged with the one above or before it | unmerge the cells and write the value in each",
        "error data::merged-cells return.xlsx[quarter] row 5 `area`: the cell is merged with the one above or before it | unmerge the cells and write the value in each",
    ]);
    assert_eq!(loaded.cells("quarter", "baseline"), ["1", "2", "3", "4"]);
}

#[test]
fn merged_headers_are_named() {
    let loaded = xlsx(|book| {
        areas(book);
        let sheet = book.worksheet_from_name("Area").unwrap();
        sheet.merge_range(0, 2, 0, 3, "pooled_fund", &Format::new()).unwrap();
    });
    loaded.tells(&["error data::blank-header return.xlsx[Area] row 2: column D has data and no name | name the columns in the header; where header cells are merged, unmerge them and name each column"]);
}

#[test]
fn sheets_that_match_no_table_are_told_unless_hidden() {
    let loaded = xlsx(|book| {
        areas(book);
        book.add_worksheet().set_name("Notes").unwrap();
        book.add_worksheet().set_name("lists").unwrap().set_hidden(true);
    });
    loaded.tells(&[
        "warning data::unknown-table return.xlsx[Notes]: no data table is called `Notes`: the sheet is not read | the data tables are `area`, `quarter`",
    ]);
}

#[test]
fn files_that_are_no_workbooks_are_told() {
    let told = |name: &str, bytes: &[u8]| load_bytes(&[(name, bytes.to_vec())]).told();
    assert_eq!(
        told("a.xlsx", AREAS.as_bytes()),
        [
            "error data::not-readable a.xlsx: `a.xlsx` cannot be read: it is not a workbook | save it as `.xlsx` or `.ods`, or give it the ending of what it is, such as `.csv`"
        ]
    );
    assert_eq!(
        told("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        [
            "error data::not-readable a.xlsx: `a.xlsx` cannot be read: it is protected with a password, or an old `.xls` workbook | save it as `.xlsx` without a password"
        ]
    );
    assert_eq!(
        told("area.csv", b"PK\x03\x04\0\0")[0],
        "error data::not-readable area.csv: `area.csv` cannot be read: it is a workbook or an archive, not a text | save it as `CSV UTF-8`, or give it the ending of what it is, such as `.xlsx`"
    );
    for bytes in [b"PK\x03\x04\0\0".to_vec(), zipped(&[("a", "b")])] {
        for name in ["a.xlsx", "a.ods"] {
            let told = told(name, &bytes);
            assert!(told.len() == 1 && told[0].contains("cannot be read"), "{told:?}");
        }
    }
}

const ODS_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c">
<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>"#;
const ODS_TAIL: &str = "</office:spreadsheet></office:body></office:document-content>";

/// An ODS workbook with this content.
pub(crate) fn ods(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &format!("{ODS_HEAD}{content}{ODS_TAIL}")),
    ])
}

fn text(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

fn row(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.join(""))
}

fn header() -> String {
    let names = ["code", "name", "pooled_fund", "growth", "submitted", "agreed"].map(text);
    format!("<table:table-header-rows>{}</table:table-header-rows>", row(&names))
}

#[test]
fn ods_is_read_like_xlsx() {
    let number = |kind: &str, value: &str| {
        format!(
            r#"<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>shown</text:p></table:table-cell>"#
        )
    };
    let first = row(&[
        text("E1"),
        r#"<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>Ash<text:span>by</text:span> &amp;<text:s/>Co</text:p></table:table-cell>"#.into(),
        number("currency", "25000001"),
        number("percentage", "0.035"),
        r#"<table:table-cell office:value-type="date" office:date-value="2014-10-30"/>"#.into(),
        r#"<table:table-cell office:value-type="boolean" office:boolean-value="true"/>"#.into(),
    ]);
    let second = row(&[
        text("E2"),
        text("Barton"),
        number("float", "0.30000000000000004"),
        number("float", "0.035"),
        text("[c]"),
        r#"<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>"#.into(),
    ]);
    let blank = r#"<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let hidden = r#"<table:table table:name="lists" table:style-name="ta2"><table:table-row/></table:table>"#;
    let content = format!(r#"<table:table table:name="area">{}{first}{second}{blank}</table:table>{hidden}"#, header());
    let loaded = load_bytes(&[("return.ods", ods(&content)), quarters()]);
    loaded.tells(&["error data::two-readings return.ods[area] row 3 `growth`: `0.035` has two readings where `growth` wants a percent such as `3.5%` | without `%` it may be 0.035% or 3.5%: write `0.035%` if that is meant"]);
    assert_eq!(loaded.cells("area", "name"), ["Ashby & Co", "Barton"]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["25000001", "0.3"]);
    assert_eq!(loaded.cells("area", "growth"), ["0.035", "[Unreadable]"]);
    assert_eq!(loaded.cells("area", "submitted"), ["2014-10-30", "[Confidential]"]);
    assert_eq!(loaded.cells("area", "agreed"), ["true", "[SpreadsheetError]"]);
}

#[test]
fn a_small_file_that_grows_without_end_is_refused() {
    let wide = format!(
        r#"<table:table table:name="area">{}<table:table-row table:number-rows-repeated="999999999"><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#,
        header()
    );
    let loaded = load_bytes(&[("return.ods", ods(&wide)), quarters()]);
    assert!(loaded.told().iter().any(|line| line.contains("data::too-large")), "{:?}", loaded.told());
}

#[test]
fn a_password_is_named() {
    let bytes = zipped(&[
        ("META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"),
        ("content.xml", "garbage"),
    ]);
    load_bytes(&[("return.ods", bytes)]).tells(&["error data::not-readable return.ods: `return.ods` cannot be read: it is protected with a password | save it without a password"]);
}
