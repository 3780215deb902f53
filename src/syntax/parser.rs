//! The one place that calls the parser library.
//!
//! In: the text of one head, clause or cell and the rule it must follow. Out: its pairs, or the library's error.
//! The whole file is never parsed at once: see `outline`.

use super::limits;
use pest::Parser;
use pest::iterators::Pairs;
use std::num::NonZeroUsize;
use std::sync::Once;

/// The grammar, compiled.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/tokens.pest"]
#[grammar = "grammar/expressions.pest"]
#[grammar = "grammar/declarations.pest"]
struct RulesParser;

/// Why a text does not follow its rule.
pub(super) type Failure = pest::error::Error<Rule>;

/// Parses a text by a rule.
pub(super) fn parse(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, Box<Failure>> {
    static LIMITS: Once = Once::new();
    // The limit is one for the process and is read when a parse starts.
    LIMITS.call_once(|| pest::set_call_limit(NonZeroUsize::new(limits::PARSER_CALLS)));
    RulesParser::parse(rule, text).map_err(Box::new)
}
