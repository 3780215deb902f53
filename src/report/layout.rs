//! Text laid out in columns and lines.
//!
//! In: the cells of a table and a width. Out: lines that fit the width: columns as wide as their cells need,
//! headings and long texts wrapped, and a table that is too wide split into blocks that each repeat its first columns.

use super::ink::{Ink, Tone, harmless};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// Blanks between columns.
const GAP: usize = 2;
/// The most lines a heading takes where its column could be wider.
const MOST_HEADING_LINES: usize = 4;
/// A cell is common if it is one of at most this many.
const RARE: usize = 8;
/// The narrowest that a column of text is made.
const NARROWEST: usize = 10;
/// A blank at which no line is broken.
const HOLD: char = '\u{a0}';
/// The widest column of text.
const WIDEST: usize = 44;

/// On which side a column is flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flush {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// On which side it is flush.
    pub flush: Flush,
    /// Whether its rarer cells may be broken so that it can be narrow.
    pub wraps: bool,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How it is painted.
    pub tone: Tone,
}

/// A table of text.
#[derive(Debug, Clone, Default)]
pub struct TextTable {
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many of the first columns each block repeats.
    pub repeated: usize,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

impl Column {
    /// A column whose cells are not broken where they fit.
    pub fn new(heading: impl Into<String>, flush: Flush) -> Self {
        Self { heading: heading.into(), flush, wraps: false }
    }
}

impl Cell {
    /// A cell.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        let text: String = text.into();
        Self { text: harmless(&text).replace('\n', " "), tone }
    }
}

/// How many columns of a terminal a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks a text into lines of at most `limit` columns, at blanks where it can. A non-breaking blank holds what
/// is on its sides together and becomes a plain one.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    let text = harmless(text);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let room = if line.is_empty() { 0 } else { width(&line) + 1 };
        if room + width(word) <= limit {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            if !line.is_empty() && width(&line) + unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0) > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines.iter_mut().filter(|line| line.contains(HOLD)).for_each(|line| *line = line.replace(HOLD, " "));
    lines
}

