//! The passes in order: the only file that knows the order.

use crate::amendment;
use crate::model::{self, Model};
use crate::problem::Problem;
use crate::source::Sources;
use crate::syntax;

/// What came of a compilation.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The model; absent where an error stops evaluation.
    pub model: Option<Model>,
    /// Everything found, in the order of the text.
    pub problems: Vec<Problem>,
}

/// The most problems that are told about one ruleset.
const MOST_PROBLEMS: usize = 500;

/// Compiles the ruleset of the first file in `sources`. What it amends or is based on is looked for among the
/// other files, which are left alone otherwise.
pub fn compile(sources: &Sources) -> Compiled {
    let Some(file) = sources.iter().next() else { return Compiled { model: None, problems: Vec::new() } };
    let (tree, mut problems) = syntax::parse(file);
    let model = amendment::ruleset(tree, sources, &mut problems).map(|tree| {
        let (model, mut found) = model::build(&tree, sources);
        amendment::say_where_names_went(&tree, sources, &mut found);
        problems.extend(found);
        model
    });
    let has_errors = problems.iter().any(Problem::is_error);
    if has_errors {
        // What looks unused or pointless may only do so because something beside it could not be read.
        problems.retain(Problem::is_error);
    }
    problems.sort_by_key(|problem| problem.span().map(|span| (span.source, span.start)));
    if problems.len() > MOST_PROBLEMS {
        // Nobody reads more, and drawing a megabyte of mistakes would take longer than finding them.
        problems.truncate(MOST_PROBLEMS);
        let last = problems.last().and_then(Problem::span);
        problems.extend(last.map(|last| syntax::too_many_problems(last, MOST_PROBLEMS)));
    }
    Compiled { model: model.filter(|_| !has_errors), problems }
}
