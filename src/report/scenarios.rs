//! What came of scenarios: what failed and by how much, and what no scenario reaches.
//!
//! In: a model. Out: the outcome of each of its scenarios as text or JSON.

use super::ink::{Ink, Tone, harmless};
use super::layout::paragraph;
use super::run::{CANNOT_DETERMINE, Run, label};
use super::show;
use crate::meaning::{Failure, ScenarioRun, run_scenario};
use crate::model::{DeclarationId, DeclarationKind, ExpectedValue, Model, Scenario};
use crate::source::{Sources, Span};
use crate::value::{Outcome, Value};
use serde::Serialize;
use std::collections::BTreeSet;

/// The form of the JSON document; raised when a reader of the old form would misread the new.
pub const FORMAT: u32 = 1;

/// How the text is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Colour.
    pub ink: Ink,
    /// Only failures.
    pub is_quiet: bool,
}

/// A ruleset whose scenarios were run.
#[derive(Debug)]
pub struct Tested<'a> {
    model: &'a Model,
    sources: &'a Sources,
    runs: Vec<ScenarioRun>,
}

/// The wire form of all files.
#[derive(Debug, Serialize)]
struct Document {
    format: u32,
    files: Vec<FileEntry>,
}

#[derive(Debug, Serialize)]
struct FileEntry {
    file: String,
    ruleset: String,
    scenarios: Vec<ScenarioEntry>,
    not_reached: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ScenarioEntry {
    name: String,
    label: Option<String>,
    because: Option<String>,
    line: usize,
    holds: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_run: Option<String>,
    failures: Vec<FailureEntry>,
}

/// A failure in words.
#[derive(Debug, Serialize)]
struct FailureEntry {
    name: String,
    record: Option<String>,
    line: usize,
    expected: String,
    found: String,
    /// By how much, where both are numbers.
    difference: Option<String>,
    /// Why there is no value.
    why: Option<String>,
}

impl<'a> Tested<'a> {
    /// Runs the scenarios of a model.
    pub fn run(model: &'a Model, sources: &'a Sources) -> Self {
        let runs = model.scenarios.iter().map(|scenario| run_scenario(model, scenario)).collect();
        Self { model, sources, runs }
    }

    /// Whether every scenario holds.
    pub fn holds(&self) -> bool {
        self.runs.iter().all(ScenarioRun::holds)
    }

    /// The declarations that no scenario's expectations rest on; parts of an outcome are told with it.
    pub fn not_reached(&self) -> Vec<DeclarationId> {
        let reached: BTreeSet<DeclarationId> = self.runs.iter().flat_map(|run| run.reached.iter().copied()).collect();
        let all = (0..self.model.declarations.len()).map(DeclarationId::from_index);
        all.filter(|id| !reached.contains(id))
            .filter(|id| !matches!(self.model.declaration(*id).kind, DeclarationKind::OutcomePart(_)))
            .collect()
    }

    fn file(&self) -> &str {
        self.sources.iter().next().map_or("", |file| &file.name)
    }

    fn line(&self, span: Span) -> usize {
        self.sources.get(span.source).map_or(0, |file| file.line_column(span.start as usize).0)
    }

    fn failure(&self, scenario: &Scenario, run: &ScenarioRun, failure: &Failure) -> FailureEntry {
        let expectation = scenario.expectations.get(failure.expectation);
        let id = expectation.map_or(DeclarationId(0), |expectation| expectation.declaration);
        let declaration = self.model.declaration(id);
        let words =
            run.run.as_ref().map(|(data, results, options)| Run::new(self.model, self.sources, data, results, options));
        let (found, why) = match (&failure.found, &words) {
            (Some(outcome), Some(words)) => {
                let shown = words.outcome(id, outcome);
                let why = shown.causes.map(|causes| words.words().causes(causes));
                (if shown.causes.is_some() { CANNOT_DETERMINE.to_owned() } else { shown.text }, why)
            }
            _ => ("nothing: there is no such record".to_owned(), None),
        };
        FailureEntry {
            name: declaration.name.clone(),
            record: words.as_ref().and_then(|words| words.rows.at(declaration.level, failure.row)),
            line: expectation.map_or(0, |expectation| self.line(expectation.span)),
            expected: failure
                .expected
                .as_ref()
                .map_or_else(|| "nothing: there are more records than values".to_owned(), |e| self.expected(id, e)),
            found,
            difference: self.difference(id, failure),
            why,
        }
    }

    fn expected(&self, id: DeclarationId, expected: &ExpectedValue) -> String {
        let declaration = self.model.declaration(id);
        match expected {
            ExpectedValue::Value(value) => show::value(value, &declaration.ty, &declaration.shown, self.model),
            ExpectedValue::Met => "met".to_owned(),
            ExpectedValue::NotMet => "not met".to_owned(),
            ExpectedValue::DoesNotApply => "does not apply".to_owned(),
            ExpectedValue::CannotDetermine => CANNOT_DETERMINE.to_owned(),
        }
    }

