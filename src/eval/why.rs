//! Why lanes have no value: sets of sites, each kept once and named by a number, so that a lane carries no more than
//! that number however much is to blame.

use hashbrown::{DefaultHashBuilder, HashMap};
use indexmap::IndexSet;

/// The number of a set of sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Why(u32);

impl Why {
    /// The number.
    pub(super) fn number(self) -> u32 {
        self.0
    }
}

/// The sets of a frame.
#[derive(Debug, Clone, Default)]
pub(super) struct Whys {
    /// The sites of each, from the lowest on.
    sets: IndexSet<Box<[u32]>, DefaultHashBuilder>,
    /// What two of them come to together.
    joined: HashMap<(Why, Why), Why>,
}

impl Whys {
    /// One site alone.
    pub(super) fn of(&mut self, site: u32) -> Why {
        match self.sets.get_index_of([site].as_slice()) {
            Some(known) => number(known),
            None => self.add(Box::new([site])),
        }
    }

    /// Both.
    pub(super) fn join(&mut self, a: Why, b: Why) -> Why {
        if a == b {
            return a;
        }
        let key = (a.min(b), a.max(b));
        if let Some(known) = self.joined.get(&key) {
            return *known;
        }
        let mut all: Vec<u32> = self.sites(a).iter().chain(self.sites(b)).copied().collect();
        all.sort_unstable();
        all.dedup();
        let both = self.add(all.into_boxed_slice());
        self.joined.insert(key, both);
        both
    }

    /// The sites to blame.
    pub(super) fn sites(&self, why: Why) -> &[u32] {
        self.sets.get_index(why.0 as usize).map_or(&[], |sites| sites)
    }

    /// How many sets there are.
    pub(super) fn len(&self) -> usize {
        self.sets.len()
    }

    /// How much is remembered: the sets, and what pairs of them come to.
    pub(super) fn size(&self) -> usize {
        self.sets.len() + self.joined.len()
    }

    /// Forgets all sets but the first so many and those that are used, which are numbered anew.
    pub(super) fn forget<'w>(&mut self, first: usize, used: impl Iterator<Item = &'w mut Why>) {
        self.joined.clear();
        let mut rest: Vec<(Box<[u32]>, Option<Why>)> = self.sets.drain(first..).map(|sites| (sites, None)).collect();
        for why in used {
            let Some((sites, known)) = (why.0 as usize).checked_sub(first).and_then(|at| rest.get_mut(at)) else {
                continue;
            };
            *why = *known.get_or_insert_with(|| self.add(std::mem::take(sites)));
        }
    }

    /// Takes in the sets of another; gives the number here of each.
    pub(super) fn adopt(&mut self, other: &Self) -> Vec<Why> {
        other.sets.iter().map(|sites| self.add(sites.clone())).collect()
    }

    fn add(&mut self, sites: Box<[u32]>) -> Why {
        number(self.sets.insert_full(sites).0)
    }
}

impl Why {
    /// The number elsewhere, by what [`Whys::adopt`] gave.
    pub(super) fn adopted(self, numbers: &[Self]) -> Self {
        numbers.get(self.0 as usize).copied().unwrap_or(self)
    }
}

fn number(index: usize) -> Why {
    Why(u32::try_from(index).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_that_nothing_uses_are_forgotten() {
        let mut whys = Whys::default();
        let first = whys.of(0);
        let all: Vec<Why> = (1..100).map(|site| whys.of(site)).collect();
        let mut used = [whys.join(all[3], all[4]), all[7], first, all[7]];
        whys.forget(1, used.iter_mut());
        assert_eq!((whys.len(), whys.size()), (3, 3));
        assert_eq!(used.map(|why| whys.sites(why).to_vec()), [vec![4, 5], vec![8], vec![0], vec![8]]);
        assert_eq!((used[2], whys.of(8)), (first, used[1]));
    }

    #[test]
    fn a_set_is_kept_once() {
        let mut whys = Whys::default();
        let (one, two) = (whys.of(7), whys.of(3));
        let both = whys.join(one, two);
        assert_eq!(whys.sites(both), [3, 7]);
        assert_eq!(whys.join(two, one), both);
        assert_eq!(whys.join(both, one), both);
        let mut others = Whys::default();
        others.of(9);
        let numbers = others.adopt(&whys);
        assert_eq!(others.sites(both.adopted(&numbers)), [3, 7]);
    }
}
