//! `ringfence check`: every problem of every file, and what is wrong between them.

use super::args::{Check, TextOrJson};
use super::failure::{FINE, Failure, PROBLEMS, WRONG_USE};
use super::output::Output;
use super::{input, ruleset};
use crate::folder::{self, Checked, Doubts};
use crate::problem::{Problem, json, render};
use crate::report::layout::wrap;
use crate::report::{Ink, Tone};
use crate::source::{SourceId, Sources};
use serde::Serialize;
use std::path::Path;

pub(super) fn run(args: &Check, output: &Output) -> Result<u8, Failure> {
    let mut read = Read::default();
    for name in &args.files {
        if Path::new(name).is_dir() {
            read.folder(name, output)?;
        } else {
            read.file(name, output);
        }
    }
    let Read { sources, files, is_unread, has_folder } = read;
    let checked = folder::check(&sources, &files, has_folder);
    let all = || checked.files.iter().flat_map(|file| &file.problems).chain(&checked.between);
    let has_errors = all().any(Problem::is_error);
    let has_any = all().next().is_some();
    let doubts: Vec<Doubts> = if args.unverified {
        checked.files.iter().filter_map(|file| file.model.as_ref()).map(folder::doubts).collect()
    } else {
        Vec::new()
    };
    match args.format {
        TextOrJson::Text => {
            output.print(&Text { checked: &checked, sources: &sources, output }.write(has_folder, &doubts))?
        }
        TextOrJson::Json => output.print(&json_text(&checked, &sources, &doubts)?)?,
    }
    if is_unread {
        return Ok(WRONG_USE);
    }
    Ok(if has_errors || (args.deny_warnings && has_any) { PROBLEMS } else { FINE })
}

/// What was read to be checked.
#[derive(Default)]
struct Read {
    sources: Sources,
    files: Vec<SourceId>,
    is_unread: bool,
    has_folder: bool,
}

impl Read {
    /// All rules files of a folder.
    fn folder(&mut self, name: &str, output: &Output) -> Result<(), Failure> {
        self.has_folder = true;
        let files = input::rules_files(Path::new(name))?;
        if files.is_empty() {
            return Err(Failure::refused(format!("the folder `{name}` has no rules files"))
                .help("the name of a rules file ends in `.rules`"));
        }
        files.iter().for_each(|file| self.file(file, output));
        Ok(())
    }

    /// A file, and what it stands on. One that cannot be read hides no other.
    fn file(&mut self, name: &str, output: &Output) {
        let found = input::rules(name).and_then(|text| ruleset::gather(name, text));
        match found {
            Ok(found) => {
                for (index, file) in found.iter().enumerate() {
                    self.add(&file.name, &file.text, index == 0);
                }
            }
            Err(failure) => {
                output.tell_failure(&failure);
                self.is_unread = true;
            }
        }
    }

    fn add(&mut self, name: &str, text: &str, is_asked_for: bool) {
        let known = self.sources.iter().find(|file| file.name == name).map(|file| file.id);
        let id = known.unwrap_or_else(|| self.sources.add(name, text));
        if is_asked_for && !self.files.contains(&id) {
            self.files.push(id);
        }
    }
}

/// What a person reads.
struct Text<'a> {
    checked: &'a Checked,
    sources: &'a Sources,
    output: &'a Output,
}

impl Text<'_> {
    fn write(&self, has_folder: bool, doubts: &[Doubts]) -> String {
        let mut text = String::new();
        for file in &self.checked.files {
            let name = self.sources.get(file.source).map_or("", |file| &file.name);
            self.problems(&mut text, name, &file.problems);
        }
        if !self.checked.between.is_empty() {
            self.problems(&mut text, "between the files", &self.checked.between);
        }
        if self.output.terminal.quiet {
            return text;
        }
        for note in &self.checked.notes {
            text.push_str(&format!("note: {note}\n"));
        }
        if has_folder {
            text.push_str(&self.total());
        }
        for doubts in doubts {
            self.doubts(&mut text, doubts);
        }
        text
    }

    /// The problems of one file, and how many there are.
    fn problems(&self, text: &mut String, name: &str, problems: &[Problem]) {
        let terminal = &self.output.terminal;
        let style = render::Style { colour: terminal.colors_stdout(), unicode: true, width: terminal.width };
        let shown: Vec<Problem> =
            problems.iter().filter(|problem| problem.is_error() || !terminal.quiet).cloned().collect();
        if !shown.is_empty() {
            text.push_str(&render::render(&shown, self.sources, style));
            text.push('\n');
        }
        if !terminal.quiet {
            let summary = render::summary(problems).unwrap_or_else(|| "no problems".to_owned());
            text.push_str(&format!("{name}: {summary}\n"));
        }
    }

    fn total(&self) -> String {
        let files = &self.checked.files;
        let all: Vec<Problem> =
            files.iter().flat_map(|file| &file.problems).chain(&self.checked.between).cloned().collect();
        let summary = render::summary(&all).unwrap_or_else(|| "no problems".to_owned());
        let count = if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) };
        format!("{count}: {summary}\n")
    }

    /// What of a ruleset is not verified.
    fn doubts(&self, text: &mut String, doubts: &Doubts) {
        let ink = Ink { is_colored: self.output.terminal.colors_stdout() };
        let Doubts { ruleset, title, results, resting, doubts } = doubts;
        let name = if title.is_empty() { "a ruleset without a name" } else { title };
        text.push('\n');
        let heading = if ruleset == name { name.to_owned() } else { format!("{name} (`{ruleset}`)") };
        text.push_str(&ink.paint(Tone::Heading, &heading));
        text.push('\n');
        if doubts.is_empty() {
            text.push_str("Nothing is unverified.\n");
            return;
        }
        let of = if *results == 1 { "1 result".to_owned() } else { format!("{results} results") };
        text.push_str(&format!("{resting} of {of} rest on something that is not verified:\n"));
        for doubt in doubts {
            let rests = match doubt.results {
                None => "as a whole".to_owned(),
                Some(0) => "on which no result rests".to_owned(),
                Some(1) => "on which 1 result rests".to_owned(),
                Some(several) => format!("on which {several} results rest"),
            };
            let line = format!("{} `{}`, {rests}: {}", doubt.kind, doubt.name, doubt.why);
            for (index, line) in wrap(&line, self.output.terminal.width.saturating_sub(4)).iter().enumerate() {
                text.push_str(&format!("{}{line}\n", if index == 0 { "  " } else { "    " }));
            }
        }
    }
}

/// One document for all files.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    problems: json::Document<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unverified: &'a [Doubts],
}

fn json_text(checked: &Checked, sources: &Sources, doubts: &[Doubts]) -> Result<String, Failure> {
    let mut all = json::Document { format: json::FORMAT, errors: 0, warnings: 0, problems: Vec::new() };
    let groups = checked.files.iter().map(|file| &file.problems).chain([&checked.between]);
    for problems in groups {
        let one = json::document(problems, sources);
        all.errors += one.errors;
        all.warnings += one.warnings;
        all.problems.extend(one.problems);
    }
    let document = Document { problems: all, notes: &checked.notes, unverified: doubts };
    let text = serde_json::to_string_pretty(&document).map_err(|error| Failure::Bug(error.to_string()))?;
    Ok(text + "\n")
}
