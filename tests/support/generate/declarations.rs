//! Declarations of made-up rules, one after another; each may read those before it.

use super::expression::{Here, Writer};
use super::logic::kinds_of_number;
use super::quantity::{Allowed, Basis, MONEY, Quantity, Scale, Want};
use super::random::Random;
use super::rows;
use super::world::{Kind, Level, Named, World};

/// The verdicts of an outcome.
const VERDICTS: [&str; 3] = ["target met", "improved", "not improved"];

/// The steps of a ladder, the lowest first.
const LADDER: [&str; 4] = ["local", "regional", "very high", "national"];

/// A declaration, and what of it can be named.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) text: String,
    pub(crate) named: Vec<Named>,
}

/// Writes the next declaration. Most are one; some are two that read each other's past.
pub(crate) fn declaration(world: &World, random: &mut Random, number: usize, depth: usize) -> Declared {
    let level = level(world, random);
    let here = Here::at(level);
    let mut writer = Writer { world, random };
    match writer.random.below(24) {
        0..=5 => measure(&mut writer, here, number, depth),
        6..=8 => condition(&mut writer, here, number, depth),
        9..=11 => payment(&mut writer, here, number, depth),
        12 | 13 => decision(&mut writer, here, number).unwrap_or_else(|| measure(&mut writer, here, number, depth)),
        14 => outcome(&mut writer, here, number, depth),
        15 => permission(&mut writer, here, number, depth),
        16 => check(&mut writer, here, number, depth),
        17 | 18 => allocation(&mut writer, here, number).unwrap_or_else(|| measure(&mut writer, here, number, depth)),
        21 => ladder(&mut writer, number).unwrap_or_else(|| measure(&mut writer, here, number, depth)),
        19 | 20 => own_past(&mut writer, number).unwrap_or_else(|| measure(&mut writer, here, number, depth)),
        _ => powers(&mut writer, here, number),
    }
}

fn level(world: &World, random: &mut Random) -> Level {
    if random.chance(22) {
        return Level::Nation;
    }
    let with_series: Vec<usize> =
        (0..world.tables.len()).filter(|table| world.series(Level::Table(*table)).is_some()).collect();
    if random.chance(40)
        && let Some(table) = random.pick(&with_series)
    {
        return Level::Table(*table);
    }
    Level::Table(random.below(world.tables.len()))
}

fn named(writer: &Writer<'_>, name: &str, kind: Kind, level: Level) -> Named {
    let dotted = match level {
        Level::Nation => None,
        Level::Table(table) => writer.world.tables.get(table).map(|table| format!("{}.{name}", table.name)),
    };
    Named { name: name.to_owned(), dotted, kind, level, is_column: false }
}

fn declared(writer: &Writer<'_>, word: &str, name: &str, kind: Kind, level: Level, lines: &[String]) -> Declared {
    let mut text = format!("{word} {name} {}\n", writer.world.level_words(level));
    for line in lines {
        text.push_str(&broken(line));
    }
    Declared { text, named: vec![named(writer, name, kind, level)] }
}

/// A line in its place, broken between words where it is long.
fn broken(line: &str) -> String {
    if line.starts_with('|') || line.len() < 110 {
        return format!("  {line}\n");
    }
    let mut text = "  ".to_owned();
    let (mut width, mut is_quoted) = (2, false);
    for c in line.chars() {
        is_quoted ^= c == '"';
        if c == ' ' && !is_quoted && width > 100 {
            text.push_str("\n    ");
            width = 4;
        } else {
            text.push(c);
            width += 1;
        }
    }
    text.push('\n');
    text
}

fn measure(writer: &mut Writer<'_>, here: Here, number: usize, depth: usize) -> Declared {
    let want = writer.kind_of_number();
    let name = format!("measure_{number}");
    let formula = writer.formula(&name, want, here, depth, false);
    declared(writer, "measure", &name, Kind::Quantity(formula.quantity), here.level, &formula.lines)
}

fn payment(writer: &mut Writer<'_>, here: Here, number: usize, depth: usize) -> Declared {
    let name = format!("payment_{number}");
    let is_series = writer.world.series(here.level).is_some();
    let here = Here { is_payment: is_series, ..here };
    let mut formula = writer.formula(&name, Want::of(MONEY), here, depth, true);
    if formula.quantity.basis == Basis::ToDate {
        formula.lines.push("less paid so far, never below £0".to_owned());
        formula.lines.push("rounded to the nearest £0.01".to_owned());
    }
    if writer.random.chance(40) {
        let condition = writer.logic(here, depth.min(1));
        formula.lines.push(format!("only if {}", condition.text));
    }
    let basis = if is_series { Basis::Each } else { Basis::None };
    let kind = Kind::Quantity(Quantity::of(MONEY).with(basis));
    declared(writer, "payment", &name, kind, here.level, &formula.lines)
}

