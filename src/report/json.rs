//! The results of a run as JSON: complete and exact.
//!
//! In: a run and what of it to show. Out: one document, whose form is a promise: it has a number. Numbers are
//! texts: the decimal where there is one, else the fraction, with a rounded decimal beside it.

use super::reasons::{CauseRecord, Reasons};
use super::run::Run;
use super::selection::Selection;
use super::wire::{self, Written};
use crate::model::{DeclarationId, DeclarationKind, Level, TableId};
use crate::value::{ConditionState, Outcome, Value};
use indexmap::IndexMap;
use serde::Serialize;

/// The form of the document; raised when a reader of the old form would misread the new.
pub const FORMAT: u32 = 1;

#[derive(Debug, Serialize)]
struct Document<'a> {
    format: u32,
    ringfence: &'static str,
    ruleset: RulesetEntry<'a>,
    as_at: Option<String>,
    /// Parameters that the run set to other values.
    set: IndexMap<&'a str, Written>,
    data: Vec<FileEntry<'a>>,
    /// Whether any of the data is made up.
    illustrative: bool,
    /// What each result is.
    declarations: IndexMap<&'a str, DeclarationEntry<'a>>,
    nation: IndexMap<&'a str, ResultEntry>,
    levels: IndexMap<&'a str, Vec<RecordEntry<'a>>>,
    failed_checks: Vec<FailedCheck<'a>>,
    /// What the numbers under `missing` refer to.
    reasons: Vec<ReasonEntry>,
}

#[derive(Debug, Serialize)]
struct RulesetEntry<'a> {
    name: &'a str,
    label: Option<&'a str>,
    status: Option<&'a str>,
    applies_from: Option<String>,
    applies_to: Option<String>,
    unverified: Option<&'a str>,
    notes: &'a [String],
    /// In the order they were applied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amendments: Vec<AmendmentEntry<'a>>,
}

/// An amendment that is in the ruleset.
#[derive(Debug, Serialize)]
struct AmendmentEntry<'a> {
    name: &'a str,
    label: Option<&'a str>,
    status: Option<&'a str>,
    from: Option<String>,
    unverified: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FileEntry<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    illustrative: bool,
}

#[derive(Debug, Serialize)]
struct DeclarationEntry<'a> {
    label: Option<&'a str>,
    kind: &'static str,
    level: &'a str,
    #[serde(rename = "type")]
    ty: String,
    unverified: Option<&'a str>,
    rests_on_unverified: &'a [String],
    sources: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RecordEntry<'a> {
    key: Option<String>,
    name: String,
    /// The records it belongs to, by table and key.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    belongs_to: IndexMap<&'a str, Option<String>>,
    results: IndexMap<&'a str, ResultEntry>,
}

/// A result: a value, or the number of the reason why there is none.
#[derive(Debug, Default, Serialize)]
struct ResultEntry {
    /// Nothing where the value is missing.
    value: Option<Written>,
    /// The value to twelve decimals, where it is a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    rounded: Option<String>,
    /// The value as people read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    /// Which exemption applies, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    exemption: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<BasisEntry>,
}

/// On how many records a result rests.
#[derive(Debug, Serialize)]
struct BasisEntry {
    of: String,
    determined: u32,
    undetermined: u32,
    /// What the determined ones give alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<Written>,
}

#[derive(Debug, Serialize)]
struct FailedCheck<'a> {
    name: &'a str,
    record: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReasonEntry {
    number: usize,
    text: String,
    causes: Vec<CauseRecord>,
}

