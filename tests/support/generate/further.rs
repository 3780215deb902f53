//! Further expressions: weighted means, percentiles, what is made of peers, days between dates, the period of the latest
//! figure.

use super::expression::{Here, Made, Writer};
use super::quantity::{Allowed, Basis, DAYS, NONE, PEOPLE, Quantity, Scale, Want};
use super::world::{Kind, Level};

impl Writer<'_> {
    /// One of these forms.
    pub(crate) fn further(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        if want.dimension == DAYS && self.random.chance(70) {
            return self.days_between(here);
        }
        match self.random.below(4) {
            0 | 1 => self.among_peers(want, here, depth),
            2 => self.weighted(want, here, depth),
            _ => self.percentile(want, here, depth),
        }
    }

    /// `days from A to B`
    fn days_between(&mut self, here: Here) -> Option<Made> {
        let (from, to) = (self.date(here)?, self.date(here)?);
        let day = |date: &Made| if date.is_literal { date.text.clone() } else { date.placed() };
        let text = format!("days from {} to {}", day(&from), day(&to));
        Some(Made::of(text, &[&from, &to]).with(Quantity::of(DAYS)))
    }

    /// Over which records, and how that is said.
    fn gathering(&mut self, here: Here) -> Option<(Here, String)> {
        if self.random.chance(40) {
            let table = self.random.below(self.world.tables.len());
            let plural = self.world.tables.get(table)?.plural;
            return Some((Here::at(Level::Table(table)), format!(" across {plural}")));
        }
        let (_, there) = self.table_below(here)?;
        Some((there, String::new()))
    }

    /// `mean of X weighted by W`
    fn weighted(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let (there, across) = self.gathering(here)?;
        let operand = self.touching(want.with(Allowed::Any), there, depth)?;
        let weights = [Want::of(PEOPLE), Want::on(Scale::Plain), Want::on(Scale::Share)];
        let by = self.random.pick(&weights).copied()?;
        let weight = self.number(by, there, depth.min(1));
        let condition = self.where_clause(there, 25);
        let text = format!("mean of {} weighted by {}{across}{condition}", operand.placed(), weight.placed());
        Some(Made::apart(text).with(operand.quantity.with(Basis::None)))
    }

    /// `90th percentile of X`
    fn percentile(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let (there, across) = self.gathering(here)?;
        let operand = self.touching(want.with(Allowed::Any), there, depth)?;
        let place = self.random.word(&["1st", "12th", "33rd", "50th", "90th", "99th"]);
        let condition = self.where_clause(there, 25);
        let text = format!("{place} percentile of {}{across}{condition}", operand.placed());
        Some(Made::apart(text).with(operand.quantity.with(Basis::None)))
    }

    /// `mean of X across areas with the same region`, and ranks among peers.
    fn among_peers(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let tables: Vec<usize> = (0..self.world.tables.len())
            .filter(|table| self.world.is_visible(Level::Table(*table), here.level))
            .collect();
        let table = *self.random.pick(&tables)?;
        let there = Here::at(Level::Table(table));
        let plural = self.world.tables.get(table)?.plural;
        let name = |writer: &mut Self| {
            writer.named(there, |named| !matches!(named.kind, Kind::Date | Kind::Quantity(_))).map(|made| made.text)
        };
        let first = name(self)?;
        let second = if self.random.chance(30) { name(self).filter(|second| *second != first) } else { None };
        let same = second.map_or(first.clone(), |second| format!("{first} and the same {second}"));
        let is_rank = want.dimension == NONE && want.scale == Scale::Plain && here.level == there.level;
        if is_rank && self.random.chance(50) {
            let of = self.kind_of_number();
            let operand = self.number(of, here, depth);
            let end = self.random.word(&["highest", "lowest"]);
            let text = format!("rank of {} across {plural} with the same {same} from {end}", operand.placed());
            return Some(Made::apart(text));
        }
        let operand = self.number(want.with(Allowed::Any), there, depth);
        let op = self.random.word(&["sum", "mean", "median", "upper quartile", "least", "greatest", "90th percentile"]);
        let condition = self.where_clause(there, 25);
        let text = format!("{op} of {} across {plural} with the same {same}{condition}", operand.placed());
        Some(Made::apart(text).with(operand.quantity.with(Basis::None)))
    }

    /// `latest period of X is Q1 2014-15`
    pub(crate) fn latest_period(&mut self, here: Here) -> Option<Made> {
        let table = self.series_below(here)?;
        let series = self.world.tables.get(table)?.series?;
        let there = Here::at(Level::Table(table));
        let of = self.kind_of_number();
        let operand = self.touching(of.with(Allowed::Any), there, 0)?;
        let op = self.random.word(&["is", "<", ">="]);
        let period = series.kind.text(series.first + self.random.below(series.count));
        Some(Made::apart(format!("(latest period of {}) {op} {period}", operand.placed())))
    }
}
