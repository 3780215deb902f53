//! The workload of the benchmarks: its rules have no problems, its scenarios hold, and what is written by hand beside
//! the program gives the same.

#[path = "bench/bcf15/mod.rs"]
mod bcf15;

use ringfence::data::{self, Input};
use ringfence::driver;
use ringfence::meaning::{self, RunOptions};
use ringfence::model::Model;
use ringfence::source::Sources;

fn model() -> Model {
    let sources = Sources::single("bcf15.rules", bcf15::RULES);
    let compiled = driver::compile(&sources);
    let found = crate::support::stage::render(&compiled.problems, &sources);
    assert!(compiled.problems.is_empty(), "{found}");
    compiled.model.unwrap()
}

#[test]
fn the_scenarios_of_the_workload_hold() {
    let model = model();
    assert_eq!(model.scenarios.len(), 3);
    for scenario in &model.scenarios {
        let run = meaning::run_scenario(&model, scenario);
        assert!(run.holds(), "{}: {:?}", scenario.name, run.failures);
    }
}

#[test]
fn what_is_written_by_hand_gives_the_same() {
    const ROWS: u64 = 600;
    let table = bcf15::table::Table::of(ROWS);
    let by_hand = bcf15::plain::evaluate(&table);
    assert_eq!(by_hand, bcf15::best::evaluate(&table));
    let model = model();
    let files = [Input { name: bcf15::DATA.to_owned(), bytes: bcf15::areas::file(ROWS) }];
    let (data, problems) = data::load(&model, &files);
    assert!(problems.is_empty());
    let results = meaning::evaluate(&model, &data, &RunOptions::default());
    bcf15::compare::assert_same(&model, &by_hand, table.rows(), |declaration, row| {
        results.values[declaration][row].known().cloned()
    });
}

#[test]
fn payments_fall_on_half_a_penny() {
    // What the workload is for: whoever rounds a share that is not exact gets these wrong.
    let halves = (0..1_000).map(bcf15::areas::area).filter(|area| {
        let year: i128 = area.baseline.iter().map(|figure| i128::from(*figure)).sum();
        let target = i128::from(area.target_reduction) * year;
        let reduction = i128::from(area.baseline[0] - area.actual[0]).max(0);
        let twice = i128::from(area.pot) * reduction * 20_000;
        reduction * 10_000 < target && twice % target == 0 && twice / target % 2 == 1
    });
    assert_eq!(halves.count(), 22, "first payments of a thousand areas, not held at the pot");
}

#[test]
fn the_job_written_by_hand_writes_what_the_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("bcf15.rules"), bcf15::RULES).unwrap();
    std::fs::write(path(bcf15::DATA), bcf15::areas::file(600)).unwrap();
    bcf15::program::run(&path(bcf15::DATA), &path("theirs.csv")).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("ringfence").unwrap();
    command.arg("eval").arg(path("bcf15.rules")).arg("--data").arg(path(bcf15::DATA));
    command.arg("--out").arg(path("ours.csv")).assert().success();
    let read = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    assert_eq!(read("ours.csv"), read("theirs.csv"));
}
