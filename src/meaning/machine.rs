//! The walk over the declarations: each group in the order of the model, each row of its level.
//!
//! In: a model, a dataset and options. Out: the results. Evaluation never recurses from one declaration into
//! another: what a declaration reads was computed before it.

use super::breaks::Sides;
use super::explain::{InputKind, Trace};
use super::index::Rows;
use super::ladder::{Clauses, Standing};
use super::peers::{Among, Groups};
use super::{Basis, Results, RunOptions};
use crate::data::{Cell, Dataset};
use crate::model::{ColumnId, DeclarationId, DeclarationKind, Level, Model, Parameter, ParameterId, TableId};
use crate::source::Span;
use crate::value::{Cause, Causes, Date, Fault, MissingReason, Outcome, Period, SpanKey, Value};
use std::collections::BTreeMap;

/// A row of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) level: Level,
    pub(super) row: usize,
}

impl At {
    /// The one row of the nation.
    pub(super) const NATION: Self = Self { level: Level::Nation, row: 0 };

    /// A row of a table.
    pub(super) fn table(table: TableId, row: usize) -> Self {
        Self { level: Level::Table(table), row }
    }
}

/// The state of a run.
#[derive(Debug)]
pub(super) struct Machine<'a> {
    pub(super) model: &'a Model,
    pub(super) data: &'a Dataset,
    options: &'a RunOptions,
    pub(super) rows: Rows,
    pub(super) results: Results,
    /// The declaration that is being evaluated.
    pub(super) current: DeclarationId,
    /// Aggregates over the whole nation, or over the peers with this number, which are the same from every row.
    pub(super) everywhere: BTreeMap<(SpanKey, Among), (Outcome, Basis, Sides)>,
    /// Ranked figures of the whole nation, or of the peers with this number.
    pub(super) ranked: BTreeMap<(SpanKey, Among), Vec<Outcome>>,
    /// Which records are peers, by the place of the words that say so.
    pub(super) groups: BTreeMap<SpanKey, Groups>,
    /// Where the records of a ladder stand.
    pub(super) ladders: BTreeMap<(DeclarationId, usize), Standing>,
    /// Whether results of the current group may still be incomplete, so that nothing may be kept.
    pub(super) in_circle: bool,
    /// How many records of others are visited on the way to the current row: 0 at the declaration's own row.
    pub(super) depth: usize,
    pub(super) trace: Option<Trace>,
    /// Whether a column has a new definition from some period on.
    pub(super) has_breaks: bool,
    /// On which sides of breaks the figures lie of which something is being made.
    pub(super) seen: Sides,
}

/// Evaluates every declaration of a model at every row of its level. The model must be free of errors and the
/// dataset must be of this model.
pub fn evaluate(model: &Model, data: &Dataset, options: &RunOptions) -> Results {
    let mut machine = Machine::new(model, data, options);
    for group in &model.order {
        machine.run_group(group);
    }
    machine.results
}

/// Evaluates the declarations that are not done, on top of results that have the others.
pub(crate) fn complete(
    model: &Model,
    data: &Dataset,
    options: &RunOptions,
    done: Results,
    is_done: impl Fn(DeclarationId) -> bool,
) -> Results {
    let mut machine = Machine::new(model, data, options);
    let unset = std::mem::replace(&mut machine.results, done);
    for (number, (values, holds)) in unset.values.into_iter().zip(unset.holds).enumerate() {
        let is_open = !is_done(DeclarationId::from_index(number));
        let into = machine.results.values.get_mut(number).zip(machine.results.holds.get_mut(number));
        if let Some((into_values, into_holds)) = into.filter(|_| is_open) {
            (*into_values, *into_holds) = (values, holds);
        }
    }
    for group in &model.order {
        if group.iter().any(|id| !is_done(*id)) {
            machine.run_group(group);
        }
    }
    machine.results
}

