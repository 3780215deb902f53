//! From lanes to outcomes: the value that a lane stands for, and the causes why it has none.

use super::bind::{Kept, World, factor_number};
use super::kernel::exact::number_at;
use super::kernel::slow::{self, Item, Known, Made, Member, Part};
use super::missing::Missing;
use super::shape::{Codes, Shape};
use super::sites::Site;
use super::vector::Slices;
use crate::data::{Cell, Column};
use crate::model::{ColumnId, Level};
use crate::plan::{self, FrameId, Op, Place, StepId};
use crate::syntax::ast::AggregateOp;
use crate::value::{Cause, Causes, ConditionState, Number, Outcome, Period, Value, date_of_day};
use std::collections::BTreeSet;

/// A state of a condition as a number.
pub(super) fn state_code(state: ConditionState) -> i32 {
    match state {
        ConditionState::NotMet => 0,
        ConditionState::Met => 1,
        ConditionState::DoesNotApply(exemption) => i32::from(exemption) + 2,
    }
}

fn state(code: i32) -> ConditionState {
    match code {
        0 => ConditionState::NotMet,
        1 => ConditionState::Met,
        other => ConditionState::DoesNotApply(u16::try_from(other - 2).unwrap_or(u16::MAX)),
    }
}

impl<'a> World<'a> {
    /// A column of the data.
    pub(super) fn column(&self, column: ColumnId) -> Option<&'a Column> {
        let table = self.data.tables.get(self.model.column(column).table.index())?;
        table.columns.get(self.model.column_position(column))
    }

    /// The lanes of a kept step, wherever they stand.
    pub(super) fn lanes<'k>(&'k self, kept: &'k Kept) -> Slices<'k> {
        let own = kept.vector.lanes.slices();
        let of = |column: ColumnId| self.column(column).and_then(|column| super::pass::in_place(column.values()));
        let Some((above, below)) = kept.columns else { return own };
        match (of(above), below.map(of)) {
            (Some(above), None) => above,
            (Some(above), Some(Some(below))) => above.over(below),
            _ => own,
        }
    }

    fn kept(&self, step: StepId) -> Option<&Kept> {
        self.kept.get(step.index()).and_then(Option::as_ref)
    }

    /// The value of a kept step in a lane, if it has one.
    pub(super) fn value(&self, step: StepId, lane: usize) -> Option<Value> {
        let kept = self.kept(step)?;
        if let Some(value) = &kept.constant {
            return Some(value.clone());
        }
        if !kept.vector.is_known(lane) {
            return None;
        }
        Some(match (self.lanes(kept), &kept.shape) {
            (Slices::Bool(of), _) => Value::YesNo(of.get(lane).copied().unwrap_or(false)),
            (lanes, Shape::Code(codes)) => self.coded(*codes, lanes.code(lane).unwrap_or(0)),
            (lanes, shape) => Value::Number(number_at(lanes, lane, &factor_of(shape))),
        })
    }

    /// The value that a code stands for.
    pub(super) fn coded(&self, codes: Codes, code: i32) -> Value {
        match codes {
            Codes::Text => Value::Text(self.texts.text(code)),
            Codes::Date => Value::Date(date_of_day(code).unwrap_or(crate::value::Date::MAX)),
            Codes::Period(kind) => Value::Period(Period { kind, ordinal: code }),
            Codes::State => Value::Condition(state(code)),
        }
    }

    /// The outcome of a kept step in a lane.
    pub(super) fn outcome(&self, step: StepId, lane: usize) -> Outcome {
        match self.value(step, lane) {
            Some(value) => Outcome::Known(value),
            None => Outcome::Missing(self.causes(step, lane)),
        }
    }

    /// Why a kept step has no value in a lane.
    pub(super) fn causes(&self, step: StepId, lane: usize) -> Causes {
        let kept = self.kept(step);
        if let Some(causes) = kept.and_then(|kept| kept.causes.as_ref()) {
            return causes.clone();
        }
        // What a value above lacks alone is not gathered anew for every row below it.
        if let Some(Site::Above(only) | Site::All(only)) = self.only_site(step, lane)
            && let Some(causes) = self.kept(*only).and_then(|kept| kept.causes.as_ref())
        {
            return causes.clone();
        }
        if let Some(Site::Group { value, groups, period }) = self.only_site(step, lane)
            && let Some(groups) = self.peers.groups(*groups)
        {
            return self.causes_of_group(*value, groups.number(*period, lane));
        }
        let mut causes = BTreeSet::new();
        self.gather_causes(step, lane, &mut causes);
        causes.into_iter().collect()
    }

    /// The site that a lane of a kept step is to be blamed on, where it is one.
    fn only_site(&self, step: StepId, lane: usize) -> Option<&Site> {
        let frame = self.plan.step(step).frame;
        match self.blamed_sites(frame, &self.kept(step)?.vector.missing, lane) {
            [only] => self.sites.get(frame.index())?.get(*only),
            _ => None,
        }
    }

    pub(super) fn gather_causes(&self, step: StepId, lane: usize, causes: &mut BTreeSet<Cause>) {
        let Some(kept) = self.kept(step) else { return };
        if let Some(all) = &kept.causes {
            causes.extend(all.iter().copied());
            return;
        }
        let frame = self.plan.step(step).frame;
        self.blamed(frame, self.blamed_sites(frame, &kept.vector.missing, lane), lane, causes);
    }

    /// The sites that a lane of a kept vector is blamed on.
    pub(super) fn blamed_sites(&self, frame: FrameId, missing: &Missing, lane: usize) -> &[u32] {
        let whys = self.whys.get(frame.index());
        whys.zip(missing.why(lane)).map_or(&[], |(whys, why)| whys.sites(why))
    }

    /// Whether two sets of sites come to the same causes at a row of their frame.
    pub(super) fn same_causes(&self, frame: FrameId, a: &[u32], b: &[u32], row: usize) -> bool {
        let causes = |of: &[u32]| {
            let mut causes = BTreeSet::new();
            self.blamed(frame, of, row, &mut causes);
            causes
        };
        causes(a) == causes(b)
    }

    /// The causes that sites stand for at a row of their frame.
    fn blamed(&self, frame: FrameId, numbers: &[u32], row: usize, causes: &mut BTreeSet<Cause>) {
        let Some(sites) = self.sites.get(frame.index()) else { return };
        for number in numbers {
            match sites.get(*number) {
                Some(Site::Cell(column, period)) => {
                    let (first, stride) = self.frames.strided(self.model, *column, *period);
                    let cell = first + row * stride;
                    if let Cell::Missing(reason) = self.data.cell(self.model, *column, cell) {
                        let table = self.model.column(*column).table;
                        causes.insert(Cause::Cell { table, row: row32(cell), column: *column, reason });
                    }
                }
                Some(Site::Fault(fault, place)) => {
                    causes.insert(Cause::Fault {
                        fault: *fault,
                        declaration: place.declaration,
                        row: row32(self.row(*place, row)),
                        span: place.span.into(),
                    });
                }
                Some(Site::Parameter(parameter, period)) => {
                    causes.insert(Cause::NoParameterValue { parameter: *parameter, period: *period });
                }
                Some(Site::Above(above)) => {
                    let to = self.plan.step(*above).frame;
                    if let Some(link) = self.frames.known_link(frame, to) {
                        self.gather_causes(*above, link.at(row), causes);
                    }
                }
                Some(Site::Below(gather)) => self.causes_below(*gather, row, causes),
                Some(Site::Group { value, groups, period }) => {
                    if let Some(groups) = self.peers.groups(*groups) {
                        causes.extend(self.causes_of_group(*value, groups.number(*period, row)).iter().copied());
                    }
                }
                Some(Site::All(rank)) => {
                    if let Some(all) = self.kept(*rank).and_then(|kept| kept.causes.as_ref()) {
                        causes.extend(all.iter().copied());
                    } else if let Op::Shares { pot, claims, .. } = &self.plan.step(*rank).op {
                        self.causes_of_shares(*pot, claims, frame, causes);
                    } else if let Op::Rank { all, .. } = &self.plan.step(*rank).op {
                        for step in all {
                            for lane in 0..self.frames.rows(frame) {
                                self.gather_causes(*step, lane, causes);
                            }
                        }
                    }
                }
                None => {}
            }
        }
    }

    pub(super) fn causes_below(&self, gather: StepId, lane: usize, causes: &mut BTreeSet<Cause>) {
        let Op::Gather { op, members, among, .. } = &self.plan.step(gather).op else { return };
        if let Some(groups) = self.groups_of(gather) {
            let peers = groups.peers(lane);
            let found: Vec<Member> = peers.iter().map(|peer| self.peer(members, *peer)).collect();
            for (number, part) in blamed(*op, &found) {
                let Some(peer) = peers.get(number) else { continue };
                let (period, row) = peer.record;
                if let Some(groups) = among.filter(|_| peer.is_doubtful && part == Part::Counts) {
                    self.doubt(groups, peer.record, causes);
                }
                if let Some(member) = members.get(period as usize) {
                    self.causes_of_part(member, part, row as usize, causes);
                }
            }
            return;
        }
        let places: Vec<_> = self.member_lanes(gather, lane).collect();
        let found: Vec<Member> = places.iter().map(|(member, at)| self.member(member, *at)).collect();
        for (number, part) in blamed(*op, &found) {
            if let Some((member, at)) = places.get(number) {
                self.causes_of_part(member, part, *at, causes);
            }
        }
    }

    /// Why a part of a member has no value.
    fn causes_of_part(&self, member: &plan::Member, part: Part, lane: usize, causes: &mut BTreeSet<Cause>) {
        let step = match part {
            Part::Counts => member.counts,
            Part::Value => member.value,
            Part::With => member.with,
        };
        if let Some(step) = step {
            self.gather_causes(step, lane, causes);
        }
    }

    /// The members of an aggregate for a row of its frame, and the lane of each, in the order of the meaning.
    pub(super) fn member_lanes(&self, gather: StepId, lane: usize) -> impl Iterator<Item = (plan::Member, usize)> + '_ {
        let step = self.plan.step(gather);
        let (from, members) = match &step.op {
            Op::Gather { from, members, .. } => (*from, members.as_slice()),
            _ => (step.frame, [].as_slice()),
        };
        // Lanes that follow each other, or those that are listed.
        let (run, listed): (std::ops::Range<usize>, &[u32]) = if from == step.frame {
            (lane..lane + 1, &[])
        } else if step.frame == FrameId::NATION {
            (0..self.frames.rows(from), &[])
        } else {
            (0..0, self.frames.listed(from, step.frame, lane))
        };
        members.iter().flat_map(move |member| {
            run.clone().chain(listed.iter().map(|row| *row as usize)).map(move |lane| (*member, lane))
        })
    }

    /// Whether a kept step has a value in a lane.
    pub(super) fn is_known(&self, step: StepId, lane: usize) -> bool {
        self.kept(step).is_some_and(|kept| kept.constant.is_some() || kept.vector.is_known(lane))
    }

    /// The answer of a kept step in a lane, if it has one.
    pub(super) fn answer(&self, step: StepId, lane: usize) -> Option<bool> {
        let kept = self.kept(step)?;
        match (&kept.constant, self.lanes(kept)) {
            (Some(Value::YesNo(yes)), _) => Some(*yes),
            (None, Slices::Bool(of)) if kept.vector.is_known(lane) => of.get(lane).copied(),
            _ => None,
        }
    }

    /// A member of an aggregate in a lane.
    pub(super) fn member(&self, member: &plan::Member, lane: usize) -> Member {
        let counts = match member.counts {
            None => Known::Yes(true),
            Some(step) => self.answer(step, lane).map_or(Known::Missing, Known::Yes),
        };
        let item = |step: Option<StepId>| match step {
            // What does not count is not asked for its value.
            _ if counts == Known::Yes(false) => Known::Yes(Item::Nothing),
            None => Known::Yes(Item::Nothing),
            Some(step) => self.item(step, lane).map_or(Known::Missing, Known::Yes),
        };
        let (value, with) = (item(member.value), item(member.with));
        Member { counts, value, with }
    }

    /// The value of a kept step in a lane as an item, if it has one.
    pub(super) fn item(&self, step: StepId, lane: usize) -> Option<Item> {
        let kept = self.kept(step)?;
        match (self.lanes(kept), &kept.constant) {
            (lanes @ (Slices::Code(_) | Slices::Code8(_)), None) if kept.vector.is_known(lane) => {
                lanes.code(lane).map(Item::Code)
            }
            (_, Some(Value::Date(date))) => Some(Item::Code(crate::value::day_of_date(*date))),
            (_, Some(Value::Period(period))) => Some(Item::Code(period.ordinal)),
            (_, Some(Value::Text(text))) => self.texts.known(text).map(Item::Code),
            (_, Some(Value::Condition(state))) => Some(Item::Code(state_code(*state))),
            _ => match self.value(step, lane)? {
                Value::Number(number) => Some(Item::Number(number)),
                Value::YesNo(yes) => Some(Item::Bool(yes)),
                _ => None,
            },
        }
    }

    /// What an item of a kept step stands for.
    pub(super) fn item_value(&self, item: &Item, of: Option<StepId>) -> Option<Value> {
        match item {
            Item::Code(_) => self.item_as(item, &self.kept(of?)?.shape),
            _ => self.item_as(item, &Shape::Exact),
        }
    }

    /// What an item stands for, where codes are of a shape.
    pub(super) fn item_as(&self, item: &Item, shape: &Shape) -> Option<Value> {
        match (item, shape) {
            (Item::Nothing, _) => None,
            (Item::Number(number), _) => Some(Value::Number(number.clone())),
            (Item::Bool(yes), _) => Some(Value::YesNo(*yes)),
            (Item::Code(code), Shape::Code(codes)) => Some(self.coded(*codes, *code)),
            (Item::Code(_), _) => None,
        }
    }

    /// The row of a place at a lane of its frame.
    fn row(&self, place: Place, lane: usize) -> usize {
        match place.level {
            Level::Nation => 0,
            Level::Table(table) if self.model.table(table).series.is_some() => {
                lane * super::frames::length(self.model, table) + place.period as usize
            }
            Level::Table(_) => lane,
        }
    }
}

/// Which members are to blame that there is no value.
fn blamed(op: AggregateOp, members: &[Member]) -> Vec<(usize, Part)> {
    match slow::make(op, members) {
        Made::Blame(blamed) => blamed,
        Made::Item(_) | Made::Fault(_) => Vec::new(),
    }
}

pub(super) fn factor_of(shape: &Shape) -> Number {
    match shape {
        Shape::Int { factor, .. } | Shape::Quot { factor, .. } => factor_number(*factor),
        Shape::Exact | Shape::Bool | Shape::Code(_) => Number::one(),
    }
}

fn row32(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
