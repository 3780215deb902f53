//! A document: what a reader is to see, before it is Markdown or HTML.
//!
//! In: texts, tables and links from the parts of a rulebook. Out: [`Document`], which a writer turns into bytes.
//! Texts are kept as they are in the rules; making them harmless is the business of each writer.

use crate::report::Tone;
use crate::value::Date;

/// A document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// What kind of document it is, in a few words above the title.
    pub kind: String,
    /// What stands below the title, before the contents.
    pub front: Vec<Block>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// What stands at its very end.
    pub colophon: Text,
}

/// A section with a heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// By what links find it.
    pub anchor: Anchor,
    /// Its number, `4.1`; empty until [`Document::number`] gives it.
    pub number: String,
    /// Its heading.
    pub heading: String,
    /// What stands small under the heading.
    pub about: Text,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whether the sections inside it are too many or too small for the contents.
    pub hides_inner: bool,
    /// The sections inside it.
    pub sections: Vec<Section>,
}

/// A place in the document that links find. Letters, digits, `_`, `.` and `-` only.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor(String);

/// Something that stands by itself.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A list; numbered where the order matters.
    List {
        /// Whether the order matters.
        is_ordered: bool,
        /// What it lists.
        items: Vec<Item>,
    },
    /// Names of things and what is said of each.
    Facts(Vec<(String, Vec<Text>)>),
    /// A table.
    Table(Table),
    /// Rules as they are written, line by line.
    Code {
        /// What they are.
        caption: String,
        /// The lines.
        lines: Vec<Text>,
    },
    /// Something set apart: a note, a doubt, a failure.
    Aside {
        /// How it is meant.
        tone: Tone,
        /// One or two words: `Note`, `Not verified`.
        word: String,
        /// What it says.
        text: Text,
    },
    /// What applied when, to be seen at a glance. Whatever it shows is also said in a table.
    Timeline(Vec<Stretch>),
}

/// A stretch of time on a timeline.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// What applied.
    pub label: String,
    /// Where it is told.
    pub to: Anchor,
    /// How it stands: `in force`, `proposal`.
    pub status: String,
    /// Its first day.
    pub first: Date,
    /// Its last day; none where no end is set.
    pub last: Option<Date>,
}

/// A member of a list, perhaps with a list inside.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// What it says.
    pub text: Text,
    /// What it falls into.
    pub parts: Vec<Item>,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it shows.
    pub caption: Text,
    /// Its columns; the first names the row.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// What stands above it.
    pub heading: Text,
    /// Whether it holds figures, which stand to the right.
    pub has_figures: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// By what links find it.
    pub anchor: Option<Anchor>,
    /// One for each column, each a list of lines.
    pub cells: Vec<Vec<Text>>,
}

/// A text: words, some of them linked or set apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Piece>);

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub words: String,
    /// How they are set.
    pub style: Style,
    /// Where they lead.
    pub to: Option<Anchor>,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As the text around them.
    Plain,
    /// With weight.
    Strong,
    /// As in the rules.
    Code,
    /// Less than the text around them.
    Faint,
    /// A word that says how something stands.
    Mark(Tone),
}

impl Document {
    /// Gives every section its number, counted from 1.
    pub fn number(&mut self) {
        number(&mut self.sections, "");
    }
}

fn number(sections: &mut [Section], before: &str) {
    for (index, section) in sections.iter_mut().enumerate() {
        section.number = if before.is_empty() { (index + 1).to_string() } else { format!("{before}.{}", index + 1) };
        number(&mut section.sections, &section.number);
    }
}

impl Anchor {
    /// An anchor of these words; whatever may not stand in one becomes `-`.
    pub fn new(words: &str) -> Self {
        let may_stand = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        Self(words.chars().map(|c| if may_stand(c) { c } else { '-' }).collect())
    }

    /// As it stands behind `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Text {
    /// No words.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plain words.
    pub fn of(words: impl Into<String>) -> Self {
        Self::new().and(words)
    }

    /// With these words behind it.
    #[must_use]
    pub fn and(mut self, words: impl Into<String>) -> Self {
        self.push(words, Style::Plain, None);
        self
    }

