//! What a ruleset changes of the one it amends or is based on, change by change as it was made.

use super::document::{Block, Item, Section, Style, Text};
use super::{Rulebook, citations, cited};
use crate::model::{Amendment, Change, CitedId, TableId};
use crate::value::date_text;

/// The amendments in a ruleset, or what it changes of the ruleset it is based on; nothing where it stands alone.
pub(super) fn section(book: &Rulebook<'_>) -> Option<Section> {
    let ruleset = &book.model.ruleset;
    let section = |heading: &str, blocks, sections| Section {
        anchor: book.places.part("amendments"),
        heading: heading.to_owned(),
        blocks,
        sections,
        ..Section::default()
    };
    if let [only] = ruleset.amendments.as_slice() {
        let mut blocks = told(book, only);
        blocks.insert(0, Block::Paragraph(about(only).sentence()));
        return Some(section("What this amendment changes", blocks, Vec::new()));
    }
    if !ruleset.amendments.is_empty() {
        let sections = ruleset.amendments.iter().map(|amendment| Section {
            anchor: book.places.part(&format!("amendment-{}", amendment.name)),
            heading: title(amendment),
            about: about(amendment),
            blocks: told(book, amendment),
            ..Section::default()
        });
        let lead = "The amendments that are in these rules, in the order in which they were made.";
        return Some(section("Amendments", vec![Block::Paragraph(Text::of(lead))], sections.collect()));
    }
    if ruleset.changes.is_empty() {
        return None;
    }
    let base = ruleset.based_on.as_deref().unwrap_or_default();
    let lead = Text::of("It begins as ").join(book.ruleset_link(base)).and(", with these changes:");
    let blocks = vec![Block::Paragraph(lead), list(book, &ruleset.changes)];
    Some(section("What it changes", blocks, Vec::new()))
}

/// What an amendment is called.
pub(super) fn title(amendment: &Amendment) -> String {
    amendment.label.clone().unwrap_or_else(|| amendment.name.clone())
}

/// `bcf_2015_16_reset, in force, amends bcf_2015_16 from 1 July 2015`
fn about(amendment: &Amendment) -> Text {
    let mut text = Text::code(&amendment.name);
    if let Some(status) = &amendment.status {
        text.say(&format!(", {status},"));
    }
    text = text.and(" amends ").join(Text::code(&amendment.amends));
    if let Some(from) = amendment.from {
        text.say(&format!(" from {}", date_text(from)));
    }
    text
}

fn told(book: &Rulebook<'_>, amendment: &Amendment) -> Vec<Block> {
    let mut blocks = vec![list(book, &amendment.changes)];
    blocks.extend(amendment.notes.iter().map(|note| Block::note(note)));
    blocks.extend(amendment.unverified.iter().map(|why| Block::doubt(why)));
    blocks.extend(citations(book, &amendment.citations));
    blocks
}

fn list(book: &Rulebook<'_>, changes: &[Change]) -> Block {
    Block::List { is_ordered: true, items: changes.iter().map(|change| told_of(book, change)).collect() }
}

/// One change in a sentence, with its own sources and notes.
fn told_of(book: &Rulebook<'_>, change: &Change) -> Item {
    let named = thing(book, &change.kind, change.to.as_deref().unwrap_or(&change.name));
    let kind = &change.kind;
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let columns = |what: &str| {
        let names: Vec<Text> = change.columns.iter().map(|name| Text::code(name.as_str())).collect();
        let (column, is) = if names.len() == 1 { ("column ", "is") } else { ("columns ", "are") };
        Text::of(column).join(Text::listed(names, " and ")).and(format!(" {is} {what} "))
    };
    let mut text = match change.action.as_str() {
        "insert" => named.and(format!(", {article} {kind}, is new")),
        "replace" => named.and(format!(", {article} {kind}, is replaced")),
        "omit" => Text::code(&change.name).and(format!(", {article} {kind}, is left out")),
        "rename" => Text::code(&change.name).and(format!(", {article} {kind}, is called ")).join(named),
        "insert into" => columns("new in").join(named),
        "replace in" => columns("replaced in").join(named),
        "omit from" => columns("left out of").join(named),
        other => Text::of(format!("{other} {kind} ")).join(named),
    };
    let cited: Vec<Text> = change.citations.iter().map(|citation| cited(book, citation)).collect();
    if !cited.is_empty() {
        text = text.and(" (").join(Text::apart(cited)).and(")");
    }
    let parts = change.notes.iter().map(|note| Item::of(Text::of(note.as_str()).sentence()));
    Item { text: text.sentence(), parts: parts.collect() }
}

/// What a change is about, linked where the document has it.
pub(super) fn thing(book: &Rulebook<'_>, kind: &str, name: &str) -> Text {
    let linked = |anchor| book.places.name_link(name, anchor);
    match kind {
        "data" => match book.model.tables.iter().position(|table| table.name == name) {
            Some(index) => linked(book.places.table(TableId::from_index(index))),
            None => Text::code(name),
        },
        "scenario" if book.model.scenarios.iter().any(|scenario| scenario.name == name) => {
            linked(book.places.example(name))
        }
        "source" => match book.model.sources.iter().position(|source| source.name == name) {
            Some(index) => linked(book.places.source(CitedId::from_index(index))),
            None => Text::code(name),
        },
        "unit" | "scenario" | "rules" => Text::code(name),
        _ => book.places.named_link(name),
    }
}

impl Rulebook<'_> {
    /// Another ruleset by its name; a link where the same document has it.
    pub(super) fn ruleset_link(&self, name: &str) -> Text {
        let mut text = Text::new();
        match self.beside.iter().find(|(beside, _, _)| beside == name) {
            Some((_, title, anchor)) => text.push(title.as_str(), Style::Plain, Some(anchor.clone())),
            None => text.push(name, Style::Code, None),
        }
        text
    }
}
