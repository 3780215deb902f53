//! CSV: separators, encodings, quotes, headers and rows.

use super::{AREAS, QUARTERS, areas, load_bytes};

#[test]
fn headers_go_by_name_or_label_in_any_order() {
    let loaded = areas("Total Pooled_Fund ,ONS CODE,council name\n£10m,E1,Ashby\n£20m,E2,Barton\n");
    loaded.tells(&[]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["10000000", "20000000"]);
    assert_eq!(loaded.cells("area", "name"), ["Ashby", "Barton"]);
    assert_eq!(loaded.cells("area", "growth"), ["[NoColumn]", "[NoColumn]"]);
}

#[test]
fn separators_are_found_in_the_header() {
    for separator in [";", "\t"] {
        let text = AREAS.replace(',', separator);
        areas(&text).tells(&[]);
    }
    areas(&format!("sep=;\n{}", AREAS.replace(',', ";"))).tells(&[]);
}

#[test]
fn what_spreadsheets_leave_behind_is_read_past() {
    let loaded =
        areas("\u{feff}code,name,pooled_fund,,\r\nE1 ,\u{a0}Ashby,£10m,,\r\nE2,Barton,£20m,,\r\n,,,,\r\n,,,,\r\n");
    loaded.tells(&[]);
    assert_eq!(loaded.cells("area", "name"), ["Ashby", "Barton"]);
}

