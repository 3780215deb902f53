//! The scenarios as worked examples: what is given, what comes out, and how.
//!
//! Everything is computed when the document is made, so an example cannot be wrong and look right: one that does
//! not come out as it says is marked, with both figures.

use super::Rulebook;
use super::document::{Block, Column, Item, Row, Section, Style, Table, Text};
use super::front::sentence_case;
use super::given::{Grid, GridColumn, given};
use crate::meaning::{self, Explanation, Failure, ScenarioRun, Step, StepKind};
use crate::model::{DeclarationId, DeclarationKind, ExpectedValue, Level, Scenario, TableId, Type};
use crate::report::run::CANNOT_DETERMINE;
use crate::report::{Run, Tone, explain, show};
use crate::value::{ConditionState, Outcome, Value};

/// The most records whose steps are shown one by one.
const MOST_STEPPED: usize = 6;

/// The examples; nothing where there are none.
pub(super) fn section(book: &Rulebook<'_>) -> Option<Section> {
    if book.runs.is_empty() {
        return None;
    }
    let lead = "Each example says what is given and what must come out of it. All of them were computed from the rules \
                when this document was made. What an example does not give is missing, not zero.";
    let examples = book.model.scenarios.iter().zip(&book.runs);
    Some(Section {
        anchor: book.places.part("examples"),
        heading: "Worked examples".to_owned(),
        blocks: vec![Block::Paragraph(Text::of(lead))],
        hides_inner: true,
        sections: examples.map(|(scenario, run)| example(book, scenario, run)).collect(),
        ..Section::default()
    })
}

fn example(book: &Rulebook<'_>, scenario: &Scenario, run: &ScenarioRun) -> Section {
    let mut blocks = Vec::new();
    if !run.holds() {
        let text = match &run.unbuilt {
            Some(why) => format!("The example cannot be computed: {why}."),
            None => "The rules do not give what this example says; see the figures marked below.".to_owned(),
        };
        blocks.push(Block::Aside { tone: Tone::Bad, word: "This example fails".to_owned(), text: Text::of(text) });
    }
    blocks.extend(given(book, scenario));
    if let Some((data, results, options)) = &run.run {
        let shown = Run::new(book.model, book.sources, data, results, options);
        let worked = Worked { book, scenario, came: run, run: shown };
        blocks.extend(worked.results());
        blocks.extend(worked.steps());
        blocks.extend(worked.reasons());
    }
    Section {
        anchor: book.places.example(&scenario.name),
        heading: scenario.label.clone().unwrap_or_else(|| scenario.name.clone()),
        about: about(scenario),
        blocks,
        ..Section::default()
    }
}

/// `s1_on_plan, as at 1 April 2015, constructed`
fn about(scenario: &Scenario) -> Text {
    let mut text = Text::code(&scenario.name);
    if let Some(date) = scenario.as_at {
        text.say(&format!(", as at {}", crate::value::date_text(date)));
    }
    if let Some(why) = &scenario.because {
        // `constructed` says what the example is, a sentence says why it is there.
        text.say(&if why.contains(' ') { format!(". {why}") } else { format!(", {why}") });
    }
    text
}

/// An example with what came out of it.
struct Worked<'r, 'a> {
    book: &'r Rulebook<'a>,
    scenario: &'r Scenario,
    came: &'r ScenarioRun,
    run: Run<'r>,
}

impl Worked<'_, '_> {
    /// Every result that the expectations rest on, level by level.
    fn results(&self) -> Vec<Block> {
        let tables = (0..self.book.model.tables.len()).map(TableId::from_index).map(Level::Table);
        tables.chain([Level::Nation]).flat_map(|level| self.results_of(level)).collect()
    }

