//! Contributions: minimum, pool, share of the £1bn and the sums inside them.
//!
//! In: the areas and the class of each plan. Out: a [`Money`] for each area, in whole pounds. Together the minimum is
//! £3,784m, the pools £5,300m, the shares £1,000,000,000, the capital £133,641,000 and the Care Act money £135m.

use super::super::draw::Draw;
use super::super::real::RealArea;
use super::super::sharing::share;
use super::review::Class;

/// The parts of the minimum, £1,900m + £1,100m + £130m + £300m + £354m, in thousands.
const MINIMUM_THOUSANDS: i64 = 3_784_000;
/// What areas pool beyond the minimum, in thousands: with the minimum, £5.3bn.
const VOLUNTARY_THOUSANDS: i64 = 1_516_000;
/// The £1bn.
const PERFORMANCE_FUND: i64 = 1_000_000_000;
/// The social care capital grant.
const CAPITAL: i64 = 133_641_000;
/// Money for the Care Act within the NHS part, in thousands.
const CARE_ACT_THOUSANDS: i64 = 135_000;

/// The money of an area, in pounds.
pub(crate) struct Money {
    /// Minimum pooled fund.
    pub(crate) minimum_fund: i64,
    /// Total pooled fund.
    pub(crate) pooled_fund: i64,
    /// Share of the £1bn.
    pub(crate) share_of_1bn: i64,
    /// Social care capital grant determined.
    pub(crate) capital_determination: i64,
    /// Social care capital grant in the pool.
    pub(crate) social_care_capital: i64,
    /// Care Act money in the plan.
    pub(crate) care_act_money: i64,
    /// Amount that protects social care.
    pub(crate) social_care_amount: i64,
    /// A local value of an admission, where the area gives one.
    pub(crate) local_value: Option<i64>,
}

/// Makes up the money of every area.
pub(crate) fn make(areas: &[RealArea], classes: &[Class]) -> Vec<Money> {
    let people: Vec<i64> = areas.iter().map(|area| area.people).collect();
    let needs: Vec<i64> =
        areas.iter().map(|area| area.people * Draw::new(&area.code, "need").between(850, 1_200)).collect();
    let wishes: Vec<i64> = areas
        .iter()
        .map(|area| {
            let mut draw = Draw::new(&area.code, "voluntary");
            if draw.chance(300) { 0 } else { area.people * draw.between(1, 400) }
        })
        .collect();
    // One plan that was not approved pools less than its minimum; the others make up for it nationally.
    let short = classes.iter().position(|class| *class == Class::NotApproved);
    let shortfall: i64 = 250;
    let minimum = share(MINIMUM_THOUSANDS, &needs);
    let wishes: Vec<i64> =
        wishes.into_iter().enumerate().map(|(index, wish)| if Some(index) == short { 0 } else { wish }).collect();
    let voluntary = share(VOLUNTARY_THOUSANDS + shortfall, &wishes);
    let shares = share(PERFORMANCE_FUND, &people);
    let capital = share(CAPITAL, &people);
    let care_act = share(CARE_ACT_THOUSANDS, &people);
    areas
        .iter()
        .enumerate()
        .map(|(index, area)| {
            let mut draw = Draw::new(&area.code, "money");
            let below = if Some(index) == short { shortfall } else { 0 };
            Money {
                minimum_fund: minimum[index] * 1_000,
                pooled_fund: (minimum[index] + voluntary[index] - below) * 1_000,
                share_of_1bn: shares[index],
                capital_determination: capital[index],
                social_care_capital: if draw.chance(15) { capital[index] / 2 } else { capital[index] },
                care_act_money: care_act[index] * 1_000,
                social_care_amount: minimum[index] * draw.between(260, 340),
                local_value: draw.chance(50).then(|| draw.between(140, 175) * 10),
            }
        })
        .collect()
}
