//! Problems of the text: one file per part of the language, one constructor function per code.

pub(super) mod clauses;
pub(super) mod expressions;
pub(super) mod general;
pub(super) mod layout;
pub(super) mod literals;
pub(super) mod names;
pub(super) mod phrases;
pub(super) mod quotes;
pub(super) mod signs;
pub(super) mod tables;

/// Words in backticks with commas and a last `or`: `` `a`, `b` or `c` ``.
pub(super) fn either(words: &[String]) -> String {
    joined(words, "or")
}

/// Words in backticks with commas and a last `and`.
pub(super) fn each(words: &[String]) -> String {
    joined(words, "and")
}

fn joined(words: &[String], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, start)) => format!("{} {last} {end}", start.join(", ")),
    }
}
