//! The plan: a checked model as an ordered list of steps over whole columns.
//!
//! In: a [`Model`](crate::model::Model). Out: a [`Plan`], which can be printed and run over any data of the model. Nothing here
//! knows data: how many rows there are, how large figures get and what is missing is settled when a plan is
//! run ([`crate::eval`]).
//!
//! A step makes one value for every row of a *frame*: the nation, or a table. A series has no frame of its own:
//! a step of a quarter is a step of the area it belongs to, once for each quarter, so that running totals and
//! what was paid so far are plain arithmetic on columns of the area.

mod aggregate;
mod allocation;
mod build;
mod expression;
mod formula;
mod ladder;
mod peers;
mod print;

pub use build::from_model;
pub use print::print;

use crate::model::{ColumnId, DeclarationId, Level, ParameterId, TableId};
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, ArithmeticOp, CompareOp, LogicOp};
use crate::value::{Fault, Number, RoundMode, Value};
use std::sync::Arc;

/// A step of a plan, by its place in [`Plan::steps`]. A step reads only steps before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepId(pub u32);

impl StepId {
    /// The number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A frame of a plan, by its place in [`Plan::frames`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FrameId(pub u32);

impl FrameId {
    /// The frame of the nation.
    pub const NATION: Self = Self(0);

    /// The number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What has to be computed, in order.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The frames: first the nation, then a table each that is not a series of one table.
    pub frames: Vec<Level>,
    /// The steps, each after those it reads.
    pub steps: Vec<Step>,
    /// What each declaration of the model results in, by [`DeclarationId`].
    pub outputs: Vec<Output>,
}

/// A step: an operation that gives a value for every row of a frame.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is done.
    pub op: Op,
    /// Over whose rows.
    pub frame: FrameId,
    /// Where a fault of it belongs.
    pub place: Place,
}

/// Where a fault of a step belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The declaration that asks.
    pub declaration: DeclarationId,
    /// The words that ask.
    pub span: Span,
    /// The level of the row.
    pub level: Level,
    /// Which period of a series, counted from its first.
    pub period: u32,
}

/// What a declaration results in: one step, or for a series one for each period.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Whether the plan makes it. What no plan makes, and what rests on that, is left to the reference.
    pub is_planned: bool,
    /// The results.
    pub values: Vec<StepId>,
    /// For conditions: whether they hold as read in logic.
    pub holds: Vec<StepId>,
    /// The aggregates that the results rest on, for each of `values`.
    pub counted: Vec<Vec<Counted>>,
}

/// An aggregate that a result rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The aggregate.
    pub gather: StepId,
    /// Of an aggregate made for each group of peers, the step that takes that of the row's own.
    pub of_group: Option<StepId>,
    /// Whether it is asked for, where that depends on the row.
    pub reached: Option<StepId>,
    /// Whether it is the whole of the result, so that a part of it means something.
    pub is_whole: bool,
    /// The table whose records are aggregated.
    pub over: TableId,
}

/// A member of an aggregate, for each record of its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Member {
    /// Whether it counts; without it always.
    pub counts: Option<StepId>,
    /// Its value; without it, it is only counted.
    pub value: Option<StepId>,
    /// What goes with its value: its weight in a mean, its period where that is asked for.
    pub with: Option<StepId>,
}

impl Member {
    /// A value that always counts.
    pub fn of(value: StepId) -> Self {
        Self { counts: None, value: Some(value), with: None }
    }

    /// The steps that it reads.
    pub fn reads(&self) -> impl Iterator<Item = StepId> + use<> {
        [self.counts, self.value, self.with].into_iter().flatten()
    }
}

/// What a record claims of a pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Claim {
    /// In proportion to what.
    pub weight: StepId,
    /// The least it gets.
    pub least: Option<StepId>,
    /// The most it gets.
    pub greatest: Option<StepId>,
}

impl Claim {
    /// The steps that it reads.
    pub fn reads(&self) -> impl Iterator<Item = StepId> + use<> {
        [Some(self.weight), self.least, self.greatest].into_iter().flatten()
    }
}

