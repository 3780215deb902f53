//! What areas report: the tables of data, column by column.

use super::Rulebook;
use super::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::data::cell;
use crate::model::{self, ColumnId, TableId, Type};

/// The tables; nothing where the rules take no data.
pub(super) fn section(book: &Rulebook<'_>) -> Option<Section> {
    if book.model.tables.is_empty() {
        return None;
    }
    let tables = (0..book.model.tables.len()).map(TableId::from_index);
    let lead = "Where there is no figure, a cell says why: “..” not available, “[c]” confidential, “[x]” not collected, \
                “[z]” not applicable, “not yet due”. A missing figure is never taken for zero.";
    Some(Section {
        anchor: book.places.part("data"),
        heading: "What is reported".to_owned(),
        blocks: vec![Block::Paragraph(Text::of(lead))],
        sections: tables.map(|id| table(book, id)).collect(),
        ..Section::default()
    })
}

fn table(book: &Rulebook<'_>, id: TableId) -> Section {
    let table = book.model.table(id);
    let heading = table.label.clone().unwrap_or_else(|| super::front::sentence_case(&table.name));
    let rows = table.columns.iter().map(|id| column(book, *id));
    let columns = vec![Column::words("What"), Column::words("Written as"), Column::words("Limits and notes")];
    let caption = Text::of(format!("What is reported for each {}", table.name));
    Section {
        anchor: book.places.table(id),
        heading,
        about: records(book, table),
        blocks: vec![Block::Table(Table { caption, columns, rows: rows.collect() })],
        ..Section::default()
    }
}

/// What a record is, and what it belongs to.
fn records(book: &Rulebook<'_>, table: &model::DataTable) -> Text {
    let mut text = Text::code(&table.name);
    let parents: Vec<Text> = table
        .parents
        .iter()
        .map(|parent| {
            let mut link = Text::new();
            link.push(&book.model.table(*parent).name, Style::Plain, Some(book.places.table(*parent)));
            link
        })
        .collect();
    match (&table.series, parents.is_empty()) {
        (Some(series), _) => {
            text.say(&format!(", one record for each {} from {} to {}", series.kind.word(), series.first, series.last));
            if !parents.is_empty() {
                text.say(" of each ");
                text.append(Text::listed(parents, " and "));
            }
        }
        (None, true) => text.say(&format!(", one record for each {}", table.name)),
        (None, false) => {
            text.say(", any number of records for each ");
            text.append(Text::listed(parents, " and "));
        }
    }
    text
}

fn column(book: &Rulebook<'_>, id: ColumnId) -> Row {
    let column = book.model.column(id);
    let label = column.label.clone().unwrap_or_else(|| super::front::sentence_case(&column.name.replace('_', " ")));
    let cells = vec![vec![Text::of(label), Text::code(&column.name)], vec![wanted(book, column)], notes(book, id)];
    Row { anchor: Some(book.places.column(id)), cells }
}

/// How a cell is written.
fn wanted(book: &Rulebook<'_>, column: &model::Column) -> Text {
    match &column.ty {
        Type::Choice(values) => Text::listed(values.iter().map(|value| Text::code(value.as_str())).collect(), " or "),
        _ => Text::ticked(&cell::expected(column, book.model)),
    }
}

/// Limits, whether it may be left out, and how a judgement is recorded.
fn notes(book: &Rulebook<'_>, id: ColumnId) -> Vec<Text> {
    let column = book.model.column(id);
    let mut notes = Vec::new();
    if book.model.table(column.table).key == Some(id) {
        notes.push(Text::of("names the record"));
    }
    let bound =
        |word: &str, bound: &crate::value::Number| format!("{word} {}", cell::amount(bound, column, book.model));
    // A count is never below nothing, which needs no saying.
    let least = column.least.iter().filter(|least| !(column.is_whole && least.is_zero()));
    let bounds: Vec<String> = least
        .map(|least| bound("at least", least))
        .chain(column.greatest.iter().map(|greatest| bound("at most", greatest)))
        .collect();
    if !bounds.is_empty() {
        notes.push(Text::of(bounds.join(", ")));
    }
    if column.is_optional {
        notes.push(Text::of("may be left out"));
    }
    notes.extend(column.breaks.iter().map(|change| {
        let because = super::front::sentence_case(&change.because);
        Text::of(format!(
            "new definition from {}, not to be read as one with the figures before it: {because}",
            change.from
        ))
    }));
    if column.is_judgement {
        let name = &column.name;
        notes.push(Text::ticked(&format!(
            "a judgement: who decided, when and why may stand in `{name}_by`, `{name}_on` and `{name}_because`"
        )));
    }
    notes
}
