//! `ringfence eval` from one file of a table, CSV or Parquet, to such a file: block by block, in bounded memory, where
//! the rules allow it.

use super::args::{Eval, EvalFormat, SortBy};
use super::failure::{FINE, Failure, PROBLEMS};
use super::output::{Output, Staged, write_file};
use super::ruleset::Ruleset;
use super::{dataset, eval, parquet, progress};
use crate::data::blocks::{Making, Order, Stop};
use crate::data::{Delimited, Found, is_parquet, table_of_file};
use crate::eval::can_fold;
use crate::meaning::RunOptions;
use crate::model::{DeclarationId, DeclarationKind, Level, Model, TableId};
use crate::plan::Plan;
use crate::report::{Run, Selection, csv};
use crate::stream::{self, Csv, Done, Failures, Form, Job, Progress};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// How many bytes of a CSV file are one block.
const BLOCK: usize = 1 << 20;
/// How many where each block is a row group of its own.
#[cfg(feature = "parquet")]
const LARGE_BLOCK: usize = 8 << 20;

/// The file of a run that can be streamed, and the table that it holds.
#[derive(Debug)]
struct Input {
    name: String,
    table: TableId,
}

/// Runs rules over a file block by block. Nothing where it has to be read whole; nothing was told or written then.
pub(super) fn run(
    args: &Eval,
    format: EvalFormat,
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
    // A file of one block is read by one, and asking how many there are takes longer than that.
    let is_one_block = std::fs::metadata(&input.name).is_ok_and(|file| file.is_file() && file.len() <= BLOCK as u64);
    let threads = if is_one_block { 1 } else { dataset::threads(args.run.threads).get() };
    let job = Job {
        model,
        sources: &ruleset.sources,
        plan,
        options,
        of_records: asked(records),
        of_nation: asked(Level::Nation),
        names_failures: folder.is_some() || format == EvalFormat::Parquet,
        writes_nation: levels.contains(&Level::Nation),
        keeps_going: args.keep_going,
        threads,
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
        let path = folder
            .map_or_else(|| args.out.clone(), |folder| Some(folder.join(eval::file_name(model, records, format))));
        let file = if levels.contains(&records) { Staged::new(path.as_deref()) } else { Ok(Staged::nowhere()) };
        let Ok(file) = file else { return Ok(None) };
        let is_long = std::fs::metadata(&input.name).is_ok_and(|known| known.len() > BLOCK as u64);
        let file = if is_long { file.for_long() } else { file };
        let reading = Reading { job: &job, making: &making, input: &input };
        let made = progress::measured(&output.terminal, "evaluating", &progress, || reading.write(&form, format, file));
        match made {
            Ok((done, file)) => {
                let written = Written { job: &job, format, selection, folder, levels: &levels, records, all: &all };
                return written.finish(args, done, file, output).map(Some);
            }
            Err(Stop::Unordered) => {}
            Err(Stop::Whole) => return Ok(None),
        }
    }
    Ok(None)
}

/// A file that is read block by block.
struct Reading<'r, 'a> {
    job: &'r Job<'a>,
    making: &'r Making<'a>,
    input: &'r Input,
}

/// A file of results that has all its records.
enum Full {
    Csv(Staged),
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::report::parquet::File<Staged>>),
}

impl Reading<'_, '_> {
    /// Runs the rules over it and writes the results.
    fn write(&self, results: &Csv<Staged>, format: EvalFormat, mut file: Staged) -> Result<(Done, Full), Stop> {
        #[cfg(feature = "parquet")]
        if format == EvalFormat::Parquet {
            use crate::report::parquet::{File, Table};
            let Job { model, options, .. } = *self.job;
            let table = Table::new(model, options, results.results.clone(), results.table).map_err(io::Error::other)?;
            let mut file = File::new(&table, file).map_err(io::Error::other)?;
            let done = self.run(&stream::Parquet::new(&table), &mut file, LARGE_BLOCK)?;
            return Ok((done, Full::Parquet(Box::new(file))));
        }
        debug_assert!(format != EvalFormat::Parquet);
        let head = csv::head(self.job.model, &results.results, results.table);
        file.write_all(&head.map_err(io::Error::other)?)?;
        let done = self.run(results, &mut file, BLOCK)?;
        Ok((done, Full::Csv(file)))
    }

