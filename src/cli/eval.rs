//! `ringfence eval`: the results of every area and the lines of the nation.

use super::args::{Eval, EvalFormat, SortBy};
use super::failure::{FINE, Failure, OUR_BUG, PROBLEMS};
use super::output::{Output, write_file};
use super::{dataset, parquet, progress, ruleset, selection, stream};
use crate::eval::{self, Wanted};
use crate::meaning::{self, RunOptions};
use crate::model::{DeclarationId, Level, Model};
use crate::plan;
use crate::report::{Ink, Run, Selection, Sort, csv, differences, json, overview, workbook};
use std::path::Path;

pub(super) fn run(args: &Eval, output: &Output) -> Result<u8, Failure> {
    let format = format(args)?;
    let ruleset = ruleset::load(&args.run.file, output)?;
    let options = dataset::options(&args.run, &ruleset.model, output)?;
    ruleset::note_amendments(&args.run.file, &ruleset.model, options.as_at, output)?;
    let chosen = choose_names(args, &ruleset.model)?;
    let plan = plan::from_model(&ruleset.model);
    let is_for_programs = matches!(format, EvalFormat::Csv | EvalFormat::Parquet);
    if is_for_programs
        && let Some(plan) = &plan
        && let Some(code) = stream::run(args, format, &ruleset, plan, &options, &chosen, output)?
    {
        return Ok(code);
    }
    let (data, is_whole) = dataset::load(&args.run, &ruleset, args.keep_going, output)?;
    let model = &ruleset.model;
    let threads = dataset::threads(args.run.threads).get();
    // A table for a program is written from columns; everything else looks at results one by one.
    let is_complete = plan.as_ref().is_some_and(plan::Plan::is_complete);
    let wanted = if is_for_programs && is_complete && !args.verify { Wanted::Columns } else { Wanted::Results };
    let (columns, results) = progress::during(&output.terminal, "evaluating", || {
        let columns = plan.as_ref().and_then(|plan| eval::Run::new(plan, model, &data, &options, wanted, threads));
        let results = match &columns {
            Some(columns) if wanted == Wanted::Columns => columns.results_of_the_nation(),
            Some(columns) => columns.results(),
            None => meaning::evaluate(model, &data, &options),
        };
        (columns, results)
    });
    let mut run = Run::new(model, &ruleset.sources, &data, &results, &options);
    if let Some(columns) = columns.as_ref().filter(|_| wanted == Wanted::Columns) {
        run = run.with_columns(columns);
    }
    let selection = choose_records(args, chosen, &run)?;
    let agrees = !args.verify || verify(&run, &options, columns.is_some(), output);
    match format {
        EvalFormat::Table => table(args, &run, &selection, output)?,
        EvalFormat::Json => {
            let text = json::text(&run, &selection).map_err(|error| Failure::Bug(error.to_string()))?;
            put(args.out.as_deref(), text.as_bytes(), output)?;
        }
        EvalFormat::Csv | EvalFormat::Parquet => write_tables(args, format, &run, &selection, output)?,
        EvalFormat::Xlsx => {
            let Some(path) = &args.out else {
                return Err(Failure::refused("a workbook is not for standard output").help("name a file with --out"));
            };
            let bytes = workbook::bytes(&run, &selection).map_err(|error| Failure::refused(error.to_string()))?;
            put(Some(path), &bytes, output)?;
        }
    }
    let failed = run.failed_checks();
    if !failed.is_empty() && format != EvalFormat::Table {
        let (first, row) = failed[0];
        let at = run.rows.at(model.declaration(first).level, row);
        tell_failed(model, failed.len() as u64, first, at.as_deref(), output);
    }
    Ok(match (agrees, failed.is_empty() && is_whole) {
        (false, _) => OUR_BUG,
        (true, true) => FINE,
        (true, false) => PROBLEMS,
    })
}

/// Says how many checks fail, and which is the first, at which row.
pub(super) fn tell_failed(model: &Model, count: u64, first: DeclarationId, at: Option<&str>, output: &Output) {
    let at = at.map(|name| format!(" at {name}")).unwrap_or_default();
    let checks = if count == 1 { "check" } else { "checks" };
    output.tell(&format!("{count} failed {checks}; the first is `{}`{at}\n", model.declaration(first).name));
}

/// How many differences are told one by one.
const MOST_DIFFERENCES: usize = 20;

/// Compares every result with what the reference interpreter gives; tells every difference, and how much agrees.
fn verify(run: &Run<'_>, options: &RunOptions, has_columns: bool, output: &Output) -> bool {
    if !has_columns {
        output.tell("nothing to compare: the reference interpreter itself runs these rules, which have no plan\n");
        return true;
    }
    let defined = progress::during(&output.terminal, "verifying", || meaning::evaluate(run.model, run.data, options));
    let comparison = meaning::compare(run.model, &defined, run.results, MOST_DIFFERENCES);
    output.tell(&format!("{}\n{}", differences::summary(&comparison), differences::text(run, &comparison)));
    if !comparison.agrees() {
        output
            .tell("this is a mistake of the program, not of the rules: please report it with the rules and the data\n");
    }
    comparison.agrees()
}

