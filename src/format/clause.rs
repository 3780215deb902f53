//! Clauses, but for columns and rows, which are aligned with their neighbours.

use super::expression::{inline, write};
use super::lines::{Lines, width};
use super::literal::{literal, per, text};
use super::words;
use crate::source::SourceFile;
use crate::syntax::ast::{Clause, ClauseKind, Expected, Expr, GivenValue, Shown, Text};

/// The lines of a clause from its first word on. Columns, rows and what could not be read give nothing.
pub(super) fn clause(lines: &mut Lines, clause: &Clause, source: &SourceFile) {
    match &clause.kind {
        ClauseKind::Is { value, from, to } => {
            let ends = [("from", from), ("to", to)];
            let tail = ends
                .iter()
                .filter_map(|(word, end)| end.as_ref().map(|end| format!("{word} {}", literal(end, source))))
                .collect::<Vec<_>>()
                .join(" ");
            if tail.is_empty() {
                says(lines, "is ", value, source);
            } else {
                lines.push("is ");
                write(lines, value, source, width(&tail) + 1);
                lines.tail(&tail);
            }
        }
        ClauseKind::RatherThan(other) => {
            let words = format!("rather than {} source {}", literal(&other.value, source), other.source.text);
            lines.push(&with_text(&words, other.detail.as_ref(), source));
            let because = format!("because {}", text(&other.because, source));
            if lines.fits(width(&because) + 1) {
                lines.push(" ");
            } else {
                lines.turn(lines.floor());
            }
            lines.push(&because);
        }
        ClauseKind::MetWhen(expr) => says(lines, "met when ", expr, source),
        ClauseKind::UsedWhen(expr) => says(lines, "used when ", expr, source),
        ClauseKind::HoldsWhen(expr) => says(lines, "holds when ", expr, source),
        ClauseKind::UpWhen(expr) => says(lines, "up when ", expr, source),
        ClauseKind::DownWhen(expr) => says(lines, "down when ", expr, source),
        ClauseKind::StartAgainWhen(expr) => says(lines, "start again when ", expr, source),
        ClauseKind::Unless { otherwise, condition, then } => {
            lines.push(if *otherwise { "otherwise unless " } else { "unless " });
            write(lines, condition, source, 0);
            if let Some(then) = then {
                let line = format!("then {}", inline(then, source));
                if lines.fits(width(&line) + 1) {
                    lines.push(" ");
                } else {
                    lines.turn(lines.floor());
                }
                lines.push("then ");
                write(lines, then, source, 0);
            }
        }
        ClauseKind::AtLeast(expr) => says(lines, "at least ", expr, source),
        ClauseKind::AtMost(expr) => says(lines, "at most ", expr, source),
        ClauseKind::Less { amount, never_below } => match never_below {
            None => says(lines, "less ", amount, source),
            Some(floor) => {
                lines.push("less ");
                write(lines, amount, source, 1);
                lines.push(",");
                lines.tail("never below");
                lines.push(" ");
                write(lines, floor, source, 0);
            }
        },
        ClauseKind::Rounded { mode, step } => {
            let (before, after) = words::rounding(*mode);
            lines.push(before);
            write(lines, step, source, width(after));
            lines.push(after);
        }
        ClauseKind::OnlyIf(expr) => says(lines, "only if ", expr, source),
        ClauseKind::IfMissing(expr) => says(lines, "if missing ", expr, source),
        ClauseKind::Baseline(expr) => says(lines, "baseline ", expr, source),
        ClauseKind::Target(expr) => says(lines, "target ", expr, source),
        ClauseKind::Actual(expr) => says(lines, "actual ", expr, source),
        ClauseKind::Of(expr) => says(lines, "of ", expr, source),
        ClauseKind::InProportionTo(expr) => says(lines, "in proportion to ", expr, source),
        ClauseKind::ToTheNearest(expr) => says(lines, "to the nearest ", expr, source),
        ClauseKind::GivenParameter { name, value } => {
            says(lines, &format!("given parameter {} is ", name.text), value, source);
        }
        ClauseKind::OneOf(_) | ClauseKind::Steps(_) | ClauseKind::Given { .. } | ClauseKind::Expect { .. } => {
            list(lines, clause, source)
        }
        _ => lines.push(&plain(clause, source)),
    }
}

