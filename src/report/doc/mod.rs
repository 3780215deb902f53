//! The rulebook of a ruleset as a document to publish.
//!
//! In: a model, the texts it came from, and its scenarios run now by the engine. Out: a [`Document`]: what areas
//! report, what policy sets, every rule in words and as written, worked examples, what is not verified, and an index.
//! `markdown` and `html` turn it into bytes; the same rules give the same bytes.

mod before;
mod changes;
pub mod document;
mod examples;
mod figures;
mod folder;
mod front;
mod given;
pub mod html;
mod index;
pub mod markdown;
mod places;
mod reported;
mod rules;
mod unverified;
mod words;
mod written;

pub use document::Document;
pub use folder::folder;

use crate::meaning::{ScenarioRun, run_scenario};
use crate::model::{Citation, Model};
use crate::source::Sources;
use document::{Anchor, Block, Section, Text};
use places::Places;
use words::Words;

/// A ruleset with its scenarios run, ready to be written down.
#[derive(Debug)]
pub struct Rulebook<'a> {
    model: &'a Model,
    sources: &'a Sources,
    places: Places<'a>,
    runs: Vec<ScenarioRun>,
    /// The other rulesets of the document: name, title and place.
    beside: Vec<(String, String, Anchor)>,
    /// What changed from the ruleset before.
    before: Option<before::Before>,
}

impl<'a> Rulebook<'a> {
    /// Runs the scenarios of a ruleset.
    pub fn new(model: &'a Model, sources: &'a Sources) -> Self {
        let runs = model.scenarios.iter().map(|scenario| run_scenario(model, scenario)).collect();
        Self { model, sources, places: Places::new(model, None), runs, beside: Vec::new(), before: None }
    }

    /// The names of the scenarios that do not hold.
    pub fn failing(&self) -> Vec<&str> {
        let runs = self.model.scenarios.iter().zip(&self.runs);
        runs.filter(|(_, run)| !run.holds()).map(|(scenario, _)| scenario.name.as_str()).collect()
    }

    /// What the ruleset is called, with the amendments that are in it.
    pub fn title(&self) -> String {
        match self.model.ruleset.title() {
            title if title.is_empty() => self.short_name(),
            title => title,
        }
    }

    /// The name of the ruleset, or of its last amendment; of its file where it has none.
    fn short_name(&self) -> String {
        let ruleset = &self.model.ruleset;
        match ruleset.amendments.last().map_or(ruleset.name.as_str(), |amendment| amendment.name.as_str()) {
            "" => self.sources.iter().next().map_or("", |file| file_stem(&file.name)).to_owned(),
            name => name.to_owned(),
        }
    }

    /// The document.
    pub fn document(&self) -> Document {
        let mut document = Document {
            title: self.title(),
            kind: "Rulebook".to_owned(),
            front: front::front(self),
            sections: self.sections(),
            colophon: colophon(),
        };
        document.number();
        document
    }

    /// The sections of the document.
    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![];
        sections.extend(changes::section(self));
        sections.extend(before::section(self));
        sections.extend(reported::section(self));
        sections.extend(figures::section(self));
        sections.extend(rules::sections(self));
        sections.extend(examples::section(self));
        sections.extend(unverified::section(self));
        sections.extend(front::sources(self));
        sections.extend(index::units(self));
        sections.extend(index::section(self));
        sections
    }

    fn words(&self) -> Words<'_> {
        Words { model: self.model, sources: self.sources, places: &self.places }
    }
}

/// How a document was made.
fn colophon() -> Text {
    Text::of(format!(
        "Made from the rules by ringfence {}. The worked examples were computed when this document was made.",
        env!("CARGO_PKG_VERSION")
    ))
}

/// `bcf-2015-16` of `rules/bcf-2015-16.rules`.
fn file_stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.strip_suffix(".rules").unwrap_or(last)
}

/// The sources of something, as one block.
fn citations(book: &Rulebook<'_>, citations: &[Citation]) -> Option<Block> {
    let cited: Vec<Text> = citations.iter().map(|citation| cited(book, citation)).collect();
    (!cited.is_empty()).then(|| Block::Facts(vec![("Source".to_owned(), cited)]))
}

/// A source with the place in it, linked to the list of sources.
fn cited(book: &Rulebook<'_>, citation: &Citation) -> Text {
    let Some(source) = book.model.sources.get(citation.source.index()) else { return Text::new() };
    let mut text = Text::new();
    text.push(&source.title, document::Style::Plain, Some(book.places.source(citation.source)));
    if let Some(detail) = &citation.detail {
        text.say(&format!(", {detail}"));
    }
    text
}
