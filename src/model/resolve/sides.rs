//! The two sides of an operator in words, and how two quantities clash.
//!
//! In: typed expressions that do not go together. Out: the problem, with what each side is, where that comes
//! from, and what is usually meant.

use super::{Resolver, literal_number};
use crate::model::error::types::Side;
use crate::model::error::{names, periods, types, units};
use crate::model::units::{Clash, Term};
use crate::model::{Basis, Dimension, Expr, ExprKind, Quantity, Scale, Type, wording};
use crate::source::Span;
use crate::suggest;
use crate::value::{Number, Value};

impl Resolver<'_> {
    /// An expression as one side of a problem.
    pub(super) fn side(&self, expr: &Expr) -> Side {
        Side { span: expr.span, phrase: wording::phrase(&expr.ty, &self.model), origin: self.origin(expr) }
    }

    /// Where the type of an expression comes from, if it is declared elsewhere.
    fn origin(&self, expr: &Expr) -> Option<(Span, String)> {
        let mut expr = expr;
        // Follows what decides the type; a literal or an operator decides it itself.
        loop {
            match &expr.kind {
                ExprKind::Column(id) => {
                    let column = self.model.column(*id);
                    return Some((column.span, self.declared(&column.name, &column.ty)));
                }
                ExprKind::Result(id) => {
                    let declaration = self.model.declaration(*id);
                    return Some((declaration.name_span, self.declared(&declaration.name, &declaration.ty)));
                }
                ExprKind::Parameter(id) | ExprKind::ParameterIn { parameter: id, .. } => {
                    let parameter = self.model.parameter(*id);
                    return Some((parameter.span, self.declared(&parameter.name, &parameter.ty)));
                }
                ExprKind::Aggregate { operand: Some(inner), .. }
                | ExprKind::WeightedMean { operand: inner, .. }
                | ExprKind::Peers { of: inner, .. }
                | ExprKind::Negate(inner)
                | ExprKind::SizeOf(inner)
                | ExprKind::Series { operand: inner, .. }
                | ExprKind::Earlier { operand: inner, .. }
                | ExprKind::InPeriod { operand: inner, .. }
                    if inner.ty.quantity().map(|q| &q.dimension) == expr.ty.quantity().map(|q| &q.dimension) =>
                {
                    expr = inner;
                }
                _ => return None,
            }
        }
    }

    fn declared(&self, name: &str, ty: &Type) -> String {
        format!("`{name}` is declared here as {}", wording::phrase(ty, &self.model))
    }

    /// Two sides of which the wrong one is the literal, else the right one.
    pub(super) fn wrong_and_other<'e>(left: &'e Expr, right: &'e Expr) -> (&'e Expr, &'e Expr) {
        let is_literal = |expr: &Expr| matches!(expr.kind, ExprKind::Literal(_));
        if is_literal(left) && !is_literal(right) { (left, right) } else { (right, left) }
    }

    /// An expression as a term of units.
    pub(super) fn term<'e>(expr: &'e Expr, quantity: &'e Quantity) -> Term<'e> {
        Term { quantity, literal: literal_number(expr) }
    }

    /// Tells that two quantities do not go together. `done` is what was to be done: "added", "compared".
    pub(super) fn clash(&mut self, clash: Clash, left: &Expr, right: &Expr, done: &str) {
        let (Type::Quantity(left_quantity), Type::Quantity(_)) = (&left.ty, &right.ty) else { return };
        let (wrong, other) = Self::wrong_and_other(left, right);
        let (mut wrong_side, mut other_side) = (self.side(wrong), self.side(other));
        let problem = match clash {
            Clash::PeriodAndToDate => {
                let (period, to_date) = if left_quantity.basis == Basis::Each { (left, right) } else { (right, left) };
                let help = format!(
                    "write `running total of {}` to bring both to date, or read the figure of one period on both sides",
                    self.one_name(period.span)
                );
                units::period_and_to_date(done, period.span, to_date.span, &help)
            }
            Clash::ShareAndPoints => {
                let (share, points) = if left_quantity.scale == Scale::Share { (left, right) } else { (right, left) };
                let help = self.share_or_points(share, points);
                units::share_and_points(done, &wrong_side, &other_side, &help)
            }
            Clash::ShareAndNumber | Clash::PointsAndNumber => {
                let is_plain = |expr: &Expr| expr.ty == Type::Quantity(Quantity::plain());
                if !is_plain(wrong) && is_plain(other) {
                    std::mem::swap(&mut wrong_side, &mut other_side);
                }
                let number = if is_plain(left) { left } else { right };
                let help = match (literal_number(number), clash) {
                    (Some(number), Clash::ShareAndNumber) => format!("write `{}`", percent(number, "%")),
                    (Some(number), _) => format!("write `{}`", percent(number, " percentage points")),
                    (None, _) => "a share is a part of a whole: divide by the whole, or write the figure as a percent such as `3.5%`".to_owned(),
                };
                units::share_and_number(done, &wrong_side, &other_side, &help)
            }
            Clash::Dimension => self.dimensions(wrong, other, done),
        };
        self.report.push(problem);
    }

    /// Quantities that count different things.
    fn dimensions(&self, wrong: &Expr, other: &Expr, done: &str) -> crate::problem::Problem {
        let (wrong_side, other_side) = (self.side(wrong), self.side(other));
        let none = Dimension::none();
        let dimension = |expr: &Expr| expr.ty.quantity().map_or_else(Dimension::none, |q| q.dimension.clone());
        let (wrong_dimension, other_dimension) = (dimension(wrong), dimension(other));
        let is_bare =
            |expr: &Expr| expr.ty.quantity().is_some_and(|q| q.dimension.is_none() && q.scale == Scale::Plain);
        if is_bare(wrong) && literal_number(wrong).is_some() && other_dimension != none {
            let written = self.text(wrong.span).to_owned();
            let help = format!("write `{}`", self.with_unit(&written, &other_dimension));
            return if wording::is_rate(&other_dimension) {
                units::without_base(done, &wrong_side, &other_side, &help)
            } else {
                units::without_unit(done, &wrong_side, &other_side, &help)
            };
        }
        // A count beside a rate whose upper part it is: the base was forgotten.
        let (rate, count) = if wording::is_rate(&other_dimension) {
            (&other_dimension, &wrong_dimension)
        } else {
            (&wrong_dimension, &other_dimension)
        };
        if wording::is_rate(rate) && !wording::is_rate(count) && *count != none && above_the_line(rate) == *count {
            let count_expr = if *count == wrong_dimension { wrong } else { other };
            let below = below_the_line(rate, self);
            let written = self.text(count_expr.span).to_owned();
            let help = if literal_number(count_expr).is_some() {
                format!("write `{written} per {}`", base(&below))
            } else {
                format!("divide it by {below} first, so that both are rates")
            };
            return units::without_base(done, &wrong_side, &other_side, &help);
        }
        let is_share = |expr: &Expr| expr.ty.quantity().is_some_and(|q| q.scale == Scale::Share);
        if let Some(share) = [wrong, other].into_iter().find(|side| is_share(side)) {
            let help = format!("say of what it is a share, as in `{} * …`", self.one_name(share.span));
            return units::mismatch(done, &wrong_side, &other_side, &help);
        }
        let help = self.usual_fix(&wrong_dimension, &other_dimension);
        units::mismatch(done, &wrong_side, &other_side, &help)
    }

    /// A plain number as it would be written in a unit.
    pub(super) fn with_unit(&self, written: &str, dimension: &Dimension) -> String {
        let currency = &self.names.currency;
        let above = above_the_line(dimension);
        let head = if above == Dimension::money() {
            format!("{currency}{written}")
        } else {
            format!("{written} {}", wording::dimension_text(&above, &self.model))
        };
        if wording::is_rate(dimension) {
            format!("{head} per {}", base(&below_the_line(dimension, self)))
        } else {
            head
        }
    }

    /// What usually mends two dimensions.
    fn usual_fix(&self, one: &Dimension, other: &Dimension) -> String {
        let money = Dimension::money();
        let count = match (*one == money, *other == money) {
            (true, false) => other,
            (false, true) => one,
            _ => {
                return "bring both sides to the same unit, or divide one by the other where a rate is meant"
                    .to_owned();
            }
        };
        if count.is_none() {
            return format!("money is written with its sign, such as `{}100`", self.names.currency);
        }
        let text = wording::dimension_text(count, &self.model);
        format!("multiply {text} by money per {text}, such as `{}1,490 per {text}`", self.names.currency)
    }

    fn share_or_points(&self, share: &Expr, points: &Expr) -> String {
        match literal_number(points) {
            Some(number) => format!(
                "for the share itself write `{}`; percentage points are the difference of two shares, `a - b`",
                percent(number, "%")
            ),
            None => match (literal_number(share), &share.kind) {
                (Some(number), _) => {
                    format!("for a difference of two shares write `{}`", percent(number, " percentage points"))
                }
                (None, ExprKind::Parameter(id)) => {
                    let parameter = self.model.parameter(*id);
                    let figure = parameter.values.last().and_then(|dated| match &dated.value {
                        Value::Number(number) => Some(percent(number, " percentage points")),
                        _ => None,
                    });
                    let figure = figure.unwrap_or_else(|| "2 percentage points".to_owned());
                    format!(
                        "if a difference is meant, declare `{}` as `is {figure}`; else compare a share",
                        parameter.name
                    )
                }
                (None, _) => {
                    "percentage points are the difference of two shares; compare a share with a share".to_owned()
                }
            },
        }
    }

    /// The text of a place as the one name or bracket that follows words such as `running total of`.
    pub(super) fn one_name(&self, span: Span) -> String {
        let text = self.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.contains(' ') && !text.starts_with('(') { format!("({text})") } else { text }
    }

    /// Tells that two types do not go together.
    pub(super) fn other_types(&mut self, left: &Expr, right: &Expr, done: &str) {
        let (wrong, other) = Self::wrong_and_other(left, right);
        if self.label_for_name(left) || self.label_for_name(right) {
            return;
        }
        let problem = match (&wrong.ty, &other.ty) {
            (Type::Period(one), Type::Period(two)) => periods::kinds(other.span, *two, wrong.span, *one),
            (Type::Date, Type::Period(_)) | (Type::Period(_), Type::Date) => {
                let (one, two) = (self.side(wrong), self.side(other));
                periods::date_and_period(one.span, &one.phrase, two.span, &two.phrase)
            }
            _ => {
                let help = self.help_for_types(wrong, &other.ty);
                types::mismatch(done, &self.side(wrong), &self.side(other), &help)
            }
        };
        self.report.push(problem);
    }

    /// What is usually meant where a value of one type meets another type.
    pub(super) fn help_for_types(&self, wrong: &Expr, wanted: &Type) -> String {
        let text = match &wrong.kind {
            ExprKind::Literal(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        match (wanted, text) {
            (Type::YesNo, Some(text)) if matches!(text.as_str(), "yes" | "no") => {
                format!("write `{text}` without quotes")
            }
            (Type::YesNo, _) => match literal_number(wrong) {
                Some(number) if *number == Number::one() => "write `yes`".to_owned(),
                Some(number) if number.is_zero() => "write `no`".to_owned(),
                _ => "write `yes` or `no`, or compare it so that it is one of them".to_owned(),
            },
            (Type::Date, Some(_)) => "write the date without quotes, such as `19 September 2014`".to_owned(),
            (Type::Date, None) => "write a date such as `19 September 2014`".to_owned(),
            (Type::Period(_), _) => "write a period such as `Q4 2014-15`, without quotes".to_owned(),
            (Type::Choice(values), _) => {
                format!("write one of {}, in quotes", wording::listed(values.iter().map(String::as_str)))
            }
            (Type::Quantity(_), Some(text)) if text.starts_with(|c: char| c.is_ascii_digit() || c == '£') => {
                format!("write `{text}` without quotes")
            }
            (Type::Text, _) => "write a text in quotes".to_owned(),
            (Type::Quantity(quantity), _) => format!("write {}", self.example(quantity)),
            _ => "bring both sides to the same type".to_owned(),
        }
    }

    /// A literal of a quantity, as an example.
    fn example(&self, quantity: &Quantity) -> String {
        match quantity.scale {
            Scale::Share => "a percent such as `3.5%`".to_owned(),
            Scale::Points => "a difference such as `2 percentage points`".to_owned(),
            Scale::Plain if quantity.dimension.is_none() => "a number such as `1,500`".to_owned(),
            Scale::Plain => format!("a figure such as `{}`", self.with_unit("10", &quantity.dimension)),
        }
    }

    /// Tells that a text is the label of something whose name is meant; whether it was told.
    pub(super) fn label_for_name(&mut self, expr: &Expr) -> bool {
        let ExprKind::Literal(Value::Text(text)) = &expr.kind else { return false };
        let is_label = |label: &Option<String>| label.as_deref() == Some(text.as_ref());
        let model = &self.model;
        let column = model.columns.iter().find(|one| is_label(&one.label)).map(|one| (one.name.clone(), one.span));
        let rule =
            || model.declarations.iter().find(|one| is_label(&one.label)).map(|one| (one.name.clone(), one.name_span));
        let parameter =
            || model.parameters.iter().find(|one| is_label(&one.label)).map(|one| (one.name.clone(), one.span));
        let Some((name, at)) = column.or_else(rule).or_else(parameter) else { return false };
        self.report.push(names::label_for_name(text, expr.span, &name, at));
        true
    }

    /// Tells that a text is not among the values of a choice.
    pub(super) fn not_among(&mut self, written: &str, span: Span, choice: &Expr) {
        let Type::Choice(values) = &choice.ty else { return };
        let near = suggest::nearest(written, values.iter().map(String::as_str)).map(|near| format!("\"{near}\""));
        let side = self.side(choice);
        self.report.push(types::not_among(written, span, &side, near.as_deref()));
    }
}

/// The part of a rate above the line.
fn above_the_line(dimension: &Dimension) -> Dimension {
    Dimension {
        money: dimension.money.max(0),
        units: dimension.units.iter().filter(|(_, power)| **power > 0).map(|(unit, power)| (*unit, *power)).collect(),
    }
}

/// The first unit below the line.
fn below_the_line(dimension: &Dimension, resolver: &Resolver<'_>) -> String {
    let unit = dimension.units.iter().find(|(_, power)| **power < 0);
    unit.map_or_else(|| "money".to_owned(), |(unit, _)| resolver.model.unit(*unit).name.clone())
}

/// The base that is usual for a unit below the line: rates of people are per 100,000.
fn base(below: &str) -> String {
    if matches!(below, "people" | "population" | "residents" | "persons") {
        format!("100,000 {below}")
    } else {
        below.to_owned()
    }
}

/// A number as a percent: `3.5` is 3.5%, and so is `0.035`.
pub(super) fn percent(number: &Number, sign: &str) -> String {
    let hundred = Number::from(100);
    let is_fraction = number.size() <= Number::one() && !number.is_whole();
    let shown = if is_fraction || sign.starts_with(' ') && number.size() < Number::one() {
        number.multiply(&hundred).unwrap_or_else(|_| number.clone())
    } else {
        number.clone()
    };
    format!("{shown}{sign}")
}