/// What a step does. Values that are missing stay so with all their causes, as the meaning says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Op {
    /// A value of the rules.
    Constant(Value),
    /// Nothing but a fault.
    Fault(Fault),
    /// A column of the frame's table, or of a series of it at a period.
    Column(ColumnId, u32),
    /// A parameter at the date of the run.
    Parameter(ParameterId),
    /// A parameter on the first day of a period that the rules say.
    ParameterIn(ParameterId, StepId),
    /// A parameter on the first day of a period that the data say.
    ParameterAt(ParameterId, StepId),
    /// The value of a step of another frame at the row that this row belongs to.
    Above(StepId),
    /// The opposite.
    Not(StepId),
    /// The negative.
    Negate(StepId),
    /// Without the sign.
    SizeOf(StepId),
    /// Arithmetic.
    Arithmetic(ArithmeticOp, StepId, StepId),
    /// The days from one date to another.
    Days(StepId, StepId),
    /// A comparison.
    Compare(CompareOp, StepId, StepId),
    /// `and`, `or`.
    Logic(LogicOp, Vec<StepId>),
    /// Whether it is missing.
    IsMissing(StepId, bool),
    /// Whether it is known and this answer; never missing.
    IsKnown(StepId, bool),
    /// Rounded to a multiple.
    Rounded(StepId, RoundMode, Number),
    /// The greater (`AtLeast`) or the lesser (`AtMost`) of two.
    Bound(CompareOp, StepId, StepId),
    /// A choice of two.
    If(StepId, StepId, StepId),
    /// The value where the condition is yes, else zero.
    OnlyIf(StepId, StepId),
    /// The value where there is one, else the other.
    IfMissing(StepId, StepId),
    /// Exceptions that nothing orders, each a chain of conditions and values.
    Unless(StepId, Vec<Vec<(StepId, StepId)>>),
    /// Whether a cell of a decision table accepts an input: what the tests say, where the input is known; where
    /// it is missing `no` if that is a case of its own, else unknown for the causes of the input.
    Accepts {
        /// The input.
        input: StepId,
        /// What the tests say of a known input.
        tests: StepId,
        /// Whether missing is a case of its own.
        own_case: bool,
    },
    /// What a decision table gives: for each row whether it applies and what it gives.
    Table {
        /// The rows.
        rows: Vec<(StepId, StepId)>,
        /// Whether the first row that matches decides.
        first_match: bool,
    },
    /// Whether a row of a table may apply; never missing.
    MayApply {
        /// Whether each row of the table applies, up to the one that is asked about.
        rows: Vec<StepId>,
        /// Whether the first row that matches decides.
        first_match: bool,
    },
    /// The state of a condition: met or not, and its exemptions.
    State(StepId, Vec<StepId>),
    /// The verdict of an outcome: whether the target is reached, and whether it is better than the baseline.
    Verdict(Option<StepId>, Option<StepId>),
    /// The value of the step for the period that another step gives.
    Pick(StepId, Vec<(i32, StepId)>),
    /// Made of many: of the members below each row, in their frame; or of a list, in the same frame.
    Gather {
        /// Which.
        op: AggregateOp,
        /// The frame of the members.
        from: FrameId,
        /// For each record of the frame its members, earliest first.
        members: Vec<Member>,
        /// Up to the period before: the same gathering, of which this takes one member more.
        before: Option<StepId>,
        /// The groups of peers, where it is made once for each of them.
        among: Option<StepId>,
    },
    /// Which records of a table are peers: those at which all of these are the same. For each period of the table,
    /// what its records share.
    Groups(Vec<Vec<StepId>>),
    /// What was made for the group of this row; missing where it is not known which that is.
    OfGroup {
        /// What was made for each group.
        value: StepId,
        /// The groups.
        groups: StepId,
        /// The period of this row.
        period: u32,
        /// What this row shares with its peers.
        same: Vec<StepId>,
    },
    /// The parts of a pot that is shared out over all records of a table, at once for every period of it.
    Shares {
        /// What is shared, a step of the nation.
        pot: StepId,
        /// What its records claim, for each period of the table.
        claims: Vec<Claim>,
        /// Parts are multiples of this.
        step: Number,
        /// The words of the floor and of the ceiling.
        bounds: [Option<Span>; 2],
    },
    /// The parts of one period.
    Part(StepId, u32),
    /// The steps of a ladder on which a record may stand, as bits.
    Climb {
        /// Those on which it may have stood before.
        before: Option<StepId>,
        /// Whether it starts again, goes up, goes down.
        moves: [Option<StepId>; 3],
        /// The number of the highest step.
        last: u32,
    },
    /// The step of a ladder, where only one is possible.
    Stands {
        /// The steps that are possible.
        possible: StepId,
        /// What leaves it open where there are several: where it stood before, and the answers that were asked for.
        open: Vec<StepId>,
        /// The steps.
        steps: Arc<[String]>,
    },
    /// The place of a value among all records of its table, or among the peers of each.
    Rank {
        /// The values, for each period of the table.
        all: Vec<StepId>,
        /// The period of this row.
        period: u32,
        /// Whether the highest is first.
        from_highest: bool,
        /// The groups of peers.
        among: Option<StepId>,
    },
}

