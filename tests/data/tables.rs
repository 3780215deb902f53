//! Tables: files that belong to them, records that find each other, series that are complete.

use super::{AREAS, QUARTERS, areas, load_texts};
use ringfence::model::TableId;

const AREA: TableId = TableId(0);
const QUARTER: TableId = TableId(1);

fn quarters(text: &str) -> super::Loaded {
    load_texts(&[("area.csv", AREAS), ("quarter.csv", text)])
}

#[test]
fn a_table_may_stand_in_several_files() {
    let loaded = load_texts(&[
        ("data/area.csv", "code,name\nE2,Barton\nE1,Ashby\n"),
        ("data/area.illustrative.csv", "code,pooled_fund\nE1,£10m\nE2,£20m\n"),
        ("data/quarter.csv", QUARTERS),
    ]);
    loaded.tells(&[]);
    assert_eq!(loaded.cells("area", "code"), ["E2", "E1"]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["20000000", "10000000"]);
    let illustrative: Vec<bool> = loaded.data.files.iter().map(|file| file.is_illustrative).collect();
    assert_eq!(illustrative, [false, true, false]);
    let place = loaded.data.cell_place(&loaded.model, loaded.column("area", "pooled_fund"), 0);
    assert_eq!((place.file.as_str(), place.row, place.column), ("data/area.illustrative.csv", Some(3), Some(2)));
}

#[test]
fn what_one_file_of_a_table_lacks_is_told() {
    let loaded = load_texts(&[
        ("area.csv", "code,name,pooled_fund\nE1,Ashby,£1\nE2,Barton,£2\n"),
        ("area.money.csv", "code,pooled_fund,growth\nE1,£10m,1%\n"),
        ("quarter.csv", QUARTERS),
    ]);
    loaded.tells(&[
        "error data::duplicate-column area.money.csv row 1 `pooled_fund`: `pooled_fund` is in `area.csv` too | keep one of the two; the first is read",
        "warning data::absent-record area.money.csv: the file has no row for `E2`, which other files of `area` have | add the rows; a figure that is not there is written `..`",
    ]);
    assert_eq!(loaded.cells("area", "growth"), ["0.01", "[NoRecord]"]);
    let loaded = load_texts(&[("area.csv", AREAS), ("area.more.csv", "growth\n1%\n"), ("quarter.csv", QUARTERS)]);
    loaded.tells(&["error data::missing-column area.more.csv row 1: `area` has no column `code`, which tells its rows apart | add the column `code`, in each file of `area`"]);
}

#[test]
fn files_that_match_no_table_are_told_once() {
    let loaded = load_texts(&[("areas.csv", AREAS), ("notes.csv", "a\n"), ("readme.pdf", "")]);
    loaded.tells(&[
        "error data::unknown-format readme.pdf: `readme.pdf` is not a kind of file that is read | save it as CSV (`.csv`), as a workbook (`.xlsx`, `.ods`), as JSON (`.json`) or as Parquet (`.parquet`)",
        "error data::misnamed-table areas.csv: `areas` is not a data table; `area` has no data | rename the file to `area`",
        "warning data::unknown-table notes.csv: no data table is called `notes`: the file is not read | the data tables are `area`, `quarter`",
    ]);
    load_texts(&[("area.csv", AREAS)]).tells(&["error data::missing-table: there is no data for `quarter` | give a file `quarter.csv`, a sheet `quarter` in a workbook, or `\"quarter\": […]` in JSON"]);
}

#[test]
fn series_are_complete_and_in_order() {
    let loaded = quarters("Council,period,baseline\nE2,Q1 2015-16,21\nE1,Q1 2015-16,11\nE1,Q4 2014-15,10\n");
    loaded.tells(&["warning data::absent-record quarter.csv: `Barton` has no row for `Q4 2014-15` | add the rows; a figure that is not there yet is written `not yet due` or `..`"]);
    assert_eq!(loaded.cells("quarter", "period"), ["Q4 2014-15", "Q1 2015-16", "Q4 2014-15", "Q1 2015-16"]);
    assert_eq!(loaded.cells("quarter", "baseline"), ["10", "11", "[NoRecord]", "21"]);
    assert_eq!(loaded.data.tables[1].parents, [[0, 0, 1, 1]]);
    assert_eq!(loaded.data.row_label(&loaded.model, QUARTER, 3), "Barton, Q1 2015-16");
    assert_eq!(loaded.data.find_row(&loaded.model, AREA, "barton"), Some(1));
    assert_eq!(loaded.data.find_row(&loaded.model, QUARTER, "Barton, Q1 2015-16"), Some(3));
    assert_eq!(loaded.data.find_row(&loaded.model, QUARTER, "Q1 2015-16"), None);
    assert_eq!(loaded.data.ancestor_row(&loaded.model, QUARTER, 3, AREA), Some(1));
    assert_eq!(loaded.data.child_rows(&loaded.model, AREA, 1, QUARTER), [2, 3]);
}

