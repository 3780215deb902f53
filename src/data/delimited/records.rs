//! Records of a CSV text: where each field begins and ends.
//!
//! In: a text that begins where a record does. Out: the fields of record after record, as places in the text;
//! eight letters are looked at together for a separator, a quote or a line end.

use std::borrow::Cow;

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::data) struct Field {
    /// Where it begins in the text.
    pub(in crate::data) start: usize,
    /// Where it ends.
    pub(in crate::data) end: usize,
    /// Whether quotes in it stand for something: what it holds is then another text.
    pub(in crate::data) is_quoted: bool,
}

impl Field {
    /// The text of the field as the file has it.
    pub(in crate::data) fn raw<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// What the field holds.
    pub(in crate::data) fn held<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.is_quoted {
            true => Cow::Owned(unquoted(self.raw(text))),
            false => Cow::Borrowed(self.raw(text)),
        }
    }
}

/// Reads records.
#[derive(Debug)]
pub(super) struct Records<'t> {
    bytes: &'t [u8],
    separator: u8,
    /// Where the next record, or the blank lines before it, begin.
    at: usize,
    /// Signs in the word at `word` that were not looked at yet: the highest bit of each one's byte.
    signs: u64,
    word: usize,
}

const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;

const fn repeated(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

/// The highest bit of each byte of a word that equals the pattern's.
const fn equal(word: u64, pattern: u64) -> u64 {
    let differs = word ^ pattern;
    !(((differs & LOW) + LOW) | differs | LOW)
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        let mut records = Self { bytes: text.as_bytes(), separator, at: 0, signs: 0, word: 0 };
        records.look_from(0);
        records
    }

    /// Where the next record, or the blank lines before it, begin.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Reads the fields of the next record: how many blank lines stand before it, and whether there is one.
    pub(super) fn next(&mut self, fields: &mut Vec<Field>) -> (u64, bool) {
        fields.clear();
        let blank = self.pass_blank_lines();
        if self.at >= self.bytes.len() {
            return (blank, false);
        }
        let mut start = self.at;
        loop {
            let sign = self.sign();
            let end = sign.unwrap_or(self.bytes.len());
            let byte = self.bytes.get(end).copied();
            match byte {
                Some(b'"') if end == start => {
                    let (field, next) = self.quoted(start);
                    fields.push(field);
                    self.look_from(next);
                    start = match self.bytes.get(next) {
                        Some(byte) if *byte == self.separator => next + 1,
                        other => {
                            self.end_record(next, other.copied());
                            return (blank, true);
                        }
                    };
                    self.signs &= self.signs.wrapping_sub(1);
                }
                Some(b'"') => {}
                Some(byte) if byte == self.separator => {
                    fields.push(Field { start, end, is_quoted: false });
                    start = end + 1;
                }
                other => {
                    fields.push(Field { start, end, is_quoted: false });
                    self.end_record(end, other);
                    return (blank, true);
                }
            }
        }
    }

    /// Ends the record at a line end, or at the end of the text.
    fn end_record(&mut self, end: usize, line_end: Option<u8>) {
        let is_pair = line_end == Some(b'\r') && self.bytes.get(end + 1) == Some(&b'\n');
        self.at = if is_pair { end + 2 } else { end.saturating_add(1).min(self.bytes.len()) };
    }

    fn pass_blank_lines(&mut self) -> u64 {
        let mut lines = 0;
        while let Some(byte @ (b'\n' | b'\r')) = self.bytes.get(self.at) {
            lines += 1;
            self.end_record(self.at, Some(*byte));
        }
        if lines > 0 || self.at < self.word || self.at > self.word + 8 {
            self.look_from(self.at);
        } else {
            self.forget_before(self.at);
        }
        lines
    }

    /// Where the next separator, quote or line end stands.
    #[inline]
    fn sign(&mut self) -> Option<usize> {
        while self.signs == 0 {
            self.word += 8;
            if self.word >= self.bytes.len() {
                return None;
            }
            self.signs = self.signs_at(self.word);
        }
        let place = self.word + (self.signs.trailing_zeros() / 8) as usize;
        self.signs &= self.signs - 1;
        Some(place)
    }

    #[inline]
    fn signs_at(&self, at: usize) -> u64 {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let word = match rest.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)),
        };
        equal(word, repeated(self.separator))
            | equal(word, repeated(b'\n'))
            | equal(word, repeated(b'\r'))
            | equal(word, repeated(b'"'))
    }

    /// Looks for signs from a place on.
    fn look_from(&mut self, at: usize) {
        self.word = at;
        self.signs = if at < self.bytes.len() { self.signs_at(at) } else { 0 };
    }

    fn forget_before(&mut self, at: usize) {
        let passed = at.saturating_sub(self.word);
        self.signs = if passed >= 8 { 0 } else { self.signs & (u64::MAX << (8 * passed)) };
    }

    /// A field that begins with a quote, and where it ends.
    fn quoted(&self, start: usize) -> (Field, usize) {
        let mut at = start + 1;
        let mut is_plain = true;
        let close = loop {
            let Some(quote) = memchr::memchr(b'"', self.bytes.get(at..).unwrap_or_default()) else {
                let end = self.bytes.len();
                return (Field { start, end, is_quoted: true }, end);
            };
            let quote = at + quote;
            if self.bytes.get(quote + 1) != Some(&b'"') {
                break quote;
            }
            is_plain = false;
            at = quote + 2;
        };
        // Whatever follows the closing quote belongs to the field, quotes and all.
        let after = self.bytes.get(close + 1..).unwrap_or_default();
        let ends = |byte: &u8| *byte == self.separator || matches!(byte, b'\n' | b'\r');
        let more = after.iter().position(ends).unwrap_or(after.len());
        let next = close + 1 + more;
        match is_plain && more == 0 {
            true => (Field { start: start + 1, end: close, is_quoted: false }, next),
            false => (Field { start, end: next, is_quoted: true }, next),
        }
    }
}

