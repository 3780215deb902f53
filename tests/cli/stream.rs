//! `ringfence eval` from a long CSV file to CSV: block by block it gives what it gives when it reads the file whole, as
//! it does where it verifies every result.

use super::{Fund, Ran, listed};
use std::fmt::Write;

const RULES: &str = r#"rules long_fund "A long fund"
  status in force
  applies 1 April 2015 to 31 March 2016

unit admissions

data provider "Provider"
  code      text, key
  name      text
  fund      money, at least £0
  admitted  admissions
  agreed    yes/no
  remark    text, optional

measure each "Fund for each admission"
  is fund / admitted

condition joint "Agreed by all"
  met when agreed

check small "No provider has more than the most"
  holds when fund <= £90,000

measure mean_fund "Mean" for the nation
  is mean of fund where fund is not missing

measure total "Total" for the nation
  is sum of fund

measure share "Of the mean"
  is fund / mean_fund
"#;

/// Providers in the order of their codes, of more than two blocks. These figures are illustrative.
fn providers(rows: usize) -> String {
    let mut text = "code,name,fund,admitted,agreed,remark\n".to_owned();
    for number in 0..rows {
        let fund =
            if number % 97 == 5 { "..".to_owned() } else { format!("{}.{:02}", number * 7 % 90_001, number % 100) };
        let agreed = ["yes", "no", "", "yes"][number % 4];
        let remark = "Nothing of note. ".repeat(20);
        writeln!(text, "P{number:05},\"Provider, {number}\",{fund},{},{agreed},{remark}", number % 50).unwrap();
    }
    text
}

fn fund(data: &str) -> Fund {
    let fund = Fund::new();
    fund.write("fund.rules", RULES);
    std::fs::remove_dir_all(fund.path("data")).unwrap();
    fund.write("provider.csv", data);
    fund
}

fn eval(fund: &Fund, args: &[&str]) -> Ran {
    fund.run(&[&["eval", "fund.rules", "--data", "provider.csv", "--format", "csv"], args].concat())
}

/// The same with the whole file, without what is told of the comparison.
fn whole(fund: &Fund, args: &[&str]) -> Ran {
    let ran = eval(fund, &[args, &["--verify"]].concat());
    let is_other = |line: &&str| !line.contains("compared");
    let err = ran.err.lines().filter(is_other).fold(String::new(), |text, line| text + line + "\n");
    Ran { err, ..ran }
}

#[track_caller]
fn is_the_same(fund: &Fund, args: &[&str], code: i32) {
    let wanted = whole(fund, args).exits(code);
    for threads in ["1", "2", "3"] {
        let ran = eval(fund, &[args, &["--threads", threads]].concat()).exits(code);
        assert!(ran.out == wanted.out, "other results by {threads} threads");
        assert_eq!(ran.err.trim(), wanted.err.trim());
    }
}

#[test]
fn results_are_those_of_the_whole_file() {
    let fund = fund(&providers(6_000));
    is_the_same(&fund, &[], 0);
    is_the_same(&fund, &["--only", "joint,each"], 0);
    is_the_same(&fund, &["--level", "nation"], 0);
    is_the_same(&fund, &["--set", "mean_fund=1"], 2);
}

#[test]
fn a_folder_has_the_same_files() {
    let fund = fund(&providers(6_000).replace("P05990,\"Provider, 5990\",", "P05990,\"Provider, 5990\",9"));
    let wanted = whole(&fund, &["--out", "whole/"]).exits(1);
    let ran = eval(&fund, &["--out", "streamed/"]).exits(1);
    assert_eq!(ran.err.trim(), wanted.err.trim());
    assert!(ran.err.contains("1 failed check; the first is `small` at Provider, 5990"), "{}", ran.err);
    assert_eq!(listed(&fund.path("streamed")), ["about.csv", "nation.csv", "provider.csv"]);
    for name in ["about.csv", "nation.csv", "provider.csv"] {
        assert!(fund.read(&format!("streamed/{name}")) == fund.read(&format!("whole/{name}")), "another {name}");
    }
    assert!(fund.read("streamed/nation.csv").contains("; and 59 more"), "{}", fund.read("streamed/nation.csv"));
}

#[test]
fn what_is_wrong_with_a_file_is_told_as_ever_and_leaves_no_output() {
    let bad = providers(6_000).replace(",17,", ",seventeen,").replace("P05000", "");
    let fund = fund(&bad);
    fund.write("results.csv", "as before");
    let ran = eval(&fund, &["--out", "results.csv"]).exits(1);
    assert_eq!(ran.err.trim(), whole(&fund, &["--out", "results.csv"]).exits(1).err.trim());
    assert!(ran.err.contains("`seventeen`") && ran.err.contains("data::missing-key"), "{}", ran.err);
    assert_eq!(fund.read("results.csv"), "as before");
    assert_eq!(listed(fund.folder.path()), ["fund.rules", "provider.csv", "results.csv"]);
    is_the_same(&fund, &["--keep-going"], 1);
}

#[test]
fn rows_in_another_order_are_sorted_or_left_as_they_are() {
    let ordered = providers(6_000);
    let (head, rows) = ordered.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let fund = fund(&format!("{head}\n{}\n", rows.join("\n")));
    is_the_same(&fund, &[], 0);
    is_the_same(&fund, &["--sort", "input"], 0);
    let ran = eval(&fund, &["--sort", "input", "--only", "joint"]).exits(0);
    assert!(ran.out.starts_with("code,name,joint,missing\nP05999,"), "{}", &ran.out[..60]);
}

#[cfg(unix)]
#[test]
fn a_run_that_is_broken_off_leaves_what_was_there() {
    use std::process::{Command, Stdio};
    let fund = fund(&providers(60_000));
    fund.write("results.csv", "as before");
    let mut running = Command::new(assert_cmd::cargo::cargo_bin!("ringfence"))
        .args(["eval", "fund.rules", "--data", "provider.csv", "--out", "results.csv", "--threads", "1"])
        .current_dir(fund.folder.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let is_unfinished = |name: &String| name.starts_with(".ringfence-");
    while !listed(fund.folder.path()).iter().any(is_unfinished) && running.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    // It hears of a break from the moment after.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let told = Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap();
    let ended = running.wait().unwrap();
    assert_eq!((told.success(), ended.code()), (true, Some(130)), "it ended before it was broken off");
    assert_eq!(listed(fund.folder.path()), ["fund.rules", "provider.csv", "results.csv"]);
    assert_eq!(fund.read("results.csv"), "as before");
}
