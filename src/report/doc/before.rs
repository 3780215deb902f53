//! What changed from the ruleset before: what says something else now, what is new, what is left out.
//!
//! In: the comparison of two rulesets by what they mean. Out: a section. Sources, notes and examples that differ are
//! counted, not listed: they change nothing that comes out.

use super::Rulebook;
use super::changes::thing;
use super::document::{Block, Column, Row, Section, Style, Table, Text};
use super::front::{counted, sentence_case};
use crate::diff::{self, Aspect, Change, Detail, RuleChanges, Side, What};
use crate::value::date_text;
use indexmap::IndexMap;

/// The ruleset before, compared.
#[derive(Debug, Clone)]
pub(super) struct Before {
    /// Its name.
    name: String,
    /// What it is called.
    title: String,
    changes: RuleChanges,
}

impl<'a> Rulebook<'a> {
    /// The same with what changed from an older ruleset, which has this name.
    #[must_use]
    pub fn after(mut self, name: &str, older: Side<'_>) -> Self {
        let newer = Side { model: self.model, sources: self.sources };
        let title = older.model.ruleset.title();
        self.before = Some(Before { name: name.to_owned(), title, changes: diff::compare(older, newer) });
        self
    }

    /// The name of the ruleset before this one: what its last amendment amends, what it supersedes, what it is based on.
    pub fn predecessor(&self) -> Option<&'a str> {
        let ruleset = &self.model.ruleset;
        let amends = ruleset.amendments.last().map(|amendment| &amendment.amends);
        amends.or(ruleset.supersedes.first()).or(ruleset.based_on.as_ref()).map(String::as_str)
    }
}

/// What changed; nothing where nothing stands before.
pub(super) fn section(book: &Rulebook<'_>) -> Option<Section> {
    let before = book.before.as_ref()?;
    let changes: Vec<&Change> = before.changes.changes.iter().filter(|change| is_told(change)).collect();
    let of = |what: &[What]| changes.iter().copied().filter(|change| what.contains(&change.what)).collect::<Vec<_>>();
    let (changed, renamed) = (of(&[What::Changed]), of(&[What::Renamed]));
    let (added, removed) = (of(&[What::Added]), of(&[What::Removed]));
    let mut blocks = vec![Block::Paragraph(lead(book, before, [&added, &removed, &changed, &renamed]))];
    if !changed.is_empty() {
        blocks.push(Block::Table(table(book, &changed)));
    }
    for (heading, changes) in [("New", &added), ("Left out", &removed), ("Called otherwise", &renamed)] {
        if !changes.is_empty() {
            blocks.push(Block::Paragraph(Text::styled(heading, Style::Strong)));
            blocks.push(listed(book, changes));
        }
    }
    Some(Section {
        anchor: book.places.part("changes"),
        heading: format!("What changed from {}", before.title),
        blocks,
        ..Section::default()
    })
}

/// What is told: the ruleset itself, and what can change what comes out.
fn is_told(change: &Change) -> bool {
    match change.what {
        What::Renamed => !is_beside(change.word),
        What::Changed => change.details.iter().any(|detail| is_shown(&detail.aspect)),
        What::Added | What::Removed => !is_beside(change.word),
    }
}

/// What stands beside the rules and says nothing of what comes out.
fn is_beside(word: &str) -> bool {
    matches!(word, "source" | "unit" | "scenario")
}

/// What is told of a declaration that says something else.
fn is_shown(aspect: &Aspect) -> bool {
    aspect.is_substance() || matches!(aspect, Aspect::Status | Aspect::Label)
}

/// `Compared with … , 3 are new, 1 is left out and 2 say something else.`
fn lead(book: &Rulebook<'_>, before: &Before, counts: [&Vec<&Change>; 4]) -> Text {
    let is_own = |change: &&&Change| change.word != "rules";
    let words = [
        ("is new", "are new"),
        ("is left out", "are left out"),
        ("says something else", "say something else"),
        ("is called otherwise", "are called otherwise"),
    ];
    let told: Vec<Text> = counts
        .iter()
        .map(|changes| changes.iter().filter(is_own).count())
        .zip(words)
        .filter(|(n, _)| *n > 0)
        .map(|(n, (one, several))| match n {
            1 => Text::of(format!("1 {one}")),
            n => Text::of(format!("{n} {several}")),
        })
        .collect();
    let older = match book.beside.iter().any(|(name, _, _)| *name == before.name) {
        true => book.ruleset_link(&before.name),
        false => Text::of(before.title.as_str()),
    };
    let text = Text::of("Of the figures, tables and rules, compared with ").join(older).and(", ");
    let told = if told.is_empty() { Text::of("none says anything else") } else { Text::listed(told, " and ") };
    let aside = before.changes.changes.iter().filter(|change| !is_told(change)).count();
    let aside = if aside == 0 {
        Text::new()
    } else {
        Text::of(format!(" Beside them, sources, notes, labels or examples differ in {}.", counted(aside, "place")))
    };
    text.join(told).sentence().join(aside)
}

