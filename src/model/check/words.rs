//! The rule's own words for an expression, for messages.

use crate::model::{Expr, ExprKind, Model};
use crate::source::{Sources, Span};
use crate::value::{Number, Value};

/// Words longer than this are left out in the middle.
const LONGEST: usize = 60;

/// Says expressions in words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// Names.
    pub(super) model: &'a Model,
    /// Texts.
    pub(super) sources: &'a Sources,
}

impl Words<'_> {
    /// The expression as it is written: on one line, without comments, shortened where it is long.
    pub(super) fn of(self, expr: &Expr) -> String {
        let lines = self.sources.slice(expr.span).lines();
        let words: Vec<&str> = lines.flat_map(|line| without_comment(line).split_whitespace()).collect();
        let text = words.join(" ");
        if text.is_empty() { self.name(expr) } else { shortened(&text) }
    }

    /// The bounds that a column declares, where it has any: `` `fund` is at least `£0` ``.
    pub(super) fn bounds(self, fact: &Expr) -> Option<(Span, String)> {
        let ExprKind::Column(id) = fact.kind else { return None };
        let column = self.model.column(id);
        let spelled = |bound: &Number| self.model.spell(&Value::Number(bound.clone()), &column.ty);
        let least = column.least.as_ref().map(|least| format!("at least `{}`", spelled(least)));
        let greatest = column.greatest.as_ref().map(|greatest| format!("at most `{}`", spelled(greatest)));
        let bounds: Vec<String> = least.into_iter().chain(greatest).collect();
        (!bounds.is_empty()).then(|| (column.span, format!("`{}` is {}", column.name, bounds.join(" and "))))
    }

    /// The cell of a row that a place is in: what stands between its bars.
    pub(super) fn cell(self, place: Span, row: Span) -> Span {
        let text = self.sources.slice(row);
        let (Some(start), Some(end)) = (place.start.checked_sub(row.start), place.end.checked_sub(row.start)) else {
            return place;
        };
        let (Some(before), Some(after)) = (text.get(..start as usize), text.get(end as usize..)) else { return place };
        let before = before.rsplit('|').next().unwrap_or_default().trim_start();
        let after = after.split('|').next().unwrap_or_default().trim_end();
        let from = place.start as usize - before.len();
        Span::new(place.source, from, place.end as usize + after.len())
    }

    /// Where there is no text, as in a model that was loaded.
    fn name(self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Column(id) => self.model.column(*id).name.clone(),
            ExprKind::Result(id) => self.model.declaration(*id).name.clone(),
            ExprKind::Parameter(id) => self.model.parameter(*id).name.clone(),
            ExprKind::Literal(value) => self.model.spell(value, &expr.ty),
            _ => "what is written here".to_owned(),
        }
    }
}

/// The part of a line before its comment; a `#` in quotes starts none.
fn without_comment(line: &str) -> &str {
    let mut is_quoted = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '#' if !is_quoted => return line.get(..at).unwrap_or(line),
            _ => {}
        }
    }
    line
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{}…", start.trim_end())
}
