//! The data and the law of a run: what `--data`, `--as-at` and `--set` say.

use super::args::Run;
use super::failure::Failure;
use super::output::Output;
use super::ruleset::{Ruleset, tell_problems};
use super::selection::did_you_mean;
use super::{input, progress};
use crate::data::{Cell, Dataset, Input, cell};
use crate::meaning::RunOptions;
use crate::model::{Column, Model, Parameter, ParameterId, TableId};
use crate::problem::{DataPlace, Place, Problem};
use crate::source::Sources;
use crate::value::{Date, Number, Value};
use std::num::NonZero;
use std::path::Path;
use std::sync::OnceLock;

/// The date of the law and the parameters that are set.
pub(super) fn options(args: &Run, model: &Model, output: &Output) -> Result<RunOptions, Failure> {
    let as_at = args.as_at.as_deref().map(date).transpose()?;
    let ruleset = &model.ruleset;
    if let (Some(date), Some(from)) = (as_at, ruleset.from)
        && (date < from || ruleset.to.is_some_and(|to| date > to))
    {
        let to = ruleset.to.map(|to| format!(" to {to}")).unwrap_or_default();
        output.note(&format!("note: {date} is outside the days on which the ruleset applies, {from}{to}"));
    }
    if let (Some(date), Some(last)) = (as_at, ruleset.amendments.last())
        && let Some(from) = last.from.filter(|from| date < *from)
    {
        output
            .note(&format!("note: at {date} the amendment `{}` was not yet in force; it begins on {from}", last.name));
    }
    let parameters = args.set.iter().map(|text| setting(text, model)).collect::<Result<Vec<_>, _>>()?;
    Ok(RunOptions { as_at, parameters })
}

/// A date as people write it.
pub(super) fn date(text: &str) -> Result<Date, Failure> {
    cell::parse_date(text).map_err(|why| {
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        Failure::refused(format!("`{text}` is not a date{why}")).help("write `1 April 2015` or `2015-04-01`")
    })
}

/// A parameter and its value: `least_reduction=3%`.
fn setting(text: &str, model: &Model) -> Result<(ParameterId, Value), Failure> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(Failure::refused(format!("`{text}` does not set a parameter"))
            .help("write the name, `=` and the value, for example `--set least_reduction=3%`"));
    };
    let (name, value) = (name.trim(), value.trim());
    let Some(index) = model.parameters.iter().position(|parameter| parameter.name == name) else {
        let names = model.parameters.iter().map(|parameter| parameter.name.as_str());
        return Err(did_you_mean(Failure::refused(format!("the rules have no parameter `{name}`")), name, names));
    };
    match cell::parse(value, &column(&model.parameters[index]), model) {
        Ok(Cell::Known(value)) => Ok((ParameterId::from_index(index), value)),
        Ok(Cell::Missing(_)) => Err(Failure::refused(format!("the parameter `{name}` must have a value"))),
        Err(expected) => Err(Failure::refused(format!("`{value}` is no value of `{name}`, which is {expected}"))),
    }
}

/// A parameter's value is read as a cell of its type would be.
fn column(parameter: &Parameter) -> Column {
    Column {
        table: TableId(0),
        name: parameter.name.clone(),
        label: parameter.label.clone(),
        ty: parameter.ty.clone(),
        cell_base: Number::one(),
        is_judgement: false,
        is_optional: false,
        is_whole: false,
        least: None,
        greatest: None,
        breaks: Vec::new(),
        span: parameter.span,
    }
}

/// Reads the data. Its problems are told; errors stop unless `keep_going`. Also says whether it is without errors.
pub(super) fn load(
    args: &Run,
    ruleset: &Ruleset,
    keep_going: bool,
    output: &Output,
) -> Result<(Dataset, bool), Failure> {
    let files = files(args, ruleset)?;
    let (data, has_errors) = told(&files, ruleset, threads(args.threads), output, |_| true);
    if has_errors && !keep_going {
        return Err(nothing_evaluated(output));
    }
    Ok((data, !has_errors))
}

/// Says that errors in the data have stopped the run.
pub(super) fn nothing_evaluated(output: &Output) -> Failure {
    output.note("nothing was evaluated; --keep-going evaluates what is good");
    Failure::Told
}

/// How many threads to use: as said, else one for each processor.
pub(super) fn threads(said: Option<NonZero<usize>>) -> NonZero<usize> {
    // Asking opens half a dozen files of the system: once is enough.
    static PROCESSORS: OnceLock<NonZero<usize>> = OnceLock::new();
    let processors = || std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    said.unwrap_or_else(|| *PROCESSORS.get_or_init(processors))
}

/// Reads files that are to be without errors, for a ruleset that is compared with another. Their problems are told,
/// but for columns that the other ruleset reads.
pub(super) fn read(files: &[Input], ruleset: &Ruleset, other: &Model, output: &Output) -> Result<Dataset, Failure> {
    let (data, has_errors) = told(files, ruleset, threads(None), output, |problem| !is_column_of(problem, other));
    if has_errors { Err(Failure::Told) } else { Ok(data) }
}