impl Op {
    /// The steps that are read.
    pub fn reads(&self) -> Vec<StepId> {
        match self {
            Self::Constant(_) | Self::Fault(_) | Self::Column(..) | Self::Parameter(_) => Vec::new(),
            Self::ParameterIn(_, one)
            | Self::ParameterAt(_, one)
            | Self::Above(one)
            | Self::Not(one)
            | Self::Negate(one)
            | Self::SizeOf(one)
            | Self::IsMissing(one, _)
            | Self::IsKnown(one, _)
            | Self::Rounded(one, ..) => vec![*one],
            Self::Arithmetic(_, left, right)
            | Self::Days(left, right)
            | Self::Compare(_, left, right)
            | Self::Bound(_, left, right)
            | Self::OnlyIf(left, right)
            | Self::IfMissing(left, right) => vec![*left, *right],
            Self::Logic(_, all) => all.clone(),
            Self::MayApply { rows, .. } => rows.clone(),
            Self::If(condition, then, otherwise) => vec![*condition, *then, *otherwise],
            Self::Unless(value, exceptions) => {
                let mut reads = vec![*value];
                reads.extend(exceptions.iter().flatten().flat_map(|(condition, value)| [*condition, *value]));
                reads
            }
            Self::Accepts { input, tests, .. } => vec![*input, *tests],
            Self::Table { rows, .. } => rows.iter().flat_map(|(matches, gives)| [*matches, *gives]).collect(),
            Self::State(met, exempt) => std::iter::once(*met).chain(exempt.iter().copied()).collect(),
            Self::Verdict(reached, better) => reached.iter().chain(better).copied().collect(),
            Self::Pick(period, choices) => {
                std::iter::once(*period).chain(choices.iter().map(|(_, step)| *step)).collect()
            }
            Self::Gather { members, before, among, .. } => {
                members.iter().flat_map(Member::reads).chain(*before).chain(*among).collect()
            }
            Self::Shares { pot, claims, .. } => claims.iter().flat_map(Claim::reads).chain([*pot]).collect(),
            Self::Part(shares, _) => vec![*shares],
            Self::Climb { before, moves, .. } => moves.iter().flatten().chain(before).copied().collect(),
            Self::Stands { possible, open, .. } => std::iter::once(*possible).chain(open.iter().copied()).collect(),
            Self::Groups(same) => same.iter().flatten().copied().collect(),
            Self::OfGroup { value, groups, same, .. } => [*value, *groups].into_iter().chain(same.clone()).collect(),
            Self::Rank { all, among, .. } => all.iter().copied().chain(*among).collect(),
        }
    }
}

impl Plan {
    /// Whether it makes every result of the rules.
    pub fn is_complete(&self) -> bool {
        self.outputs.iter().all(|output| output.is_planned)
    }

    /// The step.
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id.index()]
    }
}
