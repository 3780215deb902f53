//! Rows between bars, aligned. A column in which every cell is a figure, or a mark for a missing one, stands to
//! the right so that its digits are under each other; every other column stands to the left.

use super::expression::inline;
use super::lines::{LONGEST_LINE, width};
use super::literal::{literal, text};
use super::words;
use crate::source::SourceFile;
use crate::syntax::ast::{Cell, CellContent, CellOperand, Rows};

/// Rows wider than this are not aligned, so that one long cell does not stretch every line beyond what is allowed.
const WIDEST: usize = LONGEST_LINE / 2;

/// The lines of the rows without their indentation, the header first.
pub(super) fn rows(rows: &Rows, source: &SourceFile) -> Vec<String> {
    let header: Vec<String> = rows.header.iter().map(|cell| cell.text.clone()).collect();
    let body: Vec<Vec<String>> =
        rows.rows.iter().map(|row| row.cells.iter().map(|one| cell(one, source)).collect()).collect();
    let columns = body.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
    let mut aligned: Vec<(usize, bool)> = (0..columns)
        .map(|column| {
            let cells = || body.iter().filter_map(move |row| row.get(column));
            let widest = cells().chain(header.get(column)).map(|cell| width(cell)).max().unwrap_or(0);
            (widest, cells().any(|cell| is_figure(cell)) && cells().all(|cell| is_figure(cell) || is_mark(cell)))
        })
        .collect();
    if aligned.iter().map(|(widest, _)| widest + 3).sum::<usize>() > WIDEST {
        aligned = vec![(0, false); columns];
    }
    let line = |cells: &Vec<String>| {
        let mut out = String::from("|");
        for (cell, (widest, is_right)) in cells.iter().zip(&aligned) {
            let blanks = " ".repeat(widest.saturating_sub(width(cell)));
            let (before, after) = if *is_right { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
            out.push_str(&format!(" {before}{cell}{after} |"));
        }
        out
    };
    std::iter::once(&header).chain(&body).map(line).collect()
}

/// Whether a cell is a number as people write it, with its sign, separators, currency and percent.
fn is_figure(cell: &str) -> bool {
    let figure = cell.strip_prefix('-').unwrap_or(cell);
    let figure = figure.trim_start_matches(['£', '$', '€']).trim_end_matches('%');
    let figure = ["bn", "m", "k"].iter().find_map(|letters| figure.strip_suffix(letters)).unwrap_or(figure);
    figure.starts_with(|c: char| c.is_ascii_digit())
        && figure.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
}

/// Whether a cell says in its own way that there is no figure.
fn is_mark(cell: &str) -> bool {
    let is_bracketed = cell.starts_with('[') && cell.ends_with(']') && cell.len() <= 3;
    is_bracketed || ["", "..", "*", "N/A", "n/a", "NA", "#N/A", "missing"].contains(&cell)
}

/// What a cell says; as it is written where its text is read as data is.
fn cell(cell: &Cell, source: &SourceFile) -> String {
    match &cell.content {
        None | Some(CellContent::Broken) => cell.text.clone(),
        Some(CellContent::Any) => "any".to_owned(),
        Some(CellContent::Missing) => "missing".to_owned(),
        Some(CellContent::Words(words)) => text(words, source),
        Some(CellContent::Result(expr)) => inline(expr, source),
        Some(CellContent::Tests(alternatives)) => {
            let alternatives: Vec<String> = alternatives
                .iter()
                .map(|tests| {
                    let tests: Vec<String> = tests
                        .iter()
                        .map(|test| {
                            let operand = match &test.operand {
                                CellOperand::Literal(value) => literal(value, source),
                                CellOperand::Words(words) => text(words, source),
                            };
                            format!("{}{operand}", words::cell_test(test.op))
                        })
                        .collect();
                    tests.join(" and ")
                })
                .collect();
            alternatives.join(" or ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_words() {
        for figure in ["2,500", "£1,490", "-3.5%", "£3.8bn", "0", "£20k"] {
            assert!(is_figure(figure), "{figure}");
        }
        for other in ["", "Q4 2014-15", ">= 2%", "low", "E06000001", "19 September 2014", "10 admissions", "£"] {
            assert!(!is_figure(other), "{other}");
        }
        for mark in ["", "..", "[c]", "*", "#N/A", "missing"] {
            assert!(is_mark(mark), "{mark}");
        }
    }
}
