//! The model: what a ruleset says, with names resolved and types, units and levels known.
//!
//! In: syntax trees. Out: a [`Model`], which can be stored and loaded, and the problems found.
//! A model without errors can always be evaluated.

mod build;
mod check;
mod collect;
mod declaration;
mod error;
mod expr;
mod formula;
mod ids;
mod literal;
mod order;
mod parameter;
mod references;
mod report;
mod resolve;
mod ruleset;
mod scenario;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod types;
mod units;
mod unverified;
mod walk;
mod wording;

pub use build::build;
pub use declaration::{Declaration, DeclarationKind, OUTCOME_VERDICTS, Shown};
pub use expr::{Expr, ExprKind};
pub use formula::{CellTest, Clause, ClauseKind, DecisionTable, Exception, Formula, Start, TableRow};
pub use ids::{CitedId, ColumnId, DeclarationId, ParameterId, ScenarioId, TableId, UnitId};
pub use parameter::{DatedValue, Parameter, Rejected};
pub use ruleset::{Amendment, Change, Citation, CitedSource, Ruleset, Unit};
pub use scenario::{Expectation, ExpectedValue, GivenRow, GivenTable, Scenario};
pub use table::{Break, Column, DataTable, Level, Series};
pub use types::{Basis, Dimension, Quantity, Scale, Type};

use crate::source::{Sources, Span};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A checked ruleset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Model {
    /// The head of the ruleset.
    pub ruleset: Ruleset,
    /// Declared units, by [`UnitId`].
    pub units: Vec<Unit>,
    /// Sources that are cited, by [`CitedId`].
    pub sources: Vec<CitedSource>,
    /// Data tables, by [`TableId`]; a table stands after the tables it belongs to.
    pub tables: Vec<DataTable>,
    /// Columns of all tables, by [`ColumnId`].
    pub columns: Vec<Column>,
    /// Parameters, by [`ParameterId`].
    pub parameters: Vec<Parameter>,
    /// Everything that yields results, by [`DeclarationId`], in the order it is written; the parts of an
    /// outcome stand before it.
    pub declarations: Vec<Declaration>,
    /// The order of evaluation. Each group is evaluated before the next; the members of a group of several
    /// read each other only at earlier periods and are evaluated together, period by period.
    pub order: Vec<Vec<DeclarationId>>,
    /// Scenarios, by [`ScenarioId`].
    pub scenarios: Vec<Scenario>,
    /// Names of declarations and outcome parts (`emergency_admissions.target`).
    pub names: IndexMap<String, DeclarationId>,
    /// Names that an amendment changed, with the places where the texts have the old ones.
    pub respelled: Vec<(Span, String)>,
}

impl Model {
    /// The text of a place as it reads here: with the names that amendments gave.
    pub fn text(&self, sources: &Sources, span: Span) -> String {
        let mut text = sources.slice(span).to_owned();
        let inside = |at: &Span| at.source == span.source && span.start <= at.start && at.end <= span.end;
        let mut inside: Vec<&(Span, String)> = self.respelled.iter().filter(|(at, _)| inside(at)).collect();
        inside.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
        for (at, name) in inside {
            let range = (at.start - span.start) as usize..(at.end - span.start) as usize;
            if text.get(range.clone()).is_some() {
                text.replace_range(range, name);
            }
        }
        text
    }

    /// The unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// The table.
    pub fn table(&self, id: TableId) -> &DataTable {
        &self.tables[id.index()]
    }

    /// The column.
    pub fn column(&self, id: ColumnId) -> &Column {
        &self.columns[id.index()]
    }

    /// The parameter.
    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id.index()]
    }

    /// The declaration.
    pub fn declaration(&self, id: DeclarationId) -> &Declaration {
        &self.declarations[id.index()]
    }

    /// The declaration with this name; `outcome.part` names a part of an outcome.
    pub fn find(&self, name: &str) -> Option<DeclarationId> {
        self.names.get(name).copied()
    }

    /// Whether records of `lower` belong, directly or not, to records of `upper`.
    pub fn is_below(&self, lower: TableId, upper: TableId) -> bool {
        self.table(lower).parents.iter().any(|parent| *parent == upper || self.is_below(*parent, upper))
    }

    /// The position of a column in its table.
    pub fn column_position(&self, id: ColumnId) -> usize {
        let columns = &self.table(self.column(id).table).columns;
        // The columns of a table are numbered one after another, but for those that an amendment moved.
        let near = columns.first().map_or(0, |first| id.index().saturating_sub(first.index()));
        match columns.get(near) {
            Some(found) if *found == id => near,
            _ => columns.iter().position(|column| *column == id).unwrap_or(usize::MAX),
        }
    }
}
