//! The transfers of 2011-12 to 2014-15: what each council was allotted and received, and what it answers.

use super::answer::{judgement, judgement_columns, yes_or_no};
use super::draw::Draw;
use super::real::{self, RealArea};
use super::sharing::share;
use super::text::{Files, ReadReal, owned, pounds, table};
use std::error::Error;

/// The years, with the transfer to all councils and what of it is for preparing the pooled budget.
const YEARS: [(&str, i64, i64); 4] = [
    ("2011-12", 648_000_000, 0),
    ("2012-13", 622_000_000, 0),
    ("2013-14", 859_000_000, 0),
    ("2014-15", 1_100_000_000, 200_000_000),
];

const COLUMNS: [&str; 8] = [
    "council",
    "period",
    "allotted",
    "for_preparation",
    "received",
    "spent_on_social_care",
    "health_benefit",
    "investment_agreed",
];

const LATER_COLUMNS: [&str; 5] =
    ["outcomes_agreed", "report_to_board", "needs_assessment_regarded", "two_year_plan_signed", "current_services"];

/// `year.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let councils = real::areas(&read("council.csv")?)?;
    let needs: Vec<i64> = councils
        .iter()
        .map(|council| council.people * Draw::new(&council.code, "relative needs").between(800, 1_250))
        .collect();
    let parts: Vec<[Vec<i64>; 2]> =
        YEARS.iter().map(|(_, total, preparation)| [share(*total, &needs), share(*preparation, &needs)]).collect();
    let mut rows = vec![[owned(&[&COLUMNS, &LATER_COLUMNS]), judgement_columns("better_than_without")].concat()];
    for (index, council) in councils.iter().enumerate() {
        for (year, (period, ..)) in YEARS.iter().enumerate() {
            let [allotted, preparation] = [0, 1].map(|part| parts[year][part][index]);
            rows.push(row(council, year, period, allotted, preparation));
        }
    }
    Ok(vec![("year.illustrative.csv", table(&rows)?)])
}

fn row(council: &RealArea, year: usize, period: &str, allotted: i64, preparation: i64) -> Vec<String> {
    let mut draw = Draw::new(&council.code, period);
    let received = if draw.chance(20) { allotted / 2 } else { allotted };
    let spent = match draw.between(1, 100) {
        1..=3 => received - received / 50,
        4..=80 => received,
        _ => received + received / 40,
    };
    let mut row = vec![council.code.clone(), period.to_owned()];
    row.extend([allotted, preparation, received, spent].map(pounds));
    let answer = |column: &str, refusals: i64| yes_or_no(&council.code, &format!("{period} {column}"), refusals);
    row.push(answer("health_benefit", 15));
    row.push(answer("investment_agreed", 12));
    row.push(answer("outcomes_agreed", 12));
    // What the last two years ask, and the last alone, the years before do not.
    let later = |column: &str, from: usize| if year < from { "[z]".to_owned() } else { answer(column, 30) };
    row.push(later("report_to_board", 2));
    row.push(later("needs_assessment_regarded", 2));
    row.push(later("two_year_plan_signed", 3));
    row.push(if draw.chance(600) { "yes" } else { "no" }.to_owned());
    if year < 2 {
        return [row, vec!["[z]".to_owned(), String::new(), String::new(), String::new()]].concat();
    }
    let (what, why) = *draw.one_of(&[
        ("yes", "reablement doubled beside the plan without the transfer"),
        ("yes", "two services stayed open that were to close"),
        ("yes", "waiting for equipment fell from weeks to days"),
    ]);
    let (what, why) = if draw.chance(40) { ("no", "the same services as in the plan without it") } else { (what, why) };
    let on = format!("{} June 20{}", draw.between(3, 28), 12 + year);
    row.extend(judgement(what, &format!("finance officer, {}", council.region), &on, why));
    row
}
