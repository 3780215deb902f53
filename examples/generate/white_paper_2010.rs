//! The White Paper of 2010, as if it had been enacted: savings, spending at home, duties, indicators, methods.

use super::answer::{yes, yes_or_no};
use super::draw::Draw;
use super::real::{self, RealArea};
use super::sharing::share;
use super::text::{Files, ReadReal, owned, pounds, table};
use std::error::Error;

/// Extra resources and efficiencies, and of them spending on care at home, in thousands.
const SAVINGS_THOUSANDS: i64 = 4_000_000;
const HOME_CARE: i64 = 1_800_000_000;

/// Stand-ins: the White Paper's own list was not seen.
const INDICATORS: [&str; 4] = [
    "Illustrative: living at home after a stay in hospital",
    "Illustrative: emergency admissions that could be avoided",
    "Illustrative: control over daily life",
    "Illustrative: experience of carers",
];

/// `area.illustrative.csv` and `indicator.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::areas(&read("area.csv")?)?;
    let people: Vec<i64> = areas.iter().map(|area| area.people).collect();
    let hopes: Vec<i64> = areas.iter().map(|area| area.people * draw(area, "savings").between(700, 1_300)).collect();
    let savings = share(SAVINGS_THOUSANDS, &hopes);
    let at_home = share(HOME_CARE, &people);
    let mut rows =
        vec![owned(&[&["code", "integrated_care", "commissioned_jointly", "home_care_spend", "savings", "method"]])];
    let mut indicators = vec![owned(&[&["area", "indicator", "held_by_council", "held_by_nhs"]])];
    for (index, area) in areas.iter().enumerate() {
        let mut draw = draw(area, "answers");
        let short = if draw.chance(80) { 100_000 } else { 0 };
        let more = if draw.chance(300) { area.people } else { 0 };
        let method = *draw.one_of(&["pooled budget", "lead commissioning", "integrated provision", "other", ""]);
        rows.push(vec![
            area.code.clone(),
            yes_or_no(&area.code, "integrated care", 60),
            yes_or_no(&area.code, "joint commissioning", 60),
            pounds(at_home[index] - short + more),
            pounds(savings[index] * 1_000),
            method.to_owned(),
        ]);
        let apart = draw.chance(120);
        indicators.extend(INDICATORS.iter().enumerate().map(|(place, name)| {
            let council = yes(place < 3);
            let nhs = yes((place < 3) != (apart && place == 2));
            vec![area.code.clone(), (*name).to_owned(), council, nhs]
        }));
    }
    Ok(vec![("area.illustrative.csv", table(&rows)?), ("indicator.illustrative.csv", table(&indicators)?)])
}

fn draw(area: &RealArea, topic: &str) -> Draw {
    Draw::new(&area.code, &format!("white paper {topic}"))
}
