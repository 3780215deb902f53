//! Texts of a column: each distinct text once, in one piece of memory, and a number for each row.

use super::Missing;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::cmp::Ordering;
use std::hash::BuildHasher;

/// The texts of a column, by row.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    codes: Vec<u32>,
    dictionary: Dictionary,
}

/// Distinct texts in the order in which they first occurred.
#[derive(Debug, Clone, Default)]
struct Dictionary {
    /// One after another.
    all: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// Whether some text came before one that is less: each is then found by its hash, else by its place.
    is_hashed: bool,
    /// The number of each, by what it says. What others write decides the texts, so the hash has a secret.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Dictionary {
    fn text(&self, code: u32) -> &str {
        piece(&self.all, &self.ends, code)
    }

    fn find(&self, text: &str) -> Option<u32> {
        if !self.is_hashed {
            let (mut from, mut to) = (0, self.distinct());
            while from < to {
                let middle = from + (to - from) / 2;
                match self.text(middle).cmp(text) {
                    Ordering::Equal => return Some(middle),
                    Ordering::Less => from = middle + 1,
                    Ordering::Greater => to = middle,
                }
            }
            return None;
        }
        self.numbers.find(self.hasher.hash_one(text), |code| self.text(*code) == text).copied()
    }

    /// The number of a text, a new one where it has none yet.
    fn learn(&mut self, text: &str) -> u32 {
        if !self.is_hashed {
            let last = self.distinct().checked_sub(1);
            match last.map_or(Ordering::Less, |last| self.text(last).cmp(text)) {
                Ordering::Less => return self.add(text),
                Ordering::Equal => return last.unwrap_or(0),
                Ordering::Greater => self.hash_all(),
            }
        }
        let hash = self.hasher.hash_one(text);
        let (all, ends, hasher) = (&self.all, &self.ends, &self.hasher);
        if let Some(code) = self.numbers.find(hash, |code| piece(all, ends, *code) == text) {
            return *code;
        }
        let code = self.distinct();
        self.numbers.insert_unique(hash, code, |code| hasher.hash_one(piece(all, ends, *code)));
        self.add(text)
    }

    fn distinct(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    fn add(&mut self, text: &str) -> u32 {
        let code = self.distinct();
        self.all.push_str(text);
        self.ends.push(self.all.len());
        code
    }

    fn hash_all(&mut self) {
        let (all, ends, hasher) = (&self.all, &self.ends, &self.hasher);
        let hash = |code: &u32| hasher.hash_one(piece(all, ends, *code));
        for code in 0..u32::try_from(ends.len()).unwrap_or(u32::MAX) {
            self.numbers.insert_unique(hash(&code), code, hash);
        }
        self.is_hashed = true;
    }
}

fn piece<'t>(all: &'t str, ends: &[usize], code: u32) -> &'t str {
    let code = code as usize;
    let start = code.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(code).and_then(|end| all.get(start..*end)).unwrap_or_default()
}

impl Texts {
    /// For each row the number of its text; of a row without a value it says nothing.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The text with a number; empty where there is none.
    pub fn text(&self, code: u32) -> &str {
        self.dictionary.text(code)
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> Option<&str> {
        self.codes.get(row).map(|code| self.text(*code))
    }

    /// The number of a text, where some row has it.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.dictionary.find(text)
    }

    /// The distinct texts in the order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.distinct()).map(|code| self.text(u32::try_from(code).unwrap_or(u32::MAX)))
    }

    /// Whether each row has a text, and one that comes after that of the row before.
    pub(in crate::data) fn is_ascending(&self) -> bool {
        !self.dictionary.is_hashed && self.distinct() == self.codes.len()
    }

    /// How many distinct texts there are.
    pub fn distinct(&self) -> usize {
        self.dictionary.ends.len()
    }

    /// Makes room for so many more rows.
    pub(in crate::data) fn reserve(&mut self, rows: usize) {
        self.codes.reserve_exact(rows);
    }

    /// Adds a row.
    pub(in crate::data) fn push(&mut self, text: &str) {
        let code = self.dictionary.learn(text);
        self.codes.push(code);
    }

    /// Adds a row without a value.
    pub(in crate::data) fn push_nothing(&mut self) {
        self.codes.push(0);
    }

    /// Adds the rows of another column.
    pub(in crate::data) fn append(&mut self, other: &Self, missing: &Missing) {
        let codes: Vec<u32> = other.iter().map(|text| self.dictionary.learn(text)).collect();
        let before = self.codes.len();
        self.codes.extend(other.codes.iter().map(|code| codes.get(*code as usize).copied().unwrap_or(0)));
        for row in missing.rows_in(0, other.codes.len()) {
            if let Some(code) = self.codes.get_mut(before + row) {
                *code = 0;
            }
        }
    }

    /// These rows; those that are not there say nothing. Texts that no row has any longer are left out.
    pub(in crate::data) fn pick(&self, rows: &[Option<usize>]) -> Self {
        let mut picked = Self::default();
        for row in rows {
            match row.and_then(|row| self.get(row)) {
                Some(text) => picked.push(text),
                None => picked.push_nothing(),
            }
        }
        picked
    }
}

/// The same texts row by row, numbered alike.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.codes == other.codes
            && self.dictionary.ends == other.dictionary.ends
            && self.dictionary.all == other.dictionary.all
    }
}

impl Eq for Texts {}
