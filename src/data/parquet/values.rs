//! The values of one column, batch after batch.
//!
//! In: a column chunk and what it holds. Out: [`Batch`] after [`Batch`]: values side by side, and which records have
//! one.

use super::form::Form;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};

/// The values of the records that have one, in order.
#[derive(Debug)]
pub(super) enum Values {
    /// Whole numbers over a power of ten.
    Whole(Vec<i64>),
    /// Whole numbers over a power of ten, as bytes of two's complement, the highest first.
    Wide(Vec<ByteArray>),
    /// Whole numbers that are never below zero.
    Unsigned(Vec<u64>),
    /// Floating-point numbers of 64 bits.
    Floating(Vec<f64>),
    /// Floating-point numbers of 32 bits.
    Narrow(Vec<f32>),
    /// Yes or no.
    YesNo(Vec<bool>),
    /// Days or moments since 1 January 1970.
    Time(Vec<i64>),
    /// Bytes that should be UTF-8.
    Text(Vec<ByteArray>),
}

/// Records of a column that follow each other.
#[derive(Debug)]
pub(super) struct Batch {
    /// For each record whether it has a value; nothing where all have.
    pub(super) present: Option<Vec<bool>>,
    /// The values.
    pub(super) values: Values,
}

/// The records of a column chunk that were not read yet.
pub(super) struct Rest {
    pub(super) reader: ColumnReader,
    pub(super) form: Form,
    pub(super) is_optional: bool,
}

impl Rest {
    /// Passes over the next so many records, which have to be there.
    pub(super) fn skip(&mut self, records: usize) -> Result<()> {
        let skipped = match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => reader.skip_records(records),
            ColumnReader::Int32ColumnReader(reader) => reader.skip_records(records),
            ColumnReader::Int64ColumnReader(reader) => reader.skip_records(records),
            ColumnReader::Int96ColumnReader(reader) => reader.skip_records(records),
            ColumnReader::FloatColumnReader(reader) => reader.skip_records(records),
            ColumnReader::DoubleColumnReader(reader) => reader.skip_records(records),
            ColumnReader::ByteArrayColumnReader(reader) => reader.skip_records(records),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => reader.skip_records(records),
        }?;
        if skipped == records { Ok(()) } else { Err(too_few()) }
    }

    /// Reads the next so many records, which have to be there.
    pub(super) fn read(&mut self, records: usize) -> Result<Batch> {
        let mut levels = Levels { is_optional: self.is_optional, records, levels: Vec::new() };
        let values = match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => Values::YesNo(levels.next(reader)?),
            ColumnReader::Int32ColumnReader(reader) => {
                let read: Vec<i32> = levels.next(reader)?;
                match self.form {
                    Form::Unsigned => {
                        Values::Unsigned(read.into_iter().map(|one| u64::from(one.cast_unsigned())).collect())
                    }
                    Form::Day => Values::Time(read.into_iter().map(i64::from).collect()),
                    _ => Values::Whole(read.into_iter().map(i64::from).collect()),
                }
            }
            ColumnReader::Int64ColumnReader(reader) => {
                let read: Vec<i64> = levels.next(reader)?;
                match self.form {
                    Form::Unsigned => Values::Unsigned(read.into_iter().map(i64::cast_unsigned).collect()),
                    Form::Moment { .. } => Values::Time(read),
                    _ => Values::Whole(read),
                }
            }
            ColumnReader::FloatColumnReader(reader) => Values::Narrow(levels.next(reader)?),
            ColumnReader::DoubleColumnReader(reader) => Values::Floating(levels.next(reader)?),
            ColumnReader::ByteArrayColumnReader(reader) => match self.form {
                Form::Decimal { .. } => Values::Wide(levels.next(reader)?),
                _ => Values::Text(levels.next(reader)?),
            },
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                Values::Wide(levels.next(reader)?.into_iter().map(ByteArray::from).collect())
            }
            // No column of this type is read.
            ColumnReader::Int96ColumnReader(_) => return Err(ParquetError::General("INT96".to_owned())),
        };
        Ok(Batch { present: levels.present(), values })
    }
}

/// Which records have a value.
struct Levels {
    is_optional: bool,
    records: usize,
    levels: Vec<i16>,
}

impl Levels {
    fn next<T: DataType>(&mut self, reader: &mut ColumnReaderImpl<T>) -> Result<Vec<T::T>> {
        let mut values = Vec::new();
        let mut so_far = 0;
        while so_far < self.records {
            let levels = if self.is_optional { Some(&mut self.levels) } else { None };
            let (records, ..) = reader.read_records(self.records - so_far, levels, None, &mut values)?;
            if records == 0 {
                break;
            }
            so_far += records;
        }
        let present = match self.is_optional {
            true => self.levels.iter().filter(|level| **level > 0).count(),
            false => self.records,
        };
        if so_far != self.records || values.len() != present || (self.is_optional && self.levels.len() != so_far) {
            return Err(too_few());
        }
        Ok(values)
    }

    fn present(self) -> Option<Vec<bool>> {
        (self.is_optional && self.levels.contains(&0)).then(|| self.levels.into_iter().map(|level| level > 0).collect())
    }
}

fn too_few() -> ParquetError {
    ParquetError::General("a column holds fewer records than the file says".to_owned())
}
