//! The fund as announced in 2013: who brought a plan forward, and whether it was thought ambitious.

use super::answer::{judgement, judgement_columns, yes_or_no};
use super::draw::Draw;
use super::real::{self, RealArea};
use super::text::{Files, ReadReal, owned, table};
use std::error::Error;

const ANSWERS: [&str; 8] = [
    "signed_by_council",
    "signed_by_ccgs",
    "signed_by_board",
    "seven_day_services",
    "social_care_protected",
    "commissioned_jointly",
    "results_planned",
    "preparation_planned",
];

/// `area.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::areas(&read("area.csv")?)?;
    let columns = owned(&[&["code"], &ANSWERS, &["plan_submitted", "signed_by_health", "signed_by_communities"]]);
    let mut rows = vec![[columns, judgement_columns("extremely_ambitious")].concat()];
    rows.extend(areas.iter().map(row));
    Ok(vec![("area.illustrative.csv", table(&rows)?)])
}

fn row(area: &RealArea) -> Vec<String> {
    let mut draw = Draw::new(&area.code, "announcement");
    let mut row = vec![area.code.clone()];
    row.extend(ANSWERS.map(|column| yes_or_no(&area.code, &format!("announcement {column}"), 25)));
    row.push(if draw.chance(40) {
        format!("{} April 2014", draw.between(1, 4))
    } else {
        format!("{} March 2014", draw.between(10, 31))
    });
    // The fund was renamed before a minister signed anything.
    row.extend([String::new(), String::new()]);
    let (what, why) = if draw.chance(700) {
        ("yes", "every service for older people is to be commissioned as one")
    } else {
        ("no", "the plan moves money that was moved before")
    };
    let on = format!("{} March 2014", draw.between(20, 31));
    row.extend(judgement(what, &format!("regional reviewer, {}", area.region), &on, why));
    row
}
