//! Runs both engines over made-up rules and tables for as long as it is told, and tells every difference.
//!
//! `cargo run --release --example compare_engines -- --rows 10000000` stops when the column engine has run so many rows;
//! `--seconds N` stops after that time; `--from SEED` begins elsewhere; `--threads N`. A case in which the engines
//! differ is made as small as it gets and written to `target/differences/<seed>/`.

#![expect(clippy::print_stdout, reason = "an example tells what it found")]

#[path = "../../tests/support/generate/mod.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod generate;

use generate::{Case, Size, agreement, shrink};
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Every so many cases are larger than those of the test suite.
const SIZES: [Size; 5] = [
    Size::SMALL,
    Size { declarations: 14, depth: 4, records: 12 },
    Size { declarations: 8, depth: 2, records: 60 },
    Size { declarations: 20, depth: 3, records: 8 },
    Size { declarations: 5, depth: 2, records: 1_100 },
];

/// How many tables each ruleset is run over.
const TABLES: u64 = 6;

/// What is asked for.
struct Asked {
    from: u64,
    rows: u64,
    time: Duration,
    threads: usize,
}

/// What was done so far.
#[derive(Default)]
struct Tally {
    next: AtomicU64,
    rules: AtomicU64,
    rows: AtomicU64,
    planned: AtomicU64,
    results: AtomicU64,
    from_columns: AtomicU64,
    made: AtomicU64,
    refused: AtomicU64,
    differing: Mutex<Vec<u64>>,
}

fn main() -> io::Result<()> {
    let asked = asked();
    let tally = Tally { next: AtomicU64::new(asked.from), ..Tally::default() };
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..asked.threads {
            scope.spawn(|| {
                while start.elapsed() < asked.time && tally.planned.load(Ordering::Relaxed) < asked.rows {
                    one(tally.next.fetch_add(1, Ordering::Relaxed), &tally);
                }
            });
        }
        let mut told = Duration::ZERO;
        while start.elapsed() < asked.time && tally.planned.load(Ordering::Relaxed) < asked.rows {
            std::thread::sleep(Duration::from_millis(200));
            if start.elapsed() > told + Duration::from_secs(60) {
                told = start.elapsed();
                println!("{}", tally.text(told));
            }
        }
    });
    println!("{}", tally.text(start.elapsed()));
    let differing = tally.differing.into_inner().unwrap_or_default();
    if differing.is_empty() {
        Ok(())
    } else {
        Err(io::Error::other(format!("the engines differ: seeds {differing:?}")))
    }
}

impl Tally {
    fn text(&self, elapsed: Duration) -> String {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let differing = self.differing.lock().map_or(0, |differing| differing.len());
        format!(
            "{} s: {} rulesets, {} rows ({} by the column engine), {} results compared ({} from columns), {differing} cases differ; {} of {} declarations refused",
            elapsed.as_secs(),
            of(&self.rules),
            of(&self.rows),
            of(&self.planned),
            of(&self.results),
            of(&self.from_columns),
            of(&self.refused),
            of(&self.made),
        )
    }
}

/// The rules of one seed over several tables.
fn one(seed: u64, tally: &Tally) {
    // One in sixty has tables of several batches of rows.
    let size = if seed % 60 == 59 { 4 } else { usize::try_from(seed % 4).unwrap_or(0) };
    let size = SIZES.get(size).copied().unwrap_or(Size::SMALL);
    let case = generate::case(seed, size);
    tally.made.fetch_add(case.made as u64, Ordering::Relaxed);
    tally.refused.fetch_add(case.refused as u64, Ordering::Relaxed);
    let Some(model) = case.model() else { return };
    tally.rules.fetch_add(1, Ordering::Relaxed);
    for table in 0..TABLES {
        let case = if table == 0 { case.clone() } else { case.with_other_data(seed ^ (table << 56), size.records) };
        let (dataset, _) = ringfence::data::load(&model, &case.inputs());
        let agreement = agreement::of_data(&case, &model, &dataset);
        tally.rows.fetch_add(agreement.rows, Ordering::Relaxed);
        if agreement.is_planned {
            tally.planned.fetch_add(agreement.rows, Ordering::Relaxed);
        }
        tally.results.fetch_add(agreement.comparison.compared, Ordering::Relaxed);
        tally.from_columns.fetch_add(agreement.from_columns, Ordering::Relaxed);
        if !agreement.comparison.agrees() {
            if let Ok(mut differing) = tally.differing.lock() {
                differing.push(seed);
            }
            report(seed, &case);
            return;
        }
    }
}

/// Writes the smallest case that differs.
fn report(seed: u64, case: &Case) {
    let differs = |case: &Case| agreement::of(case).is_some_and(|agreement| !agreement.comparison.agrees());
    let small = shrink::shrink(case, &differs);
    let told = agreement::of(&small).map(|agreement| agreement::told(&small, &agreement.comparison));
    let folder = PathBuf::from("target/differences").join(seed.to_string());
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("case.rules"), small.rules()))
        .and_then(|()| small.files.iter().try_for_each(|(name, text)| std::fs::write(folder.join(name), text)))
        .and_then(|()| std::fs::write(folder.join("differences.txt"), told.unwrap_or_default()));
    match written {
        Ok(()) => println!("seed {seed} differs, see {}", folder.display()),
        Err(error) => println!("seed {seed} differs, and {} could not be written: {error}", folder.display()),
    }
}

fn asked() -> Asked {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1)?.parse::<u64>().ok()
    };
    Asked {
        from: number("--from").unwrap_or(0),
        rows: number("--rows").unwrap_or(u64::MAX),
        time: Duration::from_secs(number("--seconds").unwrap_or(if number("--rows").is_some() {
            u64::MAX
        } else {
            60
        })),
        threads: usize::try_from(number("--threads").unwrap_or(1)).unwrap_or(1),
    }
}
