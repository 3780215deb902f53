//! Conditions that always come out the same, and branches that are therefore never taken.
//!
//! In: the expressions of a declaration. Out: warnings, each at the innermost thing that never changes. A
//! parameter is not a constant here: policy may change it.

use super::facts::Facts;
use super::satisfy::never;
use super::words::Words;
use super::work::Work;
use crate::model::error::lint;
use crate::model::{ClauseKind, Declaration, DeclarationKind, Exception, Expr, ExprKind, Level, Start};
use crate::problem::Problem;
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, CompareOp};
use crate::value::Value;

/// Conditions on the way to an expression beyond which nothing is concluded from them.
const DEEPEST: usize = 64;

/// Conditions that are known on the way to an expression, and how they came out.
type Path<'a> = Vec<(&'a Expr, bool)>;

/// Warns about the conditions of a declaration.
pub(super) fn check(words: Words<'_>, declaration: &Declaration, work: &mut Work, problems: &mut Vec<Problem>) {
    let mut search = Search { words, work, problems };
    let level = declaration.level;
    match &declaration.kind {
        DeclarationKind::Condition { met, exemptions } => {
            search.condition(met, level);
            for exemption in exemptions {
                search.condition(exemption, level);
            }
        }
        DeclarationKind::Permission { used: condition } | DeclarationKind::Check { holds: condition } => {
            search.condition(condition, level);
        }
        DeclarationKind::Allocation { pot, weight, least, greatest, .. } => {
            search.visit(pot, Level::Nation, &mut Path::new());
            for expr in std::iter::once(weight).chain(least).chain(greatest) {
                search.visit(expr, level, &mut Path::new());
            }
        }
        DeclarationKind::Ladder { up, down, again, .. } => {
            for condition in again.iter().chain([up]).chain(down) {
                search.condition(condition, level);
            }
        }
        DeclarationKind::Discretion(_) | DeclarationKind::Outcome { .. } => {}
        DeclarationKind::Measure(formula)
        | DeclarationKind::Payment(formula)
        | DeclarationKind::Decision(formula)
        | DeclarationKind::OutcomePart(formula) => {
            match &formula.start {
                Start::Is(expr) => search.visit(expr, level, &mut Path::new()),
                Start::Table(table) => {
                    for row in &table.rows {
                        search.visit(&row.result, level, &mut Path::new());
                    }
                }
            }
            for clause in &formula.clauses {
                match &clause.kind {
                    ClauseKind::OnlyIf(condition) => search.condition(condition, level),
                    ClauseKind::Unless(exceptions) => {
                        for exception in exceptions {
                            search.exception(exception, level);
                        }
                    }
                    _ => {
                        for expr in clause.expressions() {
                            search.visit(expr, level, &mut Path::new());
                        }
                    }
                }
            }
        }
    }
}

struct Search<'w, 'p> {
    words: Words<'w>,
    work: &'p mut Work,
    problems: &'p mut Vec<Problem>,
}

impl Search<'_, '_> {
    /// A condition that stands on its own.
    fn condition(&mut self, condition: &Expr, level: Level) {
        if !self.part(condition, level)
            && let Some(always) = self.always(condition, level, &[])
        {
            self.tell(condition, always);
        }
        self.visit(condition, level, &mut Path::new());
    }

    /// The cases of an exception, each under the conditions above it being no.
    fn exception(&mut self, exception: &Exception, level: Level) {
        let mut path = Path::new();
        for (condition, value) in &exception.cases {
            if path.is_empty() {
                self.condition(condition, level);
            } else if !self.part(condition, level) && self.always(condition, level, &path) == Some(false) {
                let above: Vec<Span> = path.iter().map(|(above, _)| above.span).collect();
                self.problems.push(lint::exception_never_applies(condition.span, &above));
            }
            path.push((condition, true));
            self.visit(value, level, &mut path);
            path.pop();
            path.push((condition, false));
        }
    }

