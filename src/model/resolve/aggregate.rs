//! Values made of many: over the records below, across the nation, over a list, and ranks.

use super::reach::Reach;
use super::{Resolver, broken};
use crate::model::error::{clauses, levels, names, periods, types};
use crate::model::units as algebra;
use crate::model::{Basis, Expr, ExprKind, Level, Quantity, TableId, Type, wording};
use crate::source::Span;
use crate::syntax::ast::{self, AggregateOp, Name};

/// An aggregate as written.
pub(super) struct Asked<'e> {
    pub(super) op: AggregateOp,
    pub(super) op_span: Span,
    pub(super) operand: &'e ast::Expr,
    pub(super) weight: Option<&'e ast::Expr>,
    pub(super) across: Option<&'e Name>,
    pub(super) peers: &'e [ast::Expr],
    pub(super) condition: Option<&'e ast::Expr>,
}

impl Resolver<'_> {
    /// `sum of x`, `count of areas where c`, `mean of x across areas`.
    pub(super) fn aggregate(&mut self, span: Span, asked: &Asked<'_>, level: Level) -> Expr {
        if let Some(weight) = asked.weight.filter(|_| asked.op != AggregateOp::Mean) {
            let help = "write `mean of` what is weighted, or leave the weight out";
            self.report.push(clauses::clause_elsewhere(weight.span, "only a mean is weighted", help));
            return broken(span);
        }
        let aggregate = self.gathered(span, asked, level);
        self.among_peers(aggregate, asked.peers, level)
    }

    fn gathered(&mut self, span: Span, asked: &Asked<'_>, level: Level) -> Expr {
        if matches!(asked.op, AggregateOp::Count | AggregateOp::Share) {
            return self.count(span, asked, level);
        }
        let over = match asked.across {
            Some(across) => self.across(across),
            None => self.over(asked, level),
        };
        let Some(over) = over else { return broken(span) };
        let here = Level::Table(over);
        let operand = self.expr(asked.operand, here);
        let weight = asked.weight.map(|weight| Box::new(self.weight(weight, here)));
        let condition = asked.condition.map(|condition| Box::new(self.yes_no(condition, here)));
        let is_latest = matches!(asked.op, AggregateOp::Latest | AggregateOp::LatestPeriod);
        if is_latest && self.model.table(over).series.is_none() {
            let table = self.model.table(over);
            self.report.push(periods::latest_without_series(asked.op_span, &table.name, table.span));
            return broken(span);
        }
        if is_latest && (asked.across.is_some() || !self.is_one_series(over, level)) {
            let table = self.model.table(over);
            let above = table.parents.first().map_or("the nation", |parent| self.model.table(*parent).name.as_str());
            let here = wording::level_phrase(level, &self.model);
            self.report.push(levels::many_series(asked.op_span, &table.name, above, &here));
            return broken(span);
        }
        let ty = match self.model.table(over).series {
            Some(series) if asked.op == AggregateOp::LatestPeriod => Type::Period(series.kind),
            _ => self.aggregate_type(asked.op, asked.op_span, &operand),
        };
        let everywhere = asked.across.is_some();
        if let Some(weight) = weight {
            let operand = Box::new(operand);
            return Expr { kind: ExprKind::WeightedMean { over, everywhere, operand, weight, condition }, ty, span };
        }
        let kind = ExprKind::Aggregate { op: asked.op, over, everywhere, operand: Some(Box::new(operand)), condition };
        Expr { kind, ty, span }
    }

    /// What a mean is weighted by.
    fn weight(&mut self, written: &ast::Expr, here: Level) -> Expr {
        let weight = self.expr(written, here);
        if !matches!(weight.ty, Type::Quantity(_) | Type::Unknown) {
            let side = self.side(&weight);
            let help = "weigh by what says how much a record counts: people, admissions, pounds";
            self.report.push(types::not_a_number("a weight", &side, help));
            return broken(written.span);
        }
        weight
    }

    /// Whether the records of a series that belong to a row of this level are one series.
    pub(super) fn is_one_series(&self, over: TableId, level: Level) -> bool {
        self.model.table(over).parents.iter().all(|parent| self.names.is_visible(Level::Table(*parent), level))
    }

    /// The table whose records an aggregate without `across` visits; told where there is none.
    fn over(&mut self, asked: &Asked<'_>, level: Level) -> Option<TableId> {
        match self.reach(asked.operand, level) {
            Reach::Over(table) => Some(table),
            Reach::Two((one, one_at), (two, two_at)) => {
                let (one, two) = (&self.model.table(one).name, &self.model.table(two).name);
                self.report.push(levels::two_tables(asked.op_span, (one, one_at), (two, two_at)));
                None
            }
            Reach::Ambiguous(name, columns) => {
                self.ambiguous(name, &columns);
                None
            }
            Reach::Unknown => {
                self.expr(asked.operand, level);
                None
            }
            Reach::Nothing => {
                let operand = self.expr(asked.operand, level);
                if !operand.ty.is_unknown() {
                    self.nothing_below(asked, level);
                }
                None
            }
        }
    }

    fn nothing_below(&mut self, asked: &Asked<'_>, level: Level) {
        if !self.names.broken_tables.is_empty() {
            return;
        }
        let words = self.text(asked.op_span).to_owned();
        let here = wording::level_phrase(level, &self.model);
        let operand = self.one_name(asked.operand.span);
        let help = match level {
            Level::Table(table) => {
                let plural = &self.model.table(table).plural;
                Some(format!("for all {plural} of the nation write `{words} {operand} across {plural}`"))
            }
            Level::Nation => None,
        };
        self.report.push(levels::nothing_below(&words, asked.operand.span, &here, help));
    }

    /// The table of `across areas`.
    fn across(&mut self, name: &Name) -> Option<TableId> {
        if let Some(table) = self.names.plurals.get(&name.text) {
            return Some(*table);
        }
        if let Some(table) = self.names.tables.get(name.text.as_str()) {
            let plural = self.model.table(*table).plural.clone();
            self.report.push(names::singular_or_plural(&name.text, name.span, &plural));
            return None;
        }
        if !self.names.is_silent(&name.text) {
            let tables = &self.model.tables;
            self.report.once(names::UNKNOWN, &name.text, name.span, |report| {
                let near = report.nearest(&name.text, tables.iter().map(|table| table.plural.as_str()));
                names::unknown(&name.text, name.span, "the plural of a data table", near.as_deref())
            });
        }
        None
    }

    /// `count of areas`, `share of areas where c`.
    fn count(&mut self, span: Span, asked: &Asked<'_>, level: Level) -> Expr {
        let Some(over) = self.counted(asked, level) else { return broken(span) };
        let here = Level::Table(over);
        let condition = asked.condition.map(|condition| Box::new(self.yes_no(condition, here)));
        let plural = self.model.table(over).plural.clone();
        let everywhere = match asked.across {
            Some(across) if across.text == plural => true,
            Some(across) => {
                self.report.push(levels::across_other(across.span, &plural, &across.text));
                return broken(span);
            }
            None if self.names.is_below(over, level) => false,
            None if !self.names.broken_tables.is_empty() => return broken(span),
            None => {
                let words = self.text(asked.op_span).to_owned();
                let here = wording::level_phrase(level, &self.model);
                let help = format!("for all of the nation write `{words} {plural} across {plural}`");
                self.report.push(levels::nothing_below(&words, asked.operand.span, &here, Some(help)));
                return broken(span);
            }
        };
        let quantity = match (asked.op, &condition) {
            (AggregateOp::Share, None) => {
                self.report.push(levels::share_without_where(span, &plural));
                return broken(span);
            }
            (AggregateOp::Share, Some(_)) => Quantity::share(),
            _ => Quantity::plain(),
        };
        let kind = ExprKind::Aggregate { op: asked.op, over, everywhere, operand: None, condition };
        Expr { kind, ty: Type::Quantity(quantity), span }
    }

    /// The table whose plural is counted; told where it is something else.
    fn counted(&mut self, asked: &Asked<'_>, level: Level) -> Option<TableId> {
        if let ast::ExprKind::Name(name) = &asked.operand.kind {
            if let Some(table) = self.names.plurals.get(&name.text) {
                return Some(*table);
            }
            if let Some(table) = self.names.tables.get(name.text.as_str()) {
                let plural = self.model.table(*table).plural.clone();
                self.report.push(names::singular_or_plural(&name.text, name.span, &plural));
                return None;
            }
            if self.names.is_silent(&name.text) {
                return None;
            }
            let near = self.report.nearest(&name.text, self.names.plurals.keys().map(String::as_str));
            if let Some(near) = near {
                self.report.once(names::UNKNOWN, &name.text, name.span, |_| {
                    names::unknown(&name.text, name.span, "the plural of a data table", Some(&near))
                });
                return None;
            }
        }
        // Something that is not a table: told as unknown where it is, else what to write is shown.
        let words = self.text(asked.op_span).to_owned();
        let (table, operand) = match self.reach(asked.operand, level) {
            Reach::Over(table) => (Some(table), self.expr(asked.operand, Level::Table(table))),
            _ => (None, self.expr(asked.operand, level)),
        };
        if operand.ty.is_unknown() {
            return None;
        }
        let written = self.one_name(asked.operand.span);
        let plural = table.map_or("areas", |table| self.model.table(table).plural.as_str());
        let help = match &operand.ty {
            Type::YesNo => format!("write `{words} {plural} where {written}`"),
            _ => format!("write `{words} {plural} where` and what must be so, or `sum of {written}`"),
        };
        self.report.push(levels::count_of_what(&words, asked.operand.span, &help));
        None
    }

    /// The type of an aggregate; what is gathered from the records of a series is no longer of one period.
    fn aggregate_type(&mut self, op: AggregateOp, op_span: Span, operand: &Expr) -> Type {
        let timeless = |quantity: &Quantity| Type::Quantity(quantity.clone().with_basis(Basis::None));
        match (op, &operand.ty) {
            (_, Type::Unknown) => match op {
                AggregateOp::Any | AggregateOp::All => Type::YesNo,
                _ => Type::Unknown,
            },
            (AggregateOp::Any | AggregateOp::All, Type::YesNo) => Type::YesNo,
            (AggregateOp::Any | AggregateOp::All, _) => {
                let side = self.side(operand);
                let help = "`any of` and `all of` go over things that are yes or no; compare it first";
                self.report.push(types::not_yes_no(&side, help));
                Type::Unknown
            }
            (_, Type::Quantity(quantity)) => timeless(quantity),
            (AggregateOp::Least | AggregateOp::Greatest, Type::Date | Type::Period(_)) => operand.ty.clone(),
            (AggregateOp::Latest | AggregateOp::LatestPeriod, ty) => ty.clone(),
            (_, ty) => {
                let words = self.text(op_span).to_owned();
                let help = match ty {
                    Type::YesNo => format!("count the records: `count of … where {}`", self.one_name(operand.span)),
                    Type::Date => "of dates there are `least of`, the first, and `greatest of`, the last".to_owned(),
                    _ => "only numbers, money and shares are gathered so".to_owned(),
                };
                let side = self.side(operand);
                self.report.push(types::not_a_number(&format!("gathered with `{words}`"), &side, &help));
                Type::Unknown
            }
        }
    }

    /// `least of (a, b)` and its like.
    pub(super) fn list(
        &mut self,
        span: Span,
        op: AggregateOp,
        op_span: Span,
        items: &[ast::Expr],
        level: Level,
    ) -> Expr {
        let is_logic = matches!(op, AggregateOp::Any | AggregateOp::All | AggregateOp::Count | AggregateOp::Share);
        let items: Vec<Expr> =
            items.iter().map(|item| if is_logic { self.yes_no(item, level) } else { self.expr(item, level) }).collect();
        let ty = match op {
            AggregateOp::Any | AggregateOp::All => Type::YesNo,
            AggregateOp::Count => Type::Quantity(Quantity::plain()),
            AggregateOp::Share => Type::Quantity(Quantity::share()),
            AggregateOp::Latest | AggregateOp::LatestPeriod => {
                let help = "`latest of` goes over the records of a series; over a list write `greatest of`";
                self.report.push(clauses::clause_elsewhere(op_span, "a list has no order in time", help));
                return broken(span);
            }
            _ => self.list_type(op, op_span, &items),
        };
        Expr { kind: ExprKind::ListOf { op, items }, ty, span }
    }

    /// The common type of the members of a list.
    fn list_type(&mut self, op: AggregateOp, op_span: Span, items: &[Expr]) -> Type {
        let Some((first, rest)) = items.split_first() else { return Type::Unknown };
        if items.iter().any(|item| item.ty.is_unknown()) && !self.is_provisional {
            return Type::Unknown;
        }
        let mut ty = self.aggregate_type_of_list(op, op_span, first);
        for item in rest {
            if ty.is_unknown() {
                ty = item.ty.clone();
                continue;
            }
            let so_far = Expr { kind: first.kind.clone(), ty: ty.clone(), span: first.span };
            ty = match (&so_far.ty, &item.ty) {
                (Type::Quantity(one), Type::Quantity(two)) => {
                    let (one, two) = (Self::term(&so_far, one), Self::term(item, two));
                    let done = if op == AggregateOp::Sum { "added" } else { "compared" };
                    let result = if op == AggregateOp::Sum { algebra::add(one, two) } else { like(one, two) };
                    self.settled(result, &so_far, item, done)
                }
                (one, two) if one == two => so_far.ty.clone(),
                (_, Type::Unknown) => so_far.ty.clone(),
                _ => {
                    self.other_types(&so_far, item, "compared");
                    Type::Unknown
                }
            };
            if ty.is_unknown() {
                return ty;
            }
        }
        ty
    }

    fn aggregate_type_of_list(&mut self, op: AggregateOp, op_span: Span, first: &Expr) -> Type {
        match &first.ty {
            Type::Quantity(_) => first.ty.clone(),
            _ => self.aggregate_type(op, op_span, first),
        }
    }

    /// `rank of x across areas from highest`.
    pub(super) fn rank(
        &mut self,
        span: Span,
        operand: &ast::Expr,
        across: &Name,
        from_highest: bool,
        level: Level,
    ) -> Expr {
        let Some(over) = self.across(across) else { return broken(span) };
        if level != Level::Table(over) {
            let table = self.model.table(over);
            let here = wording::level_phrase(level, &self.model);
            self.report.push(levels::rank_elsewhere(span, &table.plural, &table.name, &here));
            return broken(span);
        }
        let operand = self.expr(operand, level);
        match &operand.ty {
            Type::Unknown => return broken(span),
            Type::Quantity(_) | Type::Date | Type::Period(_) => {}
            _ => {
                let side = self.side(&operand);
                let help = "only what has an order has a place: numbers, money, shares, dates";
                self.report.push(types::not_a_number("ranked", &side, help));
                return broken(span);
            }
        }
        let kind = ExprKind::Rank { over, operand: Box::new(operand), from_highest };
        Expr { kind, ty: Type::Quantity(Quantity::plain()), span }
    }
}

/// The quantity of one of two that may be compared.
fn like(one: algebra::Term<'_>, two: algebra::Term<'_>) -> Result<Quantity, algebra::Clash> {
    algebra::compare(one, two)?;
    algebra::either(one, two)
}
