//! The results of a run as a person reads them on a terminal.
//!
//! In: a run and what of it to show. Out: areas in tables that fit the width, the reasons for what is missing,
//! the lines of the nation, and what the reader must know about the figures.

use super::ink::{Ink, Tone};
use super::layout::{Cell, Column, Flush, TextTable, paragraph};
use super::reasons::{Reasons, long_date};
use super::rows::Sort;
use super::run::{Run, ShownResult, counted, grouped};
use super::selection::{Selection, is_shown_by_default};
use crate::model::{DeclarationId, DeclarationKind, Level, Series, TableId, Type};
use crate::value::Period;
use std::collections::BTreeMap;

/// From this many rows on, a column with the same state in every row is told once.
const MANY_ROWS: usize = 8;
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
}

impl Page<'_, '_> {
    fn heading(&mut self, text: &str) {
        let painted = self.style.ink.paint(Tone::Heading, text);
        self.out.push_str(&painted);
        self.out.push('\n');
    }

    fn title(&mut self) {
        let ruleset = &self.run.model.ruleset;
        let name = ruleset.label.as_deref().unwrap_or(&ruleset.name).to_owned();
        let mut facts = Vec::new();
        facts.extend(ruleset.status.clone());
        if let Some(date) = self.run.results.as_at {
            facts.push(format!("as at {}", long_date(date)));
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
            let title = format!("{}{}", self.run.label(id), self.dagger(id));
            self.heading(&title);
            self.out.push_str(&pivot.render(self.style.width, self.style.ink));
            self.out.push('\n');
        }
    }

    /// Takes out the columns of states that say the same in every row, and says it once.
    fn take_same(&self, shown: &mut Vec<DeclarationId>, rows: &[usize]) -> Vec<String> {
        if !self.selection.only.is_empty() {
            return Vec::new();
        }
        let mut same = Vec::new();
        shown.retain(|id| {
            let declaration = self.run.model.declaration(*id);
            if !matches!(declaration.ty, Type::YesNo | Type::Choice(_) | Type::Text) {
                return true;
            }
            let mut values = rows.iter().map(|row| self.run.results.get(*id, *row));
            let Some(Some(first)) = values.next() else { return true };
            if first.is_missing() || values.any(|value| value != Some(first)) {
                return true;
            }
            let shown = self.run.outcome(*id, first);
            let text = self.style.ink.paint(shown.tone, &shown.text);
            same.push(format!("{}{} – {text}", self.run.label(*id), self.dagger(*id)));
            false
        });
        same
    }

