//! Steps that look at a frame as a whole: aggregates that climb from one frame to another, and ranks.
//!
//! In: kept vectors. Out: the vector of the step, kept too.

use super::bind::{Kept, World};
use super::kernel::slow::{self, Item, Known, Made, Member};
use super::outcome::factor_of;
use super::range::{Factor, Range};
use super::shape::{Codes, Shape};
use super::sites::Site;
use super::vector::{Lanes, Vector};
use crate::plan::{self, FrameId, Op, StepId};
use crate::syntax::ast::AggregateOp;
use crate::value::{Number, Value};
use std::cmp::Ordering;

/// Whether a step looks at a frame as a whole.
pub(super) fn is_whole(op: &Op, frame: FrameId) -> bool {
    match op {
        Op::Gather { from, .. } => *from != frame,
        Op::Rank { .. } => true,
        _ => false,
    }
}

/// Computes a whole step. `None` where it is beyond the engine.
pub(super) fn run(world: &mut World<'_>, id: StepId) -> Option<()> {
    let plan = world.plan;
    let step = plan.step(id);
    let kept = match &step.op {
        Op::Gather { op, from, members, .. } => gather(world, id, *op, *from, members)?,
        Op::Rank { all, mine, from_highest } => rank(world, id, all, *mine, *from_highest)?,
        _ => return None,
    };
    let is_shared = step.frame == FrameId::NATION || matches!(step.op, Op::Rank { .. });
    let is_missing = is_shared && kept.constant.is_none() && kept.may_miss;
    *world.kept.get_mut(id.index())? = Some(kept);
    if is_missing {
        let causes = world.causes(id, 0);
        world.kept.get_mut(id.index())?.as_mut()?.causes = Some(causes);
    }
    Some(())
}

fn gather(world: &mut World<'_>, id: StepId, op: AggregateOp, from: FrameId, members: &[plan::Member]) -> Option<Kept> {
    let frame = world.plan.step(id).frame;
    if frame != FrameId::NATION {
        world.frames.below(world.model, world.data, from, frame)?;
    }
    if frame == FrameId::NATION
        && let Some(total) = fast(world, op, from, members)
    {
        return Some(match total {
            Total::Known(value) => known(value),
            Total::Missing => {
                let mut vector = Vector { lanes: Lanes::Int64(vec![0]), ..Vector::default() };
                vector.missing.blame(world.why(frame, Site::Below(id))?, 0, 1);
                super::pass::whole(vector, Shape::int(Factor::ONE, Range::at(0)), None)
            }
        });
    }
    let first = members.iter().find_map(|member| member.value);
    let place = world.plan.step(id).place;
    let rows = world.frames.rows(frame);
    let mut made = Vec::with_capacity(rows);
    for lane in 0..rows {
        let places: Vec<_> = world.member_lanes(id, lane).collect();
        let of_lane: Vec<Member> = places.iter().map(|(member, at)| world.member(member, *at)).collect();
        made.push(slow::make(op, &of_lane));
    }
    let mut vector = Vector::default();
    for (lane, made) in made.iter().enumerate() {
        let site = match made {
            Made::Item(_) => continue,
            Made::Fault(fault) => Site::Fault(*fault, place),
            Made::Blame(_) => Site::Below(id),
        };
        vector.missing.blame(world.why(frame, site)?, lane, rows);
    }
    let items: Vec<Option<&Item>> = made
        .iter()
        .map(|made| match made {
            Made::Item(item) => Some(item),
            Made::Fault(_) | Made::Blame(_) => None,
        })
        .collect();
    let of_member = first.and_then(|step| world.kept.get(step.index())?.as_ref().map(|kept| kept.shape.clone()));
    let (lanes, shape) = match (op, of_member) {
        (AggregateOp::Any | AggregateOp::All, _) => bools(&items),
        (AggregateOp::Count | AggregateOp::Share, _) | (_, None) => numbers(&items),
        (_, Some(Shape::Bool)) => bools(&items),
        (_, Some(Shape::Code(codes))) => {
            if codes == Codes::Text && op != AggregateOp::Latest {
                return None;
            }
            (Lanes::Code(items.iter().map(|item| code(*item)).collect()), Shape::Code(codes))
        }
        (_, Some(_)) => numbers(&items),
    };
    vector.lanes = lanes;
    let constant = match items.as_slice() {
        [Some(item)] if frame == FrameId::NATION => world.item_value(item, first),
        _ => None,
    };
    Some(super::pass::whole(vector, shape, constant))
}