fn says(lines: &mut Lines, words: &str, expr: &Expr, source: &SourceFile) {
    lines.push(words);
    write(lines, expr, source, 0);
}

/// Clauses that list things with commas.
fn list(lines: &mut Lines, clause: &Clause, source: &SourceFile) {
    match &clause.kind {
        ClauseKind::OneOf(values) | ClauseKind::Steps(values) => {
            lines.push(if matches!(clause.kind, ClauseKind::OneOf(_)) { "one of " } else { "steps " });
            lines.fill(&values.iter().map(|value| text(value, source)).collect::<Vec<_>>(), 0);
        }
        ClauseKind::Given { table, cells, .. } => {
            lines.push(&format!("given {}", table.text));
            if cells.is_empty() {
                return;
            }
            let cells: Vec<String> = cells
                .iter()
                .map(|(column, value)| match value {
                    GivenValue::Literal(value) => format!("{} {}", column.text, literal(value, source)),
                    GivenValue::Missing(_) => format!("{} missing", column.text),
                })
                .collect();
            lines.push(" ");
            lines.fill(&cells, 0);
        }
        ClauseKind::Expect { table, name, values } => {
            let table = table.as_ref().map_or_else(String::new, |table| format!("{}.", table.text));
            lines.push(&format!("expect {table}{} is ", name.text));
            lines.fill(&values.iter().map(|value| expected(value, source)).collect::<Vec<_>>(), 0);
        }
        _ => {}
    }
}

fn expected(value: &Expected, source: &SourceFile) -> String {
    match value {
        Expected::Literal(value) => literal(value, source),
        Expected::Met(_) => "met".to_owned(),
        Expected::NotMet(_) => "not met".to_owned(),
        Expected::DoesNotApply(_) => "does not apply".to_owned(),
        // `missing` says it of a figure, `cannot determine` of a condition; the writer chose.
        Expected::CannotDetermine(span) if source.slice(*span) == "missing" => "missing".to_owned(),
        Expected::CannotDetermine(_) => "cannot determine".to_owned(),
    }
}

/// Clauses of fixed words, names and texts, which stand on one line.
fn plain(clause: &Clause, source: &SourceFile) -> String {
    match &clause.kind {
        ClauseKind::Status(status) => format!("status {}", text(status, source)),
        ClauseKind::Applies { from, to } => {
            let to = to.as_ref().map_or_else(String::new, |to| format!(" to {}", literal(to, source)));
            format!("applies {}{to}", literal(from, source))
        }
        ClauseKind::BasedOn(name) => format!("based on {}", name.text),
        ClauseKind::Supersedes(name) => format!("supersedes {}", name.text),
        ClauseKind::SupersededBy(name) => format!("superseded by {}", name.text),
        ClauseKind::OmittedColumns(names) => names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", "),
        ClauseKind::Currency(sign) => format!("currency {}", text(sign, source)),
        ClauseKind::YearStarts(number) => format!("financial year starts in {}", crate::value::month_name(*number)),
        ClauseKind::Shown(Shown::Percent) => "shown as percent".to_owned(),
        ClauseKind::Shown(Shown::Per { base, unit }) => format!("shown {}", per(base, &unit.text)),
        ClauseKind::Shown(Shown::Decimals(1)) => "shown to 1 decimal".to_owned(),
        ClauseKind::Shown(Shown::Decimals(places)) => format!("shown to {places} decimals"),
        ClauseKind::Source { name, detail } => with_text(&format!("source {}", name.text), detail.as_ref(), source),
        ClauseKind::Unverified(why) => with_text("unverified", why.as_ref(), source),
        ClauseKind::Note(note) => format!("note {}", text(note, source)),
        ClauseKind::LowerIsBetter(true) => "lower is better".to_owned(),
        ClauseKind::LowerIsBetter(false) => "higher is better".to_owned(),
        ClauseKind::FirstMatch => "first match".to_owned(),
        ClauseKind::AsAt(day) => format!("as at {}", literal(day, source)),
        ClauseKind::Because(why) => format!("because {}", text(why, source)),
        _ => String::new(),
    }
}

fn with_text(words: &str, detail: Option<&Text>, source: &SourceFile) -> String {
    detail.map_or_else(|| words.to_owned(), |detail| format!("{words} {}", text(detail, source)))
}
