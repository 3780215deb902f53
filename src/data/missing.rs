//! Columns that a table lacks, and names that match none: one problem where one is meant by the other.

use super::error;
use super::header::{Target, ancestors, fold};
use super::part::Part;
use super::tally::Found;
use crate::model::{Model, TableId};
use crate::problem::DataPlace;
use crate::suggest;

/// A column that is not there.
struct Lacking {
    target: Target,
    is_needed: bool,
    /// The names by which it may have been meant.
    names: Vec<String>,
}

/// Reports what a table's parts lack and what is in them without being known.
pub(super) fn report(model: &Model, table: TableId, parts: &mut [Part], found: &mut Found) {
    let mut lacking = lacking_columns(model, table, parts);
    for part in parts.iter_mut() {
        let mut in_part = lacking_references(model, table, part);
        for (number, header) in std::mem::take(&mut part.unknown) {
            let place = part.header_place(number, &header);
            let meant = nearest(&header, &in_part).or_else(|| nearest(&header, &lacking));
            let Some(target) = meant else {
                found.add(error::unknown_column(place, &header, &model.table(table).name, None));
                continue;
            };
            let name = target.name(model);
            let needed = in_part.iter().chain(&lacking).find(|l| l.target == target).is_some_and(|l| l.is_needed);
            if needed {
                found.add(error::misnamed_column(place, &header, &name));
                part.misnamed.push(target);
            } else {
                found.add(error::unknown_column(place, &header, &model.table(table).name, Some(&name)));
            }
            in_part.retain(|l| l.target != target);
            lacking.retain(|l| l.target != target);
        }
    }
    let Some(first) = parts.first() else { return };
    if parts.iter().any(|part| part.is_partial) {
        return;
    }
    lacking.retain(|l| parts.iter().all(|part| !part.misnamed.contains(&l.target)));
    let names: Vec<String> = lacking.iter().filter(|l| l.is_needed).map(|l| l.target.name(model)).collect();
    if !names.is_empty() {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let place = DataPlace { row: first.header_row, ..first.place.clone() };
        found.add(error::missing_columns(place, &model.table(table).name, &names));
    }
}

/// The lacking column nearest to a header.
fn nearest(header: &str, lacking: &[Lacking]) -> Option<Target> {
    let folded = fold(header);
    let near = suggest::nearest(&folded, lacking.iter().flat_map(|l| l.names.iter().map(String::as_str)))?;
    lacking.iter().find(|l| l.names.iter().any(|name| name == near)).map(|l| l.target)
}

/// Columns that no part has. What tells rows apart is missed part by part instead.
fn lacking_columns(model: &Model, table: TableId, parts: &[Part]) -> Vec<Lacking> {
    let data = model.table(table);
    let is_asked_of_each =
        |target: Target| data.key.map(Target::Column) == Some(target) && (parts.len() > 1 || data.series.is_some());
    let columns = data.columns.iter().filter(|id| {
        let target = Target::Column(**id);
        !is_asked_of_each(target) && parts.iter().all(|part| part.column(target).is_none())
    });
    columns
        .map(|id| {
            let column = model.column(*id);
            let names = [Some(&column.name), column.label.as_ref()];
            Lacking {
                target: Target::Column(*id),
                is_needed: !column.is_optional,
                names: names.into_iter().flatten().map(|name| fold(name)).collect(),
            }
        })
        .collect()
}

/// The columns by which the rows of a part find their records, as far as the part lacks them.
fn lacking_references(model: &Model, table: TableId, part: &Part) -> Vec<Lacking> {
    let data = model.table(table);
    let above = ancestors(model, table).into_iter().filter_map(|id| Some((id, model.table(id).key?)));
    let mut lacking: Vec<Lacking> = above
        .filter(|(id, _)| part.column(Target::Ancestor(*id)).is_none())
        .map(|(id, key)| {
            let (table, key) = (model.table(id), model.column(key));
            let names = [Some(&table.name), key.label.as_ref(), table.label.as_ref(), Some(&key.name)];
            let target = Target::Ancestor(id);
            Lacking { target, is_needed: true, names: names.into_iter().flatten().map(|name| fold(name)).collect() }
        })
        .collect();
    if let Some(key) = data.key
        && part.column(Target::Column(key)).is_none()
    {
        let column = model.column(key);
        let names = [Some(&column.name), column.label.as_ref()];
        let names = names.into_iter().flatten().map(|name| fold(name)).collect();
        lacking.push(Lacking { target: Target::Column(key), is_needed: true, names });
    }
    lacking
}
