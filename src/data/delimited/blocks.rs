//! A CSV file that is not in memory, taken a stretch at a time.
//!
//! In: whatever reads the bytes. Out: pieces of whole records, each of which numbers its rows as the file does.

use super::pieces::{record_end, rows};
use super::{Go, Header, Lines};
use crate::data::blocks::{Making, Piece, Source, Stop};
use crate::data::encoding;
use crate::data::header::Target;
use crate::data::part::{Form, Part, PartReader};
use crate::data::tally::Found;
use crate::data::workload::{MAX_TEXT_BYTES, Workload};
use crate::problem::DataPlace;
use memchr::memchr_iter;
use std::io::Read;
use std::sync::Arc;

/// How many bytes are read beyond a block to find the end of its last record.
const BEYOND: usize = 16 << 10;

/// A record that is longer than this is left to the reader of whole files, as are files without line feeds.
const LONGEST_RECORD: usize = 32 << 20;

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Takes blocks of a CSV file.
#[derive(Debug)]
pub(crate) struct Delimited<'a, R> {
    input: R,
    /// How many bytes a block has, its last record apart.
    size: usize,
    /// What was read and not taken: it begins where a record does.
    rest: Vec<u8>,
    is_read: bool,
    separator: u8,
    /// The number of the last row that was taken.
    number: u64,
    quotes: usize,
    work: Workload,
    /// The rows that were read to find the header.
    first: Option<Part>,
    whole: PartReader<'a>,
    blank: Arc<PartReader<'a>>,
    taken: u64,
    all: u64,
}

impl<'a, R: Read + Send> Delimited<'a, R> {
    /// Begins a file of so many bytes: finds its header. What is wrong with that is reported.
    pub(crate) fn open(
        making: &Making<'a>,
        (input, all): (R, u64),
        size: usize,
        found: &mut Found,
    ) -> Result<Self, Stop> {
        let place = DataPlace { file: making.file_name().to_owned(), ..DataPlace::default() };
        let whole = PartReader::new(making.model, making.table, 0, place, Form::Delimited);
        let mut delimited = Self {
            input,
            size: size.max(1),
            rest: Vec::new(),
            is_read: false,
            separator: b',',
            number: 0,
            quotes: 0,
            work: Workload::default(),
            first: None,
            blank: Arc::new(whole.for_piece()),
            whole,
            taken: 0,
            all,
        };
        delimited.fill(delimited.size + BEYOND)?;
        if delimited.rest.starts_with(UTF_8_MARK) {
            delimited.drop_first(UTF_8_MARK.len());
        }
        if encoding::other_format(&delimited.rest).is_some() {
            return Err(Stop::Whole);
        }
        let header = Header::of(&delimited.rest);
        if !header.has_ended && !delimited.is_read {
            return Err(Stop::Whole);
        }
        delimited.separator = header.separator;
        delimited.number = header.rows_above;
        delimited.drop_first(header.at);
        delimited.find_header(found)?;
        let part = delimited.whole.part();
        let key = making.model.table(making.table).key.map(Target::Column);
        if part.is_partial || key.is_none_or(|key| part.lacks(key)) {
            return Err(Stop::Whole);
        }
        delimited.first = Some(delimited.whole.take_rows());
        delimited.blank = Arc::new(delimited.whole.for_piece());
        Ok(delimited)
    }

    /// Reads rows until the header is found among them.
    fn find_header(&mut self, found: &mut Found) -> Result<(), Stop> {
        while self.whole.seeks_header() {
            let Some(end) = self.block_end()? else {
                self.whole.start(found);
                return Ok(());
            };
            let text = text(self.rest.get(..end).unwrap_or_default())?;
            let mut lines = Lines::new(text, self.separator, self.number, false);
            while self.whole.seeks_header() {
                match lines.next(&mut self.whole, &mut self.work, found) {
                    Go::On => {}
                    Go::End => break,
                    Go::Stop => return Err(Stop::Whole),
                }
            }
            let (at, number) = (lines.records.position(), lines.number);
            self.quotes += memchr_iter(b'"', self.rest.get(..at).unwrap_or_default()).count();
            self.number = number;
            self.drop_first(at);
        }
        Ok(())
    }

    fn drop_first(&mut self, bytes: usize) {
        self.rest.drain(..bytes.min(self.rest.len()));
        self.taken += bytes as u64;
    }

