//! Rules in sentences that can be read aloud: labels for names, words for signs.
//!
//! In: expressions, clauses and tables of the model. Out: texts whose names are links. Brackets stay where the
//! words would otherwise have two readings.

mod aggregate;
mod clause;
mod expression;
mod table;

use super::document::Text;
use super::places::Places;
use crate::model::{Level, Model, TableId, Type};
use crate::report::show;
use crate::source::{Sources, Span};
use crate::value::Value;

/// What is needed to put rules into words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// The model.
    pub(super) model: &'a Model,
    /// The texts of the rules.
    pub(super) sources: &'a Sources,
    /// Where things stand.
    pub(super) places: &'a Places<'a>,
}

impl Words<'_> {
    /// What is written at a place, on one line.
    pub(super) fn written(&self, span: Span) -> String {
        crate::report::reasons::one_line(&self.model.text(self.sources, span))
    }

    /// A value as the rules write it; a text stands in curly quotes.
    pub(super) fn value(&self, value: &Value, ty: &Type) -> String {
        match value {
            Value::Text(text) => format!("“{text}”"),
            _ => show::value_with_unit(value, ty, &crate::model::Shown::Plain, self.model),
        }
    }

    /// `for each quarter of an area`, `for the nation`.
    pub(super) fn level(&self, level: Level) -> Text {
        match level {
            Level::Nation => Text::of("for the nation"),
            Level::Table(table) => {
                let mut text = Text::of("for each ");
                text.push(&self.model.table(table).name, super::document::Style::Plain, Some(self.places.table(table)));
                text
            }
        }
    }

    /// The records of a table, as many.
    pub(super) fn plural(&self, table: TableId) -> &str {
        &self.model.table(table).plural
    }
}
