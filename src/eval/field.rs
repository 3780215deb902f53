//! Results as the fields of a file: decimals written straight from machine numbers.
//!
//! In: a run, a declaration and a row. Out: the bytes that a number has in a file of results: the exact decimal
//! where there is one of at most [`EXACT`] places, else rounded to [`ROUNDED`] places.

use super::Run;
use super::bind::Kept;
use super::digits::{self, EXACT, ROUNDED};
use super::shape::{Codes, Shape};
use super::vector::Slices;
use crate::model::DeclarationId;
use crate::value::{Causes, Number, Value};

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// A number, which was written.
    Written,
    /// Yes or no.
    YesNo(bool),
    /// A text or a state, by a number that stands for the same in every row.
    Code(i32),
    /// Another value.
    Value(Value),
    /// No value.
    Missing,
}

/// The results of a declaration, ready to be written row by row.
#[derive(Debug)]
pub struct Fields<'r> {
    pub(super) run: &'r Run<'r>,
    pub(super) declaration: DeclarationId,
    pub(super) kept: Option<&'r Kept>,
    pub(super) held: Held<'r>,
}

/// How results are held that are written without further ado.
#[derive(Debug)]
pub(super) enum Held<'r> {
    /// So many times what is written with so many decimals.
    Decimals(Slices<'r>, i64, usize),
    /// Fractions, by a factor.
    Quotients(Slices<'r>, i64, i64),
    YesNo(&'r [bool]),
    Codes(Slices<'r>),
    Otherwise,
}

impl Run<'_> {
    /// The results of a declaration.
    pub fn fields(&self, declaration: DeclarationId) -> Fields<'_> {
        let values = self.world.plan.outputs.get(declaration.index()).map(|output| output.values.as_slice());
        let kept = match values {
            Some([only]) => self.world.kept.get(only.index()).and_then(Option::as_ref),
            _ => None,
        };
        let held = kept
            .filter(|kept| kept.constant.is_none())
            .map_or(Held::Otherwise, |kept| Held::of(kept, self.world.lanes(kept)));
        Fields { run: self, declaration, kept, held }
    }
}

impl<'r> Held<'r> {
    fn of(kept: &'r Kept, lanes: Slices<'r>) -> Self {
        let factor = match &kept.shape {
            Shape::Int { factor, .. } | Shape::Quot { factor, .. } => {
                i64::try_from(factor.above).ok().zip(i64::try_from(factor.below).ok())
            }
            _ => None,
        };
        match (lanes, factor, &kept.shape) {
            (Slices::Int64(_) | Slices::Int32(_), Some((above, below)), _) => match digits::places(below) {
                Some((times, places)) => match above.checked_mul(times) {
                    Some(times) => Self::Decimals(lanes, times, places),
                    None => Self::Otherwise,
                },
                None => Self::Otherwise,
            },
            (Slices::Quot64(..) | Slices::Quot32(..), Some((above, below)), _) => Self::Quotients(lanes, above, below),
            (Slices::Bool(of), ..) => Self::YesNo(of),
            (Slices::Code(_) | Slices::Code8(_), _, Shape::Code(Codes::Text | Codes::State)) => Self::Codes(lanes),
            _ => Self::Otherwise,
        }
    }
}

impl Fields<'_> {
    /// The declaration.
    pub fn declaration(&self) -> DeclarationId {
        self.declaration
    }

    /// Writes the result at a row if it is a number; gives it if it is something else.
    #[inline]
    pub fn write(&self, row: usize, out: &mut Vec<u8>) -> Field {
        if self.kept.is_some_and(|kept| kept.vector.missing.at(row)) {
            return Field::Missing;
        }
        match self.held {
            Held::Decimals(of, times, places) => {
                if let Some(int) = of.int(row).and_then(|int| int.checked_mul(times)) {
                    digits::decimal(int, places, out);
                    return Field::Written;
                }
            }
            Held::Quotients(of, above, below) => {
                if let Some((of, over)) = of.quotient(row)
                    && let (Some(above), Some(below)) = (of.checked_mul(above), over.checked_mul(below))
                    && digits::quotient(above, below, out)
                {
                    return Field::Written;
                }
            }
            Held::YesNo(of) => return of.get(row).map_or(Field::Missing, |yes| Field::YesNo(*yes)),
            Held::Codes(of) => return of.code(row).map_or(Field::Missing, Field::Code),
            Held::Otherwise => {}
        }
        match self.run.value(self.declaration, row) {
            Some(Value::Number(number)) => {
                write_number(&number, out);
                Field::Written
            }
            Some(Value::YesNo(yes)) => Field::YesNo(yes),
            Some(value) => Field::Value(value),
            None => Field::Missing,
        }
    }

    /// The text or state that a number stands for.
    pub fn of_code(&self, code: i32) -> Option<Value> {
        match self.kept?.shape {
            Shape::Code(codes) => Some(self.run.world.coded(codes, code)),
            _ => None,
        }
    }

    /// A number that is the same for results of one row that lack their values for the same causes, if there is one.
    pub fn why(&self, row: usize) -> Option<u64> {
        let frame = self.run.world.plan.outputs.get(self.declaration.index())?.values.first()?;
        let frame = u64::from(self.run.world.plan.step(*frame).frame.0);
        Some((frame << 32) | u64::from(self.kept?.vector.missing.why(row)?.number()))
    }

    /// Why there is no value at a row.
    pub fn causes(&self, row: usize) -> Causes {
        self.run.causes(self.declaration, row)
    }
}

impl Run<'_> {
    /// Why a declaration has no value at a row.
    pub fn causes(&self, declaration: DeclarationId, row: usize) -> Causes {
        self.place(declaration, row).map(|(step, lane)| self.world.causes(step, lane)).unwrap_or_default()
    }
}

fn write_number(number: &Number, out: &mut Vec<u8>) {
    let text = number.to_exact_decimal(EXACT).unwrap_or_else(|| number.to_decimal(ROUNDED));
    out.extend_from_slice(text.as_bytes());
}
