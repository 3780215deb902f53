//! A document as one HTML file: its style inside, no script, nothing fetched.
//!
//! In: a document. Out: text. What the rules say stands only between tags or in quoted attributes, escaped; a policy in
//! the head forbids whatever could be fetched or run besides.

mod timeline;

use super::document::{Anchor, Block, Document, Item, Section, Style, Table, Text};
use crate::report::Tone;
use crate::report::ink::harmless;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");

/// The most rows of a table that is kept on one page.
const SHORT: usize = 14;
/// A table of this many columns takes the whole width.
const FULL: usize = 4;
/// A cell of this many letters, `Q4 2014-15`, is not broken.
const BRIEF: usize = 14;

/// The document as HTML.
pub fn html(document: &Document) -> String {
    let mut numbers = BTreeMap::new();
    collect_numbers(&document.sections, &mut numbers);
    let mut page = Page { out: String::new(), numbers };
    page.head(document);
    page.masthead(document);
    page.contents(&document.sections);
    page.out.push_str("<main id=\"main\" tabindex=\"-1\">\n");
    for section in &document.sections {
        page.section(section, 2);
    }
    page.out.push_str("</main>\n");
    page.out.push_str("<footer><p>");
    page.text(&document.colophon);
    page.out.push_str("</p></footer>\n</body>\n</html>\n");
    page.out
}

/// The number of the section in which each anchor stands, for readers of paper.
fn collect_numbers<'d>(sections: &'d [Section], numbers: &mut BTreeMap<&'d str, &'d str>) {
    for section in sections {
        numbers.insert(section.anchor.as_str(), &section.number);
        for block in &section.blocks {
            if let Block::Table(table) = block {
                let anchors = table.rows.iter().filter_map(|row| row.anchor.as_ref());
                numbers.extend(anchors.map(|anchor| (anchor.as_str(), section.number.as_str())));
            }
        }
        collect_numbers(&section.sections, numbers);
    }
}

struct Page<'d> {
    out: String,
    numbers: BTreeMap<&'d str, &'d str>,
}

