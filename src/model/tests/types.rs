//! Types: what goes with what.

use super::{expect, expect_at};

#[test]
fn comparisons_want_like_and_like() {
    expect_at(
        "for each area",
        &[
            ("if quality is \"high\" then 1 else 2", &[]),
            ("if quality is \"hihg\" then 1 else 2", &["types::not-among"]),
            ("if quality is high then 1 else 2", &["names::without-quotes"]),
            ("if quality is region then 1 else 2", &["types::mismatch"]),
            ("if quality >= \"high\" then 1 else 2", &["types::no-order"]),
            ("if name < \"M\" then 1 else 2", &["types::no-order"]),
            ("if name is 5 then 1 else 2", &["types::mismatch"]),
            ("if \"Total pooled fund\" > £5 then 1 else 2", &["names::label-for-name"]),
            ("if signed is yes then 1 else 2", &[]),
            ("if signed is \"yes\" then 1 else 2", &["types::mismatch"]),
            ("if signed is 1 then 1 else 2", &["types::mismatch"]),
            ("if plan_submitted <= deadline then 1 else 2", &[]),
            ("if plan_submitted <= 2014 then 1 else 2", &["types::mismatch"]),
            ("if plan_submitted <= \"19 September 2014\" then 1 else 2", &["types::mismatch"]),
            ("if year is 2015-16 then 1 else 2", &[]),
            ("if year is Q1 2015-16 then 1 else 2", &["periods::kinds-compared"]),
            ("if mode is \"alone\" then 1 else 2", &[]),
            ("if mode is \"each\" then 1 else 2", &["types::not-among"]),
            ("if pool then 1 else 2", &["types::not-yes-no"]),
            ("if signed and pool then 1 else 2", &["types::not-yes-no"]),
            ("if not pool then 1 else 2", &["types::not-yes-no"]),
            ("if pool is missing then 1 else 2", &[]),
            ("if signed then pool else \"none\"", &["types::mismatch"]),
            ("if signed then 1 else 3%", &[]),
            ("if signed then 5 else 3%", &["units::share-and-number"]),
            ("plan_submitted + 30", &["types::not-a-number"]),
            ("-signed", &["types::not-a-number"]),
            ("size of (pool - minimum)", &[]),
            ("if pool rounds to £3.8bn then 1 else 2", &[]),
            ("if pool rounds to 3.8% then 1 else 2", &["units::mismatch"]),
            ("if uptake rounds to 3.07% then 1 else 2", &[]),
            ("least of (pool, minimum)", &[]),
            ("least of (pool, population)", &["units::mismatch"]),
            ("sum of (pool, minimum)", &[]),
            ("count of (signed, credible_case)", &[]),
            ("count of (signed, pool)", &["types::not-yes-no"]),
            ("if all of (signed, credible_case) then 1 else 2", &[]),
            ("if all of (pool, minimum) then 1 else 2", &["types::not-yes-no"]),
            ("least of (plan_submitted, deadline)", &[]),
        ],
    );
}

#[test]
fn columns_hold_what_they_say() {
    expect(&[
        ("data t for each area\n  x mony", &["names::unknown"]),
        ("data t for each area\n  x boolean", &["names::unknown"]),
        ("data t for each area\n  x text\n  x money", &["names::declared-twice"]),
        ("data t for each area\n  x text, key\n  y text, key", &["syntax::said-twice"]),
        ("data t for each area\n  x money, at least £0, at most £5", &[]),
        ("data t for each area\n  x money, at least 0", &["types::bound-of-other-type"]),
        ("data t for each area\n  x money, at least £9, at most £5", &["types::empty-range"]),
        ("data t for each area\n  x money, may be fractional", &["types::fractional-without-count"]),
        ("data t for each area\n  x people, may be fractional", &[]),
        ("data t for each area\n  x text per people", &["types::not-a-rate"]),
        ("data t for each area\n  x yes/no, key", &["types::bad-key"]),
        ("data t for each area\n  x one of a, b, a", &["syntax::said-twice"]),
        ("data t for each area, Q1 2015-16 to Q4 2014-15\n  x text", &["periods::reversed-range"]),
        ("data t for each area, Q1 2015-16 to April 2016\n  x text", &["periods::two-kinds"]),
        ("data t for each region\n  x text", &["names::unknown"]),
    ]);
}

#[test]
fn declarations_say_what_they_need() {
    expect(&[
        ("condition c\n  note \"x\"", &["syntax::not-said"]),
        ("permission p\n  note \"x\"", &["syntax::not-said"]),
        ("check c\n  note \"x\"", &["syntax::not-said"]),
        ("measure m\n  note \"x\"", &["syntax::not-said"]),
        ("decision d\n  note \"x\"", &["syntax::not-said"]),
        ("condition c\n  met when signed\n  unless credible_case", &[]),
        ("condition c\n  met when signed\n  unless credible_case then yes", &["syntax::clause-elsewhere"]),
        ("allocation a for each area\n  of £100m\n  in proportion to population\n  to the nearest £1", &[]),
        (
            "allocation a for each area\n  of sum of minimum\n  in proportion to population\n  to the nearest £1\n  at least £5\n  at most pool",
            &[],
        ),
        ("allocation a for each area\n  of £100m\n  in proportion to population", &["syntax::not-said"]),
        (
            "allocation a for each area\n  of £100m\n  in proportion to name\n  to the nearest £1",
            &["types::not-a-number"],
        ),
        (
            "allocation a for each area\n  of pool\n  in proportion to population\n  to the nearest £1",
            &["levels::lower-level"],
        ),
        (
            "allocation a for each area\n  of £100m\n  in proportion to population\n  to the nearest 1 people",
            &["units::mismatch"],
        ),
        (
            "allocation a for the nation\n  of £100m\n  in proportion to 5\n  to the nearest £1",
            &["syntax::clause-elsewhere"],
        ),
    ]);
}
