//! Problems as text for a terminal, through miette.
//!
//! In: problems, the rules texts they are in, and how the terminal draws. Out: one text, the same every time.
//! Nothing is printed here, and no environment variable or terminal is asked: the caller says how to draw.

use super::snippet::{Snippet, harmless_text};
use super::{Label, Place, Problem, Severity};
use crate::source::{SourceId, Sources};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// A blank at which no line is broken.
const NO_BREAK: char = '\u{a0}';

/// Labels with at most this many lines between them stand in one snippet: with a line of context each, theirs touch.
const NEAR: usize = 2;

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colour.
    pub colour: bool,
    /// With lines drawn in Unicode rather than in plain characters.
    pub unicode: bool,
    /// Where messages are wrapped.
    pub width: usize,
}

impl Default for Style {
    /// Without colour, for 100 columns: what tests compare with.
    fn default() -> Self {
        Self { colour: false, unicode: true, width: 100 }
    }
}

/// Every problem in the order given, a blank line between two. Empty where there is none.
pub fn render(problems: &[Problem], sources: &Sources, style: Style) -> String {
    let mut snippets: BTreeMap<SourceId, Snippet> = BTreeMap::new();
    for file in sources.iter() {
        let is_named = |label: &Label| label.span.source == file.id;
        let is_needed = problems.iter().any(|problem| {
            matches!(&problem.place, Place::Rules(label) if is_named(label)) || problem.related.iter().any(is_named)
        });
        if is_needed {
            snippets.insert(file.id, Snippet::of_file(file));
        }
    }
    let drawn: Vec<String> = problems.iter().map(|problem| draw(problem, &snippets, style)).collect();
    drawn.join("\n")
}

/// How many errors and warnings there are: `3 errors, 1 warning`. `None` where there are neither.
pub fn summary(problems: &[Problem]) -> Option<String> {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let count = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> =
        [count(errors, "error"), count(problems.len() - errors, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// One problem: its main snippet with the labels that fit into it, then the other places one by one.
fn draw(problem: &Problem, snippets: &BTreeMap<SourceId, Snippet>, style: Style) -> String {
    let mut main = Picture::of(problem);
    let mut asides = Vec::new();
    let cell_snippet;
    match &problem.place {
        Place::Rules(label) => match snippets.get(&label.span.source) {
            Some(snippet) => main.show(snippet, label, true),
            None => main.add_line("in a text that is not there"),
        },
        Place::Data(place) => match place.cell.as_deref().filter(|cell| !cell.trim().is_empty()) {
            Some(cell) => {
                cell_snippet = Snippet::of_cell(place, cell);
                main.source = Some(&cell_snippet);
                main.labels.push((cell_snippet.all(), String::new(), true));
            }
            None => main.add_line(&place.to_string()),
        },
        Place::Nowhere => {}
    }
    for label in &problem.related {
        let Some(snippet) = snippets.get(&label.span.source) else { continue };
        if main.has_room_for(snippet, label) {
            main.show(snippet, label, false);
        } else {
            let mut aside = Picture::aside(label);
            aside.show(snippet, &Label { span: label.span, text: String::new() }, true);
            asides.push(aside);
        }
    }
    if let Some(last) = asides.last_mut() {
        last.help = main.help.take();
    }
    let has_line_numbers = matches!(problem.place, Place::Rules(_));
    let mut text = main.draw(style, has_line_numbers);
    for aside in &asides {
        text.push_str(&aside.draw(style, true));
    }
    text
}

/// The text with its code in one piece: what is to be copied must not be broken over lines.
fn unbroken(text: &str) -> String {
    let mut parts = text.split('`');
    let mut out = parts.next().unwrap_or("").to_owned();
    let rest: Vec<&str> = parts.collect();
    for (index, part) in rest.iter().enumerate() {
        let is_code = index % 2 == 0 && index + 1 < rest.len() && !part.contains('\n');
        out.push('`');
        out.push_str(&if is_code { part.replace(' ', &NO_BREAK.to_string()) } else { (*part).to_owned() });
    }
    out
}

/// What miette draws.
#[derive(Debug)]
struct Picture<'a> {
    code: Option<&'a str>,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    source: Option<&'a Snippet>,
    labels: Vec<(Range<usize>, String, bool)>,
}

impl<'a> Picture<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            code: Some(problem.code.0),
            severity: match problem.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
            },
            message: unbroken(&harmless_text(&problem.message)),
            help: problem.help.as_deref().map(|help| unbroken(&harmless_text(help))),
            source: None,
            labels: Vec::new(),
        }
    }

    /// A place that cannot be drawn into the main snippet, under its own words.
    fn aside(label: &Label) -> Self {
        let message = if label.text.is_empty() { "see also".to_owned() } else { harmless_text(&label.text) };
        Self { code: None, severity: miette::Severity::Advice, message, help: None, source: None, labels: Vec::new() }
    }

    fn show(&mut self, snippet: &'a Snippet, label: &Label, is_primary: bool) {
        match snippet.drawn(label.span) {
            Some(range) => {
                self.source = Some(snippet);
                self.labels.push((range, harmless_text(&label.text), is_primary));
            }
            None => self.add_line(&format!("at {}", snippet.position(label.span.start as usize))),
        }
    }

    /// Whether a label is in the same text, near enough that the snippet does not fall apart (the primary place
    /// must come first), and crosses no label already there (miette underlines each line of text once).
    fn has_room_for(&self, snippet: &Snippet, label: &Label) -> bool {
        let Some(range) = snippet.drawn(label.span) else { return false };
        self.source.is_some_and(|source| std::ptr::eq(source, snippet))
            && self.labels.iter().any(|(other, _, _)| snippet.lines_between(&range, other) <= NEAR)
            && self.labels.iter().all(|(other, _, _)| range.end <= other.start || other.end <= range.start)
    }

    fn add_line(&mut self, line: &str) {
        self.message.push('\n');
        self.message.push_str(&unbroken(&harmless_text(line)));
    }

    fn draw(&self, style: Style, has_line_numbers: bool) -> String {
        let theme = match (style.unicode, style.colour) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::unicode_nocolor(),
            (false, true) => GraphicalTheme::ascii(),
            (false, false) => GraphicalTheme::none(),
        };
        let mut handler = GraphicalReportHandler::new_themed(self.coloured(theme))
            .with_width(style.width.max(40))
            .with_links(false)
            .with_break_words(false)
            .without_syntax_highlighting();
        if !has_line_numbers {
            handler = handler.without_primary_span_start();
        }
        let mut text = String::new();
        // Writing to a `String` does not fail; if drawing does, the message must still be told.
        if handler.render_report(&mut text, self).is_err() {
            text = format!("{}: {}\n", self.code.unwrap_or_default(), self.message);
        }
        let text = text.replace(NO_BREAK, " ");
        text.lines().fold(String::with_capacity(text.len()), |all, line| all + line.trim_end() + "\n")
    }

    /// The primary label in the colour of its severity, the others in another.
    fn coloured(&self, mut theme: GraphicalTheme) -> GraphicalTheme {
        let main = match self.severity {
            miette::Severity::Error => theme.styles.error,
            miette::Severity::Warning => theme.styles.warning,
            miette::Severity::Advice => theme.styles.advice,
        };
        let mut in_order: Vec<(usize, bool)> =
            self.labels.iter().map(|(range, _, is_primary)| (range.start, *is_primary)).collect();
        in_order.sort_unstable();
        let other = theme.styles.advice;
        theme.styles.highlights =
            in_order.into_iter().map(|(_, is_primary)| if is_primary { main } else { other }).collect();
        if theme.styles.highlights.is_empty() {
            theme.styles.highlights.push(main);
        }
        theme
    }
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Picture<'_> {}

