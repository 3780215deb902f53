//! How long rules take to be parsed, checked and planned as they grow.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    reason = "a bench talks and stops"
)]
#![expect(dead_code, reason = "benches share what they need")]

mod measure;

use ringfence::driver;
use ringfence::plan;
use ringfence::source::Sources;
use std::fmt::Write;
use std::time::Duration;

fn main() {
    let arguments = measure::arguments();
    println!(
        "{:>12}{:>10}{:>10}{:>16}{:>14}{:>22}",
        "declarations", "KiB", "CPU ms", "of it planning", "us each", "to the first, each"
    );
    let mut first: Option<Duration> = None;
    for declarations in measure::sizes(&arguments, &[100, 1_000, 10_000, 20_000]) {
        let text = rules(declarations);
        let sources = Sources::single("long.rules", &text);
        let compiled = driver::compile(&sources);
        assert!(compiled.problems.is_empty(), "the rules have no problems: {:?}", compiled.problems.first());
        let model = compiled.model.expect("the rules have no errors");
        assert!(plan::from_model(&model).is_some(), "the rules have a plan");
        let time = measure::least(|| {
            let model = driver::compile(&sources).model;
            model.as_ref().and_then(plan::from_model)
        });
        let planning = measure::least(|| plan::from_model(&model));
        let each = time / u32::try_from(declarations).expect("so many do not fit a file");
        let first = *first.get_or_insert(each);
        println!(
            "{declarations:>12}{:>10}{:>10.2}{:>16.2}{:>14.2}{:>22.2}",
            text.len() / 1024,
            time.as_secs_f64() * 1e3,
            planning.as_secs_f64() * 1e3,
            each.as_secs_f64() * 1e6,
            measure::ratio(each, first)
        );
    }
}

/// Rules of so many declarations of every common kind, each reading some before it. They are short, so that twenty
/// thousand fit the most that a file may have.
fn rules(declarations: u64) -> String {
    let mut text =
        "rules long\n  status in force\n  applies 1 April 2015 to 31 March 2016\n\nsource s \"S\"\nunit beds\n\n"
            .to_owned();
    text.push_str(
        "data area\n  code text, key\n  pool money\n  used beds\n  agreed yes/no\n  risk one of low, high\n\n",
    );
    for number in 0..declarations {
        let block = number / 10;
        let written = match number % 10 {
            0 => writeln!(text, "parameter p{block}\n  is £{}\n  source s", block + 1),
            1 if block == 0 => writeln!(text, "measure a0\n  is pool - p0"),
            1 => writeln!(text, "measure a{block}\n  is a{} - p{block}", block - 1),
            2 => writeln!(text, "condition b{block}\n  met when a{block} >= p{block}"),
            3 => writeln!(text, "condition c{block}\n  met when b{block} and agreed"),
            4 => writeln!(text, "payment d{block}\n  is a{block} / 4\n  at least £0\n  only if c{block}"),
            5 => writeln!(text, "measure e{block}\n  is if b{block} then d{block} else £0"),
            6 => writeln!(
                text,
                "decision f{block}\n  first match\n  | risk | c{block} | f{block} |\n  | low | yes | ok |\n  | any | any | no |"
            ),
            7 => writeln!(text, "measure g{block} for the nation\n  is sum of d{block}"),
            8 => writeln!(text, "measure h{block}\n  is used * 2"),
            _ => writeln!(text, "check i{block}\n  holds when d{block} <= e{block}"),
        };
        written.expect("texts grow");
    }
    text
}
