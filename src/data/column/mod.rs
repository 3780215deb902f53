//! Columns: the cells of one column of a table, held by their type.
//!
//! In: cells, one after another ([`ColumnBuilder`]). Out: a [`Column`] whose values lie side by side as machine
//! numbers where those hold them exactly, and that says apart from them which rows have no value and why.

mod build;
mod missing;
#[cfg(test)]
mod tests;
mod texts;
mod whole;

pub use build::ColumnBuilder;
pub use missing::{Missing, Run};
pub use texts::Texts;

use super::Cell;
use crate::model::Type;
use crate::value::{MissingReason, Number, Period, PeriodKind, Value, date_of_day};
use std::cmp::Ordering;
use std::sync::Arc;

/// The cells of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    values: Values,
    missing: Missing,
    bounds: Option<(i64, i64)>,
}

/// The values of a column, row by row. A row without a value holds zero, no, the first text or the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// The value of a row is `ints[row] / over`, exactly. `over` is above zero and as small as the data allows.
    Whole {
        /// The numerators.
        ints: Vec<i64>,
        /// The one denominator.
        over: i64,
    },
    /// Numbers of which 64 bits do not hold every one over a common denominator.
    Exact(Vec<Number>),
    /// Yes or no.
    YesNo(Vec<bool>),
    /// Days since 1 January 1970.
    Dates(Vec<i32>),
    /// Periods of one kind.
    Periods {
        /// The kind.
        kind: PeriodKind,
        /// Their places in time.
        ordinals: Vec<i32>,
    },
    /// Texts, each kept once.
    Texts(Texts),
    /// No row has a value; how many rows there are.
    Nothing(usize),
}

impl Values {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Whole { ints, .. } => ints.len(),
            Self::Exact(numbers) => numbers.len(),
            Self::YesNo(all) => all.len(),
            Self::Dates(days) => days.len(),
            Self::Periods { ordinals, .. } => ordinals.len(),
            Self::Texts(texts) => texts.codes().len(),
            Self::Nothing(rows) => *rows,
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn get(&self, row: usize) -> Option<Value> {
        Some(match self {
            Self::Whole { ints, over } => {
                Value::Number(Number::fraction(i128::from(*ints.get(row)?), i128::from(*over))?)
            }
            Self::Exact(numbers) => Value::Number(numbers.get(row)?.clone()),
            Self::YesNo(all) => Value::YesNo(*all.get(row)?),
            Self::Dates(days) => Value::Date(date_of_day(*days.get(row)?)?),
            Self::Periods { kind, ordinals } => Value::Period(Period { kind: *kind, ordinal: *ordinals.get(row)? }),
            Self::Texts(texts) => Value::Text(Arc::from(texts.text(*texts.codes().get(row)?))),
            Self::Nothing(_) => return None,
        })
    }
}

impl Column {
    /// A column of values and the rows without one.
    pub(super) fn new(values: Values, missing: Missing) -> Self {
        let bounds = match &values {
            Values::Whole { ints, .. } => whole::bounds(ints, &missing),
            _ => None,
        };
        Self { values, missing, bounds }
    }

    /// The cells of a column of a type.
    pub fn from_cells(ty: &Type, cells: impl IntoIterator<Item = Cell>) -> Self {
        let mut builder = ColumnBuilder::new(ty);
        cells.into_iter().for_each(|cell| builder.push(&cell));
        builder.finish()
    }

    /// A column in which every row is missing for one reason.
    pub fn without_values(rows: usize, reason: MissingReason) -> Self {
        Self::new(Values::Nothing(rows), Missing::whole(rows, reason))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// A cell; missing for having no record where there is no such row.
    pub fn get(&self, row: usize) -> Cell {
        match self.missing.reason(row) {
            Some(reason) => Cell::Missing(reason),
            None => self.values.get(row).map_or(Cell::Missing(MissingReason::NoRecord), Cell::Known),
        }
    }

    /// The value of a row, if it has one.
    pub fn value(&self, row: usize) -> Option<Value> {
        if self.missing.reason(row).is_some() { None } else { self.values.get(row) }
    }

    /// The text of a row, if the column holds texts and the row has one.
    pub fn text(&self, row: usize) -> Option<&str> {
        match &self.values {
            Values::Texts(texts) if self.missing.reason(row).is_none() => texts.get(row),
            _ => None,
        }
    }

    /// The order of the values of two rows; a row without one comes after those that have one.
    pub fn compare(&self, left: usize, right: usize) -> Ordering {
        let is_missing = |row| self.missing.reason(row).is_some();
        match (is_missing(left), is_missing(right)) {
            (false, false) => {}
            (left, right) => return left.cmp(&right),
        }
        match &self.values {
            Values::Whole { ints, .. } => ints.get(left).cmp(&ints.get(right)),
            Values::Exact(numbers) => numbers.get(left).cmp(&numbers.get(right)),
            Values::YesNo(_) | Values::Nothing(_) => Ordering::Equal,
            Values::Dates(days) => days.get(left).cmp(&days.get(right)),
            Values::Periods { ordinals, .. } => ordinals.get(left).cmp(&ordinals.get(right)),
            Values::Texts(texts) => texts.get(left).cmp(&texts.get(right)),
        }
    }

    /// The cells in order.
    pub fn iter(&self) -> impl Iterator<Item = Cell> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The values, of which those of missing rows say nothing.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// Which rows have no value, and why.
    pub fn missing(&self) -> &Missing {
        &self.missing
    }

    /// The least and the greatest numerator of [`Values::Whole`] over the rows that have a value.
    pub fn bounds(&self) -> Option<(i64, i64)> {
        self.bounds
    }

    /// The column whose rows are these rows of this one; where there is no such row, the cell is missing for
    /// `absent`.
    pub(super) fn pick(&self, rows: &[Option<usize>], absent: MissingReason) -> Self {
        let mut missing = Missing::default();
        let mut sources = rows.to_vec();
        for (to, from) in sources.iter_mut().enumerate() {
            let reason = match from {
                Some(row) if *row < self.len() => self.missing.reason(*row),
                _ => Some(absent),
            };
            if let Some(reason) = reason {
                missing.push(to, reason);
                *from = None;
            }
        }
        let rows = sources.as_slice();
        if missing.count() == rows.len() {
            return Self::new(Values::Nothing(rows.len()), missing);
        }
        let values = match &self.values {
            Values::Whole { ints, over } => whole::least(picked(ints, rows, &0), *over),
            Values::Exact(numbers) => Values::Exact(picked(numbers, rows, &Number::zero())),
            Values::YesNo(all) => Values::YesNo(picked(all, rows, &false)),
            Values::Dates(days) => Values::Dates(picked(days, rows, &0)),
            Values::Periods { kind, ordinals } => Values::Periods { kind: *kind, ordinals: picked(ordinals, rows, &0) },
            Values::Texts(texts) => Values::Texts(texts.pick(rows)),
            Values::Nothing(_) => Values::Nothing(rows.len()),
        };
        Self::new(whole::narrowed(values), missing)
    }
}

fn picked<T: Clone>(all: &[T], rows: &[Option<usize>], without: &T) -> Vec<T> {
    rows.iter().map(|row| row.and_then(|row| all.get(row)).unwrap_or(without).clone()).collect()
}
