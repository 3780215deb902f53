//! In which order declarations are evaluated, and which of them rest on themselves.
//!
//! In: the declarations, by name before they are typed and by id after. Out: groups, each after what it reads;
//! or the circle, step by step. Nothing here recurses from one declaration into another.

use super::{Declaration, DeclarationId, Expr, ExprKind, Level, Model};
use crate::source::Span;
use std::collections::{HashMap, VecDeque};

/// How a declaration reads another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// At the same record, or of a level above.
    Now,
    /// At an earlier record of the same series.
    Earlier,
    /// At many records.
    Gathered,
}

/// A declaration that is read, how, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) to: DeclarationId,
    pub(super) reading: Reading,
    pub(super) span: Span,
}

/// Groups of nodes that reach each other, each group after the groups it reaches. Iterative.
pub(super) fn groups(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut number = vec![UNSEEN; edges.len()];
    let mut lowest = vec![0; edges.len()];
    let mut is_open = vec![false; edges.len()];
    let (mut open, mut found, mut next) = (Vec::new(), Vec::new(), 0);
    for start in 0..edges.len() {
        if number[start] != UNSEEN {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((node, step)) = path.last_mut() {
            let node = *node;
            if *step == 0 {
                number[node] = next;
                lowest[node] = next;
                next += 1;
                open.push(node);
                is_open[node] = true;
            }
            if let Some(to) = edges[node].get(*step).copied() {
                *step += 1;
                if number[to] == UNSEEN {
                    path.push((to, 0));
                } else if is_open[to] {
                    lowest[node] = lowest[node].min(number[to]);
                }
                continue;
            }
            path.pop();
            if let Some((above, _)) = path.last() {
                lowest[*above] = lowest[*above].min(lowest[node]);
            }
            if lowest[node] == number[node] {
                let mut group = Vec::new();
                while let Some(member) = open.pop() {
                    is_open[member] = false;
                    group.push(member);
                    if member == node {
                        break;
                    }
                }
                group.sort_unstable();
                found.push(group);
            }
        }
    }
    found
}

/// What a declaration reads.
pub(super) fn edges(model: &Model, declaration: &Declaration) -> Vec<Edge> {
    let mut found = Vec::new();
    for expr in declaration.expressions() {
        read(model, declaration, expr, Reading::Now, &mut found);
    }
    if let super::DeclarationKind::Outcome { baseline, target, actual, .. } = &declaration.kind {
        for to in baseline.iter().chain(target).chain([actual]) {
            found.push(Edge { to: *to, reading: Reading::Now, span: declaration.name_span });
        }
    }
    found
}

fn read(model: &Model, declaration: &Declaration, expr: &Expr, reading: Reading, found: &mut Vec<Edge>) {
    let inside = match &expr.kind {
        ExprKind::Result(to) => {
            // Only what lives along the same series has an earlier value.
            let is_beside = model.declaration(*to).level == declaration.level;
            let reading = if reading == Reading::Earlier && !is_beside { Reading::Now } else { reading };
            found.push(Edge { to: *to, reading, span: expr.span });
            return;
        }
        ExprKind::PaidSoFar(to) => {
            let reading = if reading == Reading::Gathered { reading } else { Reading::Earlier };
            found.push(Edge { to: *to, reading, span: expr.span });
            return;
        }
        ExprKind::Aggregate { .. }
        | ExprKind::WeightedMean { .. }
        | ExprKind::Peers { .. }
        | ExprKind::Rank { .. }
        | ExprKind::InPeriod { .. } => Reading::Gathered,
        ExprKind::Earlier { .. } if reading == Reading::Now => Reading::Earlier,
        _ => reading,
    };
    expr.each_child(&mut |child| read(model, declaration, child, inside, found));
}

/// A step of a circle: a declaration, and where it reads the next.
pub(super) type Step = (String, Span);

/// The groups of a model in order, and a circle for each group that has no order.
pub(super) fn order(model: &Model) -> (Vec<Vec<DeclarationId>>, Vec<Vec<Step>>) {
    let all: Vec<usize> = (0..model.declarations.len()).collect();
    let graph = Graph::of(model, &all);
    let mut circles = Vec::new();
    let mut order = Vec::new();
    for group in graph.groups(|_| true) {
        circles.extend(graph.circle(model, &group));
        order.push(graph.in_order_of_now(&group).into_iter().map(DeclarationId::from_index).collect());
    }
    (order, circles)
}

/// The circles among some declarations that cannot be evaluated period by period.
pub(super) fn circles(model: &Model, among: &[usize]) -> Vec<Vec<Step>> {
    let graph = Graph::of(model, among);
    graph.groups(|_| true).iter().filter_map(|group| graph.circle(model, group)).collect()
}

/// Some declarations, by number in ascending order, and how they read each other.
struct Graph<'m> {
    members: &'m [usize],
    edges: Vec<Vec<Edge>>,
}

