//! What the terminal can do: colour and width.

use super::args::{Color, Global};
use anstream::{AutoStream, ColorChoice};
use std::io::{IsTerminal, stderr, stdout};

/// The width for output that does not go to a terminal.
const WIDTH_ELSEWHERE: usize = 100;
/// Less than this holds no table.
const NARROWEST: usize = 40;

/// How to write to the two streams.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    /// Colour on standard output.
    pub(super) stdout_color: ColorChoice,
    /// Colour on standard error.
    pub(super) stderr_color: ColorChoice,
    /// Columns of standard output.
    pub(super) width: usize,
    /// Columns of standard error.
    pub(super) stderr_width: usize,
    /// Whether notes and progress are unwanted.
    pub(super) quiet: bool,
}

impl Terminal {
    /// From the options, the environment and the streams.
    pub(super) fn new(global: &Global) -> Self {
        let asked = match global.color {
            Color::Auto => None,
            Color::Always => Some(ColorChoice::Always),
            Color::Never => Some(ColorChoice::Never),
        };
        let columns = |size: Option<(terminal_size::Width, terminal_size::Height)>| {
            let found = size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0);
            global.width.map(usize::from).or(found).unwrap_or(WIDTH_ELSEWHERE).max(NARROWEST)
        };
        Self {
            stdout_color: asked.unwrap_or_else(|| AutoStream::choice(&stdout())),
            stderr_color: asked.unwrap_or_else(|| AutoStream::choice(&stderr())),
            width: columns(terminal_size::terminal_size_of(stdout())),
            stderr_width: columns(terminal_size::terminal_size_of(stderr())),
            quiet: global.quiet,
        }
    }

    /// Whether text on standard output may be coloured.
    pub(super) fn colors_stdout(&self) -> bool {
        self.stdout_color != ColorChoice::Never
    }

    /// Whether text on standard error may be coloured.
    pub(super) fn colors_stderr(&self) -> bool {
        self.stderr_color != ColorChoice::Never
    }

    /// Whether a person watches standard error.
    pub(super) fn is_watched(&self) -> bool {
        !self.quiet && stderr().is_terminal()
    }
}
