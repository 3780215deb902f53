//! Ringfence: a language and compiler for the conditions on public money.
//!
//! Text goes in, a checked [`model::Model`] comes out; a [`data::Dataset`] goes in, [`meaning::Results`] and
//! explanations come out. The library reads no files, no clock and no environment, and prints nothing.

pub mod data;
pub mod driver;
pub mod format;
pub mod meaning;
pub mod model;
pub mod problem;
pub mod report;
pub mod source;
pub mod suggest;
pub mod syntax;
pub mod value;

#[cfg(feature = "cli")]
pub mod cli;
