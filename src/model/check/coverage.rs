//! What the rows of a table leave open.
//!
//! In: a [`Grid`], some of its rows, and the area they should cover. Out: areas that no row covers. The search
//! goes fact by fact, remembers what it knows of (fact, rows still in play), and gives up on a bounded amount
//! of work.

use super::grid::{Area, Grid, words};
use super::work::{MAKING, TooLarge, Work};
use fixedbitset::FixedBitSet;
use hashbrown::HashMap;
use indexmap::IndexMap;

/// A search for what some rows leave open of an area.
pub(super) struct Coverage<'a> {
    grid: &'a Grid,
    within: &'a Area,
    /// By fact and class: the rows that take it.
    takers: Vec<Vec<FixedBitSet>>,
    /// By fact: the rows that take everything of this fact and those after it.
    sure: Vec<FixedBitSet>,
    known: HashMap<(usize, FixedBitSet), bool>,
    work: &'a mut Work,
}

impl<'a> Coverage<'a> {
    /// A search of `within` for what is not covered by `rows`.
    pub(super) fn new(grid: &'a Grid, rows: &[usize], within: &'a Area, work: &'a mut Work) -> Result<Self, TooLarge> {
        let n_rows = grid.rows.len();
        work.spend(MAKING * (1 + grid.dimensions.len()))?;
        let mut takers = Vec::new();
        let mut sure = Vec::new();
        let mut sure_after: FixedBitSet = rows.iter().copied().collect();
        sure_after.grow(n_rows);
        sure.push(sure_after.clone());
        for (at, dimension) in grid.dimensions.iter().enumerate().rev() {
            let mut by_class = vec![FixedBitSet::with_capacity(n_rows); dimension.domain.classes.len()];
            work.spend(by_class.len() * words(n_rows))?;
            for row in rows {
                let taken = grid.rows.get(*row).and_then(|area| area.get(at));
                let whole = within.get(at);
                let Some((taken, whole)) = taken.zip(whole) else { continue };
                work.spend(words(taken.len()) + taken.count_ones(..))?;
                for class in taken.ones() {
                    if let Some(takers) = by_class.get_mut(class) {
                        takers.insert(*row);
                    }
                }
                if !whole.is_subset(taken) {
                    sure_after.set(*row, false);
                }
            }
            takers.push(by_class);
            sure.push(sure_after.clone());
        }
        takers.reverse();
        sure.reverse();
        Ok(Self { grid, within, takers, sure, known: HashMap::new(), work })
    }

    /// Whether the rows leave something open.
    pub(super) fn is_incomplete(&mut self) -> Result<bool, TooLarge> {
        let all = self.sure.last().cloned().unwrap_or_default();
        self.is_open(0, &all)
    }

    /// An area that is left open, made as large as it can be.
    pub(super) fn open_area(&mut self) -> Result<Option<Area>, TooLarge> {
        let mut rows = self.sure.last().cloned().unwrap_or_default();
        if !self.is_open(0, &rows)? {
            return Ok(None);
        }
        let mut area = Area::new();
        while !rows.is_clear() {
            let at = area.len();
            let mut next = None;
            for (left, classes) in self.branches(at, &rows)? {
                if self.is_open(at + 1, &left)? {
                    next = self.cells(at, classes).into_iter().next().map(|classes| (left, classes));
                    break;
                }
            }
            let Some((left, classes)) = next else { return Ok(None) };
            rows = left;
            area.push(classes);
        }
        let rest = self.within.iter().skip(area.len());
        area.extend(rest.cloned());
        self.enlarge(&mut area)?;
        Ok(Some(area))
    }

    fn is_open(&mut self, at: usize, rows: &FixedBitSet) -> Result<bool, TooLarge> {
        self.work.spend(words(rows.len()))?;
        if rows.is_clear() {
            return Ok(true);
        }
        if self.sure.get(at).is_some_and(|sure| !sure.is_disjoint(rows)) {
            return Ok(false);
        }
        let key = (at, rows.clone());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let mut is_open = false;
        for (rows, _) in self.branches(at, rows)? {
            if self.is_open(at + 1, &rows)? {
                is_open = true;
                break;
            }
        }
        self.known.insert(key, is_open);
        Ok(is_open)
    }

    /// The classes of a fact, together where the same rows stay in play; missing for itself.
    fn branches(&mut self, at: usize, rows: &FixedBitSet) -> Result<Vec<(FixedBitSet, FixedBitSet)>, TooLarge> {
        let empty = Vec::new();
        let (Some(within), Some(dimension)) = (self.within.get(at), self.grid.dimensions.get(at)) else {
            return Ok(Vec::new());
        };
        let takers = self.takers.get(at).unwrap_or(&empty);
        let missing = dimension.domain.missing();
        let mut branches: IndexMap<(FixedBitSet, bool), FixedBitSet> = IndexMap::new();
        for class in within.ones() {
            self.work.spend(MAKING / 4 + 2 * words(rows.len()))?;
            let mut left = rows.clone();
            if let Some(takers) = takers.get(class) {
                left.intersect_with(takers);
            }
            branches.entry((left, missing.contains(class))).or_insert_with(|| dimension.domain.none()).insert(class);
        }
        Ok(branches.into_iter().map(|((rows, _), classes)| (rows, classes)).collect())
    }

    /// A set of classes of a fact in as many parts as it takes cells to say it.
    fn cells(&self, at: usize, classes: FixedBitSet) -> Vec<FixedBitSet> {
        let Some(domain) = self.grid.dimensions.get(at).map(|dimension| &dimension.domain) else { return Vec::new() };
        if domain.fits_a_cell(&classes) {
            return vec![classes];
        }
        let run = |(first, last): (usize, usize)| {
            let mut set = domain.none();
            set.insert_range(first..last + 1);
            set
        };
        domain.runs(&classes).into_iter().map(run).collect()
    }

    /// Adds to an open area what can be added without meeting a row, so that one row to paste closes as much
    /// as it can: whole facts first, then class by class, missing never together with less than everything.
    fn enlarge(&mut self, area: &mut Area) -> Result<(), TooLarge> {
        for at in 0..area.len() {
            let (Some(within), Some(dimension)) = (self.within.get(at), self.grid.dimensions.get(at)) else { continue };
            if self.try_set(area, at, within.clone())? {
                continue;
            }
            let missing = dimension.domain.missing();
            if area.get(at).is_some_and(|set| !set.is_disjoint(&missing)) {
                continue;
            }
            for class in within.difference(&missing) {
                let Some(mut wider) = area.get(at).cloned() else { continue };
                if !wider.put(class) && dimension.domain.fits_a_cell(&wider) {
                    self.try_set(area, at, wider)?;
                }
            }
        }
        Ok(())
    }

    fn try_set(&mut self, area: &mut Area, at: usize, wider: FixedBitSet) -> Result<bool, TooLarge> {
        let Some(set) = area.get_mut(at) else { return Ok(false) };
        let before = std::mem::replace(set, wider);
        let played = self.sure.last().cloned().unwrap_or_default();
        for row in played.ones() {
            self.work.spend(area.len())?;
            if self.grid.rows.get(row).is_some_and(|row| Grid::meet(row, area)) {
                if let Some(set) = area.get_mut(at) {
                    *set = before;
                }
                return Ok(false);
            }
        }
        Ok(true)
    }
}
