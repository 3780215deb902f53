//! Parquet in and out of the program, or that it was built without.

use super::{Fund, Ran};

fn eval(fund: &Fund, args: &[&str]) -> Ran {
    fund.run(&[&["eval", "fund.rules", "--data", "data"], args].concat())
}

/// Rules about what the fund's rules gave.
#[cfg(feature = "parquet")]
const AUDIT: &str = r#"rules audit "Audit of a small fund"
  status in force
  applies 1 April 2015 to 31 March 2016

data area
  code      text, key                                        "ONS code"
  name      text                                             "Area"
  joint     one of "met", "not met", "cannot determine"      "Plan agreed by all"
  avoided   number, optional                                 "Fewer admissions"
  pot       money                                            "Pot"
  quotient  number                                           "Pooled for each pound"

data quarter for each area, Q1 2015-16 to Q2 2015-16
  part  money  "Payment"

measure paid for the nation
  is sum of quarter.part where quarter.part is not missing

measure pots for the nation
  is sum of pot where pot is not missing

measure met for the nation
  is count of areas where joint is "met"
"#;

#[cfg(feature = "parquet")]
#[test]
fn a_folder_takes_a_file_of_each_level_and_gives_it_again() {
    let fund = Fund::new();
    let ran = eval(&fund, &["--format", "parquet", "--out", "results/"]).exits(0);
    assert_eq!((ran.out, ran.err), (String::new(), String::new()));
    assert_eq!(super::listed(&fund.path("results")), ["area.parquet", "nation.parquet", "quarter.parquet"]);
    fund.write("audit.rules", AUDIT);
    let ran = fund.run(&["eval", "audit.rules", "--data", "results", "--format", "csv", "--level", "nation"]);
    let lines: Vec<&str> = ran.out.lines().map(|line| line.split(",from").next().unwrap()).collect();
    assert!(lines.iter().any(|line| line.starts_with("paid,paid,0,£0")), "{}\n{}", ran.out, ran.err);
    assert!(lines.iter().any(|line| line.starts_with("pots,pots,7000,\"£7,000\"")), "{}\n{}", ran.out, ran.err);
    assert!(lines.iter().any(|line| line.starts_with("met,met,2,2")), "{}\n{}", ran.out, ran.err);
    // The same run gives the same bytes.
    let first = std::fs::read(fund.path("results/area.parquet")).unwrap();
    eval(&fund, &["--out", "again.parquet", "--threads", "3"]).exits(0);
    assert_eq!(first, std::fs::read(fund.path("again.parquet")).unwrap());
    assert_eq!(String::from_utf8_lossy(&first).matches("made up").count(), 1, "it says what was made up");
}

#[cfg(feature = "parquet")]
#[test]
fn a_folder_of_both_kinds_is_read_and_a_damaged_file_is_told() {
    let fund = Fund::new();
    eval(&fund, &["--format", "parquet", "--out", "results/"]).exits(0);
    fund.write("audit.rules", AUDIT);
    let csv = "area,period,part\nE1,Q1 2015-16,1\nE1,Q2 2015-16,1\nE2,Q1 2015-16,1\nE2,Q2 2015-16,1\nE3,Q1 2015-16,1\nE3,Q2 2015-16,1\n";
    std::fs::remove_file(fund.path("results/quarter.parquet")).unwrap();
    std::fs::remove_file(fund.path("results/nation.parquet")).unwrap();
    fund.write("results/quarter.csv", csv);
    let audit = ["eval", "audit.rules", "--data", "results", "--format", "csv", "--level", "nation"];
    let ran = fund.run(&audit);
    assert!(ran.out.contains("paid,paid,6,£6"), "{}\n{}", ran.out, ran.err);
    let whole = std::fs::read(fund.path("results/area.parquet")).unwrap();
    fund.write("results/area.parquet", &whole[..whole.len() - 20]);
    let ran = fund.run(&audit).exits(1);
    assert!(ran.err.contains("data::not-readable") && ran.err.contains("it was cut off"), "{}", ran.err);
}

#[cfg(feature = "parquet")]
#[test]
fn numbers_beyond_any_column_are_refused_and_nothing_is_written() {
    let fund = Fund::new();
    let large = "code,name,pooled_fund,share,submitted,agreed\nE1,Northtown,£999999999999999999999999999,£1,..,yes\n";
    fund.write("data/area.csv", large);
    fund.write("data/quarter.illustrative.csv", "area,period,planned,actual\nE1,Q1 2015-16,1,1\nE1,Q2 2015-16,1,1\n");
    let ran = eval(&fund, &["--only", "quotient", "--out", "results.parquet"]).exits(2);
    assert!(ran.err.contains("`quotient` of Northtown is 999999999999999999999999999"), "{}", ran.err);
    assert!(ran.err.contains("write CSV or JSON"), "{}", ran.err);
    assert!(!fund.path("results.parquet").exists());
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_not_for_standard_output() {
    let ran = eval(&Fund::new(), &["--format", "parquet"]).exits(2);
    assert!(ran.err.contains("Parquet is not for standard output") && ran.err.contains("--out"), "{}", ran.err);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_so() {
    let fund = Fund::new();
    let ran = eval(&fund, &["--out", "results.parquet"]).exits(2);
    assert!(ran.err.contains("built without Parquet") && ran.err.contains("--features parquet"), "{}", ran.err);
    fund.write("data/area.parquet", "PAR1");
    let ran = eval(&fund, &[]).exits(1);
    assert!(ran.err.contains("built without Parquet") && ran.err.contains("data::not-readable"), "{}", ran.err);
}
