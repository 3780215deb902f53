//! What the change does to the areas: totals, conditions and decisions, what moved them, and who moved most.

use super::{Briefing, Weighed, result_label, totals};
use crate::diff::effect::{Alone, Effect, Figure, Flip, Moved, Unsplit};
use crate::model::{DeclarationId, DeclarationKind, Level};
use crate::report::doc::document::{Anchor, Block, Column, Item, Row, Section, Style, Table, Text};
use crate::report::run::{CANNOT_DETERMINE, NO_VALUE, counted, grouped};
use crate::report::{Run, Tone};
use crate::value::{Number, Value};

/// How many results have their movers told, and how many records of a flip are named.
const MOST_RESULTS: usize = 4;
const MOST_NAMES: usize = 6;
/// How many different words a result may have for its records to be counted by them.
const MOST_STATES: usize = 8;

/// The section; nothing where no result changes.
pub(super) fn section(briefing: &Briefing<'_>, weighed: Weighed<'_>) -> Option<Section> {
    let effect = weighed.effect;
    if !effect.is_any() {
        return None;
    }
    let mut sections = Vec::new();
    let mut push = |name: &str, heading: &str, blocks: Vec<Block>| {
        if !blocks.is_empty() {
            let (anchor, heading) = (Anchor::new(name), heading.to_owned());
            sections.push(Section { anchor, heading, blocks, ..Section::default() });
        }
    };
    push("totals", "Totals", totals_of(weighed));
    push("flips", "Conditions and decisions", flips(briefing, weighed));
    push("causes", "What moved them", causes(briefing, weighed));
    push("movers", "The largest movers", movers(briefing, weighed));
    push("come", "Only in the new rules", alone(weighed.new, &effect.come));
    push("gone", "Only in the old rules", alone(weighed.old, &effect.gone));
    Some(Section {
        anchor: Anchor::new("areas"),
        heading: "What it does to the areas".to_owned(),
        blocks: notes(weighed),
        sections,
        ..Section::default()
    })
}

/// What has to be said about the data and the figures.
fn notes(weighed: Weighed<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut files = weighed.old.illustrative_files();
    files.extend(weighed.new.illustrative_files());
    files.sort();
    files.dedup();
    if !files.is_empty() {
        let text = format!("{}: these figures are made up to show how the rules work.", files.join(", "));
        blocks.push(Block::Aside { tone: Tone::Unknown, word: "Illustrative data".to_owned(), text: Text::of(text) });
    }
    let results = weighed.effect.figures.iter().map(|figure| figure.new);
    let results = results.chain(weighed.effect.states.iter().map(|state| state.new));
    if results.chain(weighed.effect.come.iter().map(|alone| alone.id)).any(|id| weighed.new.is_unverified(id)) {
        let text = "† marks what rests on something that is not verified; the rules say what.";
        blocks.push(Block::Paragraph(Text::styled(text, Style::Faint)));
    }
    blocks
}

/// Whether a result is told in tables: parts of outcomes are told as their outcome.
fn is_told(run: &Run<'_>, id: DeclarationId) -> bool {
    !matches!(run.model.declaration(id).kind, DeclarationKind::OutcomePart(_))
}

fn row(cells: impl IntoIterator<Item = Text>) -> Row {
    Row { anchor: None, cells: cells.into_iter().map(|cell| vec![cell]).collect() }
}

fn count(n: usize) -> Text {
    if n == 0 { Text::mark(Tone::Faint, NO_VALUE) } else { Text::of(grouped(n as u64)) }
}

fn totals_of(weighed: Weighed<'_>) -> Vec<Block> {
    let told = weighed.effect.figures.iter().filter(|figure| is_told(weighed.new, figure.new));
    let (moved, same): (Vec<&Figure>, Vec<&Figure>) =
        told.partition(|figure| !figure.moved.is_empty() || figure.counts.has_other_records());
    let mut blocks = Vec::new();
    let heads = ["Before", "After", "Change", "Up", "Down", "Same", "Not known"].map(Column::figures);
    let columns: Vec<Column> = std::iter::once(Column::words("Result")).chain(heads).collect();
    let rows: Vec<Row> = moved.iter().map(|figure| total_row(weighed, figure)).collect();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table { caption: Text::new(), columns, rows }));
    }
    if !same.is_empty() {
        let n = grouped(same.len() as u64);
        let other = if blocks.is_empty() { "" } else { "other " };
        let text = if same.len() == 1 {
            format!("1 {other}figure is as before.")
        } else {
            format!("{n} {other}figures are as before.")
        };
        blocks.push(Block::Paragraph(Text::of(text)));
    }
    blocks
}

