//! Columns of data tables: types and what their cells may hold.

use super::Collected;
use crate::model::error::{clauses, names, periods, types};
use crate::model::literal::{literal, unit};
use crate::model::{Break, Column, Dimension, Level, Quantity, Scale, TableId, Type, wording};
use crate::source::Span;
use crate::syntax::ast::{self, ColumnOption, Literal, LiteralKind, Name, NumberForm, Text, TypeKind};
use crate::value::{Number, Value};
use std::sync::Arc;

/// The words that are types, for "did you mean".
const TYPE_WORDS: [&str; 9] = ["text", "yes/no", "date", "money", "percent", "number", "month", "quarter", "judgement"];

/// The type that people of other trades call something else.
fn in_other_words(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "boolean" | "bool" | "flag" | "yesno" | "tickbox" => "yes/no",
        "string" | "str" | "varchar" | "words" => "text",
        "integer" | "int" | "decimal" | "float" | "numeric" | "count" => "number",
        "currency" | "pounds" | "gbp" | "amount" | "sterling" => "money",
        "percentage" | "share" => "percent",
        "datetime" | "timestamp" | "day" => "date",
        "year" => "financial year",
        "judgment" => "judgement",
        _ => return None,
    })
}

/// A type of a column with what follows from it.
struct Meant {
    ty: Type,
    /// By what cells are divided.
    base: Number,
    is_judgement: bool,
    is_count: bool,
}

impl Meant {
    fn of(ty: Type) -> Self {
        Self { ty, base: Number::one(), is_judgement: false, is_count: false }
    }
}

impl<'a> Collected<'a> {
    /// A column as written.
    pub(super) fn table_column(&mut self, table: TableId, written: &'a ast::Column, span: Span) {
        let name = written.name.text.as_str();
        let alike = self.names.columns.get(name).into_iter().flatten();
        let mut twins = alike.map(|id| self.model.column(*id)).filter(|column| column.table == table);
        if let Some(twin) = twins.next() {
            let first = twin.span;
            self.report.push(names::declared_twice(name, written.name.span, first));
            return;
        }
        let above = self.names.tables.get(name).copied();
        if let Some(above) = above.filter(|above| self.names.is_below(table, Level::Table(*above))) {
            let at = self.model.table(above).span;
            self.report.push(names::column_of_table_above(name, written.name.span, at));
            return;
        }
        let meant = self.column_type(&written.ty.kind, written.ty.span);
        let mut column = Column {
            table,
            name: name.to_owned(),
            label: written.label.as_ref().map(|label| label.text.clone()),
            ty: meant.ty,
            cell_base: meant.base,
            is_judgement: meant.is_judgement,
            is_optional: false,
            is_whole: meant.is_count,
            least: meant.is_count.then(Number::zero),
            greatest: None,
            breaks: Vec::new(),
            span: written.name.span,
        };
        let mut key = None;
        for option in &written.options {
            match option {
                ColumnOption::Key(at) => key = Some(*at),
                ColumnOption::Optional(_) => column.is_optional = true,
                ColumnOption::Fractional(at) => {
                    if !meant.is_count && !column.ty.is_unknown() {
                        let phrase = wording::phrase(&column.ty, &self.model);
                        self.report.push(types::fractional_without_count(*at, &phrase));
                    }
                    column.is_whole = false;
                }
                ColumnOption::AtLeast(bound) => column.least = self.bound(bound, &column, span).or(column.least),
                ColumnOption::AtMost(bound) => column.greatest = self.bound(bound, &column, span),
                ColumnOption::NewDefinition { from, because } => self.new_definition(&mut column, from, because),
            }
        }
        if let (Some(least), Some(greatest)) = (&column.least, &column.greatest)
            && greatest < least
        {
            self.report.push(types::empty_range(name, span));
            column.greatest = None;
        }
        let id = self.add_column(name, column);
        if let Some(at) = key {
            self.key(table, id, at);
        }
    }

    /// A new definition of a column, in its place among the others.
    fn new_definition(&mut self, column: &mut Column, from: &Literal, because: &Text) {
        let table = self.model.table(column.table);
        let LiteralKind::Period(period) = &from.kind else { return };
        let Some(series) = table.series else {
            if !self.names.is_unsound(Level::Table(column.table)) {
                self.report.push(periods::new_definition_without_series(from.span, &table.name, table.span));
            }
            return;
        };
        let problem = if period.kind != series.kind {
            periods::not_of_the_series(from.span, period.kind, series.kind, table.span)
        } else if *period < series.first || *period > series.last {
            periods::outside_series(from.span, *period, series.first, series.last, table.span)
        } else if *period == series.first {
            periods::new_from_the_beginning(from.span, *period, table.span)
        } else if column.breaks.iter().any(|other| other.from == *period) {
            clauses::said_twice("the new definition", from.span, column.span)
        } else if !matches!(column.ty, Type::Quantity(_) | Type::Unknown) {
            periods::new_definition_of_no_figure(from.span, &wording::phrase(&column.ty, &self.model))
        } else {
            column.breaks.push(Break { from: *period, because: because.text.clone() });
            column.breaks.sort_by_key(|change| change.from.ordinal);
            return;
        };
        self.report.push(problem);
    }

