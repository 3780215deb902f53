//! Declarations: their content, resolved and typed.

use super::formula::Typed;
use super::ladder;
use super::{Resolver, broken};
use crate::model::collect::{Role, Stub};
use crate::model::error::{clauses, types, units};
use crate::model::{
    Basis, DeclarationId, DeclarationKind, Expr, Formula, Level, OUTCOME_VERDICTS, Quantity, Scale, Shown, Start, Type,
    literal, wording,
};
use crate::source::Span;
use crate::syntax::ast::{self, ClauseKind, DeclarationWord};
use std::sync::Arc;

impl Resolver<'_> {
    /// The type that a declaration has whatever it says.
    pub(in crate::model) fn given_type(&self, id: DeclarationId, stub: &Stub<'_>) -> Type {
        match (stub.role, stub.ast.word) {
            (Role::Broken | Role::Part(_), _) => Type::Unknown,
            (_, DeclarationWord::Condition | DeclarationWord::Permission | DeclarationWord::Check) => Type::YesNo,
            (Role::Outcome { .. }, _) => Type::Choice(OUTCOME_VERDICTS.iter().map(|word| (*word).to_owned()).collect()),
            (_, DeclarationWord::Payment) => Type::Quantity(self.paid(id)),
            (_, DeclarationWord::Ladder) => Type::Choice(ladder::steps(stub.ast)),
            _ => Type::Unknown,
        }
    }

    /// What a payment pays: money, and for each record of a series that of one period.
    fn paid(&self, id: DeclarationId) -> Quantity {
        match self.model.declaration(id).level {
            Level::Table(table) if self.model.table(table).series.is_some() => {
                Quantity::money().with_basis(Basis::Each)
            }
            _ => Quantity::money(),
        }
    }

    /// Reads a declaration and puts its content and type into the model.
    pub(in crate::model) fn declare(&mut self, id: DeclarationId, stub: &Stub<'_>) {
        self.current = Some(id);
        let level = self.model.declaration(id).level;
        let (kind, ty) = match stub.role {
            Role::Broken => return,
            Role::Part(expr) => {
                let value = self.expr(expr, level);
                if !matches!(value.ty, Type::Quantity(_) | Type::Unknown) {
                    let side = self.side(&value);
                    let help = "an outcome is judged by figures: numbers, money, shares or rates";
                    self.report.push(types::not_a_number("judged as an outcome", &side, help));
                }
                let ty = value.ty.clone();
                (DeclarationKind::OutcomePart(Formula { start: Start::Is(value), clauses: Vec::new() }), ty)
            }
            Role::Outcome { baseline, target, actual } => self.outcome(id, stub.ast, baseline, target, actual),
            Role::Whole => self.whole(id, stub.ast, level),
        };
        self.shown(id, stub, &ty);
        if let Some(declaration) = self.model.declarations.get_mut(id.index()) {
            declaration.kind = kind;
            declaration.ty = ty;
        }
        self.current = None;
    }

    fn whole(&mut self, id: DeclarationId, declaration: &ast::Declaration, level: Level) -> (DeclarationKind, Type) {
        match declaration.word {
            DeclarationWord::Condition => self.condition(declaration, level),
            DeclarationWord::Permission => {
                let used =
                    self.when(declaration, level, "when it is used", "add a line `used when …`", |kind| match kind {
                        ClauseKind::UsedWhen(expr) => Some(expr),
                        _ => None,
                    });
                (DeclarationKind::Permission { used }, Type::YesNo)
            }
            DeclarationWord::Check => {
                let holds =
                    self.when(declaration, level, "when it holds", "add a line `holds when …`", |kind| match kind {
                        ClauseKind::HoldsWhen(expr) => Some(expr),
                        _ => None,
                    });
                (DeclarationKind::Check { holds }, Type::YesNo)
            }
            DeclarationWord::Allocation => self.allocation(declaration, level),
            DeclarationWord::Discretion => self.discretion(declaration, level),
            DeclarationWord::Ladder => self.ladder(declaration, level),
            word => {
                let Some(Typed { formula, value }) = self.formula(declaration, level) else {
                    let nothing = Formula { start: Start::Is(broken(declaration.name.span)), clauses: Vec::new() };
                    return (DeclarationKind::Measure(nothing), Type::Unknown);
                };
                match word {
                    DeclarationWord::Payment => {
                        let ty = self.payment(id, declaration, &value);
                        (DeclarationKind::Payment(formula), ty)
                    }
                    DeclarationWord::Decision => {
                        let ty = match &value.ty {
                            Type::Choice(_) | Type::Text | Type::Unknown => value.ty.clone(),
                            _ => {
                                let side = self.side(first_figure(&formula).unwrap_or(&value));
                                self.report.push(types::not_words(&side));
                                Type::Unknown
                            }
                        };
                        (DeclarationKind::Decision(formula), ty)
                    }
                    _ => (DeclarationKind::Measure(formula), value.ty),
                }
            }
        }
    }

    /// The type of a payment: money of one period, not a total to date.
    fn payment(&mut self, id: DeclarationId, declaration: &ast::Declaration, value: &Expr) -> Type {
        let paid = self.paid(id);
        match &value.ty {
            Type::Unknown => {}
            Type::Quantity(quantity) if quantity.dimension == paid.dimension => {
                if paid.basis == Basis::Each && quantity.basis == Basis::ToDate {
                    let name = &declaration.name;
                    self.report.push(units::pays_to_date(&name.text, name.span, value.span));
                }
            }
            _ => {
                let side = self.side(value);
                self.report.push(types::not_money(&declaration.name.text, &side));
            }
        }
        Type::Quantity(paid)
    }

    fn condition(&mut self, declaration: &ast::Declaration, level: Level) -> (DeclarationKind, Type) {
        let met = self.when(declaration, level, "when it is met", "add a line `met when …`", |kind| match kind {
            ClauseKind::MetWhen(expr) => Some(expr),
            _ => None,
        });
        let mut exemptions = Vec::new();
        for clause in &declaration.clauses {
            let ClauseKind::Unless { otherwise, condition, then } = &clause.kind else { continue };
            let exempt = self.yes_no(condition, level);
            if then.is_some() || *otherwise {
                let help = "write `unless` and when the condition does not apply, each exemption on its own line";
                let message = "an exemption of a condition has no value: the condition then does not apply";
                self.report.push(clauses::clause_elsewhere(clause.span, message, help));
            }
            exemptions.push(exempt);
        }
        (DeclarationKind::Condition { met, exemptions }, Type::YesNo)
    }

    /// The one `met when`, `used when` or `holds when` of a declaration.
    pub(super) fn when(
        &mut self,
        declaration: &ast::Declaration,
        level: Level,
        missing: &str,
        help: &str,
        wanted: impl for<'k> Fn(&'k ClauseKind) -> Option<&'k ast::Expr>,
    ) -> Expr {
        let mut found: Option<(Expr, Span)> = None;
        for clause in &declaration.clauses {
            let Some(expr) = wanted(&clause.kind) else { continue };
            if let Some((_, first)) = &found {
                self.report.push(clauses::said_twice(missing, clause.span, *first));
                continue;
            }
            found = Some((self.yes_no(expr, level), clause.span));
        }
        found.map_or_else(
            || {
                let (word, name) = (declaration.word.text(), &declaration.name);
                self.report.push(clauses::not_said(word, &name.text, name.span, missing, help));
                broken(declaration.name.span)
            },
            |(expr, _)| expr,
        )
    }

    fn outcome(
        &mut self,
        id: DeclarationId,
        declaration: &ast::Declaration,
        baseline: Option<DeclarationId>,
        target: Option<DeclarationId>,
        actual: DeclarationId,
    ) -> (DeclarationKind, Type) {
        let better: Vec<(bool, Span)> = declaration
            .clauses
            .iter()
            .filter_map(|clause| match clause.kind {
                ClauseKind::LowerIsBetter(lower) => Some((lower, clause.span)),
                _ => None,
            })
            .collect();
        match better.as_slice() {
            [] => {
                let name = &declaration.name;
                let help = "add a line `lower is better` or `higher is better`";
                self.report.push(clauses::not_said("outcome", &name.text, name.span, "which is better", help));
            }
            [_] => {}
            [(_, first), (_, second), ..] => self.report.push(clauses::said_twice("which is better", *second, *first)),
        }
        let part = |resolver: &Self, id: DeclarationId| {
            let part = resolver.model.declaration(id);
            match &part.kind {
                DeclarationKind::OutcomePart(Formula { start: Start::Is(value), .. }) => value.clone(),
                _ => broken(part.span),
            }
        };
        let happened = part(self, actual);
        for other in baseline.into_iter().chain(target) {
            let other = part(self, other);
            self.comparable(ast::CompareOp::AtLeast, happened.span, &other, &happened);
        }
        let lower_is_better = better.first().is_some_and(|(lower, _)| *lower);
        let ty = Type::Choice(OUTCOME_VERDICTS.iter().map(|word| (*word).to_owned()).collect::<Arc<[String]>>());
        let _ = id;
        (DeclarationKind::Outcome { lower_is_better, baseline, target, actual }, ty)
    }

    fn allocation(&mut self, declaration: &ast::Declaration, level: Level) -> (DeclarationKind, Type) {
        let mut pot: Option<Expr> = None;
        let mut weight: Option<Expr> = None;
        let mut step = None;
        let (mut least, mut greatest) = (None, None);
        for clause in &declaration.clauses {
            match &clause.kind {
                ClauseKind::Of(expr) => pot = Some(self.expr(expr, Level::Nation)),
                ClauseKind::InProportionTo(expr) => weight = Some(self.number(expr, level, "shared out by")),
                ClauseKind::ToTheNearest(expr) => step = Some(self.step(expr, level)),
                ClauseKind::AtLeast(expr) => least = Some(self.expr(expr, level)),
                ClauseKind::AtMost(expr) => greatest = Some(self.expr(expr, level)),
                _ => {}
            }
        }
        let (name, at) = (&declaration.name.text, declaration.name.span);
        if level == Level::Nation {
            let message = "an allocation shares something out over records, and this is worked out for the nation";
            let help = "write `for each` and the table whose records share it";
            self.report.push(clauses::clause_elsewhere(at, message, help));
        }
        for (is_said, missing, help) in [
            (pot.is_some(), "what is shared out", "add a line such as `of total_pot`"),
            (weight.is_some(), "in what proportion", "add a line such as `in proportion to population`"),
            (step.is_some(), "to what its parts are rounded", "add a line such as `to the nearest £1`"),
        ] {
            if !is_said {
                self.report.push(clauses::not_said("allocation", name, at, missing, help));
            }
        }
        let pot = pot.unwrap_or_else(|| broken(at));
        if !matches!(pot.ty, Type::Quantity(_) | Type::Unknown) {
            let side = self.side(&pot);
            self.report.push(types::not_a_number("shared out", &side, "money or counts are shared out"));
        }
        let step = step.flatten();
        for bound in step.iter().map(|(step, _)| step).chain(&least).chain(&greatest) {
            self.comparable(ast::CompareOp::AtLeast, bound.span, &pot, bound);
        }
        let ty = match &pot.ty {
            Type::Quantity(quantity) => Type::Quantity(quantity.clone().with_basis(Basis::None)),
            _ => Type::Unknown,
        };
        let step = step.map_or_else(crate::value::Number::one, |(_, number)| number);
        let weight = weight.unwrap_or_else(|| broken(at));
        let (pot, weight) = (Box::new(pot), Box::new(weight));
        let (least, greatest) = (least.map(Box::new), greatest.map(Box::new));
        (DeclarationKind::Allocation { pot, weight, step, least, greatest }, ty)
    }

    /// An expression that must be a number of some unit.
    fn number(&mut self, written: &ast::Expr, level: Level, done: &str) -> Expr {
        let mut expr = self.expr(written, level);
        if !matches!(expr.ty, Type::Quantity(_) | Type::Unknown) {
            let side = self.side(&expr);
            self.report.push(types::not_a_number(done, &side, "write a number, an amount or a count"));
            expr.ty = Type::Unknown;
        }
        expr
    }

    /// How a declaration's result is shown; told where that does not fit its type.
    fn shown(&mut self, id: DeclarationId, stub: &Stub<'_>, ty: &Type) {
        let clause = stub.ast.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Shown(shown) => Some((shown, clause.span)),
            _ => None,
        });
        let Some((written, span)) = clause else { return };
        let shown = match written {
            ast::Shown::Percent => Shown::Percent,
            ast::Shown::Decimals(places) => Shown::Decimals(*places),
            ast::Shown::Per { base, unit } => match literal::unit(unit, &self.names, &mut self.report) {
                Some(unit) => Shown::Per { base: base.clone(), unit },
                None => return,
            },
        };
        // An outcome is shown by its parts, and they are looked at one by one.
        let is_outcome = matches!(stub.role, Role::Outcome { .. });
        if !is_outcome && !ty.is_unknown() && !self.fits(&shown, ty, span, self.model.declaration(id).name_span) {
            return;
        }
        if let Some(declaration) = self.model.declarations.get_mut(id.index()) {
            declaration.shown = shown;
        }
    }

    fn fits(&mut self, shown: &Shown, ty: &Type, span: Span, at: Span) -> bool {
        let scale = ty.quantity().filter(|quantity| quantity.dimension.is_none()).map(|quantity| quantity.scale);
        let is_ratio = matches!(scale, Some(Scale::Share | Scale::Points));
        let (fits, how, help) = match shown {
            Shown::Plain => (true, String::new(), ""),
            Shown::Percent => {
                (is_ratio, "as percent".to_owned(), "divide it by the whole it is a part of, or take the line away")
            }
            Shown::Decimals(_) => {
                (ty.quantity().is_some(), "with decimals".to_owned(), "take the line away: only numbers have decimals")
            }
            Shown::Per { unit, .. } => {
                let below = ty.quantity().and_then(|quantity| quantity.dimension.units.get(unit).copied());
                let fits = below.is_some_and(|power| power < 0) || scale == Some(Scale::Share);
                let how = format!("per {}", self.model.unit(*unit).name);
                (fits, how, "divide it by a count of that unit, or take the line away")
            }
        };
        if !fits {
            let phrase = wording::phrase(ty, &self.model);
            self.report.push(units::shown_otherwise(span, &how, &phrase, at, help));
        }
        fits
    }
}

/// The first thing that the rows of a table give which is not words.
fn first_figure(formula: &Formula) -> Option<&Expr> {
    let Start::Table(table) = &formula.start else { return None };
    table.rows.iter().map(|row| &row.result).find(|result| !matches!(result.ty, Type::Choice(_) | Type::Text))
}
