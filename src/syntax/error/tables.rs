//! Rows between bars.

use super::super::ast::DeclarationWord;
use super::super::limits;
use super::clauses::article;
use crate::problem::{Code, Problem};
use crate::source::Span;

const ROW_WITHOUT_BAR: Code = Code("syntax::row-without-bar");

/// Rows under a declaration that has none.
pub(in crate::syntax) fn not_wanted(row: Span, word: DeclarationWord) -> Problem {
    Problem::error(Code("syntax::rows-not-wanted"), row, format!("{} `{}` has no rows", article(word), word.text()))
        .help("rows belong to a `decision`, to a `measure`, or to a `given` in a `scenario`")
}

/// Rows in a scenario without `given` above them.
pub(in crate::syntax) fn without_given(row: Span) -> Problem {
    Problem::error(Code("syntax::rows-without-given"), row, "rows stand under no `given`")
        .help("write `given TABLE` on the line above them, such as `given quarter`")
}

/// A second block of rows.
pub(in crate::syntax) fn second_table(row: Span, first: Span) -> Problem {
    Problem::error(Code("syntax::second-table"), row, "the rows are interrupted by a clause")
        .because(first, "the first rows")
        .help("keep all rows of a declaration together")
}

/// A row that does not end with a bar.
pub(in crate::syntax) fn no_last_bar(row: Span, end: Span) -> Problem {
    Problem::error(ROW_WITHOUT_BAR, end, "a row does not end with `|`")
        .because(row, "the row")
        .help("end every row with `|`")
}

/// A row that does not begin with a bar.
pub(in crate::syntax) fn no_first_bar(row: Span) -> Problem {
    Problem::error(ROW_WITHOUT_BAR, row, "a row does not begin with `|`").help("begin and end every row with `|`")
}

/// Too few or too many cells.
pub(in crate::syntax) fn cell_count(row: Span, found: usize, header: Span, wanted: usize) -> Problem {
    Problem::error(
        Code("syntax::cell-count"),
        row,
        format!("the row has {}, the header has {}", cells(found), cells(wanted)),
    )
    .because(header, format!("{} here", cells(wanted)))
    .help("give every row one cell for each column, with `|` between them")
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

/// A table with more columns than the limit.
pub(in crate::syntax) fn too_many_columns(row: Span) -> Problem {
    Problem::error(Code("syntax::too-many-columns"), row, format!("a row has more than {} cells", limits::COLUMNS))
        .help("split the table")
}

/// An empty cell of a decision or a measure.
pub(in crate::syntax) fn empty_cell(cell: Span, is_result: bool) -> Problem {
    let problem = Problem::error(Code("syntax::empty-cell"), cell, "a cell is empty");
    if is_result {
        problem.help("write what the row gives")
    } else {
        problem.help("write `any` where the column does not matter, or `missing` for a value that is not there")
    }
}

/// `low and high or medium` in a cell.
pub(in crate::syntax) fn mixed_cell(word: Span, first: Span) -> Problem {
    Problem::error(Code("syntax::mixed-cell"), word, "a cell joins its tests with `and` or with `or`, not with both")
        .because(first, "the other word")
        .help("make two rows of it")
}

/// `|---|---|`
pub(in crate::syntax) fn dashes(row: Span) -> Problem {
    Problem::error(Code("syntax::row-of-dashes"), row, "a row holds only dashes")
        .help("take it out: the first row is the header, and nothing divides it from the others")
}
