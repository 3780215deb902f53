//! What a piece of work costs: processor time, of this process or of another one, and the most memory it held.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};
use std::process::Command;
use std::time::Duration;

/// The word that makes a bench program run a command and tell what it cost.
const MEASURE: &str = "measure-command";

/// Processor time that this process has used so far, in all its threads.
pub(crate) fn cpu() -> Duration {
    Duration::from(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).expect("the system tells processor time"))
}

/// The least processor time of several runs, after one that fills the caches; the runs take a second in all, or two runs.
pub(crate) fn least<T>(mut work: impl FnMut() -> T) -> Duration {
    std::hint::black_box(work());
    let begun = cpu();
    let mut least = Duration::MAX;
    for run in 0..10_000 {
        let from = cpu();
        std::hint::black_box(work());
        least = least.min(cpu() - from);
        if run > 0 && cpu() - begun > Duration::from_secs(1) {
            break;
        }
    }
    least
}

/// What a command cost from start to end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// Processor time in user and system.
    pub(crate) cpu: Duration,
    /// Time on the clock.
    pub(crate) wall: Duration,
    /// The most memory held at once, in KiB.
    pub(crate) peak: u64,
}

/// The cost of a command. It is run by a process of its own, so that neither figure holds anything else.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Cost {
    let own = std::env::current_exe().expect("a bench knows its own program");
    let output = Command::new(own).arg(MEASURE).arg(program).args(arguments).output().expect("a bench can run itself");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    let mut figures = text.split_whitespace().map(|figure| figure.parse::<u64>().expect("three figures"));
    let mut next = || figures.next().expect("three figures");
    Cost { cpu: Duration::from_micros(next()), wall: Duration::from_micros(next()), peak: next() }
}

/// The least cost of several runs of a command.
pub(crate) fn least_command(runs: usize, program: &str, arguments: &[&str]) -> Cost {
    let costs: Vec<Cost> = (0..runs).map(|_| command(program, arguments)).collect();
    Cost {
        cpu: costs.iter().map(|cost| cost.cpu).min().unwrap_or_default(),
        wall: costs.iter().map(|cost| cost.wall).min().unwrap_or_default(),
        peak: costs.iter().map(|cost| cost.peak).min().unwrap_or_default(),
    }
}

/// The arguments that a bench was called with, without those that cargo adds. Where this process was started by
/// [`command`], runs that command, tells its cost and ends.
pub(crate) fn arguments() -> Vec<String> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, program, arguments @ ..] = arguments.as_slice()
        && word == MEASURE
    {
        let begun = std::time::Instant::now();
        let output = Command::new(program).args(arguments).output().expect("the command can be run");
        let wall = begun.elapsed().as_micros();
        if !output.status.success() {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
            std::process::exit(1);
        }
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system tells what children used");
        println!("{} {wall} {}", (usage.user_time() + usage.system_time()).num_microseconds(), usage.max_rss());
        std::process::exit(0);
    }
    arguments
}

/// The sizes that a bench was called with, or its own.
pub(crate) fn sizes(arguments: &[String], own: &[u64]) -> Vec<u64> {
    let given: Vec<u64> = arguments.iter().filter_map(|argument| argument.replace('_', "").parse().ok()).collect();
    if given.is_empty() { own.to_vec() } else { given }
}

/// Nanoseconds for each row.
pub(crate) fn each(time: Duration, rows: u64) -> f64 {
    time.as_secs_f64() * 1e9 / rows as f64
}

/// How many times as long.
pub(crate) fn ratio(time: Duration, than: Duration) -> f64 {
    time.as_secs_f64() / than.as_secs_f64()
}
