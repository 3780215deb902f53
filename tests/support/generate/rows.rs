//! Decision tables of made-up rules: grids that cover every case once, or first matches that end in `any`.

use super::clauses::Formula;
use super::expression::{Here, Made, Writer};
use super::quantity::{
    ADMISSIONS, ADMISSIONS_A_PERSON, MONEY, MONEY_A_PERSON, NONE, PEOPLE, Quantity, Scale, Want, either,
};
use super::world::Kind;

/// The words that decisions give.
pub(crate) const VERDICTS: [&str; 4] = ["approved", "approved with conditions", "refused", "low"];

/// A column of a table: its head, and cells that cover every value once.
struct Axis {
    head: String,
    cells: Vec<String>,
}

/// The rows of a decision, and the words it can give.
pub(crate) fn of_words(writer: &mut Writer<'_>, name: &str, here: Here) -> Option<(Vec<String>, Vec<&'static str>)> {
    let mut given = Vec::new();
    let lines = rows(writer, name, here, |writer| {
        let word = writer.random.word(&VERDICTS);
        if !given.contains(&word) {
            given.push(word);
        }
        word.to_owned()
    })?;
    Some((lines, given))
}

/// The rows of a measure, whose results are figures.
pub(crate) fn of_figures(writer: &mut Writer<'_>, name: &str, want: Want, here: Here) -> Option<Formula> {
    let mut quantity: Option<Quantity> = None;
    let lines = rows(writer, name, here, |writer| {
        let depth = writer.random.below(2);
        let made: Made = writer.number(want, here, depth);
        quantity = Some(quantity.map_or(made.quantity, |so_far| either(so_far, made.quantity)));
        made.text
    })?;
    Some(Formula { lines, quantity: quantity? })
}

fn rows(
    writer: &mut Writer<'_>,
    name: &str,
    here: Here,
    mut result: impl FnMut(&mut Writer<'_>) -> String,
) -> Option<Vec<String>> {
    let mut axes: Vec<Axis> = Vec::new();
    for _ in 0..writer.random.between(1, 3) {
        if let Some(axis) = axis(writer, here)
            && axes.iter().all(|other| bare(&other.head) != bare(&axis.head))
        {
            axes.push(axis);
        }
    }
    if axes.is_empty() {
        return None;
    }
    let heads: Vec<&str> = axes.iter().map(|axis| axis.head.as_str()).collect();
    let mut lines = Vec::new();
    let is_first_match = writer.random.chance(50);
    if is_first_match {
        lines.push("first match".to_owned());
    }
    lines.push(format!("| {} | {name} |", heads.join(" | ")));
    let cells = if is_first_match { some_rows(writer, &axes) } else { grid(writer, &axes) };
    for row in cells {
        let gives = result(writer);
        lines.push(format!("| {} | {gives} |", row.join(" | ")));
    }
    Some(lines)
}

/// Every combination once; where the first column settles it, the others say `any`.
fn grid(writer: &mut Writer<'_>, axes: &[Axis]) -> Vec<Vec<String>> {
    let Some((first, rest)) = axes.split_first() else { return vec![Vec::new()] };
    let mut rows = Vec::new();
    for cell in &first.cells {
        let below =
            if writer.random.chance(35) { vec![vec!["any".to_owned(); rest.len()]] } else { grid(writer, rest) };
        rows.extend(below.into_iter().map(|below| std::iter::once(cell.clone()).chain(below).collect()));
    }
    rows
}

/// Some rows, then one that takes the rest.
fn some_rows(writer: &mut Writer<'_>, axes: &[Axis]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for _ in 0..writer.random.between(1, 3) {
        let mut row: Vec<String> = Vec::new();
        for axis in axes {
            let cell = writer.random.pick(&axis.cells).cloned().unwrap_or_default();
            row.push(if writer.random.chance(35) { "any".to_owned() } else { cell });
        }
        if row.iter().any(|cell| cell != "any") && !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows.push(vec!["any".to_owned(); axes.len()]);
    rows
}

/// A name without its table.
fn bare(head: &str) -> &str {
    head.rsplit('.').next().unwrap_or(head)
}

fn axis(writer: &mut Writer<'_>, here: Here) -> Option<Axis> {
    let is_testable = |named: &super::world::Named| {
        !matches!(named.kind, Kind::Text | Kind::Year | Kind::Month) && named.name != "period"
    };
    let head = writer.named(here, is_testable)?;
    let kind = writer
        .world
        .named
        .iter()
        .find(|named| named.name == head.text || named.dotted.as_deref() == Some(head.text.as_str()))?
        .kind
        .clone();
    let mut cells: Vec<String> = match &kind {
        Kind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
        Kind::Choice(values) => match values.split_first() {
            Some((first, [_, _, ..])) if writer.random.chance(40) => vec![(*first).to_owned(), format!("not {first}")],
            Some((first, [second, rest @ ..])) if !rest.is_empty() && writer.random.chance(40) => {
                let others: Vec<String> = rest.iter().map(|value| (*value).to_owned()).collect();
                std::iter::once(format!("{first} or {second}")).chain(others).collect()
            }
            _ => values.iter().map(|value| (*value).to_owned()).collect(),
        },
        Kind::Date => between(&[writer.date_literal()]),
        Kind::Quarter => between(&[super::world::PeriodKind::Quarter.text(writer.random.between(1, 6))]),
        Kind::Quantity(quantity) => between(&thresholds(writer, *quantity)?),
        Kind::Text | Kind::Month | Kind::Year => return None,
    };
    if writer.random.chance(35) {
        cells.push("missing".to_owned());
    }
    Some(Axis { head: head.text, cells })
}

/// Thresholds in rising order.
fn thresholds(writer: &mut Writer<'_>, quantity: Quantity) -> Option<Vec<String>> {
    let (low, high): (&str, &str) = match (quantity.dimension, quantity.scale) {
        (MONEY, _) => ("£5", "£1,000.05"),
        (PEOPLE, _) => ("2 people", "50 people"),
        (ADMISSIONS, _) => ("2 admissions", "75 admissions"),
        (MONEY_A_PERSON, _) => ("£1 per people", "£1,490 per people"),
        (ADMISSIONS_A_PERSON, _) => ("1 admissions per 100,000 people", "475 admissions per 100,000 people"),
        (NONE, Scale::Share) => ("3.5%", "50%"),
        (NONE, Scale::Points) => ("1 percentage points", "5 percentage points"),
        (NONE, Scale::Plain) => ("0.5", "7"),
        _ => return None,
    };
    let mut found = vec![low.to_owned()];
    if writer.random.chance(50) {
        found.push(high.to_owned());
    }
    Some(found)
}

/// Cells below, between and above thresholds.
fn between(thresholds: &[String]) -> Vec<String> {
    match thresholds {
        [one, two] => vec![format!("< {one}"), format!(">= {one} and < {two}"), format!(">= {two}")],
        [one, ..] => vec![format!("<= {one}"), format!("> {one}")],
        [] => vec!["any".to_owned()],
    }
}
