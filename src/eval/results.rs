//! Results as the reference gives them, from the columns of a run.

use super::Run;
use super::bind::World;
use super::kernel::slow::{self, Made, Member};
use crate::meaning::{Basis, Results, complete};
use crate::model::{DeclarationId, Level};
use crate::plan::{self, Counted, FrameId, Op, StepId};
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
            let frame = output.values.first().map_or(FrameId::NATION, |step| world.plan.step(*step).frame);
            let mut known = HashMap::new();
            for lane in 0..rows {
                for (period, counted) in output.counted.iter().enumerate() {
                    let row = lane * periods + period;
                    let outcome = results.values.last().and_then(|values| values.get(row));
                    let Some(outcome) = outcome.filter(|_| !counted.is_empty()) else { continue };
                    if let Some(basis) = world.basis(counted, (frame, lane), outcome, &mut known) {
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
    /// Those of the nation and of groups are the same for many rows, and are kept.
    fn basis(
        &self,
        counted: &[Counted],
        (frame, row): (FrameId, usize),
        outcome: &Outcome,
        known: &mut HashMap<(StepId, usize, bool), Basis>,
    ) -> Option<Basis> {
        let mut kept: Option<Basis> = None;
        for one in counted {
            let is_reached = one.reached.is_none_or(|step| self.outcome(step, row) == Outcome::Known(true.into()));
            if !is_reached {
                continue;
            }
            let is_of_nation = self.plan.step(one.gather).frame == FrameId::NATION;
            let lane = match one.of_group.map(|step| &self.plan.step(step).op) {
                Some(Op::OfGroup { groups, period, .. }) => self.group_at(*groups, *period, frame, row)?,
                _ if is_of_nation => 0,
                _ => row,
            };
            let basis = if is_of_nation || one.of_group.is_some() {
                let key = (one.gather, lane, one.is_whole && outcome.is_missing());
                known.entry(key).or_insert_with(|| self.basis_of(one, lane, outcome)).clone()
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

    /// The group of the record that a row of a frame belongs to.
    fn group_at(&self, groups: StepId, period: u32, frame: FrameId, row: usize) -> Option<usize> {
        let of = self.plan.step(groups).frame;
        let row = if of == frame { row } else { self.frames.known_link(frame, of)?.at(row) };
        Some(self.peers.groups(groups)?.number(period, row))
    }

    fn basis_of(&self, counted: &Counted, lane: usize, outcome: &Outcome) -> Basis {
        if let Some(basis) = self.totals.and_then(|totals| totals.basis(counted, outcome)) {
            return basis;
        }
        let step = self.plan.step(counted.gather);
        let (op, all) = match &step.op {
            Op::Gather { op, members, .. } => (*op, members.as_slice()),
            _ => (AggregateOp::Sum, &[][..]),
        };
        let peers = self.groups_of(counted.gather).map(|groups| groups.peers(lane));
        let counts_all = matches!(op, AggregateOp::Count | AggregateOp::Share);
        let (mut determined, mut undetermined) = (0u32, 0u32);
        let mut add = |member: &plan::Member, at: usize, is_doubtful: bool| {
            let counts = member.counts.map_or(Some(true), |step| self.answer(step, at));
            let is_known = match counts {
                Some(false) if !counts_all => return,
                Some(false) => true,
                Some(true) if !is_doubtful => {
                    [member.value, member.with].into_iter().flatten().all(|step| self.is_known(step, at))
                }
                _ => false,
            };
            let into = if is_known { &mut determined } else { &mut undetermined };
            *into = into.saturating_add(1);
        };
        match &peers {
            Some(peers) => peers.iter().for_each(|peer| {
                let (period, row) = peer.record;
                if let Some(member) = all.get(period as usize) {
                    add(member, row as usize, peer.is_doubtful);
                }
            }),
            None => self.member_lanes(counted.gather, lane).for_each(|(member, at)| add(&member, at, false)),
        }
        let mut partial = None;
        // Of the latest period no part is told.
        let tells = counted.is_whole && outcome.is_missing() && op != AggregateOp::LatestPeriod;
        if tells && undetermined > 0 {
            let members: Vec<Member> = match peers {
                Some(peers) => peers.into_iter().map(|peer| self.peer(all, peer)).collect(),
                None => self.member_lanes(counted.gather, lane).map(|(member, at)| self.member(&member, at)).collect(),
            };
            let known: Vec<Member> = members.into_iter().filter(Member::is_known).collect();
            if let Made::Item(item) = slow::make(op, &known) {
                partial = self.item_value(&item, all.iter().find_map(|member| member.value));
            }
        }
        Basis { table: counted.over, determined, undetermined, partial }
    }
}
