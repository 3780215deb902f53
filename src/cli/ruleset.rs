//! A rules file compiled for a command, its problems told.

use super::failure::Failure;
use super::input::{self, RulesText};
use super::output::Output;
use crate::amendment;
use crate::driver;
use crate::model::Model;
use crate::problem::{Problem, render};
use crate::source::Sources;
use crate::value::{Date, date_text};
use std::path::{Path, PathBuf};

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
    compiled(gather(name, input::rules(name)?)?, output)
}

/// Compiles the ruleset of the first text. Errors and warnings are told on standard error.
pub(super) fn compiled(sources: Sources, output: &Output) -> Result<Ruleset, Failure> {
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

/// A rules file with what it amends or is based on, at any depth: `bcf_2015_16` is `bcf-2015-16.rules` in its folder.
pub(super) fn gather(name: &str, text: RulesText) -> Result<Sources, Failure> {
    let mut sources = Sources::single(&text.name, &text.text);
    let mut base = amendment::base_name(&text.text);
    while let Some(wanted) = base {
        let path = folder(name).join(amendment::file_name(&wanted)).display().to_string();
        let is_there = sources.iter().any(|file| same_file(&file.name, &path));
        // A file that is not there is told by the compiler, at the place where it is named.
        if is_there || !Path::new(&path).is_file() {
            break;
        }
        let text = input::rules(&path)?;
        base = amendment::base_name(&text.text);
        sources.add(&text.name, &text.text);
    }
    Ok(sources)
}

/// The ruleset of this name that stands in the folder of a file, where there is one without errors.
pub(super) fn beside(name: &str, wanted: &str) -> Option<Ruleset> {
    let path = folder(name).join(amendment::file_name(wanted)).display().to_string();
    let sources = Path::new(&path).is_file().then(|| gather(&path, input::rules(&path)?)).and_then(Result::ok)?;
    let model = driver::compile(&sources).model?;
    Some(Ruleset { sources, model })
}

/// Notes the amendments in force on a day, or at all, that stand beside a ruleset and are not in this run.
pub(super) fn note_amendments(name: &str, model: &Model, day: Option<Date>, output: &Output) -> Result<(), Failure> {
    if output.terminal.quiet || name == input::STDIN || !model.ruleset.amendments.is_empty() {
        return Ok(());
    }
    let mut sources = Sources::new();
    for path in input::rules_files(&folder(name))? {
        // A file beside it that cannot be read is no reason not to evaluate this one.
        if let Ok(text) = input::rules(&path) {
            sources.add(&text.name, &text.text);
        }
    }
    let ruleset = &model.ruleset;
    let is_past = ruleset.status.as_deref() == Some("superseded");
    for (amendment, from) in amendment::amendments_of(&ruleset.name, is_past, &sources, day) {
        let from = from.map(|from| format!(" from {}", date_text(from))).unwrap_or_default();
        output.note(&format!("note: `{amendment}` amends `{}`{from} and is not in this run", ruleset.name));
    }
    Ok(())
}

/// A rules file with all others of its folder, in the order of their names.
pub(super) fn with_folder(name: &str, text: RulesText) -> Result<Sources, Failure> {
    let mut sources = Sources::single(&text.name, &text.text);
    for path in input::rules_files(&folder(name))? {
        if !same_file(name, &path) {
            let text = input::rules(&path)?;
            sources.add(&text.name, &text.text);
        }
    }
    Ok(sources)
}

/// The folder in which a file stands; standard input stands in the current one.
pub(super) fn folder(name: &str) -> PathBuf {
    if name == input::STDIN { PathBuf::new() } else { Path::new(name).parent().map(Path::to_owned).unwrap_or_default() }
}

fn same_file(one: &str, other: &str) -> bool {
    one == other || matches!((Path::new(one).canonicalize(), Path::new(other).canonicalize()), (Ok(a), Ok(b)) if a == b)
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
