//! A document as Markdown (CommonMark with the tables of GitHub).
//!
//! In: a document. Out: text. Places that links find are marked with `<a id="…"></a>`, the only HTML in it: what the
//! rules say is escaped, so that no label or note can become markup.

use super::document::{Block, Document, Item, Section, Style, Table, Text};
use crate::report::Tone;
use crate::report::ink::harmless;
use std::fmt::Write as _;

/// The document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    let _ = write!(out, "# {}\n\n", escaped(&document.title));
    blocks(&mut out, &document.front);
    if !document.sections.is_empty() {
        out.push_str("## Contents\n\n");
        contents(&mut out, &document.sections, 0);
        out.push('\n');
    }
    sections(&mut out, &document.sections, 2);
    let _ = write!(out, "---\n\n{}\n", text(&document.colophon));
    out
}

/// Sections and the sections in them, no deeper.
fn contents(out: &mut String, sections: &[Section], depth: usize) {
    for section in sections {
        let (indent, heading) = ("   ".repeat(depth), escaped(&section.heading));
        let _ = writeln!(out, "{indent}- [{} {heading}](#{})", section.number, section.anchor.as_str());
        if depth == 0 && !section.hides_inner {
            contents(out, &section.sections, depth + 1);
        }
    }
}

fn sections(out: &mut String, all: &[Section], depth: usize) {
    for section in all {
        let hashes = "#".repeat(depth.min(6));
        let heading = escaped(&section.heading);
        let _ = write!(out, "<a id=\"{}\"></a>\n\n{hashes} {} {heading}\n\n", section.anchor.as_str(), section.number);
        if !section.about.is_empty() {
            let _ = write!(out, "{}\n\n", text(&section.about));
        }
        blocks(out, &section.blocks);
        sections(out, &section.sections, depth + 1);
    }
}

fn blocks(out: &mut String, all: &[Block]) {
    for block in all {
        match block {
            Block::Paragraph(paragraph) => {
                let _ = write!(out, "{}\n\n", text(paragraph));
            }
            Block::List { is_ordered, items } => {
                list(out, items, *is_ordered, 0);
                out.push('\n');
            }
            Block::Facts(facts) => {
                for (word, said) in facts {
                    let said: Vec<String> = said.iter().map(text).collect();
                    let _ = writeln!(out, "- **{}:** {}", escaped(word), said.join("; "));
                }
                out.push('\n');
            }
            Block::Table(table) => self::table(out, table),
            Block::Code { caption, lines } => code(out, caption, lines),
            Block::Aside { word, text: said, .. } => {
                let _ = write!(out, "> **{}.** {}\n\n", escaped(word), text(said));
            }
            // The table beside it says the same.
            Block::Timeline(_) => {}
        }
    }
}

fn list(out: &mut String, items: &[Item], is_ordered: bool, indent: usize) {
    for (index, item) in items.iter().enumerate() {
        let bullet = if is_ordered { format!("{}.", index + 1) } else { "-".to_owned() };
        let _ = writeln!(out, "{}{bullet} {}", " ".repeat(indent), text(&item.text));
        list(out, &item.parts, false, indent + bullet.len() + 1);
    }
}

fn table(out: &mut String, table: &Table) {
    if !table.caption.is_empty() {
        let _ = write!(out, "**{}**\n\n", text(&table.caption));
    }
    let heads: Vec<String> = table.columns.iter().map(|column| text(&column.heading)).collect();
    let rules: Vec<&str> = table.columns.iter().map(|column| if column.has_figures { "---:" } else { "---" }).collect();
    let _ = write!(out, "| {} |\n| {} |\n", heads.join(" | "), rules.join(" | "));
    for row in &table.rows {
        let mut cells: Vec<String> = row
            .cells
            .iter()
            .map(|lines| lines.iter().map(text).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("<br>"))
            .collect();
        if let (Some(anchor), Some(first)) = (&row.anchor, cells.first_mut()) {
            first.insert_str(0, &format!("<a id=\"{}\"></a>", anchor.as_str()));
        }
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
}

/// A block of code, fenced by more backticks than stand in it.
fn code(out: &mut String, caption: &str, lines: &[Text]) {
    let lines: Vec<String> = lines.iter().map(|line| harmless(&line.words()).replace('\n', " ")).collect();
    let longest = lines.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = write!(out, "{}:\n\n{fence}\n{}\n{fence}\n\n", escaped(caption), lines.join("\n"));
}

/// A text on one line.
fn text(all: &Text) -> String {
    let mut out = String::new();
    for (index, piece) in all.0.iter().enumerate() {
        let words = match piece.style {
            Style::Code => code_span(&piece.words),
            Style::Strong => around("**", &piece.words),
            Style::Mark(Tone::Plain | Tone::Faint) | Style::Plain if index == 0 => escaped(&piece.words),
            Style::Mark(Tone::Plain | Tone::Faint) | Style::Plain => escaped_within(&piece.words),
            Style::Mark(_) => around("**", &piece.words),
            Style::Faint => around("*", &piece.words),
        };
        match &piece.to {
            Some(to) => {
                let _ = write!(out, "[{words}](#{})", to.as_str());
            }
            None => out.push_str(&words),
        }
    }
    out
}

/// Words with a mark on both sides; blanks at their ends stay outside, where they do not undo it.
fn around(mark: &str, words: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    let before = words.len() - words.trim_start().len();
    let after = words.len() - words.trim_end().len();
    format!("{}{mark}{}{mark}{}", " ".repeat(before), escaped(inner), " ".repeat(after))
}

/// Words of the rules. A bar would end the cell of a table even inside, so such words are only escaped.
fn code_span(words: &str) -> String {
    if words.contains(['`', '|', '\n', '\r']) || words.trim() != words || words.is_empty() {
        return escaped(words);
    }
    format!("`{}`", harmless(words))
}

/// Words that mean themselves where a line begins: what would make a heading, a list or a quotation is escaped too.
fn escaped(words: &str) -> String {
    let start = words.trim_start();
    let signs = start.find(|c: char| !c.is_ascii_digit()).unwrap_or(start.len());
    let (numeral, rest) = start.split_at(signs);
    let ends_word = |rest: &str| rest.chars().nth(1).is_none_or(char::is_whitespace);
    match rest.chars().next() {
        Some('=') if numeral.is_empty() => format!("\\{}", escaped_within(start)),
        Some('+' | '-') if numeral.is_empty() && (ends_word(rest) || rest.starts_with("--")) => {
            format!("\\{}", escaped_within(start))
        }
        Some('.' | ')') if !numeral.is_empty() && ends_word(rest) => format!("{numeral}\\{}", escaped_within(rest)),
        _ => escaped_within(words),
    }
}

/// Words that mean themselves: every sign that Markdown or HTML could read is escaped, and no line ends.
fn escaped_within(words: &str) -> String {
    let mut out = String::new();
    let words = harmless(words);
    for (at, c) in words.char_indices() {
        let rest = words.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => {
                out.push('\\');
                out.push(c);
            }
            // Addresses become links by themselves, an image begins with `!`.
            ':' if rest.starts_with("//") => out.push_str("\\:"),
            '.' if words.get(..at).is_some_and(|before| before.to_lowercase().ends_with("www")) => out.push_str("\\."),
            '@' => out.push_str("\\@"),
            '!' if rest.starts_with('[') => out.push_str("\\!"),
            c => out.push(c),
        }
    }
    out
}
