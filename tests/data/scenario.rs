//! The data of scenarios: what is given, and a reason for everything that is not.

use super::{Loaded, RULES};
use ringfence::data::builder::from_scenario;
use ringfence::driver;
use ringfence::source::Sources;

/// The data of a scenario that gives these lines, or what is wrong with it, in the rules or in the rows.
fn given(lines: &str) -> Result<Loaded, String> {
    let text = format!("{RULES}\nscenario example\n  {lines}\n  expect pool is missing\n  because constructed\n");
    let text = text.replace("expect pool is missing", "expect pool is cannot determine");
    let compiled = driver::compile(&Sources::single("small.rules", &text));
    let Some(model) = compiled.model else {
        return Err(compiled.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; "));
    };
    let data = from_scenario(&model, &model.scenarios[0])?;
    Ok(Loaded { model, data, problems: Vec::new() })
}

#[test]
fn what_is_not_given_is_missing_for_that_reason() {
    let loaded = given("given area\n    | pooled_fund | growth |\n    | £5m         | ..     |").unwrap();
    assert_eq!(loaded.cells("area", "code"), ["scenario 1"]);
    assert_eq!(loaded.cells("area", "pooled_fund"), ["5000000"]);
    assert_eq!(loaded.cells("area", "growth"), ["[NotAvailable]"]);
    assert_eq!(loaded.cells("area", "name"), ["[NotGiven]"]);
    assert_eq!(loaded.cells("quarter", "period"), ["Q4 2014-15", "Q1 2015-16"]);
    assert_eq!(loaded.cells("quarter", "baseline"), ["[NotGiven]", "[NotGiven]"]);
}

#[test]
fn an_area_stands_there_where_only_its_quarters_are_given() {
    let loaded = given("given quarter\n    | period     | baseline |\n    | Q1 2015-16 | 7        |").unwrap();
    assert_eq!(loaded.cells("area", "code"), ["scenario 1"]);
    assert_eq!(loaded.cells("quarter", "baseline"), ["[NotGiven]", "7"]);
    assert_eq!(loaded.data.row_label(&loaded.model, ringfence::model::TableId(1), 1), "scenario 1, Q1 2015-16");
}

#[test]
fn rows_name_their_area_where_there_are_several() {
    let areas = "given area\n    | code | pooled_fund |\n    | E1   | £1          |\n    | E2   | £2          |\n";
    let quarters = |head: &str, cell: &str| {
        format!("{areas}  given quarter\n    | {head} period     | baseline |\n    | {cell} Q1 2015-16 | 7        |")
    };
    let loaded = given(&quarters("area |", "E2 |")).unwrap();
    assert_eq!(loaded.cells("quarter", "baseline"), ["[NotGiven]", "[NotGiven]", "[NotGiven]", "7"]);
    assert!(given(&quarters("", "")).is_err());
    assert!(given(&quarters("area |", "E3 |")).is_err());
}
