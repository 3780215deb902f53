//! `ringfence eval` from one CSV file to CSV: block by block, in bounded memory, where the rules allow it.

use super::args::{Eval, SortBy};
use super::failure::{FINE, Failure, PROBLEMS};
use super::output::{Output, Staged, write_file};
use super::ruleset::Ruleset;
use super::{dataset, eval, progress};
use crate::data::blocks::{Making, Order, Stop};
use crate::data::{Delimited, Found, table_of_file};
use crate::eval::can_fold;
use crate::meaning::RunOptions;
use crate::model::{DeclarationId, DeclarationKind, Level, Model, TableId};
use crate::plan::Plan;
use crate::report::{Run, Selection, csv};
use crate::stream::{self, Csv, Done, Failures, Job, Progress};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// How many bytes of a file are one block.
const BLOCK: usize = 1 << 20;

/// The file of a run that can be streamed, and the table that it holds.
#[derive(Debug)]
struct Input {
    name: String,
    table: TableId,
}

/// Runs rules over a file block by block. Nothing where it has to be read whole; nothing was told or written then.
pub(super) fn run(
    args: &Eval,
    ruleset: &Ruleset,
    plan: &Plan,
    options: &RunOptions,
    selection: &Selection,
    output: &Output,
) -> Result<Option<u8>, Failure> {
    let model = &ruleset.model;
    if args.verify || !args.area.is_empty() || !plan.is_complete() {
        return Ok(None);
    }
    let Some(input) = input(args, model) else { return Ok(None) };
    let records = Level::Table(input.table);
    let folder = args.out.as_deref().filter(|path| eval::is_folder(path));
    let all = selection.levels(model);
    let levels: Vec<Level> = match folder {
        Some(_) => all.clone(),
        None => all.iter().copied().find(|level| *level == records).or(all.first().copied()).into_iter().collect(),
    };
    let checks = |level: Level| {
        let all = (0..model.declarations.len()).map(DeclarationId::from_index);
        all.filter(move |id| {
            let declaration = model.declaration(*id);
            declaration.level == level && matches!(declaration.kind, DeclarationKind::Check { .. })
        })
    };
    let asked = |level: Level| {
        let shown = if levels.contains(&level) { selection.declarations(model, level) } else { Vec::new() };
        shown.into_iter().chain(checks(level)).collect::<Vec<_>>()
    };
    let progress = Progress::default();
    let job = Job {
        model,
        sources: &ruleset.sources,
        plan,
        options,
        of_records: asked(records),
        of_nation: asked(Level::Nation),
        names_failures: folder.is_some(),
        writes_nation: levels.contains(&Level::Nation),
        keeps_going: args.keep_going,
        threads: dataset::threads(args.run.threads).get(),
        progress: &progress,
    };
    let every: Vec<DeclarationId> = job.of_records.iter().chain(&job.of_nation).copied().collect();
    if levels.is_empty() || !can_fold(plan, &every) {
        return Ok(None);
    }
    let form = Csv::new(input.table, selection.declarations(model, records));
    let orders: &[Order] =
        if args.sort == SortBy::Input { &[Order::Ascending, Order::Any] } else { &[Order::Ascending] };
    for order in orders {
        let making = Making::new(model, input.table, &input.name, *order);
        // A place that cannot be written to is told after the data were read.
        let path = folder.map_or_else(|| args.out.clone(), |folder| Some(folder.join(file_name(model, records))));
        let file = if levels.contains(&records) { Staged::new(path.as_deref()) } else { Ok(Staged::nowhere()) };
        let Ok(mut file) = file else { return Ok(None) };
        let open = |found: &mut Found| {
            let data = File::open(&input.name)?;
            let size = data.metadata()?.len();
            Delimited::open(&making, (data, size), BLOCK, found)
        };
        let made = progress::measured(&output.terminal, "evaluating", &progress, || {
            file.write_all(&csv::head(model, &form.results, form.table).map_err(std::io::Error::other)?)?;
            stream::run(&job, &making, open, &form, &mut file)
        });
        match made {
            Ok(done) => {
                let written = Written { job: &job, selection, folder, levels: &levels, records, all: &all };
                return written.finish(args, done, file, output).map(Some);
            }
            Err(Stop::Unordered) => {}
            Err(Stop::Whole) => return Ok(None),
        }
    }
    Ok(None)
}

