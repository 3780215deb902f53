//! The reference interpreter: what the language means.
//!
//! In: a model and a dataset. Out: [`Results`], one value at a time, exact, and the explanation of any of them.
//! Written to be read as the definition: a faster engine would have to give the same.
//!
//! `machine` walks the declarations in order, `formula`, `table` and `allocation` make the result of a
//! declaration, `expression` and `aggregate` the value of an expression, `operation` that of one operator.

mod aggregate;
mod allocation;
mod breaks;
mod compare;
mod explain;
mod expression;
mod formula;
mod index;
mod ladder;
mod machine;
mod operation;
mod peers;
mod rank;
mod scenario;
mod sharing;
mod table;

pub(crate) use aggregate::quantile;
pub use compare::{Comparison, Difference, DifferenceKind, compare};
pub use explain::{Explanation, Input, InputKind, Part, Step, StepKind, Test, explain};
pub use machine::evaluate;
pub(crate) use machine::{complete, value_at};
pub(crate) use operation::order;
pub use scenario::{Failure, ScenarioRun, run_scenario};
pub(crate) use sharing::{Claim, Unshared, in_steps, key_text, share_out};

use crate::model::{DeclarationId, ParameterId, TableId};
use crate::value::{Date, Outcome, Value};
use indexmap::IndexMap;
use serde::Serialize;

/// What a run is asked to do.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// The date of the law; without it the ruleset's first day of application.
    pub as_at: Option<Date>,
    /// Parameters with other values than the rules give.
    pub parameters: Vec<(ParameterId, Value)>,
}

/// What came out, by declaration and row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Results {
    /// By [`DeclarationId`], then by row of the declaration's level (one for the nation).
    pub values: Vec<Vec<Outcome>>,
    /// For conditions: whether they hold as read in logic. Empty for others.
    pub holds: Vec<Vec<Outcome>>,
    /// For declarations that aggregate: on how many records they rest.
    #[serde(serialize_with = "bases_as_list")]
    pub bases: IndexMap<(DeclarationId, u32), Basis>,
    /// The date of the law that was applied.
    pub as_at: Option<Date>,
    /// On which side of new definitions figures lie, where there are any.
    #[serde(skip)]
    pub(crate) sides: IndexMap<(DeclarationId, u32), breaks::Sides>,
}

/// On how many records an aggregate rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// The table whose records were aggregated.
    pub table: TableId,
    /// How many records had a value.
    pub determined: u32,
    /// How many could not be determined.
    pub undetermined: u32,
    /// What the records that had a value give alone; never used in rules, shown beside a total that is missing.
    pub partial: Option<Value>,
}

impl Results {
    /// The outcome of a declaration at a row.
    pub fn get(&self, declaration: DeclarationId, row: usize) -> Option<&Outcome> {
        self.values.get(declaration.index())?.get(row)
    }

    /// On how many records a declaration rests at a row, where it aggregates.
    pub fn basis(&self, declaration: DeclarationId, row: usize) -> Option<&Basis> {
        self.bases.get(&(declaration, u32::try_from(row).ok()?))
    }
}

fn bases_as_list<S: serde::Serializer>(
    bases: &IndexMap<(DeclarationId, u32), Basis>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(bases.iter())
}