impl Diagnostic for Picture<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.labels.is_empty() {
            return None;
        }
        Some(Box::new(self.labels.iter().map(|(range, text, is_primary)| {
            let text = (!text.is_empty()).then(|| text.clone());
            let span = (range.start, range.len());
            if *is_primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Code, DataPlace};
    use crate::source::Span;

    const TEXT: &str = "parameter cap\n  is £521,500\n\nmeasure a\n  is cap + people\n\nunit people\n";

    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(SourceId(0), start, start + words.len())
    }

    fn shown(problem: Problem) -> String {
        render(&[problem], &Sources::single("fund.rules", TEXT), Style::default())
    }

    #[test]
    fn labels_that_are_near_share_a_snippet_and_the_header_follows_the_primary() {
        let text = shown(
            Problem::error(Code("units::made-up"), at(TEXT, "cap + people"), "cannot add `people` to pounds")
                .label("pounds and people")
                .because(at(TEXT, "£521,500"), "`cap` is money")
                .help("divide to get a rate"),
        );
        insta::assert_snapshot!(text, @r#"
        units::made-up

          × cannot add `people` to pounds
           ╭─[fund.rules:5:6]
         1 │ parameter cap
         2 │   is £521,500
           ·      ────┬───
           ·          ╰── `cap` is money
         3 │
         4 │ measure a
         5 │   is cap + people
           ·      ──────┬─────
           ·            ╰── pounds and people
         6 │
           ╰────
          help: divide to get a rate
        "#);
    }

    #[test]
    fn labels_that_are_far_apart_or_cross_have_their_own_snippets() {
        let text = shown(
            Problem::warning(Code("units::made-up"), at(TEXT, "people\n\nunit"), "a warning")
                .label("here")
                .because(at(TEXT, "cap + people"), "in this sum")
                .because(at(TEXT, "parameter"), "declared here"),
        );
        insta::assert_snapshot!(text, @r#"
        units::made-up

          ⚠ a warning
           ╭─[fund.rules:5:12]
         4 │     measure a
         5 │ ╭─▶   is cap + people
         6 │ │
         7 │ ├─▶ unit people
           · ╰──── here
           ╰────
          ☞ in this sum
           ╭─[fund.rules:5:6]
         4 │ measure a
         5 │   is cap + people
           ·      ────────────
         6 │
           ╰────
          ☞ declared here
           ╭─[fund.rules:1:1]
         1 │ parameter cap
           · ─────────
         2 │   is £521,500
           ╰────
        "#);
    }

    #[test]
    fn a_place_at_the_end_of_the_file_is_drawn_on_its_last_word() {
        let end = Span::new(SourceId(0), TEXT.len(), TEXT.len());
        let text = shown(Problem::error(Code("syntax::made-up"), end, "the rules end here").label("more was expected"));
        insta::assert_snapshot!(text, @r#"
        syntax::made-up

          × the rules end here
           ╭─[fund.rules:7:11]
         6 │
         7 │ unit people
           ·           ┬
           ·           ╰── more was expected
           ╰────
        "#);
    }

    #[test]
    fn a_problem_in_the_data_shows_its_cell_at_its_row() {
        let mut place = DataPlace {
            file: "area.csv".into(),
            sheet: None,
            row: Some(14),
            column: Some(5),
            header: Some("pooled_fund".into()),
            cell: Some("£12m?".into()),
        };
        let problem = |place: &DataPlace| {
            Problem::data(Code("data::made-up"), place.clone(), "`£12m?` is not money").help("write `£12m`")
        };
        insta::assert_snapshot!(shown(problem(&place)), @r#"
        data::made-up

          × `£12m?` is not money
            ╭─[area.csv, row 14, column `pooled_fund`]
         14 │ £12m?
            · ─────
            ╰────
          help: write `£12m`
        "#);
        place.cell = None;
        place.sheet = Some("area".into());
        place.header = None;
        insta::assert_snapshot!(shown(problem(&place)), @r#"
        data::made-up

          × `£12m?` is not money
          │ area.csv, sheet `area`, row 14, column 5
          help: write `£12m`
        "#);
    }

    #[test]
    fn another_file_has_its_own_snippet_and_plain_characters_do() {
        let mut sources = Sources::single("a.rules", "unit people\n");
        let other = sources.add("b.rules", "unit people\n");
        let problem = Problem::error(Code("names::made-up"), Span::new(other, 5, 11), "`people` is declared twice")
            .because(Span::new(SourceId(0), 5, 11), "first declared here");
        let style = Style { unicode: false, ..Style::default() };
        insta::assert_snapshot!(render(&[problem], &sources, style), @r#"
        names::made-up

          x `people` is declared twice
           ,-[b.rules:1:6]
         1 | unit people
           :      ^^^^^^
           `----
          > first declared here
           ,-[a.rules:1:6]
         1 | unit people
           :      ^^^^^^
           `----
        "#);
    }

    #[test]
    fn code_is_not_broken_over_lines() {
        let help = "write `signed_by_council or (signed_by_board and signed_by_ccgs)` or `(signed_by_council or \
                    signed_by_board) and signed_by_ccgs`";
        let text = shown(Problem::error(Code("syntax::made-up"), at(TEXT, "people"), "two readings").help(help));
        assert!(text.contains(" or\n        `(signed_by_council or signed_by_board) and signed_by_ccgs`\n"), "{text}");
    }

    #[test]
    fn colour_is_only_colour() {
        let problem = Problem::error(Code("units::made-up"), at(TEXT, "people"), "wrong")
            .label("this")
            .because(at(TEXT, "£521,500"), "that");
        let sources = Sources::single("fund.rules", TEXT);
        let plain = render(std::slice::from_ref(&problem), &sources, Style::default());
        let coloured = render(&[problem], &sources, Style { colour: true, ..Style::default() });
        assert_ne!(plain, coloured);
        let mut bare = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            bare.push_str(before);
            rest = after.split_once('m').map_or("", |(_, after)| after);
        }
        bare.push_str(rest);
        assert_eq!(plain, bare);
    }

    #[test]
    fn the_summary_counts() {
        let error = Problem::error(Code("a::b"), Span::default(), "x");
        let warning = Problem::warning(Code("a::b"), Span::default(), "x");
        assert_eq!(summary(&[]), None);
        assert_eq!(summary(std::slice::from_ref(&warning)).as_deref(), Some("1 warning"));
        let all = [error.clone(), warning, error.clone(), error];
        assert_eq!(summary(&all).as_deref(), Some("3 errors, 1 warning"));
    }
}
