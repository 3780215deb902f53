//! The model: what a ruleset says, with names resolved and types, units and levels known.
//!
//! In: syntax trees. Out: a [`Model`], which can be stored and loaded, and the problems found.
//! A model without errors can always be evaluated.

#[expect(dead_code, reason = "called once models are built")]
mod check;
mod error;
mod expr;
mod ids;
mod types;
mod walk;

pub use expr::{Expr, ExprKind};
pub use ids::{CitedId, ColumnId, DeclarationId, ParameterId, ScenarioId, TableId, UnitId};
pub use types::{Basis, Dimension, Quantity, Scale, Type};

use crate::source::Span;
use crate::value::{Date, MissingReason, Number, Period, PeriodKind, RoundMode, Value};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A checked ruleset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Model {
    /// The head of the ruleset.
    pub ruleset: Ruleset,
    /// Declared units, by [`UnitId`].
    pub units: Vec<Unit>,
    /// Sources that are cited, by [`CitedId`].
    pub sources: Vec<CitedSource>,
    /// Data tables, by [`TableId`]; a table stands after the tables it belongs to.
    pub tables: Vec<DataTable>,
    /// Columns of all tables, by [`ColumnId`].
    pub columns: Vec<Column>,
    /// Parameters, by [`ParameterId`].
    pub parameters: Vec<Parameter>,
    /// Everything that yields results, by [`DeclarationId`], in the order it is written; the parts of an
    /// outcome stand before it.
    pub declarations: Vec<Declaration>,
    /// The order of evaluation. Each group is evaluated before the next; the members of a group of several
    /// read each other only at earlier periods and are evaluated together, period by period.
    pub order: Vec<Vec<DeclarationId>>,
    /// Scenarios, by [`ScenarioId`].
    pub scenarios: Vec<Scenario>,
    /// Names of declarations and outcome parts (`emergency_admissions.target`).
    pub names: IndexMap<String, DeclarationId>,
}

/// The head of a ruleset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ruleset {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// `proposal`, `announced`, `in force`, `superseded`.
    pub status: Option<String>,
    /// First day it applies.
    pub from: Option<Date>,
    /// Last day it applies.
    pub to: Option<Date>,
    /// The sign of its money.
    pub currency: String,
    /// The month in which its financial year begins, 1 to 12.
    pub year_start: i8,
    /// Notes.
    pub notes: Vec<String>,
    /// What is not verified about the ruleset as a whole.
    pub unverified: Option<String>,
    /// Sources of the ruleset as a whole.
    pub citations: Vec<Citation>,
}

/// A declared unit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A source that rules cite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CitedSource {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its date as written.
    pub dated: Option<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A citation in a declaration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: CitedId,
    /// Page, paragraph, annex.
    pub detail: Option<String>,
}

/// A data table: a level at which declarations can live.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DataTable {
    /// Its name, `area`.
    pub name: String,
    /// Its plural, `areas`.
    pub plural: String,
    /// Its label.
    pub label: Option<String>,
    /// The tables each record belongs to, in the order of `for each`; empty for a table of the nation.
    pub parents: Vec<TableId>,
    /// The series, if each parent has a record per period.
    pub series: Option<Series>,
    /// The column that names a record among those with the same parents; the period of a series.
    pub key: Option<ColumnId>,
    /// Its columns in order, the period of a series first.
    pub columns: Vec<ColumnId>,
    /// Where it is declared.
    pub span: Span,
}

/// The periods of a series table, both ends included.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Series {
    /// The column that holds the period.
    pub column: ColumnId,
    /// The kind of period.
    pub kind: PeriodKind,
    /// The first.
    pub first: Period,
    /// The last.
    pub last: Period,
}

/// A column of a data table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    /// Its table.
    pub table: TableId,
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its type.
    pub ty: Type,
    /// For a rate such as `admissions per 100,000 people`: the base by which cells are divided. Else 1.
    pub cell_base: Number,
    /// Whether a person decides it; who, when and why may stand in `<name>_by`, `<name>_on`, `<name>_because`.
    pub is_judgement: bool,
    /// Whether the data may lack the column.
    pub is_optional: bool,
    /// Whether its numbers must be whole (counts).
    pub is_whole: bool,
    /// The least a cell may hold; counts have 0.
    pub least: Option<Number>,
    /// The most a cell may hold.
    pub greatest: Option<Number>,
    /// Where it is declared.
    pub span: Span,
}

/// A figure or choice that policy sets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its type.
    pub ty: Type,
    /// Its values in order of date, without gaps or overlaps.
    pub values: Vec<DatedValue>,
    /// What is not verified about it.
    pub unverified: Option<String>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A value of a parameter with the days on which it is in force.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DatedValue {
    /// The value.
    pub value: Value,
    /// First day; none is the beginning of time.
    pub from: Option<Date>,
    /// Last day; none is the end of time.
    pub to: Option<Date>,
    /// Where it is written.
    pub span: Span,
}

/// Where a declaration lives: the nation, or each record of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Once for the nation.
    Nation,
    /// Once for each record of the table.
    Table(TableId),
}

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
#[expect(clippy::large_enum_variant, reason = "a model is walked in place; a box would cost a read for nothing")]
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
    /// A pot shared out over the rows of the level, exactly.
    Allocation {
        /// What is shared; evaluated once, for the nation.
        pot: Expr,
        /// In proportion to what; evaluated at each row.
        weight: Expr,
        /// Parts are multiples of this.
        step: Number,
        /// The least a row gets.
        least: Option<Expr>,
        /// The most a row gets.
        greatest: Option<Expr>,
    },
}

