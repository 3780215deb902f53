//! Reading the model: which expressions a declaration holds and what it reads.

use super::{
    CellTest, Clause, ClauseKind, Declaration, DeclarationId, DeclarationKind, Expr, ExprKind, Formula, Model, Start,
};
use std::collections::BTreeSet;

impl Formula {
    /// Every expression in it, in the order written.
    pub fn expressions(&self) -> Vec<&Expr> {
        let mut all = Vec::new();
        match &self.start {
            Start::Is(expr) => all.push(expr),
            Start::Table(table) => {
                all.extend(&table.inputs);
                for row in &table.rows {
                    for test in &row.tests {
                        if let CellTest::Tests(alternatives) = test {
                            all.extend(alternatives.iter().flatten().map(|(_, operand)| operand));
                        }
                    }
                    all.push(&row.result);
                }
            }
        }
        for clause in &self.clauses {
            all.extend(clause.expressions());
        }
        all
    }
}

impl Clause {
    /// Every expression in it, in the order written.
    pub fn expressions(&self) -> Vec<&Expr> {
        match &self.kind {
            ClauseKind::AtLeast(expr)
            | ClauseKind::AtMost(expr)
            | ClauseKind::OnlyIf(expr)
            | ClauseKind::IfMissing(expr) => vec![expr],
            ClauseKind::Less { amount, never_below } => std::iter::once(amount).chain(never_below.as_deref()).collect(),
            ClauseKind::Rounded { .. } => Vec::new(),
            ClauseKind::Unless(exceptions) => exceptions
                .iter()
                .flat_map(|exception| &exception.cases)
                .flat_map(|(condition, value)| [condition, value])
                .collect(),
        }
    }
}

impl Declaration {
    /// Every expression in it, in the order written. An outcome has none: its parts have them.
    pub fn expressions(&self) -> Vec<&Expr> {
        match &self.kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => formula.expressions(),
            DeclarationKind::Condition { met, exemptions } => std::iter::once(met).chain(exemptions).collect(),
            DeclarationKind::Permission { used } => vec![used],
            DeclarationKind::Check { holds } => vec![holds],
            DeclarationKind::Discretion(choice) => vec![choice],
            DeclarationKind::Ladder { up, down, again, .. } => {
                again.iter().chain([up]).chain(down).map(|boxed| &**boxed).collect()
            }
            DeclarationKind::Allocation { pot, weight, least, greatest, .. } => {
                [pot, weight].into_iter().chain(least).chain(greatest).map(|boxed| &**boxed).collect()
            }
            DeclarationKind::Outcome { .. } => Vec::new(),
        }
    }

    /// The declarations it reads directly.
    pub fn reads(&self) -> BTreeSet<DeclarationId> {
        let mut found = BTreeSet::new();
        for expr in self.expressions() {
            expr.walk(&mut |expr| match expr.kind {
                ExprKind::Result(id) | ExprKind::PaidSoFar(id) => {
                    found.insert(id);
                }
                _ => {}
            });
        }
        if let DeclarationKind::Outcome { baseline, target, actual, .. } = &self.kind {
            found.extend(baseline.iter().chain(target).chain([actual]));
        }
        found
    }
}

impl Model {
    /// These declarations and all that they rest on, directly or not.
    pub fn closure(&self, start: impl IntoIterator<Item = DeclarationId>) -> BTreeSet<DeclarationId> {
        let mut found = BTreeSet::new();
        let mut open: Vec<DeclarationId> = start.into_iter().collect();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.declaration(id).reads());
            }
        }
        found
    }
}
