//! The fund of 2016-17: contributions of groups, plans, answers to the eight conditions, a year's admissions.

mod groups;
mod plan;

use super::draw::Draw;
use super::real::{self, RealArea};
use super::sharing::share;
use super::text::{Files, ReadReal, owned, pounds, table};
use std::error::Error;

/// The quarters of the year.
const QUARTERS: [&str; 4] = ["Q1 2016-17", "Q2 2016-17", "Q3 2016-17", "Q4 2016-17"];
/// The Disabled Facilities Grant.
const DISABLED_FACILITIES: i64 = 394_000_000;
/// The £1bn.
const OUT_OF_HOSPITAL: i64 = 1_000_000_000;
/// Money for the Care Act within the minimum, in thousands.
const CARE_ACT_THOUSANDS: i64 = 138_000;
/// Emergency admissions of the year before.
const BASELINE: i64 = 5_360_000;

const MONEY_COLUMNS: [&str; 10] = [
    "nhs_pooled",
    "disabled_facilities",
    "disabled_facilities_pooled",
    "share_of_1bn",
    "out_of_hospital_spend",
    "risk_share_held",
    "care_act_money",
    "social_care_last_year",
    "social_care_amount",
    "met_2015_target",
];

const QUARTER_COLUMNS: [&str; 7] =
    ["area", "period", "baseline", "planned", "actual", "planned_delayed_days", "return_submitted"];

/// `area.illustrative.csv`, `quarter.illustrative.csv` and `ccg.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::with_delays(&read("area.csv")?, &read("quarter.csv")?, &QUARTERS)?;
    let (groups, minimums) = groups::make(&read("ccg.csv")?, &read("contribution.csv")?)?;
    let people: Vec<i64> = areas.iter().map(|area| area.people).collect();
    let grants = share(DISABLED_FACILITIES, &people);
    let shares = share(OUT_OF_HOSPITAL, &people);
    let care_act = share(CARE_ACT_THOUSANDS, &people);
    let sizes: Vec<i64> = areas.iter().map(|area| area.people * draw(area, "admissions").between(850, 1_150)).collect();
    let baselines = share(BASELINE, &sizes);

    let mut area_rows = vec![[owned(&[&["code"], &MONEY_COLUMNS]), plan::columns()].concat()];
    let mut quarter_rows = vec![owned(&[&QUARTER_COLUMNS])];
    for (index, area) in areas.iter().enumerate() {
        let minimum = *minimums.get(&area.code).ok_or_else(|| format!("no group has a part in `{}`", area.code))?;
        let mut row = vec![area.code.clone()];
        row.extend(money(area, minimum, grants[index], shares[index], care_act[index] * 1_000));
        row.extend(plan::cells(area));
        area_rows.push(row);
        quarter_rows.extend(quarters(area, baselines[index]));
    }
    let mut group_rows = vec![owned(&[&["code", "minimum", "minimum_last_year"]])];
    group_rows.extend(
        groups
            .into_iter()
            .map(|group| [vec![group.code], [group.minimum, group.minimum_last_year].map(pounds).to_vec()].concat()),
    );
    Ok(vec![
        ("area.illustrative.csv", table(&area_rows)?),
        ("quarter.illustrative.csv", table(&quarter_rows)?),
        ("ccg.illustrative.csv", table(&group_rows)?),
    ])
}

fn draw(area: &RealArea, topic: &str) -> Draw {
    Draw::new(&area.code, &format!("2016-17 {topic}"))
}

/// The cells of [`MONEY_COLUMNS`].
fn money(area: &RealArea, minimum: i64, grant: i64, share: i64, care_act: i64) -> Vec<String> {
    let mut draw = draw(area, "money");
    // A few pounds more than the minimum, so that rounding never leaves a pool short; some pool much more.
    let floor = (minimum / 1_000 + 1) * 1_000;
    let pooled = match draw.between(1, 100) {
        1 => floor - 100_000,
        2..=60 => floor + area.people * draw.between(1, 90),
        _ => floor,
    };
    let met = draw.chance(450);
    let held = match (met, draw.between(1, 100)) {
        (false, 1..=60) => share / 1_000 * draw.between(50, 300),
        _ => 0,
    };
    let spent = match draw.between(1, 100) {
        1..=3 => share - held - 50_000,
        4..=50 => share - held,
        _ => share - held + area.people * draw.between(1, 20),
    };
    let last_year = minimum / 1_000 * draw.between(280, 360);
    let this_year = if draw.chance(20) { last_year - 100_000 } else { last_year / 1_000 * draw.between(1_000, 1_030) };
    let this_year = if this_year < last_year && last_year - this_year < 1_000 { last_year } else { this_year };
    let mut cells: Vec<String> =
        [pooled, grant, grant, share, spent, held, care_act, last_year, this_year].map(pounds).to_vec();
    cells.push(super::answer::yes(met));
    cells
}

/// The four quarters of an area, from its admissions of the year before.
fn quarters(area: &RealArea, baseline: i64) -> Vec<Vec<String>> {
    let mut draw = draw(area, "quarters");
    let baselines = share(baseline, &[245, 243, 257, 255].map(|part| part + draw.between(0, 12)));
    let fewer = draw.between(-5, 25);
    let came = draw.between(-30, 15);
    QUARTERS
        .iter()
        .zip(baselines)
        .zip(area.baseline_delayed_days)
        .enumerate()
        .map(|(quarter, ((period, baseline), days))| {
            let actual = baseline - baseline * (came + draw.between(-5, 5)) / 1_000;
            let actual = if draw.chance(8) { "..".to_owned() } else { actual.to_string() };
            let returned = match quarter {
                1 => format!("{} November 2016", if draw.chance(40) { 28 } else { draw.between(14, 25) }),
                3 => format!("{} May 2017", draw.between(15, 31)),
                _ => String::new(),
            };
            vec![
                area.code.clone(),
                (*period).to_owned(),
                baseline.to_string(),
                (baseline - baseline * fewer / 1_000).to_string(),
                actual,
                (days - days * draw.between(10, 80) / 1_000).to_string(),
                returned,
            ]
        })
        .collect()
}