#[test]
fn encodings_are_read_or_named() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(AREAS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let quarters = ("quarter.csv", QUARTERS.as_bytes().to_vec());
    load_bytes(&[("area.csv", utf16), quarters.clone()]).tells(&[]);
    let windows: Vec<u8> = AREAS.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let loaded = load_bytes(&[("area.csv", windows), quarters.clone()]);
    loaded.tells(&["warning data::encoding area.csv: `area.csv` is not UTF-8 and was read as Windows-1252 | check that `£` and accents are right, or save it as `CSV UTF-8`"]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["10000000", "20000000"]);
    let mut mixed = AREAS.as_bytes().to_vec();
    mixed.push(0xa3);
    load_bytes(&[("area.csv", mixed), quarters])
        .tells(&["error data::encoding area.csv row 4: `area.csv` holds bytes that are no letters in UTF-8 | save it as `CSV UTF-8`"]);
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_shows_them() {
    let loaded = areas("code,name,pooled_fund\n\n\"E1\",\"Ash\nby\",£10m\n\r\n\n\nE2,Barton,much\n");
    loaded.tells(&["error data::not-a-value area.csv row 7 `pooled_fund`: `much` is not an amount of money such as `£1,234.50` | `pooled_fund` wants an amount of money such as `£1,234.50`, or a symbol for missing such as `..`"]);
    let loaded = areas("code,name,pooled_fund\r\n\r\nE1,Ashby,£10m\r\nE2,Barton,much\r\n");
    assert!(loaded.told()[0].contains("row 4"), "{:?}", loaded.told());
    assert_eq!(loaded.cells("area", "pooled_fund"), ["10000000", "[Unreadable]"]);
}

#[test]
fn ragged_rows_are_named_and_nothing_shifted_is_read() {
    let loaded = areas("code,name,pooled_fund,growth\nE1,Ashby,£10,000,000,5%\nE2,Barton,£20m\n");
    loaded.tells(&[
        "error data::ragged-row area.csv row 2: the row has 6 cells, the header 4 | put quotes round a text or figure that holds a separator: `\"1,234\"`",
        "error data::ragged-row area.csv row 3: the row has 3 cells, the header 4 | write a separator for every column, also where cells are blank",
    ]);
    assert_eq!(loaded.cells("area", "code"), ["E1", "E2"]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["[Unreadable]", "20000000"]);
    assert_eq!(loaded.cells("area", "growth"), ["[Unreadable]", "[Unreadable]"]);
}

#[test]
fn a_quote_that_is_never_closed_is_named_where_it_opens() {
    let loaded = areas("code,name,pooled_fund\nE1,\"Ashby,£10m\nE2,Barton,£20m\n");
    loaded.tells(&["error data::open-quote area.csv row 2: a quote is opened in this row and never closed; the rest of the file is inside it | close the quote; inside a quoted text write `\"\"` for a quote"]);
}

#[test]
fn headers_may_stand_lower_or_take_two_rows() {
    let loaded = areas(&format!("Better Care Fund\n\n{AREAS}"));
    loaded.tells(&["warning data::rows-above-header area.csv row 3: the column names stand in row 3; what is above is not read | let the column names be the first row"]);
    assert_eq!(loaded.cells("area", "name"), ["Ashby", "Barton"]);
    let loaded = areas("code,name,Money,\n,,pooled_fund,growth\nE1,Ashby,£10m,1%\nE2,Barton,£20m,2%\n");
    loaded.tells(&["warning data::two-header-rows area.csv row 1: the column names stand in rows 1 and 2; both were read | write every column name in one row"]);
    assert_eq!(loaded.cells("area", "growth"), ["0.01", "0.02"]);
}

#[test]
fn data_below_no_name_is_named() {
    let loaded = areas("code,name,,pooled_fund\nE1,Ashby,x,£10m\nE2,Barton,,£20m\n");
    loaded.tells(&["error data::blank-header area.csv row 2: column C has data and no name | name the columns in the header; where header cells are merged, unmerge them and name each column"]);
}

#[test]
fn columns_that_do_not_match_are_told_once() {
    let loaded = areas("code,name,pooled_found,colour\nE1,Ashby,£10m,red\nE2,Barton,£20m,red\n");
    loaded.tells(&[
        "error data::misnamed-column area.csv row 1 `pooled_found`: `pooled_found` is not a column; `pooled_fund` is missing | rename it to `pooled_fund`",
        "warning data::unknown-column area.csv row 1 `colour`: `colour` is not a column of `area` and is not read | take it out, or declare it in the rules",
    ]);
    let loaded = areas("code,code,name\nE1,E1,Ashby\nE2,E2,Barton\n");
    loaded.tells(&[
        "error data::duplicate-column area.csv row 1 `code`: `code` is `code` again, which column A holds already | keep one of the two; the first is read",
        "error data::missing-column area.csv row 1: `area` has no column `pooled_fund` | add a column `pooled_fund`; a cell without a figure holds a symbol such as `..`",
    ]);
}

#[test]
fn repetition_ends_after_twenty() {
    let rows: String = (1..=40).map(|n| format!("E{n},Area {n},much\n")).collect();
    let loaded = super::load_texts(&[("area.csv", &format!("code,name,pooled_fund\n{rows}"))]);
    let told = loaded.told();
    assert_eq!(told.len(), 22, "{told:#?}");
    assert_eq!(
        told[20],
        "error data::not-a-value area.csv row 22 `pooled_fund`: and 20 more like it, rows 22 to 41 | mend the ones above in the same way"
    );
    assert!(told[21].starts_with("error data::missing-table"));
}

#[test]
fn judgements_have_who_when_and_why() {
    let loaded = areas(
        "code,name,pooled_fund,agreed,agreed_by,agreed_on,agreed_because\n\
         E1,Ashby,£10m,yes,A. Reviewer,30 October 2014,a credible case\nE2,Barton,£20m,no,,sometime,\n",
    );
    loaded.tells(&["error data::not-a-value area.csv row 3 `agreed_on`: `sometime` is not a date such as `30 October 2014` | write the day on which it was decided, or leave the cell blank"]);
    let agreed = loaded.column("area", "agreed");
    let judgement = &loaded.data.tables[0].judgements[&(agreed, 0)];
    assert_eq!(judgement.by.as_deref(), Some("A. Reviewer"));
    assert_eq!(judgement.on.unwrap().to_string(), "2014-10-30");
    assert_eq!(judgement.because.as_deref(), Some("a credible case"));
}
