//! Depth, length and time.

use super::{codes, expression, parse};
use std::time::{Duration, Instant};

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}a{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn nesting_is_limited_to_64() {
    for (open, close) in [("(", ")"), ("sum of (", ")"), ("if a then b else ", ""), ("count of areas where ", "")] {
        let measure =
            |depth| format!("measure x\n  is {}\n", nested(open, close, depth).replace("else ", "else\n    "));
        assert!(codes(&measure(64)).is_empty(), "64 × {open}");
        for depth in [65, 200, 5_000] {
            let started = Instant::now();
            let found = codes(&measure(depth));
            assert!(
                matches!(found.as_slice(), ["syntax::too-deep" | "syntax::line-too-long"]),
                "{depth} × {open}: {found:?}"
            );
            assert!(started.elapsed() < Duration::from_secs(2), "{depth} × {open}");
        }
    }
}

#[test]
fn brackets_that_are_not_closed_take_no_time() {
    for depth in [64, 200, 1_900] {
        let started = Instant::now();
        assert_eq!(codes(&format!("measure x\n  is {}\n", "(".repeat(depth))).len(), 1);
        assert!(started.elapsed() < Duration::from_secs(1), "{depth}");
    }
}

#[test]
fn a_list_does_not_nest() {
    let member = format!("(if a then b else {})", "c");
    let list = format!("sum of ({})", vec![member; 100].join(",\n    "));
    assert!(expression(&list).starts_with("(sum-of-list"));
}

#[test]
fn a_clause_has_at_most_256_signs() {
    let sum = |signs: usize| format!("measure x\n  is a{}\n", "\n    + a".repeat(signs));
    assert!(codes(&sum(256)).is_empty());
    assert_eq!(codes(&sum(257)), ["syntax::too-many-operators"]);
    // What is not a tree of its own depth has no limit but the file's.
    assert!(codes(&format!("check x\n  holds when a{}\n", "\n    and a".repeat(2_000))).is_empty());
}

#[test]
fn long_lines_files_and_tables_are_refused() {
    assert_eq!(codes(&format!("unit a \"{}\"\n", "x".repeat(2_000))), ["syntax::line-too-long"]);
    assert_eq!(codes(&"# comment\n".repeat(110_000)), ["syntax::file-too-long"]);
    assert_eq!(codes(&format!("decision d\n  {}|\n", "|a".repeat(201))), ["syntax::too-many-columns"]);
}

#[test]
fn past_a_hundred_problems_only_their_number_is_told() {
    let found = codes(&"unit then\n".repeat(300));
    assert_eq!(found.len(), 101);
    assert_eq!(found.last(), Some(&"syntax::too-many-problems"));
}

#[test]
fn time_grows_with_length() {
    let text = std::fs::read_to_string("rules/bcf-2015-16.rules").unwrap();
    let time = |text: &str| {
        (0..3)
            .map(|_| {
                let started = Instant::now();
                assert!(parse(text).1.is_empty());
                started.elapsed()
            })
            .min()
            .unwrap()
    };
    let (one, many) = (time(&text), time(&text.repeat(10)));
    assert!(many < one * 30, "{one:?} for one, {many:?} for ten");
}
