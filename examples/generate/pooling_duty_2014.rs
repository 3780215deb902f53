//! The proposed duty to pool whole budgets: budgets in round numbers, and the pools of the first plans.

use super::bcf_2015_16::{money, review};
use super::draw::Draw;
use super::real;
use super::sharing::share;
use super::text::{Files, ReadReal, owned, pounds, table};
use std::error::Error;

/// Round numbers for the whole country; none was published with the proposal. In thousands.
const HEALTH_THOUSANDS: i64 = 64_000_000;
const SOCIAL_CARE_THOUSANDS: i64 = 14_000_000;
/// What the first plans pooled beyond those of September 2014, in thousands.
const MORE_THOUSANDS: i64 = 200_000;

/// `area.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::areas(&read("area.csv")?)?;
    let people: Vec<i64> = areas.iter().map(|area| area.people).collect();
    let spread = |topic: &str| -> Vec<i64> {
        areas.iter().map(|area| area.people * Draw::new(&area.code, topic).between(900, 1_100)).collect()
    };
    let health = share(HEALTH_THOUSANDS, &spread("health budget"));
    let social_care = share(SOCIAL_CARE_THOUSANDS, &spread("social care budget"));
    let more = share(MORE_THOUSANDS, &people);
    let money = money::make(&areas, &review::classes(&areas));
    let mut rows = vec![owned(&[&["code", "health_budget", "social_care_budget", "pooled_fund", "method"]])];
    for (index, area) in areas.iter().enumerate() {
        let method = *Draw::new(&area.code, "method").one_of(&["pooled budget", "lead commissioning", "other", ""]);
        let mut row = vec![area.code.clone()];
        row.extend(
            [health[index] * 1_000, social_care[index] * 1_000, money[index].pooled_fund + more[index] * 1_000]
                .map(pounds),
        );
        row.push(method.to_owned());
        rows.push(row);
    }
    Ok(vec![("area.illustrative.csv", table(&rows)?)])
}
