//! Types: what a value is, and what can be done with it.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// One side of an operator, for people.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    /// Where it is written.
    pub(crate) span: Span,
    /// What it is: "a count of admissions".
    pub(crate) phrase: String,
    /// Where its type comes from, and what is there.
    pub(crate) origin: Option<(Span, String)>,
}

/// A problem of two sides, labelled with what each is and where that comes from.
pub(crate) fn two_sides(code: Code, message: String, wrong: &Side, other: &Side) -> Problem {
    let mut problem = Problem::error(code, wrong.span, message)
        .label(format!("this is {}", wrong.phrase))
        .because(other.span, format!("this is {}", other.phrase));
    let mut told = Vec::new();
    for (span, text) in wrong.origin.iter().chain(&other.origin) {
        if !told.contains(span) {
            told.push(*span);
            problem = problem.because(*span, text.clone());
        }
    }
    problem
}

/// Two types that do not go together.
pub(crate) const MISMATCH: Code = Code("types::mismatch");

pub(crate) fn mismatch(done: &str, wrong: &Side, other: &Side, help: &str) -> Problem {
    two_sides(MISMATCH, format!("{} and {} cannot be {done}", other.phrase, wrong.phrase), wrong, other).help(help)
}

/// Something other than yes or no where a condition is wanted.
pub(crate) const NOT_YES_NO: Code = Code("types::not-yes-no");

pub(crate) fn not_yes_no(side: &Side, help: &str) -> Problem {
    one_side(NOT_YES_NO, format!("this must be yes or no, and it is {}", side.phrase), side).help(help)
}

/// Something other than a number where one is wanted.
pub(crate) const NOT_A_NUMBER: Code = Code("types::not-a-number");

pub(crate) fn not_a_number(done: &str, side: &Side, help: &str) -> Problem {
    one_side(NOT_A_NUMBER, format!("{} cannot be {done}", side.phrase), side).help(help)
}

/// A rule that rests on what is left to the areas.
pub(crate) const FREE_CHOICE: Code = Code("types::free-choice");

pub(crate) fn free_choice(word: &str, name: &str, span: Span, free: &str, at: Span) -> Problem {
    let article = if word.starts_with(['a', 'o']) { "an" } else { "a" };
    Problem::error(FREE_CHOICE, span, format!("`{name}` is {article} {word} that rests on what is left to those who report"))
        .label("a free choice is never tested")
        .because(at, format!("`{free}` leaves it to them"))
        .help("take it out, or, if it is not free, take the discretion out; a measure for the nation may count what was chosen")
}

/// Something other than a date where a date is wanted.
pub(crate) const NOT_A_DATE: Code = Code("types::not-a-date");

pub(crate) fn not_a_date(side: &Side) -> Problem {
    one_side(NOT_A_DATE, format!("days are counted from a date to a date, and this is {}", side.phrase), side)
        .help("name a column of dates on both sides of `to`, or write a date such as `19 September 2014`")
}

fn one_side(code: Code, message: String, side: &Side) -> Problem {
    let mut problem = Problem::error(code, side.span, message).label(format!("this is {}", side.phrase));
    if let Some((span, text)) = &side.origin {
        problem = problem.because(*span, text.clone());
    }
    problem
}

/// `<` of things that have no order.
pub(crate) const NO_ORDER: Code = Code("types::no-order");

pub(crate) fn no_order(sign: &str, sign_at: Span, side: &Side) -> Problem {
    let mut problem = Problem::error(
        NO_ORDER,
        sign_at,
        format!("`{sign}` wants things that have an order, and this is {}", side.phrase),
    )
    .label("which is more?")
    .because(side.span, format!("this is {}", side.phrase));
    if let Some((span, text)) = &side.origin {
        problem = problem.because(*span, text.clone());
    }
    problem.help("compare with `is` or `is not`, and join several with `or`")
}

/// A text that is not among the values of a choice.
pub(crate) const NOT_AMONG: Code = Code("types::not-among");

