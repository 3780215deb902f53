//! A timeline: a bar for each stretch, placed by its days between the first and the last.

use super::{Page, escaped, unbroken};
use crate::report::doc::document::Stretch;
use crate::value::{Date, date_text};
use std::fmt::Write as _;

/// What has no end is drawn for this many days beyond whatever else ends or begins last.
const OPEN_DAYS: i64 = 365;
/// The most years that are named below the bars.
const MOST_YEARS: i64 = 12;
/// Parts of the whole width.
const WHOLE: i64 = 1_000;

impl Page<'_> {
    pub(super) fn timeline(&mut self, stretches: &[Stretch]) {
        let Some(first) = stretches.iter().map(|stretch| day(stretch.first)).min() else { return };
        let ends = stretches.iter().map(|stretch| stretch.last.map_or(day(stretch.first) + OPEN_DAYS, day));
        let Some(last) = ends.max() else { return };
        let place = |at: i64| (at - first).saturating_mul(WHOLE) / (last - first).max(1);
        // The table beside it says the same in words.
        self.out.push_str("<figure class=\"timeline\" aria-hidden=\"true\">\n");
        for stretch in stretches {
            let (from, to) = (place(day(stretch.first)), stretch.last.map_or(WHOLE, |last| place(day(last) + 1)));
            let (from, to) = (from.clamp(0, WHOLE), to.clamp(0, WHOLE));
            let dates = match stretch.last {
                Some(last) => format!("{} to {}", date_text(stretch.first), date_text(last)),
                None => format!("from {}", date_text(stretch.first)),
            };
            let open = if stretch.last.is_none() { " open" } else { "" };
            let _ = writeln!(
                self.out,
                "<div class=\"stretch\"><span class=\"label\">{}</span><span class=\"track\"><span class=\"bar {}{open}\" \
                 style=\"--from:{from};--size:{}\" title=\"{}\"></span></span></div>",
                unbroken(&stretch.label),
                status_class(&stretch.status),
                (to - from).max(4),
                escaped(&dates)
            );
        }
        self.years(first, last, &place);
        self.out.push_str("</figure>\n");
    }

    /// The years below the bars.
    fn years(&mut self, first: i64, last: i64, place: &dyn Fn(i64) -> i64) {
        let starts: Vec<(i16, i64)> = (year(first)..=year(last))
            .filter_map(|year| Some((year, day(Date::new(year, 1, 1).ok()?))))
            .filter(|(_, start)| (first..=last).contains(start))
            .collect();
        let every = i64::try_from(starts.len()).unwrap_or(i64::MAX).div_euclid(MOST_YEARS) + 1;
        self.out.push_str("<div class=\"stretch years\"><span class=\"label\"></span><span class=\"track\">");
        for (year, start) in starts.into_iter().filter(|(year, _)| i64::from(*year).rem_euclid(every) == 0) {
            let _ = write!(self.out, "<span class=\"year\" style=\"--from:{}\">{year}</span>", place(start));
        }
        self.out.push_str("</span></div>\n");
    }
}

/// The number of a day.
fn day(date: Date) -> i64 {
    let zero = Date::constant(1970, 1, 1);
    date.since(zero).map_or(0, |span| i64::from(span.get_days()))
}

fn year(day: i64) -> i16 {
    let zero = Date::constant(1970, 1, 1);
    let days = jiff::Span::new().try_days(day).unwrap_or_default();
    zero.checked_add(days).map_or(1970, |date| date.year())
}

/// The class of a status: whether it is law, is not law yet, or is law no more.
fn status_class(status: &str) -> &'static str {
    match status {
        "in force" => "force",
        "superseded" => "past",
        _ => "coming",
    }
}
