//! The back of a rulebook: units and levels explained, and the index of names.

use super::Rulebook;
use super::document::{Anchor, Block, Column, Row, Section, Style, Table, Text};
use crate::model::{ColumnId, DeclarationId, DeclarationKind, Level, ParameterId, TableId, UnitId};
use crate::report::explain::kind_word;
use std::collections::BTreeMap;

/// Units and levels; nothing where there are none.
pub(super) fn units(book: &Rulebook<'_>) -> Option<Section> {
    let model = book.model;
    let mut rows = Vec::new();
    for (index, table) in model.tables.iter().enumerate() {
        let id = TableId::from_index(index);
        let mut name = Text::new();
        name.push(&table.name, Style::Code, Some(book.places.table(id)));
        let what = table.label.clone().unwrap_or_else(|| format!("A record of the table {}", table.name));
        rows.push(Row { anchor: None, cells: vec![vec![name], vec![Text::of("level")], vec![Text::of(what)]] });
    }
    let has_national = model.declarations.iter().any(|declaration| declaration.level == Level::Nation);
    if has_national && !model.tables.is_empty() {
        let cells =
            vec![vec![Text::code("nation")], vec![Text::of("level")], vec![Text::of("All records together, once")]];
        rows.push(Row { anchor: None, cells });
    }
    for (index, unit) in model.units.iter().enumerate() {
        let what = unit.label.clone().unwrap_or_else(|| format!("A count of {}", unit.name));
        let anchor = Some(book.places.unit(UnitId::from_index(index)));
        rows.push(Row {
            anchor,
            cells: vec![vec![Text::code(&unit.name)], vec![Text::of("unit")], vec![Text::of(what)]],
        });
    }
    if rows.is_empty() {
        return None;
    }
    let columns = vec![Column::words("Word"), Column::words("Is a"), Column::words("Meaning")];
    Some(Section {
        anchor: book.places.part("units"),
        heading: "Levels and units".to_owned(),
        blocks: vec![Block::Table(Table { caption: Text::of("Levels and units of these rules"), columns, rows })],
        ..Section::default()
    })
}

/// A name of the rules.
struct Entry {
    label: String,
    what: String,
    to: Anchor,
    used_by: Vec<DeclarationId>,
}

/// Every name, in the order of the alphabet, with where it stands and what reads it.
pub(super) fn section(book: &Rulebook<'_>) -> Option<Section> {
    let entries = entries(book);
    if entries.is_empty() {
        return None;
    }
    let rows = entries.into_iter().map(|((_, name), entry)| {
        let by = entry.used_by.into_iter().map(|id| book.places.declaration_link(id)).collect();
        let cells = vec![
            vec![book.places.name_link(&name, entry.to)],
            vec![Text::of(entry.label)],
            vec![Text::of(entry.what)],
            vec![Text::apart(by)],
        ];
        Row { anchor: None, cells }
    });
    let columns = vec![Column::words("Name"), Column::words("Label"), Column::words("Is"), Column::words("Used by")];
    Some(Section {
        anchor: book.places.part("index"),
        heading: "Index of names".to_owned(),
        blocks: vec![Block::Table(Table { caption: Text::of("Names in the rules"), columns, rows: rows.collect() })],
        ..Section::default()
    })
}

/// Names in the order of the alphabet, capitals beside small letters.
fn entries(book: &Rulebook<'_>) -> BTreeMap<(String, String), Entry> {
    let model = book.model;
    let uses = Uses::of(book);
    let mut entries = BTreeMap::new();
    let mut add = |name: &str, entry: Entry| {
        entries.insert((name.to_lowercase(), name.to_owned()), entry);
    };
    for (index, parameter) in model.parameters.iter().enumerate() {
        let id = ParameterId::from_index(index);
        let label = parameter.label.clone().unwrap_or_default();
        let used_by = uses.parameters.get(&id).cloned().unwrap_or_default();
        add(
            &parameter.name,
            Entry { label, what: "a figure that policy sets".to_owned(), to: book.places.parameter(id), used_by },
        );
    }
    for (index, declaration) in model.declarations.iter().enumerate() {
        if matches!(declaration.kind, DeclarationKind::OutcomePart(_)) {
            continue;
        }
        let id = DeclarationId::from_index(index);
        let label = declaration.label.clone().unwrap_or_default();
        let used_by = uses.declarations.get(&id).cloned().unwrap_or_default();
        add(
            &declaration.name,
            Entry { label, what: kind_word(&declaration.kind).to_owned(), to: book.places.declaration(id), used_by },
        );
    }
    for (index, column) in model.columns.iter().enumerate() {
        let id = ColumnId::from_index(index);
        let table = &model.table(column.table).name;
        let label = column.label.clone().unwrap_or_default();
        let used_by = uses.columns.get(&id).cloned().unwrap_or_default();
        let name = format!("{table}.{}", column.name);
        add(&name, Entry { label, what: "reported".to_owned(), to: book.places.column(id), used_by });
    }
    entries
}

/// Which rules read what.
#[derive(Default)]
struct Uses {
    parameters: BTreeMap<ParameterId, Vec<DeclarationId>>,
    declarations: BTreeMap<DeclarationId, Vec<DeclarationId>>,
    columns: BTreeMap<ColumnId, Vec<DeclarationId>>,
}

impl Uses {
    fn of(book: &Rulebook<'_>) -> Self {
        let mut uses = Self::default();
        for index in 0..book.model.declarations.len() {
            uses.read(book, DeclarationId::from_index(index));
        }
        uses
    }

    fn read(&mut self, book: &Rulebook<'_>, id: DeclarationId) {
        let declaration = book.model.declaration(id);
        // A part of an outcome stands with its outcome.
        let by = match declaration.kind {
            DeclarationKind::OutcomePart(_) => book.outcome_of(id),
            _ => id,
        };
        for expr in declaration.expressions() {
            expr.walk(&mut |expr| match &expr.kind {
                crate::model::ExprKind::Parameter(read)
                | crate::model::ExprKind::ParameterIn { parameter: read, .. } => note(&mut self.parameters, *read, by),
                crate::model::ExprKind::Result(read) => note(&mut self.declarations, book.outcome_of(*read), by),
                crate::model::ExprKind::Column(read) => note(&mut self.columns, *read, by),
                _ => {}
            });
        }
    }
}

fn note<K: Ord>(uses: &mut BTreeMap<K, Vec<DeclarationId>>, read: K, by: DeclarationId) {
    let uses = uses.entry(read).or_default();
    // Rules are read one after the other.
    if uses.last() != Some(&by) {
        uses.push(by);
    }
}

impl Rulebook<'_> {
    /// The outcome of a part of one; anything else is itself.
    fn outcome_of(&self, id: DeclarationId) -> DeclarationId {
        let declaration = self.model.declaration(id);
        match declaration.kind {
            DeclarationKind::OutcomePart(_) => {
                declaration.name.split('.').next().and_then(|name| self.model.find(name)).unwrap_or(id)
            }
            _ => id,
        }
    }
}
