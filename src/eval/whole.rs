//! Steps that look at a frame as a whole: aggregates that climb from one frame to another, and ranks.
//!
//! In: kept vectors. Out: the vector of the step, kept too.

use super::bind::{Kept, World};
use super::kernel::slow::{self, Item, Known, Made, Member};
use super::outcome::factor_of;
use super::parameters;
use super::peers::{self, Peer, Record};
use super::range::{Factor, Range};
use super::rank::{rank, rank_among};
use super::shape::Shape;
use super::shares;
use super::sites::Site;
use super::vector::{Lanes, Slices, Vector};
use crate::plan::{self, FrameId, Op, StepId};
use crate::syntax::ast::AggregateOp;
use crate::value::{Number, Value};
use std::collections::HashMap;

/// Whether a step looks at a frame as a whole.
pub(super) fn is_whole(op: &Op, frame: FrameId) -> bool {
    match op {
        Op::Gather { from, among, .. } => *from != frame || among.is_some(),
        Op::Rank { .. } | Op::Groups(_) | Op::Shares { .. } | Op::ParameterAt(..) => true,
        _ => false,
    }
}

/// Computes a whole step. `None` where it is beyond the engine.
pub(super) fn run(world: &mut World<'_>, id: StepId) -> Option<()> {
    let plan = world.plan;
    let step = plan.step(id);
    let kept = match &step.op {
        Op::ParameterAt(parameter, period) => parameters::at(world, id, *parameter, *period)?,
        Op::Groups(same) => {
            peers::group(world, id, same);
            return Some(());
        }
        Op::Gather { op, members, among: Some(groups), .. } => {
            world.peers.expect(id, *groups);
            among(world, id, *op, members, *groups)?
        }
        Op::Gather { op, from, members, .. } => gather(world, id, *op, *from, members)?,
        Op::Shares { pot, claims, step, bounds } => shares::of(world, id, *pot, claims, step, *bounds)?,
        Op::Rank { all, period, from_highest, among: Some(groups) } => {
            world.peers.expect(id, *groups);
            rank_among(world, id, all, *period, *from_highest, *groups)?
        }
        Op::Rank { all, period, from_highest, .. } => rank(world, id, all, *period, *from_highest)?,
        _ => return None,
    };
    // Of a pot a single part may be too large.
    let is_shared = step.frame == FrameId::NATION
        || matches!(step.op, Op::Rank { among: None, .. })
        || matches!(step.op, Op::Shares { .. } if !kept.vector.is_known(0));
    let is_missing = is_shared && kept.constant.is_none() && kept.may_miss && kept.causes.is_none();
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
    let rows = world.frames.rows(frame);
    let mut made = Vec::with_capacity(rows);
    for lane in 0..rows {
        let places: Vec<_> = world.member_lanes(id, lane).collect();
        let of_lane: Vec<Member> = places.iter().map(|(member, at)| world.member(member, *at)).collect();
        made.push(slow::make(op, &of_lane));
    }
    of_made(world, id, op, members, &made)
}

/// An aggregate made for each group of peers, and nothing after the last of them.
fn among(world: &mut World<'_>, id: StepId, op: AggregateOp, members: &[plan::Member], groups: StepId) -> Option<Kept> {
    let groups = world.peers.groups(groups)?;
    // Where one that may belong to a group lacks nothing else, most aggregates are missing for that alone.
    let needs_all = matches!(op, AggregateOp::Any | AggregateOp::All | AggregateOp::Latest | AggregateOp::LatestPeriod);
    let mut is_blamed: HashMap<Record, bool> = HashMap::new();
    let mut made = Vec::with_capacity(groups.len() + 1);
    for group in 0..groups.len() {
        let counts =
            |record: &Record| world.peer(members, Peer { record: *record, is_doubtful: true }).counts == Known::Missing;
        let mut lists = groups.doubtful(group).filter(|_| !needs_all);
        let blames = lists.any(|list| match list.first() {
            Some(first) => *is_blamed.entry(*first).or_insert_with(|| list.iter().any(counts)),
            None => false,
        });
        if blames {
            made.push(Made::Blame(Vec::new()));
            continue;
        }
        let peers: Vec<Member> = groups.peers(group).into_iter().map(|peer| world.peer(members, peer)).collect();
        made.push(slow::make(op, &peers));
    }
    made.push(Made::Item(Item::Nothing));
    of_made(world, id, op, members, &made)
}

