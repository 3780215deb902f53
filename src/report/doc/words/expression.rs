//! Expressions in words.

use super::Words;
use super::aggregate::Gathered;
use crate::model::{DeclarationId, DeclarationKind, Expr, ExprKind, Level, Type};
use crate::report::doc::document::{Item, Text};
use crate::syntax::ast::{AggregateOp, ArithmeticOp, CompareOp, LogicOp, SeriesOp};
use crate::value::Value;

/// How tightly the words of an expression hold together; what holds less than its surroundings ask stands in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// `if … then … else …`
    Choice,
    /// `and`, `or`
    Logic,
    /// `not`
    Not,
    /// `is at least`
    Comparison,
    /// `plus`, `minus`
    Sum,
    /// `times`, `divided by`
    Product,
    /// `the sum of …`
    Phrase,
    /// A name or a literal.
    Atom,
}

/// How far to the right an expression reaches for more words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// It is closed.
    Closed,
    /// It ends in a phrase that `times` would seem to belong to.
    Phrase,
    /// It ends in a condition that `and` would seem to belong to.
    Condition,
}

impl Words<'_> {
    /// An expression at a level.
    pub(in crate::report::doc) fn expression(&self, expr: &Expr, level: Level) -> Text {
        self.held(expr, level, Hold::Choice, true)
    }

    /// An expression that something follows or surrounds.
    pub(super) fn held(&self, expr: &Expr, level: Level, least: Hold, is_last: bool) -> Text {
        let reach = reach(expr);
        let reaches = !is_last && (reach == Reach::Condition || (reach == Reach::Phrase && least >= Hold::Sum));
        let text = self.bare(expr, level);
        if hold(expr) < least || reaches { Text::of("(").join(text).and(")") } else { text }
    }

    /// An expression that is asked whether it is so: a name alone says what its answer has to be.
    pub(super) fn truth(&self, expr: &Expr, level: Level, least: Hold, is_last: bool) -> Text {
        if let ExprKind::Not(inner) = &expr.kind
            && let ExprKind::IsMissing { operand, negated } = &inner.kind
        {
            let words = if *negated { " is missing" } else { " is not missing" };
            return self.side(operand, level).and(words);
        }
        let (name, wanted) = match &expr.kind {
            ExprKind::Not(inner) => (&**inner, false),
            _ => (expr, true),
        };
        let answer = match (&name.kind, wanted) {
            (ExprKind::Result(id), _) if self.is_condition(*id) => [" does not hold", " holds"],
            (ExprKind::Column(_) | ExprKind::Result(_) | ExprKind::Parameter(_), _) => [" is no", " is yes"],
            _ => return self.held(expr, level, least, is_last),
        };
        self.bare(name, level).and(answer[usize::from(wanted)])
    }

    fn is_condition(&self, id: DeclarationId) -> bool {
        matches!(self.model.declaration(id).kind, DeclarationKind::Condition { .. } | DeclarationKind::Check { .. })
    }

    /// A side of a comparison.
    fn side(&self, expr: &Expr, level: Level) -> Text {
        self.held(expr, level, Hold::Sum, reach(expr) != Reach::Condition)
    }

    fn bare(&self, expr: &Expr, level: Level) -> Text {
        match &expr.kind {
            ExprKind::Literal(value) => Text::of(self.literal(expr, value)),
            ExprKind::Column(id) => self.places.column_link(*id),
            ExprKind::Result(id) => self.places.declaration_link(*id),
            ExprKind::Parameter(id) => self.places.parameter_link(*id),
            ExprKind::ParameterIn { parameter, period } => self
                .places
                .parameter_link(*parameter)
                .and(" as on the first day of ")
                .join(self.held(period, level, Hold::Phrase, true)),
            ExprKind::Not(inner) => Text::of("not ").join(self.held(inner, level, Hold::Phrase, true)),
            ExprKind::Negate(inner) => Text::of("minus ").join(self.held(inner, level, Hold::Phrase, true)),
            ExprKind::SizeOf(inner) => {
                Text::of("the size, whatever its sign, of ").join(self.held(inner, level, Hold::Phrase, true))
            }
            ExprKind::Arithmetic { op, left, right } => self.arithmetic(*op, left, right, level),
            ExprKind::Compare { op, left, right } => self
                .side(left, level)
                .and(format!(" {} ", comparison(*op, &left.ty)))
                .join(self.held(right, level, Hold::Sum, true)),
            ExprKind::Logic { op, operands } => self.joined(operands, logic(*op), level),
            ExprKind::IsMissing { operand, negated } => self.held(operand, level, Hold::Sum, false).and(if *negated {
                " is not missing"
            } else {
                " is missing"
            }),
            ExprKind::RoundsTo { operand, printed, .. } => {
                let printed = self.value(&Value::Number((**printed).clone()), &operand.ty);
                // As it is printed, `£3.8bn`, says to which digit.
                let written = self.written(expr.span);
                let printed = written.rsplit_once("rounds to ").map_or(printed, |(_, figure)| figure.to_owned());
                self.side(operand, level).and(format!(" rounds to {printed}"))
            }
            ExprKind::If { condition, then, otherwise } => self
                .held(then, level, Hold::Logic, false)
                .and(" if ")
                .join(self.truth(condition, level, Hold::Logic, false))
                .and(", otherwise ")
                .join(self.held(otherwise, level, Hold::Choice, true)),
            ExprKind::Aggregate { .. } | ExprKind::WeightedMean { .. } => {
                Gathered::of(expr).map_or_else(Text::new, |gathered| self.aggregate(&gathered, Text::new(), level))
            }
            ExprKind::Peers { over, same, of } => self.peers(*over, same, of, level),
            ExprKind::DaysFrom { from, to } => Text::of("the days from ")
                .join(self.held(from, level, Hold::Phrase, false))
                .and(" to ")
                .join(self.held(to, level, Hold::Phrase, true)),
            ExprKind::ListOf { op, items } => self.list_of(*op, items, level),
            ExprKind::Series { op, operand } => Text::of(match op {
                SeriesOp::RunningTotal => "the running total of ",
                SeriesOp::HighestSoFar => "the highest so far of ",
                SeriesOp::LowestSoFar => "the lowest so far of ",
            })
            .join(self.held(operand, level, Hold::Product, true)),
            ExprKind::Earlier { periods, operand } => {
                self.held(operand, level, Hold::Phrase, false).and(format!(" {}", self.earlier(*periods, level)))
            }
            ExprKind::InPeriod { over, operand, period } => self
                .held(operand, Level::Table(*over), Hold::Phrase, false)
                .and(" in ")
                .join(self.held(period, level, Hold::Phrase, true)),
            ExprKind::Rank { over, operand, from_highest } => {
                self.place(*over, operand, *from_highest, Text::new(), level)
            }
            ExprKind::PaidSoFar(_) => Text::of("what was paid so far"),
            // A model without errors holds none.
            ExprKind::Broken => Text::code(self.written(expr.span)),
        }
    }

    fn literal(&self, expr: &Expr, value: &Value) -> String {
        let written = self.written(expr.span);
        match value {
            // `£3.8bn` reads better than its eleven digits.
            Value::Number(_) if !written.is_empty() => written,
            _ => self.value(value, &expr.ty),
        }
    }

    fn arithmetic(&self, op: ArithmeticOp, left: &Expr, right: &Expr, level: Level) -> Text {
        let (word, hold, right_hold) = match op {
            ArithmeticOp::Add => ("plus", Hold::Sum, Hold::Product),
            ArithmeticOp::Subtract => ("minus", Hold::Sum, Hold::Product),
            ArithmeticOp::Multiply => ("times", Hold::Product, Hold::Phrase),
            ArithmeticOp::Divide => ("divided by", Hold::Product, Hold::Phrase),
        };
        self.held(left, level, hold, false).and(format!(" {word} ")).join(self.held(right, level, right_hold, true))
    }

    /// Operands of `and` or `or` in a row.
    pub(super) fn joined(&self, operands: &[Expr], word: &str, level: Level) -> Text {
        let last = operands.len().saturating_sub(1);
        let mut text = Text::new();
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                text.say(&format!(" {word} "));
            }
            text.append(self.truth(operand, level, Hold::Not, index == last));
        }
        text
    }

    /// `one quarter earlier`
    fn earlier(&self, periods: i32, level: Level) -> String {
        let series = match level {
            Level::Table(table) => self.model.table(table).series,
            Level::Nation => None,
        };
        let (kind, per_year) =
            series.map_or(("period", i32::MAX), |series| (series.kind.word(), series.kind.per_year()));
        match periods {
            n if n == per_year => "a year earlier".to_owned(),
            1 => format!("in the {kind} before"),
            n => format!("{n} {kind}s earlier"),
        }
    }

    /// Grounds: three or more that must all hold, or any of which is enough, stand under each other.
    pub(in crate::report::doc) fn grounds(&self, lead: &str, expr: &Expr, level: Level) -> Item {
        let (all, operands) = match &expr.kind {
            ExprKind::Logic { op, operands } if operands.len() > 2 => (*op == LogicOp::And, operands),
            ExprKind::ListOf { op: AggregateOp::All, items } if items.len() > 2 => (true, items),
            ExprKind::ListOf { op: AggregateOp::Any, items } if items.len() > 2 => (false, items),
            _ => {
                let truth = self.truth(expr, level, Hold::Choice, true);
                return Item::of(Text::of(format!("{lead} ")).join(truth).sentence());
            }
        };
        let these = if all { "all of these hold:" } else { "any of these holds:" };
        let parts = operands.iter().map(|operand| Item::of(self.held(operand, level, Hold::Choice, true)));
        Item { text: Text::of(format!("{lead} {these}")).sentence(), parts: parts.collect() }
    }

    /// A value, its cases under each other where it chooses.
    pub(in crate::report::doc) fn cases(&self, lead: &str, expr: &Expr, level: Level) -> Item {
        let mut parts = Vec::new();
        let mut rest = expr;
        while let ExprKind::If { condition, then, otherwise } = &rest.kind {
            let case = Text::of("if ")
                .join(self.truth(condition, level, Hold::Logic, false))
                .and(": ")
                .join(self.held(then, level, Hold::Logic, true));
            parts.push(Item::of(case));
            rest = otherwise;
        }
        if parts.is_empty() {
            return Item::of(Text::of(format!("{lead} ")).join(self.expression(expr, level)).sentence());
        }
        parts.push(Item::of(Text::of("otherwise: ").join(self.expression(rest, level))));
        Item { text: Text::of(format!("{lead}:")).sentence(), parts }
    }
}

