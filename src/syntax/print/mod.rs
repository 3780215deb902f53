//! The tree as text without places.
//!
//! In: a syntax tree. Out: s-expressions, the same for two texts that say the same in the same order. Formatting
//! must keep it as it is, and tests read it.

mod expression;

use super::ast::{
    Cell, CellContent, CellOperand, CellTest, Clause, ClauseKind, Column, ColumnOption, Declaration, Expected, File,
    GivenValue, Rows, Shown, Text, TypeKind,
};
use crate::value::RoundMode;
use expression::{expression, literal};

/// Prints a file: a declaration starts at the left margin, its clauses stand under it.
pub fn print(file: &File) -> String {
    file.declarations.iter().map(declaration).collect()
}

fn declaration(declaration: &Declaration) -> String {
    let mut head: Vec<String> = declaration.change.iter().map(|change| change.kind.text().replace(' ', "-")).collect();
    head.extend([declaration.word.text().to_owned(), declaration.name.text.clone()]);
    head.extend(declaration.base.iter().map(|base| form("to", std::slice::from_ref(&base.text))));
    if let Some(change) = &declaration.change {
        head.extend(change.to.iter().map(|to| form("to", std::slice::from_ref(&to.text))));
        head.extend(change.place.iter().map(|place| {
            form(if place.is_before { "before" } else { "after" }, std::slice::from_ref(&place.name.text))
        }));
    }
    head.extend(declaration.label.iter().map(quoted));
    if let Some(level) = &declaration.level {
        let tables: Vec<&str> = level.tables.iter().map(|table| table.text.as_str()).collect();
        head.push(if tables.is_empty() { "(nation)".to_owned() } else { form("each", &[tables.join(" ")]) });
    }
    if let Some((first, last)) = declaration.periods.as_deref() {
        head.push(form("periods", &[literal(first), literal(last)]));
    }
    head.extend(declaration.dated.as_deref().map(literal));
    if declaration.is_broken {
        head.push("(broken)".to_owned());
    }
    let clauses: String = declaration.clauses.iter().map(|clause| format!("\n  {}", clause_text(clause))).collect();
    format!("({}{clauses})\n", head.join(" "))
}

/// `(word part part)`
fn form(word: &str, parts: &[String]) -> String {
    // A row brings its own new line.
    let blank = |part: &str| if part.starts_with('\n') { "" } else { " " };
    let parts: String = parts.iter().map(|part| format!("{}{part}", blank(part))).collect();
    format!("({word}{parts})")
}

fn quoted(text: &Text) -> String {
    format!("{:?}", text.text)
}

