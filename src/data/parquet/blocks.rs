//! A Parquet file that is not in memory, taken a stretch at a time.
//!
//! In: whatever reads the bytes, from any place. Out: pieces of records, each of which numbers its rows as the file
//! does. Threads read from it in turns.

use super::file::{Column, File, Stretch};
use super::{STRETCH, open};
use crate::data::blocks::{Making, Piece, Source, Stop};
use crate::data::header::Target;
use crate::data::part::{Form, Part, PartReader};
use crate::data::tally::Found;
use crate::data::workload::Workload;
use crate::problem::DataPlace;
use bytes::Bytes;
use parquet::errors::Result as ParquetResult;
use parquet::file::reader::{ChunkReader, Length};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// Takes blocks of a Parquet file.
pub(crate) struct Parquet<'a, R> {
    file: Arc<File<Shared<R>>>,
    columns: Arc<[Column]>,
    stretches: std::vec::IntoIter<Stretch>,
    whole: PartReader<'a>,
    blank: Arc<PartReader<'a>>,
    /// How many records were taken, and how many there are.
    taken: u64,
    all: u64,
}

impl<'a, R: Read + Seek + Send + 'static> Parquet<'a, R> {
    /// Opens a file of so many bytes. What is wrong with its columns is reported; what is wrong with the file takes the
    /// whole of it to say.
    pub(crate) fn open(making: &Making<'a>, (input, length): (R, u64), found: &mut Found) -> Result<Self, Stop> {
        let place = DataPlace { file: making.file_name().to_owned(), ..DataPlace::default() };
        let mut whole = PartReader::new(making.model, making.table, 0, place, Form::Typed);
        let input = Shared { input: Arc::new(Mutex::new(input)), length };
        let opened = open(input, &mut whole, &mut Workload::default(), found);
        let (file, columns) = opened.map_err(|_| Stop::Whole)?;
        let key = making.model.table(making.table).key.map(Target::Column);
        if key.is_none_or(|key| whole.part().lacks(key)) {
            return Err(Stop::Whole);
        }
        let stretches = file.stretches(STRETCH);
        Ok(Self {
            all: stretches.iter().map(|stretch| stretch.rows as u64).sum(),
            file: Arc::new(file),
            columns: columns.into(),
            stretches: stretches.into_iter(),
            blank: Arc::new(whole.for_piece()),
            whole,
            taken: 0,
        })
    }
}

impl<'a, R: Read + Seek + Send + 'static> Source for Parquet<'a, R> {
    type Piece = Records<'a, R>;

    fn take(&mut self) -> Result<Option<Records<'a, R>>, Stop> {
        let Some(stretch) = self.stretches.next() else { return Ok(None) };
        self.taken += stretch.rows as u64;
        Ok(Some(Records {
            file: Arc::clone(&self.file),
            columns: Arc::clone(&self.columns),
            stretch,
            blank: Arc::clone(&self.blank),
        }))
    }

    fn learn(&mut self, part: &Part) {
        self.whole.learn(part);
    }

    fn end(&mut self, found: &mut Found) -> Part {
        let blank = self.whole.for_piece();
        std::mem::replace(&mut self.whole, blank).finish(found)
    }

    /// In bytes, as if every record took as many.
    fn progress(&self) -> (u64, u64) {
        let bytes = self.file.bytes();
        let taken = u128::from(bytes) * u128::from(self.taken) / u128::from(self.all.max(1));
        (u64::try_from(taken).unwrap_or(bytes), bytes)
    }

    fn is_small(&self) -> bool {
        self.stretches.len() < 2
    }
}

/// Records of a Parquet file.
pub(crate) struct Records<'a, R> {
    file: Arc<File<Shared<R>>>,
    columns: Arc<[Column]>,
    stretch: Stretch,
    blank: Arc<PartReader<'a>>,
}

impl<R: Read + Seek + Send + 'static> Piece for Records<'_, R> {
    fn read(&mut self, found: &mut Found) -> Result<Part, Stop> {
        let mut reader = self.blank.for_piece();
        let read = self.file.read(self.stretch, &self.columns, &mut reader, found);
        read.map_err(|_| Stop::Whole)?;
        Ok(reader.into_part())
    }
}

/// What several threads read from.
struct Shared<R> {
    input: Arc<Mutex<R>>,
    length: u64,
}

/// Reads on from a place.
struct Place<R> {
    input: Arc<Mutex<R>>,
    at: u64,
}

impl<R: Read + Seek> Read for Place<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        input.seek(SeekFrom::Start(self.at))?;
        let read = input.read(into)?;
        self.at = self.at.saturating_add(read as u64);
        Ok(read)
    }
}

impl<R> Length for Shared<R> {
    fn len(&self) -> u64 {
        self.length
    }
}

impl<R: Read + Seek + Send> ChunkReader for Shared<R> {
    type T = BufReader<Place<R>>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::new(Place { input: Arc::clone(&self.input), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        let mut bytes = Vec::new();
        let place = Place { input: Arc::clone(&self.input), at: start };
        place.take(length as u64).read_to_end(&mut bytes)?;
        match bytes.len() == length {
            true => Ok(Bytes::from(bytes)),
            false => Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
        }
    }
}