    /// Every `if` and `where` inside.
    fn visit<'a>(&mut self, expr: &'a Expr, level: Level, path: &mut Path<'a>) {
        match &expr.kind {
            ExprKind::If { condition, then, otherwise } => {
                let always = if self.part(condition, level) { None } else { self.always(condition, level, path) };
                if let Some(always) = always {
                    let unused = if always { otherwise.span } else { then.span };
                    self.problems.push(lint::unreachable_branch(unused, condition.span, always));
                }
                self.visit(condition, level, path);
                for (branch, came_out) in [(then, true), (otherwise, false)] {
                    if always != Some(!came_out) {
                        path.push((&**condition, came_out));
                        self.visit(branch, level, path);
                        path.pop();
                    }
                }
            }
            ExprKind::Compare { op: CompareOp::Is | CompareOp::IsNot, left, right } => {
                self.compared_with_yes(expr, left, right);
                self.visit(left, level, path);
                self.visit(right, level, path);
            }
            ExprKind::Aggregate { over, operand, condition, .. } => {
                let there = Level::Table(*over);
                if let Some(condition) = condition {
                    self.condition(condition, there);
                }
                if let Some(operand) = operand {
                    self.visit(operand, there, &mut Path::new());
                }
            }
            ExprKind::WeightedMean { over, operand, weight, condition, .. } => {
                let there = Level::Table(*over);
                if let Some(condition) = condition {
                    self.condition(condition, there);
                }
                self.visit(operand, there, &mut Path::new());
                self.visit(weight, there, &mut Path::new());
            }
            ExprKind::InPeriod { over, operand, period } => {
                self.visit(operand, Level::Table(*over), &mut Path::new());
                self.visit(period, level, path);
            }
            ExprKind::Series { operand, .. } | ExprKind::Earlier { operand, .. } | ExprKind::Rank { operand, .. } => {
                self.visit(operand, level, &mut Path::new());
            }
            _ => expr.each_child(&mut |child| self.visit(child, level, path)),
        }
    }

    /// Warns about `x is yes`, which says no more than `x`.
    fn compared_with_yes(&mut self, comparison: &Expr, left: &Expr, right: &Expr) {
        let ExprKind::Compare { op, .. } = comparison.kind else { return };
        for (side, other) in [(left, right), (right, left)] {
            let ExprKind::Literal(Value::YesNo(yes)) = side.kind else { continue };
            if !matches!(other.kind, ExprKind::Literal(_)) {
                let words = self.words.of(other);
                let asks_yes = yes == (op == CompareOp::Is);
                let plain = if asks_yes { words } else { format!("not {words}") };
                self.problems.push(lint::compared_with_yes(comparison.span, &self.words.of(comparison), &plain));
            }
        }
    }

    /// Warns about parts of a condition that always come out the same; whether there are any.
    fn part(&mut self, condition: &Expr, level: Level) -> bool {
        let parts: Vec<&Expr> = match &condition.kind {
            ExprKind::Logic { operands, .. } => operands.iter().collect(),
            ExprKind::ListOf { op: AggregateOp::All | AggregateOp::Any, items } => items.iter().collect(),
            ExprKind::Not(inner) => vec![inner],
            _ => Vec::new(),
        };
        let mut any = false;
        for part in parts {
            if self.part(part, level) {
                any = true;
            } else if let Some(always) = self.always(part, level, &[]) {
                self.tell(part, always);
                any = true;
            }
        }
        any
    }

    fn tell(&mut self, condition: &Expr, always: bool) {
        let bounds = self.bounds(condition);
        self.problems.push(lint::constant_condition(condition.span, &self.words.of(condition), always, &bounds));
    }

    /// How the condition comes out whenever it is known, if always in the same way.
    fn always(&mut self, condition: &Expr, level: Level, path: &[(&Expr, bool)]) -> Option<bool> {
        [false, true].into_iter().find(|wanted| {
            if self.work.is_spent() || path.len() > DEEPEST {
                return false;
            }
            let mut facts = Facts::new(self.words, level, None);
            let opposite = facts.holds(condition, !wanted);
            let mut conditions = vec![opposite];
            conditions.extend(path.iter().map(|(known, came_out)| facts.holds(known, *came_out)));
            self.work.begin();
            never(&facts, &conditions.iter().collect::<Vec<_>>(), self.work)
        })
    }

    /// The columns of a comparison that keep to bounds, which may be why it never changes.
    fn bounds(&self, condition: &Expr) -> Vec<(Span, String)> {
        let mut found: Vec<(Span, String)> = Vec::new();
        condition.walk(&mut |expr| {
            let bounds = self.words.bounds(expr);
            found.extend(bounds.filter(|(span, _)| found.iter().all(|(told, _)| told != span)));
        });
        found
    }
}