fn clause_text(clause: &Clause) -> String {
    let (word, parts) = match &clause.kind {
        ClauseKind::Status(text) => ("status", vec![quoted(text)]),
        ClauseKind::Applies { from, to } => ("applies", with_optional(literal(from), to.as_ref().map(literal))),
        ClauseKind::BasedOn(name) => ("based-on", vec![name.text.clone()]),
        ClauseKind::Supersedes(name) => ("supersedes", vec![name.text.clone()]),
        ClauseKind::SupersededBy(name) => ("superseded-by", vec![name.text.clone()]),
        ClauseKind::OmittedColumns(names) => ("omitted", names.iter().map(|name| name.text.clone()).collect()),
        ClauseKind::Currency(text) => ("currency", vec![quoted(text)]),
        ClauseKind::YearStarts(month) => ("year-starts", vec![month.to_string()]),
        ClauseKind::Column(column) => ("column", column_parts(column)),
        ClauseKind::OneOf(values) => ("one-of", values.iter().map(quoted).collect()),
        ClauseKind::Is { value, from, to } => {
            let mut parts = vec![expression(value)];
            parts.extend(from.iter().map(|date| form("from", &[literal(date)])));
            parts.extend(to.iter().map(|date| form("to", &[literal(date)])));
            ("is", parts)
        }
        ClauseKind::RatherThan(other) => {
            let mut parts = vec![literal(&other.value), other.source.text.clone()];
            parts.extend(other.detail.iter().map(quoted));
            parts.push(form("because", &[quoted(&other.because)]));
            ("rather-than", parts)
        }
        ClauseKind::MetWhen(value) => ("met-when", vec![expression(value)]),
        ClauseKind::UsedWhen(value) => ("used-when", vec![expression(value)]),
        ClauseKind::HoldsWhen(value) => ("holds-when", vec![expression(value)]),
        ClauseKind::Steps(steps) => ("steps", steps.iter().map(quoted).collect()),
        ClauseKind::UpWhen(value) => ("up-when", vec![expression(value)]),
        ClauseKind::DownWhen(value) => ("down-when", vec![expression(value)]),
        ClauseKind::StartAgainWhen(value) => ("start-again-when", vec![expression(value)]),
        ClauseKind::Unless { otherwise, condition, then } => (
            if *otherwise { "otherwise-unless" } else { "unless" },
            with_optional(expression(condition), then.as_deref().map(expression)),
        ),
        ClauseKind::AtLeast(value) => ("at-least", vec![expression(value)]),
        ClauseKind::AtMost(value) => ("at-most", vec![expression(value)]),
        ClauseKind::Less { amount, never_below } => {
            ("less", with_optional(expression(amount), never_below.as_deref().map(expression)))
        }
        ClauseKind::Rounded { mode, step } => (
            match mode {
                RoundMode::Nearest => "rounded-nearest",
                RoundMode::NearestEven => "rounded-nearest-even",
                RoundMode::Up => "rounded-up",
                RoundMode::Down => "rounded-down",
            },
            vec![expression(step)],
        ),
        ClauseKind::OnlyIf(value) => ("only-if", vec![expression(value)]),
        ClauseKind::IfMissing(value) => ("if-missing", vec![expression(value)]),
        ClauseKind::Shown(shown) => ("shown", shown_parts(shown)),
        ClauseKind::Source { name, detail } => {
            ("source", with_optional(name.text.clone(), detail.as_ref().map(quoted)))
        }
        ClauseKind::Unverified(why) => ("unverified", why.iter().map(quoted).collect()),
        ClauseKind::Note(text) => ("note", vec![quoted(text)]),
        ClauseKind::LowerIsBetter(lower) => (if *lower { "lower-is-better" } else { "higher-is-better" }, Vec::new()),
        ClauseKind::Baseline(value) => ("baseline", vec![expression(value)]),
        ClauseKind::Target(value) => ("target", vec![expression(value)]),
        ClauseKind::Actual(value) => ("actual", vec![expression(value)]),
        ClauseKind::FirstMatch => ("first-match", Vec::new()),
        ClauseKind::Rows(table) => ("rows", rows(table)),
        ClauseKind::Of(value) => ("of", vec![expression(value)]),
        ClauseKind::InProportionTo(value) => ("in-proportion-to", vec![expression(value)]),
        ClauseKind::ToTheNearest(value) => ("to-the-nearest", vec![expression(value)]),
        ClauseKind::Given { table, cells, rows: table_rows } => {
            let mut parts = vec![table.text.clone()];
            parts.extend(cells.iter().map(|(name, value)| form(&name.text, &[given(value)])));
            parts.extend(table_rows.as_deref().into_iter().flat_map(rows));
            ("given", parts)
        }
        ClauseKind::GivenParameter { name, value } => ("given-parameter", vec![name.text.clone(), expression(value)]),
        ClauseKind::AsAt(date) => ("as-at", vec![literal(date)]),
        ClauseKind::Expect { table, name, values } => {
            let table = table.as_ref().map_or(String::new(), |table| format!("{}.", table.text));
            let mut parts = vec![format!("{table}{}", name.text)];
            parts.extend(values.iter().map(expected));
            ("expect", parts)
        }
        ClauseKind::Because(text) => ("because", vec![quoted(text)]),
        ClauseKind::Broken => ("broken", Vec::new()),
    };
    form(word, &parts)
}

fn with_optional(first: String, second: Option<String>) -> Vec<String> {
    std::iter::once(first).chain(second).collect()
}

