//! The three pots of each area under the change of February 2014: where a recovery plan was asked for, and who agreed it.

use super::answer::yes;
use super::draw::Draw;
use super::real;
use super::text::{Files, ReadReal, owned, table};
use std::error::Error;

/// The pots that a plan can fall short of.
const POTS: [&str; 3] = ["conditions of April 2015", "progress of April 2015", "progress of October 2015"];

/// `pot.illustrative.csv`, for the areas of the original design.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let areas = real::areas(&read("../../bcf-2015-16-original/data/area.csv")?)?;
    let mut rows = vec![owned(&[&[
        "area",
        "pot",
        "recovery_asked_for",
        "agreed_by_board",
        "agreed_by_nhs_england",
        "agreed_by_peers",
    ]])];
    for area in &areas {
        for pot in POTS {
            let mut draw = Draw::new(&area.code, &format!("recovery {pot}"));
            let asked_for = draw.chance(350);
            let mut row = vec![area.code.clone(), pot.to_owned(), yes(asked_for)];
            row.extend([950, 800, 900].map(|part| if asked_for { yes(draw.chance(part)) } else { String::new() }));
            rows.push(row);
        }
    }
    Ok(vec![("pot.illustrative.csv", table(&rows)?)])
}
