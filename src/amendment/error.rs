//! Problems of amendments: what they stand on, and changes that cannot be made.

use crate::problem::{Code, Label, Problem};
use crate::source::Span;
use crate::syntax::ast::{ChangeKind, ClauseKind, Declaration, DeclarationWord, Name};
use crate::value::{Date, date_text};

/// A ruleset that is not among the texts.
pub(super) fn unknown_base<'n>(name: &str, span: Span, others: impl Iterator<Item = &'n str>) -> Problem {
    let problem = Problem::error(Code("amendments::unknown-base"), span, format!("no ruleset `{name}` is found"))
        .label("not the name of a ruleset beside this one");
    match crate::suggest::nearest(name, others) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!(
            "put the file `{}`, whose head is `rules {name}`, into the folder of this file",
            super::file_name(name)
        )),
    }
}

/// An amendment that in the end amends itself.
pub(super) fn circle(span: Span, names: &[&str]) -> Problem {
    let message = match names {
        [only] => format!("`{only}` would change itself"),
        several => format!("these would change each other in a circle: `{}`", several.join("`, `")),
    };
    Problem::error(Code("amendments::circle"), span, message)
        .label("leads back to where it began")
        .help("name the ruleset that is changed; what is stacked on something must end at a ruleset that stands alone")
}

/// Two heads, of which one is an amendment's.
pub(super) fn two_heads(span: Span, first: Span) -> Problem {
    Problem::error(
        Code("amendments::two-heads"),
        span,
        "a file is one ruleset or one amendment, and this is a second head",
    )
    .label("a second head")
    .because(first, "the head of this file")
    .help("put each amendment into a file of its own")
}

/// Changes where there is nothing to change.
pub(super) fn nothing_to_change(places: &[Span]) -> Option<Problem> {
    let (first, others) = places.split_first()?;
    let problem = Problem::error(
        Code("amendments::nothing-to-change"),
        *first,
        "this file changes something and does not say which ruleset",
    )
    .label("a change")
    .help(
        "start the file with `amendment NAME to RULESET from DATE`; or, for a new ruleset that begins as an old one, \
         write `based on RULESET` under `rules`",
    );
    Some(others.iter().take(3).fold(problem, |problem, span| problem.because(*span, "here too")))
}

/// A declaration in an amendment that does not say whether it is new.
pub(super) fn without_change(
    at: Span,
    word: DeclarationWord,
    name: &str,
    first: Option<Span>,
    amends: bool,
) -> Problem {
    let word = word.text();
    let place = if amends { "an amendment" } else { "a ruleset that is based on another" };
    let message = format!("in {place} `{word} {name}` does not say what it does");
    let problem =
        Problem::error(Code("amendments::without-change"), at, message).label("new, or in the place of another?");
    match first {
        Some(first) => problem.because(first, "declared here before").help(format!("write `replace {word} {name}`")),
        None => problem.help(format!("write `insert {word} {name}`")),
    }
}

/// A change to something that is not there.
pub(super) fn unknown_target(name: &str, span: Span, what: &str, within: &str, near: Option<&str>) -> Problem {
    let problem =
        Problem::error(Code("amendments::unknown-target"), span, format!("`{within}` has no {what} `{name}`"))
            .label("not there to be changed");
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("write a name that `{within}` has; what is new is written with `insert`")),
    }
}

/// A change to something of another kind.
pub(super) fn other_kind(
    name: &str,
    span: Span,
    word: DeclarationWord,
    found: DeclarationWord,
    declared_at: Span,
) -> Problem {
    let (word, found) = (word.text(), found.text());
    Problem::error(Code("amendments::other-kind"), span, format!("`{name}` is a `{found}`, not a `{word}`"))
        .because(declared_at, format!("`{found} {name}` is declared here"))
        .label(format!("changed as a `{word}`"))
        .help(format!(
            "write `{found} {name}`; to make it a `{word}`, write `omit {found} {name}` and insert the new one"
        ))
}

/// A change that leaves everything as it was.
pub(super) fn changes_nothing(span: Span, name: &str, old: Span) -> Problem {
    Problem::error(Code("amendments::changes-nothing"), span, format!("this leaves `{name}` as it was"))
        .label("the same as before")
        .because(old, "what it replaces says the same")
        .help("take the change out, or write what is to be different")
}

