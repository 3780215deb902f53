//! What is said along a series: totals so far, earlier periods, one period's record, what was paid before.

use super::{Resolver, broken};
use crate::model::error::{levels, parameters, periods, types, units};
use crate::model::{Basis, Expr, ExprKind, Level, Quantity, Series, TableId, Type, wording};
use crate::source::Span;
use crate::syntax::ast::{self, EarlierBy, SeriesOp};
use crate::value::Value;

impl Resolver<'_> {
    /// The series of a level; told where there is none.
    fn series(&mut self, words: Span, level: Level) -> Option<(TableId, Series)> {
        if let Level::Table(table) = level
            && let Some(series) = self.model.table(table).series
        {
            return Some((table, series));
        }
        if self.names.is_unsound(level) {
            return None;
        }
        let here = wording::level_phrase(level, &self.model);
        let text = self.text(words).split_whitespace().collect::<Vec<_>>().join(" ");
        let below = self.model.tables.iter().find(|table| table.series.is_some());
        self.report.push(periods::not_in_a_series(&text, words, &here, below.map(|table| table.name.as_str())));
        None
    }

    /// Whether something in an expression has a value for each record of a series; one that is not known has.
    fn varies(&self, expr: &Expr, series: TableId) -> bool {
        let here = Level::Table(series);
        let mut found = expr.ty.is_unknown();
        expr.walk(&mut |expr| {
            found |= match &expr.kind {
                ExprKind::Column(id) => self.model.column(*id).table == series,
                ExprKind::Result(id) => self.model.declaration(*id).level == here,
                ExprKind::Aggregate { over, everywhere, .. } | ExprKind::WeightedMean { over, everywhere, .. } => {
                    !everywhere && self.names.is_below(*over, here)
                }
                ExprKind::PaidSoFar(_) | ExprKind::Broken => true,
                _ => false,
            };
        });
        found
    }

    fn same_in_every_period(&mut self, words: Span, operand: &Expr, series: TableId) {
        let text = self.text(words).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = self.model.table(series).name.clone();
        let parameter = match &operand.kind {
            ExprKind::Parameter(id) => Some(self.model.parameter(*id).name.clone()),
            _ => None,
        };
        self.report.push(periods::same_in_every_period(operand.span, words, &text, &name, parameter.as_deref()));
    }

    /// `running total of x`, `highest so far of x`, `lowest so far of x`.
    pub(super) fn along_series(
        &mut self,
        span: Span,
        op: SeriesOp,
        op_span: Span,
        operand: &ast::Expr,
        level: Level,
    ) -> Expr {
        let Some((table, _)) = self.series(op_span, level) else { return broken(span) };
        let operand = self.expr(operand, level);
        if !self.varies(&operand, table) {
            self.same_in_every_period(op_span, &operand, table);
            return broken(span);
        }
        let ty = match &operand.ty {
            Type::Unknown => Type::Unknown,
            Type::Quantity(quantity) if op == SeriesOp::RunningTotal => {
                if quantity.basis == Basis::ToDate {
                    self.report.push(units::total_of_totals(op_span, operand.span));
                    return broken(span);
                }
                Type::Quantity(quantity.clone().with_basis(Basis::ToDate))
            }
            Type::Quantity(_) => operand.ty.clone(),
            Type::Date | Type::Period(_) if op != SeriesOp::RunningTotal => operand.ty.clone(),
            _ => {
                let side = self.side(&operand);
                let help = "only numbers, money and shares are gathered along a series";
                let done = if op == SeriesOp::RunningTotal { "added up" } else { "compared" };
                self.report.push(types::not_a_number(done, &side, help));
                Type::Unknown
            }
        };
        Expr { kind: ExprKind::Series { op, operand: Box::new(operand) }, ty, span }
    }

    /// `x in the previous quarter`, `x a year earlier`.
    pub(super) fn earlier(
        &mut self,
        span: Span,
        by: EarlierBy,
        words: Span,
        operand: &ast::Expr,
        level: Level,
    ) -> Expr {
        let Some((table, series)) = self.series(words, level) else { return broken(span) };
        let periods = match by {
            EarlierBy::Year => series.kind.per_year(),
            EarlierBy::Previous(kind) if kind == series.kind => 1,
            EarlierBy::Previous(kind) => {
                let at = self.model.table(table).span;
                self.report.push(periods::other_kind(words, kind, series.kind, at));
                return broken(span);
            }
        };
        let operand = self.expr(operand, level);
        if !self.varies(&operand, table) {
            self.same_in_every_period(words, &operand, table);
            return broken(span);
        }
        let ty = operand.ty.clone();
        Expr { kind: ExprKind::Earlier { periods, operand: Box::new(operand) }, ty, span }
    }

    /// `quarter.actual in Q4 2014-15`, or a parameter in a period.
    pub(super) fn in_period(&mut self, span: Span, operand: &ast::Expr, period: &ast::Expr, level: Level) -> Expr {
        let asked = self.expr(period, level);
        if !matches!(asked.ty, Type::Period(_) | Type::Unknown) {
            let phrase = wording::phrase(&asked.ty, &self.model);
            self.report.push(periods::not_a_period(asked.span, &phrase));
            return broken(span);
        }
        let Some(table) = self.series_of(operand) else { return self.parameter_in(span, operand, asked, level) };
        let Some(series) = self.model.table(table).series else { return broken(span) };
        if asked.ty.is_unknown() {
            return broken(span);
        }
        let at = self.model.table(table).span;
        if let Type::Period(kind) = asked.ty
            && kind != series.kind
        {
            self.report.push(periods::not_of_the_series(asked.span, kind, series.kind, at));
            return broken(span);
        }
        if let ExprKind::Literal(Value::Period(asked_for)) = &asked.kind
            && (*asked_for < series.first || *asked_for > series.last)
        {
            self.report.push(periods::outside_series(asked.span, *asked_for, series.first, series.last, at));
            return broken(span);
        }
        let is_single = self.is_one_series(table, level);
        if self.names.is_unsound(Level::Table(table)) || self.names.is_unsound(level) {
            return broken(span);
        }
        if !is_single || self.names.is_visible(Level::Table(table), level) {
            let name = &self.model.table(table).name;
            let above = self.model.table(table).parents.first();
            let above = above.map_or("the nation", |parent| self.model.table(*parent).name.as_str());
            let here = wording::level_phrase(level, &self.model);
            self.report.push(levels::one_record(span, name, above, &here));
            return broken(span);
        }
        let operand = self.expr(operand, Level::Table(table));
        let ty = match &operand.ty {
            Type::Quantity(quantity) => Type::Quantity(quantity.clone().with_basis(Basis::None)),
            ty => ty.clone(),
        };
        let kind = ExprKind::InPeriod { over: table, operand: Box::new(operand), period: Box::new(asked) };
        Expr { kind, ty, span }
    }

    /// A dated parameter on the first day of a period.
    fn parameter_in(&mut self, span: Span, operand: &ast::Expr, period: Expr, level: Level) -> Expr {
        let operand = self.expr(operand, level);
        match operand.kind {
            ExprKind::Parameter(parameter) => {
                let declared = self.model.parameter(parameter);
                if let [only] = declared.values.as_slice()
                    && only.from.is_none()
                    && only.to.is_none()
                {
                    self.report.push(parameters::not_dated(&declared.name, operand.span, declared.span));
                    return broken(span);
                }
                let kind = ExprKind::ParameterIn { parameter, period: Box::new(period) };
                Expr { kind, ty: operand.ty, span }
            }
            _ if operand.ty.is_unknown() => broken(span),
            _ => {
                let help = "before `in` stands a figure of a series, such as `quarter.actual in Q4 2014-15`, or a dated parameter";
                self.report.push(periods::not_periodic(operand.span, help));
                broken(span)
            }
        }
    }

    /// `paid so far`.
    pub(super) fn paid_so_far(&mut self, span: Span, level: Level) -> Expr {
        let payment = self.current.filter(|id| {
            let declaration = self.model.declaration(*id);
            let is_series = matches!(level, Level::Table(table) if self.model.table(table).series.is_some());
            self.names.payments.contains(id) && declaration.level == level && is_series
        });
        match payment {
            Some(id) => {
                let quantity = Quantity::money().with_basis(Basis::ToDate);
                Expr { kind: ExprKind::PaidSoFar(id), ty: Type::Quantity(quantity), span }
            }
            None => {
                if !self.names.is_unsound(level) {
                    self.report.push(periods::paid_so_far(span));
                }
                broken(span)
            }
        }
    }
}
