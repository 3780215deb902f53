//! The results of a run as a person reads them on a terminal.
//!
//! In: a run and what of it to show. Out: areas in tables that fit the width, the reasons for what is missing,
//! the lines of the nation, and what the reader must know about the figures.

mod notes;
mod tables;

use super::ink::{Ink, Tone};
use super::layout::paragraph;
use super::reasons::Reasons;
use super::run::{Run, counted};
use super::selection::{Selection, is_shown_by_default};
use crate::model::{DeclarationId, DeclarationKind, Level, TableId};
use std::collections::{BTreeMap, BTreeSet};

/// From this many rows on, a column with the same state in every row is told once.
const MANY_ROWS: usize = 8;
/// Up to this many records stand side by side where they do not fit as rows.
const FEW_ROWS: usize = 4;
/// The most failed checks that are told one by one.
const MOST_CHECKS: usize = 20;

/// How an overview is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Colour.
    pub ink: Ink,
}

/// The results as text.
pub fn overview(run: &Run<'_>, selection: &Selection, style: Style) -> String {
    let mut page = Page {
        run,
        selection,
        style,
        reasons: Reasons::default(),
        out: String::new(),
        hidden: Vec::new(),
        pivots: BTreeMap::new(),
        shown: BTreeSet::new(),
    };
    page.choose_pivots();
    page.title();
    let levels = page.levels();
    for level in &levels {
        if let Level::Table(table) = level {
            page.table(*table);
        }
    }
    // The lines of the nation come last, where the eye is, but their reasons stand with the others above them.
    let nation = if levels.contains(&Level::Nation) { page.nation() } else { String::new() };
    page.list_reasons();
    page.out.push_str(&nation);
    page.list_hidden();
    page.list_unverified();
    page.illustrative();
    page.checks();
    page.out
}

struct Page<'r, 'a> {
    run: &'r Run<'a>,
    selection: &'r Selection,
    style: Style,
    reasons: Reasons,
    out: String,
    /// Results of lower levels that are not shown: the table and how many.
    hidden: Vec<(TableId, usize)>,
    /// By series table: its results that stand beside the record above it, a column for each period.
    pivots: BTreeMap<TableId, Vec<DeclarationId>>,
    /// Every result that is shown.
    shown: BTreeSet<DeclarationId>,
}

impl Page<'_, '_> {
    fn heading(&mut self, text: &str) {
        for line in super::layout::wrap(text, self.style.width) {
            self.out.push_str(&self.style.ink.paint(Tone::Heading, &line));
            self.out.push('\n');
        }
    }

