//! A table in Parquet, however it is written, is the table it is in CSV; and nothing that calls itself Parquet does
//! harm.

pub(crate) mod written;

use crate::data::{Dataset, Input, load_in_parallel};
use crate::driver;
use crate::model::Model;
use crate::problem::{Place, Problem};
use crate::source::Sources;
use parquet::basic::{Compression, ZstdLevel};
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use std::num::NonZero;
use std::sync::Arc;
use written::{Cells, How, Record, csv, file, how, record, texts, typed};

const RULES: &str = r#"rules small "A small fund"
  status proposal
  applies 1 April 2015 to 31 March 2016

unit admissions

data area "Council"
  code text, key "ONS code"
  name text "Council name"
  fund money, at least £0 "Fund"
  admitted admissions "Admissions"
  growth percent, optional "Growth"
  submitted date, optional "Day of submission"
  agreed judgement, optional "Agreed"

measure pool for the nation
  is sum of fund
"#;

fn model() -> Model {
    let compiled = driver::compile(&Sources::single("small.rules", RULES));
    compiled.model.unwrap_or_else(|| panic!("{:?}", compiled.problems))
}

fn load(name: &str, bytes: Vec<u8>, threads: usize) -> (Dataset, Vec<Problem>) {
    load_in_parallel(&model(), &[Input { name: name.to_owned(), bytes }], NonZero::new(threads).unwrap())
}

/// What is wrong, each on a line: code, row, column, message, help.
fn told(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| {
        let Place::Data(place) = &problem.place else { return format!("{}: {}", problem.code.0, problem.message) };
        let row = place.row.map_or(String::new(), |row| format!(" row {row}"));
        let header = place.header.as_ref().map_or(String::new(), |header| format!(" `{header}`"));
        let help = problem.help.as_deref().unwrap_or_default();
        format!("{}{row}{header}: {} | {help}", problem.code.0, problem.message)
    };
    problems.iter().map(line).collect()
}

#[track_caller]
fn tells(columns: &[(&str, Cells)], rows: usize, lines: &[&str]) {
    let (_, problems) = load("area.parquet", file(columns, rows, &How::default()), 1);
    assert_eq!(told(&problems), lines);
}

/// The columns without which the table is not whole, for two areas.
fn two_areas() -> Vec<(&'static str, Cells)> {
    vec![
        ("binary code (utf8)", texts(["E1", "E2"])),
        ("binary name (utf8)", texts(["Ashby", "Barton"])),
        ("int64 fund (decimal(12, 2))", Cells::Int64(vec![Some(1_250), Some(0)])),
        ("int32 admitted", Cells::Int32(vec![Some(7), Some(8)])),
    ]
}

/// Two areas with one column in the place of another.
fn with(field: &'static str, cells: Cells) -> Vec<(&'static str, Cells)> {
    let name = |field: &str| field.split_whitespace().nth(1).unwrap().to_owned();
    let mut columns = two_areas();
    columns.retain(|(other, _)| name(other) != name(field));
    columns.push((field, cells));
    columns
}

#[test]
fn cells_are_checked_one_by_one() {
    let decimal = "int64 fund (decimal(12, 2))";
    tells(&two_areas(), 2, &[]);
    tells(
        &with(decimal, Cells::Int64(vec![Some(-1), None])),
        2,
        &[
            "data::out-of-range row 1 `fund`: `fund` cannot be `-0.01`: it must be at least £0 | write an amount of money such as `£1,234.50`, or a symbol for missing such as `..`",
        ],
    );
    tells(
        &with("int32 admitted (decimal(8, 1))", Cells::Int32(vec![Some(70), Some(75)])),
        2,
        &[
            "data::out-of-range row 2 `admitted`: `admitted` cannot be `7.5`: it is not whole | write a whole number of admissions such as `1,234`, or a symbol for missing such as `..`",
        ],
    );
    tells(
        &with("binary code (utf8)", Cells::Bytes(vec![Some(b"E1".to_vec()), None])),
        2,
        &[
            "data::missing-key row 2 `code`: the row does not say which `area` it is for: `code` is missing | write the `code`, or take the row out",
        ],
    );
    tells(
        &with("binary name (utf8)", Cells::Bytes(vec![Some(b"E\xff".to_vec()), Some(b" [c] ".to_vec())])),
        2,
        &["data::not-a-value row 1 `name`: `E\u{fffd}` is not a text | it is no text in UTF-8"],
    );
    tells(
        &with(
            "int64 submitted (timestamp(micros, false))",
            Cells::Int64(vec![Some(86_400_000_000), Some(7_200_000_000)]),
        ),
        2,
        &[
            "data::not-a-value row 2 `submitted`: `1970-01-01 02:00` is not a date such as `30 October 2014` | it has a time of day: write the date alone",
        ],
    );
    tells(
        &with("int32 submitted (date)", Cells::Int32(vec![Some(i32::MAX), Some(0)])),
        2,
        &[
            "data::not-a-value row 1 `submitted`: `2147483647 days after 1 January 1970` is not a date such as `30 October 2014` | no calendar reaches so far",
        ],
    );
    tells(
        &with("double fund", Cells::Double(vec![Some(f64::NAN), Some(9_007_199_254_740_993.0)])),
        2,
        &[
            "data::not-a-value row 1 `fund`: `NaN` is not an amount of money such as `£1,234.50` | it is not a number: where there is no figure, write null",
            "data::not-a-value row 2 `fund`: `9.007199254740992e15` is not an amount of money such as `£1,234.50` | a floating-point number of 64 bits holds 15 digits and may have lost others: write decimals, or whole numbers",
        ],
    );
    tells(
        &with("float fund", Cells::Float(vec![Some(25_000_001.0), Some(0.1)])),
        2,
        &[
            "data::not-a-value row 1 `fund`: `25000000` is not an amount of money such as `£1,234.50` | a floating-point number of 32 bits holds six digits and may have lost others: write decimals, or whole numbers",
        ],
    );
}

