//! Everything that yields results.

use super::expr::Expr;
use super::formula::Formula;
use super::ids::{DeclarationId, UnitId};
use super::ruleset::Citation;
use super::table::Level;
use super::types::Type;
use crate::source::Span;
use crate::value::Number;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Something that yields a result for each row of its level.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Declaration {
    /// Its name; `outcome.part` for a part of an outcome.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// What it is.
    pub kind: DeclarationKind,
    /// Where it lives.
    pub level: Level,
    /// The type of its result; `YesNo` for conditions (as read in logic), permissions and checks.
    pub ty: Type,
    /// How its result is shown.
    pub shown: Shown,
    /// What is not verified about it.
    pub unverified: Option<String>,
    /// The parameters it rests on, directly or not, that are unverified, and the unverified declarations.
    pub rests_on_unverified: Vec<String>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<String>,
    /// The whole declaration.
    pub span: Span,
    /// Its name's place.
    pub name_span: Span,
}

/// How a result is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub enum Shown {
    /// As its type says: money with pounds and pence, a share as percent, counts with separators.
    #[default]
    Plain,
    /// As percent.
    Percent,
    /// Per so many of a unit.
    Per {
        /// The base.
        base: Number,
        /// The unit.
        unit: UnitId,
    },
    /// With so many decimals.
    Decimals(u8),
}

/// The kinds of declaration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum DeclarationKind {
    /// A figure.
    Measure(Formula),
    /// What must be so.
    Condition {
        /// When it is met.
        met: Expr,
        /// When it does not apply, each on its own.
        exemptions: Vec<Expr>,
    },
    /// What may be done.
    Permission {
        /// When it is used.
        used: Expr,
    },
    /// What is paid.
    Payment(Formula),
    /// A decision by a table.
    Decision(Formula),
    /// A figure of an outcome: baseline, target or actual.
    OutcomePart(Formula),
    /// What an area is held to. Its result is one of `OUTCOME_VERDICTS`.
    Outcome {
        /// Whether lower is better.
        lower_is_better: bool,
        /// The part that holds the baseline.
        baseline: Option<DeclarationId>,
        /// The part that holds the target.
        target: Option<DeclarationId>,
        /// The part that holds what happened.
        actual: DeclarationId,
    },
    /// What the rules and data must agree on.
    Check {
        /// What must hold.
        holds: Expr,
    },
    /// What the area may choose freely: a column that is reported, and that no rule may test.
    Discretion(Expr),
    /// Steps along a series, the first of them first. A record's step is the step of the record before it in the
    /// series, or the first step where there is none, moved: to the first step where `again` is yes; else one up, but
    /// not beyond the last, where `up` is yes; else one down, but not below the first, where `down` is yes. Where one of
    /// these is unknown, every step that it allows is possible; the value is missing, with the causes of every
    /// unknown since the step was last known, until only one step is possible.
    Ladder {
        /// The steps.
        steps: Arc<[String]>,
        /// When it goes up.
        up: Box<Expr>,
        /// When it goes down.
        down: Option<Box<Expr>>,
        /// When it starts again.
        again: Option<Box<Expr>>,
    },
    /// A pot shared out over the rows of the level, exactly.
    Allocation {
        /// What is shared; evaluated once, for the nation.
        pot: Box<Expr>,
        /// In proportion to what; evaluated at each row.
        weight: Box<Expr>,
        /// Parts are multiples of this.
        step: Number,
        /// The least a row gets.
        least: Option<Box<Expr>>,
        /// The most a row gets.
        greatest: Option<Box<Expr>>,
    },
}

impl DeclarationKind {
    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Measure(_) => "measure",
            Self::Condition { .. } => "condition",
            Self::Permission { .. } => "permission",
            Self::Payment(_) => "payment",
            Self::Decision(_) => "decision",
            Self::OutcomePart(_) => "outcome part",
            Self::Outcome { .. } => "outcome",
            Self::Check { .. } => "check",
            Self::Discretion(_) => "discretion",
            Self::Ladder { .. } => "ladder",
            Self::Allocation { .. } => "allocation",
        }
    }
}

/// The verdicts of an outcome, best first: at or beyond the target; better than the baseline; neither.
pub const OUTCOME_VERDICTS: [&str; 3] = ["target met", "improved", "not improved"];
