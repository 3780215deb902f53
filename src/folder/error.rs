//! Problems between rules files.

use crate::problem::{Code, Problem};
use crate::source::Span;
use crate::value::{Date, date_text};

/// Two files of one ruleset.
pub(super) fn same_name(name: &str, span: Span, first: Span) -> Problem {
    Problem::error(Code("folder::same-name"), span, format!("two files are called `{name}`"))
        .label("the same name again")
        .because(first, "the first of them")
        .help("give one of them another name: amendments and successors name a ruleset, and must find one")
}

/// A successor or predecessor that is not there.
pub(super) fn unknown_ruleset(name: &str, span: Span, near: Option<&str>) -> Problem {
    let problem =
        Problem::error(Code("folder::unknown-ruleset"), span, format!("no file here is the ruleset `{name}`"))
            .label("not there");
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("write the name in the head of a ruleset that stands beside this one"),
    }
}

/// A ruleset that others change and whose file is named otherwise.
pub(super) fn file_name(name: &str, span: Span, own: &str, wanted: &str, head: Span) -> Problem {
    Problem::warning(Code("folder::file-name"), span, format!("`{name}` is in `{own}`, where it is not looked for"))
        .label("looked for by its name")
        .because(head, "the ruleset that is meant")
        .help(format!("name its file `{wanted}`"))
}

/// One name for two sources.
pub(super) fn source_title(name: &str, span: Span, first: Span) -> Problem {
    Problem::warning(
        Code("folder::source-title"),
        span,
        format!("the source `{name}` has another title in another file"),
    )
    .label("this title")
    .because(first, "is another one here")
    .help("write one title for one source; give a different source a name of its own")
}

/// Rulesets of which each follows the other.
pub(super) fn circle(span: Span, names: &[&str]) -> Problem {
    let message = match names {
        [only] => format!("`{only}` would supersede itself"),
        several => format!("these would supersede each other in a circle: `{}`", several.join("`, `")),
    };
    Problem::error(Code("folder::circle"), span, message)
        .label("closes the circle")
        .help("of two rulesets, the later one supersedes the earlier one: take the other line out")
}

/// A successor that begins first.
pub(super) fn reversed(
    at: Span,
    old: &str,
    old_from: Date,
    new: &str,
    new_from: Date,
    places: (Span, Span),
) -> Problem {
    let (old_from, new_from) = (date_text(old_from), date_text(new_from));
    let message = format!("`{new}` begins on {new_from}, before `{old}`, which it supersedes, begins on {old_from}");
    Problem::error(Code("folder::reversed"), at, message)
        .label("said here")
        .because(places.1, format!("the days of `{new}`"))
        .because(places.0, format!("the days of `{old}`"))
        .help("correct the days, or say it the other way round")
}

/// A ruleset and its successor on the same days.
pub(super) fn overlap(old: &str, new: &str, new_from: Date, places: (Span, Span)) -> Problem {
    let message = format!("`{old}` still applies when `{new}`, which supersedes it, begins on {}", date_text(new_from));
    let last = new_from.yesterday().map_or_else(|_| date_text(new_from), date_text);
    Problem::error(Code("folder::overlap"), places.0, message)
        .label(format!("the days of `{old}`"))
        .because(places.1, format!("the days of `{new}`"))
        .help(format!("let `{old}` end on {last} at the latest"))
}
