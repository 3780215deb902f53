//! Cells of made-up tables: ordinary figures, and those that programs get wrong.

use super::quantity::{MONEY, NONE, Quantity, Scale};
use super::random::Random;
use super::world::{Column, Kind, PeriodKind};

/// What the cells of a case are like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// How many of a hundred cells are missing.
    pub(crate) missing: usize,
    /// How many of a hundred numbers are at the edge of what machines hold.
    pub(crate) extreme: usize,
    /// How many of a hundred cells cannot be read.
    pub(crate) unreadable: usize,
    /// How many of a hundred records are not there.
    pub(crate) absent: usize,
}

impl Weather {
    pub(crate) fn of(random: &mut Random) -> Self {
        Self {
            missing: random.pick(&[0, 0, 1, 4, 12, 40]).copied().unwrap_or(0),
            extreme: random.pick(&[0, 0, 0, 5, 30]).copied().unwrap_or(0),
            unreadable: random.pick(&[0, 0, 0, 0, 2]).copied().unwrap_or(0),
            absent: random.pick(&[0, 0, 5, 20]).copied().unwrap_or(0),
        }
    }
}

const MISSING: [&str; 9] = ["", "..", "[c]", "[x]", "[z]", "*", "N/A", "#N/A", "not yet due"];

/// Numbers where machines change from one width to the next, and what is beyond all of them.
const EXTREME: [&str; 18] = [
    "2147483647",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "92233720368547758.07",
    "92233720368547758.08",
    "170141183460469231731687303715884105727",
    "170141183460469231731687303715884105728",
    "1701411834604692317316873037158841057.28",
    "340282366920938463463374607431768211456",
    "0.000000000000000001",
    "0.0000000000000000000000000000000000000000000001",
    "13043817825332782212",
    "999999999999999999999999999999999999999999999999999999999999",
    "1234567890123456789012345678901234567890.1234567890123456789012345678901234567890",
];

/// The text of a cell.
pub(crate) fn cell(column: &Column, weather: Weather, random: &mut Random) -> String {
    if random.chance(weather.missing) {
        return random.word(&MISSING).to_owned();
    }
    if random.chance(weather.unreadable) && column.kind != Kind::Text {
        return "what?".to_owned();
    }
    match &column.kind {
        Kind::YesNo => random.word(&["yes", "yes", "no"]).to_owned(),
        Kind::Text => random.word(&["Alpha", "Beta", "A1", "\"x\"", "Gamma, Delta"]).to_owned(),
        Kind::Date => {
            let month = random.word(&["January", "April", "September", "December"]);
            let day = random.pick(&[1, 19, 28]).copied().unwrap_or(1);
            format!("{day} {month} {}", random.between(2014, 2016))
        }
        Kind::Quarter => PeriodKind::Quarter.text(random.below(10)),
        Kind::Month => PeriodKind::Month.text(random.below(26)),
        Kind::Year => PeriodKind::Year.text(random.below(4)),
        Kind::Choice(values) => random.word(values).to_owned(),
        Kind::Quantity(quantity) => number(column, *quantity, weather, random),
    }
}

fn number(column: &Column, quantity: Quantity, weather: Weather, random: &mut Random) -> String {
    let is_negative = column.least.is_none() && random.chance(20);
    let mut digits = digits(column, weather, random);
    if column.is_whole && digits.contains('.') {
        digits = digits.split('.').next().unwrap_or("0").to_owned();
    }
    let is_nothing = digits.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if is_negative && !is_nothing { "-" } else { "" };
    match (quantity.dimension, quantity.scale) {
        (MONEY, _) => format!("{sign}£{digits}"),
        (NONE, Scale::Share) => format!("{sign}{digits}%"),
        _ => format!("{sign}{digits}"),
    }
}

fn digits(column: &Column, weather: Weather, random: &mut Random) -> String {
    if column.greatest.is_none() && random.chance(weather.extreme) {
        if random.chance(10) {
            return "9".repeat(random.between(60, 199));
        }
        return random.word(&EXTREME).to_owned();
    }
    match random.below(12) {
        0 | 1 => "0".to_owned(),
        2 | 3 => random.word(&["1", "5", "10", "100"]).to_owned(),
        4 | 5 => random.below(12).to_string(),
        6 => format!("{}.{}", random.below(50), random.word(&["5", "005", "025", "125", "995"])),
        7 => format!("{}.{:02}", random.below(5_000), random.below(100)),
        8 => random.below(1_000_000).to_string(),
        9 => format!("{}000", random.below(1_000)),
        10 => format!("{}.5", random.below(20)),
        _ => random.below(1_000).to_string(),
    }
}
