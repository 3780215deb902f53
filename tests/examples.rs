//! The projects in `examples/` evaluate, and their national lines are what was reviewed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// The commands of `rules/README.md`, without what is said about them on the same line.
fn all_commands() -> Vec<Vec<String>> {
    let readme = std::fs::read_to_string("rules/README.md").unwrap();
    let lines = readme.lines().filter_map(|line| line.strip_prefix("cargo run --release -- "));
    lines.map(|line| words(line.split("   ").next().unwrap_or(line))).collect()
}

/// Those that evaluate something.
fn commands() -> Vec<Vec<String>> {
    all_commands().into_iter().filter(|command| command[0] == "eval").collect()
}

/// The words of a command; what stands in quotes is one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, part) in line.split('"').enumerate() {
        if number % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The national lines of a command, one a line: name, and what is shown of it.
fn national_lines(command: &[String]) -> String {
    let mut run = assert_cmd::Command::cargo_bin("ringfence").unwrap();
    let output = run.args(command).args(["--level", "nation", "--format", "json"]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "`{}` fails:\n{told}", command.join(" "));
    let results: serde_json::Value = serde_json::from_slice(&output.stdout).expect(&told);
    let mut lines = String::new();
    for (name, result) in results["nation"].as_object().unwrap() {
        let value = || result["value"].to_string().replace("null", "cannot determine");
        let shown = result["shown"].as_str().map_or_else(value, str::to_owned);
        writeln!(lines, "{name}: {shown}").unwrap();
    }
    lines
}

#[test]
fn every_command_of_the_readme_gives_the_national_lines_that_were_reviewed() {
    for command in commands() {
        let name = Path::new(&command[1]).file_stem().unwrap().to_string_lossy().into_owned();
        let lines = national_lines(&command);
        insta::with_settings!({ omit_expression => true, description => command.join(" ") }, {
            insta::assert_snapshot!(name, lines);
        });
    }
}

#[test]
fn every_other_command_of_the_readme_finds_nothing_wrong() {
    let others: Vec<Vec<String>> = all_commands().into_iter().filter(|command| command[0] != "eval").collect();
    assert!(others.len() >= 3, "{others:?}");
    for command in others {
        let output = assert_cmd::Command::cargo_bin("ringfence").unwrap().args(&command).output().unwrap();
        // A comparison says by its exit code that the results are others.
        let is_well = output.status.code() == Some(i32::from(command[0] == "diff"));
        assert!(is_well, "`{}` fails:\n{}", command.join(" "), String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn the_readme_lists_every_rules_file_and_every_example() {
    let named = |folder: &str, wanted: &dyn Fn(&Path) -> bool| -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| wanted(path)).map(|path| path.to_string_lossy().into_owned()).collect()
    };
    let rules = named("rules", &|path| path.extension().is_some_and(|extension| extension == "rules"));
    let data: BTreeSet<String> = named("examples", &|path| path.join("data").is_dir());
    let commands = commands();
    let run: BTreeSet<String> = commands.iter().map(|command| command[1].clone()).collect();
    assert_eq!(run, rules, "every rules file has one command");
    let read: BTreeSet<String> = commands
        .iter()
        .flat_map(|command| command.windows(2).filter(|pair| pair[0] == "--data"))
        .filter_map(|pair| Some(Path::new(&pair[1]).parent()?.to_string_lossy().into_owned()))
        .collect();
    assert_eq!(read, data, "every example is read by a command");
}
