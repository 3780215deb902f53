//! `ringfence check`: every problem of every file.

use super::args::{Check, TextOrJson};
use super::failure::{FINE, Failure, PROBLEMS, WRONG_USE};
use super::input;
use super::output::Output;
use super::ruleset;
use crate::driver;
use crate::problem::{Problem, json, render};
use crate::source::Sources;

pub(super) fn run(args: &Check, output: &Output) -> Result<u8, Failure> {
    let mut checked: Vec<(Sources, Vec<Problem>)> = Vec::new();
    let mut is_unread = false;
    for name in &args.files {
        let text = match input::rules(name) {
            Ok(text) => text,
            // The other files are still checked.
            Err(failure) => {
                output.tell_failure(&failure);
                is_unread = true;
                continue;
            }
        };
        let sources = ruleset::gather(name, text)?;
        let problems = driver::compile(&sources).problems;
        checked.push((sources, problems));
    }
    let has_errors = checked.iter().any(|(_, problems)| problems.iter().any(Problem::is_error));
    let has_any = checked.iter().any(|(_, problems)| !problems.is_empty());
    match args.format {
        TextOrJson::Text => output.print(&text(&checked, output))?,
        TextOrJson::Json => output.print(&json_text(&checked)?)?,
    }
    if is_unread {
        return Ok(WRONG_USE);
    }
    Ok(if has_errors || (args.deny_warnings && has_any) { PROBLEMS } else { FINE })
}

fn text(checked: &[(Sources, Vec<Problem>)], output: &Output) -> String {
    let style = render::Style { colour: output.terminal.colors_stdout(), unicode: true, width: output.terminal.width };
    let mut text = String::new();
    for (sources, problems) in checked {
        let shown: Vec<Problem> =
            problems.iter().filter(|problem| problem.is_error() || !output.terminal.quiet).cloned().collect();
        let name = sources.iter().next().map_or("", |file| &file.name);
        if !shown.is_empty() {
            text.push_str(&render::render(&shown, sources, style));
            text.push('\n');
        }
        if !output.terminal.quiet {
            let summary = render::summary(problems).unwrap_or_else(|| "no problems".to_owned());
            text.push_str(&format!("{name}: {summary}\n"));
        }
    }
    text
}

/// One document for all files.
fn json_text(checked: &[(Sources, Vec<Problem>)]) -> Result<String, Failure> {
    let mut all = json::Document { format: json::FORMAT, errors: 0, warnings: 0, problems: Vec::new() };
    for (sources, problems) in checked {
        let one = json::document(problems, sources);
        all.errors += one.errors;
        all.warnings += one.warnings;
        all.problems.extend(one.problems);
    }
    let text = serde_json::to_string_pretty(&all).map_err(|error| Failure::Bug(error.to_string()))?;
    Ok(text + "\n")
}
