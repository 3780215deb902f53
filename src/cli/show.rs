//! `ringfence show`: a ruleset whole, with the amendments of its folder.

use super::args::Show;
use super::failure::{FINE, Failure};
use super::output::Output;
use super::{dataset, input, ruleset};
use crate::amendment::Days;
use crate::driver;
use crate::problem::Problem;
use crate::value::{Date, date_text};

pub(super) fn run(args: &Show, output: &Output) -> Result<u8, Failure> {
    let day = args.as_at.as_deref().map(dataset::date).transpose()?;
    let sources = ruleset::with_folder(&args.file, input::rules(&args.file)?)?;
    let whole = driver::whole(&sources, day);
    if let Some(day) = day.filter(|day| !whole.days.hold(*day)) {
        return Err(not_in_force(&whole.name, whole.days, day));
    }
    let told: Vec<Problem> =
        whole.problems.into_iter().filter(|problem| problem.is_error() || !output.terminal.quiet).collect();
    ruleset::tell_problems(&told, &sources, output);
    let text = whole.text.ok_or(Failure::Told)?;
    output.print_bytes(text.as_bytes())?;
    Ok(FINE)
}

/// There was no such law on that day.
fn not_in_force(name: &str, days: Days, day: Date) -> Failure {
    let name = if name.is_empty() { "the ruleset" } else { name };
    let day = date_text(day);
    let days = match (days.from, days.to) {
        (Some(from), Some(to)) => format!("from {} to {}", date_text(from), date_text(to)),
        (Some(from), None) => format!("from {}", date_text(from)),
        (None, Some(to)) => format!("to {}", date_text(to)),
        (None, None) => "always".to_owned(),
    };
    Failure::refused(format!("on {day} nothing was in force: `{name}` applies {days}"))
        .help("ask for a day among these")
}
