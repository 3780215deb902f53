//! Data tables: which records belong to which, and the levels that makes.

use super::head::label;
use super::{Collected, is_broken};
use crate::model::error::{clauses, levels, names, periods};
use crate::model::{Column, ColumnId, DataTable, Series, TableId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, ClauseKind, Literal, LiteralKind};
use crate::value::{Number, Period};
use hashbrown::{HashMap, HashSet};

/// How many levels may lie below one another.
const DEEPEST: usize = 8;
/// How many tables a record may belong to directly.
const MOST_PARENTS: usize = 4;
/// How many periods a series may have: a century of months.
const MOST_PERIODS: i32 = 1200;

impl<'a> Collected<'a> {
    /// Tables with their columns, each after the tables its records belong to.
    pub(super) fn tables(
        &mut self,
        tables: impl Iterator<Item = &'a ast::Declaration>,
        declared: &mut HashMap<&'a str, Span>,
    ) {
        let tables = self.each_once(tables);
        let place: HashMap<&str, usize> =
            tables.iter().enumerate().map(|(place, table)| (table.name.text.as_str(), place)).collect();
        let mut unsound: HashSet<usize> = HashSet::new();
        let parents: Vec<Vec<usize>> =
            tables.iter().enumerate().map(|(at, table)| self.parents(at, table, &place, &mut unsound)).collect();
        let (order, looped) = parents_first(&parents);
        // Each ring is told once, at the first of its tables.
        for ring in crate::model::order::groups(&parents) {
            let is_ring =
                ring.len() > 1 || ring.iter().any(|at| parents.get(*at).is_some_and(|above| above.contains(at)));
            if let Some(table) = ring.first().and_then(|first| tables.get(*first)).filter(|_| is_ring) {
                let at = table.level.as_ref().map_or(table.name.span, |level| level.span);
                self.report.push(levels::belongs_to_itself(&table.name.text, at));
            }
        }
        unsound.extend(looped);
        let mut ids: Vec<Option<TableId>> = vec![None; tables.len()];
        let mut depth: Vec<usize> = Vec::new();
        let mut too_deep: HashSet<TableId> = HashSet::new();
        for place in order {
            let Some(table) = tables.get(place) else { continue };
            let id = TableId::from_index(self.model.tables.len());
            if let Some(slot) = ids.get_mut(place) {
                *slot = Some(id);
            }
            if unsound.contains(&place) {
                self.names.broken_tables.insert(id);
            }
            declared.insert(&table.name.text, table.name.span);
            let mut above: Vec<TableId> =
                parents.get(place).into_iter().flatten().filter_map(|parent| ids.get(*parent).copied()?).collect();
            let deep = above.iter().filter_map(|parent| depth.get(parent.index())).max().map_or(1, |deep| deep + 1);
            let is_below_too_deep = above.iter().any(|parent| too_deep.contains(parent));
            if deep > DEEPEST || is_below_too_deep {
                // What belongs to a table that is too deep is too deep as well: that is one mistake.
                if !is_below_too_deep {
                    self.report.push(levels::too_deep(&table.name.text, table.name.span, DEEPEST));
                }
                too_deep.insert(id);
                self.names.broken_tables.insert(id);
                above.clear();
            }
            depth.push(if deep > DEEPEST { 1 } else { deep });
            self.table(table, id, above);
        }
        self.plurals();
    }

    /// Tells plurals that mean something else as well.
    fn plurals(&mut self) {
        for (index, table) in self.model.tables.iter().enumerate() {
            let by_plural = self.names.plurals.get(&table.plural).copied();
            let by_name = self.names.tables.get(table.plural.as_str()).copied();
            let other = by_name.or(by_plural.filter(|other| other.index() != index));
            if let Some(other) = other.and_then(|other| self.model.tables.get(other.index())) {
                self.report.push(names::plural_taken(&table.plural, other.span, &table.name, table.span));
            }
        }
    }

