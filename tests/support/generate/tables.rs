//! Data tables and parameters of made-up rules.

use super::quantity::{ADMISSIONS, ADMISSIONS_A_PERSON, DAYS, MONEY, MONEY_A_PERSON, PEOPLE, Quantity, Scale};
use super::random::Random;
use super::world::{Column, Kind, Level, Named, Parameter, PeriodKind, Series, Table, World};

/// The tables of a case, all that there may be or some of them, each with its columns.
pub(crate) fn tables(world: &mut World, random: &mut Random) {
    add(world, random, "area", &[], None, Some("code"));
    let area = 0;
    if random.chance(85) {
        let series = series(random);
        add(world, random, "quarter", &[area], Some(series), None);
    }
    if random.chance(60) {
        let scheme = world.tables.len();
        let key = if random.chance(60) { Some("scheme_code") } else { None };
        add(world, random, "scheme", &[area], None, key);
        if key.is_some() && random.chance(30) {
            let series = series(random);
            add(world, random, "return", &[scheme], Some(series), None);
        }
    }
    if random.chance(45) {
        let provider = world.tables.len();
        add(world, random, "provider", &[], None, Some("ods"));
        if random.chance(60) {
            add(world, random, "link", &[area, provider], None, None);
        }
        if random.chance(25) {
            let series = series(random);
            add(world, random, "flow", &[provider, area], Some(series), None);
        }
    }
}

fn series(random: &mut Random) -> Series {
    let (kind, longest) = match random.below(4) {
        0 => (PeriodKind::Month, 14),
        1 => (PeriodKind::Year, 4),
        _ => (PeriodKind::Quarter, 6),
    };
    Series { kind, first: random.below(4), count: random.between(1, longest) }
}

fn add(
    world: &mut World,
    random: &mut Random,
    name: &'static str,
    parents: &[usize],
    series: Option<Series>,
    key: Option<&'static str>,
) {
    let number = world.tables.len();
    let plural = match name {
        "area" => "areas",
        "quarter" => "quarters",
        "scheme" => "schemes",
        "return" => "returns",
        "provider" => "providers",
        "link" => "links",
        _ => "flows",
    };
    let table = Table { name, plural, parents: parents.to_vec(), series, key, columns: Vec::new() };
    world.tables.push(table);
    if let Some(series) = series {
        world.named.push(Named {
            name: "period".to_owned(),
            dotted: Some(format!("{name}.period")),
            kind: series.kind.kind(),
            level: Level::Table(number),
            is_column: true,
        });
    }
    let mut columns: Vec<Column> = Vec::new();
    let count = if parents.is_empty() { random.between(4, 9) } else { random.between(2, 5) };
    for position in 0..count {
        columns.push(column(random, name, position));
    }
    if name == "area" {
        columns.push(Column { name: "name".to_owned(), ..text("name") });
    }
    for column in &columns {
        world.name_column(number, column);
    }
    if let Some(table) = world.tables.get_mut(number) {
        table.columns = columns;
    }
}

fn text(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        kind: Kind::Text,
        words: "text".to_owned(),
        is_whole: false,
        least: None,
        greatest: None,
        is_optional: false,
        is_judgement: false,
    }
}

fn column(random: &mut Random, table: &str, position: usize) -> Column {
    let name = format!("{table}_{}", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].get(position).unwrap_or(&"z"));
    let number = |quantity: Quantity, words: &str| Column {
        kind: Kind::Quantity(quantity),
        words: words.to_owned(),
        ..text(&name)
    };
    let count = |quantity: Quantity, words: &str| Column { is_whole: true, least: Some(0), ..number(quantity, words) };
    let other = |kind: Kind, words: &str| Column { kind, words: words.to_owned(), ..text(&name) };
    let mut column = match random.below(30) {
        0..=7 => number(Quantity::of(MONEY), "money"),
        8..=10 => count(Quantity::of(PEOPLE), "people"),
        11..=13 => count(Quantity::of(ADMISSIONS), "admissions"),
        14..=16 => number(Quantity::SHARE, "percent"),
        17 | 18 => number(Quantity::PLAIN, "number"),
        19 => count(Quantity::of(DAYS), "days"),
        20 => number(Quantity::of(MONEY_A_PERSON), "money per people"),
        21 => number(Quantity::of(ADMISSIONS_A_PERSON), "admissions per 100,000 people"),
        22..=24 => other(Kind::YesNo, "yes/no"),
        25 => other(Kind::Date, "date"),
        26 => other(Kind::Choice(vec!["low", "medium", "very high"]), "one of low, medium, \"very high\""),
        27 => match random.below(3) {
            0 => Column { is_judgement: true, ..other(Kind::YesNo, "judgement") },
            1 => Column { is_judgement: true, ..other(Kind::Choice(vec!["good", "poor"]), "judgement of good, poor") },
            _ => other(Kind::Choice(vec!["a", "b"]), "one of a, b"),
        },
        28 => match random.below(4) {
            0 | 1 => other(Kind::Quarter, "quarter"),
            2 => other(Kind::Month, "month"),
            _ => other(Kind::Year, "financial year"),
        },
        _ => text(&name),
    };
    if column.is_whole && random.chance(20) {
        column.is_whole = false;
        column.words.push_str(", may be fractional");
    }
    column.is_optional = random.chance(12);
    if column.is_optional {
        column.words.push_str(", optional");
    }
    bounds(&mut column, random);
    column
}

