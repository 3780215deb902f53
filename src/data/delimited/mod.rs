//! CSV: text with a separator, as spreadsheets write it.
//!
//! In: the text of a file. Out: its rows, numbered as a spreadsheet numbers them. A long text is read in pieces,
//! by as many threads as the run may use; what comes of it is the same whatever their number.

mod blocks;
mod pieces;
mod records;
#[cfg(test)]
mod tests;

pub(crate) use blocks::Delimited;
pub(super) use records::Field;

use super::error;
use super::part::PartReader;
use super::tally::Found;
use super::workload::Workload;
use crate::problem::{DataPlace, Place, Problem};
use records::Records;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// A piece with more problems than this is read again, in its turn, so that no piece holds an endless list of them.
const MOST_PROBLEMS_OF_PIECE: usize = 1_000;

/// Reads the text of a CSV file into a part.
pub(super) fn read(
    text: &str,
    threads: NonZero<usize>,
    reader: &mut PartReader<'_>,
    work: &mut Workload,
    found: &mut Found,
) {
    let Header { separator, at, rows_above, .. } = Header::of(text.as_bytes());
    let text = text.get(at..).unwrap_or_default();
    let quotes = memchr::memchr_iter(b'"', text.as_bytes()).count();
    let mut head = Lines::new(text, separator, rows_above, quotes % 2 == 1);
    // A quote that is never closed is found by looking at one row after another.
    while quotes % 2 == 1 || reader.seeks_header() {
        match head.next(reader, work, found) {
            Go::On => {}
            Go::End | Go::Stop => return,
        }
    }
    let number = head.number;
    let rest = text.get(head.records.position()..).unwrap_or_default();
    let pieces: Vec<&str> = pieces::cut(rest, separator, quotes > 0);
    let job = Job { separator, pieces: &pieces };
    if threads.get() == 1 || pieces.len() < 2 {
        job.read_one_by_one(number, reader, work, found);
    } else {
        job.read_in_parallel(threads.get().min(pieces.len()), number, reader, work, found);
    }
}

/// Whether to go on reading.
enum Go {
    On,
    End,
    Stop,
}

/// The rows of a text, one by one.
struct Lines<'t> {
    text: &'t str,
    records: Records<'t>,
    fields: Vec<Field>,
    /// The spreadsheet's number of the row last read.
    number: u64,
    width: Option<usize>,
    has_open_quote: bool,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, separator: u8, number: u64, has_open_quote: bool) -> Self {
        let records = Records::new(text, separator);
        Self { text, records, fields: Vec::new(), number, width: None, has_open_quote }
    }

    fn next(&mut self, reader: &mut PartReader<'_>, work: &mut Workload, found: &mut Found) -> Go {
        let (blank, is_there) = self.records.next(&mut self.fields);
        self.number = self.number.saturating_add(blank);
        if !is_there {
            return Go::End;
        }
        self.number = self.number.saturating_add(1);
        let number = self.number;
        let place = |reader: &PartReader<'_>| DataPlace { row: Some(number), ..reader.place().clone() };
        if self.has_open_quote && self.is_swallowed() {
            found.add(error::open_quote(place(reader)));
            reader.break_off();
            return Go::Stop;
        }
        if let Err(what) = work.text_row(self.fields.len()) {
            found.add(error::too_large(place(reader), &what));
            reader.break_off();
            return Go::Stop;
        }
        reader.text_row(self.number, self.text, &self.fields, found);
        Go::On
    }

    /// Whether an open quote may have swallowed rows: a field holds line ends, and the record is the last or has
    /// another width than the first.
    fn is_swallowed(&mut self) -> bool {
        let width = *self.width.get_or_insert(self.fields.len());
        let is_last = self.text.get(self.records.position()..).is_none_or(|rest| rest.trim().is_empty());
        self.fields.iter().any(|field| field.raw(self.text).contains('\n')) && (is_last || self.fields.len() != width)
    }
}

/// The pieces of a text below its header.
struct Job<'t> {
    separator: u8,
    pieces: &'t [&'t str],
}

/// A piece that was read apart.
struct Read<'a> {
    reader: PartReader<'a>,
    problems: Vec<Problem>,
    /// How many rows of the file it takes, blank ones too.
    rows: u64,
}

