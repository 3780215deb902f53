//! Building a column, cell by cell.

use super::{Column, Missing, Values, whole};
use crate::data::Cell;
use crate::model::Type;
use crate::value::{MissingReason, Number, Value, day_of_date};

/// A column that is being read.
#[derive(Debug, Clone)]
pub struct ColumnBuilder {
    values: Values,
    missing: Missing,
}

impl ColumnBuilder {
    /// A column of a type without rows.
    pub fn new(ty: &Type) -> Self {
        let values = match ty {
            Type::Unknown | Type::Text | Type::Choice(_) => Values::Texts(Default::default()),
            Type::YesNo => Values::YesNo(Vec::new()),
            Type::Date => Values::Dates(Vec::new()),
            Type::Period(kind) => Values::Periods { kind: *kind, ordinals: Vec::new() },
            Type::Quantity(_) => Values::Whole { ints: Vec::new(), over: 1 },
        };
        Self { values, missing: Missing::default() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Adds a cell. A value of another type than the column's, which no reader gives, is one that could not be read.
    pub fn push(&mut self, cell: &Cell) {
        let value = match cell {
            Cell::Known(value) => value,
            Cell::Missing(reason) => return self.push_missing(*reason),
        };
        match (&mut self.values, value) {
            (Values::Whole { .. } | Values::Exact(_), Value::Number(number)) => self.push_number(number),
            (Values::YesNo(all), Value::YesNo(yes)) => all.push(*yes),
            (Values::Dates(days), Value::Date(date)) => days.push(day_of_date(*date)),
            (Values::Periods { kind, ordinals }, Value::Period(period)) if period.kind == *kind => {
                ordinals.push(period.ordinal);
            }
            (Values::Texts(texts), Value::Text(text)) => texts.push(text),
            _ => self.push_missing(MissingReason::Unreadable),
        }
    }

    /// Adds a row without a value.
    pub fn push_missing(&mut self, reason: MissingReason) {
        self.missing.push(self.values.len(), reason);
        match &mut self.values {
            Values::Whole { ints, .. } => ints.push(0),
            Values::Exact(numbers) => numbers.push(Number::zero()),
            Values::YesNo(all) => all.push(false),
            Values::Dates(days) => days.push(0),
            Values::Periods { ordinals, .. } => ordinals.push(0),
            Values::Texts(texts) => texts.push_nothing(),
            Values::Nothing(rows) => *rows += 1,
        }
    }

    fn push_number(&mut self, number: &Number) {
        if let Some((above, below)) = number.to_i64_parts()
            && self.push_fraction(above, below)
        {
            return;
        }
        self.widen();
        if let Values::Exact(numbers) = &mut self.values {
            numbers.push(number.clone());
        }
    }

    /// Adds `above / below`, `below` above zero, where 64 bits hold it over a denominator common with the rows
    /// that are there; says whether they do.
    fn push_fraction(&mut self, above: i64, below: i64) -> bool {
        let Values::Whole { ints, over } = &mut self.values else { return false };
        if *over % below != 0 {
            let Some(common) = whole::common(*over, below) else { return false };
            let factor = common / *over;
            if ints.iter().any(|int| int.checked_mul(factor).is_none()) {
                return false;
            }
            ints.iter_mut().for_each(|int| *int = int.saturating_mul(factor));
            *over = common;
        }
        let Some(int) = above.checked_mul(*over / below) else { return false };
        ints.push(int);
        true
    }

    /// Turns to exact numbers.
    fn widen(&mut self) {
        let Values::Whole { ints, over } = &self.values else { return };
        let exact = |int: &i64| Number::fraction(i128::from(*int), i128::from(*over)).unwrap_or_else(Number::zero);
        self.values = Values::Exact(ints.iter().map(exact).collect());
    }

    /// The column.
    pub fn finish(self) -> Column {
        if self.missing.count() == self.values.len() {
            return Column::new(Values::Nothing(self.values.len()), self.missing);
        }
        let values = match self.values {
            Values::Whole { ints, over } => whole::least(ints, over),
            values => whole::narrowed(values),
        };
        Column::new(values, self.missing)
    }
}
