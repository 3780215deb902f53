//! Small random tables against every single case.
//!
//! Cases are counted in halves, so that what lies between two whole numbers is a case where a column need not be
//! whole.

use super::*;
use proptest::prelude::*;

/// The case of a missing value.
const MISSING: i64 = 99;

/// What a cell of a random table says; constants are whole.
#[derive(Debug, Clone)]
enum Cell {
    Any,
    Missing,
    Either(Vec<Vec<(CompareOp, i64)>>),
}

impl Cell {
    fn test(&self) -> CellTest {
        let one = |(op, with): &(CompareOp, i64)| (*op, literal(Value::Number(Number::from(*with)), &number()));
        match self {
            Self::Any => CellTest::Any,
            Self::Missing => CellTest::Missing,
            Self::Either(either) => CellTest::Tests(either.iter().map(|all| all.iter().map(one).collect()).collect()),
        }
    }

    fn takes(&self, halves: i64) -> bool {
        let one = |(op, with): &(CompareOp, i64)| match op {
            CompareOp::Is => halves == 2 * with,
            CompareOp::IsNot => halves != 2 * with,
            CompareOp::Below => halves < 2 * with,
            CompareOp::AtMost => halves <= 2 * with,
            CompareOp::Above => halves > 2 * with,
            CompareOp::AtLeast => halves >= 2 * with,
        };
        match self {
            Self::Any => true,
            Self::Missing => halves == MISSING,
            Self::Either(either) => halves != MISSING && either.iter().any(|all| all.iter().all(one)),
        }
    }
}

fn number() -> Type {
    Type::Quantity(Quantity::plain())
}

fn cell() -> impl Strategy<Value = Cell> {
    use CompareOp::{Above, AtLeast, AtMost, Below, Is, IsNot};
    let test = (prop::sample::select(vec![Is, IsNot, Below, AtMost, Above, AtLeast]), 0i64..4);
    let either = prop::collection::vec(prop::collection::vec(test, 1..3), 1..3).prop_map(Cell::Either);
    prop_oneof![3 => Just(Cell::Any), 1 => Just(Cell::Missing), 5 => either]
}

/// Every case of a table; missing only in columns where it is one.
fn cases(is_whole: bool, has_missing: &[bool]) -> Vec<Vec<i64>> {
    has_missing.iter().fold(vec![Vec::new()], |cases, has_missing| {
        let values = (-2..=8).filter(|halves| !is_whole || (0..=6).contains(halves) && halves % 2 == 0);
        let values: Vec<i64> = values.chain(has_missing.then_some(MISSING)).collect();
        cases.iter().flat_map(|case| values.iter().map(move |value| [case.as_slice(), &[*value]].concat())).collect()
    })
}

fn takes(row: &[Cell], case: &[i64]) -> bool {
    row.iter().zip(case).all(|(cell, value)| cell.takes(*value))
}

/// A number in halves; constants are whole, so that all between two whole ones are the same.
fn halves(text: &str) -> i64 {
    let number = Number::from_decimal(text).unwrap();
    let floor = i64::try_from(number.floor().to_i128().unwrap()).unwrap();
    2 * floor + i64::from(!number.is_whole())
}

/// The cases that an example stands for: facts that it does not name are free.
fn named<'a>(cases: &'a [Vec<i64>], message: &str) -> Vec<&'a Vec<i64>> {
    let fact = |column: usize| {
        let (_, rest) = message.split_once(&format!("`c{column}` is "))?;
        Some(if rest.starts_with("missing") { MISSING } else { halves(rest.split('`').nth(1)?) })
    };
    let facts: Vec<Option<i64>> = (0..cases[0].len()).map(fact).collect();
    let fits = |case: &&Vec<i64>| case.iter().zip(&facts).all(|(value, fact)| fact.is_none_or(|fact| fact == *value));
    cases.iter().filter(fits).collect()
}

/// Whether the row to paste, as the help writes it, takes a case.
fn pasted_row_takes(help: &str, case: &[i64]) -> bool {
    let row = help.split('`').nth(1).unwrap().trim_matches('|').trim();
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    assert_eq!(cells.len(), case.len() + 1);
    cells.iter().zip(case).all(|(cell, value)| pasted_cell_takes(cell, *value))
}