fn condition(writer: &mut Writer<'_>, here: Here, number: usize, depth: usize) -> Declared {
    let name = format!("condition_{number}");
    let mut lines = vec![format!("met when {}", writer.logic(here, depth).text)];
    for _ in 0..writer.random.below(3) {
        lines.push(format!("unless {}", writer.logic(here, depth.min(2)).text));
    }
    declared(writer, "condition", &name, Kind::YesNo, here.level, &lines)
}

fn permission(writer: &mut Writer<'_>, here: Here, number: usize, depth: usize) -> Declared {
    let name = format!("permission_{number}");
    let lines = [format!("used when {}", writer.logic(here, depth).text)];
    declared(writer, "permission", &name, Kind::YesNo, here.level, &lines)
}

fn check(writer: &mut Writer<'_>, here: Here, number: usize, depth: usize) -> Declared {
    let name = format!("check_{number}");
    let lines = [format!("holds when {}", writer.logic(here, depth).text)];
    declared(writer, "check", &name, Kind::YesNo, here.level, &lines)
}

fn decision(writer: &mut Writer<'_>, here: Here, number: usize) -> Option<Declared> {
    let name = format!("decision_{number}");
    let (lines, words) = rows::of_words(writer, &name, here)?;
    Some(declared(writer, "decision", &name, Kind::Choice(words), here.level, &lines))
}

fn outcome(writer: &mut Writer<'_>, here: Here, number: usize, depth: usize) -> Declared {
    let name = format!("outcome_{number}");
    let want = writer.kind_of_number();
    let depth = depth.min(2);
    let better = writer.random.word(&["lower is better", "higher is better"]);
    let actual = writer.number(want, here, depth);
    let mut lines = vec![better.to_owned()];
    let mut parts = vec![("actual", actual.quantity)];
    for part in ["baseline", "target"] {
        // An outcome is judged against something.
        if writer.random.chance(70) || (part == "target" && parts.len() == 1) {
            let made = writer.number(Want::like(actual.quantity), here, depth);
            lines.push(format!("{part} {}", made.text));
            parts.push((part, made.quantity));
        }
    }
    lines.push(format!("actual {}", actual.text));
    let mut declared = declared(writer, "outcome", &name, Kind::Choice(VERDICTS.to_vec()), here.level, &lines);
    for (part, quantity) in parts {
        let named =
            Named { dotted: None, ..named(writer, &format!("{name}.{part}"), Kind::Quantity(quantity), here.level) };
        declared.named.push(named);
    }
    declared
}

/// A pot shared out: often one that can be, sometimes one that cannot.
fn allocation(writer: &mut Writer<'_>, here: Here, number: usize) -> Option<Declared> {
    if here.level == Level::Nation {
        return None;
    }
    let name = format!("allocation_{number}");
    let nation = Here::at(Level::Nation);
    let pot = match writer.random.below(6) {
        0 => writer.number(Want::of(MONEY), nation, 2).text,
        1 => "greatest of (£0, least of (£1bn, £1,235))".to_owned(),
        2 => writer.random.word(&["£1,000.50", "£7", "£0"]).to_owned(),
        _ => writer.random.word(&["£1,000,000", "£100", "£1bn", "£12,345", "£10m"]).to_owned(),
    };
    let kinds = [Want::of(MONEY), Want::on(Scale::Plain), Want::on(Scale::Share)];
    let want = writer.random.pick(&kinds).copied()?;
    let weight = if writer.random.chance(30) {
        writer.number(want, here, 1).text
    } else {
        // Nothing missing and nothing negative, so that the pot can be shared.
        let figure = writer.number(want, here, 1);
        let zero = writer.random.word(match (want.dimension, want.scale) {
            (MONEY, _) => &["£0", "£1", "£1"],
            (_, Scale::Share) => &["0%", "10%", "10%"],
            _ => &["0", "2", "2"],
        });
        format!("if ({}) is missing then {zero} else size of {}", figure.text, figure.placed())
    };
    let mut lines = vec![
        format!("of {pot}"),
        format!("in proportion to {weight}"),
        format!("to the nearest {}", writer.random.word(&["£1", "£1", "£0.01", "£0.50", "£5"])),
    ];
    if writer.random.chance(55) {
        lines.push(format!("at least {}", writer.random.word(&["£1", "£0", "£2.50", "£100", "£1,000"])));
    }
    if writer.random.chance(30) {
        let most = if writer.random.chance(70) {
            writer.random.word(&["£1,000", "£1m", "£400,000.25", "£1bn"]).to_owned()
        } else {
            writer.number(Want::of(MONEY), here, 1).text
        };
        lines.push(format!("at most {most}"));
    }
    let kind = Kind::Quantity(Quantity::of(MONEY));
    Some(declared(writer, "allocation", &name, kind, here.level, &lines))
}

