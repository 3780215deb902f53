//! The policy written by hand, as fast as one knows how: machine integers whose sufficiency is proved once from the
//! figures' greatest values, one division a row instead of four, columns in blocks that stay in the cache.

use super::areas::Answer;
use super::results::{Assurance, MISSING, Results, State};
use super::table::Table;
use super::{DEADLINE, LEAST_REDUCTION};

/// Evaluates the policy.
pub(crate) fn evaluate(table: &Table) -> Results {
    prove(table);
    let rows = table.rows();
    let mut results = Results::with_capacity(rows);
    // Columns as slices of one length, so that no index is looked at twice.
    let [b1, b2, b3, b4] = table.baseline.each_ref().map(|column| &column[..rows]);
    let [a1, a2, a3, a4] = table.actual.each_ref().map(|column| &column[..rows]);
    let [c1, c2, c3, c4, c5, c6] = table.conditions.each_ref().map(|column| &column[..rows]);
    let (pooled, minimum) = (&table.pooled_fund[..rows], &table.minimum_fund[..rows]);
    let (pots, targets) = (&table.pot[..rows], &table.target_reduction[..rows]);
    let (exempt, submitted) = (&table.exempt[..rows], &table.submitted[..rows]);
    let (moves, people, before) = (&table.moves[..rows], &table.people[..rows], &table.rate_before[..rows]);

    results.pool_large_enough.extend((0..rows).map(|row| pooled[row] >= minimum[row]));
    results.conditions_met.extend(
        (0..rows).map(|row| conditions_met([c1[row], c2[row], c3[row], c4[row], c5[row], c6[row]], exempt[row])),
    );
    results.on_time.extend((0..rows).map(|row| submitted[row] <= DEADLINE));
    results.target_admissions.extend((0..rows).map(|row| {
        i64::from(targets[row])
            .wrapping_mul(i64::from(b1[row].wrapping_add(b2[row]).wrapping_add(b3[row]).wrapping_add(b4[row])))
    }));
    results.rate.extend((0..rows).map(|row| (moves[row], people[row])));
    results.improved.extend((0..rows).map(|row| {
        i64::from(moves[row]).wrapping_mul(10_000_000) < i64::from(before[row]).wrapping_mul(i64::from(people[row]))
    }));
    let [p1, p2, p3, p4] = &mut results.payment;
    for row in 0..rows {
        let pot = pots[row];
        let r1 = b1[row].wrapping_sub(a1[row]);
        let r2 = r1.wrapping_add(b2[row].wrapping_sub(a2[row]));
        let r3 = r2.wrapping_add(b3[row].wrapping_sub(a3[row]));
        let r4 = r3.wrapping_add(b4[row].wrapping_sub(a4[row]));
        let target = results.target_admissions[row];
        let shares = Shares::new(pot, target);
        let (e1, e2, e3, e4) = (shares.of(r1), shares.of(r2), shares.of(r3), shares.of(r4));
        // What is paid so far is the highest that was earned so far.
        let (s2, s3) = (e1.max(e2), e1.max(e2).max(e3));
        let s4 = s3.max(e4);
        p1.push(e1);
        p2.push(s2.wrapping_sub(e1));
        p3.push(s3.wrapping_sub(s2));
        p4.push(s4.wrapping_sub(s3));
        results.payments.push(s4);
        let (pool, conditions) = (results.pool_large_enough[row], results.conditions_met[row]);
        let is_paid = pool & matches!(conditions, State::Met | State::DoesNotApply);
        let is_open = pool & (conditions == State::CannotDetermine);
        let released = if is_paid { s4 } else { 0 };
        results.released.push(if is_open { MISSING } else { released });
        results.nation.total_paid += i128::from(released);
        results.nation.total_pooled += i128::from(pooled[row]);
        let is_ambitious = targets[row] >= LEAST_REDUCTION;
        let assurance = ASSURANCE[usize::from(pool)][conditions as usize][usize::from(results.on_time[row])]
            [usize::from(is_ambitious)];
        results.assurance.push(assurance);
        results.nation.areas[assurance as usize] += 1;
    }
    results
}

/// The greatest values for which everything above fits: twice the pot times ten thousand times the admissions of a
/// year, and a rate times people.
fn prove(table: &Table) {
    let pot = table.pot.iter().copied().max().unwrap_or(0);
    let least_pot = table.pot.iter().copied().min().unwrap_or(0);
    let mut year = 0_i64;
    for column in table.baseline.iter().chain(&table.actual) {
        let (least, most) = column
            .iter()
            .fold((0, 0), |(least, most), figure| (figure.min(&least).to_owned(), figure.max(&most).to_owned()));
        assert!(least >= 0, "admissions are counted");
        year += i64::from(most);
    }
    let widest = pot.checked_mul(year).and_then(|product| product.checked_mul(40_000));
    assert!(least_pot >= 0 && pot < 1 << 40 && widest.is_some() && year < 1 << 30, "machine integers hold this");
}

/// The parts of a pot that reductions earn.
struct Shares {
    pot: i64,
    target: i64,
    by_target: f64,
}

impl Shares {
    #[inline]
    fn new(pot: i64, target: i64) -> Self {
        assert!(target > 0, "no area has a year without admissions");
        Self { pot, target, by_target: 1.0 / target as f64 }
    }

    /// Pot times reduction by target, rounded to the penny and held between nothing and the pot. The quotient is
    /// estimated, which is off by less than one for pots below 2^40 pence, and then put right exactly.
    #[inline]
    fn of(&self, reduction: i32) -> i64 {
        let scaled = i64::from(reduction).wrapping_mul(10_000);
        // Held first, so that the estimate is never beyond the pot.
        let held = scaled.clamp(0, self.target);
        let above = self.pot.wrapping_mul(held).wrapping_mul(2).wrapping_add(self.target);
        let below = self.target.wrapping_mul(2);
        let estimate = (self.pot as f64 * (held as f64 * self.by_target)) as i64;
        let rest = above.wrapping_sub(estimate.wrapping_mul(below));
        estimate.wrapping_add(i64::from(rest >= below)).wrapping_sub(i64::from(rest < 0))
    }
}

/// As [`super::plain::conditions_met`], without a branch.
#[inline]
fn conditions_met(answers: [Answer; 6], exempt: bool) -> State {
    let any = |wanted: Answer| answers.iter().fold(false, |any, answer| any | (*answer == wanted));
    STATES[usize::from(exempt)][usize::from(any(Answer::No))][usize::from(any(Answer::Missing))]
}

/// By exempt, any no, any missing.
const STATES: [[[State; 2]; 2]; 2] = [
    [[State::Met, State::CannotDetermine], [State::NotMet, State::NotMet]],
    [[State::DoesNotApply, State::DoesNotApply], [State::DoesNotApply, State::DoesNotApply]],
];

/// By pool, conditions, on time, ambitious.
const ASSURANCE: [[[[Assurance; 2]; 2]; 4]; 2] = {
    use Assurance::{
        Approved, ApprovedLate, ApprovedWithConditions, ApprovedWithSupport, CannotDetermine, NotApproved,
    };
    let good = [[ApprovedLate, ApprovedLate], [ApprovedWithSupport, Approved]];
    let small_pool = [[NotApproved, NotApproved], [NotApproved, NotApproved]];
    let not_met = [[NotApproved, NotApproved], [ApprovedWithConditions, ApprovedWithConditions]];
    let open = [[CannotDetermine, CannotDetermine], [CannotDetermine, CannotDetermine]];
    [[small_pool; 4], [not_met, good, good, open]]
};
