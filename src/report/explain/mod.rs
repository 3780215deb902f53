//! Why a result is what it is, in plain sentences.
//!
//! In: an explanation from the interpreter and the run it belongs to. Out: the value, each clause of the rule in
//! its own words with what it did, what was compared, what was read and from where, the citations, and what
//! is not verified.

mod comparisons;
mod inputs;
mod steps;

use super::ink::{Ink, Tone};
use super::layout::paragraph;
use super::run::Run;
use super::show;
use crate::meaning::Explanation;
use crate::model::{DeclarationKind, Level, Shown, Type};
use crate::value::{Causes, Outcome, Value};
use indexmap::IndexMap;

/// The most causes that are listed one by one.
const MOST_CAUSES: usize = 12;

/// How an explanation is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Colour.
    pub ink: Ink,
}

/// The explanation as text.
pub fn text(run: &Run<'_>, explanation: &Explanation, style: Style) -> String {
    let mut letter = Letter { run, explanation, style, out: String::new() };
    letter.head();
    letter.list("How it comes about", &steps::sentences(run, explanation));
    letter.list("What was compared", &comparisons::sentences(run, explanation));
    letter.causes();
    letter.list("What it read", &inputs::sentences(run, explanation));
    letter.citations();
    letter.unverified();
    let files = run.illustrative_files();
    if !files.is_empty() {
        letter.list("Illustrative data", &[format!("{}: these figures are made up", files.join(", "))]);
    }
    letter.out
}

struct Letter<'r, 'a> {
    run: &'r Run<'a>,
    explanation: &'r Explanation,
    style: Style,
    out: String,
}

impl Letter<'_, '_> {
    fn list(&mut self, heading: &str, sentences: &[String]) {
        if sentences.is_empty() {
            return;
        }
        self.out.push('\n');
        self.out.push_str(&self.style.ink.paint(Tone::Heading, heading));
        self.out.push('\n');
        for sentence in sentences {
            // A sentence that runs over several lines is indented below its first words.
            let lines = super::layout::wrap(sentence, self.style.width.saturating_sub(4).max(20));
            for (number, line) in lines.iter().enumerate() {
                self.out.push_str(if number == 0 { "  " } else { "    " });
                self.out.push_str(line);
                self.out.push('\n');
            }
        }
    }

    fn head(&mut self) {
        let (run, id) = (self.run, self.explanation.declaration);
        let declaration = run.model.declaration(id);
        let row = self.explanation.row as usize;
        let at = run.rows.at(declaration.level, row);
        let title = format!("{}{}", run.label(id), at.map(|name| format!(", {name}")).unwrap_or_default());
        let shown = run.outcome(id, &self.explanation.outcome);
        let value = match &self.explanation.outcome {
            Outcome::Missing(_) => super::run::CANNOT_DETERMINE.to_owned(),
            Outcome::Known(value @ Value::Number(_)) => {
                show::value_with_unit(value, &declaration.ty, &declaration.shown, run.model)
            }
            Outcome::Known(_) => shown.text.clone(),
        };
        self.out.push_str(&self.style.ink.paint(Tone::Heading, &title));
        self.out.push_str(": ");
        self.out.push_str(&self.style.ink.paint(shown.tone, &value));
        self.out.push('\n');
        if let Outcome::Known(exact) = &self.explanation.outcome
            && let Some(exact) = show::exact(exact, &declaration.ty, &declaration.shown, run.model)
        {
            self.out.push_str(&format!("Exactly {exact}.\n"));
        }
        let level = match declaration.level {
            Level::Nation => "for the nation".to_owned(),
            Level::Table(table) => format!("for each {}", run.model.table(table).name),
        };
        let ruleset = &run.model.ruleset;
        let law = ruleset.title();
        let date =
            run.results.as_at.map(|date| format!(", as at {}", crate::value::date_text(date))).unwrap_or_default();
        let kind = kind_word(&declaration.kind);
        let text = format!("`{}`, {kind} {level} in {law}{date}.", declaration.name);
        self.out.push_str(&paragraph("", &text, self.style.width));
        for note in &declaration.notes {
            self.out.push_str(&paragraph("Note: ", note, self.style.width));
        }
    }

