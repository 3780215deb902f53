//! The column engine: a plan over data, a batch of rows at a time, on machine integers that provably hold every
//! value exactly.
//!
//! In: a model, a dataset and options. Out: the same [`Results`] as the reference ([`crate::meaning`]), which
//! defines what they are: every value, every cause of a missing one, every fault.
//!
//! A plan is run in passes. A pass takes the steps of one frame that depend on nothing but earlier passes,
//! binds them (`bind`: shapes, ranges, factors) and runs them over the rows (`pass`, `kernel`). Steps that look at a
//! frame as a whole, such as totals of the nation, stand between passes (`whole`, `rank`, `shares`, `peers`), or are
//! added up block by block (`fold`). What a lane lacks is kept as a set of places (`sites`, `why`), from which causes
//! are made where somebody asks (`outcome`).

mod bind;
mod digits;
mod field;
#[cfg(feature = "parquet")]
mod figure;
mod fold;
mod frames;
mod kernel;
mod layout;
mod missing;
mod outcome;
mod parameters;
mod pass;
mod peers;
mod range;
mod rank;
mod results;
mod shape;
mod shares;
mod sites;
mod texts;
mod vector;
mod whole;
mod why;

use crate::data::Dataset;
use crate::meaning::{self, Results, RunOptions};
use crate::model::{DeclarationId, Model};
use crate::plan::{self, FrameId, Plan, StepId};
use bind::World;
pub use field::{Field, Fields};
#[cfg(feature = "parquet")]
pub use figure::Figure;
pub use fold::{Stage, Totals, can_fold};
use std::collections::BTreeMap;

/// Evaluates every declaration of a model at every row of its level, by one thread. The same as
/// [`meaning::evaluate`], which it asks for what no plan can do.
pub fn evaluate(model: &Model, data: &Dataset, options: &RunOptions) -> Results {
    let planned = plan::from_model(model);
    let run = planned.as_ref().and_then(|plan| Run::new(plan, model, data, options, Wanted::Results, 1));
    match run {
        Some(run) => run.results(),
        None => meaning::evaluate(model, data, options),
    }
}

/// What is wanted of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Values, causes, and on how many records each aggregate rests.
    Results,
    /// Values and causes; on how many records aggregates rest only for results of the nation.
    Columns,
}

/// A plan that was run: the results as columns.
#[derive(Debug)]
pub struct Run<'a> {
    world: World<'a>,
    parts: Totals,
}

impl<'a> Run<'a> {
    /// Runs a plan. `None` where something came up that the engine does not do, and where columns are wanted of
    /// a plan that leaves something to the reference.
    pub fn new(
        plan: &'a Plan,
        model: &'a Model,
        data: &'a Dataset,
        options: &'a RunOptions,
        wanted: Wanted,
        threads: usize,
    ) -> Option<Self> {
        if wanted == Wanted::Columns && !plan.is_complete() {
            return None;
        }
        let all: Vec<DeclarationId> = (0..plan.outputs.len()).map(DeclarationId::from_index).collect();
        let schedule = Schedule::new(plan, wanted, &all, |_| true);
        Self::of(Self::world(plan, model, data, options)?, &schedule, None, threads)
    }

    /// Runs a stage of a plan over a block of data. `None` where something came up that the engine does not do, or
    /// that takes all data at once.
    pub fn over_block(
        portion: &'a Portion<'_>,
        model: &'a Model,
        data: &'a Dataset,
        options: &'a RunOptions,
    ) -> Option<Self> {
        let Portion { plan, stage, schedule } = portion;
        let mut world = Self::world(plan, model, data, options)?;
        world.totals = Some(stage.totals);
        Self::of(world, schedule, Some(*stage), 1)
    }

    /// The parts of aggregates of the nation that a block makes.
    pub fn take_parts(&mut self) -> Totals {
        std::mem::take(&mut self.parts)
    }

