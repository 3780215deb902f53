//! Colour with a meaning: what a piece of text says decides how it is painted, in one place.
//!
//! In: text and its [`Tone`]. Out: text, with terminal escapes if they are wanted.

use anstyle::{AnsiColor, Style};

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
        if !self.is_colored || tone == Tone::Plain || text.is_empty() {
            return text.to_owned();
        }
        format!("{}{text}{}", style.render(), style.render_reset())
    }
}
