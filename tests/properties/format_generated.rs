//! Formatting of made-up rules that are longer and deeper than anybody writes: every way to break a line is met.

use super::format::{Choices, is_sound, is_stable};
use proptest::prelude::*;

const NAMES: [&str; 8] = [
    "fund",
    "planned_reduction",
    "quarter.baseline",
    "share_of_the_one_billion",
    "a_name_that_is_about_as_long_as_names_ever_get_in_the_rules_of_a_fund",
    "emergency_admissions.target",
    "actual",
    "note",
];

const FIGURES: [&str; 7] =
    ["£1490", "3.5%", "2 percentage points", "475 admissions per 100000 people", "£3.8bn", "1,000", "0.50"];

const CONDITIONS: [&str; 5] = [
    "signed_by_board",
    "plan_quality is not \"approved with conditions\"",
    "late is missing",
    "total rounds to £3.8bn",
    "plan_submitted <= 19 September 2014",
];

fn pick<'a>(from: &[&'a str], choices: &mut Choices) -> &'a str {
    from[choices.next(from.len())]
}

/// One name or bracket.
fn operand(depth: usize, choices: &mut Choices) -> String {
    match choices.next(3) {
        0 if depth > 0 => format!("({})", value(depth - 1, choices)),
        _ => pick(&NAMES, choices).to_owned(),
    }
}

fn value(depth: usize, choices: &mut Choices) -> String {
    if depth == 0 {
        return pick(if choices.next(2) == 0 { &NAMES } else { &FIGURES }, choices).to_owned();
    }
    let inner = depth - 1;
    match choices.next(9) {
        0 => {
            let terms: Vec<String> = (0..2 + choices.next(5)).map(|_| operand(inner, choices)).collect();
            let sign = [" + ", " - ", " * "][choices.next(3)];
            terms.join(sign)
        }
        1 => format!("{} * {} + {}", operand(inner, choices), operand(inner, choices), operand(inner, choices)),
        2 => format!("if {} then {} else {}", condition(inner, choices), value(inner, choices), value(inner, choices)),
        3 => {
            let items: Vec<String> = (0..2 + choices.next(6)).map(|_| value(inner, choices)).collect();
            format!("{} of ({})", pick(&["least", "greatest", "sum"], choices), items.join(", "))
        }
        4 => format!("sum of {} where {}", operand(inner, choices), condition(inner, choices)),
        5 => format!("median of {} across areas", operand(inner, choices)),
        6 => format!("size of {}", operand(inner, choices)),
        7 => format!("running total of {}", operand(inner, choices)),
        _ => format!("{} in the previous quarter", operand(inner, choices)),
    }
}

fn condition(depth: usize, choices: &mut Choices) -> String {
    if depth == 0 {
        return pick(&CONDITIONS, choices).to_owned();
    }
    let inner = depth - 1;
    match choices.next(4) {
        0 | 1 => {
            let word = [" and ", " or "][choices.next(2)];
            let parts: Vec<String> = (0..2 + choices.next(4)).map(|_| bracketed(inner, choices)).collect();
            parts.join(word)
        }
        2 => format!("not {}", bracketed(inner, choices)),
        _ => format!("{} >= {}", operand(inner, choices), operand(inner, choices)),
    }
}

fn bracketed(depth: usize, choices: &mut Choices) -> String {
    match choices.next(2) {
        0 => pick(&CONDITIONS, choices).to_owned(),
        _ => format!("({})", condition(depth, choices)),
    }
}

fn rules(choices: &mut Choices) -> String {
    let depth = 1 + choices.next(4);
    let mut value = || value(depth, choices);
    let (start, floor, amount, then) = (value(), value(), value(), value());
    let (when, unless) = (condition(depth, choices), condition(depth, choices));
    format!(
        "measure m for each quarter\n  is {start}\n  at least {floor}\n  less {amount}, never below £0\n  \
         unless {unless} then {then}\ncondition c\n  met when {when}\n  unless {unless}\n"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_of_any_length_and_depth_can_be_formatted(seed in any::<u64>()) {
        let text = rules(&mut Choices(seed));
        // Lines beyond what is allowed are left to the fixtures.
        prop_assume!(text.lines().all(|line| line.len() <= 2_000));
        prop_assert!(is_sound(&text), "the generator makes sound rules:\n{}", text);
        let formatted = is_stable(&text, "made-up rules");
        let longest = formatted.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        prop_assert!(longest <= 240, "a line is not broken where it can be:\n{}", formatted);
    }
}