/// A paragraph whose first line starts with `head` and whose others are indented as deep.
pub fn paragraph(head: &str, text: &str, limit: usize) -> String {
    let indent = width(head);
    let mut out = String::new();
    for (number, line) in wrap(text, limit.saturating_sub(indent).max(20)).iter().enumerate() {
        out.push_str(if number == 0 { head } else { "" });
        if number > 0 {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

impl TextTable {
    /// The width of each column.
    fn widths(&self, limit: usize) -> Vec<usize> {
        let most = WIDEST.min(limit / 2).max(8);
        let of_column = |(position, column): (usize, &Column)| {
            let of_cells = if column.wraps { self.narrow(position) } else { self.widest(position) }.min(most);
            let of_word = column.heading.split(' ').map(width).max().unwrap_or(0).min(most);
            let mut chosen = of_cells.max(of_word).max(1);
            while wrap(&column.heading, chosen).len() > MOST_HEADING_LINES && chosen < most {
                chosen += 1;
            }
            chosen
        };
        let mut widths: Vec<usize> = self.columns.iter().enumerate().map(of_column).collect();
        self.shrink(&mut widths, limit);
        widths
    }

    /// Makes texts narrower where the repeated columns and one more do not fit.
    fn shrink(&self, widths: &mut [usize], limit: usize) {
        loop {
            let repeated: usize = widths.iter().take(self.repeated).map(|width| width + GAP).sum();
            let other = widths.iter().skip(self.repeated).max().map_or(0, |width| width + GAP);
            let texts = widths.iter().zip(&self.columns).enumerate();
            let widest = texts
                .filter(|(_, (width, column))| column.flush == Flush::Left && **width > NARROWEST)
                .max_by_key(|(_, (width, _))| **width);
            match widest {
                Some((position, _)) if repeated + other > limit + GAP => widths[position] -= 1,
                _ => return,
            }
        }
    }

    fn cells(&self, position: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(position))
    }

    fn widest(&self, position: usize) -> usize {
        self.cells(position).map(|cell| width(&cell.text)).max().unwrap_or(0)
    }

    /// As wide as the cells that are common need, and the words of the others.
    fn narrow(&self, position: usize) -> usize {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for cell in self.cells(position) {
            *counts.entry(width(&cell.text)).or_insert(0) += 1;
        }
        let common = counts.iter().filter(|(_, count)| *count * RARE >= self.rows.len()).map(|(width, _)| *width);
        let words = self.cells(position).flat_map(|cell| cell.text.split(' ')).map(width);
        common.chain(words).max().unwrap_or(0)
    }

    /// Rows as columns: for a few records with many results.
    #[must_use]
    pub fn transposed(self) -> Self {
        let name = |row: &Vec<Cell>| {
            let names: Vec<&str> = row.iter().take(self.repeated).map(|cell| cell.text.as_str()).collect();
            Column::new(names.join(", "), Flush::Right)
        };
        let columns = std::iter::once(Column::new("", Flush::Left)).chain(self.rows.iter().map(name)).collect();
        let line = |(position, column): (usize, &Column)| {
            let cells = self.cells(position).cloned();
            std::iter::once(Cell::new(column.heading.clone(), Tone::Plain)).chain(cells).collect()
        };
        let rows = self.columns.iter().enumerate().skip(self.repeated).map(line).collect();
        Self { columns, repeated: 1, rows }
    }

    /// Which columns stand together, the repeated ones left out.
    fn blocks(&self, widths: &[usize], limit: usize) -> Vec<Vec<usize>> {
        let taken: usize = widths.iter().take(self.repeated).map(|width| width + GAP).sum();
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        let mut block = Vec::new();
        let mut used = taken;
        for (position, width) in widths.iter().enumerate().skip(self.repeated) {
            if !block.is_empty() && used + width > limit {
                blocks.push(std::mem::take(&mut block));
                used = taken;
            }
            used += width + GAP;
            block.push(position);
        }
        if !block.is_empty() || blocks.is_empty() {
            blocks.push(block);
        }
        blocks
    }

    /// Whether all columns stand in one block.
    pub fn fits(&self, limit: usize) -> bool {
        let widths = self.widths(limit);
        self.blocks(&widths, limit).len() == 1 && widths.iter().map(|width| width + GAP).sum::<usize>() <= limit + GAP
    }

    /// The table as text, block after block with a blank line between.
    pub fn render(&self, limit: usize, ink: Ink) -> String {
        let widths = self.widths(limit);
        let mut out = String::new();
        for (number, block) in self.blocks(&widths, limit).iter().enumerate() {
            if number > 0 {
                out.push('\n');
            }
            let shown: Vec<usize> = (0..self.repeated.min(self.columns.len())).chain(block.iter().copied()).collect();
            self.render_heading(&shown, &widths, ink, &mut out);
            for row in &self.rows {
                let cells: Vec<(Vec<String>, Tone)> = shown
                    .iter()
                    .map(|position| {
                        row.get(*position).map_or((vec![String::new()], Tone::Plain), |cell| {
                            (wrap(&cell.text, widths.get(*position).copied().unwrap_or(1)), cell.tone)
                        })
                    })
                    .collect();
                self.render_lines(&shown, &widths, &cells, false, ink, &mut out);
            }
        }
        out
    }

    fn render_heading(&self, shown: &[usize], widths: &[usize], ink: Ink, out: &mut String) {
        let headings = |position: &usize| self.columns.get(*position).map_or("", |column| &column.heading);
        if shown.iter().all(|position| headings(position).is_empty()) {
            return;
        }
        let cells: Vec<(Vec<String>, Tone)> = shown
            .iter()
            .map(|position| (wrap(headings(position), widths.get(*position).copied().unwrap_or(1)), Tone::Heading))
            .collect();
        self.render_lines(shown, widths, &cells, true, ink, out);
        let rules: Vec<String> =
            shown.iter().map(|position| "─".repeat(widths.get(*position).copied().unwrap_or(1))).collect();
        out.push_str(&ink.paint(Tone::Faint, &rules.join(&" ".repeat(GAP))));
        out.push('\n');
    }

    /// The lines of a row; a heading stands on the rule below it.
    fn render_lines(
        &self,
        shown: &[usize],
        widths: &[usize],
        cells: &[(Vec<String>, Tone)],
        at_bottom: bool,
        ink: Ink,
        out: &mut String,
    ) {
        let height = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
        for number in 0..height {
            let mut blanks = 0;
            for (position, (lines, tone)) in shown.iter().zip(cells) {
                let line = if at_bottom { (number + lines.len()).checked_sub(height) } else { Some(number) };
                let text = line.and_then(|line| lines.get(line)).map_or("", String::as_str);
                let room = widths.get(*position).copied().unwrap_or(1).saturating_sub(width(text));
                let is_right = self.columns.get(*position).is_some_and(|column| column.flush == Flush::Right);
                if is_right {
                    blanks += room;
                }
                if !text.is_empty() {
                    // Blanks are only written before text, so that no line ends in one.
                    out.push_str(&" ".repeat(blanks));
                    out.push_str(&ink.paint(*tone, text));
                    blanks = 0;
                }
                blanks += if is_right { GAP } else { room + GAP };
            }
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> TextTable {
        let column = |heading: &str, flush| Column::new(heading, flush);
        let row = |cells: [&str; 4]| cells.iter().map(|text| Cell::new(*text, Tone::Plain)).collect();
        TextTable {
            columns: vec![
                column("Area", Flush::Left),
                column("Pot for performance", Flush::Right),
                column("Agreed", Flush::Left),
                column("Unearned", Flush::Right),
            ],
            repeated: 1,
            rows: vec![row(["Sunderland", "£1,234", "met", "£0"]), row(["York", "–", "cannot determine", "–"])],
        }
    }

    #[test]
    fn headings_wrap_and_numbers_are_flush_right() {
        let expected = concat!(
            "                Pot for\n",
            "Area        performance  Agreed            Unearned\n",
            "──────────  ───────────  ────────────────  ────────\n",
            "Sunderland       £1,234  met                     £0\n",
            "York                  –  cannot determine         –\n",
        );
        assert_eq!(table().render(80, Ink::default()), expected);
    }

    #[test]
    fn a_wide_table_repeats_its_first_column() {
        assert!(!table().fits(45));
        let text = table().render(45, Ink::default());
        assert_eq!(text.matches("Sunderland").count(), 2);
        assert!(text.lines().all(|line| width(line) <= 45), "{text}");
    }

    #[test]
    fn words_longer_than_a_line_are_broken() {
        assert_eq!(wrap("a verylongword b", 6), ["a", "verylo", "ngword", "b"]);
        assert_eq!(wrap("", 6), [""]);
    }
}
