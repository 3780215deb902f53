//! Rules files that stand together: whether they agree with one another.
//!
//! In: the texts of several rules files. Out: the problems of each, those that only show between them, and what of
//! each ruleset is not verified. Nothing here changes what a file says by itself.

mod error;
mod heads;
mod succession;
mod unverified;

pub use unverified::{Doubt, Doubts, doubts};

use crate::amendment;
use crate::driver;
use crate::model::Model;
use crate::problem::Problem;
use crate::source::{SourceId, Sources};

/// What came of checking several files.
#[derive(Debug)]
pub struct Checked {
    /// The files, as they were asked for.
    pub files: Vec<CheckedFile>,
    /// What is wrong between them.
    pub between: Vec<Problem>,
    /// What is worth knowing and not wrong: full sentences without a full stop.
    pub notes: Vec<String>,
}

/// One file.
#[derive(Debug)]
pub struct CheckedFile {
    /// Which.
    pub source: SourceId,
    /// Its problems. What an amendment only shares with the ruleset below it is told there.
    pub problems: Vec<Problem>,
    /// Its model, as amended; absent where an error stops it.
    pub model: Option<Model>,
}

/// Checks files, each by itself and all together. Other files of `sources` are there to be amended or built upon.
/// Where the files are a whole folder, a ruleset that one of them names must be among them.
pub fn check(sources: &Sources, files: &[SourceId], is_whole: bool) -> Checked {
    let mut checked: Vec<CheckedFile> = files
        .iter()
        .map(|source| {
            let driver::Compiled { model, problems } = driver::compile_file(sources, *source);
            CheckedFile { source: *source, problems, model }
        })
        .collect();
    tell_where_they_are(&mut checked);
    let heads = heads::heads(sources, files);
    let mut between = heads::problems(&heads);
    if is_whole {
        between.extend(heads::missing(&heads));
    }
    let mut notes = Vec::new();
    succession::check(&heads, &mut between, &mut notes);
    between.extend(applied_together(sources, &heads, &checked));
    between.sort_by_key(|problem| problem.span().map(|span| (span.source, span.start)));
    Checked { files: checked, between, notes }
}

/// Leaves out of each file what is a problem of another file by itself.
fn tell_where_they_are(checked: &mut [CheckedFile]) {
    let own: Vec<(SourceId, Vec<Problem>)> = checked
        .iter()
        .map(|file| {
            let is_own = |problem: &&Problem| problem.span().is_none_or(|span| span.source == file.source);
            (file.source, file.problems.iter().filter(is_own).cloned().collect())
        })
        .collect();
    for file in checked {
        let is_told = |problem: &Problem| {
            own.iter().any(|(source, problems)| *source != file.source && problems.contains(problem))
        };
        file.problems.retain(|problem| !is_told(problem));
    }
}

/// What goes wrong only when all amendments of a ruleset are applied, one after another.
fn applied_together(sources: &Sources, heads: &[heads::Head], checked: &[CheckedFile]) -> Vec<Problem> {
    let mut found: Vec<Problem> = Vec::new();
    for head in heads.iter().filter(|head| !head.is_amendment) {
        if amendment::amendments_of(&head.name, head.status == "superseded", sources, None).len() < 2 {
            continue;
        }
        for problem in driver::whole_of(sources, head.source, None).problems {
            let is_told = checked.iter().any(|file| file.problems.contains(&problem)) || found.contains(&problem);
            if !is_told {
                found.push(problem);
            }
        }
    }
    found
}
