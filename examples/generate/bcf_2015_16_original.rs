//! The fund of 2015-16 as it was first designed: contributions, answers, six metrics and what reviewers thought.
//!
//! Minimum, shares and capital are those of the revised fund, so that the two designs can be compared area by area.

use super::answer::{judgement, yes_or_no};
use super::bcf_2015_16::{money, review};
use super::draw::Draw;
use super::real::{self, RealArea};
use super::sharing::share;
use super::text::{Files, ReadReal, owned, pounds, table};
use std::error::Error;

/// Pooled by the first plans, in thousands.
const POOLED_THOUSANDS: i64 = 5_500_000;
/// Pooled by the plans of September 2014, in thousands.
const POOLED_LATER_THOUSANDS: i64 = 5_300_000;
/// The Disabled Facilities Grant.
const DISABLED_FACILITIES: i64 = 220_000_000;
/// Plans that local reviewers found ready: 90% of 151.
const READY: usize = 136;
/// Savings that the plans claimed, and what NHS England trusted of them, in thousands.
const CLAIMED_THOUSANDS: i64 = 731_000;
const TRUSTED_THOUSANDS: i64 = 55_000;

const AREA_COLUMNS: [&str; 8] = [
    "code",
    "nhs_minimum",
    "disabled_facilities",
    "capital_determination",
    "minimum_fund",
    "pooled_fund",
    "share_of_1bn",
    "social_care_amount",
];

const ANSWERS: [&str; 11] = [
    "signed_by_council",
    "signed_by_ccgs",
    "signed_by_board",
    "providers_agreed",
    "social_care_protected",
    "seven_day_services",
    "nhs_number",
    "open_interfaces",
    "information_governance",
    "accountable_professional",
    "acute_effect_agreed",
];

const REVIEW_COLUMNS: [&str; 16] = [
    "provider_commentary",
    "high_risk_people",
    "with_professional",
    "draft_submitted",
    "plan_submitted",
    "ready_locally",
    "ready_locally_by",
    "ready_locally_on",
    "ready_locally_because",
    "regional_assurance",
    "regional_assurance_by",
    "regional_assurance_on",
    "regional_assurance_because",
    "ministers_agree",
    "savings_claimed",
    "savings_trusted",
];

const METRIC_COLUMNS: [&str; 8] =
    ["area", "metric", "direction", "baseline", "planned", "actual", "further_planned", "further_actual"];

/// The six metrics: name, better direction, a baseline and a step.
const METRICS: [(&str, &str, i64, i64); 6] = [
    ("avoidable admissions", "lower", 1_900, 20),
    ("care home admissions", "lower", 650, 8),
    ("reablement", "higher", 80, 1),
    ("delayed transfers", "lower", 2_900, 40),
    ("experience", "higher", 62, 1),
    ("local", "higher", 55, 1),
];

