//! Numbers, dates and periods on one line: which places a fact can take, and a short one between two others.
//!
//! In: a typed expression. Out: an [`Axis`]. A column keeps to its bounds and may be whole; a date goes day by
//! day and a period one by one; anything else is any number.

use crate::model::{Expr, ExprKind, Model, Scale, Type};
use crate::value::{Date, Number, Period, PeriodKind, Value};
use jiff::SignedDuration;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The largest and smallest powers of ten tried for a short number between two others.
const POWERS: std::ops::RangeInclusive<i32> = -24..=15;

/// The places that a fact can take.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    kind: Kind,
    is_whole: bool,
    least: Option<Number>,
    greatest: Option<Number>,
    /// What a value is multiplied by to be written: 100 for a percent, the base of a rate.
    shown_times: Number,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Number,
    Date,
    Period(PeriodKind),
}

impl Axis {
    /// The axis of a fact; `None` where it is no number, date or period.
    pub(super) fn of(model: &Model, fact: &Expr) -> Option<Self> {
        let (kind, is_whole) = match &fact.ty {
            Type::Quantity(_) => (Kind::Number, false),
            Type::Date => (Kind::Date, true),
            Type::Period(kind) => (Kind::Period(*kind), true),
            Type::Unknown | Type::Text | Type::YesNo | Type::Choice(_) => return None,
        };
        let is_share = fact.ty.quantity().is_some_and(|quantity| quantity.scale != Scale::Plain);
        let shown_times = if is_share { Number::from(100) } else { Number::one() };
        let mut axis = Self { kind, is_whole, least: None, greatest: None, shown_times };
        if matches!(kind, Kind::Date) {
            axis.least = Self::place(&Value::Date(Date::MIN));
            axis.greatest = Self::place(&Value::Date(Date::MAX));
        }
        if let ExprKind::Column(id) = fact.kind {
            let column = model.column(id);
            if matches!(kind, Kind::Number) {
                axis.is_whole = column.is_whole;
                axis.least = column.least.clone();
                axis.greatest = column.greatest.clone();
                axis.shown_times = axis.shown_times.multiply(&column.cell_base).unwrap_or(axis.shown_times);
            }
            if let Some(series) = model.table(column.table).series.filter(|series| series.column == id) {
                axis.least = Self::place(&Value::Period(series.first));
                axis.greatest = Self::place(&Value::Period(series.last));
            }
        }
        Some(axis)
    }

    /// Where a value stands; `None` for texts and yes/no.
    pub(super) fn place(value: &Value) -> Option<Number> {
        match value {
            Value::Number(number) => Some(number.clone()),
            Value::Date(date) => Some(Number::from(date.duration_since(EPOCH).as_hours() / 24)),
            Value::Period(period) => Some(Number::from(i64::from(period.ordinal))),
            Value::Text(_) | Value::YesNo(_) | Value::Condition(_) => None,
        }
    }

    /// The value at a place; `None` beyond the calendar.
    fn value(&self, place: &Number) -> Option<Value> {
        match self.kind {
            Kind::Number => Some(Value::Number(place.clone())),
            Kind::Date => {
                let hours = i64::try_from(place.to_i128()?).ok()?.checked_mul(24)?;
                EPOCH.checked_add(SignedDuration::from_hours(hours)).ok().map(Value::Date)
            }
            Kind::Period(kind) => Some(Value::Period(Period { kind, ordinal: i32::try_from(place.to_i128()?).ok()? })),
        }
    }

    /// Whether the fact can take this place.
    pub(super) fn holds(&self, place: &Number) -> bool {
        (!self.is_whole || place.is_whole())
            && self.least.as_ref().is_none_or(|least| place >= least)
            && self.greatest.as_ref().is_none_or(|greatest| place <= greatest)
    }

    /// A value strictly between two places, as short as can be, if the fact can take any.
    pub(super) fn between(&self, low: Option<&Number>, high: Option<&Number>) -> Option<Value> {
        let place = if self.is_whole { self.whole_between(low, high)? } else { self.short_between(low, high)? };
        self.value(&place)
    }

