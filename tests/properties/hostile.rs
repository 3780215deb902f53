//! Texts of a megabyte that are made to hang a compiler. Each ends soon, with a message or with a model.
//!
//! The bound is generous because tests run unoptimised and beside others; it tells a second from an hour, and
//! is no benchmark.

use ringfence::driver;
use ringfence::source::Sources;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const MEGABYTE: usize = 1024 * 1024;
const BOUND: Duration = Duration::from_secs(10);

#[track_caller]
fn ends(what: &str, text: &str) {
    let start = Clock::start();
    let compiled = driver::compile(&Sources::single("hostile.rules", text));
    let took = start.elapsed();
    assert!(took < BOUND, "{what}: {took:?}, {} problems", compiled.problems.len());
    // A text nobody could have meant gives pages of messages, not a million.
    assert!(compiled.problems.len() <= 501, "{what}: {} problems", compiled.problems.len());
}

/// The time this thread was at work, where the system tells it; else the time that passed. Tests run beside
/// others, and waiting for them is no fault of the compiler's.
struct Clock {
    passed: Instant,
    worked: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Self { passed: Instant::now(), worked: Self::worked() }
    }

    fn elapsed(&self) -> Duration {
        match (self.worked, Self::worked()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.passed.elapsed(),
        }
    }

    /// Linux tells it in nanoseconds.
    fn worked() -> Option<Duration> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
    }
}

fn filled(with: &str) -> String {
    with.repeat(MEGABYTE / with.len())
}

#[test]
fn a_megabyte_of_one_character_ends() {
    for one in ["(", ")", "\"", "|", "#", " ", "\t", "\n", "a", "0", "£", "-", ".", ",", "“", "\u{0}", "\r", "é"] {
        ends(one, &filled(one));
    }
}

#[test]
fn a_megabyte_of_one_line_repeated_ends() {
    let lines = [
        "(\n",
        "a\n",
        "  a\n",
        "measure\n",
        "measure a\n",
        "  | a | b |\n",
        "source a \"b\"\n",
        "unit people\n",
        "The pooled fund must be at least the minimum.\n",
        "  is if a then b else c\n",
        "\"\n",
        "  met when\n",
    ];
    for line in lines {
        ends(line.trim_end(), &filled(line));
        ends(line.trim_end(), &format!("measure a\n{}", filled(line)));
    }
}

#[test]
fn one_expression_over_a_megabyte_of_lines_ends() {
    for piece in [
        "(\n    ",
        "not\n    ",
        "-\n    ",
        "1 +\n    ",
        "1 *\n    ",
        "a and\n    ",
        "a <\n    ",
        "if a then b else\n    ",
        "if if a then b else\n    ",
        "sum of\n    ",
        "sum of (a,\n    ",
        "a in the previous quarter\n    ",
        "running total of\n    ",
        "count of areas where\n    ",
    ] {
        ends(piece, &format!("measure a\n  is {}1\n", filled(piece)));
    }
}

#[test]
fn brackets_as_deep_as_allowed_end() {
    for (open, close) in
        [("(", ")"), ("not (", ")"), ("-(", ")"), ("if a then (", ") else 0"), ("sum of (", ")"), ("1 + (", ")")]
    {
        for depth in [8, 63, 64, 65, 300] {
            ends(open, &format!("measure a\n  is {}1{}\n", open.repeat(depth), close.repeat(depth)));
            ends(open, &format!("measure a\n  is {}\n", open.repeat(depth)));
        }
    }
}

