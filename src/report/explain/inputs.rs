//! What a rule read: each value, and the cell, parameter or other rule it comes from.

use super::super::run::Run;
use super::super::show;
use super::{kind_word, value_text};
use crate::data::Judgement;
use crate::meaning::{Explanation, Input, InputKind};
use crate::model::{ColumnId, DeclarationId, Level, ParameterId, Shown};
use crate::value::{Outcome, Value};

/// The most values of one column or rule that are told one by one.
const MOST_OF_A_KIND: usize = 8;

/// One sentence for each value that was read; many of one kind in one sentence.
pub(super) fn sentences(run: &Run<'_>, explanation: &Explanation) -> Vec<String> {
    let mut kinds: Vec<InputKind> = Vec::new();
    for input in &explanation.inputs {
        if !kinds.contains(&input.kind) {
            kinds.push(input.kind);
        }
    }
    let mut sentences = Vec::new();
    for kind in kinds {
        let of_kind: Vec<&Input> = explanation.inputs.iter().filter(|input| input.kind == kind).collect();
        if of_kind.len() > MOST_OF_A_KIND {
            sentences.push(many(run, kind, &of_kind));
        } else {
            let is_several = of_kind.len() > 1;
            sentences.extend(of_kind.into_iter().map(|input| one(run, explanation, input, is_several)));
        }
    }
    sentences
}

fn one(run: &Run<'_>, explanation: &Explanation, input: &Input, is_several: bool) -> String {
    let row = input.row as usize;
    match input.kind {
        InputKind::Column(column) => cell(run, explanation, column, row, &input.outcome, is_several),
        InputKind::Result(id) => {
            let declaration = run.model.declaration(id);
            let at = record(run, explanation, declaration.level, row, is_several);
            // A condition is read as yes or no; its own state says more.
            let state = run.result(id, row);
            let value = match (run.results.get(id, row), state.causes) {
                (_, Some(_)) => "cannot be determined".to_owned(),
                (Some(Outcome::Known(value @ Value::Number(_))), _) => {
                    let shown = show::value_with_unit(value, &declaration.ty, &declaration.shown, run.model);
                    format!("is {shown}")
                }
                _ => format!("is {}", state.text),
            };
            format!("{}{at} {value}, {}", name(run, id), kind_word(&declaration.kind))
        }
        InputKind::Parameter(id) => parameter(run, id, &input.outcome),
    }
}

/// The name of a rule with its label.
fn name(run: &Run<'_>, id: DeclarationId) -> String {
    let declaration = run.model.declaration(id);
    match &declaration.label {
        Some(label) => format!("`{}` ({label})", declaration.name),
        None => format!("`{}`", declaration.name),
    }
}

/// Which record a value is of, where that is not the one that is explained.
fn record(run: &Run<'_>, explanation: &Explanation, level: Level, row: usize, is_several: bool) -> String {
    let here = run.model.declaration(explanation.declaration).level;
    let Level::Table(table) = level else { return String::new() };
    let own = match here {
        Level::Table(lower) => run.rows.above(lower, explanation.row as usize, table),
        Level::Nation => None,
    };
    if !is_several && own == Some(row) {
        return String::new();
    }
    format!(" of {}", run.rows.name(table, row))
}

fn cell(
    run: &Run<'_>,
    explanation: &Explanation,
    id: ColumnId,
    row: usize,
    outcome: &Outcome,
    is_several: bool,
) -> String {
    let column = run.model.column(id);
    let at = record(run, explanation, Level::Table(column.table), row, is_several);
    let place = run.rows.place_text(id, row).map(|place| format!(" ({place})")).unwrap_or_default();
    match outcome {
        Outcome::Missing(causes) => run.words().causes(causes),
        Outcome::Known(value) => {
            let shown = value_text(run, value, &column.ty);
            let judged = judgement(run, id, row).map(|who| format!(", judged {who}")).unwrap_or_default();
            format!("`{}`{at} is {shown}{judged}{place}", column.name)
        }
    }
}

