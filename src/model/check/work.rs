//! A bound on work: a hostile file is told that something is too large to be checked, at once.

/// What may be spent on one question.
const EACH: u64 = 600_000;

/// What may be spent on a whole file, however short.
const TOTAL: u64 = 3_000_000;

/// What may be spent besides for each declaration, so that a long file of usual rules is checked like a short one.
const FOR_EACH_DECLARATION: u64 = 3_000;

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
    /// For a file of so many declarations.
    pub(super) fn new(declarations: usize) -> Self {
        let declarations = u64::try_from(declarations).unwrap_or(u64::MAX);
        Self { total: declarations.saturating_mul(FOR_EACH_DECLARATION).saturating_add(TOTAL), here: 0 }
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
