//! One run with all that is needed to show it: rules, data, results, and what people call things.
//!
//! In: the model, its sources, the data and the results. Out: the text of any result, with its tone and,
//! where there is none, its causes.

use super::ink::Tone;
use super::reasons::CauseWords;
use super::rows::Rows;
use super::show;
use crate::data::Dataset;
use crate::eval;
use crate::meaning::{Basis, Results, RunOptions};
use crate::model::{Citation, DeclarationId, DeclarationKind, Level, Model, OUTCOME_VERDICTS, TableId};
use crate::source::Sources;
use crate::value::{Causes, ConditionState, Outcome, Value};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// What stands where there is no value.
pub const NO_VALUE: &str = "–";
/// The state of a condition that is not known.
pub const CANNOT_DETERMINE: &str = "cannot determine";

/// A run.
#[derive(Debug)]
pub struct Run<'a> {
    /// The rules.
    pub model: &'a Model,
    /// Their texts.
    pub sources: &'a Sources,
    /// The data.
    pub data: &'a Dataset,
    /// What came out.
    pub results: &'a Results,
    /// What was asked for.
    pub options: &'a RunOptions,
    /// What people call the rows.
    pub rows: Rows<'a>,
    /// The results of tables as columns, where they are too many to be held one by one; `results` then has those
    /// of the nation alone.
    pub columns: Option<&'a eval::Run<'a>>,
    /// Why results of the nation are missing, for those whose causes were not all kept.
    pub whys: Option<&'a IndexMap<DeclarationId, String>>,
}

/// A result as it is shown.
#[derive(Debug, Clone)]
pub struct ShownResult<'a> {
    /// The text; `–` or `cannot determine` where there is no value.
    pub text: String,
    /// What it says.
    pub tone: Tone,
    /// Why there is no value.
    pub causes: Option<&'a Causes>,
}

impl<'a> Run<'a> {
    /// A run.
    pub fn new(
        model: &'a Model,
        sources: &'a Sources,
        data: &'a Dataset,
        results: &'a Results,
        options: &'a RunOptions,
    ) -> Self {
        Self { model, sources, data, results, options, rows: Rows::new(model, data), columns: None, whys: None }
    }

    /// A run whose results of tables are read from columns.
    #[must_use]
    pub fn with_columns(self, columns: &'a eval::Run<'a>) -> Self {
        Self { columns: Some(columns), ..self }
    }

    /// A run of whose results for the nation it is known in words why they are missing.
    #[must_use]
    pub fn with_whys(self, whys: &'a IndexMap<DeclarationId, String>) -> Self {
        Self { whys: Some(whys), ..self }
    }

    /// Why a result of the nation is missing.
    pub(super) fn why(&self, id: DeclarationId, causes: &Causes) -> String {
        let known = self.whys.and_then(|whys| whys.get(&id));
        known.cloned().unwrap_or_else(|| self.words().causes(causes))
    }

