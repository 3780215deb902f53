//! The changes of one amendment, applied in the order they are written.
//!
//! In: the ruleset below and the amendment. Out: the ruleset as amended. A change that cannot be applied is told
//! and left out, so that it hides no other.

use super::{Space, columns, error, is_head, rename, says};
use crate::problem::Problem;
use crate::source::Span;
use crate::syntax::ast::{
    Amendment, Change, ChangeKind, ClauseKind, Declaration, DeclarationWord, File, LiteralKind, Name,
};

/// Applies an amendment, or the changes of a ruleset that is based on another.
pub(super) fn apply(below: File, amendment: &File, problems: &mut Vec<Problem>) -> File {
    let Some(head) = super::head(amendment) else { return below };
    let mut ruleset = Ruleset {
        name: super::head(&below).map(|head| head.name.text.clone()).unwrap_or_default(),
        declarations: below.declarations,
        omitted: Vec::new(),
        respelled: below.respelled,
        replaced: below.replaced,
        problems,
        amends: head.base.is_some(),
    };
    ruleset.days(head);
    let is_change = |declaration: &&Declaration| !is_head(declaration);
    let changes: Vec<Declaration> = amendment.declarations.iter().filter(is_change).cloned().collect();
    for declaration in &changes {
        ruleset.change(declaration);
    }
    if changes.is_empty() && head.base.is_some() && !head.is_broken {
        ruleset.problems.push(error::empty(&head.name.text, head.name.span));
    }
    let mut amendments = below.amendments;
    if head.base.is_none() {
        ruleset.begin_anew(head);
        amendments.clear();
    }
    amendments.push(Amendment { head: head.clone(), changes });
    let Ruleset { declarations, respelled, replaced, .. } = ruleset;
    File { source: amendment.source, declarations, comments: Vec::new(), amendments, respelled, replaced }
}

/// A ruleset while it is amended.
pub(super) struct Ruleset<'p> {
    name: String,
    pub(super) declarations: Vec<Declaration>,
    /// What this amendment omitted so far; a column with its table before a dot.
    omitted: Vec<(Space, Name)>,
    pub(super) respelled: Vec<Name>,
    replaced: Vec<(Span, Span)>,
    pub(super) problems: &'p mut Vec<Problem>,
    /// Whether it is an amendment, and no ruleset that is based on another.
    amends: bool,
}