fn known(value: Value) -> Kept {
    let shape = if matches!(value, Value::YesNo(_)) { Shape::Bool } else { Shape::Exact };
    super::pass::whole(Vector::default(), shape, Some(value))
}

fn code(item: Option<&Item>) -> i32 {
    match item {
        Some(Item::Code(code)) => *code,
        _ => 0,
    }
}

fn bools(items: &[Option<&Item>]) -> (Lanes, Shape) {
    (Lanes::Bool(items.iter().map(|item| matches!(item, Some(Item::Bool(true)))).collect()), Shape::Bool)
}

/// Numbers in lanes: machine numbers on one factor where all of them fit.
fn numbers(items: &[Option<&Item>]) -> (Lanes, Shape) {
    let numbers: Vec<Number> = items
        .iter()
        .map(|item| match item {
            Some(Item::Number(number)) => number.clone(),
            _ => Number::zero(),
        })
        .collect();
    match machine_numbers(&numbers) {
        Some(done) => done,
        None => (Lanes::Exact(numbers), Shape::Exact),
    }
}

fn machine_numbers(numbers: &[Number]) -> Option<(Lanes, Shape)> {
    let mut below: i128 = 1;
    for number in numbers {
        let (_, of) = number.to_i128_parts()?;
        below = (below / super::range::gcd(below, of)).checked_mul(of)?;
    }
    let factor = Factor::new(1, below)?;
    let ints: Option<Vec<i64>> = numbers
        .iter()
        .map(|number| {
            let (above, of) = number.to_i128_parts()?;
            i64::try_from(above.checked_mul(below / of)?).ok()
        })
        .collect();
    let ints = ints?;
    let range = ints.iter().fold(Range::at(0), |range, int| range.join(Range::at(i128::from(*int))));
    range.fits().then(|| (Lanes::Int64(ints), Shape::Int { factor, range, wide: false }))
}

/// A value of the nation from machine numbers; nothing where a record that counts lacks its value.
enum Total {
    Known(Value),
    Missing,
}

/// Sums, means, counts and shares of machine numbers over all records. `None` where it takes more than that.
fn fast(world: &World<'_>, op: AggregateOp, from: FrameId, members: &[plan::Member]) -> Option<Total> {
    let rows = world.frames.rows(from);
    let kept = |step: StepId| world.kept.get(step.index()).and_then(Option::as_ref);
    let mut total: Option<Number> = None;
    let (mut counted, mut all) = (0i64, 0i64);
    if !matches!(op, AggregateOp::Count | AggregateOp::Share | AggregateOp::Sum | AggregateOp::Mean) {
        return None;
    }
    for member in members {
        let counts = match member.counts.map(kept) {
            None => None,
            Some(Some(counts)) if counts.constant.is_none() => {
                if !counts.vector.missing.is_empty() {
                    return Some(Total::Missing);
                }
                match &counts.vector.lanes {
                    Lanes::Bool(of) => Some(of.as_slice()),
                    _ => return None,
                }
            }
            Some(_) => return None,
        };
        let is_counted = |lane: usize| counts.is_none_or(|counts| counts.get(lane).copied().unwrap_or(false));
        all += i64::try_from(rows).ok()?;
        counted += match counts {
            None => i64::try_from(rows).ok()?,
            Some(of) => i64::try_from(of.iter().filter(|yes| **yes).count()).ok()?,
        };
        let Some(value) = member.value else { continue };
        let value = kept(value)?;
        if value.constant.is_some() || value.shape == Shape::Exact {
            return None;
        }
        if value.vector.missing.notes().iter().any(|(lane, _)| is_counted(*lane as usize)) {
            return Some(Total::Missing);
        }
        let one = Number::fraction(total_of(&value.vector.lanes, counts)?, 1)?;
        let one = one.multiply(&factor_of(&value.shape)).ok()?;
        total = Some(match total {
            None => one,
            Some(before) => before.add(&one).ok()?,
        });
    }
    let number = match op {
        AggregateOp::Count => Number::from(counted),
        AggregateOp::Share if all > 0 => Number::from(counted).divide(&Number::from(all)).ok()?,
        AggregateOp::Sum => total?,
        AggregateOp::Mean if counted > 0 => total?.divide(&Number::from(counted)).ok()?,
        _ => return None,
    };
    Some(Total::Known(Value::Number(number)))
}

