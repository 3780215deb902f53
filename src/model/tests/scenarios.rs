//! What scenarios may give and expect.

use super::expect;

#[test]
fn scenarios_give_cells_and_expect_values() {
    let rules = "measure surplus\n  is pool - minimum\ncondition c\n  met when signed\nmeasure up for each quarter\n  is actual - planned\nmeasure total for the nation\n  is sum of pool\n";
    let cases: &[(&str, &[&str])] = &[
        ("  given area pool £5m, minimum £4m\n  expect surplus is £1m", &[]),
        ("  given area pool 5, minimum £4m\n  expect surplus is £1m", &["scenarios::bad-cell"]),
        ("  given area population 5\n  expect surplus is cannot determine", &[]),
        ("  given area uptake 5\n  expect surplus is cannot determine", &["scenarios::bad-cell"]),
        ("  given area quality hihg\n  expect surplus is cannot determine", &["scenarios::bad-cell"]),
        ("  given area poool £5m\n  expect surplus is cannot determine", &["names::unknown-column"]),
        ("  given areas pool £5m\n  expect surplus is cannot determine", &["names::singular-or-plural"]),
        ("  given area pool £5m, pool £6m\n  expect surplus is cannot determine", &["scenarios::given-twice"]),
        ("  given area pool £5m\n  expect surplus is 5", &["units::without-unit"]),
        ("  given area pool £5m\n  expect surplus is met", &["scenarios::not-a-condition"]),
        ("  given area pool £5m\n  expect c is cannot determine", &[]),
        ("  given area signed yes\n  expect c is yes", &["scenarios::other-type"]),
        ("  given area pool £5m\n  expect surplus is £1, £2", &["scenarios::number-of-values"]),
        ("  given area pool £5m\n  expect surpls is £1", &["names::unknown"]),
        ("  given area pool £5m\n  expect pool is £1", &["scenarios::not-a-result"]),
        ("  given area pool £5m\n  expect total is £5m", &[]),
        ("  given area pool £5m", &["scenarios::expects-nothing"]),
        ("  given parameter least is 4%\n  expect surplus is cannot determine", &[]),
        ("  given parameter least is 4\n  expect surplus is cannot determine", &["units::share-and-number"]),
        ("  given parameter mode is \"x\"\n  expect surplus is cannot determine", &["types::not-among"]),
        ("  given parameter lest is 4%\n  expect surplus is cannot determine", &["names::unknown"]),
        (
            "  given area\n    | code | pool |\n    | A | £5 |\n    | B | £6 |\n  expect surplus is cannot determine, cannot determine",
            &[],
        ),
        (
            "  given area\n    | pool |\n    | £5 |\n    | £6 |\n  expect surplus is cannot determine, cannot determine",
            &["scenarios::no-key"],
        ),
        (
            "  given area\n    | code | pool |\n    | A | £5 |\n    | A | £6 |\n  expect surplus is cannot determine, cannot determine",
            &["scenarios::given-twice"],
        ),
        (
            "  given quarter\n    | period | actual | planned |\n    | Q4 2014-15 | 5 | 4 |\n  expect up is 1 admissions, cannot determine, cannot determine, cannot determine",
            &[],
        ),
        (
            "  given quarter\n    | period | actual |\n    | Q4 2019-20 | 5 |\n  expect surplus is cannot determine",
            &["scenarios::outside-series"],
        ),
        (
            "  given quarter\n    | period | actual |\n    | Q4 2014-15 | many |\n  expect surplus is cannot determine",
            &["scenarios::bad-cell"],
        ),
        (
            "  given area\n    | code |\n    | A |\n    | B |\n  given scheme\n    | scheme_code | cost |\n    | S | £5 |\n  expect surplus is cannot determine, cannot determine",
            &["scenarios::which-record"],
        ),
        (
            "  given area\n    | code |\n    | A |\n    | B |\n  given scheme\n    | area | scheme_code |\n    | C | S |\n  expect surplus is cannot determine, cannot determine",
            &["scenarios::no-such-record"],
        ),
    ];
    let cases: Vec<(String, &[&str])> =
        cases.iter().map(|(lines, codes)| (format!("{rules}scenario s\n{lines}"), *codes)).collect();
    let cases: Vec<(&str, &[&str])> = cases.iter().map(|(rules, codes)| (rules.as_str(), *codes)).collect();
    expect(&cases);
}
