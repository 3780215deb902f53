//! Numbers of a column as whole numbers over one denominator.

use super::{Missing, Values};
use crate::value::Number;

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The least denominator that two denominators above zero go into, if 64 bits hold it.
pub(super) fn common(a: i64, b: i64) -> Option<i64> {
    let divisor = i64::try_from(greatest_common_divisor(a.unsigned_abs(), b.unsigned_abs())).ok()?;
    (a / divisor.max(1)).checked_mul(b)
}

/// The same numbers over the least denominator.
pub(super) fn least(mut ints: Vec<i64>, over: i64) -> Values {
    let mut divisor = over.unsigned_abs();
    for int in &ints {
        if divisor == 1 {
            break;
        }
        divisor = greatest_common_divisor(divisor, int.unsigned_abs());
    }
    match i64::try_from(divisor) {
        Ok(divisor) if divisor > 1 => {
            ints.iter_mut().for_each(|int| *int /= divisor);
            Values::Whole { ints, over: over / divisor }
        }
        _ => Values::Whole { ints, over },
    }
}

/// Exact numbers as whole ones where 64 bits hold every one over a common denominator.
pub(super) fn narrowed(values: Values) -> Values {
    let Values::Exact(numbers) = &values else { return values };
    let mut over = 1;
    for number in numbers {
        match number.to_i64_parts().and_then(|(_, below)| common(over, below)) {
            Some(next) => over = next,
            None => return values,
        }
    }
    let whole = |number: &Number| {
        let (above, below) = number.to_i64_parts()?;
        above.checked_mul(over / below)
    };
    match numbers.iter().map(whole).collect() {
        Some(ints) => Values::Whole { ints, over },
        None => values,
    }
}

/// The least and the greatest of the rows that have a value.
pub(super) fn bounds(ints: &[i64], missing: &Missing) -> Option<(i64, i64)> {
    let mut bounds: Option<(i64, i64)> = None;
    let mut take = |stretch: &[i64]| {
        if let (Some(least), Some(greatest)) = (stretch.iter().min(), stretch.iter().max()) {
            bounds = Some(match bounds {
                Some((low, high)) => (low.min(*least), high.max(*greatest)),
                None => (*least, *greatest),
            });
        }
    };
    let mut from = 0;
    for run in missing.runs() {
        take(ints.get(from..run.first as usize).unwrap_or_default());
        from = run.end as usize;
    }
    take(ints.get(from..).unwrap_or_default());
    bounds
}