fn total_row(weighed: Weighed<'_>, figure: &Figure) -> Row {
    let is_nation = figure.level == Level::Nation;
    let shown = |run: &Run<'_>, id: DeclarationId, total: &crate::diff::effect::Total| {
        let is_known = total.determined > 0 && (is_nation || figure.is_additive);
        totals::figure(run, id, is_known.then_some(&total.sum))
    };
    let counts = figure.counts;
    let change = if figure.change.is_zero() || !(is_nation || figure.is_additive) {
        Text::of(if figure.is_additive { "" } else { NO_VALUE })
    } else {
        difference(weighed, figure, &figure.change)
    };
    let by_record = |n: usize| if is_nation { Text::new() } else { count(n) };
    let unknown = match (counts.lost, counts.found, counts.open) {
        (0, 0, open) => by_record(open),
        (lost, found, open) => {
            let now = lost + open;
            let before = found + open;
            if is_nation {
                Text::of(if lost > 0 { "now" } else { "before" })
            } else {
                Text::of(format!("{before} → {now}"))
            }
        }
    };
    row([
        Text::of(result_label(weighed.new, figure.new)),
        Text::of(shown(weighed.old, figure.old, &figure.before)),
        Text::of(shown(weighed.new, figure.new, &figure.after)),
        change,
        by_record(counts.up),
        by_record(counts.down),
        by_record(counts.same),
        unknown,
    ])
}

fn difference(weighed: Weighed<'_>, figure: &Figure, number: &Number) -> Text {
    Text::of(totals::difference(weighed.new, figure.new, number))
}

/// A state as it is shown.
fn state(run: &Run<'_>, id: DeclarationId, value: Option<&Value>) -> Text {
    match value {
        Some(value) => {
            let (text, tone) = run.known(id, value);
            Text::mark(tone, text)
        }
        None => Text::mark(Tone::Unknown, if run.has_states(id) { CANNOT_DETERMINE } else { NO_VALUE }),
    }
}

/// `A reduction of at least 3.5%: 37 areas from met to not met: York, Leicester, 35 more; moved by …`
fn flips(briefing: &Briefing<'_>, weighed: Weighed<'_>) -> Vec<Block> {
    let has_causes = has_several_causes(weighed.effect);
    let mut items = Vec::new();
    for change in weighed.effect.states.iter().filter(|change| is_told(weighed.new, change.new)) {
        let mut parts = Vec::new();
        for flip in &change.flips {
            let mut text = match change.level {
                Level::Nation => Text::new(),
                Level::Table(table) => {
                    let n = u32::try_from(flip.records.len()).unwrap_or(u32::MAX);
                    Text::of(format!("{} ", counted(weighed.new.model, table, n)))
                }
            };
            text = text.and("from ").join(state(weighed.old, change.old, flip.from.as_ref()));
            text = text.and(" to ").join(state(weighed.new, change.new, flip.to.as_ref()));
            let names = names(weighed.new, change.level, flip);
            if !names.is_empty() {
                text.say(&format!(": {names}"));
            }
            if has_causes {
                text = text.and("; moved by ").join(flip_causes(briefing, weighed.effect, flip));
            }
            parts.push(text);
        }
        let label = Text::styled(result_label(weighed.new, change.new), Style::Strong);
        match parts.len() {
            0 => {}
            1 => items.push(Item::of(label.and(": ").join(parts.remove(0)))),
            _ => items.push(Item { text: label, parts: parts.into_iter().map(Item::of).collect() }),
        }
    }
    if items.is_empty() { Vec::new() } else { vec![Block::List { is_ordered: false, items }] }
}

fn names(run: &Run<'_>, level: Level, flip: &Flip) -> String {
    let named = flip.records.iter().take(MOST_NAMES).filter_map(|(row, _)| run.rows.at(level, *row));
    let mut names: Vec<String> = named.collect();
    if flip.records.len() > names.len() && !names.is_empty() {
        names.push(format!("{} more", flip.records.len() - names.len()));
    }
    names.join(", ")
}

