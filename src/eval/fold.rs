//! Totals of the nation over data that come a block at a time: a part of each from every block, added up.
//!
//! In: a plan and blocks of its one table. Out: [`Totals`], which stand for the aggregates of the nation where the
//! rest of the plan is run, and say on how many records each rests. What needs every record at once (a rank, a median)
//! cannot be folded.

use super::Run;
use super::bind::{Kept, World};
use super::outcome::factor_of;
use super::pass;
use super::range::{Factor, Range};
use super::shape::{Codes, Shape};
use super::sites::Site;
use super::vector::{Lanes, Slices, Vector};
use super::whole::is_whole;
use crate::meaning::Basis;
use crate::model::DeclarationId;
use crate::plan::{self, Counted, FrameId, Op, Plan, StepId};
use crate::syntax::ast::AggregateOp;
use crate::value::{Causes, Fault, Number, Outcome, Value};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What of a plan is run over blocks: what rests on no aggregate of the nation but those that are known.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'t> {
    /// The aggregates that are known; a part is made of each other one.
    pub totals: &'t Totals,
    /// Whether results are wanted too, or only parts of aggregates.
    pub gives_results: bool,
}

/// Aggregates of the nation, by their steps.
#[derive(Debug, Clone, Default)]
pub struct Totals(BTreeMap<StepId, Total>);

/// How an aggregate stands.
#[derive(Debug, Clone)]
struct Total {
    op: AggregateOp,
    /// How many members there are.
    members: u64,
    /// How many of them it rests on, and how many lack what it takes.
    determined: u64,
    undetermined: u64,
    /// Whether some member is to blame that there is no value.
    is_blamed: bool,
    /// How many count and have a value.
    counted: i64,
    sum: Number,
    /// The least or greatest.
    best: Option<Value>,
    /// For `any` and `all`, whether a member has settled it.
    is_settled: bool,
}

/// What came of an aggregate.
enum Made {
    Value(Value),
    Fault(Fault),
    Blame,
}

/// Whether an aggregate of the nation can be made of its parts.
fn is_folded(plan: &Plan, step: StepId) -> bool {
    let step = plan.step(step);
    let is_of_nation = step.frame == FrameId::NATION && is_whole(&step.op, step.frame);
    let is_weighted = |members: &[plan::Member]| members.iter().any(|member| member.with.is_some());
    matches!(
        &step.op,
        Op::Gather {
            op: AggregateOp::Count
                | AggregateOp::Share
                | AggregateOp::Sum
                | AggregateOp::Mean
                | AggregateOp::Any
                | AggregateOp::All
                | AggregateOp::Least
                | AggregateOp::Greatest,
            members,
            ..
        } if is_of_nation && !is_weighted(members)
    )
}

fn steps(plan: &Plan) -> impl DoubleEndedIterator<Item = StepId> {
    (0..plan.steps.len()).map(|number| StepId(u32::try_from(number).unwrap_or(u32::MAX)))
}

/// Which steps a stage takes for these results.
pub(super) fn needed(plan: &Plan, outputs: &[DeclarationId], stage: Stage<'_>) -> Vec<bool> {
    let is_later = rests_on_more_than(plan, stage.totals);
    let mut is_needed = asked_for(plan, outputs, stage.totals);
    let is_part = |step: StepId| is_folded(plan, step) && !stage.totals.0.contains_key(&step);
    if !stage.gives_results {
        let mut is_read = vec![false; plan.steps.len()];
        for step in steps(plan).rev() {
            let at = step.index();
            is_read[at] |= is_needed[at] && !is_later[at] && is_part(step);
            if is_read[at] && (is_part(step) || !is_folded(plan, step)) {
                plan.step(step).op.reads().into_iter().for_each(|read| is_read[read.index()] = true);
            }
        }
        is_needed = is_read;
    }
    is_needed.iter_mut().zip(is_later).for_each(|(needed, is_later)| *needed &= !is_later);
    is_needed
}

/// Which steps are asked for by these results, where some aggregates are known.
fn asked_for(plan: &Plan, outputs: &[DeclarationId], totals: &Totals) -> Vec<bool> {
    let mut is_asked = vec![false; plan.steps.len()];
    for output in outputs.iter().filter_map(|id| plan.outputs.get(id.index())) {
        output.values.iter().for_each(|step| is_asked[step.index()] = true);
        let is_of_nation = output.values.iter().any(|step| plan.step(*step).frame == FrameId::NATION);
        for counted in output.counted.iter().flatten().filter(|_| is_of_nation) {
            is_asked[counted.gather.index()] = true;
            counted.reached.into_iter().for_each(|step| is_asked[step.index()] = true);
        }
    }
    for step in steps(plan).rev().filter(|step| !totals.0.contains_key(step)) {
        if is_asked[step.index()] {
            plan.step(step).op.reads().into_iter().for_each(|read| is_asked[read.index()] = true);
        }
    }
    is_asked
}

