//! Each clause of a rule in its own words, with what it did.

use super::super::run::Run;
use super::super::show;
use super::outcome_text;
use crate::meaning::{Explanation, Part, Step, StepKind};
use crate::model::{DeclarationKind, Shown, Start, Type};
use crate::source::Span;
use crate::value::{Outcome, Value};

/// One sentence for each step, the aggregates and series inside it first.
pub(super) fn sentences(run: &Run<'_>, explanation: &Explanation) -> Vec<String> {
    let teller = Teller { run, explanation, ty: &run.model.declaration(explanation.declaration).ty };
    let is_step = |part: &Part| explanation.steps.iter().any(|step| step.span == part.span);
    let mut sentences: Vec<String> =
        explanation.parts.iter().filter(|part| !is_step(part)).map(|part| teller.part(part)).collect();
    sentences.dedup();
    sentences.extend(explanation.steps.iter().map(|step| teller.sentence(step)));
    sentences
}

/// The cells of a row; a bar inside quotes is a letter.
fn cells(words: &str) -> Vec<&str> {
    let mut in_quotes = false;
    let is_bar = |c: char| {
        in_quotes ^= c == '"';
        c == '|' && !in_quotes
    };
    words.trim_matches('|').split(is_bar).map(str::trim).collect()
}

struct Teller<'r, 'a> {
    run: &'r Run<'a>,
    explanation: &'r Explanation,
    ty: &'r Type,
}

impl Teller<'_, '_> {
    fn words(&self, span: Span) -> String {
        self.run.words().words(span)
    }

    fn text(&self, outcome: &Outcome) -> String {
        outcome_text(self.run, outcome, self.ty)
    }

    fn part(&self, part: &Part) -> String {
        let value = outcome_text(self.run, &part.outcome, &part.ty);
        format!("`{}` is {value}{}", self.words(part.span), self.basis(part))
    }

    /// On how many records a figure rests.
    fn basis(&self, part: &Part) -> String {
        part.basis.as_ref().map(|basis| format!(", {}", self.run.basis_text(basis))).unwrap_or_default()
    }

    fn start(&self, step: &Step) -> String {
        let part = self.explanation.parts.iter().find(|part| part.span == step.span);
        let basis = part.map(|part| self.basis(part)).unwrap_or_default();
        format!("it starts as `{}`: {}{basis}", self.words(step.span), self.text(&step.after))
    }

    /// The row of a table that decides, by the cells that test something.
    fn row(&self, step: &Step, number: usize) -> String {
        let words = self.words(step.span);
        let cells = cells(&words);
        let tested: Vec<String> = self
            .heads()
            .iter()
            .zip(&cells)
            .filter(|(_, cell)| **cell != "any")
            .map(|(head, cell)| format!("`{head}` {cell}"))
            .collect();
        let tested = if tested.is_empty() { "which takes whatever is left".to_owned() } else { tested.join(", ") };
        format!("row {} of the table decides, {tested}: {}", number + 1, self.text(&step.after))
    }

