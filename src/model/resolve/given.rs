//! What a scenario gives: cells by column, and the records they belong to.

use super::sides::percent;
use super::{Resolver, literal_number};
use crate::data::{Cell, cell};
use crate::model::error::{names, scenarios as errors};
use crate::model::{ColumnId, GivenRow, GivenTable, Level, Quantity, Scale, TableId, Type, wording};
use crate::source::Span;
use crate::syntax::ast::{GivenValue, Literal, LiteralKind, Name, Rows};
use crate::value::{MissingReason, Value};

/// What a name in front of a given value or over a column of rows stands for.
#[derive(Debug, Clone, Copy)]
enum Given {
    Column(ColumnId),
    /// The parent with this position.
    Parent(usize),
    /// A table further up.
    Above(TableId),
}

type Content = Result<Value, MissingReason>;

impl Resolver<'_> {
    /// The records that a clause gives; whether all of it was understood.
    pub(super) fn given(
        &mut self,
        table: &Name,
        cells: &[(Name, GivenValue)],
        rows: Option<&Rows>,
        span: Span,
        tables: &mut Vec<GivenTable>,
    ) -> bool {
        let Some(id) = self.given_table(table) else { return false };
        let mut found: Vec<GivenRow> = Vec::new();
        let mut is_sound = true;
        if !cells.is_empty() || rows.is_none() {
            let mut row = self.empty_row(id, span);
            let mut seen: Vec<(&str, Span)> = Vec::new();
            for (name, value) in cells {
                if let Some((_, first)) = seen.iter().find(|(seen, _)| *seen == name.text) {
                    self.report.push(errors::given_twice(&format!("`{}`", name.text), name.span, *first));
                    is_sound = false;
                    continue;
                }
                seen.push((&name.text, name.span));
                let Some(given) = self.given_name(id, name) else {
                    is_sound = false;
                    continue;
                };
                match (given, value) {
                    (Given::Parent(position), GivenValue::Literal(literal)) => {
                        let text = self.literal_text(literal);
                        if let Some(slot) = row.parents.get_mut(position) {
                            *slot = Some(text);
                        }
                    }
                    (Given::Above(above), GivenValue::Literal(literal)) => {
                        let text = self.literal_text(literal);
                        row.above.push((above, text));
                    }
                    (Given::Parent(_) | Given::Above(_), GivenValue::Missing(_)) => {}
                    (Given::Column(column), GivenValue::Missing(_)) => {
                        row.cells.push((column, Err(MissingReason::NotGiven)));
                    }
                    (Given::Column(column), GivenValue::Literal(literal)) => match self.given_value(column, literal) {
                        Some(content) => row.cells.push((column, content)),
                        None => is_sound = false,
                    },
                }
            }
            found.push(row);
        }
        if let Some(rows) = rows {
            is_sound &= self.given_rows(id, rows, &mut found);
        }
        match tables.iter_mut().find(|given| given.table == id) {
            Some(given) => given.rows.extend(found),
            None => tables.push(GivenTable { table: id, rows: found }),
        }
        is_sound
    }

    fn empty_row(&self, table: TableId, span: Span) -> GivenRow {
        GivenRow {
            parents: vec![None; self.model.table(table).parents.len()],
            above: Vec::new(),
            cells: Vec::new(),
            span,
        }
    }

    fn given_table(&mut self, name: &Name) -> Option<TableId> {
        if let Some(table) = self.names.tables.get(name.text.as_str()) {
            return Some(*table);
        }
        if let Some(table) = self.names.plurals.get(&name.text) {
            let singular = self.model.table(*table).name.clone();
            self.report.push(names::singular_or_plural(&name.text, name.span, &singular));
        } else if !self.names.is_silent(&name.text) {
            let tables = &self.model.tables;
            self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
                let near = report.nearest(&name.text, tables.iter().map(|table| table.name.as_str()));
                names::unknown(&name.text, name.span, "a data table", near.as_deref())
            });
        }
        None
    }

    /// A column of the table, or a table its records belong to.
    fn given_name(&mut self, table: TableId, name: &Name) -> Option<Given> {
        if let Some(given) = self.find_given(table, &name.text) {
            return Some(given);
        }
        let declared = self.model.table(table);

        if !self.names.broken_tables.contains(&table) {
            let (table_name, at) = (declared.name.clone(), declared.span);
            let columns: Vec<String> = declared.columns.iter().map(|id| self.model.column(*id).name.clone()).collect();
            let full = format!("{table_name}.{}", name.text);
            self.report.once(names::UNKNOWN_COLUMN, &full, name.span, |report| {
                let near = report.nearest(&name.text, columns.iter().map(String::as_str));
                names::unknown_column(&table_name, at, &name.text, name.span, near.as_deref())
            });
        }
        None
    }

    /// A column of the table, or a table its records belong to, if there is one of this name.
    fn find_given(&self, table: TableId, name: &str) -> Option<Given> {
        if let Some(column) = self.member(table, name).and_then(|member| member.column) {
            return Some(Given::Column(column));
        }
        let declared = self.model.table(table);
        if let Some(position) = declared.parents.iter().position(|parent| self.model.table(*parent).name == name) {
            return Some(Given::Parent(position));
        }
        let above = self.names.tables.get(name).copied();
        above.filter(|above| self.names.is_below(table, Level::Table(*above))).map(Given::Above)
    }

    fn given_rows(&mut self, table: TableId, rows: &Rows, found: &mut Vec<GivenRow>) -> bool {
        let mut is_sound = true;
        let mut heads: Vec<Option<Given>> = Vec::new();
        let is_headless = rows.header.len() > 1
            && !self.names.broken_tables.contains(&table)
            && rows.header.iter().all(|head| self.find_given(table, &head.text).is_none());
        if let Some(first) = rows.header.first().filter(|_| is_headless) {
            let declared = self.model.table(table);
            let columns = declared.columns.iter().map(|id| self.model.column(*id).name.as_str());
            let problem = errors::no_heads(first.span, &first.text, &declared.name, &wording::listed(columns));
            self.report.push(problem);
            return false;
        }
        for (place, head) in rows.header.iter().enumerate() {
            let twin = rows.header.iter().take(place).find(|other| other.text == head.text);
            if let Some(twin) = twin {
                self.report.push(errors::given_twice(&format!("`{}`", head.text), head.span, twin.span));
                is_sound = false;
            }
            let given = self.given_name(table, &Name { text: head.text.clone(), span: head.span });
            is_sound &= given.is_some();
            heads.push(given);
        }
        for row in &rows.rows {
            // A row of another length was told when it was read.
            if row.cells.len() != heads.len() {
                is_sound = false;
                continue;
            }
            let mut given = self.empty_row(table, row.span);
            for (cell, head) in row.cells.iter().zip(&heads) {
                match head {
                    Some(Given::Parent(position)) => {
                        if let Some(slot) = given.parents.get_mut(*position) {
                            *slot = Some(cell.text.clone());
                        }
                    }
                    Some(Given::Above(above)) => given.above.push((*above, cell.text.clone())),
                    Some(Given::Column(column)) => match self.cell(*column, &cell.text, cell.span) {
                        Some(content) => given.cells.push((*column, content)),
                        None => is_sound = false,
                    },
                    None => {}
                }
            }
            found.push(given);
        }
        is_sound
    }

    /// A cell read as a cell of the data is.
    fn cell(&mut self, column: ColumnId, text: &str, span: Span) -> Option<Content> {
        let declared = self.model.column(column);
        if declared.ty.is_unknown() {
            return None;
        }
        match cell::parse(text, declared, &self.model) {
            Ok(Cell::Known(value)) => Some(Ok(value)),
            Ok(Cell::Missing(reason)) => Some(Err(reason)),
            Err(expected) => {
                let (name, at) = (declared.name.clone(), declared.span);
                self.report.push(errors::bad_cell(text, span, &name, at, &expected));
                None
            }
        }
    }

    /// A literal given for a column: in the unit of the column, but that a count needs none, as in the data.
    fn given_value(&mut self, column: ColumnId, literal: &Literal) -> Option<Content> {
        let text = self.literal_text(literal);
        let declared = self.model.column(column);
        let (LiteralKind::Number(_), Type::Quantity(wanted)) = (&literal.kind, &declared.ty) else {
            return self.cell(column, &text, literal.span);
        };
        let wanted = wanted.clone();
        let found = self.literal(literal);
        let Type::Quantity(quantity) = &found.ty else { return None };
        let is_bare = *quantity == Quantity::plain();
        let is_count =
            wanted.scale == Scale::Plain && wanted.dimension.money == 0 && !wording::is_rate(&wanted.dimension);
        let declared = self.model.column(column);
        let read = match literal_number(&found) {
            Some(number) if *quantity == wanted || is_bare && is_count => {
                // The limits of a column are those of its cells.
                let in_cell = number.multiply(&declared.cell_base).unwrap_or_else(|_| number.clone());
                cell::number(&in_cell, declared, &self.model).map_err(|refusal| match refusal.reason {
                    Some(reason) => format!("{}; {reason}", refusal.expected),
                    None => refusal.expected,
                })
            }
            Some(number) if is_bare && wanted.scale == Scale::Share => {
                Err(format!("`{}`: a percent is written with its sign", percent(number, "%")))
            }
            Some(_) if is_bare && wanted.scale == Scale::Plain => {
                Err(format!("`{}`", self.with_unit(&text, &wanted.dimension)))
            }
            _ => Err(cell::expected(declared, &self.model)),
        };
        match read {
            Ok(Cell::Known(value)) => Some(Ok(value)),
            Ok(Cell::Missing(reason)) => Some(Err(reason)),
            Err(expected) => {
                let (name, at) = (declared.name.clone(), declared.span);
                self.report.push(errors::bad_cell(&text, literal.span, &name, at, &expected));
                None
            }
        }
    }

    fn literal_text(&self, literal: &Literal) -> String {
        match &literal.kind {
            LiteralKind::Text(text) => text.clone(),
            _ => self.text(literal.span).to_owned(),
        }
    }
}
