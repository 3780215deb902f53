//! A new name: the declaration's own, and wherever it is read.
//!
//! In: the declarations. Out: the same with the name changed in the tree; the texts stay as they are, and each place
//! where the tree now says something else is remembered.

use super::Space;
use super::apply::Ruleset;
use crate::source::Span;
use crate::syntax::ast::{
    CellContent, CellOperand, CellTest, ClauseKind, CompareOp, Declaration, DeclarationWord, Expr, ExprKind, Name, Rows,
};

/// Why a declaration cannot be renamed, if it cannot.
pub(super) fn why_not(declarations: &[Declaration], renamed: &Declaration) -> Option<String> {
    match renamed.word {
        DeclarationWord::Data => {
            return Some("the files of the data are named after it: it keeps its name".to_owned());
        }
        DeclarationWord::Unit => return Some("figures are written with the unit: it keeps its name".to_owned()),
        _ if Space::of(renamed.word) != Space::Value => return None,
        _ => {}
    }
    let name = &renamed.name.text;
    let table = declarations.iter().find(|declaration| {
        declaration
            .clauses
            .iter()
            .any(|clause| matches!(&clause.kind, ClauseKind::Column(column) if column.name.text == *name))
    })?;
    Some(format!(
        "`{}` has a column of the same name, and which is read where would have to be guessed",
        table.name.text
    ))
}

/// Gives the declaration `old` of these names the name `new`, and whatever reads it.
pub(super) fn rename(ruleset: &mut Ruleset<'_>, space: Space, old: &str, new: &str) {
    let mut renaming = Renaming { space, old, new, changed: Vec::new() };
    for declaration in &mut ruleset.declarations {
        renaming.declaration(declaration);
    }
    for name in renaming.changed {
        ruleset.respelled.retain(|earlier| earlier.span != name.span);
        ruleset.respelled.push(name);
    }
}

struct Renaming<'a> {
    space: Space,
    old: &'a str,
    new: &'a str,
    /// The new spellings with the places of the old ones.
    changed: Vec<Name>,
}

