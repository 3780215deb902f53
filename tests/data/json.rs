//! JSON documents.

use super::load_texts;

fn json(text: &str) -> super::Loaded {
    load_texts(&[("fund.json", text)])
}

#[test]
fn records_stand_in_lists_or_inside_their_parents() {
    let nested = r#"{ "area": [
        { "quarter": [{ "period": "Q4 2014-15", "baseline": 10 }, { "period": "Q1 2015-16", "baseline": null }],
          "code": "E1", "name": "Ashby", "pooled_fund": 1.5e7, "growth": "3.5%", "agreed": true },
        { "code": "E2", "Council name": "Barton", "pooled_fund": "£20m",
          "quarter": [{ "period": "Q1 2015-16", "baseline": "21" }, { "period": "Q4 2014-15", "baseline": 20 }] }
    ] }"#;
    let loaded = json(nested);
    loaded.tells(&["error data::duplicate-column fund.json `area[].Council name`: `Council name` is `name` again, which `name` holds already | keep one of the two; the first is read"]);
    let loaded = json(&nested.replace("Council name", "name"));
    loaded.tells(&[]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["15000000", "20000000"]);
    assert_eq!(loaded.cells("area", "growth"), ["0.035", "[NotGiven]"]);
    assert_eq!(loaded.cells("area", "agreed"), ["true", "[NotGiven]"]);
    assert_eq!(loaded.cells("quarter", "baseline"), ["10", "[Blank]", "20", "21"]);
    let path = |row| loaded.data.cell_place(&loaded.model, loaded.column("quarter", "baseline"), row).header.unwrap();
    assert_eq!(path(1), "area[0].quarter[1].baseline");
    assert_eq!(path(2), "area[1].quarter[1].baseline");
    let flat = r#"{ "area": [{ "code": "E1", "name": "Ashby", "pooled_fund": 25000001 }],
        "quarter": [{ "area": "E1", "period": "Q4 2014-15", "baseline": 1 }, { "area": "E1", "period": "Q1 2015-16", "baseline": 2 }] }"#;
    json(flat).tells(&[]);
}

#[test]
fn mistakes_are_told_by_path() {
    let loaded = json(
        r#"{ "area": [{ "code": "E1", "name": "Ashby", "pooled_fund": "much", "growth": 0.035, "code": "E9" },
                      { "code": "E1", "name": [1], "pooled_fund": 123456789012345678901234567890.25 }, 7],
             "quarter": [{ "area": "E3", "period": "Q4 2014-15", "baseline": 1.5 }], "quarters": [] }"#,
    );
    loaded.tells(&[
        "error data::duplicate-column fund.json `area[0].code`: `code` stands twice in this record | keep one of the two; the first is read",
        "error data::json-form fund.json `area[2]`: `area[2]` is not a record: records stand in braces | write an object with a list of records for each table: `{ \"area\": [ { … }, … ] }`",
        "error data::not-a-value fund.json `area[0].pooled_fund`: `much` is not an amount of money such as `£1,234.50` | `pooled_fund` wants an amount of money such as `£1,234.50`, or a symbol for missing such as `..`",
        "error data::two-readings fund.json `area[0].growth`: `0.035` has two readings where `growth` wants a percent such as `3.5%` | without `%` it may be 0.035% or 3.5%: write `0.035%` if that is meant",
        "error data::not-a-value fund.json `area[1].name`: `[1]` is not a text | a list stands here, and the property holds one value",
        "error data::out-of-range fund.json `quarter[0].baseline`: `baseline` cannot be `1.5`: it is not whole | write a whole number of admissions such as `1,234`, or a symbol for missing such as `..`",
        "warning data::unknown-table fund.json `quarters`: no data table is called `quarters`: the list is not read | the data tables are `area`, `quarter`",
        "error data::duplicate-key fund.json `area[1].code`: `E1` is there already, in `area[0]` | keep one of the two; the first is read",
    ]);
}

#[test]
fn documents_of_another_form_are_told() {
    json("[1, 2]").tells(&["error data::json-form fund.json: the document is not an object with a list for each table | write an object with a list of records for each table: `{ \"area\": [ { … }, … ] }`"]);
    json("{ \"area\": [ { ").tells(&["error data::not-readable fund.json: `fund.json` cannot be read: it ends too early, in line 1 | mend it with a JSON editor, or export it again"]);
    json("{ \"area\": 3, \"quarter\": [] }").tells(&["error data::json-form fund.json `area`: `area` is not a list of records | write an object with a list of records for each table: `{ \"area\": [ { … }, … ] }`"]);
}
