//! Clinical commissioning groups: what each has to pool, and what of it falls to which area.
//!
//! In: the real groups and the small areas each has in each council. Out: a minimum for each group, this year's and
//! last year's. Together this year's are £3,519m; those of 49 groups are less than last year's.

use super::super::draw::Draw;
use super::super::sharing::share;
use std::collections::BTreeMap;
use std::error::Error;

/// From all groups, in thousands.
const MINIMUM_THOUSANDS: i64 = 3_519_000;
/// Groups whose minimum fell in cash.
const CUT: usize = 49;

/// A group, with the minimums in pounds.
pub(crate) struct Group {
    pub(crate) code: String,
    pub(crate) minimum: i64,
    pub(crate) minimum_last_year: i64,
}

/// Money by area.
pub(crate) type ByArea = BTreeMap<String, i64>;

/// The groups, and for each area what falls to it, to the pound or one below.
pub(crate) fn make(groups: &str, parts: &str) -> Result<(Vec<Group>, ByArea), Box<dyn Error>> {
    let mut codes = Vec::new();
    for row in csv::Reader::from_reader(groups.as_bytes()).records() {
        codes.push(row?[0].to_owned());
    }
    let mut small_areas: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
    for row in csv::Reader::from_reader(parts.as_bytes()).records() {
        let row = row?;
        small_areas.entry(row[0].to_owned()).or_default().push((row[1].to_owned(), row[2].parse()?));
    }
    let size = |code: &String| small_areas.get(code).into_iter().flatten().map(|(_, count)| count).sum::<i64>();
    let needs: Vec<i64> =
        codes.iter().map(|code| size(code) * Draw::new(code, "group's need").between(900, 1_150)).collect();
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by_key(|index| Draw::new(&codes[*index], "group's cut").rank());
    let mut made: Vec<Group> = codes
        .into_iter()
        .zip(share(MINIMUM_THOUSANDS, &needs))
        .map(|(code, thousands)| Group { code, minimum: thousands * 1_000, minimum_last_year: 0 })
        .collect();
    for (place, index) in order.into_iter().enumerate() {
        let group = &mut made[index];
        let mut draw = Draw::new(&group.code, "group's last year");
        let parts = if place < CUT { draw.between(1_005, 1_030) } else { draw.between(970, 998) };
        group.minimum_last_year = group.minimum / 1_000 * parts;
    }
    let mut by_area: BTreeMap<String, i64> = BTreeMap::new();
    for group in &made {
        let parts = small_areas.get(&group.code).map(Vec::as_slice).unwrap_or_default();
        let counts: Vec<i64> = parts.iter().map(|(_, count)| *count).collect();
        for ((area, _), pounds) in parts.iter().zip(share(group.minimum, &counts)) {
            *by_area.entry(area.clone()).or_default() += pounds;
        }
    }
    Ok((made, by_area))
}
