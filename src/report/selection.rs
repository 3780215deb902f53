//! What of a run is shown: which results, which records, which levels, in which order.
//!
//! In: a choice in terms of the model. Out: for each level its columns and rows.

use super::rows::{Rows, Sort};
use super::run::Run;
use crate::model::{DeclarationId, DeclarationKind, Level, Model, TableId};

/// A choice of what to show. The default is everything, by key.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only these results, in this order; empty is all.
    pub only: Vec<DeclarationId>,
    /// Only these records and those below them; empty is all.
    pub records: Vec<(TableId, usize)>,
    /// Only these levels; empty is all.
    pub levels: Vec<Level>,
    /// The order of rows.
    pub sort: Sort,
}

impl Selection {
    /// The results that a level shows, in the order of the rules or as they were asked for.
    pub fn declarations(&self, model: &Model, level: Level) -> Vec<DeclarationId> {
        let is_here = |id: &DeclarationId| model.declaration(*id).level == level;
        if self.only.is_empty() {
            return (0..model.declarations.len()).map(DeclarationId::from_index).filter(is_here).collect();
        }
        self.only.iter().copied().filter(is_here).collect()
    }

    /// The levels that are shown: the nation, then the tables in the order of the rules; only those with results.
    pub fn levels(&self, model: &Model) -> Vec<Level> {
        let tables = (0..model.tables.len()).map(TableId::from_index).map(Level::Table);
        std::iter::once(Level::Nation)
            .chain(tables)
            .filter(|level| self.levels.is_empty() || self.levels.contains(level))
            .filter(|level| !self.declarations(model, *level).is_empty())
            .collect()
    }

    /// The rows of a table that are shown, in order.
    pub fn rows(&self, rows: &Rows<'_>, model: &Model, table: TableId) -> Vec<usize> {
        let concerned: Vec<&(TableId, usize)> =
            self.records.iter().filter(|(upper, _)| *upper == table || model.is_below(table, *upper)).collect();
        let mut shown = rows.ordered(table, self.sort);
        if !concerned.is_empty() {
            shown.retain(|row| concerned.iter().any(|(upper, above)| rows.above(table, *row, *upper) == Some(*above)));
        }
        shown
    }
}

/// Whether a result stands in a table for people unless it is asked for by name: checks are told apart, and
/// an outcome's verdict stands for its parts.
pub fn is_shown_by_default(run: &Run<'_>, id: DeclarationId) -> bool {
    !matches!(run.model.declaration(id).kind, DeclarationKind::Check { .. } | DeclarationKind::OutcomePart(_))
}
