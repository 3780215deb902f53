//! A Parquet file that could be opened, and stretches of its records.
//!
//! In: whatever gives the bytes of the file. Out: its fields, and the cells of a stretch, column by column.

use super::cells::Target;
use super::form::Form;
use super::values::{Batch, Rest};
use super::{MAGIC, Unreadable, ask, pages};
use crate::data::part::PartReader;
use crate::data::tally::Found;
use crate::problem::{DataPlace, Problem};
use parquet::basic::Compression;
use parquet::column::reader::get_column_reader;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, SerializedPageReader};
use std::sync::Arc;

/// How many records are read together.
const BATCH: usize = if cfg!(test) { 3 } else { 1 << 14 };
/// The most bytes of what a file says about itself.
const MOST_METADATA: u64 = 64 << 20;
/// The most bytes that the pages take that are open together.
const MOST_OPEN: u64 = 1 << 30;

/// A file.
pub(super) struct File<R> {
    input: Arc<R>,
    metadata: ParquetMetaData,
}

/// A field of a file.
pub(super) struct Field {
    pub(super) name: String,
    /// The number of its column and what it holds, or what stands there that no column takes.
    holds: Result<(usize, Form), &'static str>,
}

/// A column of a file that is read.
pub(super) struct Column {
    slot: usize,
    name: String,
    /// The number of its column in the file and what it holds; nothing where that is refused.
    from: Option<(usize, Form)>,
}

/// Records of one row group that follow each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    group: usize,
    /// How many records of the group stand before it.
    skip: usize,
    pub(super) rows: usize,
    /// How many records of the file stand before it.
    before: u64,
}

impl Field {
    /// The column that a field is read into. What does not suit it is reported.
    pub(super) fn column(&self, slot: usize, reader: &PartReader<'_>, found: &mut Found) -> Column {
        let from = match self.holds {
            Ok((leaf, form)) => reader.typed_type(slot).map_or(Ok(()), |ty| form.suits(ty)).map(|()| (leaf, form)),
            Err(holds) => Err((holds, "write one value for each record, as text if need be, or take the column out")),
        };
        if let Err((holds, help)) = from {
            reader.typed_refusal(slot, holds, help, found);
        }
        Column { slot, name: self.name.clone(), from: from.ok() }
    }
}

