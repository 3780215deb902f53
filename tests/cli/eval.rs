//! `ringfence eval`.

use super::{AREAS, Fund, QUARTERS, Ran, listed, program};
use calamine::{Reader, Xlsx, open_workbook};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

fn open(path: &Path) -> Xlsx<BufReader<File>> {
    open_workbook(path).unwrap()
}

fn eval(fund: &Fund, args: &[&str]) -> Ran {
    fund.run(&[&["eval", "fund.rules", "--data", "data"], args].concat())
}

#[test]
fn a_person_reads_areas_reasons_and_the_nation() {
    insta::assert_snapshot!(eval(&Fund::new(), &[]).exits(0).out);
}

#[test]
fn one_area_stands_by_itself() {
    insta::assert_snapshot!(eval(&Fund::new(), &["--area", "southtown", "--width", "60"]).exits(0).out);
}

#[test]
fn a_lower_level_is_shown_row_by_row() {
    insta::assert_snapshot!(eval(&Fund::new(), &["--level", "quarter", "--sort", "input"]).exits(0).out);
}

#[test]
fn json_is_complete_and_exact() {
    let ran = eval(&Fund::new(), &["--format", "json"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["as_at"], "2015-04-01");
    assert_eq!(json["illustrative"], true);
    let areas = json["levels"]["area"].as_array().unwrap();
    assert_eq!(areas.iter().map(|area| area["key"].as_str().unwrap()).collect::<Vec<_>>(), ["E1", "E2", "E3"]);
    // £10m for £9,000 is a fraction that no decimal holds.
    assert_eq!(areas[0]["results"]["quotient"]["value"], "10000/9");
    assert_eq!(areas[0]["results"]["quotient"]["rounded"], "1111.111111111111");
    assert_eq!(areas[0]["results"]["on_time"]["value"], "met");
    let missing = areas[1]["results"]["pot"]["missing"].as_u64().unwrap();
    let reason = &json["reasons"][usize::try_from(missing).unwrap() - 1];
    assert_eq!(reason["causes"][0]["cell"]["file"], "data/quarter.illustrative.csv");
    assert_eq!(reason["causes"][0]["cell"]["row"], 5);
    // Southtown did not return a quarter.
    assert_eq!(json["nation"]["total"]["basis"]["undetermined"], 1);
    assert_eq!(json["nation"]["total"]["basis"]["partial"], "7000");
    assert_eq!(json["declarations"]["pot"]["rests_on_unverified"][0], "value");
    assert_eq!(json["levels"]["quarter"][0]["belongs_to"]["area"], "E1");
}

#[test]
fn csv_has_the_same_columns_whatever_is_missing() {
    let ran = eval(&Fund::new(), &["--format", "csv", "--level", "area"]).exits(0);
    insta::assert_snapshot!(ran.out);
    let ran = eval(&Fund::new(), &["--format", "csv", "--level", "nation"]).exits(0);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn a_folder_takes_a_csv_of_each_level() {
    let fund = Fund::new();
    eval(&fund, &["--out", "results/"]).exits(0);
    assert_eq!(listed(&fund.path("results")), ["about.csv", "area.csv", "nation.csv", "quarter.csv"]);
    assert!(fund.read("results/about.csv").contains("Illustrative data (made up),data/quarter.illustrative.csv"));
}

#[test]
fn a_workbook_has_a_sheet_for_each_level() {
    use calamine::Data;
    let fund = Fund::new();
    eval(&fund, &["--out", "results.xlsx"]).exits(0);
    let mut book = open(&fund.path("results.xlsx"));
    assert_eq!(book.sheet_names(), ["The nation", "area", "quarter", "What is missing", "About"]);
    let sheet = book.worksheet_range("area").unwrap();
    let column = |name: &str| {
        let names = sheet.rows().nth(1).unwrap();
        names.iter().position(|cell| *cell == Data::String(name.to_owned())).unwrap()
    };
    let northtown = sheet.rows().nth(2).unwrap();
    assert_eq!(northtown[column("pot")], Data::Float(7000.0));
    let southtown = sheet.rows().nth(3).unwrap();
    assert!(southtown[column("pot")].to_string().starts_with("– ["), "{:?}", southtown[column("pot")]);
    // The same run gives the same bytes.
    eval(&fund, &["--out", "again.xlsx"]).exits(0);
    assert_eq!(std::fs::read(fund.path("results.xlsx")).unwrap(), std::fs::read(fund.path("again.xlsx")).unwrap());
}

#[test]
fn the_order_of_rows_changes_nothing_but_order() {
    let fund = Fund::new();
    let before = eval(&fund, &["--format", "json"]).exits(0).out;
    let mut lines: Vec<&str> = AREAS.lines().collect();
    lines[1..].reverse();
    fund.write("data/area.csv", lines.join("\n"));
    let after = eval(&fund, &["--format", "json"]).exits(0).out;
    let without_rows = |text: &str| {
        text.lines().filter(|line| !line.contains("\"row\"") && !line.contains(", row ")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_rows(&before), without_rows(&after));
}

#[test]
fn parameters_and_the_date_of_the_law_can_be_set() {
    let fund = Fund::new();
    let ran = eval(&fund, &["--set", "value=£500", "--area", "E1", "--only", "pot"]).exits(0);
    assert!(ran.out.contains("value set to £500") && ran.out.contains("£3,500"), "{}", ran.out);
    let ran = eval(&fund, &["--as-at", "1 June 2016"]).exits(0);
    assert!(ran.out.contains("as at 1 June 2016") && ran.err.contains("outside the days"), "{}", ran.err);
}

#[test]
fn bad_cells_stop_the_run_unless_it_shall_go_on() {
    let fund = Fund::new();
    fund.write("data/area.csv", AREAS.replace("£10m", "lots"));
    let ran = eval(&fund, &[]).exits(1);
    assert!(ran.out.is_empty() && ran.err.contains("--keep-going") && ran.err.contains("lots"), "{}", ran.err);
    let ran = eval(&fund, &["--keep-going"]).exits(1);
    assert!(ran.out.contains("pooled_fund of Northtown could not be read"), "{}", ran.out);
    assert!(ran.out.contains("£7,000"), "{}", ran.out);
}

#[test]
fn a_failed_check_is_told_loudly() {
    let fund = Fund::new();
    fund.write("fund.rules", super::RULES.replace("holds when pot <= share", "holds when pot < share - £2000"));
    let ran = eval(&fund, &[]).exits(1);
    assert!(ran.out.contains("FAILED CHECKS"), "{}", ran.out);
    assert!(ran.out.contains("The pot is within the share (`within_share`) – Northtown"), "{}", ran.out);
    let ran = eval(&fund, &["--format", "json"]).exits(1);
    assert!(ran.err.contains("`within_share` at Northtown"), "{}", ran.err);
}

#[test]
fn standard_input_is_json_or_the_only_table() {
    let fund = Fund::new();
    fund.write(
        "one.rules",
        "data area\n  code text, key\n  fund money\n\nmeasure total for the nation\n  is sum of fund\n",
    );
    let with = |input: &str| {
        let mut command = program();
        command
            .current_dir(fund.folder.path())
            .args(["eval", "one.rules", "--data", "-"])
            .write_stdin(input.to_owned());
        Ran::of(&mut command)
    };
    assert!(with("code,fund\nE1,£2\nE2,£3\n").exits(0).out.contains("£5"));
    assert!(with("{\"area\": [{\"code\": \"E1\", \"fund\": \"£4\"}]}").exits(0).out.contains("£4"));
    let ran = with("code,fund\nE1,none\n").exits(1);
    assert!(ran.err.contains("standard input/area.csv"), "{}", ran.err);
    let mut command = program();
    command.current_dir(fund.folder.path()).args(["eval", "fund.rules", "--data", "-"]).write_stdin(QUARTERS);
    assert!(Ran::of(&mut command).exits(2).err.contains("the rules have several"));
}

#[test]
fn a_template_that_is_filled_in_is_read_back() {
    let fund = Fund::new();
    fund.run(&["template", "fund.rules", "--out", "areas.xlsx"]).exits(0);
    let (mut template, mut filled) = (open(&fund.path("areas.xlsx")), rust_xlsxwriter::Workbook::new());
    assert_eq!(template.sheet_names(), ["area", "quarter"]);
    // One area, with illustrative figures, under the headers as they stand.
    let area = ["E1", "Northtown", "10000000", "9000", "19 September 2014", "yes"];
    let quarter = ["E1", "", "10", "7", "", ""];
    for (name, cells) in [("area", area), ("quarter", quarter)] {
        let range = template.worksheet_range(name).unwrap();
        let sheet = filled.add_worksheet();
        sheet.set_name(name).unwrap();
        for row in 0..u32::try_from(range.height()).unwrap().max(2) {
            for (column, own) in cells.into_iter().enumerate().take(range.width()) {
                let written = range.get((row as usize, column)).map(ToString::to_string).unwrap_or_default();
                let text = if written.trim().is_empty() { own } else { &written };
                sheet.write_string(row, u16::try_from(column).unwrap(), text).unwrap();
            }
        }
    }
    filled.save(fund.path("filled.xlsx")).unwrap();
    let ran = fund.run(&["eval", "fund.rules", "--data", "filled.xlsx", "--only", "pot,part"]).exits(0);
    assert!(ran.err.is_empty() && ran.out.contains("£6,000"), "{}{}", ran.out, ran.err);
}

#[test]
fn verifying_compares_every_result_with_the_definition() {
    let ran = eval(&Fund::new(), &["--verify", "--format", "json"]).exits(0);
    let told = ran.err.lines().find(|line| line.contains("compared")).expect("it says how much it compared");
    assert!(told.ends_with("all the same"), "{told}");
    assert_eq!(ran.out, eval(&Fund::new(), &["--format", "json"]).exits(0).out);
}
