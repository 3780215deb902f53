//! A rules file compiled for a command, its problems told.

use super::failure::Failure;
use super::input;
use super::output::Output;
use crate::driver;
use crate::model::Model;
use crate::problem::{Problem, render};
use crate::source::Sources;

/// A rules file without errors.
#[derive(Debug)]
pub(super) struct Ruleset {
    /// Its text.
    pub(super) sources: Sources,
    /// Its model.
    pub(super) model: Model,
}

/// Reads and compiles a rules file. Errors and warnings are told on standard error.
pub(super) fn load(name: &str, output: &Output) -> Result<Ruleset, Failure> {
    let text = input::rules(name)?;
    let sources = Sources::single(&text.name, &text.text);
    let compiled = driver::compile(&sources);
    if let Some(model) = compiled.model {
        if !output.terminal.quiet {
            tell_problems(&compiled.problems, &sources, output);
        }
        return Ok(Ruleset { sources, model });
    }
    let errors: Vec<Problem> =
        compiled.problems.into_iter().filter(|problem| problem.is_error() || !output.terminal.quiet).collect();
    tell_problems(&errors, &sources, output);
    Err(Failure::Told)
}

/// Tells problems on standard error, with how many there are.
pub(super) fn tell_problems(problems: &[Problem], sources: &Sources, output: &Output) {
    if problems.is_empty() {
        return;
    }
    let style =
        render::Style { colour: output.terminal.colors_stderr(), unicode: true, width: output.terminal.stderr_width };
    let summary = render::summary(problems).map(|summary| format!("\n{summary}\n")).unwrap_or_default();
    output.tell(&format!("{}{summary}", render::render(problems, sources, style)));
}