impl<'a> Machine<'a> {
    fn new(model: &'a Model, data: &'a Dataset, options: &'a RunOptions) -> Self {
        let rows = Rows::new(model, data);
        let mut results = Results { as_at: options.as_at.or(model.ruleset.in_force_from()), ..Results::default() };
        for (number, declaration) in model.declarations.iter().enumerate() {
            let id = DeclarationId::from_index(number);
            let count = rows.count(declaration.level);
            let unset = Outcome::Missing(Causes::one(fault_cause(Fault::Internal, id, 0, declaration.span)));
            let is_condition = matches!(declaration.kind, DeclarationKind::Condition { .. });
            results.holds.push(vec![unset.clone(); if is_condition { count } else { 0 }]);
            results.values.push(vec![unset; count]);
        }
        Self {
            model,
            data,
            options,
            rows,
            results,
            current: DeclarationId(0),
            everywhere: BTreeMap::new(),
            ranked: BTreeMap::new(),
            groups: BTreeMap::new(),
            ladders: BTreeMap::new(),
            in_circle: false,
            depth: 0,
            trace: None,
            has_breaks: model.columns.iter().any(|column| !column.breaks.is_empty()),
            seen: Sides::new(),
        }
    }

    /// A machine whose results are already there, to look at one of them again.
    pub(super) fn resume(model: &'a Model, data: &'a Dataset, options: &'a RunOptions, results: &Results) -> Self {
        let mut machine = Self::new(model, data, options);
        machine.results = results.clone();
        machine
    }

    fn run_group(&mut self, group: &[DeclarationId]) {
        // Within a series every earlier period is done before a later one, for all members of the group:
        // that is what `paid so far` and `in the previous quarter` read.
        self.in_circle = group.len() > 1;
        let mut steps: Vec<(i32, usize, At)> = Vec::new();
        for (position, id) in group.iter().enumerate() {
            let level = self.model.declaration(*id).level;
            for row in 0..self.rows.count(level) {
                let ordinal = match level {
                    Level::Nation => 0,
                    Level::Table(table) => self.rows.ordinal(table, row),
                };
                steps.push((ordinal, position, At { level, row }));
            }
        }
        steps.sort_by_key(|(ordinal, position, at)| (*ordinal, *position, at.row));
        if let [id] = group
            && matches!(self.model.declaration(*id).kind, DeclarationKind::Allocation { .. })
        {
            self.current = *id;
            self.allocate(*id);
            return;
        }
        for (_, position, at) in steps {
            if let Some(id) = group.get(position) {
                self.run_at(*id, at);
            }
        }
    }

