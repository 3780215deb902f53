//! Data made from the rows that a scenario gives.

use super::Dataset;
use crate::model::{Model, Scenario};

/// The dataset of a scenario, or why it cannot be made.
pub fn from_scenario(model: &Model, scenario: &Scenario) -> Result<Dataset, String> {
    let _ = (model, scenario);
    Err("not yet".to_owned())
}
