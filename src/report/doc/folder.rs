//! The rulebook of several rulesets: a front page with their order in time, then each.

use super::document::{Anchor, Block, Column, Document, Row, Section, Stretch, Style, Table, Text};
use super::front::{applies, front, sentence_case};
use super::places::Places;
use super::{Rulebook, colophon};
use crate::report::Tone;
use crate::value::{Date, date_text};
use std::collections::BTreeSet;

/// The document of several rulesets. `title` is what they are called together.
pub fn folder(title: &str, mut books: Vec<Rulebook<'_>>) -> Document {
    // What has no date stands behind what has one.
    books.sort_by_key(|book| {
        let ruleset = &book.model.ruleset;
        (book.first().is_none(), book.first(), ruleset.amendments.len(), ruleset.to)
    });
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for book in &mut books {
        let name = distinct(&book.short_name(), &taken);
        book.places = Places::new(book.model, Some(&name));
        taken.insert(name);
    }
    let all: Vec<(String, String, Anchor)> =
        books.iter().map(|book| (book.short_name(), book.title(), book.places.part("ruleset"))).collect();
    for book in &mut books {
        book.beside.clone_from(&all);
    }
    let mut document = Document {
        title: title.to_owned(),
        kind: "Rulebooks".to_owned(),
        front: front_page(&books),
        sections: books.iter().map(ruleset).collect(),
        colophon: colophon(),
    };
    document.number();
    document
}

/// The name, with a number behind it where it is taken.
fn distinct(name: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2usize..).map(|n| format!("{name}.{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
}

fn ruleset(book: &Rulebook<'_>) -> Section {
    Section {
        anchor: book.places.part("ruleset"),
        heading: book.title(),
        about: Text::code(book.short_name()),
        blocks: front(book),
        sections: book.sections(),
        ..Section::default()
    }
}

fn front_page(books: &[Rulebook<'_>]) -> Vec<Block> {
    let stretches = books.iter().filter_map(|book| {
        let ruleset = &book.model.ruleset;
        Some(Stretch {
            label: book.title(),
            to: book.places.part("ruleset"),
            status: ruleset.status.clone().unwrap_or_default(),
            first: book.first()?,
            last: ruleset.to,
        })
    });
    let rows = books.iter().map(|book| {
        let ruleset = &book.model.ruleset;
        let examples = match (book.runs.len(), book.failing().len()) {
            (n, 0) => Text::of(n.to_string()),
            (n, failing) => Text::of(format!("{n}, ")).join(Text::mark(Tone::Bad, format!("{failing} fail"))),
        };
        let doubts = book.model.parameters.iter().filter(|parameter| parameter.unverified.is_some()).count()
            + book.model.declarations.iter().filter(|declaration| declaration.unverified.is_some()).count();
        let cells = vec![
            vec![link(&book.title(), book.places.part("ruleset"))],
            vec![Text::of(ruleset.status.as_deref().map(sentence_case).unwrap_or_default())],
            days(book),
            vec![examples],
            vec![Text::of(doubts.to_string())],
        ];
        Row { anchor: None, cells }
    });
    let table = Table {
        caption: Text::of("The rulesets in the order of their dates"),
        columns: vec![
            Column::words("Ruleset"),
            Column::words("Status"),
            Column::words("Applies"),
            Column::figures("Examples"),
            Column::figures("Not verified"),
        ],
        rows: rows.collect(),
    };
    vec![Block::Timeline(stretches.collect()), Block::Table(table)]
}

/// The days on which a ruleset applies, and from when its last amendment does.
fn days(book: &Rulebook<'_>) -> Vec<Text> {
    let mut days: Vec<Text> = applies(book.model).map(|dates| Text::of(sentence_case(&dates))).into_iter().collect();
    let amended = book.model.ruleset.amendments.last().and_then(|amendment| amendment.from);
    days.extend(amended.map(|from| Text::of(format!("as amended from {}", date_text(from)))));
    days
}

impl Rulebook<'_> {
    /// The first day on which it is the law as it stands here.
    fn first(&self) -> Option<Date> {
        self.model.ruleset.in_force_from()
    }
}

fn link(words: &str, to: Anchor) -> Text {
    let mut text = Text::new();
    text.push(words, Style::Plain, Some(to));
    text
}