    fn dagger(&self, id: DeclarationId) -> &'static str {
        if self.run.is_unverified(id) { " †" } else { "" }
    }

    fn column(&self, id: DeclarationId) -> Column {
        let is_number = matches!(self.run.model.declaration(id).ty, Type::Quantity(_));
        let flush = if is_number { Flush::Right } else { Flush::Left };
        Column { heading: format!("{}{}", self.run.label(id), self.dagger(id)), flush }
    }

    /// A cell with the number of its reason.
    fn cell(shown: &ShownResult<'_>, reasons: &mut Reasons) -> Cell {
        match shown.causes {
            Some(causes) => Cell::new(format!("{} [{}]", shown.text, reasons.number(causes)), shown.tone),
            None => Cell::new(shown.text.clone(), shown.tone),
        }
    }

    /// The columns that say which record a row is: its name, or those of the records above and its own.
    fn names(&self, table: TableId, row: usize) -> Vec<Cell> {
        let rows = &self.run.rows;
        let above = rows.parents(table, row).into_iter().map(|(parent, above)| rows.name(parent, above));
        above.chain([rows.own_name(table, row)]).map(|name| Cell::new(name, Tone::Plain)).collect()
    }

    fn name_columns(&self, table: TableId) -> Vec<Column> {
        let heading = |table: TableId| {
            let table = self.run.model.table(table);
            let mut letters = table.name.replace('_', " ");
            if let Some(first) = letters.get(..1) {
                letters = first.to_uppercase() + letters.get(1..).unwrap_or_default();
            }
            Column { heading: letters, flush: Flush::Left }
        };
        let parents = self.run.model.table(table).parents.iter().copied();
        parents.chain([table]).map(heading).collect()
    }

    fn text_table(&mut self, table: TableId, shown: &[DeclarationId], rows: &[usize]) -> TextTable {
        let mut columns = self.name_columns(table);
        let repeated = columns.len();
        columns.extend(shown.iter().map(|id| self.column(*id)));
        let mut reasons = std::mem::take(&mut self.reasons);
        let line = |row: &usize| {
            let cells = shown.iter().map(|id| Self::cell(&self.run.result(*id, *row), &mut reasons));
            let mut line = self.names(table, *row);
            line.extend(cells);
            line
        };
        let rows = rows.iter().map(line).collect();
        self.reasons = reasons;
        TextTable { columns, repeated, rows }
    }

    /// A result of a series beside the record above it, a column for each period.
    fn pivot(&self, upper: TableId, lower: TableId, id: DeclarationId, reasons: &mut Reasons) -> TextTable {
        let model = self.run.model;
        let mut columns = self.name_columns(upper);
        let repeated = columns.len();
        let periods = model.table(lower).series.map(periods).unwrap_or_default();
        let flush = self.column(id).flush;
        columns.extend(periods.iter().map(|period| Column { heading: period.to_string(), flush }));
        let mut by_record: BTreeMap<(usize, Period), usize> = BTreeMap::new();
        for row in self.run.rows.ordered(lower, Sort::Input) {
            let above = self.run.rows.above(lower, row, upper);
            let period = model.table(lower).series.and_then(|series| self.run.rows.cell(series.column, row));
            if let (Some(above), Some(crate::value::Value::Period(period))) = (above, period) {
                by_record.insert((above, *period), row);
            }
        }
        let rows = self.selection.rows(&self.run.rows, model, upper).into_iter().map(|above| {
            let cells = periods.iter().map(|period| match by_record.get(&(above, *period)) {
                Some(row) => Self::cell(&self.run.result(id, *row), reasons),
                None => Cell::new("", Tone::Plain),
            });
            let cells: Vec<Cell> = cells.collect();
            self.names(upper, above).into_iter().chain(cells).collect()
        });
        TextTable { rows: rows.collect(), columns, repeated }
    }

    fn nation(&mut self) -> String {
        let mut shown = self.selection.declarations(self.run.model, Level::Nation);
        if self.selection.only.is_empty() {
            shown.retain(|id| is_shown_by_default(self.run, *id));
        }
        if shown.is_empty() {
            return String::new();
        }
        let column = |flush| Column { heading: String::new(), flush };
        let mut table = TextTable {
            columns: vec![column(Flush::Left), column(Flush::Right), column(Flush::Left)],
            repeated: 3,
            rows: Vec::new(),
        };
        for id in shown {
            let cell = Self::cell(&self.run.result(id, 0), &mut self.reasons);
            let basis = self.run.basis(id, 0);
            let mut note = basis.map(|basis| self.run.basis_text(basis)).unwrap_or_default();
            if let Some(partial) = basis.and_then(|basis| basis.partial.as_ref()).filter(|_| cell.tone == Tone::Unknown)
            {
                let (partial, _) = self.run.known(id, partial);
                note = format!("{partial} {note}");
            }
            let label = format!("{}{}", self.run.label(id), self.dagger(id));
            table.rows.push(vec![Cell::new(label, Tone::Plain), cell, Cell::new(note, Tone::Faint)]);
        }
        let heading = self.style.ink.paint(Tone::Heading, "The nation");
        format!("{heading}\n{}\n", table.render(self.style.width, self.style.ink))
    }

    fn list_reasons(&mut self) {
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

    fn list_hidden(&mut self) {
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

    fn list_unverified(&mut self) {
        let model = self.run.model;
        let unverified = self.run.unverified();
        let is_any_marked = (0..model.declarations.len()).any(|n| self.run.is_unverified(DeclarationId::from_index(n)));
        if unverified.is_empty() || !(is_any_marked || model.ruleset.unverified.is_some()) {
            return;
        }
        self.heading("† Rests on something that is not verified");
        for (name, why) in unverified {
            self.out.push_str(&paragraph("  ", &format!("{name}: {why}"), self.style.width));
        }
        self.out.push('\n');
    }

    fn illustrative(&mut self) {
        let files = self.run.illustrative_files();
        if files.is_empty() {
            return;
        }
        let text = format!("{}. These figures are made up to show how the rules work.", files.join(", "));
        let lines = paragraph("Illustrative data: ", &text, self.style.width);
        self.out.push_str(&self.style.ink.paint(Tone::Unknown, lines.trim_end()));
        self.out.push_str("\n\n");
    }

    fn checks(&mut self) {
        let failed = self.run.failed_checks();
        let model = self.run.model;
        let is_check = |id: &DeclarationId| matches!(model.declaration(*id).kind, DeclarationKind::Check { .. });
        let checks = (0..model.declarations.len()).map(DeclarationId::from_index).filter(is_check).count();
        if checks == 0 {
            return;
        }
        if failed.is_empty() {
            let all = if checks == 1 {
                "The check does not fail".to_owned()
            } else {
                format!("None of the {checks} checks fails")
            };
            self.out.push_str(&self.style.ink.paint(Tone::Good, &format!("{all} in any row.")));
            self.out.push('\n');
            return;
        }
        let title = format!("FAILED CHECKS: {}", grouped(failed.len() as u64));
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

/// The periods of a series, first to last.
fn periods(series: Series) -> Vec<Period> {
    let n = series.last.ordinal.saturating_sub(series.first.ordinal);
    (0..=n.min(1_000)).map(|by| series.first.shift(by)).collect()
}
