//! How the rows of decisions and measures are read.

use super::expect;

fn decision(rows: &str) -> String {
    format!("decision d\n  first match\n  {}", rows.replace('\n', "\n  "))
}

#[test]
fn cells_ask_what_their_column_can_answer() {
    let cases: Vec<(String, &[&str])> = vec![
        (decision("| quality | d |\n| low | no |\n| any | yes |"), &[]),
        (decision("| quality | d |\n| not low | fine |\n| any | poor |"), &[]),
        (decision("| quality | d |\n| lwo | no |\n| any | yes |"), &["types::not-among"]),
        (decision("| quality | d |\n| >= low | no |\n| any | yes |"), &["types::no-order"]),
        (decision("| uptake | d |\n| >= least | fine |\n| any | poor |"), &[]),
        (decision("| uptake | d |\n| >= 3.5 | fine |\n| any | poor |"), &["units::share-and-number"]),
        (decision("| uptake | d |\n| >= 2% and < 3.5% | fine |\n| any | poor |"), &[]),
        (decision("| uptake | d |\n| missing | none |\n| any | poor |"), &[]),
        (decision("| uptake | d |\n| high | fine |\n| any | poor |"), &["tables::not-a-test"]),
        (decision("| pool | d |\n| >= minimum | fine |\n| any | poor |"), &["tables::not-a-test"]),
        (decision("| signed | d |\n| yes | fine |\n| any | poor |"), &[]),
        (decision("| signed | d |\n| yse | fine |\n| any | poor |"), &["tables::not-a-test"]),
        (decision("| region | quality | d |\n| north | low | poor |\n| any | any | fine |"), &[]),
        (decision("| regoin | d |\n| north | poor |\n| any | fine |"), &["names::unknown"]),
        (decision("| quarter.actual | d |\n| any | fine |"), &["levels::lower-level"]),
        (decision("| quality | outcome |\n| any | fine |"), &["tables::last-column"]),
        (decision("| quality | quality | d |\n| low | low | poor |\n| any | any | fine |"), &["tables::head-twice"]),
        (
            "measure m\n  | quality | m |\n  | low | £0 |\n  | not low | pool |".to_owned(),
            &[],
        ),
        (
            "measure m\n  | quality | m |\n  | low | £0 |\n  | not low | population |".to_owned(),
            &["units::mismatch"],
        ),
        (
            "decision d\n  | quality | d |\n  | low | poor |\n  | not low | fine |\nmeasure n for the nation\n  is count of areas where d is \"fin\"".to_owned(),
            &["types::not-among"],
        ),
        (
            "decision d\n  | quality | d |\n  | low | poor |\n  | not low | fine |\nmeasure n for the nation\n  is count of areas where d is \"fine\"".to_owned(),
            &[],
        ),
    ];
    let cases: Vec<(&str, &[&str])> = cases.iter().map(|(rules, codes)| (rules.as_str(), *codes)).collect();
    expect(&cases);
}
