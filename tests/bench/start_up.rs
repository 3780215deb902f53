//! From a cold start to a written result: 151 areas, and the fund that is shipped.
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
use std::path::Path;

/// The word that makes this program do the job as it was written by hand.
const BY_HAND: &str = "by-hand";

const AREAS: u64 = 151;

fn main() {
    let arguments = measure::arguments();
    if let [word, data, out] = arguments.as_slice()
        && word == BY_HAND
    {
        program::run(Path::new(data), Path::new(out)).expect("the job can be done");
        return;
    }
    let folder = tempfile::tempdir().expect("there is room for files");
    let path = |name: &str| folder.path().join(name).to_str().expect("paths are text").to_owned();
    let (rules, data, ours, theirs) = (path("bcf15.rules"), path(DATA), path("ours.csv"), path("theirs.csv"));
    std::fs::write(&rules, bcf15::RULES).expect("there is room for files");
    std::fs::write(&data, areas::file(AREAS)).expect("there is room for files");
    let own = std::env::current_exe().expect("a bench knows its own program");
    let ringfence = env!("CARGO_BIN_EXE_ringfence");
    let root = env!("CARGO_MANIFEST_DIR");
    let shipped = [format!("{root}/rules/bcf-2015-16.rules"), format!("{root}/examples/bcf-2015-16/data")];

    println!("{:<52}{:>8}{:>10}{:>12}", "from a cold start to a written result", "CPU ms", "ratio", "peak MiB");
    let runs = 30;
    let by_hand = measure::least_command(runs, own.to_str().expect("paths are text"), &[BY_HAND, &data, &theirs]);
    let tell = |what: &str, cost: Cost| {
        let (time, ratio) = (cost.cpu.as_secs_f64() * 1e3, measure::ratio(cost.cpu, by_hand.cpu));
        println!("{what:<52}{time:>8.2}{ratio:>10.2}{:>12.1}", cost.peak as f64 / 1024.0);
    };
    tell("bcf15, 151 areas, by hand", by_hand);
    tell("ringfence --version", measure::least_command(runs, ringfence, &["--version"]));
    tell("ringfence check bcf15.rules", measure::least_command(runs, ringfence, &["check", &rules]));
    let eval = ["eval", &rules, "--data", &data, "--out", &ours, "--quiet"];
    tell("ringfence eval bcf15.rules, 151 areas", measure::least_command(runs, ringfence, &eval));
    let read = |path: &str| std::fs::read(path).expect("results were written");
    assert!(read(&ours) == read(&theirs), "the results are the same, byte for byte");
    let eval = ["eval", &shipped[0], "--data", &shipped[1], "--out", &ours, "--quiet"];
    tell("ringfence eval bcf-2015-16.rules, 151 areas", measure::least_command(runs, ringfence, &eval));
}
