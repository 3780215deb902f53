//! Ranks: the place of each record among all, or among its peers.

use super::bind::{Kept, World};
use super::kernel::slow::Item;
use super::pass;
use super::peers::Record;
use super::range::{Factor, Range};
use super::shape::Shape;
use super::sites::Site;
use super::vector::{Lanes, Vector};
use crate::plan::{Op, StepId};
use std::cmp::Ordering;

/// The order of ranked figures, the first first.
fn order(from_highest: bool) -> impl Fn(&Item, &Item) -> Ordering {
    move |a, b| {
        let order = match (a, b) {
            (Item::Number(a), Item::Number(b)) => a.cmp(b),
            (Item::Code(a), Item::Code(b)) => a.cmp(b),
            (Item::Bool(a), Item::Bool(b)) => a.cmp(b),
            _ => Ordering::Equal,
        };
        if from_highest { order.reverse() } else { order }
    }
}

/// The place among sorted figures.
fn place(sorted: &[Item], mine: &Item, from_highest: bool) -> Option<i64> {
    let order = order(from_highest);
    i64::try_from(sorted.partition_point(|other| order(other, mine) == Ordering::Less) + 1).ok()
}

/// The shape of places among so many.
fn places_of(count: usize) -> Option<Shape> {
    let most = i128::try_from(count + 1).ok()?;
    Some(Shape::Int { factor: Factor::ONE, range: Range { least: 0, greatest: most }, wide: false })
}

/// The place among all records.
pub(super) fn rank(world: &mut World<'_>, id: StepId, all: &[StepId], period: u32, from_highest: bool) -> Option<Kept> {
    let frame = world.plan.step(id).frame;
    let rows = world.frames.rows(frame);
    let mut vector = Vector::default();
    let places = all.iter().flat_map(|step| (0..rows).map(|row| (*step, row)));
    let figures: Option<Vec<Item>> = places.map(|(step, row)| world.item(step, row)).collect();
    let Some(mut sorted) = figures else {
        // One that is missing leaves every place unknown.
        let why = world.why(frame, Site::All(id))?;
        for lane in 0..rows {
            vector.missing.blame(why, lane, rows);
        }
        vector.lanes = Lanes::Int64(vec![0; rows]);
        return Some(pass::whole(vector, Shape::int(Factor::ONE, Range::at(0)), None));
    };
    sorted.sort_unstable_by(order(from_highest));
    let mine = *all.get(period as usize)?;
    let places: Option<Vec<i64>> =
        (0..rows).map(|lane| world.item(mine, lane).and_then(|mine| place(&sorted, &mine, from_highest))).collect();
    vector.lanes = Lanes::Int64(places?);
    Some(pass::whole(vector, places_of(sorted.len())?, None))
}

/// The place among peers: the figures of each group are sorted once.
pub(super) fn rank_among(
    world: &mut World<'_>,
    id: StepId,
    all: &[StepId],
    period: u32,
    from_highest: bool,
    groups_id: StepId,
) -> Option<Kept> {
    let frame = world.plan.step(id).frame;
    let rows = world.frames.rows(frame);
    let why = world.why(frame, Site::Group { value: id, groups: groups_id, period })?;
    let (mut unplaced, mut places) = (Vec::new(), vec![0i64; rows]);
    let groups = world.peers.groups(groups_id)?;
    for group in 0..groups.len() {
        let figure = |(period, row): &Record| world.item(*all.get(*period as usize)?, *row as usize);
        let figures: Option<Vec<Item>> = groups.records(group).iter().map(figure).collect();
        let is_doubtful = groups.doubtful(group).next().is_some();
        let sorted = figures.filter(|_| !is_doubtful).map(|mut figures| {
            figures.sort_unstable_by(order(from_highest));
            figures
        });
        for (_, row) in groups.records(group).iter().filter(|(at, _)| *at == period) {
            let row = *row as usize;
            match &sorted {
                None => unplaced.push(row),
                Some(sorted) => {
                    let mine = world.item(*all.get(period as usize)?, row)?;
                    *places.get_mut(row)? = place(sorted, &mine, from_highest)?;
                }
            }
        }
    }
    let mut vector = Vector::default();
    unplaced.sort_unstable();
    unplaced.into_iter().for_each(|row| vector.missing.blame(why, row, rows));
    // Where it is not known which are the peers, no place is.
    let whys = world.whys.get_mut(frame.index())?;
    if let Op::Groups(same) = &world.plan.step(groups_id).op {
        for name in same.get(period as usize)? {
            if let Some(kept) = world.kept.get(name.index()).and_then(Option::as_ref) {
                vector.missing.add(&kept.vector.missing, whys);
            }
        }
    }
    vector.lanes = Lanes::Int64(places);
    Some(pass::whole(vector, places_of(rows.checked_mul(all.len())?)?, None))
}