/// The sum of whole numbers, of those that count, unless 128 bits do not hold it.
fn total_of(lanes: &Lanes, counts: Option<&[bool]>) -> Option<i128> {
    match (lanes, counts) {
        // 64 bits a row cannot exceed 128 bits in fewer rows than 64 bits count.
        (Lanes::Int64(of), None) => Some(of.iter().map(|int| i128::from(*int)).sum()),
        (Lanes::Int64(of), Some(counts)) => {
            Some(of.iter().zip(counts).map(|(int, counts)| if *counts { i128::from(*int) } else { 0 }).sum())
        }
        (Lanes::Int128(of), counts) => of
            .iter()
            .enumerate()
            .filter(|(lane, _)| counts.is_none_or(|counts| counts.get(*lane).copied().unwrap_or(false)))
            .try_fold(0i128, |total, (_, int)| total.checked_add(*int)),
        _ => None,
    }
}

fn rank(world: &mut World<'_>, id: StepId, all: &[StepId], mine: StepId, from_highest: bool) -> Option<Kept> {
    let frame = world.plan.step(id).frame;
    let rows = world.frames.rows(frame);
    let always = plan::Member { counts: None, value: None };
    let item = |world: &World<'_>, step: StepId, lane: usize| {
        world.member(&plan::Member { value: Some(step), ..always }, lane).value
    };
    let mut sorted: Vec<Item> = Vec::with_capacity(rows * all.len());
    let mut is_missing = false;
    for step in all {
        for lane in 0..rows {
            match item(world, *step, lane) {
                Known::Yes(item) => sorted.push(item),
                Known::Missing => is_missing = true,
            }
        }
    }
    let mut vector = Vector::default();
    if is_missing {
        let why = world.why(frame, Site::All(id))?;
        for lane in 0..rows {
            vector.missing.blame(why, lane, rows);
        }
        vector.lanes = Lanes::Int64(vec![0; rows]);
        return Some(super::pass::whole(vector, Shape::int(Factor::ONE, Range::at(0)), None));
    }
    if sorted.iter().any(|item| matches!(item, Item::Nothing)) {
        return None;
    }
    let order = |a: &Item, b: &Item| {
        let order = match (a, b) {
            (Item::Number(a), Item::Number(b)) => a.cmp(b),
            (Item::Code(a), Item::Code(b)) => a.cmp(b),
            (Item::Bool(a), Item::Bool(b)) => a.cmp(b),
            _ => Ordering::Equal,
        };
        if from_highest { order.reverse() } else { order }
    };
    sorted.sort_by(order);
    let places: Option<Vec<i64>> = (0..rows)
        .map(|lane| match item(world, mine, lane) {
            Known::Yes(mine) => {
                i64::try_from(sorted.partition_point(|other| order(other, &mine) == Ordering::Less) + 1).ok()
            }
            Known::Missing => None,
        })
        .collect();
    vector.lanes = Lanes::Int64(places?);
    let most = i128::try_from(sorted.len() + 1).ok()?;
    let shape = Shape::Int { factor: Factor::ONE, range: Range { least: 0, greatest: most }, wide: false };
    Some(super::pass::whole(vector, shape, None))
}
