//! The stages of a fixture as text, by the name of the snapshot that pins them.

use super::case::{Case, Config};
use super::results::{self, Context};
use ringfence::data::Dataset;
use ringfence::diff::Side;
use ringfence::diff::effect::{Evaluated, effect};
use ringfence::meaning;
use ringfence::model::Model;
use ringfence::problem::render::Style;
use ringfence::problem::{Place, Problem};
use ringfence::report;
use ringfence::report::ink::Ink;
use ringfence::report::run::Run;
use ringfence::report::selection::Selection;
use ringfence::source::{SourceFile, Sources};

/// What a case gave: stage names with their text, and every problem found on the way.
#[derive(Debug, Default)]
pub(crate) struct Stages {
    /// Name of the snapshot, text.
    pub(crate) texts: Vec<(String, String)>,
    /// Problems of the rules, then of the data.
    pub(crate) problems: Vec<Problem>,
    /// Scenarios that do not hold.
    pub(crate) failing: Vec<String>,
}

/// Runs a case through every stage that its files and its `case.toml` ask for.
pub(crate) fn run(case: &Case) -> Result<Stages, String> {
    let mut stages = Stages { problems: case.compiled.problems.clone(), ..Stages::default() };
    if !stages.problems.is_empty() {
        stages.add("diagnostics", render(&stages.problems, &case.sources));
    }
    for stage in &case.config.stages {
        match stage.as_str() {
            "syntax" => stages.add("syntax", ringfence::syntax::print::print(&parsed(case)?)),
            "format" => stages.add("format", formatted(case)?),
            "show" => stages.add("show", shown(case)?),
            "plan" => stages.add("plan", planned(case)?),
            "overview" => {} // with the data
            "doc" => stages.add("doc", report::doc::markdown::markdown(&document(case)?)),
            "page" => stages.add("page", without_style(&report::doc::html::html(&document(case)?))?),
            other => return Err(format!("case.toml asks for a stage `{other}` that is not known")),
        }
    }
    if case.family == "differences" && stages.problems.is_empty() {
        stages.add("diff", difference(case)?);
        return Ok(stages);
    }
    if let Some(model) = &case.compiled.model {
        evaluate(case, model, &mut stages)?;
    }
    Ok(stages)
}

/// The steps in which the rules are run over columns.
fn planned(case: &Case) -> Result<String, String> {
    let model = case.compiled.model.as_ref().ok_or("rules with problems have no plan")?;
    let plan = ringfence::plan::from_model(model).ok_or("these rules have no plan")?;
    Ok(ringfence::plan::print(&plan, model))
}

/// What the case changes of `old.rules`, or of what it amends, with what that does to the data beside it.
fn difference(case: &Case) -> Result<String, String> {
    let compiled = |sources: &Sources| {
        let compiled = ringfence::driver::compile(sources);
        compiled.model.ok_or_else(|| render(&compiled.problems, sources))
    };
    let is_old = |file: &&SourceFile| file.name == "old.rules";
    let before: Vec<&SourceFile> = match case.sources.iter().find(is_old) {
        Some(old) => vec![old],
        None => case.sources.iter().skip(1).collect(),
    };
    let mut older = Sources::new();
    for file in before {
        older.add(&file.name, &file.text);
    }
    let (old, new) = (compiled(&older)?, compiled(&case.sources)?);
    let (old, new) = (Side { model: &old, sources: &older }, Side { model: &new, sources: &case.sources });
    let changes = ringfence::diff::compare(old, new);
    let (inputs, options) = (case.data_files()?, case.options()?);
    let mut briefing = report::diff::Briefing { old, new, changes: &changes, weighed: None, most: 5 };
    let style = report::diff::terminal::Style { width: 100, ink: Ink::default() };
    if inputs.is_empty() {
        return Ok(report::diff::terminal::text(&briefing.document(), style));
    }
    let data = |model: &Model| -> Result<Dataset, String> {
        let (data, problems) = ringfence::data::load(model, &inputs);
        if problems.iter().any(Problem::is_error) { Err(render(&problems, &case.sources)) } else { Ok(data) }
    };
    let (old_data, new_data) = (data(old.model)?, data(new.model)?);
    let old_results = meaning::evaluate(old.model, &old_data, &options);
    let new_results = meaning::evaluate(new.model, &new_data, &options);
    let evaluated = |side, data, results| Evaluated { side, inputs: &inputs, data, options: &options, results };
    let what =
        effect(evaluated(old, &old_data, &old_results), evaluated(new, &new_data, &new_results), &meaning::evaluate);
    let old_run = Run::new(old.model, old.sources, &old_data, &old_results, &options);
    let new_run = Run::new(new.model, new.sources, &new_data, &new_results, &options);
    briefing.weighed = Some(report::diff::Weighed { old: &old_run, new: &new_run, effect: &what });
    Ok(report::diff::terminal::text(&briefing.document(), style))
}

