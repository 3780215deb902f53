//! The heads and the sources of files, and whether their names agree.
//!
//! In: the files. Out: their [`Head`]s, and names that are taken or cannot be found.

use super::error;
use crate::amendment::{self, Days};
use crate::problem::Problem;
use crate::source::{SourceId, Sources, Span};
use crate::syntax;
use crate::syntax::ast::{ChangeKind, ClauseKind, DeclarationWord, File, Name};
use std::collections::BTreeMap;

/// The head of a file, with what it cites.
#[derive(Debug)]
pub(super) struct Head {
    /// The file.
    pub(super) source: SourceId,
    /// Name of the file.
    file: String,
    /// Name of the ruleset or amendment.
    pub(super) name: String,
    /// Where it is.
    pub(super) at: Span,
    pub(super) is_amendment: bool,
    /// The ruleset that it amends or is based on.
    base: Option<Name>,
    pub(super) days: Days,
    /// Where the days are said.
    pub(super) days_at: Option<Span>,
    /// `in force` where nothing is said.
    pub(super) status: String,
    pub(super) supersedes: Vec<Name>,
    pub(super) superseded_by: Vec<Name>,
    /// The sources it declares, by name, with their titles.
    cited: Vec<(Name, String)>,
}

/// The heads of files, in the order of the files.
pub(super) fn heads(sources: &Sources, files: &[SourceId]) -> Vec<Head> {
    let files = files.iter().filter_map(|id| sources.get(*id));
    files.filter_map(|file| head(&file.name, &syntax::parse(file).0)).collect()
}

fn head(file: &str, tree: &File) -> Option<Head> {
    let declared = amendment::head(tree)?;
    let mut head = Head {
        source: tree.source,
        file: file.to_owned(),
        name: declared.name.text.clone(),
        at: declared.name.span,
        is_amendment: declared.word == DeclarationWord::Amendment,
        base: amendment::base(tree).cloned(),
        days: Days::of(declared),
        days_at: None,
        status: "in force".to_owned(),
        supersedes: Vec::new(),
        superseded_by: Vec::new(),
        cited: Vec::new(),
    };
    for clause in &declared.clauses {
        match &clause.kind {
            ClauseKind::Status(words) => head.status.clone_from(&words.text),
            ClauseKind::Applies { .. } => head.days_at = Some(clause.span),
            ClauseKind::Supersedes(name) => head.supersedes.push(name.clone()),
            ClauseKind::SupersededBy(name) => head.superseded_by.push(name.clone()),
            _ => {}
        }
    }
    for source in tree.declarations.iter().filter(|declaration| declaration.word == DeclarationWord::Source) {
        // One that is replaced has another title on purpose.
        let is_new = source.change.as_ref().is_none_or(|change| change.kind == ChangeKind::Insert);
        if let Some(label) = source.label.as_ref().filter(|_| is_new && !source.name.text.is_empty()) {
            head.cited.push((source.name.clone(), label.text.clone()));
        }
    }
    Some(head)
}

/// The head of this name.
pub(super) fn find<'h>(heads: &'h [Head], name: &str) -> Option<&'h Head> {
    heads.iter().find(|head| head.name == name)
}

/// What is wrong with the names of several files.
pub(super) fn problems(heads: &[Head]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut first: BTreeMap<&str, &Head> = BTreeMap::new();
    let mut titles: BTreeMap<&str, (&str, &Name)> = BTreeMap::new();
    for head in heads.iter().filter(|head| !head.name.is_empty()) {
        match first.get(head.name.as_str()) {
            Some(first) => problems.push(error::same_name(&head.name, head.at, first.at)),
            None => {
                first.insert(&head.name, head);
            }
        }
        for (name, title) in &head.cited {
            match titles.get(name.text.as_str()) {
                Some((other, at)) if *other != title && at.span.source != name.span.source => {
                    problems.push(error::source_title(&name.text, name.span, at.span));
                }
                Some(_) => {}
                None => {
                    titles.insert(&name.text, (title, name));
                }
            }
        }
    }
    for head in heads {
        // Elsewhere it is found by the name of its file.
        if let Some(base) = head.base.as_ref().and_then(|base| find(heads, &base.text).map(|found| (base, found))) {
            let (base, found) = base;
            let wanted = amendment::file_name(&found.name);
            let is_file = found.file.ends_with(".rules");
            let own = found.file.rsplit(['/', '\\']).next().unwrap_or(&found.file);
            if is_file && own != wanted {
                problems.push(error::file_name(&found.name, base.span, own, &wanted, found.at));
            }
        }
    }
    problems
}

/// Rulesets that come before or after one of these and are not among them.
pub(super) fn missing(heads: &[Head]) -> Vec<Problem> {
    let named = heads.iter().flat_map(|head| head.supersedes.iter().chain(&head.superseded_by));
    let missing = named.filter(|name| find(heads, &name.text).is_none());
    missing
        .map(|name| {
            let near = crate::suggest::nearest(&name.text, heads.iter().map(|head| head.name.as_str()));
            error::unknown_ruleset(&name.text, name.span, near)
        })
        .collect()
}