    /// The places of the tables that records of this one belong to.
    fn parents(
        &mut self,
        at: usize,
        table: &'a ast::Declaration,
        place: &HashMap<&str, usize>,
        unsound: &mut HashSet<usize>,
    ) -> Vec<usize> {
        let mut parents: Vec<usize> = Vec::new();
        let Some(level) = &table.level else { return parents };
        for name in &level.tables {
            match place.get(name.text.as_str()) {
                Some(parent) if parents.contains(parent) => {
                    self.report.push(clauses::said_twice(&format!("`{}`", name.text), name.span, level.span));
                }
                Some(parent) => parents.push(*parent),
                None => {
                    unsound.insert(at);
                    if !self.names.is_silent(&name.text) {
                        self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
                            let mut tables: Vec<&str> = place.keys().copied().collect();
                            tables.sort_unstable();
                            let near = report.nearest(&name.text, tables);
                            names::unknown(&name.text, name.span, "a data table", near.as_deref())
                        });
                    }
                }
            }
        }
        if parents.len() > MOST_PARENTS {
            self.report.push(levels::too_many_parents(&table.name.text, level.span, MOST_PARENTS));
            parents.truncate(MOST_PARENTS);
        }
        parents
    }

    fn table(&mut self, table: &'a ast::Declaration, id: TableId, parents: Vec<TableId>) {
        let name = table.name.text.as_str();
        let mut ancestors = parents.clone();
        for parent in &parents {
            for above in self.names.ancestors.get(parent.index()).cloned().unwrap_or_default() {
                if !ancestors.contains(&above) {
                    ancestors.push(above);
                }
            }
        }
        self.names.ancestors.push(ancestors);
        self.names.tables.insert(name, id);
        let plural = plural(name);
        self.names.plurals.insert(plural.clone(), id);
        if is_broken(table) {
            self.names.broken_tables.insert(id);
        }
        self.model.tables.push(DataTable {
            name: name.to_owned(),
            plural,
            label: label(table),
            parents,
            series: None,
            key: None,
            columns: Vec::new(),
            span: table.name.span,
        });
        if let Some((first, last)) = table.periods.as_deref() {
            self.series(table, id, first, last);
        }
        for clause in &table.clauses {
            if let ClauseKind::Column(column) = &clause.kind {
                self.table_column(id, column, clause.span);
            }
        }
        let has_key = self.model.table(id).key.is_some();
        let is_broken = self.names.broken_tables.contains(&id);
        if !has_key && self.model.table(id).parents.is_empty() && !is_broken {
            self.report.push(clauses::not_said(
                "table",
                name,
                table.name.span,
                "which column is its key",
                "add a column that names each record, such as `code text, key`",
            ));
        }
    }

    /// The series of a table, with its column `period`.
    fn series(&mut self, table: &'a ast::Declaration, id: TableId, first: &'a Literal, last: &'a Literal) {
        let (Some(from), Some(to)) = (period(first), period(last)) else { return };
        if from.kind != to.kind {
            self.report.push(periods::range_of_two_kinds(first.span, from.kind, last.span, to.kind));
            return;
        }
        if to.ordinal < from.ordinal {
            self.report.push(periods::reversed_range(first.span, from, last.span, to));
            return;
        }
        if to.ordinal.saturating_sub(from.ordinal) >= MOST_PERIODS {
            self.report.push(periods::too_long(first.span.to(last.span), MOST_PERIODS));
            return;
        }
        let column = self.add_column(
            "period",
            Column {
                table: id,
                name: "period".to_owned(),
                label: None,
                ty: Type::Period(from.kind),
                cell_base: Number::one(),
                is_judgement: false,
                is_optional: false,
                is_whole: false,
                least: None,
                greatest: None,
                breaks: Vec::new(),
                span: table.periods.as_deref().map_or(table.name.span, |(first, last)| first.span.to(last.span)),
            },
        );
        if let Some(table) = self.model.tables.get_mut(id.index()) {
            table.key = Some(column);
            table.series = Some(Series { column, kind: from.kind, first: from, last: to });
        }
    }

    /// Adds a column to its table and to the names.
    pub(super) fn add_column(&mut self, name: &'a str, column: Column) -> ColumnId {
        let id = ColumnId::from_index(self.model.columns.len());
        if let Some(table) = self.model.tables.get_mut(column.table.index()) {
            table.columns.push(id);
        }
        self.names.columns.entry(name).or_default().push(id);
        self.model.columns.push(column);
        id
    }
}

fn period(literal: &Literal) -> Option<Period> {
    match &literal.kind {
        LiteralKind::Period(period) => Some(*period),
        _ => None,
    }
}

/// An order in which every table follows its parents, and those that belong to themselves by some way.
fn parents_first(parents: &[Vec<usize>]) -> (Vec<usize>, Vec<usize>) {
    let mut waiting: Vec<usize> = parents.iter().map(Vec::len).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for (child, above) in parents.iter().enumerate() {
        for parent in above {
            if let Some(children) = children.get_mut(*parent) {
                children.push(child);
            }
        }
    }
    let mut ready: std::collections::BTreeSet<usize> =
        waiting.iter().enumerate().filter(|(_, count)| **count == 0).map(|(place, _)| place).collect();
    let mut order = Vec::new();
    while let Some(place) = ready.pop_first() {
        order.push(place);
        for child in children.get(place).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(*child) {
                *count -= 1;
                if *count == 0 {
                    ready.insert(*child);
                }
            }
        }
    }
    let mut done = vec![false; parents.len()];
    for place in &order {
        if let Some(done) = done.get_mut(*place) {
            *done = true;
        }
    }
    let looped: Vec<usize> = done.iter().enumerate().filter(|(_, done)| !**done).map(|(place, _)| place).collect();
    order.extend(&looped);
    (order, looped)
}

/// The plural of the name of a table: `areas`, `bodies`, `batches`.
fn plural(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    if let Some(stem) = name.strip_suffix('y')
        && !lower.ends_with("ay")
        && !lower.ends_with("ey")
        && !lower.ends_with("oy")
        && !lower.ends_with("uy")
    {
        return format!("{stem}ies");
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) {
        return format!("{name}es");
    }
    format!("{name}s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_read_as_english() {
        let cases = [("area", "areas"), ("body", "bodies"), ("survey", "surveys"), ("batch", "batches"), ("x", "xes")];
        for (one, many) in cases {
            assert_eq!(plural(one), many);
        }
    }
}
