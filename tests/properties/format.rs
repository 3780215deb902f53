//! Formatting: twice is once, nothing changes meaning, no comment is lost, and how blanks and line breaks were
//! written before makes no difference.
//!
//! Over every rules file of the repository, mistakes included, and over each with its layout disturbed.

use proptest::prelude::*;
use ringfence::source::{SourceFile, SourceId};
use ringfence::{format, syntax};
use std::sync::LazyLock;

/// A rules file, and whether it reads without a problem.
struct Text {
    path: String,
    text: String,
    is_sound: bool,
}

/// Every rules file of the repository.
static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
    super::texts()
        .into_iter()
        .map(|(path, text)| {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            let is_sound = is_sound(&text);
            Text { path: path.display().to_string(), text, is_sound }
        })
        .collect()
});

fn source(text: &str) -> SourceFile {
    SourceFile { id: SourceId(0), name: "case.rules".to_owned(), text: text.to_owned() }
}

pub(super) fn is_sound(text: &str) -> bool {
    syntax::parse(&source(text)).1.is_empty()
}

/// Formats a text; the formatter itself refuses to change meaning or comments.
#[track_caller]
fn formatted(text: &str, whose: &str) -> String {
    let source = source(text);
    let (tree, _) = syntax::parse(&source);
    match format::format(&tree, &source) {
        Ok(text) => text,
        Err(problem) => panic!("{whose} cannot be formatted: {problem:?}\n{text}"),
    }
}

#[track_caller]
pub(super) fn is_stable(text: &str, whose: &str) -> String {
    let once = formatted(text, whose);
    let twice = formatted(&once, whose);
    assert_eq!(once, twice, "formatting {whose} twice is not formatting it once");
    once
}

#[test]
fn every_file_is_formatted_to_itself_the_second_time() {
    super::on_every_processor(
        &TEXTS,
        |text| text.path.clone(),
        |Text { path, text, .. }| {
            is_stable(text, path);
        },
    );
}

#[test]
fn every_prefix_of_the_shipped_rules_can_be_formatted() {
    let whole = std::fs::read_to_string("rules/bcf-2015-16.rules").unwrap();
    // Ends in the middle of lines, of words and of texts.
    let ends: Vec<usize> = whole.char_indices().map(|(at, _)| at).step_by(997).collect();
    super::on_every_processor(
        &ends,
        |end| format!("the first {end} bytes"),
        |end| {
            is_stable(&whole[..*end], "a prefix of the shipped rules");
        },
    );
}

/// A disturbance of the layout that does not touch meaning.
#[derive(Debug, Clone, Copy)]
enum Disturbance {
    /// More blanks where there is one.
    Blanks,
    /// A clause goes on in the next line.
    Break,
    /// Separators between digits are left out.
    Separators,
    /// Blanks at the end of a line.
    Trailing,
    /// Windows line ends.
    LineEnds,
    /// A blank line.
    BlankLine,
    /// A comment on its own line.
    Comment,
    /// A comment behind what a line says.
    Behind,
}

const QUIET: [Disturbance; 5] =
    [Disturbance::Blanks, Disturbance::Break, Disturbance::Separators, Disturbance::Trailing, Disturbance::LineEnds];

const LOUD: [Disturbance; 3] = [Disturbance::BlankLine, Disturbance::Comment, Disturbance::Behind];

/// A source of choices that is the same every time for a seed.
pub(super) struct Choices(pub(super) u64);

impl Choices {
    pub(super) fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

/// The offsets of single blanks between words: not in texts, not in comments, not at the beginning.
fn gaps(line: &str) -> Vec<usize> {
    let indent = line.len() - line.trim_start().len();
    let mut in_text = false;
    let mut found = Vec::new();
    for (at, c) in line.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '#' if !in_text => break,
            ' ' if !in_text && at > indent && !line[at..].trim().is_empty() => found.push(at),
            _ => {}
        }
    }
    found
}

fn has_comment(line: &str) -> bool {
    let mut in_text = false;
    line.chars().any(|c| {
        in_text ^= c == '"';
        c == '#' && !in_text
    })
}

