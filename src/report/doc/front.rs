//! What stands at the front of a rulebook, and the list of its sources.

use super::document::{Block, Column, Row, Section, Style, Table, Text};
use super::{Rulebook, cited};
use crate::model::{CitedId, DeclarationKind, Model};
use crate::report::Tone;
use crate::value::{Date, date_text, month_name};

/// The month in which England's financial year begins; any other is worth saying.
const APRIL: i8 = 4;

/// Status, dates, sources, how much is not verified, how the examples came out.
pub(super) fn front(book: &Rulebook<'_>) -> Vec<Block> {
    let ruleset = &book.model.ruleset;
    let mut facts: Vec<(String, Vec<Text>)> = Vec::new();
    let mut fact = |word: &str, texts: Vec<Text>| {
        if !texts.is_empty() {
            facts.push((word.to_owned(), texts));
        }
    };
    fact("Status", ruleset.status.iter().map(|status| Text::styled(sentence_case(status), Style::Strong)).collect());
    fact("Applies", applies(book.model).into_iter().map(Text::of).collect());
    let amendments = ruleset.amendments.iter().map(|amendment| {
        let from = amendment.from.map(|from| format!(", from {}", date_text(from))).unwrap_or_default();
        let mut text = Text::new();
        text.push(super::changes::title(amendment), Style::Plain, Some(book.places.part("amendments")));
        text.and(from)
    });
    fact("Amended by", amendments.collect());
    fact("Based on", ruleset.based_on.iter().map(|name| book.ruleset_link(name)).collect());
    fact("Supersedes", ruleset.supersedes.iter().map(|name| book.ruleset_link(name)).collect());
    fact("Superseded by", ruleset.superseded_by.iter().map(|name| book.ruleset_link(name)).collect());
    fact("Source", ruleset.citations.iter().map(|citation| cited(book, citation)).collect());
    if ruleset.year_start != APRIL && ruleset.year_start != 0 {
        fact("Financial year", vec![Text::of(format!("begins in {}", month_name(ruleset.year_start)))]);
    }
    fact("Holds", contents(book.model).into_iter().map(Text::of).collect());
    fact("Worked examples", vec![examples(book)]);
    fact("Not verified", doubts(book));
    let mut blocks = vec![Block::Facts(facts)];
    blocks.extend(ruleset.notes.iter().map(|note| Block::note(note)));
    blocks.extend(ruleset.unverified.iter().map(|why| Block::doubt(why)));
    let failing = book.failing();
    if !failing.is_empty() {
        let names = failing.iter().map(|name| example_link(book, name)).collect();
        let text = Text::of("The rules do not give what these examples say: ").join(Text::listed(names, " and "));
        blocks.push(Block::Aside { tone: Tone::Bad, word: "Examples fail".to_owned(), text: text.sentence() });
    }
    blocks
}

fn example_link(book: &Rulebook<'_>, name: &str) -> Text {
    book.places.name_link(name, book.places.example(name))
}

/// `1 April 2015 to 31 March 2016`
pub(super) fn applies(model: &Model) -> Option<String> {
    let text = |date: Date| date_text(date);
    match (model.ruleset.from, model.ruleset.to) {
        (Some(from), Some(to)) => Some(format!("{} to {}", text(from), text(to))),
        (Some(from), None) => Some(format!("from {}", text(from))),
        (None, Some(to)) => Some(format!("to {}", text(to))),
        (None, None) => None,
    }
}

/// With a capital letter.
pub(super) fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `14 conditions, 1 payment, 40 measures`
pub(super) fn contents(model: &Model) -> Option<String> {
    let count = |holds: fn(&DeclarationKind) -> bool| {
        model.declarations.iter().filter(|declaration| holds(&declaration.kind)).count()
    };
    let counts = [
        (count(|kind| matches!(kind, DeclarationKind::Condition { .. })), "condition"),
        (count(|kind| matches!(kind, DeclarationKind::Permission { .. })), "permission"),
        (count(|kind| matches!(kind, DeclarationKind::Discretion(_))), "discretion"),
        (count(|kind| matches!(kind, DeclarationKind::Payment(_))), "payment"),
        (count(|kind| matches!(kind, DeclarationKind::Allocation { .. })), "allocation"),
        (count(|kind| matches!(kind, DeclarationKind::Decision(_))), "decision"),
        (count(|kind| matches!(kind, DeclarationKind::Ladder { .. })), "ladder"),
        (count(|kind| matches!(kind, DeclarationKind::Outcome { .. })), "outcome"),
        (count(|kind| matches!(kind, DeclarationKind::Measure(_))), "measure"),
        (count(|kind| matches!(kind, DeclarationKind::Check { .. })), "check"),
        (model.parameters.len(), "figure that policy sets"),
    ];
    let held: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| counted(*n, word)).collect();
    (!held.is_empty()).then(|| held.join(", "))
}