    /// The outcomes of a check, row by row.
    fn check_outcomes(&self, id: DeclarationId) -> Box<dyn Iterator<Item = Option<Value>> + '_> {
        let level = self.model.declaration(id).level;
        match (self.columns, level) {
            (Some(columns), Level::Table(_)) => {
                Box::new((0..self.rows.count(level)).map(move |row| columns.value(id, row)))
            }
            _ => {
                let outcomes = self.results.values.get(id.index()).map(Vec::as_slice).unwrap_or_default();
                Box::new(outcomes.iter().map(|outcome| outcome.known().cloned()))
            }
        }
    }

    /// The checks of the rules.
    fn checks(&self) -> impl Iterator<Item = DeclarationId> + '_ {
        let all = self.model.declarations.iter().enumerate();
        let checks = all.filter(|(_, declaration)| matches!(declaration.kind, DeclarationKind::Check { .. }));
        checks.map(|(index, _)| DeclarationId::from_index(index))
    }

    /// How causes are put into words.
    pub fn words(&self) -> CauseWords<'_> {
        CauseWords { model: self.model, sources: self.sources, rows: &self.rows, as_at: self.results.as_at }
    }

    /// A result as it is shown.
    pub fn result(&self, id: DeclarationId, row: usize) -> ShownResult<'a> {
        match self.results.get(id, row) {
            Some(outcome) => self.outcome(id, outcome),
            None => ShownResult { text: String::new(), tone: Tone::Plain, causes: None },
        }
    }

    /// An outcome of a declaration as it is shown.
    pub fn outcome<'o>(&self, id: DeclarationId, outcome: &'o Outcome) -> ShownResult<'o> {
        match outcome {
            Outcome::Known(value) => {
                let (text, tone) = self.known(id, value);
                ShownResult { text, tone, causes: None }
            }
            Outcome::Missing(causes) => {
                let text = if self.has_states(id) { CANNOT_DETERMINE } else { NO_VALUE };
                ShownResult { text: text.to_owned(), tone: Tone::Unknown, causes: Some(causes) }
            }
        }
    }

    /// Whether a result is a state, such as met, rather than a value.
    pub fn has_states(&self, id: DeclarationId) -> bool {
        has_states(self.model, id)
    }

    /// A value of a declaration as it is shown.
    pub fn known(&self, id: DeclarationId, value: &Value) -> (String, Tone) {
        let declaration = self.model.declaration(id);
        match (&declaration.kind, value) {
            (_, Value::Condition(state)) => {
                let (text, tone) = condition_state(*state);
                (text.to_owned(), tone)
            }
            (DeclarationKind::Condition { .. }, Value::YesNo(true)) => ("met".to_owned(), Tone::Good),
            (DeclarationKind::Condition { .. }, Value::YesNo(false)) => ("not met".to_owned(), Tone::Bad),
            (DeclarationKind::Permission { .. }, Value::YesNo(true)) => ("used".to_owned(), Tone::Plain),
            (DeclarationKind::Permission { .. }, Value::YesNo(false)) => ("not used".to_owned(), Tone::Faint),
            (DeclarationKind::Check { .. }, Value::YesNo(true)) => ("holds".to_owned(), Tone::Good),
            (DeclarationKind::Check { .. }, Value::YesNo(false)) => ("fails".to_owned(), Tone::Bad),
            (DeclarationKind::Outcome { .. }, Value::Text(verdict)) => {
                let tone = match OUTCOME_VERDICTS.iter().position(|known| **known == **verdict) {
                    Some(0) => Tone::Good,
                    Some(2) => Tone::Bad,
                    _ => Tone::Plain,
                };
                (verdict.to_string(), tone)
            }
            _ => (show::value(value, &declaration.ty, &declaration.shown, self.model), Tone::Plain),
        }
    }

    /// The label of a declaration, or its name where it has none. A part of an outcome is named after it.
    pub fn label(&self, id: DeclarationId) -> String {
        label(self.model, id)
    }

    /// Whether a declaration or something it rests on is not verified.
    pub fn is_unverified(&self, id: DeclarationId) -> bool {
        let declaration = self.model.declaration(id);
        declaration.unverified.is_some() || !declaration.rests_on_unverified.is_empty()
    }

    /// On how many records a declaration rests at a row, where it aggregates.
    pub fn basis(&self, id: DeclarationId, row: usize) -> Option<&'a Basis> {
        self.results.bases.get(&(id, u32::try_from(row).ok()?))
    }

    /// `from 149 areas, 2 not determined`.
    pub fn basis_text(&self, basis: &Basis) -> String {
        let determined = counted(self.model, basis.table, basis.determined);
        match basis.undetermined {
            0 => format!("from {determined}"),
            n => format!("from {determined}, {} not determined", grouped(u64::from(n))),
        }
    }

    /// The names of the files whose figures are made up.
    pub fn illustrative_files(&self) -> Vec<String> {
        let made_up = self.data.files.iter().enumerate().filter(|(_, file)| file.is_illustrative);
        made_up.map(|(index, file)| file_name(self.rows.file_name(index), file)).collect()
    }

    /// Checks that do not hold, row by row in the order of the declarations.
    pub fn failed_checks(&self) -> Vec<(DeclarationId, usize)> {
        let mut failed = Vec::new();
        for id in self.checks() {
            let outcomes = self.check_outcomes(id).enumerate();
            failed.extend(outcomes.filter(|(_, value)| *value == Some(false.into())).map(|(row, _)| (id, row)));
        }
        failed
    }

    /// In how many rows a check cannot be determined.
    pub fn open_checks(&self) -> usize {
        self.checks().map(|id| self.check_outcomes(id).filter(Option::is_none).count()).sum()
    }

    /// A citation: the title of the source, its date, and where in it.
    pub fn citation(&self, citation: &Citation) -> String {
        let source = &self.model.sources[citation.source.index()];
        let mut text = source.title.clone();
        if let Some(dated) = &source.dated {
            text.push_str(&format!(" ({dated})"));
        }
        if let Some(detail) = &citation.detail {
            text.push_str(&format!(", {detail}"));
        }
        text
    }

    /// What was run, in pairs of what and which: for files that stand on their own.
    pub fn about(&self) -> Vec<(String, String)> {
        let at = |(id, row)| (id, self.rows.at(self.model.declaration(id).level, row));
        self.about_with(self.failed_checks().into_iter().map(at))
    }

    /// The same with these checks that fail, and what people call the rows at which they do.
    pub fn about_with(
        &self,
        failed_checks: impl Iterator<Item = (DeclarationId, Option<String>)>,
    ) -> Vec<(String, String)> {
        let ruleset = &self.model.ruleset;
        let mut pairs = vec![("Rules".to_owned(), ruleset.title())];
        let mut add = |what: &str, value: String| pairs.push((what.to_owned(), value));
        add("Name", ruleset.name.clone());
        ruleset.status.iter().for_each(|status| add("Status", status.clone()));
        self.results.as_at.iter().for_each(|date| add("As at", date.to_string()));
        for (parameter, value) in &self.options.parameters {
            let parameter = self.model.parameter(*parameter);
            let value = show::value(value, &parameter.ty, &crate::model::Shown::Plain, self.model);
            add("Parameter set for this run", format!("{} = {value}", parameter.name));
        }
        for file in &self.data.files {
            let what = if file.is_illustrative { "Illustrative data (made up)" } else { "Data" };
            add(what, file_name(&file.name, file));
        }
        for (id, at) in failed_checks {
            let at = at.map(|name| format!(" – {name}")).unwrap_or_default();
            add("Failed check", format!("{}{at}", self.model.declaration(id).name));
        }
        let all = (0..self.model.declarations.len()).map(DeclarationId::from_index);
        for (name, why) in self.unverified(all) {
            add("Not verified", format!("{name}: {why}"));
        }
        add("Made by", format!("ringfence {}", env!("CARGO_PKG_VERSION")));
        pairs
    }

    /// What of these results is not verified: the ruleset, and the parameters and rules they are or rest on, each
    /// with why.
    pub fn unverified(&self, shown: impl IntoIterator<Item = DeclarationId>) -> Vec<(String, &'a str)> {
        let model = self.model;
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for id in shown {
            let declaration = model.declaration(id);
            names.insert(&declaration.name);
            names.extend(declaration.rests_on_unverified.iter().map(String::as_str));
        }
        let mut found = Vec::new();
        if let Some(why) = &model.ruleset.unverified {
            found.push((model.ruleset.label.clone().unwrap_or_else(|| model.ruleset.name.clone()), why.as_str()));
        }
        for amendment in &model.ruleset.amendments {
            if let Some(why) = &amendment.unverified {
                found.push((amendment.label.clone().unwrap_or_else(|| amendment.name.clone()), why.as_str()));
            }
        }
        for parameter in &model.parameters {
            if let Some(why) = &parameter.unverified
                && names.contains(parameter.name.as_str())
            {
                found.push((parameter.label.clone().unwrap_or_else(|| parameter.name.clone()), why.as_str()));
            }
        }
        for (index, declaration) in model.declarations.iter().enumerate() {
            if let Some(why) = &declaration.unverified
                && names.contains(declaration.name.as_str())
            {
                found.push((self.label(DeclarationId::from_index(index)), why.as_str()));
            }
        }
        found
    }

    /// The name of a level: `nation`, or that of the table.
    pub fn level_name(&self, level: Level) -> &'a str {
        match level {
            Level::Nation => "nation",
            Level::Table(table) => &self.model.table(table).name,
        }
    }
}

