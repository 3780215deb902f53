//! Expressions that read many records: over those below, over all, along a series, in one period.

use super::expression::{Here, Made, Writer};
use super::quantity::{Allowed, Basis, NONE, Quantity, Scale, Want};
use super::world::{Kind, Level, Named, PeriodKind, Table};

const OF_NUMBERS: [&str; 7] = ["sum", "mean", "median", "lower quartile", "upper quartile", "least", "greatest"];

impl Writer<'_> {
    /// A table below, and its place.
    pub(crate) fn table_below(&mut self, here: Here) -> Option<(usize, Here)> {
        let below = self.world.below(here.level);
        let table = *self.random.pick(&below)?;
        Some((table, Here::at(Level::Table(table))))
    }

    pub(crate) fn where_clause(&mut self, there: Here, percent: usize) -> String {
        if !self.random.chance(percent) {
            return String::new();
        }
        let depth = self.random.below(2);
        let condition = self.logic(there, depth);
        format!(" where {}", condition.operand())
    }

    /// `sum of x where c` and its like, over records below.
    pub(crate) fn over_records(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let (_, there) = self.table_below(here)?;
        let operand = self.touching(want.with(Allowed::Any), there, depth)?;
        let op = self.random.word(&OF_NUMBERS);
        let condition = self.where_clause(there, 35);
        let text = format!("{op} of {}{condition}", operand.placed());
        Some(Made::apart(text).with(operand.quantity.with(Basis::None)))
    }

    /// `sum of x across areas`, from any level.
    pub(crate) fn across(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let tables = (0..self.world.tables.len()).collect::<Vec<_>>();
        let table = *self.random.pick(&tables)?;
        let plural = self.world.tables.get(table)?.plural;
        let there = Here::at(Level::Table(table));
        let operand = self.number(want.with(Allowed::Any), there, depth);
        let op = self.random.word(&OF_NUMBERS);
        let condition = self.where_clause(there, 30);
        let text = format!("{op} of {} across {plural}{condition}", operand.placed());
        let _ = here;
        Some(Made::apart(text).with(operand.quantity.with(Basis::None)))
    }

    /// `count of areas where c`, `share of areas where c`, `count of (c, d)`.
    pub(crate) fn counted(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let word = match (want.dimension, want.scale) {
            (NONE, Scale::Plain) => "count",
            (NONE, Scale::Share) => "share",
            _ => return None,
        };
        let quantity = if word == "count" { Quantity::PLAIN } else { Quantity::SHARE };
        if self.random.chance(25) {
            let items: Vec<Made> = (0..self.random.between(2, 4)).map(|_| self.logic(here, depth.min(1))).collect();
            let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
            let text = format!("{word} of ({})", texts.join(", "));
            return Some(Made::of(text, &items.iter().collect::<Vec<_>>()).with(quantity));
        }
        let is_across = self.random.chance(25);
        let (table, there) = if is_across {
            let table = self.random.below(self.world.tables.len());
            (table, Here::at(Level::Table(table)))
        } else {
            self.table_below(here)?
        };
        let plural = self.world.tables.get(table)?.plural;
        let across = if is_across { format!(" across {plural}") } else { String::new() };
        let condition = self.where_clause(there, if word == "count" { 75 } else { 100 });
        Some(Made::apart(format!("{word} of {plural}{across}{condition}")).with(quantity))
    }

    /// `running total of x` and its like.
    pub(crate) fn so_far(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        self.world.series(here.level)?;
        let op = self.random.word(&["running total", "running total", "highest so far", "lowest so far"]);
        let is_total = op == "running total";
        let allowed = if is_total { Allowed::NotToDate } else { want.allowed };
        let operand = self.touching(want.with(allowed), here, depth)?;
        let quantity = if is_total { operand.quantity.with(Basis::ToDate) } else { operand.quantity };
        Some(Made::of(format!("{op} of {}", operand.placed()), &[&operand]).with(quantity))
    }

    /// `x in the previous quarter`, `x a year earlier`.
    pub(crate) fn earlier(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let words = self.earlier_words(here)?;
        let operand = self.touching(want, here, depth)?;
        let made = Made::of(format!("{} {words}", operand.placed()), &[&operand]).with(operand.quantity);
        Some(Made { reads_earlier: true, ..made })
    }

    /// How a level's series looks back.
    pub(crate) fn earlier_words(&mut self, here: Here) -> Option<String> {
        let series = self.world.series(here.level)?;
        Some(if self.random.chance(25) {
            "a year earlier".to_owned()
        } else {
            format!("in the previous {}", series.kind.word())
        })
    }

    /// The series of which one record can be read from here.
    pub(crate) fn series_below(&mut self, here: Here) -> Option<usize> {
        let world = self.world;
        let below = world.below(here.level);
        let is_single =
            |table: &Table| table.parents.iter().all(|parent| world.is_visible(Level::Table(*parent), here.level));
        let fits: Vec<usize> = world
            .tables
            .iter()
            .enumerate()
            .filter(|(number, table)| table.series.is_some() && is_single(table) && below.contains(number))
            .map(|(number, _)| number)
            .collect();
        self.random.pick(&fits).copied()
    }

    /// `quarter.actual in Q4 2014-15`.
    pub(crate) fn in_period(&mut self, want: Want, here: Here) -> Option<Made> {
        let table = self.series_below(here)?;
        let series = self.world.tables.get(table)?.series?;
        let there = Level::Table(table);
        let takes = |named: &Named| match named.kind {
            Kind::Quantity(quantity) => named.level == there && want.with(Allowed::Any).takes(quantity),
            _ => false,
        };
        let operand = self.named(Here::at(there), takes)?;
        let asked = Some(series.kind).filter(|_| self.random.chance(70)).and_then(|kind| self.period_name(kind, here));
        let period = match asked {
            Some(made) => made,
            None => Made::one(series.kind.text(series.first + self.random.below(series.count))),
        };
        let made = Made::of(format!("{} in {}", operand.text, period.text), &[&period]);
        Some(made.with(operand.quantity.with(Basis::None)))
    }

    /// The name of a period of this kind that can be read here.
    fn period_name(&mut self, kind: PeriodKind, here: Here) -> Option<Made> {
        let wanted = kind.kind();
        self.named(here, |named| named.kind == wanted)
    }

    /// `parameter in PERIOD`.
    pub(crate) fn parameter_in(&mut self, want: Want, here: Here) -> Option<Made> {
        let world = self.world;
        let fits: Vec<_> = world
            .parameters
            .iter()
            .filter(|parameter| parameter.is_dated)
            .filter_map(|parameter| match parameter.kind {
                Kind::Quantity(quantity) if want.takes(quantity) => Some((parameter.name.as_str(), quantity)),
                _ => None,
            })
            .collect();
        let (name, quantity) = *self.random.pick(&fits)?;
        let kinds = [PeriodKind::Quarter, PeriodKind::Month, PeriodKind::Year];
        let kind = world
            .series(here.level)
            .map(|series| series.kind)
            .or_else(|| self.random.pick(&kinds).copied())
            .unwrap_or(PeriodKind::Quarter);
        let named = if self.random.chance(75) { self.period_name(kind, here) } else { None };
        let period = named.unwrap_or_else(|| Made::one(kind.text(self.random.below(8))));
        Some(Made::of(format!("{name} in {}", period.text), &[&period]).with(quantity))
    }

    /// `latest of quarter.actual where c`.
    pub(crate) fn latest(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let table = self.series_below(here)?;
        let there = Here::at(Level::Table(table));
        let operand = self.touching(want.with(Allowed::Any), there, depth)?;
        let condition = self.where_clause(there, 30);
        let made = Made::apart(format!("latest of {}{condition}", operand.placed()));
        Some(made.with(operand.quantity.with(Basis::None)))
    }

    /// `rank of x across areas from highest`.
    pub(crate) fn rank(&mut self, want: Want, here: Here, depth: usize) -> Option<Made> {
        let Level::Table(table) = here.level else { return None };
        if want.dimension != NONE || want.scale != Scale::Plain {
            return None;
        }
        let plural = self.world.tables.get(table)?.plural;
        let kinds = [Want::of(super::quantity::MONEY), Want::on(Scale::Plain), Want::on(Scale::Share)];
        let of = self.random.pick(&kinds).copied()?;
        let operand = self.number(of, here, depth);
        let end = self.random.word(&["highest", "lowest"]);
        Some(Made::apart(format!("rank of {} across {plural} from {end}", operand.placed())))
    }
}
