//! What the user is told: one [`Problem`] per mistake, as data until it is rendered.
//!
//! In: every pass makes problems with the constructor functions in its own `error.rs`, one function per
//! code, so that code, message, labels and help of a diagnostic stand on one screen.
//! Out: text through miette ([`render`]) or JSON ([`json`]).

pub mod json;
pub mod pages;
// Drawing needs terminal libraries, which the library alone does without.
#[cfg(any(feature = "cli", test))]
pub mod render;
#[cfg(any(feature = "cli", test))]
mod snippet;

use crate::source::Span;
use serde::Serialize;
use std::fmt;

/// A stable name for one kind of problem: `family::what-is-wrong`. Never renamed or reused after a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Code(pub &'static str);

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be evaluated until it is mended.
    Error,
    /// Probably a mistake; evaluation goes on.
    Warning,
}

/// A place in a rules file with a phrase that says what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A phrase, lower case, no full stop; may be empty.
    pub text: String,
}

/// Where in the data a problem is. Rows and columns are counted as a spreadsheet shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DataPlace {
    /// File name as the user gave it.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row number as the spreadsheet or text file shows it, the header being row 1. In a Parquet file, whose columns
    /// are named elsewhere, the first record is row 1.
    pub row: Option<u64>,
    /// Column number, from 1.
    pub column: Option<u64>,
    /// The column's header.
    pub header: Option<String>,
    /// What the cell holds.
    pub cell: Option<String>,
}

/// As people say it: ``area.csv, row 14, column `pooled_fund` ``.
impl fmt::Display for DataPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet `{sheet}`")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        match (&self.header, self.column) {
            (Some(header), _) => write!(f, ", column `{header}`"),
            (None, Some(column)) => write!(f, ", column {column}"),
            (None, None) => Ok(()),
        }
    }
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a rules file: the primary label at the narrowest wrong place.
    Rules(Label),
    /// In the data.
    Data(DataPlace),
    /// Nowhere in particular, for example a missing table.
    Nowhere,
}

/// One mistake, told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// A clause: lower case, no full stop, user text in backticks.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// Other places that say why.
    pub related: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Problem {
    /// An error at a place in the rules.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: Place::Rules(Label { span, text: String::new() }),
            related: Vec::new(),
            help: None,
        }
    }

    /// A warning at a place in the rules.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// An error in the data.
    pub fn data(code: Code, place: DataPlace, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: Place::Data(place),
            related: Vec::new(),
            help: None,
        }
    }

    /// Sets the phrase at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Place::Rules(label) = &mut self.place {
            label.text = text.into();
        }
        self
    }

    /// Adds a place that says why.
    #[must_use]
    pub fn because(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Sets what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The primary place in the rules, if it is there.
    pub fn span(&self) -> Option<Span> {
        match &self.place {
            Place::Rules(label) => Some(label.span),
            Place::Data(_) | Place::Nowhere => None,
        }
    }

    /// Whether it stops evaluation.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
