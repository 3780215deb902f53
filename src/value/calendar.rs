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

/// Days since 1 January 1970; negative before it.
pub fn day_of_date(date: Date) -> i32 {
    // Years begin in March, so that the day that some years have more is their last.
    let (year, month) = (i32::from(date.year()), i32::from(date.month()));
    let year = if month <= 2 { year - 1 } else { year };
    let (century, of_century) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i32::from(date.day()) - 1;
    century * 146_097 + of_century * 365 + of_century / 4 - of_century / 100 + of_year - 719_468
}

/// The date so many days after 1 January 1970, if the calendar reaches it.
pub fn date_of_day(day: i32) -> Option<Date> {
    let hours = i64::from(day).checked_mul(24)?;
    Date::constant(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(hours)).ok()
}

/// A date as the language writes it: `19 September 2014`.
pub fn date_text(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_every_day_of_the_calendar_once() {
        let mut date = Date::MIN;
        let mut day = day_of_date(date);
        assert_eq!(day_of_date(Date::constant(1970, 1, 1)), 0);
        loop {
            assert_eq!(date_of_day(day), Some(date));
            let Ok(next) = date.tomorrow() else { break };
            (date, day) = (next, day + 1);
            assert_eq!(day_of_date(date), day, "{date}");
        }
        assert_eq!(date, Date::MAX);
        assert_eq!(date_of_day(day + 1), None);
        assert_eq!(date_of_day(i32::MAX), None);
    }
}
