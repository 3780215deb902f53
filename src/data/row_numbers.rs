//! The numbers that rows have in their file: kept as stretches in which they follow each other.

/// The number in the file of each row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowNumbers {
    stretches: Vec<Stretch>,
    rows: usize,
}

/// Rows whose numbers follow each other, or that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    first: usize,
    number: Option<u64>,
}

impl Stretch {
    fn number(self, row: usize) -> Option<u64> {
        self.number?.checked_add(u64::try_from(row - self.first).ok()?)
    }
}

impl RowNumbers {
    /// Adds a row; one that is not in the file has no number.
    pub(super) fn push(&mut self, number: Option<u64>) {
        let expected = self.stretches.last().map(|stretch| stretch.number(self.rows));
        if expected != Some(number) {
            self.stretches.push(Stretch { first: self.rows, number });
        }
        self.rows += 1;
    }

    /// Adds the rows of another part of the file, that begins so many rows further down.
    pub(super) fn append(&mut self, other: &Self, down: u64) {
        for stretch in &other.stretches {
            let number = stretch.number.map(|number| number.saturating_add(down));
            let first = self.rows + stretch.first;
            if self.stretches.last().map(|last| last.number(first)) != Some(number) {
                self.stretches.push(Stretch { first, number });
            }
        }
        self.rows += other.rows;
    }

    /// The numbers of these rows.
    pub(super) fn pick(&self, rows: &[Option<usize>]) -> Self {
        let mut picked = Self::default();
        rows.iter().for_each(|row| picked.push(row.and_then(|row| self.get(row))));
        picked
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The number of a row, if it is in the file.
    pub fn get(&self, row: usize) -> Option<u64> {
        if row >= self.rows {
            return None;
        }
        let after = self.stretches.partition_point(|stretch| stretch.first <= row);
        self.stretches.get(after.checked_sub(1)?)?.number(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_stretches_join() {
        let all = [Some(2), Some(3), Some(5), None, None, Some(9), Some(10)];
        let mut rows = RowNumbers::default();
        all.iter().for_each(|number| rows.push(*number));
        assert_eq!((0..8).map(|row| rows.get(row)).collect::<Vec<_>>(), [&all[..], &[None]].concat());
        assert_eq!(rows.stretches.len(), 4);
        let mut more = rows.clone();
        more.append(&rows, 9);
        assert_eq!(more.get(7), Some(11));
        assert_eq!(more.get(13), Some(19));
        assert_eq!((more.stretches.len(), more.len()), (7, 14));
    }
}
