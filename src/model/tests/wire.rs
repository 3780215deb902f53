//! A model can be stored and loaded.

use crate::driver;
use crate::model::Model;
use crate::source::Sources;

#[test]
fn the_shipped_fund_survives_storing() {
    let text = include_str!("../../../rules/bcf-2015-16.rules");
    let model = driver::compile(&Sources::single("bcf-2015-16.rules", text)).model.unwrap();
    let stored = serde_json::to_string(&model).unwrap();
    let loaded: Model = serde_json::from_str(&stored).unwrap();
    assert_eq!(serde_json::to_string(&loaded).unwrap(), stored);
}