/// The data in files, and whether there are errors in it. Its problems are told.
fn told(
    files: &[Input],
    ruleset: &Ruleset,
    threads: NonZero<usize>,
    output: &Output,
    is_told: impl Fn(&Problem) -> bool,
) -> (Dataset, bool) {
    let (data, problems) = progress::during(&output.terminal, "reading data", || {
        crate::data::load_in_parallel(&ruleset.model, files, threads)
    });
    let has_errors = tell(problems, &ruleset.sources, output, is_told);
    (data, has_errors)
}

/// Tells what is wrong with data. Says whether there are errors.
pub(super) fn tell(
    problems: Vec<Problem>,
    sources: &Sources,
    output: &Output,
    is_told: impl Fn(&Problem) -> bool,
) -> bool {
    let has_errors = problems.iter().any(Problem::is_error);
    let told: Vec<Problem> = problems
        .into_iter()
        .filter(|problem| problem.is_error() || !output.terminal.quiet && is_told(problem))
        .collect();
    tell_problems(&told, sources, output);
    has_errors
}

/// Whether a problem is that a column is not known which a ruleset knows, by its name or as one of its judgements.
fn is_column_of(problem: &Problem, model: &Model) -> bool {
    let Place::Data(DataPlace { header: Some(header), .. }) = &problem.place else { return false };
    let header = header.trim();
    let is_judgement = |column: &Column| {
        let rest = header.strip_prefix(column.name.as_str()).unwrap_or_default();
        column.is_judgement && matches!(rest, "_by" | "_on" | "_because")
    };
    problem.code.0 == "data::unknown-column"
        && model
            .columns
            .iter()
            .any(|column| column.name == header || column.label.as_deref() == Some(header) || is_judgement(column))
}

/// The files that `--data` names.
pub(super) fn files(args: &Run, ruleset: &Ruleset) -> Result<Vec<Input>, Failure> {
    let mut files: Vec<Input> = Vec::new();
    for path in &args.data {
        for name in files_at(path)? {
            let bytes = input::data(&name)?;
            let name = if name == input::STDIN { stdin_name(&bytes, &ruleset.model)? } else { name };
            files.push(Input { name, bytes });
        }
    }
    if args.data.is_empty() && !ruleset.model.tables.is_empty() {
        let tables: Vec<&str> = ruleset.model.tables.iter().map(|table| table.name.as_str()).collect();
        return Err(Failure::refused("the rules need data")
            .help(format!("give a folder with {}.csv, or a workbook, with --data", tables.join(".csv, "))));
    }
    Ok(files)
}

/// A name for what came from standard input, which says of what kind it is and to which table it belongs.
fn stdin_name(bytes: &[u8], model: &Model) -> Result<String, Failure> {
    let name = input::shown_name(input::STDIN);
    let first = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte));
    if matches!(first, Some(b'{' | b'[')) {
        return Ok(format!("{name}.json"));
    }
    if bytes.starts_with(b"PK") {
        let is_xlsx = bytes.windows(3).any(|part| part == b"xl/");
        return Ok(format!("{name}.{}", if is_xlsx { "xlsx" } else { "ods" }));
    }
    let (kind, ending) = if bytes.starts_with(b"PAR1") { ("Parquet", "parquet") } else { ("CSV", "csv") };
    match model.tables.as_slice() {
        [only] => Ok(format!("{name}/{}.{ending}", only.name)),
        tables => {
            let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
            Err(Failure::refused(format!("{name} holds {kind}, which is one table, and the rules have several"))
                .help(format!("give JSON, or files for {} with --data", names.join(", "))))
        }
    }
}

/// How files end that hold one table.
const TABLES: [&str; 2] = ["csv", "parquet"];

/// The files that a path names: itself, or the CSV and Parquet files of a folder, by name.
pub(super) fn files_at(path: &str) -> Result<Vec<String>, Failure> {
    if path == input::STDIN || !Path::new(path).is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |error: &std::io::Error| Failure::file("read", path, error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| failed(&error))? {
        let entry = entry.map_err(|error| failed(&error))?.path();
        let is_table =
            entry.extension().is_some_and(|ending| TABLES.iter().any(|table| ending.eq_ignore_ascii_case(table)));
        if is_table && entry.is_file() {
            let name = entry
                .to_str()
                .ok_or_else(|| Failure::refused(format!("the name of `{}` is not UTF-8", entry.display())))?;
            found.push(name.to_owned());
        }
    }
    if found.is_empty() {
        return Err(Failure::refused(format!("the folder `{path}` has no CSV or Parquet files"))
            .help("name each file after its data table, for example `area.csv`"));
    }
    found.sort();
    Ok(found)
}
