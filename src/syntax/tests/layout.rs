//! Lines: what belongs to which, and how far one mistake reaches.

use super::{codes, parse, tree};
use crate::syntax::ast::ClauseKind;

#[test]
fn deeper_lines_continue_a_clause_and_comments_stand_anywhere() {
    let printed = tree("condition c # one\n  met when a # two\n    # three\n\n# four\n        or b\n  source s\n");
    assert_eq!(printed, "(condition c\n  (met-when (or a b))\n  (source s))\n");
}

#[test]
fn comments_are_collected_and_signs_in_texts_are_none() {
    let (file, _) = parse("# one\nunit a \"# no\" # two  \r\n  # three\n");
    let comments: Vec<(u32, u32)> = file.comments.iter().map(|span| (span.start, span.end)).collect();
    assert_eq!(comments, [(0, 5), (20, 25), (31, 38)]);
}

#[test]
fn places_run_from_the_first_token_to_the_last() {
    let text = "measure x\n  is a + ( b ) # c\n    * 2  \nunit u\n";
    let (file, _) = parse(text);
    let declaration = &file.declarations[0];
    let place = |span: crate::source::Span| text.get(span.range()).unwrap();
    assert_eq!(place(declaration.span), "measure x\n  is a + ( b ) # c\n    * 2");
    assert_eq!(place(declaration.clauses[0].span), "is a + ( b ) # c\n    * 2");
    let ClauseKind::Is { value, .. } = &declaration.clauses[0].kind else { panic!() };
    assert_eq!(place(value.span), "a + ( b ) # c\n    * 2");
}

#[test]
fn every_line_end_and_blank_is_read() {
    let printed = tree("unit a\n\nmeasure x\n  is a\n    + b\n");
    assert_eq!(tree("unit a\r\n\r\nmeasure x\r\n  is a\r\n    + b\r\n"), printed);
    assert_eq!(tree("unit\u{a0}a\n\nmeasure\u{a0}x\n\u{a0}\u{a0}is a\n\u{a0}\u{a0}  +\u{a0}b"), printed);
}

#[test]
fn seven_mistakes_are_seven_problems() {
    let text = "rules r\n  status in forse\nunit 1a\nmeasure a\n  is (b\ncondition c\n  met wen d\n\
                mesure e\n  is f\nThis line is plain English prose.\nparameter g\n  is 5 %\nunit good\n";
    assert_eq!(
        codes(text),
        [
            "syntax::unknown-status",
            "syntax::name-form",
            "syntax::unclosed-bracket",
            "syntax::unknown-clause",
            "syntax::not-a-declaration",
            "syntax::not-a-declaration",
            "syntax::percent-form",
        ]
    );
    let (file, _) = parse(text);
    let names: Vec<&str> = file.declarations.iter().map(|declaration| declaration.name.text.as_str()).collect();
    assert_eq!(names, ["r", "", "a", "c", "e", "g", "good"]);
    assert_eq!(file.declarations.iter().filter(|declaration| !declaration.is_broken).count(), 1);
}

#[test]
fn rows_belong_to_what_stands_above_them() {
    let printed =
        tree("scenario s\n  given a\n    | x |\n    | 1 |\n  given b\n    | y |\n    | \"|\" |\n  expect z is met\n");
    assert!(printed.contains("(given a\n    (header \"x\")\n    (row \"1\"))"), "{printed}");
    assert!(printed.contains("(row \"\\\"|\\\"\")"), "{printed}");
}

#[test]
fn a_line_in_the_wrong_place_is_read_all_the_same() {
    let (file, problems) = parse("condition c\n  met when a\n    source s\nmeasure m\nis 5\n");
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.0).collect();
    assert_eq!(codes, ["syntax::indentation", "syntax::clause-at-margin"]);
    assert!(file.declarations.iter().all(|declaration| declaration.is_broken));
    assert!(matches!(file.declarations[0].clauses[1].kind, ClauseKind::Source { .. }));
    assert!(matches!(file.declarations[1].clauses[0].kind, ClauseKind::Is { .. }));
}
