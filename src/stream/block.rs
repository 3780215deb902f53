//! What a block gives: rows of results, parts of totals, and checks that fail.

use super::turns::Pass;
use super::{Failures, Form};
use crate::data::Dataset;
use crate::data::blocks::Stop;
use crate::eval::{self, Totals};
use crate::meaning::Results;
use crate::report::Run;

/// What a block gives.
#[derive(Debug)]
pub(super) struct Given<R> {
    pub(super) parts: Totals,
    pub(super) rows: Option<R>,
    pub(super) failures: Vec<Failures>,
}

impl<R> Given<R> {
    pub(super) fn nothing() -> Self {
        Self { parts: Totals::default(), rows: None, failures: Vec::new() }
    }
}

impl Pass<'_, '_> {
    /// Evaluates a block.
    pub(super) fn evaluate<F: Form>(&self, data: &Dataset, form: Option<&F>) -> Result<Given<F::Rows>, Stop> {
        let job = self.job;
        let run = eval::Run::over_block(job.plan, job.model, data, job.options, self.outputs, self.stage);
        let mut columns = run.ok_or(Stop::Whole)?;
        let parts = columns.take_parts();
        let Some(form) = form else { return Ok(Given { parts, ..Given::nothing() }) };
        let as_at = job.options.as_at.or(job.model.ruleset.in_force_from());
        let results = Results { as_at, ..Results::default() };
        let run = Run::new(job.model, job.sources, data, &results, job.options).with_columns(&columns);
        let mut failures: Vec<Failures> = Vec::new();
        for (check, row) in run.failed_checks() {
            let at = |run: &Run<'_>| run.rows.at(job.model.declaration(check).level, row);
            match failures.last_mut().filter(|last| last.check == check) {
                Some(last) => {
                    last.count += 1;
                    if job.names_failures {
                        last.records.push(at(&run));
                    }
                }
                None => failures.push(Failures { check, count: 1, records: vec![at(&run)] }),
            }
        }
        Ok(Given { parts, rows: Some(form.rows(&run)?), failures })
    }
}

/// Puts the checks that fail in a further block to those that failed before.
pub(super) fn add_failures(all: &mut Vec<Failures>, more: Vec<Failures>, names_all: bool) {
    for more in more {
        match all.iter_mut().find(|known| known.check == more.check) {
            Some(known) => {
                known.count += more.count;
                if names_all {
                    known.records.extend(more.records);
                }
            }
            None => all.push(more),
        }
    }
    all.sort_by_key(|failures| failures.check);
}
