//! Where output goes: colour, closed pipes, files whole or not at all.

use super::{AREAS, Fund, Ran, listed, program};
use std::io::Read;
use std::process::Stdio;

#[test]
fn colour_is_as_asked_and_else_only_for_terminals() {
    let fund = Fund::new();
    let eval = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = program();
        command.current_dir(fund.folder.path()).args(["eval", "fund.rules", "--data", "data"]).args(args);
        command.envs(env.iter().copied());
        Ran::of(&mut command).exits(0).out.contains('\u{1b}')
    };
    assert!(!eval(&[], &[]));
    assert!(eval(&["--color", "always"], &[]));
    assert!(eval(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!eval(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!eval(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(eval(&["--color", "always"], &[("NO_COLOR", "1")]));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let fund = Fund::new();
    for args in [vec!["eval", "fund.rules", "--data", "data"], vec!["completions", "bash"], vec!["--help"]] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("ringfence"))
            .args(&args)
            .current_dir(fund.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert!(child.wait().unwrap().success(), "{args:?}: {told}");
        assert_eq!(told, "", "{args:?}");
    }
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing_behind() {
    let fund = Fund::new();
    let ran = fund.run(&["eval", "fund.rules", "--data", "data", "--out", "nowhere/results.json"]).exits(2);
    assert!(ran.err.contains("cannot write `nowhere/results.json`"), "{}", ran.err);
    assert_eq!(listed(fund.folder.path()), ["data", "fund.rules"]);
}

#[test]
fn names_in_the_data_cannot_steer_the_terminal() {
    let fund = Fund::new();
    fund.write("data/area.csv", AREAS.replace("Northtown", "North\u{1b}[2Jtown\u{202e}"));
    for args in [&["eval", "fund.rules"][..], &["explain", "fund.rules", "pot", "--area", "E1"]] {
        let ran = fund.run(&[args, &["--data", "data"]].concat());
        assert!(ran.out.contains("North"), "{}", ran.err);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']) && !ran.err.contains(['\u{1b}', '\u{202e}']));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_read_only_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let fund = Fund::new();
    fund.write("results.json", "mine");
    std::fs::set_permissions(fund.path("results.json"), std::fs::Permissions::from_mode(0o444)).unwrap();
    fund.run(&["eval", "fund.rules", "--data", "data", "--out", "results.json"]).exits(2);
    assert_eq!(fund.read("results.json"), "mine");
}

#[test]
fn tables_keep_to_the_width() {
    let fund = Fund::new();
    for width in ["40", "60", "120"] {
        let ran = fund.run(&["eval", "fund.rules", "--data", "data", "--width", width]).exits(0);
        let longest = ran.out.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= width.parse().unwrap(), "{width}:\n{}", ran.out);
    }
}
