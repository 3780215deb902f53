//! A bound on work: a hostile file is told that something is too large to be checked, at once.

/// What may be spent on one question.
const EACH: u64 = 600_000;

/// What may be spent on a whole file.
const TOTAL: u64 = 3_000_000;

/// More work than a question is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

/// What making a set, a map or a text costs beside looking at words.
pub(super) const MAKING: usize = 40;

/// Work that is left, in words of a set that are looked at.
#[derive(Debug)]
pub(super) struct Work {
    total: u64,
    here: u64,
}

impl Work {
    /// For a file.
    pub(super) fn new() -> Self {
        Self { total: TOTAL, here: 0 }
    }

    /// Begins another question.
    pub(super) fn begin(&mut self) {
        self.here = EACH;
    }

    /// Whether nothing is left for the file.
    pub(super) fn is_spent(&self) -> bool {
        self.total == 0
    }

    /// Spends some.
    pub(super) fn spend(&mut self, amount: usize) -> Result<(), TooLarge> {
        let amount = u64::try_from(amount).unwrap_or(u64::MAX);
        let is_enough = amount <= self.here && amount <= self.total;
        self.here = self.here.saturating_sub(amount);
        self.total = self.total.saturating_sub(amount);
        if is_enough { Ok(()) } else { Err(TooLarge) }
    }
}
