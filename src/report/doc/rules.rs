//! The rules, by what they do: conditions, permissions, payments and so on, each in words and as written.

use super::document::{Block, Section, Style, Text};
use super::words::Words;
use super::written::Written;
use super::{Rulebook, citations};
use crate::model::{Declaration, DeclarationId, DeclarationKind, Level, Shown, TableId};
use crate::report::Tone;
use crate::report::explain::kind_word;
use crate::value::grouped;

/// A part of the rulebook that holds the rules of some kinds.
struct Part {
    anchor: &'static str,
    heading: &'static str,
    lead: &'static str,
    holds: fn(&DeclarationKind) -> bool,
}

/// The parts in the order in which a reader wants them.
const PARTS: [Part; 10] = [
    Part {
        anchor: "conditions",
        heading: "Conditions",
        lead: "What must be so. A condition is met, not met, does not apply, or cannot be determined because something \
               it rests on is missing.",
        holds: |kind| matches!(kind, DeclarationKind::Condition { .. }),
    },
    Part {
        anchor: "permissions",
        heading: "Permissions",
        lead: "What may be done and need not be. Whether it is used is reported; not to use it is no failure.",
        holds: |kind| matches!(kind, DeclarationKind::Permission { .. }),
    },
    Part {
        anchor: "discretions",
        heading: "Left to those who report",
        lead: "What they may choose freely. It is reported, and nothing rests on it.",
        holds: |kind| matches!(kind, DeclarationKind::Discretion(_)),
    },
    Part {
        anchor: "payments",
        heading: "Payments",
        lead: "What is paid. Each step changes what the step before it gave; nothing is rounded but where a step says \
               so.",
        holds: |kind| matches!(kind, DeclarationKind::Payment(_)),
    },
    Part {
        anchor: "allocations",
        heading: "Allocations",
        lead: "How a sum is shared out. The parts add up to it exactly.",
        holds: |kind| matches!(kind, DeclarationKind::Allocation { .. }),
    },
    Part {
        anchor: "decisions",
        heading: "Decisions",
        lead: "What follows from several facts together, as a table that covers every case.",
        holds: |kind| matches!(kind, DeclarationKind::Decision(_)),
    },
    Part {
        anchor: "ladders",
        heading: "Ladders",
        lead: "What happens step by step. From one period to the next a ladder remembers how far it went.",
        holds: |kind| matches!(kind, DeclarationKind::Ladder { .. }),
    },
    Part {
        anchor: "outcomes",
        heading: "Outcomes",
        lead: "What is held against a baseline and a target.",
        holds: |kind| matches!(kind, DeclarationKind::Outcome { .. }),
    },
    Part {
        anchor: "measures",
        heading: "Measures",
        lead: "The figures that the rules work with.",
        holds: |kind| matches!(kind, DeclarationKind::Measure(_)),
    },
    Part {
        anchor: "checks",
        heading: "Checks",
        lead: "What the rules and the data must agree on. A check that fails points to a mistake in one of them.",
        holds: |kind| matches!(kind, DeclarationKind::Check { .. }),
    },
];

/// The most rules of a part that stand without headings for their levels.
const FEW: usize = 6;

/// The most doubts that are named under one rule.
const MOST_DOUBTS: usize = 4;

/// The parts of the rulebook that hold rules; those without any are left out.
pub(super) fn sections(book: &Rulebook<'_>) -> Vec<Section> {
    let written = Written::new(book.model, book.sources, &book.places);
    let all = || (0..book.model.declarations.len()).map(DeclarationId::from_index);
    let mut sections = Vec::new();
    for part in &PARTS {
        let rules: Vec<DeclarationId> = all().filter(|id| (part.holds)(&book.model.declaration(*id).kind)).collect();
        if rules.is_empty() {
            continue;
        }
        let mut section = Section {
            anchor: book.places.part(part.anchor),
            heading: part.heading.to_owned(),
            blocks: vec![Block::Paragraph(Text::of(part.lead))],
            ..Section::default()
        };
        let levels = levels(book, &rules);
        if rules.len() > FEW && levels.len() > 1 {
            for level in levels {
                let here = rules.iter().filter(|id| book.model.declaration(**id).level == level);
                section.sections.push(Section {
                    anchor: book.places.part(&format!("{}-{}", part.anchor, level_name(book, level))),
                    heading: level_heading(book, level),
                    sections: here.map(|id| rule(book, &written, *id)).collect(),
                    ..Section::default()
                });
            }
        } else {
            section.sections = rules.iter().map(|id| rule(book, &written, *id)).collect();
        }
        sections.push(section);
    }
    sections
}

