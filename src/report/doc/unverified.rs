//! What is not verified, with why, and everything that rests on it.

use super::Rulebook;
use super::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::model::{DeclarationId, DeclarationKind};
use std::collections::BTreeMap;

/// The doubts; nothing where there are none.
pub(super) fn section(book: &Rulebook<'_>) -> Option<Section> {
    let model = book.model;
    let parameters =
        model.parameters.iter().filter_map(|parameter| Some((&parameter.name, parameter.unverified.as_ref()?)));
    let rules = model
        .declarations
        .iter()
        .filter(|declaration| !matches!(declaration.kind, DeclarationKind::OutcomePart(_)))
        .filter_map(|declaration| Some((&declaration.name, declaration.unverified.as_ref()?)));
    let resting = resting(book);
    let rows: Vec<Row> = parameters
        .chain(rules)
        .map(|(name, why)| {
            let what = vec![book.places.named_link(name)];
            Row {
                anchor: None,
                cells: vec![what, vec![Text::of(why.as_str()).sentence()], vec![resting_on(book, &resting, name)]],
            }
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let lead = "These figures and rules are used here although no source, or no primary one, was seen for them. Whatever \
                rests on them is no surer than they are.";
    let columns = vec![Column::words("Figure or rule"), Column::words("Why"), Column::words("What rests on it")];
    Some(Section {
        anchor: book.places.part("unverified"),
        heading: "What is not verified".to_owned(),
        blocks: vec![
            Block::Paragraph(Text::of(lead)),
            Block::Table(Table { caption: Text::of("Not verified, and what rests on it"), columns, rows }),
        ],
        ..Section::default()
    })
}

/// The rules that rest on each doubt, directly or not.
fn resting<'b>(book: &'b Rulebook<'_>) -> BTreeMap<&'b str, Vec<DeclarationId>> {
    let mut resting: BTreeMap<&str, Vec<DeclarationId>> = BTreeMap::new();
    for (index, declaration) in book.model.declarations.iter().enumerate() {
        if matches!(declaration.kind, DeclarationKind::OutcomePart(_)) {
            continue;
        }
        for doubt in &declaration.rests_on_unverified {
            resting.entry(doubt).or_default().push(DeclarationId::from_index(index));
        }
    }
    resting
}

/// The rules that rest on something, as links.
fn resting_on(book: &Rulebook<'_>, resting: &BTreeMap<&str, Vec<DeclarationId>>, name: &str) -> Text {
    let rests = resting.get(name).map(Vec::as_slice).unwrap_or_default();
    let links: Vec<Text> = rests.iter().map(|id| book.places.declaration_link(*id)).collect();
    if links.is_empty() { Text::styled("nothing else", Style::Faint) } else { Text::apart(links) }
}
