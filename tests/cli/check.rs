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
    fund.write("b.rules", "meassure x\n  is 1\n");
    let ran = fund.run(&["check", "a.rules", "b.rules", "a.rules", "--format", "json"]).exits(1);
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

/// A year and the year after it, which it does not quite reach, with an amendment.
fn years() -> Fund {
    let fund = Fund::new();
    std::fs::remove_file(fund.path("fund.rules")).unwrap();
    let year = |name: &str, days: &str, more: &str| {
        format!(
            "rules {name} \"Fund\"\n  status in force\n  applies {days}\n{more}\nparameter rate\n  is 3%\n  unverified \"not seen\"\n\n\
             measure share for the nation\n  is £100 * rate\n\nmeasure all for the nation\n  is £100\n"
        )
    };
    fund.write("year-2015.rules", year("year_2015", "1 April 2015 to 31 March 2016", "  superseded by year_2016\n"));
    fund.write("year-2016.rules", year("year_2016", "2 April 2016 to 31 March 2017", ""));
    fund.write(
        "amended.rules",
        "amendment amended to year_2015 from 1 May 2015\n\nreplace parameter rate\n  is 4%\n  unverified \"not seen either\"\n",
    );
    fund
}

#[test]
fn a_folder_is_checked_as_a_whole() {
    let fund = years();
    let ran = fund.run(&["check", "."]).exits(0);
    let gap =
        "note: between `year_2015`, to 31 March 2016, and `year_2016`, from 2 April 2016, neither applies for 1 day\n";
    let files = "./amended.rules: no problems\n./year-2015.rules: no problems\n./year-2016.rules: no problems\n";
    assert_eq!(ran.out, format!("{files}{gap}3 files: no problems\n"));
    fund.write("year-2017.rules", "rules year_2016\n");
    let ran = fund.run(&["check", "."]).exits(1);
    assert!(ran.out.contains("folder::same-name"), "{}", ran.out);
    assert!(ran.out.contains("between the files: 1 error\n") && ran.out.ends_with("4 files: 1 error\n"), "{}", ran.out);
    // The same where the files are named one by one, in whatever order.
    let ran = fund.run(&["check", "year-2017.rules", "year-2016.rules"]).exits(1);
    assert!(ran.out.contains("folder::same-name"), "{}", ran.out);
}

#[test]
fn a_mistake_below_an_amendment_is_told_once() {
    let fund = years();
    fund.write(
        "year-2015.rules",
        "rules year_2015\n\nparameter rate\n  is 3%\n\nmeasure share for the nation\n  is £100 * rat\n",
    );
    let ran = fund.run(&["check", "."]).exits(1);
    assert_eq!(ran.out.matches("names::unknown").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("./amended.rules: no problems\n") && ran.out.contains("./year-2015.rules: 1 error\n"));
}

#[test]
fn what_is_not_verified_is_counted() {
    let fund = years();
    let ran = fund.run(&["check", "amended.rules", "--unverified"]).exits(0);
    let wanted = "Fund, as amended by amended (`year_2015`)\n1 of 2 results rest on something that is not verified:\n  \
                  parameter `rate`, on which 1 result rests: not seen either\n";
    assert!(ran.out.ends_with(wanted), "{}", ran.out);
    let ran = fund.run(&["check", ".", "--unverified", "--format", "json"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["unverified"][1]["ruleset"], "year_2015");
    assert_eq!(
        (&json["unverified"][1]["resting"], &json["unverified"][1]["doubts"][0]["results"]),
        (&1.into(), &1.into())
    );
    assert_eq!(json["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_folder_without_rules_is_refused() {
    let fund = years();
    let ran = fund.run(&["check", "data"]).exits(2);
    assert!(ran.err.contains("the folder `data` has no rules files"), "{}", ran.err);
    fund.write("odd.rules", [0xff, 0xfe, 0x00]);
    let ran = fund.run(&["check", "."]).exits(2);
    assert!(ran.err.contains("odd.rules") && ran.out.ends_with("3 files: no problems\n"), "{}{}", ran.err, ran.out);
}