/// The levels of some rules: records first, in the order of the tables, the nation last.
fn levels(book: &Rulebook<'_>, rules: &[DeclarationId]) -> Vec<Level> {
    let tables = (0..book.model.tables.len()).map(TableId::from_index).map(Level::Table);
    let is_here = |level: &Level| rules.iter().any(|id| book.model.declaration(*id).level == *level);
    tables.chain([Level::Nation]).filter(is_here).collect()
}

fn level_name(book: &Rulebook<'_>, level: Level) -> String {
    match level {
        Level::Nation => "nation".to_owned(),
        // No table can be called so, and be taken for the nation.
        Level::Table(table) => format!("of-{}", book.model.table(table).name),
    }
}

fn level_heading(book: &Rulebook<'_>, level: Level) -> String {
    match level {
        Level::Nation => "For the nation".to_owned(),
        Level::Table(table) => format!("For each {}", book.model.table(table).name),
    }
}

fn rule(book: &Rulebook<'_>, written: &Written<'_>, id: DeclarationId) -> Section {
    let words = book.words();
    let declaration = book.model.declaration(id);
    let mut blocks = words.declaration(declaration);
    if let Some(text) = shown(&words, declaration) {
        blocks.push(Block::Paragraph(text));
    }
    blocks.extend(written.block(id));
    blocks.extend(declaration.notes.iter().map(|note| Block::note(note)));
    blocks.extend(declaration.unverified.iter().map(|why| Block::doubt(why)));
    blocks.extend(rests_on(book, declaration));
    blocks.extend(citations(book, &declaration.citations));
    Section {
        anchor: book.places.declaration(id),
        heading: words.label(id),
        about: about(&words, declaration),
        blocks,
        ..Section::default()
    }
}

/// `performance, a payment for each quarter`
fn about(words: &Words<'_>, declaration: &Declaration) -> Text {
    Text::code(&declaration.name)
        .and(format!(", {} ", kind_word(&declaration.kind)))
        .join(words.level(declaration.level))
}

/// How results are shown, where the rule says so.
fn shown(words: &Words<'_>, declaration: &Declaration) -> Option<Text> {
    let text = match &declaration.shown {
        Shown::Plain => return None,
        Shown::Percent => "Shown as percent.".to_owned(),
        Shown::Per { base, unit } => {
            format!("Shown per {} {}.", grouped(&base.to_string()), words.model.unit(*unit).name)
        }
        Shown::Decimals(1) => "Shown to 1 decimal.".to_owned(),
        Shown::Decimals(places) => format!("Shown to {places} decimals."),
    };
    Some(Text::of(text))
}

/// What else is not verified that a rule rests on; the part on what is not verified has it the other way round, whole.
fn rests_on(book: &Rulebook<'_>, declaration: &Declaration) -> Option<Block> {
    let doubts = &declaration.rests_on_unverified;
    let shown = if doubts.len() > MOST_DOUBTS + 1 { MOST_DOUBTS } else { doubts.len() };
    let mut names: Vec<Text> = doubts.iter().take(shown).map(|name| book.places.named_link(name)).collect();
    if shown < doubts.len() {
        let mut more = Text::new();
        more.push(format!("{} more", doubts.len() - shown), Style::Plain, Some(book.places.part("unverified")));
        names.push(more);
    }
    (!names.is_empty()).then(|| Block::Aside {
        tone: Tone::Unknown,
        word: "Rests on what is not verified".to_owned(),
        text: Text::listed(names, " and ").sentence(),
    })
}
