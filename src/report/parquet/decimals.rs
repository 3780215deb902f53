//! How many decimals results have by the rules, whatever the data are.
//!
//! In: a model and the parameters of a run. Out: for each declaration the most decimals that its value has, where
//! rules set an end to them: what is rounded, counted, or made of such figures without a division.

use crate::meaning::RunOptions;
use crate::model::{
    Clause, ClauseKind, ColumnId, DeclarationId, DeclarationKind, Expr, ExprKind, Formula, Model, ParameterId, Start,
};
use crate::syntax::ast::{AggregateOp, ArithmeticOp};
use crate::value::{Number, Value};

/// The most decimals that are written.
pub(super) const MOST: u32 = 12;
/// How often figures that rest on their own earlier periods are looked at before they count as having no end.
const MOST_ROUNDS: usize = 4;

/// The most decimals of each declaration that has an end to them.
#[derive(Debug)]
pub(super) struct Decimals<'a> {
    model: &'a Model,
    options: &'a RunOptions,
    of: Vec<Option<u32>>,
}

impl<'a> Decimals<'a> {
    pub(super) fn new(model: &'a Model, options: &'a RunOptions) -> Self {
        let mut decimals = Self { model, options, of: vec![None; model.declarations.len()] };
        for group in &model.order {
            // What reads itself, or one another, at earlier periods: none at first, then as many as that gives, until it
            // gives no more.
            group.iter().for_each(|id| decimals.set(*id, Some(0)));
            let is_settled = (0..MOST_ROUNDS).any(|_| {
                let next: Vec<Option<u32>> = group.iter().map(|id| decimals.declaration(*id)).collect();
                let is_same = group.iter().zip(&next).all(|(id, next)| decimals.get(*id) == *next);
                group.iter().zip(next).for_each(|(id, next)| decimals.set(*id, next));
                is_same
            });
            if !is_settled {
                group.iter().for_each(|id| decimals.set(*id, None));
            }
        }
        decimals
    }

    /// The most decimals of a declaration; nothing where there is no end to them.
    pub(super) fn get(&self, id: DeclarationId) -> Option<u32> {
        self.of.get(id.index()).copied().flatten().filter(|decimals| *decimals <= MOST)
    }

    fn set(&mut self, id: DeclarationId, decimals: Option<u32>) {
        if let Some(slot) = self.of.get_mut(id.index()) {
            *slot = decimals.filter(|decimals| *decimals <= MOST);
        }
    }