    /// Evaluates a declaration at a row and keeps the result.
    pub(super) fn run_at(&mut self, id: DeclarationId, at: At) {
        self.current = id;
        self.seen.clear();
        let model = self.model;
        let declaration = model.declaration(id);
        let outcome = match &declaration.kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => self.formula(formula, at),
            DeclarationKind::Condition { met, exemptions } => {
                let (state, holds) = self.condition(met, exemptions, at);
                if let Some(slot) = self.results.holds.get_mut(id.index()).and_then(|rows| rows.get_mut(at.row)) {
                    *slot = holds;
                }
                state
            }
            DeclarationKind::Permission { used: when } | DeclarationKind::Check { holds: when } => self.when(when, at),
            DeclarationKind::Discretion(choice) => self.value(choice, at),
            DeclarationKind::Ladder { steps, up, down, again } => {
                let clauses = Clauses { steps, up, down: down.as_deref(), again: again.as_deref() };
                self.ladder(id, &clauses, at, declaration.span)
            }
            DeclarationKind::Outcome { lower_is_better, baseline, target, actual } => {
                self.verdict(*lower_is_better, *baseline, *target, *actual, at, declaration.span)
            }
            DeclarationKind::Allocation { .. } => {
                self.allocate(id);
                return;
            }
        };
        let outcome = self.on_one_side(outcome, declaration.name_span, at);
        self.keep_sides(id, at.row);
        if let Some(slot) = self.results.values.get_mut(id.index()).and_then(|rows| rows.get_mut(at.row)) {
            *slot = outcome;
        }
    }

    /// The value of a cell of the current row's table or of a table above it.
    pub(super) fn column(&mut self, column: ColumnId, at: At) -> Outcome {
        let table = self.model.column(column).table;
        let row = match at.level {
            Level::Nation => None,
            Level::Table(here) => self.rows.above(self.model, here, at.row, table),
        };
        let position = self.model.column_position(column);
        let cell = row.and_then(|row| Some(self.data.tables.get(table.index())?.columns.get(position)?.get(row)));
        let missing = |reason| {
            let row = u32::try_from(row.unwrap_or(usize::MAX)).unwrap_or(u32::MAX);
            Outcome::Missing(Causes::one(Cause::Cell { table, row, column, reason }))
        };
        let outcome = match cell {
            Some(Cell::Known(value)) => Outcome::Known(value),
            Some(Cell::Missing(reason)) => missing(reason),
            None => missing(MissingReason::NoRecord),
        };
        if let Some(row) = row.filter(|_| self.has_breaks) {
            self.see_cell(column, row);
        }
        if let Some(trace) = &mut self.trace {
            trace.input(InputKind::Column(column), row.unwrap_or(0), &outcome);
        }
        outcome
    }

    /// The result of a declaration at the current row or above it; of a condition, whether it holds.
    pub(super) fn result(&mut self, id: DeclarationId, at: At) -> Outcome {
        let declaration = self.model.declaration(id);
        let row = match (declaration.level, at.level) {
            (Level::Nation, _) => Some(0),
            (Level::Table(_), Level::Nation) => None,
            (Level::Table(wanted), Level::Table(here)) => self.rows.above(self.model, here, at.row, wanted),
        };
        let is_condition = matches!(declaration.kind, DeclarationKind::Condition { .. });
        let of = if is_condition { &self.results.holds } else { &self.results.values };
        let found = row.and_then(|row| of.get(id.index())?.get(row)).cloned();
        let outcome = found.unwrap_or_else(|| self.fault(Fault::Internal, declaration.span, at));
        if let Some(row) = row.filter(|_| self.has_breaks) {
            self.see_result(id, row);
        }
        if let Some(trace) = &mut self.trace {
            trace.input(InputKind::Result(id), row.unwrap_or(0), &outcome);
        }
        outcome
    }

    /// The value of a parameter at the date of the run, or on the first day of a period.
    pub(super) fn parameter(&mut self, id: ParameterId, period: Option<Period>) -> Outcome {
        let parameter = self.model.parameter(id);
        let replaced = self.options.parameters.iter().rev().find(|(given, _)| *given == id);
        let date = match period {
            Some(period) => period.first_day(self.model.ruleset.year_start),
            None => self.results.as_at,
        };
        let value = match replaced {
            Some((_, value)) => Some(value),
            None => value_at(parameter, date),
        };
        let outcome = value.cloned().map_or_else(
            || Outcome::Missing(Causes::one(Cause::NoParameterValue { parameter: id, period })),
            Outcome::Known,
        );
        if let Some(trace) = &mut self.trace {
            trace.input(InputKind::Parameter(id), 0, &outcome);
        }
        outcome
    }

    /// A missing value for something that went wrong at a place in the current declaration.
    pub(super) fn fault(&self, fault: Fault, span: Span, at: At) -> Outcome {
        Outcome::Missing(Causes::one(fault_cause(fault, self.current, at.row, span)))
    }
}

fn fault_cause(fault: Fault, declaration: DeclarationId, row: usize, span: Span) -> Cause {
    Cause::Fault { fault, declaration, row: u32::try_from(row).unwrap_or(u32::MAX), span: span.into() }
}

/// The value in force on a date. Without a date a parameter has a value only if it has a single one.
pub(crate) fn value_at(parameter: &Parameter, date: Option<Date>) -> Option<&Value> {
    let Some(date) = date else {
        return match parameter.values.as_slice() {
            [only] => Some(&only.value),
            _ => None,
        };
    };
    let in_force =
        |from: Option<Date>, to: Option<Date>| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
    parameter.values.iter().find(|dated| in_force(dated.from, dated.to)).map(|dated| &dated.value)
}
