//! The order of declarations in a file changes nothing but the order of what comes out, and two runs are equal
//! to the byte.

use super::{on_every_processor, texts};
use crate::support::case::Case;
use crate::support::results::{self, Context};
use ringfence::data::Input;
use ringfence::driver::{self, Compiled};
use ringfence::meaning;
use ringfence::source::Sources;
use std::path::Path;

/// A text in pieces: each declaration with what is indented under it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        let starts = line.starts_with(|c: char| !c.is_whitespace());
        match pieces.last_mut() {
            Some(last) if !starts => last.push_str(line),
            _ => pieces.push(line.to_owned()),
        }
    }
    for piece in &mut pieces {
        if !piece.ends_with('\n') {
            piece.push('\n');
        }
    }
    pieces
}

/// An order that is neither the one written nor its reverse, the same in every run.
fn shuffled(pieces: &[String], seed: u64) -> String {
    let mut order: Vec<(u64, usize)> = (0..pieces.len())
        .map(|at| ((at as u64 + 1).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(seed).rotate_left(29), at))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| pieces[at].as_str()).collect()
}

fn compile(text: &str) -> Compiled {
    driver::compile(&Sources::single("case.rules", text))
}

/// What was found, without places: codes, sorted.
fn codes(compiled: &Compiled) -> Vec<&'static str> {
    let mut codes: Vec<&str> = compiled.problems.iter().map(|problem| problem.code.0).collect();
    codes.sort_unstable();
    codes
}

#[test]
fn shuffled_declarations_give_the_same_problems() {
    on_every_processor(
        &texts(),
        |(path, _)| path.display().to_string(),
        |(path, text)| {
            // A mistake of layout is a mistake of the place where it stands.
            if path.starts_with("tests/fixtures/syntax") {
                return;
            }
            let pieces = pieces(text);
            let before = compile(text);
            for seed in [1, 2] {
                let after = compile(&shuffled(&pieces, seed));
                assert_eq!(codes(&before), codes(&after));
            }
        },
    );
}

#[test]
fn two_runs_give_the_same_bytes() {
    on_every_processor(
        &texts(),
        |(path, _)| path.display().to_string(),
        |(_, text)| {
            let (one, two) = (compile(text), compile(text));
            assert_eq!(format!("{:?}", one.problems), format!("{:?}", two.problems));
            assert_eq!(serde_json::to_string(&one.model).unwrap(), serde_json::to_string(&two.model).unwrap());
        },
    );
}

/// The rows of a CSV file in another order; a text with line breaks in quotes is left as it is.
fn other_row_order(input: &Input) -> Input {
    let Ok(text) = std::str::from_utf8(&input.bytes) else { return input.clone() };
    let mut lines: Vec<&str> = text.lines().collect();
    if !input.name.ends_with(".csv") || lines.len() < 3 || text.matches('"').count() % 2 == 1 {
        return input.clone();
    }
    lines[1..].reverse();
    let middle = lines.len() / 2;
    lines[1..].rotate_left(middle - 1);
    Input { name: input.name.clone(), bytes: (lines.join("\n") + "\n").into_bytes() }
}

/// Every result by declaration and record, sorted.
fn sorted_results(case: &Case, compiled: &Compiled, inputs: &[Input]) -> Vec<String> {
    let Some(model) = &compiled.model else { return Vec::new() };
    let (data, problems) = ringfence::data::load(model, inputs);
    // What is wrong may be wrong with the order: a header in two rows, a record given twice.
    if !problems.is_empty() {
        return Vec::new();
    }
    let found = meaning::evaluate(model, &data, &case.options().unwrap());
    let context = Context { model, data: &data, sources: &case.sources };
    let mut lines = Vec::new();
    let mut head = String::new();
    for line in results::table(context, &found).lines() {
        // Which rule a fault is in is told by its row, which is another in another order.
        let line = line.split(" in `").next().unwrap_or_default();
        if line.starts_with("  ") {
            lines.push(format!("{head}{line}"));
        } else {
            line.clone_into(&mut head);
        }
    }
    lines.sort();
    lines
}

/// The rules with their declarations in another order; changes are made in the order they are written, so those of an
/// amendment stay, and what it amends is shuffled.
fn shuffled_rules(case: &Case) -> Compiled {
    let mut sources = Sources::new();
    for file in case.sources.iter() {
        match ringfence::amendment::base_name(&file.text) {
            Some(_) => sources.add(&file.name, &file.text),
            None => sources.add(&file.name, &shuffled(&pieces(&file.text), 3)),
        };
    }
    driver::compile(&sources)
}

#[test]
fn the_order_of_rows_and_declarations_changes_no_result() {
    let mut seen = 0;
    for (path, _) in texts() {
        let is_evaluated = path.starts_with("tests/fixtures/evaluation") || path.starts_with("tests/fixtures/data");
        if !is_evaluated || !path.ends_with("case.rules") {
            continue;
        }
        let case = Case::read(Path::new(&path)).unwrap();
        let inputs = case.data_files().unwrap();
        let before = sorted_results(&case, &case.compiled, &inputs);
        seen += usize::from(!before.is_empty());
        let shuffled_rows: Vec<Input> = inputs.iter().map(other_row_order).collect();
        assert_eq!(before, sorted_results(&case, &case.compiled, &shuffled_rows), "rows of {}", path.display());
        let shuffled_rules = shuffled_rules(&case);
        assert_eq!(before, sorted_results(&case, &shuffled_rules, &inputs), "rules of {}", path.display());
    }
    assert!(seen >= 6, "{seen} fixtures with data that evaluate");
}
