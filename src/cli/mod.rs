//! The terminal program: the only place that reads files, the environment and the terminal.
//!
//! One file per command; `args` says what can be asked, `input` and `output` read and write, `terminal` knows
//! what the terminal can do, `failure` why the program stops and with which exit code.

mod args;
mod check;
mod completions;
mod dataset;
mod diff;
mod doc;
mod eval;
mod explain;
mod explain_code;
mod failure;
mod fmt;
mod input;
mod interrupt;
mod output;
mod parquet;
mod plan;
mod progress;
mod ruleset;
mod selection;
mod show;
mod stream;
mod template;
mod terminal;
mod test;

use args::{Args, Command};
use clap::Parser;
use failure::{FINE, Failure, WRONG_USE};
use output::Output;
use std::panic;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program and gives its exit code.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are results, everything else is wrong use. A closed pipe is no reason to complain.
            let code = if error.use_stderr() { WRONG_USE } else { FINE };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let output = Output { terminal: Terminal::new(&args.global) };
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| run(&args.command, &output)));
    let outcome = outcome.unwrap_or_else(|payload| Err(Failure::Bug(panic_message(payload.as_ref()))));
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            output.tell_failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(command: &Command, output: &Output) -> Result<u8, Failure> {
    match command {
        Command::Check(args) => check::run(args, output),
        Command::Eval(args) => eval::run(args, output),
        Command::Explain(args) => explain::run(args, output),
        Command::Test(args) => test::run(args, output),
        Command::Diff(args) => diff::run(args, output),
        Command::Fmt(args) => fmt::run(args, output),
        Command::Show(args) => show::run(args, output),
        Command::Plan(args) => plan::run(args, output),
        Command::ExplainCode(args) => explain_code::run(args, output),
        Command::Doc(args) => doc::run(args, output),
        Command::Template(args) => template::run(args, output),
        Command::Completions(args) => completions::run(args, output),
    }
}

fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::failure::OUR_BUG;
    use super::*;

    #[test]
    fn an_error_of_the_program_has_its_own_exit_code() {
        assert_eq!(Failure::Bug(panic_message(&"x")).exit_code(), OUR_BUG);
    }
}