pub(crate) fn not_among(written: &str, span: Span, choice: &Side, near: Option<&str>) -> Problem {
    let mut problem =
        Problem::error(NOT_AMONG, span, format!("`{written}` is never the value: it is {}", choice.phrase))
            .label("not among the values")
            .because(choice.span, format!("this is {}", choice.phrase));
    if let Some((span, text)) = &choice.origin {
        problem = problem.because(*span, text.clone());
    }
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if ["blank", "empty", "none", "unknown", "null", "n/a", "na"]
            .contains(&written.to_lowercase().as_str()) =>
        {
            problem.help("for a value that is not there write `missing`")
        }
        None => problem.help(format!("write {}", choice.phrase)),
    }
}

/// A step that is not a literal above zero.
pub(crate) const BAD_STEP: Code = Code("types::bad-step");

pub(crate) fn bad_step(span: Span, why: &str) -> Problem {
    Problem::error(BAD_STEP, span, format!("rounding goes in steps of a fixed size above zero, and this {why}"))
        .label("not a step")
        .help("write the step as a literal, such as `£1`, `0.1%` or `10 admissions`")
}

/// A column whose type is not one that can be a rate.
pub(crate) const NOT_A_RATE: Code = Code("types::not-a-rate");

pub(crate) fn not_a_rate(span: Span) -> Problem {
    Problem::error(NOT_A_RATE, span, "before `per` stands `money` or a unit")
        .label("not a rate")
        .help("write `money per admissions`, or `admissions per 100,000 people`")
}

/// `may be fractional` on something that is not a count.
pub(crate) const FRACTIONAL: Code = Code("types::fractional-without-count");

pub(crate) fn fractional_without_count(span: Span, phrase: &str) -> Problem {
    Problem::error(FRACTIONAL, span, format!("`may be fractional` is said of counts, and this is {phrase}"))
        .label("not a count")
        .help("take it away: only counts are whole unless said otherwise")
}

/// A key that cannot name a record.
pub(crate) const BAD_KEY: Code = Code("types::bad-key");

pub(crate) fn bad_key(name: &str, span: Span) -> Problem {
    Problem::error(BAD_KEY, span, format!("`{name}` cannot be the key: a key names each record and is always there"))
        .label("not a key")
        .help("make a column such as `code text` the key")
}

/// A bound of another type than its column.
pub(crate) const BOUND_OF_OTHER_TYPE: Code = Code("types::bound-of-other-type");

pub(crate) fn bound_of_other_type(
    span: Span,
    found: &str,
    column: Span,
    name: &str,
    wanted: &str,
    help: &str,
) -> Problem {
    Problem::error(BOUND_OF_OTHER_TYPE, span, format!("`{name}` is {wanted}, and its bound is {found}"))
        .label(format!("this is {found}"))
        .because(column, format!("the column is {wanted}"))
        .help(help)
}

/// A column that no cell can fill.
pub(crate) const EMPTY_RANGE: Code = Code("types::empty-range");

pub(crate) fn empty_range(name: &str, span: Span) -> Problem {
    Problem::error(
        EMPTY_RANGE,
        span,
        format!("no number is within the bounds of `{name}`: the least is above the most"),
    )
    .label("nothing fits")
    .help("exchange the two bounds")
}

/// An allocation or payment of something that cannot be shared or paid.
pub(crate) const NOT_MONEY: Code = Code("types::not-money");

pub(crate) fn not_money(name: &str, side: &Side) -> Problem {
    one_side(NOT_MONEY, format!("the payment `{name}` pays money, and this is {}", side.phrase), side)
        .help("multiply by an amount for each, such as `£1,490 per admissions`, or declare a `measure`")
}

/// A decision that gives something other than words.
pub(crate) const NOT_WORDS: Code = Code("types::not-words");

pub(crate) fn not_words(side: &Side) -> Problem {
    one_side(NOT_WORDS, format!("a decision gives words, and this is {}", side.phrase), side)
        .help("write the words of the decision; figures come from a `measure` with rows")
}
