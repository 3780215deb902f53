//! Levels, aggregates, and names that are read where they are not known.

use super::{expect, expect_at};

#[test]
fn lower_levels_are_read_through_aggregates() {
    expect_at(
        "for each area",
        &[
            ("quarter.actual", &["levels::lower-level"]),
            ("actual", &["levels::lower-level"]),
            ("quarter.actual - quarter.planned", &["levels::lower-level"]),
            ("sum of quarter.actual", &[]),
            ("sum of actual", &[]),
            ("sum of (quarter.actual - planned)", &[]),
            ("sum of (quarter.actual * rate)", &[]),
            ("sum of pool", &["levels::nothing-below"]),
            ("sum of pool across areas", &[]),
            ("pool / sum of pool across areas", &[]),
            ("sum of pool across area", &["names::singular-or-plural"]),
            ("sum of quarter.actual across areas", &["levels::lower-level"]),
            ("sum of (quarter.actual * scheme.cost)", &["levels::two-tables"]),
            ("count of quarters", &[]),
            ("count of quarters where actual > planned", &[]),
            ("count of quarter", &["names::singular-or-plural"]),
            ("count of areas", &["levels::nothing-below"]),
            ("count of areas across areas", &[]),
            ("count of areas where signed", &["levels::nothing-below"]),
            ("count of signed", &["levels::count-of-what"]),
            ("share of quarters", &["levels::share-without-where"]),
            ("share of quarters where actual > planned", &[]),
            ("share of quarters where actual", &["types::not-yes-no"]),
            ("latest of quarter.actual", &[]),
            ("latest of scheme.cost", &["periods::latest-without-series"]),
            ("greatest of scheme.cost", &[]),
            ("sum of scheme.cost where quarter.actual > 3 admissions", &["levels::unrelated"]),
            ("rank of pool across areas from highest", &[]),
            ("sum of (sum of quarter.actual)", &["levels::nothing-below"]),
            ("sum of actuals", &["names::unknown"]),
            ("count of quartrs", &["names::unknown"]),
        ],
    );
    expect_at(
        "for the nation",
        &[
            ("pool", &["levels::lower-level"]),
            ("sum of pool", &[]),
            ("sum of area.pool", &[]),
            ("sum of quarter.actual", &[]),
            ("mean of (sum of quarter.actual / population)", &[]),
            ("sum of (quarter.actual in Q4 2014-15)", &[]),
            ("sum of name", &["names::ambiguous-column"]),
            ("count of areas", &[]),
            ("count of areas where signed", &[]),
            ("count of areas where quarter.actual > 3 admissions", &["levels::lower-level"]),
            ("sum of pool where signed", &[]),
            ("sum of signed", &["types::not-a-number"]),
            ("median of uptake", &[]),
            ("rank of pool across areas from highest", &["levels::rank-elsewhere"]),
            ("sum of areas", &["names::not-a-value"]),
        ],
    );
    expect_at(
        "for each scheme",
        &[
            ("actual", &["levels::unrelated"]),
            ("cost / area.pool", &[]),
            ("cost / pool", &[]),
            ("if name is \"x\" then 1 else 2", &["names::ambiguous-column"]),
            ("if scheme.name is \"x\" then 1 else 2", &[]),
            ("sum of quarter.actual across quarters", &[]),
        ],
    );
}

#[test]
fn a_level_is_said_where_it_is_not_plain() {
    expect(&[
        ("measure it for each quarter\n  is actual", &[]),
        ("measure it for each quarters\n  is actual", &["names::singular-or-plural"]),
        ("measure it for each month\n  is actual", &["names::unknown"]),
        ("measure it for each area, quarter\n  is actual", &["levels::of-two-tables"]),
        ("data trust\n  trust_code text, key\nmeasure it\n  is 5", &["levels::not-said"]),
        ("data trust\n  trust_name text", &["syntax::not-said"]),
        ("data a for each b\n  x text\ndata b for each a\n  y text", &["levels::belongs-to-itself"]),
    ]);
}

#[test]
fn names_are_declared_once_and_found() {
    expect(&[
        ("measure it\n  is poool", &["names::unknown"]),
        ("measure pool\n  is minimum", &["names::shared-with-column"]),
        ("measure it\n  is pool\nmeasure it\n  is minimum", &["names::declared-twice"]),
        ("unit people", &["names::declared-twice"]),
        ("measure it\n  is quarter.actuals", &["names::unknown-column"]),
        ("measure it\n  is quater.actual", &["names::unknown"]),
        ("measure it\n  is least.value", &["names::no-parts"]),
        ("measure it\n  is people", &["names::not-a-value"]),
        ("measure it\n  is area", &["names::not-a-value"]),
        ("measure it\n  is act", &["names::not-a-value"]),
        ("measure it\n  is pool\n  source acts", &["names::unknown"]),
        (
            "outcome o\n  lower is better\n  target pool\n  actual minimum\nmeasure it\n  is o.goal",
            &["names::unknown-part"],
        ),
        ("outcome o\n  lower is better\n  target pool\n  actual minimum\nmeasure it\n  is o.target + o.actual", &[]),
        ("outcome o\n  lower is better\n  target pool\n  actual population", &["units::mismatch"]),
        ("outcome o\n  lower is better\n  target pool", &["syntax::not-said"]),
        ("outcome o\n  lower is better\n  actual pool", &["syntax::not-said"]),
        ("outcome o\n  target pool\n  actual pool", &["syntax::not-said"]),
        (
            "outcome o\n  lower is better\n  target pool\n  actual minimum\ncheck c\n  holds when o is \"met\"",
            &["types::not-among"],
        ),
        (
            "outcome o\n  lower is better\n  target pool\n  actual minimum\ncheck c\n  holds when o is \"target met\"",
            &[],
        ),
        ("parameter p\n  is 5 admission", &["names::unknown"]),
    ]);
}

#[test]
fn one_mistake_is_told_once() {
    expect(&[
        ("measure a\n  is poool\nmeasure b\n  is a + 3 people\nmeasure c\n  is b - £4", &["names::unknown"]),
        ("measure a\n  is poool\nmeasure b\n  is poool + £4", &["names::unknown"]),
        ("measure a\n  is pool +\nmeasure b\n  is a + 3 people", &["syntax::unexpected"]),
        (
            "condition c\n  met when pool + population\nmeasure n for the nation\n  is count of areas where c",
            &["units::mismatch"],
        ),
        ("outcome o\n  lower is better\n  target pool\nmeasure it\n  is o.actual", &["syntax::not-said"]),
        ("parameter p\n  is £5 + £6\nmeasure it\n  is p * 3", &["parameters::not-a-literal"]),
    ]);
}