/// The rulebook of the case.
fn document(case: &Case) -> Result<report::doc::Document, String> {
    let model = case.compiled.model.as_ref().ok_or("rules with errors have no rulebook")?;
    let book = report::doc::Rulebook::new(model, &case.sources);
    let Some(before) = book.predecessor() else { return Ok(book.document()) };
    let sources = older(&case.sources, before).ok_or(format!("`{before}` is not in the folder"))?;
    let older = ringfence::driver::compile(&sources).model.ok_or(format!("`{before}` has errors"))?;
    Ok(book.after(before, Side { model: &older, sources: &sources }).document())
}

/// The same texts with the ruleset of this name as the first.
pub(crate) fn older(sources: &Sources, name: &str) -> Option<Sources> {
    let wanted = format!("{}.rules", name.replace('_', "-"));
    let is_wanted = |file: &&SourceFile| file.name.rsplit('/').next() == Some(&wanted);
    let first = sources.iter().find(is_wanted)?;
    let mut all = Sources::single(&first.name, &first.text);
    for file in sources.iter().filter(|file| file.name != first.name) {
        all.add(&file.name, &file.text);
    }
    Some(all)
}

/// A page without its style, which says nothing about the rules.
fn without_style(page: &str) -> Result<String, String> {
    let (before, rest) = page.split_once("<style>").ok_or("a page has its style inside")?;
    let (_, after) = rest.split_once("</style>").ok_or("a page has its style inside")?;
    Ok(format!("{before}<style>…</style>{after}"))
}

fn parsed(case: &Case) -> Result<ringfence::syntax::ast::File, String> {
    let file = case.sources.iter().next().ok_or("no rules")?;
    Ok(ringfence::syntax::parse(file).0)
}

fn formatted(case: &Case) -> Result<String, String> {
    let file = case.sources.iter().next().ok_or("no rules")?;
    ringfence::format::format(&parsed(case)?, file).map_err(|problem| problem.message)
}

/// The ruleset whole; what is shown must be sound by itself.
fn shown(case: &Case) -> Result<String, String> {
    let whole = ringfence::driver::whole(&case.sources, case.options()?.as_at);
    let text = whole.text.ok_or_else(|| format!("nothing to show: {}", render(&whole.problems, &case.sources)))?;
    let sources = Sources::single("shown.rules", &text);
    let compiled = ringfence::driver::compile(&sources);
    if !compiled.problems.is_empty() {
        return Err(format!("what is shown is wrong: {}", render(&compiled.problems, &sources)));
    }
    let model = compiled.model.ok_or("no model")?;
    let failing: Vec<&str> = model
        .scenarios
        .iter()
        .filter(|scenario| !meaning::run_scenario(&model, scenario).holds())
        .map(|scenario| scenario.name.as_str())
        .collect();
    if failing.is_empty() { Ok(text) } else { Err(format!("scenarios of what is shown fail: {failing:?}")) }
}

