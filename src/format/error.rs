//! Problems of laying out rules anew.

use crate::problem::{Code, Problem};
use crate::source::Span;

/// The text laid out anew would not mean the same: a mistake in the formatter.
pub(super) fn changed_meaning(span: Span) -> Problem {
    Problem::error(
        Code("internal::format-changed-meaning"),
        span,
        "laying these rules out anew would change what they say",
    )
    .label("here the new text would differ")
    .help(
        "the file was left as it is; this is a mistake in Ringfence, not in the rules: please send them in \
             with this message",
    )
}
