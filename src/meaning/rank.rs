//! Ranks: the place of a record's figure among those of all records, or of its peers.
//!
//! In: a figure and the records. Out: the place; missing where one of the figures is, for then every place is unknown.

use super::machine::{At, Machine};
use super::operation;
use super::peers::{Among, Peers};
use crate::model::{Expr, Level, TableId};
use crate::value::{Causes, Fault, Number, Outcome, Value};

impl Machine<'_> {
    /// The place among all records, 1 being first; equal values share the better place.
    pub(super) fn rank(
        &mut self,
        expr: &Expr,
        over: TableId,
        operand: &Expr,
        from_highest: bool,
        peers: Option<&Peers>,
        at: At,
    ) -> Outcome {
        let key = (expr.span.into(), peers.map_or(Among::ALL, |peers| peers.among));
        if !self.ranked.contains_key(&key) || self.in_circle {
            let rows: Vec<(usize, Option<Causes>)> = match peers {
                Some(peers) => peers.visited(),
                None => (0..self.rows.count(Level::Table(over))).map(|row| (row, None)).collect(),
            };
            self.deeper(1);
            let seen = std::mem::take(&mut self.seen);
            let all: Vec<Outcome> = rows
                .into_iter()
                .map(|(row, doubt)| doubt.map_or_else(|| self.value(operand, At::table(over, row)), Outcome::Missing))
                .collect();
            self.deeper(-1);
            // Figures of two definitions have no common order.
            let order = self.on_one_side(Outcome::Known(true.into()), expr.span, at);
            let all: Vec<Outcome> = all.into_iter().chain(Some(order).filter(Outcome::is_missing)).collect();
            self.seen = seen;
            let unknown: Vec<&Causes> = all
                .iter()
                .filter_map(|one| match one {
                    Outcome::Missing(causes) => Some(causes),
                    Outcome::Known(_) => None,
                })
                .collect();
            let sorted = if unknown.is_empty() {
                let mut sorted = all;
                sorted.sort_by(|a, b| match (a.known(), b.known()) {
                    (Some(a), Some(b)) => {
                        let order = operation::order(a, b).unwrap_or(std::cmp::Ordering::Equal);
                        if from_highest { order.reverse() } else { order }
                    }
                    _ => std::cmp::Ordering::Equal,
                });
                sorted
            } else {
                // One that is missing leaves every place unknown.
                vec![Outcome::Missing(Causes::union(unknown))]
            };
            self.ranked.insert(key, sorted);
        }
        let mine = self.value(operand, at);
        let Some(sorted) = self.ranked.get(&key) else { return self.fault(Fault::Internal, expr.span, at) };
        let (Some(first), Some(mine)) = (sorted.first(), mine.known()) else {
            return sorted.first().cloned().unwrap_or(mine);
        };
        if first.is_missing() {
            return first.clone();
        }
        let better = if from_highest { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less };
        let place = sorted
            .partition_point(|other| other.known().and_then(|other| operation::order(other, mine)) == Some(better));
        Outcome::Known(Value::Number(Number::from(i64::try_from(place + 1).unwrap_or(i64::MAX))))
    }
}
