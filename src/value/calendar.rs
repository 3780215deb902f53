//! Months by name and dates in words: the one way in which the language writes them.

use super::Date;

/// The months in their order.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of the month with this number, 1 to 12; empty for any other.
pub fn month_name(number: i8) -> &'static str {
    usize::try_from(number).ok().and_then(|number| MONTHS.get(number.checked_sub(1)?).copied()).unwrap_or("")
}

/// The number of a month, from 1, if the name is spelt as the language spells it.
pub fn month_number(name: &str) -> Option<i8> {
    MONTHS.iter().position(|month| *month == name).and_then(|index| i8::try_from(index + 1).ok())
}

/// A date as the language writes it: `19 September 2014`.
pub fn date_text(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}
