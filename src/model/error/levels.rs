//! Levels: what is read where, and what is made of the records below.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// A name of a level below, outside an aggregate.
pub(crate) const LOWER_LEVEL: Code = Code("levels::lower-level");

pub(crate) fn lower_level(
    name: &str,
    span: Span,
    table: &str,
    declared_at: Span,
    here: &str,
    aggregate: &str,
) -> Problem {
    Problem::error(LOWER_LEVEL, span, format!("`{name}` has a value for each {table}, and this is worked out {here}"))
        .label(format!("which {table}?"))
        .because(declared_at, format!("one value for each {table}"))
        .help(format!("write `{aggregate}`, or write the rule `for each {table}`"))
}

/// An aggregate that has nothing below its level to go over.
pub(crate) const NOTHING_BELOW: Code = Code("levels::nothing-below");

pub(crate) fn nothing_below(words: &str, span: Span, here: &str, help: Option<String>) -> Problem {
    let message = format!("`{words}` goes over the records below, and nothing in it belongs to a level below");
    let problem = Problem::error(NOTHING_BELOW, span, message).label(format!("this is worked out {here}"));
    match help {
        Some(help) => problem.help(help),
        None => problem.help("name something that belongs to a level below, or say `across` which records"),
    }
}

/// An aggregate over records of two tables of which neither belongs to the other.
pub(crate) const TWO_TABLES: Code = Code("levels::two-tables");

pub(crate) fn two_tables(span: Span, first: (&str, Span), second: (&str, Span)) -> Problem {
    let message = format!("this goes over `{}` and over `{}`, and neither belongs to the other", first.0, second.0);
    Problem::error(TWO_TABLES, span, message)
        .label("over which records?")
        .because(first.1, format!("this belongs to `{}`", first.0))
        .because(second.1, format!("this belongs to `{}`", second.0))
        .help("make one aggregate over each, and put the two together outside them")
}

/// The peers of a record where no record is the current one.
pub(crate) const NO_PEERS: Code = Code("levels::no-peers");

pub(crate) fn no_peers(span: Span, table: &str, plural: &str, here: &str) -> Problem {
    Problem::error(
        NO_PEERS,
        span,
        format!("`with the same` keeps to the {plural} like one {table}, and this is worked out {here}"),
    )
    .label(format!("the same as which {table}?"))
    .help(format!("write the rule `for each {table}`, or choose the {plural} with `where`"))
}

/// Something of a level that is neither above nor below.
pub(crate) const UNRELATED: Code = Code("levels::unrelated");

pub(crate) fn unrelated(name: &str, span: Span, there: &str, here: &str) -> Problem {
    Problem::error(UNRELATED, span, format!("`{name}` is known {there}, and this is worked out {here}"))
        .label(format!("known {there}"))
        .help("neither of the two belongs to the other; bring both to a level above them first")
}

/// `count of` something that is not the plural of a table.
pub(crate) const COUNT_OF_WHAT: Code = Code("levels::count-of-what");

pub(crate) fn count_of_what(words: &str, span: Span, help: &str) -> Problem {
    Problem::error(COUNT_OF_WHAT, span, format!("`{words}` counts records, so the plural of a data table follows it"))
        .label("not the plural of a data table")
        .help(help)
}

/// `share of areas` without `where`.
pub(crate) const SHARE_WITHOUT_WHERE: Code = Code("levels::share-without-where");

pub(crate) fn share_without_where(span: Span, plural: &str) -> Problem {
    Problem::error(SHARE_WITHOUT_WHERE, span, format!("the share of {plural} where what?"))
        .label("all of them: the share is always 100%")
        .help(format!("write `share of {plural} where` and what must be so"))
}

/// `across` with something that is not the plural of a table.
pub(crate) const ACROSS_OTHER: Code = Code("levels::across-other-table");

pub(crate) fn across_other(span: Span, counted: &str, across: &str) -> Problem {
    Problem::error(ACROSS_OTHER, span, format!("{counted} are counted, so they cannot be counted across {across}"))
        .label(format!("write `across {counted}`"))
        .help(format!("write `count of {counted} across {counted}` for all of the nation"))
}

/// A rank among records that are not of the level of the rule.
pub(crate) const RANK_ELSEWHERE: Code = Code("levels::rank-elsewhere");

pub(crate) fn rank_elsewhere(span: Span, plural: &str, singular: &str, here: &str) -> Problem {
    Problem::error(
        RANK_ELSEWHERE,
        span,
        format!("a place among {plural} belongs to one {singular}, and this is worked out {here}"),
    )
    .label(format!("among {plural}"))
    .help(format!("write the rule `for each {singular}`"))
}

/// A rule that does not say where it lives although there are several tables it could mean.
pub(crate) const NOT_SAID: Code = Code("levels::not-said");

pub(crate) fn not_said(name: &str, span: Span, levels: &[String]) -> Problem {
    Problem::error(NOT_SAID, span, format!("`{name}` does not say what it is worked out for"))
        .label("for which records?")
        .help(format!(
            "add {} or `for the nation` to this line",
            levels.iter().take(4).cloned().collect::<Vec<_>>().join(", ")
        ))
}

/// A rule for each record of two tables.
pub(crate) const OF_TWO_TABLES: Code = Code("levels::of-two-tables");

pub(crate) fn of_two_tables(second: Span, level: Span) -> Problem {
    Problem::error(OF_TWO_TABLES, second, "a rule is worked out for the records of one table")
        .label("a second table")
        .because(level, "the level of the rule")
        .help("name the table whose records belong to both, or write two rules")
}

/// A table whose records belong to themselves.
pub(crate) const BELONGS_TO_ITSELF: Code = Code("levels::belongs-to-itself");

pub(crate) fn belongs_to_itself(table: &str, span: Span) -> Problem {
    Problem::error(
        BELONGS_TO_ITSELF,
        span,
        format!("by this line a record of `{table}` belongs, in the end, to itself"),
    )
    .label("this leads back to the table")
    .help("a table belongs to the tables above it only; take away the one that leads back")
}

/// Too many levels.
pub(crate) const TOO_DEEP: Code = Code("levels::too-deep");

pub(crate) fn too_deep(table: &str, span: Span, most: usize) -> Problem {
    Problem::error(TOO_DEEP, span, format!("`{table}` is more than {most} levels below the nation"))
        .label("one level too many")
        .help(format!("at most {most} levels may lie below one another"))
}

pub(crate) fn too_many_parents(table: &str, span: Span, most: usize) -> Problem {
    Problem::error(TOO_DEEP, span, format!("a record of `{table}` would belong to more than {most} others"))
        .label("too many tables")
        .help(format!("a record belongs to at most {most} others directly"))
}

/// `latest of` over several series.
pub(crate) const MANY_SERIES: Code = Code("levels::many-series");

pub(crate) fn many_series(span: Span, table: &str, above: &str, here: &str) -> Problem {
    let message = format!("each {above} has a latest {table} of its own, and this is worked out {here}");
    Problem::error(MANY_SERIES, span, message)
        .label("of which series?")
        .help(format!("declare a measure `for each {above}` that reads it, and gather that measure here"))
}

/// `x in PERIOD` where that is not one record.
pub(crate) const ONE_RECORD: Code = Code("levels::not-one-record");

pub(crate) fn one_record(span: Span, table: &str, above: &str, here: &str) -> Problem {
    Problem::error(
        ONE_RECORD,
        span,
        format!("`in` a period reads one {table} of one {above}, and this is worked out {here}"),
    )
    .label("not one record from here")
    .help(format!("declare a measure `for each {above}` that reads it, and use that measure here"))
}