fn pasted_cell_takes(cell: &str, value: i64) -> bool {
    assert!(!(cell.contains(" and ") && cell.contains(" or ")), "no cell can say `{cell}`");
    let test = |words: &str| match words.split_once(' ') {
        None if words == "any" => true,
        None if words == "missing" => value == MISSING,
        _ if value == MISSING => false,
        None => halves(words) == value,
        Some(("<", with)) => value < halves(with),
        Some(("<=", with)) => value <= halves(with),
        Some((">", with)) => value > halves(with),
        Some((">=", with)) => value >= halves(with),
        Some((_, with)) => value != halves(with),
    };
    if cell.contains(" or ") { cell.split(" or ").any(test) } else { cell.split(" and ").all(test) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn verdicts_and_examples_agree_with_every_case(
        rows in (1usize..4).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec(cell(), columns), 1..6)),
        first_match in any::<bool>(),
        is_whole in any::<bool>(),
    ) {
        let columns = rows[0].len();
        let names: Vec<String> = (0..columns).map(|column| format!("c{column}")).collect();
        let typed: Vec<(&str, Type)> = names.iter().map(|name| (name.as_str(), number())).collect();
        let mut model = model(&typed);
        for column in model.columns.iter_mut().filter(|_| is_whole) {
            column.is_whole = true;
            column.least = Some(Number::zero());
            column.greatest = Some(Number::from(3));
        }
        let has_missing: Vec<bool> =
            (0..columns).map(|column| rows.iter().any(|row| matches!(row[column], Cell::Missing))).collect();
        let cases = cases(is_whole, &has_missing);
        let tests = rows.iter().map(|row| (row.iter().map(Cell::test).collect(), text("x")));
        let table = decision(&model, first_match, tests.collect());
        let problems = problems(model, table);
        let of = |code: &str| problems.iter().filter(|problem| problem.code.0 == code).collect::<Vec<_>>();
        prop_assert!(of("tables::too-large").is_empty());

        // A gap is told exactly where some case has no row, and each example is such a case.
        let gaps = of("tables::gap");
        let is_open = |case: &Vec<i64>| !rows.iter().any(|row| takes(row, case));
        prop_assert_eq!(gaps.is_empty(), !cases.iter().any(is_open));
        for problem in &gaps {
            let named = named(&cases, &problem.message);
            prop_assert!(!named.is_empty() && named.into_iter().all(is_open), "{}", problem.message);
        }

        // The rows to paste take nothing that a row takes already, and all that is left where all gaps are told.
        let helps: Vec<&str> = gaps.iter().filter_map(|problem| problem.help.as_deref()).collect();
        let are_all_told = !helps.iter().any(|help| help.contains("further cases"));
        for case in &cases {
            let pasted = helps.iter().filter(|help| pasted_row_takes(help, case)).count();
            prop_assert!(pasted <= 1, "two rows to paste overlap: {:?} {:?}", helps, case);
            let is_pasted = pasted == 1;
            prop_assert!(!is_pasted || is_open(case), "{:?} {:?}", helps, case);
            prop_assert!(is_pasted || !is_open(case) || !are_all_told, "{:?} {:?}", helps, case);
        }

        // Overlaps are told pair by pair, with a case that both take; hidden rows are those that nothing is left to.
        let mut counts = [0, 0, 0];
        for (later, row) in rows.iter().enumerate() {
            let earlier = &rows[..later];
            let taken: Vec<&Vec<i64>> = cases.iter().filter(|case| takes(row, case)).collect();
            let is_left = |case: &&Vec<i64>| !earlier.iter().any(|row| takes(row, case));
            counts[0] += usize::from(taken.is_empty());
            counts[1] += earlier.iter().filter(|row| taken.iter().any(|case| takes(row, case))).count();
            counts[2] += usize::from(!taken.is_empty() && !taken.iter().any(is_left));
        }
        prop_assert_eq!(of("tables::impossible-row").len(), counts[0]);
        prop_assert_eq!(of("tables::overlap").len(), if first_match { 0 } else { counts[1].min(10) });
        prop_assert_eq!(of("tables::hidden-row").len(), if first_match { counts[2] } else { 0 });
        for problem in of("tables::overlap") {
            let places = [problem.related[0].span, problem.span().unwrap()];
            let both = places.map(|span| &rows[span.start as usize - 1]);
            let named = named(&cases, &problem.message);
            prop_assert!(!named.is_empty(), "{}", problem.message);
            prop_assert!(named.iter().all(|case| both.iter().all(|row| takes(row, case))), "{}", problem.message);
        }
    }
}