/// A ladder along a series.
fn ladder(writer: &mut Writer<'_>, number: usize) -> Option<Declared> {
    let tables: Vec<usize> =
        (0..writer.world.tables.len()).filter(|table| writer.world.series(Level::Table(*table)).is_some()).collect();
    let level = Level::Table(*writer.random.pick(&tables)?);
    let here = Here::at(level);
    let name = format!("ladder_{number}");
    let steps = LADDER.get(..writer.random.between(2, LADDER.len()))?.to_vec();
    let quoted: Vec<String> = steps.iter().map(|step| format!("\"{step}\"")).collect();
    let mut lines = vec![format!("steps {}", quoted.join(", ")), format!("up when {}", writer.logic(here, 1).text)];
    if writer.random.chance(60) {
        lines.push(format!("down when {}", writer.logic(here, 1).text));
    }
    if writer.random.chance(40) {
        lines.push(format!("start again when {}", writer.logic(here, 1).text));
    }
    Some(declared(writer, "ladder", &name, Kind::Choice(steps), level, &lines))
}

/// Measures along a series that read their own past, alone or through each other.
fn own_past(writer: &mut Writer<'_>, number: usize) -> Option<Declared> {
    let tables: Vec<usize> =
        (0..writer.world.tables.len()).filter(|table| writer.world.series(Level::Table(*table)).is_some()).collect();
    let here = Here::at(Level::Table(*writer.random.pick(&tables)?));
    let word = writer.world.series(here.level)?.kind.word();
    let want = writer.random.pick(&kinds_of_number()).copied()?.with(Allowed::NotToDate);
    let figure = writer.touching(want, here, 1)?;
    let quantity = figure.quantity;
    let (one, two) = (format!("past_{number}"), format!("past_{number}_other"));
    let is_pair = writer.random.chance(50);
    let before = if is_pair { &two } else { &one };
    let back = writer.random.word(&["half", "whole", "all"]);
    let past = match back {
        "half" => format!("({before} in the previous {word}) * 50%"),
        _ => format!("({before} in the previous {word})"),
    };
    let mut lines = vec![format!("is {past} + {}", figure.operand())];
    if writer.random.chance(80) {
        lines.push(format!("if missing {}", writer.number(Want::like(quantity), here, 0).text));
    }
    if writer.random.chance(30) {
        let most = writer.literal(Want::like(quantity));
        lines.push(format!("at most {}", most.text));
    }
    let mut all = declared(writer, "measure", &one, Kind::Quantity(quantity), here.level, &lines);
    if is_pair {
        let condition = writer.logic(here, 1);
        let lines =
            [format!("is if {} then {one} else {}", condition.text, writer.number(Want::like(quantity), here, 0).text)];
        let other = declared(writer, "measure", &two, Kind::Quantity(quantity), here.level, &lines);
        all.text.push('\n');
        all.text.push_str(&other.text);
        all.named.extend(other.named);
    }
    Some(all)
}

/// Squares of squares: numbers that grow until they are too large.
fn powers(writer: &mut Writer<'_>, here: Here, number: usize) -> Declared {
    let name = format!("power_{number}");
    let base = writer.number(Want::on(Scale::Plain), here, 0);
    let base = base.operand();
    let mut all = declared(
        writer,
        "measure",
        &name,
        Kind::Quantity(Quantity::PLAIN),
        here.level,
        &[format!("is {base} * {base}")],
    );
    let mut last = name.clone();
    for step in 1..=writer.random.between(1, 5) {
        let next = format!("{name}_{step}");
        let more = declared(
            writer,
            "measure",
            &next,
            Kind::Quantity(Quantity::PLAIN),
            here.level,
            &[format!("is {last} * {last}")],
        );
        all.text.push('\n');
        all.text.push_str(&more.text);
        all.named.extend(more.named);
        last = next;
    }
    all
}
