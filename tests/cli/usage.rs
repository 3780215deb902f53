//! Wrong use, files that cannot be read, and what a person is told of them.

use super::{Fund, Ran, program};

#[test]
fn wrong_use_exits_with_2_and_says_what_is_right() {
    let ran = Ran::of(program().arg("evaluate")).exits(2);
    assert!(ran.out.is_empty() && ran.err.contains("eval"), "{}", ran.err);
    Ran::of(&mut program()).exits(2);
}

#[test]
fn help_and_version_are_results() {
    let ran = Ran::of(program().arg("--help")).exits(0);
    assert!(ran.out.contains("Exit codes") && ran.err.is_empty());
    let ran = Ran::of(program().args(["eval", "--help"])).exits(0);
    assert!(ran.out.contains("--as-at"));
    assert!(Ran::of(program().arg("--version")).exits(0).out.starts_with("ringfence "));
}

#[test]
fn a_file_that_is_not_there_exits_with_2() {
    let ran = Fund::new().run(&["check", "fnd.rules"]).exits(2);
    assert_eq!(ran.err, "error: cannot read `fnd.rules`: there is no such file or folder\n");
    let ran = Fund::new().run(&["test", "data"]).exits(2);
    assert_eq!(ran.err, "error: cannot read `data`: it is a folder\n");
}

#[test]
fn a_rules_file_that_is_no_text_says_where() {
    let fund = Fund::new();
    fund.write("latin.rules", b"unit people\nunit \xa3\n");
    let ran = fund.run(&["check", "latin.rules"]).exits(2);
    assert!(ran.err.contains("byte 0xa3 on line 2"), "{}", ran.err);
    fund.write("wide.rules", b"\xff\xfeu\0n\0");
    assert!(fund.run(&["check", "wide.rules"]).exits(2).err.contains("UTF-16"));
    fund.write("long.rules", "# much\n".repeat(160_000));
    assert!(fund.run(&["check", "long.rules"]).exits(2).err.contains("1 MiB"));
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    let fund = Fund::new();
    fund.write("marked.rules", format!("\u{feff}{}", super::RULES));
    fund.run(&["check", "marked.rules"]).exits(0);
}

#[test]
fn names_that_are_nearly_right_are_recognised() {
    let fund = Fund::new();
    let eval = |args: &[&str]| fund.run(&[&["eval", "fund.rules", "--data", "data"], args].concat()).exits(2).err;
    assert!(eval(&["--only", "avoidd"]).contains("did you mean `avoided`?"));
    assert!(eval(&["--only", "share"]).contains("a column of the data"));
    assert!(eval(&["--area", "Northtwn"]).contains("did you mean `Northtown`?"));
    assert!(eval(&["--level", "quater"]).contains("did you mean `quarter`?"));
    assert!(eval(&["--set", "valu=£2"]).contains("did you mean `value`?"));
    assert!(eval(&["--set", "value"]).contains("--set"));
    assert!(eval(&["--set", "deadline=soon"]).contains("a date such as"));
    assert!(eval(&["--as-at", "31 February 2015"]).contains("is not a date"));
    assert!(eval(&["--out", "results.pdf"]).contains("--format"));
    assert!(eval(&["--format", "xlsx"]).contains("--out"));
}

#[test]
fn rules_that_need_data_say_which() {
    let ran = Fund::new().run(&["eval", "fund.rules"]).exits(2);
    assert!(ran.err.contains("area.csv, quarter.csv"), "{}", ran.err);
}

#[test]
fn codes_are_explained() {
    let codes = Ran::of(program().arg("explain-code")).exits(0).out;
    let code = codes.lines().next().unwrap();
    let page = Ran::of(program().args(["explain-code", code])).exits(0).out;
    assert!(page.starts_with(&format!("## {code}\n")), "{page}");
    let misspelt = code.replace("::", ":");
    assert!(Ran::of(program().args(["explain-code", &misspelt])).exits(2).err.contains(code));
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(Ran::of(program().args(["completions", shell])).exits(0).out.contains("explain-code"));
    }
}