fn table(book: &Rulebook<'_>, changes: &[&Change]) -> Table {
    let mut rows = Vec::new();
    for change in changes {
        for detail in change.details.iter().filter(|detail| is_shown(&detail.aspect)) {
            let mut now = vec![said(detail, detail.to.as_deref())];
            if detail.from == detail.to {
                now.push(Text::styled("the same words, in which a name means something else", Style::Faint));
            }
            let before = vec![said(detail, detail.from.as_deref())];
            let cells = vec![vec![name(book, change)], vec![about(&detail.aspect)], before, now];
            rows.push(Row { anchor: None, cells });
        }
    }
    let columns = vec![Column::words("What"), Column::words("In"), Column::words("Before"), Column::words("Now")];
    Table { caption: Text::of("What says something else"), columns, rows }
}

fn name(book: &Rulebook<'_>, change: &Change) -> Text {
    match (change.word, change.what) {
        ("rules", _) => Text::of("The ruleset"),
        (_, What::Removed) => match &change.label {
            Some(label) => Text::of(label.as_str()),
            None => Text::code(&change.name),
        },
        (word, _) => thing(book, word, &change.name),
    }
}

/// Which part of a declaration differs.
fn about(aspect: &Aspect) -> Text {
    Text::of(match aspect {
        Aspect::Word => "what it is".to_owned(),
        Aspect::Label => "label".to_owned(),
        Aspect::Status => "status".to_owned(),
        Aspect::Applies => "days it applies".to_owned(),
        Aspect::Setting { name } | Aspect::Standing { name } => name.clone(),
        Aspect::Level => "for what".to_owned(),
        Aspect::Value { since, until } => match (since, until) {
            (None, None) => "value".to_owned(),
            (Some(since), None) => format!("value from {}", date_text(*since)),
            (None, Some(until)) => format!("value to {}", date_text(*until)),
            (Some(since), Some(until)) => format!("value from {} to {}", date_text(*since), date_text(*until)),
        },
        Aspect::OneOf => "choices".to_owned(),
        Aspect::Clause { clause } => return Text::code(clause),
        Aspect::Requires => "what must hold".to_owned(),
        Aspect::Alternative => "what is enough".to_owned(),
        Aspect::Tested => "what the table tests".to_owned(),
        Aspect::Row => "row".to_owned(),
        Aspect::BelongsTo => "what it belongs to".to_owned(),
        Aspect::Column { column } => return Text::of("column ").join(Text::code(column)),
        Aspect::ColumnLabel { column } => return Text::of("label of ").join(Text::code(column)),
        Aspect::Shown => "how it is shown".to_owned(),
        Aspect::Unverified => "not verified".to_owned(),
        Aspect::Source => "source".to_owned(),
        Aspect::RatherThan => "figure not taken".to_owned(),
        Aspect::Note => "note".to_owned(),
        Aspect::Title => "title".to_owned(),
        Aspect::Scenario => "example".to_owned(),
    })
}

/// What one side says; words of the rules stand as such.
fn said(detail: &Detail, text: Option<&str>) -> Text {
    match (text, &detail.aspect) {
        (None, _) => Text::styled("nothing", Style::Faint),
        (
            Some(text),
            Aspect::Label | Aspect::Status | Aspect::Applies | Aspect::Value { .. } | Aspect::Setting { .. },
        ) => Text::of(text),
        (Some(text), _) => Text::code(text),
    }
}

/// What is new, left out or called otherwise, by kind.
fn listed(book: &Rulebook<'_>, changes: &[&Change]) -> Block {
    let mut kinds: IndexMap<&str, Vec<Text>> = IndexMap::new();
    for change in changes {
        let mut text = name(book, change);
        if let (What::Renamed, Some(was)) = (change.what, &change.was) {
            text = text.and(", before ").join(Text::code(was));
        }
        kinds.entry(change.word).or_default().push(text);
    }
    let facts = kinds.into_iter().map(|(word, texts)| {
        let n = texts.len();
        let word = match word {
            "parameter" => "figure",
            "data" => "table",
            word => word,
        };
        let plural = if n == 1 { word.to_owned() } else { format!("{word}s") };
        (sentence_case(&plural), vec![Text::apart(texts)])
    });
    Block::Facts(facts.collect())
}
