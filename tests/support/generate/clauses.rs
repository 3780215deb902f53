//! Formulas of made-up rules: where a value starts, and the clauses below it.

use super::expression::{Here, Made, Writer};
use super::number::left_over;
use super::quantity::{
    ADMISSIONS, ADMISSIONS_A_PERSON, Allowed, Basis, DAYS, MONEY, MONEY_A_PERSON, NONE, PEOPLE, Quantity, Scale, Want,
    either, subtract,
};
use super::rows;
use super::world::Kind;

/// The lines of a formula, and what its value is in the end.
#[derive(Debug)]
pub(crate) struct Formula {
    pub(crate) lines: Vec<String>,
    pub(crate) quantity: Quantity,
}

impl Writer<'_> {
    /// A formula of a wanted kind.
    pub(crate) fn formula(&mut self, name: &str, want: Want, here: Here, depth: usize, may_pay: bool) -> Formula {
        let table = if self.random.chance(12) { rows::of_figures(self, name, want, here) } else { None };
        let mut formula = table.unwrap_or_else(|| {
            let start = self.number(want, here, depth);
            Formula { lines: vec![format!("is {}", start.text)], quantity: start.quantity }
        });
        for _ in 0..self.random.below(5) {
            self.clause(&mut formula, here, depth.min(2), may_pay);
        }
        formula
    }

    fn clause(&mut self, formula: &mut Formula, here: Here, depth: usize, may_pay: bool) {
        match self.random.below(12) {
            0 | 1 => self.bound(formula, "at least", here, depth),
            2 | 3 => self.bound(formula, "at most", here, depth),
            4 | 5 => self.less(formula, here, depth),
            6..=8 => self.rounded(formula),
            9 => {
                let instead = self.number(Want::like(formula.quantity).with(Allowed::Any), here, depth.min(1));
                formula.quantity = either(formula.quantity, instead.quantity);
                formula.lines.push(format!("if missing {}", instead.text));
            }
            10 if may_pay => {
                let condition = self.logic(here, depth);
                formula.lines.push(format!("only if {}", condition.text));
            }
            _ => self.exceptions(formula, here, depth.min(1)),
        }
    }

    fn bound(&mut self, formula: &mut Formula, words: &str, here: Here, depth: usize) {
        let bound = if self.random.chance(40) {
            self.literal(Want::like(formula.quantity))
        } else {
            self.number(Want::like(formula.quantity), here, depth)
        };
        keep_basis(&mut formula.quantity, &bound);
        formula.lines.push(format!("{words} {}", bound.text));
    }

    fn less(&mut self, formula: &mut Formula, here: Here, depth: usize) {
        let is_to_date = formula.quantity.basis == Basis::ToDate;
        let amount = if here.is_payment && formula.quantity.dimension == MONEY && (is_to_date || self.random.chance(30))
        {
            Made::paid_so_far()
        } else {
            self.number(Want::like(formula.quantity), here, depth)
        };
        // A figure of one period and `paid so far` do not meet.
        if amount.reads_paid && formula.quantity.basis == Basis::Each {
            return;
        }
        let before = Made::one("").with(formula.quantity);
        let mut after = subtract(formula.quantity, amount.quantity);
        after.basis = left_over(after.basis, &before, &amount);
        formula.quantity = after;
        let mut line = format!("less {}", amount.text);
        if self.random.chance(60) {
            let floor = if self.random.chance(70) {
                self.literal(Want::like(after))
            } else {
                self.number(Want::like(after), here, depth.min(1))
            };
            keep_basis(&mut formula.quantity, &floor);
            line.push_str(&format!(", never below {}", floor.text));
        }
        formula.lines.push(line);
    }

    fn rounded(&mut self, formula: &mut Formula) {
        let step = match (formula.quantity.dimension, formula.quantity.scale) {
            (MONEY, _) => self.random.word(&["£1", "£0.01", "£10", "£0.5", "£1,000", "£25", "£0.03"]),
            (PEOPLE, _) => self.random.word(&["1 people", "10 people", "0.5 people"]),
            (ADMISSIONS, _) => self.random.word(&["1 admissions", "5 admissions"]),
            (DAYS, _) => "7 days",
            (MONEY_A_PERSON, _) => "£0.01 per people",
            (ADMISSIONS_A_PERSON, _) => "1 admissions per 100,000 people",
            (NONE, Scale::Share) => self.random.word(&["1%", "0.1%", "0.01%", "5%"]),
            (NONE, Scale::Points) => self.random.word(&["1 percentage points", "0.1 percentage points"]),
            (NONE, Scale::Plain) => self.random.word(&["1", "0.1", "0.001", "10", "7"]),
            _ => return,
        };
        formula.lines.push(match self.random.below(5) {
            0 | 1 => format!("rounded to the nearest {step}"),
            2 => format!("rounded to the nearest {step}, half to even"),
            3 => format!("rounded up to {step}"),
            _ => format!("rounded down to {step}"),
        });
    }

    /// Exceptions: one, ordered ones, or two that never apply together.
    fn exceptions(&mut self, formula: &mut Formula, here: Here, depth: usize) {
        // Those that follow each other would be one clause.
        if formula.lines.last().is_some_and(|line| line.contains("unless ")) {
            return;
        }
        let want = Want::like(formula.quantity).with(Allowed::Any);
        let mut one = |writer: &mut Self, condition: String, word: &str| {
            let then = writer.number(want, here, depth);
            formula.quantity = either(formula.quantity, then.quantity);
            formula.lines.push(format!("{word} {condition} then {}", then.text));
        };
        if self.random.chance(35)
            && let Some((first, second)) = self.apart_conditions(here)
        {
            one(self, first, "unless");
            one(self, second, "unless");
            return;
        }
        let condition = self.logic(here, depth).text;
        one(self, condition, "unless");
        for _ in 0..self.random.below(3) {
            let condition = self.logic(here, depth).text;
            one(self, condition, "otherwise unless");
        }
    }

    /// Two conditions that cannot both hold.
    fn apart_conditions(&mut self, here: Here) -> Option<(String, String)> {
        match self.random.below(3) {
            0 => {
                let choice =
                    self.named(here, |named| matches!(&named.kind, Kind::Choice(values) if values.len() > 1))?;
                let kind =
                    self.world.named.iter().find(|named| {
                        named.name == choice.text || named.dotted.as_deref() == Some(choice.text.as_str())
                    })?;
                let Kind::Choice(values) = &kind.kind else { return None };
                let (first, second) = (values.first()?, values.get(1)?);
                Some((format!("{} is \"{first}\"", choice.text), format!("{} is \"{second}\"", choice.text)))
            }
            1 => {
                let answer = self.named(here, |named| named.kind == Kind::YesNo)?;
                Some((answer.text.clone(), format!("not {}", answer.text)))
            }
            _ => {
                let figure = self.named(
                    here,
                    |named| matches!(named.kind, Kind::Quantity(quantity) if quantity.dimension == MONEY),
                )?;
                Some((format!("{} < £5", figure.text), format!("{} >= £10", figure.text)))
            }
        }
    }
}

/// A bound of another stretch of time leaves no claim; a zero leaves it as it is.
fn keep_basis(quantity: &mut Quantity, bound: &Made) {
    let is_zero = bound.is_literal
        && bound.text.starts_with(['0', '£'])
        && !bound.text.contains(|c: char| ('1'..='9').contains(&c));
    if quantity.basis != bound.quantity.basis && !is_zero {
        quantity.basis = Basis::None;
    }
}
