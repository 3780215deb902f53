//! Declarations and parameters by name, with the level each lives at; outcomes are split into their parts.

use super::head::{Provenance, label};
use super::{Collected, Named, Role, Stub, is_broken};
use crate::model::error::{clauses, levels, names};
use crate::model::{
    Declaration, DeclarationId, DeclarationKind, Expr, ExprKind, Level, ParameterId, Shown, TableId, Type,
};
use crate::source::Span;
use crate::syntax::ast::{self, ClauseKind, DeclarationWord};
use hashbrown::HashMap;

impl<'a> Collected<'a> {
    /// Parameters and declarations in the order of the file.
    pub(super) fn values(&mut self, all: &'a [ast::Declaration], declared: &mut HashMap<&'a str, Span>) {
        let default = self.default_level();
        declared.reserve(all.len());
        self.names.values.reserve(all.len());
        self.names.value_order.reserve(all.len());
        self.model.names.reserve(all.len());
        self.model.declarations.reserve(all.len());
        self.stubs.reserve(all.len());
        for declaration in all {
            let is_value = !matches!(
                declaration.word,
                DeclarationWord::Rules
                    | DeclarationWord::Amendment
                    | DeclarationWord::Source
                    | DeclarationWord::Unit
                    | DeclarationWord::Data
                    | DeclarationWord::Scenario
            );
            let name = declaration.name.text.as_str();
            if !is_value || name.is_empty() {
                continue;
            }
            if let Some(first) = declared.get(name) {
                self.report.push(names::declared_twice(name, declaration.name.span, *first));
                continue;
            }
            declared.insert(name, declaration.name.span);
            self.names.value_order.push(name);
            if declaration.word == DeclarationWord::Parameter {
                let id = ParameterId::from_index(self.model.parameters.len());
                self.names.values.insert(name, Named::Parameter(id));
                self.parameter(declaration);
            } else {
                self.declaration(declaration, default);
            }
        }
    }

    /// The level of a declaration that says none: each record of the one table of the nation, or the nation
    /// where there is no such table. `None` where it must be said.
    fn default_level(&self) -> Option<Level> {
        let mut of_nation = self
            .model
            .tables
            .iter()
            .enumerate()
            .filter(|(_, table)| table.parents.is_empty() && table.series.is_none());
        match (of_nation.next(), of_nation.next()) {
            (None, _) => Some(Level::Nation),
            (Some((only, _)), None) => Some(Level::Table(TableId::from_index(only))),
            _ => None,
        }
    }

    fn declaration(&mut self, declaration: &'a ast::Declaration, default: Option<Level>) {
        let provenance = self.provenance(declaration);
        let (level, has_level) = match self.level(declaration, default) {
            Some(level) => (level, true),
            None => (Level::Nation, false),
        };
        let is_broken = is_broken(declaration) || !has_level;
        let role = match declaration.word {
            _ if is_broken => Role::Broken,
            DeclarationWord::Outcome => self.outcome_parts(declaration, level, &provenance),
            _ => Role::Whole,
        };
        if matches!(role, Role::Broken) {
            self.names.broken.insert(&declaration.name.text);
        }
        let id = self.push(declaration, declaration.name.text.clone(), level, role, provenance);
        if declaration.word == DeclarationWord::Outcome {
            self.names.outcomes.insert(id);
        } else if declaration.word == DeclarationWord::Payment {
            self.names.payments.insert(id);
        }
        self.names.values.insert(&declaration.name.text, Named::Declaration(id));
    }

