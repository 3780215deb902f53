//! `ringfence test`: the scenarios of rules files, what failed and by how much, and what no scenario reaches.

use super::args::{Test, TextOrJson};
use super::failure::{FINE, Failure, PROBLEMS};
use super::output::Output;
use super::{progress, ruleset};
use crate::report::Ink;
use crate::report::scenarios::{self, Style, Tested};

pub(super) fn run(args: &Test, output: &Output) -> Result<u8, Failure> {
    let mut has_problems = false;
    let mut rulesets = Vec::new();
    for name in &args.files {
        match ruleset::load(name, output) {
            Ok(ruleset) => rulesets.push(ruleset),
            // The other files are still tested.
            Err(Failure::Told) => has_problems = true,
            Err(failure) => return Err(failure),
        }
    }
    let tested: Vec<Tested<'_>> = progress::during(&output.terminal, "running scenarios", || {
        rulesets.iter().map(|ruleset| Tested::run(&ruleset.model, &ruleset.sources)).collect()
    });
    match args.format {
        TextOrJson::Text => {
            let ink = Ink { is_colored: output.terminal.colors_stdout() };
            let style = Style { width: output.terminal.width, ink, is_quiet: output.terminal.quiet };
            output.print(&scenarios::text(&tested, style))?;
        }
        TextOrJson::Json => {
            let text = scenarios::json(&tested).map_err(|error| Failure::Bug(error.to_string()))?;
            output.print(&text)?;
        }
    }
    let all_hold = tested.iter().all(Tested::holds);
    Ok(if all_hold && !has_problems { FINE } else { PROBLEMS })
}
