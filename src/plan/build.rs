//! From a model to a plan: declarations in their order, series period by period, common steps once.

use super::allocation::Shared;
use super::{Counted, FrameId, Op, Output, Place, Plan, Step, StepId};
use crate::model::{DeclarationId, DeclarationKind, Level, Model, TableId};
use crate::source::Span;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use std::hash::BuildHasher;

/// The most steps of a plan, and the most that they read of each other in all: what is made of every period of a long
/// series reads as many steps as it has periods, at each of them. Beyond it a run takes the reference meaning,
/// which has no steps.
const MOST_READS: usize = 2_000_000;

/// The plan of a model that is free of errors. A declaration that says something the column engine does not do, such
/// as reading figures with a new definition from some period on, is left to the reference, and so is what rests on
/// it. `None` where nothing is left, or where the rules have a shape that no columns have: records below a series, a
/// series of the nation itself, or series so long that the plan would be out of all proportion.
pub fn from_model(model: &Model) -> Option<Plan> {
    let mut planner = Planner::new(model)?;
    for group in &model.order {
        let mut visits: Vec<(i32, usize, DeclarationId, u32)> = Vec::new();
        for (position, id) in group.iter().enumerate() {
            let level = model.declaration(*id).level;
            for period in 0..planner.periods(level) {
                let ordinal = planner.first_ordinal(level).saturating_add(i32::try_from(period).ok()?);
                visits.push((ordinal, position, *id, period));
            }
        }
        visits.sort_by_key(|(ordinal, position, ..)| (*ordinal, *position));
        planner.is_beyond = false;
        let before = planner.plan.steps.len();
        for (_, _, id, period) in visits {
            planner.declaration(id, period);
            if planner.reads > MOST_READS {
                return None;
            }
            if planner.is_beyond {
                break;
            }
        }
        if planner.is_beyond {
            planner.take_back(before);
        }
        // The members of a group read each other, so that they are planned together or not at all.
        for id in group {
            if let Some(output) = planner.plan.outputs.get_mut(id.index()) {
                *output = if planner.is_beyond { Output::default() } else { std::mem::take(output) };
                output.is_planned = !planner.is_beyond;
            }
        }
    }
    planner.plan.outputs.iter().any(|output| output.is_planned).then_some(planner.plan)
}

/// Where an expression is evaluated: a level, and of a series the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) level: Level,
    pub(super) period: u32,
    pub(super) frame: FrameId,
    /// Whether the asked-for row is another than the declaration's own.
    pub(super) is_elsewhere: bool,
    /// Whether it is asked for at all, where that depends on the row.
    pub(super) reached: Option<StepId>,
}

pub(super) struct Planner<'m> {
    pub(super) model: &'m Model,
    pub(super) plan: Plan,
    /// The frame of each table.
    frames: Vec<FrameId>,
    known: Known,
    /// The declaration that is being planned.
    pub(super) current: DeclarationId,
    /// The aggregates that it rests on.
    pub(super) counted: Vec<Counted>,
    /// What was made of a series so far: by the declaration and the words that ask, and the period.
    pub(super) ran: HashMap<(DeclarationId, Span, u32), StepId>,
    /// How many steps there are, and how many they read.
    reads: usize,
    /// Whether something came up that the engine does not run.
    pub(super) is_beyond: bool,
}

/// Whether a step can have a fault, which is told of the place where it is.
fn can_fault(op: &Op) -> bool {
    !matches!(
        op,
        Op::Constant(_)
            | Op::Column(..)
            | Op::Parameter(_)
            | Op::ParameterIn(..)
            | Op::ParameterAt(..)
            | Op::Above(_)
            | Op::Not(_)
            | Op::Negate(_)
            | Op::SizeOf(_)
            | Op::Days(..)
            | Op::Groups(_)
            | Op::OfGroup { .. }
            | Op::Part(..)
            | Op::Climb { .. }
            | Op::Stands { .. }
            | Op::Compare(..)
            | Op::Logic(..)
            | Op::IsMissing(..)
            | Op::IsKnown(..)
            | Op::Bound(..)
            | Op::If(..)
            | Op::OnlyIf(..)
            | Op::IfMissing(..)
            | Op::Accepts { .. }
            | Op::MayApply { .. }
            | Op::State(..)
            | Op::Verdict(..)
    )
}

/// Steps that were made already, by what they do.
#[derive(Default)]
struct Known {
    hasher: DefaultHashBuilder,
    /// What a step does as a number, and which it is.
    steps: HashTable<(u64, StepId)>,
}

impl Known {
    /// The number of a step. Steps that can have a fault are the same only at the same place.
    fn number(&self, step: &Step) -> u64 {
        self.hasher.hash_one((&step.op, step.frame, can_fault(&step.op).then_some(step.place)))
    }

    fn find(&self, number: u64, step: &Step, steps: &[Step]) -> Option<StepId> {
        let is_same = |other: &Step| {
            other.op == step.op && other.frame == step.frame && (other.place == step.place || !can_fault(&step.op))
        };
        let found = self.steps.find(number, |(_, id)| steps.get(id.index()).is_some_and(is_same));
        found.map(|(_, id)| *id)
    }

    fn insert(&mut self, number: u64, id: StepId) {
        self.steps.insert_unique(number, (number, id), |(number, _)| *number);
    }

    fn forget(&mut self, step: &Step, id: usize) {
        if let Ok(known) = self.steps.find_entry(self.number(step), |(_, known)| known.index() == id) {
            known.remove();
        }
    }
}

