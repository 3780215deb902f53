//! Groups of peers: which records share what is named, found once by what they share.
//!
//! In: kept vectors of what is shared, for each period of a table. Out: the number of each record's group, and the
//! records of each group. A record that lacks some of what is shared may belong to every group that agrees in the
//! rest of it: it is doubtful there.

use super::bind::World;
use super::kernel::Batch;
use super::kernel::slow::{Item, Known, Member};
use super::vector::{Vector, View};
use crate::plan::{self, Op, StepId};
use crate::value::{Cause, Causes};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

/// A record of a table, by its period and the row of its frame.
pub(super) type Record = (u32, u32);

/// What is shared, or nothing where that is missing.
type Shared = Vec<Option<Item>>;

/// The groups of a table's records.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// For each period the group of each row. What belongs to no group has the number after the last.
    of: Vec<Vec<u32>>,
    /// Where the records of each group begin, and where those of the last end.
    starts: Vec<usize>,
    /// The records, group by group, earliest first.
    records: Vec<Record>,
    /// What the records of each group share; only where some record may belong to several groups.
    shared: Vec<Shared>,
    /// Records that lack some of what is shared, by the rest of it.
    open: HashMap<Shared, Vec<Record>>,
    /// What they lack, each once.
    lacking: HashSet<Vec<bool>>,
}

/// A record that belongs to a group, or may.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer {
    pub(super) record: Record,
    pub(super) is_doubtful: bool,
}

impl Groups {
    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The number of the group of a record.
    pub(super) fn number(&self, period: u32, row: usize) -> usize {
        let found = self.of.get(period as usize).and_then(|rows| rows.get(row));
        found.map_or(self.len(), |number| *number as usize)
    }

    /// The records that surely belong to a group, earliest first.
    pub(super) fn records(&self, group: usize) -> &[Record] {
        let end = self.starts.get(group + 1).copied().unwrap_or(0);
        self.starts.get(group).and_then(|start| self.records.get(*start..end)).unwrap_or_default()
    }

    /// The records of which it is not known whether they belong to a group, in lists of those that lack the same.
    pub(super) fn doubtful(&self, group: usize) -> impl Iterator<Item = &[Record]> {
        let shared = self.shared.get(group).map_or(&[][..], Vec::as_slice);
        self.lacking.iter().filter_map(move |lacking| {
            let rest: Shared =
                shared.iter().zip(lacking).map(|(item, lacks)| if *lacks { None } else { item.clone() }).collect();
            self.open.get(&rest).map(Vec::as_slice)
        })
    }

    /// Every record that belongs to a group or may, earliest first.
    pub(super) fn peers(&self, group: usize) -> Vec<Peer> {
        let sure = self.records(group).iter().map(|record| Peer { record: *record, is_doubtful: false });
        let doubtful = self.doubtful(group).flatten().map(|record| Peer { record: *record, is_doubtful: true });
        let mut all: Vec<Peer> = sure.chain(doubtful).collect();
        all.sort_by_key(|peer| peer.record);
        all
    }
}

/// What was found out about peers in a run.
#[derive(Debug, Default)]
pub(super) struct Found {
    groups: HashMap<StepId, Groups>,
    /// For each step that is made for groups: why it has no value in each of them, once somebody asked.
    causes: HashMap<StepId, Vec<OnceLock<Causes>>>,
}

impl Found {
    /// The groups of a step.
    pub(super) fn groups(&self, step: StepId) -> Option<&Groups> {
        self.groups.get(&step)
    }

    /// Makes room for the causes of a step that is made for each group.
    pub(super) fn expect(&mut self, step: StepId, groups: StepId) {
        let count = self.groups(groups).map_or(0, Groups::len);
        self.causes.insert(step, (0..count).map(|_| OnceLock::new()).collect());
    }
}

/// Puts the records of a frame into groups.
pub(super) fn group(world: &mut World<'_>, id: StepId, same: &[Vec<StepId>]) {
    let rows = world.frames.rows(world.plan.step(id).frame);
    let mut groups = Groups::default();
    let mut numbers: HashMap<Vec<Item>, u32> = HashMap::new();
    let mut sizes: Vec<usize> = Vec::new();
    for (period, names) in (0u32..).zip(same) {
        let mut of = Vec::with_capacity(rows);
        for row in 0..rows {
            let shared: Shared = names.iter().map(|name| world.item(*name, row)).collect();
            let known: Option<Vec<Item>> = shared.iter().cloned().collect();
            let number = match known {
                Some(known) => {
                    let next = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
                    let number = *numbers.entry(known).or_insert(next);
                    if number == next {
                        sizes.push(0);
                        groups.shared.push(shared);
                    }
                    number
                }
                None => {
                    groups.lacking.insert(shared.iter().map(Option::is_none).collect());
                    let record = (period, u32::try_from(row).unwrap_or(u32::MAX));
                    groups.open.entry(shared).or_default().push(record);
                    u32::MAX
                }
            };
            if let Some(size) = sizes.get_mut(number as usize) {
                *size += 1;
            }
            of.push(number);
        }
        groups.of.push(of);
    }
    if groups.open.is_empty() {
        groups.shared = Vec::new();
    }
    lay_out(&mut groups, &sizes);
    world.peers.groups.insert(id, groups);
}

