//! The order of declarations in a file changes nothing but the order of what comes out, and two runs are equal
//! to the byte.

use super::{on_every_processor, texts};
use ringfence::driver::{self, Compiled};
use ringfence::source::Sources;

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
