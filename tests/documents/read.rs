//! Reading documents back, as a browser or a viewer of Markdown does, and holding them against what they are made of.

use pulldown_cmark::{Event, Options, Parser, Tag};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Xml};
use ringfence::report::doc::document::{Block, Document, Section};
use ringfence::report::doc::{html, markdown};
use std::collections::BTreeSet;

/// Every element that a page may have.
const ELEMENTS: [&str; 40] = [
    "a",
    "body",
    "br",
    "caption",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "li",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];
/// Every attribute that an element may have.
const ATTRIBUTES: [&str; 17] = [
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "content",
    "data-n",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "role",
    "scope",
    "style",
    "tabindex",
    "title",
];

/// How many of its parts a document has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    headings: usize,
    tables: usize,
    code: usize,
}

impl Counts {
    fn of(document: &Document) -> Self {
        let mut counts = Self { headings: 1, ..Self::default() };
        counts.blocks(&document.front);
        counts.sections(&document.sections);
        counts
    }

    fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            self.headings += 1;
            self.blocks(&section.blocks);
            self.sections(&section.sections);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Table(_) => self.tables += 1,
                Block::Code { .. } => self.code += 1,
                _ => {}
            }
        }
    }
}

/// Asserts that both forms of a document are well formed, hold what the document holds, and nothing that acts.
#[track_caller]
pub(super) fn is_sound(document: &Document) {
    page_is_sound(document);
    markdown_is_sound(document);
}

#[track_caller]
fn page_is_sound(document: &Document) {
    let page = html::html(document);
    let text = page.strip_prefix("<!DOCTYPE html>\n").expect("a page says what it is");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut ids, mut targets, mut counts) = (BTreeSet::new(), BTreeSet::new(), Counts::default());
    loop {
        match reader.read_event() {
            Ok(Xml::Eof) => break,
            Ok(Xml::Start(element)) => {
                let name = looks_right(&element, &mut ids, &mut targets);
                counts.headings += usize::from(name.len() == 2 && name.starts_with('h') && name != "hr");
                counts.tables += usize::from(name == "table");
                counts.code += usize::from(name == "pre");
            }
            Ok(Xml::Empty(element)) => {
                looks_right(&element, &mut ids, &mut targets);
            }
            Ok(Xml::Text(_) | Xml::GeneralRef(_) | Xml::End(_)) => {}
            Ok(other) => panic!("a page has no {other:?}"),
            Err(error) => panic!("not well formed: {error}\n{page}"),
        }
    }
    // The heading of the contents is the page's own.
    counts.headings -= usize::from(!document.sections.is_empty());
    assert_eq!(counts, Counts::of(document));
    let dangling: Vec<&String> = targets.difference(&ids).collect();
    assert!(dangling.is_empty(), "links that lead nowhere: {dangling:?}");
}

/// Checks an element and its attributes; gives its name.
#[track_caller]
fn looks_right(element: &BytesStart<'_>, ids: &mut BTreeSet<String>, targets: &mut BTreeSet<String>) -> String {
    let name = element.name().as_ref().to_owned();
    assert!(ELEMENTS.contains(&name.as_str()), "an element `{name}`");
    for attribute in element.attributes() {
        let attribute = attribute.expect("attributes are quoted, each once");
        let key = attribute.key.as_ref().to_owned();
        let value = attribute.value.into_owned();
        assert!(ATTRIBUTES.contains(&key.as_str()), "an attribute `{key}`");
        match key.as_str() {
            "id" => assert!(ids.insert(value.clone()), "two places called `{value}`"),
            "href" => {
                let target = value.strip_prefix('#').expect("links stay within the page");
                targets.insert(target.to_owned());
            }
            "style" => assert!(value.chars().all(|c| c.is_ascii_alphanumeric() || "-:;".contains(c)), "{value}"),
            _ => {}
        }
    }
    name
}

#[track_caller]
fn markdown_is_sound(document: &Document) {
    let text = markdown::markdown(document);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_MATH;
    let mut counts = Counts::default();
    let (mut ids, mut targets) = (BTreeSet::new(), BTreeSet::new());
    let mut title: Option<String> = None;
    let mut in_title = false;
    for event in Parser::new_ext(&text, options) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                counts.headings += 1;
                in_title = counts.headings == 1;
            }
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => in_title = false,
            Event::Start(Tag::Table(_)) => counts.tables += 1,
            Event::Start(Tag::CodeBlock(_)) => counts.code += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                targets.insert(dest_url.strip_prefix('#').expect("links stay within the document").to_owned());
            }
            Event::Start(Tag::Image { .. } | Tag::Strikethrough) | Event::TaskListMarker(_) => {
                panic!("words became markup: {text}")
            }
            Event::Html(markup) | Event::InlineHtml(markup) => {
                let markup = markup.trim();
                let id = markup.strip_prefix("<a id=\"").and_then(|rest| rest.split_once('"'));
                match id {
                    Some((id, rest)) => {
                        assert!([">", "></a>"].contains(&rest), "{markup}");
                        assert!(ids.insert(id.to_owned()), "two places called `{id}`");
                    }
                    None => assert!(["</a>", "<br>"].contains(&markup), "words became markup: {markup}"),
                }
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => panic!("words became sums: {text}"),
            Event::Text(words) | Event::Code(words) if in_title => {
                title.get_or_insert_default().push_str(&words);
            }
            _ => {}
        }
    }
    // The contents have a heading of their own.
    counts.headings -= usize::from(!document.sections.is_empty());
    assert_eq!(counts, Counts::of(document), "{text}");
    let dangling: Vec<&String> = targets.difference(&ids).collect();
    assert!(dangling.is_empty(), "links that lead nowhere: {dangling:?}");
    let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        plain(&title.unwrap_or_default()),
        plain(&document.title.replace(|c: char| c.is_control() || c == '\u{202e}', "\u{fffd}"))
    );
}