/// The verdicts of an outcome, best first: at or beyond the target; better than the baseline; neither.
pub const OUTCOME_VERDICTS: [&str; 3] = ["target met", "improved", "not improved"];

/// How a value is made: where it starts, then each clause in turn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Formula {
    /// Where it starts.
    pub start: Start,
    /// What is then done to it, in the order written.
    pub clauses: Vec<Clause>,
}

/// Where a formula starts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Start {
    /// An expression.
    Is(Expr),
    /// A decision table.
    Table(DecisionTable),
}

/// A clause of a formula.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Clause {
    /// What it does.
    pub kind: ClauseKind,
    /// Where it is written.
    pub span: Span,
}

/// What a clause does to the value so far.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ClauseKind {
    /// Raises it to a floor.
    AtLeast(Expr),
    /// Lowers it to a ceiling.
    AtMost(Expr),
    /// Takes an amount away.
    Less {
        /// The amount.
        amount: Expr,
        /// The least that is left.
        never_below: Option<Expr>,
    },
    /// Rounds it.
    Rounded {
        /// How.
        mode: RoundMode,
        /// To multiples of what, above zero.
        step: Number,
    },
    /// Keeps it only if so; otherwise it is zero.
    OnlyIf(Expr),
    /// Gives a value where there is none.
    IfMissing(Expr),
    /// Exceptions that nothing orders: at most one applies, or those that do agree.
    Unless(Vec<Exception>),
}

/// An exception: where its condition holds, its value replaces the one so far. Exceptions chained with
/// `otherwise unless` are tried in turn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Exception {
    /// The condition and the value; then those tried where it does not hold.
    pub cases: Vec<(Expr, Expr)>,
    /// Where it is written.
    pub span: Span,
}

/// A decision table: rows of tests over columns, and what each row gives.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecisionTable {
    /// What is tested.
    pub inputs: Vec<Expr>,
    /// The heads of the tested columns as written.
    pub heads: Vec<String>,
    /// The rows in order.
    pub rows: Vec<TableRow>,
    /// Whether the first row that matches decides.
    pub first_match: bool,
    /// Where it is written.
    pub span: Span,
}

/// A row of a decision table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TableRow {
    /// One test per input.
    pub tests: Vec<CellTest>,
    /// What the row gives.
    pub result: Expr,
    /// Where it is written.
    pub span: Span,
}

/// What a cell of a decision table asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum CellTest {
    /// Accepts anything, missing too.
    Any,
    /// Accepts only missing.
    Missing,
    /// Alternatives, each a list of comparisons that must all hold. Operands are literals or parameters.
    Tests(Vec<Vec<(crate::syntax::ast::CompareOp, Expr)>>),
}

/// An example that is a test.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The date of the law.
    pub as_at: Option<Date>,
    /// Parameters with other values.
    pub parameters: Vec<(ParameterId, Value)>,
    /// Its data.
    pub tables: Vec<GivenTable>,
    /// What it expects.
    pub expectations: Vec<Expectation>,
    /// Why, in its words.
    pub because: Option<String>,
    /// The whole scenario.
    pub span: Span,
}

/// Rows of a table in a scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GivenTable {
    /// The table.
    pub table: TableId,
    /// Rows; a column that is not there is missing, not given. A parent is named by its key, in
    /// `parents`, and may be left out where the parent table has a single row.
    pub rows: Vec<GivenRow>,
}

/// A row in a scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GivenRow {
    /// Keys of the parents, by position in the table's `parents`.
    pub parents: Vec<Option<String>>,
    /// Cells.
    pub cells: Vec<(ColumnId, Result<Value, MissingReason>)>,
    /// Where it is written.
    pub span: Span,
}

/// What a scenario expects of a declaration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Expectation {
    /// The declaration.
    pub declaration: DeclarationId,
    /// One for each row of its level, in the order the rows are given.
    pub values: Vec<ExpectedValue>,
    /// Where it is written.
    pub span: Span,
}

/// What a scenario expects of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpectedValue {
    /// This value exactly.
    Value(Value),
    /// The condition is met.
    Met,
    /// The condition is not met.
    NotMet,
    /// The condition does not apply.
    DoesNotApply,
    /// No value.
    CannotDetermine,
}

impl Model {
    /// The unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// The table.
    pub fn table(&self, id: TableId) -> &DataTable {
        &self.tables[id.index()]
    }

    /// The column.
    pub fn column(&self, id: ColumnId) -> &Column {
        &self.columns[id.index()]
    }

    /// The parameter.
    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id.index()]
    }

    /// The declaration.
    pub fn declaration(&self, id: DeclarationId) -> &Declaration {
        &self.declarations[id.index()]
    }

    /// The declaration with this name; `outcome.part` names a part of an outcome.
    pub fn find(&self, name: &str) -> Option<DeclarationId> {
        self.names.get(name).copied()
    }

    /// Whether records of `lower` belong, directly or not, to records of `upper`.
    pub fn is_below(&self, lower: TableId, upper: TableId) -> bool {
        self.table(lower).parents.iter().any(|parent| *parent == upper || self.is_below(*parent, upper))
    }

    /// The position of a column in its table.
    pub fn column_position(&self, id: ColumnId) -> usize {
        let table = self.column(id).table;
        self.table(table).columns.iter().position(|column| *column == id).unwrap_or(usize::MAX)
    }
}

/// Builds and checks the model of a ruleset. The model is fit for evaluation only if no problem is an error.
pub fn build(
    file: &crate::syntax::ast::File,
    sources: &crate::source::Sources,
) -> (Model, Vec<crate::problem::Problem>) {
    let _ = (file, sources);
    (Model::default(), Vec::new())
}
