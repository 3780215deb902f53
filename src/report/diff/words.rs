//! What became of a single thing that a declaration says, in words.

use crate::diff::{Aspect, Change, Detail, What};
use crate::report::Tone;
use crate::report::doc::document::{Item, Text};
use crate::value::{Date, date_text};

/// The longest text of rules that is told whole; what is longer can be read in the rules.
const LONGEST: usize = 400;
/// The most columns of a new data table that are told one by one.
const MOST_COLUMNS: usize = 8;

/// A declaration with what became of it.
pub(super) fn change(change: &Change) -> Item {
    let (tone, word) = match change.what {
        What::Added => (Tone::Good, "New"),
        What::Removed => (Tone::Bad, "Gone"),
        What::Renamed => (Tone::Faint, "Renamed"),
        What::Changed => (Tone::Unknown, "Changed"),
    };
    let mut lead = Text::mark(tone, word).and(" ");
    match &change.label {
        Some(label) => lead = lead.and(label).and(" (").join(Text::code(&change.name)).and(")"),
        None => lead.append(Text::code(&change.name)),
    }
    if let Some(was) = &change.was {
        lead = lead.and(", before ").join(Text::code(was));
    }
    if matches!(change.what, What::Added | What::Removed) {
        return whole(lead, change);
    }
    // What can change a result is read first.
    let (says, about): (Vec<&Detail>, Vec<&Detail>) =
        change.details.iter().partition(|detail| detail.aspect.is_substance());
    let mut parts: Vec<Text> = says.into_iter().chain(about).map(detail).collect();
    match parts.len() {
        1 => Item::of(lead.and(": ").join(parts.remove(0))),
        _ => Item { text: lead, parts: parts.into_iter().map(Item::of).collect() },
    }
}

/// Something that is there or gone as a whole: what it says on one line, what is said about it under it.
fn whole(lead: Text, change: &Change) -> Item {
    let told = change.details.iter().filter(|detail| is_told(detail));
    let (says, about): (Vec<&Detail>, Vec<&Detail>) = told.partition(|detail| detail.aspect.is_substance());
    let (columns, says): (Vec<&Detail>, Vec<&Detail>) =
        says.into_iter().partition(|detail| matches!(detail.aspect, Aspect::Column { .. }));
    // Which values there may be comes after the one that is chosen.
    let (choices, says): (Vec<&Detail>, Vec<&Detail>) =
        says.into_iter().partition(|detail| detail.aspect == Aspect::OneOf);
    let mut says: Vec<Text> = says.into_iter().chain(choices).map(said).collect();
    if columns.len() > MOST_COLUMNS {
        says.push(Text::of(format!("{} columns", columns.len())));
    } else {
        says.extend(columns.into_iter().map(said));
    }
    let text = if says.is_empty() { lead } else { lead.and(": ").join(Text::apart(says)) };
    Item { text, parts: about.into_iter().map(|detail| Item::of(said(detail))).collect() }
}

/// Whether all that changed is where it is written, and what is noted or doubted.
pub(super) fn is_only_support(change: &Change) -> bool {
    let is_support = |detail: &Detail| {
        matches!(detail.aspect, Aspect::Source | Aspect::RatherThan | Aspect::Note | Aspect::Unverified)
    };
    change.what == What::Changed && change.was.is_none() && change.details.iter().all(is_support)
}

/// What is told of something that is there or gone as a whole.
fn is_told(detail: &Detail) -> bool {
    match &detail.aspect {
        Aspect::RatherThan | Aspect::Note | Aspect::Unverified => true,
        // The columns of a data table stand in the rules.
        Aspect::ColumnLabel { .. } | Aspect::Level => false,
        aspect => aspect.is_substance(),
    }
}

/// What something says that is there or gone as a whole.
fn said(detail: &Detail) -> Text {
    let text = detail.to.as_ref().or(detail.from.as_ref()).map_or("", String::as_str);
    match &detail.aspect {
        Aspect::Value { since, until } => Text::of(text).and(days(*since, *until)),
        Aspect::Clause { clause } if clause == "direction" => Text::of(text),
        Aspect::Clause { clause } => Text::code(shortened(&format!("{clause} {text}"))),
        Aspect::Requires | Aspect::Alternative => Text::code(shortened(text)),
        Aspect::Tested => Text::of(format!("by {text}")),
        Aspect::Row => Text::of(text),
        Aspect::OneOf => Text::of(format!("may be {text}")),
        Aspect::Column { column } => Text::code(column).and(format!(", {text}")),
        Aspect::BelongsTo => Text::of(format!("for each {text}")),
        Aspect::RatherThan => Text::of(format!("rather than {text}")),
        Aspect::Unverified => Text::of(format!("not verified: {text}")),
        _ => Text::of(text),
    }
}

