//! From a data file to a file of results: the program beside one written by hand that does the same.
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

use bcf15::{DATA, areas, program};
use measure::Cost;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The word that makes this program do the job as it was written by hand.
const BY_HAND: &str = "by-hand";

fn main() {
    let arguments = measure::arguments();
    if let [word, data, out] = arguments.as_slice()
        && word == BY_HAND
    {
        program::run(Path::new(data), Path::new(out)).expect("the job can be done");
        return;
    }
    println!(
        "{:>10}  {:<28}{:>12}{:>10}{:>12}{:>10}{:>12}",
        "rows", "from CSV to CSV", "CPU ns/row", "ratio", "peak MiB", "ratio", "clock ms"
    );
    for rows in measure::sizes(&arguments, &[10_000, 1_000_000]) {
        size(rows);
    }
}

fn size(rows: u64) {
    let folder = tempfile::tempdir().expect("there is room for files");
    let path = |name: &str| folder.path().join(name).to_str().expect("paths are text").to_owned();
    let (rules, data, ours, theirs) = (path("bcf15.rules"), path(DATA), path("ours.csv"), path("theirs.csv"));
    std::fs::write(&rules, bcf15::RULES).expect("there is room for files");
    areas::write_file(rows, &mut File::create(&data).expect("there is room for files"))
        .expect("there is room for files");
    let own = std::env::current_exe().expect("a bench knows its own program");
    let runs = match rows {
        0..=100_000 => 10,
        100_001..=1_000_000 => 3,
        _ => 1,
    };
    let by_hand = measure::least_command(runs, own.to_str().expect("paths are text"), &[BY_HAND, &data, &theirs]);
    let tell = |what: &str, cost: Cost| {
        let (each, ratio) = (measure::each(cost.cpu, rows), measure::ratio(cost.cpu, by_hand.cpu));
        let (peak, more) = (cost.peak as f64 / 1024.0, cost.peak as f64 / by_hand.peak as f64);
        let clock = cost.wall.as_millis();
        println!("{rows:>10}  {what:<28}{each:>12.1}{ratio:>10.2}{peak:>12.1}{more:>10.2}{clock:>12}");
    };
    tell("by hand", by_hand);
    let ringfence = env!("CARGO_BIN_EXE_ringfence");
    let by_threads = ["1", "2"].map(|threads| {
        let arguments = ["eval", &rules, "--data", &data, "--out", &ours, "--quiet", "--threads", threads];
        let cost = measure::least_command(runs, ringfence, &arguments);
        assert!(is_same(&ours, &theirs), "the results are the same, byte for byte");
        tell(&format!("ringfence eval --threads {threads}"), cost);
        cost
    });
    let [one, two] = by_threads;
    println!("{rows:>10}  two threads are {:.2} times as fast as one", measure::ratio(one.wall, two.wall));
    #[cfg(feature = "parquet")]
    in_parquet(rows, runs, &rules, &ours, &tell);
}

/// The most memory, in KiB, that results from Parquet to Parquet may take, however many rows there are.
#[cfg(feature = "parquet")]
const MOST_MEMORY: u64 = 500_000_000 / 1024;

/// The same areas from Parquet: to CSV, to see that the results are the same, and to Parquet.
#[cfg(feature = "parquet")]
fn in_parquet(rows: u64, runs: usize, rules: &str, csv: &str, tell: &impl Fn(&str, Cost)) {
    use bcf15::parquet;
    let folder = tempfile::tempdir().expect("there is room for files");
    let path = |name: &str| folder.path().join(name).to_str().expect("paths are text").to_owned();
    let (data, other, out) = (path(parquet::DATA), path("ours.csv"), path("ours.parquet"));
    parquet::write_file(rows, File::create(&data).expect("there is room for files")).expect("areas can be written");
    let ringfence = env!("CARGO_BIN_EXE_ringfence");
    measure::command(ringfence, &["eval", rules, "--data", &data, "--out", &other, "--quiet"]);
    assert!(is_same_but_for_reasons(csv, &other), "the results are the same, reasons apart, which name the file");
    let by_threads = ["1", "2"].map(|threads| {
        let arguments = ["eval", rules, "--data", &data, "--out", &out, "--quiet", "--threads", threads];
        let cost = measure::least_command(runs, ringfence, &arguments);
        tell(&format!("Parquet --threads {threads}"), cost);
        assert!(cost.peak < MOST_MEMORY, "results from Parquet to Parquet take less than 500 MB");
        cost
    });
    parquet::compare(Path::new(&other), File::open(&out).expect("results were written"));
    let [one, two] = by_threads;
    println!("{rows:>10}  two threads are {:.2} times as fast as one", measure::ratio(one.wall, two.wall));
}

/// Whether two files of results hold the same, but for the last column.
#[cfg(feature = "parquet")]
fn is_same_but_for_reasons(one: &str, other: &str) -> bool {
    let lines = |path: &str| BufReader::new(File::open(path).expect("results were written")).lines();
    let (mut one, mut other) = (lines(one), lines(other));
    let columns = bcf15::parquet::COLUMNS;
    loop {
        let next = (one.next(), other.next());
        let (Some(first), Some(second)) = next else { return next.0.is_none() && next.1.is_none() };
        let (first, second) = (first.expect("results can be read"), second.expect("results can be read"));
        if !first.split(',').take(columns).eq(second.split(',').take(columns)) {
            return false;
        }
    }
}

/// Whether two files hold the same bytes. They may be longer than memory.
fn is_same(one: &str, other: &str) -> bool {
    let open = |path: &str| BufReader::new(File::open(path).expect("results were written"));
    let (mut one, mut other) = (open(one), open(other));
    loop {
        let (first, second) =
            (one.fill_buf().expect("results can be read"), other.fill_buf().expect("results can be read"));
        let length = first.len().min(second.len());
        if first[..length] != second[..length] {
            return false;
        }
        if length == 0 {
            return first.len() == second.len();
        }
        one.consume(length);
        other.consume(length);
    }
}
