//! Labels, notes, titles and texts made to break out of a document.

use super::{read, rulebook};
use proptest::prelude::*;
use ringfence::source::Sources;

/// Pieces that mean something to HTML, to Markdown or to a terminal.
const PIECES: [&str; 40] = [
    "<script>",
    "</style>",
    "</td>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&lt;",
    "&#60;",
    "\"",
    "'",
    "`",
    "```",
    "|",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "#",
    "# ",
    "- ",
    "1. ",
    "> ",
    "[",
    "](",
    ")",
    "![",
    "\\",
    "\\`",
    "$",
    "$$",
    "<br>",
    "http://x",
    "www.x.y",
    "a@b.c",
    "\u{202e}",
    "é",
    " ",
    "word",
];

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..8).prop_map(|pieces| pieces.concat())
}

/// As a text of the rules, in which a backslash before a quote is refused.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\ ").replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_of_the_rules_become_markup(texts in prop::collection::vec(hostile(), 12)) {
        let t: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        // Two values of a choice have to differ.
        let (one, other) = (quoted(&format!("1{}", texts[0])), quoted(&format!("2{}", texts[1])));
        let rules = format!(
            "rules fund {}\n  note {}\n\nsource paper {} 2015\n  note {}\n\ndata area {}\n  code text, key {}\n  \
             kind one of {one}, {other} {}\n\nparameter wanted {}\n  one of {one}, {other}\n  is {one}\n  \
             unverified {}\n\ncondition right {}\n  met when kind is wanted\n  source paper {}\n  note {}\n\n\
             decision verdict\n  | kind | verdict |\n  | {one} | {other} |\n  | not {one} | {one} |\n\n\
             scenario example {}\n  given area code {other}, kind {one}\n  expect right is met\n  because {}\n",
            t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], t[9], t[10], t[11], t[0], t[1],
        );
        read::is_sound(&rulebook(&Sources::single("hostile.rules", &rules)));
    }
}
