//! The areas as a Parquet file, in the types that a warehouse would give them, and the results of one beside those
//! of CSV.

use super::areas::{Answer, Area, CONDITIONS, Code, HEADER, area};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::record::Field;
use parquet::schema::parser::parse_message_type;
use ringfence::value::{Date, day_of_date};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::Arc;

/// How many areas stand in one row group.
const GROUP: u64 = 122_880;

/// The columns of results before the one that says what is missing, in which no field of CSV has quotes.
pub(crate) const COLUMNS: usize = 14;
/// How many rows of results are compared.
const COMPARED: usize = 1_000_000;

/// The name of the data file.
pub(crate) const DATA: &str = "area.illustrative.parquet";

/// What each column of the data file is in the words of Parquet.
fn declared(name: &str) -> String {
    match name {
        "code" | "target_reduction" => format!("required binary {name} (utf8);"),
        "minimum_fund" | "pooled_fund" | "pot" => format!("required int64 {name} (decimal(18, 2));"),
        "care_home_rate_before" => format!("required int32 {name} (decimal(9, 2));"),
        "plan_submitted" => format!("required int32 {name} (date);"),
        "exempt" => format!("required boolean {name};"),
        name if CONDITIONS.contains(&name) => format!("optional binary {name} (utf8);"),
        name => format!("required int32 {name};"),
    }
}

/// Writes a data file of so many areas, a row group at a time.
pub(crate) fn write_file(rows: u64, to: impl Write + Send) -> Result<()> {
    let columns: String = HEADER.split(',').map(declared).collect();
    let schema = parse_message_type(&format!("message areas {{ {columns} }}"))?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties))?;
    let mut from = 0;
    while from < rows {
        let areas: Vec<Area> = (from..rows.min(from + GROUP)).map(area).collect();
        let mut group = writer.next_row_group()?;
        write(&areas, &mut group)?;
        group.close()?;
        from += GROUP;
    }
    writer.close()?;
    Ok(())
}

fn write<W: Write + Send>(areas: &[Area], group: &mut SerializedRowGroupWriter<'_, W>) -> Result<()> {
    let text = |text: String| ByteArray::from(text.into_bytes());
    put::<ByteArrayType, _>(group, areas.iter().map(|area| text(Code(area.number).to_string())))?;
    put::<Int64Type, _>(group, areas.iter().map(|area| area.minimum_fund))?;
    put::<Int64Type, _>(group, areas.iter().map(|area| area.pooled_fund))?;
    for quarter in 0..4 {
        put::<Int32Type, _>(group, areas.iter().map(|area| area.baseline[quarter]))?;
    }
    for quarter in 0..4 {
        put::<Int32Type, _>(group, areas.iter().map(|area| area.actual[quarter]))?;
    }
    let target = |area: &Area| text(format!("{}.{:02}%", area.target_reduction / 100, area.target_reduction % 100));
    put::<ByteArrayType, _>(group, areas.iter().map(target))?;
    put::<Int64Type, _>(group, areas.iter().map(|area| area.pot))?;
    put::<Int32Type, _>(group, areas.iter().map(|area| area.people))?;
    put::<Int32Type, _>(group, areas.iter().map(|area| area.moves))?;
    put::<Int32Type, _>(group, areas.iter().map(|area| area.rate_before))?;
    for condition in 0..CONDITIONS.len() {
        let answers = areas.iter().map(|area| match area.conditions[condition] {
            Answer::No => ByteArray::from("no"),
            Answer::Yes => ByteArray::from("yes"),
            Answer::Missing => ByteArray::from(".."),
        });
        let answers: Vec<ByteArray> = answers.collect();
        let mut column = group.next_column()?.expect("the schema has this column");
        column.typed::<ByteArrayType>().write_batch(&answers, Some(&vec![1; answers.len()]), None)?;
        column.close()?;
    }
    put::<BoolType, _>(group, areas.iter().map(|area| area.exempt))?;
    let day = |area: &Area| {
        let (year, month, day) = (area.submitted / 10_000, area.submitted / 100 % 100, area.submitted % 100);
        let part = |part: i32| i8::try_from(part).expect("it is a day");
        day_of_date(Date::constant(i16::try_from(year).expect("it is a year"), part(month), part(day)))
    };
    put::<Int32Type, _>(group, areas.iter().map(day))
}

/// Writes the next column, in which every area has a value.
fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: impl Iterator<Item = T::T>,
) -> Result<()> {
    let mut column = group.next_column()?.expect("the schema has this column");
    column.typed::<T>().write_batch(&values.collect::<Vec<_>>(), None, None)?;
    column.close()
}

/// Compares results in CSV with results in Parquet, as many rows as are compared.
pub(crate) fn compare(csv: &Path, parquet: impl ChunkReader + 'static) {
    let file = SerializedFileReader::new(parquet).expect("results are Parquet");
    let rows = usize::try_from(file.metadata().file_metadata().num_rows()).expect("rows are counted");
    let mut lines = BufReader::new(File::open(csv).expect("results were written")).lines().skip(1);
    for row in file.get_row_iter(None).expect("results have rows").take(COMPARED) {
        let row = row.expect("results can be read");
        let line = lines.next().expect("there are as many rows").expect("results can be read");
        let fields = row.get_column_iter().map(|(_, field)| text(field)).take(COLUMNS);
        let lines = line.split(',').take(COLUMNS).map(rounded);
        assert!(fields.eq(lines), "{line} is {row}");
    }
    assert!(rows > COMPARED || lines.next().is_none(), "there are as many rows");
}

/// A decimal to the places that a column of results has, where CSV holds all of it; without the noughts at its end.
fn rounded(text: &str) -> String {
    const PLACES: usize = 12;
    let Some((whole, decimals)) = text.split_once('.').filter(|(_, decimals)| decimals.len() > PLACES) else {
        return short(text).to_owned();
    };
    let power = 10_i128.pow(u32::try_from(decimals.len() - PLACES).expect("a decimal has few places"));
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let digits: i128 = format!("{whole}{decimals}").parse().expect("a decimal is digits");
    let digits = (digits.abs() + power / 2) / power;
    let one = 10_i128.pow(PLACES as u32);
    short(&format!("{sign}{}.{:0PLACES$}", digits / one, digits % one)).to_owned()
}

/// A decimal without the noughts at its end; any other text as it is.
fn short(text: &str) -> &str {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text,
    }
}

/// A field as CSV has it, decimals without the noughts at their end.
fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Decimal(decimal) => {
            let first: i128 = if decimal.data()[0] >= 0x80 { -1 } else { 0 };
            let digits = decimal.data().iter().fold(first, |so_far, byte| (so_far << 8) | i128::from(*byte));
            let power = 10_i128.pow(decimal.scale().unsigned_abs());
            let places = usize::try_from(decimal.scale()).expect("it has decimals");
            let sign = if digits < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:0places$}", (digits / power).abs(), (digits % power).abs());
            short(&text).to_owned()
        }
        other => other.to_string(),
    }
}
