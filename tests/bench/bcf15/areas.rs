//! Areas, made up one by one: the figures of an area follow from its number alone.

use std::io::{self, Write};

/// The answer to a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    No,
    Yes,
    Missing,
}

/// What an area reports. Money in pence, percent and rates in hundredths, dates as year, month and day.
#[derive(Debug, Clone)]
pub(crate) struct Area {
    pub(crate) number: u64,
    pub(crate) minimum_fund: i64,
    pub(crate) pooled_fund: i64,
    pub(crate) baseline: [i32; 4],
    pub(crate) actual: [i32; 4],
    pub(crate) target_reduction: i32,
    pub(crate) pot: i64,
    pub(crate) people: i32,
    pub(crate) moves: i32,
    pub(crate) rate_before: i32,
    pub(crate) conditions: [Answer; 6],
    pub(crate) exempt: bool,
    pub(crate) submitted: i32,
}

/// The columns of the data file.
pub(crate) const HEADER: &str = "code,minimum_fund,pooled_fund,baseline_1,baseline_2,baseline_3,baseline_4,\
actual_1,actual_2,actual_3,actual_4,target_reduction,pot,people_65_plus,care_home_admissions,care_home_rate_before,\
plan_agreed,social_care_protected,seven_day_services,nhs_number,accountable_professional,acute_effect_agreed,\
exempt,plan_submitted";

/// The names of the six conditions.
pub(crate) const CONDITIONS: [&str; 6] = [
    "plan_agreed",
    "social_care_protected",
    "seven_day_services",
    "nhs_number",
    "accountable_professional",
    "acute_effect_agreed",
];

const SEED: u64 = 2015;

/// Numbers without a pattern that anybody would notice (SplitMix64), the same everywhere.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of the numbers from `least` to `most`.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.next() % u64::try_from(most - least + 1).unwrap()).unwrap()
    }

    fn small(&mut self, least: i32, most: i32) -> i32 {
        i32::try_from(self.between(i64::from(least), i64::from(most))).unwrap()
    }

    /// Whether something happens that happens in `percent` of all cases.
    fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}

/// The area with a number. One in twenty has round figures, so that payments fall on half a penny, thresholds are
/// met exactly and rates are equal.
pub(crate) fn area(number: u64) -> Area {
    let mut draw = Draw(SEED ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93));
    let minimum_fund = draw.between(300_000_000, 6_000_000_000);
    let voluntary = if draw.chance(35) { 0 } else { draw.between(0, minimum_fund / 2) };
    let short = if draw.chance(3) { draw.between(1, 1_000_000) } else { 0 };
    let mut conditions = [Answer::Yes; 6];
    for answer in &mut conditions {
        *answer = match draw.next() % 100 {
            0 | 1 => Answer::Missing,
            2 | 3 => Answer::No,
            _ => Answer::Yes,
        };
    }
    let people = draw.small(5_000, 250_000);
    let mut area = Area {
        number,
        minimum_fund,
        pooled_fund: minimum_fund + voluntary - short,
        baseline: [0; 4].map(|_| draw.small(500, 9_000)),
        actual: [0; 4],
        target_reduction: draw.small(50, 500),
        pot: draw.between(20_000_000, 800_000_000),
        people,
        moves: draw.small(people / 300, people / 110),
        rate_before: draw.small(30_000, 90_000),
        conditions,
        exempt: draw.chance(2),
        submitted: 20_140_900 + if draw.chance(90) { draw.small(1, 19) } else { draw.small(20, 30) },
    };
    for quarter in 0..4 {
        // Between eight percent fewer and three percent more.
        area.actual[quarter] = area.baseline[quarter] * draw.small(920, 1_030) / 1_000;
    }
    if number % 20 == 7 {
        make_round(&mut area, &mut draw);
    }
    area
}

/// 10,000 admissions a year, so that a target of 3.50% is 350 of them, and an odd pot, so that half of it is not whole.
fn make_round(area: &mut Area, draw: &mut Draw) {
    area.target_reduction = [200, 300, 350, 400][usize::try_from(draw.next() % 4).unwrap()];
    area.baseline = [2_500; 4];
    area.pot |= 1;
    area.pooled_fund = area.minimum_fund;
    area.submitted = super::DEADLINE + draw.small(0, 1);
    area.people = 50_000;
    area.moves = draw.small(200, 400);
    area.rate_before = area.moves * 200 + draw.small(-1, 1);
    // Halves of the target, whole targets, and quarters in which admissions rise again.
    let half = area.target_reduction / 2;
    let reductions = [[1, 0, 1, 0], [1, 1, -1, 1], [0, 1, -1, 0], [-1, 2, 2, 0], [2, -1, 0, -1]];
    let chosen = reductions[usize::try_from(draw.next() % 5).unwrap()];
    area.actual = chosen.map(|halves| 2_500 - halves * half);
}

impl Area {
    /// Writes the area as a line of the data file.
    pub(crate) fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let pounds = |pence: i64| (pence / 100, pence % 100);
        let ((minimum, minimum_pence), (pooled, pooled_pence)) = (pounds(self.minimum_fund), pounds(self.pooled_fund));
        write!(out, "{},{minimum}.{minimum_pence:02},{pooled}.{pooled_pence:02}", Code(self.number))?;
        for figure in self.baseline.iter().chain(&self.actual) {
            write!(out, ",{figure}")?;
        }
        let (pot, pot_pence) = pounds(self.pot);
        write!(out, ",{}.{:02}%,{pot}.{pot_pence:02}", self.target_reduction / 100, self.target_reduction % 100)?;
        write!(out, ",{},{}", self.people, self.moves)?;
        write!(out, ",{}.{:02}", self.rate_before / 100, self.rate_before % 100)?;
        for answer in self.conditions {
            out.extend_from_slice(match answer {
                Answer::No => b",no",
                Answer::Yes => b",yes",
                Answer::Missing => b",..",
            });
        }
        let (year, month, day) = (self.submitted / 10_000, self.submitted / 100 % 100, self.submitted % 100);
        writeln!(out, ",{},{year}-{month:02}-{day:02}", if self.exempt { "yes" } else { "no" })
    }
}

/// The code of an area.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Code(pub u64);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "A{:08}", self.0)
    }
}

/// Writes a data file of so many areas, in pieces, so that ten million of them need no memory.
pub(crate) fn write_file(rows: u64, to: &mut impl Write) -> io::Result<()> {
    let mut piece = Vec::with_capacity(1 << 20);
    writeln!(piece, "{HEADER}")?;
    for number in 0..rows {
        area(number).write(&mut piece)?;
        if piece.len() > (1 << 20) - 1_000 {
            to.write_all(&piece)?;
            piece.clear();
        }
    }
    to.write_all(&piece)
}

/// A data file in memory.
pub(crate) fn file(rows: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_file(rows, &mut bytes).unwrap();
    bytes
}
