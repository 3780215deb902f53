//! The lines of one clause as they grow, and where they may break.

use unicode_width::UnicodeWidthStr;

/// Lines are broken to stay within this many columns where they can be.
pub(super) const WIDTH: usize = 120;

/// A line longer than this the language does not allow.
pub(super) const LONGEST_LINE: usize = 2_000;

/// How wide a text stands on a screen.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The lines of a clause. A line that continues it stands deeper than its first.
#[derive(Debug)]
pub(super) struct Lines {
    text: String,
    column: usize,
    /// The least depth of a line that continues the clause.
    floor: usize,
}

impl Lines {
    /// A first line at this depth.
    pub(super) fn new(indent: usize) -> Self {
        Self { text: " ".repeat(indent), column: indent, floor: indent + 2 }
    }

    /// Where the next character comes to stand.
    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// The least depth of a line that continues the clause.
    pub(super) fn floor(&self) -> usize {
        self.floor
    }

    /// Adds to the line; the text holds no line end.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += width(text);
    }

    /// Goes on in a new line at this depth.
    pub(super) fn turn(&mut self, indent: usize) {
        let indent = indent.max(self.floor);
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.text.push_str(&" ".repeat(indent));
        self.column = indent;
    }

    /// Whether so many columns more are within the line.
    pub(super) fn fits(&self, columns: usize) -> bool {
        self.column + columns <= WIDTH
    }

    /// Adds a blank and these words; on a new line where they do not fit.
    pub(super) fn tail(&mut self, words: &str) {
        if self.fits(width(words) + 1) {
            self.push(" ");
        } else {
            self.turn(self.floor);
        }
        self.push(words);
    }

    /// Adds items with commas, as many to a line as fit, under each other. `after` columns follow the last.
    pub(super) fn fill(&mut self, items: &[String], after: usize) {
        let column = self.column;
        for (index, item) in items.iter().enumerate() {
            let last = index + 1 == items.len();
            if index > 0 {
                self.push(",");
                if self.fits(width(item) + 1 + if last { after } else { 1 }) {
                    self.push(" ");
                } else {
                    self.turn(column);
                }
            }
            self.push(item);
        }
    }

    /// The lines, without a line end after the last.
    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text
    }
}