/// Lays out the records group by group.
fn lay_out(groups: &mut Groups, sizes: &[usize]) {
    let mut total = 0;
    groups.starts = std::iter::once(0)
        .chain(sizes.iter().map(|size| {
            total += size;
            total
        }))
        .collect();
    let mut next = groups.starts.clone();
    groups.records = vec![(0, 0); total];
    let none = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
    for (period, of) in (0u32..).zip(&mut groups.of) {
        for (row, number) in (0u32..).zip(of) {
            if *number == u32::MAX {
                *number = none;
                continue;
            }
            if let Some(at) = next.get_mut(*number as usize) {
                if let Some(record) = groups.records.get_mut(*at) {
                    *record = (period, row);
                }
                *at += 1;
            }
        }
    }
}

impl World<'_> {
    /// The groups that an aggregate or a rank is made for, if it is made for groups.
    pub(super) fn groups_of(&self, step: StepId) -> Option<&Groups> {
        match &self.plan.step(step).op {
            Op::Gather { among, .. } | Op::Rank { among, .. } => self.peers.groups((*among)?),
            _ => None,
        }
    }

    /// A peer as a member: one that is doubtful counts only where it is known that it does not.
    pub(super) fn peer(&self, members: &[plan::Member], peer: Peer) -> Member {
        let (period, row) = peer.record;
        let Some(member) = members.get(period as usize) else {
            return Member { counts: Known::Missing, value: Known::Missing, with: Known::Missing };
        };
        let mut found = self.member(member, row as usize);
        if peer.is_doubtful && found.counts != Known::Yes(false) {
            found.counts = Known::Missing;
        }
        found
    }

    /// Why it is not known to which group a record belongs.
    pub(super) fn doubt(&self, groups: StepId, (period, row): Record, causes: &mut BTreeSet<Cause>) {
        let Op::Groups(same) = &self.plan.step(groups).op else { return };
        for name in same.get(period as usize).into_iter().flatten() {
            self.gather_causes(*name, row as usize, causes);
        }
    }

    /// Why what was made for groups has no value in one of them; made once.
    pub(super) fn causes_of_group(&self, step: StepId, group: usize) -> Causes {
        let make = || {
            let mut causes = BTreeSet::new();
            match &self.plan.step(step).op {
                Op::Rank { all, among: Some(groups), .. } => self.causes_of_ranks(all, *groups, group, &mut causes),
                _ => self.gather_causes(step, group, &mut causes),
            }
            causes.into_iter().collect()
        };
        match self.peers.causes.get(&step).and_then(|causes| causes.get(group)) {
            Some(causes) => causes.get_or_init(make).clone(),
            None => make(),
        }
    }

    /// Why no place among the peers of a group is known.
    fn causes_of_ranks(&self, all: &[StepId], groups: StepId, group: usize, causes: &mut BTreeSet<Cause>) {
        for peer in self.peers.groups(groups).map(|groups| groups.peers(group)).unwrap_or_default() {
            let (period, row) = peer.record;
            match all.get(period as usize) {
                _ if peer.is_doubtful => self.doubt(groups, peer.record, causes),
                Some(step) => self.gather_causes(*step, row as usize, causes),
                None => {}
            }
        }
    }
}

/// What a row takes of what was made for groups.
#[derive(Debug, Clone)]
pub(super) struct OfGroup<R> {
    /// What was made for each group.
    pub(super) value: StepId,
    /// The groups.
    pub(super) groups: StepId,
    /// The period of the row.
    pub(super) period: u32,
    /// What the row shares with its peers.
    pub(super) same: Vec<R>,
    /// What is blamed where the group has no value.
    pub(super) site: u32,
}

/// Takes of what was made for groups the value of each row's own.
pub(super) fn of_group(out: &mut Vector, of: &OfGroup<usize>, same: &[View<'_>], batch: &mut Batch<'_>) {
    let (world, start, len) = (batch.world, batch.start, batch.len);
    let kept = world.kept.get(of.value.index()).and_then(Option::as_ref);
    let (Some(kept), Some(groups)) = (kept, world.peers.groups(of.groups)) else { return };
    let number = |lane: usize| groups.number(of.period, start + lane);
    // After the last group stands nothing, for the rows that have none.
    out.lanes.gather_from(world.lanes(kept), (0..len).map(number));
    if !kept.vector.missing.is_empty() {
        let why = batch.whys.of(of.site);
        for lane in (0..len).filter(|lane| kept.vector.missing.at(number(*lane))) {
            out.missing.blame(why, lane, len);
        }
    }
    for shared in same {
        out.missing.add(shared.missing, batch.whys);
    }
}
