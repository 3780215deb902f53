//! Over which records an aggregate goes: those of the lowest level that something in it belongs to.
//!
//! In: what is aggregated, as written, and the level it is read at. Out: the table, or why there is none.

use super::Resolver;
use super::name::Found;
use crate::model::references::walk;
use crate::model::{ColumnId, Level, TableId};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name};

/// Over which records.
pub(super) enum Reach<'e> {
    /// These.
    Over(TableId),
    /// Of two tables of which neither belongs to the other.
    Two((TableId, Span), (TableId, Span)),
    /// A column of several tables below.
    Ambiguous(&'e Name, Vec<ColumnId>),
    /// Nothing in it is below.
    Nothing,
    /// Something in it is not known, which is told when it is read.
    Unknown,
}

impl Resolver<'_> {
    /// Over which records an aggregate of this expression goes.
    pub(super) fn reach<'e>(&self, written: &'e Expr, here: Level) -> Reach<'e> {
        let mut over: Option<(TableId, Span)> = None;
        let mut apart: Option<(TableId, Span)> = None;
        let mut ambiguous: Option<(&'e Name, Vec<ColumnId>)> = None;
        let mut is_unknown = false;
        let mut meet = |table: TableId, span: Span, names: &crate::model::collect::Names<'_>| match over {
            None => over = Some((table, span)),
            Some((so_far, _)) if so_far == table || names.is_below(so_far, Level::Table(table)) => {}
            Some((so_far, _)) if names.is_below(table, Level::Table(so_far)) => over = Some((table, span)),
            Some(_) => apart = Some((table, span)),
        };
        walk(written, |expr| {
            match &expr.kind {
                // What is inside these is read at a level of their own.
                ExprKind::Aggregate { across: Some(across), peers, .. } | ExprKind::Rank { across, peers, .. }
                    if !peers.is_empty() =>
                {
                    // Who is a peer depends on the record it is asked of.
                    if let Some(table) = self.names.plurals.get(&across.text).copied()
                        && self.names.is_below(table, here)
                    {
                        meet(table, expr.span, &self.names);
                    }
                    return false;
                }
                ExprKind::Aggregate { .. } | ExprKind::Rank { .. } => return false,
                ExprKind::In { operand, .. } => {
                    // A record of a series is read from the level above it.
                    if let Some(series) = self.series_of(operand) {
                        for parent in &self.model.table(series).parents {
                            if self.names.is_below(*parent, here) {
                                meet(*parent, expr.span, &self.names);
                            }
                        }
                        return false;
                    }
                }
                ExprKind::Dotted(first, second) => {
                    if let Some(table) = self.names.tables.get(first.text.as_str()) {
                        if self.names.is_below(*table, here) {
                            meet(*table, expr.span, &self.names);
                        }
                    } else if let Some(part) = self.model.find(&format!("{}.{}", first.text, second.text)) {
                        if let Level::Table(table) = self.model.declaration(part).level
                            && self.names.is_below(table, here)
                        {
                            meet(table, expr.span, &self.names);
                        }
                    } else {
                        is_unknown = true;
                    }
                }
                ExprKind::Name(name) => match self.find(&name.text, here) {
                    Found::Below(lower) => match lower.as_slice() {
                        [only] => meet(only.table, name.span, &self.names),
                        several => {
                            let columns = several.iter().filter_map(|one| one.column).collect();
                            ambiguous = Some((name, columns));
                        }
                    },
                    Found::Elsewhere(_) | Found::Nothing => is_unknown = true,
                    Found::Value(_) | Found::Column(_) | Found::Ambiguous(_) => {}
                },
                _ => {}
            }
            true
        });
        match (over, apart, ambiguous) {
            (Some(one), Some(two), _) => Reach::Two(one, two),
            (Some((table, _)), None, _) => Reach::Over(table),
            (None, _, Some((name, columns))) => Reach::Ambiguous(name, columns),
            _ if is_unknown => Reach::Unknown,
            _ => Reach::Nothing,
        }
    }

    /// The series whose record `x in PERIOD` reads, if x is of a series.
    pub(super) fn series_of(&self, operand: &Expr) -> Option<TableId> {
        let table = match &operand.kind {
            ExprKind::Dotted(table, _) => *self.names.tables.get(table.text.as_str())?,
            ExprKind::Name(name) => match self.find(&name.text, Level::Nation) {
                Found::Below(lower) => match lower.as_slice() {
                    [only] => only.table,
                    _ => return None,
                },
                _ => return None,
            },
            ExprKind::Bracket(inner) => return self.series_of(inner),
            _ => return None,
        };
        self.model.table(table).series.map(|_| table)
    }
}
