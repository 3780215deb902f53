//! Names that are nowhere declared, declared twice, or of the wrong kind.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// A name that nothing declares.
pub(crate) const UNKNOWN: Code = Code("names::unknown");

/// `what` says what the name should be: "a rule, a parameter or a column".
pub(crate) fn unknown(name: &str, span: Span, what: &str, near: Option<&str>) -> Problem {
    let problem = Problem::error(UNKNOWN, span, format!("nothing is called `{name}`")).label(format!("not {what}"));
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("declare `{name}`, or write the name of {what} that is declared")),
    }
}

/// A rule or column after a number, where a unit stands.
pub(crate) fn no_unit(name: &str, span: Span) -> Problem {
    Problem::error(UNKNOWN, span, format!("`{name}` stands after a number, where a unit is read"))
        .label("not a unit")
        .help(format!("put a sign between the number and the name, such as `* {name}`"))
}

/// A column that a table does not have.
pub(crate) const UNKNOWN_COLUMN: Code = Code("names::unknown-column");

pub(crate) fn unknown_column(table: &str, table_at: Span, column: &str, span: Span, near: Option<&str>) -> Problem {
    let problem = Problem::error(UNKNOWN_COLUMN, span, format!("`{table}` has no column or rule `{column}`"))
        .label("no such column")
        .because(table_at, format!("the columns of `{table}` are declared here"));
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("declare the column under `data {table}`, or a rule `for each {table}`")),
    }
}

/// A part that an outcome does not have.
pub(crate) const UNKNOWN_PART: Code = Code("names::unknown-part");

pub(crate) fn unknown_part(outcome: &str, outcome_at: Span, part: &str, span: Span, parts: &str) -> Problem {
    Problem::error(UNKNOWN_PART, span, format!("the outcome `{outcome}` has no part `{part}`"))
        .label("no such part")
        .because(outcome_at, format!("`{outcome}` is declared here"))
        .help(if parts.is_empty() {
            format!("declare it under `outcome {outcome}`")
        } else {
            format!("its parts are {parts}")
        })
}

/// A name before a dot that is neither a table nor an outcome.
pub(crate) const NOT_DOTTED: Code = Code("names::no-parts");

pub(crate) fn not_dotted(name: &str, span: Span, declared_at: Span, after: &str) -> Problem {
    Problem::error(NOT_DOTTED, span, format!("`{name}` has no parts, so `{name}.{after}` means nothing"))
        .label("neither a table nor an outcome")
        .because(declared_at, format!("`{name}` is declared here"))
        .help("before a dot stands a table, as in `quarter.actual`, or an outcome, as in `admissions.target`")
}

/// Two declarations of one name.
pub(crate) const DECLARED_TWICE: Code = Code("names::declared-twice");

pub(crate) fn declared_twice(name: &str, span: Span, first: Span) -> Problem {
    Problem::error(DECLARED_TWICE, span, format!("`{name}` is declared twice"))
        .label("declared again here")
        .because(first, "first declared here")
        .help("give one of them another name, or delete it")
}

/// A column and a declaration of one name that are visible together.
pub(crate) const SHARED_WITH_COLUMN: Code = Code("names::shared-with-column");

pub(crate) fn shared_with_column(name: &str, span: Span, table: &str, column_at: Span) -> Problem {
    Problem::error(SHARED_WITH_COLUMN, span, format!("`{name}` is the name of a column of `{table}` as well"))
        .label("the same name")
        .because(column_at, "the column is declared here")
        .help("give one of them another name: where both can be read, the name would have two meanings")
}

/// A bare name that is a column of several tables.
pub(crate) const AMBIGUOUS_COLUMN: Code = Code("names::ambiguous-column");