    /// What would settle a result that cannot be determined.
    fn causes(&mut self) {
        if let Outcome::Missing(causes) = &self.explanation.outcome {
            let sentences = cause_sentences(self.run, causes);
            self.list("It cannot be determined because", &sentences);
        }
    }

    fn citations(&mut self) {
        let declaration = self.run.model.declaration(self.explanation.declaration);
        let cited: Vec<String> = declaration.citations.iter().map(|citation| self.run.citation(citation)).collect();
        self.list("Source", &cited);
    }

    fn unverified(&mut self) {
        let model = self.run.model;
        let declaration = model.declaration(self.explanation.declaration);
        let mut sentences: Vec<String> = declaration.unverified.iter().map(|why| format!("this rule: {why}")).collect();
        // Rules often lack a source for the same reason; told once, with all their names.
        let mut by_reason: IndexMap<&str, Vec<String>> = IndexMap::new();
        for name in declaration.rests_on_unverified.iter().filter(|name| **name != declaration.name) {
            let of_parameter = model.parameters.iter().find(|parameter| parameter.name == *name);
            let why = of_parameter
                .and_then(|parameter| parameter.unverified.as_ref())
                .or_else(|| model.find(name).and_then(|id| model.declaration(id).unverified.as_ref()));
            by_reason.entry(why.map_or("", String::as_str)).or_default().push(format!("`{name}`"));
        }
        sentences.extend(by_reason.into_iter().map(|(why, names)| match why {
            "" => names.join(", "),
            why => format!("{}: {why}", names.join(", ")),
        }));
        self.list("Not verified", &sentences);
    }
}

/// The causes of a missing value, one sentence each.
fn cause_sentences(run: &Run<'_>, causes: &Causes) -> Vec<String> {
    let words = run.words();
    let mut sentences: Vec<String> = causes.iter().take(MOST_CAUSES).map(|cause| words.cause(cause)).collect();
    if causes.len() > MOST_CAUSES {
        sentences.push(format!("and {} more", causes.len() - MOST_CAUSES));
    }
    sentences
}

/// A value of a type as people read it.
fn value_text(run: &Run<'_>, value: &Value, ty: &Type) -> String {
    match value {
        Value::Condition(state) => super::run::condition_state(*state).0.to_owned(),
        _ => show::value_with_unit(value, ty, &Shown::Plain, run.model),
    }
}

/// An outcome of a type as people read it.
fn outcome_text(run: &Run<'_>, outcome: &Outcome, ty: &Type) -> String {
    match outcome {
        Outcome::Known(value) => value_text(run, value, ty),
        Outcome::Missing(_) => "missing".to_owned(),
    }
}

/// Each clause of a rule in its own words with what it did, as sentences.
pub(super) fn steps(run: &Run<'_>, explanation: &Explanation) -> Vec<String> {
    steps::sentences(run, explanation)
}

/// What a rule compared, as sentences.
pub(super) fn comparisons(run: &Run<'_>, explanation: &Explanation) -> Vec<String> {
    comparisons::sentences(run, explanation)
}

/// What a declaration is, as a noun.
pub(super) fn kind_word(kind: &DeclarationKind) -> &'static str {
    match kind {
        DeclarationKind::Measure(_) => "a measure",
        DeclarationKind::Condition { .. } => "a condition",
        DeclarationKind::Permission { .. } => "a permission",
        DeclarationKind::Payment(_) => "a payment",
        DeclarationKind::Decision(_) => "a decision",
        DeclarationKind::OutcomePart(_) => "a figure of an outcome",
        DeclarationKind::Outcome { .. } => "an outcome",
        DeclarationKind::Check { .. } => "a check",
        DeclarationKind::Discretion(_) => "a discretion",
        DeclarationKind::Ladder { .. } => "a ladder",
        DeclarationKind::Allocation { .. } => "an allocation",
    }
}
