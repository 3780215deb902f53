//! Why a result is what it is.
//!
//! In: a model, data and the results of a run. Out: an [`Explanation`]: every step of one declaration at one
//! row, what it compared, what it read. Words are made of it elsewhere.

use super::machine::{At, Machine};
use super::{Basis, Results, RunOptions};
use crate::data::Dataset;
use crate::model::{ColumnId, DeclarationId, Model, ParameterId, Type};
use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::value::Outcome;

/// Why one declaration at one row came out as it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The declaration.
    pub declaration: DeclarationId,
    /// The row of its level.
    pub row: u32,
    /// What came out.
    pub outcome: Outcome,
    /// How: where it starts, then each clause in the order written.
    pub steps: Vec<Step>,
    /// The comparisons that were made, in order, those inside records of an aggregate left out.
    pub tests: Vec<Test>,
    /// The aggregates and series that were computed, in order.
    pub parts: Vec<Part>,
    /// What was read, each once, in order.
    pub inputs: Vec<Input>,
}

/// One step of a formula, a condition or an allocation.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What kind of step.
    pub kind: StepKind,
    /// Where it is written.
    pub span: Span,
    /// The value of what the step names: the floor, the ceiling, the amount, the condition, the exception.
    pub operand: Option<Outcome>,
    /// The value before the step; none for the first.
    pub before: Option<Outcome>,
    /// The value after the step.
    pub after: Outcome,
}

/// Kinds of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// `is …`
    Start,
    /// A row of a decision table, by its number from 0, that decided.
    Row(usize),
    /// No row decided.
    NoRow,
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `less`
    Less,
    /// `never below` of a `less`
    NeverBelow,
    /// `rounded`
    Rounded,
    /// `only if`
    OnlyIf,
    /// `if missing`
    IfMissing,
    /// `unless … then …`
    Unless,
    /// `met when`, `used when`, `holds when`
    When,
    /// An exemption of a condition, by its number from 0.
    Exemption(usize),
    /// The verdict of an outcome.
    Verdict,
    /// The part of an allocation.
    Allocated,
    /// `start again when` of a ladder.
    StartAgain,
    /// `up when` of a ladder.
    Up,
    /// `down when` of a ladder.
    Down,
    /// From the step of the period before to that of this one.
    Stands,
}

/// A comparison that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Where it is written.
    pub span: Span,
    /// Which.
    pub op: CompareOp,
    /// The left side, its type and where it is written.
    pub left: (Outcome, Type, Span),
    /// The right side, its type and where it is written.
    pub right: (Outcome, Type, Span),
    /// Whether it holds.
    pub holds: Outcome,
}

/// An aggregate or a series that was computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Where it is written.
    pub span: Span,
    /// Its value.
    pub outcome: Outcome,
    /// Its type.
    pub ty: Type,
    /// On how many records it rests; none for a series.
    pub basis: Option<Basis>,
}

/// Something that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What.
    pub kind: InputKind,
    /// At which row of its level (0 for parameters and the nation).
    pub row: u32,
    /// Its value.
    pub outcome: Outcome,
}

/// Kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A cell of the data.
    Column(ColumnId),
    /// The result of a declaration.
    Result(DeclarationId),
    /// A parameter.
    Parameter(ParameterId),
}

/// What a machine notes while it explains.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) steps: Vec<Step>,
    pub(super) tests: Vec<Test>,
    pub(super) parts: Vec<Part>,
    pub(super) inputs: Vec<Input>,
    /// How many aggregates deep the evaluation is.
    pub(super) depth: usize,
}

/// The most inputs an explanation lists: a national total over a million records names only the first.
const MOST_INPUTS: usize = 2_000;

impl Trace {
    pub(super) fn input(&mut self, kind: InputKind, row: usize, outcome: &Outcome) {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        if self.inputs.len() < MOST_INPUTS && !self.inputs.iter().any(|input| input.kind == kind && input.row == row) {
            self.inputs.push(Input { kind, row, outcome: outcome.clone() });
        }
    }
}

/// Explains the result of a declaration at a row. `results` must come from the same model, data and options.
/// `None` where there is no such row.
pub fn explain(
    model: &Model,
    data: &Dataset,
    results: &Results,
    options: &RunOptions,
    declaration: DeclarationId,
    row: usize,
) -> Option<Explanation> {
    let outcome = results.get(declaration, row)?.clone();
    let mut machine = Machine::resume(model, data, options, results);
    machine.trace = Some(Trace::default());
    let level = model.declaration(declaration).level;
    machine.run_at(declaration, At { level, row });
    let trace = machine.trace.unwrap_or_default();
    Some(Explanation {
        declaration,
        row: u32::try_from(row).unwrap_or(u32::MAX),
        outcome,
        steps: trace.steps,
        tests: trace.tests,
        parts: trace.parts,
        inputs: trace.inputs,
    })
}
