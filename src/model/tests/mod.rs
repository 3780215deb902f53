//! What is accepted and what is refused, form by form of the language reference.
//!
//! Each case is a line or two of rules after a small fund, with the codes it must give. Warnings are left out.

mod levels;
mod order;
mod scenarios;
mod series;
mod tables;
mod types;
mod units;
mod wire;

use crate::model::{self, Model};
use crate::problem::Problem;
use crate::source::Sources;
use crate::syntax;

/// A fund with an area, its quarters and its schemes.
const FUND: &str = r#"rules fund "Fund"
  applies 1 April 2015 to 31 March 2016

source act "Care Act 2014" 2014

unit admissions
unit people

data area "Area"
  code text, key
  name text
  pool money "Total pooled fund"
  minimum money
  population people
  plan_submitted date
  signed yes/no
  credible_case judgement
  quality judgement of high, medium, low
  region one of north, south
  rate admissions per 100,000 people
  price money per admissions, optional
  uptake percent
  uptake_before percent
  score number
  year financial year

data quarter "Quarter" for each area, Q4 2014-15 to Q3 2015-16
  planned admissions
  actual admissions
  share percent

data scheme "Scheme" for each area
  scheme_code text, key
  cost money
  name text

parameter least "Least reduction"
  is 3.5%
parameter tariff "Tariff"
  is £2,150 per admissions to 17 August 2015
  is £1,490 per admissions from 18 August 2015
parameter mode "Mode"
  one of "cumulative", "alone"
  is "cumulative"
parameter deadline
  is 19 September 2014
"#;

/// Reads and builds rules.
fn build(text: &str) -> (Model, Vec<Problem>) {
    let sources = Sources::single("case.rules", text);
    let (tree, mut problems) = syntax::parse(sources.iter().next().unwrap());
    let (model, found) = model::build(&tree, &sources);
    problems.extend(found);
    problems.sort_by_key(|problem| problem.span().map(|span| span.start));
    (model, problems)
}

/// Builds the fund with more rules.
fn compile(rules: &str) -> (Model, Vec<Problem>) {
    build(&format!("{FUND}\n{rules}\n"))
}

/// The model of the fund with more rules that are right.
fn model(rules: &str) -> Model {
    let (model, problems) = compile(rules);
    assert!(!problems.iter().any(Problem::is_error), "{problems:?}");
    model
}

/// The codes of the errors that more rules give.
fn codes(rules: &str) -> Vec<&'static str> {
    compile(rules).1.iter().filter(|problem| problem.is_error()).map(|problem| problem.code.0).collect()
}

/// Each case with the codes it must give, all wrong ones told at once.
fn expect(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(rules, wanted)| {
            let found = codes(rules);
            (found != *wanted).then(|| format!("{rules}\n  wanted {wanted:?}\n  found  {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A measure of each area.
fn area(formula: &str) -> Vec<&'static str> {
    codes(&format!("measure it\n  is {formula}"))
}

/// Expressions at a level with the codes they must give.
fn expect_at(level: &str, cases: &[(&str, &[&str])]) {
    let rules: Vec<String> = cases.iter().map(|(expr, _)| format!("measure it {level}\n  is {expr}")).collect();
    let cases: Vec<(&str, &[&str])> =
        rules.iter().zip(cases).map(|(rule, (_, codes))| (rule.as_str(), *codes)).collect();
    expect(&cases);
}