#[test]
fn columns_of_a_wrong_type_are_told_once() {
    let another = "write the column with another type, or as text";
    let fund = "an amount of money such as `£1,234.50`";
    tells(
        &with("int32 fund (date)", Cells::Int32(vec![Some(1), Some(2)])),
        2,
        &[&format!("data::not-a-value `fund`: `fund` holds dates, and wants {fund} | {another}")],
    );
    tells(
        &with("boolean fund", Cells::Bool(vec![Some(true), Some(false)])),
        2,
        &[&format!("data::not-a-value `fund`: `fund` holds yes or no, and wants {fund} | {another}")],
    );
    tells(
        &with("int64 submitted", Cells::Int64(vec![Some(1), None])),
        2,
        &[&format!(
            "data::not-a-value `submitted`: `submitted` holds numbers, and wants a date such as `30 October 2014` | {another}"
        )],
    );
    tells(
        &with("double growth", Cells::Double(vec![Some(0.5), None])),
        2,
        &[
            "data::not-a-value `growth`: `growth` holds numbers, of which nothing says whether they are percent, and wants a percent such as `3.5%` | write the column as text: `3.5%`",
        ],
    );
    tells(
        &with("int64 submitted (time(micros, false))", Cells::Int64(vec![Some(1), None])),
        2,
        &[
            "data::not-a-value `submitted`: `submitted` holds times of day, and wants a date such as `30 October 2014` | write one value for each record, as text if need be, or take the column out",
        ],
    );
}

#[test]
fn what_is_no_parquet_is_told() {
    let whole = file(&two_areas(), 2, &How::default());
    let tell = |bytes: &[u8]| told(&load("area.parquet", bytes.to_vec(), 1).1);
    let cut = "data::not-readable: `area.parquet` cannot be read: it was cut off: its end is missing | copy or write the file anew";
    assert_eq!(
        tell(b"code,name\nE1,Ashby\n"),
        [
            "data::not-readable: `area.parquet` cannot be read: it is not a Parquet file | write it as Parquet, or give it the ending of what it is, such as `.csv`",
        ]
    );
    assert_eq!(tell(b""), tell(b"code"));
    assert_eq!(tell(b"PAR1"), [cut]);
    for length in 4..whole.len() {
        assert_eq!(tell(&whole[..length]), [cut]);
    }
    assert_eq!(
        tell(&[b"PARE", &whole[4..]].concat()),
        ["data::not-readable: `area.parquet` cannot be read: it is encrypted | write it without encryption",]
    );
}

/// A header of a page that claims what it likes: its kind, its size unpacked and packed, and how many values it has.
fn page(kind: u8, unpacked: u64, values: u64) -> Vec<u8> {
    fn number(mut value: u64, into: &mut Vec<u8>) {
        value *= 2;
        while value >= 0x80 {
            into.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
            value >>= 7;
        }
        into.push(u8::try_from(value).unwrap());
    }
    let mut bytes = vec![0x15, kind * 2, 0x15];
    number(unpacked, &mut bytes);
    bytes.extend([0x15, 0]);
    bytes.extend([if kind == 2 { 0x4c } else { 0x2c }, 0x15]);
    number(values, &mut bytes);
    bytes.extend([0x15, 0, 0, 0]);
    bytes
}