    fn whole_between(&self, low: Option<&Number>, high: Option<&Number>) -> Option<Number> {
        let one = Number::one();
        let first = [low.and_then(|low| low.floor().add(&one).ok()), self.least.as_ref().map(ceiling)];
        let last = [high.and_then(|high| ceiling(high).subtract(&one).ok()), self.greatest.as_ref().map(Number::floor)];
        let first = first.into_iter().flatten().max();
        let last = last.into_iter().flatten().min();
        match (first, last) {
            (Some(first), Some(last)) if first > last => None,
            // Next to the constant of the rules rather than at the edge of what the column may hold.
            (Some(_), Some(last)) if low.is_none() && high.is_some() => Some(last),
            (Some(first), _) => Some(first),
            (None, Some(last)) => Some(last),
            (None, None) => Some(Number::zero()),
        }
    }

    fn short_between(&self, low: Option<&Number>, high: Option<&Number>) -> Option<Number> {
        let lower = tighter(End::of(low, false), End::of(self.least.as_ref(), true), |a, b| a > b);
        let upper = tighter(End::of(high, false), End::of(self.greatest.as_ref(), true), |a, b| a < b);
        let (Some(lower), Some(upper)) = (&lower, &upper) else { return self.short_beyond(lower, upper) };
        if lower.at >= upper.at {
            return (lower.at == upper.at && lower.is_included && upper.is_included).then(|| lower.at.clone());
        }
        let (from, to) = (self.shown(&lower.at)?, self.shown(&upper.at)?);
        for power in POWERS.rev() {
            let step = power_of_ten(power)?;
            let steps = from.divide(&step).ok()?.floor();
            let is_at_edge = steps.multiply(&step).ok()? == from;
            let steps = if is_at_edge && lower.is_included { steps } else { steps.add(&Number::one()).ok()? };
            let candidate = steps.multiply(&step).ok()?;
            if candidate < to || (candidate == to && upper.is_included) {
                return candidate.divide(&self.shown_times).ok();
            }
        }
        lower.at.add(&upper.at).ok()?.divide(&Number::from(2)).ok()
    }

    /// A number beyond the one end there is: the next whole one as it is written.
    fn short_beyond(&self, lower: Option<End>, upper: Option<End>) -> Option<Number> {
        let (shown, is_included, by) = match (lower, upper) {
            (Some(lower), _) => (self.shown(&lower.at)?.floor(), lower.is_included && lower.at.is_zero(), 1),
            (None, Some(upper)) => (ceiling(&self.shown(&upper.at)?), false, -1),
            (None, None) => (Number::zero(), false, 1),
        };
        let next = if is_included { shown } else { shown.add(&Number::from(by)).ok()? };
        next.divide(&self.shown_times).ok()
    }

    fn shown(&self, place: &Number) -> Option<Number> {
        place.multiply(&self.shown_times).ok()
    }
}

/// An end of an interval.
struct End {
    at: Number,
    is_included: bool,
}

impl End {
    fn of(at: Option<&Number>, is_included: bool) -> Option<Self> {
        at.map(|at| Self { at: at.clone(), is_included })
    }
}

fn tighter(excluded: Option<End>, included: Option<End>, is_tighter: fn(&Number, &Number) -> bool) -> Option<End> {
    match (excluded, included) {
        (Some(excluded), Some(included)) if is_tighter(&included.at, &excluded.at) => Some(included),
        (Some(end), _) | (None, Some(end)) => Some(end),
        (None, None) => None,
    }
}

fn ceiling(number: &Number) -> Number {
    number.negate().floor().negate()
}

fn power_of_ten(power: i32) -> Option<Number> {
    let size = 10i128.checked_pow(power.unsigned_abs())?;
    if power < 0 { Number::fraction(1, size) } else { Number::fraction(size, 1) }
}
