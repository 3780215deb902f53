//! Why a value of the nation is missing, over data that come a block at a time.
//!
//! In: the causes in each block, and how many records came before it. Out: the sentence that
//! [`CauseWords::causes`](super::reasons::CauseWords::causes) makes of all of them, of which only the first few are kept.

use super::reasons::{CauseWords, MOST_NAMED};
use crate::model::{ColumnId, Level, TableId};
use crate::value::{Cause, Causes, MissingReason};
use std::collections::BTreeMap;

/// Causes of one value, of which the first few are kept in words.
#[derive(Debug, Default)]
pub struct ManyCauses {
    /// Those that are the same in every block.
    shared: BTreeMap<Cause, String>,
    /// The first of those at records, by where they come among all, and how many there are.
    at_records: BTreeMap<Cause, String>,
    at_records_count: usize,
    /// Columns that the data does not have, by the record at which they were first missed.
    no_column: BTreeMap<(u32, ColumnId), String>,
    /// Cells by column and reason.
    cells: BTreeMap<(TableId, ColumnId, MissingReason), Cells>,
}

/// Cells of one column that are missing for one reason.
#[derive(Debug)]
struct Cells {
    /// The first record.
    first: u32,
    count: usize,
    texts: Vec<String>,
}

impl ManyCauses {
    /// Adds the causes in a block.
    pub fn add(&mut self, words: &CauseWords<'_>, causes: &Causes) {
        for cause in causes.iter() {
            match cause {
                Cause::Cell { row, column, reason: MissingReason::NoColumn, .. } => {
                    if !self.no_column.keys().any(|(_, known)| known == column) {
                        self.no_column.insert((*row, *column), words.no_column(*column));
                    }
                }
                Cause::Cell { table, row, column, reason } => {
                    let cells = Cells { first: *row, count: 0, texts: Vec::new() };
                    let cells = self.cells.entry((*table, *column, *reason)).or_insert(cells);
                    cells.count += 1;
                    if cells.texts.len() < MOST_NAMED {
                        cells.texts.push(words.cause(cause));
                    }
                }
                Cause::Fault { declaration, .. } | Cause::NewDefinition { declaration, .. }
                    if words.model.declaration(*declaration).level != Level::Nation =>
                {
                    self.at_records_count += 1;
                    self.at_records.insert(*cause, words.cause(cause));
                    self.forget_last();
                }
                _ => {
                    self.shared.entry(*cause).or_insert_with(|| words.cause(cause));
                }
            }
        }
    }

    fn forget_last(&mut self) {
        while self.at_records.len() > MOST_NAMED {
            self.at_records.pop_last();
        }
    }

    /// Adds those of the next block, whose records come after so many others.
    pub fn append(&mut self, next: Self, down: u32) {
        self.shared.extend(next.shared);
        self.at_records_count += next.at_records_count;
        for (mut cause, text) in next.at_records {
            if let Cause::Fault { row, .. } | Cause::NewDefinition { row, .. } = &mut cause {
                *row = row.saturating_add(down);
            }
            self.at_records.insert(cause, text);
        }
        self.forget_last();
        for ((row, column), text) in next.no_column {
            if !self.no_column.keys().any(|(_, known)| *known == column) {
                self.no_column.insert((row.saturating_add(down), column), text);
            }
        }
        for (key, more) in next.cells {
            let first = more.first.saturating_add(down);
            let cells = self.cells.entry(key).or_insert(Cells { first, count: 0, texts: Vec::new() });
            cells.count += more.count;
            cells.texts.extend(more.texts);
            cells.texts.truncate(MOST_NAMED);
        }
    }

    /// All causes in one sentence, the first few by name.
    pub fn text(&self) -> String {
        let mut texts: Vec<&str> = Vec::new();
        let mut others: Vec<(&Cause, &String)> = self.shared.iter().chain(&self.at_records).collect();
        others.sort_by_key(|(cause, _)| *cause);
        texts.extend(others.into_iter().map(|(_, text)| text.as_str()));
        let mut count = self.shared.len() + self.at_records_count;
        // A cause at a record that is not kept comes after those that are.
        texts.truncate(MOST_NAMED.min(count));
        texts.extend(self.no_column.values().map(String::as_str));
        count += self.no_column.len();
        let mut cells: Vec<_> = self.cells.iter().collect();
        cells.sort_by_key(|((_, column, reason), cells)| (cells.first, *column, *reason));
        for (_, cells) in cells {
            texts.extend(cells.texts.iter().map(String::as_str));
            count += cells.count;
        }
        texts.truncate(MOST_NAMED);
        match count.saturating_sub(MOST_NAMED) {
            0 => texts.join("; "),
            more => format!("{}; and {more} more", texts.join("; ")),
        }
    }
}