/// Whether each step rests on an aggregate of the nation that is not known.
fn rests_on_more_than(plan: &Plan, totals: &Totals) -> Vec<bool> {
    let mut rests: Vec<bool> = Vec::with_capacity(plan.steps.len());
    for (number, step) in steps(plan).zip(&plan.steps) {
        let on = |read: &StepId| {
            let is_open = is_folded(plan, *read) && !totals.0.contains_key(read);
            is_open || rests.get(read.index()).copied().unwrap_or(false)
        };
        rests.push(!totals.0.contains_key(&number) && step.op.reads().iter().any(on));
    }
    rests
}

/// Whether a plan can be run over blocks of its one table for these results.
pub fn can_fold(plan: &Plan, outputs: &[DeclarationId]) -> bool {
    let asked = asked_for(plan, outputs, &Totals::default());
    let mut whole =
        steps(plan).filter(|step| asked[step.index()] && is_whole(&plan.step(*step).op, plan.step(*step).frame));
    whole.all(|step| is_folded(plan, step))
}

impl Totals {
    /// Adds parts of further blocks. Nothing where a number becomes too large to hold.
    pub fn add(&mut self, more: Self) -> Option<()> {
        for (step, more) in more.0 {
            match self.0.entry(step) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(more);
                }
                std::collections::btree_map::Entry::Occupied(mut known) => known.get_mut().add(more)?,
            }
        }
        Some(())
    }

    /// Whether these results rest on no aggregates but those that are known.
    pub fn suffice(&self, plan: &Plan, outputs: &[DeclarationId]) -> bool {
        let asked = asked_for(plan, outputs, self);
        steps(plan).all(|step| !asked[step.index()] || !is_folded(plan, step) || self.0.contains_key(&step))
    }

    /// Those without some.
    pub fn without(&self, steps: &[StepId]) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(step, _)| !steps.contains(step))
                .map(|(step, total)| (*step, total.clone()))
                .collect(),
        )
    }

    /// Whether records rest, for these results, on an aggregate that has no value because members lack theirs: each
    /// of them would lack what all of those do.
    pub fn spread_lacks(&self, plan: &Plan, outputs: &[DeclarationId]) -> bool {
        let asked = asked_for(plan, outputs, self);
        let mut lacks: Vec<bool> = Vec::with_capacity(plan.steps.len());
        for (number, step) in steps(plan).zip(&plan.steps) {
            let total = self.0.get(&number);
            lacks.push(match total {
                Some(total) => matches!(total.made(), Made::Blame),
                None => {
                    let read =
                        step.op.reads().into_iter().any(|read| lacks.get(read.index()).copied().unwrap_or(false));
                    step.frame == FrameId::NATION && read
                }
            });
        }
        steps(plan).zip(&plan.steps).any(|(number, step)| {
            let is_of_records = step.frame != FrameId::NATION && asked[number.index()];
            is_of_records && step.op.reads().into_iter().any(|read| lacks.get(read.index()).copied().unwrap_or(false))
        })
    }

    /// On how many records a result rests.
    pub(super) fn basis(&self, counted: &Counted, outcome: &Outcome) -> Option<Basis> {
        let total = self.0.get(&counted.gather)?;
        let is_partial = counted.is_whole && outcome.is_missing() && total.undetermined > 0;
        let bounded = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Some(Basis {
            table: counted.over,
            determined: bounded(total.determined),
            undetermined: bounded(total.undetermined),
            partial: if is_partial { total.partial() } else { None },
        })
    }
}

impl Total {
    fn new(op: AggregateOp) -> Self {
        Self {
            op,
            members: 0,
            determined: 0,
            undetermined: 0,
            is_blamed: false,
            counted: 0,
            sum: Number::zero(),
            best: None,
            is_settled: false,
        }
    }

    fn add(&mut self, more: Self) -> Option<()> {
        self.members += more.members;
        self.determined += more.determined;
        self.undetermined += more.undetermined;
        self.is_blamed |= more.is_blamed;
        self.counted = self.counted.checked_add(more.counted)?;
        self.sum = self.sum.add(&more.sum).ok()?;
        self.is_settled |= more.is_settled;
        more.best.into_iter().for_each(|value| self.take(value));
        Some(())
    }

    /// Takes a value that may be the least or greatest.
    fn take(&mut self, value: Value) {
        let wanted = if self.op == AggregateOp::Greatest { Ordering::Greater } else { Ordering::Less };
        if self.best.as_ref().is_none_or(|best| order(&value, best) == wanted) {
            self.best = Some(value);
        }
    }

