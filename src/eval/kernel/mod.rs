//! Kernels: what is done to vectors, a run of lanes at a time, with everything settled beforehand.

pub(super) mod choose;
pub(super) mod days;
pub(super) mod exact;
mod int;
pub(super) mod ladder;
pub(super) mod list;
pub(super) mod number;
pub(super) mod slow;

use super::bind::World;
use super::missing::Missing;
use super::shape::Repr;
use super::vector::{Lanes, Vector, View};
use super::why::Whys;
use crate::model::ColumnId;
use crate::plan::{FrameId, StepId};
use crate::syntax::ast::{ArithmeticOp, CompareOp, LogicOp};
use crate::value::{Number, RoundMode};

/// The number of a register: a vector that is made anew for each run of lanes.
pub(super) type Reg = usize;

/// A run of lanes that kernels work on, and what they share.
#[derive(Debug)]
pub(super) struct Batch<'b> {
    pub(super) world: &'b World<'b>,
    pub(super) frame: FrameId,
    /// The row of the first lane.
    pub(super) start: usize,
    /// How many lanes there are.
    pub(super) len: usize,
    pub(super) whys: &'b mut Whys,
}

impl Batch<'_> {
    /// Whether two vectors lack a value for the same causes in a lane, where they do so at other sites.
    fn same_causes(&self, a: &Missing, b: &Missing, lane: usize) -> bool {
        let sites = |of: &Missing| of.why(lane).map_or(&[][..], |why| self.whys.sites(why));
        self.world.same_causes(self.frame, sites(a), sites(b), self.start + lane)
    }
}

/// What fills a register.
#[derive(Debug, Clone)]
pub(super) enum Kernel {
    /// One value in every lane; or none, because of a site.
    Fill(Lanes, Option<u32>),
    /// Cells of the data: of a series every `stride`th from `first` on. Missing ones are blamed on the site.
    Cells {
        column: ColumnId,
        first: usize,
        stride: usize,
        site: u32,
    },
    /// The same lanes as another register, read otherwise.
    Same(Reg),
    /// Lanes of a vector that an earlier pass made.
    Kept(StepId),
    /// Lanes of a vector of another frame, by link.
    Linked {
        step: StepId,
        link: usize,
        site: u32,
    },
    /// Whole multiples, in other machine numbers.
    Convert {
        from: Reg,
        times: i128,
        to: Repr,
    },
    /// The exact numbers of a register with a factor.
    Exactly {
        from: Reg,
        factor: Number,
    },
    Add {
        a: Reg,
        b: Reg,
        minus: bool,
    },
    Multiply {
        a: Reg,
        b: Reg,
    },
    /// A division by zero is blamed on the site. What divides may be known to be above zero.
    Divide {
        a: Reg,
        b: Reg,
        site: u32,
        is_positive: bool,
    },
    /// Whole numbers above the line and below it, as they stand in two registers. What is below is above zero, also
    /// where it has no value.
    Quotient {
        above: Reg,
        below: Reg,
    },
    /// Whole numbers above zero, 1 where there is none.
    Divisor(Reg),
    /// 2^64 by a divisor, rounded down.
    Reciprocal(Reg),
    /// Rounds a quotient of numbers that are not below zero, by the reciprocal of what is below.
    RoundOver {
        above: Reg,
        below: Reg,
        reciprocal: Reg,
        mode: RoundMode,
    },
    Negate(Reg),
    Size(Reg),
    /// The greater or the lesser.
    Extreme {
        a: Reg,
        b: Reg,
        greatest: bool,
    },
    /// Held to be no less than zero, or no more.
    BesideZero {
        a: Reg,
        greatest: bool,
    },
    Compare {
        op: CompareOp,
        a: Reg,
        b: Reg,
    },
    /// A comparison with one whole number.
    CompareTo {
        op: CompareOp,
        a: Reg,
        to: i128,
    },
    /// To whole numbers of `below / above`.
    Round {
        a: Reg,
        above: i128,
        below: i128,
        mode: RoundMode,
        wide: bool,
    },
    ExactArithmetic {
        op: ArithmeticOp,
        a: Reg,
        b: Reg,
        zero: u32,
        large: u32,
    },
    ExactRound {
        a: Reg,
        mode: RoundMode,
        step: Number,
        large: u32,
    },
    ExactNegate {
        a: Reg,
        only_size: bool,
    },
    Not(Reg),
    Logic(LogicOp, Vec<Reg>),
    IsMissing(Reg, bool),
    IsKnown(Reg, bool),
    If {
        condition: Reg,
        then: Reg,
        otherwise: Reg,
    },
    OnlyIf {
        value: Reg,
        condition: Reg,
        zero: Reg,
    },
    IfMissing {
        value: Reg,
        instead: Reg,
    },
    Unless {
        value: Reg,
        exceptions: Vec<Vec<(Reg, Reg)>>,
        conflict: u32,
    },
    Accepts {
        input: Reg,
        tests: Reg,
        own_case: bool,
    },
    Table {
        rows: Vec<(Reg, Reg)>,
        first_match: bool,
        site: u32,
    },
    MayApply {
        rows: Vec<Reg>,
        first_match: bool,
    },
    State {
        met: Reg,
        exempt: Vec<Reg>,
    },
    Verdict {
        reached: Option<Reg>,
        better: Option<Reg>,
        words: [i32; 3],
    },
    Pick {
        period: Reg,
        choices: Vec<(i32, Reg)>,
        site: u32,
    },
    /// The days from one date to another.
    Days {
        from: Reg,
        to: Reg,
    },
    /// Every `stride`th part of a pot from `first` on.
    Part {
        shares: StepId,
        first: usize,
        stride: usize,
        site: u32,
    },
    Climb(ladder::Climb),
    Stands {
        possible: Reg,
        open: Vec<Reg>,
        words: Vec<i32>,
    },
    /// What was made for the group of each row.
    OfGroup(crate::eval::peers::OfGroup<Reg>),
    /// Values of a list, one lane at a time, as exact numbers or codes.
    List(list::List),
}