/// The vector of what was made for each lane.
fn of_made(
    world: &mut World<'_>,
    id: StepId,
    op: AggregateOp,
    members: &[plan::Member],
    made: &[Made],
) -> Option<Kept> {
    let (frame, place) = (world.plan.step(id).frame, world.plan.step(id).place);
    let first = members.iter().find_map(|member| gives(op, member));
    let mut vector = Vector::default();
    for (lane, one) in made.iter().enumerate() {
        let site = match one {
            Made::Item(_) => continue,
            Made::Fault(fault) => Site::Fault(*fault, place),
            Made::Blame(_) => Site::Below(id),
        };
        vector.missing.blame(world.why(frame, site)?, lane, made.len());
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

/// The step of a member that has what is made of it.
fn gives(op: AggregateOp, member: &plan::Member) -> Option<StepId> {
    if op == AggregateOp::LatestPeriod { member.with } else { member.value }
}

fn known(value: Value) -> Kept {
    let shape = if matches!(value, Value::YesNo(_)) { Shape::Bool } else { Shape::Exact };
    super::pass::whole(Vector::default(), shape, Some(value))
}

pub(super) fn code(item: Option<&Item>) -> i32 {
    match item {
        Some(Item::Code(code)) => *code,
        _ => 0,
    }
}

pub(super) fn bools(items: &[Option<&Item>]) -> (Lanes, Shape) {
    (Lanes::Bool(items.iter().map(|item| matches!(item, Some(Item::Bool(true)))).collect()), Shape::Bool)
}

/// Numbers in lanes: machine numbers on one factor where all of them fit.
pub(super) fn numbers(items: &[Option<&Item>]) -> (Lanes, Shape) {
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

pub(super) fn machine_numbers(numbers: &[Number]) -> Option<(Lanes, Shape)> {
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
    let (mut total, mut weight): (Option<Number>, Option<Number>) = (None, None);
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
                match world.lanes(counts) {
                    Slices::Bool(of) => Some(of),
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
        let with = match member.with {
            None => None,
            Some(with) => Some(kept(with)?),
        };
        for one in std::iter::once(value).chain(with) {
            if one.constant.is_some() || one.shape == Shape::Exact {
                return None;
            }
            if one.vector.missing.notes().iter().any(|(lane, _)| is_counted(*lane as usize)) {
                return Some(Total::Missing);
            }
        }
        let one = match with {
            None => Number::fraction(total_of(world.lanes(value), counts)?, 1)?,
            Some(with) => {
                let of_all = Number::fraction(total_of(world.lanes(with), counts)?, 1)?;
                add(&mut weight, &of_all.multiply(&factor_of(&with.shape)).ok()?)?;
                let weighed = weighed_total(world.lanes(value), world.lanes(with), rows, is_counted)?;
                Number::fraction(weighed, 1)?.multiply(&factor_of(&with.shape)).ok()?
            }
        };
        add(&mut total, &one.multiply(&factor_of(&value.shape)).ok()?)?;
    }
    let number = match op {
        AggregateOp::Count => Number::from(counted),
        AggregateOp::Share if all > 0 => Number::from(counted).divide(&Number::from(all)).ok()?,
        AggregateOp::Sum => total?,
        AggregateOp::Mean if weight.is_some() => total?.divide(&weight?).ok()?,
        AggregateOp::Mean if counted > 0 => total?.divide(&Number::from(counted)).ok()?,
        _ => return None,
    };
    Some(Total::Known(Value::Number(number)))
}

/// Adds to what was there, if anything was.
fn add(total: &mut Option<Number>, more: &Number) -> Option<()> {
    let sum = match total {
        None => more.clone(),
        Some(before) => before.add(more).ok()?,
    };
    *total = Some(sum);
    Some(())
}

/// The sum of whole numbers times their weights, of those that count, unless 128 bits do not hold it.
fn weighed_total(values: Slices<'_>, weights: Slices<'_>, rows: usize, counts: impl Fn(usize) -> bool) -> Option<i128> {
    (0..rows).filter(|lane| counts(*lane)).try_fold(0i128, |total, lane| {
        let (value, weight) = (values.int(lane)?, weights.int(lane)?);
        total.checked_add(i128::from(value) * i128::from(weight))
    })
}

/// The sum of whole numbers, of those that count, unless 128 bits do not hold it.
fn total_of(lanes: Slices<'_>, counts: Option<&[bool]>) -> Option<i128> {
    match (lanes, counts) {
        // 64 bits a row cannot exceed 128 bits in fewer rows than 64 bits count.
        (Slices::Int64(of), None) => Some(of.iter().map(|int| i128::from(*int)).sum()),
        (Slices::Int64(of), Some(counts)) => {
            Some(of.iter().zip(counts).map(|(int, counts)| if *counts { i128::from(*int) } else { 0 }).sum())
        }
        (Slices::Int32(of), None) => Some(of.iter().map(|int| i128::from(*int)).sum()),
        (Slices::Int32(of), Some(counts)) => {
            Some(of.iter().zip(counts).map(|(int, counts)| if *counts { i128::from(*int) } else { 0 }).sum())
        }
        (Slices::Int128(of), counts) => of
            .iter()
            .enumerate()
            .filter(|(lane, _)| counts.is_none_or(|counts| counts.get(*lane).copied().unwrap_or(false)))
            .try_fold(0i128, |total, (_, int)| total.checked_add(*int)),
        _ => None,
    }
}
