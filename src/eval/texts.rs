//! Texts of a run as numbers, so that they are compared as numbers.

use crate::data::Texts as Dictionary;
use crate::model::ColumnId;
use indexmap::IndexSet;
use std::collections::HashMap;
use std::sync::Arc;

/// Texts by number. Those of a column of the data have the numbers of its dictionary, translated.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: IndexSet<Arc<str>>,
    columns: HashMap<ColumnId, Vec<i32>>,
}

impl Texts {
    /// The number of a text.
    pub(super) fn code(&mut self, text: &str) -> i32 {
        let number = match self.all.get_index_of(text) {
            Some(number) => number,
            None => self.all.insert_full(text.into()).0,
        };
        i32::try_from(number).unwrap_or(i32::MAX)
    }

    /// The number of a text that is known already.
    pub(super) fn known(&self, text: &str) -> Option<i32> {
        i32::try_from(self.all.get_index_of(text)?).ok()
    }

    /// The text with a number.
    pub(super) fn text(&self, code: i32) -> Arc<str> {
        let number = usize::try_from(code).unwrap_or(usize::MAX);
        self.all.get_index(number).cloned().unwrap_or_else(|| "".into())
    }

    /// Takes in the texts of a column.
    pub(super) fn learn(&mut self, column: ColumnId, dictionary: &Dictionary) {
        if self.columns.contains_key(&column) {
            return;
        }
        let codes = dictionary.iter().map(|text| self.code(text)).collect();
        self.columns.insert(column, codes);
    }

    /// The numbers of a column's texts, by their numbers in its dictionary.
    pub(super) fn of(&self, column: ColumnId) -> &[i32] {
        self.columns.get(&column).map_or(&[], Vec::as_slice)
    }
}