#[test]
fn a_long_chain_of_rules_ends() {
    let mut down = String::from("measure m0 for the nation\n  is 1\n");
    let mut at = 1;
    while down.len() < MEGABYTE - 100 {
        writeln!(down, "measure m{at} for the nation\n  is m{} + 1", at - 1).unwrap();
        at += 1;
    }
    ends("each reads the one before", &down);
    let mut up = String::new();
    let mut at = 0;
    while up.len() < MEGABYTE - 100 {
        writeln!(up, "measure m{at} for the nation\n  is m{} + 1", at + 1).unwrap();
        at += 1;
    }
    ends("each reads the one after", &format!("{up}measure m{at} for the nation\n  is 1\n"));
    ends("a circle of all", &format!("{up}measure m{at} for the nation\n  is m0\n"));
}

#[test]
fn one_rule_that_reads_everything_ends() {
    let mut text = String::new();
    let mut names = Vec::new();
    while text.len() < MEGABYTE / 2 {
        let name = format!("m{}", names.len());
        writeln!(text, "measure {name} for the nation\n  is 1").unwrap();
        names.push(name);
    }
    let sum = names.join("\n    + ");
    ends("a sum of all", &format!("{text}measure total for the nation\n  is {sum}\n"));
    let list = names.join(",\n    ");
    ends("a list of all", &format!("{text}measure total for the nation\n  is sum of ({list})\n"));
}

#[test]
fn a_wide_table_with_a_gap_ends() {
    let columns = 40;
    let mut text = String::from("data area\n  code text, key\n");
    let mut head = String::from("  |");
    let mut row = String::from("  |");
    for column in 0..columns {
        writeln!(text, "  c{column} yes/no").unwrap();
        write!(head, " c{column} |").unwrap();
        row.push_str(" yes |");
    }
    writeln!(text, "\ndecision outcome\n{head} outcome |").unwrap();
    for one in 0..columns {
        let mut cells: Vec<&str> = vec!["any"; columns];
        cells[one] = if one % 2 == 0 { "yes" } else { "no" };
        cells[(one * 7 + 3) % columns] = "no";
        writeln!(text, "  | {} | r{one} |", cells.join(" | ")).unwrap();
    }
    ends("forty columns", &text);
    let many_rows = format!("{text}{}", filled(&format!("{row} yes |\n")));
    ends("forty columns, many rows", &many_rows[..MEGABYTE - 200]);
}

#[test]
fn a_table_of_many_thresholds_ends() {
    let mut text = String::from(
        "data area\n  code text, key\n  a number\n  b number\n  c number\n\ndecision outcome\n  | a | b | c | outcome |\n",
    );
    for row in 0..300 {
        writeln!(text, "  | > {row} and < {} | >= {row} or < 3 | any | r{row} |", row + 7).unwrap();
    }
    ends("three hundred overlapping rows", &text);
}

#[test]
fn many_exceptions_end() {
    let mut text = String::from("data area\n  code text, key\n");
    for column in 0..200 {
        writeln!(text, "  c{column} yes/no").unwrap();
    }
    text.push_str("\nmeasure m\n  is 1\n");
    for column in 0..200 {
        writeln!(text, "  unless c{column} and not c{} then {column}", (column * 13 + 5) % 200).unwrap();
    }
    ends("two hundred exceptions", &text);
}

#[test]
fn numbers_of_any_length_end() {
    for text in
        ["9".repeat(1_900), format!("0.{}1", "0".repeat(1_900)), format!("£{}", "9,".repeat(900)), "9".repeat(300_000)]
    {
        ends("a long number", &format!("parameter p\n  is {text}\n"));
    }
    let powers = "99999999999999999999 *\n    ".repeat(30_000);
    ends("a long product", &format!("measure m for the nation\n  is {powers}1\n"));
}

#[test]
fn names_that_nearly_match_end() {
    let mut text = String::from("data area\n  code text, key\n");
    for column in 0..3_000 {
        writeln!(text, "  pooled_fund_of_the_quarter_{column} money").unwrap();
    }
    for measure in 0..3_000 {
        writeln!(text, "measure m{measure}\n  is poled_fund_of_the_quartr_{measure}x").unwrap();
    }
    ends("three thousand misspelt names among three thousand", &text);
}
