//! `ringfence explain`: why a result is what it is.

use super::args::Explain;
use super::failure::{FINE, Failure};
use super::output::Output;
use super::{dataset, progress, ruleset, selection};
use crate::meaning;
use crate::model::{DeclarationId, Level, TableId};
use crate::report::{self, Ink, Run};

pub(super) fn run(args: &Explain, output: &Output) -> Result<u8, Failure> {
    let (name, args) = &named(args)?;
    let ruleset = ruleset::load(&args.run.file, output)?;
    let id = selection::declaration(&ruleset.model, name)?;
    let options = dataset::options(&args.run, &ruleset.model, output)?;
    ruleset::note_amendments(&args.run.file, &ruleset.model, options.as_at, output)?;
    let (data, _) = dataset::load(&args.run, &ruleset, true, output)?;
    let results =
        progress::during(&output.terminal, "evaluating", || meaning::evaluate(&ruleset.model, &data, &options));
    let run = Run::new(&ruleset.model, &ruleset.sources, &data, &results, &options);
    let row = row(args, &run, id)?;
    let explanation = meaning::explain(&ruleset.model, &data, &results, &options, id, row)
        .ok_or_else(|| Failure::refused(format!("the data has no record to explain `{name}` for")))?;
    let style = report::explain::Style {
        width: output.terminal.width,
        ink: Ink { is_colored: output.terminal.colors_stdout() },
    };
    output.print(&report::explain::text(&run, &explanation, style))?;
    Ok(FINE)
}

/// The name of the result. `--data` takes all that follows it: with the name last it takes that too.
fn named(args: &Explain) -> Result<(String, Explain), Failure> {
    let mut args = args.clone();
    let name = args.name.take().or_else(|| if args.run.data.len() > 1 { args.run.data.pop() } else { None });
    let missing = || Failure::refused("no result is named").help("say which to explain: `ringfence explain FILE NAME`");
    Ok((name.ok_or_else(missing)?, args))
}

/// The row that is meant.
fn row(args: &Explain, run: &Run<'_>, id: DeclarationId) -> Result<usize, Failure> {
    let declaration = run.model.declaration(id);
    let table = match declaration.level {
        Level::Nation => {
            if args.area.is_some() || args.period.is_some() {
                return Err(Failure::refused(format!("`{}` is a result for the nation", declaration.name))
                    .help("leave out --area and --period"));
            }
            return Ok(0);
        }
        Level::Table(table) => table,
    };
    let mut rows: Vec<usize> = run.rows.ordered(table, report::Sort::Key);
    if let Some(wanted) = &args.area {
        let (upper, above) = selection::area(run.model, run.data, &run.rows, wanted)?;
        rows.retain(|row| run.rows.above(table, *row, upper) == Some(above));
    }
    if let Some(wanted) = &args.period {
        let found = run.rows.find(table, wanted);
        let of_area = rows.clone();
        rows.retain(|row| found.contains(row));
        if rows.is_empty() {
            return Err(which(run, table, &of_area, &format!("there is no record `{wanted}`"), "--period"));
        }
    }
    match rows.as_slice() {
        [row] => Ok(*row),
        [] => Err(Failure::refused(format!("the data has no {} for that", run.model.table(table).name))),
        several => {
            let is_area = args.area.is_none() && run.model.table(table).parents.is_empty();
            let option = if args.area.is_none() { "--area" } else { "--period" };
            let message = format!("`{}` is a result for each {}", declaration.name, run.model.table(table).name);
            Err(if is_area || args.area.is_some() {
                which(run, table, several, &message, option)
            } else {
                Failure::refused(message).help("say which area with --area")
            })
        }
    }
}

/// Refuses, and says which records there are.
fn which(run: &Run<'_>, table: TableId, rows: &[usize], message: &str, option: &str) -> Failure {
    let names: Vec<String> = rows.iter().take(6).map(|row| run.rows.own_name(table, *row)).collect();
    let more = if rows.len() > names.len() { ", …" } else { "" };
    Failure::refused(message).help(format!("say which with {option}: {}{more}", names.join(", ")))
}