    /// The heads of the tested columns.
    fn heads(&self) -> &[String] {
        match &self.run.model.declaration(self.explanation.declaration).kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => match &formula.start {
                Start::Table(table) => &table.heads,
                Start::Is(_) => &[],
            },
            _ => &[],
        }
    }

    fn sentence(&self, step: &Step) -> String {
        match step.kind {
            StepKind::Start => self.start(step),
            StepKind::Row(number) => self.row(step, number),
            StepKind::NoRow => "the rows of the table that may apply do not agree, or none applies".to_owned(),
            StepKind::AtLeast => self.bound(step, "at least", "raised"),
            StepKind::AtMost => self.bound(step, "at most", "lowered"),
            StepKind::NeverBelow => self.bound(step, "never below", "raised"),
            StepKind::Less => {
                let amount = step.operand.as_ref().map(|amount| self.text(amount)).unwrap_or_default();
                let words = self.clause(step, "less");
                // The floor is a step of its own.
                let words = words.split_once(", never below").map_or(words.as_str(), |(less, _)| less);
                format!("`{words}` takes away {amount}: {}", self.change(step, "it stays at"))
            }
            StepKind::Rounded => {
                format!("`{}`: {}", self.clause(step, "rounded"), self.change(step, "it is already so, and stays at"))
            }
            StepKind::OnlyIf => self.only_if(step),
            StepKind::IfMissing => format!(
                "`{}`: there was no value, so the rule puts {} in its place",
                self.clause(step, "if missing"),
                self.text(&step.after)
            ),
            StepKind::Unless => match &step.after {
                Outcome::Missing(_) => {
                    format!("`{}`: whether this exception applies cannot be determined", self.words(step.span))
                }
                Outcome::Known(_) => format!(
                    "the exception `{}` applies: {} instead of {}",
                    self.words(step.span),
                    self.text(&step.after),
                    step.before.as_ref().map(|before| self.text(before)).unwrap_or_default()
                ),
            },
            StepKind::When => self.when(step),
            StepKind::Exemption(_) => {
                let answer = match &step.after {
                    Outcome::Known(Value::YesNo(true)) => "yes, so the condition does not apply",
                    Outcome::Known(_) => "no, so this is no exemption",
                    Outcome::Missing(_) => "this cannot be determined",
                };
                format!("`unless {}`: {answer}", self.words(step.span))
            }
            StepKind::Verdict => self.verdict(),
            StepKind::StartAgain => self.moves(step, "start again when"),
            StepKind::Up => self.moves(step, "up when"),
            StepKind::Down => self.moves(step, "down when"),
            StepKind::Stands => self.stands(step),
            StepKind::Allocated => format!(
                "its part of the pot, in proportion and with the remainder by largest fraction: {}",
                self.text(&self.explanation.outcome)
            ),
        }
    }

    /// The words of a clause, with its first word where the place does not hold it.
    fn clause(&self, step: &Step, first: &str) -> String {
        let words = self.words(step.span);
        if words.starts_with(first) { words } else { format!("{first} {words}") }
    }

    fn bound(&self, step: &Step, first: &str, moved: &str) -> String {
        let words = self.clause(step, first);
        let operand = step.operand.as_ref().map(|operand| self.text(operand)).unwrap_or_default();
        // `at least £0` says its value itself.
        let said = if words == format!("{first} {operand}") { String::new() } else { format!(" ({operand})") };
        match (&step.before, &step.after) {
            (Some(before), after) if before == after => format!("`{words}`{said} changes nothing"),
            (Some(before @ Outcome::Known(_)), after @ Outcome::Known(_)) => {
                format!("`{words}`{said}: {moved} from {} to {}", self.text(before), self.text(after))
            }
            _ => format!("`{words}`{said} cannot be applied: a side is missing"),
        }
    }

    fn change(&self, step: &Step, stays: &str) -> String {
        match (&step.before, &step.after) {
            (Some(before), after) if before == after => format!("{stays} {}", self.text(after)),
            (Some(Outcome::Known(before)), after) => {
                // What was there before is told in full where its text is rounded.
                let exact = show::exact(before, self.ty, &Shown::Plain, self.run.model);
                let exact = exact.map(|exact| format!(", exactly {exact},")).unwrap_or_default();
                format!("from {}{exact} to {}", super::value_text(self.run, before, self.ty), self.text(after))
            }
            (_, after) => self.text(after),
        }
    }

    fn only_if(&self, step: &Step) -> String {
        let words = self.clause(step, "only if");
        match (&step.operand, &step.before) {
            (Some(Outcome::Known(Value::YesNo(true))), _) => format!("`{words}`: yes, so it stands"),
            (Some(Outcome::Known(_)), Some(before)) => {
                format!("`{words}`: no, so it is {} instead of {}", self.text(&step.after), self.text(before))
            }
            _ => format!("`{words}`: this cannot be determined"),
        }
    }

    fn when(&self, step: &Step) -> String {
        let kind = &self.run.model.declaration(self.explanation.declaration).kind;
        let (words, yes, no) = match kind {
            DeclarationKind::Condition { .. } => ("met when", "yes, it is met", "no, it is not met"),
            DeclarationKind::Permission { .. } => ("used when", "yes, it is used", "no, it is not used"),
            _ => ("holds when", "yes, it holds", "no, it does not hold"),
        };
        let answer = match &step.after {
            Outcome::Known(Value::YesNo(true)) => yes,
            Outcome::Known(_) => no,
            Outcome::Missing(_) => "this cannot be determined",
        };
        format!("`{words} {}`: {answer}", self.words(step.span))
    }

    /// Where a ladder stands, from where it stood.
    fn stands(&self, step: &Step) -> String {
        let now = self.text(&step.after);
        match (&step.before, &step.after) {
            (None, Outcome::Known(_)) => format!("where it stood before does not matter: it stands at {now}"),
            (None, Outcome::Missing(_)) => {
                "from where it may have stood before, more than one step is possible".to_owned()
            }
            (Some(before), after) if before == after => format!("it stood at {now} before and stays there"),
            (Some(before), Outcome::Known(_)) => format!("it stood at {} before and goes to {now}", self.text(before)),
            (Some(before), Outcome::Missing(_)) => {
                format!("it stood at {} before, and more than one step is possible now", self.text(before))
            }
        }
    }

    fn moves(&self, step: &Step, words: &str) -> String {
        let answer = match &step.after {
            Outcome::Known(Value::YesNo(true)) => "yes",
            Outcome::Known(_) => "no",
            Outcome::Missing(_) => "this cannot be determined",
        };
        format!("`{words} {}`: {answer}", self.words(step.span))
    }

    fn verdict(&self) -> String {
        let declaration = self.run.model.declaration(self.explanation.declaration);
        let row = self.explanation.row as usize;
        let DeclarationKind::Outcome { lower_is_better, baseline, target, actual } = &declaration.kind else {
            return self.text(&self.explanation.outcome);
        };
        let better = if *lower_is_better { "lower" } else { "higher" };
        let mut parts = Vec::new();
        for (name, part) in [("actual", Some(*actual)), ("target", *target), ("baseline", *baseline)] {
            if let Some(part) = part {
                parts.push(format!("{name} {}", self.run.result(part, row).text));
            }
        }
        format!("{better} is better; {}: {}", parts.join(", "), self.text(&self.explanation.outcome))
    }
}
