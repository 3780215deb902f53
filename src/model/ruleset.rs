//! The head of a ruleset, its units and the sources it cites.

use super::ids::CitedId;
use crate::source::Span;
use crate::value::Date;
use serde::{Deserialize, Serialize};

/// The head of a ruleset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ruleset {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// `proposal`, `announced`, `in force`, `superseded`.
    pub status: Option<String>,
    /// First day it applies.
    pub from: Option<Date>,
    /// Last day it applies.
    pub to: Option<Date>,
    /// The sign of its money.
    pub currency: String,
    /// The month in which its financial year begins, 1 to 12.
    pub year_start: i8,
    /// Notes.
    pub notes: Vec<String>,
    /// What is not verified about the ruleset as a whole.
    pub unverified: Option<String>,
    /// Sources of the ruleset as a whole.
    pub citations: Vec<Citation>,
}

/// A declared unit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A source that rules cite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CitedSource {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its date as written.
    pub dated: Option<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A citation in a declaration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: CitedId,
    /// Page, paragraph, annex.
    pub detail: Option<String>,
}
