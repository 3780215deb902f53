//! `ringfence plan`: the steps in which rules are run over columns.

use super::args::Plan;
use super::failure::{FINE, Failure};
use super::output::Output;
use super::ruleset;
use crate::plan;

pub(super) fn run(args: &Plan, output: &Output) -> Result<u8, Failure> {
    let ruleset = ruleset::load(&args.file, output)?;
    let Some(plan) = plan::from_model(&ruleset.model) else {
        return Err(Failure::refused("these rules have no plan: the reference interpreter runs them, row by row")
            .help("results are the same; only with very many rows does it take longer"));
    };
    output.print(&plan::print(&plan, &ruleset.model))?;
    Ok(FINE)
}
