//! The real figures the illustrative ones are made to fit.
//!
//! In: the text of `area.csv` and `quarter.csv`. Out: the areas in the order of the file, each with its quarters.

use std::error::Error;

/// The quarters that are paid for, in order.
pub(crate) const QUARTERS: [&str; 4] = ["Q4 2014-15", "Q1 2015-16", "Q2 2015-16", "Q3 2015-16"];

/// An area as published.
pub(crate) struct RealArea {
    /// ONS code.
    pub(crate) code: String,
    /// Region, for the made-up reviewers.
    pub(crate) region: String,
    /// People of all ages, or the stand-in where none is published.
    pub(crate) people: i64,
    /// People aged 65 and over, or the stand-in where none is published.
    pub(crate) people_65_plus: i64,
    /// Delayed days in the same quarter a year earlier, by quarter.
    pub(crate) baseline_delayed_days: [i64; 4],
}

/// Sizes for the three areas whose population is not published on their boundaries of 2015. They only set the scale
/// of these areas' illustrative figures; they are not written to any file.
fn stand_in(code: &str) -> Option<(i64, i64)> {
    match code {
        "E06000028" => Some((190_000, 34_000)),
        "E06000029" => Some((150_000, 34_000)),
        "E10000009" => Some((420_000, 115_000)),
        _ => None,
    }
}

/// Reads both files.
pub(crate) fn read(areas: &str, quarters: &str) -> Result<Vec<RealArea>, Box<dyn Error>> {
    let mut read = Vec::new();
    for row in csv::Reader::from_reader(areas.as_bytes()).records() {
        let row = row?;
        let (code, region) = (row[0].to_owned(), row[2].to_owned());
        let (people, people_65_plus) = match stand_in(&code) {
            Some(sizes) => sizes,
            None => (row[3].parse()?, row[4].parse()?),
        };
        read.push(RealArea { code, region, people, people_65_plus, baseline_delayed_days: [0; 4] });
    }
    for row in csv::Reader::from_reader(quarters.as_bytes()).records() {
        let row = row?;
        let quarter = QUARTERS.iter().position(|quarter| *quarter == &row[1]);
        let area = read.iter_mut().find(|area| area.code == row[0]);
        let (Some(quarter), Some(area)) = (quarter, area) else {
            return Err(format!("`{}`, `{}` is no area and quarter of the example", &row[0], &row[1]).into());
        };
        area.baseline_delayed_days[quarter] = row[2].parse()?;
    }
    Ok(read)
}
