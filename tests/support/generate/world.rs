//! What made-up rules can speak of: tables, columns, parameters, and the declarations so far.

use super::quantity::{Basis, Quantity, Scale};

/// Where something lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Nation,
    /// Number of the table.
    Table(usize),
}

/// What kind of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    YesNo,
    Text,
    Date,
    Quarter,
    Month,
    Year,
    Choice(Vec<&'static str>),
    Quantity(Quantity),
}

/// A data table.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) plural: &'static str,
    pub(crate) parents: Vec<usize>,
    pub(crate) series: Option<Series>,
    /// The column that names a record.
    pub(crate) key: Option<&'static str>,
    pub(crate) columns: Vec<Column>,
}

/// The periods of a series.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Series {
    pub(crate) kind: PeriodKind,
    /// The first, counted in periods from the beginning of the financial year 2014-15.
    pub(crate) first: usize,
    pub(crate) count: usize,
}

/// The kinds of period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodKind {
    Quarter,
    Month,
    Year,
}

impl PeriodKind {
    /// The period so many after the beginning of 2014-15, as it is written.
    pub(crate) fn text(self, number: usize) -> String {
        const MONTHS: [&str; 12] = [
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
            "January",
            "February",
            "March",
        ];
        let year = |year: usize| format!("{}-{:02}", 2014 + year, (15 + year) % 100);
        match self {
            Self::Quarter => format!("Q{} {}", number % 4 + 1, year(number / 4)),
            Self::Month => {
                let month = MONTHS.get(number % 12).copied().unwrap_or_default();
                format!("{month} {}", 2014 + (number + 3) / 12)
            }
            Self::Year => year(number),
        }
    }

    /// `quarter`
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Year => "financial year",
        }
    }

    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Quarter => Kind::Quarter,
            Self::Month => Kind::Month,
            Self::Year => Kind::Year,
        }
    }
}

/// A column of a data table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// How its type is written.
    pub(crate) words: String,
    pub(crate) is_whole: bool,
    pub(crate) least: Option<i64>,
    pub(crate) greatest: Option<i64>,
    pub(crate) is_optional: bool,
    pub(crate) is_judgement: bool,
}

/// Something that an expression can name.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// With its table before it.
    pub(crate) dotted: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) level: Level,
    pub(crate) is_column: bool,
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) is_dated: bool,
}

/// Everything there is so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    pub(crate) tables: Vec<Table>,
    pub(crate) named: Vec<Named>,
    pub(crate) parameters: Vec<Parameter>,
}

impl World {
    /// Whether records of a table belong to those of another, directly or not.
    pub(crate) fn is_below(&self, lower: usize, upper: usize) -> bool {
        self.tables
            .get(lower)
            .is_some_and(|table| table.parents.iter().any(|parent| *parent == upper || self.is_below(*parent, upper)))
    }

    /// Whether what lives at `there` can be read at `here`.
    pub(crate) fn is_visible(&self, there: Level, here: Level) -> bool {
        match (there, here) {
            (Level::Nation, _) => true,
            (Level::Table(_), Level::Nation) => false,
            (Level::Table(there), Level::Table(here)) => there == here || self.is_below(here, there),
        }
    }

    /// The tables below a level.
    pub(crate) fn below(&self, here: Level) -> Vec<usize> {
        let is_below = |table: &usize| match here {
            Level::Nation => true,
            Level::Table(here) => self.is_below(*table, here),
        };
        (0..self.tables.len()).filter(is_below).collect()
    }

    /// The series at a level.
    pub(crate) fn series(&self, here: Level) -> Option<Series> {
        match here {
            Level::Nation => None,
            Level::Table(table) => self.tables.get(table)?.series,
        }
    }

    /// Adds a column so that it can be named; a figure of a series is one of its period.
    pub(crate) fn name_column(&mut self, table: usize, column: &Column) {
        let Some(found) = self.tables.get(table) else { return };
        let kind = match &column.kind {
            Kind::Quantity(quantity) if found.series.is_some() && quantity.scale == Scale::Plain => {
                Kind::Quantity(quantity.with(Basis::Each))
            }
            other => other.clone(),
        };
        self.named.push(Named {
            name: column.name.clone(),
            dotted: Some(format!("{}.{}", found.name, column.name)),
            kind,
            level: Level::Table(table),
            is_column: true,
        });
    }

    /// `for each area`, `for the nation`.
    pub(crate) fn level_words(&self, level: Level) -> String {
        match level {
            Level::Nation => "for the nation".to_owned(),
            Level::Table(table) => {
                format!("for each {}", self.tables.get(table).map_or("", |table| table.name))
            }
        }
    }
}
