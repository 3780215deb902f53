//! The results of the policy as typed columns, and the nation's lines.

/// How the condition about the six conditions came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    NotMet,
    Met,
    DoesNotApply,
    CannotDetermine,
}

/// The outcome of assurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assurance {
    NotApproved,
    ApprovedWithConditions,
    ApprovedLate,
    ApprovedWithSupport,
    Approved,
    CannotDetermine,
}

impl Assurance {
    /// As the rules call it; nothing where it cannot be determined.
    pub(crate) const NAMES: [&'static str; 6] =
        ["not approved", "approved with conditions", "approved late", "approved with support", "approved", ""];

    /// As the rules call it.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The first row of the table that applies; where the six conditions cannot be determined, the one outcome of all
    /// rows that may apply.
    #[inline]
    pub(crate) fn of(pool_large_enough: bool, conditions: State, on_time: bool, is_ambitious: bool) -> Self {
        match (pool_large_enough, conditions) {
            (false, _) => Self::NotApproved,
            (true, State::CannotDetermine) => Self::CannotDetermine,
            (true, State::NotMet) if !on_time => Self::NotApproved,
            (true, State::NotMet) => Self::ApprovedWithConditions,
            (true, _) if !on_time => Self::ApprovedLate,
            (true, _) if !is_ambitious => Self::ApprovedWithSupport,
            (true, _) => Self::Approved,
        }
    }
}

/// What stands for a payment that cannot be determined.
pub(crate) const MISSING: i64 = i64::MIN;

/// The results. Money in pence; admissions to be avoided in ten-thousandths; a rate as moves and people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Results {
    pub(crate) pool_large_enough: Vec<bool>,
    pub(crate) conditions_met: Vec<State>,
    pub(crate) on_time: Vec<bool>,
    pub(crate) target_admissions: Vec<i64>,
    pub(crate) payment: [Vec<i64>; 4],
    pub(crate) payments: Vec<i64>,
    pub(crate) released: Vec<i64>,
    pub(crate) rate: Vec<(i32, i32)>,
    pub(crate) improved: Vec<bool>,
    pub(crate) assurance: Vec<Assurance>,
    pub(crate) nation: Nation,
}

/// The nation's lines. Money in pence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Nation {
    /// Areas by [`Assurance`].
    pub(crate) areas: [u64; 6],
    pub(crate) total_paid: i128,
    pub(crate) total_pooled: i128,
}

impl Results {
    /// With room for so many areas.
    pub(crate) fn with_capacity(rows: usize) -> Self {
        Self {
            pool_large_enough: Vec::with_capacity(rows),
            conditions_met: Vec::with_capacity(rows),
            on_time: Vec::with_capacity(rows),
            target_admissions: Vec::with_capacity(rows),
            payment: [0; 4].map(|_| Vec::with_capacity(rows)),
            payments: Vec::with_capacity(rows),
            released: Vec::with_capacity(rows),
            rate: Vec::with_capacity(rows),
            improved: Vec::with_capacity(rows),
            assurance: Vec::with_capacity(rows),
            nation: Nation::default(),
        }
    }
}
