//! `ringfence explain`.

use super::Fund;

fn explain(args: &[&str]) -> super::Ran {
    Fund::new().run(&[&["explain", "fund.rules", "--data", "data"], args].concat())
}

#[test]
fn a_value_is_explained_by_clauses_inputs_cells_and_sources() {
    insta::assert_snapshot!(explain(&["pot", "--area", "Northtown"]).exits(0).out);
}

#[test]
fn a_condition_says_why_not() {
    insta::assert_snapshot!(explain(&["on_time", "--area", "E2"]).exits(0).out);
}

#[test]
fn a_missing_value_says_which_cells_would_settle_it() {
    insta::assert_snapshot!(explain(&["total"]).exits(0).out);
}

#[test]
fn a_payment_of_a_period_is_found_by_area_and_period() {
    insta::assert_snapshot!(explain(&["part", "--area", "E1", "--period", "Q2 2015-16"]).exits(0).out);
}

#[test]
fn what_is_not_said_is_asked_for() {
    assert!(explain(&["pot"]).exits(2).err.contains("say which with --area: Northtown, Southtown, Westtown"));
    assert!(explain(&["part", "--area", "E1"]).exits(2).err.contains("--period: Q1 2015-16, Q2 2015-16"));
    assert!(explain(&["total", "--area", "E1"]).exits(2).err.contains("for the nation"));
    assert!(explain(&["pott", "--area", "E1"]).exits(2).err.contains("did you mean `pot`?"));
}
