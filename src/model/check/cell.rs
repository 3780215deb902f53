//! Classes in the words of a table's cells: `>= 2% and < 3.5%`, `not low`, `any`.
//!
//! In: a set of classes of a [`Domain`]. Out: a cell that takes just these, and one class said in a sentence.

use super::domain::{Class, Domain};
use crate::model::{Model, Type};
use crate::value::Value;
use fixedbitset::FixedBitSet;

impl Domain {
    /// A cell that takes the classes of a set: all of them, missing alone, or known ones.
    pub(super) fn cell(&self, model: &Model, set: &FixedBitSet) -> String {
        let known = self.known();
        if *set == self.all() {
            return "any".to_owned();
        }
        if known.is_disjoint(set) {
            return "missing".to_owned();
        }
        match self.ty {
            Type::Text => self.cell_of_texts(model, set),
            Type::YesNo | Type::Choice(_) | Type::Unknown => self.cell_of_words(model, set),
            Type::Date | Type::Period(_) | Type::Quantity(_) => self.cell_of_intervals(model, set),
        }
    }

    /// One class in a sentence: `` exactly `2%` ``, `` `low` ``, `missing`.
    pub(super) fn said(&self, model: &Model, class: usize) -> String {
        match self.classes.get(class) {
            Some(Class::Point(value)) if self.ty.quantity().is_some() => {
                format!("exactly `{}`", self.spell_value(model, value))
            }
            Some(Class::Point(value @ (Value::Date(_) | Value::Period(_)))) => {
                format!("`{}`", self.spell_value(model, value))
            }
            Some(Class::Point(value)) => format!("`{}`", self.word(model, value)),
            Some(Class::Between { witness, .. }) => format!("`{}`", model.spell(witness, &self.ty)),
            Some(Class::OtherText) if self.classes.iter().any(|class| matches!(class, Class::Point(_))) => {
                "any other text".to_owned()
            }
            Some(Class::OtherText) => "any text".to_owned(),
            Some(Class::Missing) | None => "missing".to_owned(),
        }
    }

    fn cell_of_texts(&self, model: &Model, set: &FixedBitSet) -> String {
        let mentioned = |is_taken: bool| {
            let taken = move |(place, class): (usize, &Class)| match class {
                Class::Point(value) if set.contains(place) == is_taken => Some(self.word(model, value)),
                _ => None,
            };
            self.classes.iter().enumerate().filter_map(taken)
        };
        let other = self.classes.iter().position(|class| *class == Class::OtherText);
        if !other.is_some_and(|other| set.contains(other)) {
            return mentioned(true).collect::<Vec<_>>().join(" or ");
        }
        let others: Vec<String> = mentioned(false).map(|word| format!("not {word}")).collect();
        if others.is_empty() { "not \"\" or \"\"".to_owned() } else { others.join(" and ") }
    }

    fn cell_of_words(&self, model: &Model, set: &FixedBitSet) -> String {
        let known = self.known();
        let word = |place: usize| match self.classes.get(place) {
            Some(Class::Point(value)) => self.word(model, value),
            _ => String::new(),
        };
        let left_out: Vec<usize> = known.difference(set).collect();
        match left_out.as_slice() {
            [only] if known.count_ones(..) > 2 => format!("not {}", word(*only)),
            _ => set.ones().map(word).collect::<Vec<_>>().join(" or "),
        }
    }

    fn cell_of_intervals(&self, model: &Model, set: &FixedBitSet) -> String {
        let known = self.known();
        if known.is_subset(set) {
            return self.cell_of_everything_known(model);
        }
        let runs = self.runs(set);
        if let (Some((first, _)), Some((_, last))) = (runs.first(), runs.last())
            && let Some(holes) = self.holes(&runs)
            && runs.len() > 1
        {
            let around = self.run(model, *first, *last);
            let holes = holes.into_iter().map(|value| format!("not {}", self.spell(model, value)));
            let tests = Some(around).filter(|around| !around.is_empty()).into_iter().chain(holes);
            return tests.collect::<Vec<_>>().join(" and ");
        }
        let runs: Vec<String> = runs.into_iter().map(|(first, last)| self.run(model, first, last)).collect();
        runs.join(" or ")
    }

