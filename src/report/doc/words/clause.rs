//! Clauses in words, in the order in which they apply.

use super::Words;
use super::expression::Hold;
use crate::model::{ClauseKind, Declaration, DeclarationKind, Exception, ExprKind, Formula, Level, Start, Type};
use crate::report::doc::document::{Block, Item, Text};
use crate::source::Span;
use crate::value::{Number, RoundMode, Value};

impl Words<'_> {
    /// A formula: a sentence where it only starts, else a numbered list of what is done.
    pub(in crate::report::doc) fn formula(&self, declaration: &Declaration, formula: &Formula) -> Vec<Block> {
        let level = declaration.level;
        let mut blocks = Vec::new();
        let mut steps = Vec::new();
        match &formula.start {
            Start::Is(expr) if formula.clauses.is_empty() => {
                let is_choice = matches!(expr.kind, ExprKind::If { .. });
                let item = match declaration.ty {
                    Type::YesNo if !is_choice => self.grounds("It is yes where", expr, level),
                    _ => self.cases("It is", expr, level),
                };
                blocks.extend(with_parts(item));
            }
            Start::Is(expr) => steps.push(self.cases("it starts as", expr, level)),
            Start::Table(table) => blocks.extend(self.table(declaration, table)),
        }
        for clause in &formula.clauses {
            steps.extend(self.clause(&clause.kind, &declaration.ty, level));
        }
        if !steps.is_empty() {
            let lead = match formula.start {
                Start::Is(_) => "It is worked out in this order:",
                Start::Table(_) => "What the table gives is then, in this order:",
            };
            blocks.push(Block::Paragraph(Text::of(lead)));
            let items = steps.into_iter().map(|item| Item { text: item.text.sentence(), parts: item.parts });
            blocks.push(Block::List { is_ordered: true, items: items.collect() });
        }
        blocks
    }

    /// The sentences of one clause; exceptions that follow each other are one clause and several sentences.
    fn clause(&self, kind: &ClauseKind, ty: &Type, level: Level) -> Vec<Item> {
        let one = |lead: &str, expr| vec![self.cases(lead, expr, level)];
        match kind {
            ClauseKind::AtLeast(expr) => one("but at least", expr),
            ClauseKind::AtMost(expr) => one("but at most", expr),
            ClauseKind::IfMissing(expr) => one("where there is no figure,", expr),
            ClauseKind::Less { amount, never_below } => {
                let mut item = self.cases("less", amount, level);
                if let Some(floor) = never_below {
                    let floor = Text::of("but never below ").join(self.held(floor, level, Hold::Sum, true));
                    // The floor stands before the cases, where there are any: it is that of the whole.
                    item.text = match item.parts.is_empty() {
                        true => {
                            Text::of("less ").join(self.held(amount, level, Hold::Sum, false)).and(", ").join(floor)
                        }
                        false => Text::of("less, ").join(floor).and(":"),
                    };
                }
                vec![item]
            }
            ClauseKind::Rounded { mode, step } => vec![Item::of(Text::of(self.rounded(*mode, step, ty)))],
            ClauseKind::OnlyIf(condition) => {
                let nothing = self.value(&Value::Number(Number::zero()), ty);
                let mut item = self.grounds("only if", condition, level);
                if item.parts.is_empty() {
                    let condition = self.truth(condition, level, Hold::Logic, false);
                    item.text = Text::of("only if ").join(condition).and(format!("; otherwise {nothing}"));
                } else {
                    item.text = Text::of(format!("{nothing}, unless all of these hold:"));
                }
                vec![item]
            }
            ClauseKind::Unless(exceptions) => {
                exceptions.iter().flat_map(|exception| self.exception(exception, level)).collect()
            }
        }
    }

    fn exception(&self, exception: &Exception, level: Level) -> Vec<Item> {
        let sentence = |(index, (condition, value)): (usize, &(crate::model::Expr, crate::model::Expr))| {
            let lead = if index == 0 { "unless " } else { "otherwise, unless " };
            let text = Text::of(lead)
                .join(self.truth(condition, level, Hold::Logic, false))
                .and(", in which case it is ")
                .join(self.expression(value, level));
            Item::of(text)
        };
        exception.cases.iter().enumerate().map(sentence).collect()
    }

    /// `rounded to the nearest £1`
    pub(in crate::report::doc) fn rounded(&self, mode: RoundMode, step: &Number, ty: &Type) -> String {
        let step = self.value(&Value::Number(step.clone()), ty);
        match mode {
            RoundMode::Nearest => format!("rounded to the nearest {step}"),
            RoundMode::NearestEven => format!("rounded to the nearest {step}, a half to the even one"),
            RoundMode::Up => format!("rounded up to the next {step}"),
            RoundMode::Down => format!("rounded down to the {step} below"),
        }
    }

    /// What a declaration says, in words.
    pub(in crate::report::doc) fn declaration(&self, declaration: &Declaration) -> Vec<Block> {
        let level = declaration.level;
        match &declaration.kind {
            DeclarationKind::Measure(formula)
            | DeclarationKind::Payment(formula)
            | DeclarationKind::Decision(formula)
            | DeclarationKind::OutcomePart(formula) => self.formula(declaration, formula),
            DeclarationKind::Condition { met, exemptions } => {
                let mut blocks = with_parts(self.grounds("met when", met, level));
                for exemption in exemptions {
                    blocks.extend(with_parts(self.grounds("it does not apply where", exemption, level)));
                }
                blocks
            }
            DeclarationKind::Permission { used } => with_parts(self.grounds("it is used when", used, level)),
            DeclarationKind::Check { holds } => with_parts(self.grounds("it holds when", holds, level)),
            DeclarationKind::Discretion(choice) => {
                let choice =
                    self.held(choice, level, Hold::Sum, false).and(" is left to them: it is reported and never tested");
                vec![Block::Paragraph(choice.sentence())]
            }
            DeclarationKind::Ladder { steps, up, down, again } => {
                let mut blocks = vec![Block::Paragraph(Text::of(format!("The steps: {}.", steps.join(", "))))];
                let clauses = [("it starts again when", again.as_ref()), ("one step up when", Some(up))];
                for (lead, when) in clauses.into_iter().chain([("one step down when", down.as_ref())]) {
                    blocks.extend(when.iter().flat_map(|when| with_parts(self.grounds(lead, when, level))));
                }
                blocks
            }
            DeclarationKind::Allocation { pot, weight, step, least, greatest } => {
                let records = match level {
                    Level::Table(table) => self.plural(table).to_owned(),
                    Level::Nation => "records".to_owned(),
                };
                let shared = self
                    .held(pot, Level::Nation, Hold::Sum, false)
                    .and(format!(" is shared out among all {records}, in proportion to "))
                    .join(self.held(weight, level, Hold::Sum, true));
                let mut blocks = vec![Block::Paragraph(shared.sentence())];
                for (lead, bound) in [("each gets at least", least), ("each gets at most", greatest)] {
                    blocks.extend(bound.iter().flat_map(|bound| with_parts(self.cases(lead, bound, level))));
                }
                let step = self.value(&Value::Number(step.clone()), &declaration.ty);
                blocks.push(Block::Paragraph(Text::of(format!(
                    "Parts are multiples of {step} and add up to the whole exactly: what is left over goes, {step} at a \
                     time, to the largest fractions, and between equals in the order of their codes."
                ))));
                blocks
            }
            DeclarationKind::Outcome { lower_is_better, baseline, target, actual } => {
                self.outcome(*lower_is_better, *baseline, *target, *actual)
            }
        }
    }
}

