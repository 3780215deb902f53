//! Problems of the model: one file per family, one constructor function per code.

pub(crate) mod clauses;
pub(crate) mod cycles;
pub(crate) mod levels;
pub(crate) mod lint;
pub(crate) mod names;
pub(crate) mod parameters;
pub(crate) mod periods;
pub(crate) mod rows;
pub(crate) mod scenarios;
pub(crate) mod tables;
pub(crate) mod types;
pub(crate) mod units;
