//! The data of a case as CSV files, one for each table.

use super::cells::{self, Weather};
use super::random::Random;
use super::world::{Table, World};

/// The records of a table so far: the keys by which a file names each, one for every table above it and its own.
type Records = Vec<Vec<(&'static str, String)>>;

/// Files of about so many records for each table of the nation.
pub(crate) fn files(world: &World, random: &mut Random, records: usize) -> Vec<(String, String)> {
    let weather = Weather::of(random);
    let mut all: Vec<Records> = Vec::new();
    let mut files = Vec::new();
    for table in &world.tables {
        let (found, text) = file(world, table, &all, weather, random, records);
        all.push(found);
        files.push((format!("{}.csv", table.name), text));
    }
    files
}

fn file(
    _world: &World,
    table: &Table,
    above: &[Records],
    weather: Weather,
    random: &mut Random,
    records: usize,
) -> (Records, String) {
    let mut rows = places(table, above, weather, random, records);
    // A file comes in any order.
    for place in (1..rows.len()).rev() {
        rows.swap(place, random.below(place + 1));
    }
    let left_out: Vec<bool> = table.columns.iter().map(|column| column.is_optional && random.chance(40)).collect();
    let columns: Vec<_> =
        table.columns.iter().zip(&left_out).filter(|(_, left_out)| !**left_out).map(|(column, _)| column).collect();
    let mut text = String::new();
    let keys = rows.first().map_or_else(Vec::new, |row| row.iter().map(|(name, _)| (*name).to_owned()).collect());
    let heads: Vec<String> = keys.into_iter().chain(columns.iter().map(|column| column.name.clone())).collect();
    push(&mut text, heads.iter().map(String::as_str));
    for row in &rows {
        let cells: Vec<String> = columns.iter().map(|column| cells::cell(column, weather, random)).collect();
        push(&mut text, row.iter().map(|(_, key)| key.as_str()).chain(cells.iter().map(String::as_str)));
    }
    // What the tables below name a record by: this table's name instead of its key's.
    let named = rows
        .into_iter()
        .map(|mut row| {
            if let (Some(last), Some(_)) = (row.last_mut(), table.key) {
                last.0 = table.name;
            }
            row
        })
        .collect();
    (named, text)
}

/// The records that there are, by their keys.
fn places(table: &Table, above: &[Records], weather: Weather, random: &mut Random, records: usize) -> Records {
    let none = Vec::new();
    let of = |parent: usize| above.get(parent).unwrap_or(&none);
    let groups: Records = match table.parents.as_slice() {
        [] => vec![Vec::new()],
        [only] => of(*only).clone(),
        several => {
            // Some combinations of the tables above.
            let mut groups: Records = vec![Vec::new()];
            for parent in several {
                let mut longer = Vec::new();
                for group in &groups {
                    for other in of(*parent) {
                        if random.chance(55) {
                            longer.push(group.iter().chain(other).cloned().collect());
                        }
                    }
                }
                groups = longer;
            }
            groups.truncate(records * 4);
            groups
        }
    };
    let mut rows = Vec::new();
    for group in groups {
        if let Some(series) = table.series {
            for number in 0..series.count {
                if !random.chance(weather.absent) {
                    let period = series.kind.text(series.first + number);
                    rows.push(group.iter().cloned().chain([("period", period)]).collect());
                }
            }
            continue;
        }
        let count = if table.parents.is_empty() { records } else { random.below(4) };
        let count = if table.parents.len() > 1 { 1 } else { count };
        for number in 0..count {
            let mut row = group.clone();
            if let Some(key) = table.key {
                row.push((key, format!("{}{number:03}", table.name.chars().next().unwrap_or('x').to_uppercase())));
            }
            rows.push(row);
        }
    }
    rows
}

fn push<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}
