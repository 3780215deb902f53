//! Colour with a meaning: what a piece of text says decides how it is painted, in one place.
//!
//! In: text and its [`Tone`]. Out: text, with terminal escapes if they are wanted.

use anstyle::{AnsiColor, Style};
use std::borrow::Cow;

/// What a piece of text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing in particular.
    Plain,
    /// A heading.
    Heading,
    /// Something that is as it should be.
    Good,
    /// Something that is not as it should be.
    Bad,
    /// Something that is not known.
    Unknown,
    /// Something that matters less.
    Faint,
}

/// Whether text is painted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ink {
    /// Whether terminal escapes are written.
    pub is_colored: bool,
}

impl Ink {
    /// The text as it is painted in this tone.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        let style = match tone {
            Tone::Plain => Style::new(),
            Tone::Heading => Style::new().bold(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
            Tone::Unknown => AnsiColor::Yellow.on_default(),
            Tone::Faint => Style::new().dimmed(),
        };
        let text = harmless(text);
        if !self.is_colored || tone == Tone::Plain || text.is_empty() {
            return text.into_owned();
        }
        format!("{}{text}{}", style.render(), style.render_reset())
    }
}

/// The text without what could steer a terminal or turn a line around: a cell of the data may hold anything.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
    };
    if text.contains(is_harmful) { Cow::Owned(text.replace(is_harmful, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_data_cannot_steer_the_terminal() {
        assert_eq!(Ink::default().paint(Tone::Plain, "a\u{1b}[2Jb\u{202e}c"), "a\u{fffd}[2Jb\u{fffd}c");
        assert_eq!(Ink { is_colored: true }.paint(Tone::Heading, "a\u{7}"), "\u{1b}[1ma\u{fffd}\u{1b}[0m");
    }
}
