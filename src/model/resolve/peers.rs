//! The peers of a record: those that share something with it.

use super::{Resolver, broken};
use crate::model::error::levels;
use crate::model::{Expr, ExprKind, Level, TableId, wording};
use crate::syntax::ast;

impl Resolver<'_> {
    /// What is made of all records, kept to the peers of the current row. `across areas` was read before.
    pub(super) fn among_peers(&mut self, made: Expr, peers: &[ast::Expr], level: Level) -> Expr {
        let Some(first) = peers.first() else { return made };
        let span = made.span;
        let over = match &made.kind {
            ExprKind::Aggregate { over, .. } | ExprKind::WeightedMean { over, .. } | ExprKind::Rank { over, .. } => {
                *over
            }
            _ => return made,
        };
        let here = Level::Table(over);
        if self.names.is_unsound(here) || self.names.is_unsound(level) {
            return broken(span);
        }
        if !self.names.is_visible(here, level) {
            let table = self.model.table(over);
            let worked_out = wording::level_phrase(level, &self.model);
            let problem = levels::no_peers(first.span, &table.name, &table.plural, &worked_out);
            self.report.push(problem);
            return broken(span);
        }
        let same: Vec<Expr> = peers.iter().map(|name| self.shared(name, over)).collect();
        if same.iter().any(|name| name.ty.is_unknown()) {
            return broken(span);
        }
        let ty = made.ty.clone();
        Expr { kind: ExprKind::Peers { over, same, of: Box::new(made) }, ty, span }
    }

    /// What peers share: a name that every one of them has, or a table that they belong to.
    fn shared(&mut self, written: &ast::Expr, over: TableId) -> Expr {
        let here = Level::Table(over);
        if let ast::ExprKind::Name(name) = &written.kind
            && let Some(table) = self.names.tables.get(name.text.as_str()).copied()
            && self.names.is_visible(Level::Table(table), here)
            && let Some(key) = self.model.table(table).key
        {
            return self.column(key, written.span);
        }
        self.expr(written, here)
    }
}
