//! `ringfence explain-code`: the page of a kind of problem.

use super::args::ExplainCode;
use super::failure::{FINE, Failure};
use super::output::Output;
use crate::problem::pages;
use crate::suggest;

pub(super) fn run(args: &ExplainCode, output: &Output) -> Result<u8, Failure> {
    let Some(code) = &args.code else {
        let mut list = pages::codes().join("\n");
        list.push('\n');
        output.print(&list)?;
        return Ok(FINE);
    };
    if let Some(page) = pages::page(code) {
        output.print(&format!("{}\n", page.trim_end()))?;
        return Ok(FINE);
    }
    let failure = Failure::refused(format!("there is no code `{code}`"));
    Err(match suggest::nearest(code, pages::codes()) {
        Some(meant) => failure.help(format!("did you mean `{meant}`?")),
        None => failure.help("`ringfence explain-code` lists all codes"),
    })
}
