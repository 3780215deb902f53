//! The peers of a record: those at which everything named is what it is at the current row.
//!
//! In: what peers share and a row. Out: the records to make something of. Records are put into groups once, so that
//! what is made of a group is made once for all of its members.

use super::machine::{At, Machine};
use crate::model::{Expr, Level, TableId};
use crate::value::{Causes, Fault, Outcome, Value};
use indexmap::IndexMap;

/// All of the nation's records, or the group with a number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Among(usize);

impl Among {
    /// All of the nation's records.
    pub(super) const ALL: Self = Self(0);
}

/// The records of one group.
#[derive(Debug, Clone)]
pub(super) struct Peers {
    /// Its number.
    pub(super) among: Among,
    /// Those that surely belong to it.
    rows: Vec<usize>,
    /// Those of which it is not known, and why.
    doubtful: Vec<(usize, Causes)>,
}

impl Peers {
    /// Every record that belongs to the group or may, with the causes why it is not known.
    pub(super) fn visited(&self) -> Vec<(usize, Option<Causes>)> {
        let sure = self.rows.iter().map(|row| (*row, None));
        let mut all: Vec<_> =
            sure.chain(self.doubtful.iter().map(|(row, causes)| (*row, Some(causes.clone())))).collect();
        all.sort_by_key(|(row, _)| *row);
        all
    }
}

/// Every record of a table by what its peers share.
#[derive(Debug, Default)]
pub(super) struct Groups {
    rows: IndexMap<Vec<Value>, Vec<usize>>,
    /// Records that lack some of it.
    open: Vec<(usize, Vec<Outcome>)>,
}

impl Groups {
    fn peers(&self, shared: &[Value]) -> Peers {
        let found = self.rows.get_full(shared);
        // What no record shares is a group of its own without records; it is never kept.
        let among = Among(found.map_or(usize::MAX, |(number, ..)| number + 1));
        let doubtful = self.open.iter().filter_map(|(row, theirs)| doubt(shared, theirs).map(|why| (*row, why)));
        Peers { among, rows: found.map(|(.., rows)| rows.clone()).unwrap_or_default(), doubtful: doubtful.collect() }
    }
}

/// Why it is not known whether a record shares this; none where something it has differs.
fn doubt(shared: &[Value], theirs: &[Outcome]) -> Option<Causes> {
    let mut causes = Vec::new();
    for (wanted, found) in shared.iter().zip(theirs) {
        match found {
            Outcome::Known(found) if found != wanted => return None,
            Outcome::Known(_) => {}
            Outcome::Missing(why) => causes.push(why),
        }
    }
    Some(Causes::union(causes))
}

impl Machine<'_> {
    /// What is made of the peers of the current row.
    pub(super) fn among_peers(&mut self, expr: &Expr, over: TableId, same: &[Expr], of: &Expr, at: At) -> Outcome {
        let seen = std::mem::take(&mut self.seen);
        let mine: Vec<Outcome> = same.iter().map(|name| self.value(name, at)).collect();
        let shared: Option<Vec<Value>> = mine.iter().map(|outcome| outcome.known().cloned()).collect();
        let Some(shared) = shared else {
            let why = mine.iter().filter_map(|outcome| match outcome {
                Outcome::Missing(causes) => Some(causes),
                Outcome::Known(_) => None,
            });
            return Outcome::Missing(Causes::union(why));
        };
        let key = expr.span.into();
        if !self.groups.contains_key(&key) || self.in_circle {
            let groups = self.grouped(over, same);
            self.groups.insert(key, groups);
        }
        self.seen = seen;
        let Some(peers) = self.groups.get(&key).map(|groups| groups.peers(&shared)) else {
            return self.fault(Fault::Internal, expr.span, at);
        };
        self.aggregate(of, Some(&peers), at)
    }

    fn grouped(&mut self, over: TableId, same: &[Expr]) -> Groups {
        let mut groups = Groups::default();
        // What is read here is no input of the row that asks.
        let trace = self.trace.take();
        for row in 0..self.rows.count(Level::Table(over)) {
            let theirs: Vec<Outcome> = same.iter().map(|name| self.value(name, At::table(over, row))).collect();
            match theirs.iter().map(|outcome| outcome.known().cloned()).collect() {
                Some(known) => groups.rows.entry(known).or_insert_with(Vec::new).push(row),
                None => groups.open.push((row, theirs)),
            }
        }
        self.trace = trace;
        groups
    }
}
