//! What keeps the repository readable, as tests: file sizes, module docs, direction of imports, codes with pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 500;

/// What may stand at the top of the repository.
const TOP_LEVEL: [&str; 18] = [
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "clippy.toml",
    "docs",
    "examples",
    "grammar",
    "rules",
    "rustfmt.toml",
    "src",
    "tests",
];

/// Which modules of `src` each may use. What is not listed may use everything.
/// The shared vocabulary (`source`, `value`, `suggest`, `problem`) stands below all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("suggest", &[]),
    ("value", &["source", "model"]), // a cause names things of the model by number
    ("problem", &["source"]),
    ("syntax", &["source", "suggest", "value", "problem"]),
    ("format", &["source", "suggest", "value", "problem", "syntax"]),
    ("amendment", &["source", "suggest", "value", "problem", "syntax"]),
    ("model", &["source", "suggest", "value", "problem", "syntax", "data"]), // cells of scenarios are read as data
    ("data", &["source", "suggest", "value", "problem", "model"]),
    ("meaning", &["source", "suggest", "value", "problem", "syntax", "model", "data"]),
    ("plan", &["source", "value", "syntax", "model"]),
    ("eval", &["source", "value", "syntax", "model", "data", "meaning", "plan"]),
    ("diff", &["source", "value", "problem", "syntax", "amendment", "model", "data", "meaning"]),
    ("report", &["source", "suggest", "value", "problem", "syntax", "model", "data", "meaning", "eval", "diff"]),
    ("stream", &["source", "value", "problem", "model", "data", "meaning", "plan", "eval", "report"]),
    ("folder", &["source", "suggest", "value", "problem", "syntax", "amendment", "model", "driver"]),
    ("driver", &["source", "value", "problem", "syntax", "amendment", "model", "data", "format", "meaning", "report"]),
];

/// Codes whose fixture would be a megabyte, or a hundred mistakes: tested in `src/syntax/tests/limits.rs`.
const TOO_LARGE_TO_SHOW: [&str; 2] = ["syntax::file-too-long", "syntax::too-many-problems"];

