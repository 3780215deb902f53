//! Texts that are cut off or lack a line: what an editor holds while somebody types. None may panic or hang,
//! and every place that a problem names must be in the text.

use super::{on_every_processor, texts};
use ringfence::driver;
use ringfence::source::{SourceFile, Sources};
use ringfence::syntax;

/// Parses, and checks that each place named is a piece of the text.
fn parse(text: &str) {
    let sources = Sources::single("case.rules", text);
    let file: &SourceFile = sources.iter().next().unwrap();
    let (_, problems) = syntax::parse(file);
    in_text(&problems, &sources);
}

/// Compiles all the way.
fn compile(text: &str) {
    let sources = Sources::single("case.rules", text);
    let compiled = driver::compile(&sources);
    in_text(&compiled.problems, &sources);
}

pub(super) fn in_text(problems: &[ringfence::problem::Problem], sources: &Sources) {
    for problem in problems {
        let primary = problem.span().into_iter();
        for span in primary.chain(problem.related.iter().map(|label| label.span)) {
            let file = sources.get(span.source).expect("the file is there");
            assert!(file.text.get(span.range()).is_some(), "{} names {span:?}", problem.code.0);
        }
        assert!(!problem.message.is_empty());
        assert!(problem.code.0 != "internal::not-lowered", "{}: {}", problem.code.0, problem.message);
    }
}

#[test]
fn every_prefix_of_every_text_parses() {
    on_every_processor(
        &texts(),
        |(path, _)| path.display().to_string(),
        |(path, text)| {
            // Every character where the mistakes are those of spelling; elsewhere a text is cut off often enough.
            let every = match path {
                path if path.starts_with("tests/fixtures/syntax") => 1,
                path if path.starts_with("tests/fixtures") => 13,
                _ => 97,
            };
            for (at, _) in text.char_indices().step_by(every) {
                parse(&text[..at]);
            }
        },
    );
}

#[test]
fn every_text_that_lacks_a_line_or_ends_after_one_compiles() {
    on_every_processor(
        &texts(),
        |(path, _)| path.display().to_string(),
        |(path, text)| {
            let every = if path.starts_with("rules") { 41 } else { 1 };
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            for gone in (0..lines.len()).step_by(every) {
                let without: String =
                    lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| *line).collect();
                compile(&without);
                compile(&lines[..gone].concat());
            }
        },
    );
}

#[test]
fn every_text_that_lacks_a_word_compiles() {
    on_every_processor(
        &texts(),
        |(path, _)| path.display().to_string(),
        |(path, text)| {
            let every = if path.starts_with("rules") { 211 } else { 7 };
            let words: Vec<(usize, &str)> = text.match_indices(' ').collect();
            for pair in words.windows(2).step_by(every) {
                let (from, to) = (pair[0].0, pair[1].0);
                compile(&format!("{}{}", &text[..from], &text[to..]));
            }
        },
    );
}
