//! The order of the reference, from the loosest to the tightest, and the mixtures that have two readings.

use super::{expression, refused};

#[test]
fn operators_bind_in_the_order_of_the_reference() {
    for (text, wanted) in [
        ("a + b * c", "(+ a (* b c))"),
        ("a * b + c", "(+ (* a b) c)"),
        ("a - b - c", "(- (- a b) c)"),
        ("a * b / c", "(/ (* a b) c)"),
        ("a + b >= c - d", "(>= (+ a b) (- c d))"),
        ("a is b and c is not d", "(and (is a b) (is-not c d))"),
        ("not a is b and c", "(and (not (is a b)) c)"),
        ("not a and not b", "(and (not a) (not b))"),
        ("a and b and c", "(and a b c)"),
        ("(a or b) and c", "(and [(or a b)] c)"),
        ("a is missing or b is not missing", "(or (is-missing a) (is-not-missing b))"),
        ("a + b is missing", "(is-missing (+ a b))"),
        ("a rounds to £3.8bn", "(rounds-to a £3.8bn)"),
        ("-a * b", "(* (- a) b)"),
        ("a - -5", "(- a -5)"),
        ("-£5 * a", "(* £-5 a)"),
        ("a -b", "(- a b)"),
        ("- sum of a", "(- (sum-of a))"),
        ("sum of a / sum of b", "(/ (sum-of a) (sum-of b))"),
        ("running total of a - b", "(- (running-total-of a) b)"),
        ("size of (a - b) > c", "(> (size-of [(- a b)]) c)"),
        ("a in the previous quarter + b", "(+ (previous-quarter a) b)"),
        ("sum of a in Q4 2014-15", "(sum-of (in a Q4-2014-15))"),
        ("a a year earlier < b", "(< (a-year-earlier a) b)"),
        ("x.y in period", "(in x.y period)"),
    ] {
        assert_eq!(expression(text), wanted, "{text}");
    }
}

#[test]
fn if_and_where_reach_to_the_right() {
    for (text, wanted) in [
        ("if a then b else c + d", "(if a b (+ c d))"),
        ("1 + if a then b else c", "(+ 1 (if a b c))"),
        ("if a then b else if c then d else e", "(if a b (if c d e))"),
        ("if if a then b else c then d else e", "(if (if a b c) d e)"),
        ("count of areas where a and b > 5", "(count-of areas (where (and a (> b 5))))"),
        ("(count of areas where a) / 5", "(/ [(count-of areas (where a))] 5)"),
        ("mean of a across areas where b or c", "(mean-of a (across areas) (where (or b c)))"),
        ("sum of a across areas - b", "(- (sum-of a (across areas)) b)"),
        ("rank of a across areas from lowest + 1", "(+ (rank-of a areas lowest) 1)"),
        ("least of (a, b + c)", "(least-of-list a (+ b c))"),
    ] {
        assert_eq!(expression(text), wanted, "{text}");
    }
}

#[test]
fn two_readings_are_shown() {
    for (text, code, readings) in [
        ("a and b or c", "syntax::mixed-and-or", ["`(a and b) or c`", "`a and (b or c)`"]),
        ("a or b and c or d", "syntax::mixed-and-or", ["`a or (b and c) or d`", "`(a or b) and (c or d)`"]),
        ("a / b * c", "syntax::division-two-readings", ["`(a / b) * c`", "`a / (b * c)`"]),
        ("a * b / c / d", "syntax::division-two-readings", ["`(a * b / c) / d`", "`a * b / (c / d)`"]),
        ("a < b <= c", "syntax::chained-comparison", ["`a < b and b <= c`", ""]),
        ("a between 2% and 3%", "syntax::between", ["`a >= 2% and a <= 3%`", "`a > 2% and a < 3%`"]),
    ] {
        let (found, help) = refused(text);
        assert_eq!(found, code, "{text}");
        for reading in readings {
            assert!(help.contains(reading), "{text}: {help}");
        }
    }
}

#[test]
fn what_stands_in_the_wrong_place_is_refused() {
    for (text, code) in [
        ("a + not b", "syntax::misplaced-not"),
        ("a is not not b", "syntax::misplaced-not"),
        ("not not a", "syntax::unexpected"),
        ("- - a", "syntax::unexpected"),
        ("a is missing + 1", "syntax::after-comparison"),
        ("a is missing is b", "syntax::chained-comparison"),
        ("(a, b)", "syntax::bare-list"),
        ("running total of (a, b)", "syntax::list-not-wanted"),
        ("(a, b) in Q4 2014-15", "syntax::list-not-wanted"),
        ("sum of (a, b) where c", "syntax::list-with-condition"),
        ("a from 1 April 2015", "syntax::dates-outside-parameter"),
    ] {
        assert_eq!(refused(text).0, code, "{text}");
    }
}
