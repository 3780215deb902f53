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
