//! Values made of many: over records, over a list, along a series.
//!
//! In: an aggregate expression and a row. Out: an outcome, and on how many records it rests. One missing member
//! makes a sum missing, with its causes; `any` and `all` stay three-valued.

use super::Basis;
use super::breaks::Sides;
use super::explain::Part;
use super::machine::{At, Machine};
use super::operation::{self, Done};
use super::peers::{Among, Peers};
use crate::model::{DeclarationKind, Expr, ExprKind, Formula, Level, Start, TableId};
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, LogicOp, SeriesOp};
use crate::value::{Causes, Fault, Number, NumberFault, Outcome, Period, Value};

/// A member of an aggregate: whether it counts, its value, and how much it weighs.
struct Member {
    /// The record; none for a member of a list.
    row: Option<usize>,
    counts: Outcome,
    value: Outcome,
    weight: Option<Outcome>,
    /// On which sides of new definitions it lies.
    sides: Sides,
}

/// What is made of which records.
struct Asked<'e> {
    op: AggregateOp,
    over: TableId,
    operand: Option<&'e Expr>,
    weight: Option<&'e Expr>,
    condition: Option<&'e Expr>,
}

impl Machine<'_> {
    /// The value of an aggregate, list, series or rank; over the nation's records, or over these peers.
    pub(super) fn aggregate(&mut self, expr: &Expr, peers: Option<&Peers>, at: At) -> Outcome {
        match &expr.kind {
            ExprKind::Aggregate { op, over, everywhere, operand, condition } => {
                let (operand, condition) = (operand.as_deref(), condition.as_deref());
                let asked = Asked { op: *op, over: *over, operand, weight: None, condition };
                self.over_records(expr, &asked, *everywhere, peers, at)
            }
            ExprKind::WeightedMean { over, everywhere, operand, weight, condition } => {
                let (operand, weight, condition) = (Some(&**operand), Some(&**weight), condition.as_deref());
                let asked = Asked { op: AggregateOp::Mean, over: *over, operand, weight, condition };
                self.over_records(expr, &asked, *everywhere, peers, at)
            }
            ExprKind::ListOf { op, items } => {
                let members: Vec<Member> = items
                    .iter()
                    .map(|item| {
                        let value = self.value(item, at);
                        // `count of (a, b)` counts the answers that are yes.
                        let yes = Outcome::Known(true.into());
                        let counts = if *op == AggregateOp::Count { value.clone() } else { yes };
                        Member { row: None, counts, value, weight: None, sides: Sides::new() }
                    })
                    .collect();
                let outcome = self.over_members(*op, &members, expr.span, at);
                self.note_part(expr, &outcome, None);
                outcome
            }
            ExprKind::Series { op, operand } => {
                let outcome = self.so_far(*op, operand, expr.span, at);
                self.note_part(expr, &outcome, None);
                outcome
            }
            ExprKind::Rank { over, operand, from_highest } => self.rank(expr, *over, operand, *from_highest, peers, at),
            _ => self.fault(Fault::Internal, expr.span, at),
        }
    }

    fn over_records(
        &mut self,
        expr: &Expr,
        asked: &Asked<'_>,
        everywhere: bool,
        peers: Option<&Peers>,
        at: At,
    ) -> Outcome {
        let key = (expr.span.into(), peers.map_or(Among::ALL, |peers| peers.among));
        let everywhere = everywhere || at.level == Level::Nation;
        let kept = if everywhere { self.everywhere.get(&key).cloned() } else { None };
        let (outcome, basis, sides) = match kept {
            Some(kept) if self.trace.is_none() => kept,
            _ => {
                let members = match peers {
                    Some(peers) => self.members(asked, peers.visited()),
                    None => {
                        let rows = self.visited(asked.over, everywhere, at);
                        self.members(asked, rows.into_iter().map(|row| (row, None)).collect())
                    }
                };
                // What all records have in common is no record's fault.
                let of = if everywhere { At::NATION } else { at };
                let (outcome, mut basis) = self.combined(asked, &members, expr.span, of);
                let sides = self.sides_of(asked.op, &members);
                if super::breaks::meet(&sides).is_some() {
                    basis.partial = None;
                }
                let found = (outcome, basis, sides);
                if everywhere && !self.in_circle {
                    self.everywhere.insert(key, found.clone());
                }
                found
            }
        };
        self.seen.extend(sides);
        self.note_basis(expr, &basis, at);
        self.note_part(expr, &outcome, Some(&basis));
        outcome
    }

    /// Where the records lie that count; of the latest, those from the one that is taken to the last.
    fn sides_of(&self, op: AggregateOp, members: &[Member]) -> Sides {
        if !self.has_breaks {
            return Sides::new();
        }
        let counting = members.iter().filter(|member| member.counts != Outcome::Known(Value::YesNo(false)));
        if !matches!(op, AggregateOp::Latest | AggregateOp::LatestPeriod) {
            return counting.flat_map(|member| &member.sides).copied().collect();
        }
        let mut sides = Sides::new();
        for member in counting.rev() {
            sides.extend(&member.sides);
            if !member.value.is_missing() && !member.counts.is_missing() {
                break;
            }
        }
        sides
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

    /// The members of an aggregate. Where it is doubtful whether a record is visited, the causes come with it.
    fn members(&mut self, asked: &Asked<'_>, mut rows: Vec<(usize, Option<Causes>)>) -> Vec<Member> {
        let over = asked.over;
        // Series are visited in the order of time, for `latest`; everything else does not depend on the order.
        rows.sort_by_key(|(row, _)| self.rows.ordinal(over, *row));
        self.deeper(1);
        let yes = Outcome::Known(Value::YesNo(true));
        let members = rows
            .into_iter()
            .map(|(row, doubt)| {
                let here = At::table(over, row);
                let seen = std::mem::take(&mut self.seen);
                let chosen = asked.condition.map_or_else(|| yes.clone(), |condition| self.value(condition, here));
                let counts = match doubt {
                    None => chosen,
                    Some(causes) => match operation::logic(LogicOp::And, &[chosen, Outcome::Missing(causes.clone())]) {
                        Done::Outcome(outcome) => outcome,
                        Done::Fault(_) => Outcome::Missing(causes),
                    },
                };
                let is_out = counts == Outcome::Known(Value::YesNo(false));
                let value = match asked.operand {
                    Some(operand) if !is_out => self.value(operand, here),
                    _ => yes.clone(),
                };
                let weight = asked.weight.map(|weight| if is_out { yes.clone() } else { self.value(weight, here) });
                let sides = std::mem::replace(&mut self.seen, seen);
                Member { row: Some(row), counts, value, weight, sides }
            })
            .collect();
        self.deeper(-1);
        members
    }

    /// The aggregate and its basis; where it is missing, what the records that had a value give alone.
    fn combined(&mut self, asked: &Asked<'_>, members: &[Member], span: Span, at: At) -> (Outcome, Basis) {
        let (op, over) = (asked.op, asked.over);
        let outcome = match op {
            AggregateOp::LatestPeriod => self.latest_period(over, members, span, at),
            _ => self.over_members(op, members, span, at),
        };
        let is_out = |member: &&Member| member.counts == Outcome::Known(Value::YesNo(false));
        let is_known = |member: &&Member| {
            let has_weight = member.weight.as_ref().is_none_or(|weight| !weight.is_missing());
            !member.counts.is_missing() && !member.value.is_missing() && has_weight
        };
        let counts_all = matches!(op, AggregateOp::Count | AggregateOp::Share);
        let relevant: Vec<&Member> = members.iter().filter(|member| counts_all || !is_out(member)).collect();
        let determined = relevant.iter().filter(|member| is_known(member)).count();
        let undetermined = relevant.len() - determined;
        let partial = if outcome.is_missing() && undetermined > 0 {
            let known: Vec<Member> = members
                .iter()
                .filter(is_known)
                .map(|member| Member {
                    row: member.row,
                    counts: member.counts.clone(),
                    value: member.value.clone(),
                    weight: member.weight.clone(),
                    sides: Sides::new(),
                })
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
            AggregateOp::Latest => {
                return self.latest(members, span, at).map_or_else(|none| none, |member| member.value.clone());
            }
            _ => {}
        }
        let mut unknown: Vec<&Causes> = Vec::new();
        let mut values: Vec<&Value> = Vec::new();
        let mut weights: Vec<&Value> = Vec::new();
        for member in members {
            match (&member.counts, &member.value) {
                (Outcome::Known(Value::YesNo(false)), _) => continue,
                (Outcome::Missing(causes), _) => unknown.push(causes),
                (_, Outcome::Missing(causes)) => unknown.push(causes),
                (_, Outcome::Known(value)) => values.push(value),
            }
            match &member.weight {
                Some(Outcome::Missing(causes)) => unknown.push(causes),
                Some(Outcome::Known(weight)) => weights.push(weight),
                None => {}
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
        if !weights.is_empty() {
            return self.weighted_mean(&values, &weights, span, at);
        }
        self.of_values(op, &values, span, at)
    }

    /// The mean of values of which each counts as much as its weight; exact.
    fn weighted_mean(&self, values: &[&Value], weights: &[&Value], span: Span, at: At) -> Outcome {
        let (mut total, mut weight_of_all) = (Number::zero(), Number::zero());
        for pair in values.iter().zip(weights) {
            let (Value::Number(value), Value::Number(weight)) = pair else {
                return self.fault(Fault::Internal, span, at);
            };
            let added = value.multiply(weight).and_then(|part| total.add(&part));
            match (added, weight_of_all.add(weight)) {
                (Ok(sum), Ok(weights)) => (total, weight_of_all) = (sum, weights),
                _ => return self.fault(Fault::TooLarge, span, at),
            }
        }
        if weight_of_all.is_zero() {
            return self.fault(Fault::NoWeight, span, at);
        }
        self.done(total.divide(&weight_of_all).into(), span, at)
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
            AggregateOp::Percentile(percent) => {
                numbers.sort();
                quantile(&numbers, usize::from(percent), 100)
            }
            _ => return self.fault(Fault::Internal, span, at),
        };
        self.done(Done::from(result), span, at)
    }

    /// The last member that counts and has a value, or why none is known to be. Members come in the order of time.
    fn latest<'m>(&self, members: &'m [Member], span: Span, at: At) -> Result<&'m Member, Outcome> {
        let mut unknown: Vec<&Causes> = Vec::new();
        for member in members.iter().rev() {
            match (&member.counts, &member.value) {
                (Outcome::Known(Value::YesNo(true)), Outcome::Known(_)) => return Ok(member),
                (Outcome::Known(_), Outcome::Known(_)) => {}
                (Outcome::Missing(causes), _) => return Err(Outcome::Missing(causes.clone())),
                (_, Outcome::Missing(causes)) => unknown.push(causes),
            }
        }
        Err(if unknown.is_empty() {
            self.fault(Fault::NoRecords, span, at)
        } else {
            Outcome::Missing(Causes::union(unknown))
        })
    }

    /// The period of the value that `latest of` gives.
    fn latest_period(&self, over: TableId, members: &[Member], span: Span, at: At) -> Outcome {
        let row = match self.latest(members, span, at) {
            Ok(member) => member.row,
            Err(none) => return none,
        };
        let kind = self.model.table(over).series.map(|series| series.kind);
        let (Some(row), Some(kind)) = (row, kind) else { return self.fault(Fault::Internal, span, at) };
        Outcome::Known(Value::Period(Period { kind, ordinal: self.rows.ordinal(over, row) }))
    }

    fn so_far(&mut self, op: SeriesOp, operand: &Expr, span: Span, at: At) -> Outcome {
        let Level::Table(table) = at.level else { return self.fault(Fault::Internal, span, at) };
        self.deeper(1);
        let yes = Outcome::Known(Value::YesNo(true));
        let members: Vec<Member> = self
            .rows
            .so_far(table, at.row)
            .into_iter()
            .map(|row| {
                let value = self.value(operand, At::table(table, row));
                Member { row: Some(row), counts: yes.clone(), value, weight: None, sides: Sides::new() }
            })
            .collect();
        self.deeper(-1);
        let op = match op {
            SeriesOp::RunningTotal => AggregateOp::Sum,
            SeriesOp::HighestSoFar => AggregateOp::Greatest,
            SeriesOp::LowestSoFar => AggregateOp::Least,
        };
        self.over_members(op, &members, span, at)
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
