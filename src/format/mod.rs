//! The formatter: a syntax tree and its comments to the one canonical layout.
//!
//! In: a file's tree and its text. Out: the text laid out anew, or a problem where that would change the rules.
//! Nothing is resolved or checked. What could not be read is written back as it stands.
//!
//! The layout:
//! - A declaration at the margin, its clauses two blanks in, one blank line between declarations. Sources and
//!   units of one line may stand together, as the writer had them.
//! - A clause on one line where it fits 120 columns; else broken before `and`, `or`, `else` and operators and
//!   after commas, the parts under each other. A clause with a comment inside keeps its line breaks.
//! - Columns of a table of data and rows between bars are aligned; a column of figures stands to the right.
//! - Figures have separators between groups of three digits.
//! - A blank line inside a declaration stays before a comment, and in data and scenarios where it groups lines.

mod clause;
mod columns;
mod error;
mod expression;
mod layout;
mod lines;
mod literal;
mod rows;
#[cfg(test)]
mod tests;
mod words;

use crate::problem::Problem;
use crate::source::{SourceFile, Span};
use crate::syntax::{self, ast};

/// Lays out a file anew. The text given back means the same and has the same comments in the same order: it is
/// read again and compared, and where it differs the answer is a problem and nothing should be written.
pub fn format(file: &ast::File, source: &SourceFile) -> Result<String, Box<Problem>> {
    let text = layout::file(file, source);
    let again = SourceFile { id: source.id, name: source.name.clone(), text };
    let (tree, _) = syntax::parse(&again);
    let Some(difference) = difference((file, source), (&tree, &again)) else { return Ok(again.text) };
    Err(Box::new(error::changed_meaning(difference)))
}

/// The first place in the original where two texts of rules differ in meaning or comments.
fn difference(before: (&ast::File, &SourceFile), after: (&ast::File, &SourceFile)) -> Option<Span> {
    let is_same = syntax::print::print(before.0) == syntax::print::print(after.0);
    let pairs = before.0.declarations.iter().zip(&after.0.declarations);
    for (one, other) in pairs {
        if (one.is_broken || !is_same) && says(one, before) != says(other, after) {
            return Some(one.head_span);
        }
    }
    let comment = |span: &Span, source: &SourceFile| source.slice(*span).trim_end().to_owned();
    for (one, other) in before.0.comments.iter().zip(&after.0.comments) {
        if comment(one, before.1) != comment(other, after.1) {
            return Some(*one);
        }
    }
    let is_complete = is_same && before.0.comments.len() == after.0.comments.len();
    (!is_complete).then(|| Span::new(before.1.id, 0, before.1.text.len()))
}

/// What a declaration says: its tree without places, or its text where it could not be read.
fn says(declaration: &ast::Declaration, (file, source): (&ast::File, &SourceFile)) -> String {
    if declaration.is_broken {
        let lines: Vec<&str> = source.slice(declaration.span).lines().map(str::trim_end).collect();
        return lines.join("\n");
    }
    let declarations = vec![declaration.clone()];
    syntax::print::print(&ast::File { declarations, ..ast::File::empty(file.source) })
}