#[test]
fn no_room_is_made_for_what_a_page_only_claims() {
    use super::pages::check;
    use bytes::Bytes;
    use parquet::file::metadata::ColumnChunkMetaData;
    let schema = parse_message_type("message table { optional binary code; }").unwrap();
    let schema = parquet::schema::types::SchemaDescriptor::new(Arc::new(schema));
    let checked = |header: Vec<u8>, compression| {
        let chunk = ColumnChunkMetaData::builder(schema.column(0))
            .set_compression(compression)
            .set_total_compressed_size(i64::try_from(header.len()).unwrap())
            .set_data_page_offset(0)
            .build()
            .unwrap();
        check(&Bytes::from(header), &chunk, 1_000).map_err(|unreadable| unreadable.why)
    };
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let damaged = || Err("it is damaged (its pages are not as Parquet has them)".to_owned());
    assert_eq!(checked(page(0, 60, 1_000), zstd), Ok(60));
    assert_eq!(checked(page(0, 60, 1_001), zstd), damaged());
    assert_eq!(checked(page(0, 2_000_000_000, 10), zstd), Err("a page unpacks to more than 256 MiB".to_owned()));
    assert_eq!(checked(page(0, 1_000_000, 10), Compression::SNAPPY), damaged());
    assert_eq!(checked(page(2, 40, 20), zstd), Ok(40 + 20 * 40));
    assert_eq!(checked(page(2, 40, 2_000_000_000), zstd), damaged());
    assert_eq!(checked(page(2, 100 << 20, 10), zstd), Err("a page unpacks to more than 64 MiB".to_owned()));
    assert_eq!(checked(vec![0x1c; 10_000], zstd), damaged());
}

/// The problems without their order, each at the record it is about.
fn at_records(problems: Vec<Problem>, header_rows: u64) -> Vec<(u64, String)> {
    let mut all: Vec<(u64, String)> = problems
        .into_iter()
        .map(|mut problem| {
            let mut record = 0;
            if let Place::Data(place) = &mut problem.place {
                record = place.row.take().map_or(0, |row| row.saturating_sub(header_rows));
            }
            let words = problem.message.split(", in row").next().unwrap_or_default().to_owned();
            (record, format!("{}{words}", told(&[Problem { message: String::new(), help: None, ..problem }]).concat()))
        })
        .collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 200 } else { 2_000 }))]

    #[test]
    fn a_table_is_the_same_in_parquet_as_in_csv(
        records in prop::collection::vec(record(), 1..60),
        as_type in 0_usize..24,
        how in how(),
    ) {
        // A line of CSV without any cell is no record.
        let is_seen = |record: &Record| record.code.is_some() || record.name.is_some_and(|name| !name.is_empty());
        let records: Vec<Record> = records.into_iter().filter(is_seen).take(19).collect();
        prop_assume!(!records.is_empty());
        let (data, problems) = load("area.csv", csv(&records), 1);
        let problems = at_records(problems, 1);
        for threads in [1, 3] {
            let (other, others) = load("area.parquet", typed(&records, as_type, &how), threads);
            prop_assert_eq!(&data.tables[0].columns, &other.tables[0].columns);
            prop_assert_eq!(&data.tables[0].judgements, &other.tables[0].judgements);
            prop_assert_eq!(&problems, &at_records(others, 0));
        }
    }

    #[test]
    fn long_tables_are_the_same_by_any_number_of_threads(
        records in prop::collection::vec(record(), 1..90),
        how in how(),
    ) {
        let bytes = typed(&records, 0, &how);
        let (data, problems) = load("area.parquet", bytes.clone(), 1);
        for threads in [2, 5] {
            let (other, others) = load("area.parquet", bytes.clone(), threads);
            prop_assert_eq!(&data.tables[0].columns, &other.tables[0].columns);
            prop_assert_eq!(&data.tables[0].judgements, &other.tables[0].judgements);
            prop_assert_eq!(format!("{:?}", data.tables[0].origins), format!("{:?}", other.tables[0].origins));
            prop_assert_eq!(&problems, &others);
        }
    }

    #[test]
    fn disturbed_files_are_survived(
        records in prop::collection::vec(record(), 1..20),
        as_type in 0_usize..24,
        how in how(),
        by in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = typed(&records, as_type, &how);
        for (at, byte) in by {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (data, _) = load("area.parquet", bytes, 2);
        for table in &data.tables {
            prop_assert!(table.columns.iter().all(|cells| cells.len() == table.rows));
        }
    }
}
