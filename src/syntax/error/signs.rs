//! Signs and words of other languages and of spreadsheets.

use crate::problem::{Code, Problem};
use crate::source::Span;

const PUNCTUATION: Code = Code("syntax::punctuation");

const SPREADSHEET_FUNCTION: Code = Code("syntax::spreadsheet-function");

const ARITHMETIC_SIGN: Code = Code("syntax::arithmetic-sign");

/// `=`, `!=`, `≥`
pub(in crate::syntax) fn comparison(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(Code("syntax::comparison-sign"), place, format!("`{found}` is not a comparison of the language"))
        .help(format!("write `{meant}`"))
}

/// `&&`, `||`, `!`
pub(in crate::syntax) fn logic(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(Code("syntax::logic-sign"), place, format!("`{found}` is not a word of logic"))
        .help(format!("write `{meant}`"))
}

/// `AND`
pub(in crate::syntax) fn capital_word(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(Code("syntax::capital-word"), place, format!("`{found}` is written in capitals"))
        .help(format!("the words of the language are in small letters: `{meant}`"))
}

/// `–`, `×`, `÷`
pub(in crate::syntax) fn arithmetic(place: Span, found: &str, meant: &str) -> Problem {
    let what =
        if meant == "-" { "a dash or a minus sign from a word processor" } else { "not a sign of arithmetic here" };
    Problem::error(ARITHMETIC_SIGN, place, format!("`{found}` is {what}")).help(format!("write `{meant}`"))
}

/// `^`
pub(in crate::syntax) fn power(place: Span, found: &str) -> Problem {
    Problem::error(ARITHMETIC_SIGN, place, format!("there are no powers: `{found}` has no meaning"))
        .help("multiply: `x * x`")
}

/// `SUM(x)`; nothing for words that only lack their `of`.
pub(in crate::syntax) fn function(place: Span, found: &str) -> Option<Problem> {
    let is_lower = found.chars().all(|c| !c.is_uppercase());
    let meant = match found.to_lowercase().as_str() {
        "sum" | "count" | "median" | "any" | "all" | "share" | "mean" | "least" | "greatest" | "size" | "latest"
        | "rank" | "total" | "far" | "quartile"
            if is_lower =>
        {
            return None;
        }
        "sum" => "`sum of quarter.baseline`, or `sum of (a, b)`",
        "sumif" | "sumifs" => "`sum of pooled_fund where C`",
        "count" | "counta" | "countif" | "countifs" => "`count of areas where C`",
        "average" | "avg" | "mean" => "`mean of ambition`",
        "median" => "`median of ambition`",
        "min" | "minimum" => "`least of (a, b)`",
        "max" | "maximum" => "`greatest of (a, b)`",
        "if" | "iif" | "ifs" => "`if C then A else B`",
        "iferror" | "ifna" | "coalesce" | "isblank" | "isna" => {
            "`if missing E` as a clause of its own, or ask `x is missing`"
        }
        "round" | "roundup" | "rounddown" | "mround" => "`rounded to the nearest £1` as a clause of its own",
        "abs" => "`size of (a - b)`",
        "and" | "or" | "not" => "`a and b`, `a or b`, `not a`",
        "rank" => "`rank of ambition across areas from highest`",
        _ => {
            return Some(
                Problem::error(
                    SPREADSHEET_FUNCTION,
                    place,
                    format!("`{found}` is followed by a bracket, as a function of a spreadsheet is"),
                )
                .help("a name stands alone; between a name and a bracket there is an operator, such as `*`"),
            );
        }
    };
    Some(
        Problem::error(SPREADSHEET_FUNCTION, place, format!("`{found}(…)` is a function of a spreadsheet"))
            .help(format!("write {meant}")),
    )
}

/// `;`, `:`, `{`, `end`
pub(in crate::syntax) fn punctuation(place: Span, found: &str) -> Problem {
    Problem::error(PUNCTUATION, place, format!("`{found}` has no meaning here"))
        .help("take it out: a clause ends with its line, and what belongs together is indented")
}

/// `.` at the end.
pub(in crate::syntax) fn full_stop(place: Span) -> Problem {
    Problem::error(PUNCTUATION, place, "a clause has no full stop").help("take it out")
}

/// `[`, `]`
pub(in crate::syntax) fn square_bracket(place: Span, found: &str) -> Problem {
    let meant = if found == "[" { "(" } else { ")" };
    Problem::error(PUNCTUATION, place, format!("`{found}` has no meaning here"))
        .help(format!("brackets are round: `{meant}`"))
}

/// `TRUE`, `False`
pub(in crate::syntax) fn truth(place: Span, found: &str, meant: &str) -> Problem {
    Problem::error(Code("syntax::true-or-false"), place, format!("`{found}` is not a value of the language"))
        .help(format!("write `{meant}`"))
}

/// `= 5` in a cell
pub(in crate::syntax) fn comparison_in_cell(place: Span, found: &str, is_equal: bool) -> Problem {
    let help = if is_equal {
        "write the value alone: a cell tests that the column is it"
    } else {
        "write `not` and the value"
    };
    Problem::error(Code("syntax::sign-in-cell"), place, format!("`{found}` is not a test of a cell")).help(help)
}
