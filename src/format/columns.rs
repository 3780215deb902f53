//! The columns of a table of data, aligned: names, types with options, labels.

use super::lines::{Lines, width};
use super::literal::{literal, per, text};
use crate::source::SourceFile;
use crate::syntax::ast::{Column, ColumnOption, TypeKind};

/// A name or type wider than this does not push the others aside.
const WIDEST: usize = 48;

/// How wide the names and the types of a table stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Alignment {
    name: usize,
    ty: usize,
}

impl Alignment {
    /// The alignment of these columns.
    pub(super) fn of<'a>(columns: impl Iterator<Item = &'a Column>, source: &SourceFile) -> Self {
        columns.fold(Self::default(), |widest, column| Self {
            name: widest.name.max(within(width(&column.name.text))),
            ty: match column.label {
                Some(_) => widest.ty.max(within(width(&type_items(column, source).join(", ")))),
                None => widest.ty,
            },
        })
    }
}

/// A width that takes part in the alignment, else 0.
fn within(width: usize) -> usize {
    if width <= WIDEST { width } else { 0 }
}

/// One column.
pub(super) fn column(lines: &mut Lines, column: &Column, alignment: Alignment, source: &SourceFile) {
    let start = lines.column();
    let label_start = start + alignment.name + alignment.ty + 2;
    lines.push(&column.name.text);
    pad(lines, start + alignment.name);
    lines.push("  ");
    let type_start = lines.column();
    let items = type_items(column, source);
    let label = column.label.as_ref().map(|label| text(label, source));
    let label_width = label.as_ref().map_or(0, |label| width(label) + 2);
    let is_one_line = lines.fits(width(&items.join(", ")) + label_width);
    lines.fill(&items, label_width);
    let Some(label) = label else { return };
    if is_one_line || items.len() == 1 {
        pad(lines, label_start);
        lines.push("  ");
    } else if lines.fits(label_width) {
        lines.push("  ");
    } else {
        lines.turn(type_start);
    }
    lines.push(&label);
}

fn pad(lines: &mut Lines, column: usize) {
    lines.push(&" ".repeat(column.saturating_sub(lines.column())));
}

/// A type and its options, in the pieces between commas.
fn type_items(column: &Column, source: &SourceFile) -> Vec<String> {
    let choices = |words: &str, choices: &[crate::syntax::ast::Text]| -> Vec<String> {
        choices
            .iter()
            .enumerate()
            .map(|(index, choice)| {
                let choice = text(choice, source);
                if index == 0 { format!("{words} of {choice}") } else { choice }
            })
            .collect()
    };
    let mut items = match &column.ty.kind {
        TypeKind::OneOf(values) => choices("one", values),
        TypeKind::Judgement(values) if !values.is_empty() => choices("judgement", values),
        kind => vec![type_words(kind)],
    };
    items.extend(column.options.iter().map(|option| match option {
        ColumnOption::Key(_) => "key".to_owned(),
        ColumnOption::Optional(_) => "optional".to_owned(),
        ColumnOption::Fractional(_) => "may be fractional".to_owned(),
        ColumnOption::AtLeast(bound) => format!("at least {}", literal(bound, source)),
        ColumnOption::AtMost(bound) => format!("at most {}", literal(bound, source)),
        ColumnOption::NewDefinition { from, because } => {
            format!("new definition from {} because {}", literal(from, source), text(because, source))
        }
    }));
    items
}

fn type_words(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Text => "text".to_owned(),
        TypeKind::YesNo => "yes/no".to_owned(),
        TypeKind::Date => "date".to_owned(),
        TypeKind::Period(kind) => kind.word().to_owned(),
        TypeKind::OneOf(_) => "one of".to_owned(),
        TypeKind::Judgement(_) => "judgement".to_owned(),
        TypeKind::Money => "money".to_owned(),
        TypeKind::Percent => "percent".to_owned(),
        TypeKind::Number => "number".to_owned(),
        TypeKind::Unit(name) => name.text.clone(),
        TypeKind::Per { numerator, base, unit } => format!("{} {}", type_words(numerator), per(base, &unit.text)),
    }
}