/// The changes that alone do it, with how many records each, where not all are alike.
fn flip_causes(briefing: &Briefing<'_>, effect: &Effect, flip: &Flip) -> Text {
    let all = flip.records.len();
    let mut texts = Vec::new();
    for (number, cause) in effect.causes.iter().enumerate() {
        let n = flip.records.iter().filter(|(_, causes)| causes.contains(&number)).count();
        if n > 0 {
            let text = briefing.cause(cause);
            texts.push(if n == all { text } else { text.and(format!(" ({})", grouped(n as u64))) });
        }
    }
    let together = flip.records.iter().filter(|(_, causes)| causes.is_empty()).count();
    if together > 0 && !effect.causes.is_empty() {
        let text =
            if together == all { "together".to_owned() } else { format!("together ({})", grouped(together as u64)) };
        texts.push(Text::of(text));
    }
    Text::listed(texts, " or ")
}

/// The one cause that moved everything, where there is one.
fn only_cause(effect: &Effect) -> Option<usize> {
    let movers = effect.movers();
    movers.first().copied().filter(|_| movers.len() == 1 && effect.is_explained())
}

/// Whether it has to be told of each result what moved it.
fn has_several_causes(effect: &Effect) -> bool {
    !effect.causes.is_empty() && only_cause(effect).is_none()
}

