//! Which lanes of a vector have no value, and why: a flag for each lane, and a note for each lane without a value.

use super::why::{Why, Whys};

/// A lane without a value, and why.
pub(super) type Note = (u32, Why);

/// The lanes without a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Missing {
    /// Whether each lane has no value; empty where every lane has one.
    flags: Vec<bool>,
    /// By lane, from the first on, each lane once.
    notes: Vec<Note>,
}

/// Every lane has a value.
pub(super) static NONE: Missing = Missing { flags: Vec::new(), notes: Vec::new() };

impl Missing {
    /// Every lane has a value again. Memory is kept.
    pub(super) fn clear(&mut self) {
        self.flags.clear();
        self.notes.clear();
    }

    /// Whether every lane has a value.
    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Whether a lane has no value.
    pub(super) fn at(&self, lane: usize) -> bool {
        self.flags.get(lane).copied().unwrap_or(false)
    }

    /// Whether each lane has no value; empty where every lane has one.
    pub(super) fn flags(&self) -> &[bool] {
        &self.flags
    }

    /// The lanes without a value.
    pub(super) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Why a lane has no value.
    pub(super) fn why(&self, lane: usize) -> Option<Why> {
        let lane = u32::try_from(lane).ok()?;
        let at = self.notes.binary_search_by_key(&lane, |(lane, _)| *lane).ok()?;
        self.notes.get(at).map(|(_, why)| *why)
    }

    /// Blames a lane, of `len` lanes, that had a value so far.
    pub(super) fn blame(&mut self, why: Why, lane: usize, len: usize) {
        let Ok(number) = u32::try_from(lane) else { return };
        if self.flags.len() < len {
            self.flags.resize(len, false);
        }
        if let Some(flag) = self.flags.get_mut(lane) {
            *flag = true;
        }
        match self.notes.last() {
            Some((last, _)) if *last >= number => {
                if let Err(at) = self.notes.binary_search_by_key(&number, |(lane, _)| *lane) {
                    self.notes.insert(at, (number, why));
                }
            }
            _ => self.notes.push((number, why)),
        }
    }

    /// Adds what another lacks.
    pub(super) fn add(&mut self, other: &Self, whys: &mut Whys) {
        self.add_where(other, whys, |_| true);
    }

    /// Adds what another lacks, in the lanes where it matters.
    pub(super) fn add_where(&mut self, other: &Self, whys: &mut Whys, matters: impl Fn(usize) -> bool) {
        let mut new = other.notes.iter().copied().filter(|(lane, _)| matters(*lane as usize)).peekable();
        if new.peek().is_none() {
            return;
        }
        if self.flags.len() < other.flags.len() {
            self.flags.resize(other.flags.len(), false);
        }
        if self.notes.is_empty() {
            self.notes.extend(new);
            for (lane, _) in &self.notes {
                if let Some(flag) = self.flags.get_mut(*lane as usize) {
                    *flag = true;
                }
            }
            return;
        }
        let mut both = Vec::with_capacity(self.notes.len() + other.notes.len());
        let mut old = self.notes.iter().copied().peekable();
        for (lane, why) in new {
            while let Some(before) = old.next_if(|(before, _)| *before < lane) {
                both.push(before);
            }
            let joined = match old.next_if(|(before, _)| *before == lane) {
                Some((_, before)) => whys.join(before, why),
                None => why,
            };
            both.push((lane, joined));
            if let Some(flag) = self.flags.get_mut(lane as usize) {
                *flag = true;
            }
        }
        both.extend(old);
        self.notes = both;
    }

    /// Adds a lane of another, of `len` lanes.
    pub(super) fn add_lane(&mut self, other: &Self, lane: usize, len: usize, whys: &mut Whys) {
        let Some(why) = other.why(lane) else { return };
        if !self.at(lane) {
            return self.blame(why, lane, len);
        }
        let Ok(number) = u32::try_from(lane) else { return };
        if let Ok(at) = self.notes.binary_search_by_key(&number, |(lane, _)| *lane)
            && let Some((_, before)) = self.notes.get_mut(at)
        {
            *before = whys.join(*before, why);
        }
    }

