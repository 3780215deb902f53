//! Results as the reference gives them, from the columns of a run.

use super::Run;
use super::bind::World;
use super::kernel::slow::{self, Known, Made, Member};
use crate::meaning::{Basis, Results, complete};
use crate::model::{DeclarationId, Level};
use crate::plan::{Counted, FrameId, Op, StepId};
use crate::syntax::ast::AggregateOp;
use crate::value::{Outcome, Value};
use std::collections::HashMap;

impl Run<'_> {
    /// The value of a declaration at a row of its level, if it has one.
    pub fn value(&self, declaration: DeclarationId, row: usize) -> Option<Value> {
        let (step, lane) = self.place(declaration, row)?;
        self.world.value(step, lane)
    }

    /// The outcome of a declaration at a row of its level.
    pub fn outcome(&self, declaration: DeclarationId, row: usize) -> Option<Outcome> {
        let (step, lane) = self.place(declaration, row)?;
        Some(self.world.outcome(step, lane))
    }

    pub(super) fn place(&self, declaration: DeclarationId, row: usize) -> Option<(StepId, usize)> {
        let values = &self.world.plan.outputs.get(declaration.index())?.values;
        let periods = values.len().max(1);
        Some((*values.get(row % periods)?, row / periods))
    }

    /// Everything that came out.
    ///
    /// What the plan leaves to the reference is computed here, on top of what the columns gave.
    pub fn results(&self) -> Results {
        let World { model, data, options, plan, .. } = &self.world;
        let results = self.results_where(|_| true);
        if plan.is_complete() {
            return results;
        }
        let is_planned = |id: DeclarationId| plan.outputs.get(id.index()).is_some_and(|output| output.is_planned);
        complete(model, data, options, results, is_planned)
    }

    /// What came out for the nation alone; for everything else there is nothing.
    pub fn results_of_the_nation(&self) -> Results {
        self.results_where(|level| level == Level::Nation)
    }

    fn results_where(&self, is_wanted: impl Fn(Level) -> bool) -> Results {
        let world = &self.world;
        let mut results = Results { as_at: world.as_at, ..Results::default() };
        for (number, (declaration, output)) in world.model.declarations.iter().zip(&world.plan.outputs).enumerate() {
            let id = DeclarationId::from_index(number);
            if !is_wanted(declaration.level) {
                results.values.push(Vec::new());
                results.holds.push(Vec::new());
                continue;
            }
            results.values.push(world.all(declaration.level, &output.values));
            results.holds.push(world.all(declaration.level, &output.holds));
            let rows = world.rows(declaration.level);
            let periods = output.values.len().max(1);
            let mut of_nation = HashMap::new();
            for lane in 0..rows {
                for (period, counted) in output.counted.iter().enumerate() {
                    let row = lane * periods + period;
                    let outcome = results.values.last().and_then(|values| values.get(row));
                    let Some(outcome) = outcome.filter(|_| !counted.is_empty()) else { continue };
                    if let Some(basis) = world.basis(counted, lane, outcome, &mut of_nation) {
                        results.bases.insert((id, u32::try_from(row).unwrap_or(u32::MAX)), basis);
                    }
                }
            }
        }
        results
    }
}

impl World<'_> {
    /// How many rows a level has, periods of a series taken together.
    fn rows(&self, level: Level) -> usize {
        let Level::Table(table) = level else { return 1 };
        let rows = self.data.tables.get(table.index()).map_or(0, |table| table.rows);
        rows / super::frames::length(self.model, table).max(1)
    }

    /// The outcomes of steps, one for each period, by row.
    fn all(&self, level: Level, steps: &[StepId]) -> Vec<Outcome> {
        let rows = if steps.is_empty() { 0 } else { self.rows(level) };
        (0..rows).flat_map(|lane| steps.iter().map(move |step| self.outcome(*step, lane))).collect()
    }

    /// On how many records a result rests: of several aggregates the least determined one.
    /// Those of the nation are the same for every row, and are kept.
    fn basis(
        &self,
        counted: &[Counted],
        lane: usize,
        outcome: &Outcome,
        of_nation: &mut HashMap<(StepId, bool), Basis>,
    ) -> Option<Basis> {
        let mut kept: Option<Basis> = None;
        for one in counted {
            let is_reached = one.reached.is_none_or(|step| self.outcome(step, lane) == Outcome::Known(true.into()));
            if !is_reached {
                continue;
            }
            let basis = if self.plan.step(one.gather).frame == FrameId::NATION {
                let key = (one.gather, one.is_whole && outcome.is_missing());
                of_nation.entry(key).or_insert_with(|| self.basis_of(one, lane, outcome)).clone()
            } else {
                self.basis_of(one, lane, outcome)
            };
            let rank = |basis: &Basis| (basis.undetermined, basis.determined);
            if kept.as_ref().is_none_or(|kept| rank(&basis) > rank(kept)) {
                kept = Some(basis);
            }
        }
        kept
    }

    fn basis_of(&self, counted: &Counted, lane: usize, outcome: &Outcome) -> Basis {
        if let Some(basis) = self.totals.and_then(|totals| totals.basis(counted, outcome)) {
            return basis;
        }
        let step = self.plan.step(counted.gather);
        let lane = if step.frame == FrameId::NATION { 0 } else { lane };
        let op = match &step.op {
            Op::Gather { op, .. } => *op,
            _ => AggregateOp::Sum,
        };
        let counts_all = matches!(op, AggregateOp::Count | AggregateOp::Share);
        let (mut determined, mut undetermined) = (0u32, 0u32);
        for (member, at) in self.member_lanes(counted.gather, lane) {
            let counts = member.counts.map_or(Some(true), |step| self.answer(step, at));
            if counts == Some(false) && !counts_all {
                continue;
            }
            let is_known = match counts {
                None => false,
                Some(false) => true,
                Some(true) => member.value.is_none_or(|step| self.is_known(step, at)),
            };
            let into = if is_known { &mut determined } else { &mut undetermined };
            *into = into.saturating_add(1);
        }
        let mut partial = None;
        if counted.is_whole && outcome.is_missing() && undetermined > 0 {
            let places: Vec<_> = self.member_lanes(counted.gather, lane).collect();
            let members = places.iter().map(|(member, at)| self.member(member, *at));
            let is_known = |member: &Member| member.counts != Known::Missing && member.value != Known::Missing;
            let known: Vec<Member> = members.filter(is_known).collect();
            if let Made::Item(item) = slow::make(op, &known) {
                partial = self.item_value(&item, places.iter().find_map(|(member, _)| member.value));
            }
        }
        Basis { table: counted.over, determined, undetermined, partial }
    }
}