/// What became of it.
pub(super) fn detail(detail: &Detail) -> Text {
    let Detail { aspect, from, to } = detail;
    let (from, to) = (from.as_deref(), to.as_deref());
    match aspect {
        Aspect::Value { since, until } => became(from, to, &plain).and(days(*since, *until)),
        Aspect::Clause { clause } if clause == "direction" => became(from, to, &plain),
        Aspect::Clause { clause } => {
            let code = |words: &str| Text::code(shortened(words));
            match (from, to) {
                (Some(_), Some(_)) => Text::code(clause).and(" ").join(became(from, to, &code)),
                _ => became(
                    from.map(|words| format!("{clause} {words}")).as_deref(),
                    to.map(|words| format!("{clause} {words}")).as_deref(),
                    &code,
                ),
            }
        }
        Aspect::Requires => required(from, to, "now also requires ", "no longer requires ", "requires "),
        Aspect::Alternative => required(from, to, "now also enough: ", "no longer enough: ", "enough is "),
        Aspect::Row => Text::of("row ").join(became(from, to, &plain)),
        Aspect::Column { column } => {
            Text::of("column ").join(Text::code(column)).and(" ").join(became(from, to, &plain))
        }
        Aspect::Note => said_otherwise("note ", from, to, true),
        Aspect::Label | Aspect::Title => said_otherwise("now called ", from, to, true),
        Aspect::ColumnLabel { column } => {
            Text::of("column ").join(Text::code(column)).and(" ").join(said_otherwise("now called ", from, to, true))
        }
        _ => said_otherwise(&format!("{} ", about(aspect)), from, to, false),
    }
}

/// `status in force, before superseded`
fn said_otherwise(about: &str, from: Option<&str>, to: Option<&str>, is_quoted: bool) -> Text {
    let set = |words: &str| if is_quoted { format!("“{words}”") } else { words.to_owned() };
    match (from, to) {
        (Some(from), Some(to)) => Text::of(format!("{about}{}, before {}", set(to), set(from))),
        (None, Some(to)) => {
            Text::mark(Tone::Good, "new").and(format!(" {}{}", about.trim_start_matches("now "), set(to)))
        }
        (Some(from), None) => {
            Text::mark(Tone::Bad, "gone").and(format!(" {}{}", about.trim_start_matches("now "), set(from)))
        }
        (None, None) => Text::new(),
    }
}

/// What the text is about, where that is told.
fn about(aspect: &Aspect) -> String {
    match aspect {
        Aspect::Word => "what it is:".to_owned(),
        Aspect::Status => "status".to_owned(),
        Aspect::Applies => "applies".to_owned(),
        Aspect::Standing { name } | Aspect::Setting { name } => name.clone(),
        Aspect::Level => "made for".to_owned(),
        Aspect::OneOf => "may be".to_owned(),
        Aspect::Tested => "decided by".to_owned(),
        Aspect::BelongsTo => "belongs to".to_owned(),
        Aspect::Shown => "shown".to_owned(),
        Aspect::Unverified => "not verified:".to_owned(),
        Aspect::Source => "source".to_owned(),
        Aspect::RatherThan => "rather than".to_owned(),
        _ => "example".to_owned(),
    }
}

fn plain(words: &str) -> Text {
    Text::of(words)
}

fn became(from: Option<&str>, to: Option<&str>, set: &dyn Fn(&str) -> Text) -> Text {
    match (from, to) {
        (Some(from), Some(to)) => Text::of("from ").join(set(from)).and(" to ").join(set(to)),
        (None, Some(to)) => Text::mark(Tone::Good, "new:").and(" ").join(set(to)),
        (Some(from), None) => Text::mark(Tone::Bad, "gone:").and(" ").join(set(from)),
        (None, None) => Text::new(),
    }
}

fn required(from: Option<&str>, to: Option<&str>, more: &str, less: &str, instead: &str) -> Text {
    let code = |words: &str| Text::code(shortened(words));
    match (from, to) {
        (Some(from), Some(to)) => Text::of(instead).join(code(to)).and(" instead of ").join(code(from)),
        (None, Some(to)) => Text::of(more).join(code(to)),
        (Some(from), None) => Text::of(less).join(code(from)),
        (None, None) => Text::new(),
    }
}

/// ` from 1 April 2016`
fn days(since: Option<Date>, until: Option<Date>) -> String {
    let since = since.map(|since| format!(" from {}", date_text(since))).unwrap_or_default();
    let until = until.map(|until| format!(" until {}", date_text(until))).unwrap_or_default();
    format!("{since}{until}")
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
