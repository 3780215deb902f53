//! Text to syntax tree.
//!
//! In: a source file. Out: an [`ast::File`], always, and every problem found in the text.
//! The only folder that names the parser library.
//!
//! A file is cut into declarations and clauses by its layout (`outline`); each head, clause and cell is then
//! parsed by itself (`parser`) and lowered to the tree (`lower`). What does not parse becomes one problem
//! (`error`).

pub mod ast;
mod clause_words;
mod error;
mod expected;
mod limits;
mod lines;
mod lower;
mod mistakes;
mod nesting;
mod outline;
mod parser;
pub mod print;
mod token;

use crate::problem::Problem;
use crate::source::{SourceFile, SourceId, Span};

/// Reads a file. Never fails: what could not be read is marked broken in the tree and told in the problems.
pub fn parse(file: &SourceFile) -> (ast::File, Vec<Problem>) {
    let mut report = Report::default();
    let mut tree = ast::File::empty(file.id);
    if file.text.len() > limits::FILE_BYTES {
        report.add(error::layout::file_too_long(Span::new(file.id, 0, 1), file.text.len()));
        return (tree, report.finish());
    }
    let outline = outline::outline(file, &mut report);
    tree.comments = outline.comments;
    tree.declarations = outline.chunks.iter().map(|chunk| lower::declaration(file, chunk, &mut report)).collect();
    (tree, report.finish())
}

/// Reads a literal that stands alone, such as the `4%` of `--set least_reduction=4%`.
pub fn parse_literal(text: &str) -> Option<ast::Literal> {
    let file = SourceFile { id: SourceId::default(), name: String::new(), text: text.trim().to_owned() };
    lower::literal_alone(&file)
}

/// The problem that stands for the rest of a file, after `most` problems of whatever kind; `last` is where the
/// last of them is.
pub(crate) fn too_many_problems(last: Span, most: usize) -> Problem {
    error::layout::too_many_problems(last, most)
}

/// The problems found so far. After a hundred nothing more is looked at: nobody reads more at once.
#[derive(Debug, Default)]
struct Report {
    problems: Vec<Problem>,
    is_cut: bool,
}

impl Report {
    fn add(&mut self, problem: Problem) {
        if !self.is_full() {
            self.problems.push(problem);
        }
    }

    /// Whether nothing more is told. Whoever asks is about to look further, and then does not.
    fn is_full(&mut self) -> bool {
        let is_full = self.problems.len() >= limits::PROBLEMS;
        self.is_cut |= is_full;
        is_full
    }

    fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.span().map(|span| span.start));
        if let Some(last) = self.problems.last().and_then(Problem::span).filter(|_| self.is_cut) {
            self.problems.push(error::layout::too_many_problems(last, limits::PROBLEMS));
        }
        self.problems
    }
}

#[cfg(test)]
mod tests;
