//! Names: what a bare or dotted name stands for at a level.

use super::{Resolver, broken};
use crate::model::collect::Named;
use crate::model::error::{levels, names};
use crate::model::{Basis, ColumnId, Expr, ExprKind, Level, Scale, TableId, Type, wording};
use crate::source::Span;
use crate::syntax::ast::Name;

/// What a bare name stands for, read at a level.
#[derive(Debug)]
pub(super) enum Found {
    /// A declaration or parameter that can be read there.
    Value(Named),
    /// A column that can be read there.
    Column(ColumnId),
    /// Columns of several tables that can be read there.
    Ambiguous(Vec<ColumnId>),
    /// Something of the levels below.
    Below(Vec<Lower>),
    /// Something of a level that is neither above nor below.
    Elsewhere(Level),
    /// Nothing.
    Nothing,
}

/// A thing of a level below.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lower {
    /// Its table.
    pub(super) table: TableId,
    /// The column, if it is one.
    pub(super) column: Option<ColumnId>,
}

impl Resolver<'_> {
    /// What a bare name stands for at a level.
    pub(super) fn find(&self, name: &str, here: Level) -> Found {
        let mut below = Vec::new();
        let mut elsewhere = None;
        match self.names.values.get(name) {
            Some(Named::Parameter(id)) => return Found::Value(Named::Parameter(*id)),
            Some(Named::Declaration(id)) => {
                let there = self.model.declaration(*id).level;
                match there {
                    _ if self.names.is_visible(there, here) => return Found::Value(Named::Declaration(*id)),
                    Level::Table(table) if self.names.is_below(table, here) => {
                        below.push(Lower { table, column: None })
                    }
                    _ => elsewhere = Some(there),
                }
            }
            None => {}
        }
        let mut visible = Vec::new();
        for column in self.names.columns.get(name).into_iter().flatten() {
            let table = self.model.column(*column).table;
            if self.names.is_visible(Level::Table(table), here) {
                visible.push(*column);
            } else if self.names.is_below(table, here) {
                below.push(Lower { table, column: Some(*column) });
            } else {
                elsewhere = elsewhere.or(Some(Level::Table(table)));
            }
        }
        match (visible.as_slice(), elsewhere) {
            ([only], _) => Found::Column(*only),
            ([_, ..], _) => Found::Ambiguous(visible),
            _ if !below.is_empty() => Found::Below(below),
            (_, Some(there)) => Found::Elsewhere(there),
            _ => Found::Nothing,
        }
    }

    /// A bare name.
    pub(super) fn name(&mut self, name: &Name, level: Level) -> Expr {
        if self.names.shared.contains(name.text.as_str()) {
            return broken(name.span);
        }
        match self.find(&name.text, level) {
            Found::Value(named) => self.value_of(named, name.span),
            Found::Column(column) => self.column(column, name.span),
            Found::Ambiguous(columns) => {
                self.ambiguous(name, &columns);
                broken(name.span)
            }
            Found::Below(lower) => {
                self.lower_level(name, &lower, level);
                broken(name.span)
            }
            Found::Elsewhere(there) => {
                self.elsewhere(&name.text, name.span, there, level);
                broken(name.span)
            }
            Found::Nothing => {
                self.unknown(name, level);
                broken(name.span)
            }
        }
    }

    /// A declaration or parameter, read.
    pub(super) fn value_of(&self, named: Named, span: Span) -> Expr {
        match named {
            Named::Parameter(id) => {
                Expr { kind: ExprKind::Parameter(id), ty: self.model.parameter(id).ty.clone(), span }
            }
            Named::Declaration(id) => {
                Expr { kind: ExprKind::Result(id), ty: self.model.declaration(id).ty.clone(), span }
            }
        }
    }

    /// A column, read. A figure of a series is one of its period.
    pub(super) fn column(&self, id: ColumnId, span: Span) -> Expr {
        let column = self.model.column(id);
        let mut ty = column.ty.clone();
        if let Type::Quantity(quantity) = &mut ty
            && self.model.table(column.table).series.is_some()
            && quantity.scale == Scale::Plain
        {
            quantity.basis = Basis::Each;
        }
        Expr { kind: ExprKind::Column(id), ty, span }
    }

    /// `table.column`, `table.rule` or `outcome.part`.
    pub(super) fn dotted(&mut self, first: &Name, second: &Name, span: Span, level: Level) -> Expr {
        if let Some(table) = self.names.tables.get(first.text.as_str()).copied() {
            return self.of_table(table, first, second, span, level);
        }
        if let Some(Named::Declaration(outcome)) = self.names.values.get(first.text.as_str()).copied() {
            let full = format!("{}.{}", first.text, second.text);
            if let Some(part) = self.model.find(&full) {
                let there = self.model.declaration(part).level;
                if self.names.is_visible(there, level) {
                    return self.value_of(Named::Declaration(part), span);
                }
                match there {
                    Level::Table(table) if self.names.is_below(table, level) => {
                        let whole = Name { text: full, span };
                        self.lower_level(&whole, &[Lower { table, column: None }], level);
                    }
                    _ => self.elsewhere(&full, span, there, level),
                }
                return broken(span);
            }
            let declaration = self.model.declaration(outcome);
            let at = declaration.name_span;
            if self.names.is_silent(&first.text) {
                return broken(span);
            }
            if self.names.outcomes.contains(&outcome) {
                let prefix = format!("{}.", first.text);
                let parts: Vec<&str> =
                    self.model.names.keys().filter(|name| name.starts_with(&prefix)).map(String::as_str).collect();
                let parts = wording::listed(parts);
                self.report.push(names::unknown_part(&first.text, at, &second.text, second.span, &parts));
            } else {
                self.report.push(names::not_dotted(&first.text, first.span, at, &second.text));
            }
            return broken(span);
        }
        if let Some(Named::Parameter(id)) = self.names.values.get(first.text.as_str()) {
            let at = self.model.parameter(*id).span;
            self.report.push(names::not_dotted(&first.text, first.span, at, &second.text));
        } else if let Some(table) = self.names.plurals.get(&first.text) {
            let singular = self.model.table(*table).name.clone();
            self.report.push(names::singular_or_plural(&first.text, first.span, &singular));
        } else if !self.names.is_silent(&first.text) {
            let tables = &self.model.tables;
            self.report.once(names::UNKNOWN, &first.text, first.span, |report| {
                let near = report.nearest(&first.text, tables.iter().map(|table| table.name.as_str()));
                names::unknown(&first.text, first.span, "a data table or an outcome", near.as_deref())
            });
        }
        broken(span)
    }

    fn of_table(&mut self, table: TableId, first: &Name, second: &Name, span: Span, level: Level) -> Expr {
        let Some(lower) = self.member(table, &second.text) else {
            self.no_member(table, first, second);
            return broken(span);
        };
        let there = Level::Table(table);
        if self.names.is_visible(there, level) {
            return match (lower.column, self.names.values.get(second.text.as_str())) {
                (Some(column), _) => self.column(column, span),
                (None, Some(named)) => self.value_of(*named, span),
                (None, None) => broken(span),
            };
        }
        let whole = Name { text: format!("{}.{}", first.text, second.text), span };
        if self.names.is_below(table, level) {
            self.lower_level(&whole, &[lower], level);
        } else {
            self.elsewhere(&whole.text, span, there, level);
        }
        broken(span)
    }

    /// The column or declaration of this name that lives at a table.
    pub(super) fn member(&self, table: TableId, name: &str) -> Option<Lower> {
        let columns = self.names.columns.get(name).into_iter().flatten();
        if let Some(column) = columns.copied().find(|column| self.model.column(*column).table == table) {
            return Some(Lower { table, column: Some(column) });
        }
        match self.names.values.get(name) {
            Some(Named::Declaration(id)) if self.model.declaration(*id).level == Level::Table(table) => {
                Some(Lower { table, column: None })
            }
            _ => None,
        }
    }

    fn no_member(&mut self, table: TableId, first: &Name, second: &Name) {
        if self.names.broken_tables.contains(&table) || self.names.is_silent(&second.text) {
            return;
        }
        let full = format!("{}.{}", first.text, second.text);
        let at = self.model.table(table).span;
        let columns: Vec<&str> =
            self.model.table(table).columns.iter().map(|id| self.model.column(*id).name.as_str()).collect();
        let rules = self.model.declarations.iter().filter(|rule| rule.level == Level::Table(table));
        let candidates = columns.into_iter().chain(rules.map(|rule| rule.name.as_str()));
        let is_elsewhere = self.names.values.contains_key(second.text.as_str());
        self.report.once(names::UNKNOWN_COLUMN, &full, second.span, |report| {
            let near = if is_elsewhere { Some(second.text.clone()) } else { report.nearest(&second.text, candidates) };
            names::unknown_column(&first.text, at, &second.text, second.span, near.as_deref())
        });
    }

    fn unknown(&mut self, name: &Name, level: Level) {
        if self.names.is_silent(&name.text) {
            return;
        }
        if let Some((what, at, help)) = self.not_a_value(&name.text) {
            self.report.push(names::not_a_value(&name.text, name.span, what, at, &help));
            return;
        }
        let is_partial = self.names.is_partial || !self.names.broken_tables.is_empty();
        let (all, model) = (&self.names, &self.model);
        let columns = model
            .columns
            .iter()
            .filter(|column| all.is_visible(Level::Table(column.table), level) || all.is_below(column.table, level))
            .map(|column| column.name.as_str());
        let candidates = all.value_order.iter().copied().chain(columns);
        self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
            let near = report.nearest(&name.text, candidates);
            // Where some declaration could not be read, the name may be declared there.
            let is_told = near.is_some() || !is_partial;
            is_told.then(|| names::unknown(&name.text, name.span, "a rule, a parameter or a column", near.as_deref()))
        });
    }

    /// What a name is that has no value: what to call it, where it is declared, and what to write.
    fn not_a_value(&self, name: &str) -> Option<(&'static str, Span, String)> {
        if let Some(table) = self.names.tables.get(name).or_else(|| self.names.plurals.get(name)) {
            let table = self.model.table(*table);
            let column = table.columns.last().map_or("column", |id| self.model.column(*id).name.as_str());
            let help = format!(
                "count its records with `count of {}`, or read a column, `{}.{column}`",
                table.plural, table.name
            );
            return Some(("a data table", table.span, help));
        }
        if let Some(unit) = self.names.units.get(name) {
            let help = format!("a unit follows a number, as in `10 {name}`");
            return Some(("a unit", self.model.unit(*unit).span, help));
        }
        if let Some(source) = self.names.sources.get(name) {
            let at = self.model.sources.get(source.index()).map(|source| source.span)?;
            return Some(("a source", at, format!("a source is cited on a line of its own, `source {name}`")));
        }
        let at = self.names.scenarios.get(name)?;
        Some(("a scenario", *at, "write the name of a rule, a parameter or a column".to_owned()))
    }

    /// Tells that a bare name is a column of several tables.
    pub(super) fn ambiguous(&mut self, name: &Name, columns: &[ColumnId]) {
        let tables: Vec<(String, Span)> = columns
            .iter()
            .map(|id| {
                let column = self.model.column(*id);
                (self.model.table(column.table).name.clone(), column.span)
            })
            .collect();
        self.report.push(names::ambiguous_column(&name.text, name.span, &tables));
    }

    /// Tells that a name of a level below is read outside an aggregate.
    pub(super) fn lower_level(&mut self, name: &Name, lower: &[Lower], level: Level) {
        let Some(first) = lower.first() else { return };
        let (written, at, ty) = match first.column {
            Some(id) => {
                let column = self.model.column(id);
                let table = &self.model.table(column.table).name;
                (format!("{table}.{}", column.name), column.span, column.ty.clone())
            }
            None => match self.model.find(&name.text).or_else(|| self.model.find(name.text.rsplit('.').next()?)) {
                Some(id) => {
                    let declaration = self.model.declaration(id);
                    (name.text.clone(), declaration.name_span, declaration.ty.clone())
                }
                None => (name.text.clone(), name.span, Type::Unknown),
            },
        };
        let table = self.model.table(first.table);
        let aggregate = match ty {
            Type::YesNo => format!("count of {} where {written}", table.plural),
            Type::Quantity(_) => format!("sum of {written}"),
            _ => format!("latest of {written}"),
        };
        let here = wording::level_phrase(level, &self.model);
        // A rule at the wrong level is one mistake, however many names of the level below it reads.
        let key = format!("{} {}", self.current_name(), table.name);
        let table = table.name.clone();
        self.report.once(levels::LOWER_LEVEL, &key, name.span, |_| {
            levels::lower_level(&name.text, name.span, &table, at, &here, &aggregate)
        });
    }

    fn elsewhere(&mut self, name: &str, span: Span, there: Level, level: Level) {
        if self.names.is_unsound(there) || self.names.is_unsound(level) {
            return;
        }
        let (there, here) = (wording::level_phrase(there, &self.model), wording::level_phrase(level, &self.model));
        self.report.push(levels::unrelated(name, span, &there, &here));
    }
}
