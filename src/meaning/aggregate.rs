//! Values made of many: over records, over a list, along a series, and ranks.
//!
//! In: an aggregate expression and a row. Out: an outcome, and on how many records it rests. One missing member
//! makes a sum missing, with its causes; `any` and `all` stay three-valued.

use super::Basis;
use super::explain::Part;
use super::machine::{At, Machine};
use super::operation::{self, Done};
use crate::model::{DeclarationKind, Expr, ExprKind, Formula, Level, Start, TableId};
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, LogicOp, SeriesOp};
use crate::value::{Causes, Fault, Number, NumberFault, Outcome, Value};

/// A member of an aggregate: whether it counts, and its value.
struct Member {
    counts: Outcome,
    value: Outcome,
}

impl Machine<'_> {
    /// The value of an aggregate, list, series or rank.
    pub(super) fn aggregate(&mut self, expr: &Expr, at: At) -> Outcome {
        match &expr.kind {
            ExprKind::Aggregate { op, over, everywhere, operand, condition } => {
                let key = expr.span.into();
                let everywhere = *everywhere || at.level == Level::Nation;
                let kept = if everywhere { self.everywhere.get(&key).cloned() } else { None };
                let (outcome, basis) = match kept {
                    Some(kept) if self.trace.is_none() => kept,
                    _ => {
                        let rows = self.visited(*over, everywhere, at);
                        let members = self.members(*over, rows, operand.as_deref(), condition.as_deref());
                        // What all records have in common is no record's fault.
                        let of = if everywhere { At::NATION } else { at };
                        let found = self.combined(*op, *over, &members, expr.span, of);
                        if everywhere && !self.in_circle {
                            self.everywhere.insert(key, found.clone());
                        }
                        found
                    }
                };
                self.note_basis(expr, &basis, at);
                self.note_part(expr, &outcome, Some(&basis));
                outcome
            }
            ExprKind::ListOf { op, items } => {
                let members: Vec<Member> = items
                    .iter()
                    .map(|item| Member { counts: Outcome::Known(true.into()), value: self.value(item, at) })
                    .collect();
                // `count of (a, b)` counts the answers that are yes.
                let members = if *op == AggregateOp::Count {
                    members.into_iter().map(|member| Member { counts: member.value.clone(), ..member }).collect()
                } else {
                    members
                };
                let outcome = self.over_members(*op, &members, expr.span, at);
                self.note_part(expr, &outcome, None);
                outcome
            }
            ExprKind::Series { op, operand } => {
                let outcome = self.so_far(*op, operand, expr.span, at);
                self.note_part(expr, &outcome, None);
                outcome
            }
            ExprKind::Rank { over, operand, from_highest } => self.rank(expr, *over, operand, *from_highest, at),
            _ => self.fault(Fault::Internal, expr.span, at),
        }
    }

    /// The records an aggregate visits: those that belong to the current row, or all.
    pub(super) fn visited(&mut self, over: TableId, everywhere: bool, at: At) -> Vec<usize> {
        match at.level {
            Level::Table(under) if !everywhere => {
                self.rows.below(self.model, over, under, at.row).into_iter().map(|row| row as usize).collect()
            }
            _ => (0..self.rows.count(Level::Table(over))).collect(),
        }
    }

    fn members(
        &mut self,
        over: TableId,
        mut rows: Vec<usize>,
        operand: Option<&Expr>,
        condition: Option<&Expr>,
    ) -> Vec<Member> {
        // Series are visited in the order of time, for `latest`; everything else does not depend on the order.
        rows.sort_by_key(|row| self.rows.ordinal(over, *row));
        self.deeper(1);
        let yes = Outcome::Known(Value::YesNo(true));
        let members = rows
            .into_iter()
            .map(|row| {
                let here = At::table(over, row);
                let counts = condition.map_or_else(|| yes.clone(), |condition| self.value(condition, here));
                let value = match (operand, &counts) {
                    (Some(operand), Outcome::Known(Value::YesNo(true)) | Outcome::Missing(_)) => {
                        self.value(operand, here)
                    }
                    _ => yes.clone(),
                };
                Member { counts, value }
            })
            .collect();
        self.deeper(-1);
        members
    }

    /// The aggregate and its basis; where it is missing, what the records that had a value give alone.
    fn combined(&mut self, op: AggregateOp, over: TableId, members: &[Member], span: Span, at: At) -> (Outcome, Basis) {
        let outcome = self.over_members(op, members, span, at);
        let is_out = |member: &&Member| member.counts == Outcome::Known(Value::YesNo(false));
        let is_known = |member: &&Member| !member.counts.is_missing() && !member.value.is_missing();
        let counts_all = matches!(op, AggregateOp::Count | AggregateOp::Share);
        let relevant: Vec<&Member> = members.iter().filter(|member| counts_all || !is_out(member)).collect();
        let determined = relevant.iter().filter(|member| is_known(member)).count();
        let undetermined = relevant.len() - determined;
        let partial = if outcome.is_missing() && undetermined > 0 {
            let known: Vec<Member> = members
                .iter()
                .filter(is_known)
                .map(|member| Member { counts: member.counts.clone(), value: member.value.clone() })
                .collect();
            self.over_members(op, &known, span, at).known().cloned()
        } else {
            None
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (outcome, Basis { table: over, determined: count(determined), undetermined: count(undetermined), partial })
    }

    fn over_members(&mut self, op: AggregateOp, members: &[Member], span: Span, at: At) -> Outcome {
        match op {
            AggregateOp::Any | AggregateOp::All => {
                let logic = if op == AggregateOp::Any { LogicOp::Or } else { LogicOp::And };
                let answers: Vec<Outcome> = members.iter().map(|member| quantified(op, member)).collect();
                return self.done(operation::logic(logic, &answers), span, at);
            }
            AggregateOp::Latest => return self.latest(members, span, at),
            _ => {}
        }
        let mut unknown: Vec<&Causes> = Vec::new();
        let mut values: Vec<&Value> = Vec::new();
        for member in members {
            match (&member.counts, &member.value) {
                (Outcome::Known(Value::YesNo(false)), _) => {}
                (Outcome::Missing(causes), _) => unknown.push(causes),
                (_, Outcome::Missing(causes)) => unknown.push(causes),
                (_, Outcome::Known(value)) => values.push(value),
            }
        }
        if !unknown.is_empty() {
            return Outcome::Missing(Causes::union(unknown));
        }
        if matches!(op, AggregateOp::Count | AggregateOp::Share) {
            let whole = |n: usize| Number::from(i64::try_from(n).unwrap_or(i64::MAX));
            let count = whole(values.len());
            return match op {
                AggregateOp::Count => Outcome::Known(Value::Number(count)),
                _ if members.is_empty() => self.fault(Fault::NoRecords, span, at),
                _ => self.done(count.divide(&whole(members.len())).into(), span, at),
            };
        }
        self.of_values(op, &values, span, at)
    }

    /// Sum, mean, least and their like of values that are all known.
    fn of_values(&self, op: AggregateOp, values: &[&Value], span: Span, at: At) -> Outcome {
        if matches!(op, AggregateOp::Least | AggregateOp::Greatest) {
            let chosen = values.iter().copied().reduce(|best, next| {
                let wanted =
                    if op == AggregateOp::Least { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
                if operation::order(next, best) == Some(wanted) { next } else { best }
            });
            return chosen
                .map_or_else(|| self.fault(Fault::NoRecords, span, at), |value| Outcome::Known(value.clone()));
        }
        let numbers: Option<Vec<&Number>> = values
            .iter()
            .map(|value| match value {
                Value::Number(number) => Some(number),
                _ => None,
            })
            .collect();
        let Some(mut numbers) = numbers else { return self.fault(Fault::Internal, span, at) };
        if numbers.is_empty() && op != AggregateOp::Sum {
            return self.fault(Fault::NoRecords, span, at);
        }
        let result = match op {
            AggregateOp::Sum => sum(&numbers),
            AggregateOp::Mean => {
                let count = Number::from(i64::try_from(numbers.len()).unwrap_or(i64::MAX));
                sum(&numbers).and_then(|total| total.divide(&count))
            }
            AggregateOp::Median => {
                numbers.sort();
                quantile(&numbers, 1, 2)
            }
            AggregateOp::LowerQuartile => {
                numbers.sort();
                quantile(&numbers, 1, 4)
            }
            AggregateOp::UpperQuartile => {
                numbers.sort();
                quantile(&numbers, 3, 4)
            }
            _ => return self.fault(Fault::Internal, span, at),
        };
        self.done(Done::from(result), span, at)
    }

    /// The value of the last member that has one. Members come in the order of time.
    fn latest(&self, members: &[Member], span: Span, at: At) -> Outcome {
        let mut unknown: Vec<&Causes> = Vec::new();
        for member in members.iter().rev() {
            match (&member.counts, &member.value) {
                (Outcome::Known(Value::YesNo(true)), Outcome::Known(_)) => return member.value.clone(),
                (Outcome::Known(_), Outcome::Known(_)) => {}
                (Outcome::Missing(causes), _) => return Outcome::Missing(causes.clone()),
                (_, Outcome::Missing(causes)) => unknown.push(causes),
            }
        }
        if unknown.is_empty() {
            self.fault(Fault::NoRecords, span, at)
        } else {
            Outcome::Missing(Causes::union(unknown))
        }
    }

    fn so_far(&mut self, op: SeriesOp, operand: &Expr, span: Span, at: At) -> Outcome {
        let Level::Table(table) = at.level else { return self.fault(Fault::Internal, span, at) };
        self.deeper(1);
        let yes = Outcome::Known(Value::YesNo(true));
        let members: Vec<Member> = self
            .rows
            .so_far(table, at.row)
            .into_iter()
            .map(|row| Member { counts: yes.clone(), value: self.value(operand, At::table(table, row)) })
            .collect();
        self.deeper(-1);
        let op = match op {
            SeriesOp::RunningTotal => AggregateOp::Sum,
            SeriesOp::HighestSoFar => AggregateOp::Greatest,
            SeriesOp::LowestSoFar => AggregateOp::Least,
        };
        self.over_members(op, &members, span, at)
    }

    /// The place among all records, 1 being first; equal values share the better place.
    fn rank(&mut self, expr: &Expr, over: TableId, operand: &Expr, from_highest: bool, at: At) -> Outcome {
        let key = expr.span.into();
        if !self.ranked.contains_key(&key) || self.in_circle {
            let rows = 0..self.rows.count(Level::Table(over));
            self.deeper(1);
            let all: Vec<Outcome> = rows.map(|row| self.value(operand, At::table(over, row))).collect();
            self.deeper(-1);
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

    /// Goes to records other than the declaration's own row, and back.
    pub(super) fn deeper(&mut self, by: isize) {
        self.depth = self.depth.saturating_add_signed(by);
        if let Some(trace) = &mut self.trace {
            trace.depth = trace.depth.saturating_add_signed(by);
        }
    }

    fn note_part(&mut self, expr: &Expr, outcome: &Outcome, basis: Option<&Basis>) {
        if let Some(trace) = &mut self.trace
            && trace.depth == 0
        {
            trace.parts.push(Part {
                span: expr.span,
                outcome: outcome.clone(),
                ty: expr.ty.clone(),
                basis: basis.cloned(),
            });
        }
    }

    /// Keeps on how many records the current declaration rests: of several aggregates the least determined one.
    fn note_basis(&mut self, expr: &Expr, basis: &Basis, at: At) {
        let declaration = self.model.declaration(self.current);
        // Only aggregates of the declaration's own row count, not those asked for at another record.
        if declaration.level != at.level || self.depth > 0 {
            return;
        }
        let is_whole = match &declaration.kind {
            DeclarationKind::Measure(Formula { start: Start::Is(start), clauses }) => {
                clauses.is_empty() && start.span == expr.span
            }
            _ => false,
        };
        let mut basis = basis.clone();
        if !is_whole {
            basis.partial = None;
        }
        let key = (self.current, u32::try_from(at.row).unwrap_or(u32::MAX));
        let rank = |basis: &Basis| (basis.undetermined, basis.determined);
        if self.results.bases.get(&key).is_none_or(|kept| rank(&basis) > rank(kept)) {
            self.results.bases.insert(key, basis);
        }
    }
}

/// What a member contributes to `any` (it counts and is so) or `all` (it does not count or is so).
fn quantified(op: AggregateOp, member: &Member) -> Outcome {
    let (counts, logic) = if op == AggregateOp::Any {
        (member.counts.clone(), LogicOp::And)
    } else {
        match operation::not(&member.counts) {
            Done::Outcome(outcome) => (outcome, LogicOp::Or),
            Done::Fault(_) => (member.counts.clone(), LogicOp::Or),
        }
    };
    match operation::logic(logic, &[counts, member.value.clone()]) {
        Done::Outcome(outcome) => outcome,
        Done::Fault(_) => member.value.clone(),
    }
}

fn sum(numbers: &[&Number]) -> Result<Number, NumberFault> {
    numbers.iter().try_fold(Number::zero(), |total, number| total.add(number))
}

/// The value at the share `above / below` of the way through sorted numbers, on a straight line between
/// neighbours: the same as a spreadsheet's `QUARTILE.INC` and `MEDIAN`.
pub(crate) fn quantile(sorted: &[&Number], above: usize, below: usize) -> Result<Number, NumberFault> {
    let steps = (sorted.len().saturating_sub(1)) * above;
    let (place, rest) = (steps / below, steps % below);
    let Some(low) = sorted.get(place) else { return Ok(Number::zero()) };
    let Some(high) = sorted.get(place + 1) else { return Ok((*low).clone()) };
    let whole = |n: usize| Number::from(i64::try_from(n).unwrap_or(i64::MAX));
    let way = whole(rest).divide(&whole(below))?;
    low.add(&high.subtract(low)?.multiply(&way)?)
}