    /// A member: whether it counts, and whether its value is known and what it answers.
    fn member(&mut self, counts: Option<bool>, value: Known) -> bool {
        self.members += 1;
        let counts_all = matches!(self.op, AggregateOp::Count | AggregateOp::Share);
        let is_known = match counts {
            Some(false) if !counts_all => None,
            Some(false) => Some(true),
            Some(true) => Some(value.is_known),
            None => Some(false),
        };
        match is_known {
            Some(true) => self.determined += 1,
            Some(false) => self.undetermined += 1,
            None => {}
        }
        if matches!(self.op, AggregateOp::Any | AggregateOp::All) {
            let any = self.op == AggregateOp::Any;
            let answer = value.is_known.then_some(value.is_yes);
            if counts != Some(false) && answer != Some(!any) {
                match (counts, answer) {
                    (Some(_), Some(_)) => self.is_settled = true,
                    _ => self.is_blamed = true,
                }
            }
            return false;
        }
        self.is_blamed |= counts != Some(false) && is_known == Some(false);
        let is_counted = counts == Some(true) && value.is_known;
        self.counted += i64::from(is_counted);
        is_counted
    }

    fn made(&self) -> Made {
        let any = self.op == AggregateOp::Any;
        match self.op {
            AggregateOp::Any | AggregateOp::All if self.is_settled => Made::Value(Value::YesNo(any)),
            _ if self.is_blamed => Made::Blame,
            AggregateOp::Share => self.over(self.members),
            _ => self.of_known(),
        }
    }

    /// What comes of the members that lack nothing.
    fn partial(&self) -> Option<Value> {
        let made = match self.op {
            AggregateOp::Share => self.over(self.determined),
            _ => self.of_known(),
        };
        match made {
            Made::Value(value) => Some(value),
            Made::Fault(_) | Made::Blame => None,
        }
    }

    fn over(&self, members: u64) -> Made {
        match i64::try_from(members) {
            Ok(0) => Made::Fault(Fault::NoRecords),
            Ok(members) => number(Number::from(self.counted).divide(&Number::from(members)).ok()),
            Err(_) => Made::Fault(Fault::TooLarge),
        }
    }

    fn of_known(&self) -> Made {
        match self.op {
            AggregateOp::Any | AggregateOp::All => Made::Value(Value::YesNo(self.op == AggregateOp::All)),
            AggregateOp::Count => Made::Value(Value::Number(Number::from(self.counted))),
            AggregateOp::Sum => Made::Value(Value::Number(self.sum.clone())),
            _ if self.counted == 0 => Made::Fault(Fault::NoRecords),
            AggregateOp::Mean => number(self.sum.divide(&Number::from(self.counted)).ok()),
            _ => self.best.clone().map_or(Made::Fault(Fault::NoRecords), Made::Value),
        }
    }
}

fn number(number: Option<Number>) -> Made {
    number.map_or(Made::Fault(Fault::TooLarge), |number| Made::Value(Value::Number(number)))
}

fn order(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.cmp(other),
        (Value::Date(one), Value::Date(other)) => one.cmp(other),
        (Value::Period(one), Value::Period(other)) => one.ordinal.cmp(&other.ordinal),
        (Value::YesNo(one), Value::YesNo(other)) => one.cmp(other),
        _ => Ordering::Equal,
    }
}

/// Whether a value is known, and whether it is yes.
#[derive(Clone, Copy)]
struct Known {
    is_known: bool,
    is_yes: bool,
}

impl Run<'_> {
    /// The aggregates whose members are to blame that a result of the nation has no value.
    pub fn blamed_totals(&self, declaration: DeclarationId) -> Vec<StepId> {
        let world = &self.world;
        let Some((step, lane)) = self.place(declaration, 0) else { return Vec::new() };
        let frame = world.plan.step(step).frame;
        let missing = world.kept.get(step.index()).and_then(Option::as_ref).map(|kept| &kept.vector.missing);
        let sites = missing.map_or(&[][..], |missing| world.blamed_sites(frame, missing, lane));
        let sites = sites.iter().filter_map(|number| world.sites.get(frame.index())?.get(*number));
        sites.filter_map(|site| if let Site::Below(gather) = site { Some(*gather) } else { None }).collect()
    }

    /// What the members of aggregates lack in a block of which parts were made.
    pub fn causes_of_members(&self, gathers: &[StepId]) -> Causes {
        let mut causes = BTreeSet::new();
        gathers.iter().for_each(|gather| self.world.causes_below(*gather, 0, &mut causes));
        causes.into_iter().collect()
    }
}