    /// Whether a cell can say just this: a cell joins its comparisons with `and` or with `or`, never with both.
    pub(super) fn fits_a_cell(&self, set: &FixedBitSet) -> bool {
        let known = self.known();
        if *set == self.all() || known.is_disjoint(set) {
            return true;
        }
        if !self.missing().is_disjoint(set) {
            return false;
        }
        if matches!(self.ty, Type::Text | Type::YesNo | Type::Choice(_) | Type::Unknown) || known.is_subset(set) {
            return true;
        }
        let runs = self.runs(set);
        let known = known.count_ones(..);
        let is_one_test = |(first, last): &(usize, usize)| {
            first == last && self.point(*first).is_some() || *first == 0 || last + 1 == known
        };
        runs.len() == 1 || self.holes(&runs).is_some() || runs.iter().all(is_one_test)
    }

    /// Classes that stand next to each other, first and last.
    pub(super) fn runs(&self, set: &FixedBitSet) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for place in set.intersection(&self.known()) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == place => *last = place,
                _ => runs.push((place, place)),
            }
        }
        runs
    }

    /// The single values between the runs, if nothing else is.
    fn holes(&self, runs: &[(usize, usize)]) -> Option<Vec<&Value>> {
        let hole = |((_, last), (first, _)): (&(usize, usize), &(usize, usize))| {
            self.point(last + 1).filter(|_| last + 2 == *first)
        };
        runs.iter().zip(runs.iter().skip(1)).map(hole).collect()
    }

    fn point(&self, class: usize) -> Option<&Value> {
        match self.classes.get(class) {
            Some(Class::Point(value)) => Some(value),
            _ => None,
        }
    }

    fn run(&self, model: &Model, first: usize, last: usize) -> String {
        let known = self.known().count_ones(..);
        let spell = |value: &Value| self.spell(model, value);
        let low = match self.classes.get(first) {
            Some(Class::Point(value)) if first == last => return spell(value),
            Some(Class::Point(value)) if first > 0 => Some(format!(">= {}", spell(value))),
            Some(Class::Between { low: Some(value), .. }) if first > 0 => Some(format!("> {}", spell(value))),
            _ => None,
        };
        let high = match self.classes.get(last) {
            Some(Class::Point(value)) if last + 1 < known => Some(format!("<= {}", spell(value))),
            Some(Class::Between { high: Some(value), .. }) if last + 1 < known => Some(format!("< {}", spell(value))),
            _ => None,
        };
        low.into_iter().chain(high).collect::<Vec<_>>().join(" and ")
    }

    /// Any value at all, but not missing: `any` would take that too.
    fn cell_of_everything_known(&self, model: &Model) -> String {
        let split = self.classes.iter().find_map(|class| match class {
            Class::Point(value) => Some(value),
            Class::Between { witness, .. } => Some(witness),
            Class::OtherText | Class::Missing => None,
        });
        split.map_or_else(String::new, |value| {
            let split = self.spell(model, value);
            format!("< {split} or >= {split}")
        })
    }

    /// A value of a choice as bare words where they can stand so, anything else as it is written.
    pub(super) fn word(&self, model: &Model, value: &Value) -> String {
        match value {
            Value::Text(text) if matches!(self.ty, Type::Choice(_)) && can_stand_bare(text) => text.to_string(),
            _ => self.spell(model, value),
        }
    }
}

/// Whether words of a choice mean themselves in a cell.
fn can_stand_bare(text: &str) -> bool {
    const TAKEN: [&str; 7] = ["any", "missing", "not", "and", "or", "yes", "no"];
    let is_word =
        |word: &str| word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-');
    let mut words = text.split(' ');
    let starts_well = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    starts_well && words.all(|word| !word.is_empty() && is_word(word) && !TAKEN.contains(&word))
}
