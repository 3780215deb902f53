//! Amendments: rulesets that are said as changes to others.
//!
//! In: the tree of an amendment, or of a ruleset that is based on another, and the texts beside it. Out: the tree
//! of the whole ruleset as amended, in which every declaration keeps the place where it is written, and what is
//! wrong with the changes. Whether the whole is sound is for the model to say, as of any ruleset.

mod apply;
mod chain;
mod columns;
mod error;
mod in_force;
mod rename;
mod text;

use crate::problem::Problem;
use crate::source::{Sources, Span};
use crate::syntax::ast::{ClauseKind, Declaration, DeclarationWord, File, Name};

pub use in_force::{Days, amendments_of, as_it_stood};
pub use text::text;

/// The head of a file: its first `rules` or `amendment`.
pub fn head(tree: &File) -> Option<&Declaration> {
    tree.declarations.iter().find(|declaration| is_head(declaration))
}

/// The ruleset that a file amends or is based on.
pub fn base(tree: &File) -> Option<&Name> {
    let head = head(tree)?;
    head.base.as_deref().or_else(|| {
        head.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::BasedOn(name) => Some(name),
            _ => None,
        })
    })
}

/// The name of the ruleset that `text` amends or is based on: what has to stand beside it in the sources of a
/// compilation.
pub fn base_name(text: &str) -> Option<String> {
    // Nearly every text is none, and is read once only.
    let may_say = |line: &str| line.starts_with("amendment") || line.trim_start().starts_with("based");
    if !text.lines().any(may_say) {
        return None;
    }
    let sources = Sources::single("", text);
    let (tree, _) = crate::syntax::parse(sources.iter().next()?);
    base(&tree).map(|name| name.text.clone())
}

/// The file of a ruleset: `bcf_2015_16` is in `bcf-2015-16.rules`.
pub fn file_name(ruleset: &str) -> String {
    format!("{}.rules", ruleset.replace('_', "-"))
}

/// The ruleset that a file says: as it is written, or as its changes leave the ruleset that it amends or is based on.
/// Nothing where that cannot be told, because a text is missing or a head cannot be read.
pub fn ruleset(tree: File, sources: &Sources, problems: &mut Vec<Problem>) -> Option<File> {
    problems.extend(misplaced(&tree));
    if base(&tree).is_some() {
        return amended(tree, sources, problems);
    }
    let is_amendment = head(&tree).is_some_and(|head| head.word == DeclarationWord::Amendment);
    (!is_amendment).then(|| without_changes(tree))
}

/// A ruleset without the changes in it, which were told; the names of what they would have declared stay known.
fn without_changes(mut tree: File) -> File {
    if tree.declarations.iter().all(|declaration| declaration.change.is_none()) {
        return tree;
    }
    let names: Vec<String> = tree.declarations.iter().map(|declaration| declaration.name.text.clone()).collect();
    tree.declarations.retain_mut(|declaration| {
        let Some(change) = declaration.change.take() else { return true };
        let is_known = names.iter().filter(|name| **name == declaration.name.text).count() > 1;
        declaration.is_broken = true;
        change.kind.declares() && !is_known
    });
    tree
}

/// Adds to each name that is not there any more, or is called otherwise now, where that was said.
pub fn say_where_names_went(tree: &File, sources: &Sources, problems: &mut [Problem]) {
    for problem in problems.iter_mut().filter(|problem| problem.code.0.starts_with("names::unknown")) {
        let Some(name) = problem.span().map(|span| sources.slice(span).to_owned()) else { continue };
        for change in tree.amendments.iter().flat_map(|amendment| &amendment.changes) {
            error::where_it_went(problem, &name, change);
        }
    }
}

/// What the changes of `tree`, and of what it stands on, leave of the ruleset at the bottom.
fn amended(tree: File, sources: &Sources, problems: &mut Vec<Problem>) -> Option<File> {
    let chain = chain::chain(tree, sources, problems)?;
    let mut below = chain.into_iter().rev();
    let mut whole = below.next()?;
    for amendment in below {
        whole = apply::apply(whole, &amendment, problems);
    }
    Some(whole)
}

/// What is wrong with the heads of any file, and the changes in one that has nothing to change.
fn misplaced(tree: &File) -> Vec<Problem> {
    let mut problems = Vec::new();
    let first = head(tree);
    let is_amendment = first.is_some_and(|first| first.word == DeclarationWord::Amendment);
    for second in tree.declarations.iter().filter(|declaration| is_head(declaration)).skip(1) {
        // Two heads of rulesets are told where the model is built.
        if let Some(first) = first.filter(|_| is_amendment || second.word == DeclarationWord::Amendment) {
            problems.push(error::two_heads(second.head_span, first.head_span));
        }
    }
    // A head that cannot be read may say what is changed.
    let is_known = tree.declarations.iter().all(|declaration| !is_head(declaration) || !declaration.is_broken);
    if base(tree).is_none() && is_known {
        let changes = tree.declarations.iter().filter_map(|declaration| declaration.change.as_ref());
        let places: Vec<Span> = changes.map(|change| change.span).collect();
        problems.extend(error::nothing_to_change(&places));
    }
    problems
}

fn is_head(declaration: &Declaration) -> bool {
    declaration.change.is_none() && matches!(declaration.word, DeclarationWord::Rules | DeclarationWord::Amendment)
}

/// What a declaration says, without places and without what an amendment does with it.
fn says(declaration: &Declaration) -> String {
    let declaration = Declaration { change: None, ..declaration.clone() };
    let file = File { declarations: vec![declaration], ..File::empty(crate::source::SourceId::default()) };
    crate::syntax::print::print(&file)
}

/// The names that are told apart from one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Head,
    Source,
    Unit,
    Value,
    Scenario,
}

impl Space {
    fn of(word: DeclarationWord) -> Self {
        match word {
            DeclarationWord::Rules | DeclarationWord::Amendment => Self::Head,
            DeclarationWord::Source => Self::Source,
            DeclarationWord::Unit => Self::Unit,
            DeclarationWord::Scenario => Self::Scenario,
            DeclarationWord::Data
            | DeclarationWord::Parameter
            | DeclarationWord::Measure
            | DeclarationWord::Condition
            | DeclarationWord::Permission
            | DeclarationWord::Payment
            | DeclarationWord::Allocation
            | DeclarationWord::Outcome
            | DeclarationWord::Decision
            | DeclarationWord::Check
            | DeclarationWord::Discretion
            | DeclarationWord::Ladder => Self::Value,
        }
    }
}
