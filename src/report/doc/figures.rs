//! Figures that policy sets: values with their dates, sources, and whether they are verified.

use super::document::{Block, Column, Row, Section, Style, Table, Text};
use super::{Rulebook, cited};
use crate::model::{DatedValue, Parameter, ParameterId, Type};
use crate::report::Tone;
use crate::value::date_text;

/// The figures; nothing where there are none.
pub(super) fn section(book: &Rulebook<'_>) -> Option<Section> {
    if book.model.parameters.is_empty() {
        return None;
    }
    let rows = (0..book.model.parameters.len()).map(|index| row(book, ParameterId::from_index(index)));
    let columns =
        vec![Column::words("Figure"), Column::words("Value"), Column::words("Source"), Column::words("Confidence")];
    let table = Table { caption: Text::of("Figures and choices that policy sets"), columns, rows: rows.collect() };
    Some(Section {
        anchor: book.places.part("figures"),
        heading: "Figures that policy sets".to_owned(),
        blocks: vec![Block::Table(table)],
        ..Section::default()
    })
}

fn row(book: &Rulebook<'_>, id: ParameterId) -> Row {
    let parameter = book.model.parameter(id);
    let mut name = vec![Text::of(parameter.label.as_ref().unwrap_or(&parameter.name).as_str())];
    if parameter.label.is_some() {
        name.push(Text::code(&parameter.name));
    }
    name.extend(parameter.notes.iter().map(|note| Text::styled(note, Style::Faint)));
    let mut values: Vec<Text> = parameter.values.iter().flat_map(|value| dated(book, parameter, value)).collect();
    if let Type::Choice(choices) = &parameter.ty {
        let choices: Vec<Text> = choices.iter().map(|choice| Text::of(format!("“{choice}”"))).collect();
        values.push(Text::styled(format!("one of {}", Text::listed(choices, " or ").words()), Style::Faint));
    }
    let sources = parameter.citations.iter().map(|citation| cited(book, citation)).collect();
    Row { anchor: Some(book.places.parameter(id)), cells: vec![name, values, sources, confidence(parameter)] }
}

/// `£2,150 per admissions to 17 August 2014`, and under it what other sources have.
fn dated(book: &Rulebook<'_>, parameter: &Parameter, dated: &DatedValue) -> Vec<Text> {
    let value = book.words().value(&dated.value, &parameter.ty);
    let mut text = Text::styled(value, Style::Strong);
    if let Some(from) = dated.from {
        text.say(&format!(" from {}", date_text(from)));
    }
    if let Some(to) = dated.to {
        text.say(&format!(" to {}", date_text(to)));
    }
    let rejected = dated.rejected.iter().map(|other| {
        let value = book.words().value(&other.value, &parameter.ty);
        Text::of(format!("rather than {value} ("))
            .join(cited(book, &other.citation))
            .and(format!("): {}", other.because))
    });
    std::iter::once(text).chain(rejected).collect()
}

/// Whether a figure is verified, and why not.
fn confidence(parameter: &Parameter) -> Vec<Text> {
    match (&parameter.unverified, parameter.citations.is_empty()) {
        (Some(why), _) => vec![Text::mark(Tone::Unknown, "Not verified"), Text::of(why.as_str()).sentence()],
        (None, false) => vec![Text::of("Source cited")],
        (None, true) => vec![Text::styled("No source cited", Style::Faint)],
    }
}