/// An amendment without a change.
pub(super) fn empty(name: &str, span: Span) -> Problem {
    Problem::error(Code("amendments::empty"), span, format!("the amendment `{name}` changes nothing"))
        .label("no change follows")
        .help("write below it what is changed, such as `replace parameter NAME`, `omit condition NAME` or `insert measure NAME`")
}

/// Columns are changed, and none is named.
pub(super) fn no_columns(span: Span, kind: ChangeKind, table: &str) -> Problem {
    let words = kind.text();
    Problem::error(Code("amendments::no-columns"), span, format!("`{words} data {table}` names no column"))
        .help("write the columns below it, each on its own indented line")
}

/// Something new by the name of something that is there.
pub(super) fn already_declared(name: &str, span: Span, first: Span, help: &str) -> Problem {
    Problem::error(Code("amendments::already-declared"), span, format!("`{name}` is already there"))
        .label("the name is taken")
        .because(first, "declared here before")
        .help(help)
}

/// A change to something that the same amendment omitted.
pub(super) fn omitted_before(name: &str, span: Span, omitted: Span) -> Problem {
    Problem::error(
        Code("amendments::omitted-before"),
        span,
        format!("`{name}` is no longer there: this amendment omitted it"),
    )
    .label("changed after it was omitted")
    .because(omitted, "omitted here")
    .help("changes are made in the order they are written: take one of the two out, or write `replace` instead")
}

/// A change to the head of a ruleset.
pub(super) fn of_head(at: Span, kind: ChangeKind, word: DeclarationWord) -> Problem {
    let (words, word) = (kind.text(), word.text());
    Problem::error(Code("amendments::of-head"), at, format!("`{words}` cannot be said of `{word}`, the head of a file"))
        .help("write `replace rules NAME` to say the head of the ruleset anew; an amendment of an amendment is written `amendment NAME to AMENDMENT from DATE`")
}

/// Columns of something that has none.
pub(super) fn only_data(span: Span, kind: ChangeKind, word: DeclarationWord, name: &str) -> Problem {
    let (words, word) = (kind.text(), word.text());
    let other = words.split(' ').next().unwrap_or(words);
    Problem::error(
        Code("amendments::only-data"),
        span,
        format!("`{words}` is said of a table of data, not of a `{word}`"),
    )
    .label("only columns are changed one by one")
    .help(format!(
        "write `replace {word} {name}` with all its clauses{}",
        if other == "omit" { format!(", or `omit {word} {name}`") } else { String::new() }
    ))
}

/// What an amendment did with a name that is read and is not there.
pub(super) fn where_it_went(problem: &mut Problem, name: &str, changed: &Declaration) {
    let Some(change) = &changed.change else { return };
    let (at, words, help) = match change.kind {
        ChangeKind::Omit if changed.name.text == name => (
            changed.name.span,
            "omitted here",
            "omit what reads it too, or replace it by something that does not".to_owned(),
        ),
        ChangeKind::Rename if changed.name.text == name => {
            let Some(to) = &change.to else { return };
            (changed.name.span, "renamed here", format!("write `{}`", to.text))
        }
        ChangeKind::OmitFrom => {
            let column = name.rsplit('.').next().unwrap_or(name);
            let is_it = |omitted: &&Name| omitted.text == column;
            let omitted = changed.clauses.iter().find_map(|clause| match &clause.kind {
                ClauseKind::OmittedColumns(names) => names.iter().find(is_it),
                _ => None,
            });
            let Some(omitted) = omitted else { return };
            (
                omitted.span,
                "omitted here",
                "omit what reads it too, or replace it by something that does not".to_owned(),
            )
        }
        _ => return,
    };
    problem.related.push(Label { span: at, text: words.to_owned() });
    problem.help = Some(help);
}

/// A name that has to stay.
pub(super) fn cannot_rename(at: Span, name: &str, why: &str) -> Problem {
    Problem::error(Code("amendments::cannot-rename"), at, format!("`{name}` cannot be renamed"))
        .label(why)
        .help("leave the name, and write `replace` to give it another label")
}

/// An amendment that begins after the ruleset ended.
pub(super) fn outside_days(span: Span, from: Date, last: Date, at: Span) -> Problem {
    Problem::warning(
        Code("amendments::outside-days"),
        span,
        format!("the amendment begins on {}, after the ruleset ended on {}", date_text(from), date_text(last)),
    )
    .label("nothing is left to amend")
    .because(at, "the days of the ruleset")
    .help("correct the date; or say the new days with `replace rules NAME`")
}
