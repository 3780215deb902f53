//! Figures from before and after a column got a new definition, which are never put together.
//!
//! Every figure knows on which side of a break it lies: so many new definitions came before its period. A figure that
//! is made of others lies where they lie; a yes or no, a word and a date lie nowhere. Where figures of both sides meet,
//! what would be made of them is missing.

use super::machine::{At, Machine};
use crate::model::{ColumnId, DeclarationId, Expr, Level, Type};
use crate::source::Span;
use crate::value::{Cause, Causes, Outcome};
use std::collections::BTreeSet;

/// The columns with a break that a figure rests on, each with the number of new definitions before its period.
pub(crate) type Sides = BTreeSet<(ColumnId, usize)>;

impl Machine<'_> {
    /// Evaluates something that stands by itself: what was seen before has no part in it.
    pub(super) fn apart(&mut self, expr: &Expr, at: At) -> Outcome {
        let before = std::mem::take(&mut self.seen);
        let outcome = self.value_of(expr, at);
        let outcome = self.on_one_side(outcome, expr.span, at);
        if !matches!(expr.ty, Type::Quantity(_)) {
            self.seen.clear();
        }
        self.seen.extend(before);
        outcome
    }

    /// A cell of a column was read.
    pub(super) fn see_cell(&mut self, column: ColumnId, row: usize) {
        if let Some(side) = self.side(column, row) {
            self.seen.insert((column, side));
        }
    }

    /// A result was read.
    pub(super) fn see_result(&mut self, id: DeclarationId, row: usize) {
        let key = (id, u32::try_from(row).unwrap_or(u32::MAX));
        if let Some(sides) = self.results.sides.get(&key) {
            self.seen.extend(sides);
        }
    }

    /// Keeps where a result lies.
    pub(super) fn keep_sides(&mut self, id: DeclarationId, row: usize) {
        let seen = std::mem::take(&mut self.seen);
        if !seen.is_empty() && matches!(self.model.declaration(id).ty, Type::Quantity(_)) {
            self.results.sides.insert((id, u32::try_from(row).unwrap_or(u32::MAX)), seen);
        }
    }

    /// What was made of the figures seen; missing where they lie on both sides of a break.
    pub(super) fn on_one_side(&mut self, outcome: Outcome, span: Span, at: At) -> Outcome {
        match meet(&self.seen) {
            Some((column, side)) => self.broken_at(column, side, outcome, span, at),
            None => outcome,
        }
    }

    /// What was read at another record of the series; missing where that lies on another side than this one.
    pub(super) fn this_side_only(&mut self, outcome: Outcome, span: Span, at: At) -> Outcome {
        let crossed = self.seen.iter().find_map(|(column, side)| {
            let here =
                self.side(*column, at.row).filter(|_| at.level == Level::Table(self.model.column(*column).table));
            here.filter(|here| here != side).map(|here| (*column, here.min(*side)))
        });
        let Some((column, side)) = crossed else { return outcome };
        self.broken_at(column, side, outcome, span, at)
    }

    /// How many new definitions of a column came before the period of a row, or with it.
    fn side(&self, column: ColumnId, row: usize) -> Option<usize> {
        let declared = self.model.column(column);
        if declared.breaks.is_empty() {
            return None;
        }
        let ordinal = self.rows.ordinal(declared.table, row);
        Some(declared.breaks.iter().filter(|change| change.from.ordinal <= ordinal).count())
    }

    fn broken_at(&mut self, column: ColumnId, side: usize, outcome: Outcome, span: Span, at: At) -> Outcome {
        self.seen.clear();
        let Some(change) = self.model.column(column).breaks.get(side) else { return outcome };
        let (declaration, row) = (self.current, u32::try_from(at.row).unwrap_or(u32::MAX));
        let cause =
            Causes::one(Cause::NewDefinition { column, from: change.from, declaration, row, span: span.into() });
        match &outcome {
            Outcome::Missing(more) => Outcome::Missing(Causes::union([&cause, more])),
            Outcome::Known(_) => Outcome::Missing(cause),
        }
    }
}

/// The column of which figures of two sides are among these, and the earlier side.
pub(super) fn meet(sides: &Sides) -> Option<(ColumnId, usize)> {
    // They are in the order of columns, so that two sides of one stand beside each other.
    sides.iter().zip(sides.iter().skip(1)).find(|((one, _), (other, _))| one == other).map(|(first, _)| *first)
}
