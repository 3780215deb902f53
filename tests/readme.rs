//! The README shows real rules and what the program really prints.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use assert_cmd::Command;
use std::path::Path;

const RULES: &str = "rules/bcf-2015-16.rules";

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What the program prints, run in a folder.
fn printed(folder: &Path, arguments: &str) -> String {
    let output =
        Command::cargo_bin("ringfence").unwrap().current_dir(folder).args(arguments.split(' ')).output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// A line of the README that the output does not have after the lines before it. `…` stands for any number of lines.
fn first_stranger<'a>(shown: &'a str, printed: &str) -> Option<&'a str> {
    let mut lines = printed.lines();
    shown.lines().filter(|line| *line != "…").find(|line| !lines.any(|other| other.trim_end() == line.trim_end()))
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = text("README.md");
    let mut blocks = 0;
    for part in readme.split("<!-- printed by: ").skip(1) {
        let (command, rest) = part.split_once(" -->\n```text\n").unwrap();
        let (shown, _) = rest.split_once("\n```").unwrap();
        let found = match command.split_once(", with `credible_case and access`") {
            None => printed(Path::new(env!("CARGO_MANIFEST_DIR")), command),
            Some((command, _)) => {
                let folder = tempfile::tempdir().unwrap();
                std::fs::create_dir(folder.path().join("rules")).unwrap();
                let edited = text(RULES).replace("or credible_case\n", "or credible_case and access\n");
                std::fs::write(folder.path().join(RULES), edited).unwrap();
                printed(folder.path(), command)
            }
        };
        assert_eq!(first_stranger(shown, &found), None, "of `{command}`, which prints:\n{found}");
        blocks += 1;
    }
    assert_eq!(blocks, 4);
}

#[test]
fn the_readme_shows_rules_as_they_are() {
    let readme = text("README.md");
    let rules = text(RULES);
    let (_, rest) = readme.split_once("```\nparameter").unwrap();
    let (shown, _) = format!("parameter{rest}").split_once("\n```").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    for declaration in shown.split("\n\n") {
        assert!(rules.contains(declaration), "the rules file does not say:\n{declaration}");
    }
}
