//! Ringfence: a language and compiler for the conditions on public money.
#![allow(missing_docs, reason = "scaffold")]
pub mod data;
pub mod meaning;
pub mod model;
pub mod problem;
pub mod source;
pub mod syntax;
pub mod value;
