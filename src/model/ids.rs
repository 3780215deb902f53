//! Numbers that stand for things of the model after names are resolved.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// From an index; the model holds far fewer than 2³² of anything.
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )*};
}

ids! {
    /// A declared unit. Money is not one: see `Dimension`.
    UnitId,
    /// A data table.
    TableId,
    /// A column of a data table, counted over all tables.
    ColumnId,
    /// A parameter.
    ParameterId,
    /// A declaration that yields results: measure, condition, permission, payment, allocation, outcome and its
    /// parts, decision, check.
    DeclarationId,
    /// A source that is cited.
    CitedId,
    /// A scenario.
    ScenarioId,
}
