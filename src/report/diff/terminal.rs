//! A document laid out for a terminal.
//!
//! In: a document, a width and whether it is painted. Out: text: headings, lists and tables that fit the width.

use crate::report::doc::document::{Block, Document, Item, Section, Style as Set, Table, Text};
use crate::report::layout::{Cell, Column, Flush, TextTable, wrap};
use crate::report::{Ink, Tone};

/// How it is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether it is painted.
    pub ink: Ink,
}

/// The document as text.
pub fn text(document: &Document, style: Style) -> String {
    let mut page = Page { style, out: String::new() };
    page.heading(&document.title, '═');
    page.blocks(&document.front);
    page.sections(&document.sections, 0);
    let trimmed = page.out.trim_end().len();
    page.out.truncate(trimmed);
    page.out.push('\n');
    page.out
}

struct Page {
    style: Style,
    out: String,
}

impl Page {
    fn heading(&mut self, text: &str, line: char) {
        let lines = wrap(text, self.style.width);
        let longest = lines.iter().map(|line| super::super::layout::width(line)).max().unwrap_or(0);
        for line in &lines {
            self.out.push_str(&self.style.ink.paint(Tone::Heading, line));
            self.out.push('\n');
        }
        self.out.push_str(&self.style.ink.paint(Tone::Faint, &line.to_string().repeat(longest)));
        self.out.push_str("\n\n");
    }

    fn sections(&mut self, sections: &[Section], depth: usize) {
        for section in sections {
            if depth == 0 {
                self.heading(&section.heading, '─');
            } else {
                for line in wrap(&section.heading, self.style.width) {
                    self.out.push_str(&self.style.ink.paint(Tone::Heading, &line));
                    self.out.push('\n');
                }
            }
            if !section.about.is_empty() {
                self.paragraph(&section.about, 0, "");
            }
            self.blocks(&section.blocks);
            self.sections(&section.sections, depth + 1);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.paragraph(text, 0, ""),
                Block::List { items, .. } => self.items(items, 2),
                Block::Facts(facts) => {
                    for (word, said) in facts {
                        let lead = Text::styled(format!("{word}: "), Set::Strong);
                        self.paragraph(&lead.join(Text::apart(said.clone())), 2, "");
                    }
                }
                Block::Table(table) => self.table(table),
                Block::Code { lines, .. } => lines.iter().for_each(|line| self.paragraph(line, 4, "")),
                Block::Aside { tone, word, text } => {
                    let lead = Text::mark(*tone, format!("{word}. "));
                    self.paragraph(&lead.join(text.clone()), 0, "");
                }
                Block::Timeline(_) => continue,
            }
            self.out.push('\n');
        }
    }

    fn items(&mut self, items: &[Item], indent: usize) {
        for item in items {
            self.paragraph(&item.text, indent, if indent > 2 { "- " } else { "" });
            self.items(&item.parts, indent + 2);
        }
    }

    /// A text in lines, each piece in its own tone.
    fn paragraph(&mut self, text: &Text, indent: usize, bullet: &str) {
        let bullet_width = bullet.len();
        let room = self.style.width.saturating_sub(indent + bullet_width).max(20);
        let tones = tones(text);
        let words: String = tones.iter().map(|(letter, _)| *letter).collect();
        let mut at = 0;
        for (number, line) in wrap(&words, room).iter().enumerate() {
            let lead = if number == 0 { bullet } else { "" };
            self.out.push_str(&format!("{}{lead:bullet_width$}", " ".repeat(indent)));
            // Blanks at the break are not on the line.
            while tones.get(at).is_some_and(|(letter, _)| *letter == ' ') {
                at += 1;
            }
            let end = at + line.chars().count();
            let mut stretch = String::new();
            let mut tone = Tone::Plain;
            for (letter, of_letter) in tones.get(at..end.min(tones.len())).unwrap_or_default() {
                if *of_letter != tone && !stretch.is_empty() {
                    self.out.push_str(&self.style.ink.paint(tone, &stretch));
                    stretch.clear();
                }
                tone = *of_letter;
                stretch.push(if *letter == '\u{a0}' { ' ' } else { *letter });
            }
            self.out.push_str(&self.style.ink.paint(tone, &stretch));
            at = end;
            let trimmed = self.out.trim_end_matches(' ').len();
            self.out.truncate(trimmed);
            self.out.push('\n');
        }
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.paragraph(&table.caption, 0, "");
        }
        let column = |(position, column): (usize, &crate::report::doc::document::Column)| {
            let flush = if column.has_figures { Flush::Right } else { Flush::Left };
            // What names the row is read first and keeps its room.
            Column { heading: plain(&column.heading), flush, wraps: !column.has_figures && position > 0 }
        };
        let cell = |lines: &Vec<Text>| {
            let words: Vec<String> = lines.iter().map(plain).collect();
            let tone = lines.first().and_then(|line| line.0.first()).map_or(Tone::Plain, |piece| tone(piece.style));
            Cell::new(words.join("; "), tone)
        };
        let rows = table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect();
        let text = TextTable { columns: table.columns.iter().enumerate().map(column).collect(), repeated: 1, rows };
        self.out.push_str(&text.render(self.style.width, self.style.ink));
    }
}

/// The words of a text, words of the rules between backticks.
fn plain(text: &Text) -> String {
    tones(text).into_iter().map(|(letter, _)| letter).collect()
}

/// The letters of a text as `wrap` sees them, each with its tone: runs of blanks are one.
fn tones(text: &Text) -> Vec<(char, Tone)> {
    let mut letters: Vec<(char, Tone)> = Vec::new();
    for piece in &text.0 {
        let mark = if piece.style == Set::Code { "`" } else { "" };
        let words = format!("{mark}{}{mark}", crate::report::ink::harmless(&piece.words));
        for letter in words.chars() {
            let letter = if letter == '\n' { ' ' } else { letter };
            if letter != ' ' || letters.last().is_some_and(|(last, _)| *last != ' ') {
                letters.push((letter, tone(piece.style)));
            }
        }
    }
    letters
}

fn tone(style: Set) -> Tone {
    match style {
        Set::Plain | Set::Code => Tone::Plain,
        Set::Strong => Tone::Heading,
        Set::Faint => Tone::Faint,
        Set::Mark(tone) => tone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_tones_across_lines() {
        let text = Text::mark(Tone::Good, "New").and(" the pot of an area ").join(Text::code("a  >= b"));
        let mut page = Page { style: Style { width: 20, ink: Ink { is_colored: true } }, out: String::new() };
        page.paragraph(&text, 2, "");
        assert_eq!(page.out, "  \u{1b}[32mNew\u{1b}[0m the pot of an\n  area `a >= b`\n");
    }
}
