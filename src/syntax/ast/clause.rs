//! Clauses: the lines indented under a declaration.

use super::{Column, Expr, Literal, Name, Rows, Text};
use crate::source::Span;
use crate::value::{Number, RoundMode};

/// An indented line with its continuation lines. What few of them have stands in a box: there is one for every line.
#[derive(Debug, Clone)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The place.
    pub span: Span,
}

/// Every kind of clause of every declaration; which belong to which is checked when the model is built.
#[derive(Debug, Clone)]
pub enum ClauseKind {
    /// `status in force`, the words joined by single blanks (`rules`).
    Status(Text),
    /// `applies 1 April 2015 to 31 March 2016`, or with only a first day (`rules`).
    Applies {
        /// First day.
        from: Literal,
        /// Last day, if there is one.
        to: Option<Literal>,
    },
    /// `based on bcf_2015_16` (`rules`).
    BasedOn(Name),
    /// `supersedes bcf_2015_16` (`rules`).
    Supersedes(Name),
    /// `superseded by bcf_2016_17` (`rules`).
    SupersededBy(Name),
    /// `currency "£"` (`rules`).
    Currency(Text),
    /// `financial year starts in April`: 1 to 12 (`rules`).
    YearStarts(i8),
    /// A column of a `data` table.
    Column(Box<Column>),
    /// Names of columns, under `omit from data`.
    OmittedColumns(Vec<Name>),
    /// `one of "a", "b"`: the values a parameter may take.
    OneOf(Vec<Text>),
    /// `is …`; the dates only for a parameter.
    Is {
        /// The value.
        value: Expr,
        /// `from DATE`
        from: Option<Box<Literal>>,
        /// `to DATE`
        to: Option<Box<Literal>>,
    },
    /// `rather than £294m source confed because "…"` (`parameter`).
    RatherThan(Box<RatherThan>),
    /// `met when …` (`condition`).
    MetWhen(Expr),
    /// `used when …` (`permission`).
    UsedWhen(Expr),
    /// `holds when …` (`check`).
    HoldsWhen(Expr),
    /// `steps none, "support letter", direction` (`ladder`).
    Steps(Vec<Text>),
    /// `up when …` (`ladder`).
    UpWhen(Expr),
    /// `down when …` (`ladder`).
    DownWhen(Expr),
    /// `start again when …` (`ladder`).
    StartAgainWhen(Expr),
    /// `unless …`, `unless … then …`, `otherwise unless … then …`.
    Unless {
        /// Whether it is tried only where the exception above it does not apply (`otherwise unless`).
        otherwise: bool,
        /// When it applies.
        condition: Expr,
        /// What holds then; absent for conditions, which then do not apply.
        then: Option<Box<Expr>>,
    },
    /// `at least …`
    AtLeast(Expr),
    /// `at most …`
    AtMost(Expr),
    /// `less …, never below …`
    Less {
        /// What is taken away.
        amount: Expr,
        /// The floor of the result.
        never_below: Option<Box<Expr>>,
    },
    /// `rounded to the nearest £1`, `rounded up to £1`, `rounded down to £1`, `rounded to the even £1`.
    Rounded {
        /// How.
        mode: RoundMode,
        /// To multiples of what.
        step: Expr,
    },
    /// `only if …` (`payment`).
    OnlyIf(Expr),
    /// `if missing …`
    IfMissing(Expr),
    /// `shown as …`
    Shown(Shown),
    /// `source NAME "where in it"`
    Source {
        /// Which.
        name: Name,
        /// Page, paragraph, annex.
        detail: Option<Text>,
    },
    /// `unverified "why"`
    Unverified(Option<Text>),
    /// `note "…"`
    Note(Text),
    /// `lower is better` is true, `higher is better` is false (`outcome`).
    LowerIsBetter(bool),
    /// `baseline …` (`outcome`).
    Baseline(Expr),
    /// `target …` (`outcome`).
    Target(Expr),
    /// `actual …` (`outcome`).
    Actual(Expr),
    /// `first match` (`decision`, or a `measure` with rows).
    FirstMatch,
    /// The lines between bars of a `decision` or a `measure`.
    Rows(Rows),
    /// `of …` (`allocation`): what is shared.
    Of(Expr),
    /// `in proportion to …` (`allocation`).
    InProportionTo(Expr),
    /// `to the nearest …` (`allocation`).
    ToTheNearest(Expr),
    /// `given TABLE column value, …` and the rows under it (`scenario`).
    Given {
        /// The table.
        table: Name,
        /// `column value` pairs of a single row.
        cells: Vec<(Name, GivenValue)>,
        /// Rows between bars; their cells are read as cells of the data are.
        rows: Option<Box<Rows>>,
    },
    /// `given parameter NAME is VALUE` (`scenario`).
    GivenParameter {
        /// Which.
        name: Name,
        /// Its value in this scenario.
        value: Box<Expr>,
    },
    /// `as at DATE` (`scenario`).
    AsAt(Literal),
    /// `expect NAME is V, V, …` (`scenario`).
    Expect {
        /// The table before the dot, if written.
        table: Option<Name>,
        /// The declaration.
        name: Name,
        /// The part after the dot of an `outcome`, such as `target`, is in `name` with the outcome in `table`.
        values: Vec<Expected>,
    },
    /// `because constructed`, `because "…"` (`scenario`).
    Because(Text),
    /// A clause that could not be read; the problem was reported.
    Broken,
}

/// Another figure for the value above it, which is not taken.
#[derive(Debug, Clone)]
pub struct RatherThan {
    /// The figure.
    pub value: Literal,
    /// Which source has it.
    pub source: Name,
    /// Page, paragraph, annex.
    pub detail: Option<Text>,
    /// Why it is not taken.
    pub because: Text,
}

/// How a result is shown.
#[derive(Debug, Clone)]
pub enum Shown {
    /// `shown as percent`
    Percent,
    /// `shown per 100,000 people`
    Per {
        /// The base.
        base: Number,
        /// The unit below the line.
        unit: Name,
    },
    /// `shown to 2 decimals`
    Decimals(u8),
}

/// A value in `given area minimum_fund £10m`.
#[derive(Debug, Clone)]
pub enum GivenValue {
    /// A literal.
    Literal(Literal),
    /// `missing`: not given on purpose.
    Missing(Span),
}

/// What a scenario expects of one row.
#[derive(Debug, Clone)]
pub enum Expected {
    /// This value; a literal, possibly negative.
    Literal(Literal),
    /// `met`
    Met(Span),
    /// `not met`
    NotMet(Span),
    /// `does not apply`
    DoesNotApply(Span),
    /// `cannot determine`, and `missing` as another word for it.
    CannotDetermine(Span),
}

impl Expected {
    /// Its place.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span,
            Self::Met(span) | Self::NotMet(span) | Self::DoesNotApply(span) | Self::CannotDetermine(span) => *span,
        }
    }
}
