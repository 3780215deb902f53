//! Tests of the syntax that need no file: which operator binds tighter, which words are reserved, what belongs to
//! which line, and that nothing takes long.

mod layout;
mod limits;
mod plain;
mod precedence;
mod words;

use super::ast;
use crate::problem::Problem;
use crate::source::Sources;

/// Parses a text.
fn parse(text: &str) -> (ast::File, Vec<Problem>) {
    let sources = Sources::single("test.rules", text);
    sources.iter().next().map(super::parse).unwrap()
}

/// The codes of the problems of a text.
fn codes(text: &str) -> Vec<&'static str> {
    parse(text).1.iter().map(|problem| problem.code.0).collect()
}

/// The tree of a text that has no problems.
#[track_caller]
fn tree(text: &str) -> String {
    let (file, problems) = parse(text);
    assert!(problems.is_empty(), "{text}\n{problems:#?}");
    super::print::print(&file)
}

/// The tree of an expression.
#[track_caller]
fn expression(text: &str) -> String {
    let printed = tree(&format!("measure x\n  is {text}\n"));
    printed.strip_prefix("(measure x\n  (is ").and_then(|rest| rest.strip_suffix("))\n")).unwrap().to_owned()
}

/// The one problem of an expression, with its help.
#[track_caller]
fn refused(text: &str) -> (&'static str, String) {
    let (_, mut problems) = parse(&format!("measure x\n  is {text}\n"));
    assert_eq!(problems.len(), 1, "{text}\n{problems:#?}");
    problems.pop().map(|problem| (problem.code.0, problem.help.unwrap_or_default())).unwrap()
}