    /// Reads until there are so many bytes that were not taken, or the file ends.
    fn fill(&mut self, least: usize) -> Result<(), Stop> {
        let wanted = least.saturating_sub(self.rest.len());
        if wanted > 0 && !self.is_read {
            let got = self.input.by_ref().take(wanted as u64).read_to_end(&mut self.rest)?;
            self.is_read = got < wanted;
        }
        Ok(())
    }

    /// Where the next block ends; nothing at the end of the file.
    fn block_end(&mut self) -> Result<Option<usize>, Stop> {
        let mut most = self.size + BEYOND;
        loop {
            self.fill(most)?;
            let has_quotes = memchr::memchr(b'"', &self.rest).is_some();
            if self.is_read && self.rest.len() <= self.size {
                return Ok((!self.rest.is_empty()).then_some(self.rest.len()));
            }
            if let Some(end) = record_end(&self.rest, self.separator, has_quotes, self.size - 1) {
                return Ok(Some(end));
            }
            if self.is_read {
                return Ok(Some(self.rest.len()));
            }
            most *= 2;
            if most > LONGEST_RECORD {
                return Err(Stop::Whole);
            }
        }
    }
}

impl<'a, R: Read + Send> Source for Delimited<'a, R> {
    type Piece = Rows<'a>;

    fn take(&mut self) -> Result<Option<Rows<'a>>, Stop> {
        if let Some(first) = self.first.take() {
            return Ok(Some(Rows::Read(Some(Box::new(first)))));
        }
        let Some(end) = self.block_end()? else {
            // An open quote is found by looking at one row after another.
            return if self.quotes.is_multiple_of(2) { Ok(None) } else { Err(Stop::Whole) };
        };
        let after = self.rest.get(end..).unwrap_or_default();
        let mut next = Vec::with_capacity(self.size + 2 * BEYOND);
        next.extend_from_slice(after);
        let mut bytes = std::mem::replace(&mut self.rest, next);
        bytes.truncate(end);
        self.taken += end as u64;
        let quotes = memchr_iter(b'"', &bytes).count();
        let number = self.number;
        self.quotes += quotes;
        let rows = rows(&bytes, self.separator, quotes > 0);
        self.number = number.saturating_add(rows);
        let rows = usize::try_from(rows).unwrap_or(usize::MAX);
        if self.work.text_rows(rows).is_err() || self.taken > MAX_TEXT_BYTES as u64 {
            return Err(Stop::Whole);
        }
        Ok(Some(Rows::Text { bytes, separator: self.separator, number, rows, blank: Arc::clone(&self.blank) }))
    }

    fn learn(&mut self, part: &Part) {
        self.whole.learn(part);
    }

    fn end(&mut self, found: &mut Found) -> Part {
        let blank = self.whole.for_piece();
        std::mem::replace(&mut self.whole, blank).finish(found)
    }

    fn progress(&self) -> (u64, u64) {
        (self.taken, self.all)
    }

    fn is_small(&self) -> bool {
        self.is_read && self.rest.len() <= self.size
    }
}

/// Rows of a CSV file.
#[derive(Debug)]
pub(crate) enum Rows<'a> {
    /// Those that were read with the header.
    Read(Option<Box<Part>>),
    /// Whole records.
    Text {
        bytes: Vec<u8>,
        separator: u8,
        /// The number of the row before them, and how many there are, blank ones too.
        number: u64,
        rows: usize,
        blank: Arc<PartReader<'a>>,
    },
}

impl Piece for Rows<'_> {
    fn read(&mut self, found: &mut Found) -> Result<Part, Stop> {
        let (bytes, separator, number, rows, blank) = match self {
            Self::Read(part) => return part.take().map(|part| *part).ok_or(Stop::Whole),
            Self::Text { bytes, separator, number, rows, blank } => (bytes, *separator, *number, *rows, blank),
        };
        let text = text(bytes)?;
        let mut reader = blank.for_piece();
        // The last record may have no line end.
        reader.reserve(rows + 1);
        let mut work = Workload::default();
        let mut lines = Lines::new(text, separator, number, false);
        loop {
            match lines.next(&mut reader, &mut work, found) {
                Go::On if found.is_full() => break,
                Go::On => {}
                Go::End => break,
                Go::Stop => return Err(Stop::Whole),
            }
        }
        Ok(reader.into_part())
    }
}

/// The text of a piece. How another text is written is told from the whole file.
fn text(bytes: &[u8]) -> Result<&str, Stop> {
    let is_text = memchr::memchr(0, bytes).is_none();
    std::str::from_utf8(bytes).ok().filter(|_| is_text).ok_or(Stop::Whole)
}