    fn results_of(&self, level: Level) -> Vec<Block> {
        let ids: Vec<DeclarationId> = (0..self.book.model.declarations.len())
            .map(DeclarationId::from_index)
            .filter(|id| self.book.model.declaration(*id).level == level && self.is_worth_showing(*id))
            .collect();
        if ids.is_empty() {
            return Vec::new();
        }
        let caption = match level {
            Level::Nation => "What comes out for the nation".to_owned(),
            Level::Table(table) => format!("What comes out for each {}", self.book.model.table(table).name),
        };
        match self.run.rows.count(level) {
            0 => Vec::new(),
            1 => vec![self.of_one_record(caption, &ids)],
            rows => self.of_records(caption, &ids, level, rows),
        }
    }

    /// What is expected, and what it rests on where that tells something: a figure that is known, or a condition that
    /// is not simply met.
    fn is_worth_showing(&self, id: DeclarationId) -> bool {
        if self.is_expected(id) {
            return true;
        }
        let outcomes = self.run.results.values.get(id.index()).map(Vec::as_slice).unwrap_or_default();
        let is_met = |outcome: &Outcome| outcome.known() == Some(&Value::Condition(ConditionState::Met));
        let tells = match self.book.model.declaration(id).kind {
            DeclarationKind::OutcomePart(_) => false,
            DeclarationKind::Condition { .. } => !outcomes.iter().all(is_met),
            _ => outcomes.iter().any(|outcome| !outcome.is_missing()),
        };
        self.came.reached.contains(&id) && tells
    }

    fn is_expected(&self, id: DeclarationId) -> bool {
        self.scenario.expectations.iter().any(|expectation| expectation.declaration == id)
    }

    fn of_one_record(&self, caption: String, ids: &[DeclarationId]) -> Block {
        let rows = ids.iter().map(|id| {
            let cells = vec![vec![self.name(*id)], vec![self.value(*id, 0)], self.agreement(*id)];
            Row { anchor: None, cells }
        });
        let columns = vec![Column::words("Result"), Column::figures("Comes out as"), Column::words("The example")];
        Block::Table(Table { caption: Text::of(caption), columns, rows: rows.collect() })
    }

    /// Records beside each other where they are few; else under each other.
    fn of_records(&self, caption: String, ids: &[DeclarationId], level: Level, rows: usize) -> Vec<Block> {
        let record = |row| Text::of(self.record(level, row));
        let values = |id: DeclarationId, row| {
            let mut lines = vec![self.value(id, row)];
            lines.extend(self.failure(id, row).map(|failure| self.expected(id, failure)));
            lines
        };
        let caption = Text::of(caption);
        if rows <= MOST_STEPPED {
            let mut columns: Vec<GridColumn> =
                (0..rows).map(|row| GridColumn { heading: record(row), has_figures: true }).collect();
            columns.push(GridColumn { heading: Text::of("The example"), has_figures: false });
            let rows = ids.iter().map(|id| {
                let mut cells: Vec<Vec<Text>> = (0..rows).map(|row| values(*id, row)).collect();
                cells.push(self.agreement(*id));
                (self.name(*id), cells)
            });
            return Grid { caption, corner: Text::of("Result"), columns, rows: rows.collect() }.cut();
        }
        let columns = ids.iter().map(|id| GridColumn {
            heading: self.name(*id),
            has_figures: matches!(self.book.model.declaration(*id).ty, Type::Quantity(_)),
        });
        let corner = match level {
            Level::Table(table) => sentence_case(&self.book.model.table(table).name),
            Level::Nation => String::new(),
        };
        let rows = (0..rows).map(|row| (record(row), ids.iter().map(|id| values(*id, row)).collect()));
        Grid { caption, corner: Text::of(corner), columns: columns.collect(), rows: rows.collect() }.cut()
    }

    /// What a record is called: by its own name alone, where all of its kind belong to the same.
    fn record(&self, level: Level, row: usize) -> String {
        let Level::Table(table) = level else { return String::new() };
        let rows = &self.run.rows;
        let is_alone = (1..rows.count(level)).all(|other| rows.parents(table, other) == rows.parents(table, 0));
        if is_alone { rows.own_name(table, row) } else { rows.name(table, row) }
    }

