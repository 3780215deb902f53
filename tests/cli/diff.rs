//! `ringfence diff`.

use super::{Fund, RULES};

/// The fund, and the same with a later deadline in `new.rules`.
fn two_funds() -> Fund {
    let fund = Fund::new();
    fund.write("new.rules", RULES.replace("is 19 September 2014", "is 20 September 2014"));
    fund
}

#[test]
fn the_exit_code_says_whether_anything_comes_out_differently() {
    let fund = two_funds();
    fund.run(&["diff", "fund.rules", "fund.rules", "--data", "data"]).exits(0);
    fund.run(&["diff", "fund.rules", "new.rules"]).exits(1);
    let ran = fund.run(&["diff", "fund.rules", "new.rules", "--data", "data"]).exits(1);
    assert!(ran.out.contains("1 area from not met to met: Southtown"), "{}", ran.out);
    fund.run(&["diff", "fund.rules", "new.rules", "--exit-zero"]).exits(0);
    fund.write("labelled.rules", RULES.replace("\"Last day\"", "\"The last day\""));
    let ran = fund.run(&["diff", "fund.rules", "labelled.rules"]).exits(0);
    assert!(ran.out.contains("What comes out does not change"), "{}", ran.out);
}

#[test]
fn what_is_wrong_exits_with_2() {
    let fund = two_funds();
    fund.write("broken.rules", "meassure x\n  is 1\n");
    let ran = fund.run(&["diff", "fund.rules", "broken.rules"]).exits(2);
    assert!(ran.err.contains("meassure"), "{}", ran.err);
    let ran = fund.run(&["diff", "fund.rules"]).exits(2);
    assert!(ran.err.contains("amends nothing"), "{}", ran.err);
    fund.write("columns.rules", RULES.replace("\ndata quarter", "\n  extra        yes/no  \"Extra\"\n\ndata quarter"));
    fund.write(
        "columns.rules",
        fund.read("columns.rules").replace("\"Plan agreed\"\n\n  extra", "\"Plan agreed\"\n  extra"),
    );
    let ran = fund.run(&["diff", "fund.rules", "columns.rules", "--data", "data"]).exits(2);
    assert!(ran.err.contains("extra") && ran.err.contains("--data-old"), "{}", ran.err);
    let ran = fund.run(&["diff", "fund.rules", "new.rules", "--data-old", "data"]).exits(2);
    assert!(ran.err.contains("there are no data for `new.rules`"), "{}", ran.err);
    let ran =
        fund.run(&["diff", "fund.rules", "new.rules", "--set", "dedline=20 September 2014", "--data", "data"]).exits(2);
    assert!(ran.err.contains("did you mean `deadline`?"), "{}", ran.err);
}

#[test]
fn a_parameter_is_set_in_both() {
    let fund = two_funds();
    let set = ["diff", "fund.rules", "new.rules", "--data", "data", "--set", "deadline=1 January 2014"];
    fund.run(&set).exits(0);
}

#[test]
fn an_amendment_is_compared_with_what_it_amends() {
    let fund = Fund::new();
    let amendment = "amendment later \"Later\" to small_fund from 1 May 2015\n\nreplace parameter deadline \"Last day\"\n  is 20 September 2014\n  source letter\n";
    fund.write("small-fund.rules", RULES);
    fund.write("later.rules", amendment);
    let ran = fund.run(&["diff", "later.rules", "--data", "data"]).exits(1);
    assert!(ran.out.contains("from 19 September 2014 to 20 September 2014"), "{}", ran.out);
    let both = fund.run(&["diff", "small-fund.rules", "later.rules", "--data", "data"]).exits(1);
    assert_eq!(ran.out, both.out);
}

#[test]
fn json_is_exact_and_names_the_cause() {
    let fund = two_funds();
    fund.run(&["diff", "fund.rules", "new.rules", "--data", "data", "--out", "changes.json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&fund.read("changes.json")).unwrap();
    assert_eq!((&json["format"], &json["has_effect"]), (&1.into(), &true.into()));
    assert_eq!(json["changes"][0]["details"][0]["to"], "20 September 2014");
    let states = json["effect"]["states"].as_array().unwrap();
    let on_time = states.iter().find(|state| state["name"] == "on_time").unwrap();
    assert_eq!(on_time["flips"][0]["records"][0]["key"], "E2");
    assert_eq!(on_time["flips"][0]["records"][0]["causes"][0], 0);
    assert_eq!(json["effect"]["causes"][0]["changes"][0], json["changes"][0]["number"]);
}

#[test]
fn a_briefing_is_markdown_or_a_page_by_the_name_of_its_file() {
    let fund = two_funds();
    fund.run(&["diff", "fund.rules", "new.rules", "--out", "changes.md"]).exits(1);
    assert!(fund.read("changes.md").starts_with("# Small fund\n"));
    fund.run(&["diff", "fund.rules", "new.rules", "--out", "changes.html"]).exits(1);
    assert!(
        fund.read("changes.html").starts_with("<!doctype html>")
            || fund.read("changes.html").starts_with("<!DOCTYPE html>")
    );
    let ran = fund.run(&["diff", "fund.rules", "new.rules", "--out", "changes.csv"]).exits(2);
    assert!(ran.err.contains("does not say what to write"), "{}", ran.err);
}

#[test]
fn lines_fit_the_width() {
    let fund = two_funds();
    let ran = fund.run(&["diff", "fund.rules", "new.rules", "--data", "data", "--width", "60"]).exits(1);
    let long: Vec<&str> = ran.out.lines().filter(|line| line.chars().count() > 60).collect();
    assert!(long.is_empty(), "{long:?}");
}
