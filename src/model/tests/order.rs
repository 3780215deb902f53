//! Order, circles, and what rests on what nobody has verified.

use super::{compile, expect, model};

#[test]
fn circles_are_named_step_by_step() {
    expect(&[
        ("measure a\n  is b\nmeasure b\n  is c\nmeasure c\n  is a", &["cycles::circle"]),
        ("condition a\n  met when signed and a", &["cycles::circle"]),
        ("measure a\n  is b + £1\nmeasure b\n  is a + 3 people", &["cycles::circle"]),
        ("measure a\n  is b\nmeasure b\n  is a\nmeasure c\n  is a + population", &["cycles::circle"]),
    ]);
    let (_, problems) = compile("measure a\n  is b\nmeasure b\n  is c\nmeasure c\n  is a");
    let problem = problems.iter().find(|problem| problem.is_error()).unwrap();
    assert_eq!(problem.message, "`a` rests on itself: `a` reads `b`, which reads `c`, which reads `a`");
    assert_eq!(problem.related.len(), 2);
}

#[test]
fn each_group_comes_after_what_it_reads() {
    let rules = "measure last\n  is first * 2\nmeasure first\n  is pool\nmeasure a for each quarter\n  is actual + b in the previous quarter\nmeasure b for each quarter\n  is a + planned";
    let model = model(rules);
    let names: Vec<Vec<&str>> =
        model.order.iter().map(|group| group.iter().map(|id| model.declaration(*id).name.as_str()).collect()).collect();
    assert_eq!(names, vec![vec!["first"], vec!["last"], vec!["a", "b"]]);
}

#[test]
fn doubt_is_handed_on() {
    let rules = "parameter p\n  is £5\n  unverified \"no source\"\nmeasure a\n  is p + pool\n  unverified \"an assumption\"\nmeasure b\n  is a * 2\nmeasure c\n  is pool";
    let model = model(rules);
    let of = |name: &str| model.declaration(model.find(name).unwrap()).rests_on_unverified.clone();
    assert_eq!(of("a"), ["p"]);
    assert_eq!(of("b"), ["p", "a"]);
    assert!(of("c").is_empty());
}