impl Page<'_> {
    fn say(&mut self, words: &str) {
        self.out.push_str(&escaped(words));
    }

    fn head(&mut self, document: &Document) {
        let title = escaped(&document.title);
        let is_several = document.front.iter().any(|block| matches!(block, Block::Timeline(_)));
        let several = if is_several { " class=\"several\"" } else { "" };
        let _ = write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <meta name=\"color-scheme\" content=\"light dark\"/>\n\
             <title>{title}: {}</title>\n<style>\n{STYLE}@page {{ @top-left {{ content: \"{}\"; }} }}\n</style>\n\
             </head>\n<body{several}>\n<a class=\"skip\" href=\"#main\">Skip to the rules</a>\n",
            escaped(&document.kind.to_lowercase()),
            css_string(&document.title)
        );
    }

    fn masthead(&mut self, document: &Document) {
        self.out.push_str("<header>\n<p class=\"kind\">");
        self.say(&document.kind);
        self.out.push_str("</p>\n<h1>");
        self.out.push_str(&unbroken(&document.title));
        self.out.push_str("</h1>\n");
        self.blocks(&document.front);
        self.out.push_str("</header>\n");
    }

    fn contents(&mut self, sections: &[Section]) {
        if sections.is_empty() {
            return;
        }
        self.out.push_str("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n");
        self.contents_list(sections, 0);
        self.out.push_str("</nav>\n");
    }

    fn contents_list(&mut self, sections: &[Section], depth: usize) {
        self.out.push_str("<ol>\n");
        for section in sections {
            let _ = write!(
                self.out,
                "<li><a href=\"#{}\"><span class=\"n\">{}</span> ",
                section.anchor.as_str(),
                section.number
            );
            self.say(&section.heading);
            self.out.push_str("</a>");
            if depth == 0 && !section.sections.is_empty() && !section.hides_inner {
                self.out.push('\n');
                self.contents_list(&section.sections, depth + 1);
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    fn section(&mut self, section: &Section, depth: usize) {
        let (level, id) = (depth.min(6), section.anchor.as_str());
        let number = &section.number;
        let _ =
            write!(self.out, "<section class=\"s{level}\" id=\"{id}\">\n<h{level}><span class=\"n\">{number}</span> ");
        self.out.push_str(&unbroken(&section.heading));
        let _ = writeln!(self.out, "</h{level}>");
        if !section.about.is_empty() {
            self.paragraph("about", &section.about);
        }
        self.blocks(&section.blocks);
        for inner in &section.sections {
            self.section(inner, depth + 1);
        }
        self.out.push_str("</section>\n");
    }

    fn paragraph(&mut self, class: &str, text: &Text) {
        self.out.push_str(&if class.is_empty() { "<p>".to_owned() } else { format!("<p class=\"{class}\">") });
        self.text(text);
        self.out.push_str("</p>\n");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.paragraph("", text),
            Block::List { is_ordered, items } => self.list(*is_ordered, items),
            Block::Facts(facts) => {
                self.out.push_str("<dl>\n");
                for (word, said) in facts {
                    self.out.push_str("<div><dt>");
                    self.say(word);
                    self.out.push_str("</dt>");
                    for text in said {
                        self.out.push_str("<dd>");
                        self.text(text);
                        self.out.push_str("</dd>");
                    }
                    self.out.push_str("</div>\n");
                }
                self.out.push_str("</dl>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Code { caption, lines } => {
                self.out.push_str("<figure class=\"code\">\n<figcaption>");
                self.say(caption);
                self.out.push_str("</figcaption>\n<pre>");
                for line in lines {
                    for piece in &line.0 {
                        // The whole is code: a link needs no more.
                        self.linked(piece.to.as_ref(), &escaped(&piece.words));
                    }
                    self.out.push('\n');
                }
                self.out.push_str("</pre>\n</figure>\n");
            }
            Block::Aside { tone, word, text } => {
                let _ = write!(self.out, "<div class=\"aside {}\" role=\"note\"><p><strong>", class(*tone));
                self.say(word);
                self.out.push_str(".</strong> ");
                self.text(text);
                self.out.push_str("</p></div>\n");
            }
            Block::Timeline(stretches) => self.timeline(stretches),
        }
    }

    fn list(&mut self, is_ordered: bool, items: &[Item]) {
        let tag = if is_ordered { "ol" } else { "ul" };
        let _ = writeln!(self.out, "<{tag}>");
        for item in items {
            self.out.push_str("<li>");
            self.text(&item.text);
            if !item.parts.is_empty() {
                self.out.push('\n');
                self.list(false, &item.parts);
            }
            self.out.push_str("</li>\n");
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn table(&mut self, table: &Table) {
        let short = if table.rows.len() <= SHORT { "short" } else { "long" };
        let narrow = if table.columns.len() < FULL { " narrow" } else { "" };
        self.out.push_str("<div class=\"wide\"");
        if table.columns.len() > FULL {
            // What may have to be moved sideways has to be reached without a mouse.
            let caption = escaped(&table.caption.words());
            let _ = write!(self.out, " role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"");
        }
        let _ = write!(self.out, ">\n<table class=\"{short}{narrow}\">\n<caption>");
        self.text(&table.caption);
        self.out.push_str("</caption>\n<thead>\n<tr>");
        for column in &table.columns {
            let class = match (column.has_figures, column.heading.words().chars().count() <= BRIEF) {
                (true, true) => " class=\"figure brief\"",
                (true, false) => " class=\"figure\"",
                (false, _) => "",
            };
            let _ = write!(self.out, "<th scope=\"col\"{class}>");
            self.text(&column.heading);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            match &row.anchor {
                Some(anchor) => {
                    let _ = write!(self.out, "<tr id=\"{}\">", anchor.as_str());
                }
                None => self.out.push_str("<tr>"),
            }
            for (index, (lines, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                let tag = if index == 0 { "th scope=\"row\"" } else { "td" };
                let is_brief = lines.iter().map(|line| line.words().chars().count()).sum::<usize>() <= BRIEF;
                let class = match (column.has_figures, is_brief) {
                    (true, _) => " class=\"figure\"",
                    (false, true) => " class=\"brief\"",
                    (false, false) => "",
                };
                let _ = write!(self.out, "<{tag}{class}>");
                self.lines(lines);
                self.out.push_str(if index == 0 { "</th>" } else { "</td>" });
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    /// The lines of a cell.
    fn lines(&mut self, lines: &[Text]) {
        for (index, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
            self.out.push_str(if index == 0 { "" } else { "<br/>" });
            self.text(line);
        }
    }

    fn text(&mut self, text: &Text) {
        for piece in &text.0 {
            let words = escaped(&piece.words);
            let words = match piece.style {
                Style::Plain => words,
                Style::Strong => format!("<strong>{words}</strong>"),
                Style::Code => format!("<code>{words}</code>"),
                Style::Faint => format!("<span class=\"faint\">{words}</span>"),
                Style::Mark(tone) => format!("<span class=\"mark {}\">{words}</span>", class(tone)),
            };
            self.linked(piece.to.as_ref(), &words);
        }
    }

    /// Words that are escaped, as a link where they lead somewhere; on paper the number of the section is added.
    fn linked(&mut self, to: Option<&Anchor>, words: &str) {
        let Some(to) = to.map(Anchor::as_str) else {
            self.out.push_str(words);
            return;
        };
        let number = self.numbers.get(to).map(|number| format!(" data-n=\"{number}\"")).unwrap_or_default();
        let _ = write!(self.out, "<a href=\"#{to}\"{number}>{words}</a>");
    }
}

/// The class of a tone.
fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain | Tone::Heading => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Unknown => "unknown",
        Tone::Faint => "faint",
    }
}

/// Words between tags or in a quoted attribute.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in harmless(words).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Words of a heading, in which no line ends within `2015-16`.
fn unbroken(words: &str) -> String {
    let is_years = |word: &&str| word.contains('-') && word.chars().any(|c| c.is_ascii_digit());
    let words = words.split(' ').map(|word| match Some(word).filter(is_years) {
        Some(years) => format!("<span class=\"brief\">{}</span>", escaped(years)),
        None => escaped(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Words in a string of the style: all but letters, figures and blanks by their number.
fn css_string(words: &str) -> String {
    let mut out = String::new();
    for c in harmless(words).chars() {
        if c.is_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(c));
        }
    }
    out
}
