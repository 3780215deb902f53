//! Results made readable: tables, JSON, CSV, Parquet, workbooks, explanations in sentences.
//!
//! In: a [`Run`] (rules, data, results) and a [`Selection`] of it. Out: text and bytes; nothing is printed.

pub mod csv;
pub mod diff;
pub mod differences;
pub mod doc;
pub mod explain;
pub mod ink;
pub mod json;
mod lacks;
pub mod layout;
pub mod many;
pub mod overview;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod reasons;
pub mod rows;
pub mod run;
pub mod scenarios;
pub mod selection;
pub mod show;
mod wire;
pub mod workbook;

pub use ink::{Ink, Tone};
pub use rows::Sort;
pub use run::Run;
pub use selection::Selection;
