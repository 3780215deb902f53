//! The values that a fact can have, cut into classes that no comparison tells apart.
//!
//! In: a typed expression and the constants it is compared with. Out: a [`Domain`]: numbers, dates and periods
//! become points and the open intervals between them, choices and texts become single values and "any other
//! text". A class that holds no value (between 2 and 3 admissions) is not there. Sets of classes are
//! [`FixedBitSet`]s over the index of the class.

use super::axis::Axis;
use super::words::Words;
use crate::model::{Expr, ExprKind, Model, Type};
use crate::syntax::ast::CompareOp;
use crate::value::{Number, Value};
use fixedbitset::FixedBitSet;
use hashbrown::HashMap;

/// A constant that a fact is compared with.
#[derive(Debug, Clone)]
pub(super) struct Constant {
    /// Its value.
    pub(super) value: Value,
    /// How a cell writes it, where that is not how its value is spelled: the name of a parameter, or a number in
    /// the words of its author.
    pub(super) written: Option<String>,
    /// Whether it is a parameter.
    pub(super) is_parameter: bool,
}

impl Constant {
    /// A constant that stands in the rules as `operand`.
    pub(super) fn new(words: Words<'_>, operand: &Expr, value: Value) -> Self {
        let is_parameter = matches!(operand.kind, ExprKind::Parameter(_));
        let is_text = matches!(value, Value::Text(_) | Value::YesNo(_));
        let written = (is_parameter || !is_text).then(|| words.of(operand));
        Self { value, written, is_parameter }
    }
}

/// The classes of a fact.
#[derive(Debug, Clone)]
pub(super) struct Domain {
    /// The type of the fact.
    pub(super) ty: Type,
    /// The classes, numbers and dates in their order; missing, where it is a case, is the last.
    pub(super) classes: Vec<Class>,
    /// Where the values that stand alone are.
    places: HashMap<Value, usize>,
    /// How the constants are written in cells.
    written: HashMap<Value, String>,
    /// How the constants that are literals are written.
    literals: HashMap<Value, String>,
}

/// Values that no comparison tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Class {
    /// A single value.
    Point(Value),
    /// The values strictly between two constants, as far as the fact can have them.
    Between {
        /// The constant below, if there is one.
        low: Option<Value>,
        /// The constant above, if there is one.
        high: Option<Value>,
        /// One of them.
        witness: Value,
    },
    /// Every text that no comparison mentions.
    OtherText,
    /// No value.
    Missing,
}

impl Domain {
    /// The classes of `fact` under comparison with `constants`; `None` where its type is not known.
    pub(super) fn new(model: &Model, fact: &Expr, constants: &[Constant], missing_is_a_case: bool) -> Option<Self> {
        let mut classes = match &fact.ty {
            Type::Unknown => return None,
            Type::YesNo => [true, false].map(|yes| Class::Point(Value::YesNo(yes))).to_vec(),
            Type::Choice(values) => values.iter().map(|text| Class::Point(Value::Text(text.as_str().into()))).collect(),
            Type::Text => texts(constants),
            Type::Date | Type::Period(_) | Type::Quantity(_) => intervals(&Axis::of(model, fact)?, constants),
        };
        if missing_is_a_case {
            classes.push(Class::Missing);
        }
        let point = |(place, class): (usize, &Class)| match class {
            Class::Point(value) => Some((value.clone(), place)),
            Class::Between { .. } | Class::OtherText | Class::Missing => None,
        };
        let places = classes.iter().enumerate().filter_map(point).collect();
        let (mut written, mut literals) = (HashMap::new(), HashMap::new());
        for constant in constants {
            let Some(text) = &constant.written else { continue };
            written.entry(constant.value.clone()).or_insert_with(|| text.clone());
            if !constant.is_parameter {
                literals.entry(constant.value.clone()).or_insert_with(|| text.clone());
            }
        }
        Some(Self { ty: fact.ty.clone(), classes, places, written, literals })
    }

    /// A domain of an order between two facts: below, the same, above; of the sameness of two facts without order.
    pub(super) fn of_points(ty: Type, points: &[Value]) -> Self {
        let classes: Vec<Class> = points.iter().cloned().map(Class::Point).collect();
        let places = points.iter().cloned().enumerate().map(|(place, value)| (value, place)).collect();
        Self { ty, classes, places, written: HashMap::new(), literals: HashMap::new() }
    }

