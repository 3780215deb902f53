//! Vectors: the values of a step for a run of rows, and where there is none.
//!
//! A value is held as a whole number, or as a fraction of two; its shape says by which factor. Lanes without a
//! value hold 0 (of a fraction 0/1), so that arithmetic on them stays within the range of the step.

use crate::value::Number;

/// The values of a step, one for each lane.
#[derive(Debug, Clone)]
pub(super) enum Lanes {
    Int64(Vec<i64>),
    Int128(Vec<i128>),
    /// Above and below the fraction line; below is above zero.
    Quot64(Vec<i64>, Vec<i64>),
    Quot128(Vec<i128>, Vec<i128>),
    Exact(Vec<Number>),
    Bool(Vec<bool>),
    Code(Vec<i32>),
}

impl Default for Lanes {
    fn default() -> Self {
        Self::Bool(Vec::new())
    }
}

/// A vector.
#[derive(Debug, Clone, Default)]
pub(super) struct Vector {
    pub(super) lanes: Lanes,
    pub(super) missing: Missing,
}

/// Which lanes have no value, and why: for each lane the set of the frame's sites that are to blame, as bits.
/// A lane with no bit has a value. Words that are zero for every lane are not kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Missing {
    words: Vec<Vec<u64>>,
}

impl Missing {
    /// Every lane has a value again. Memory is kept.
    pub(super) fn clear(&mut self) {
        for word in &mut self.words {
            word.clear();
        }
    }

    /// Whether every lane has a value.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(Vec::is_empty)
    }

    /// Whether a lane has no value.
    pub(super) fn at(&self, lane: usize) -> bool {
        self.words.iter().any(|word| word.get(lane).is_some_and(|bits| *bits != 0))
    }

    fn word(&mut self, number: usize, len: usize) -> &mut Vec<u64> {
        if self.words.len() <= number {
            self.words.resize_with(number + 1, Vec::new);
        }
        let word = &mut self.words[number];
        if word.len() < len {
            word.resize(len, 0);
        }
        word
    }

    /// Blames a site for a lane, of `len` lanes.
    pub(super) fn blame(&mut self, site: u32, lane: usize, len: usize) {
        if let Some(bits) = self.word(site as usize / 64, len).get_mut(lane) {
            *bits |= 1 << (site % 64);
        }
    }

    /// Adds what another vector lacks.
    pub(super) fn add(&mut self, other: &Self, len: usize) {
        for (number, from) in other.words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let into = self.word(number, len);
            for (into, from) in into.iter_mut().zip(from) {
                *into |= from;
            }
        }
    }

    /// The one word that some lane has a bit of, where it is one.
    pub(super) fn only_word(&self) -> Option<&[u64]> {
        let mut words = self.words.iter().filter(|word| !word.is_empty());
        let first = words.next()?;
        words.next().is_none().then_some(first)
    }

    /// Adds what another vector lacks, in the lanes that a mask leaves.
    pub(super) fn add_masked(&mut self, other: &Self, mask: &[u64]) {
        for (number, from) in other.words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let any = from.iter().zip(mask).fold(0, |any, (from, mask)| any | (from & mask));
            if any != 0 {
                let into = self.word(number, mask.len());
                into.iter_mut().zip(from).zip(mask).for_each(|((into, from), mask)| *into |= from & mask);
            }
        }
    }

    /// Adds what another vector lacks, in the lanes where it matters.
    pub(super) fn add_where(&mut self, other: &Self, len: usize, matters: impl Fn(usize) -> bool) {
        for (number, from) in other.words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            // A word that blames nobody is not begun.
            let Some(first) = from.iter().enumerate().position(|(lane, bits)| *bits != 0 && matters(lane)) else {
                continue;
            };
            let into = self.word(number, len);
            for (lane, (into, from)) in into.iter_mut().zip(from).enumerate().skip(first) {
                if *from != 0 && matters(lane) {
                    *into |= from;
                }
            }
        }
    }

    /// Adds one lane of another vector.
    pub(super) fn add_lane(&mut self, other: &Self, from: usize, lane: usize, len: usize) {
        for (number, word) in other.words.iter().enumerate() {
            if let Some(bits) = word.get(from).copied().filter(|bits| *bits != 0)
                && let Some(into) = self.word(number, len).get_mut(lane)
            {
                *into |= bits;
            }
        }
    }

    /// Whether two lanes are to be blamed on the same sites.
    pub(super) fn is_same(&self, lane: usize, other: &Self, other_lane: usize) -> bool {
        let count = self.words.len().max(other.words.len());
        let bits = |of: &Self, number: usize, at: usize| {
            of.words.get(number).and_then(|word| word.get(at)).copied().unwrap_or(0)
        };
        (0..count).all(|number| bits(self, number, lane) == bits(other, number, other_lane))
    }

    /// The sites to blame for a lane.
    pub(super) fn sites(&self, lane: usize) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(move |(number, word)| {
            let mut bits = word.get(lane).copied().unwrap_or(0);
            let first = u32::try_from(number * 64).unwrap_or(u32::MAX);
            std::iter::from_fn(move || {
                if bits == 0 {
                    return None;
                }
                let bit = bits.trailing_zeros();
                bits &= bits - 1;
                Some(first + bit)
            })
        })
    }

    /// The lanes without a value as flags; empty where every lane has one.
    pub(super) fn flags(&self, len: usize) -> Vec<bool> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut flags = vec![false; len];
        for word in self.words.iter().filter(|word| !word.is_empty()) {
            for (flag, bits) in flags.iter_mut().zip(word) {
                *flag |= *bits != 0;
            }
        }
        flags
    }

    /// Appends lanes of another vector.
    fn append(&mut self, other: &Self, before: usize, count: usize, all: usize) {
        for (number, from) in other.words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let into = self.word(number, before);
            if into.capacity() < all {
                into.reserve_exact(all - into.len());
            }
            into.truncate(before);
            into.extend_from_slice(&from[..count.min(from.len())]);
        }
    }

    /// Takes lanes from a longer one.
    pub(super) fn slice_from(&mut self, other: &Self, start: usize, len: usize) {
        for (number, from) in other.words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let from = from.get(start..from.len().min(start + len)).unwrap_or_default();
            if from.iter().any(|bits| *bits != 0) {
                let into = self.word(number, len);
                into[..from.len()].copy_from_slice(from);
            }
        }
    }
}

