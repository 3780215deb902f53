//! Warnings: what is allowed but is probably a mistake.

use crate::problem::{Code, Problem};
use crate::source::Span;

const POINTLESS: Code = Code("lint::pointless-clause");
const UNREACHABLE: Code = Code("lint::unreachable-branch");

/// A floor or a ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// `at least`
    Floor,
    /// `at most`
    Ceiling,
}

impl Bound {
    fn words(self) -> &'static str {
        match self {
            Self::Floor => "at least",
            Self::Ceiling => "at most",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Floor => Self::Ceiling,
            Self::Ceiling => Self::Floor,
        }
    }
}

/// A bound that an earlier clause already keeps.
pub(crate) fn pointless_bound(span: Span, bound: Bound, earlier: Span, kept: &str) -> Problem {
    Problem::warning(POINTLESS, span, format!("this `{}` changes nothing", bound.words()))
        .label(format!("the value is {} `{kept}` already", bound.words()))
        .because(earlier, "by this clause")
        .help("take the clause out, or move it to where it is meant to apply: clauses apply in the order written")
}

/// `less £0`.
pub(crate) fn takes_nothing(span: Span, amount: &str) -> Problem {
    Problem::warning(POINTLESS, span, format!("`less {amount}` changes nothing"))
        .label("takes nothing away")
        .help("take the clause out, or write the amount that is meant")
}

/// A rounding of what is rounded as coarsely already.
pub(crate) fn rounded_already(span: Span, earlier: Span) -> Problem {
    Problem::warning(POINTLESS, span, "this rounding changes nothing")
        .label("the value is rounded as coarsely already")
        .because(earlier, "by this clause")
        .help("keep one of the two: the one after the last clause that changes the value")
}

/// `if missing` on what cannot be missing.
pub(crate) fn never_missing(span: Span, earlier: Span) -> Problem {
    Problem::warning(POINTLESS, span, "this `if missing` changes nothing")
        .label("the value cannot be missing here")
        .because(earlier, "it has a value by this clause")
        .help("keep one of the two")
}

/// A floor above a ceiling: the later one always wins.
pub(crate) fn contradicting_bounds(span: Span, bound: Bound, earlier: Span, kept: &str, new: &str) -> Problem {
    let (words, other) = (bound.words(), bound.other().words());
    Problem::warning(
        Code("lint::contradicting-bounds"),
        span,
        format!("`{words} {new}` after `{other} {kept}` always gives `{new}`"),
    )
    .label("the value is always this")
    .because(earlier, format!("the value is {other} `{kept}` here"))
    .help("swap the two words, or mend one of the figures: the floor must not be above the ceiling")
}

/// An amount that is no multiple of what the value was rounded to, after the rounding.
pub(crate) fn rounding_undone(span: Span, rounding: Span, amount: &str) -> Problem {
    Problem::warning(Code("lint::rounding-undone"), span, "this clause undoes the rounding above it")
        .label(format!("`{amount}` is not rounded, so the value need not be rounded any more"))
        .because(rounding, "the value is rounded here")
        .help("move the rounding below this clause")
}

/// A condition that always comes out the same.
pub(crate) fn constant_condition(span: Span, words: &str, always: bool, bounds: &[(Span, String)]) -> Problem {
    let answer = if always { "yes" } else { "no" };
    let problem = Problem::warning(Code("lint::constant-condition"), span, format!("`{words}` is always {answer}"))
        .label(format!("comes out {answer} whatever the facts are"));
    let problem = bounds.iter().fold(problem, |problem, (at, text)| problem.because(*at, text.clone()));
    if always {
        problem.help("take it out, or mend the comparison; to ask whether a value is there, write `is not missing`")
    } else {
        problem.help("take it out, or mend the comparison")
    }
}

/// A yes/no that is compared with `yes` or `no`.
pub(crate) fn compared_with_yes(span: Span, words: &str, plain: &str) -> Problem {
    Problem::warning(Code("lint::compared-with-yes"), span, format!("`{words}` says no more than `{plain}`"))
        .label("is yes or no by itself")
        .help(format!("write `{plain}`"))
}

/// A branch of an `if` that is never taken.
pub(crate) fn unreachable_branch(span: Span, condition: Span, always: bool) -> Problem {
    let answer = if always { "yes" } else { "no" };
    Problem::warning(UNREACHABLE, span, "this branch is never taken")
        .label("never taken")
        .because(condition, format!("always {answer} where it is asked"))
        .help("take the branch out, or mend the condition")
}

/// An `otherwise unless` that the conditions above it leave nothing to.
pub(crate) fn exception_never_applies(span: Span, above: &[Span]) -> Problem {
    let problem =
        Problem::warning(UNREACHABLE, span, "this exception never applies").label("always no where it is asked");
    let problem = above.iter().fold(problem, |problem, at| problem.because(*at, "asked before it"));
    problem.help("put the narrower exception first, or take this one out")
}

/// A declaration that nothing reads.
pub(crate) fn unused(span: Span, kind: &str, name: &str, why: &str) -> Problem {
    Problem::warning(Code("lint::unused"), span, format!("the {kind} `{name}` is not used"))
        .label(why)
        .help("use it, or take it out")
}

/// A parameter of a ruleset in force that cites nothing.
pub(crate) fn no_source(span: Span, name: &str) -> Problem {
    Problem::warning(Code("lint::no-source"), span, format!("the parameter `{name}` cites no source"))
        .label("a figure of rules that are in force")
        .help("add `source NAME \"where in it\"`, or `unverified \"why\"` if none is known")
}

/// A figure written into a rule rather than set by a parameter.
pub(crate) fn buried_figure(span: Span, figure: &str, role: &str) -> Problem {
    Problem::warning(Code("lint::buried-figure"), span, format!("the figure `{figure}` is buried in a rule"))
        .label(format!("{role} here"))
        .help(format!("declare a `parameter` that `is {figure}`, with its source, and write its name here"))
}