    /// With this text behind it.
    #[must_use]
    pub fn join(mut self, text: Self) -> Self {
        self.0.extend(text.0);
        self
    }

    /// Adds words.
    pub fn say(&mut self, words: &str) {
        self.push(words, Style::Plain, None);
    }

    /// Adds a stretch.
    pub fn push(&mut self, words: impl Into<String>, style: Style, to: Option<Anchor>) {
        let words = words.into();
        if words.is_empty() {
            return;
        }
        match self.0.last_mut() {
            // Plain words that follow each other are one stretch.
            Some(last) if last.style == style && last.to == to && to.is_none() => last.words.push_str(&words),
            _ => self.0.push(Piece { words, style, to }),
        }
    }

    /// Adds a text.
    pub fn append(&mut self, text: Self) {
        for piece in text.0 {
            self.push(piece.words, piece.style, piece.to);
        }
    }

    /// Words of the rules.
    pub fn code(words: impl Into<String>) -> Self {
        Self::styled(words, Style::Code)
    }

    /// Words that say how something stands.
    pub fn mark(tone: Tone, words: impl Into<String>) -> Self {
        Self::styled(words, Style::Mark(tone))
    }

    /// Words set in one way.
    pub fn styled(words: impl Into<String>, style: Style) -> Self {
        let mut text = Self::new();
        text.push(words, style, None);
        text
    }

    /// Words in which stretches between backticks are words of the rules, as messages have them.
    pub fn ticked(words: &str) -> Self {
        let mut text = Self::new();
        for (index, stretch) in words.split('`').enumerate() {
            text.push(stretch, if index % 2 == 0 { Style::Plain } else { Style::Code }, None);
        }
        text
    }

    /// Texts with `, ` between them and `last` before the last.
    pub fn listed(texts: Vec<Self>, last: &str) -> Self {
        Self::between(texts, ", ", last)
    }

    /// Texts that hold commas of their own, with `; ` between them.
    pub fn apart(texts: Vec<Self>) -> Self {
        Self::between(texts, "; ", "; ")
    }

    fn between(texts: Vec<Self>, between: &str, last: &str) -> Self {
        let n = texts.len();
        let mut all = Self::new();
        for (index, text) in texts.into_iter().enumerate() {
            all.say(match index {
                0 => "",
                index if index + 1 == n => last,
                _ => between,
            });
            all.append(text);
        }
        all
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(|piece| piece.words.as_str()).collect()
    }

    /// The text as a sentence: with a capital letter where it begins with plain words, and a full stop.
    #[must_use]
    pub fn sentence(mut self) -> Self {
        if let Some(first) = self.0.first_mut().filter(|first| first.style == Style::Plain && first.to.is_none()) {
            let mut letters = first.words.chars();
            if let Some(letter) = letters.next() {
                first.words = letter.to_uppercase().chain(letters).collect();
            }
        }
        let ends = self.0.last().is_some_and(|last| last.words.ends_with(['.', '?', '!', ':']));
        if ends { self } else { self.and(".") }
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::of(words)
    }
}

impl Item {
    /// A member without parts.
    pub fn of(text: Text) -> Self {
        Self { text, parts: Vec::new() }
    }

    /// The member and its parts in one text.
    pub fn on_one_line(self) -> Text {
        let parts: Vec<Text> = self.parts.into_iter().map(Self::on_one_line).collect();
        if parts.is_empty() { self.text } else { self.text.and(" ").join(Text::apart(parts)) }
    }
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<Text>) -> Self {
        Self { heading: heading.into(), has_figures: false }
    }

    /// A column of figures.
    pub fn figures(heading: impl Into<Text>) -> Self {
        Self { heading: heading.into(), has_figures: true }
    }
}

impl Block {
    /// A note of the rules.
    pub fn note(text: &str) -> Self {
        Self::Aside { tone: Tone::Plain, word: "Note".to_owned(), text: Text::of(text) }
    }

    /// A doubt, with why.
    pub fn doubt(why: &str) -> Self {
        Self::Aside { tone: Tone::Unknown, word: "Not verified".to_owned(), text: Text::of(why).sentence() }
    }
}
