//! Pots shared out over all records at once, from columns of what they claim.
//!
//! In: kept vectors of the pot and the claims. Out: the parts, one lane for each record: of a series all periods of a
//! row of the frame one after the other, as its records stand in the data.

use super::bind::{Kept, World};
use super::kernel::Batch;
use super::pass;
use super::range::{Factor, Range};
use super::shape::Shape;
use super::sites::Site;
use super::vector::{Lanes, Vector};
use super::whole::machine_numbers;
use crate::meaning::{self, Unshared, in_steps, key_text, share_out};
use crate::plan::{Claim, FrameId, StepId};
use crate::source::Span;
use crate::value::{Cause, Causes, Fault, Number, RoundMode, Value};
use std::collections::BTreeSet;

/// What came of a pot.
enum Shared {
    Parts(Vec<Number>),
    /// No part is known, for this fault of the whole.
    Fault(Fault),
    /// No part is known, for these causes.
    Causes(Causes),
    /// No part is known, for what anything lacks that was asked for.
    Missing,
}

/// The parts. `None` where a bound is too large to be held, which leaves what was asked for open.
pub(super) fn of(
    world: &mut World<'_>,
    id: StepId,
    pot: StepId,
    claims: &[Claim],
    step: &Number,
    bounds: [Option<Span>; 2],
) -> Option<Kept> {
    let (frame, place) = (world.plan.step(id).frame, world.plan.step(id).place);
    let count = world.frames.rows(frame).checked_mul(claims.len())?;
    let shared = share(world, id, pot, claims, step, bounds)?;
    let (mut vector, mut causes) = (Vector::default(), None);
    let site = match shared {
        Shared::Parts(parts) => {
            let mut all = Vec::with_capacity(count);
            let why = world.why(frame, Site::Fault(Fault::TooLarge, place))?;
            for (lane, part) in parts.iter().enumerate() {
                all.push(part.multiply(step).unwrap_or_else(|_| {
                    vector.missing.blame(why, lane, count);
                    Number::zero()
                }));
            }
            let (lanes, shape) = match machine_numbers(&all) {
                Some(done) => done,
                None => (Lanes::Exact(all), Shape::Exact),
            };
            vector.lanes = lanes;
            return Some(pass::whole(vector, shape, None));
        }
        Shared::Fault(fault) => Site::Fault(fault, place),
        Shared::Causes(of) => {
            causes = Some(of);
            Site::All(id)
        }
        Shared::Missing => Site::All(id),
    };
    let why = world.why(frame, site)?;
    (0..count).for_each(|lane| vector.missing.blame(why, lane, count));
    vector.lanes = Lanes::Int64(vec![0; count]);
    Some(Kept { causes, ..pass::whole(vector, Shape::int(Factor::ONE, Range::at(0)), None) })
}

fn share(
    world: &World<'_>,
    id: StepId,
    pot: StepId,
    claims: &[Claim],
    step: &Number,
    bounds: [Option<Span>; 2],
) -> Option<Shared> {
    let (frame, place) = (world.plan.step(id).frame, world.plan.step(id).place);
    let level = world.model.declaration(place.declaration).level;
    let rows = world.frames.rows(frame);
    let mut is_missing = false;
    let mut number = |step: StepId, row: usize| match world.value(step, row) {
        Some(Value::Number(number)) => Some(number),
        Some(_) => None,
        None => {
            is_missing = true;
            Some(Number::zero())
        }
    };
    let in_all = number(pot, 0)?;
    let in_all = match in_steps(&in_all, step, None) {
        Ok(steps) => steps,
        Err(Unshared::Fault(fault)) => return Some(Shared::Fault(fault)),
        Err(_) => return None,
    };
    let mut all = Vec::with_capacity(rows.checked_mul(claims.len())?);
    for row in 0..rows {
        for claim in claims {
            let weight = number(claim.weight, row)?;
            let mut bound = |bound: Option<StepId>, mode: RoundMode| match bound {
                Some(bound) => in_steps(&number(bound, row)?, step, Some(mode)).ok().map(Some),
                None => Some(None),
            };
            let least = bound(claim.least, RoundMode::Up)?.unwrap_or_else(Number::zero);
            let greatest = bound(claim.greatest, RoundMode::Down)?;
            let key = key_text(world.model, world.data, level, all.len());
            all.push(meaning::Claim { weight, least, greatest, key });
        }
    }
    if is_missing {
        return Some(Shared::Missing);
    }
    Some(match share_out(&in_all, &all) {
        Ok(parts) => Shared::Parts(parts),
        Err(Unshared::Fault(fault)) => Shared::Fault(fault),
        Err(Unshared::Missing(causes)) => Shared::Causes(causes),
        Err(Unshared::Bounds(fault, places)) => {
            let [least, greatest] = bounds;
            let bound = if fault == Fault::CeilingsBelowPot { greatest } else { least };
            let span = bound.unwrap_or(place.span).into();
            let row = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
            let declaration = place.declaration;
            let causes = places.into_iter().map(|place| Cause::Fault { fault, declaration, row: row(place), span });
            Shared::Causes(causes.collect())
        }
    })
}

/// Every `stride`th part from `first` on, from a row of the frame on.
pub(super) fn part(
    out: &mut Vector,
    shares: StepId,
    (first, stride): (usize, usize),
    site: u32,
    batch: &mut Batch<'_>,
) {
    let (start, len) = (batch.start, batch.len);
    let Some(kept) = batch.world.kept.get(shares.index()).and_then(Option::as_ref) else { return };
    let number = |lane: usize| (start + lane) * stride + first;
    out.lanes.gather_from(kept.vector.lanes.slices(), (0..len).map(number));
    if !kept.vector.missing.is_empty() {
        let why = batch.whys.of(site);
        for lane in (0..len).filter(|lane| kept.vector.missing.at(number(*lane))) {
            out.missing.blame(why, lane, len);
        }
    }
}

impl World<'_> {
    /// Why no part of a pot is known: what the pot lacks, and what any claim does.
    pub(super) fn causes_of_shares(&self, pot: StepId, claims: &[Claim], frame: FrameId, causes: &mut BTreeSet<Cause>) {
        self.gather_causes(pot, 0, causes);
        for step in claims.iter().flat_map(Claim::reads) {
            for row in 0..self.frames.rows(frame) {
                self.gather_causes(step, row, causes);
            }
        }
    }
}
