//! A model can be stored and loaded.

use super::build;
use crate::model::Model;
use crate::problem::Problem;

#[test]
fn the_shipped_fund_survives_storing() {
    let (model, problems) = build(include_str!("../../../rules/bcf-2015-16.rules"));
    assert!(!problems.iter().any(Problem::is_error), "{problems:?}");
    let stored = serde_json::to_string(&model).unwrap();
    let loaded: Model = serde_json::from_str(&stored).unwrap();
    assert_eq!(serde_json::to_string(&loaded).unwrap(), stored);
}
