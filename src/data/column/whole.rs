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

/// Multiplies every number, where 64 bits hold every product; says whether they do.
pub(super) fn scale(ints: &mut [i64], factor: i64) -> bool {
    let fits = ints.iter().all(|int| int.checked_mul(factor).is_some());
    if fits {
        ints.iter_mut().for_each(|int| *int = int.saturating_mul(factor));
    }
    fits
}

/// The numbers one by one.
pub(super) fn exact(values: Values) -> Vec<Number> {
    match values {
        Values::Whole { ints, over } => {
            let exact = |int: i64| Number::fraction(i128::from(int), i128::from(over)).unwrap_or_else(Number::zero);
            ints.into_iter().map(exact).collect()
        }
        Values::Exact(numbers) => numbers,
        _ => Vec::new(),
    }
}

/// Numbers and those that follow them, over one denominator where 64 bits hold them so.
pub(super) fn joined(mut first: Values, mut second: Values) -> Values {
    if let (Values::Whole { ints, over }, Values::Whole { ints: more, over: below }) = (&mut first, &mut second) {
        if *over != *below
            && let Some(common) = common(*over, *below)
            && scale(ints, common / *over)
        {
            *over = common;
        }
        if *over % *below == 0 && (*over == *below || scale(more, *over / *below)) {
            ints.append(more);
            return first;
        }
    }
    let mut numbers = exact(first);
    numbers.extend(exact(second));
    Values::Exact(numbers)
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