    /// Appends so many lanes of another after so many of this one.
    pub(super) fn append(&mut self, other: &Self, before: usize, count: usize, all: usize) {
        if other.is_empty() && self.flags.is_empty() {
            return;
        }
        self.flags.reserve_exact(all.saturating_sub(self.flags.len()));
        self.flags.resize(before, false);
        self.flags.extend_from_slice(other.flags.get(..count.min(other.flags.len())).unwrap_or_default());
        self.flags.resize(before + count, false);
        let Ok(first) = u32::try_from(before) else { return };
        let notes = other.notes.iter().take_while(|(lane, _)| (*lane as usize) < count);
        self.notes.extend(notes.map(|(lane, why)| (first.saturating_add(*lane), *why)));
    }

    /// Takes lanes from a longer one.
    pub(super) fn slice_from(&mut self, other: &Self, start: usize, len: usize) {
        self.clear();
        let (Ok(first), Ok(end)) = (u32::try_from(start), u32::try_from(start + len)) else { return };
        let from = other.notes.partition_point(|(lane, _)| *lane < first);
        for (lane, why) in other.notes.get(from..).unwrap_or_default().iter().take_while(|(lane, _)| *lane < end) {
            self.blame(*why, (*lane - first) as usize, len);
        }
    }

    /// Why, of each lane without a value.
    pub(super) fn whys_mut(&mut self) -> impl Iterator<Item = &mut Why> {
        self.notes.iter_mut().map(|(_, why)| why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    type Model = BTreeMap<usize, BTreeSet<u32>>;

    fn made(of: &Model, whys: &mut Whys) -> Missing {
        let mut missing = Missing::default();
        for (lane, sites) in of.iter().rev() {
            let each: Vec<Why> = sites.iter().map(|site| whys.of(*site)).collect();
            let why = each.into_iter().reduce(|a, b| whys.join(a, b)).unwrap();
            missing.blame(why, *lane, 64);
        }
        missing
    }

    fn read(missing: &Missing, whys: &Whys) -> Model {
        let lanes = 0..missing.flags().len();
        assert!(lanes.clone().all(|lane| missing.at(lane) == missing.why(lane).is_some()));
        let sites = |lane| missing.why(lane).map(|why| (lane, whys.sites(why).iter().copied().collect()));
        lanes.filter_map(sites).collect()
    }

    fn model() -> impl Strategy<Value = Model> {
        prop::collection::btree_map(0usize..64, prop::collection::btree_set(0u32..5, 1..4), 0..20)
    }

    proptest! {
        #[test]
        fn what_two_lack_is_joined(a in model(), b in model(), from in 0usize..64) {
            let mut whys = Whys::default();
            let (mut x, y) = (made(&a, &mut whys), made(&b, &mut whys));
            prop_assert_eq!(read(&x, &whys), a.clone());
            let mut both = a;
            for (lane, sites) in b.iter().filter(|(lane, _)| **lane >= from) {
                both.entry(*lane).or_default().extend(sites);
            }
            let mut lane_by_lane = x.clone();
            (from..64).for_each(|lane| lane_by_lane.add_lane(&y, lane, 64, &mut whys));
            x.add_where(&y, &mut whys, |lane| lane >= from);
            prop_assert_eq!(read(&x, &whys), both.clone());
            prop_assert_eq!(read(&lane_by_lane, &whys), both.clone());
            let (mut front, mut back, mut whole) = (Missing::default(), Missing::default(), Missing::default());
            front.slice_from(&x, 0, from);
            back.slice_from(&x, from, 64 - from);
            whole.append(&front, 0, from, 64);
            whole.append(&back, from, 64 - from, 64);
            prop_assert_eq!(read(&whole, &whys), both);
        }
    }
}
