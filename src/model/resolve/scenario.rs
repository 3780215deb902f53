//! Scenarios: the data they give and what they expect, by id and with types.

use super::sides::percent;
use super::{Resolver, literal_number};
use crate::data::{Cell, cell};
use crate::model::collect::Named;
use crate::model::error::{names, scenarios as errors};
use crate::model::{
    Basis, ColumnId, DataTable, DeclarationId, DeclarationKind, Expectation, ExpectedValue, Expr, ExprKind, GivenRow,
    GivenTable, Level, ParameterId, Quantity, Scale, Scenario, TableId, Type, wording,
};
use crate::source::Span;
use crate::syntax::ast::{self, ClauseKind, CompareOp, Expected, GivenValue, Literal, LiteralKind, Name, Rows};
use crate::value::{MissingReason, Value};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

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
    /// Scenarios, after all declarations are typed.
    pub(in crate::model) fn scenarios(&mut self, scenarios: &[&ast::Declaration]) {
        for declaration in scenarios {
            let is_broken = declaration.is_broken
                || declaration.clauses.iter().any(|clause| matches!(clause.kind, ClauseKind::Broken));
            if !is_broken {
                let scenario = self.scenario(declaration);
                self.model.scenarios.push(scenario);
            }
        }
    }

    fn scenario(&mut self, declaration: &ast::Declaration) -> Scenario {
        let mut scenario = Scenario {
            name: declaration.name.text.clone(),
            label: declaration.label.as_ref().map(|label| label.text.clone()),
            as_at: None,
            parameters: Vec::new(),
            tables: Vec::new(),
            expectations: Vec::new(),
            because: None,
            span: declaration.span,
        };
        let mut is_sound = true;
        for clause in &declaration.clauses {
            match &clause.kind {
                ClauseKind::AsAt(Literal { kind: LiteralKind::Date(date), .. }) => scenario.as_at = Some(*date),
                ClauseKind::Because(text) => scenario.because = Some(text.text.clone()),
                ClauseKind::GivenParameter { name, value } => {
                    scenario.parameters.extend(self.given_parameter(name, value));
                }
                ClauseKind::Given { table, cells, rows } => {
                    is_sound &= self.given(table, cells, rows.as_ref(), clause.span, &mut scenario.tables);
                }
                _ => {}
            }
        }
        if is_sound {
            self.belongings(&scenario.tables);
        }
        let expectations: Vec<&ast::Clause> =
            declaration.clauses.iter().filter(|clause| matches!(clause.kind, ClauseKind::Expect { .. })).collect();
        for clause in &expectations {
            let ClauseKind::Expect { table, name, values } = &clause.kind else { continue };
            let Some(id) = self.expected_of(table.as_ref(), name) else { continue };

            if is_sound {
                self.count_of_values(id, name, values, clause.span, &scenario.tables);
            }
            let values: Option<Vec<ExpectedValue>> =
                values.iter().map(|value| self.expected(id, name, value)).collect();
            if let Some(values) = values {
                scenario.expectations.push(Expectation { declaration: id, values, span: clause.span });
            }
        }
        if expectations.is_empty() {
            self.report.push(errors::expects_nothing(&declaration.name.text, declaration.name.span));
        }
        scenario
    }

    /// A parameter with another value.
    fn given_parameter(&mut self, name: &Name, value: &ast::Expr) -> Option<(ParameterId, Value)> {
        let id = match self.names.values.get(name.text.as_str()) {
            Some(Named::Parameter(id)) => *id,
            Some(Named::Declaration(_)) | None => {
                if !self.names.is_silent(&name.text) {
                    let parameters = &self.model.parameters;
                    self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
                        let near = report.nearest(&name.text, parameters.iter().map(|one| one.name.as_str()));
                        names::unknown(&name.text, name.span, "a parameter", near.as_deref())
                    });
                }
                return None;
            }
        };
        let found = self.expr(value, Level::Nation);
        let parameter = self.value_of(Named::Parameter(id), name.span);
        if found.ty.is_unknown() || !self.comparable(CompareOp::Is, value.span, &parameter, &found) {
            return None;
        }
        let value = match found.kind {
            ExprKind::Literal(value) => value,
            ExprKind::Negate(inner) => Value::Number(literal_number(&inner)?.negate()),
            _ => {
                self.report.push(crate::model::error::parameters::not_a_literal(found.span));
                return None;
            }
        };
        Some((id, value))
    }

    /// The records that a clause gives; whether all of it was understood.
    fn given(
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
        if let Some(column) = self.member(table, &name.text).and_then(|member| member.column) {
            return Some(Given::Column(column));
        }
        let above = self.names.tables.get(name.text.as_str()).copied();
        let declared = self.model.table(table);
        if let Some(position) = declared.parents.iter().position(|parent| self.model.table(*parent).name == name.text) {
            return Some(Given::Parent(position));
        }
        if let Some(above) = above.filter(|above| self.names.is_below(table, Level::Table(*above))) {
            return Some(Given::Above(above));
        }
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

    fn given_rows(&mut self, table: TableId, rows: &Rows, found: &mut Vec<GivenRow>) -> bool {
        let mut is_sound = true;
        let mut heads: Vec<Option<Given>> = Vec::new();
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
            if row.cells.len() != heads.len() {
                let at = rows.header.first().zip(rows.header.last());
                let at = at.map_or(rows.span, |(first, last)| first.span.to(last.span));
                self.report.push(errors::row_length(row.span, row.cells.len(), heads.len(), at));
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

    /// Every record says which it is and to which given record it belongs, where there are several.
    fn belongings(&mut self, tables: &[GivenTable]) {
        for given in tables {
            let table = self.model.table(given.table).clone();
            self.keys(given, &table);
            for (position, parent) in table.parents.iter().enumerate() {
                let parent_name = self.model.table(*parent).name.clone();
                let above = tables.iter().find(|given| given.table == *parent);
                let rows = above.map_or(&[][..], |given| given.rows.as_slice());
                let keys: Vec<String> = rows.iter().filter_map(|row| self.key_of(*parent, row)).collect();
                for row in &given.rows {
                    match row.parents.get(position) {
                        Some(Some(named)) if !keys.is_empty() && !keys.contains(named) => {
                            self.report.push(errors::no_such_parent(row.span, &parent_name, named));
                        }
                        Some(None) if rows.len() > 1 => {
                            self.report.push(errors::which_parent(row.span, &table.name, &parent_name, rows.len()));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// Records have keys where there are several, each once, and periods are of the series.
    fn keys(&mut self, given: &GivenTable, table: &DataTable) {
        let Some(key) = table.key else { return };
        let mut seen: HashMap<(Vec<Option<String>>, Vec<(TableId, String)>, String), Span> = HashMap::new();
        for row in &given.rows {
            let Some(named) = self.key_of(given.table, row) else {
                if given.rows.len() > 1 || table.series.is_some() {
                    let name = self.model.column(key).name.clone();
                    self.report.push(errors::no_key(row.span, &table.name, &name));
                    return;
                }
                continue;
            };
            if let (Some(series), Some((_, Ok(Value::Period(period))))) =
                (table.series, row.cells.iter().find(|(column, _)| *column == key))
                && !(series.first..=series.last).contains(period)
            {
                let (first, last) = (series.first, series.last);
                self.report.push(errors::outside_series(row.span, &table.name, *period, first, last, table.span));
            }
            let what = format!("`{named}`");
            match seen.entry((row.parents.clone(), row.above.clone(), named)) {
                Entry::Occupied(first) => self.report.push(errors::given_twice(&what, row.span, *first.get())),
                Entry::Vacant(place) => {
                    place.insert(row.span);
                }
            }
        }
    }

    /// The key of a given record as people write it.
    fn key_of(&self, table: TableId, row: &GivenRow) -> Option<String> {
        let key = self.model.table(table).key?;
        let (_, content) = row.cells.iter().find(|(column, _)| *column == key)?;
        Some(match content.as_ref().ok()? {
            Value::Text(text) => text.to_string(),
            Value::Period(period) => period.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => wording::date(*date),
            Value::YesNo(_) | Value::Condition(_) => return None,
        })
    }

    /// How many records of a table a scenario has; nothing where that is not known here. A series has every
    /// period for each record above it; a table of the nation that is not given may have one record all the same.
    fn records(&self, table: TableId, tables: &[GivenTable]) -> Option<usize> {
        let declared = self.model.table(table);
        if let Some(series) = &declared.series {
            let [parent] = declared.parents.as_slice() else { return None };
            let periods = i64::from(series.last.ordinal) - i64::from(series.first.ordinal) + 1;
            return self.records(*parent, tables)?.checked_mul(usize::try_from(periods).ok()?);
        }
        match tables.iter().find(|given| given.table == table) {
            Some(given) => Some(given.rows.len()),
            None if declared.parents.is_empty() => {
                let is_only = self.model.tables.iter().filter(|other| other.parents.is_empty()).count() == 1;
                let is_above = |given: &GivenTable| self.names.is_below(given.table, Level::Table(table));
                Some(usize::from(is_only || tables.iter().any(is_above)))
            }
            None => Some(0),
        }
    }

    /// The declaration that an expectation names.
    fn expected_of(&mut self, table: Option<&Name>, name: &Name) -> Option<DeclarationId> {
        let written = match table {
            Some(table) => {
                let span = table.span.to(name.span);
                let level = match self.names.tables.get(table.text.as_str()) {
                    Some(id) => Level::Table(*id),
                    None => match self.names.values.get(table.text.as_str()) {
                        Some(Named::Declaration(id)) => self.model.declaration(*id).level,
                        _ => Level::Nation,
                    },
                };
                self.dotted(table, name, span, level)
            }
            None => {
                let level = match self.names.values.get(name.text.as_str()) {
                    Some(Named::Declaration(id)) => self.model.declaration(*id).level,
                    _ => Level::Nation,
                };
                self.name(name, level)
            }
        };
        match written.kind {
            ExprKind::Result(id) => Some(id),
            ExprKind::Broken => None,
            _ => {
                let (what, at) = match written.kind {
                    ExprKind::Parameter(id) => ("a parameter", self.model.parameter(id).span),
                    ExprKind::Column(id) => ("a column", self.model.column(id).span),
                    _ => return None,
                };
                let help = "a scenario expects results; name a rule";
                self.report.push(names::not_a_value(&name.text, name.span, what, at, help));
                None
            }
        }
    }

    fn count_of_values(
        &mut self,
        id: DeclarationId,
        name: &Name,
        values: &[Expected],
        span: Span,
        tables: &[GivenTable],
    ) {
        let (wanted, of, given) = match self.model.declaration(id).level {
            Level::Nation => (1, "for the nation".to_owned(), None),
            Level::Table(table) => {
                let Some(count) = self.records(table, tables) else { return };
                let given = tables.iter().find(|given| given.table == table);
                let given = given.and_then(|given| given.rows.first().zip(given.rows.last()));
                let given = given.map(|(first, last)| first.span.to(last.span));
                (count, format!("for each {}", self.model.table(table).name), given)
            }
        };
        if values.len() != wanted {
            let at = values.first().zip(values.last()).map_or(span, |(first, last)| first.span().to(last.span()));
            self.report.push(errors::number_of_values(&name.text, at, values.len(), wanted, &of, given));
        }
    }

    /// One expected value.
    fn expected(&mut self, id: DeclarationId, name: &Name, value: &Expected) -> Option<ExpectedValue> {
        let declaration = self.model.declaration(id);
        let is_condition = matches!(declaration.kind, DeclarationKind::Condition { .. });
        let (state, words) = match value {
            Expected::CannotDetermine(_) => return Some(ExpectedValue::CannotDetermine),
            Expected::Met(_) => (ExpectedValue::Met, "met"),
            Expected::NotMet(_) => (ExpectedValue::NotMet, "not met"),
            Expected::DoesNotApply(_) => (ExpectedValue::DoesNotApply, "does not apply"),
            Expected::Literal(literal) => return self.expected_literal(id, name, literal, is_condition),
        };
        if is_condition {
            return Some(state);
        }
        if !declaration.ty.is_unknown() {
            let word = kind_word(&declaration.kind);
            let at = declaration.name_span;
            self.report.push(errors::not_a_condition(words, value.span(), &name.text, word, at));
        }
        None
    }

    fn expected_literal(
        &mut self,
        id: DeclarationId,
        name: &Name,
        literal: &Literal,
        is_condition: bool,
    ) -> Option<ExpectedValue> {
        let found = self.literal(literal);
        let mut result = self.value_of(Named::Declaration(id), name.span);
        if let Type::Quantity(quantity) = &mut result.ty {
            quantity.basis = Basis::None;
        }
        if is_condition {
            let (found, wanted) = (self.side(&found), self.side(&result));
            let wanted = super::Side { phrase: "a condition".to_owned(), ..wanted };
            let help = "write `met`, `not met`, `does not apply` or `cannot determine`";
            self.report.push(errors::other_type(&name.text, &found, &wanted, help));
            return None;
        }
        if found.ty.is_unknown() || result.ty.is_unknown() {
            return None;
        }
        if !self.comparable(CompareOp::Is, literal.span, &result, &found) {
            return None;
        }
        match found {
            Expr { kind: ExprKind::Literal(value), .. } => Some(ExpectedValue::Value(value)),
            _ => None,
        }
    }
}

/// What people call a kind of declaration.
fn kind_word(kind: &DeclarationKind) -> &'static str {
    match kind {
        DeclarationKind::Measure(_) => "measure",
        DeclarationKind::Condition { .. } => "condition",
        DeclarationKind::Permission { .. } => "permission",
        DeclarationKind::Payment(_) => "payment",
        DeclarationKind::Decision(_) => "decision",
        DeclarationKind::OutcomePart(_) => "figure of an outcome",
        DeclarationKind::Outcome { .. } => "outcome",
        DeclarationKind::Check { .. } => "check",
        DeclarationKind::Allocation { .. } => "allocation",
    }
}
