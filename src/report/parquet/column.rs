//! A column of a Parquet file: its cells as they come, then as the bytes of a column chunk.

use super::kind::Kind;
use bytes::Bytes;
use hashbrown::HashMap;
use parquet::column::page::PageWriter;
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, ColumnWriterImpl, get_column_writer};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::statistics::{Statistics, ValueStatistics};
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

/// The cells of a column over some records.
#[derive(Debug)]
pub(super) struct Column {
    kind: Kind,
    /// For each record 1 where it has a value, else 0.
    levels: Vec<i16>,
    values: Values,
}

/// The values of the records that have one.
#[derive(Debug)]
enum Values {
    /// Texts one after another, and where each ends.
    Own(Vec<u8>, Vec<usize>),
    /// Texts, of which those that are the same are one in memory.
    Texts(Vec<ByteArray>, Known),
    YesNo(Vec<bool>),
    Days(Vec<i32>),
    Narrow(Vec<i64>),
    /// Whole numbers of 16 bytes, the highest first.
    Wide(Vec<u8>),
}

/// Texts that were met, by themselves and by numbers that stand for them.
#[derive(Debug, Default)]
struct Known {
    texts: HashMap<String, ByteArray>,
    codes: HashMap<i32, ByteArray>,
}

impl Known {
    fn text(&mut self, text: &str) -> ByteArray {
        self.texts.entry_ref(text).or_insert_with(|| ByteArray::from(text)).clone()
    }
}

/// A column chunk, ready to be put into a file.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) bytes: Bytes,
    pub(super) closed: ColumnCloseResult,
}

impl Column {
    pub(super) fn new(kind: Kind, records: usize) -> Self {
        let values = match kind {
            Kind::Own => Values::Own(Vec::new(), Vec::with_capacity(records)),
            Kind::Text => Values::Texts(Vec::with_capacity(records), Known::default()),
            Kind::YesNo => Values::YesNo(Vec::with_capacity(records)),
            Kind::Day => Values::Days(Vec::with_capacity(records)),
            Kind::Whole | Kind::Decimal(_) if kind.is_narrow() => Values::Narrow(Vec::with_capacity(records)),
            Kind::Whole | Kind::Decimal(_) => Values::Wide(Vec::with_capacity(16 * records)),
        };
        Self { kind, levels: Vec::with_capacity(records), values }
    }

    /// What it holds.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Adds a record without a value.
    pub(super) fn nothing(&mut self) {
        self.levels.push(0);
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) {
        self.levels.push(1);
        match &mut self.values {
            Values::Own(all, ends) => {
                all.extend_from_slice(text.as_bytes());
                ends.push(all.len());
            }
            Values::Texts(texts, known) => texts.push(known.text(text)),
            _ => self.other(),
        }
    }

    /// Adds the text that a number stands for, the same for every record.
    pub(super) fn coded(&mut self, code: i32, text: impl FnOnce() -> String) {
        match &mut self.values {
            Values::Texts(texts, known) => {
                let same = match known.codes.get(&code) {
                    Some(same) => same.clone(),
                    None => {
                        let same = known.text(&text());
                        known.codes.insert(code, same.clone());
                        same
                    }
                };
                texts.push(same);
                self.levels.push(1);
            }
            _ => self.text(&text()),
        }
    }

    /// Adds yes or no.
    pub(super) fn yes_no(&mut self, yes: bool) {
        self.levels.push(1);
        match &mut self.values {
            Values::YesNo(all) => all.push(yes),
            _ => self.other(),
        }
    }

    /// Adds a day, by its number since 1 January 1970.
    pub(super) fn day(&mut self, day: i32) {
        self.levels.push(1);
        match &mut self.values {
            Values::Days(days) => days.push(day),
            _ => self.other(),
        }
    }

    /// Adds a number without its point; says no where the column has no room for it.
    pub(super) fn number(&mut self, number: i128) -> bool {
        /// One more than what 18 digits and 38 say.
        const MOST: [u128; 2] = [10_u128.pow(18), 10_u128.pow(38)];
        let [narrow, wide] = MOST;
        let most = if matches!(self.kind, Kind::Whole) { i64::MAX.unsigned_abs().into() } else { narrow };
        match &mut self.values {
            Values::Narrow(all) if number.unsigned_abs() < most => match i64::try_from(number) {
                Ok(number) => all.push(number),
                Err(_) => return false,
            },
            Values::Wide(all) if number.unsigned_abs() < wide => all.extend_from_slice(&number.to_be_bytes()),
            _ => return false,
        }
        self.levels.push(1);
        true
    }

