//! `ringfence completions`: what a shell needs to complete commands and options.

use super::args::{Args, Completions};
use super::failure::{FINE, Failure};
use super::output::Output;
use clap::CommandFactory;

pub(super) fn run(args: &Completions, output: &Output) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "ringfence", &mut script);
    output.print_bytes(&script)?;
    Ok(FINE)
}