/// What is done to which registers, of kernels that have no place of their own: the same is done only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Pure {
    Add(Reg, Reg, bool),
    Multiply(Reg, Reg),
    Negate(Reg, bool),
    Extreme(Reg, Reg, bool),
    BesideZero(Reg, bool),
    Quotient(Reg, Reg),
    Divisor(Reg),
    Reciprocal(Reg),
    RoundOver(Reg, Reg, RoundMode),
    Compare(CompareOp, Reg, Reg),
    CompareTo(CompareOp, Reg, i128),
    Round(Reg, i128, i128, RoundMode),
    Not(Reg),
    IsMissing(Reg, bool),
}

impl Kernel {
    /// What is done, of kernels that have no place of their own.
    pub(super) fn pure(&self) -> Option<Pure> {
        Some(match self {
            Self::Add { a, b, minus } => Pure::Add(*a, *b, *minus),
            Self::Multiply { a, b } => Pure::Multiply(*a, *b),
            Self::Negate(a) => Pure::Negate(*a, false),
            Self::Size(a) => Pure::Negate(*a, true),
            Self::Extreme { a, b, greatest } => Pure::Extreme(*a, *b, *greatest),
            Self::BesideZero { a, greatest } => Pure::BesideZero(*a, *greatest),
            Self::Quotient { above, below } => Pure::Quotient(*above, *below),
            Self::Divisor(a) => Pure::Divisor(*a),
            Self::Reciprocal(a) => Pure::Reciprocal(*a),
            Self::RoundOver { above, below, mode, .. } => Pure::RoundOver(*above, *below, *mode),
            Self::Compare { op, a, b } => Pure::Compare(*op, *a, *b),
            Self::CompareTo { op, a, to } => Pure::CompareTo(*op, *a, *to),
            Self::Round { a, above, below, mode, .. } => Pure::Round(*a, *above, *below, *mode),
            Self::Not(a) => Pure::Not(*a),
            Self::IsMissing(a, negated) => Pure::IsMissing(*a, *negated),
            _ => return None,
        })
    }