/// By whom, when and why a person decided.
fn judgement(run: &Run<'_>, id: ColumnId, row: usize) -> Option<String> {
    let table = run.data.tables.get(run.model.column(id).table.index())?;
    let Judgement { by, on, because } = table.judgements.get(&(id, u32::try_from(row).ok()?))?;
    let mut parts = Vec::new();
    parts.extend(by.as_ref().map(|by| format!("by {by}")));
    parts.extend(on.map(|on| format!("on {}", crate::value::date_text(on))));
    parts.extend(because.as_ref().map(|why| format!("because \"{why}\"")));
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn parameter(run: &Run<'_>, id: ParameterId, outcome: &Outcome) -> String {
    let parameter = run.model.parameter(id);
    let label = parameter.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
    let Outcome::Known(value) = outcome else {
        return format!("`{}`{label} has no value for the date", parameter.name);
    };
    let shown = show::value(value, &parameter.ty, &Shown::Plain, run.model);
    let mut text = format!("`{}`{label} is {shown}, a parameter", parameter.name);
    if run.options.parameters.iter().any(|(given, _)| *given == id) {
        text.push_str(" set for this run");
        return text;
    }
    let dated = parameter.values.iter().find(|dated| dated.value == *value);
    if let Some(from) = dated.and_then(|dated| dated.from) {
        text.push_str(&format!(" from {}", crate::value::date_text(from)));
    }
    if let Some(to) = dated.and_then(|dated| dated.to) {
        text.push_str(&format!(" to {}", crate::value::date_text(to)));
    }
    let cited: Vec<String> = parameter.citations.iter().map(|citation| run.citation(citation)).collect();
    if !cited.is_empty() {
        text.push_str(&format!(" ({})", cited.join("; ")));
    }
    for other in dated.iter().flat_map(|dated| &dated.rejected) {
        let shown = show::value(&other.value, &parameter.ty, &Shown::Plain, run.model);
        let source = run.citation(&other.citation);
        text.push_str(&format!("; rather than {shown} ({source}): {}", other.because));
    }
    text
}

/// Many values of one column or rule: how many, from where, from the least to the greatest, and how many are missing.
fn many(run: &Run<'_>, kind: InputKind, inputs: &[&Input]) -> String {
    let (name, ty, table) = match kind {
        InputKind::Column(id) => {
            let column = run.model.column(id);
            (format!("`{}`", column.name), &column.ty, Some(column.table))
        }
        InputKind::Result(id) => {
            let declaration = run.model.declaration(id);
            let table = match declaration.level {
                Level::Table(table) => Some(table),
                Level::Nation => None,
            };
            (name(run, id), &declaration.ty, table)
        }
        InputKind::Parameter(id) => {
            let parameter = run.model.parameter(id);
            (format!("`{}`", parameter.name), &parameter.ty, None)
        }
    };
    let n = u32::try_from(inputs.len()).unwrap_or(u32::MAX);
    let records = table.map_or_else(|| n.to_string(), |table| super::super::run::counted(run.model, table, n));
    let mut text = format!("{name} of {records}");
    let numbers = inputs.iter().filter_map(|input| match input.outcome.known() {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    });
    let (least, greatest) = (numbers.clone().min(), numbers.max());
    if let (Some(least), Some(greatest)) = (least, greatest) {
        let shown = |number: &crate::value::Number| value_text(run, &Value::Number(number.clone()), ty);
        text.push_str(&format!(", from {} to {}", shown(least), shown(greatest)));
    }
    let missing = inputs.iter().filter(|input| input.outcome.is_missing()).count();
    if missing > 0 {
        text.push_str(&format!(", {missing} missing"));
    }
    if let InputKind::Column(id) = kind
        && let Some(place) = inputs.first().and_then(|input| run.rows.place(id, input.row as usize))
        && let Some(file) = run.data.files.iter().position(|file| file.name == place.file)
    {
        text.push_str(&format!(" ({})", run.rows.file_name(file)));
    }
    text
}
