//! Where in a document each thing of the rules stands, and how it is named and linked.
//!
//! In: the model of a ruleset. Out: anchors, and labels that link to them. Names of the rules have no hyphen, so
//! an anchor with one is never that of a rule; two stand behind the ruleset's own in a document of several.

use super::document::{Anchor, Style, Text};
use crate::model::{CitedId, ColumnId, DeclarationId, DeclarationKind, Model, ParameterId, TableId, UnitId};
use crate::report::run::label;
use std::collections::BTreeMap;

/// The places of one ruleset.
#[derive(Debug, Clone)]
pub(super) struct Places<'a> {
    model: &'a Model,
    /// Before every anchor; empty in a document of one ruleset.
    prefix: String,
    /// Parameters by name.
    parameters: BTreeMap<&'a str, ParameterId>,
}

impl<'a> Places<'a> {
    /// The places of a ruleset; `within` tells it apart from others in the same document.
    pub(super) fn new(model: &'a Model, within: Option<&str>) -> Self {
        let parameters = model.parameters.iter().enumerate();
        let parameters = parameters.map(|(index, parameter)| (parameter.name.as_str(), ParameterId::from_index(index)));
        let prefix = within.map(|within| format!("{within}--")).unwrap_or_default();
        Self { model, prefix, parameters: parameters.collect() }
    }

    fn anchor(&self, words: &str) -> Anchor {
        Anchor::new(&format!("{}{words}", self.prefix))
    }

    /// A part of the rulebook, such as `conditions`.
    pub(super) fn part(&self, words: &str) -> Anchor {
        self.anchor(&format!("part-{words}"))
    }

    /// A declaration; a part of an outcome stands with its outcome.
    pub(super) fn declaration(&self, id: DeclarationId) -> Anchor {
        let declaration = self.model.declaration(id);
        let name = match declaration.kind {
            DeclarationKind::OutcomePart(_) => declaration.name.split('.').next().unwrap_or_default(),
            _ => &declaration.name,
        };
        self.anchor(name)
    }

    pub(super) fn parameter(&self, id: ParameterId) -> Anchor {
        self.anchor(&self.model.parameter(id).name)
    }

    pub(super) fn table(&self, id: TableId) -> Anchor {
        self.anchor(&format!("data-{}", self.model.table(id).name))
    }

    pub(super) fn column(&self, id: ColumnId) -> Anchor {
        let column = self.model.column(id);
        self.anchor(&format!("data-{}-{}", self.model.table(column.table).name, column.name))
    }

    pub(super) fn unit(&self, id: UnitId) -> Anchor {
        self.anchor(&format!("unit-{}", self.model.unit(id).name))
    }

    pub(super) fn source(&self, id: CitedId) -> Anchor {
        let name = self.model.sources.get(id.index()).map_or("", |source| &source.name);
        self.anchor(&format!("source-{name}"))
    }

    pub(super) fn example(&self, name: &str) -> Anchor {
        self.anchor(&format!("example-{name}"))
    }

    /// The label of a declaration as a link to it.
    pub(super) fn declaration_link(&self, id: DeclarationId) -> Text {
        let declaration = self.model.declaration(id);
        self.link(&label(self.model, id), &declaration.name, self.declaration(id))
    }

    /// The label of a parameter as a link to it.
    pub(super) fn parameter_link(&self, id: ParameterId) -> Text {
        let parameter = self.model.parameter(id);
        let label = parameter.label.as_ref().unwrap_or(&parameter.name);
        self.link(label, &parameter.name, self.parameter(id))
    }

    /// The label of a column as a link to it.
    pub(super) fn column_link(&self, id: ColumnId) -> Text {
        let column = self.model.column(id);
        // The period of a series has no label of its own.
        let series = self.model.table(column.table).series.filter(|series| series.column == id);
        let label = column.label.clone().or_else(|| Some(format!("the {}", series?.kind.word())));
        self.link(label.as_ref().unwrap_or(&column.name), &column.name, self.column(id))
    }

    /// A declaration or parameter of this name as a link to it.
    pub(super) fn named_link(&self, name: &str) -> Text {
        if let Some(id) = self.model.find(name) {
            return self.declaration_link(id);
        }
        match self.parameters.get(name) {
            Some(id) => self.parameter_link(*id),
            None => Text::code(name),
        }
    }

    /// A label, or the name where there is no label, as a link.
    fn link(&self, label: &str, name: &str, to: Anchor) -> Text {
        let style = if label == name { Style::Code } else { Style::Plain };
        let mut text = Text::new();
        text.push(label, style, Some(to));
        text
    }

    /// A name as it is written in the rules, as a link.
    pub(super) fn name_link(&self, name: &str, to: Anchor) -> Text {
        let mut text = Text::new();
        text.push(name, Style::Code, Some(to));
        text
    }
}