/// `area.illustrative.csv` and `metric.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::areas(&read("area.csv")?)?;
    let money = money::make(&areas, &review::classes(&areas));
    let people: Vec<i64> = areas.iter().map(|area| area.people).collect();
    let grants = share(DISABLED_FACILITIES, &people);
    let more = share(POOLED_THOUSANDS - POOLED_LATER_THOUSANDS, &people);
    let hopes: Vec<i64> = areas.iter().map(|area| area.people * draw(area, "savings").between(40, 160)).collect();
    let claimed = share(CLAIMED_THOUSANDS, &hopes);
    let trusted = share(TRUSTED_THOUSANDS, &claimed);
    let ready = ready(&areas);

    let mut rows = vec![owned(&[&AREA_COLUMNS, &ANSWERS, &REVIEW_COLUMNS])];
    let mut metrics = vec![owned(&[&METRIC_COLUMNS])];
    for (index, area) in areas.iter().enumerate() {
        let money = &money[index];
        let nhs_minimum = money.minimum_fund - grants[index] - money.capital_determination;
        let mut row = vec![area.code.clone()];
        row.extend(
            [
                nhs_minimum,
                grants[index],
                money.capital_determination,
                money.minimum_fund,
                money.pooled_fund + more[index] * 1_000,
                money.share_of_1bn,
                money.social_care_amount,
            ]
            .map(pounds),
        );
        row.extend(ANSWERS.map(|column| yes_or_no(&area.code, column, 15)));
        row.push(yes_or_no(&area.code, "first commentary", 60));
        row.extend(professionals(area));
        row.extend(dates(area));
        row.extend(judged(area, "ready_locally", ready[index], "local reviewer"));
        row.extend(judged(
            area,
            "regional_assurance",
            ready[index] || draw(area, "region").chance(400),
            "regional reviewer",
        ));
        // No minister signed: the fund was paused first.
        row.push(String::new());
        row.extend([claimed[index], trusted[index]].map(|thousands| pounds(thousands * 1_000)));
        rows.push(row);
        metrics.extend(METRICS.iter().map(|metric| metric_row(area, *metric)));
    }
    Ok(vec![("area.illustrative.csv", table(&rows)?), ("metric.illustrative.csv", table(&metrics)?)])
}

fn draw(area: &RealArea, topic: &str) -> Draw {
    Draw::new(&area.code, &format!("original {topic}"))
}

/// Which plans local reviewers found ready.
fn ready(areas: &[RealArea]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|index| draw(&areas[*index], "ready").rank());
    let mut ready = vec![false; areas.len()];
    for index in order.into_iter().take(READY) {
        ready[index] = true;
    }
    ready
}

/// People at high risk, and those with an accountable professional.
fn professionals(area: &RealArea) -> [String; 2] {
    let mut draw = draw(area, "professionals");
    let high_risk = area.people * draw.between(15, 22) / 1_000;
    if draw.chance(40) {
        return ["..".to_owned(), "..".to_owned()];
    }
    [high_risk.to_string(), (high_risk * draw.between(20, 90) / 100).to_string()]
}

/// When the draft and the final plan were submitted.
fn dates(area: &RealArea) -> [String; 2] {
    let mut draw = draw(area, "dates");
    let draft = if draw.chance(30) { draw.between(15, 21) } else { draw.between(10, 14) };
    let plan = if draw.chance(40) { draw.between(5, 11) } else { draw.between(1, 4) };
    [format!("{draft} February 2014"), format!("{plan} April 2014")]
}

/// What a reviewer thought of the plan.
fn judged(area: &RealArea, topic: &str, accepted: bool, role: &str) -> [String; 4] {
    let day = draw(area, topic).between(7, 18);
    let why = if accepted { "schemes are described and shared" } else { "schemes are not yet agreed" };
    judgement(
        if accepted { "yes" } else { "no" },
        &format!("{role}, {}", area.region),
        &format!("{day} April 2014"),
        why,
    )
}

/// One metric of an area: what was planned for each date of payment, and what came.
fn metric_row(area: &RealArea, (metric, direction, baseline, step): (&str, &str, i64, i64)) -> Vec<String> {
    let mut draw = draw(area, metric);
    let better = if direction == "higher" { step } else { -step };
    let baseline = baseline + step * draw.between(-6, 6);
    let planned = draw.between(2, 4);
    let further = planned + draw.between(1, 3);
    let came = planned * draw.between(-30, 140) / 100;
    let came_further = further * draw.between(-20, 140) / 100;
    let cell = |draw: &mut Draw, steps: i64| {
        if draw.chance(4) { "..".to_owned() } else { (baseline + better * steps).to_string() }
    };
    let actual = cell(&mut draw, came);
    let further_actual = cell(&mut draw, came_further);
    vec![
        area.code.clone(),
        metric.to_owned(),
        direction.to_owned(),
        baseline.to_string(),
        (baseline + better * planned).to_string(),
        actual,
        (baseline + better * further).to_string(),
        further_actual,
    ]
}
