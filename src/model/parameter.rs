//! Figures and choices that policy sets, with the dates they are in force.

use super::ruleset::Citation;
use super::types::Type;
use crate::source::Span;
use crate::value::{Date, Value};
use serde::{Deserialize, Serialize};

/// A figure or choice that policy sets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its type.
    pub ty: Type,
    /// Its values in order of date, without gaps or overlaps.
    pub values: Vec<DatedValue>,
    /// What is not verified about it.
    pub unverified: Option<String>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A value of a parameter with the days on which it is in force.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DatedValue {
    /// The value.
    pub value: Value,
    /// First day; none is the beginning of time.
    pub from: Option<Date>,
    /// Last day; none is the end of time.
    pub to: Option<Date>,
    /// What other sources have for it, in the order they are written.
    pub rejected: Vec<Rejected>,
    /// Where it is written.
    pub span: Span,
}

/// Another figure for a value, and why it is not taken. It takes no part in any computation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rejected {
    /// The figure, of the type of the parameter.
    pub value: Value,
    /// Which source has it.
    pub citation: Citation,
    /// Why it is not taken.
    pub because: String,
    /// Where it is written.
    pub span: Span,
}
