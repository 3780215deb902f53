//! The real figures the illustrative ones are made to fit.
//!
//! In: the text of `area.csv`, perhaps of `quarter.csv`. Out: the areas in the order of the file.

use std::error::Error;

/// An area as published.
pub(crate) struct RealArea {
    /// ONS code.
    pub(crate) code: String,
    /// Region, for the made-up reviewers.
    pub(crate) region: String,
    /// People of all ages, or the stand-in where none is published.
    pub(crate) people: i64,
    /// People aged 65 and over, or the stand-in where none is published; 0 where the file does not have them.
    pub(crate) people_65_plus: i64,
    /// Delayed days in the same quarter a year earlier, by quarter; 0 where the example has no quarters.
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

/// Reads `area.csv`: code, name, region, population and perhaps people aged 65 and over.
pub(crate) fn areas(areas: &str) -> Result<Vec<RealArea>, Box<dyn Error>> {
    let mut read = Vec::new();
    let mut reader = csv::Reader::from_reader(areas.as_bytes());
    let older = reader.headers()?.iter().any(|header| header == "people_65_plus");
    for row in reader.records() {
        let row = row?;
        let (people, people_65_plus) = match stand_in(&row[0]) {
            Some(sizes) => sizes,
            None => (row[3].parse()?, if older { row[4].parse()? } else { 0 }),
        };
        let [code, region] = [0, 2].map(|column| row[column].to_owned());
        read.push(RealArea { code, region, people, people_65_plus, baseline_delayed_days: [0; 4] });
    }
    Ok(read)
}

/// Reads `area.csv` and the delayed days a year earlier of `quarter.csv`.
pub(crate) fn with_delays(areas: &str, quarters: &str, periods: &[&str; 4]) -> Result<Vec<RealArea>, Box<dyn Error>> {
    let mut read = self::areas(areas)?;
    for row in csv::Reader::from_reader(quarters.as_bytes()).records() {
        let row = row?;
        let quarter = periods.iter().position(|quarter| *quarter == &row[1]);
        let area = read.iter_mut().find(|area| area.code == row[0]);
        let (Some(quarter), Some(area)) = (quarter, area) else {
            return Err(format!("`{}`, `{}` is no area and quarter of the example", &row[0], &row[1]).into());
        };
        area.baseline_delayed_days[quarter] = row[2].parse()?;
    }
    Ok(read)
}
