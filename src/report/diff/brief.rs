//! What matters most, on half a page.

use super::rules::KINDS;
use super::{Briefing, Weighed, result_label, totals};
use crate::diff::effect::Figure;
use crate::diff::{Change, Side, What};
use crate::model::{DeclarationId, DeclarationKind, Level};
use crate::report::Tone;
use crate::report::doc::document::{Anchor, Block, Column, Item, Row, Section, Table, Text};
use crate::report::run::grouped;
use crate::value::date_text;
use std::collections::BTreeSet;

/// How many figures are told here.
const MOST: usize = 6;

/// The section.
pub(super) fn section(briefing: &Briefing<'_>) -> Section {
    let mut blocks = vec![Block::Facts(vec![
        ("Before".to_owned(), vec![head(briefing.old)]),
        ("After".to_owned(), vec![head(briefing.new)]),
    ])];
    let changes = briefing.changes;
    if changes.is_empty() {
        blocks.push(Block::Paragraph(Text::mark(Tone::Good, "The two say the same.").and(" Nothing changes.")));
    } else if !changes.has_substance() {
        let text = "What comes out does not change: only words, names, sources or examples do.";
        blocks.push(Block::Paragraph(Text::mark(Tone::Good, text)));
    }
    if let Some(table) = counts(briefing) {
        blocks.push(Block::Table(table));
    }
    if let Some(weighed) = briefing.weighed {
        blocks.extend(effect(weighed));
    }
    Section { anchor: Anchor::new("brief"), heading: "In brief".to_owned(), blocks, ..Section::default() }
}

/// `Better Care Fund 2015-16 (original), superseded, 20 December 2013 to 24 July 2014.`
fn head(side: Side<'_>) -> Text {
    let ruleset = &side.model.ruleset;
    let mut text = Text::of(ruleset.title());
    ruleset.status.iter().for_each(|status| text.say(&format!(", {status}")));
    if let Some(from) = ruleset.from {
        text.say(&format!(", {}", date_text(from)));
        ruleset.to.iter().for_each(|to| text.say(&format!(" to {}", date_text(*to))));
    }
    text
}

/// How many declarations of each kind there were and are.
fn counts(briefing: &Briefing<'_>) -> Option<Table> {
    let number = |side: Side<'_>, kinds: &[&str]| -> usize {
        let model = side.model;
        let rules = model.declarations.iter().filter(|rule| !rule.name.contains('.'));
        let rules = rules.filter(|rule| kinds.contains(&crate::diff::rule_word(&rule.kind))).count();
        let of = |word: &str, count: usize| if kinds.contains(&word) { count } else { 0 };
        rules + of("parameter", model.parameters.len()) + of("data", model.tables.len()) + of("unit", model.units.len())
    };
    let mut rows = Vec::new();
    for (heading, kinds) in KINDS.iter().filter(|(_, kinds)| !kinds.contains(&"rules")) {
        let of_kind: Vec<&Change> =
            briefing.changes.changes.iter().filter(|change| kinds.contains(&change.word)).collect();
        if of_kind.is_empty() {
            continue;
        }
        let with = |what: What| of_kind.iter().filter(|change| change.what == what).count();
        let shown = |n: usize| if n == 0 { Text::mark(Tone::Faint, "–") } else { Text::of(grouped(n as u64)) };
        let cells = [
            Text::of(*heading),
            shown(number(briefing.old, kinds)),
            shown(number(briefing.new, kinds)),
            shown(with(What::Changed)),
            shown(with(What::Added)),
            shown(with(What::Removed)),
            shown(with(What::Renamed)),
        ];
        rows.push(Row { anchor: None, cells: cells.into_iter().map(|cell| vec![cell]).collect() });
    }
    let figures = ["Before", "After", "Changed", "New", "Gone", "Renamed"].map(Column::figures);
    let columns = std::iter::once(Column::words("Of the rules")).chain(figures).collect();
    (!rows.is_empty()).then(|| Table { caption: Text::new(), columns, rows })
}

/// What comes out differently: how many areas, and the figures that matter most.
fn effect(weighed: Weighed<'_>) -> Vec<Block> {
    let effect = weighed.effect;
    if !effect.is_any() {
        return vec![Block::Paragraph(Text::mark(Tone::Good, "On these data no result changes."))];
    }
    let mut items = touched(weighed);
    let mut figures: Vec<&Figure> = effect.figures.iter().filter(|figure| weight(weighed, figure.new) > 0).collect();
    figures.retain(|figure| !figure.moved.is_empty() && (figure.is_additive || figure.level == Level::Nation));
    // A line of the nation that is not known has no place among what matters most.
    figures.retain(|figure| figure.before.determined > 0 && figure.after.determined > 0);
    figures.sort_by_key(|figure| std::cmp::Reverse(weight(weighed, figure.new)));
    for figure in figures.into_iter().take(MOST) {
        let before =
            totals::figure(weighed.old, figure.old, (figure.before.determined > 0).then_some(&figure.before.sum));
        let after = totals::figure(weighed.new, figure.new, (figure.after.determined > 0).then_some(&figure.after.sum));
        let change = totals::difference(weighed.new, figure.new, &figure.change);
        let is_partial = figure.counts.lost + figure.counts.found > 0;
        let where_known = if is_partial { " where both are known" } else { "" };
        let label = result_label(weighed.new, figure.new);
        let text = format!("{label}: from {before} to {after} ({change}{where_known})");
        items.push(Item::of(Text::of(text)));
    }
    vec![Block::List { is_ordered: false, items }]
}

/// How much a figure matters: what is paid, then money of the nation, then other lines of the nation.
fn weight(weighed: Weighed<'_>, id: DeclarationId) -> u8 {
    let declaration = weighed.new.model.declaration(id);
    let is_money = declaration.ty.quantity().is_some_and(|quantity| quantity.dimension.money == 1);
    match (&declaration.kind, declaration.level, is_money) {
        (DeclarationKind::Payment(_) | DeclarationKind::Allocation { .. }, ..) => 4,
        (DeclarationKind::OutcomePart(_), ..) => 0,
        (_, Level::Nation, true) => 3,
        (_, Level::Nation, false) => 2,
        (_, Level::Table(_), true) => 1,
        _ => 0,
    }
}

/// At how many records of the nation anything comes out differently.
fn touched(weighed: Weighed<'_>) -> Vec<Item> {
    let model = weighed.new.model;
    let mut items = Vec::new();
    for (index, table) in model.tables.iter().enumerate().filter(|(_, table)| table.parents.is_empty()) {
        let level = Level::Table(crate::model::TableId::from_index(index));
        let is_compared = weighed.effect.figures.iter().any(|figure| figure.level == level)
            || weighed.effect.states.iter().any(|state| state.level == level);
        if !is_compared {
            continue;
        }
        let figures = weighed.effect.figures.iter().filter(|figure| figure.level == level);
        let mut rows: BTreeSet<usize> = figures.flat_map(|figure| figure.moved.iter().map(|moved| moved.row)).collect();
        let states = weighed.effect.states.iter().filter(|state| state.level == level);
        rows.extend(states.flat_map(|state| &state.flips).flat_map(|flip| flip.records.iter().map(|(row, _)| *row)));
        let all = weighed.new.rows.count(level);
        let plural = if all == 1 { &table.name } else { &table.plural };
        let text = match rows.len() {
            0 => format!("None of {} {plural} has another result than before", grouped(all as u64)),
            n => format!("{} of {} {plural} have other results than before", grouped(n as u64), grouped(all as u64)),
        };
        items.push(Item::of(Text::of(text)));
    }
    items
}