macro_rules! each_lanes {
    ($a:expr, $b:expr, |$x:ident, $y:ident| $do:expr) => {
        match ($a, $b) {
            (Lanes::Int64($x), Lanes::Int64($y)) => $do,
            (Lanes::Int128($x), Lanes::Int128($y)) => $do,
            (Lanes::Exact($x), Lanes::Exact($y)) => $do,
            (Lanes::Bool($x), Lanes::Bool($y)) => $do,
            (Lanes::Code($x), Lanes::Code($y)) => $do,
            (Lanes::Quot64(n, d), Lanes::Quot64(m, e)) => {
                {
                    let ($x, $y) = (n, m);
                    $do
                };
                let ($x, $y) = (d, e);
                $do
            }
            (Lanes::Quot128(n, d), Lanes::Quot128(m, e)) => {
                {
                    let ($x, $y) = (n, m);
                    $do
                };
                let ($x, $y) = (d, e);
                $do
            }
            _ => {}
        }
    };
}

impl Lanes {
    /// No lanes of the same kind.
    pub(super) fn like(&self) -> Self {
        match self {
            Self::Int64(_) => Self::Int64(Vec::new()),
            Self::Int128(_) => Self::Int128(Vec::new()),
            Self::Quot64(..) => Self::Quot64(Vec::new(), Vec::new()),
            Self::Quot128(..) => Self::Quot128(Vec::new(), Vec::new()),
            Self::Exact(_) => Self::Exact(Vec::new()),
            Self::Bool(_) => Self::Bool(Vec::new()),
            Self::Code(_) => Self::Code(Vec::new()),
        }
    }

    /// How many lanes there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Int64(of) | Self::Quot64(of, _) => of.len(),
            Self::Int128(of) | Self::Quot128(of, _) => of.len(),
            Self::Exact(of) => of.len(),
            Self::Bool(of) => of.len(),
            Self::Code(of) => of.len(),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Copies lanes of another of the same kind.
    pub(super) fn copy_from(&mut self, other: &Self, start: usize, len: usize) {
        if !self.is_like(other) {
            *self = other.like();
        }
        each_lanes!(&mut *self, other, |into, from| {
            into.clear();
            into.extend_from_slice(from.get(start..from.len().min(start + len)).unwrap_or_default());
        });
    }

    /// Gathers lanes of another of the same kind by number.
    pub(super) fn gather_from(&mut self, other: &Self, lanes: impl Iterator<Item = usize> + Clone) {
        if !self.is_like(other) {
            *self = other.like();
        }
        each_lanes!(&mut *self, other, |into, from| {
            into.clear();
            into.extend(lanes.clone().filter_map(|lane| from.get(lane).cloned()));
        });
    }

    /// Takes chosen lanes of another of the same kind.
    pub(super) fn choose_from(&mut self, other: &Self, is_chosen: impl Fn(usize) -> bool) {
        each_lanes!(&mut *self, other, |into, from| {
            for (lane, (into, from)) in into.iter_mut().zip(from).enumerate() {
                if is_chosen(lane) {
                    into.clone_from(from);
                }
            }
        });
    }

    /// Sets lanes that have no value to 0.
    pub(super) fn zero_where(&mut self, flags: &[bool]) {
        fn zero<T: Clone>(of: &mut [T], flags: &[bool], zero: &T) {
            for (lane, flag) in of.iter_mut().zip(flags) {
                if *flag {
                    lane.clone_from(zero);
                }
            }
        }
        match self {
            Self::Int64(of) => zero(of, flags, &0),
            Self::Int128(of) => zero(of, flags, &0),
            Self::Quot64(above, below) => {
                zero(above, flags, &0);
                zero(below, flags, &1);
            }
            Self::Quot128(above, below) => {
                zero(above, flags, &0);
                zero(below, flags, &1);
            }
            Self::Exact(of) => zero(of, flags, &Number::zero()),
            Self::Bool(of) => zero(of, flags, &false),
            Self::Code(of) => zero(of, flags, &0),
        }
    }
}

impl Vector {
    /// Appends lanes of another.
    ///
    /// The first time there is made room for so many lanes in all.
    pub(super) fn append(&mut self, other: &Self, count: usize, all: usize) {
        if self.lanes.len() == 0 {
            self.lanes = other.lanes.like();
            let into = &mut self.lanes;
            each_lanes!(into, &other.lanes, |into, from| {
                let _ = from;
                into.reserve_exact(all);
            });
        }
        let before = self.lanes.len();
        each_lanes!(&mut self.lanes, &other.lanes, |into, from| into.extend_from_slice(&from[..count.min(from.len())]));
        self.missing.append(&other.missing, before, count, all);
    }

    /// Whether a lane has a value.
    pub(super) fn is_known(&self, lane: usize) -> bool {
        !self.missing.at(lane)
    }

    /// Whether a lane is surely yes.
    pub(super) fn is_yes(&self, lane: usize) -> bool {
        matches!(&self.lanes, Lanes::Bool(of) if of.get(lane) == Some(&true)) && self.is_known(lane)
    }
}
