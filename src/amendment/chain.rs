//! What a file stands on, down to the ruleset at the bottom.
//!
//! In: the tree of the file asked for and all texts. Out: the trees from it down to a ruleset that stands on
//! nothing, or why there is none.

use super::{base, error, head};
use crate::problem::Problem;
use crate::source::{SourceId, Sources};
use crate::syntax::{self, ast::File};

/// The trees from `first` downwards. Problems of the texts below are added to `problems`.
pub(super) fn chain(first: File, sources: &Sources, problems: &mut Vec<Problem>) -> Option<Vec<File>> {
    let mut chain = vec![first];
    while let Some(wanted) = chain.last().and_then(base).cloned() {
        let circle = chain.iter().position(|file| head(file).is_some_and(|head| head.name.text == wanted.text));
        if let Some(start) = circle {
            let names: Vec<&str> =
                chain.iter().skip(start).filter_map(head).map(|head| head.name.text.as_str()).collect();
            problems.push(error::circle(wanted.span, &names));
            return None;
        }
        let is_above = |id: SourceId| chain.iter().any(|file| file.source == id);
        let others = || sources.iter().filter(|file| !is_above(file.id));
        let is_wanted = |tree: &File| head(tree).is_some_and(|head| head.name.text == wanted.text);
        // Most texts do not have the name at all, and need not be read.
        let mut named = others().filter(|file| file.text.contains(&wanted.text)).map(syntax::parse);
        let Some((file, found)) = named.find(|(tree, _)| is_wanted(tree)) else {
            let trees: Vec<File> = others().map(|file| syntax::parse(file).0).collect();
            let names = trees.iter().filter_map(head).map(|head| head.name.text.as_str());
            problems.push(error::unknown_base(&wanted.text, wanted.span, names));
            return None;
        };
        problems.extend(found);
        problems.extend(super::misplaced(&file));
        chain.push(file);
    }
    // Without a base the last one is a ruleset, unless its head could not be read.
    let is_whole = chain.last().and_then(head).is_some_and(|head| !head.is_broken);
    is_whole.then_some(chain)
}