/// The part of an aggregate that a block makes. Nothing where it cannot be folded.
fn part(world: &World<'_>, id: StepId) -> Option<Total> {
    let Op::Gather { op, from, members, .. } = &world.plan.step(id).op else { return None };
    let mut total = Total::new(*op);
    for member in members {
        let wants_values = !matches!(op, AggregateOp::Count | AggregateOp::Share | AggregateOp::Any | AggregateOp::All);
        let value = member.value.map(|step| world.kept.get(step.index()).and_then(Option::as_ref));
        let value = match value {
            Some(None) => return None,
            Some(Some(kept)) if wants_values && matches!(kept.shape, Shape::Code(Codes::Text)) => return None,
            Some(kept) => kept,
            None => None,
        };
        // Whole numbers are added up as such.
        let ints = value.filter(|kept| kept.constant.is_none()).and_then(|kept| match world.lanes(kept) {
            lanes @ (Slices::Int64(_) | Slices::Int32(_)) => {
                matches!(op, AggregateOp::Sum | AggregateOp::Mean).then_some(lanes)
            }
            _ => None,
        });
        let mut sum: i128 = 0;
        for lane in 0..world.frames.rows(*from) {
            let counts = member.counts.map_or(Some(true), |step| world.answer(step, lane));
            let known = Known {
                is_known: member.value.is_none_or(|step| world.is_known(step, lane)),
                is_yes: member.value.is_none_or(|step| world.answer(step, lane).unwrap_or(true)),
            };
            if !total.member(counts, known) || !wants_values {
                continue;
            }
            match ints {
                // 64 bits a row cannot exceed 128 bits in fewer rows than 64 bits count.
                Some(ints) => sum += i128::from(ints.int(lane).unwrap_or(0)),
                None => total.put(world, member, lane)?,
            }
        }
        if let Some(value) = value.filter(|_| ints.is_some()) {
            let sum = Number::fraction(sum, 1)?.multiply(&factor_of(&value.shape)).ok()?;
            total.sum = total.sum.add(&sum).ok()?;
        }
    }
    Some(total)
}

impl Total {
    /// Puts in the value of a member.
    fn put(&mut self, world: &World<'_>, member: &plan::Member, lane: usize) -> Option<()> {
        match (self.op, world.value(member.value?, lane)?) {
            (AggregateOp::Sum | AggregateOp::Mean, Value::Number(number)) => {
                self.sum = self.sum.add(&number).ok()?;
            }
            (AggregateOp::Sum | AggregateOp::Mean, _) => return None,
            (_, value) => self.take(value),
        }
        Some(())
    }
}

/// Runs an aggregate of the nation over a block: makes its part, or puts it in where it is known. Nothing where it
/// can be neither; says no of any other step.
pub(super) fn run(world: &mut World<'_>, id: StepId, stage: Stage<'_>, parts: &mut Totals) -> Option<bool> {
    if !is_folded(world.plan, id) {
        return Some(false);
    }
    match stage.totals.0.get(&id) {
        None => {
            parts.0.insert(id, part(world, id)?);
        }
        Some(total) => {
            let kept = given(world, id, total)?;
            let is_missing = kept.constant.is_none();
            *world.kept.get_mut(id.index())? = Some(kept);
            if is_missing {
                let causes = world.causes(id, 0);
                world.kept.get_mut(id.index())?.as_mut()?.causes = Some(causes);
            }
        }
    }
    Some(true)
}

/// An aggregate that is known, as if it had been computed.
fn given(world: &mut World<'_>, id: StepId, total: &Total) -> Option<Kept> {
    let place = world.plan.step(id).place;
    let site = match total.made() {
        Made::Value(value) => {
            let shape = if matches!(value, Value::YesNo(_)) { Shape::Bool } else { Shape::Exact };
            return Some(pass::whole(Vector::default(), shape, Some(value)));
        }
        Made::Fault(fault) => Site::Fault(fault, place),
        Made::Blame => Site::Below(id),
    };
    let (lanes, shape) = match (total.op, &total.best) {
        (AggregateOp::Any | AggregateOp::All, _) | (_, Some(Value::YesNo(_))) => {
            (Lanes::Bool(vec![false]), Shape::Bool)
        }
        (_, Some(Value::Date(_))) => (Lanes::Code(vec![0]), Shape::Code(Codes::Date)),
        (_, Some(Value::Period(period))) => (Lanes::Code(vec![0]), Shape::Code(Codes::Period(period.kind))),
        _ => (Lanes::Int64(vec![0]), Shape::int(Factor::ONE, Range::at(0))),
    };
    let mut vector = Vector { lanes, ..Vector::default() };
    vector.missing.blame(world.why(FrameId::NATION, site)?, 0, 1);
    Some(pass::whole(vector, shape, None))
}