#[test]
fn records_that_do_not_fit_are_told_by_row() {
    let loaded = quarters(
        "area,period,baseline\nE1,Q4 2014-15,10\nE1,Q1 2015-16,11\nE1,Q1 2015-16,12\nE2,Q4 2014-15,20\n\
         E2,Q1 2015-16,21\nBarton,Q4 2014-15,1\n,Q4 2014-15,1\nE2,Q4 2015-16,1\nE2,,1\n",
    );
    loaded.tells(&[
        "error data::duplicate-key quarter.csv row 4 `period`: `Ashby, Q1 2015-16` is there already, in row 3 | keep one of the two; the first is read",
        "error data::orphan-record quarter.csv row 7 `area`: there is no `area` `Barton` | did you mean `E2`?",
        "error data::missing-key quarter.csv row 8 `area`: the row does not say which `quarter` it is for: `area` is missing | write the `area`, or take the row out",
        "error data::outside-series quarter.csv row 9 `period`: `Q4 2015-16` is outside `quarter`, which runs from `Q4 2014-15` to `Q1 2015-16` | take the row out, or let the rules name a longer series",
        "error data::missing-key quarter.csv row 10 `period`: the row does not say which `quarter` it is for: `period` is missing | write the `period`, or take the row out",
    ]);
    assert_eq!(loaded.cells("quarter", "baseline"), ["10", "11", "20", "21"]);
}

#[test]
fn a_mistake_in_a_parent_is_not_told_again_below() {
    let loaded = areas("code,name,pooled_fund\nE1,Ashby,£10m\n,Barton,£20m\n");
    loaded.tells(&["error data::missing-key area.csv row 3 `code`: the row does not say which `area` it is for: `code` is missing | write the `code`, or take the row out"]);
    let loaded = areas("cod,name,pooled_fund\nE1,Ashby,£10m\nE2,Barton,£20m\n");
    loaded.tells(&["error data::misnamed-column area.csv row 1 `cod`: `cod` is not a column; `code` is missing | rename it to `code`"]);
    load_texts(&[("quarter.csv", QUARTERS)]).tells(&["error data::missing-table: there is no data for `area` | give a file `area.csv`, a sheet `area` in a workbook, or `\"area\": […]` in JSON"]);
}

#[test]
fn a_quarter_that_does_not_say_its_area_is_told_once() {
    let loaded = quarters("period,baseline\nQ4 2014-15,10\nQ1 2015-16,11\n");
    loaded.tells(&["error data::missing-column quarter.csv row 1: `quarter` does not say to which `area` a row belongs | add a column `area` that holds the `code` of the `area`"]);
    assert_eq!(loaded.cells("quarter", "baseline").len(), 4);
    let loaded = quarters(
        "area,name,period,baseline\nE1,Ashby,Q4 2014-15,10\nE1,,Q1 2015-16,11\nE2,,Q4 2014-15,1\nE2,,Q1 2015-16,1\n",
    );
    loaded.tells(&[
        "warning data::unknown-column quarter.csv row 1 `name`: `name` is a column of `area` and is not read here | take it out: it is read from `area`",
    ]);
}

#[test]
fn a_total_among_areas_is_refused() {
    let loaded = areas("code,name,pooled_fund\nE1,Ashby,£10m\nE2,Barton,£20m\nEngland,,£30m\n");
    loaded.tells(&["error data::total-row area.csv row 4 `code`: `England` looks like a total, not like a record of `area` | take the row out: totals are worked out from the records"]);
    assert_eq!(loaded.cells("area", "code"), ["E1", "E2"]);
}
