//! Expressions that are yes or no, and the dates, periods, texts and choices they compare.

use super::expression::{Here, Made, Writer};
use super::quantity::{ADMISSIONS, ADMISSIONS_A_PERSON, DAYS, MONEY, MONEY_A_PERSON, PEOPLE, Scale, Want};
use super::world::{Kind, Level, Named, PeriodKind};

/// Kinds of number that are often compared and declared.
pub(crate) fn kinds_of_number() -> [Want; 8] {
    [
        Want::of(MONEY),
        Want::of(MONEY),
        Want::of(PEOPLE),
        Want::of(ADMISSIONS),
        Want::on(Scale::Share),
        Want::on(Scale::Plain),
        Want::of(MONEY_A_PERSON),
        Want::of(ADMISSIONS_A_PERSON),
    ]
}

impl Writer<'_> {
    /// Some kind of number.
    pub(crate) fn kind_of_number(&mut self) -> Want {
        if self.random.chance(5) {
            return Want::on(Scale::Points);
        }
        if self.random.chance(4) {
            return Want::of(DAYS);
        }
        self.random.pick(&kinds_of_number()).copied().unwrap_or(Want::of(MONEY))
    }

    /// An expression that is yes or no.
    pub(crate) fn logic(&mut self, here: Here, depth: usize) -> Made {
        if depth == 0 {
            let named = if self.random.chance(50) { self.yes_no_name(here) } else { None };
            return named.unwrap_or_else(|| self.comparison(here, 0));
        }
        let inner = depth - 1;
        if self.random.chance(5)
            && let Some(made) = self.latest_period(here)
        {
            return made;
        }
        match self.random.below(22) {
            0..=4 => self.joined(here, inner),
            5 | 6 => {
                let operand = self.logic(here, inner);
                Made::of(format!("not {}", operand.operand()), &[&operand])
            }
            7..=11 => self.comparison(here, inner),
            12 | 13 => self.is_missing(here, inner),
            14 => self.rounds_to(here, inner),
            15 | 16 => self.quantified(here, inner).unwrap_or_else(|| self.comparison(here, inner)),
            17 => self.earlier_answer(here, inner).unwrap_or_else(|| self.comparison(here, inner)),
            18 => {
                let (condition, then, otherwise) =
                    (self.logic(here, inner), self.logic(here, inner), self.logic(here, inner));
                let text = format!("if {} then {} else {}", condition.text, then.operand(), otherwise.operand());
                Made::of(text, &[&condition, &then, &otherwise])
            }
            _ => self.other_comparison(here, inner),
        }
    }

    fn yes_no_name(&mut self, here: Here) -> Option<Made> {
        self.named(here, |named| named.kind == Kind::YesNo)
    }

    fn joined(&mut self, here: Here, inner: usize) -> Made {
        let count = self.random.between(2, 3);
        let parts: Vec<Made> = (0..count).map(|_| self.logic(here, inner)).collect();
        let texts: Vec<String> = parts.iter().map(Made::operand).collect();
        let parts: Vec<&Made> = parts.iter().collect();
        match self.random.below(6) {
            0 => Made::of(format!("any of ({})", texts.join(", ")), &parts),
            1 => Made::of(format!("all of ({})", texts.join(", ")), &parts),
            2 | 3 => Made::of(texts.join(" and "), &parts),
            _ => Made::of(texts.join(" or "), &parts),
        }
    }

    /// Two numbers side by side.
    fn comparison(&mut self, here: Here, inner: usize) -> Made {
        let want = self.kind_of_number();
        let left = self.number(want, here, inner);
        let mut right = self.number(Want::like(left.quantity), here, inner);
        if right.text == left.text {
            right = self.literal(Want::like(left.quantity));
        }
        let op = self.random.word(&["<", "<=", ">", ">=", "is", "is not"]);
        Made::of(format!("{} {op} {}", left.operand(), right.operand()), &[&left, &right])
    }

    fn is_missing(&mut self, here: Here, inner: usize) -> Made {
        let operand = match self.random.below(4) {
            0 => self.logic(here, inner),
            1 => self.named(here, |named| named.is_column).unwrap_or_else(|| self.logic(here, inner)),
            _ => {
                let want = self.kind_of_number();
                self.number(want, here, inner)
            }
        };
        let words = self.random.word(&["is missing", "is not missing"]);
        // A literal is never missing, and asking it is refused or pointless.
        Made::of(format!("{} {words}", operand.operand()), &[&operand])
    }

    fn rounds_to(&mut self, here: Here, inner: usize) -> Made {
        let want = self.kind_of_number();
        let operand = self.number(want, here, inner);
        let figure = self.literal(Want::like(operand.quantity));
        if !figure.is_literal {
            return self.comparison(here, inner);
        }
        Made::of(format!("{} rounds to {}", operand.operand(), figure.text), &[&operand])
    }

    /// `any of c where d` over records below.
    fn quantified(&mut self, here: Here, inner: usize) -> Option<Made> {
        let below = self.world.below(here.level);
        let there = Here::at(Level::Table(*self.random.pick(&below)?));
        let mut operand = self.logic(there, inner);
        if !operand.touches {
            operand = self.named(there, |named| named.kind == Kind::YesNo && named.level == there.level)?;
        }
        let op = self.random.word(&["any", "all"]);
        let condition =
            if self.random.chance(25) { format!(" where {}", self.logic(there, 0).operand()) } else { String::new() };
        Some(Made::apart(format!("{op} of {}{condition}", operand.placed())))
    }

    fn earlier_answer(&mut self, here: Here, inner: usize) -> Option<Made> {
        let words = self.earlier_words(here)?;
        let operand = self.logic(here, inner);
        if !operand.touches {
            return None;
        }
        Some(Made { reads_earlier: true, ..Made::of(format!("{} {words}", operand.placed()), &[&operand]) })
    }

    /// Dates, periods, choices and texts side by side.
    fn other_comparison(&mut self, here: Here, inner: usize) -> Made {
        let found = match self.random.below(5) {
            0 => self.dates(here),
            1 => self.periods(here),
            2 => self.texts(here),
            3 => self.parameter_choices(here),
            _ => self.choices(here),
        };
        found.unwrap_or_else(|| self.comparison(here, inner))
    }

    /// A date: a column, a literal, or the first or last of several.
    pub(crate) fn date(&mut self, here: Here) -> Option<Made> {
        let column = self.named(here, |named| named.kind == Kind::Date);
        let parameter = |name: &str| Made::one(name);
        let parameters: Vec<&str> = self
            .world
            .parameters
            .iter()
            .filter(|parameter| parameter.kind == Kind::Date)
            .map(|parameter| parameter.name.as_str())
            .collect();
        match self.random.below(6) {
            0 => Some(Made { is_literal: true, ..Made::one(self.date_literal()) }),
            1 => self.random.pick(&parameters).map(|name| parameter(name)).or(column),
            2 => {
                let (one, two) = (self.named(here, |named| named.kind == Kind::Date)?, column?);
                let op = self.random.word(&["least", "greatest"]);
                Some(Made::of(format!("{op} of ({}, {})", one.text, two.text), &[&one, &two]))
            }
            3 => {
                let below = self.world.below(here.level);
                let there = Here::at(Level::Table(*self.random.pick(&below)?));
                let operand = self.named(there, |named| named.kind == Kind::Date && named.level == there.level)?;
                let op = self.random.word(&["least", "greatest"]);
                Some(Made::apart(format!("{op} of {}", operand.text)))
            }
            _ => column,
        }
    }

    pub(crate) fn date_literal(&mut self) -> String {
        let month = self.random.word(&["January", "April", "September", "December"]);
        format!("{} {month} {}", self.random.between(1, 28), self.random.between(2014, 2016))
    }

    fn dates(&mut self, here: Here) -> Option<Made> {
        let (left, right) = (self.date(here)?, self.date(here)?);
        let op = self.random.word(&["<", "<=", ">", ">=", "is", "is not"]);
        Some(Made::of(format!("{} {op} {}", left.operand(), right.operand()), &[&left, &right]))
    }

    fn periods(&mut self, here: Here) -> Option<Made> {
        let is_period = |named: &Named| matches!(named.kind, Kind::Quarter | Kind::Month | Kind::Year);
        let visible: Vec<&Named> = self
            .world
            .named
            .iter()
            .filter(|named| self.world.is_visible(named.level, here.level) && is_period(named))
            .collect();
        let named = (*self.random.pick(&visible)?).clone();
        let kind = match named.kind {
            Kind::Quarter => PeriodKind::Quarter,
            Kind::Month => PeriodKind::Month,
            _ => PeriodKind::Year,
        };
        let left = self.read(&named, here);
        let right = if self.random.chance(30) { self.named(here, |other| other.kind == named.kind) } else { None };
        let right = right.unwrap_or_else(|| Made::one(kind.text(self.random.below(12))));
        let op = self.random.word(&["<", "<=", ">", ">=", "is", "is not"]);
        Some(Made::of(format!("{} {op} {}", left.text, right.text), &[&left, &right]))
    }

    fn texts(&mut self, here: Here) -> Option<Made> {
        let left = self.named(here, |named| named.kind == Kind::Text)?;
        let right = if self.random.chance(30) {
            self.named(here, |named| named.kind == Kind::Text)?
        } else {
            Made::one(self.random.word(&["\"Alpha\"", "\"Beta\"", "\"A1\"", "\"\"\"x\"\"\""]))
        };
        let op = self.random.word(&["is", "is not"]);
        Some(Made::of(format!("{} {op} {}", left.text, right.text), &[&left, &right]))
    }

    fn choices(&mut self, here: Here) -> Option<Made> {
        let is_choice = |named: &Named| matches!(named.kind, Kind::Choice(_));
        let visible: Vec<&Named> = self
            .world
            .named
            .iter()
            .filter(|named| self.world.is_visible(named.level, here.level) && is_choice(named))
            .collect();
        let named = (*self.random.pick(&visible)?).clone();
        let Kind::Choice(values) = &named.kind else { return None };
        let value = self.random.word(values);
        let left = self.read(&named, here);
        let other = if self.random.chance(15) { self.named(here, |other| other.kind == named.kind) } else { None };
        let right = other.unwrap_or_else(|| Made::one(format!("\"{value}\"")));
        let op = self.random.word(&["is", "is not"]);
        Some(Made::of(format!("{} {op} {}", left.text, right.text), &[&left, &right]))
    }

    fn parameter_choices(&mut self, here: Here) -> Option<Made> {
        let world = self.world;
        let found = world.parameters.iter().find(|parameter| matches!(parameter.kind, Kind::Choice(_)))?;
        let Kind::Choice(values) = &found.kind else { return None };
        let value = self.random.word(values);
        let _ = here;
        Some(Made::apart(format!("{} is \"{value}\"", found.name)))
    }
}
