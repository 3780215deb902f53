//! `ringfence test`.

use super::{Fund, RULES};

#[test]
fn scenarios_that_hold_exit_with_0_and_what_they_do_not_reach_is_listed() {
    let ran = Fund::new().run(&["test", "fund.rules"]).exits(0);
    assert_eq!(
        ran.out,
        "\
holds capped  The share is the most
fund.rules: 1 scenario, all hold

No scenario reaches (7):
  on_time  Submitted on time
  joint  Plan agreed by all
  part  Payment
  quotient  Pooled for each pound of share
  within_share  The pot is within the share
  total  Pots
  on_time_plans  Plans on time
"
    );
    assert_eq!(Fund::new().run(&["test", "fund.rules", "--quiet"]).exits(0).out, "");
}

#[test]
fn a_failure_says_by_how_much() {
    let fund = Fund::new();
    fund.write("fund.rules", RULES.replace("expect pot is £500", "expect pot is £501\n  expect total is £499.50"));
    let ran = fund.run(&["test", "fund.rules"]).exits(1);
    assert!(ran.out.contains("FAILS capped"), "{}", ran.out);
    assert!(ran.out.contains("expected £501, found £500, £1 too little (fund.rules,"), "{}", ran.out);
    assert!(ran.out.contains("total: expected £499.50, found £500, £0.50 too much"), "{}", ran.out);
    assert!(ran.out.contains("1 scenario, 1 failed"), "{}", ran.out);
}

#[test]
fn failures_are_json_on_request() {
    let fund = Fund::new();
    fund.write("fund.rules", RULES.replace("expect pot is £500", "expect on_time is met"));
    let ran = fund.run(&["test", "fund.rules", "--format", "json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let failure = &json["files"][0]["scenarios"][0]["failures"][0];
    assert_eq!((&failure["expected"], &failure["found"]), (&"met".into(), &"cannot determine".into()));
    assert!(failure["why"].as_str().unwrap().contains("submitted"), "{failure}");
}