pub(crate) fn ambiguous_column(name: &str, span: Span, tables: &[(String, Span)]) -> Problem {
    let readings: Vec<String> = tables.iter().take(3).map(|(table, _)| format!("`{table}.{name}`")).collect();
    let mut problem = Problem::error(AMBIGUOUS_COLUMN, span, format!("`{name}` is a column of more than one table"))
        .label("this has two readings")
        .help(format!("write {}", readings.join(" or ")));
    for (table, at) in tables.iter().take(3) {
        problem = problem.because(*at, format!("a column of `{table}`"));
    }
    problem
}

/// A table, unit, source or scenario where a value is wanted.
pub(crate) const NOT_A_VALUE: Code = Code("names::not-a-value");

pub(crate) fn not_a_value(name: &str, span: Span, what: &str, declared_at: Span, help: &str) -> Problem {
    Problem::error(NOT_A_VALUE, span, format!("`{name}` is {what}, not a value"))
        .label("a value is wanted here")
        .because(declared_at, format!("`{name}` is declared here"))
        .help(help)
}

/// A plural where the name of a table is wanted, or the other way round.
pub(crate) const SINGULAR_OR_PLURAL: Code = Code("names::singular-or-plural");

pub(crate) fn singular_or_plural(written: &str, span: Span, wanted: &str) -> Problem {
    Problem::error(SINGULAR_OR_PLURAL, span, format!("`{wanted}` is meant here, not `{written}`"))
        .label(format!("write `{wanted}`"))
        .help(format!(
            "after `count of`, `share of` and `across` stands the plural, elsewhere the table's name: `{wanted}`"
        ))
}

/// A column with the name of a table that its records belong to.
pub(crate) const COLUMN_OF_TABLE_ABOVE: Code = Code("names::column-of-table-above");

pub(crate) fn column_of_table_above(name: &str, span: Span, table_at: Span) -> Problem {
    Problem::error(
        COLUMN_OF_TABLE_ABOVE,
        span,
        format!("the column `{name}` of the data says to which `{name}` a record belongs"),
    )
    .label("declared as a column of its own")
    .because(table_at, "a table that the records belong to")
    .help("take the column away, it is there by itself; or give it another name")
}

/// A table whose name is the plural of another.
pub(crate) const PLURAL_TAKEN: Code = Code("names::plural-taken");

pub(crate) fn plural_taken(name: &str, span: Span, singular: &str, first: Span) -> Problem {
    Problem::error(PLURAL_TAKEN, span, format!("`{name}` is the plural of the table `{singular}`"))
        .label("the name of another table")
        .because(first, format!("its records are called `{name}` together"))
        .help("name a table for one of its records, and let no two tables share a plural")
}

/// A second head of the ruleset.
pub(crate) const TWO_RULESETS: Code = Code("names::two-rulesets");

pub(crate) fn two_rulesets(span: Span, first: Span) -> Problem {
    Problem::error(TWO_RULESETS, span, "a file has one ruleset, and this is a second head")
        .label("a second ruleset")
        .because(first, "the ruleset of this file")
        .help("take this head away, or put the second ruleset into a file of its own")
}

/// A label in quotes where the name is meant.
pub(crate) const LABEL_FOR_NAME: Code = Code("names::label-for-name");

pub(crate) fn label_for_name(label: &str, span: Span, name: &str, declared_at: Span) -> Problem {
    Problem::error(LABEL_FOR_NAME, span, format!("`\"{label}\"` is a label for people, and rules use the name"))
        .label("a label, so a text here")
        .because(declared_at, "the label belongs to this name")
        .help(format!("write `{name}`"))
}

/// A value of a choice without quotes.
pub(crate) const WITHOUT_QUOTES: Code = Code("names::without-quotes");

pub(crate) fn without_quotes(written: &str, span: Span, value: &str, choice: Span, phrase: &str) -> Problem {
    Problem::error(
        WITHOUT_QUOTES,
        span,
        format!("nothing is called `{written}`; the values of a choice stand in quotes"),
    )
    .label("read as a name")
    .because(choice, format!("this is {phrase}"))
    .help(format!("write `\"{value}\"`"))
}