    /// The registers that are read.
    pub(super) fn reads(&self) -> Vec<Reg> {
        match self {
            Self::Fill(..) | Self::Cells { .. } | Self::Kept(_) | Self::Linked { .. } => Vec::new(),
            Self::Same(a)
            | Self::Convert { from: a, .. }
            | Self::Exactly { from: a, .. }
            | Self::Negate(a)
            | Self::Size(a)
            | Self::Divisor(a)
            | Self::Reciprocal(a)
            | Self::CompareTo { a, .. }
            | Self::BesideZero { a, .. }
            | Self::Round { a, .. }
            | Self::ExactRound { a, .. }
            | Self::ExactNegate { a, .. }
            | Self::Not(a)
            | Self::IsMissing(a, _)
            | Self::IsKnown(a, _) => vec![*a],
            Self::Add { a, b, .. }
            | Self::Multiply { a, b }
            | Self::Divide { a, b, .. }
            | Self::Quotient { above: a, below: b }
            | Self::Extreme { a, b, .. }
            | Self::Compare { a, b, .. }
            | Self::ExactArithmetic { a, b, .. }
            | Self::IfMissing { value: a, instead: b }
            | Self::Accepts { input: a, tests: b, .. } => vec![*a, *b],
            Self::Logic(_, all) | Self::MayApply { rows: all, .. } => all.clone(),
            Self::If { condition, then, otherwise } => vec![*condition, *then, *otherwise],
            Self::RoundOver { above, below, reciprocal, .. } => vec![*above, *below, *reciprocal],
            Self::OnlyIf { value, condition, zero } => vec![*value, *condition, *zero],
            Self::Unless { value, exceptions, .. } => {
                let pairs = exceptions.iter().flatten().flat_map(|(when, gives)| [*when, *gives]);
                std::iter::once(*value).chain(pairs).collect()
            }
            Self::Table { rows, .. } => rows.iter().flat_map(|(when, gives)| [*when, *gives]).collect(),
            Self::State { met, exempt } => std::iter::once(*met).chain(exempt.iter().copied()).collect(),
            Self::Verdict { reached, better, .. } => reached.iter().chain(better).copied().collect(),
            Self::Pick { period, choices, .. } => {
                std::iter::once(*period).chain(choices.iter().map(|(_, reg)| *reg)).collect()
            }
            Self::Days { from, to } => vec![*from, *to],
            Self::Part { .. } => Vec::new(),
            Self::Climb(climb) => climb.reads(),
            Self::Stands { possible, open, .. } => std::iter::once(*possible).chain(open.iter().copied()).collect(),
            Self::OfGroup(of) => of.same.clone(),
            Self::List(list) => list.reads(),
        }
    }
}

/// Fills a register with one value.
pub(super) fn fill(out: &mut Vector, one: &Lanes, site: Option<u32>, batch: &mut Batch<'_>) {
    fn all<T: Clone>(of: &[T], len: usize) -> Vec<T> {
        of.first().map(|one| vec![one.clone(); len]).unwrap_or_default()
    }
    let len = batch.len;
    out.lanes = match one {
        Lanes::Int64(of) => Lanes::Int64(all(of, len)),
        Lanes::Int128(of) => Lanes::Int128(all(of, len)),
        Lanes::Quot64(above, below) => Lanes::Quot64(all(above, len), all(below, len)),
        Lanes::Quot128(above, below) => Lanes::Quot128(all(above, len), all(below, len)),
        Lanes::Exact(of) => Lanes::Exact(all(of, len)),
        Lanes::Bool(of) => Lanes::Bool(all(of, len)),
        Lanes::Code(of) => Lanes::Code(all(of, len)),
        Lanes::Int32(of) => Lanes::Int32(all(of, len)),
        Lanes::Quot32(above, below) => Lanes::Quot32(all(above, len), all(below, len)),
        Lanes::Code8(of) => Lanes::Code8(all(of, len)),
    };
    if let Some(site) = site {
        let why = batch.whys.of(site);
        (0..len).for_each(|lane| out.missing.blame(why, lane, len));
    }
}

/// Joins what operands lack.
pub(super) fn joined(into: &mut Missing, all: &[View<'_>], batch: &mut Batch<'_>) {
    for one in all {
        into.add(one.missing, batch.whys);
    }
}