    fn declaration(&self, id: DeclarationId) -> Option<u32> {
        match &self.model.declaration(id).kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => self.formula(formula),
            DeclarationKind::Discretion(chosen) => self.expression(chosen),
            DeclarationKind::Allocation { step, .. } => places(step),
            DeclarationKind::Condition { .. }
            | DeclarationKind::Permission { .. }
            | DeclarationKind::Outcome { .. }
            | DeclarationKind::Check { .. }
            | DeclarationKind::Ladder { .. } => None,
        }
    }

    fn formula(&self, formula: &Formula) -> Option<u32> {
        let start = match &formula.start {
            Start::Is(start) => self.expression(start),
            Start::Table(table) => self.most(table.rows.iter().map(|row| &row.result)),
        };
        formula.clauses.iter().fold(start, |so_far, clause| self.clause(so_far, clause))
    }

    fn clause(&self, so_far: Option<u32>, clause: &Clause) -> Option<u32> {
        let with = |other: Option<u32>| Some(so_far?.max(other?));
        match &clause.kind {
            ClauseKind::AtLeast(bound) | ClauseKind::AtMost(bound) | ClauseKind::IfMissing(bound) => {
                with(self.expression(bound))
            }
            ClauseKind::Less { amount, never_below } => {
                with(self.most([amount].into_iter().chain(never_below.as_deref())))
            }
            ClauseKind::Rounded { step, .. } => places(step),
            ClauseKind::OnlyIf(_) => so_far,
            ClauseKind::Unless(exceptions) => {
                with(self.most(exceptions.iter().flat_map(|exception| exception.cases.iter().map(|(_, value)| value))))
            }
        }
    }

    /// The most of several expressions.
    fn most<'e>(&self, mut all: impl Iterator<Item = &'e Expr>) -> Option<u32> {
        all.try_fold(0, |so_far, one| Some(self.expression(one)?.max(so_far)))
    }

    fn expression(&self, expression: &Expr) -> Option<u32> {
        match &expression.kind {
            ExprKind::Literal(value) => of_value(value),
            ExprKind::Column(column) => self.column(*column),
            ExprKind::Result(id) | ExprKind::PaidSoFar(id) => self.get(*id),
            ExprKind::Parameter(parameter) | ExprKind::ParameterIn { parameter, .. } => self.parameter(*parameter),
            ExprKind::Negate(inner) | ExprKind::SizeOf(inner) => self.expression(inner),
            ExprKind::Arithmetic { op, left, right } => {
                let (left, right) = (self.expression(left)?, self.expression(right)?);
                match op {
                    ArithmeticOp::Add | ArithmeticOp::Subtract => Some(left.max(right)),
                    ArithmeticOp::Multiply => left.checked_add(right),
                    ArithmeticOp::Divide => None,
                }
            }
            ExprKind::If { then, otherwise, .. } => self.most([&**then, &**otherwise].into_iter()),
            ExprKind::Aggregate { op, operand, .. } => self.aggregate(*op, operand.as_deref().into_iter()),
            ExprKind::ListOf { op, items } => self.aggregate(*op, items.iter()),
            ExprKind::Peers { of, .. } => self.expression(of),
            ExprKind::Series { operand, .. }
            | ExprKind::Earlier { operand, .. }
            | ExprKind::InPeriod { operand, .. } => self.expression(operand),
            ExprKind::Rank { .. } | ExprKind::DaysFrom { .. } => Some(0),
            ExprKind::WeightedMean { .. }
            | ExprKind::Not(_)
            | ExprKind::Compare { .. }
            | ExprKind::Logic { .. }
            | ExprKind::IsMissing { .. }
            | ExprKind::RoundsTo { .. }
            | ExprKind::Broken => None,
        }
    }

    fn aggregate<'e>(&self, op: AggregateOp, operands: impl Iterator<Item = &'e Expr>) -> Option<u32> {
        match op {
            AggregateOp::Count => Some(0),
            AggregateOp::Sum | AggregateOp::Least | AggregateOp::Greatest | AggregateOp::Latest => self.most(operands),
            AggregateOp::Share
            | AggregateOp::Mean
            | AggregateOp::Median
            | AggregateOp::LowerQuartile
            | AggregateOp::UpperQuartile
            | AggregateOp::Percentile(_)
            | AggregateOp::Any
            | AggregateOp::All
            | AggregateOp::LatestPeriod => None,
        }
    }

    fn column(&self, column: ColumnId) -> Option<u32> {
        let column = self.model.column(column);
        (column.is_whole && column.cell_base == Number::one()).then_some(0)
    }

    fn parameter(&self, parameter: ParameterId) -> Option<u32> {
        let mut set = self.options.parameters.iter().filter(|(id, _)| *id == parameter).map(|(_, value)| value);
        match set.next() {
            Some(value) => of_value(value),
            None => {
                let values = &self.model.parameter(parameter).values;
                values.iter().try_fold(0, |so_far, dated| Some(of_value(&dated.value)?.max(so_far)))
            }
        }
    }
}

fn of_value(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => places(number),
        _ => None,
    }
}

/// The decimals of a number; nothing where no decimal of so few is the number.
fn places(number: &Number) -> Option<u32> {
    let decimal = number.to_exact_decimal(MOST as usize)?;
    u32::try_from(decimal.split_once('.').map_or(0, |(_, decimals)| decimals.len())).ok()
}
