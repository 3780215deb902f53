//! A decision table as boxes: for each row, the classes it takes of each fact.
//!
//! In: a decision table at a moment of its parameters. Out: a [`Grid`]. Columns that test the same fact are one
//! dimension, so that no example asks for a fact to be two things.

use super::domain::{Constant, Domain};
use super::moment::{self, Moment};
use super::shape::Shape;
use super::words::Words;
use super::work::{MAKING, TooLarge, Work};
use crate::model::{CellTest, DecisionTable, Expr, Model};
use fixedbitset::FixedBitSet;
use hashbrown::DefaultHashBuilder;
use indexmap::IndexMap;

/// More columns than anybody reads.
const MOST_COLUMNS: usize = 64;

/// For each dimension, a set of classes.
pub(super) type Area = Vec<FixedBitSet>;

/// A table as boxes.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// The facts.
    pub(super) dimensions: Vec<Dimension>,
    /// The box of each row.
    pub(super) rows: Vec<Area>,
    /// How many columns the table tests.
    columns: usize,
}

/// A fact that a table tests.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    /// The head of its first column.
    pub(super) head: String,
    /// The columns that test it.
    pub(super) columns: Vec<usize>,
    /// Its classes.
    pub(super) domain: Domain,
}

impl Grid {
    /// The grid of a table; `None` where a mistake left some of it unknown or a parameter has no value.
    pub(super) fn new(
        said: Words<'_>,
        table: &DecisionTable,
        moment: Moment,
        work: &mut Work,
    ) -> Result<Option<Self>, TooLarge> {
        if table.inputs.len() > MOST_COLUMNS {
            return Err(TooLarge);
        }
        if table.rows.iter().any(|row| row.tests.len() != table.inputs.len()) {
            return Ok(None);
        }
        let mut facts: IndexMap<Shape, Vec<usize>, DefaultHashBuilder> = IndexMap::default();
        for (column, input) in table.inputs.iter().enumerate() {
            facts.entry(Shape::of(input)).or_default().push(column);
        }
        let mut dimensions = Vec::new();
        for columns in facts.into_values() {
            let Some(dimension) = Dimension::new(said, table, columns, moment, work)? else { return Ok(None) };
            dimensions.push(dimension);
        }
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut area = Area::new();
            for dimension in &dimensions {
                work.spend(MAKING + words(dimension.domain.classes.len()))?;
                let Some(set) = dimension.taken_by(said.model, &row.tests, moment) else { return Ok(None) };
                area.push(set);
            }
            rows.push(area);
        }
        Ok(Some(Self { dimensions, rows, columns: table.inputs.len() }))
    }

    /// Whether two areas have a case in common.
    pub(super) fn meet(left: &Area, right: &Area) -> bool {
        left.iter().zip(right).all(|(left, right)| !left.is_disjoint(right))
    }

    /// Whether every case of `inner` is in `outer`.
    pub(super) fn contains(outer: &Area, inner: &Area) -> bool {
        inner.iter().zip(outer).all(|(inner, outer)| inner.is_subset(outer))
    }

    /// The cells of an area in the layout of the table.
    pub(super) fn cells(&self, model: &Model, area: &Area) -> Vec<String> {
        let mut cells = vec!["any".to_owned(); self.columns];
        for (dimension, set) in self.dimensions.iter().zip(area) {
            let first = dimension.columns.first().and_then(|column| cells.get_mut(*column));
            if let Some(cell) = first {
                *cell = dimension.domain.cell(model, set);
            }
        }
        cells
    }

    /// An example in an area, fact by fact; facts that do not matter are left out.
    pub(super) fn example(&self, model: &Model, area: &Area) -> String {
        let mut facts = Vec::new();
        for (dimension, set) in self.dimensions.iter().zip(area) {
            let is_free = set.count_ones(..) == dimension.domain.classes.len();
            if let Some(class) = dimension.domain.example(set).filter(|_| !is_free) {
                facts.push(format!("`{}` is {}", dimension.head, dimension.domain.said(model, class)));
            }
        }
        match facts.split_last() {
            None => "whatever the facts are".to_owned(),
            Some((only, [])) => format!("where {only}"),
            Some((last, rest)) => format!("where {} and {last}", rest.join(", ")),
        }
    }
}

impl Dimension {
    fn new(
        said: Words<'_>,
        table: &DecisionTable,
        columns: Vec<usize>,
        moment: Moment,
        work: &mut Work,
    ) -> Result<Option<Self>, TooLarge> {
        let mut constants = Vec::new();
        let mut missing_is_a_case = false;
        for row in &table.rows {
            for test in columns.iter().filter_map(|column| row.tests.get(*column)) {
                missing_is_a_case |= matches!(test, CellTest::Missing);
                for (_, operand) in operands(test) {
                    let Some(value) = moment::constant(said.model, operand, Some(moment)) else { return Ok(None) };
                    constants.push(Constant::new(said, operand, value));
                }
            }
        }
        // Each row will hold a set over the classes of all constants.
        work.spend(constants.len() * (MAKING + words(constants.len())))?;
        let first = columns.first().and_then(|first| table.inputs.get(*first).zip(table.heads.get(*first)));
        let Some((input, head)) = first else { return Ok(None) };
        let domain = Domain::new(said.model, input, &constants, missing_is_a_case);
        Ok(domain.map(|domain| Self { head: head.clone(), columns, domain }))
    }

    fn taken_by(&self, model: &Model, tests: &[CellTest], moment: Moment) -> Option<FixedBitSet> {
        let mut taken = self.domain.all();
        for test in self.columns.iter().filter_map(|column| tests.get(*column)) {
            match test {
                CellTest::Any => {}
                CellTest::Missing => taken.intersect_with(&self.domain.missing()),
                CellTest::Tests(alternatives) => {
                    let mut either = self.domain.none();
                    for tests in alternatives {
                        let mut all = self.domain.known();
                        for (op, operand) in tests {
                            all.intersect_with(
                                &self.domain.where_it(*op, &moment::constant(model, operand, Some(moment))?),
                            );
                        }
                        either.union_with(&all);
                    }
                    taken.intersect_with(&either);
                }
            }
        }
        Some(taken)
    }
}

/// The comparisons of a cell.
pub(super) fn operands(test: &CellTest) -> impl Iterator<Item = &(crate::syntax::ast::CompareOp, Expr)> {
    let alternatives = match test {
        CellTest::Tests(alternatives) => alternatives.as_slice(),
        CellTest::Any | CellTest::Missing => &[],
    };
    alternatives.iter().flatten()
}

/// The words of a set of so many classes.
pub(super) fn words(classes: usize) -> usize {
    classes.div_ceil(64).max(1)
}
