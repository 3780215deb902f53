//! The projects in `examples/` evaluate, and their national lines are what was reviewed.

use std::fmt::Write as _;

/// The national lines of an example, one a line: name, and what is shown of it.
fn national_lines(rules: &str, data: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("ringfence").unwrap();
    command.args(["eval", rules, "--level", "nation", "--format", "json"]);
    for folder in data {
        command.args(["--data", folder]);
    }
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let results: serde_json::Value = serde_json::from_slice(&output.stdout).expect(&told);
    let mut lines = String::new();
    for (name, result) in results["nation"].as_object().unwrap() {
        let shown = result["shown"]
            .as_str()
            .map_or_else(|| result["value"].to_string().replace("null", "cannot determine"), str::to_owned);
        writeln!(lines, "{name}: {shown}").unwrap();
    }
    lines
}

/// `rules/NAME.rules` on `examples/NAME/data`.
fn example(name: &str) {
    let lines = national_lines(&format!("rules/{name}.rules"), &[&format!("examples/{name}/data")]);
    insta::with_settings!({ omit_expression => true, description => format!("National lines of {name}") }, {
        insta::assert_snapshot!(name, lines);
    });
}

#[test]
fn the_revised_fund_of_2015_16() {
    example("bcf-2015-16");
}

#[test]
fn the_original_fund_of_2015_16() {
    example("bcf-2015-16-original");
}

#[test]
fn the_fund_of_2016_17() {
    example("bcf-2016-17");
}