/// Every file below a folder with this extension, in order.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A source text without its comment lines and without its unit tests, which stand at the end.
fn code_of(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Fails with every offence at once.
#[track_caller]
fn none(offences: &[String], what: &str) {
    assert!(offences.is_empty(), "{what}:\n  {}", offences.join("\n  "));
}

#[test]
fn every_module_says_what_it_is() {
    let offences: Vec<String> = files("src", "rs")
        .iter()
        .chain(&files("tests", "rs"))
        .filter(|path| !read(path).starts_with("//!"))
        .map(|path| path.display().to_string())
        .collect();
    none(&offences, "files that do not start with `//!`");
}

#[test]
fn no_file_is_long() {
    let offences: Vec<String> = files("src", "rs")
        .iter()
        .map(|path| (path, read(path).lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect();
    none(&offences, "a file holds one concept, in at most 500 lines");
}

#[test]
fn only_syntax_knows_the_parser() {
    let offences: Vec<String> = files("src", "rs")
        .iter()
        .filter(|path| !path.starts_with("src/syntax"))
        .filter(|path| ["pest::", "pest_derive", "use pest"].iter().any(|name| code_of(&read(path)).contains(name)))
        .map(|path| path.display().to_string())
        .collect();
    none(&offences, "files outside src/syntax that name pest");
}

#[test]
fn nothing_is_left_to_do() {
    let words = ["todo!", "dbg!", "unimplemented!", "FIXME", "XXX", "TODO"];
    let mut offences = Vec::new();
    for path in files("src", "rs") {
        for (number, line) in read(&path).lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                offences.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    none(&offences, "left-overs");
}

#[test]
fn nothing_computes_with_floating_point() {
    // Spreadsheet and Parquet files hold floating point and progress bars show it; both are at the edge.
    // `canonical.rs` has to name what it refuses.
    let edges = ["src/diff/canonical.rs", "src/data/parquet", "src/data/workbook", "src/cli", "src/report/workbook"];
    let mut offences = Vec::new();
    for path in files("src", "rs") {
        if edges.iter().any(|edge| path.starts_with(edge)) {
            continue;
        }
        for (number, line) in code_of(&read(&path)).lines().enumerate() {
            let has = |word: &str| {
                line.match_indices(word).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    let after = line[at + word.len()..].chars().next();
                    ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '_')
                })
            };
            if has("f64") || has("f32") {
                offences.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    none(&offences, "floating point");
}

#[test]
fn modules_use_only_what_is_below_them() {
    let mut offences = Vec::new();
    for path in files("src", "rs") {
        let relative = path.strip_prefix("src").unwrap();
        let module = relative.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        if relative.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs") {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else { continue };
        let text = code_of(&read(&path));
        for (at, _) in text.match_indices("crate::") {
            let used: String = text[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used != module && used.starts_with(char::is_lowercase) && !allowed.contains(&used.as_str()) {
                offences.push(format!("{} uses crate::{used}", path.display()));
            }
        }
    }
    offences.sort();
    offences.dedup();
    none(&offences, "imports against the direction of the passes");
}

/// Every code that the sources declare, with the files that do.
fn declared_codes() -> BTreeMap<String, Vec<PathBuf>> {
    let mut codes: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in files("src", "rs") {
        let text = code_of(&read(&path));
        for (at, _) in text.match_indices("Code(\"") {
            let code: String = text[at + 6..].chars().take_while(|c| *c != '"').collect();
            codes.entry(code).or_default().push(path.clone());
        }
    }
    codes
}

/// Codes that a reviewed snapshot shows.
fn shown_codes() -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for path in files("tests/fixtures", "snap") {
        for line in read(&path).lines() {
            let is_code = line.contains("::") && !line.contains(' ');
            if is_code {
                shown.insert(line.to_owned());
            }
        }
    }
    shown
}

#[test]
fn every_code_is_declared_once() {
    let offences: Vec<String> = declared_codes()
        .iter()
        .filter(|(_, paths)| paths.len() > 1)
        .map(|(code, paths)| format!("{code}: {paths:?}"))
        .collect();
    none(&offences, "codes declared more than once");
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let declared = declared_codes();
    let pages: BTreeSet<&str> = ringfence::problem::pages::codes().into_iter().collect();
    let mut offences: Vec<String> = declared
        .keys()
        .filter(|code| !pages.contains(code.as_str()))
        .map(|code| format!("{code} has no section in src/problem/pages"))
        .collect();
    offences
        .extend(pages.iter().filter(|page| !declared.contains_key(**page)).map(|page| format!("{page} is no code")));
    none(&offences, "codes and pages");
}

#[test]
fn every_code_is_shown_by_a_fixture() {
    let shown = shown_codes();
    let offences: Vec<String> = declared_codes()
        .into_keys()
        // An error of the program itself cannot be caused on purpose.
        .filter(|code| !code.starts_with("internal::"))
        .filter(|code| !TOO_LARGE_TO_SHOW.contains(&code.as_str()))
        .filter(|code| !shown.contains(code))
        .collect();
    none(&offences, "codes that no snapshot in tests/fixtures shows");
}

#[test]
fn pages_have_a_wrong_example_and_the_mended_one() {
    let mut offences = Vec::new();
    for code in ringfence::problem::pages::codes() {
        let page = ringfence::problem::pages::page(code).unwrap_or_default();
        let blocks = page.matches("\n```").count() / 2;
        if blocks < 2 && !code.starts_with("internal::") {
            offences.push(format!("{code}: {blocks} of 2 examples"));
        }
    }
    none(&offences, "pages without examples");
}

#[test]
fn nothing_unexpected_stands_at_the_top() {
    // What is ignored by git (`target`) is nobody's business.
    let ignored: Vec<String> =
        read(Path::new(".gitignore")).lines().filter_map(|line| line.strip_prefix('/')).map(str::to_owned).collect();
    let mut offences = Vec::new();
    for entry in std::fs::read_dir(".").unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name != ".git" && !TOP_LEVEL.contains(&name.as_str()) && !ignored.contains(&name) {
            offences.push(name);
        }
    }
    none(&offences, "at the top of the repository");
}

#[test]
fn names_of_fixtures_are_sentences() {
    let mut offences = Vec::new();
    for family in std::fs::read_dir("tests/fixtures").unwrap() {
        let family = family.unwrap().path();
        if !family.is_dir() {
            continue;
        }
        for case in std::fs::read_dir(&family).unwrap() {
            let case = case.unwrap().path();
            let name = case.file_name().unwrap().to_string_lossy().into_owned();
            let is_sentence =
                name.matches('_').count() >= 2 && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            if !is_sentence || !case.join("case.rules").is_file() {
                offences.push(case.display().to_string());
            }
        }
    }
    none(&offences, "a fixture is `<family>/<a_sentence>/case.rules`");
}

#[test]
fn the_corpus_of_mistakes_is_large() {
    let mistakes = crate::support::case::MISTAKES
        .iter()
        .filter_map(|family| std::fs::read_dir(Path::new("tests/fixtures").join(family)).ok())
        .map(Iterator::count)
        .sum::<usize>();
    assert!(mistakes >= 150, "{mistakes} mistakes");
}

#[test]
fn constructs_are_shown_by_fixtures() {
    let text = std::fs::read_to_string("grammar/constructs.md").unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    assert!(rows.len() >= 50, "{} constructs", rows.len());
    for row in rows {
        let shown = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let fixtures: Vec<&str> = shown.split(", ").map(|name| name.trim_matches('`')).collect();
        for fixture in fixtures {
            let folder = Path::new("tests/fixtures").join(fixture);
            let rules = if folder.is_dir() { files(folder.to_str().unwrap(), "rules") } else { Vec::new() };
            assert!(!rules.is_empty(), "{fixture} of `{row}` is not there");
        }
    }
}