fn bounds(column: &mut Column, random: &mut Random) {
    let Kind::Quantity(quantity) = column.kind else { return };
    let written = |bound: i64| match (quantity.dimension, quantity.scale) {
        (MONEY, _) => Some(format!("£{bound}")),
        (PEOPLE, _) => Some(format!("{bound} people")),
        (ADMISSIONS, _) => Some(format!("{bound} admissions")),
        (_, Scale::Share) => Some(format!("{bound}%")),
        _ => None,
    };
    let (lowest, highest) = (0, if random.chance(50) { 1_000_000 } else { 2_000_000_000 });
    if column.least.is_none()
        && random.chance(40)
        && let Some(words) = written(lowest)
    {
        column.least = Some(lowest);
        column.words.push_str(&format!(", at least {words}"));
    }
    if random.chance(20)
        && let Some(words) = written(highest)
    {
        column.greatest = Some(highest);
        column.words.push_str(&format!(", at most {words}"));
    }
}

/// The declaration of a table.
pub(crate) fn table_text(world: &World, table: &Table) -> String {
    let parents: Vec<&str> =
        table.parents.iter().filter_map(|parent| world.tables.get(*parent)).map(|parent| parent.name).collect();
    let mut head = format!("data {}", table.name);
    if !parents.is_empty() {
        head.push_str(&format!(" for each {}", parents.join(", ")));
    }
    if let Some(series) = table.series {
        let (first, last) = (series.kind.text(series.first), series.kind.text(series.first + series.count - 1));
        head.push_str(&format!(", {first} to {last}"));
    }
    head.push('\n');
    if let Some(key) = table.key {
        head.push_str(&format!("  {key} text, key\n"));
    }
    for column in &table.columns {
        head.push_str(&format!("  {} {}\n", column.name, column.words));
    }
    head
}

/// Parameters, some with other values from another day on.
pub(crate) fn parameters(world: &mut World, random: &mut Random, applies: bool) -> Vec<String> {
    let kinds: [(&str, Kind, &[&str]); 8] = [
        ("pot", Kind::Quantity(Quantity::of(MONEY)), &["£1,000", "£250.50", "-£3", "£1bn", "£0", "£12,345"]),
        ("rate", Kind::Quantity(Quantity::SHARE), &["3.5%", "50%", "-10%", "100%", "0%"]),
        ("factor", Kind::Quantity(Quantity::PLAIN), &["2", "0.75", "1", "-4", "0"]),
        ("move", Kind::Quantity(Quantity::POINTS), &["2 percentage points", "0.25 percentage points"]),
        ("value", Kind::Quantity(Quantity::of(MONEY_A_PERSON)), &["£1,490 per people", "£2,150 per people"]),
        ("size", Kind::Quantity(Quantity::of(PEOPLE)), &["10 people", "100,000 people", "0 people"]),
        ("deadline", Kind::Date, &["19 September 2014", "1 April 2015"]),
        ("method", Kind::Choice(vec!["x", "y z"]), &["\"x\"", "\"y z\""]),
    ];
    let mut texts = Vec::new();
    for (name, kind, values) in kinds {
        if !random.chance(60) {
            continue;
        }
        let mut text = format!("parameter {name}\n");
        if matches!(kind, Kind::Choice(_)) {
            text.push_str("  one of \"x\", \"y z\"\n");
        }
        let is_dated = random.chance(60);
        let (first, second) = (random.word(values), random.word(values));
        if !is_dated {
            text.push_str(&format!("  is {first}\n"));
        } else if !applies && random.chance(50) {
            // In force only later: what is asked before has no value.
            text.push_str(&format!("  is {first} from 1 January 2015\n"));
        } else {
            let from = if random.chance(30) && !applies { " from 1 April 2014" } else { "" };
            text.push_str(&format!("  is {first}{from} to 31 March 2015\n  is {second} from 1 April 2015\n"));
        }
        texts.push(text);
        world.parameters.push(Parameter { name: name.to_owned(), kind, is_dated });
    }
    texts
}