/// What a field with quotes holds: the outer quotes gone, two quotes inside them one.
fn unquoted(raw: &str) -> String {
    let mut held = String::with_capacity(raw.len());
    let mut rest = raw.strip_prefix('"').unwrap_or(raw);
    while let Some((before, after)) = rest.split_once('"') {
        held.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                held.push('"');
                rest = after;
            }
            None => {
                rest = after;
                break;
            }
        }
    }
    held.push_str(rest);
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ours(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::new(text, b',');
        let (mut all, mut fields) = (Vec::new(), Vec::new());
        while records.next(&mut fields).1 {
            all.push(fields.iter().map(|field| field.held(text).into_owned()).collect());
        }
        all
    }

    /// What the csv crate, which reads as spreadsheets do, makes of it.
    fn known(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_short_text_is_read_as_others_read_it() {
        let signs = ['a', ',', '"', '\n', '\r', 'é'];
        let mut texts = vec![String::new()];
        for _ in 0..6 {
            texts = texts.iter().flat_map(|text| signs.map(|sign| format!("{text}{sign}"))).collect();
            for text in &texts {
                assert_eq!(ours(text), known(text), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_others_read_it(text in "([a-z0-9]{0,12}|[,,,\"\n\r]|\"[a-z\n]{0,9}\"){0,40}") {
            prop_assert_eq!(ours(&text), known(&text));
        }

        #[test]
        fn blank_lines_are_counted(lines in prop::collection::vec("[a-z,]{0,20}", 0..20)) {
            let text = lines.join("\n");
            let mut records = Records::new(&text, b',');
            let mut fields = Vec::new();
            let mut line = 0;
            while let (blank, true) = records.next(&mut fields) {
                line += blank + 1;
                let first = fields.first().unwrap().raw(&text);
                let wanted = lines[usize::try_from(line).unwrap() - 1].split(',').next().unwrap();
                prop_assert_eq!(first, wanted);
            }
        }
    }
}
