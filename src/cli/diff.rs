//! `ringfence diff`: what changed between two rulesets, and what that does to the areas.

use super::args::{Diff, DiffFormat, Run as RunArgs};
use super::failure::{FINE, Failure, PROBLEMS, WRONG_USE};
use super::output::{Output, write_file};
use super::ruleset::{self, Ruleset};
use super::{dataset, input, progress};
use crate::amendment;
use crate::data::{Dataset, Input};
use crate::diff::effect::{self, Effect, Evaluated};
use crate::diff::{self, Side};
use crate::eval;
use crate::meaning::{Results, RunOptions};
use crate::model::Model;
use crate::report::diff::{Briefing, Weighed, json, terminal};
use crate::report::doc::{html, markdown};
use crate::report::{Ink, Run};
use crate::source::Sources;

/// There are changes in effect.
const CHANGES: u8 = PROBLEMS;

pub(super) fn run(args: &Diff, output: &Output) -> Result<u8, Failure> {
    match compare(args, output) {
        // Here 1 says that there are changes; what is wrong with rules or data is told by 2.
        Err(Failure::Told) => Ok(WRONG_USE),
        outcome => outcome,
    }
}

fn compare(args: &Diff, output: &Output) -> Result<u8, Failure> {
    let format = format(args)?;
    let new_name = args.new.as_deref().unwrap_or(&args.old);
    let new = ruleset::load(new_name, output)?;
    let old = match &args.new {
        Some(_) => ruleset::load(&args.old, output)?,
        None => base(&args.old, &new, output)?,
    };
    let sides = (side(&old), side(&new));
    let changes = diff::compare(sides.0, sides.1);
    let (of_old, of_new) = data_of(args);
    let mut briefing =
        Briefing { old: sides.0, new: sides.1, changes: &changes, weighed: None, most: usize::from(args.top) };
    if of_old.is_empty() && of_new.is_empty() && !is_without_data(&old, &new) {
        return tell(args, format, &briefing, output);
    }
    let (before, after) =
        (applied(args, &args.old, of_old, &old, &new, output)?, applied(args, new_name, of_new, &new, &old, output)?);
    let what: Effect = progress::during(&output.terminal, "comparing", || {
        effect::effect(before.evaluated(&old), after.evaluated(&new), &evaluate)
    });
    let runs = (before.run(&old), after.run(&new));
    briefing.weighed = Some(Weighed { old: &runs.0, new: &runs.1, effect: &what });
    tell(args, format, &briefing, output)
}

/// Rules that need no data are applied without being asked to.
fn is_without_data(old: &Ruleset, new: &Ruleset) -> bool {
    old.model.tables.is_empty() && new.model.tables.is_empty()
}

fn evaluate(model: &Model, data: &Dataset, options: &RunOptions) -> Results {
    eval::evaluate(model, data, options)
}

fn side(ruleset: &Ruleset) -> Side<'_> {
    Side { model: &ruleset.model, sources: &ruleset.sources }
}

/// What an amendment amends, or a ruleset is based on.
fn base(name: &str, whole: &Ruleset, output: &Output) -> Result<Ruleset, Failure> {
    let texts: Vec<_> = whole.sources.iter().collect();
    let stands_on = texts.first().and_then(|first| amendment::base_name(&first.text));
    if stands_on.is_none() || texts.len() < 2 {
        return Err(Failure::refused(format!(
            "`{}` amends nothing, so there is nothing to compare it with",
            input::shown_name(name)
        ))
        .help("name two rules files: `ringfence diff OLD NEW`"));
    }
    let mut sources = Sources::new();
    for text in texts.into_iter().skip(1) {
        sources.add(&text.name, &text.text);
    }
    ruleset::compiled(sources, output)
}

/// The data of the old rules and of the new.
fn data_of(args: &Diff) -> (&[String], &[String]) {
    let old = if args.data_old.is_empty() { &args.data } else { &args.data_old };
    let new = if args.data_new.is_empty() { &args.data } else { &args.data_new };
    (old, new)
}

