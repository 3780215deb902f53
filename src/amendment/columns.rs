//! Changes to the columns of a table of data.

use super::apply::Ruleset;
use super::{Space, error, says};
use crate::source::Span;
use crate::syntax::ast::{Change, ChangeKind, Clause, ClauseKind, Column, Declaration, Name};

/// Inserts, replaces or omits the columns that stand under `declaration` in the table at `index`.
pub(super) fn change(ruleset: &mut Ruleset<'_>, index: usize, declaration: &Declaration, change: &Change) {
    let Some(table) = ruleset.declarations.get(index).cloned() else { return };
    let mut table = Table { ruleset, table };
    if declaration.clauses.is_empty() {
        table.ruleset.problems.push(error::no_columns(change.span, change.kind, &declaration.name.text));
    }
    let mut at = table.place(change);
    for clause in &declaration.clauses {
        match &clause.kind {
            ClauseKind::OmittedColumns(names) => names.iter().for_each(|name| table.omit(name)),
            ClauseKind::Column(column) if change.kind == ChangeKind::InsertInto => {
                at += usize::from(table.insert(at, column, clause));
            }
            ClauseKind::Column(column) => table.replace(column, clause),
            _ => {}
        }
    }
    let Table { ruleset, table } = table;
    if let Some(old) = ruleset.declarations.get_mut(index) {
        *old = table;
    }
}

/// A table of data while its columns are changed.
struct Table<'r, 'p> {
    ruleset: &'r mut Ruleset<'p>,
    table: Declaration,
}

impl Table<'_, '_> {
    fn position(&self, name: &str) -> Option<(usize, Span)> {
        self.table.clauses.iter().enumerate().find_map(|(index, clause)| match &clause.kind {
            ClauseKind::Column(column) if column.name.text == name => Some((index, column.name.span)),
            _ => None,
        })
    }

    /// The column of this name; one that is not there is told.
    fn find(&mut self, name: &Name) -> Option<(usize, Span)> {
        let found = self.position(&name.text);
        if found.is_none() {
            let table = &self.table.name.text;
            let omitted = self.ruleset.omission(Space::Value, &format!("{table}.{}", name.text));
            let columns = self.table.clauses.iter().filter_map(|clause| match &clause.kind {
                ClauseKind::Column(column) => Some(column.name.text.as_str()),
                _ => None,
            });
            let problem = match omitted {
                Some(omitted) => error::omitted_before(&name.text, name.span, omitted),
                None => {
                    let near = crate::suggest::nearest(&name.text, columns);
                    error::unknown_target(&name.text, name.span, "column", table, near)
                }
            };
            self.ruleset.problems.push(problem);
        }
        found
    }

    /// Where columns are inserted.
    fn place(&mut self, change: &Change) -> usize {
        let end = self.table.clauses.len();
        let Some(place) = &change.place else { return end };
        let found = self.find(&place.name).map(|(index, _)| if place.is_before { index } else { index + 1 });
        found.unwrap_or(end)
    }

    fn insert(&mut self, at: usize, column: &Column, clause: &Clause) -> bool {
        let name = &column.name;
        if let Some((_, first)) = self.position(&name.text) {
            let help = format!("write it under `replace in data {}`, or give it another name", self.table.name.text);
            self.ruleset.problems.push(error::already_declared(&name.text, name.span, first, &help));
            return false;
        }
        self.table.clauses.insert(at.min(self.table.clauses.len()), clause.clone());
        true
    }

    fn replace(&mut self, column: &Column, clause: &Clause) {
        let Some((index, at)) = self.find(&column.name) else { return };
        let alone = |clause: &Clause| says(&Declaration { clauses: vec![clause.clone()], ..self.table.clone() });
        let is_same = self.table.clauses.get(index).is_some_and(|old| alone(old) == alone(clause));
        if is_same {
            self.ruleset.problems.push(error::changes_nothing(column.name.span, &column.name.text, at));
        } else if let Some(old) = self.table.clauses.get_mut(index) {
            *old = clause.clone();
        }
    }

    fn omit(&mut self, name: &Name) {
        if let Some((index, _)) = self.find(name) {
            self.table.clauses.remove(index);
            self.ruleset.omit_column(&self.table.name.text, name);
        }
    }
}
