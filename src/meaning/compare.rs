//! Whether two runs came out the same, to the last cause.
//!
//! In: the results of two engines for the same rules and data. Out: how many results were compared, and where
//! they differ. Nothing is forgiven: a cause more or less is a difference, and so is another basis.

use super::{Basis, Results};
use crate::model::{DeclarationId, Model};
use crate::value::Outcome;

/// What came of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many results were compared.
    pub compared: u64,
    /// How many of them differ.
    pub differing: u64,
    /// The first of those that differ, in the order of declarations and rows; as many as were asked for.
    pub differences: Vec<Difference>,
}

/// A result that came out in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The declaration.
    pub declaration: DeclarationId,
    /// The row of its level.
    pub row: usize,
    /// How it differs.
    pub kind: DifferenceKind,
}

/// What of a result differs. The definition comes first; nothing stands where one of them has no such result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The value, or why it is missing.
    Value(Option<Outcome>, Option<Outcome>),
    /// Whether a condition holds as read in logic.
    Holds(Option<Outcome>, Option<Outcome>),
    /// On how many records it rests.
    Basis(Option<Basis>, Option<Basis>),
}

impl Comparison {
    /// Whether nothing differs.
    pub fn agrees(&self) -> bool {
        self.differing == 0
    }

    fn differs(&mut self, declaration: DeclarationId, row: usize, kind: DifferenceKind, most: usize) {
        self.differing += 1;
        if self.differences.len() < most {
            self.differences.push(Difference { declaration, row, kind });
        }
    }
}

/// Compares what an engine found with what the definition gives, and keeps at most so many differences.
pub fn compare(model: &Model, defined: &Results, found: &Results, most: usize) -> Comparison {
    let mut comparison = Comparison::default();
    let none = Vec::new();
    for number in 0..model.declarations.len() {
        let id = DeclarationId::from_index(number);
        let lists = |results: &'_ [Vec<Outcome>]| results.get(number).map_or(0, Vec::len);
        let (one, two) = (defined.values.get(number).unwrap_or(&none), found.values.get(number).unwrap_or(&none));
        let (holds, found_holds) =
            (defined.holds.get(number).unwrap_or(&none), found.holds.get(number).unwrap_or(&none));
        let rows = [lists(&defined.values), lists(&found.values), lists(&defined.holds), lists(&found.holds)];
        for row in 0..rows.into_iter().max().unwrap_or(0) {
            comparison.compared += 1;
            let kind = if one.get(row) != two.get(row) {
                DifferenceKind::Value(one.get(row).cloned(), two.get(row).cloned())
            } else if holds.get(row) != found_holds.get(row) {
                DifferenceKind::Holds(holds.get(row).cloned(), found_holds.get(row).cloned())
            } else if defined.basis(id, row) != found.basis(id, row) {
                DifferenceKind::Basis(defined.basis(id, row).cloned(), found.basis(id, row).cloned())
            } else {
                continue;
            };
            comparison.differs(id, row, kind, most);
        }
    }
    comparison
}
