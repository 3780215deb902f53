//! The revised fund of 2015-16: what is not public about it (contributions, plans, quarterly admissions, answers to
//! conditions), made up area by area and scaled so that the national lines come out at the published figures.

pub(crate) mod activity;
mod answers;
pub(crate) mod money;
mod quarterly_return;
pub(crate) mod review;

use super::draw::Draw;
use super::real::{self, RealArea};
use super::sharing;
use super::text::{Files, ReadReal, owned, table};
use std::error::Error;

/// Actual admissions that some areas did not return: which quarter, and how the gap is written.
const GAPS: [(usize, &str); 7] =
    [(3, ".."), (1, ""), (0, "[c]"), (3, "N/A"), (3, "not yet due"), (3, "not yet due"), (2, "[x]")];

/// The quarters that are paid for, in order.
pub(crate) const QUARTERS: [&str; 4] = ["Q4 2014-15", "Q1 2015-16", "Q2 2015-16", "Q3 2015-16"];

/// Permanent admissions to care homes fewer than the year before, as published for all plans.
const FEWER_CARE_HOME: i64 = 2_000;

/// `area.illustrative.csv` and `quarter.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::with_delays(&read("area.csv")?, &read("quarter.csv")?, &QUARTERS)?;
    let classes = review::classes(&areas);
    let money = money::make(&areas, &classes);
    let activity = activity::make(&areas, &classes);
    let submissions = answers::submissions(&areas);
    let care_home: Vec<i64> = areas
        .iter()
        .map(|area| area.people_65_plus * Draw::new(&area.code, "care homes").between(560, 760) / 100_000)
        .collect();
    let fewer_care_home = sharing::share(FEWER_CARE_HOME, &care_home);
    let gaps = gaps(&areas);

    let mut area_rows = vec![area_header()];
    let mut quarter_rows = vec![owned(&[&["area", "period"], &quarterly_return::COLUMNS])];
    for (index, area) in areas.iter().enumerate() {
        let (money, activity) = (&money[index], &activity[index]);
        let conditions = answers::conditions(area, classes[index]);
        // The last answer, on the sharing of risk, is not one of the six conditions.
        let six = &conditions[..conditions.len() - 1];
        let access = six.iter().all(|answer| answer != "no") && money.pooled_fund >= money.minimum_fund;

        let mut row = vec![area.code.clone()];
        row.extend(money_cells(money));
        row.push(submissions[index].clone());
        row.extend(conditions);
        row.extend(review::cells(area, classes[index], activity.reaches_least_reduction()));
        row.extend(answers::outcomes(area, care_home[index], fewer_care_home[index]));
        area_rows.push(row);

        let cells = quarterly_return::cells(&area.code, activity, money, gaps[index], access);
        for (period, cells) in QUARTERS.iter().zip(cells) {
            quarter_rows.push([vec![area.code.clone(), (*period).to_owned()], cells].concat());
        }
    }
    Ok(vec![("area.illustrative.csv", table(&area_rows)?), ("quarter.illustrative.csv", table(&quarter_rows)?)])
}

/// The names of [`money_cells`].
const MONEY_COLUMNS: [&str; 8] = [
    "minimum_fund",
    "pooled_fund",
    "share_of_1bn",
    "capital_determination",
    "social_care_capital",
    "care_act_money",
    "social_care_amount",
    "local_value",
];

fn area_header() -> Vec<String> {
    owned(&[
        &["code"],
        &MONEY_COLUMNS,
        &["plan_submitted"],
        &answers::CONDITION_COLUMNS,
        &review::COLUMNS,
        &answers::OUTCOME_COLUMNS,
    ])
}

fn money_cells(money: &money::Money) -> Vec<String> {
    let pounds = [
        money.minimum_fund,
        money.pooled_fund,
        money.share_of_1bn,
        money.capital_determination,
        money.social_care_capital,
        money.care_act_money,
        money.social_care_amount,
    ];
    let mut cells: Vec<String> = pounds.iter().map(|amount| format!("£{amount}")).collect();
    cells.push(money.local_value.map_or_else(String::new, |value| format!("£{value}")));
    cells
}

/// Which areas did not return a quarter.
fn gaps(areas: &[RealArea]) -> Vec<Option<(usize, &'static str)>> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|index| Draw::new(&areas[*index].code, "gap").rank());
    let mut gaps = vec![None; areas.len()];
    for (index, gap) in order.into_iter().zip(GAPS) {
        gaps[index] = Some(gap);
    }
    gaps
}