    fn title(&mut self) {
        let ruleset = &self.run.model.ruleset;
        let name = ruleset.title();
        let mut facts = Vec::new();
        facts.extend(ruleset.status.clone());
        if let Some(date) = self.run.results.as_at {
            facts.push(format!("as at {}", crate::value::date_text(date)));
        }
        for (parameter, value) in &self.run.options.parameters {
            let parameter = self.run.model.parameter(*parameter);
            let value = super::show::value(value, &parameter.ty, &crate::model::Shown::Plain, self.run.model);
            facts.push(format!("{} set to {value}", parameter.name));
        }
        let facts = if facts.is_empty() { String::new() } else { format!(": {}", facts.join(", ")) };
        for (number, line) in super::layout::wrap(&format!("{name}{facts}"), self.style.width).iter().enumerate() {
            let tone = if number == 0 { Tone::Heading } else { Tone::Plain };
            self.out.push_str(&self.style.ink.paint(tone, line));
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    /// The levels that are shown as rows. Those below the areas wait until they are asked for, or show their
    /// payments with the areas.
    fn levels(&mut self) -> Vec<Level> {
        let all = self.selection.levels(self.run.model);
        let is_asked = !self.selection.levels.is_empty();
        let mut shown: Vec<Level> = Vec::new();
        for level in &all {
            let is_lower = matches!(level, Level::Table(table) if !self.run.model.table(*table).parents.is_empty());
            if is_asked || !is_lower || self.must_have_rows(*level, &all) {
                shown.push(*level);
            } else if let Level::Table(table) = level {
                let pivoted = self.pivots_of(*table);
                let left = self.selection.declarations(self.run.model, *level).len().saturating_sub(pivoted);
                if left > 0 {
                    self.hidden.push((*table, left));
                }
            }
        }
        for table in self.pivots.keys() {
            for upper in &self.run.model.table(*table).parents {
                if !shown.contains(&Level::Table(*upper)) {
                    shown.push(Level::Table(*upper));
                }
            }
        }
        shown
    }

    /// Whether results of a lower level that were asked for by name can only be shown row by row, or are all there is.
    fn must_have_rows(&self, level: Level, all: &[Level]) -> bool {
        let Level::Table(table) = level else { return true };
        let here = self.selection.declarations(self.run.model, level).len();
        let is_all = all.iter().all(|other| *other == level || *other == Level::Nation);
        (!self.selection.only.is_empty() || is_all) && self.pivots_of(table) < here
    }

    fn pivots_of(&self, table: TableId) -> usize {
        self.pivots.get(&table).map_or(0, Vec::len)
    }

    /// Chooses the results of series that stand beside the record above them: payments, or what was asked for
    /// by name, where all periods fit the width.
    fn choose_pivots(&mut self) {
        let model = self.run.model;
        if !self.selection.levels.is_empty() {
            return;
        }
        let is_payment = |id: &DeclarationId| matches!(model.declaration(*id).kind, DeclarationKind::Payment(_));
        for table in (0..model.tables.len()).map(TableId::from_index) {
            let declared = model.table(table);
            let ([upper], Some(_)) = (declared.parents.as_slice(), &declared.series) else { continue };
            let mut chosen = self.selection.declarations(model, Level::Table(table));
            chosen.retain(|id| !self.selection.only.is_empty() || is_payment(id));
            chosen.retain(|id| self.pivot(*upper, table, *id, &mut Reasons::default()).fits(self.style.width));
            if !chosen.is_empty() {
                self.pivots.insert(table, chosen);
            }
        }
    }

    fn table(&mut self, table: TableId) {
        let rows = self.selection.rows(&self.run.rows, self.run.model, table);
        let mut shown = self.selection.declarations(self.run.model, Level::Table(table));
        if self.selection.only.is_empty() {
            shown.retain(|id| is_shown_by_default(self.run, *id));
        }
        self.shown.extend(shown.iter().copied());
        let n = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let label = self.run.model.table(table).label.clone();
        let title = counted(self.run.model, table, n);
        self.heading(&label.map_or_else(|| title.clone(), |label| format!("{label}: {title}")));
        self.out.push('\n');
        let same = if rows.len() >= MANY_ROWS { self.take_same(&mut shown, &rows) } else { Vec::new() };
        if !shown.is_empty() {
            let text = self.text_table(table, &shown, &rows).render(self.style.width, self.style.ink);
            self.out.push_str(&text);
            self.out.push('\n');
        }
        if !same.is_empty() {
            let head = format!("In all {title}: ");
            self.out.push_str(&paragraph(&head, &same.join("; "), self.style.width));
            self.out.push('\n');
        }
        let beside = |(lower, _): &(&TableId, &Vec<DeclarationId>)| self.run.model.table(**lower).parents == [table];
        let pivots: Vec<(TableId, DeclarationId)> =
            self.pivots.iter().filter(beside).flat_map(|(lower, ids)| ids.iter().map(|id| (*lower, *id))).collect();
        for (lower, id) in pivots {
            let mut reasons = std::mem::take(&mut self.reasons);
            let pivot = self.pivot(table, lower, id, &mut reasons);
            self.reasons = reasons;
            self.shown.insert(id);
            let title = format!("{}{}", self.run.label(id), self.dagger(id));
            self.heading(&title);
            self.out.push_str(&pivot.render(self.style.width, self.style.ink));
            self.out.push('\n');
        }
    }
}
