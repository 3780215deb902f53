//! Small random tables over small domains against every single case.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What a cell of a random table says: over 0, 1, 2, 3 and missing (4), the cases it takes.
#[derive(Debug, Clone)]
struct Cell {
    test: CellTest,
    takes: BTreeSet<i64>,
}

fn whole() -> Type {
    Type::Quantity(Quantity::plain())
}

fn cell() -> impl Strategy<Value = Cell> {
    use CompareOp::{Above, AtLeast, AtMost, Below, Is, IsNot};
    let holds = |op: CompareOp, left: i64, right: i64| match op {
        Is => left == right,
        IsNot => left != right,
        Below => left < right,
        AtMost => left <= right,
        Above => left > right,
        AtLeast => left >= right,
    };
    let test = (prop::sample::select(vec![Is, IsNot, Below, AtMost, Above, AtLeast]), 0i64..4);
    let some = prop::collection::vec(prop::collection::vec(test, 1..3), 1..3).prop_map(move |either| Cell {
        takes: (0..4)
            .filter(|value| either.iter().any(|all| all.iter().all(|(op, with)| holds(*op, *value, *with))))
            .collect(),
        test: CellTest::Tests(
            either
                .iter()
                .map(|all| {
                    all.iter().map(|(op, with)| (*op, literal(Value::Number(Number::from(*with)), &whole()))).collect()
                })
                .collect(),
        ),
    });
    let any = Just(Cell { test: CellTest::Any, takes: (0..5).collect() });
    let missing = Just(Cell { test: CellTest::Missing, takes: BTreeSet::from([4]) });
    prop_oneof![3 => any, 1 => missing, 5 => some]
}

/// Every case of a table of so many columns; missing only where it is one.
fn cases(has_missing: &[bool]) -> Vec<Vec<i64>> {
    has_missing.iter().fold(vec![Vec::new()], |cases, has_missing| {
        let values = if *has_missing { 0..5 } else { 0..4 };
        cases.iter().flat_map(|case| values.clone().map(move |value| [case.as_slice(), &[value]].concat())).collect()
    })
}

fn takes(row: &[Cell], case: &[i64]) -> bool {
    row.iter().zip(case).all(|(cell, value)| cell.takes.contains(value))
}

/// The case that an example names; facts that are not named are free, and any value will do.
fn named(message: &str, columns: usize) -> Vec<Option<i64>> {
    (0..columns)
        .map(|column| {
            let (_, rest) = message.split_once(&format!("`c{column}` is "))?;
            if rest.starts_with("missing") {
                return Some(4);
            }
            rest.split('`').nth(1)?.parse().ok()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn verdicts_and_examples_agree_with_every_case(
        rows in (1usize..4).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec(cell(), columns), 1..6)),
        first_match in any::<bool>(),
    ) {
        let columns = rows[0].len();
        let names: Vec<String> = (0..columns).map(|column| format!("c{column}")).collect();
        let typed: Vec<(&str, Type)> = names.iter().map(|name| (name.as_str(), whole())).collect();
        let mut model = model(&typed);
        for column in &mut model.columns {
            column.is_whole = true;
            column.least = Some(Number::zero());
            column.greatest = Some(Number::from(3));
        }
        let has_missing: Vec<bool> = (0..columns)
            .map(|column| rows.iter().any(|row| matches!(row[column].test, CellTest::Missing)))
            .collect();
        let cases = cases(&has_missing);
        let tests = rows.iter().enumerate().map(|(index, row)| {
            (row.iter().map(|cell| cell.test.clone()).collect(), text(&format!("row {index}")))
        });
        let table = decision(&model, first_match, tests.collect());
        let problems = problems(model, table);
        let of = |code: &str| problems.iter().filter(|problem| problem.code.0 == code).collect::<Vec<_>>();
        prop_assert!(of("tables::too-large").is_empty());

        // A gap is told exactly where some case has no row, and each example is such a case.
        let uncovered = |case: &Vec<i64>| !rows.iter().any(|row| takes(row, case));
        prop_assert_eq!(of("tables::gap").is_empty(), !cases.iter().any(uncovered));
        for problem in of("tables::gap") {
            let named = named(&problem.message, columns);
            let fits = |case: &&Vec<i64>| case.iter().zip(&named).all(|(value, named)| named.is_none_or(|n| n == *value));
            let fitting: Vec<&Vec<i64>> = cases.iter().filter(fits).collect();
            prop_assert!(!fitting.is_empty() && fitting.into_iter().all(uncovered), "{}", problem.message);
        }

        // Overlaps are told pair by pair, with a case that both take.
        let idle: Vec<bool> = rows.iter().map(|row| !cases.iter().any(|case| takes(row, case))).collect();
        prop_assert_eq!(of("tables::impossible-row").len(), idle.iter().filter(|idle| **idle).count());
        let mut pairs = 0;
        let mut hidden = 0;
        for later in 0..rows.len() {
            let earlier = rows.iter().take(later);
            pairs += earlier.filter(|row| cases.iter().any(|case| takes(row, case) && takes(&rows[later], case))).count();
            let left = |case: &&Vec<i64>| takes(&rows[later], case) && !rows.iter().take(later).any(|row| takes(row, case));
            hidden += usize::from(!idle[later] && !cases.iter().any(|case| left(&case)));
        }
        prop_assert_eq!(of("tables::overlap").len(), if first_match { 0 } else { pairs.min(10) });
        prop_assert_eq!(of("tables::hidden-row").len(), if first_match { hidden } else { 0 });
        for problem in of("tables::overlap") {
            let named = named(&problem.message, columns);
            let both: Vec<&[Cell]> = [problem.related[0].span, problem.span().unwrap()]
                .iter()
                .map(|span| rows[span.start as usize - 1].as_slice())
                .collect();
            let fits = |case: &&Vec<i64>| case.iter().zip(&named).all(|(value, named)| named.is_none_or(|n| n == *value));
            prop_assert!(cases.iter().filter(fits).all(|case| both.iter().all(|row| takes(row, case))), "{}", problem.message);
        }
    }
}
