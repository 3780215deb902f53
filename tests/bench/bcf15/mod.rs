//! The workload `bcf15`: its rules, areas made up by a seeded generator, and the same policy written by hand.
//!
//! Everything here is *illustrative*: the same number of areas always gives the same figures, from no clock.

pub(crate) mod areas;
pub(crate) mod best;
pub(crate) mod compare;
#[cfg(feature = "parquet")]
#[allow(dead_code, reason = "one bench alone reads and writes Parquet")]
pub(crate) mod parquet;
pub(crate) mod plain;
pub(crate) mod program;
pub(crate) mod results;
pub(crate) mod table;

/// The rules, as they are read by the program.
pub(crate) const RULES: &str = include_str!("../bcf15.rules");

/// The name of the data file; reasons why a value is missing name it.
pub(crate) const DATA: &str = "area.illustrative.csv";

/// The last day for the plan, as year, month and day.
pub(crate) const DEADLINE: i32 = 20_140_919;

/// The least reduction of an ambitious plan, in hundredths of a percent.
pub(crate) const LEAST_REDUCTION: i32 = 350;
