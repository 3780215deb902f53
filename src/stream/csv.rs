//! From CSV to CSV, for programs that use the library: the files are theirs.

use super::{Csv, Done, Failures, Job, Progress, run};
use crate::data::blocks::{Making, Order, Stop};
use crate::data::{Dataset, Delimited, Found, is_parquet, table_of_file};
use crate::eval::can_fold;
use crate::meaning::{Results, RunOptions};
use crate::model::{DeclarationId, Level, Model};
use crate::plan;
use crate::problem::Problem;
use crate::report::{Selection, Sort, csv};
use crate::source::Sources;
use indexmap::IndexMap;
use std::io::{self, Read, Write};

/// How many bytes of a file are one block.
const BLOCK: usize = 1 << 20;

/// What came of a file of the one table of the rules.
#[derive(Debug)]
pub struct Streamed<W> {
    /// The results of its records as CSV; nothing where errors in the data made them unwanted.
    pub records: Option<W>,
    /// Everything that is wrong with the file.
    pub problems: Vec<Problem>,
    /// The results of the nation.
    pub results: Results,
    /// Why results of the nation are missing that lack what records do.
    pub whys: IndexMap<DeclarationId, String>,
    /// The data without its records.
    pub data: Dataset,
    /// The checks of records that fail, and at which records.
    pub failed_checks: Vec<(DeclarationId, Vec<String>)>,
}

/// Where a file is and how it is to be run.
#[derive(Debug, Clone, Copy)]
pub struct File<'n> {
    /// Its name, which says for which table it is.
    pub name: &'n str,
    /// How many bytes it has.
    pub size: u64,
    /// The order of the results.
    pub sort: Sort,
    /// Whether to evaluate what is good where the data has errors.
    pub keeps_going: bool,
    /// How many threads work.
    pub threads: usize,
}

/// Runs rules over a CSV file block by block, in bounded memory. `open` begins to read the file, `make` makes an empty
/// place for results; each is called again where the file is read again. Nothing where the file has to be read whole,
/// by [`crate::data::load`]; what was written until then is nothing.
pub fn csv_to_csv<R: Read + Send, W: Write + Send>(
    (model, sources, options): (&Model, &Sources, &RunOptions),
    file: File<'_>,
    open: impl Fn() -> io::Result<R>,
    mut make: impl FnMut() -> io::Result<W>,
) -> Option<Streamed<W>> {
    let plan = plan::from_model(model).filter(plan::Plan::is_complete)?;
    let [only] = model.tables.as_slice() else { return None };
    let is_csv = !is_parquet(file.name);
    let table =
        table_of_file(model, file.name).filter(|_| is_csv && only.parents.is_empty() && only.series.is_none())?;
    let of = |level: Level| Selection::default().declarations(model, level);
    let progress = Progress::default();
    let job = Job {
        model,
        sources,
        plan: &plan,
        options,
        of_records: of(Level::Table(table)),
        of_nation: of(Level::Nation),
        names_failures: true,
        writes_nation: true,
        keeps_going: file.keeps_going,
        threads: file.threads,
        progress: &progress,
    };
    let every: Vec<DeclarationId> = job.of_records.iter().chain(&job.of_nation).copied().collect();
    if !can_fold(&plan, &every) {
        return None;
    }
    let form = Csv::new(table, job.of_records.clone());
    let orders: &[Order] = if file.sort == Sort::Input { &[Order::Ascending, Order::Any] } else { &[Order::Ascending] };
    for order in orders {
        let making = Making::new(model, table, file.name, *order);
        let mut records = make().ok()?;
        records.write_all(&csv::head(model, &form.results, table).ok()?).ok()?;
        let open = |found: &mut Found| Delimited::open(&making, (open()?, file.size), BLOCK, found);
        match run(&job, &making, open, &form, &mut records) {
            Ok(done) => return Some(Streamed::of(done, records)),
            Err(Stop::Unordered) => {}
            Err(Stop::Whole) => return None,
        }
    }
    None
}

impl<W> Streamed<W> {
    fn of(done: Done, records: W) -> Self {
        let named = |Failures { check, records, .. }: Failures| (check, records.into_iter().flatten().collect());
        Self {
            records: done.has_results.then_some(records),
            problems: done.problems,
            results: done.results,
            whys: done.whys,
            data: done.data,
            failed_checks: done.failures.into_iter().map(named).collect(),
        }
    }
}
