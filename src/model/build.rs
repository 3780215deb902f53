//! The stages in order: collect, resolve, order, check.
//!
//! In: a syntax tree. Out: a model and every problem found. The model is fit for evaluation only if no problem
//! is an error.

use super::collect::{Collected, Named, Names, Role, Stub, collect};
use super::error::cycles;
use super::references::{of_declaration, walk};
use super::resolve::Resolver;
use super::{Model, Type, check, order, unverified};
use crate::problem::Problem;
use crate::source::Sources;
use crate::syntax::ast;

/// Builds and checks the model of a ruleset. The model is fit for evaluation only if no problem is an error.
pub fn build(file: &ast::File, sources: &Sources) -> (Model, Vec<Problem>) {
    let Collected { model, names, stubs, scenarios, report } = collect(file, sources);
    let mut resolver = Resolver { model, names, report, sources, current: None, is_provisional: false };
    resolver.declarations(&stubs);
    resolver.scenarios(&scenarios);
    let Resolver { mut model, mut report, names, .. } = resolver;
    let (order, circles) = order::order(&model);
    model.order = order;
    for circle in circles {
        // A circle was told while types were worked out; what is left is one that only ids show.
        if !report.has_errors() {
            report.push(cycles::circle(&circle, model.tables.iter().any(|table| table.series.is_some())));
        }
    }
    unverified::rest_on(&mut model);
    let has_errors = report.has_errors();
    let mut problems = report.into_problems();
    // What could not be read may be what a warning misses.
    if !has_errors && !names.has_broken {
        check::check(&model, sources, &mut problems);
    }
    (model, problems)
}

impl Resolver<'_> {
    /// Types all declarations, each after those it mentions.
    fn declarations(&mut self, stubs: &[Stub<'_>]) {
        let mut mentions: Vec<Vec<usize>> = Vec::with_capacity(stubs.len());
        for (index, stub) in stubs.iter().enumerate() {
            let ty = self.given_type(super::DeclarationId::from_index(index), stub);
            if let Some(declaration) = self.model.declarations.get_mut(index) {
                declaration.ty = ty;
            }
            mentions.push(mentioned(stub, &self.names, &self.model));
        }
        for group in order::groups(&mentions) {
            match group.as_slice() {
                [only] if !mentions.get(*only).is_some_and(|inside| inside.contains(only)) => {
                    self.declare_at(*only, stubs);
                }
                group => self.circle_of(group, stubs),
            }
        }
    }

    fn declare_at(&mut self, index: usize, stubs: &[Stub<'_>]) {
        if let Some(stub) = stubs.get(index) {
            self.declare(super::DeclarationId::from_index(index), stub);
        }
    }

    /// Types declarations that mention each other: first what can be known of their types, in silence, then
    /// the rest. A circle that has no order is told and leaves them unknown.
    fn circle_of(&mut self, group: &[usize], stubs: &[Stub<'_>]) {
        self.report.is_muted = true;
        self.is_provisional = true;
        for _ in 0..2 {
            for index in group {
                self.declare_at(*index, stubs);
            }
        }
        self.is_provisional = false;
        self.report.is_muted = false;
        let circles = order::circles(&self.model, group);
        let has_series = self.model.tables.iter().any(|table| table.series.is_some());
        for circle in &circles {
            self.report.push(cycles::circle(circle, has_series));
        }
        if !circles.is_empty() {
            for index in group {
                if let Some(declaration) = self.model.declarations.get_mut(*index) {
                    declaration.ty = Type::Unknown;
                }
            }
            return;
        }
        for index in group {
            self.declare_at(*index, stubs);
        }
    }
}

/// The declarations whose names a declaration mentions.
fn mentioned(stub: &Stub<'_>, names: &Names<'_>, model: &Model) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let (exprs, texts) = match stub.role {
        Role::Broken => return found,
        Role::Part(expr) => (vec![expr], Vec::new()),
        Role::Whole => of_declaration(stub.ast),
        Role::Outcome { baseline, target, actual } => {
            found.extend(baseline.into_iter().chain(target).chain([actual]).map(super::DeclarationId::index));
            return found;
        }
    };
    let named = |name: &str| match names.values.get(name) {
        Some(Named::Declaration(id)) => Some(id.index()),
        _ => None,
    };
    let mut dotted: Vec<(&str, &str)> = Vec::new();
    for expr in exprs {
        walk(expr, |expr| {
            match &expr.kind {
                ast::ExprKind::Name(name) => found.extend(named(&name.text)),
                ast::ExprKind::Dotted(first, second) => dotted.push((&first.text, &second.text)),
                _ => {}
            }
            true
        });
    }
    for text in texts {
        match text.split_once('.') {
            Some((first, second)) => dotted.push((first, second)),
            None => found.extend(named(text)),
        }
    }
    for (first, second) in dotted {
        if names.tables.contains_key(first) {
            found.extend(named(second));
        } else if let Some(part) = model.find(&format!("{first}.{second}")) {
            found.push(part.index());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
