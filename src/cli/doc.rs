//! `ringfence doc`: the rulebook of a rules file, or of a folder of them, as a document.

use super::args::{Doc, DocFormat};
use super::failure::{FINE, Failure, PROBLEMS};
use super::output::{Output, write_file};
use super::ruleset::Ruleset;
use super::{input, progress, ruleset};
use crate::diff::Side;
use crate::report::doc::{self, Rulebook, html, markdown};
use std::path::Path;

pub(super) fn run(args: &Doc, output: &Output) -> Result<u8, Failure> {
    let format = format(args)?;
    let is_folder = Path::new(&args.path).is_dir();
    let names = if is_folder { rules_in(&args.path)? } else { vec![args.path.clone()] };
    let rulesets = load(&names, output)?;
    let books: Vec<Rulebook<'_>> = progress::during(&output.terminal, "running scenarios", || {
        names.iter().zip(&rulesets).map(|(name, ruleset)| book(name, ruleset, output)).collect()
    });
    let mut failing: Vec<String> = Vec::new();
    for (name, book) in names.iter().zip(&books) {
        failing.extend(book.failing().into_iter().map(|scenario| format!("{name}: example `{scenario}` fails")));
    }
    let mut document = match books {
        books if is_folder => doc::folder(&folder_title(&args.path), books),
        books => books.first().map(Rulebook::document).unwrap_or_default(),
    };
    if let Some(title) = &args.title {
        document.title.clone_from(title);
    }
    let text = match format {
        DocFormat::Md => markdown::markdown(&document),
        DocFormat::Html => html::html(&document),
    };
    match &args.out {
        Some(path) => write_file(path, text.as_bytes())?,
        None => output.print_bytes(text.as_bytes())?,
    }
    // The document says so too, at its front and where the example stands.
    for told in &failing {
        output.tell(&format!("{told}\n"));
    }
    Ok(if failing.is_empty() { FINE } else { PROBLEMS })
}

/// The rules files of a folder; there has to be one.
fn rules_in(folder: &str) -> Result<Vec<String>, Failure> {
    let names = input::rules_files(Path::new(folder))?;
    if names.is_empty() {
        return Err(Failure::refused(format!("there are no rules files in `{folder}`"))
            .help("the names of rules files end in `.rules`"));
    }
    Ok(names)
}

/// The rulebook of a ruleset, with what changed from the one before where that stands beside it.
fn book<'r>(name: &str, ruleset: &'r Ruleset, output: &Output) -> Rulebook<'r> {
    let book = Rulebook::new(&ruleset.model, &ruleset.sources);
    let Some(before) = book.predecessor() else { return book };
    match ruleset::beside(name, before) {
        Some(older) => book.after(before, Side { model: &older.model, sources: &older.sources }),
        None => {
            let why = "is not beside it without errors, so the rulebook does not say what changed from it";
            output.note(&format!("note: `{before}`, the ruleset before `{name}`, {why}"));
            book
        }
    }
}

/// The format asked for, or that of the name of the file to write.
fn format(args: &Doc) -> Result<DocFormat, Failure> {
    let ending =
        args.out.as_ref().and_then(|out| out.extension()).map(|ending| ending.to_string_lossy().to_lowercase());
    match (args.format, ending.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, Some("html" | "htm")) => Ok(DocFormat::Html),
        (None, Some("md" | "markdown") | None) => Ok(DocFormat::Md),
        (None, Some(other)) => Err(Failure::refused(format!("`.{other}` is no format of a document"))
            .help("name the file `.md` or `.html`, or say which with --format")),
    }
}

/// The rulesets; every file with errors is told, and none is left out in silence.
fn load(names: &[String], output: &Output) -> Result<Vec<Ruleset>, Failure> {
    let mut rulesets = Vec::new();
    let mut has_errors = false;
    for name in names {
        match ruleset::load(name, output) {
            Ok(ruleset) => rulesets.push(ruleset),
            Err(Failure::Told) => has_errors = true,
            Err(failure) => return Err(failure),
        }
    }
    if has_errors { Err(Failure::Told) } else { Ok(rulesets) }
}

/// The name of a folder as a title.
fn folder_title(path: &str) -> String {
    let named = std::fs::canonicalize(path).ok();
    let name = named.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().replace(['-', '_'], " "));
    let name = name.unwrap_or_else(|| path.to_owned());
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