/// Disturbs one line; `None` where this disturbance does not fit it.
fn disturb(line: &str, how: Disturbance, choices: &mut Choices) -> Option<String> {
    let is_row = line.trim_start().starts_with('|');
    let is_clause = line.starts_with(' ') && !is_row && !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let gaps = gaps(line);
    let gap = gaps.get(choices.next(gaps.len())).copied();
    match how {
        // Cells of rows are read as they stand.
        Disturbance::Blanks if !is_row => {
            let gap = gap?;
            Some(format!("{}{}{}", &line[..gap], " ".repeat(1 + choices.next(3)), &line[gap..]))
        }
        Disturbance::Break if is_clause => {
            let gap = gap?;
            let indent = line.len() - line.trim_start().len();
            Some(format!("{}\n{}{}", &line[..gap], " ".repeat(indent + 1 + choices.next(8)), line[gap..].trim_start()))
        }
        Disturbance::Separators if !is_row && !line.contains('"') && !has_comment(line) => {
            let commas: Vec<usize> = line
                .match_indices(',')
                .map(|(at, _)| at)
                .filter(|at| line[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
                .collect();
            if commas.is_empty() {
                return None;
            }
            // Between groups of three everywhere or nowhere.
            Some(line.char_indices().filter(|(at, _)| !commas.contains(at)).map(|(_, c)| c).collect())
        }
        Disturbance::Trailing => Some(format!("{line}{}", " ".repeat(1 + choices.next(3)))),
        Disturbance::BlankLine => Some(format!("{line}\n{}", " ".repeat(choices.next(3)))),
        Disturbance::Comment => {
            let indent = [0, 2, 5][choices.next(3)];
            Some(format!("{line}\n{}# a remark {}", " ".repeat(indent), choices.next(100)))
        }
        Disturbance::Behind if !has_comment(line) && !line.trim().is_empty() => {
            Some(format!("{line}  # said of this line {}", choices.next(100)))
        }
        _ => None,
    }
}

fn disturbed(text: &str, how: &[Disturbance], choices: &mut Choices) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut has_windows_ends = false;
    for _ in 0..1 + choices.next(12) {
        let one = how[choices.next(how.len())];
        if let Disturbance::LineEnds = one {
            has_windows_ends = true;
            continue;
        }
        let at = choices.next(lines.len());
        let Some(line) = lines.get(at) else { continue };
        if let Some(new) = disturb(line, one, choices) {
            lines.splice(at..=at, new.split('\n').map(str::to_owned).collect::<Vec<_>>());
        }
    }
    lines.join(if has_windows_ends { "\r\n" } else { "\n" }) + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blanks_and_line_breaks_make_no_difference(which in any::<prop::sample::Index>(), seed in any::<u64>()) {
        let sound: Vec<&Text> = TEXTS.iter().filter(|text| text.is_sound).collect();
        let Text { path, text, .. } = sound[which.index(sound.len())];
        // A clause that holds a comment keeps its own line breaks.
        prop_assume!(!text.lines().any(|line| has_comment(line) && !line.trim_start().starts_with('#')));
        let other = disturbed(text, &QUIET, &mut Choices(seed));
        // Some line breaks look like mistakes, and are told as such: a column in the middle of which a line ends.
        prop_assume!(is_sound(&other));
        prop_assert_eq!(
            formatted(text, path),
            formatted(&other, path).replace("\r\n", "\n"),
            "{} is formatted differently when it is written\n{}", path, other
        );
    }

    #[test]
    fn comments_and_blank_lines_anywhere_are_kept(which in any::<prop::sample::Index>(), seed in any::<u64>()) {
        let Text { path, text, .. } = which.get(&TEXTS);
        let other = disturbed(text, &[QUIET.as_slice(), LOUD.as_slice()].concat(), &mut Choices(seed));
        is_stable(&other, path);
    }

    #[test]
    fn any_text_can_be_formatted(text in "([ -~£“”\\t\\n]|\n  |\n|unit |  is |\n  \\| |#|\"){0,60}") {
        is_stable(&text, "a random text");
    }

    #[test]
    fn any_shuffle_of_lines_can_be_formatted(which in any::<prop::sample::Index>(), seed in any::<u64>()) {
        let Text { path, text, .. } = which.get(&TEXTS);
        let mut choices = Choices(seed);
        let mut lines: Vec<&str> = text.lines().collect();
        for _ in 0..1 + choices.next(6) {
            let (one, other) = (choices.next(lines.len()), choices.next(lines.len()));
            if choices.next(2) == 0 && lines.len() > 1 {
                lines.remove(one);
            } else if !lines.is_empty() {
                lines.swap(one, other);
            }
        }
        is_stable(&lines.join("\n"), path);
    }
}