impl Job<'_> {
    /// Reads a piece, whose first row comes after the one with this number; gives the number of its last.
    fn piece(
        &self,
        text: &str,
        number: u64,
        reader: &mut PartReader<'_>,
        work: &mut Workload,
        found: &mut Found,
    ) -> (u64, Go) {
        let mut lines = Lines::new(text, self.separator, number, false);
        loop {
            match lines.next(reader, work, found) {
                Go::On if found.is_full() => return (lines.number, Go::Stop),
                Go::On => {}
                end => return (lines.number, end),
            }
        }
    }

    fn read_one_by_one(&self, number: u64, reader: &mut PartReader<'_>, work: &mut Workload, found: &mut Found) {
        let mut number = number;
        for text in self.pieces {
            let (last, go) = self.piece(text, number, reader, work, found);
            if matches!(go, Go::Stop) {
                return;
            }
            number = last;
        }
    }

    fn read_in_parallel(
        &self,
        threads: usize,
        mut number: u64,
        reader: &mut PartReader<'_>,
        work: &mut Workload,
        found: &mut Found,
    ) {
        let next = AtomicUsize::new(0);
        let blank = reader.for_piece();
        let (give, take) = mpsc::sync_channel(2 * threads);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                let (give, next, blank) = (give.clone(), &next, &blank);
                let room = work.clone();
                scope.spawn(move || {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(text) = self.pieces.get(index) else { break };
                        // Nobody takes what follows a piece at which reading stopped.
                        if give.send((index, self.read_apart(text, blank.for_piece(), room.clone()))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(give);
            let mut early = std::collections::BTreeMap::new();
            for index in 0..self.pieces.len() {
                let read = loop {
                    match early.remove(&index) {
                        Some(read) => break read,
                        None => match take.recv() {
                            Ok((other, read)) => early.insert(other, read),
                            Err(_) => return,
                        },
                    };
                };
                match self.put(index, read, number, reader, work, found) {
                    Some(last) => number = last,
                    None => break,
                }
            }
            drop(take);
        });
    }

    /// Reads a piece by itself, its rows numbered from one; nothing where that is for its turn.
    fn read_apart<'a>(&self, text: &str, mut reader: PartReader<'a>, mut room: Workload) -> Option<Read<'a>> {
        let mut found = Found::with_room_for(MOST_PROBLEMS_OF_PIECE);
        match self.piece(text, 0, &mut reader, &mut room, &mut found) {
            (rows, Go::End | Go::On) => Some(Read { reader, problems: found.into_problems(), rows }),
            (_, Go::Stop) => None,
        }
    }

    /// Puts a piece below those that are read. Gives the number of its last row; nothing where reading stops.
    fn put<'a>(
        &self,
        index: usize,
        read: Option<Read<'a>>,
        number: u64,
        reader: &mut PartReader<'a>,
        work: &mut Workload,
        found: &mut Found,
    ) -> Option<u64> {
        let fits = read.filter(|read| work.text_rows(read.reader.rows_read()).is_ok());
        let Some(read) = fits else {
            let text = self.pieces.get(index).copied().unwrap_or_default();
            let (last, go) = self.piece(text, number, reader, work, found);
            return (!matches!(go, Go::Stop)).then_some(last);
        };
        for mut problem in read.problems {
            if let Place::Data(place) = &mut problem.place {
                place.row = place.row.map(|row| row.saturating_add(number));
            }
            found.add(problem);
        }
        reader.append(read.reader, number);
        Some(number.saturating_add(read.rows))
    }
}

/// What the beginning of a text says.
struct Header {
    separator: u8,
    /// Where the rows begin, below a line that only names the separator, and how many rows that line takes.
    at: usize,
    rows_above: u64,
    /// Whether the line that it was told from ends in what was looked at.
    has_ended: bool,
}

impl Header {
    fn of(bytes: &[u8]) -> Self {
        if let Some(rest) = bytes.strip_prefix(b"sep=")
            && let Some(end) = memchr::memchr(b'\n', rest)
            && let Some([byte] | [byte, b'\r']) = rest.get(..end)
        {
            return Self { separator: *byte, at: b"sep=".len() + end + 1, rows_above: 1, has_ended: true };
        }
        let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
        let mut is_quoted = false;
        let mut has_begun = false;
        let mut has_ended = false;
        for byte in bytes.iter().copied() {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b'\n' | b'\r' if !is_quoted && has_begun => {
                    has_ended = true;
                    break;
                }
                _ if !is_quoted => {
                    if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte) {
                        *count += 1;
                    }
                }
                _ => {}
            }
            has_begun |= !byte.is_ascii_whitespace();
        }
        let mut best = (b',', 0);
        for (separator, count) in counts {
            if count > best.1 {
                best = (separator, count);
            }
        }
        Self { separator: best.0, at: 0, rows_above: 0, has_ended }
    }
}
