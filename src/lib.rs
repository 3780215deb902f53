//! Ringfence: a language and compiler for the conditions on public money.
//!
//! Text goes in, a checked [`model::Model`] comes out; a [`data::Dataset`] goes in, [`meaning::Results`] and
//! explanations come out. The library reads no files, no clock and no environment, and prints nothing.
//!
//! ```
//! use ringfence::data::{self, Input};
//! use ringfence::driver;
//! use ringfence::meaning::{self, RunOptions};
//! use ringfence::report::{self, Run};
//! use ringfence::source::Sources;
//!
//! // Rules: text in, a checked model out, or every problem in the text.
//! let sources = Sources::single("fund.rules", r#"
//! data area
//!   code text, key
//!   name text
//!   minimum_fund money
//!   pooled_fund money
//!
//! condition large_enough "The pool holds at least the minimum"
//!   met when pooled_fund >= minimum_fund
//!
//! measure total "Pooled" for the nation
//!   is sum of pooled_fund
//! "#);
//! let compiled = driver::compile(&sources);
//! let model = compiled.model.expect("these rules have no errors");
//!
//! // Data: bytes in, tables out, and every problem in the files. These figures are illustrative.
//! let figures = "code,name,minimum_fund,pooled_fund\nE1,Northtown,£10m,£12m\nE2,Southtown,£9m,..\n";
//! let files = [Input { name: "area.illustrative.csv".into(), bytes: figures.as_bytes().to_vec() }];
//! let (dataset, problems) = data::load(&model, &files);
//! assert!(problems.is_empty());
//!
//! // Results: exact, and whatever is missing says why.
//! let options = RunOptions::default();
//! let results = meaning::evaluate(&model, &dataset, &options);
//! let run = Run::new(&model, &sources, &dataset, &results, &options);
//! let condition = model.find("large_enough").expect("it is declared");
//! assert_eq!(run.result(condition, 0).text, "met");
//! assert_eq!(run.result(condition, 1).text, "cannot determine");
//!
//! // Why?
//! let explanation = meaning::explain(&model, &dataset, &results, &options, condition, 1).expect("there is a row");
//! let style = report::explain::Style { width: 100, ink: report::Ink::default() };
//! let text = report::explain::text(&run, &explanation, style);
//! assert!(text.contains("pooled_fund of Southtown is `..` (not available) (area.illustrative.csv, row 3)"));
//! ```
//!
//! The feature `cli`, on by default, adds the terminal program; without it no terminal library is built.

pub mod amendment;
pub mod data;
pub mod diff;
pub mod driver;
pub mod eval;
pub mod folder;
pub mod format;
pub mod meaning;
pub mod model;
pub mod plan;
pub mod problem;
pub mod report;
pub mod source;
pub mod stream;
pub mod suggest;
pub mod syntax;
pub mod value;

#[cfg(feature = "cli")]
pub mod cli;
