//! Units, shares and points, figures of a period and totals to date.

use super::{area, expect, expect_at};

#[test]
fn sums_and_comparisons_want_one_unit() {
    expect_at(
        "for each area",
        &[
            ("pool + minimum", &[]),
            ("pool + population", &["units::mismatch"]),
            ("pool - 5", &["units::without-unit"]),
            ("if population >= 10 then £1 else £2", &["units::without-unit"]),
            ("if population >= 10 people then £1 else £2", &[]),
            ("if rate <= 475 then 1 else 2", &["units::rate-without-base"]),
            ("if rate <= 475 admissions then 1 else 2", &["units::rate-without-base"]),
            ("if rate <= 475 admissions per 100,000 people then 1 else 2", &[]),
            ("if pool > €5 then 1 else 2", &["units::wrong-currency"]),
            ("if pool > 0 then 1 else 2", &["units::without-unit"]),
            ("pool * population / population", &[]),
            ("population * rate + 3 admissions", &[]),
            ("price * 3 admissions + £4", &[]),
            ("price * population + £4", &["units::mismatch"]),
        ],
    );
}

#[test]
fn shares_points_and_numbers_are_kept_apart() {
    expect_at(
        "for each area",
        &[
            ("if uptake >= 3.5 then 1 else 2", &["units::share-and-number"]),
            ("if uptake >= 3.5% then 1 else 2", &[]),
            ("if uptake >= 1 then 1 else 2", &[]),
            ("if uptake > 0 then 1 else 2", &[]),
            ("if pool / minimum >= 3.5% then 1 else 2", &[]),
            ("if uptake - uptake_before >= 2% then 1 else 2", &["units::share-and-points"]),
            ("if uptake - uptake_before >= 2 percentage points then 1 else 2", &[]),
            ("if uptake >= 2 percentage points then 1 else 2", &["units::share-and-points"]),
            ("if uptake >= uptake_before + 2 percentage points then 1 else 2", &[]),
            ("if 1 - uptake >= 2% then 1 else 2", &[]),
            ("if 100% - uptake >= 2% then 1 else 2", &[]),
            ("if score >= least then 1 else 2", &["units::share-and-number"]),
            ("uptake + score", &["units::share-and-number"]),
            ("uptake + 1", &[]),
            ("2 * least + uptake", &[]),
            ("score * least + 5", &[]),
            ("score / 2 + 5", &[]),
            ("pool * least + £5", &[]),
        ],
    );
}

#[test]
fn a_period_and_a_total_to_date_do_not_meet() {
    expect_at(
        "for each quarter",
        &[
            ("if running total of actual > planned then 1 else 2", &["units::period-and-to-date"]),
            ("if running total of actual > running total of planned then 1 else 2", &[]),
            ("running total of (planned - actual)", &[]),
            ("running total of planned - actual", &["units::two-readings"]),
            ("(running total of planned) - actual", &["units::period-and-to-date"]),
            ("running total of planned - running total of actual", &[]),
            ("running total of running_up", &["names::unknown"]),
            ("actual - running total of actual", &["units::period-and-to-date"]),
            ("if mode is \"cumulative\" then running total of actual else actual", &[]),
            ("running total of actual - (running total of actual) in the previous quarter - actual", &[]),
            ("if actual > sum of quarter.actual across quarters then 1 else 2", &[]),
            ("highest so far of actual - actual", &["units::two-readings"]),
            ("(highest so far of actual) - actual", &[]),
        ],
    );
    expect(&[
        (
            "measure so_far for each quarter\n  is running total of actual\nmeasure twice for each quarter\n  is running total of so_far",
            &["units::total-of-totals"],
        ),
        ("payment paid for each quarter\n  is running total of actual * tariff", &["units::pays-to-date"]),
        (
            "payment paid for each quarter\n  is running total of actual * tariff\n  less paid so far, never below £0",
            &[],
        ),
        (
            "payment paid for each quarter\n  is actual * tariff\n  less paid so far, never below £0",
            &["units::period-and-to-date"],
        ),
    ]);
}

#[test]
fn results_are_shown_as_what_they_are() {
    expect(&[
        ("measure it\n  is pool / minimum\n  shown as percent", &[]),
        ("measure it\n  is pool\n  shown as percent", &["units::shown-otherwise"]),
        ("measure it\n  is 5 admissions / population\n  shown per 100,000 people", &[]),
        ("measure it\n  is pool\n  shown per 100,000 people", &["units::shown-otherwise"]),
        ("measure it\n  is name\n  shown to 2 decimals", &["units::shown-otherwise"]),
        ("measure it\n  is pool\n  shown per 100,000 persons", &["names::unknown"]),
    ]);
}

#[test]
fn clauses_keep_the_unit() {
    expect(&[
        ("measure it\n  is pool\n  at least £0\n  at most minimum", &[]),
        ("measure it\n  is pool\n  at least 0", &["units::without-unit"]),
        ("measure it\n  is pool\n  less 3 people", &["units::mismatch"]),
        ("measure it\n  is uptake\n  less 2 percentage points, never below 0%", &[]),
        ("measure it\n  is pool\n  rounded to the nearest 1", &["units::without-unit"]),
        ("measure it\n  is pool\n  rounded to the nearest £0", &["types::bad-step"]),
        ("measure it\n  is pool\n  rounded to the nearest minimum", &["types::bad-step"]),
        ("measure it\n  is uptake\n  rounded up to 0.1%", &[]),
        ("measure it\n  is pool\n  if missing 0 people", &["units::mismatch"]),
        ("measure it\n  is pool\n  unless signed then 50%", &["units::mismatch"]),
        ("measure it\n  is pool\n  unless signed then £5\n  otherwise unless credible_case then £6", &[]),
        ("measure it\n  is pool\n  unless signed", &["syntax::clause-elsewhere"]),
        ("payment it\n  is population", &["types::not-money"]),
        ("payment it\n  is pool\n  only if signed", &[]),
        ("payment it\n  is pool\n  only if minimum", &["types::not-yes-no"]),
    ]);
    assert!(area("pool").is_empty());
}
