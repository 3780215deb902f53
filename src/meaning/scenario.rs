//! Scenarios: examples in a rules file that are tests.
//!
//! In: a model and one of its scenarios. Out: what it expected and did not get, and what it reached.

use super::{Results, RunOptions, evaluate};
use crate::data::{Dataset, builder};
use crate::model::{DeclarationId, DeclarationKind, ExpectedValue, Model, Scenario};
use crate::value::{ConditionState, Outcome, Value};
use std::collections::BTreeSet;

/// What came of a scenario.
#[derive(Debug, Clone)]
pub struct ScenarioRun {
    /// What was expected and did not come; empty where the scenario holds.
    pub failures: Vec<Failure>,
    /// The declarations its expectations rest on.
    pub reached: BTreeSet<DeclarationId>,
    /// Its data and results, for explanations; absent where its data could not be built.
    pub run: Option<(Dataset, Results, RunOptions)>,
    /// Why its data could not be built.
    pub unbuilt: Option<String>,
}

impl ScenarioRun {
    /// Whether everything expected came.
    pub fn holds(&self) -> bool {
        self.failures.is_empty() && self.unbuilt.is_none()
    }
}

/// Something expected that did not come.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Which of the scenario's expectations.
    pub expectation: usize,
    /// The row of the declaration's level.
    pub row: usize,
    /// What was expected; none where there are more rows than expected values.
    pub expected: Option<ExpectedValue>,
    /// What came; none where there is no such row.
    pub found: Option<Outcome>,
}

/// Runs a scenario.
pub fn run_scenario(model: &Model, scenario: &Scenario) -> ScenarioRun {
    let expected = scenario.expectations.iter().map(|expectation| expectation.declaration);
    let reached = model.closure(expected);
    let options = RunOptions { as_at: scenario.as_at, parameters: scenario.parameters.clone() };
    let data = match builder::from_scenario(model, scenario) {
        Ok(data) => data,
        Err(why) => return ScenarioRun { failures: Vec::new(), reached, run: None, unbuilt: Some(why) },
    };
    let results = evaluate(model, &data, &options);
    let mut failures = Vec::new();
    for (number, expectation) in scenario.expectations.iter().enumerate() {
        let is_condition = matches!(model.declaration(expectation.declaration).kind, DeclarationKind::Condition { .. });
        let rows = results.values.get(expectation.declaration.index()).map_or(0, Vec::len);
        for row in 0..rows.max(expectation.values.len()) {
            let expected = expectation.values.get(row);
            let found = results.get(expectation.declaration, row);
            let agrees = match (expected, found) {
                (Some(expected), Some(found)) => is_expected(expected, found, is_condition),
                _ => false,
            };
            if !agrees {
                failures.push(Failure { expectation: number, row, expected: expected.cloned(), found: found.cloned() });
            }
        }
    }
    ScenarioRun { failures, reached, run: Some((data, results, options)), unbuilt: None }
}

fn is_expected(expected: &ExpectedValue, found: &Outcome, is_condition: bool) -> bool {
    let state = match found {
        Outcome::Known(Value::Condition(state)) => Some(*state),
        Outcome::Known(Value::YesNo(yes)) if !is_condition => {
            Some(if *yes { ConditionState::Met } else { ConditionState::NotMet })
        }
        Outcome::Known(_) | Outcome::Missing(_) => None,
    };
    match expected {
        ExpectedValue::Value(value) => found.known() == Some(value),
        ExpectedValue::Met => state == Some(ConditionState::Met),
        ExpectedValue::NotMet => state == Some(ConditionState::NotMet),
        ExpectedValue::DoesNotApply => matches!(state, Some(ConditionState::DoesNotApply(_))),
        ExpectedValue::CannotDetermine => found.is_missing(),
    }
}
