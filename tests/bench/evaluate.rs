//! Evaluation in memory: the workload `bcf15` at several sizes, beside the same policy written by hand.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    reason = "a bench talks and stops"
)]
#![expect(dead_code, reason = "benches share what they need")]

mod bcf15;
mod measure;

use bcf15::table::Table;
use bcf15::{DATA, areas, best, compare, plain};
use ringfence::data::{self, Dataset, Input};
use ringfence::driver;
use ringfence::eval::{self, Wanted};
use ringfence::meaning::{self, RunOptions};
use ringfence::model::{DeclarationId, Model};
use ringfence::plan;
use ringfence::source::Sources;
use std::time::Duration;

/// The definition of the language takes its time.
const MOST_BY_MEANING: u64 = 10_000;

fn main() {
    let arguments = measure::arguments();
    let sources = Sources::single("bcf15.rules", bcf15::RULES);
    let model = driver::compile(&sources).model.expect("the rules have no errors");
    println!("{:>10}  {:<28}{:>12}{:>14}{:>14}", "rows", "evaluation in memory", "CPU ns/row", "to plain", "to best");
    for rows in measure::sizes(&arguments, &[151, 10_000, 1_000_000]) {
        size(&model, rows);
    }
}

fn size(model: &Model, rows: u64) {
    let table = Table::of(rows);
    let by_hand = plain::evaluate(&table);
    assert!(by_hand == best::evaluate(&table), "both ways of writing it by hand agree");
    let plain = measure::least(|| plain::evaluate(&table));
    let best = measure::least(|| best::evaluate(&table));
    let tell = |what: &str, time: Duration| {
        let (each, to_plain, to_best) =
            (measure::each(time, rows), measure::ratio(time, plain), measure::ratio(time, best));
        println!("{rows:>10}  {what:<28}{each:>12.1}{to_plain:>14.2}{to_best:>14.2}");
    };
    tell("by hand, plain i128", plain);
    tell("by hand, best known", best);
    let options = RunOptions::default();
    let data = dataset(model, rows);
    let plan = plan::from_model(model).expect("the workload has a plan");
    let run = || eval::Run::new(&plan, model, &data, &options, Wanted::Columns, 1).expect("the engine runs it");
    let found = run();
    compare::assert_same(model, &by_hand, table.rows(), |declaration, row| {
        found.value(DeclarationId::from_index(declaration), row)
    });
    drop(found);
    tell("the engine, one thread", measure::least(run));
    if rows <= MOST_BY_MEANING {
        let results = meaning::evaluate(model, &data, &options);
        compare::assert_same(model, &by_hand, table.rows(), |declaration, row| {
            results.values[declaration][row].known().cloned()
        });
        tell("the definition", measure::least(|| meaning::evaluate(model, &data, &options)));
    }
}

fn dataset(model: &Model, rows: u64) -> Dataset {
    let files = [Input { name: DATA.to_owned(), bytes: areas::file(rows) }];
    let (data, problems) = data::load(model, &files);
    assert!(problems.is_empty(), "the data have no problems");
    data
}
