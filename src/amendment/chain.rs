//! What a file stands on, down to the ruleset at the bottom.
//!
//! In: the tree of the file asked for and all texts. Out: the trees from it down to a ruleset that stands on
//! nothing, or why there is none.

use super::{base, error, head};
use crate::problem::Problem;
use crate::source::Sources;
use crate::syntax::{self, ast::File};

/// The trees from `first` downwards. Problems of the texts below are added to `problems`.
pub(super) fn chain(first: File, sources: &Sources, problems: &mut Vec<Problem>) -> Option<Vec<File>> {
    let mut chain = vec![first];
    let mut others: Option<Vec<(File, Vec<Problem>)>> = None;
    while let Some(wanted) = chain.last().and_then(base).cloned() {
        let circle = chain.iter().position(|file| head(file).is_some_and(|head| head.name.text == wanted.text));
        if let Some(start) = circle {
            let names: Vec<&str> =
                chain.iter().skip(start).filter_map(head).map(|head| head.name.text.as_str()).collect();
            problems.push(error::circle(wanted.span, &names));
            return None;
        }
        let first = chain.first().map(|file| file.source);
        let others = others
            .get_or_insert_with(|| sources.iter().filter(|file| Some(file.id) != first).map(syntax::parse).collect());
        let is_wanted = |(file, _): &(File, Vec<Problem>)| head(file).is_some_and(|head| head.name.text == wanted.text);
        let Some(index) = others.iter().position(is_wanted) else {
            let names = others.iter().filter_map(|(file, _)| head(file)).map(|head| head.name.text.as_str());
            problems.push(error::unknown_base(&wanted.text, wanted.span, names));
            return None;
        };
        let (file, found) = others.swap_remove(index);
        problems.extend(found);
        problems.extend(super::misplaced(&file));
        chain.push(file);
    }
    // Without a base the last one is a ruleset, unless its head could not be read.
    let is_whole = chain.last().and_then(head).is_some_and(|head| !head.is_broken);
    is_whole.then_some(chain)
}