    fn run<F: Form>(&self, form: &F, file: &mut F::File, block: usize) -> Result<Done, Stop> {
        let Self { job, making, input } = *self;
        let open = || {
            let data = File::open(&input.name)?;
            let size = data.metadata()?.len();
            Ok::<_, io::Error>((data, size))
        };
        #[cfg(feature = "parquet")]
        if is_parquet(&input.name) {
            let open = |found: &mut Found| crate::data::Parquet::open(making, open()?, found);
            return stream::run(job, making, open, form, file);
        }
        let open = |found: &mut Found| Delimited::open(making, open()?, block, found);
        stream::run(job, making, open, form, file)
    }
}

impl Full {
    /// Ends it with what was run.
    fn end(self, about: impl FnOnce() -> Vec<(String, String)>) -> Result<Staged, Failure> {
        match (self, about) {
            (Self::Csv(file), _) => Ok(file),
            #[cfg(feature = "parquet")]
            (Self::Parquet(file), about) => file.finish(about()).map_err(parquet::failure),
        }
    }
}

/// The one file of the one table of the nation.
fn input(args: &Eval, model: &Model) -> Option<Input> {
    let ([table], [path]) = (model.tables.as_slice(), args.run.data.as_slice()) else { return None };
    if !table.parents.is_empty() || table.series.is_some() || table.key.is_none() {
        return None;
    }
    let files = dataset::files_at(path).ok()?;
    let [name] = files.as_slice() else { return None };
    let is_file = std::fs::metadata(name).is_ok_and(|known| known.is_file());
    let is_read = parquet::IS_BUILT || !is_parquet(name);
    let table = table_of_file(model, name).filter(|_| is_file && is_read)?;
    Some(Input { name: name.clone(), table })
}

/// What is written where.
struct Written<'w, 'a> {
    job: &'w Job<'a>,
    format: EvalFormat,
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
    fn finish(self, args: &Eval, done: Done, file: Full, output: &Output) -> Result<u8, Failure> {
        let Job { model, sources, options, .. } = *self.job;
        let has_errors = dataset::tell(done.problems, sources, output, |_| true);
        if !done.has_results {
            return Err(dataset::nothing_evaluated(output));
        }
        let bug = |error: csv::Error| Failure::Bug(error.to_string());
        let run = Run::new(model, sources, &done.data, &done.results, options).with_whys(&done.whys);
        let failures = self.failures(&run, done.failures);
        let named = || {
            let records = |failures: &Failures| {
                let check = failures.check;
                failures.records.clone().into_iter().map(move |record| (check, record))
            };
            run.about_with(failures.iter().flat_map(records))
        };
        let nation = || {
            let ids = self.selection.declarations(model, Level::Nation);
            match self.format {
                EvalFormat::Parquet => parquet::nation(&run, &ids, named()),
                _ => csv::nation(&run, &ids).map_err(bug),
            }
        };
        let has_records = self.levels.contains(&self.records);
        match self.folder {
            Some(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| Failure::file("make", folder.display(), &error))?;
                if self.levels.contains(&Level::Nation) {
                    write_file(&folder.join(eval::file_name(model, Level::Nation, self.format)), &nation()?)?;
                }
                if has_records {
                    file.end(named)?.commit()?;
                }
                // A Parquet file says itself what was run.
                if self.format != EvalFormat::Parquet {
                    write_file(&folder.join("about.csv"), &csv::about(named()).map_err(bug)?)?;
                }
            }
            None if has_records => file.end(named)?.commit()?,
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
