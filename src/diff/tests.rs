//! Meaning is compared, not text.

use super::*;
use crate::driver;

const OLD: &str = r#"
rules fund "Fund"
  applies 1 April 2015 to 31 March 2017

source guidance "Guidance" 2015
unit admissions

data area
  code text, key
  name text
  before admissions
  after admissions
  agreed yes/no
  shared yes/no

parameter least "Least reduction"
  is 3.5%

parameter rate "Value of an admission"
  is £1,490 per admissions

measure reduction
  is (before - after) / before

condition ambitious "Ambitious enough"
  met when reduction >= least and agreed
  source guidance

measure pot "Pot"
  is (before - after) * rate
  at least £0
  at most £1bn

decision outcome "Outcome"
  | agreed | shared | outcome     |
  | yes    | any    | approved    |
  | no     | yes    | support     |
  | no     | no     | refused     |
"#;

/// Compiles both, and gives what changed as lines.
fn changes(old: &str, new: &str) -> Vec<String> {
    let compiled = |text: &str| {
        let sources = Sources::single("a.rules", text);
        let compiled = driver::compile(&sources);
        (compiled.model.unwrap_or_else(|| panic!("{:?}", compiled.problems)), sources)
    };
    let (old, new) = (compiled(old), compiled(new));
    let changes = compare(Side { model: &old.0, sources: &old.1 }, Side { model: &new.0, sources: &new.1 });
    let mut lines = Vec::new();
    for change in changes.changes {
        let was = change.was.map(|was| format!(" was {was}")).unwrap_or_default();
        lines.push(format!("{:?} {} {}{was}", change.what, change.word, change.name));
        for Detail { aspect, from, to } in change.details {
            lines.push(format!("  {aspect:?}: {} -> {}", from.unwrap_or_default(), to.unwrap_or_default()));
        }
    }
    lines
}

fn edited(from: &str, to: &str) -> Vec<String> {
    assert!(OLD.contains(from), "{from}");
    changes(OLD, &OLD.replace(from, to))
}

#[test]
fn layout_comments_order_and_spelling_of_figures_are_no_change() {
    assert_eq!(changes(OLD, OLD), Vec::<String>::new());
    assert_eq!(edited("  at least £0\n", "  at   least £0.00 # never below nothing\n"), Vec::<String>::new());
    assert_eq!(edited("£1bn", "£1,000m"), Vec::<String>::new());
    assert_eq!(edited("reduction >= least and agreed", "(reduction >= least) and\n    agreed"), Vec::<String>::new());
    let (first, second) = ("  | yes    | any    | approved    |\n", "  | no     | yes    | support     |\n");
    assert_eq!(edited(&format!("{first}{second}"), &format!("{second}{first}")), Vec::<String>::new());
    assert_eq!(edited("| agreed | shared |", "| agreed | shared|"), Vec::<String>::new());
}

#[test]
fn a_figure_changes_on_its_days() {
    let new = "  is 3.5% to 31 March 2016\n  is 4% from 1 April 2016\n\nparameter rate";
    let expected = ["Changed parameter least", "  Value { since: Some(2016-04-01), until: None }: 3.5% -> 4%"];
    assert_eq!(edited("  is 3.5%\n\nparameter rate", new), expected);
}

#[test]
fn a_clause_changes_from_something_to_something() {
    let expected = ["Changed measure pot", "  Clause { clause: \"at most\" }: £1bn -> £2bn"];
    assert_eq!(edited("£1bn", "£2bn"), expected);
    let expected = ["Changed measure pot", "  Clause { clause: \"rounded\" }:  -> to the nearest £1"];
    assert_eq!(edited("  at most £1bn", "  at most £1bn\n  rounded to the nearest £1"), expected);
}

#[test]
fn what_is_required_is_told_one_by_one() {
    let expected = ["Changed condition ambitious", "  Requires:  -> shared"];
    assert_eq!(edited("least and agreed", "least and agreed and shared"), expected);
    let expected = ["Changed condition ambitious", "  Requires: reduction >= least -> reduction > least"];
    assert_eq!(edited(">= least and", "> least and"), expected);
    let expected = ["Changed condition ambitious", "  Requires: agreed -> "];
    assert_eq!(edited("least and agreed", "least"), expected);
}

#[test]
fn rows_are_told_by_what_they_ask() {
    let expected =
        ["Changed decision outcome", "  Row: agreed no, shared yes: support -> agreed no, shared yes: approved"];
    assert_eq!(edited("| no     | yes    | support     |", "| no     | yes    | approved    |"), expected);
}

#[test]
fn the_same_under_another_name_is_renamed_and_its_readers_are_not_changed() {
    let expected = ["Renamed parameter lowest was least"];
    let renamed = OLD.replace("parameter least", "parameter lowest").replace(">= least", ">= lowest");
    assert_eq!(changes(OLD, &renamed), expected);
    let renamed = OLD.replace("measure reduction", "measure fall").replace("when reduction", "when fall");
    assert_eq!(changes(OLD, &renamed), ["Renamed measure fall was reduction"]);
    // Two that say the same cannot be told apart.
    let twins = format!("{OLD}\nparameter other \"Least reduction\"\n  is 3.5%\n");
    let renamed = twins.replace("parameter least", "parameter lowest").replace(">= least", ">= lowest");
    let renamed = renamed.replace("parameter other", "parameter another");
    assert_eq!(changes(&twins, &renamed).iter().filter(|line| line.starts_with("Renamed")).count(), 0);
}

#[test]
fn columns_are_told_by_name() {
    let expected = ["Changed data area", "  Column { column: \"pooled\" }:  -> money, at least £0"];
    assert_eq!(
        edited("  shared yes/no\n", "  shared yes/no\n  pooled money, at least £0 \"Pooled\"\n").get(..2),
        Some(&expected.map(str::to_owned)[..])
    );
    let expected = ["Changed data area", "  Column { column: \"shared\" }: yes/no -> yes/no, optional"];
    assert_eq!(edited("  shared yes/no\n", "  shared yes/no, optional\n"), expected);
}

#[test]
fn what_is_only_said_about_a_rule_changes_nothing() {
    let old = driver::compile(&Sources::single("a", OLD)).model.expect("it has no errors");
    let text = OLD.replace("\"Pot\"", "\"The pot\"").replace("2015\nunit", "2016\nunit");
    let sources = (Sources::single("a", OLD), Sources::single("b", &text));
    let new = driver::compile(&sources.1).model.expect("it has no errors");
    let changes = compare(Side { model: &old, sources: &sources.0 }, Side { model: &new, sources: &sources.1 });
    assert_eq!(changes.changes.len(), 2);
    assert!(!changes.has_substance());
}
