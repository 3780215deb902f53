//! The passes in order: the only file that knows the order.

use crate::amendment::{self, Days};
use crate::format;
use crate::model::{self, Model};
use crate::problem::Problem;
use crate::source::{SourceId, Sources};
use crate::syntax;
use crate::value::Date;

/// What came of a compilation.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The model; absent where an error stops evaluation.
    pub model: Option<Model>,
    /// Everything found, in the order of the text.
    pub problems: Vec<Problem>,
}

/// A ruleset whole, with every amendment in force.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Its text, in the one layout; absent where an error stops it.
    pub text: Option<String>,
    /// The name of the ruleset.
    pub name: String,
    /// The days on which it applies.
    pub days: Days,
    /// Everything found.
    pub problems: Vec<Problem>,
}

/// The ruleset of the first file as it stood on `day`, with the amendments among the other files that were then in
/// force; without a day, with all that are. Nothing where it cannot be told what the ruleset is.
pub fn whole(sources: &Sources, day: Option<Date>) -> Whole {
    whole_of(sources, SourceId::default(), day)
}

/// The same for any file of `sources`.
pub fn whole_of(sources: &Sources, file: SourceId, day: Option<Date>) -> Whole {
    let mut problems = Vec::new();
    let tree = amendment::as_it_stood(sources, file, day, &mut problems);
    let head = tree.as_ref().and_then(amendment::head);
    let name = head.map(|head| head.name.text.clone()).unwrap_or_default();
    let days = head.map(Days::of).unwrap_or_default();
    let mut text = None;
    if let Some(tree) = tree {
        let (_, mut found) = model::build(&tree, sources);
        amendment::say_where_names_went(&tree, sources, &mut found);
        problems.extend(found);
        let unformatted = Sources::single("", &amendment::text(&tree, sources, day));
        if let Some(file) = unformatted.iter().next() {
            match format::format(&syntax::parse(file).0, file) {
                Ok(formatted) => text = Some(formatted),
                Err(_) => text = Some(file.text.clone()),
            }
        }
    }
    let problems = told(problems);
    Whole { text: text.filter(|_| !problems.iter().any(Problem::is_error)), name, days, problems }
}

/// The most problems that are told about one ruleset.
const MOST_PROBLEMS: usize = 500;

/// Compiles the ruleset of the first file in `sources`. What it amends or is based on is looked for among the
/// other files, which are left alone otherwise.
pub fn compile(sources: &Sources) -> Compiled {
    compile_file(sources, SourceId::default())
}

/// The same for any file of `sources`.
pub fn compile_file(sources: &Sources, file: SourceId) -> Compiled {
    let Some(file) = sources.get(file) else { return Compiled { model: None, problems: Vec::new() } };
    let (tree, mut problems) = syntax::parse(file);
    let model = amendment::ruleset(tree, sources, &mut problems).map(|tree| {
        let (model, mut found) = model::build(&tree, sources);
        amendment::say_where_names_went(&tree, sources, &mut found);
        problems.extend(found);
        model
    });
    let problems = told(problems);
    let has_errors = problems.iter().any(Problem::is_error);
    Compiled { model: model.filter(|_| !has_errors), problems }
}

/// The problems that are told, in the order of the text.
fn told(mut problems: Vec<Problem>) -> Vec<Problem> {
    if problems.iter().any(Problem::is_error) {
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
    problems
}
