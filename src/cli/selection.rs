//! Names of results, levels and areas on the command line: to things of the model, or a refusal with what was meant.

use super::failure::Failure;
use crate::data::Dataset;
use crate::model::{DeclarationId, Level, Model, TableId};
use crate::report::rows::Rows;
use crate::suggest;

/// The declaration of this name.
pub(super) fn declaration(model: &Model, name: &str) -> Result<DeclarationId, Failure> {
    if let Some(id) = model.find(name) {
        return Ok(id);
    }
    // People copy labels as well as names.
    let lower = name.to_lowercase();
    let mut labelled = model
        .names
        .values()
        .filter(|id| model.declaration(**id).label.as_ref().is_some_and(|label| label.to_lowercase() == lower));
    if let (Some(id), None) = (labelled.next(), labelled.next()) {
        return Ok(*id);
    }
    let failure = Failure::refused(format!("the rules have no result `{name}`"));
    let is_other = model.parameters.iter().any(|parameter| parameter.name == name)
        || model.columns.iter().any(|column| column.name == name);
    Err(if is_other {
        failure
            .help("it is a parameter or a column of the data; results are measures, conditions, payments and the like")
    } else {
        did_you_mean(failure, name, model.names.keys().map(String::as_str))
    })
}

/// The level of this name: `nation`, or a table by its name or plural.
pub(super) fn level(model: &Model, name: &str) -> Result<Level, Failure> {
    if name == "nation" {
        return Ok(Level::Nation);
    }
    if let Some(index) = model.tables.iter().position(|table| table.name == name || table.plural == name) {
        return Ok(Level::Table(TableId::from_index(index)));
    }
    let names = model.tables.iter().map(|table| table.name.as_str()).chain(["nation"]);
    Err(did_you_mean(Failure::refused(format!("there is no level `{name}`")), name, names))
}

/// The tables that belong to no other: areas, as a rule.
fn root_tables(model: &Model) -> Vec<TableId> {
    let tables = (0..model.tables.len()).map(TableId::from_index);
    tables.filter(|table| model.table(*table).parents.is_empty()).collect()
}

/// The record of a table of the nation with this key or name.
pub(super) fn area(model: &Model, data: &Dataset, rows: &Rows<'_>, wanted: &str) -> Result<(TableId, usize), Failure> {
    let tables = root_tables(model);
    for table in &tables {
        match rows.find(*table, wanted).as_slice() {
            [] => {}
            [row] => return Ok((*table, *row)),
            several => {
                let keys: Vec<String> = several.iter().filter_map(|row| rows.key(*table, *row)).take(5).collect();
                return Err(Failure::refused(format!("{} records are called `{wanted}`", several.len()))
                    .help(format!("say which by its key: {}", keys.join(", "))));
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    for table in &tables {
        for row in 0..data.table(*table).rows {
            names.extend(rows.key(*table, row));
            names.push(rows.own_name(*table, row));
        }
    }
    let words: Vec<&str> = tables.iter().map(|table| model.table(*table).name.as_str()).collect();
    let failure = Failure::refused(format!("the data has no {} `{wanted}`", words.join(" or ")));
    Err(did_you_mean(failure, wanted, names.iter().map(String::as_str)))
}

/// Adds what was probably meant.
pub(super) fn did_you_mean<'a>(
    failure: Failure,
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Failure {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    // A part of a name is how people remember it.
    let part = wanted.to_lowercase();
    let containing: Vec<&str> = candidates
        .iter()
        .copied()
        .filter(|name| part.chars().count() > 2 && name.to_lowercase().contains(&part))
        .take(5)
        .collect();
    match suggest::nearest(wanted, candidates.iter().copied()) {
        Some(meant) => failure.help(format!("did you mean `{meant}`?")),
        None if !containing.is_empty() => failure.help(format!("did you mean one of: {}?", containing.join(", "))),
        None if candidates.len() <= 12 && !candidates.is_empty() => {
            failure.help(format!("there are: {}", candidates.join(", ")))
        }
        None => failure,
    }
}
