//! `ringfence check`.

use super::{Fund, Ran, program};

#[test]
fn sound_rules_exit_with_0() {
    let ran = Fund::new().run(&["check", "fund.rules"]).exits(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("fund.rules: no problems\n", ""));
    assert_eq!(Fund::new().run(&["check", "fund.rules", "--quiet"]).exits(0).out, "");
}

#[test]
fn every_problem_of_every_file_is_told() {
    let fund = Fund::new();
    fund.write("a.rules", "meassure x\n  is 1\n\nmeasure y\n  is 2 +\n");
    fund.write("b.rules", "meassure z\n  is 1\n");
    let ran = fund.run(&["check", "a.rules", "fund.rules", "b.rules"]).exits(1);
    assert!(ran.out.contains("a.rules: 2 errors\nfund.rules: no problems\n"), "{}", ran.out);
    assert!(ran.out.ends_with("b.rules: 1 error\n") && ran.out.contains("[b.rules:1:1]"), "{}", ran.out);
}

#[test]
fn a_file_that_cannot_be_read_hides_no_other() {
    let fund = Fund::new();
    fund.write("b.rules", "meassure z\n  is 1\n");
    let ran = fund.run(&["check", "a.rules", "b.rules"]).exits(2);
    assert!(ran.err.contains("`a.rules`") && ran.out.contains("[b.rules:1:1]"), "{}", ran.err);
}

#[test]
fn problems_are_json_on_request() {
    let fund = Fund::new();
    fund.write("a.rules", "meassure x\n  is 1\n");
    let ran = fund.run(&["check", "a.rules", "a.rules", "--format", "json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&json["format"], &json["errors"]), (&1.into(), &2.into()));
    assert_eq!(json["problems"][1]["rules"]["start"]["line"], 1);
}

#[test]
fn standard_input_is_a_file_too() {
    let ran = Ran::of(program().args(["check", "-"]).write_stdin("meassure x\n  is 1\n")).exits(1);
    assert!(ran.out.contains("[standard input:1:1]"), "{}", ran.out);
}

#[test]
fn warnings_are_errors_only_on_request() {
    let fund = Fund::new();
    fund.write("warned.rules", "measure a\n  is 5\n  at least 3\n  at least 3\n");
    let ran = fund.run(&["check", "warned.rules"]).exits(0);
    assert!(ran.out.contains("warning"), "{}", ran.out);
    fund.run(&["check", "warned.rules", "--deny-warnings"]).exits(1);
    assert_eq!(fund.run(&["check", "warned.rules", "--quiet"]).exits(0).out, "");
}
