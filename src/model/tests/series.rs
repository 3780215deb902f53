//! Series, periods and dates.

use super::{expect, expect_at};

#[test]
fn words_of_a_series_stand_in_a_series() {
    expect_at(
        "for each quarter",
        &[
            ("actual - actual in the previous quarter", &[]),
            ("actual - actual in the previous month", &["periods::other-kind"]),
            ("actual a year earlier", &[]),
            ("highest so far of actual", &[]),
            ("if period is Q4 2014-15 then actual else planned", &[]),
            ("if period is April 2015 then actual else planned", &["periods::kinds-compared"]),
            ("if period < 1 April 2015 then actual else planned", &["periods::date-and-period"]),
            ("tariff in period * actual", &[]),
            ("least in period", &["parameters::not-dated"]),
            ("tariff in Q1 2015-16 * actual", &[]),
            ("running total of pool", &["periods::same-in-every-period"]),
            ("tariff in the previous quarter", &["periods::same-in-every-period"]),
            ("running total of period", &["types::not-a-number"]),
            ("paid so far", &["periods::paid-so-far"]),
            ("quarter.actual in Q4 2014-15", &["levels::not-one-record"]),
        ],
    );
    expect_at(
        "for each area",
        &[
            ("running total of pool", &["periods::not-in-a-series"]),
            ("pool in the previous quarter", &["periods::not-in-a-series"]),
            ("quarter.actual in Q4 2014-15", &[]),
            ("actual in Q4 2014-15", &[]),
            ("quarter.actual in Q4 2020-21", &["periods::outside-series"]),
            ("quarter.actual in April 2015", &["periods::other-kind"]),
            ("quarter.actual in plan_submitted", &["periods::not-a-period"]),
            ("pool in Q4 2014-15", &["periods::not-periodic"]),
            ("sum of (running total of quarter.actual)", &[]),
            ("sum of quarter.actual where period is Q4 2014-15", &[]),
        ],
    );
    expect_at("for the nation", &[("quarter.actual in Q4 2014-15", &["levels::not-one-record"])]);
}

#[test]
fn a_series_may_read_its_own_past() {
    expect(&[
        ("measure carried for each quarter\n  is actual - carried in the previous quarter", &[]),
        ("measure carried for each quarter\n  is actual - carried", &["cycles::circle"]),
        (
            "measure a for each quarter\n  is actual + b in the previous quarter\nmeasure b for each quarter\n  is a + planned",
            &[],
        ),
        (
            "measure a for each quarter\n  is actual + b in the previous quarter\nmeasure b for each quarter\n  is mean of a across quarters",
            &["cycles::circle"],
        ),
        (
            "payment p for each quarter\n  is total * 10%\n  less paid so far, never below £0\nmeasure total\n  is sum of quarter.p",
            &["cycles::circle"],
        ),
        (
            "measure a for each quarter\n  is actual + (planned + total) in the previous quarter\nmeasure total\n  is sum of quarter.a",
            &["cycles::circle"],
        ),
    ]);
}

#[test]
fn dates_of_parameters_leave_no_day_out() {
    expect(&[
        ("parameter p\n  is £5 to 30 September 2015\n  is £6 from 1 October 2015", &[]),
        ("parameter p\n  is £6 from 1 October 2015\n  is £5 to 30 September 2015", &[]),
        ("parameter p\n  is £5 to 30 September 2015\n  is £6 from 2 October 2015", &["parameters::gap"]),
        ("parameter p\n  is £5 to 30 September 2015\n  is £6 from 30 September 2015", &["parameters::overlap"]),
        ("parameter p\n  is £5\n  is £6", &["parameters::overlap"]),
        ("parameter p\n  is £5 from 1 October 2015 to 1 April 2015", &["parameters::reversed-dates"]),
        ("parameter p\n  is £5 from 1 May 2015", &["parameters::gap"]),
        ("parameter p\n  is £5 to 1 May 2015", &["parameters::gap"]),
        ("parameter p\n  is £5 from 1 April 2015 to 31 March 2016", &[]),
        ("parameter p\n  is £5 to 30 September 2015\n  is 6% from 1 October 2015", &["parameters::two-types"]),
        ("parameter p\n  one of \"a\", \"b\"\n  is \"c\"", &["parameters::not-among"]),
        ("parameter p\n  one of \"a\", \"b\"\n  is £5", &["parameters::not-among"]),
        ("parameter p\n  is -£5", &[]),
        ("parameter p\n  is pool", &["parameters::not-a-literal"]),
        ("parameter p\n  note \"x\"", &["parameters::no-value"]),
    ]);
}
