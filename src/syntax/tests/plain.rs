//! What is read from its tokens is read as the grammar reads it: a chain in brackets is no plain one.

use super::super::{ast, print};
use super::parse;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// What is plain by itself.
const PLAIN: [&str; 16] =
    ["a", "b_2", "Q4", "May", "sum", "any", "paid", "isle", "notes", "in_all", "0", "12", "0.5", "£5", "€3.25", "2015"];

/// What is more than that, or nothing at all.
const ODD: [&str; 40] = [
    "_c",
    "é",
    "yes",
    "true",
    "No",
    "is",
    "if",
    "in",
    "missing",
    "2,500",
    "1.5.2",
    "£",
    "£1,490",
    "£20k",
    "£ 5",
    "3.5%",
    "2015-16",
    "Q4 2014-15",
    "May 2015",
    "19 September 2014",
    "10 people",
    "£5 per people",
    "2 percentage points",
    "x.y",
    "x . y",
    "x.",
    "-5",
    "- a",
    "not a",
    "not",
    "sum of a",
    "90th percentile of a",
    "rank of a",
    "paid so far",
    "a year earlier",
    "a a year earlier",
    "a in 2015-16",
    "if a then b else c",
    "\"low\"",
    "?",
];

const SIGNS: [&str; 10] = ["+", "-", "*", "/", "<", "<=", ">", ">=", "and", "or"];

const ODD_SIGNS: [&str; 12] =
    ["is", "is not", "rounds to", "in", "and not", "+ -", "=", "==", "=>", "< =", "//", "is missing and"];

/// A chain of operands and operators, most of them plain, some more than that; with blanks or without.
fn chain() -> impl Strategy<Value = String> {
    use prop::sample::select;
    let operand = || prop_oneof![5 => select(&PLAIN[..]), 1 => select(&ODD[..])];
    let sign = prop_oneof![8 => select(&SIGNS[..]), 1 => select(&ODD_SIGNS[..])];
    let blank =
        || prop_oneof![8 => Just(" "), 3 => Just(""), 1 => Just("  "), 1 => Just("\u{a0}"), 1 => Just("\n    ")];
    let link = (blank(), sign, blank(), operand());
    (operand(), prop::collection::vec(link, 0..4)).prop_map(|(first, links)| {
        let rest = links.iter().map(|(before, sign, after, operand)| format!("{before}{sign}{after}{operand}"));
        rest.fold(first.to_owned(), |text, link| text + &link)
    })
}

/// The tree of a clause and the places in it, where it can be read.
fn read(clause: &str, chain: &str) -> Option<(String, String)> {
    let (file, problems) = parse(&format!("condition x\n  {clause} {chain}\n"));
    let declaration = file.declarations.first().filter(|_| problems.is_empty())?;
    let ast::ClauseKind::MetWhen(expr) = &declaration.clauses.first()?.kind else { return None };
    let inner = match &expr.kind {
        ast::ExprKind::Bracket(inner) if chain.starts_with('(') => inner,
        _ => expr,
    };
    let first = expr.span.start + u32::from(chain.starts_with('('));
    Some((print::print(&file).replace("[", "").replace("]", ""), places(inner, first)))
}

/// Every place in an expression, as far from its beginning.
fn places(expr: &ast::Expr, first: u32) -> String {
    let shown = format!("{expr:?}");
    let mut text = String::new();
    for part in shown.split("start: ").skip(1) {
        let (start, rest) = part.split_once(", end: ").unwrap();
        let end = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap();
        let from_first = |place: &str| place.parse::<u32>().unwrap() - first;
        text.push_str(&format!("{}-{} ", from_first(start), from_first(end)));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_chain_is_read_like_one_in_brackets(chain in chain()) {
        prop_assert_eq!(read("met when", &chain), read("met when", &format!("({chain})")));
    }

    #[test]
    fn a_head_is_read_like_one_with_a_level(name in prop_oneof![prop::sample::select(&PLAIN[..]), prop::sample::select(&ODD[..])], label in "\"?[a-z #|]{0,3}\"{0,3}") {
        let head = |end: &str| {
            let (file, problems) = parse(&format!("measure {name} {label}{end}\n  is 1\n"));
            let declaration = file.declarations.into_iter().next().filter(|_| problems.is_empty())?;
            Some((declaration.name.text, declaration.name.span, declaration.label.map(|label| (label.text, label.span))))
        };
        prop_assert_eq!(head(""), head(" for the nation"));
    }
}

#[test]
fn most_chains_can_be_read() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let chains = (0..200).map(|_| chain().new_tree(&mut runner).unwrap().current());
    assert!(chains.filter(|chain| read("met when", chain).is_some()).count() > 60);
}
