//! The same records written as Parquet, in many ways, and as CSV.

use super::super::cells::decimal;
use crate::value::date_of_day;
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType};
use parquet::data_type::{DataType, FloatType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use std::sync::Arc;

/// The cells of a column.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    Bool(Vec<Option<bool>>),
    Int32(Vec<Option<i32>>),
    Int64(Vec<Option<i64>>),
    Float(Vec<Option<f32>>),
    Double(Vec<Option<f64>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Fixed(Vec<Option<Vec<u8>>>),
}

pub(crate) fn texts<'t>(all: impl IntoIterator<Item = &'t str>) -> Cells {
    Cells::Bytes(all.into_iter().map(|text| Some(text.as_bytes().to_vec())).collect())
}

impl Cells {
    fn write(&self, from: usize, rows: usize, column: &mut SerializedColumnWriter<'_>) {
        fn put<T: DataType>(column: &mut SerializedColumnWriter<'_>, all: impl Iterator<Item = Option<T::T>>) {
            let (mut levels, mut values) = (Vec::new(), Vec::new());
            for one in all {
                levels.push(i16::from(one.is_some()));
                values.extend(one);
            }
            column.typed::<T>().write_batch(&values, Some(&levels), None).unwrap();
        }
        let to = from + rows;
        match self {
            Self::Bool(all) => put::<BoolType>(column, all[from..to].iter().copied()),
            Self::Int32(all) => put::<Int32Type>(column, all[from..to].iter().copied()),
            Self::Int64(all) => put::<Int64Type>(column, all[from..to].iter().copied()),
            Self::Float(all) => put::<FloatType>(column, all[from..to].iter().copied()),
            Self::Double(all) => put::<DoubleType>(column, all[from..to].iter().copied()),
            Self::Bytes(all) => {
                put::<ByteArrayType>(column, all[from..to].iter().cloned().map(|one| one.map(ByteArray::from)))
            }
            Self::Fixed(all) => {
                let fixed = |one: Vec<u8>| FixedLenByteArray::from(one);
                put::<FixedLenByteArrayType>(column, all[from..to].iter().cloned().map(|one| one.map(fixed)));
            }
        }
    }
}

/// How a file is written.
#[derive(Debug, Clone)]
pub(crate) struct How {
    pub(crate) compression: Compression,
    pub(crate) has_dictionary: bool,
    pub(crate) is_new: bool,
    pub(crate) page_rows: usize,
    pub(crate) group_rows: usize,
}

impl Default for How {
    fn default() -> Self {
        let compression = Compression::SNAPPY;
        Self { compression, has_dictionary: true, is_new: false, page_rows: 1_000, group_rows: 1_000 }
    }
}