/// The format: as said, or as the name of the output tells.
fn format(args: &Eval) -> Result<EvalFormat, Failure> {
    let format = match (args.format, &args.out) {
        (Some(format), _) => format,
        (None, None) => EvalFormat::Table,
        (None, Some(path)) if is_folder(path) => EvalFormat::Csv,
        (None, Some(path)) => format_of(path)?,
    };
    match format {
        EvalFormat::Parquet if !parquet::IS_BUILT => Err(parquet::refusal()),
        EvalFormat::Parquet if args.out.is_none() => {
            Err(Failure::refused("Parquet is not for standard output").help("name a file or a folder with --out"))
        }
        format => Ok(format),
    }
}

fn format_of(path: &Path) -> Result<EvalFormat, Failure> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "json" => Ok(EvalFormat::Json),
        "csv" => Ok(EvalFormat::Csv),
        "parquet" => Ok(EvalFormat::Parquet),
        "xlsx" => Ok(EvalFormat::Xlsx),
        "txt" => Ok(EvalFormat::Table),
        _ => Err(Failure::refused(format!("`{}` does not say what to write", path.display()))
            .help("end it in .json, .csv, .parquet, .xlsx or .txt, or give --format")),
    }
}

/// Whether a path names a folder: it is one, or it ends in a slash.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

fn choose_names(args: &Eval, model: &Model) -> Result<Selection, Failure> {
    let mut chosen = Selection {
        sort: match args.sort {
            SortBy::Key => Sort::Key,
            SortBy::Input => Sort::Input,
        },
        ..Selection::default()
    };
    for name in args.only.iter().filter(|name| !name.trim().is_empty()) {
        let id = selection::declaration(model, name.trim())?;
        if !chosen.only.contains(&id) {
            chosen.only.push(id);
        }
    }
    for name in args.level.iter().filter(|name| !name.trim().is_empty()) {
        chosen.levels.push(selection::level(model, name.trim())?);
    }
    if chosen.levels(model).is_empty() && !chosen.levels.is_empty() {
        return Err(Failure::refused("the rules have no such results at that level"));
    }
    Ok(chosen)
}

fn choose_records(args: &Eval, mut chosen: Selection, run: &Run<'_>) -> Result<Selection, Failure> {
    for wanted in &args.area {
        chosen.records.push(selection::area(run.model, run.data, &run.rows, wanted)?);
    }
    Ok(chosen)
}

fn table(args: &Eval, run: &Run<'_>, selection: &Selection, output: &Output) -> Result<(), Failure> {
    let is_colored = args.out.is_none() && output.terminal.colors_stdout();
    let style = overview::Style { width: output.terminal.width, ink: Ink { is_colored } };
    let text = overview::overview(run, selection, style);
    match &args.out {
        Some(path) => write_file(path, text.as_bytes()),
        None => output.print(&text),
    }
}

/// Writes tables for programs: a file for each level into a folder, else one of them.
fn write_tables(
    args: &Eval,
    format: EvalFormat,
    run: &Run<'_>,
    selection: &Selection,
    output: &Output,
) -> Result<(), Failure> {
    let levels = selection.levels(run.model);
    let threads = dataset::threads(args.run.threads).get();
    let bug = |error: csv::Error| Failure::Bug(error.to_string());
    let table = |level: Level| match format {
        EvalFormat::Parquet => parquet::level(run, selection, level, threads),
        _ => csv::level(run, selection, level, threads).map_err(bug),
    };
    if let Some(folder) = args.out.as_deref().filter(|path| is_folder(path)) {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file("make", folder.display(), &error))?;
        for level in &levels {
            write_file(&folder.join(file_name(run.model, *level, format)), &table(*level)?)?;
        }
        // A Parquet file says itself what was run.
        return match format {
            EvalFormat::Parquet => Ok(()),
            _ => write_file(&folder.join("about.csv"), &csv::about(run.about()).map_err(bug)?),
        };
    }
    // One table: what was asked for, or the areas.
    let is_root = |level: &&Level| matches!(level, Level::Table(table) if run.model.table(*table).parents.is_empty());
    let Some(level) = levels.iter().find(is_root).or(levels.first()) else {
        return Err(Failure::refused("the rules have no results to write"));
    };
    put(args.out.as_deref(), &table(*level)?, output)?;
    note_others(run, &[*level], &levels, output);
    Ok(())
}

/// The file of a level in a folder of tables for programs.
pub(super) fn file_name(model: &Model, level: Level, format: EvalFormat) -> String {
    let ending = if format == EvalFormat::Parquet { "parquet" } else { "csv" };
    match level {
        Level::Nation => format!("nation.{ending}"),
        Level::Table(table) => format!("{}.{ending}", model.table(table).name),
    }
}

/// Says which levels were not written of those that there are.
pub(super) fn note_others(run: &Run<'_>, written: &[Level], all: &[Level], output: &Output) {
    let others: Vec<&str> =
        all.iter().filter(|level| !written.contains(level)).map(|level| run.level_name(*level)).collect();
    if let (Some(level), false) = (written.first(), others.is_empty()) {
        output.note(&format!(
            "written: results for each {}; for the others ({}) give --level, or a folder to --out",
            run.level_name(*level),
            others.join(", ")
        ));
    }
}

/// Writes bytes to a file or to standard output.
pub(super) fn put(path: Option<&Path>, bytes: &[u8], output: &Output) -> Result<(), Failure> {
    match path {
        Some(path) => write_file(path, bytes),
        None => output.print_bytes(bytes),
    }
}