    fn world(plan: &'a Plan, model: &'a Model, data: &'a Dataset, options: &'a RunOptions) -> Option<World<'a>> {
        Some(World {
            model,
            data,
            options,
            plan,
            as_at: options.as_at.or(model.ruleset.in_force_from()),
            frames: frames::Frames::new(plan, model, data)?,
            texts: texts::Texts::default(),
            sites: vec![sites::Sites::default(); plan.frames.len()],
            whys: vec![why::Whys::default(); plan.frames.len()],
            kept: vec![None; plan.steps.len()],
            totals: None,
            peers: peers::Found::default(),
        })
    }

    fn of(mut world: World<'a>, schedule: &Schedule, stage: Option<Stage<'a>>, threads: usize) -> Option<Self> {
        let plan = world.plan;
        let mut parts = Totals::default();
        for (frame, steps) in &schedule.passes {
            let (whole, plain): (Vec<StepId>, Vec<StepId>) =
                steps.iter().partition(|step| whole::is_whole(&plan.step(**step).op, *frame));
            for step in whole {
                let is_done = match stage {
                    Some(stage) => fold::run(&mut world, step, stage, &mut parts)?,
                    None => false,
                };
                if !is_done {
                    whole::run(&mut world, step)?;
                }
            }
            pass::run(&mut world, *frame, &plain, |step| schedule.keeps(step), threads)?;
        }
        Some(Self { world, parts })
    }
}

/// What of a plan is run over each of many blocks.
#[derive(Debug)]
pub struct Portion<'p> {
    plan: &'p Plan,
    stage: Stage<'p>,
    schedule: Schedule,
}

impl<'p> Portion<'p> {
    /// A stage of a plan, as far as these results ask for it.
    pub fn new(plan: &'p Plan, outputs: &[DeclarationId], stage: Stage<'p>) -> Self {
        let needed = fold::needed(plan, outputs, stage);
        let is_needed = |step: StepId| needed.get(step.index()).copied().unwrap_or(false);
        Self { plan, stage, schedule: Schedule::new(plan, Wanted::Columns, outputs, is_needed) }
    }
}

/// Which steps run when, and which are kept for later.
#[derive(Debug)]
struct Schedule {
    passes: Vec<(FrameId, Vec<StepId>)>,
    is_kept: Vec<bool>,
}

impl Schedule {
    /// What it takes for these results, of which only some steps are run.
    fn new(plan: &Plan, wanted: Wanted, outputs: &[DeclarationId], is_run: impl Fn(StepId) -> bool) -> Self {
        let mut pass_of: Vec<u32> = Vec::with_capacity(plan.steps.len());
        let mut is_kept = vec![false; plan.steps.len()];
        let mut passes: BTreeMap<(u32, FrameId), Vec<StepId>> = BTreeMap::new();
        for (number, step) in plan.steps.iter().enumerate() {
            let is_whole = whole::is_whole(&step.op, step.frame);
            let mut pass = 0;
            for read in step.op.reads() {
                let of = pass_of.get(read.index()).copied().unwrap_or(0);
                let is_other = is_whole || plan.step(read).frame != step.frame;
                pass = pass.max(if is_other { of + 1 } else { of });
            }
            pass_of.push(pass);
            let id = StepId(u32::try_from(number).unwrap_or(u32::MAX));
            if !is_run(id) {
                continue;
            }
            for read in step.op.reads() {
                let is_later = pass_of.get(read.index()).is_some_and(|of| *of != pass);
                if is_later || plan.step(read).frame != step.frame {
                    is_kept[read.index()] = true;
                }
            }
            passes.entry((pass, step.frame)).or_default().push(id);
        }
        let mut keep = |step: StepId| {
            if let Some(kept) = is_kept.get_mut(step.index()) {
                *kept = true;
            }
        };
        for output in outputs.iter().filter_map(|id| plan.outputs.get(id.index())) {
            output.values.iter().for_each(|step| keep(*step));
            if wanted == Wanted::Results {
                output.holds.iter().for_each(|step| keep(*step));
            }
            let is_of_nation = output.values.iter().any(|step| plan.step(*step).frame == FrameId::NATION);
            if wanted != Wanted::Results && !is_of_nation {
                continue;
            }
            for counted in output.counted.iter().flatten() {
                keep(counted.gather);
                counted.reached.into_iter().for_each(&mut keep);
                plan.step(counted.gather).op.reads().into_iter().for_each(&mut keep);
            }
        }
        Self { passes: passes.into_iter().map(|((_, frame), steps)| (frame, steps)).collect(), is_kept }
    }

    fn keeps(&self, step: StepId) -> bool {
        self.is_kept.get(step.index()).copied().unwrap_or(false)
    }
}