/// A file of columns, each with its declaration in the words of Parquet.
pub(crate) fn file(columns: &[(&str, Cells)], rows: usize, how: &How) -> Vec<u8> {
    let fields: Vec<String> = columns.iter().map(|(field, _)| format!("optional {field};")).collect();
    let schema = parse_message_type(&format!("message table {{ {} }}", fields.join(" "))).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(how.compression)
        .set_dictionary_enabled(how.has_dictionary)
        .set_writer_version(if how.is_new { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 })
        .set_data_page_row_count_limit(how.page_rows)
        .set_write_batch_size(how.page_rows)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).unwrap();
    for from in (0..rows).step_by(how.group_rows) {
        let mut group = writer.next_row_group().unwrap();
        for (_, cells) in columns {
            let mut column = group.next_column().unwrap().unwrap();
            cells.write(from, how.group_rows.min(rows - from), &mut column);
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

/// A record as both files have it.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) code: Option<&'static str>,
    pub(crate) name: Option<&'static str>,
    pub(crate) fund: Option<i64>,
    pub(crate) admitted: Option<i32>,
    pub(crate) growth: Option<&'static str>,
    pub(crate) submitted: Option<i32>,
    pub(crate) agreed: Option<bool>,
    pub(crate) by: Option<&'static str>,
    pub(crate) on: Option<i32>,
}

pub(crate) fn record() -> impl Strategy<Value = Record> {
    let text = |all: &[&'static str]| prop::option::weighted(0.9, prop::sample::select(all.to_vec()));
    (
        text(&["E1", "E2", "E3", "W1", "S1", "Total"]),
        text(&["Ashby", "", " Ash,  by", "..", "[c]", "N/A", "\"quoted\"", "é"]),
        prop::option::weighted(0.9, prop_oneof![0_i64..1_000_000, -3_i64..3, Just(99_999_999_999)]),
        prop::option::weighted(0.9, prop_oneof![0..100_000, -2..2]),
        text(&["3.5%", "0", "3.5", "not yet due", "x"]),
        prop::option::weighted(0.9, 0..20_000),
        prop::option::weighted(0.9, any::<bool>()),
        text(&["A person", "", "Another"]),
        prop::option::weighted(0.9, 0..20_000),
    )
        .prop_map(|(code, name, fund, admitted, growth, submitted, agreed, by, on)| Record {
            code,
            name,
            fund,
            admitted,
            growth,
            submitted,
            agreed,
            by,
            on,
        })
}

pub(crate) fn how() -> impl Strategy<Value = How> {
    let compression = prop::sample::select(vec![
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(Default::default()),
        Compression::LZ4_RAW,
    ]);
    (compression, any::<bool>(), any::<bool>(), 1_usize..20, 1_usize..40).prop_map(
        |(compression, has_dictionary, is_new, page_rows, group_rows)| How {
            compression,
            has_dictionary,
            is_new,
            page_rows,
            group_rows,
        },
    )
}

/// The records as CSV.
pub(crate) fn csv(records: &[Record]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["code", "name", "fund", "admitted", "growth", "submitted", "agreed", "agreed_by", "agreed_on"];
    writer.write_record(header).unwrap();
    let day = |day: Option<i32>| day.map_or(String::new(), |day| date_of_day(day).unwrap().to_string());
    for record in records {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let pounds = |pence: i64| decimal(pence.into(), 2);
        writer
            .write_record([
                text(record.code),
                text(record.name),
                record.fund.map_or(String::new(), pounds),
                record.admitted.map_or(String::new(), |admitted| admitted.to_string()),
                text(record.growth),
                day(record.submitted),
                record.agreed.map_or(String::new(), |yes| if yes { "TRUE" } else { "FALSE" }.to_owned()),
                text(record.by),
                day(record.on),
            ])
            .unwrap();
    }
    writer.into_inner().unwrap()
}

/// The records as Parquet, figures in one of several types.
pub(crate) fn typed(records: &[Record], as_type: usize, how: &How) -> Vec<u8> {
    let text = |of: fn(&Record) -> Option<&'static str>| {
        Cells::Bytes(records.iter().map(|record| of(record).map(|text| text.as_bytes().to_vec())).collect())
    };
    let funds = || records.iter().map(|record| record.fund);
    let wide = |pence: i64| pence.to_be_bytes().to_vec();
    let (fund, funds) = match as_type % 4 {
        0 => ("int64 fund (decimal(18, 2))", Cells::Int64(funds().collect())),
        1 => {
            ("fixed_len_byte_array(8) fund (decimal(18, 2))", Cells::Fixed(funds().map(|one| one.map(wide)).collect()))
        }
        2 => ("binary fund (decimal(18, 2))", Cells::Bytes(funds().map(|one| one.map(wide)).collect())),
        #[expect(clippy::cast_precision_loss, reason = "they have 11 digits")]
        _ => ("double fund", Cells::Double(funds().map(|one| one.map(|pence| pence as f64 / 100.0)).collect())),
    };
    let admitted = || records.iter().map(|record| record.admitted);
    let (admit, admitted) = match as_type / 4 % 3 {
        0 => ("int32 admitted", Cells::Int32(admitted().collect())),
        1 => ("int64 admitted", Cells::Int64(admitted().map(|one| one.map(i64::from)).collect())),
        _ => ("double admitted", Cells::Double(admitted().map(|one| one.map(f64::from)).collect())),
    };
    let moment = |day: i32| i64::from(day) * 86_400_000;
    let submitted = || records.iter().map(|record| record.submitted);
    let (submit, submitted) = match as_type / 12 % 2 {
        0 => ("int32 submitted (date)", Cells::Int32(submitted().collect())),
        _ => {
            let moments = submitted().map(|one| one.map(moment)).collect();
            ("int64 submitted (timestamp(millis, true))", Cells::Int64(moments))
        }
    };
    let columns = [
        ("binary code (utf8)", text(|record| record.code)),
        ("binary name (utf8)", text(|record| record.name)),
        (fund, funds),
        (admit, admitted),
        ("binary growth", text(|record| record.growth)),
        (submit, submitted),
        ("boolean agreed", Cells::Bool(records.iter().map(|record| record.agreed).collect())),
        ("binary agreed_by (utf8)", text(|record| record.by)),
        ("int32 agreed_on (date)", Cells::Int32(records.iter().map(|record| record.on).collect())),
    ];
    file(&columns, records.len(), how)
}