/// An item as a paragraph, its parts as a list under it.
pub(in crate::report::doc) fn with_parts(item: Item) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(item.text.sentence())];
    if !item.parts.is_empty() {
        blocks.push(Block::List { is_ordered: false, items: item.parts });
    }
    blocks
}

/// A step of a formula: where it is written, and what it does.
pub(in crate::report::doc) struct WordedStep {
    /// Where it is written.
    pub(in crate::report::doc) span: Span,
    /// What it does.
    pub(in crate::report::doc) text: Text,
}

impl Words<'_> {
    /// Where a formula starts and each of its clauses, in words; nothing for what has no clauses.
    pub(in crate::report::doc) fn steps(&self, declaration: &Declaration) -> Vec<WordedStep> {
        let (DeclarationKind::Measure(formula)
        | DeclarationKind::Payment(formula)
        | DeclarationKind::Decision(formula)
        | DeclarationKind::OutcomePart(formula)) = &declaration.kind
        else {
            return Vec::new();
        };
        if formula.clauses.is_empty() {
            return Vec::new();
        }
        let level = declaration.level;
        let start = match &formula.start {
            Start::Is(expr) => WordedStep { span: expr.span, text: self.expression(expr, level) },
            Start::Table(table) => WordedStep { span: table.span, text: Text::of("the row that fits") },
        };
        let clauses = formula.clauses.iter().map(|clause| {
            let items = self.clause(&clause.kind, &declaration.ty, level).into_iter().map(Item::on_one_line);
            WordedStep { span: clause.span, text: Text::apart(items.collect()) }
        });
        std::iter::once(start).chain(clauses).collect()
    }
}