    /// Every class.
    pub(super) fn all(&self) -> FixedBitSet {
        let mut set = self.none();
        set.insert_range(..);
        set
    }

    /// No class.
    pub(super) fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.classes.len())
    }

    /// The class of missing values, empty where missing is not a case.
    pub(super) fn missing(&self) -> FixedBitSet {
        let mut set = self.none();
        if self.classes.last() == Some(&Class::Missing) {
            set.insert(self.classes.len() - 1);
        }
        set
    }

    /// Every class but missing.
    pub(super) fn known(&self) -> FixedBitSet {
        let mut set = self.all();
        set.difference_with(&self.missing());
        set
    }

    /// The classes whose values compare so with a constant. Missing compares with nothing.
    pub(super) fn where_it(&self, op: CompareOp, constant: &Value) -> FixedBitSet {
        let mut set = self.none();
        let place = self.places.get(constant).copied();
        match op {
            CompareOp::Is => set.extend(place),
            CompareOp::IsNot => {
                set = self.known();
                if let Some(place) = place {
                    set.remove(place);
                }
            }
            CompareOp::Below | CompareOp::AtMost | CompareOp::Above | CompareOp::AtLeast => {
                let Some(number) = Axis::place(constant) else { return set };
                let known = self.known().count_ones(..);
                let below = self.classes.partition_point(|class| class.place().is_some_and(|at| at < number));
                let up_to = below + usize::from(place.is_some());
                match op {
                    CompareOp::Below => set.insert_range(..below.min(known)),
                    CompareOp::AtMost => set.insert_range(..up_to.min(known)),
                    CompareOp::Above => set.insert_range(up_to.min(known)..known),
                    _ => set.insert_range(below.min(known)..known),
                }
            }
        }
        set
    }

    /// The class in a set that makes the best example: a constant of the rules, else what lies between.
    pub(super) fn example(&self, set: &FixedBitSet) -> Option<usize> {
        let is_point = |place: &usize| matches!(self.classes.get(*place), Some(Class::Point(_)));
        set.ones().find(is_point).or_else(|| set.ones().next())
    }

    /// A constant as a cell writes it: as its author did, or by its parameter.
    pub(super) fn spell(&self, model: &Model, value: &Value) -> String {
        self.written.get(value).cloned().unwrap_or_else(|| model.spell(value, &self.ty))
    }

    /// A value in an example, where the name of a parameter would say too little.
    pub(super) fn spell_value(&self, model: &Model, value: &Value) -> String {
        self.literals.get(value).cloned().unwrap_or_else(|| model.spell(value, &self.ty))
    }
}

impl Class {
    /// A value of the class on the axis of numbers, dates or periods.
    fn place(&self) -> Option<Number> {
        match self {
            Self::Point(value) | Self::Between { witness: value, .. } => Axis::place(value),
            Self::OtherText | Self::Missing => None,
        }
    }
}

fn texts(constants: &[Constant]) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let mut seen = hashbrown::HashSet::new();
    for constant in constants {
        if seen.insert(&constant.value) {
            classes.push(Class::Point(constant.value.clone()));
        }
    }
    classes.push(Class::OtherText);
    classes
}

fn intervals(axis: &Axis, constants: &[Constant]) -> Vec<Class> {
    let mut breaks: Vec<(Number, &Value)> =
        constants.iter().filter_map(|constant| Some((Axis::place(&constant.value)?, &constant.value))).collect();
    breaks.sort_by(|left, right| left.0.cmp(&right.0));
    breaks.dedup_by(|left, right| left.0 == right.0);
    let mut classes = Vec::new();
    let between = |low: Option<&(Number, &Value)>, high: Option<&(Number, &Value)>, classes: &mut Vec<Class>| {
        if let Some(witness) = axis.between(low.map(|(at, _)| at), high.map(|(at, _)| at)) {
            let end = |bound: Option<&(Number, &Value)>| bound.map(|(_, value)| (*value).clone());
            classes.push(Class::Between { low: end(low), high: end(high), witness });
        }
    };
    let mut low = None;
    for bound in &breaks {
        between(low, Some(bound), &mut classes);
        if axis.holds(&bound.0) {
            classes.push(Class::Point(bound.1.clone()));
        }
        low = Some(bound);
    }
    between(low, None, &mut classes);
    classes
}