    fn key(&mut self, table: TableId, id: crate::model::ColumnId, at: Span) {
        if let Some(first) = self.model.table(table).key {
            let first = self.model.column(first).span;
            self.report.push(clauses::said_twice("the key of the table", at, first));
            return;
        }
        let column = self.model.column(id);
        if matches!(column.ty, Type::YesNo) || column.is_judgement || column.is_optional {
            self.report.push(types::bad_key(&column.name, at));
        }
        if let Some(table) = self.model.tables.get_mut(table.index()) {
            table.key = Some(id);
        }
    }

    /// A bound of a column's numbers.
    fn bound(&mut self, bound: &Literal, column: &Column, span: Span) -> Option<Number> {
        let (value, ty) = literal(bound, &self.names, &mut self.report)?;
        if column.ty.is_unknown() {
            return None;
        }
        match value {
            Value::Number(number) if ty == column.ty => Some(number),
            _ => {
                let (wanted, found) = (wording::phrase(&column.ty, &self.model), wording::phrase(&ty, &self.model));
                let help = self.bound_as_meant(bound, column);
                self.report.push(types::bound_of_other_type(bound.span, &found, span, &column.name, &wanted, &help));
                None
            }
        }
    }

    /// What a bound without a unit would be in the unit of its column.
    fn bound_as_meant(&self, bound: &Literal, column: &Column) -> String {
        let (LiteralKind::Number(number), Type::Quantity(wanted)) = (&bound.kind, &column.ty) else {
            return "only numbers, money, counts and shares have bounds".to_owned();
        };
        let digits = &number.digits;
        if !matches!(number.form, NumberForm::Plain) {
            return format!("write the bound as {}", wording::phrase(&column.ty, &self.model));
        }
        if wanted.scale == Scale::Share {
            return format!("write `{digits}%`");
        }
        if wanted.dimension == Dimension::money() {
            return format!("write `{}{digits}`", self.names.currency);
        }
        format!("write `{digits} {}`", wording::dimension_text(&wanted.dimension, &self.model))
    }

    fn column_type(&mut self, kind: &TypeKind, span: Span) -> Meant {
        match kind {
            TypeKind::Text => Meant::of(Type::Text),
            TypeKind::YesNo => Meant::of(Type::YesNo),
            TypeKind::Date => Meant::of(Type::Date),
            TypeKind::Period(kind) => Meant::of(Type::Period(*kind)),
            TypeKind::OneOf(values) => Meant::of(self.choice(values)),
            TypeKind::Judgement(values) => {
                let ty = if values.is_empty() { Type::YesNo } else { self.choice(values) };
                Meant { is_judgement: true, ..Meant::of(ty) }
            }
            TypeKind::Money => Meant::of(Type::money()),
            TypeKind::Percent => Meant::of(Type::Quantity(Quantity::share())),
            TypeKind::Number => Meant::of(Type::Quantity(Quantity::plain())),
            TypeKind::Unit(name) => match self.type_or_unit(name) {
                Some(dimension) => Meant { is_count: true, ..Meant::of(Type::Quantity(Quantity::of(dimension))) },
                None => Meant::of(Type::Unknown),
            },
            TypeKind::Per { numerator, base, unit: below } => {
                let above = match numerator.as_ref() {
                    TypeKind::Money => Some(Dimension::money()),
                    TypeKind::Unit(name) => self.type_or_unit(name),
                    _ => {
                        self.report.push(types::not_a_rate(span));
                        return Meant::of(Type::Unknown);
                    }
                };
                let below = unit(below, &self.names, &mut self.report);
                let (Some(above), Some(below)) = (above, below) else { return Meant::of(Type::Unknown) };
                let dimension = above.over(&Dimension::unit(below));
                let quantity = if dimension.is_none() { Quantity::share() } else { Quantity::of(dimension) };
                Meant { base: base.clone(), ..Meant::of(Type::Quantity(quantity)) }
            }
        }
    }

    /// The unit that stands where a type is wanted.
    fn type_or_unit(&mut self, name: &Name) -> Option<Dimension> {
        if let Some(unit) = self.names.units.get(name.text.as_str()) {
            return Some(Dimension::unit(*unit));
        }
        if !self.names.is_silent(&name.text) {
            let units = &self.names.unit_order;
            self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
                let near = in_other_words(&name.text)
                    .map(str::to_owned)
                    .or_else(|| report.nearest(&name.text, TYPE_WORDS.into_iter().chain(units.iter().copied())));
                names::unknown(&name.text, name.span, "a type of a column or a unit", near.as_deref())
            });
        }
        None
    }

    /// A choice of these values; one that stands twice is told.
    pub(super) fn choice(&mut self, values: &[Text]) -> Type {
        let mut seen: hashbrown::HashMap<&str, Span> = hashbrown::HashMap::new();
        let mut kept: Vec<String> = Vec::new();
        for value in values {
            match seen.get(value.text.as_str()) {
                Some(first) => {
                    self.report.push(clauses::said_twice(&format!("the value `{}`", value.text), value.span, *first));
                }
                None => {
                    seen.insert(&value.text, value.span);
                    kept.push(value.text.clone());
                }
            }
        }
        Type::Choice(Arc::from(kept))
    }
}