/// Whether a result is a state, such as met, rather than a value.
pub(super) fn has_states(model: &Model, id: DeclarationId) -> bool {
    matches!(
        model.declaration(id).kind,
        DeclarationKind::Condition { .. } | DeclarationKind::Permission { .. } | DeclarationKind::Check { .. }
    )
}

/// The label of a declaration, or its name where it has none. A part of an outcome is named after it.
pub fn label(model: &Model, id: DeclarationId) -> String {
    let declaration = model.declaration(id);
    if let Some(label) = &declaration.label {
        return label.clone();
    }
    let part = declaration.name.split_once('.').and_then(|(outcome, part)| {
        let outcome = model.declaration(model.find(outcome)?).label.as_ref()?;
        Some(format!("{outcome}, {part}"))
    });
    part.unwrap_or_else(|| declaration.name.clone())
}

/// A state of a condition that is known.
pub fn condition_state(state: ConditionState) -> (&'static str, Tone) {
    match state {
        ConditionState::Met => ("met", Tone::Good),
        ConditionState::NotMet => ("not met", Tone::Bad),
        ConditionState::DoesNotApply(_) => ("does not apply", Tone::Faint),
    }
}

/// `151 areas`, `1 area`.
pub fn counted(model: &Model, table: TableId, n: u32) -> String {
    let table = model.table(table);
    format!("{} {}", grouped(u64::from(n)), if n == 1 { &table.name } else { &table.plural })
}

/// A whole number with separators.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The name of a file, with the sheet of a workbook.
fn file_name(name: &str, file: &crate::data::DataFile) -> String {
    match &file.sheet {
        Some(sheet) => format!("{name}, sheet `{sheet}`"),
        None => name.to_owned(),
    }
}
