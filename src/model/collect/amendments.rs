//! The amendments that are in a ruleset, and what each changed.

use super::Collected;
use super::head::{Provenance, date, label};
use crate::model::{Amendment, Change};
use crate::syntax::ast::{self, ChangeKind, ClauseKind, Declaration};

impl<'a> Collected<'a> {
    /// What changed the ruleset on its way here.
    pub(super) fn amendments(&mut self, file: &'a ast::File) {
        for amendment in &file.amendments {
            let changes: Vec<Change> =
                amendment.changes.iter().filter_map(|declaration| self.change(declaration)).collect();
            let head = &amendment.head;
            let Some(base) = &head.base else {
                self.model.ruleset.changes = changes;
                continue;
            };
            let Provenance { citations, notes, unverified } = self.provenance(head);
            let status = head.clauses.iter().find_map(|clause| match &clause.kind {
                ClauseKind::Status(words) => Some(words.text.clone()),
                _ => None,
            });
            // What is only proposed makes the whole a proposal.
            if status.is_some() {
                self.model.ruleset.status.clone_from(&status);
            }
            self.model.ruleset.amendments.push(Amendment {
                name: head.name.text.clone(),
                label: label(head),
                amends: base.text.clone(),
                status,
                from: head.dated.as_deref().and_then(date),
                citations,
                notes,
                unverified,
                changes,
                span: head.head_span,
            });
        }
        self.model.respelled = file.respelled.iter().map(|name| (name.span, name.text.clone())).collect();
    }

    fn change(&mut self, declaration: &Declaration) -> Option<Change> {
        let change = declaration.change.as_ref()?;
        // The sources and notes of what is declared belong to it.
        let is_bare = matches!(change.kind, ChangeKind::Omit | ChangeKind::Rename);
        let Provenance { citations, notes, .. } =
            if is_bare { self.provenance(declaration) } else { Provenance::default() };
        let columns = declaration.clauses.iter().flat_map(|clause| match &clause.kind {
            ClauseKind::Column(column) if !change.kind.declares() => vec![column.name.text.clone()],
            ClauseKind::OmittedColumns(names) => names.iter().map(|name| name.text.clone()).collect(),
            _ => Vec::new(),
        });
        Some(Change {
            action: change.kind.text().to_owned(),
            kind: declaration.word.text().to_owned(),
            name: declaration.name.text.clone(),
            to: change.to.as_ref().map(|to| to.text.clone()),
            columns: columns.collect(),
            citations,
            notes,
            span: declaration.head_span,
        })
    }
}
