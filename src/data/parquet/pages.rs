//! The pages of a column chunk, before they are unpacked.
//!
//! In: the headers of the pages. Out: how much memory the chunk takes, or that it is not as Parquet has it. A header
//! says how large its page unpacks and how many values that holds: room is made for it before the page is seen, so
//! that headers are not believed.

use super::Unreadable;
use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::ChunkReader;

/// The most bytes that a page unpacks to. Programs write pages of about one MiB, some of up to a hundred.
const MOST_OF_PAGE: u64 = 256 << 20;
/// The most bytes that a page of distinct values unpacks to.
const MOST_OF_DICTIONARY: u64 = 64 << 20;
/// How much of a page is looked at for its header: first little, then as much as one may take.
const HEADER: [usize; 2] = [1 << 10, 1 << 20];
/// How deep structures stand in each other.
const MOST_DEPTH: u8 = 8;

/// Looks through the pages of a chunk of so many records; gives how many bytes the largest of them take in memory.
pub(super) fn check<R: ChunkReader>(file: &R, chunk: &ColumnChunkMetaData, rows: usize) -> Result<u64, Unreadable> {
    let (mut at, length) = range(chunk).ok_or_else(damaged)?;
    let end = at.checked_add(length).filter(|end| *end <= file.len()).ok_or_else(Unreadable::cut_off)?;
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    let (mut largest, mut dictionary, mut values) = (0, 0, 0_u64);
    while at < end {
        let (header, bytes) = header(file, at, end - at)?;
        let (packed, unpacked) = (header.size(3)?, header.size(2)?);
        at = at.checked_add(bytes + packed).filter(|next| *next <= end).ok_or_else(damaged)?;
        if unpacked > most_from(chunk.compression(), packed) {
            return Err(damaged());
        }
        let is_dictionary = header.numbers.get(1) == Some(&Some(2));
        let most = if is_dictionary { MOST_OF_DICTIONARY } else { MOST_OF_PAGE };
        if unpacked > most {
            return Err(Unreadable::too_large(&format!("a page unpacks to more than {} MiB", most >> 20)));
        }
        let held = header.values.map_or(Ok(0), |held| u64::try_from(held).map_err(|_| damaged()))?;
        if is_dictionary {
            // A distinct value takes a byte at least, and up to so many where it is text.
            const OF_TEXT: u64 = 40;
            if held > unpacked {
                return Err(damaged());
            }
            dictionary = unpacked + held * OF_TEXT;
        } else {
            largest = largest.max(unpacked);
            values = values.saturating_add(held);
            if values > rows {
                return Err(damaged());
            }
        }
    }
    Ok(largest + dictionary)
}

/// Where a chunk begins and how long it is.
fn range(chunk: &ColumnChunkMetaData) -> Option<(u64, u64)> {
    let start = chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset());
    Some((u64::try_from(start).ok()?, u64::try_from(chunk.compressed_size()).ok()?))
}

/// The most bytes that so many unpack to.
fn most_from(compression: Compression, packed: u64) -> u64 {
    let ratio = match compression {
        Compression::UNCOMPRESSED => 1,
        // A copy of 64 bytes takes three.
        Compression::SNAPPY => 22,
        Compression::LZ4 | Compression::LZ4_RAW => 256,
        Compression::GZIP(_) => 1_040,
        _ => return u64::MAX,
    };
    packed.saturating_mul(ratio).saturating_add(64)
}

fn damaged() -> Unreadable {
    Unreadable::damaged("its pages are not as Parquet has them")
}

/// A header of a page, as far as it matters.
#[derive(Debug, Default)]
struct Header {
    /// The whole numbers of the header itself, by their ids: what the page holds, its size unpacked and packed.
    numbers: [Option<i64>; 4],
    /// How many values it says that it holds.
    values: Option<i64>,
}

impl Header {
    fn size(&self, id: usize) -> Result<u64, Unreadable> {
        let size = self.numbers.get(id).copied().flatten();
        size.and_then(|size| u64::try_from(size).ok()).ok_or_else(damaged)
    }
}

/// The header at a place, and how many bytes it takes of those that are left.
fn header<R: ChunkReader>(file: &R, at: u64, left: u64) -> Result<(Header, u64), Unreadable> {
    for most in HEADER {
        let length = usize::try_from(left).unwrap_or(most).min(most);
        let bytes = file.get_bytes(at, length).map_err(|error| Unreadable::damaged(&error.to_string()))?;
        let mut compact = Compact { bytes: &bytes };
        let mut header = Header::default();
        if compact.structure(&mut header, 0).is_some() {
            let read = bytes.len() - compact.bytes.len();
            return Ok((header, u64::try_from(read).unwrap_or(u64::MAX)));
        }
    }
    Err(damaged())
}

/// Reads the compact form of Thrift, in which Parquet writes what it says about itself.
struct Compact<'b> {
    bytes: &'b [u8],
}

impl Compact<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn pass(&mut self, bytes: u64) -> Option<()> {
        self.bytes = self.bytes.get(usize::try_from(bytes).ok()?..)?;
        Some(())
    }

    /// Seven bits a byte, the lowest first.
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A whole number, its sign the lowest bit.
    fn whole(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// A structure: the header itself, one inside it, or one that does not matter.
    fn structure(&mut self, header: &mut Header, depth: u8) -> Option<()> {
        let mut id = 0;
        loop {
            let byte = self.byte()?;
            let kind = byte & 0x0f;
            if kind == 0 {
                return Some(());
            }
            id = match i64::from(byte >> 4) {
                0 => self.whole()?,
                further => id.checked_add(further)?,
            };
            let is_number = (3..=6).contains(&kind);
            match (depth, id) {
                (0, 1..=3) if is_number => {
                    let number = self.whole()?;
                    if let Some(slot) = usize::try_from(id).ok().and_then(|id| header.numbers.get_mut(id)) {
                        *slot = Some(number);
                    }
                }
                // Every kind of page says first how many values it holds.
                (1, 1) if is_number => header.values = header.values.max(Some(self.whole()?)),
                _ => self.value(kind, header, depth)?,
            }
        }
    }

    /// A value of a kind; structures stand one deeper.
    fn value(&mut self, kind: u8, header: &mut Header, depth: u8) -> Option<()> {
        if depth > MOST_DEPTH {
            return None;
        }
        match kind {
            1 | 2 => Some(()),
            3 => self.byte().map(|_| ()),
            4..=6 => self.varint().map(|_| ()),
            7 => self.pass(8),
            8 => {
                let length = self.varint()?;
                self.pass(length)
            }
            9 | 10 => {
                let byte = self.byte()?;
                let count = if byte >> 4 == 15 { self.varint()? } else { u64::from(byte >> 4) };
                // An answer in a list takes a byte.
                (0..count).try_for_each(|_| match byte & 0x0f {
                    1..=3 => self.pass(1),
                    kind => self.value(kind, header, depth + 2),
                })
            }
            12 => self.structure(header, depth + 1),
            _ => None,
        }
    }
}
