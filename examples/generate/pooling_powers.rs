//! The standing powers: who uses which, and what became of the amount that has to be pooled from 2015-16.

use super::answer::yes;
use super::draw::Draw;
use super::real::{self, RealArea};
use super::sharing::share;
use super::text::{Files, ReadReal, owned, pounds, table};
use std::error::Error;

/// The NHS part of the minimum of 2015-16: £1,900m, £1,100m, £130m and £300m, in thousands.
const DESIGNATED_THOUSANDS: i64 = 3_430_000;

const COLUMNS: [&str; 18] = [
    "code",
    "pools_funds",
    "commissions_for_other",
    "provides_together",
    "agreement_signed",
    "paid_to_nhs",
    "paid_to_council",
    "nhs_minimum",
    "transferred_to_pool",
    "paid_to_commissioner",
    "plan_asked_for",
    "plan_agreed_with_council",
    "approval_asked_for",
    "plan_approved",
    "objectives_asked_for",
    "objectives_included",
    "results_asked_for",
    "objectives_met",
];

/// `area.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::areas(&read("area.csv")?)?;
    let needs: Vec<i64> =
        areas.iter().map(|area| area.people * Draw::new(&area.code, "need").between(850, 1_200)).collect();
    let designated = share(DESIGNATED_THOUSANDS, &needs);
    let mut rows = vec![owned(&[&COLUMNS, &["used_as_directed"]])];
    rows.extend(areas.iter().zip(designated).map(|(area, thousands)| row(area, thousands * 1_000)));
    Ok(vec![("area.illustrative.csv", table(&rows)?)])
}

fn row(area: &RealArea, designated: i64) -> Vec<String> {
    let mut draw = Draw::new(&area.code, "powers");
    // Everybody pools in 2015-16; how many had pooled before is not known.
    let signed = format!("{} March 2015", draw.between(2, 31));
    let short = draw.chance(15);
    let approved = !draw.chance(10);
    let paid_to_nhs = if draw.chance(300) { area.people * draw.between(1, 8) } else { 0 };
    let met = draw.chance(330);
    vec![
        area.code.clone(),
        yes(true),
        yes(draw.chance(700)),
        yes(draw.chance(400)),
        if draw.chance(20) { String::new() } else { signed },
        pounds(paid_to_nhs),
        pounds(designated / 3_000 * 1_000),
        pounds(designated),
        pounds(if short { designated - 250_000 } else { designated }),
        pounds(designated / 4_000 * 3_000),
        yes(true),
        yes(!draw.chance(10)),
        yes(true),
        yes(approved),
        yes(true),
        yes(!draw.chance(8)),
        // Meeting objectives was asked for only of the part for performance, which the fund's own rules pay.
        yes(false),
        if draw.chance(20) { "..".to_owned() } else { yes(met) },
        yes(!approved && draw.chance(500)),
    ]
}
