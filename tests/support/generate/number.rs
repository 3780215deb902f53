//! Expressions that are numbers, of a wanted kind.

use super::expression::{Here, Made, Writer};
use super::quantity::{
    ADMISSIONS, ADMISSIONS_A_PERSON, Allowed, Basis, DAYS, Dimension, MONEY, MONEY_A_PERSON, NONE, PEOPLE, Quantity,
    Scale, Want, add, divide, either, multiply, subtract,
};
use super::world::{Kind, Named};

/// Expressions longer than this are not made: a line holds 2,000 bytes.
const LONGEST: usize = 600;

impl Writer<'_> {
    /// A number of the wanted kind.
    pub(crate) fn number(&mut self, want: Want, here: Here, depth: usize) -> Made {
        if depth > 0 && self.random.chance(85) {
            for _ in 0..4 {
                if let Some(made) = self.made_of_others(want, here, depth - 1)
                    && want.takes(made.quantity)
                    && made.text.len() < LONGEST
                {
                    return made;
                }
            }
        }
        self.single(want, here)
    }

    /// A name or a literal.
    fn single(&mut self, want: Want, here: Here) -> Made {
        if self.random.chance(88) {
            let takes = |named: &Named| matches!(named.kind, Kind::Quantity(quantity) if want.takes(quantity));
            if self.random.chance(20)
                && let Some(made) = self.parameter(want)
            {
                return made;
            }
            if let Some(made) = self.named(here, takes) {
                return made;
            }
        }
        self.literal(want)
    }

    fn parameter(&mut self, want: Want) -> Option<Made> {
        let world = self.world;
        let fits: Vec<_> = world
            .parameters
            .iter()
            .filter_map(|parameter| match parameter.kind {
                Kind::Quantity(quantity) if want.takes(quantity) => Some((parameter.name.as_str(), quantity)),
                _ => None,
            })
            .collect();
        let (name, quantity) = self.random.pick(&fits)?;
        Some(Made::one(*name).with(*quantity))
    }

    /// A literal of the wanted kind; of a dimension that nobody writes, a quotient or product of literals.
    pub(crate) fn literal(&mut self, want: Want) -> Made {
        let quantity = Quantity { dimension: want.dimension, scale: want.scale, basis: Basis::None };
        let one = |text: String| Made { is_literal: true, ..Made::one(text) }.with(quantity);
        let count = self.random.word(&["1", "2", "3", "10", "12", "100", "2,500", "0", "7"]);
        match (want.dimension, want.scale) {
            (MONEY, _) => one(self
                .random
                .word(&["£0", "£1", "£5", "£10", "£0.05", "£1,490", "£2.5m", "£100k", "£0.005", "£1bn", "£33.33"])
                .to_owned()),
            (PEOPLE, _) => one(format!("{count} people")),
            (ADMISSIONS, _) => one(format!("{count} admissions")),
            (DAYS, _) => one(format!("{count} days")),
            (MONEY_A_PERSON, _) => {
                one(self.random.word(&["£1,490 per people", "£2 per people", "£0.5 per people"]).to_owned())
            }
            (ADMISSIONS_A_PERSON, _) => {
                one(self.random.word(&["475 admissions per 100,000 people", "1 admissions per 10 people"]).to_owned())
            }
            (NONE, Scale::Share) => {
                one(self.random.word(&["3.5%", "50%", "0%", "100%", "12.25%", "0.01%", "150%", "33.3%"]).to_owned())
            }
            (NONE, Scale::Points) => one(self
                .random
                .word(&["2 percentage points", "0.5 percentage points", "10 percentage points"])
                .to_owned()),
            (NONE, Scale::Plain) => one(self
                .random
                .word(&["2", "3", "0.5", "10", "100", "7", "1.25", "1,000", "0.001", "6.999"])
                .to_owned()),
            (dimension, _) => self.odd_literal(dimension, quantity),
        }
    }

    fn odd_literal(&mut self, dimension: Dimension, quantity: Quantity) -> Made {
        let names = ["£2", "3 people", "5 admissions", "4 days"];
        let mut above = vec!["1"];
        let mut below = Vec::new();
        for (power, name) in dimension.iter().zip(names) {
            for _ in 0..power.unsigned_abs() {
                if *power > 0 { above.push(name) } else { below.push(name) }
            }
        }
        let text = match below.as_slice() {
            [] => above.join(" * "),
            below => format!("({}) / ({})", above.join(" * "), below.join(" * ")),
        };
        Made::apart(text).with(quantity)
    }

    fn made_of_others(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        if self.random.chance(8) {
            return self.further(want, here, depth);
        }
        match self.random.below(44) {
            0..=6 => Some(self.sum(want, here, depth)),
            7..=11 => Some(self.product(want, here, depth)),
            12..=16 => Some(self.quotient(want, here, depth)),
            17 | 18 => Some(self.through_another(want, here, depth)),
            19..=21 => Some(self.one_of_two(want, here, depth)),
            22 | 23 => Some(self.signed(want, here, depth)),
            24..=26 => self.list(want, here, depth),
            27..=30 => self.over_records(want, here, depth),
            31 => self.across(want, here, depth),
            32..=34 => self.so_far(want, here, depth),
            35 | 36 => self.earlier(want, here, depth),
            37 => self.counted(want, here, depth),
            38..=41 => self.in_period(want, here),
            _ => self.elsewhere(want, here, depth),
        }
    }

    /// Sums and differences; shares and points by their own rules.
    fn sum(&mut self, want: Want, here: Here, depth: usize) -> Made {
        // Figures of one period and totals to date do not meet.
        let want = match want.allowed {
            Allowed::Any if self.random.chance(50) => want.with(Allowed::NotToDate),
            Allowed::Any => want.with(Allowed::NotEach),
            _ => want,
        };
        let (share, points) = (Want::on(Scale::Share), Want::on(Scale::Points));
        let (left, right, plus) = match want.scale {
            Scale::Share => match self.random.below(3) {
                0 => {
                    let right = self.number(share.with(want.allowed), here, depth);
                    let text = format!("1 - {}", right.operand());
                    let quantity = Quantity { scale: Scale::Share, ..right.quantity };
                    return Made::of(text, &[&right]).with(quantity);
                }
                1 => (share, points, self.random.chance(50)),
                _ => (share, share, true),
            },
            Scale::Points if self.random.chance(50) => (share, share, false),
            _ => (want, want, self.random.chance(50)),
        };
        let left = self.number(left.with(want.allowed), here, depth);
        let right = self.number(right.with(want.allowed), here, depth);
        let sign = if plus { "+" } else { "-" };
        let mut quantity =
            if plus { add(left.quantity, right.quantity) } else { subtract(left.quantity, right.quantity) };
        if !plus {
            quantity.basis = left_over(quantity.basis, &left, &right);
        }
        Made::of(format!("{} {sign} {}", left.operand(), right.operand()), &[&left, &right]).with(quantity)
    }

    fn product(&mut self, want: Want, here: Here, depth: usize) -> Made {
        let scales = [Scale::Share, Scale::Plain];
        let by = Want::on(self.random.pick(&scales).copied().unwrap_or(Scale::Plain)).with(want.allowed);
        let (one, two) = match (want.dimension, want.scale) {
            (MONEY, _) if self.random.chance(25) => (Want::of(MONEY_A_PERSON), Want::of(PEOPLE)),
            (ADMISSIONS, _) if self.random.chance(25) => (Want::of(ADMISSIONS_A_PERSON), Want::of(PEOPLE)),
            (NONE, Scale::Share) => (Want::on(Scale::Share), Want::on(Scale::Share)),
            _ => (want, by),
        };
        let (one, two) = if self.random.chance(30) { (two, one) } else { (one, two) };
        let left = self.number(one.with(want.allowed), here, depth);
        let right = self.number(two.with(want.allowed), here, depth);
        let quantity = multiply(left.quantity, left.is_literal, right.quantity, right.is_literal);
        Made::of(format!("{} * {}", left.operand(), right.operand()), &[&left, &right]).with(quantity)
    }

    fn quotient(&mut self, want: Want, here: Here, depth: usize) -> Made {
        let (one, two) = match (want.dimension, want.scale) {
            (NONE, Scale::Share) => {
                let of = [MONEY, PEOPLE, ADMISSIONS, MONEY_A_PERSON];
                let of = Want::of(self.random.pick(&of).copied().unwrap_or(MONEY));
                (of, of)
            }
            (MONEY_A_PERSON, _) if self.random.chance(60) => (Want::of(MONEY), Want::of(PEOPLE)),
            (ADMISSIONS_A_PERSON, _) if self.random.chance(60) => (Want::of(ADMISSIONS), Want::of(PEOPLE)),
            (PEOPLE, _) if self.random.chance(30) => (Want::of(MONEY), Want::of(MONEY_A_PERSON)),
            _ if self.random.chance(50) => (want, Want::on(Scale::Share)),
            _ => (want, Want::on(Scale::Plain)),
        };
        let left = self.number(one.with(want.allowed), here, depth);
        let right = self.number(two.with(want.allowed), here, depth);
        let quantity = divide(left.quantity, right.quantity, right.is_literal);
        Made::of(format!("{} / {}", left.operand(), right.operand()), &[&left, &right]).with(quantity)
    }

    /// `(a * b) / c` with b and c alike: what stands between is large.
    fn through_another(&mut self, want: Want, here: Here, depth: usize) -> Made {
        let by = [Want::of(MONEY), Want::of(PEOPLE), Want::on(Scale::Plain), Want::of(ADMISSIONS)];
        let by = self.random.pick(&by).copied().unwrap_or(want).with(want.allowed);
        let (a, b, c) = (self.number(want, here, depth), self.number(by, here, 0), self.number(by, here, depth.min(1)));
        let product = multiply(a.quantity, a.is_literal, b.quantity, b.is_literal);
        let quantity = divide(product, c.quantity, c.is_literal);
        let text = format!("({} * {}) / {}", a.operand(), b.operand(), c.operand());
        Made::of(text, &[&a, &b, &c]).with(quantity)
    }

    fn one_of_two(&mut self, want: Want, here: Here, depth: usize) -> Made {
        let condition = self.logic(here, depth);
        let (then, otherwise) = (self.number(want, here, depth), self.number(want, here, depth));
        let text = format!("if {} then {} else {}", condition.text, then.text, otherwise.text);
        Made::of(text, &[&condition, &then, &otherwise]).with(either(then.quantity, otherwise.quantity))
    }

    fn signed(&mut self, want: Want, here: Here, depth: usize) -> Made {
        let inner = self.number(want, here, depth);
        let text = if self.random.chance(50) {
            format!("size of {}", inner.placed())
        } else {
            format!("-{}", inner.operand())
        };
        Made::of(text, &[&inner]).with(inner.quantity)
    }

    /// `least of (a, b)` and its like.
    fn list(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let op = self.random.word(&["least", "greatest", "sum", "mean", "median", "lower quartile", "upper quartile"]);
        let want = if want.allowed == Allowed::Any { want.with(Allowed::NotToDate) } else { want };
        let count = self.random.between(2, 4);
        let items: Vec<Made> = (0..count).map(|_| self.number(want, here, depth)).collect();
        let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        let combine = if op == "sum" { add } else { either };
        let quantity = items.iter().map(|item| item.quantity).reduce(combine)?;
        let text = format!("{op} of ({})", texts.join(", "));
        Some(Made::of(text, &items.iter().collect::<Vec<_>>()).with(quantity))
    }

    /// What comes from elsewhere: what was paid, a dated parameter, the latest figure, a rank.
    fn elsewhere(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        match self.random.below(4) {
            0 if here.is_payment && want.dimension == MONEY => Some(Made::paid_so_far()),
            0 | 1 => self.parameter_in(want, here),
            2 => self.latest(want, here, depth),
            _ => self.rank(want, here, depth),
        }
    }
}

impl Made {
    /// `paid so far`
    pub(crate) fn paid_so_far() -> Self {
        let quantity = Quantity::of(MONEY).with(Basis::ToDate);
        Self { reads_paid: true, ..Self::apart("paid so far".to_owned()) }.with(quantity)
    }
}

/// The stretch of time of what is left after something was taken away.
pub(crate) fn left_over(basis: Basis, left: &Made, right: &Made) -> Basis {
    if right.reads_paid {
        if left.quantity.basis == Basis::ToDate { Basis::Each } else { Basis::None }
    } else if basis == Basis::ToDate && right.reads_earlier {
        Basis::None
    } else {
        basis
    }
}
