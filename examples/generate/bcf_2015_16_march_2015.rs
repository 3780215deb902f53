//! Targets that were reset after 20 March 2015: groups' operational plans, what areas asked for, what was approved.
//!
//! The plans are those of the revised fund's example. Together the targets fall from 163,000 to 106,000.

use super::answer::{judgement, judgement_columns};
use super::bcf_2015_16::activity::{self, Activity};
use super::bcf_2015_16::{QUARTERS, review};
use super::draw::Draw;
use super::real::{self, RealArea};
use super::sharing::share;
use super::text::{Files, ReadReal, owned, table};
use std::error::Error;

/// Fewer admissions that areas gave up together: 163,000 less 106,000.
const GIVEN_UP: i64 = 57_000;

/// What became of a target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reset {
    /// The area keeps its target.
    Kept,
    /// Reset: more than two percentage points lay between the plans, and NHS England approved it.
    Approved,
    /// As far apart, but not approved.
    Refused,
    /// Asked for although the plans are within two percentage points.
    TooNear,
}

/// `area.march.illustrative.csv` and `quarter.march.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let folder = "../../bcf-2015-16/data";
    let quarters = read(&format!("{folder}/quarter.csv"))?;
    let areas = real::with_delays(&read(&format!("{folder}/area.csv"))?, &quarters, &QUARTERS)?;
    let plans = activity::make(&areas, &review::classes(&areas));
    let resets: Vec<Reset> = areas.iter().zip(&plans).map(|(area, plan)| reset(area, plan)).collect();
    let weights: Vec<i64> = plans
        .iter()
        .zip(&resets)
        .map(|(plan, reset)| if *reset == Reset::Approved { plan.planned_reduction() } else { 0 })
        .collect();
    let given_up = share(GIVEN_UP, &weights);

    let mut area_rows = vec![[owned(&[&["code"]]), judgement_columns("reset_approved")].concat()];
    let mut quarter_rows = vec![owned(&[&["area", "period", "operational_plan", "reset_plan"]])];
    for (index, (area, plan)) in areas.iter().zip(&plans).enumerate() {
        area_rows.push([vec![area.code.clone()], approval(area, resets[index])].concat());
        quarter_rows.extend(targets(area, plan, resets[index], given_up[index]));
    }
    Ok(vec![
        ("area.march.illustrative.csv", table(&area_rows)?),
        ("quarter.march.illustrative.csv", table(&quarter_rows)?),
    ])
}

fn draw(area: &RealArea, topic: &str) -> Draw {
    Draw::new(&area.code, &format!("march {topic}"))
}

/// Whether the area resets its target. Only a plan of more than 3% has so far to fall.
fn reset(area: &RealArea, plan: &Activity) -> Reset {
    let far = plan.planned_reduction() * 100 >= plan.baseline.iter().sum::<i64>() * 3;
    match (far, draw(area, "reset").between(1, 100)) {
        (true, 1..=62) => Reset::Approved,
        (true, 63..=66) => Reset::Refused,
        (_, 95..=97) => Reset::TooNear,
        _ => Reset::Kept,
    }
}

/// The cells of the judgement on a reset.
fn approval(area: &RealArea, reset: Reset) -> Vec<String> {
    let on = format!("{} May 2015", draw(area, "approval").between(5, 28));
    let who = format!("NHS England, {}, after asking ministers", area.region);
    match reset {
        Reset::Kept => vec![String::new(); 4],
        Reset::Approved => judgement("yes", &who, &on, "the groups' plan was agreed with the trusts").to_vec(),
        Reset::Refused => judgement("no", &who, &on, "nothing has changed since the plan was approved").to_vec(),
        Reset::TooNear => judgement("yes", &who, &on, "the winter was hard").to_vec(),
    }
}

/// The operational plan, and the reset target where one was asked for, by quarter.
fn targets(area: &RealArea, plan: &Activity, reset: Reset, given_up: i64) -> Vec<Vec<String>> {
    let fewer: Vec<i64> = plan.baseline.iter().zip(&plan.planned).map(|(before, planned)| before - planned).collect();
    let weights: Vec<i64> = fewer.iter().map(|fewer| (*fewer).max(0)).collect();
    let cut = match reset {
        Reset::Approved => share(given_up, &weights),
        Reset::Refused => weights.iter().map(|fewer| fewer * 4 / 5).collect(),
        Reset::TooNear => weights.iter().map(|fewer| fewer / 4).collect(),
        Reset::Kept => vec![0; 4],
    };
    // Where the target stays, the operational plan is near it, on one side or the other.
    let near = draw(area, "operational plan").between(-6, 8);
    QUARTERS
        .iter()
        .enumerate()
        .map(|(quarter, period)| {
            let planned = plan.planned[quarter];
            let reset_plan = planned + cut[quarter];
            let (operational, reset_plan) = match reset {
                Reset::Kept => (planned + plan.baseline[quarter] * near / 1_000, String::new()),
                _ => (reset_plan, reset_plan.to_string()),
            };
            vec![area.code.clone(), (*period).to_owned(), operational.to_string(), reset_plan]
        })
        .collect()
}
