//! Makes the illustrative half of the example in `examples/bcf-2015-16`.
//!
//! What is not public about the fund of 2015-16 (contributions, plans, quarterly admissions, answers to conditions)
//! is made up here, area by area, and scaled so that the national lines come out at the published figures. The real
//! files in the same folder are read and never written. Nothing depends on a clock, a network or the machine: whole
//! numbers only, and a seed in [`draw`].
//!
//! ```text
//! cargo run --example generate_bcf_2015_16
//! ```

mod activity;
mod answers;
mod draw;
mod money;
mod quarterly_return;
mod real;
mod review;
mod sharing;

use draw::Draw;
use std::error::Error;
use std::path::Path;

/// Actual admissions that some areas did not return: which quarter, and how the gap is written.
const GAPS: [(usize, &str); 7] =
    [(3, ".."), (1, ""), (0, "[c]"), (3, "N/A"), (3, "not yet due"), (3, "not yet due"), (2, "[x]")];

/// Permanent admissions to care homes fewer than the year before, as published for all plans.
const FEWER_CARE_HOME: i64 = 2_000;

/// The two illustrative files as text: `area.illustrative.csv` and `quarter.illustrative.csv`.
pub(crate) fn illustrative_files(areas: &str, quarters: &str) -> Result<[String; 2], Box<dyn Error>> {
    let areas = real::read(areas, quarters)?;
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
        for (period, cells) in real::QUARTERS.iter().zip(cells) {
            quarter_rows.push([vec![area.code.clone(), (*period).to_owned()], cells].concat());
        }
    }
    Ok([text(&area_rows)?, text(&quarter_rows)?])
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

fn owned(columns: &[&[&str]]) -> Vec<String> {
    columns.concat().into_iter().map(str::to_owned).collect()
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
fn gaps(areas: &[real::RealArea]) -> Vec<Option<(usize, &'static str)>> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|index| Draw::new(&areas[*index].code, "gap").rank());
    let mut gaps = vec![None; areas.len()];
    for (index, gap) in order.into_iter().zip(GAPS) {
        gaps[index] = Some(gap);
    }
    gaps
}

fn text(rows: &[Vec<String>]) -> Result<String, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bcf-2015-16/data");
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    let [areas, quarters] = illustrative_files(&read("area.csv")?, &read("quarter.csv")?)?;
    std::fs::write(folder.join("area.illustrative.csv"), areas)?;
    std::fs::write(folder.join("quarter.illustrative.csv"), quarters)?;
    Ok(())
}
