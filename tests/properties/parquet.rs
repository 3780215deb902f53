//! Results in Parquet are those in CSV, column by column and cell by cell, of made-up rules over made-up tables; their
//! columns hold the same types whatever the data.

use super::on_every_processor;
use crate::support::generate::{self, Size};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use ringfence::data::{self, Dataset};
use ringfence::eval::{self, Wanted};
use ringfence::meaning;
use ringfence::plan;
use ringfence::report::parquet::{self as written, Error};
use ringfence::report::{Run, Selection, csv};
use ringfence::source::Sources;
use ringfence::value::{Number, date_of_day};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many cases a run of the suite makes.
const CASES: u64 = 200;

fn open(bytes: &[u8]) -> SerializedFileReader<bytes::Bytes> {
    SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).expect("it is a Parquet file")
}

/// Whether a cell says what a field of CSV does; decimals to twelve places.
fn is_same(text: &str, field: &Field) -> bool {
    match field {
        Field::Null => text.is_empty(),
        Field::Str(own) => own == text,
        Field::Bool(yes) => text == if *yes { "yes" } else { "no" },
        Field::Long(whole) => text == whole.to_string(),
        Field::Date(day) => date_of_day(*day).is_some_and(|date| date.to_string() == text),
        Field::Decimal(decimal) => {
            let negative = decimal.data().first().is_some_and(|byte| *byte >= 0x80);
            let first: i128 = if negative { -1 } else { 0 };
            let digits = decimal.data().iter().fold(first, |so_far, byte| (so_far << 8) | i128::from(*byte));
            let number = |digits, scale: i32| Number::fraction(digits, 10_i128.pow(scale.unsigned_abs()));
            let (Some(own), Some(text)) = (number(digits, decimal.scale()), Number::from_decimal(text)) else {
                return false;
            };
            let apart = own.subtract(&text).expect("they are near each other").size();
            match decimal.scale() {
                12 => apart <= Number::fraction(5, 10_i128.pow(13)).expect("it is a fraction"),
                _ => apart.is_zero(),
            }
        }
        _ => false,
    }
}

/// Compares the results of a level in both forms.
fn compare(csv: &[u8], parquet: &[u8]) {
    let mut reader = ::csv::Reader::from_reader(csv);
    let file = open(parquet);
    let schema = file.metadata().file_metadata().schema_descr().root_schema();
    let names: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
    assert_eq!(reader.headers().expect("it has a header").iter().collect::<Vec<_>>(), names);
    let mut rows = file.get_row_iter(None).expect("it has rows");
    for record in reader.records() {
        let record = record.expect("it is CSV");
        let row = rows.next().expect("there are as many rows").expect("it is a row");
        for (text, (name, field)) in record.iter().zip(row.get_column_iter()) {
            assert!(is_same(text, field), "`{name}` is {text} in CSV and {field} in Parquet");
        }
    }
    assert!(rows.next().is_none(), "there are as many rows");
}

/// The types of a file's columns.
fn types(bytes: &[u8]) -> String {
    format!("{:?}", open(bytes).metadata().file_metadata().schema_descr().root_schema())
}

#[test]
fn results_are_those_of_csv() {
    let compared = AtomicUsize::new(0);
    let seeds: Vec<u64> = (0..CASES).collect();
    on_every_processor(
        &seeds,
        |seed| format!("seed {seed}"),
        |seed| {
            let case = generate::case(*seed, Size::SMALL);
            let model = case.model().expect("what is refused was left out");
            let (dataset, _) = data::load(&model, &case.inputs());
            let sources = Sources::default();
            let results = meaning::evaluate(&model, &dataset, &case.options);
            let run = Run::new(&model, &sources, &dataset, &results, &case.options);
            let nothing =
                Dataset { tables: model.tables.iter().map(|_| Default::default()).collect(), ..Default::default() };
            let no_results = meaning::evaluate(&model, &nothing, &case.options);
            let empty = Run::new(&model, &sources, &nothing, &no_results, &case.options);
            let all = Selection::default();
            for level in all.levels(&model) {
                let text = csv::level(&run, &all, level, 1).expect("it can be written");
                let bytes = match written::level(&run, &all, level, 1) {
                    Ok(bytes) => bytes,
                    Err(Error::TooLarge { value, .. }) => {
                        assert!(value.split('.').next().unwrap().len() > 12, "{value}");
                        continue;
                    }
                    Err(error) => panic!("{error}"),
                };
                compare(&text, &bytes);
                compared.fetch_add(1, Ordering::Relaxed);
                assert_eq!(types(&bytes), types(&written::level(&empty, &all, level, 1).unwrap()));
                assert_eq!(bytes, written::level(&run, &all, level, 3).unwrap());
                let Some(plan) = plan::from_model(&model).filter(plan::Plan::is_complete) else { continue };
                let columns = eval::Run::new(&plan, &model, &dataset, &case.options, Wanted::Columns, 1);
                let Some(columns) = columns else { continue };
                let of_nation = columns.results_of_the_nation();
                let run = Run::new(&model, &sources, &dataset, &of_nation, &case.options).with_columns(&columns);
                assert_eq!(bytes, written::level(&run, &all, level, 2).unwrap());
            }
        },
    );
    assert!(compared.into_inner() > 200, "many levels can be written");
}