    /// A value of another type than the column's, which no rules give, is none.
    fn other(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            *level = 0;
        }
    }

    /// The column chunk.
    pub(super) fn chunk(self, descriptor: ColumnDescPtr, properties: WriterPropertiesPtr) -> Result<Chunk> {
        let mut bytes = TrackedWrite::new(Vec::new());
        let pages: Box<dyn PageWriter> = Box::new(SerializedPageWriter::new(&mut bytes));
        let mut writer = get_column_writer(descriptor, properties, pages);
        let levels = &self.levels;
        match (self.values, &mut writer) {
            (Values::Own(all, ends), ColumnWriter::ByteArrayColumnWriter(writer)) => {
                let all = Bytes::from(all);
                let starts = std::iter::once(&0).chain(&ends);
                let texts = starts.zip(&ends).map(|(start, end)| ByteArray::from(all.slice(*start..*end)));
                put(writer, &texts.collect::<Vec<_>>(), levels)?;
            }
            (Values::Texts(texts, _), ColumnWriter::ByteArrayColumnWriter(writer)) => put(writer, &texts, levels)?,
            (Values::YesNo(all), ColumnWriter::BoolColumnWriter(writer)) => put(writer, &all, levels)?,
            (Values::Days(days), ColumnWriter::Int32ColumnWriter(writer)) => put(writer, &days, levels)?,
            (Values::Narrow(all), ColumnWriter::Int64ColumnWriter(writer)) => put(writer, &all, levels)?,
            (Values::Wide(all), ColumnWriter::FixedLenByteArrayColumnWriter(writer)) => {
                let all = Bytes::from(all);
                let starts = (0..all.len()).step_by(16);
                let numbers =
                    starts.map(|start| FixedLenByteArray::from(ByteArray::from(all.slice(start..start + 16))));
                put(writer, &numbers.collect::<Vec<_>>(), levels)?;
            }
            _ => return Err(ParquetError::General("a column of another type".to_owned())),
        }
        let closed = without_values(writer.close()?)?;
        Ok(Chunk { bytes: Bytes::from(bytes.into_inner()?), closed })
    }
}

/// What a chunk says about itself, its least and greatest value taken out of the memory of all its values: that is
/// kept until the end of the file, which may have any number of chunks.
fn without_values(mut closed: ColumnCloseResult) -> Result<ColumnCloseResult> {
    let own = |bytes: &[u8]| ByteArray::from(bytes.to_vec());
    let statistics = match closed.metadata.statistics() {
        Some(Statistics::ByteArray(of)) => Statistics::ByteArray(apart::<ByteArrayType>(of, own)),
        Some(Statistics::FixedLenByteArray(of)) => {
            Statistics::FixedLenByteArray(apart::<FixedLenByteArrayType>(of, |bytes| {
                FixedLenByteArray::from(own(bytes))
            }))
        }
        _ => return Ok(closed),
    };
    closed.metadata = closed.metadata.into_builder().set_statistics(statistics).build()?;
    Ok(closed)
}

fn apart<T: DataType>(of: &ValueStatistics<T::T>, own: impl Fn(&[u8]) -> T::T) -> ValueStatistics<T::T> {
    let (least, greatest) = (of.min_bytes_opt().map(&own), of.max_bytes_opt().map(&own));
    ValueStatistics::new(least, greatest, of.distinct_count(), of.null_count_opt(), false)
        .with_min_is_exact(of.min_is_exact())
        .with_max_is_exact(of.max_is_exact())
        .with_backwards_compatible_min_max(of.is_min_max_backwards_compatible())
}

/// Writes values, and which records have one.
fn put<T: DataType>(writer: &mut ColumnWriterImpl<'_, T>, values: &[T::T], levels: &[i16]) -> Result<()> {
    writer.write_batch(values, Some(levels), None)?;
    Ok(())
}