/// Runs the scenarios, and the data that stands beside the rules.
fn evaluate(case: &Case, model: &Model, stages: &mut Stages) -> Result<(), String> {
    let mut parts = Vec::new();
    for (number, scenario) in model.scenarios.iter().enumerate() {
        let run = meaning::run_scenario(model, scenario);
        let mut text = results::scenario(model, &case.sources, number, &run);
        if !run.holds() {
            stages.failing.push(scenario.name.clone());
        }
        if let Some((data, found, _)) = &run.run {
            let context = Context { model, data, sources: &case.sources };
            text.push('\n');
            text.push_str(&results::table(context, found));
        }
        parts.push(text);
    }
    let inputs = case.data_files()?;
    if !inputs.is_empty() {
        let (data, problems) = ringfence::data::load(model, &inputs);
        if !problems.is_empty() {
            stages.add("data", render(&problems, &case.sources));
        }
        let may_run = !problems.iter().any(Problem::is_error);
        stages.problems.extend(problems);
        if may_run {
            parts.push(run_on_data(case, model, &data, stages)?);
        }
    }
    if !parts.is_empty() {
        stages.add("results", parts.join("\n"));
    }
    Ok(())
}

/// Evaluates the data, and adds what `case.toml` wants to see of it.
fn run_on_data(case: &Case, model: &Model, data: &Dataset, stages: &mut Stages) -> Result<String, String> {
    let options = case.options()?;
    let found = meaning::evaluate(model, data, &options);
    let context = Context { model, data, sources: &case.sources };
    let run = Run::new(model, &case.sources, data, &found, &options);
    if case.config.stages.iter().any(|stage| stage == "overview") {
        let style = report::overview::Style { width: 100, ink: Ink::default() };
        stages.add("overview", report::overview::overview(&run, &Selection::default(), style));
    }
    let mut explained = Vec::new();
    for wanted in &case.config.explain {
        let (name, row) = wanted.split_once(" of ").unwrap_or((wanted, "nation"));
        let id = model.find(name).ok_or_else(|| format!("case.toml explains `{name}`, which is not declared"))?;
        let rows = found.values.get(id.index()).map_or(0, Vec::len);
        let row = results::find_row(context, model.declaration(id), rows, row)
            .ok_or_else(|| format!("case.toml explains `{wanted}`, and there is no such record"))?;
        let explanation = meaning::explain(model, data, &found, &options, id, row)
            .ok_or_else(|| format!("no explanation of {wanted}"))?;
        let style = report::explain::Style { width: 100, ink: Ink::default() };
        explained.push(report::explain::text(&run, &explanation, style));
    }
    if !explained.is_empty() {
        stages.add("explain", explained.join("\n----\n\n"));
    }
    Ok(results::table(context, &found))
}

impl Stages {
    fn add(&mut self, name: &str, text: String) {
        self.texts.push((name.to_owned(), text));
    }
}

/// What is wrong with the problems of a mistake, if anything: each must give one problem of its family, with help.
pub(crate) fn departure(family: &str, config: &Config, problems: &[Problem]) -> Option<String> {
    let wanted = config.problems.unwrap_or(1);
    if problems.len() != wanted {
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code.0).collect();
        return Some(format!("{wanted} problem(s) wanted, {} found: {}", problems.len(), codes.join(", ")));
    }
    for problem in problems {
        let code = problem.code.0;
        let of_family = code.split_once("::").is_some_and(|(first, _)| first == family);
        if !of_family && !config.codes.iter().any(|listed| listed == code) {
            return Some(format!("`{code}` is not of the family `{family}` nor listed in case.toml"));
        }
        if problem.help.as_deref().is_none_or(|help| help.trim().is_empty()) {
            return Some(format!("`{code}` does not say how to mend it"));
        }
        if matches!(problem.place, Place::Nowhere) && family != "data" {
            return Some(format!("`{code}` does not say where it is"));
        }
    }
    if (wanted != 1 || !config.codes.is_empty()) && config.because.is_none() {
        return Some("case.toml departs from one problem of the family and does not say why in `because`".to_owned());
    }
    None
}

/// Problems as a person sees them on a terminal 100 columns wide without colour.
pub(crate) fn render(problems: &[Problem], sources: &Sources) -> String {
    ringfence::problem::render::render(problems, sources, Style::default())
}
