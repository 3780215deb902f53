//! What an example gives: the tables of a scenario, laid out by how many records and columns there are.

use super::Rulebook;
use super::document::{Block, Column, Row, Style, Table, Text};
use crate::model::{ColumnId, GivenRow, GivenTable, Scenario, Type};
use crate::report::wire;
use crate::value::Value;

/// The most columns beside the first of a table that has to fit a page.
const WIDEST: usize = 7;

/// So many answers of yes or no of one record stand in a line.
const MANY_ANSWERS: usize = 4;

/// A grid of texts: named rows and columns, to be laid out either way round.
pub(super) struct Grid {
    pub(super) caption: Text,
    /// What the names of rows are.
    pub(super) corner: Text,
    pub(super) columns: Vec<GridColumn>,
    /// The name of each row and its cells, one for each column.
    pub(super) rows: Vec<(Text, Vec<Vec<Text>>)>,
}

/// A column of a grid.
pub(super) struct GridColumn {
    pub(super) heading: Text,
    pub(super) has_figures: bool,
}

impl Grid {
    /// The grid as tables that fit a page: with rows and columns exchanged where that is narrower, and in
    /// several where it is still too wide.
    pub(super) fn tables(self) -> Vec<Block> {
        if self.columns.len() > WIDEST && self.rows.len() < self.columns.len() {
            return self.exchanged().cut();
        }
        self.cut()
    }

    /// The grid as it stands, in several tables where it is too wide.
    pub(super) fn cut(self) -> Vec<Block> {
        let mut tables = Vec::new();
        let n = self.columns.len().div_ceil(WIDEST).max(1);
        // Even parts look better than one that is full and one that is nearly empty.
        let most = self.columns.len().div_ceil(n).max(1);
        for (index, columns) in self.columns.chunks(most).enumerate() {
            let mut heads = vec![Column::words(self.corner.clone())];
            heads.extend(columns.iter().map(|column| {
                if column.has_figures {
                    Column::figures(column.heading.clone())
                } else {
                    Column::words(column.heading.clone())
                }
            }));
            let rows = self.rows.iter().map(|(name, cells)| {
                let here = cells.iter().skip(index * most).take(columns.len()).cloned();
                Row { anchor: None, cells: std::iter::once(vec![name.clone()]).chain(here).collect() }
            });
            let caption = if index == 0 { self.caption.clone() } else { self.caption.clone().and(", continued") };
            tables.push(Block::Table(Table { caption, columns: heads, rows: rows.collect() }));
        }
        tables
    }

    fn exchanged(self) -> Self {
        let has_figures = self.columns.iter().all(|column| column.has_figures);
        let rows = self.columns.into_iter().enumerate().map(|(index, column)| {
            let cells = self.rows.iter().map(|(_, cells)| cells.get(index).cloned().unwrap_or_default());
            (column.heading, cells.collect())
        });
        let rows = rows.collect();
        let columns = self.rows.into_iter().map(|(heading, _)| GridColumn { heading, has_figures }).collect();
        let corner = Text::of("What");
        Self { caption: self.caption, corner, columns, rows }
    }
}

/// Everything a scenario gives.
pub(super) fn given(book: &Rulebook<'_>, scenario: &Scenario) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (id, value) in &scenario.parameters {
        let ty = &book.model.parameter(*id).ty;
        let mut text = book.places.parameter_link(*id).and(" is taken to be ");
        text.push(book.words().value(value, ty), Style::Strong, None);
        blocks.push(Block::Paragraph(text.sentence()));
    }
    for table in &scenario.tables {
        blocks.extend(table_of(book, table));
    }
    blocks
}

fn table_of(book: &Rulebook<'_>, given: &GivenTable) -> Vec<Block> {
    let table = book.model.table(given.table);
    let is_given = |id: &ColumnId| given.rows.iter().any(|row| row.cells.iter().any(|(column, _)| column == id));
    let columns: Vec<ColumnId> =
        table.columns.iter().copied().filter(|id| Some(*id) != table.key).filter(is_given).collect();
    let caption = Text::of(format!("Given, {}", table.label.as_ref().unwrap_or(&table.name)));
    if let [row] = given.rows.as_slice() {
        return one_record(book, caption, table.key, &columns, row);
    }
    let rows = given.rows.iter().enumerate().map(|(number, row)| {
        let name = record_name(book, table.key, row).unwrap_or_else(|| format!("{} {}", table.name, number + 1));
        (Text::of(name), columns.iter().map(|id| vec![cell(book, row, *id)]).collect())
    });
    let corner = Text::of(super::front::sentence_case(&table.name));
    let heads = columns.iter().map(|id| GridColumn {
        heading: book.places.column_link(*id),
        has_figures: matches!(book.model.column(*id).ty, Type::Quantity(_)),
    });
    Grid { caption, corner, columns: heads.collect(), rows: rows.collect() }.tables()
}

/// One record: its columns under each other; answers of yes and no, where there are many, in a line for each.
fn one_record(
    book: &Rulebook<'_>,
    caption: Text,
    key: Option<ColumnId>,
    columns: &[ColumnId],
    row: &GivenRow,
) -> Vec<Block> {
    let has_key = |id: &ColumnId| row.cells.iter().any(|(column, _)| column == id);
    let all: Vec<ColumnId> = key.into_iter().filter(has_key).chain(columns.iter().copied()).collect();
    let answer = |id: &ColumnId| match row.cells.iter().find(|(column, _)| column == id) {
        Some((_, Ok(Value::YesNo(yes)))) => Some(*yes),
        _ => None,
    };
    let is_long = all.iter().filter(|id| answer(id).is_some()).count() >= MANY_ANSWERS;
    let shown = all.iter().filter(|id| !is_long || answer(id).is_none());
    let line = |id: &ColumnId| vec![vec![book.places.column_link(*id)], vec![cell(book, row, *id)]];
    let rows: Vec<Row> = shown.map(|id| Row { anchor: None, cells: line(id) }).collect();
    let columns = vec![Column::words("What"), Column::figures("Given")];
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table { caption: caption.clone(), columns, rows }));
    }
    let mut facts = Vec::new();
    for (word, wanted) in [("Answered yes", true), ("Answered no", false)] {
        let answered: Vec<Text> = all
            .iter()
            .filter(|id| is_long && answer(id) == Some(wanted))
            .map(|id| book.places.column_link(*id))
            .collect();
        if !answered.is_empty() {
            facts.push((word.to_owned(), vec![Text::apart(answered)]));
        }
    }
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks
}

/// The keys of the records above, and the record's own.
fn record_name(book: &Rulebook<'_>, key: Option<ColumnId>, row: &GivenRow) -> Option<String> {
    let above = row.parents.iter().flatten().cloned();
    let own = key.filter(|key| row.cells.iter().any(|(column, _)| column == key));
    let names: Vec<String> = above.chain(own.map(|key| cell(book, row, key).words())).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn cell(book: &Rulebook<'_>, row: &GivenRow, id: ColumnId) -> Text {
    match row.cells.iter().find(|(column, _)| *column == id) {
        Some((_, Ok(Value::Text(text)))) => Text::of(text.to_string()),
        Some((_, Ok(value))) => Text::of(crate::report::show::value(
            value,
            &book.model.column(id).ty,
            &crate::model::Shown::Plain,
            book.model,
        )),
        Some((_, Err(reason))) => Text::styled(wire::missing(*reason), Style::Faint),
        None => Text::styled("not given", Style::Faint),
    }
}