    /// The parts of an outcome, before the outcome itself.
    fn outcome_parts(&mut self, outcome: &'a ast::Declaration, level: Level, provenance: &Provenance) -> Role<'a> {
        let mut parts: [Option<DeclarationId>; 3] = [None; 3];
        let mut first: [Option<Span>; 3] = [None; 3];
        for clause in &outcome.clauses {
            let (slot, word, expr) = match &clause.kind {
                ClauseKind::Baseline(expr) => (0, "baseline", expr),
                ClauseKind::Target(expr) => (1, "target", expr),
                ClauseKind::Actual(expr) => (2, "actual", expr),
                _ => continue,
            };
            let (Some(part), Some(first)) = (parts.get_mut(slot), first.get_mut(slot)) else { continue };
            if let Some(first) = first {
                self.report.push(clauses::said_twice(&format!("the {word}"), clause.span, *first));
                continue;
            }
            *first = Some(clause.span);
            let name = format!("{}.{word}", outcome.name.text);
            let inherited = Provenance {
                citations: provenance.citations.clone(),
                notes: Vec::new(),
                unverified: provenance.unverified.clone(),
            };
            *part = Some(DeclarationId::from_index(self.stubs.len()));
            let id = self.push(outcome, name, level, Role::Part(expr), inherited);
            if let Some(declaration) = self.model.declarations.get_mut(id.index()) {
                declaration.span = clause.span;
                declaration.name_span = clause.span;
            }
        }
        let [baseline, target, Some(actual)] = parts else {
            self.not_said(outcome, "what happened", "add a line such as `actual sum of quarter.actual`");
            return Role::Broken;
        };
        if baseline.is_none() && target.is_none() {
            let help = "add a line `baseline …` or `target …`: what happened is judged against one of them";
            self.not_said(outcome, "what it is judged against", help);
        }
        Role::Outcome { baseline, target, actual }
    }

    fn not_said(&mut self, declaration: &ast::Declaration, what: &str, help: &str) {
        let word = declaration.word.text();
        self.report.push(clauses::not_said(word, &declaration.name.text, declaration.name.span, what, help));
    }

    fn push(
        &mut self,
        declaration: &'a ast::Declaration,
        name: String,
        level: Level,
        role: Role<'a>,
        provenance: Provenance,
    ) -> DeclarationId {
        let id = DeclarationId::from_index(self.stubs.len());
        self.stubs.push(Stub { ast: declaration, role });
        self.model.names.insert(name.clone(), id);
        let label = match role {
            Role::Part(_) => {
                label(declaration).map(|label| format!("{label}, {}", name.rsplit('.').next().unwrap_or("")))
            }
            _ => label(declaration),
        };
        let nothing = Expr { kind: ExprKind::Broken, ty: Type::Unknown, span: declaration.name.span };
        self.model.declarations.push(Declaration {
            name,
            label,
            kind: DeclarationKind::Check { holds: nothing },
            level,
            ty: Type::Unknown,
            shown: Shown::Plain,
            unverified: provenance.unverified,
            rests_on_unverified: Vec::new(),
            citations: provenance.citations,
            notes: provenance.notes,
            span: declaration.span,
            name_span: declaration.name.span,
        });
        id
    }

    /// The level a declaration says, or the one it has without saying.
    fn level(&mut self, declaration: &ast::Declaration, default: Option<Level>) -> Option<Level> {
        let Some(level) = &declaration.level else {
            // A table that could not be read may be the one below, not a second one of the nation.
            if default.is_none() && !is_broken(declaration) && self.names.broken_tables.is_empty() {
                let of_nation: Vec<String> = self
                    .model
                    .tables
                    .iter()
                    .filter(|table| table.parents.is_empty())
                    .map(|table| format!("`for each {}`", table.name))
                    .collect();
                let (name, at) = (&declaration.name.text, declaration.name.span);
                self.report.push(levels::not_said(name, at, &of_nation));
            }
            return default;
        };
        match level.tables.as_slice() {
            [] => Some(Level::Nation),
            [table] => match self.names.tables.get(table.text.as_str()) {
                Some(id) => Some(Level::Table(*id)),
                None => {
                    if !self.names.is_silent(&table.text) {
                        self.unknown_level(table);
                    }
                    None
                }
            },
            [_, second, ..] => {
                self.report.push(levels::of_two_tables(second.span, level.span));
                None
            }
        }
    }

    fn unknown_level(&mut self, table: &ast::Name) {
        if let Some(id) = self.names.plurals.get(&table.text) {
            let singular = self.model.table(*id).name.clone();
            self.report.push(names::singular_or_plural(&table.text, table.span, &singular));
            return;
        }
        let tables = &self.model.tables;
        self.report.once(names::UNKNOWN, &table.text, table.span, |report| {
            let near = report.nearest(&table.text, tables.iter().map(|table| table.name.as_str()));
            names::unknown(&table.text, table.span, "a data table", near.as_deref())
        });
    }

    /// Tells names that are a declaration and a column where both can be read.
    pub(super) fn names_shared_with_columns(&mut self) {
        for name in &self.names.value_order {
            let (Some(named), Some(columns)) = (self.names.values.get(name), self.names.columns.get(name)) else {
                continue;
            };
            let (level, at) = match named {
                Named::Parameter(id) => (Level::Nation, self.model.parameter(*id).span),
                Named::Declaration(id) => {
                    let declaration = self.model.declaration(*id);
                    (declaration.level, declaration.name_span)
                }
            };
            let met = columns.iter().find(|column| self.are_read_together(level, self.model.column(**column).table));
            if let Some(column) = met {
                let column = self.model.column(*column);
                let table = &self.model.table(column.table).name;
                self.report.push(names::shared_with_column(name, at, table, column.span));
                self.names.shared.insert(name);
            }
        }
    }

    /// Whether there is a level at which both can be read.
    fn are_read_together(&self, level: Level, table: TableId) -> bool {
        let Level::Table(there) = level else { return true };
        let sees = |here: TableId, what: TableId| self.names.is_visible(Level::Table(what), Level::Table(here));
        (0..self.model.tables.len()).map(TableId::from_index).any(|here| sees(here, there) && sees(here, table))
    }
}
