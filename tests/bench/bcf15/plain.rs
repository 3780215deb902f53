//! The policy written by hand, plainly: one loop over the areas, every figure in a wide integer.
//!
//! The arithmetic is that of an ordinary optimised build, which does not look for overflow; the widths allow it.

use super::areas::Answer;
use super::results::{Assurance, MISSING, Results, State};
use super::table::Table;
use super::{DEADLINE, LEAST_REDUCTION};

/// Evaluates the policy.
pub(crate) fn evaluate(table: &Table) -> Results {
    let mut results = Results::with_capacity(table.rows());
    for row in 0..table.rows() {
        let pool_large_enough = table.pooled_fund[row] >= table.minimum_fund[row];
        let conditions =
            conditions_met(&[0, 1, 2, 3, 4, 5].map(|which| table.conditions[which][row]), table.exempt[row]);
        let on_time = table.submitted[row] <= DEADLINE;

        let mut year = 0_i128;
        for baseline in &table.baseline {
            year = year.wrapping_add(i128::from(baseline[row]));
        }
        let pot = i128::from(table.pot[row]);
        let target = i128::from(table.target_reduction[row]).wrapping_mul(year);
        assert!(target > 0, "no area has a year without admissions");
        let (mut reduction, mut paid) = (0_i128, 0_i128);
        for quarter in 0..4 {
            reduction = reduction.wrapping_add(i128::from(table.baseline[quarter][row]));
            reduction = reduction.wrapping_sub(i128::from(table.actual[quarter][row]));
            let earned = round_half_up(pot.wrapping_mul(reduction).wrapping_mul(10_000), target).clamp(0, pot);
            let payment = earned.wrapping_sub(paid).max(0);
            paid = paid.wrapping_add(payment);
            results.payment[quarter].push(payment as i64);
        }
        let released = match (pool_large_enough, conditions) {
            (false, _) | (_, State::NotMet) => Some(0),
            (_, State::CannotDetermine) => None,
            _ => Some(paid),
        };
        let (moves, people) = (table.moves[row], table.people[row]);
        // Both sides are per 100,000 people, in hundredths.
        let improved = i128::from(moves).wrapping_mul(10_000_000)
            < i128::from(table.rate_before[row]).wrapping_mul(i128::from(people));
        let is_ambitious = table.target_reduction[row] >= LEAST_REDUCTION;
        let assurance = Assurance::of(pool_large_enough, conditions, on_time, is_ambitious);

        results.pool_large_enough.push(pool_large_enough);
        results.conditions_met.push(conditions);
        results.on_time.push(on_time);
        results.target_admissions.push(target as i64);
        results.payments.push(paid as i64);
        results.released.push(released.map_or(MISSING, |pence| pence as i64));
        results.rate.push((moves, people));
        results.improved.push(improved);
        results.assurance.push(assurance);
        results.nation.areas[assurance as usize] += 1;
        results.nation.total_paid += released.unwrap_or(0);
        results.nation.total_pooled += i128::from(table.pooled_fund[row]);
    }
    results
}

/// Whether all six hold: no decides at once, else a missing answer leaves it open.
#[inline]
pub(crate) fn conditions_met(answers: &[Answer; 6], exempt: bool) -> State {
    if exempt {
        State::DoesNotApply
    } else if answers.contains(&Answer::No) {
        State::NotMet
    } else if answers.contains(&Answer::Missing) {
        State::CannotDetermine
    } else {
        State::Met
    }
}

/// The nearest whole number to a quotient, a half upwards; what is below zero is of no interest here.
#[inline]
fn round_half_up(above: i128, below: i128) -> i128 {
    above.wrapping_mul(2).wrapping_add(below) / below.wrapping_mul(2)
}