impl<'m> Planner<'m> {
    fn new(model: &'m Model) -> Option<Self> {
        let mut plan = Plan { frames: vec![Level::Nation], ..Plan::default() };
        let mut frames = Vec::new();
        for (number, table) in model.tables.iter().enumerate() {
            let is_below_series = table.parents.iter().any(|parent| model.table(*parent).series.is_some());
            if is_below_series {
                return None;
            }
            match (&table.series, table.parents.as_slice()) {
                (Some(_), [parent]) => frames.push(*frames.get(parent.index())?),
                (Some(_), []) => return None,
                // A series of several tables has a row for each of their combinations that occurs.
                _ => {
                    frames.push(FrameId(u32::try_from(plan.frames.len()).ok()?));
                    plan.frames.push(Level::Table(TableId::from_index(number)));
                }
            }
        }
        plan.outputs = vec![Output::default(); model.declarations.len()];
        Some(Self {
            model,
            plan,
            frames,
            known: Known::default(),
            current: DeclarationId(0),
            counted: Vec::new(),
            ran: HashMap::new(),
            reads: 0,
            is_beyond: false,
        })
    }

    /// The frame of a level.
    pub(super) fn frame(&self, level: Level) -> FrameId {
        match level {
            Level::Nation => FrameId::NATION,
            Level::Table(table) => self.frames.get(table.index()).copied().unwrap_or(FrameId::NATION),
        }
    }

    /// How many periods a level has: 1 where it is no series.
    pub(super) fn periods(&self, level: Level) -> u32 {
        let Level::Table(table) = level else { return 1 };
        self.model.table(table).series.map_or(1, |series| {
            u32::try_from(i64::from(series.last.ordinal) - i64::from(series.first.ordinal) + 1).unwrap_or(0)
        })
    }

    /// The ordinal of the first period of a level; 0 where it is no series.
    pub(super) fn first_ordinal(&self, level: Level) -> i32 {
        let Level::Table(table) = level else { return 0 };
        self.model.table(table).series.map_or(0, |series| series.first.ordinal)
    }

    /// The context of a level at a period.
    pub(super) fn context(&self, level: Level, period: u32) -> Context {
        Context { level, period, frame: self.frame(level), is_elsewhere: false, reached: None }
    }

    /// A context in which other rows are visited from `from`.
    pub(super) fn elsewhere(&self, level: Level, period: u32, from: Context) -> Context {
        Context { is_elsewhere: true, reached: from.reached, ..self.context(level, period) }
    }

    /// Adds a step, or finds the same one. Steps that can have a fault are the same only at the same place.
    pub(super) fn add(&mut self, op: Op, span: Span, context: Context) -> StepId {
        let place = Place { declaration: self.current, span, level: context.level, period: context.period };
        let step = Step { op, frame: context.frame, place };
        let number = self.known.number(&step);
        if let Some(known) = self.known.find(number, &step, &self.plan.steps) {
            return known;
        }
        let id = StepId(u32::try_from(self.plan.steps.len()).unwrap_or(u32::MAX));
        self.reads = self.reads.saturating_add(1 + step.op.reads().len());
        self.plan.steps.push(step);
        self.known.insert(number, id);
        id
    }

    /// Takes back the steps from a place on: nothing reads them.
    fn take_back(&mut self, from: usize) {
        for (number, step) in self.plan.steps.drain(from..).enumerate() {
            self.known.forget(&step, from + number);
        }
    }

    /// Plans a declaration at a period of its level.
    fn declaration(&mut self, id: DeclarationId, period: u32) {
        self.current = id;
        self.counted.clear();
        let model = self.model;
        let declaration = model.declaration(id);
        let context = self.context(declaration.level, period);
        let mut holds = None;
        let value = match &declaration.kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => self.formula(formula, context),
            DeclarationKind::Condition { met, exemptions } => {
                let (state, is_held) = self.condition(met, exemptions, context);
                holds = Some(is_held);
                state
            }
            DeclarationKind::Permission { used: when } | DeclarationKind::Check { holds: when } => {
                self.expression(when, context)
            }
            DeclarationKind::Discretion(choice) => self.expression(choice, context),
            DeclarationKind::Ladder { steps, up, down, again } => {
                self.ladder(steps, [again.as_deref(), Some(up), down.as_deref()], declaration.span, context)
            }
            DeclarationKind::Outcome { lower_is_better, baseline, target, actual } => {
                self.verdict(*lower_is_better, *baseline, *target, *actual, declaration.span, context)
            }
            DeclarationKind::Allocation { pot, weight, step, least, greatest } => {
                let shared = Shared { pot, weight, step, bounds: [least.as_deref(), greatest.as_deref()] };
                self.allocation(&shared, declaration.span, context)
            }
        };
        let counted = std::mem::take(&mut self.counted);
        if let Some(output) = self.plan.outputs.get_mut(id.index()) {
            output.values.push(value);
            output.holds.extend(holds);
            output.counted.push(counted);
        }
    }

    /// A declaration's result as it is read: of a condition, whether it holds.
    pub(super) fn result(&mut self, id: DeclarationId, span: Span, context: Context) -> StepId {
        let declaration = self.model.declaration(id);
        let is_condition = matches!(declaration.kind, DeclarationKind::Condition { .. });
        let output = self.plan.outputs.get(id.index());
        let found = output.and_then(|output| {
            let of = if is_condition { &output.holds } else { &output.values };
            let period = if declaration.level == context.level { context.period } else { 0 };
            of.get(period as usize).copied()
        });
        match found {
            Some(step) => self.reach(step, span, context),
            // What the reference gives is not there while columns are run.
            None => self.beyond(span, context),
        }
    }

    /// A step of another frame as it is read from a context.
    pub(super) fn reach(&mut self, step: StepId, span: Span, context: Context) -> StepId {
        let frame = self.plan.steps.get(step.index()).map_or(FrameId::NATION, |step| step.frame);
        if frame == context.frame { step } else { self.add(Op::Above(step), span, context) }
    }
}
