//! What an expression of made-up rules comes to: its words and what is known of it.

use super::quantity::{Quantity, Want};
use super::random::Random;
use super::world::{Level, Named, World};

/// An expression.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) text: String,
    /// Whether it is one name, bracket or literal.
    pub(crate) is_one: bool,
    /// Whether it names something of the level it is read at.
    pub(crate) touches: bool,
    /// Of a number, its quantity.
    pub(crate) quantity: Quantity,
    pub(crate) is_literal: bool,
    pub(crate) reads_paid: bool,
    pub(crate) reads_earlier: bool,
}

impl Made {
    /// An expression that is one name or bracket.
    pub(crate) fn one(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_one: true,
            touches: false,
            quantity: Quantity::PLAIN,
            is_literal: false,
            reads_paid: false,
            reads_earlier: false,
        }
    }

    /// An expression made of others.
    pub(crate) fn of(text: String, parts: &[&Self]) -> Self {
        Self {
            is_one: false,
            touches: parts.iter().any(|part| part.touches),
            reads_paid: parts.iter().any(|part| part.reads_paid),
            reads_earlier: parts.iter().any(|part| part.reads_earlier),
            ..Self::one(text)
        }
    }

    /// An expression read at another level, of which nothing here is named.
    pub(crate) fn apart(text: String) -> Self {
        Self { is_one: false, ..Self::one(text) }
    }

    pub(crate) fn with(self, quantity: Quantity) -> Self {
        Self { quantity, ..self }
    }

    /// In brackets where it needs them.
    pub(crate) fn operand(&self) -> String {
        if self.is_one { self.text.clone() } else { format!("({})", self.text) }
    }

    /// As a name or a bracket: literals need brackets too.
    pub(crate) fn placed(&self) -> String {
        if self.is_one && !self.is_literal { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// Where an expression is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Here {
    pub(crate) level: Level,
    /// Whether it stands in a payment for each record of a series.
    pub(crate) is_payment: bool,
}

impl Here {
    pub(crate) fn at(level: Level) -> Self {
        Self { level, is_payment: false }
    }
}

/// Writes expressions over what there is.
#[derive(Debug)]
pub(crate) struct Writer<'w> {
    pub(crate) world: &'w World,
    pub(crate) random: &'w mut Random,
}

impl Writer<'_> {
    /// One of the named things that can be read here and pass; what lives here comes first.
    pub(crate) fn named(&mut self, here: Here, passes: impl Fn(&Named) -> bool) -> Option<Made> {
        let visible: Vec<&Named> = self
            .world
            .named
            .iter()
            .filter(|named| self.world.is_visible(named.level, here.level) && passes(named))
            .collect();
        let own: Vec<&Named> = visible.iter().copied().filter(|named| named.level == here.level).collect();
        let from = if !own.is_empty() && self.random.chance(70) { own } else { visible };
        let named = (*self.random.pick(&from)?).clone();
        Some(self.read(&named, here))
    }

    /// A named thing, read.
    pub(crate) fn read(&mut self, named: &Named, here: Here) -> Made {
        let is_shared = named.name == "period";
        let text = match &named.dotted {
            Some(dotted) if is_shared || self.random.chance(25) => dotted.clone(),
            _ => named.name.clone(),
        };
        let quantity = match named.kind {
            super::world::Kind::Quantity(quantity) => quantity,
            _ => Quantity::PLAIN,
        };
        Made { touches: named.level == here.level, ..Made::one(text) }.with(quantity)
    }

    /// A number at a level that names something of it.
    pub(crate) fn touching(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        for _ in 0..3 {
            let made = self.number(want, here, depth);
            if made.touches {
                return Some(made);
            }
        }
        let takes = |named: &Named| match named.kind {
            super::world::Kind::Quantity(quantity) => named.level == here.level && want.takes(quantity),
            _ => false,
        };
        self.named(here, takes)
    }
}
