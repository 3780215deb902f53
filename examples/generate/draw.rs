//! Draws: numbers that look like chance and are the same on every machine and every day.
//!
//! In: the seed of the example, an area's code and a topic. Out: a stream of whole numbers. Every area and topic
//! has a stream of its own, so that a column added later changes no other column.

/// The seed of the whole example. Another seed gives another country with the same national lines.
const SEED: u64 = 20_150_401;

/// A stream of numbers: Steele, Lea and Flood's SplitMix64.
pub(crate) struct Draw {
    state: u64,
}

impl Draw {
    /// The stream of one area and topic.
    pub(crate) fn new(code: &str, topic: &str) -> Self {
        // FNV-1a over "code/topic" spreads the streams apart.
        let name = code.bytes().chain([b'/']).chain(topic.bytes());
        let hash = name
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self { state: hash ^ SEED }
    }

    /// The next 64 bits.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A whole number from `low` to `high`, both included. The bias of the remainder is far below one in a billion.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low) + 1;
        low.saturating_add_unsigned(self.next() % width)
    }

    /// Yes, `per_thousand` times in a thousand.
    pub(crate) fn chance(&mut self, per_thousand: i64) -> bool {
        self.between(1, 1_000) <= per_thousand
    }

    /// One of several.
    pub(crate) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[(self.next() % choices.len() as u64) as usize]
    }

    /// A number to sort by.
    pub(crate) fn rank(mut self) -> u64 {
        self.next()
    }
}
