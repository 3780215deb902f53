//! What the columns of a Parquet file hold: told from the rules alone, so that it is the same from run to run.

use super::decimals::{Decimals, MOST};
use crate::model::{DeclarationId, Level, Model, TableId, Type};
use crate::report::run::has_states;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::Type as Schema;

/// Digits that 64 bits hold, and the most that other programs read.
const DIGITS: [i32; 2] = [18, 38];
/// Decimals that leave 64 bits room for any sum of money.
const FEW: u32 = 4;
/// Decimals of pence.
const PENCE: u32 = 2;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text that each record has for itself.
    Own,
    /// A text that recurs.
    Text,
    /// Yes or no.
    YesNo,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// A decimal of so many places.
    Decimal(u32),
}

impl Kind {
    /// What a result is written as.
    pub(super) fn of(model: &Model, id: DeclarationId, decimals: &Decimals<'_>) -> Self {
        match &model.declaration(id).ty {
            _ if has_states(model, id) => Self::Text,
            Type::YesNo => Self::YesNo,
            Type::Date => Self::Day,
            Type::Quantity(quantity) => match (quantity.dimension.money != 0, decimals.get(id)) {
                (true, places) => Self::Decimal(places.map_or(MOST, |places| places.max(PENCE))),
                (false, Some(0)) => Self::Whole,
                (false, places) => Self::Decimal(places.unwrap_or(MOST)),
            },
            Type::Unknown | Type::Text | Type::Period(_) | Type::Choice(_) => Self::Text,
        }
    }

    /// Whether 64 bits hold its numbers.
    pub(super) fn is_narrow(self) -> bool {
        !matches!(self, Self::Decimal(places) if places > FEW)
    }

    /// Whether a list of its distinct values makes it smaller.
    pub(super) fn recurs(self) -> bool {
        matches!(self, Self::Text | Self::YesNo | Self::Day)
    }

    /// The column in the words of the file.
    pub(super) fn schema(self, name: &str) -> Result<Schema> {
        let of = |physical| Schema::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        match self {
            Self::Own | Self::Text => of(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
            Self::YesNo => of(Physical::BOOLEAN),
            Self::Day => of(Physical::INT32).with_logical_type(Some(LogicalType::Date)),
            Self::Whole => of(Physical::INT64),
            Self::Decimal(places) => {
                let [narrow, wide] = DIGITS;
                let (column, digits) = match self.is_narrow() {
                    true => (of(Physical::INT64), narrow),
                    false => (of(Physical::FIXED_LEN_BYTE_ARRAY).with_length(16), wide),
                };
                let places = i32::try_from(places).unwrap_or(narrow);
                column
                    .with_logical_type(Some(LogicalType::decimal(places, digits)))
                    .with_precision(digits)
                    .with_scale(places)
            }
        }
        .build()
    }
}

/// The columns of the results of a table's records: their names, and what they hold.
pub(super) fn columns(
    model: &Model,
    ids: &[DeclarationId],
    table: TableId,
    decimals: &Decimals<'_>,
) -> Vec<(String, Kind)> {
    let names = crate::report::csv::names(model, ids, table);
    let named = names.len().saturating_sub(ids.len() + 1);
    let has_key = model.table(table).key.is_some();
    let parents = 2 * model.table(table).parents.len();
    let kinds = (0..named).map(|position| match position {
        _ if position < parents => Kind::Text,
        _ if position == parents && !has_key => Kind::Whole,
        _ => Kind::Own,
    });
    let kinds = kinds.chain(ids.iter().map(|id| Kind::of(model, *id, decimals))).chain([Kind::Own]);
    debug_assert!(ids.iter().all(|id| model.declaration(*id).level == Level::Table(table)));
    names.into_iter().zip(kinds).collect()
}