impl Renaming<'_> {
    fn text(&mut self, text: &mut String, span: Span) {
        if text == self.old {
            self.new.clone_into(text);
            self.changed.push(Name { text: text.clone(), span });
        }
    }

    fn name(&mut self, name: &mut Name) {
        self.text(&mut name.text, name.span);
    }

    fn declaration(&mut self, declaration: &mut Declaration) {
        if Space::of(declaration.word) == self.space {
            self.name(&mut declaration.name);
        }
        let word = declaration.word;
        for clause in &mut declaration.clauses {
            match &mut clause.kind {
                ClauseKind::Source { name, .. } if self.space == Space::Source => self.name(name),
                kind if self.space == Space::Value => self.clause(kind, word),
                _ => {}
            }
        }
    }

    fn clause(&mut self, kind: &mut ClauseKind, word: DeclarationWord) {
        match kind {
            ClauseKind::Is { value: expr, .. }
            | ClauseKind::MetWhen(expr)
            | ClauseKind::UsedWhen(expr)
            | ClauseKind::HoldsWhen(expr)
            | ClauseKind::UpWhen(expr)
            | ClauseKind::DownWhen(expr)
            | ClauseKind::StartAgainWhen(expr)
            | ClauseKind::AtLeast(expr)
            | ClauseKind::AtMost(expr)
            | ClauseKind::OnlyIf(expr)
            | ClauseKind::IfMissing(expr)
            | ClauseKind::Baseline(expr)
            | ClauseKind::Target(expr)
            | ClauseKind::Actual(expr)
            | ClauseKind::Of(expr)
            | ClauseKind::InProportionTo(expr)
            | ClauseKind::ToTheNearest(expr)
            | ClauseKind::Rounded { step: expr, .. } => self.expression(expr),
            ClauseKind::GivenParameter { name, value } => {
                self.name(name);
                self.expression(value);
            }
            ClauseKind::Less { amount, never_below } => {
                self.expression(amount);
                never_below.iter_mut().for_each(|floor| self.expression(floor));
            }
            ClauseKind::Unless { condition, then, .. } => {
                self.expression(condition);
                then.iter_mut().for_each(|then| self.expression(then));
            }
            ClauseKind::Expect { table, name, .. } => {
                table.iter_mut().for_each(|table| self.name(table));
                self.name(name);
            }
            ClauseKind::Rows(rows) => self.rows(rows, word),
            ClauseKind::Status(_)
            | ClauseKind::Applies { .. }
            | ClauseKind::BasedOn(_)
            | ClauseKind::Supersedes(_)
            | ClauseKind::SupersededBy(_)
            | ClauseKind::Currency(_)
            | ClauseKind::YearStarts(_)
            | ClauseKind::Column(_)
            | ClauseKind::OmittedColumns(_)
            | ClauseKind::OneOf(_)
            | ClauseKind::RatherThan(_)
            | ClauseKind::Steps(_)
            | ClauseKind::Shown(_)
            | ClauseKind::Source { .. }
            | ClauseKind::Unverified(_)
            | ClauseKind::Note(_)
            | ClauseKind::LowerIsBetter(_)
            | ClauseKind::FirstMatch
            | ClauseKind::Given { .. }
            | ClauseKind::AsAt(_)
            | ClauseKind::Because(_)
            | ClauseKind::Broken => {}
        }
    }

    fn rows(&mut self, rows: &mut Rows, word: DeclarationWord) {
        for cell in &mut rows.header {
            // `assurance`, or `quarter.performance`, or `admissions.target`.
            let renamed: Vec<&str> =
                cell.text.split('.').map(|part| if part == self.old { self.new } else { part }).collect();
            let renamed = renamed.join(".");
            if renamed != cell.text {
                cell.text = renamed;
                self.changed.push(Name { text: cell.text.clone(), span: cell.span });
            }
        }
        for cell in rows.rows.iter_mut().flat_map(|row| &mut row.cells) {
            match &mut cell.content {
                Some(CellContent::Result(expr)) => self.expression(expr),
                // In a decision they are a value of the choice.
                Some(CellContent::Words(words)) if word != DeclarationWord::Decision => {
                    self.text(&mut words.text, words.span);
                }
                Some(CellContent::Tests(alternatives)) => {
                    alternatives.iter_mut().flatten().for_each(|test| self.test(test));
                }
                _ => {}
            }
        }
    }

    /// What a cell is compared with by size is a parameter; what it is, is a value of a choice.
    fn test(&mut self, test: &mut CellTest) {
        if let CellOperand::Words(words) = &mut test.operand
            && !matches!(test.op, CompareOp::Is | CompareOp::IsNot)
        {
            self.text(&mut words.text, words.span);
        }
    }

    fn expression(&mut self, expr: &mut Expr) {
        let mut open = vec![expr];
        while let Some(expr) = open.pop() {
            match &mut expr.kind {
                ExprKind::Name(name) => self.name(name),
                // Before the dot stands a table or an outcome, after it a column, a part or a rule.
                ExprKind::Dotted(first, second) => {
                    self.name(first);
                    self.name(second);
                }
                ExprKind::Literal(_) | ExprKind::PaidSoFar => {}
                ExprKind::Bracket(inner)
                | ExprKind::Not(inner)
                | ExprKind::Negate(inner)
                | ExprKind::SizeOf(inner)
                | ExprKind::IsMissing { operand: inner, .. }
                | ExprKind::RoundsTo { operand: inner, .. }
                | ExprKind::Series { operand: inner, .. }
                | ExprKind::Earlier { operand: inner, .. } => open.push(inner),
                ExprKind::Rank { operand, peers, .. } => {
                    open.push(operand);
                    open.extend(peers);
                }
                ExprKind::DaysFrom { from, to } => open.extend([&mut **from, &mut **to]),
                ExprKind::Arithmetic { left, right, .. } | ExprKind::Compare { left, right, .. } => {
                    open.extend([&mut **left, &mut **right]);
                }
                ExprKind::Logic { operands: items, .. } | ExprKind::ListOf { items, .. } => open.extend(items),
                ExprKind::If { condition, then, otherwise } => {
                    open.extend([&mut **condition, &mut **then, &mut **otherwise]);
                }
                ExprKind::Aggregate { operand, weight, peers, condition, .. } => {
                    open.push(operand);
                    open.extend(weight.as_deref_mut());
                    open.extend(peers);
                    open.extend(condition.as_deref_mut());
                }
                ExprKind::In { operand, period } => open.extend([&mut **operand, &mut **period]),
            }
        }
    }
}