/// `1 payment`, `2 payments`; the first word takes the plural.
pub(super) fn counted(n: usize, words: &str) -> String {
    if n == 1 {
        return format!("1 {words}");
    }
    match words.split_once(' ') {
        Some((first, rest)) => format!("{n} {first}s {rest}"),
        None => format!("{n} {words}s"),
    }
}

fn examples(book: &Rulebook<'_>) -> Text {
    let n = book.runs.len();
    let failing = book.failing().len();
    match (n, failing) {
        (0, _) => Text::of("none"),
        (1, 0) => Text::of("1, and the rules give what it says"),
        (n, 0) => Text::of(format!("{n}, and the rules give what they say")),
        (n, failing) => {
            Text::of(format!("{n}, of which ")).join(Text::mark(Tone::Bad, counted(failing, "example fails")))
        }
    }
}

fn doubts(book: &Rulebook<'_>) -> Vec<Text> {
    let model = book.model;
    let figures = model.parameters.iter().filter(|parameter| parameter.unverified.is_some()).count();
    let rules = model.declarations.iter().filter(|declaration| declaration.unverified.is_some()).count();
    if figures + rules == 0 {
        return Vec::new();
    }
    let mut text = Text::new();
    let words = [(figures, "figure"), (rules, "rule")].into_iter().filter(|(n, _)| *n > 0);
    let words: Vec<String> = words.map(|(n, word)| counted(n, word)).collect();
    text.push(words.join(" and "), Style::Plain, Some(book.places.part("unverified")));
    vec![text]
}

/// The sources that the rules cite, with their dates and notes.
pub(super) fn sources(book: &Rulebook<'_>) -> Option<Section> {
    let model = book.model;
    if model.sources.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for (index, source) in model.sources.iter().enumerate() {
        let id = CitedId::from_index(index);
        let mut title = vec![Text::of(source.title.as_str())];
        title.extend(source.notes.iter().map(|note| Text::styled(note, Style::Faint)));
        let dated = source.dated.clone().unwrap_or_default();
        let cells = vec![title, vec![Text::of(dated)], vec![cited_by(book, id)]];
        rows.push(Row { anchor: Some(book.places.source(id)), cells });
    }
    let table = Table {
        caption: Text::of("What the rules cite, and where"),
        columns: vec![Column::words("Source"), Column::words("Dated"), Column::words("Cited for")],
        rows,
    };
    Some(Section {
        anchor: book.places.part("sources"),
        heading: "Sources".to_owned(),
        blocks: vec![Block::Table(table)],
        ..Section::default()
    })
}

/// Everything that cites a source, as links.
fn cited_by(book: &Rulebook<'_>, id: CitedId) -> Text {
    let model = book.model;
    let cites = |citations: &[crate::model::Citation]| citations.iter().any(|citation| citation.source == id);
    let mut by = Vec::new();
    if cites(&model.ruleset.citations) {
        by.push(Text::of("the ruleset as a whole"));
    }
    let parameters = model.parameters.iter().enumerate().filter(|(_, parameter)| cites(&parameter.citations));
    by.extend(parameters.map(|(index, _)| book.places.parameter_link(crate::model::ParameterId::from_index(index))));
    let rules = model.declarations.iter().enumerate().filter(|(_, declaration)| cites(&declaration.citations));
    by.extend(rules.map(|(index, _)| book.places.declaration_link(crate::model::DeclarationId::from_index(index))));
    if by.is_empty() { Text::styled("nothing", Style::Faint) } else { Text::apart(by) }
}
