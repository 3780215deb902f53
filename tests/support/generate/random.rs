//! Choices that depend on a seed alone, or on the bytes of a fuzzer, so that every case can be made again.

/// A stream of choices: the bytes that were given, one a choice, and when they are used up those of a seed
/// (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Random {
    bytes: Vec<u8>,
    used: usize,
    state: u64,
}

impl Random {
    /// The choices of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { bytes: Vec::new(), used: 0, state: seed }
    }

    /// The choices that a fuzzer makes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), used: 0, state: bytes.len() as u64 }
    }

    /// The next 64 bits of the seed.
    pub(crate) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to just below `bound`, which is above zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let given = if bound <= 256 { self.bytes.get(self.used).copied() } else { None };
        let bits = match given {
            Some(byte) => {
                self.used += 1;
                u64::from(byte)
            }
            None => self.bits(),
        };
        usize::try_from(bits % (bound.max(1) as u64)).unwrap_or(0)
    }

    /// A number from `from` to `to`, both included.
    pub(crate) fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// Yes in so many cases of a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these; nothing of nothing.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of these words.
    pub(crate) fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }
}