    fn name(&self, id: DeclarationId) -> Text {
        self.book.places.declaration_link(id)
    }

    fn value(&self, id: DeclarationId, row: usize) -> Text {
        let shown = self.run.result(id, row);
        let text = if shown.causes.is_some() { CANNOT_DETERMINE } else { &shown.text };
        let has_meaning = self.run.has_states(id) || shown.causes.is_some() || self.failure(id, row).is_some();
        let tone = if self.failure(id, row).is_some() { Tone::Bad } else { shown.tone };
        if has_meaning && tone != Tone::Plain { Text::mark(tone, text) } else { Text::of(text) }
    }

    fn failure(&self, id: DeclarationId, row: usize) -> Option<&Failure> {
        let of = |failure: &&Failure| {
            let expectation = self.scenario.expectations.get(failure.expectation);
            failure.row == row && expectation.is_some_and(|expectation| expectation.declaration == id)
        };
        self.came.failures.iter().find(of)
    }

    /// Whether a result is as the example says.
    fn agreement(&self, id: DeclarationId) -> Vec<Text> {
        if !self.is_expected(id) {
            return Vec::new();
        }
        let rows = self.run.rows.count(self.book.model.declaration(id).level);
        let failures: Vec<&Failure> = self.came.failures.iter().filter(|failure| self.is_of(failure, id)).collect();
        match failures.as_slice() {
            [] => vec![Text::mark(Tone::Good, "as expected")],
            [only] if rows == 1 => vec![self.expected(id, only)],
            _ => vec![Text::mark(Tone::Bad, "not as expected")],
        }
    }

    fn is_of(&self, failure: &Failure, id: DeclarationId) -> bool {
        let expectation = self.scenario.expectations.get(failure.expectation);
        expectation.is_some_and(|expectation| expectation.declaration == id)
    }

    /// What the example says in the place of what came.
    fn expected(&self, id: DeclarationId, failure: &Failure) -> Text {
        let declaration = self.book.model.declaration(id);
        let expected = match &failure.expected {
            None => "nothing".to_owned(),
            Some(ExpectedValue::Value(value)) => {
                show::value(value, &declaration.ty, &declaration.shown, self.book.model)
            }
            Some(ExpectedValue::Met) => "met".to_owned(),
            Some(ExpectedValue::NotMet) => "not met".to_owned(),
            Some(ExpectedValue::DoesNotApply) => "does not apply".to_owned(),
            Some(ExpectedValue::CannotDetermine) => CANNOT_DETERMINE.to_owned(),
        };
        Text::mark(Tone::Bad, format!("expected {expected}"))
    }

    /// For each figure of several clauses, what each clause made of it.
    fn steps(&self) -> Vec<Block> {
        let mut told: Vec<DeclarationId> = Vec::new();
        let mut blocks = Vec::new();
        for expectation in &self.scenario.expectations {
            if !told.contains(&expectation.declaration) {
                told.push(expectation.declaration);
                blocks.extend(self.steps_of(expectation.declaration));
            }
        }
        blocks
    }

    fn steps_of(&self, id: DeclarationId) -> Option<Block> {
        let declaration = self.book.model.declaration(id);
        let steps = self.book.words().steps(declaration);
        let rows = self.run.rows.count(declaration.level);
        if steps.is_empty() || !(1..=MOST_STEPPED).contains(&rows) {
            return None;
        }
        let explained: Vec<Explanation> = (0..rows).map(|row| self.explain(id, row)).collect::<Option<_>>()?;
        let mut columns = vec![Column::words("Step")];
        columns.extend((0..rows).map(|row| {
            let name = if rows == 1 { "Gives".to_owned() } else { self.record(declaration.level, row) };
            Column::figures(Text::of(name))
        }));
        let mut after: Vec<Option<Outcome>> = vec![None; rows];
        let rows = steps.into_iter().map(|step| {
            let mut cells = vec![vec![sentence(step.text)]];
            for (after, explanation) in after.iter_mut().zip(&explained) {
                let inside = explanation.steps.iter().rev().find(|made| step.span.holds(made.span));
                if let Some(made) = inside {
                    *after = Some(made.after.clone());
                }
                let shown = after.as_ref().map(|outcome| self.run.outcome(id, outcome).text).unwrap_or_default();
                cells.push(vec![Text::of(shown)]);
            }
            Row { anchor: None, cells }
        });
        let caption = self.name(id).and(", step by step");
        Some(Block::Table(Table { caption, columns, rows: rows.collect() }))
    }