fn given(value: &GivenValue) -> String {
    match value {
        GivenValue::Literal(value) => literal(value),
        GivenValue::Missing(_) => "missing".to_owned(),
    }
}

fn expected(value: &Expected) -> String {
    match value {
        Expected::Literal(value) => literal(value),
        Expected::Met(_) => "met".to_owned(),
        Expected::NotMet(_) => "not-met".to_owned(),
        Expected::DoesNotApply(_) => "does-not-apply".to_owned(),
        Expected::CannotDetermine(_) => "cannot-determine".to_owned(),
    }
}

fn shown_parts(shown: &Shown) -> Vec<String> {
    match shown {
        Shown::Percent => vec!["percent".to_owned()],
        Shown::Per { base, unit } => vec![form("per", &[base.to_string(), unit.text.clone()])],
        Shown::Decimals(places) => vec![form("decimals", &[places.to_string()])],
    }
}

fn column_parts(column: &Column) -> Vec<String> {
    let mut parts = vec![column.name.text.clone(), type_text(&column.ty.kind)];
    parts.extend(column.options.iter().map(|option| match option {
        ColumnOption::Key(_) => "key".to_owned(),
        ColumnOption::Optional(_) => "optional".to_owned(),
        ColumnOption::Fractional(_) => "fractional".to_owned(),
        ColumnOption::AtLeast(value) => form("at-least", &[literal(value)]),
        ColumnOption::AtMost(value) => form("at-most", &[literal(value)]),
        ColumnOption::NewDefinition { from, because } => form("new-definition", &[literal(from), quoted(because)]),
    }));
    parts.extend(column.label.iter().map(quoted));
    parts
}

fn type_text(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Text => "text".to_owned(),
        TypeKind::YesNo => "yes/no".to_owned(),
        TypeKind::Date => "date".to_owned(),
        TypeKind::Period(kind) => kind.word().replace(' ', "-"),
        TypeKind::OneOf(values) => form("one-of", &values.iter().map(quoted).collect::<Vec<_>>()),
        TypeKind::Judgement(values) => form("judgement", &values.iter().map(quoted).collect::<Vec<_>>()),
        TypeKind::Money => "money".to_owned(),
        TypeKind::Percent => "percent".to_owned(),
        TypeKind::Number => "number".to_owned(),
        TypeKind::Unit(name) => form("unit", std::slice::from_ref(&name.text)),
        TypeKind::Per { numerator, base, unit } => {
            form("per", &[type_text(numerator), base.to_string(), unit.text.clone()])
        }
    }
}

/// A row on a line of its own.
fn rows(table: &Rows) -> Vec<String> {
    let header = table.header.iter().map(|cell| format!("{:?}", cell.text)).collect::<Vec<_>>();
    let mut lines = vec![format!("\n    {}", form("header", &header))];
    for row in &table.rows {
        lines.push(format!("\n    {}", form("row", &row.cells.iter().map(cell).collect::<Vec<_>>())));
    }
    lines
}

fn cell(cell: &Cell) -> String {
    match &cell.content {
        None => format!("{:?}", cell.text),
        Some(CellContent::Any) => "any".to_owned(),
        Some(CellContent::Missing) => "missing".to_owned(),
        Some(CellContent::Words(words)) => format!("{:?}", words.text),
        Some(CellContent::Result(value)) => form("result", &[expression(value)]),
        Some(CellContent::Broken) => "(broken)".to_owned(),
        Some(CellContent::Tests(alternatives)) => {
            let all = |tests: &Vec<CellTest>| match tests.as_slice() {
                [only] => cell_test(only),
                several => form("and", &several.iter().map(cell_test).collect::<Vec<_>>()),
            };
            match alternatives.as_slice() {
                [only] => all(only),
                several => form("or", &several.iter().map(all).collect::<Vec<_>>()),
            }
        }
    }
}

fn cell_test(test: &CellTest) -> String {
    let operand = match &test.operand {
        CellOperand::Literal(value) => literal(value),
        CellOperand::Words(words) => quoted(words),
    };
    form(expression::compare_text(test.op), &[operand])
}
