//! What no special case explains: what was expected and what was found.

use crate::problem::{Code, Problem};
use crate::source::Span;

const UNEXPECTED: Code = Code("syntax::unexpected");

/// Something else stands where these could stand.
pub(in crate::syntax) fn unexpected(place: Span, found: &str, expected: &str, help: &str) -> Problem {
    let message = if expected.is_empty() {
        format!("{found} cannot stand here")
    } else {
        format!("expected {expected}, found {found}")
    };
    Problem::error(UNEXPECTED, place, message).help(help)
}

/// A clause that does not go on as it begins.
pub(in crate::syntax) fn clause_form(place: Span, found: &str, help: &str) -> Problem {
    Problem::error(UNEXPECTED, place, format!("`{found}` is not a form of this clause")).help(help)
}

/// `rank of sum of x`
pub(in crate::syntax) fn of_of(place: Span, word: &str) -> Problem {
    Problem::error(UNEXPECTED, place, format!("`{word} of` follows another `of`, which takes one name or bracket"))
        .help(format!("put it in brackets, `({word} of …)`, or give it a name of its own with `measure`"))
}

/// `sum of x where C across areas`
pub(in crate::syntax) fn across_after_where(place: Span) -> Problem {
    Problem::error(UNEXPECTED, place, "`across` stands after `where`, which reaches to the end of the clause")
        .help("write `across` first: `sum of pooled_fund across areas where credible_case`")
}

/// The parser gave up after too much work.
pub(in crate::syntax) fn too_much_work(clause: Span) -> Problem {
    Problem::error(Code("internal::parser-limit"), clause, "reading this clause takes too much work")
        .help("give parts of it names of their own with `measure`, and use the names; please report the clause")
}

/// Words after a clause or head that is complete.
pub(in crate::syntax) fn trailing(place: Span, found: &str) -> Problem {
    let shown: String = found.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown =
        if shown.chars().count() > 60 { format!("{}…", shown.chars().take(50).collect::<String>()) } else { shown };
    Problem::error(Code("syntax::trailing-words"), place, format!("`{shown}` follows what is already complete"))
        .help("take it out, put it on a line of its own, or put `#` before it to make it a comment")
}

/// Two values with nothing between them.
pub(in crate::syntax) fn no_operator(place: Span, first: Span, found: &str, joined: Option<&str>) -> Problem {
    let problem = Problem::error(
        Code("syntax::missing-operator"),
        place,
        format!("nothing joins `{found}` to what stands before it"),
    )
    .because(first, "before it");
    match joined {
        Some(joined) => problem.help(format!(
            "write `{joined}` if it is one name, or put a word or sign such as `and` or `*` between the two"
        )),
        None => problem.help("put a word or sign such as `and` or `*` between the two"),
    }
}

/// A character that has no use.
pub(in crate::syntax) fn unknown_character(place: Span, found: char) -> Problem {
    let is_invisible = found.is_control() || found.escape_debug().len() > 1;
    let message = if is_invisible {
        "an invisible character stands here".to_owned()
    } else {
        format!("the character `{found}` has no meaning")
    };
    Problem::error(Code("syntax::unknown-character"), place, message)
        .label(format!("U+{:04X}", u32::from(found)))
        .help("take it out; in a text it must stand inside the quotes")
}