/// What each change alone moved.
fn causes(briefing: &Briefing<'_>, weighed: Weighed<'_>) -> Vec<Block> {
    let effect = weighed.effect;
    let told =
        |figure: &&Figure| is_told(weighed.new, figure.new) && (figure.is_additive || figure.level == Level::Nation);
    if let Some(why) = effect.unsplit {
        let text = match why {
            Unsplit::OtherData => {
                "The data differ, and the old rules cannot be applied to the new data: what the rules moved and what the \
                 data moved cannot be told apart."
            }
            Unsplit::AllAtOnce => "No change can be made without all the others: they moved it together.",
        };
        return vec![Block::Paragraph(Text::of(text))];
    }
    if let Some(only) = only_cause(effect).and_then(|only| effect.causes.get(only)) {
        return vec![Block::Paragraph(Text::of("All of it is moved by ").join(briefing.cause(only)).and("."))];
    }
    let mut rows = Vec::new();
    for figure in effect.figures.iter().filter(told).filter(|figure| !figure.change.is_zero()) {
        let mut label = result_label(weighed.new, figure.new);
        for (cause, by) in &figure.by {
            let Some(cause) = effect.causes.get(*cause) else { continue };
            rows.push(row([
                Text::of(std::mem::take(&mut label)),
                briefing.cause(cause),
                difference(weighed, figure, by),
            ]));
        }
        if !figure.together.is_zero() {
            rows.push(row([
                Text::of(std::mem::take(&mut label)),
                Text::of("together"),
                difference(weighed, figure, &figure.together),
            ]));
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![Column::words("Result"), Column::words("Moved by"), Column::figures("Change")];
    let lead = "What each change moves when it is made alone; “together” is what only several of them make.";
    vec![Block::Paragraph(Text::of(lead)), Block::Table(Table { caption: Text::new(), columns, rows })]
}

fn movers(briefing: &Briefing<'_>, weighed: Weighed<'_>) -> Vec<Block> {
    let mut figures: Vec<&Figure> = weighed
        .effect
        .figures
        .iter()
        .filter(|figure| figure.level != Level::Nation && is_told(weighed.new, figure.new))
        .filter(|figure| figure.moved.iter().any(|moved| moved.change.is_some()))
        .collect();
    let rank = |figure: &&Figure| {
        let declaration = weighed.new.model.declaration(figure.new);
        let is_money = declaration.ty.quantity().is_some_and(|quantity| quantity.dimension.money == 1);
        match declaration.kind {
            DeclarationKind::Payment(_) | DeclarationKind::Allocation { .. } => 0,
            _ if is_money => 1,
            _ => 2,
        }
    };
    figures.sort_by_key(rank);
    // Pounds first; where none moved, what did.
    let best = figures.first().map(rank).unwrap_or_default().max(1);
    figures.retain(|figure| rank(figure) <= best);
    figures.into_iter().take(MOST_RESULTS).map(|figure| Block::Table(movers_of(briefing, weighed, figure))).collect()
}

fn movers_of(briefing: &Briefing<'_>, weighed: Weighed<'_>, figure: &Figure) -> Table {
    let moved: Vec<&Moved> = figure.moved.iter().filter(|moved| moved.change.is_some()).collect();
    let has_causes = has_several_causes(weighed.effect);
    let mut rows = Vec::new();
    for one in moved.iter().take(briefing.most) {
        let Some(change) = &one.change else { continue };
        let percent = one.before.as_ref().and_then(|before| totals::percent(weighed.new, change, before));
        let mut cells = vec![
            Text::of(weighed.new.rows.at(figure.level, one.row).unwrap_or_default()),
            Text::of(totals::figure(weighed.old, figure.old, one.before.as_ref())),
            Text::of(totals::figure(weighed.new, figure.new, one.after.as_ref())),
            difference(weighed, figure, change),
            Text::of(percent.unwrap_or_else(|| NO_VALUE.to_owned())),
        ];
        if has_causes {
            cells.push(moved_by(briefing, weighed, figure, one));
        }
        rows.push(row(cells));
    }
    let level = match figure.level {
        Level::Table(table) => weighed.new.model.table(table).name.replace('_', " "),
        Level::Nation => String::new(),
    };
    let mut letters = level.chars();
    let level: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let mut columns = vec![Column::words(level.as_str())];
    columns.extend(["Before", "After", "Change", "%"].map(Column::figures));
    if has_causes {
        columns.push(Column::words("Moved by"));
    }
    let shown = rows.len();
    let mut caption = Text::styled(result_label(weighed.new, figure.new), Style::Strong);
    if moved.len() > shown {
        caption.say(&format!(" (the first {} of {} that moved)", grouped(shown as u64), grouped(moved.len() as u64)));
    }
    Table { caption, columns, rows }
}

fn moved_by(briefing: &Briefing<'_>, weighed: Weighed<'_>, figure: &Figure, moved: &Moved) -> Text {
    let mut texts = Vec::new();
    let is_single = moved.by.len() == 1 && moved.together.is_zero();
    for (cause, by) in &moved.by {
        let Some(cause) = weighed.effect.causes.get(*cause) else { continue };
        let text = briefing.cause(cause);
        texts.push(if is_single { text } else { text.and(" ").join(difference(weighed, figure, by)) });
    }
    if !moved.together.is_zero() {
        texts.push(Text::of("together ").join(difference(weighed, figure, &moved.together)));
    }
    Text::apart(texts)
}

/// Results of one of the two rulesets, with what they are or how many records are what.
fn alone(run: &Run<'_>, all: &[Alone]) -> Vec<Block> {
    let mut items = Vec::new();
    let mut untold = 0;
    for one in all.iter().filter(|one| is_told(run, one.id)) {
        let text = match (&one.total, one.states.as_slice()) {
            (Some(total), _) => {
                let sum = totals::figure(run, one.id, (total.determined > 0).then_some(&total.sum));
                let unknown = match total.undetermined {
                    0 => String::new(),
                    _ if one.level == Level::Nation => String::new(),
                    n => format!(", {} not known", grouped(n as u64)),
                };
                Text::of(format!("{sum}{unknown}"))
            }
            (None, states) if states.is_empty() || states.len() > MOST_STATES => {
                untold += 1;
                continue;
            }
            (None, states) => {
                let texts = states.iter().map(|(value, n)| {
                    let text = state(run, one.id, value.as_ref());
                    if one.level == Level::Nation {
                        text
                    } else {
                        Text::of(format!("{} ", grouped(*n as u64))).join(text)
                    }
                });
                Text::listed(texts.collect(), ", ")
            }
        };
        items.push(Item::of(Text::of(format!("{}: ", result_label(run, one.id))).join(text)));
    }
    if untold > 0 {
        let text = format!("{} more, each with its own value for every record", grouped(untold));
        items.push(Item::of(Text::styled(text, Style::Faint)));
    }
    if items.is_empty() { Vec::new() } else { vec![Block::List { is_ordered: false, items }] }
}