/// A ruleset applied to data.
struct Applied {
    inputs: Vec<Input>,
    data: Dataset,
    options: RunOptions,
    results: Results,
}

impl Applied {
    fn evaluated<'a>(&'a self, ruleset: &'a Ruleset) -> Evaluated<'a> {
        Evaluated {
            side: side(ruleset),
            inputs: &self.inputs,
            data: &self.data,
            options: &self.options,
            results: &self.results,
        }
    }

    fn run<'a>(&'a self, ruleset: &'a Ruleset) -> Run<'a> {
        Run::new(&ruleset.model, &ruleset.sources, &self.data, &self.results, &self.options)
    }
}

fn applied(
    args: &Diff,
    name: &str,
    data: &[String],
    ruleset: &Ruleset,
    other: &Ruleset,
    output: &Output,
) -> Result<Applied, Failure> {
    if data.is_empty() && !ruleset.model.tables.is_empty() {
        return Err(Failure::refused(format!("there are no data for `{name}`"))
            .help("give --data for both, or --data-old and --data-new"));
    }
    // A parameter that only the other ruleset has is set there.
    let is_here = |text: &&String| {
        let name = text.split_once('=').map_or("", |(name, _)| name.trim());
        let has = |ruleset: &Ruleset| ruleset.model.parameters.iter().any(|parameter| parameter.name == name);
        has(ruleset) || !has(other)
    };
    let set = args.set.iter().filter(is_here).cloned().collect();
    let asked = RunArgs { file: name.to_owned(), data: data.to_vec(), as_at: args.as_at.clone(), set, threads: None };
    let options = dataset::options(&asked, &ruleset.model, output)?;
    let inputs = dataset::files(&asked, ruleset)?;
    let data = dataset::read(&inputs, ruleset, &other.model, output).inspect_err(|failure| {
        if matches!(failure, Failure::Told) && args.data_old.is_empty() && args.data_new.is_empty() {
            output.note(&format!(
                "the data do not fit `{name}`; give each ruleset its own with --data-old and --data-new"
            ));
        }
    })?;
    let results = progress::during(&output.terminal, "evaluating", || evaluate(&ruleset.model, &data, &options));
    Ok(Applied { inputs, data, options, results })
}

fn tell(args: &Diff, format: DiffFormat, briefing: &Briefing<'_>, output: &Output) -> Result<u8, Failure> {
    let text = match format {
        DiffFormat::Text => {
            let is_colored = args.out.is_none() && output.terminal.colors_stdout();
            let style = terminal::Style { width: output.terminal.width, ink: Ink { is_colored } };
            terminal::text(&briefing.document(), style)
        }
        DiffFormat::Md => markdown::markdown(&briefing.document()),
        DiffFormat::Html => html::html(&briefing.document()),
        DiffFormat::Json => json::text(briefing).map_err(|error| Failure::Bug(error.to_string()))?,
    };
    match &args.out {
        Some(path) => write_file(path, text.as_bytes())?,
        None if format == DiffFormat::Text => output.print(&text)?,
        None => output.print_bytes(text.as_bytes())?,
    }
    Ok(if briefing.has_effect() && !args.exit_zero { CHANGES } else { FINE })
}

/// The format asked for, or that of the name of the file to write.
fn format(args: &Diff) -> Result<DiffFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.out else { return Ok(DiffFormat::Text) };
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "md" | "markdown" => Ok(DiffFormat::Md),
        "html" | "htm" => Ok(DiffFormat::Html),
        "json" => Ok(DiffFormat::Json),
        "txt" => Ok(DiffFormat::Text),
        _ => Err(Failure::refused(format!("`{}` does not say what to write", path.display()))
            .help("end it in .md, .html, .json or .txt, or give --format")),
    }
}