/// The document as text.
pub fn text(run: &Run<'_>, selection: &Selection) -> Result<String, serde_json::Error> {
    let mut reasons = Reasons::default();
    let (mut declarations, mut nation, mut levels) = (IndexMap::new(), IndexMap::new(), IndexMap::new());
    for level in selection.levels(run.model) {
        let ids = selection.declarations(run.model, level);
        for id in &ids {
            declarations.insert(run.model.declaration(*id).name.as_str(), declaration(run, *id));
        }
        match level {
            Level::Nation => nation = results(run, &ids, 0, &mut reasons),
            Level::Table(table) => {
                let rows = selection.rows(&run.rows, run.model, table);
                let entries = rows.into_iter().map(|row| record(run, &ids, table, row, &mut reasons)).collect();
                levels.insert(run.level_name(level), entries);
            }
        }
    }
    let words = run.words();
    let document = Document {
        format: FORMAT,
        ringfence: env!("CARGO_PKG_VERSION"),
        ruleset: ruleset(run),
        as_at: run.results.as_at.map(|date| date.to_string()),
        set: run
            .options
            .parameters
            .iter()
            .map(|(id, value)| (run.model.parameter(*id).name.as_str(), wire::written(value).0))
            .collect(),
        data: run
            .data
            .files
            .iter()
            .map(|file| FileEntry {
                file: &file.name,
                sheet: file.sheet.as_deref(),
                illustrative: file.is_illustrative,
            })
            .collect(),
        illustrative: run.data.files.iter().any(|file| file.is_illustrative),
        declarations,
        nation,
        levels,
        failed_checks: run
            .failed_checks()
            .into_iter()
            .map(|(id, row)| {
                let declaration = run.model.declaration(id);
                FailedCheck { name: &declaration.name, record: run.rows.at(declaration.level, row) }
            })
            .collect(),
        reasons: reasons
            .iter()
            .enumerate()
            .map(|(index, causes)| ReasonEntry {
                number: index + 1,
                text: words.causes(causes),
                causes: causes.iter().map(|cause| words.record(cause)).collect(),
            })
            .collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn ruleset<'a>(run: &Run<'a>) -> RulesetEntry<'a> {
    let ruleset = &run.model.ruleset;
    RulesetEntry {
        name: &ruleset.name,
        label: ruleset.label.as_deref(),
        status: ruleset.status.as_deref(),
        applies_from: ruleset.from.map(|date| date.to_string()),
        applies_to: ruleset.to.map(|date| date.to_string()),
        unverified: ruleset.unverified.as_deref(),
        notes: &ruleset.notes,
        amendments: ruleset
            .amendments
            .iter()
            .map(|amendment| AmendmentEntry {
                name: &amendment.name,
                label: amendment.label.as_deref(),
                status: amendment.status.as_deref(),
                from: amendment.from.map(|date| date.to_string()),
                unverified: amendment.unverified.as_deref(),
            })
            .collect(),
    }
}

fn declaration<'a>(run: &Run<'a>, id: DeclarationId) -> DeclarationEntry<'a> {
    let declaration = run.model.declaration(id);
    DeclarationEntry {
        label: declaration.label.as_deref(),
        kind: wire::kind(&declaration.kind),
        level: run.level_name(declaration.level),
        ty: match declaration.kind {
            DeclarationKind::Condition { .. } => "condition".to_owned(),
            _ => wire::type_name(run.model, &declaration.ty),
        },
        unverified: declaration.unverified.as_deref(),
        rests_on_unverified: &declaration.rests_on_unverified,
        sources: declaration.citations.iter().map(|citation| run.citation(citation)).collect(),
    }
}

fn record<'a>(
    run: &Run<'a>,
    ids: &[DeclarationId],
    table: TableId,
    row: usize,
    reasons: &mut Reasons,
) -> RecordEntry<'a> {
    let above = run.rows.parents(table, row).into_iter();
    RecordEntry {
        key: run.rows.key(table, row),
        name: run.rows.own_name(table, row),
        belongs_to: above
            .map(|(parent, above)| (run.model.table(parent).name.as_str(), run.rows.key(parent, above)))
            .collect(),
        results: results(run, ids, row, reasons),
    }
}

fn results<'a>(
    run: &Run<'a>,
    ids: &[DeclarationId],
    row: usize,
    reasons: &mut Reasons,
) -> IndexMap<&'a str, ResultEntry> {
    ids.iter().map(|id| (run.model.declaration(*id).name.as_str(), result(run, *id, row, reasons))).collect()
}

fn result(run: &Run<'_>, id: DeclarationId, row: usize, reasons: &mut Reasons) -> ResultEntry {
    let mut entry = ResultEntry::default();
    match run.results.get(id, row) {
        None => return entry,
        Some(Outcome::Missing(causes)) => {
            entry.missing = Some(reasons.number(causes));
            if run.has_states(id) {
                entry.value = Some(Written::Text(super::run::CANNOT_DETERMINE.to_owned()));
            }
        }
        Some(Outcome::Known(value)) => {
            let (written, rounded) = wire::written(value);
            (entry.value, entry.rounded) = (Some(written), rounded);
            if matches!(value, Value::Number(_) | Value::Date(_)) {
                entry.shown = Some(run.known(id, value).0);
            }
            if let Value::Condition(ConditionState::DoesNotApply(number)) = value {
                entry.exemption = Some(number.saturating_add(1));
            }
        }
    }
    entry.basis = run.basis(id, row).map(|basis| BasisEntry {
        of: run.model.table(basis.table).plural.clone(),
        determined: basis.determined,
        undetermined: basis.undetermined,
        partial: basis.partial.as_ref().map(|value| wire::written(value).0),
    });
    entry
}
