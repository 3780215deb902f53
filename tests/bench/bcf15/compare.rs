//! Whether results of the program are those written by hand: every value of every row.

use super::results::{Assurance, MISSING, Results, State};
use ringfence::model::Model;
use ringfence::value::{ConditionState, Number, Value};

/// Fails at the first result that differs. `found` gives the value of a declaration, by its number, at a row.
pub(crate) fn assert_same(
    model: &Model,
    by_hand: &Results,
    rows: usize,
    found: impl Fn(usize, usize) -> Option<Value>,
) {
    for (number, declaration) in model.declarations.iter().enumerate() {
        let name = declaration.name.as_str();
        let count = if nation(by_hand, name).is_some() { 1 } else { rows };
        for row in 0..count {
            let wanted = match nation(by_hand, name) {
                Some(value) => Some(value),
                None => area(by_hand, name, row),
            };
            assert_eq!(found(number, row), wanted, "`{name}`, row {row}");
        }
    }
}

fn nation(by_hand: &Results, name: &str) -> Option<Value> {
    let nation = &by_hand.nation;
    let count = |which: Assurance| number(i128::from(nation.areas[which as usize]), 1);
    Some(match name {
        "approved" => count(Assurance::Approved),
        "approved_with_support" => count(Assurance::ApprovedWithSupport),
        "approved_late" => count(Assurance::ApprovedLate),
        "approved_with_conditions" => count(Assurance::ApprovedWithConditions),
        "not_approved" => count(Assurance::NotApproved),
        "total_paid" => number(nation.total_paid, 100),
        "total_pooled" => number(nation.total_pooled, 100),
        _ => return None,
    })
}

fn area(by_hand: &Results, name: &str, row: usize) -> Option<Value> {
    let met = |met: bool| Some(Value::Condition(if met { ConditionState::Met } else { ConditionState::NotMet }));
    let money = |pence: i64| (pence != MISSING).then(|| number(i128::from(pence), 100));
    match name {
        "pool_large_enough" => met(by_hand.pool_large_enough[row]),
        "conditions_met" => match by_hand.conditions_met[row] {
            State::NotMet => met(false),
            State::Met => met(true),
            State::DoesNotApply => Some(Value::Condition(ConditionState::DoesNotApply(0))),
            State::CannotDetermine => None,
        },
        "submitted_on_time" => met(by_hand.on_time[row]),
        "target_admissions" => Some(number(i128::from(by_hand.target_admissions[row]), 10_000)),
        "payment_1" => money(by_hand.payment[0][row]),
        "payment_2" => money(by_hand.payment[1][row]),
        "payment_3" => money(by_hand.payment[2][row]),
        "payment_4" => money(by_hand.payment[3][row]),
        "payments" => money(by_hand.payments[row]),
        "released" => money(by_hand.released[row]),
        "care_home_rate" => {
            let (moves, people) = by_hand.rate[row];
            Some(number(i128::from(moves), i128::from(people)))
        }
        "care_home_rate_improved" => met(by_hand.improved[row]),
        "assurance" => match by_hand.assurance[row] {
            Assurance::CannotDetermine => None,
            known => Some(Value::Text(known.name().into())),
        },
        other => panic!("`{other}` was not written by hand"),
    }
}

fn number(above: i128, below: i128) -> Value {
    Value::Number(Number::fraction(above, below).expect("no denominator is zero"))
}
