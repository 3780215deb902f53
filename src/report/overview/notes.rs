//! What stands around the tables of an overview: reasons, what is not verified or made up, checks.

use super::super::layout::paragraph;
use super::super::run::grouped;
use super::{MOST_CHECKS, Page};
use crate::model::{DeclarationId, DeclarationKind};
use crate::report::ink::Tone;
use indexmap::IndexMap;

impl Page<'_, '_> {
    pub(super) fn list_reasons(&mut self) {
        if self.reasons.is_empty() {
            return;
        }
        self.heading("What is missing, and why");
        let words = self.run.words();
        let texts: Vec<String> = self.reasons.iter().map(|causes| words.causes(causes)).collect();
        let digits = texts.len().to_string().len();
        for (number, text) in texts.iter().enumerate() {
            let head = format!("{:>width$} ", format!("[{}]", number + 1), width = digits + 2);
            self.out.push_str(&paragraph(&head, text, self.style.width));
        }
        self.out.push('\n');
    }

    pub(super) fn list_hidden(&mut self) {
        for (table, results) in std::mem::take(&mut self.hidden) {
            let rows = self.selection.rows(&self.run.rows, self.run.model, table).len();
            let name = &self.run.model.table(table).name;
            let results = if results == 1 { "1 result".to_owned() } else { format!("{results} results") };
            let text = format!(
                "{results} for each {name} ({} rows) not shown; add `--level {name}` to see all of that level.",
                grouped(rows as u64)
            );
            self.out.push_str(&paragraph("", &text, self.style.width));
            self.out.push('\n');
        }
    }

    pub(super) fn list_unverified(&mut self) {
        let unverified = self.run.unverified(self.shown.iter().copied());
        if unverified.is_empty() {
            return;
        }
        // The same reason is often given for several rules.
        let mut by_reason: IndexMap<&str, Vec<String>> = IndexMap::new();
        for (name, why) in unverified {
            by_reason.entry(why).or_default().push(name);
        }
        self.heading("† Rests on something that is not verified");
        for (why, names) in by_reason {
            let text = format!("{}: {why}", names.join("; "));
            let lines = super::super::layout::wrap(&text, self.style.width.saturating_sub(4).max(20));
            self.out.push_str(&format!("  {}\n", lines.join("\n    ")));
        }
        self.out.push('\n');
    }

    pub(super) fn illustrative(&mut self) {
        let files = self.run.illustrative_files();
        if files.is_empty() {
            return;
        }
        let files = files.join(", ");
        let text = format!("Illustrative data: {files}. These figures are made up to show how the rules work.");
        let lines = paragraph("", &text, self.style.width);
        self.out.push_str(&self.style.ink.paint(Tone::Unknown, lines.trim_end()));
        self.out.push_str("\n\n");
    }

    pub(super) fn checks(&mut self) {
        let failed = self.run.failed_checks();
        let model = self.run.model;
        let is_check = |id: &DeclarationId| matches!(model.declaration(*id).kind, DeclarationKind::Check { .. });
        let checks = (0..model.declarations.len()).map(DeclarationId::from_index).filter(is_check).count();
        if checks == 0 {
            return;
        }
        let open = self.run.open_checks();
        let open = match open {
            0 => String::new(),
            1 => "; 1 row cannot be determined".to_owned(),
            n => format!("; {} rows cannot be determined", grouped(n as u64)),
        };
        if failed.is_empty() {
            let text = match checks {
                1 => format!("The one check does not fail{open}."),
                n => format!("Checks: none of {n} fails{open}."),
            };
            let lines = paragraph("", &text, self.style.width);
            self.out.push_str(&self.style.ink.paint(Tone::Good, lines.trim_end()));
            self.out.push('\n');
            return;
        }
        let title = format!("FAILED CHECKS: {}{open}", grouped(failed.len() as u64));
        let painted = self.style.ink.paint(Tone::Bad, &title);
        self.out.push_str(&painted);
        self.out.push('\n');
        for (id, row) in failed.iter().take(MOST_CHECKS) {
            let declaration = model.declaration(*id);
            let at = self.run.rows.at(declaration.level, *row).map(|name| format!(" – {name}")).unwrap_or_default();
            let line = format!("{} (`{}`){at}", self.run.label(*id), declaration.name);
            self.out.push_str(&paragraph("  ", &line, self.style.width));
        }
        if failed.len() > MOST_CHECKS {
            self.out.push_str(&format!("  and {} more\n", grouped((failed.len() - MOST_CHECKS) as u64)));
        }
    }
}