impl<'m> Graph<'m> {
    fn of(model: &Model, members: &'m [usize]) -> Self {
        let is_member = |edge: &Edge| members.binary_search(&edge.to.index()).is_ok();
        let edges = members
            .iter()
            .filter_map(|index| model.declarations.get(*index))
            .map(|declaration| edges(model, declaration).into_iter().filter(is_member).collect())
            .collect();
        Self { members, edges }
    }

    fn edges_of(&self, index: usize) -> &[Edge] {
        let place = self.members.binary_search(&index).ok();
        place.and_then(|place| self.edges.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Groups of members that reach each other by the edges that count.
    fn groups(&self, counts: impl Fn(&Edge) -> bool) -> Vec<Vec<usize>> {
        let plain: Vec<Vec<usize>> = self
            .edges
            .iter()
            .map(|edges| {
                let counted = edges.iter().filter(|edge| counts(edge));
                counted.filter_map(|edge| self.members.binary_search(&edge.to.index()).ok()).collect()
            })
            .collect();
        let member = |place: usize| self.members.get(place).copied();
        groups(&plain).into_iter().map(|group| group.into_iter().filter_map(member).collect()).collect()
    }

    /// The part of the graph that these members make.
    fn part<'p>(&self, members: &'p [usize]) -> Graph<'p> {
        let is_member = |edge: &&Edge| members.binary_search(&edge.to.index()).is_ok();
        let edges =
            members.iter().map(|index| self.edges_of(*index).iter().filter(is_member).copied().collect()).collect();
        Graph { members, edges }
    }

    /// The circle in a group that cannot be evaluated period by period, if there is one.
    fn circle(&self, model: &Model, group: &[usize]) -> Option<Vec<Step>> {
        if let [only] = group
            && self.edges_of(*only).iter().all(|edge| edge.to.index() != *only)
        {
            return None;
        }
        let part = self.part(group);
        if part.edges.iter().all(Vec::is_empty) {
            return None;
        }
        let level = |index: &usize| model.declarations.get(*index).map(|declaration| declaration.level);
        let first = group.first().and_then(level);
        let is_one_series = group.iter().all(|index| level(index) == first)
            && matches!(first, Some(Level::Table(table)) if model.table(table).series.is_some());
        let is_gathered = part.edges.iter().flatten().any(|edge| edge.reading == Reading::Gathered);
        // Where a circle leads over other levels, or over all periods at once, no reading of it is only earlier.
        let counts = |edge: &Edge| !is_one_series || is_gathered || edge.reading == Reading::Now;
        let start = part.groups(counts).into_iter().find_map(|inner| match inner.as_slice() {
            [only] => {
                let is_looped = part.edges_of(*only).iter().any(|edge| counts(edge) && edge.to.index() == *only);
                is_looped.then_some(*only)
            }
            inner => inner.first().copied(),
        })?;
        let way = shortest(start, |index| {
            part.edges_of(index).iter().filter(|edge| counts(edge)).map(|edge| (edge.to.index(), edge.span)).collect()
        })?;
        let name = |index: usize| model.declarations.get(index).map(|one| one.name.clone()).unwrap_or_default();
        Some(way.into_iter().map(|(index, span)| (name(index), span)).collect())
    }

    /// The members of a group, each after those it reads at the same record.
    fn in_order_of_now(&self, group: &[usize]) -> Vec<usize> {
        if group.len() == 1 {
            return group.to_vec();
        }
        self.part(group).groups(|edge| edge.reading == Reading::Now).into_iter().flatten().collect()
    }
}

/// The shortest way from a node back to itself, each step with the place where the next is read.
fn shortest(start: usize, next: impl Fn(usize) -> Vec<(usize, Span)>) -> Option<Vec<(usize, Span)>> {
    let mut came: HashMap<usize, (usize, Span)> = HashMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for (to, span) in next(node) {
            if to == start {
                let mut way = vec![(node, span)];
                let mut at = node;
                while at != start {
                    let (before, span) = *came.get(&at)?;
                    way.push((before, span));
                    at = before;
                }
                way.reverse();
                return Some(way);
            }
            came.entry(to).or_insert_with(|| {
                open.push_back(to);
                (node, span)
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_after_what_they_reach() {
        // 0 → 1 → 2 → 1, 3 alone.
        let found = groups(&[vec![1], vec![2], vec![1], vec![]]);
        assert_eq!(found, vec![vec![1, 2], vec![0], vec![3]]);
    }

    #[test]
    fn a_long_chain_is_no_trouble() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|node| if node == 0 { vec![] } else { vec![node - 1] }).collect();
        assert_eq!(groups(&edges).len(), 200_000);
    }
}