/// A comparison as words, by what is compared.
pub(super) fn comparison(op: CompareOp, ty: &Type) -> &'static str {
    let is_time = matches!(ty, Type::Date | Type::Period(_));
    match (op, is_time) {
        (CompareOp::AtMost, true) if *ty == Type::Date => "is on or before",
        (CompareOp::AtLeast, true) if *ty == Type::Date => "is on or after",
        (CompareOp::Is, _) => "is",
        (CompareOp::IsNot, _) => "is not",
        (CompareOp::Below, false) => "is less than",
        (CompareOp::AtMost, false) => "is at most",
        (CompareOp::Above, false) => "is more than",
        (CompareOp::AtLeast, false) => "is at least",
        (CompareOp::Below, true) => "is before",
        (CompareOp::AtMost, true) => "is not after",
        (CompareOp::Above, true) => "is after",
        (CompareOp::AtLeast, true) => "is not before",
    }
}

pub(super) fn logic(op: LogicOp) -> &'static str {
    match op {
        LogicOp::And => "and",
        LogicOp::Or => "or",
    }
}

fn hold(expr: &Expr) -> Hold {
    match &expr.kind {
        ExprKind::If { .. } => Hold::Choice,
        ExprKind::Logic { .. } => Hold::Logic,
        ExprKind::Not(_) => Hold::Not,
        ExprKind::Compare { .. } | ExprKind::IsMissing { .. } | ExprKind::RoundsTo { .. } => Hold::Comparison,
        ExprKind::Arithmetic { op: ArithmeticOp::Add | ArithmeticOp::Subtract, .. } => Hold::Sum,
        ExprKind::Arithmetic { .. } => Hold::Product,
        ExprKind::Negate(_)
        | ExprKind::SizeOf(_)
        | ExprKind::Aggregate { .. }
        | ExprKind::WeightedMean { .. }
        | ExprKind::Peers { .. }
        | ExprKind::DaysFrom { .. }
        | ExprKind::ListOf { .. }
        | ExprKind::Series { .. }
        | ExprKind::Earlier { .. }
        | ExprKind::InPeriod { .. }
        | ExprKind::Rank { .. }
        | ExprKind::ParameterIn { .. } => Hold::Phrase,
        ExprKind::Literal(_)
        | ExprKind::Column(_)
        | ExprKind::Result(_)
        | ExprKind::Parameter(_)
        | ExprKind::PaidSoFar(_)
        | ExprKind::Broken => Hold::Atom,
    }
}

fn reach(expr: &Expr) -> Reach {
    match &expr.kind {
        ExprKind::If { .. } => Reach::Condition,
        ExprKind::Peers { of, .. } => reach(of),
        ExprKind::Aggregate { condition, .. } | ExprKind::WeightedMean { condition, .. } => {
            if condition.is_some() {
                Reach::Condition
            } else {
                Reach::Phrase
            }
        }
        ExprKind::Rank { .. } | ExprKind::DaysFrom { .. } | ExprKind::ListOf { .. } | ExprKind::Series { .. } => {
            Reach::Phrase
        }
        ExprKind::ParameterIn { period, .. } => reach(period),
        ExprKind::Compare { right, .. } => reach(right),
        ExprKind::Arithmetic { right, .. } => reach(right),
        ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::SizeOf(inner) => reach(inner),
        _ => Reach::Closed,
    }
}
