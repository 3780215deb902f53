//! Words of the text that could not be read: a name among them may be declared there, so that mentioning it is
//! not a second mistake.
//!
//! In: the tree and the text. Out: words that may be names.

use super::is_broken;
use crate::source::Sources;
use crate::syntax::ast;

/// How many words of a line outside every declaration may be names.
const WORDS_OF_A_LINE: usize = 3;

/// Words that may be names: with which the lines of broken declarations begin, and those outside every declaration.
pub(super) fn words<'a>(file: &ast::File, sources: &'a Sources) -> Vec<&'a str> {
    let Some(source) = sources.get(file.source) else { return Vec::new() };
    let text = source.text.as_str();
    let mut found = Vec::new();
    if !file.amendments.is_empty() {
        // What stands between the declarations of several files may be what was omitted.
        for declaration in file.declarations.iter().filter(|declaration| is_broken(declaration)) {
            found.extend(sources.slice(declaration.span).lines().skip(1).flat_map(|line| names(line).take(1)));
        }
        return found;
    }
    let mut read_to = 0;
    for declaration in &file.declarations {
        let span = declaration.span.range();
        for line in text.get(read_to..span.start).unwrap_or("").lines() {
            found.extend(names(line).take(WORDS_OF_A_LINE));
        }
        if is_broken(declaration) {
            for line in text.get(span.clone()).unwrap_or("").lines().skip(1) {
                found.extend(names(line).take(1));
            }
        }
        read_to = read_to.max(span.end);
    }
    for line in text.get(read_to..).unwrap_or("").lines() {
        found.extend(names(line).take(WORDS_OF_A_LINE));
    }
    found
}

/// The words of a line that can be names; a comment has none.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let line = line.split('#').next().unwrap_or("");
    line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}