/// The one CSV file of the one table of the nation.
fn input(args: &Eval, model: &Model) -> Option<Input> {
    let ([table], [path]) = (model.tables.as_slice(), args.run.data.as_slice()) else { return None };
    if !table.parents.is_empty() || table.series.is_some() || table.key.is_none() {
        return None;
    }
    let files = dataset::files_at(path).ok()?;
    let [name] = files.as_slice() else { return None };
    let is_file = std::fs::metadata(name).is_ok_and(|known| known.is_file());
    let table = table_of_file(model, name).filter(|_| is_file)?;
    Some(Input { name: name.clone(), table })
}

fn file_name(model: &Model, level: Level) -> String {
    match level {
        Level::Nation => "nation.csv".to_owned(),
        Level::Table(table) => format!("{}.csv", model.table(table).name),
    }
}

/// What is written where.
struct Written<'w, 'a> {
    job: &'w Job<'a>,
    selection: &'w Selection,
    folder: Option<&'w Path>,
    /// The levels that are written, of all that were asked for.
    levels: &'w [Level],
    all: &'w [Level],
    /// The level of the records.
    records: Level,
}

impl Written<'_, '_> {
    /// Tells what is wrong with the data, and puts the results where they belong.
    fn finish(self, args: &Eval, done: Done, file: Staged, output: &Output) -> Result<u8, Failure> {
        let Job { model, sources, options, .. } = *self.job;
        let has_errors = dataset::tell(done.problems, sources, output, |_| true);
        if !done.has_results {
            return Err(dataset::nothing_evaluated(output));
        }
        let bug = |error: csv::Error| Failure::Bug(error.to_string());
        let run = Run::new(model, sources, &done.data, &done.results, options).with_whys(&done.whys);
        let failures = self.failures(&run, done.failures);
        let nation = || csv::nation(&run, &self.selection.declarations(model, Level::Nation)).map_err(bug);
        match self.folder {
            Some(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| Failure::file("make", folder.display(), &error))?;
                if self.levels.contains(&Level::Nation) {
                    write_file(&folder.join(file_name(model, Level::Nation)), &nation()?)?;
                }
                file.commit()?;
                let named = failures
                    .iter()
                    .flat_map(|failures| failures.records.iter().map(|record| (failures.check, record.clone())));
                write_file(&folder.join("about.csv"), &csv::about(run.about_with(named)).map_err(bug)?)?;
            }
            None if self.levels.contains(&self.records) => file.commit()?,
            None => eval::put(args.out.as_deref(), &nation()?, output)?,
        }
        if self.folder.is_none() {
            eval::note_others(&run, self.levels, self.all, output);
        }
        let count = failures.iter().map(|failures| failures.count).sum();
        if let Some(first) = failures.first() {
            eval::tell_failed(model, count, first.check, first.records.first().and_then(Option::as_deref), output);
        }
        Ok(if has_errors || count > 0 { PROBLEMS } else { FINE })
    }

    /// The checks that fail, in the order of the rules.
    fn failures(&self, run: &Run<'_>, of_records: Vec<Failures>) -> Vec<Failures> {
        let of_nation = run.failed_checks().into_iter();
        let of_nation = of_nation.map(|(check, _)| Failures { check, count: 1, records: vec![None] });
        let mut failures: Vec<Failures> = of_records.into_iter().chain(of_nation).collect();
        failures.sort_by_key(|failures| failures.check);
        failures
    }
}