    fn explain(&self, id: DeclarationId, row: usize) -> Option<Explanation> {
        let run = &self.run;
        meaning::explain(run.model, run.data, run.results, run.options, id, row)
    }

    /// Why conditions and decisions come out as they do, and why what cannot be determined cannot.
    fn reasons(&self) -> Vec<Block> {
        let mut items: Vec<Item> = Vec::new();
        for expectation in &self.scenario.expectations {
            let declaration = self.book.model.declaration(expectation.declaration);
            let rows = self.run.rows.count(declaration.level);
            for row in 0..rows.min(MOST_STEPPED) {
                items.extend(self.reason(expectation.declaration, row, rows > 1));
            }
        }
        if items.is_empty() {
            return Vec::new();
        }
        let lead = Block::Paragraph(Text::styled("Why", Style::Strong));
        vec![lead, Block::List { is_ordered: false, items }]
    }

    fn reason(&self, id: DeclarationId, row: usize, is_several: bool) -> Option<Item> {
        let explanation = self.explain(id, row)?;
        let sentences = match (&explanation.outcome, &self.book.model.declaration(id).kind) {
            (Outcome::Missing(causes), _) => vec![self.run.words().causes(causes)],
            (
                _,
                DeclarationKind::Condition { .. } | DeclarationKind::Permission { .. } | DeclarationKind::Check { .. },
            ) => comparisons(&self.run, &explanation),
            (_, DeclarationKind::Decision(_) | DeclarationKind::Ladder { .. } | DeclarationKind::Outcome { .. }) => {
                explain::steps(&self.run, &explanation)
            }
            _ => Vec::new(),
        };
        if sentences.is_empty() {
            return None;
        }
        let level = self.book.model.declaration(id).level;
        let at = if is_several { format!(", {}", self.record(level, row)) } else { String::new() };
        let shown = self.run.result(id, row);
        let value = if shown.causes.is_some() { CANNOT_DETERMINE } else { &shown.text };
        let mut text = self.name(id).and(format!("{at}: {value}: "));
        text.append(Text::apart(sentences.iter().map(|sentence| Text::ticked(sentence)).collect()));
        Some(Item::of(text.sentence()))
    }
}

/// What a condition compared, as far as it could be determined: what is not known did not decide.
///
/// An exemption that applies is told instead: it decided alone.
fn comparisons(run: &Run<'_>, explanation: &Explanation) -> Vec<String> {
    let mut known = explanation.clone();
    if let Outcome::Known(Value::Condition(ConditionState::DoesNotApply(_))) = explanation.outcome {
        let applies = |step: &Step| {
            matches!(step.kind, StepKind::Exemption(_)) && step.after.known() == Some(&Value::YesNo(true))
        };
        known.steps.retain(applies);
        known.parts.clear();
        return explain::steps(run, &known);
    }
    known.tests.retain(|test| !test.holds.is_missing());
    explain::comparisons(run, &known)
}

fn sentence(text: Text) -> Text {
    let mut text = text.sentence();
    // A step in a table is no sentence.
    if let Some(last) = text.0.last_mut()
        && last.words.ends_with('.')
    {
        last.words.pop();
    }
    text
}
