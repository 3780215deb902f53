//! Why results of the nation are missing, where records lack what they rest on: the file is read once more for that.

use super::turns::Pass;
use super::{Form, Job};
use crate::data::Found;
use crate::data::blocks::{Making, Source, Stop};
use crate::eval::{self, Portion, Stage, Totals};
use crate::meaning::Results;
use crate::model::DeclarationId;
use crate::plan::StepId;
use crate::report::Run;
use crate::value::Outcome;
use indexmap::IndexMap;

/// A result, and the aggregates whose members are to blame that it is missing.
pub(super) type Asked = (DeclarationId, Vec<StepId>);

/// Why results of the nation are missing, in words.
pub(super) fn of_nation<'a, S: Source, F: Form>(
    job: &Job<'a>,
    making: &Making<'a>,
    open: impl Fn(&mut Found) -> Result<S, Stop>,
    _: &F,
    nation: &eval::Run<'_>,
    results: &Results,
    totals: &Totals,
) -> Result<IndexMap<DeclarationId, String>, Stop> {
    let is_missing = |id: &DeclarationId| results.get(*id, 0).is_some_and(Outcome::is_missing);
    let missing = job.of_nation.iter().copied().filter(is_missing);
    let asked: Vec<Asked> =
        missing.map(|id| (id, nation.blamed_totals(id))).filter(|(_, blamed)| !blamed.is_empty()).collect();
    if asked.is_empty() {
        return Ok(IndexMap::new());
    }
    let blamed: Vec<StepId> = asked.iter().flat_map(|(_, blamed)| blamed).copied().collect();
    let others = totals.without(&blamed);
    let outputs: Vec<DeclarationId> = asked.iter().map(|(id, _)| *id).collect();
    let portion = Portion::new(job.plan, &outputs, Stage { totals: &others, gives_results: false });
    let pass = Pass { job, making, portion: &portion, asked_why: &asked };
    let made = pass.run::<S, F>(&open, None)?;
    let data = making.nothing();
    let run = Run::new(job.model, job.sources, &data, results, job.options);
    let mut whys = IndexMap::new();
    for ((id, _), mut causes) in asked.into_iter().zip(made.causes) {
        if let Some(Outcome::Missing(own)) = results.get(id, 0) {
            causes.add(&run.words(), own);
        }
        whys.insert(id, causes.text());
    }
    Ok(whys)
}
