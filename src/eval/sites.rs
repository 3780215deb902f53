//! Sites: the places of a frame where a value can go missing, by number. What a lane lacks is a set of them;
//! the causes that people read are made of it only where somebody asks.

use crate::model::{ColumnId, ParameterId};
use crate::plan::{Place, StepId};
use crate::value::{Fault, Period};
use indexmap::IndexSet;

/// A place where a value can go missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Site {
    /// A cell of the row, or of its series at a period.
    Cell(ColumnId, u32),
    /// A computation.
    Fault(Fault, Place),
    /// A parameter that has no value on the day asked for.
    Parameter(ParameterId, Option<Period>),
    /// What a step of another frame lacks, at the row above.
    Above(StepId),
    /// What the members of an aggregate lack.
    Below(StepId),
    /// What any record lacks of what a whole step reads.
    All(StepId),
    /// What was made for groups lacks, at the group of the row at a period.
    Group { value: StepId, groups: StepId, period: u32 },
}

/// The sites of a frame.
#[derive(Debug, Clone, Default)]
pub(super) struct Sites(IndexSet<Site>);

impl Sites {
    /// The number of a site.
    pub(super) fn number(&mut self, site: Site) -> u32 {
        u32::try_from(self.0.insert_full(site).0).unwrap_or(u32::MAX)
    }

    /// The site with a number.
    pub(super) fn get(&self, number: u32) -> Option<&Site> {
        self.0.get_index(number as usize)
    }
}
