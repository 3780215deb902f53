//! `ringfence fmt`: rules files in the one layout.

use super::args::Fmt;
use super::failure::{FINE, Failure, PROBLEMS, WRONG_USE};
use super::input::{self, STDIN};
use super::output::{Output, write_file};
use super::ruleset::tell_problems;
use crate::problem::Problem;
use crate::report::{Ink, Tone};
use crate::source::Sources;
use crate::{format, syntax};
use similar::{ChangeTag, TextDiff};
use std::path::Path;

pub(super) fn run(args: &Fmt, output: &Output) -> Result<u8, Failure> {
    let mut has_problems = false;
    let (mut changed, mut is_unread) = (0, false);
    for name in &args.files {
        let before = match input::rules(name) {
            Ok(before) => before,
            Err(failure) => {
                output.tell_failure(&failure);
                is_unread = true;
                continue;
            }
        };
        let Some(after) = formatted(&before, output) else {
            has_problems = true;
            continue;
        };
        let is_changed = after != before.text;
        changed += usize::from(is_changed);
        if args.diff {
            output.print(&diff(&before.name, &before.text, &after, output))?;
        }
        if args.check && is_changed {
            output.note(&format!("{} would change", before.name));
        }
        if args.check || args.diff {
            continue;
        }
        if name == STDIN {
            output.print_bytes(after.as_bytes())?;
        } else if is_changed {
            write_file(Path::new(name), after.as_bytes())?;
        }
    }
    if is_unread {
        return Ok(WRONG_USE);
    }
    Ok(if has_problems || (args.check && changed > 0) { PROBLEMS } else { FINE })
}

/// The text laid out anew; none where it has errors of its own, which are told.
fn formatted(before: &input::RulesText, output: &Output) -> Option<String> {
    let sources = Sources::single(&before.name, &before.text);
    let file = sources.iter().next()?;
    let (tree, mut problems) = syntax::parse(file);
    problems.retain(Problem::is_error);
    if problems.is_empty() {
        match format::format(&tree, file) {
            Ok(text) => return Some(text),
            Err(problem) => problems.push(*problem),
        }
    }
    tell_problems(&problems, &sources, output);
    output.tell(&format!("{} was left as it is\n", before.name));
    None
}

/// What would change, as people read changes.
fn diff(name: &str, before: &str, after: &str, output: &Output) -> String {
    let ink = Ink { is_colored: output.terminal.colors_stdout() };
    let difference = TextDiff::from_lines(before, after);
    let mut text = String::new();
    for hunk in difference.unified_diff().context_radius(3).iter_hunks() {
        if text.is_empty() {
            text.push_str(&ink.paint(Tone::Heading, &format!("--- {name}\n+++ {name}, formatted")));
            text.push('\n');
        }
        text.push_str(&format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, tone) = match change.tag() {
                ChangeTag::Delete => ("-", Tone::Bad),
                ChangeTag::Insert => ("+", Tone::Good),
                ChangeTag::Equal => (" ", Tone::Plain),
            };
            let line = change.value().trim_end_matches(['\n', '\r']);
            text.push_str(&ink.paint(tone, &format!("{sign}{line}")));
            text.push('\n');
        }
    }
    text
}
