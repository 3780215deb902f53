//! What a block gives: rows of results, parts of totals, and checks that fail.

use super::turns::Pass;
use super::whys::Asked;
use super::{Failures, Form};
use crate::data::Dataset;
use crate::data::blocks::Stop;
use crate::eval::{self, Totals};
use crate::meaning::Results;
use crate::model::Level;
use crate::report::Run;
use crate::report::many::ManyCauses;

/// What a block gives.
#[derive(Debug)]
pub(super) struct Given<R> {
    pub(super) parts: Totals,
    pub(super) rows: Option<R>,
    pub(super) failures: Vec<Failures>,
    /// Why members lack what was asked about.
    pub(super) causes: Vec<ManyCauses>,
    pub(super) records: u32,
}

impl<R> Given<R> {
    pub(super) fn nothing() -> Self {
        Self { parts: Totals::default(), rows: None, failures: Vec::new(), causes: Vec::new(), records: 0 }
    }
}

impl Pass<'_, '_> {
    /// Evaluates a block.
    pub(super) fn evaluate<F: Form>(&self, data: &Dataset, form: Option<&F>) -> Result<Given<F::Rows>, Stop> {
        let job = self.job;
        let run = eval::Run::over_block(self.portion, job.model, data, job.options);
        let mut columns = run.ok_or(Stop::Whole)?;
        let parts = columns.take_parts();
        if form.is_none() && self.asked_why.is_empty() {
            return Ok(Given { parts, ..Given::nothing() });
        }
        let as_at = job.options.as_at.or(job.model.ruleset.in_force_from());
        let results = Results { as_at, ..Results::default() };
        let run = Run::new(job.model, job.sources, data, &results, job.options).with_columns(&columns);
        let rows = u32::try_from(run.rows.count(Level::Table(self.making.table))).unwrap_or(u32::MAX);
        let Some(form) = form else {
            let of_block = |(_, blamed): &Asked| {
                let mut causes = ManyCauses::default();
                causes.add(&run.words(), &columns.causes_of_members(blamed));
                causes
            };
            let causes = self.asked_why.iter().map(of_block).collect();
            return Ok(Given { parts, causes, records: rows, ..Given::nothing() });
        };
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
        Ok(Given { parts, rows: Some(form.rows(&run)?), failures, ..Given::nothing() })
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
