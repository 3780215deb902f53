//! Decision tables one by one.

use super::*;
use crate::model::{DatedValue, Parameter, ParameterId};
use crate::value::Date;
use CompareOp::{Above, AtLeast, AtMost, Below, Is, IsNot};

#[test]
fn a_reduction_of_exactly_two_percent_matches_no_row() {
    let ty = share();
    let model = model(&[("reduction", ty.clone())]);
    let rows = vec![
        (vec![all(&[(Below, percent(20))], &ty)], text("low")),
        (vec![all(&[(Above, percent(20)), (Below, percent(35))], &ty)], text("middle")),
        (vec![all(&[(AtLeast, percent(35))], &ty)], text("high")),
    ];
    let table = decision(&model, false, rows);
    let problems = problems(model, table);
    assert_eq!(
        told(&problems),
        ["tables::gap: no row of `grade` matches where `reduction` is exactly `2%` \
          [add the row `| 2% | ? |`, with what it gives in place of `?`]"]
    );
    assert_eq!(problems[0].related[0].text, "takes `reduction` only where it is `< 2%`");
}

#[test]
fn rows_that_share_a_case_are_named() {
    let ty = share();
    let model = model(&[("reduction", ty.clone()), ("agreed", Type::YesNo)]);
    let yes = || is(Value::YesNo(true), &Type::YesNo);
    let rows = vec![
        (vec![all(&[(AtMost, percent(35))], &ty), CellTest::Any], text("low")),
        (vec![all(&[(AtLeast, percent(35))], &ty), yes()], text("high")),
        (vec![all(&[(Above, percent(35))], &ty), is(Value::YesNo(false), &Type::YesNo)], text("other")),
    ];
    let table = decision(&model, false, rows);
    assert_eq!(
        told(&problems(model, table)),
        [
            "tables::overlap: rows 1 and 2 of `grade` both match where `reduction` is exactly `3.5%` and `agreed` is `yes` \
          [narrow one of the rows, or write `first match` above the rows to let the earlier one decide]"
        ]
    );
}

#[test]
fn whole_columns_have_nothing_between_two_and_three() {
    let ty = Type::Quantity(Quantity::plain());
    let mut model = model(&[("admissions", ty.clone())]);
    model.columns[0].is_whole = true;
    model.columns[0].least = Some(Number::zero());
    let number = |n: i64| Value::Number(Number::from(n));
    let rows = vec![
        (vec![all(&[(AtMost, number(2))], &ty)], text("few")),
        (vec![all(&[(AtLeast, number(3))], &ty)], text("many")),
        (vec![all(&[(Below, number(0))], &ty)], text("none")),
    ];
    let table = decision(&model, false, rows);
    assert_eq!(
        told(&problems(model, table)),
        ["tables::impossible-row: row 3 of `grade` can never match [mend the cell, or take the row out]"]
    );
}

#[test]
fn missing_is_a_case_only_where_a_row_says_so() {
    let ty = choice(&["low", "high"]);
    let with = |cells: Vec<CellTest>| {
        let model = model(&[("risk", ty.clone())]);
        let rows = cells.into_iter().map(|cell| (vec![cell], text("x"))).collect();
        let table = decision(&model, false, rows);
        told(&problems(model, table))
    };
    let (low, high) = (|| is(words("low"), &ty), || is(words("high"), &ty));
    assert_eq!(with(vec![low(), high()]), [] as [String; 0]);
    assert_eq!(with(vec![low(), high(), CellTest::Missing]), [] as [String; 0]);
    assert_eq!(
        with(vec![low(), CellTest::Missing]),
        ["tables::gap: no row of `grade` matches where `risk` is `high` \
          [add the row `| high | ? |`, with what it gives in place of `?`]"]
    );
    assert_eq!(with(vec![CellTest::Any, CellTest::Missing]).len(), 1);
}

#[test]
fn texts_that_are_not_mentioned_need_a_row() {
    let model = model(&[("metric", Type::Text), ("metric again", Type::Text)]);
    let rows = vec![
        (vec![is(words("falls"), &Type::Text), CellTest::Any], text("x")),
        (vec![is(words("delays"), &Type::Text), CellTest::Any], text("y")),
    ];
    let table = decision(&model, false, rows);
    assert_eq!(
        told(&problems(model, table)),
        ["tables::gap: no row of `grade` matches where `metric` is any other text \
          [add the row `| not \"falls\" and not \"delays\" | any | ? |`, with what it gives in place of `?`]"]
    );
}

