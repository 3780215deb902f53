//! What one operator does to outcomes: arithmetic, comparison and three-valued logic.
//!
//! Pure functions without places: the caller says where a fault belongs.

use crate::syntax::ast::{ArithmeticOp, CompareOp, LogicOp};
use crate::value::{Causes, Fault, Number, NumberFault, Outcome, Value};
use std::cmp::Ordering;

/// A value, the causes why there is none, or a fault whose place the caller knows.
pub(super) enum Done {
    /// The outcome.
    Outcome(Outcome),
    /// A fault at this operator.
    Fault(Fault),
}

impl From<Outcome> for Done {
    fn from(outcome: Outcome) -> Self {
        Self::Outcome(outcome)
    }
}

impl From<Result<Number, NumberFault>> for Done {
    fn from(result: Result<Number, NumberFault>) -> Self {
        match result {
            Ok(number) => Self::Outcome(Outcome::Known(Value::Number(number))),
            Err(NumberFault::TooLarge) => Self::Fault(Fault::TooLarge),
            Err(NumberFault::DivisionByZero) => Self::Fault(Fault::DivisionByZero),
        }
    }
}

/// Both values, or the causes of all that are missing.
pub(super) fn both<'a>(left: &'a Outcome, right: &'a Outcome) -> Result<(&'a Value, &'a Value), Causes> {
    match (left, right) {
        (Outcome::Known(left), Outcome::Known(right)) => Ok((left, right)),
        (Outcome::Missing(causes), Outcome::Known(_)) | (Outcome::Known(_), Outcome::Missing(causes)) => {
            Err(causes.clone())
        }
        (Outcome::Missing(left), Outcome::Missing(right)) => Err(Causes::union([left, right])),
    }
}

/// Arithmetic on two numbers; missing where either is.
pub(super) fn arithmetic(op: ArithmeticOp, left: &Outcome, right: &Outcome) -> Done {
    match both(left, right) {
        Err(causes) => Outcome::Missing(causes).into(),
        Ok((Value::Number(left), Value::Number(right))) => match op {
            ArithmeticOp::Add => left.add(right),
            ArithmeticOp::Subtract => left.subtract(right),
            ArithmeticOp::Multiply => left.multiply(right),
            ArithmeticOp::Divide => left.divide(right),
        }
        .into(),
        Ok(_) => Done::Fault(Fault::Internal),
    }
}

/// The days from one date to another, below zero where the second is the earlier; missing where either is.
pub(super) fn days(from: &Outcome, to: &Outcome) -> Done {
    match both(from, to) {
        Err(causes) => Outcome::Missing(causes).into(),
        Ok((Value::Date(from), Value::Date(to))) => {
            // Between the ends of the calendar lie a few million days.
            let days = to.duration_since(*from).as_hours() / 24;
            Outcome::Known(Value::Number(Number::from(days))).into()
        }
        Ok(_) => Done::Fault(Fault::Internal),
    }
}

/// A comparison; unknown where either side is missing, `is` and `is not` too.
pub(super) fn compare(op: CompareOp, left: &Outcome, right: &Outcome) -> Done {
    match both(left, right) {
        Err(causes) => Outcome::Missing(causes).into(),
        Ok((left, right)) => match order(left, right) {
            Some(order) => Outcome::Known(Value::YesNo(op.holds(order))).into(),
            None => Done::Fault(Fault::Internal),
        },
    }
}

/// The order of two values of one type; `None` where the checker let two types meet.
pub(crate) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::YesNo(left), Value::YesNo(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Period(left), Value::Period(right)) if left.kind == right.kind => Some(left.cmp(right)),
        _ => None,
    }
}

/// `and`, `or`: settled by one operand alone where it can be, else unknown for all that are.
pub(super) fn logic(op: LogicOp, operands: &[Outcome]) -> Done {
    let settles = op == LogicOp::Or;
    let mut causes: Vec<&Causes> = Vec::new();
    for operand in operands {
        match operand {
            Outcome::Known(Value::YesNo(yes)) if *yes == settles => return Outcome::Known((*yes).into()).into(),
            Outcome::Known(Value::YesNo(_)) => {}
            Outcome::Known(_) => return Done::Fault(Fault::Internal),
            Outcome::Missing(more) => causes.push(more),
        }
    }
    if causes.is_empty() {
        Outcome::Known((!settles).into()).into()
    } else {
        Outcome::Missing(Causes::union(causes)).into()
    }
}

/// `not`: the opposite of a known answer.
pub(super) fn not(operand: &Outcome) -> Done {
    match operand {
        Outcome::Known(Value::YesNo(yes)) => Outcome::Known((!yes).into()).into(),
        Outcome::Known(_) => Done::Fault(Fault::Internal),
        Outcome::Missing(causes) => Outcome::Missing(causes.clone()).into(),
    }
}
