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

    /// Makes room for so many more rows.
    pub(in crate::data) fn reserve(&mut self, rows: usize) {
        match &mut self.values {
            Values::Whole { ints, .. } => ints.reserve_exact(rows),
            Values::Exact(numbers) => numbers.reserve_exact(rows),
            Values::YesNo(all) => all.reserve_exact(rows),
            Values::Dates(days) => days.reserve_exact(rows),
            Values::Periods { ordinals, .. } => ordinals.reserve_exact(rows),
            Values::Texts(texts) => texts.reserve(rows),
            Values::Nothing(_) => {}
        }
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

    /// Adds yes or no, where the column holds them.
    #[inline]
    pub(in crate::data) fn push_yes_no(&mut self, yes: bool) -> bool {
        match &mut self.values {
            Values::YesNo(all) => all.push(yes),
            _ => return false,
        }
        true
    }

    /// Adds a date by its day since 1970, where the column holds dates.
    #[inline]
    pub(in crate::data) fn push_day(&mut self, day: i32) -> bool {
        match &mut self.values {
            Values::Dates(days) => days.push(day),
            _ => return false,
        }
        true
    }

    /// Adds a text, where the column holds texts.
    #[inline]
    pub(in crate::data) fn push_text(&mut self, text: &str) -> bool {
        match &mut self.values {
            Values::Texts(texts) => texts.push(text),
            _ => return false,
        }
        true
    }

    /// Adds `above / below`, `below` above zero, where 64 bits hold it over a denominator common with the rows
    /// that are there; says whether they do.
    #[inline]
    pub(in crate::data) fn push_fraction(&mut self, above: i64, below: i64) -> bool {
        let Values::Whole { ints, over } = &mut self.values else { return false };
        if *over == below {
            ints.push(above);
            return true;
        }
        if *over % below != 0 {
            let Some(common) = whole::common(*over, below) else { return false };
            let factor = common / *over;
            if !whole::scale(ints, factor) {
                return false;
            }
            *over = common;
        }
        let Some(int) = above.checked_mul(*over / below) else { return false };
        ints.push(int);
        true
    }

    /// Adds the rows of another column of the same type.
    pub(in crate::data) fn append(&mut self, other: Self) {
        self.missing.append(self.values.len(), &other.missing);
        self.values = match (std::mem::replace(&mut self.values, Values::Nothing(0)), other.values) {
            (first @ (Values::Whole { .. } | Values::Exact(_)), second @ (Values::Whole { .. } | Values::Exact(_))) => {
                whole::joined(first, second)
            }
            (Values::YesNo(mut all), Values::YesNo(more)) => {
                all.extend(more);
                Values::YesNo(all)
            }
            (Values::Dates(mut days), Values::Dates(more)) => {
                days.extend(more);
                Values::Dates(days)
            }
            (Values::Periods { kind, mut ordinals }, Values::Periods { ordinals: more, .. }) => {
                ordinals.extend(more);
                Values::Periods { kind, ordinals }
            }
            (Values::Texts(mut texts), Values::Texts(more)) => {
                texts.append(&more, &other.missing);
                Values::Texts(texts)
            }
            (Values::Nothing(rows), Values::Nothing(more)) => Values::Nothing(rows + more),
            // Builders of one column have one type.
            (first, _) => first,
        };
    }

    /// Turns to exact numbers.
    fn widen(&mut self) {
        let values = std::mem::replace(&mut self.values, Values::Nothing(0));
        self.values = Values::Exact(whole::exact(values));
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
