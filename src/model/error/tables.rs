//! Decision tables and exceptions: every case covered, and no case with two answers.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// An area that no row of a table takes.
#[derive(Debug)]
pub(crate) struct Gap<'a> {
    /// The declaration.
    pub(crate) name: &'a str,
    /// Its name's place.
    pub(crate) span: Span,
    /// An example: `` where `x` is exactly `2%` ``.
    pub(crate) example: String,
    /// The row that would take it, with `?` for what it gives.
    pub(crate) row: String,
    /// Rows that miss it by one column.
    pub(crate) near: Vec<(Span, String)>,
    /// Under which law, if that matters.
    pub(crate) moment: Option<String>,
    /// Whether there are further gaps that are not told.
    pub(crate) more: bool,
}

/// No row takes some case.
pub(crate) fn gap(gap: &Gap<'_>) -> Problem {
    let help = format!("add the row `{}`, with what it gives in place of `?`", gap.row);
    let help = if gap.more { format!("{help}; further cases have no row either") } else { help };
    let message = format!("no row of `{}` matches {}{}", gap.name, gap.example, aside(gap.moment.as_deref()));
    let problem = Problem::error(Code("tables::gap"), gap.span, message).label("leaves a case without an answer");
    let problem = gap.near.iter().fold(problem, |problem, (span, text)| problem.because(*span, text.clone()));
    problem.help(help)
}

/// Two rows that both take some case.
#[derive(Debug)]
pub(crate) struct Overlap<'a> {
    /// The declaration.
    pub(crate) name: &'a str,
    /// The numbers and places of the rows, the earlier first.
    pub(crate) rows: [(usize, Span); 2],
    /// What they give.
    pub(crate) gives: [String; 2],
    /// Whether they give the same.
    pub(crate) is_same: bool,
    /// Whether the earlier takes all that the later takes.
    pub(crate) is_inside: bool,
    /// An example: `` where `x` is exactly `2%` ``.
    pub(crate) example: String,
    /// Under which law, if that matters.
    pub(crate) moment: Option<String>,
    /// Whether no further overlap of the table is told.
    pub(crate) is_last: bool,
}

/// Two rows take the same case and no order decides between them.
pub(crate) fn overlap(overlap: &Overlap<'_>) -> Problem {
    let [(earlier, earlier_at), (later, later_at)] = overlap.rows;
    let [earlier_gives, later_gives] = &overlap.gives;
    let message = format!(
        "rows {earlier} and {later} of `{}` both match {}{}",
        overlap.name,
        overlap.example,
        aside(overlap.moment.as_deref())
    );
    let help = if overlap.is_same {
        "take one of the rows out, or narrow it so that each case stands in one row".to_owned()
    } else if overlap.is_inside {
        format!(
            "narrow row {earlier}; or write `first match` above the rows and move row {later} above row {earlier}, so \
             that it decides first"
        )
    } else {
        "narrow one of the rows, or write `first match` above the rows to let the earlier one decide".to_owned()
    };
    let help = if overlap.is_last { format!("{help}; further rows may overlap") } else { help };
    let also = if overlap.is_same { "gives it too:" } else { "gives" };
    Problem::error(Code("tables::overlap"), later_at, message)
        .label(format!("{also} `{later_gives}`"))
        .because(earlier_at, format!("gives `{earlier_gives}`"))
        .help(help)
}

/// A row of a `first match` table to which the rows above it leave nothing.
pub(crate) fn hidden_row(name: &str, row: usize, span: Span, takers: &[(usize, Span)], count: usize) -> Problem {
    let message = format!("row {row} of `{name}` can never decide");
    let label = match takers {
        [(only, _)] => format!("row {only} takes every case of this row"),
        _ => format!("{count} rows above take every case of this row between them"),
    };
    let problem = Problem::error(Code("tables::hidden-row"), span, message).label(label);
    let problem = takers.iter().fold(problem, |problem, (_, at)| problem.because(*at, "decides before it"));
    problem.help(match takers {
        [(only, _)] => format!("move the row above row {only}, narrow row {only}, or take this row out"),
        _ => "move the row above them, narrow them, or take this row out".to_owned(),
    })
}

/// A row that asks what no value can be.
pub(crate) fn impossible_row(
    name: &str,
    row: usize,
    span: Span,
    head: &str,
    bounds: Option<(Span, String)>,
) -> Problem {
    let message = format!("row {row} of `{name}` can never match");
    let problem = Problem::error(Code("tables::impossible-row"), span, message)
        .label(format!("no value of `{head}` satisfies this"));
    let problem = bounds.into_iter().fold(problem, |problem, (at, text)| problem.because(at, text));
    problem.help("mend the cell, or take the row out")
}

/// A table whose cases cannot be followed in bounded work.
pub(crate) fn too_large(name: &str, span: Span, rows: usize, columns: usize) -> Problem {
    let message = format!("the table of `{name}` has too many cases to be checked");
    Problem::error(Code("tables::too-large"), span, message)
        .label(format!("has {rows} rows over {columns} columns"))
        .help("split it into several decisions that build on each other")
}

/// Two exceptions that can both apply and give different answers.
#[derive(Debug)]
pub(crate) struct Conflict<'a> {
    /// The declaration.
    pub(crate) name: &'a str,
    /// The places of the exceptions, the earlier first.
    pub(crate) exceptions: [Span; 2],
    /// What they give.
    pub(crate) gives: [String; 2],
    /// An example: `` where `x` is `yes` ``.
    pub(crate) example: String,
    /// Under which law, if that matters.
    pub(crate) moment: Option<String>,
}

/// Two exceptions can both apply, and nothing orders them.
pub(crate) fn exceptions_conflict(conflict: &Conflict<'_>) -> Problem {
    let [earlier_at, later_at] = conflict.exceptions;
    let [earlier_gives, later_gives] = &conflict.gives;
    let message = format!(
        "two exceptions of `{}` both apply {}{}",
        conflict.name,
        conflict.example,
        aside(conflict.moment.as_deref())
    );
    Problem::error(Code("tables::exceptions-conflict"), later_at, message)
        .label(format!("gives `{later_gives}`"))
        .because(earlier_at, format!("gives `{earlier_gives}`"))
        .help("write `otherwise unless` here if the exception above it goes first, or narrow one of the two")
}

fn aside(phrase: Option<&str>) -> String {
    phrase.map_or_else(String::new, |phrase| format!(", {phrase}"))
}