#[test]
fn rows_that_others_take_everything_from_are_told_with_those() {
    let ty = choice(&["low", "medium", "high"]);
    let model = model(&[("risk", ty.clone()), ("agreed", Type::YesNo)]);
    let yes = |yes| is(Value::YesNo(yes), &Type::YesNo);
    let rows = vec![
        (vec![is(words("low"), &ty), CellTest::Any], text("a")),
        (vec![CellTest::Any, yes(true)], text("b")),
        (vec![all(&[(IsNot, words("low"))], &ty), yes(false)], text("c")),
        (vec![is(words("high"), &ty), CellTest::Any], text("d")),
        (vec![CellTest::Any, CellTest::Any], text("e")),
    ];
    let table = decision(&model, true, rows);
    let problems = problems(model, table);
    let rows: Vec<Vec<u32>> =
        problems.iter().map(|problem| problem.related.iter().map(|label| label.span.start).collect()).collect();
    assert_eq!(rows, [vec![2, 3], vec![1, 2, 3]]);
    assert_eq!(problems[0].message, "row 4 of `grade` can never decide");
}

#[test]
fn a_table_is_right_under_every_value_of_its_parameters() {
    let ty = share();
    let mut model = model(&[("reduction", ty.clone())]);
    let day = Date::constant(2014, 8, 18);
    let dated = |value, from, to| DatedValue { value, from, to, rejected: Vec::new(), span: Span::default() };
    model.parameters.push(Parameter {
        name: "least".to_owned(),
        label: None,
        ty: ty.clone(),
        values: vec![dated(percent(35), None, day.yesterday().ok()), dated(percent(40), Some(day), None)],
        unverified: None,
        citations: Vec::new(),
        notes: Vec::new(),
        span: Span::default(),
    });
    let least = |op| CellTest::Tests(vec![vec![(op, expr(ExprKind::Parameter(ParameterId(0)), ty.clone()))]]);
    let rows = vec![(vec![least(AtLeast)], text("a")), (vec![all(&[(Below, percent(35))], &ty)], text("b"))];
    let table = decision(&model, false, rows);
    assert_eq!(
        told(&problems(model, table)),
        ["tables::gap: no row of `grade` matches where `reduction` is exactly `3.5%`, with the parameters of \
          18 August 2014 [add the row `| >= 3.5% and < least | ? |`, with what it gives in place of `?`]"]
    );
}

#[test]
fn two_columns_over_one_fact_are_one_fact() {
    let ty = share();
    let model = model(&[("reduction", ty.clone())]);
    let low = || all(&[(Below, percent(20))], &ty);
    let high = || all(&[(AtLeast, percent(20))], &ty);
    let rows = vec![(vec![low(), CellTest::Any], text("a")), (vec![CellTest::Any, high()], text("b"))];
    let mut table = decision(&model, false, rows);
    table.inputs.push(column(&model, "reduction"));
    table.heads.push("reduction".to_owned());
    assert_eq!(told(&problems(model, table)), [] as [String; 0]);
}

#[test]
fn a_hostile_table_ends_at_once() {
    let names: Vec<String> = (0..20).map(|index| format!("c{index}")).collect();
    let columns: Vec<(&str, Type)> =
        names.iter().map(|name| (name.as_str(), Type::Quantity(Quantity::plain()))).collect();
    let mut seed = 7u64;
    let mut next = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 40
    };
    for first_match in [false, true] {
        let model = model(&columns);
        let mut rows = Vec::new();
        for _ in 0..200 {
            let mut cells = Vec::new();
            for (_, ty) in &columns {
                let number = Value::Number(Number::from(i64::try_from(next() % 50).unwrap()));
                let op = [Below, AtLeast, IsNot, Is][usize::try_from(next() % 3).unwrap()];
                cells.push(if next() % 3 > 0 { CellTest::Any } else { all(&[(op, number)], ty) });
            }
            rows.push((cells, text("x")));
        }
        let table = decision(&model, first_match, rows);
        let problems = problems(model, table);
        assert!(!problems.is_empty());
    }
}
