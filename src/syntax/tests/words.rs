//! Words, names and literals: what is one and what is not.

use super::{codes, expression};
use crate::syntax::mistakes::RESERVED;
use crate::syntax::parse_literal;
use crate::syntax::parser::{self, Rule};

const GRAMMAR: &str = include_str!("../../../grammar/tokens.pest");

#[test]
fn reserved_words_are_those_of_the_grammar() {
    let list = GRAMMAR.split("reserved  = _{").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
    let mut listed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let section = GRAMMAR.split("// ---- Reserved words").nth(1).and_then(|rest| rest.split("// ----").next()).unwrap();
    let mut tokens: Vec<&str> = section.lines().filter_map(|line| line.split('"').nth(1)).collect();
    let mut known = RESERVED.to_vec();
    listed.sort_unstable();
    tokens.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, tokens, "each reserved word is a token of its own");
    assert_eq!(listed, known, "the messages know the same words");
}

#[test]
fn reserved_words_are_no_names_and_longer_ones_are() {
    for word in RESERVED {
        assert_eq!(codes(&format!("unit {word}\n")), ["syntax::reserved-word"], "{word}");
        assert!(codes(&format!("unit {word}_1\n")).is_empty(), "{word}_1");
        assert!(codes(&format!("unit {word}s\n")).is_empty(), "{word}s");
        assert_eq!(expression(&format!("{word}x")), format!("{word}x"));
    }
}

#[test]
fn words_of_phrases_and_clauses_are_names() {
    for word in [
        "sum",
        "count",
        "share",
        "rank",
        "least",
        "any",
        "all",
        "size",
        "total",
        "paid",
        "status",
        "source",
        "target",
        "baseline",
        "actual",
        "met",
        "of",
        "when",
        "otherwise",
        "measure",
        "data",
        "Q4",
        "April",
        "x",
        "A1_b",
    ] {
        assert_eq!(expression(&format!("{word} + {word}")), format!("(+ {word} {word})"));
        assert!(codes(&format!("unit {word}\n")).is_empty(), "{word}");
        assert!(codes(&format!("data t\n  {word} money \"x\"\n")).is_empty(), "{word}");
    }
}

#[test]
fn phrases_may_be_broken_over_lines() {
    assert_eq!(expression("running\n      total of a"), "(running-total-of a)");
    assert_eq!(expression("a in the\u{a0}previous\r\n      quarter"), "(previous-quarter a)");
    assert_eq!(expression("a is  not\n   missing"), "(is-not-missing a)");
}

fn follows(rule: Rule, text: &str) -> bool {
    parser::parse(rule, text).is_ok_and(|mut pairs| pairs.next().is_some_and(|pair| pair.as_str() == text))
}

#[test]
fn tokens_accept_and_refuse() {
    for (rule, accepted, refused) in [
        (
            Rule::PLAIN,
            &["0", "2500", "2,500", "1,234,567", "0.5", "2,500.25"][..],
            &["25,00", "2,5000", ".5", "5.", "5%", "20k", "1e6", "2_500"][..],
        ),
        (
            Rule::MONEY,
            &["£1,490", "£3.8bn", "£253m", "£20k", "$5", "€0.50"],
            &["£ 5", "£5M", "£5bnx", "5£", "£", "£-5"],
        ),
        (Rule::PERCENT, &["3.5%", "100%", "0%"], &["3.5 %", "%", "3.5percent"]),
        (
            Rule::POINTS,
            &["2 percentage points", "0.5 percentage  points", "1 percentage point"],
            &["2 points", "2percentage points"],
        ),
        (
            Rule::DATE,
            &["19 September 2014", "1 May 2015"],
            &["19 september 2014", "19 Sep 2014", "19September 2014", "19 September 14"],
        ),
        (Rule::MONTH, &["April 2015"], &["april 2015", "April", "April 15", "April 20155"]),
        (Rule::FINANCIAL_YEAR, &["2015-16", "1999-00"], &["2015/16", "2015-2016", "2015-1", "15-16"]),
        (Rule::QUARTER, &["Q4 2014-15", "Q1  2015-16"], &["q4 2014-15", "Q4", "Q4 2014", "Q42014-15"]),
        (Rule::TEXT, &["\"\"", "\"a\"", "\"a \"\"b\"\" c\"", "\"# |\""], &["\"a", "a\"", "\"a\nb\"", "'a'"]),
        (Rule::NAME, &["a", "A1_b", "isle", "notes"], &["1a", "_a", "is", "a-b", "a.b", "é"]),
        (Rule::reference, &["a", "a.b"], &["a.", "a. b", ".b", "a.b.c", "a.is"]),
    ] {
        for text in accepted {
            assert!(follows(rule, text), "{rule:?} is `{text}`");
        }
        for text in refused {
            assert!(!follows(rule, text), "{rule:?} is not `{text}`");
        }
    }
}

#[test]
fn a_literal_is_read_alone() {
    for text in ["4%", " £1,490 ", "-£5", "yes", "\"low\"", "19 September 2014", "Q4 2014-15", "10 admissions"] {
        assert!(parse_literal(text).is_some(), "{text}");
    }
    for text in ["", "low", "4 %", "1 + 2", "31 February 2015", "Q5 2014-15", "-yes", "2015-17", "£5 and"] {
        assert!(parse_literal(text).is_none(), "{text}");
    }
}
