//! `ringfence template`: the workbook that an area fills in.

use super::args::Template;
use super::failure::{FINE, Failure};
use super::output::{Output, write_file};
use super::ruleset;
use crate::report::workbook;

pub(super) fn run(args: &Template, output: &Output) -> Result<u8, Failure> {
    let ruleset = ruleset::load(&args.file, output)?;
    let bytes = workbook::template(&ruleset.model).map_err(|error| Failure::refused(error.to_string()))?;
    write_file(&args.out, &bytes)?;
    Ok(FINE)
}