impl Ruleset<'_> {
    /// Whether the amendment begins while what it amends applies.
    fn days(&mut self, head: &Declaration) {
        let Some(LiteralKind::Date(from)) = head.dated.as_ref().map(|dated| &dated.kind) else { return };
        let Some(rules) = self.declarations.iter().find(|declaration| is_head(declaration)) else { return };
        let last = rules.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Applies { to: Some(to), .. } => Some((to, clause.span)),
            _ => None,
        });
        if let (Some((last, at)), Some(dated)) = (last, &head.dated)
            && let LiteralKind::Date(last) = last.kind
            && *from > last
        {
            self.problems.push(error::outside_days(dated.span, *from, last, at));
        }
    }

    /// A ruleset that is based on another has a head of its own; only how its figures are written goes on.
    fn begin_anew(&mut self, head: &Declaration) {
        let mut head = head.clone();
        let Some(old) = self.declarations.iter_mut().find(|declaration| is_head(declaration)) else { return };
        for clause in &old.clauses {
            let is_said = |head: &Declaration, like: fn(&ClauseKind) -> bool| {
                like(&clause.kind) && !head.clauses.iter().any(|own| like(&own.kind))
            };
            let is_currency = |kind: &ClauseKind| matches!(kind, ClauseKind::Currency(_));
            let is_year = |kind: &ClauseKind| matches!(kind, ClauseKind::YearStarts(_));
            if is_said(&head, is_currency) || is_said(&head, is_year) {
                head.clauses.push(clause.clone());
            }
        }
        self.replaced.push((head.span, old.span));
        *old = head;
    }

    fn change(&mut self, declaration: &Declaration) {
        let Some(change) = &declaration.change else {
            return self.declared_outright(declaration);
        };
        if declaration.is_broken && (!change.kind.declares() || declaration.name.text.is_empty()) {
            // What it would have done is not known: its names may be anywhere.
            let name = Name { text: String::new(), ..declaration.name.clone() };
            self.declarations.push(Declaration { name, change: None, ..declaration.clone() });
            return;
        }
        let is_of_head = Space::of(declaration.word) == Space::Head;
        if is_of_head && !(change.kind == ChangeKind::Replace && declaration.word == DeclarationWord::Rules) {
            let at = change.span.to(declaration.name.span);
            self.problems.push(error::of_head(at, change.kind, declaration.word));
            return;
        }
        match change.kind {
            ChangeKind::Replace => self.replace(declaration),
            ChangeKind::Insert => self.insert(declaration, change),
            ChangeKind::Omit => self.omit(declaration),
            ChangeKind::Rename => self.rename(declaration, change),
            ChangeKind::ReplaceIn | ChangeKind::InsertInto | ChangeKind::OmitFrom => {
                if declaration.word != DeclarationWord::Data {
                    let (word, name) = (declaration.word, &declaration.name);
                    self.problems.push(error::only_data(change.span, change.kind, word, &name.text));
                } else if let Some(index) = self.find(declaration.word, &declaration.name) {
                    columns::change(self, index, declaration, change);
                }
            }
        }
    }

    /// A declaration that does not say whether it is new.
    fn declared_outright(&mut self, declaration: &Declaration) {
        let existing = self.position(Space::of(declaration.word), &declaration.name.text);
        if !declaration.is_broken {
            let (word, name) = (declaration.word, &declaration.name.text);
            let at = declaration.word_span.to(declaration.name.span);
            let first = existing.and_then(|index| self.declarations.get(index)).map(|first| first.name.span);
            self.problems.push(error::without_change(at, word, name, first, self.amends));
        }
        match existing.and_then(|index| self.declarations.get_mut(index)) {
            Some(existing) => *existing = declaration.clone(),
            None => self.declarations.push(declaration.clone()),
        }
    }

    fn replace(&mut self, declaration: &Declaration) {
        let Some(index) = self.find(declaration.word, &declaration.name) else {
            return self.keep_name(declaration);
        };
        let Some(old) = self.declarations.get_mut(index) else { return };
        if !declaration.is_broken && says(old) == says(declaration) {
            let problem = error::changes_nothing(declaration.name.span, &declaration.name.text, old.name.span);
            self.problems.push(problem);
            return;
        }
        self.replaced.push((declaration.span, old.span));
        *old = Declaration { change: None, ..declaration.clone() };
    }

    fn insert(&mut self, declaration: &Declaration, change: &Change) {
        let name = &declaration.name;
        if let Some(first) =
            self.declarations.get(self.position(Space::of(declaration.word), &name.text).unwrap_or(usize::MAX))
        {
            let help = if first.word == declaration.word {
                format!("write `replace {} {}`, or give it another name", declaration.word.text(), name.text)
            } else {
                format!("give it another name, or write `omit {} {}` before it", first.word.text(), name.text)
            };
            self.problems.push(error::already_declared(&name.text, name.span, first.name.span, &help));
            return;
        }
        let new = Declaration { change: None, ..declaration.clone() };
        let at = match &change.place {
            None => self.end_of(declaration.word),
            Some(place) => match self.beside(Space::of(declaration.word), &place.name) {
                Some(index) if place.is_before => index,
                Some(index) => index + 1,
                None => self.end_of(declaration.word),
            },
        };
        self.declarations.insert(at.min(self.declarations.len()), new);
    }

    fn omit(&mut self, declaration: &Declaration) {
        let Some(index) = self.find(declaration.word, &declaration.name) else { return };
        self.declarations.remove(index);
        self.omitted.push((Space::of(declaration.word), declaration.name.clone()));
    }

    fn rename(&mut self, declaration: &Declaration, change: &Change) {
        let Some(to) = &change.to else { return };
        let Some(index) = self.find(declaration.word, &declaration.name) else { return };
        let space = Space::of(declaration.word);
        let is_relabelled = declaration.label.is_some();
        if to.text == declaration.name.text && !is_relabelled {
            let at = self.declarations.get(index).map_or(to.span, |old| old.name.span);
            self.problems.push(error::changes_nothing(to.span, &to.text, at));
            return;
        }
        if let Some(why) = rename::why_not(&self.declarations, declaration) {
            self.problems.push(error::cannot_rename(
                change.span.to(declaration.name.span),
                &declaration.name.text,
                &why,
            ));
            return;
        }
        if let Some(first) = self.position(space, &to.text).filter(|other| *other != index)
            && let Some(first) = self.declarations.get(first)
        {
            let help = "give it a name that nothing else has";
            self.problems.push(error::already_declared(&to.text, to.span, first.name.span, help));
            return;
        }
        if let Some(old) = self.declarations.get_mut(index)
            && is_relabelled
        {
            old.label.clone_from(&declaration.label);
        }
        rename::rename(self, space, &declaration.name.text, &to.text);
    }

    /// The declaration of this kind and name; one that is not there is told.
    fn find(&mut self, word: DeclarationWord, name: &Name) -> Option<usize> {
        let space = Space::of(word);
        let Some(index) = self.position(space, &name.text) else {
            self.not_there(space, name, word.text());
            return None;
        };
        let found = self.declarations.get(index)?;
        if found.word != word {
            self.problems.push(error::other_kind(&name.text, name.span, word, found.word, found.name.span));
            return None;
        }
        Some(index)
    }

    /// A declaration beside which another is inserted: of the same names if there is one, else any.
    fn beside(&mut self, space: Space, name: &Name) -> Option<usize> {
        let any = || {
            self.declarations.iter().position(|declaration| {
                Space::of(declaration.word) != Space::Head && declaration.name.text == name.text
            })
        };
        let found = self.position(space, &name.text).or_else(any);
        if found.is_none() {
            self.not_there(space, name, "declaration");
        }
        found
    }

    /// Tells that there is nothing of this name, any more or at all.
    fn not_there(&mut self, space: Space, name: &Name, what: &str) {
        if let Some(omitted) = self.omission(space, &name.text) {
            self.problems.push(error::omitted_before(&name.text, name.span, omitted));
            return;
        }
        let is_broken = self.declarations.iter().any(|declaration| declaration.name.text.is_empty());
        if is_broken {
            return;
        }
        let candidates = self.declarations.iter().filter(|declaration| Space::of(declaration.word) == space);
        let near = crate::suggest::nearest(&name.text, candidates.map(|declaration| declaration.name.text.as_str()));
        self.problems.push(error::unknown_target(&name.text, name.span, what, &self.name, near));
    }

    /// Where this amendment omitted it.
    pub(super) fn omission(&self, space: Space, name: &str) -> Option<Span> {
        let omitted = self.omitted.iter().find(|(of, omitted)| *of == space && omitted.text == name);
        omitted.map(|(_, omitted)| omitted.span)
    }

    /// Remembers that a column is omitted.
    pub(super) fn omit_column(&mut self, table: &str, column: &Name) {
        let name = Name { text: format!("{table}.{}", column.text), span: column.span };
        self.omitted.push((Space::Value, name));
    }

    fn position(&self, space: Space, name: &str) -> Option<usize> {
        self.declarations
            .iter()
            .position(|declaration| Space::of(declaration.word) == space && declaration.name.text == name)
    }

    /// After the last declaration of a kind; without one, after the last of a kind that stands before it.
    fn end_of(&self, word: DeclarationWord) -> usize {
        let rank = |word: DeclarationWord| DeclarationWord::ALL.iter().position(|(other, _)| *other == word);
        let same = self.declarations.iter().rposition(|declaration| declaration.word == word);
        let before = || self.declarations.iter().rposition(|declaration| rank(declaration.word) <= rank(word));
        same.or_else(before).map_or(0, |last| last + 1)
    }

    /// Keeps a name known whose declaration could not take its place, so that reading it is not a second mistake.
    fn keep_name(&mut self, declaration: &Declaration) {
        if self.position(Space::of(declaration.word), &declaration.name.text).is_none() {
            self.declarations.push(Declaration { change: None, is_broken: true, ..declaration.clone() });
        }
    }
}
