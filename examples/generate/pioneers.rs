//! The pioneers: dates of bids, answers and objectives of the fourteen that were named.

use super::answer::{judgement, judgement_columns, yes};
use super::draw::Draw;
use super::text::{Files, ReadReal, owned, table};
use std::error::Error;

/// `applicant.illustrative.csv`.
pub(crate) fn files(read: &ReadReal<'_>) -> Result<Files, Box<dyn Error>> {
    let columns = owned(&[&["code", "bid_received", "keeps_to_plan", "shares_learning"]]);
    let mut rows = vec![[columns, judgement_columns("objectives")].concat()];
    for row in csv::Reader::from_reader(read("applicant.csv")?.as_bytes()).records() {
        let code = row?[0].to_owned();
        let mut draw = Draw::new(&code, "pioneer");
        let bid = format!("{} June 2013", draw.between(12, 30));
        let (what, why) = *draw.one_of(&[
            ("on course", "most of what was planned has begun"),
            ("on course", "begun late and catching up"),
            ("met", "what was planned for the year is done"),
        ]);
        let mut cells = vec![code, bid, yes(!draw.chance(100)), yes(true)];
        cells.extend(judgement(what, "support team", &format!("{} November 2014", draw.between(3, 28)), why));
        rows.push(cells);
    }
    Ok(vec![("applicant.illustrative.csv", table(&rows)?)])
}
