//! Amendments beside a ruleset, and `ringfence show`.

use super::Fund;

const AMENDMENT: &str = r#"amendment smaller "Second letter" to small_fund from 1 July 2015
  status in force

replace parameter value "Value of an admission"
  is £500 per admissions
  unverified "worked back from the total"

omit scenario capped

insert scenario halved
  given area share £500,000
  given quarter
    | period     | planned | actual |
    | Q1 2015-16 | 100     | 90     |
    | Q2 2015-16 | 100     | 90     |
  expect pot is £10,000
  because constructed
"#;

fn amended() -> Fund {
    let fund = Fund::new();
    std::fs::rename(fund.path("fund.rules"), fund.path("small-fund.rules")).unwrap();
    fund.write("smaller.rules", AMENDMENT);
    fund
}

#[test]
fn an_amendment_is_checked_tested_and_evaluated_with_what_it_amends() {
    let fund = amended();
    let ran = fund.run(&["check", "smaller.rules"]).exits(0);
    assert_eq!(ran.out, "smaller.rules: no problems\n");
    let ran = fund.run(&["test", "smaller.rules"]).exits(0);
    assert!(ran.out.contains("halved"), "{}", ran.out);
    let ran = fund.run(&["explain", "smaller.rules", "pot", "--area", "E1", "--data", "data"]);
    assert!(
        ran.out.contains("in Small fund, as amended by Second letter, as at 1 July 2015"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert!(ran.out.contains("`value` (Value of an admission) is £500"), "{}", ran.out);
}

#[test]
fn an_amendment_without_its_ruleset_is_told_where_to_look() {
    let fund = amended();
    std::fs::remove_file(fund.path("small-fund.rules")).unwrap();
    let ran = fund.run(&["check", "smaller.rules"]).exits(1);
    assert!(ran.out.contains("amendments::unknown-base") && ran.out.contains("`small-fund.rules`"), "{}", ran.out);
}

#[test]
fn a_ruleset_says_which_amendments_are_not_in_a_run() {
    let fund = amended();
    let note = "note: `smaller` amends `small_fund` from 1 July 2015 and is not in this run";
    let arguments = ["eval", "small-fund.rules", "--data", "data"];
    assert!(fund.run(&arguments).err.contains(note));
    assert!(!fund.run(&[&arguments[..], &["--quiet"]].concat()).err.contains(note));
    assert!(!fund.run(&[&arguments[..], &["--as-at", "1 May 2015"]].concat()).err.contains(note));
    assert!(!fund.run(&["eval", "smaller.rules", "--data", "data"]).err.contains(note));
}

#[test]
fn the_law_is_shown_as_it_stood() {
    let fund = amended();
    let now = fund.run(&["show", "small-fund.rules"]).exits(0).out;
    assert!(
        now.starts_with("# small_fund. In it:\n# - smaller, Second letter, from 1 July 2015\n\nrules small_fund"),
        "{now}"
    );
    assert!(now.contains("is £500 per admissions") && !now.contains("£1,000 per admissions"), "{now}");
    let before = fund.run(&["show", "small-fund.rules", "--as-at", "30 June 2015"]).exits(0).out;
    assert!(before.starts_with("# small_fund as it stood on 30 June 2015. No amendment is in it.\n"), "{before}");
    assert!(before.contains("is £1,000 per admissions"), "{before}");
    let after = fund.run(&["show", "smaller.rules", "--as-at", "2015-07-01"]).exits(0).out;
    assert!(after.contains("is £500 per admissions"), "{after}");
    fund.write("shown.rules", &now);
    assert_eq!(fund.run(&["check", "shown.rules"]).exits(0).out, "shown.rules: no problems\n");
    assert_eq!(fund.run(&["fmt", "--check", "shown.rules"]).exits(0).err, "");
}

#[test]
fn before_the_first_day_nothing_is_shown() {
    let ran = amended().run(&["show", "small-fund.rules", "--as-at", "1 March 2015"]).exits(2);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("applies from 1 April 2015 to 31 March 2016"), "{}", ran.err);
}