impl<R: ChunkReader + 'static> File<R> {
    /// Opens a file: reads what it says about itself.
    pub(super) fn open(input: R) -> Result<Self, Unreadable> {
        let get = |start: u64, length: u64| {
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            ask(|| input.get_bytes(start, length))
        };
        let length = input.len();
        let begin = get(0, length.min(4))?;
        if begin != MAGIC {
            return Err(Unreadable::no_parquet(&begin));
        }
        let tail = get(length.saturating_sub(8), length.min(8))?;
        let Some([b0, b1, b2, b3]) = tail.strip_suffix(MAGIC).and_then(<[u8]>::first_chunk) else {
            return Err(Unreadable::cut_off());
        };
        let described = u64::from(u32::from_le_bytes([*b0, *b1, *b2, *b3]));
        if described > MOST_METADATA {
            let why = format!("its description takes more than {} MiB", MOST_METADATA >> 20);
            return Err(Unreadable::too_large(&why));
        }
        let start = length.checked_sub(8 + described).ok_or_else(Unreadable::cut_off)?;
        let described = get(start, described)?;
        let metadata = ask(|| ParquetMetaDataReader::decode_metadata(&described))?;
        Ok(Self { input: Arc::new(input), metadata })
    }

    /// How many bytes it has.
    pub(super) fn bytes(&self) -> u64 {
        self.input.len()
    }

    /// The fields of its records, in order.
    pub(super) fn fields(&self) -> Vec<Field> {
        let schema = self.metadata.file_metadata().schema_descr();
        let roots = schema.root_schema().get_fields();
        let mut fields: Vec<Field> =
            roots.iter().map(|root| Field { name: root.name().to_owned(), holds: Err("nothing") }).collect();
        for (leaf, column) in schema.columns().iter().enumerate() {
            if let Some(field) = fields.get_mut(schema.get_column_root_idx(leaf)) {
                field.holds = Form::of(column).map(|form| (leaf, form));
            }
        }
        fields
    }

    /// How many records there are, if the file can be believed to hold so many cells: values that repeat take next
    /// to no room in it, and all the room here.
    pub(super) fn rows(&self, columns: usize) -> Result<usize, String> {
        const FREE: usize = 50_000_000;
        const A_BYTE: usize = 16;
        let rows = self.metadata.row_groups().iter().try_fold(0_usize, |sum, group| {
            usize::try_from(group.num_rows()).ok().and_then(|rows| sum.checked_add(rows))
        });
        let bytes = usize::try_from(self.bytes()).unwrap_or(usize::MAX);
        let most = bytes.saturating_mul(A_BYTE).saturating_add(FREE);
        match rows {
            Some(rows) if rows.saturating_mul(columns) <= most => Ok(rows),
            _ => Err(format!("the file has {bytes} bytes and says that it holds more than {most} cells")),
        }
    }

    /// Its records in stretches of at most so many; one without any where there are none.
    pub(super) fn stretches(&self, most: usize) -> Vec<Stretch> {
        let groups: Vec<usize> =
            self.metadata.row_groups().iter().map(|group| usize::try_from(group.num_rows()).unwrap_or(0)).collect();
        let mut stretches = Vec::new();
        let mut before = 0_u64;
        for (group, rows) in groups.into_iter().enumerate() {
            for skip in (0..rows).step_by(most.max(1)) {
                let rows = most.max(1).min(rows - skip);
                stretches.push(Stretch { group, skip, rows, before });
                before = before.saturating_add(rows as u64);
            }
        }
        if stretches.is_empty() {
            stretches.push(Stretch { group: 0, skip: 0, rows: 0, before });
        }
        stretches
    }

    /// Reads a stretch into a part of its own.
    pub(super) fn read(
        &self,
        stretch: Stretch,
        columns: &[Column],
        reader: &mut PartReader<'_>,
        found: &mut Found,
    ) -> Result<(), Box<Problem>> {
        let mut next = stretch.before.saturating_add(1);
        let at = |column: &Column, row: u64, unreadable: Unreadable| {
            let place = DataPlace { row: Some(row), header: Some(column.name.clone()), ..reader.place().clone() };
            Box::new(unreadable.problem(place))
        };
        let group = self.metadata.row_groups().get(stretch.group).filter(|_| stretch.rows > 0);
        let mut room = MOST_OPEN;
        let mut open: Vec<Option<Rest>> = Vec::with_capacity(columns.len());
        for column in columns {
            let chunk = column.from.zip(group);
            let rest = chunk.map(|((leaf, form), group)| self.chunk(group, leaf, form, stretch.skip, &mut room));
            open.push(rest.transpose().map_err(|unreadable| at(column, next, unreadable))?);
        }
        let place = reader.place().clone();
        let mut left = stretch.rows;
        while left > 0 && !found.is_full() {
            let records = left.min(BATCH);
            let mut batches: Vec<Option<Batch>> = Vec::with_capacity(columns.len());
            for (rest, column) in open.iter_mut().zip(columns) {
                let batch = rest.as_mut().map(|rest| ask(|| rest.read(records))).transpose();
                batches.push(batch.map_err(|unreadable| {
                    let header = Some(column.name.clone());
                    Box::new(unreadable.problem(DataPlace { row: Some(next), header, ..place.clone() }))
                })?);
            }
            let first = reader.typed_rows(next, records);
            for (column, batch) in columns.iter().zip(batches) {
                let slot = column.slot;
                match column.from.zip(batch) {
                    Some(((_, form), batch)) => Target { reader, found, slot, first, records }.put(batch, form),
                    None => reader.typed_unreadable(slot, records),
                }
            }
            next = next.saturating_add(u64::try_from(records).unwrap_or(u64::MAX));
            left -= records;
        }
        Ok(())
    }

    /// Opens a column of a row group behind so many records.
    fn chunk(
        &self,
        group: &RowGroupMetaData,
        leaf: usize,
        form: Form,
        skip: usize,
        room: &mut u64,
    ) -> Result<Rest, Unreadable> {
        let outside = || Unreadable::damaged("a column is not where the file says");
        let chunk = group.columns().get(leaf).ok_or_else(outside)?;
        if let Some(name) = unread(chunk.compression()) {
            let why = format!("it is compressed with {name}");
            return Err(Unreadable { why, help: "write it with Snappy, Zstandard, Gzip, LZ4 or no compression" });
        }
        if chunk.file_path().is_some() || chunk.num_values() != group.num_rows() {
            return Err(outside());
        }
        let records = usize::try_from(group.num_rows()).map_err(|_| outside())?;
        let open = pages::check(&*self.input, chunk, records)?;
        *room = room.checked_sub(open).ok_or_else(|| {
            Unreadable::too_large(&format!("pages of its columns together take more than {} MiB", MOST_OPEN >> 20))
        })?;
        let descriptor = chunk.column_descr_ptr();
        let is_optional = descriptor.max_def_level() > 0;
        let reader = ask(|| {
            let pages = SerializedPageReader::new(Arc::clone(&self.input), chunk, records, None)?;
            Ok(get_column_reader(descriptor, Box::new(pages)))
        })?;
        let mut rest = Rest { reader, form, is_optional };
        ask(|| rest.skip(skip))?;
        Ok(rest)
    }
}

/// The name of a compression that is not read.
fn unread(compression: Compression) -> Option<&'static str> {
    match compression {
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
        _ => None,
    }
}
