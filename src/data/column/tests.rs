//! Columns give back the cells that they were made of, whatever their form.

use super::*;
use crate::model::Quantity;
use proptest::prelude::*;

fn number(above: i64, below: i64) -> Cell {
    Cell::Known(Value::Number(Number::fraction(i128::from(above), i128::from(below)).unwrap()))
}

fn numbers(cells: &[Cell]) -> Column {
    Column::from_cells(&Type::Quantity(Quantity::plain()), cells.iter().cloned())
}

const BLANK: Cell = Cell::Missing(MissingReason::Blank);

#[test]
fn numbers_share_the_least_denominator_that_holds_them() {
    let column = numbers(&[number(7, 200), BLANK, number(-1, 4), number(3, 1)]);
    assert_eq!(*column.values(), Values::Whole { ints: vec![7, 0, -50, 600], over: 200 });
    // The missing row holds 0, which lies between and is no value: only what is there counts.
    assert_eq!(column.bounds(), Some((-50, 600)));
    let column = numbers(&[BLANK, number(5, 1), number(9, 1)]);
    assert_eq!(column.bounds(), Some((5, 9)));
}

#[test]
fn numbers_beyond_64_bits_are_kept_exactly_and_only_then() {
    let huge = number(i64::MAX, 1);
    assert!(matches!(numbers(&[huge.clone(), number(1, 2)]).values(), Values::Exact(_)));
    assert!(matches!(numbers(&[number(1, 2), huge.clone()]).values(), Values::Exact(_)));
    assert_eq!(*numbers(&[huge]).values(), Values::Whole { ints: vec![i64::MAX], over: 1 });
    let primes = [number(1, 1_000_003), number(1, 998_244_353), number(1, 1_000_000_007), number(1, 999_983)];
    assert!(matches!(numbers(&primes).values(), Values::Exact(_)));
    assert_eq!(numbers(&primes).bounds(), None);
}

#[test]
fn a_column_in_which_nothing_is_there_holds_nothing() {
    let column = numbers(&[BLANK, BLANK, Cell::Missing(MissingReason::NA)]);
    assert_eq!(*column.values(), Values::Nothing(3));
    assert_eq!(column.missing().runs().len(), 2);
    assert_eq!(column.get(2), Cell::Missing(MissingReason::NA));
    assert_eq!(column.get(3), Cell::Missing(MissingReason::NoRecord));
}

#[test]
fn a_value_of_another_type_is_not_taken_for_one_of_the_column() {
    let cells = [Cell::Known(Value::YesNo(true)), number(1, 1)];
    let column = Column::from_cells(&Type::YesNo, cells);
    assert_eq!(column.get(0), Cell::Known(Value::YesNo(true)));
    assert_eq!(column.get(1), Cell::Missing(MissingReason::Unreadable));
}

#[test]
fn texts_are_kept_once_and_found_again() {
    let texts = ["b", "", "a", "b"].map(|text| Cell::Known(Value::Text(text.into())));
    let column = Column::from_cells(&Type::Text, texts.into_iter().chain([BLANK]));
    let Values::Texts(texts) = column.values() else { panic!("{column:?}") };
    assert_eq!(texts.codes(), [0, 1, 2, 0, 0]);
    assert_eq!(texts.iter().collect::<Vec<_>>(), ["b", "", "a"]);
    assert_eq!((texts.find("a"), texts.find("c")), (Some(2), None));
    assert_eq!((column.text(3), column.text(4)), (Some("b"), None));
    assert_eq!(column.compare(0, 2), Ordering::Greater);
    assert_eq!(column.compare(0, 4), Ordering::Less);
    let picked = column.pick(&[Some(4), Some(2), None, Some(9)], MissingReason::NoRecord);
    let Values::Texts(texts) = picked.values() else { panic!("{picked:?}") };
    assert_eq!(texts.iter().collect::<Vec<_>>(), ["a"]);
    assert_eq!(picked.missing().rows_in(1, 4).collect::<Vec<_>>(), [2, 3]);
}

/// Cells of one type.
fn cells() -> impl Strategy<Value = (Type, Vec<Cell>)> {
    let missing = prop::sample::select(vec![MissingReason::Blank, MissingReason::NA, MissingReason::Suppressed]);
    let of = |ty: Type, value: BoxedStrategy<Value>| {
        let cell = prop_oneof![4 => value.prop_map(Cell::Known), 1 => missing.clone().prop_map(Cell::Missing)];
        (Just(ty), prop::collection::vec(cell, 0..40)).boxed()
    };
    let small = (-1000i64..1000, prop::sample::select(vec![1i64, 2, 3, 100, 10_000]));
    let wide = (any::<i64>(), 1..=i64::MAX);
    let number = prop_oneof![9 => small, 1 => wide].prop_map(|(above, below)| match number(above, below) {
        Cell::Known(value) => value,
        Cell::Missing(_) => Value::YesNo(false),
    });
    prop_oneof![
        3 => of(Type::Quantity(Quantity::plain()), number.boxed()),
        1 => of(Type::YesNo, any::<bool>().prop_map(Value::YesNo).boxed()),
        1 => of(Type::Text, "[ab]{0,2}".prop_map(|text| Value::Text(text.into())).boxed()),
        1 => of(Type::Date, (-90_000i32..90_000).prop_map(|day| Value::Date(date_of_day(day).unwrap())).boxed()),
        1 => of(
            Type::Period(PeriodKind::Quarter),
            (8000i32..8100).prop_map(|ordinal| Value::Period(Period { kind: PeriodKind::Quarter, ordinal })).boxed(),
        ),
    ]
}

proptest! {
    #[test]
    fn cells_come_back_as_they_went_in(
        (ty, cells) in cells(),
        rows in prop::collection::vec(prop::option::of(0usize..45), 0..20),
    ) {
        let column = Column::from_cells(&ty, cells.iter().cloned());
        prop_assert_eq!(column.iter().collect::<Vec<_>>(), cells.clone());
        let absent = cells.iter().filter(|cell| matches!(cell, Cell::Missing(_))).count();
        prop_assert_eq!(column.missing().count(), absent);
        let none = Cell::Missing(MissingReason::NoRecord);
        let wanted: Vec<Cell> =
            rows.iter().map(|row| row.and_then(|row| cells.get(row)).unwrap_or(&none).clone()).collect();
        // What was picked is in the same form as if it had been read so.
        let picked = column.pick(&rows, MissingReason::NoRecord);
        prop_assert_eq!(picked, Column::from_cells(&ty, wanted));
    }
}
