//! Rules that rest on themselves.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// A circle of rules.
pub(crate) const CIRCLE: Code = Code("cycles::circle");

/// How many steps of a circle are labelled.
const SHOWN: usize = 8;

/// Each step is a rule with the place where it reads the next; the last reads the first.
pub(crate) fn circle(steps: &[(String, Span)], has_series: bool) -> Problem {
    let names: Vec<&str> = steps.iter().map(|(name, _)| name.as_str()).collect();
    let first = names.first().copied().unwrap_or("");
    let at = steps.first().map(|(_, span)| *span).unwrap_or_default();
    let way = match names.as_slice() {
        [only] => format!("`{only}` reads `{only}`"),
        _ => {
            let mut way: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
            if names.len() > SHOWN {
                way.push(format!("{} more", names.len() - SHOWN));
            }
            way.push(format!("`{first}`"));
            way.join(", which reads ").replacen(", which reads ", " reads ", 1)
        }
    };
    let mut problem = Problem::error(CIRCLE, at, format!("`{first}` rests on itself: {way}"));
    let next = |index: usize| names.get(index + 1).copied().unwrap_or(first);
    problem = problem.label(format!("`{first}` reads `{}`", next(0)));
    for (index, (name, span)) in steps.iter().enumerate().skip(1).take(SHOWN) {
        problem = problem.because(*span, format!("`{name}` reads `{}`", next(index)));
    }
    problem.help(if has_series {
        "break the circle: take one of these out, or read it earlier in a series, such as `in the previous quarter`"
    } else {
        "break the circle: take one of these out"
    })
}