    /// `£1 too much`, where both sides are numbers.
    fn difference(&self, id: DeclarationId, failure: &Failure) -> Option<String> {
        let Some(ExpectedValue::Value(Value::Number(expected))) = &failure.expected else { return None };
        let Some(Outcome::Known(Value::Number(found))) = &failure.found else { return None };
        let difference = found.subtract(expected).ok()?;
        let declaration = self.model.declaration(id);
        let size = show::value(&Value::Number(difference.size()), &declaration.ty, &declaration.shown, self.model);
        Some(format!("{size} too {}", if difference.is_negative() { "little" } else { "much" }))
    }

    fn entry(&self, scenario: &Scenario, run: &ScenarioRun) -> ScenarioEntry {
        ScenarioEntry {
            name: scenario.name.clone(),
            label: scenario.label.clone(),
            because: scenario.because.clone(),
            line: self.line(scenario.span),
            holds: run.holds(),
            not_run: run.unbuilt.clone(),
            failures: run.failures.iter().map(|failure| self.failure(scenario, run, failure)).collect(),
        }
    }

    fn write_text(&self, style: Style, out: &mut String) {
        let ink = style.ink;
        for (scenario, run) in self.model.scenarios.iter().zip(&self.runs) {
            let label = scenario.label.as_ref().map(|label| format!("  {}", harmless(label))).unwrap_or_default();
            if run.holds() {
                if !style.is_quiet {
                    out.push_str(&format!("{} {}{label}\n", ink.paint(Tone::Good, "holds"), scenario.name));
                }
                continue;
            }
            let entry = self.entry(scenario, run);
            out.push_str(&format!("{} {}{label}\n", ink.paint(Tone::Bad, "FAILS"), scenario.name));
            if let Some(why) = &entry.not_run {
                out.push_str(&paragraph("      could not be run: ", why, style.width));
            }
            for failure in &entry.failures {
                let at = failure.record.as_ref().map(|record| format!(", {record}")).unwrap_or_default();
                let by = failure.difference.as_ref().map(|by| format!(", {by}")).unwrap_or_default();
                let why = failure.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
                let text = format!(
                    "{}{at}: expected {}, found {}{by}{why} ({}, line {})",
                    failure.name,
                    failure.expected,
                    failure.found,
                    self.file(),
                    failure.line
                );
                out.push_str(&paragraph("      ", &text, style.width));
            }
        }
        self.write_summary(style, out);
    }

    fn write_summary(&self, style: Style, out: &mut String) {
        let failed = self.runs.iter().filter(|run| !run.holds()).count();
        let n = self.runs.len();
        let scenarios = if n == 1 { "1 scenario".to_owned() } else { format!("{n} scenarios") };
        if style.is_quiet && failed == 0 {
            return;
        }
        let outcome = match (n, failed) {
            (0, _) => style.ink.paint(Tone::Unknown, "no scenarios"),
            (_, 0) => style.ink.paint(Tone::Good, &format!("{scenarios}, all hold")),
            _ => style.ink.paint(Tone::Bad, &format!("{scenarios}, {failed} failed")),
        };
        out.push_str(&format!("{}: {outcome}\n", self.file()));
        let not_reached = self.not_reached();
        if !not_reached.is_empty() && !style.is_quiet {
            out.push_str(&format!("\nNo scenario reaches ({}):\n", not_reached.len()));
            for id in not_reached {
                let name = &self.model.declaration(id).name;
                let label = label(self.model, id);
                let label = if label == *name { String::new() } else { format!("  {label}") };
                out.push_str(&format!("  {name}{}\n", style.ink.paint(Tone::Faint, &label)));
            }
        }
    }
}

/// What came of the scenarios, as text.
pub fn text(tested: &[Tested<'_>], style: Style) -> String {
    let mut out = String::new();
    for (number, tested) in tested.iter().enumerate() {
        if number > 0 && !out.is_empty() {
            out.push('\n');
        }
        tested.write_text(style, &mut out);
    }
    out
}

/// What came of the scenarios, as JSON.
pub fn json(tested: &[Tested<'_>]) -> Result<String, serde_json::Error> {
    let files = tested.iter().map(|tested| FileEntry {
        file: tested.file().to_owned(),
        ruleset: tested.model.ruleset.name.clone(),
        scenarios: tested.model.scenarios.iter().zip(&tested.runs).map(|(s, run)| tested.entry(s, run)).collect(),
        not_reached: tested.not_reached().into_iter().map(|id| tested.model.declaration(id).name.clone()).collect(),
    });
    Ok(serde_json::to_string_pretty(&Document { format: FORMAT, files: files.collect() })? + "\n")
}
