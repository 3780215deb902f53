//! Decision tables: every case covered, no case with two answers, no row that can never decide.
//!
//! In: the decision tables of the model. Out: a problem for each area that no row takes, each pair of rows that
//! both take a case, and each row that no case reaches, every one with an example. A table must be right under
//! every value that its parameters ever had.

use super::coverage::Coverage;
use super::grid::{Area, Grid, operands};
use super::moment::Moment;
use super::shape::Shape;
use super::words::Words;
use super::work::{TooLarge, Work};
use crate::model::error::tables::{self, Gap, Overlap};
use crate::model::{DecisionTable, Declaration, ExprKind, TableRow};
use crate::problem::Problem;
use crate::source::Span;
use std::collections::BTreeSet;

/// Gaps told of one table.
const MOST_GAPS: usize = 5;

/// Pairs of overlapping rows told of one table.
const MOST_OVERLAPS: usize = 10;

/// Rows named as those that take everything from another.
const MOST_TAKERS: usize = 5;

/// Rows that are tried one by one for whether they are needed to take everything from another.
const MOST_TRIED: usize = 24;

/// A table under examination.
struct Examined<'a> {
    words: Words<'a>,
    declaration: &'a Declaration,
    table: &'a DecisionTable,
    /// The grid at each moment of the parameters.
    grids: Vec<(Moment, Grid)>,
}

/// Checks one decision table.
pub(super) fn check(
    words: Words<'_>,
    declaration: &Declaration,
    table: &DecisionTable,
    work: &mut Work,
    problems: &mut Vec<Problem>,
) {
    work.begin();
    if examine(words, declaration, table, work, problems) == Err(TooLarge) {
        // What was found before is true and stays told.
        problems.push(tables::too_large(
            &declaration.name,
            declaration.name_span,
            table.rows.len(),
            table.inputs.len(),
        ));
    }
}

fn examine(
    words: Words<'_>,
    declaration: &Declaration,
    table: &DecisionTable,
    work: &mut Work,
    problems: &mut Vec<Problem>,
) -> Result<(), TooLarge> {
    let mut parameters = BTreeSet::new();
    for (_, operand) in table.rows.iter().flat_map(|row| &row.tests).flat_map(operands) {
        if let ExprKind::Parameter(id) = operand.kind {
            parameters.insert(id);
        }
    }
    let mut grids = Vec::new();
    for moment in Moment::all(words.model, &parameters) {
        if let Some(grid) = Grid::new(words, table, moment, work)? {
            grids.push((moment, grid));
        }
    }
    let examined = Examined { words, declaration, table, grids };
    if examined.grids.is_empty() || table.rows.is_empty() {
        return Ok(());
    }
    examined.idle_rows(problems);
    if table.first_match {
        examined.hidden_rows(work, problems)?;
    } else {
        examined.overlaps(work, problems)?;
    }
    examined.gaps(work, problems)
}

impl Examined<'_> {
    fn row(&self, index: usize) -> Option<&TableRow> {
        self.table.rows.get(index)
    }

    fn row_span(&self, index: usize) -> Span {
        self.row(index).map_or(self.table.span, |row| row.span)
    }

    fn phrase(&self, moment: Moment) -> Option<String> {
        let all: Vec<Moment> = self.grids.iter().map(|(moment, _)| *moment).collect();
        moment.phrase(&all)
    }

    /// Rows with a cell that no value can satisfy, under any law.
    fn idle_rows(&self, problems: &mut Vec<Problem>) {
        for (index, row) in self.table.rows.iter().enumerate() {
            let idle = |grid: &Grid| grid.rows.get(index).and_then(|area| area.iter().position(|set| set.is_clear()));
            let mut idle = self.grids.iter().map(|(_, grid)| idle(grid).and_then(|at| grid.dimensions.get(at)));
            let Some(Some(dimension)) = idle.next() else { continue };
            if idle.any(|later| later.is_none()) {
                continue;
            }
            let spans = dimension.columns.iter().filter_map(|column| row.tests.get(*column)).flat_map(operands);
            let span = spans.map(|(_, operand)| operand.span).reduce(Span::to);
            let span = span.map_or(row.span, |span| self.words.cell(span, row.span));
            let input = dimension.columns.first().and_then(|column| self.table.inputs.get(*column));
            let bounds = input.and_then(|input| self.words.bounds(input));
            problems.push(tables::impossible_row(&self.declaration.name, index + 1, span, &dimension.head, bounds));
        }
    }

    /// Pairs of rows that both take a case, where no order decides between them.
    fn overlaps(&self, work: &mut Work, problems: &mut Vec<Problem>) -> Result<(), TooLarge> {
        let mut told = BTreeSet::new();
        for (moment, grid) in &self.grids {
            for (later, later_area) in grid.rows.iter().enumerate() {
                for (earlier, earlier_area) in grid.rows.iter().enumerate().take(later) {
                    work.spend(1 + later_area.len() / 4)?;
                    if !Grid::meet(earlier_area, later_area) || !told.insert((earlier, later)) {
                        continue;
                    }
                    if told.len() > MOST_OVERLAPS {
                        return Ok(());
                    }
                    let common = common(earlier_area, later_area);
                    problems.push(tables::overlap(&Overlap {
                        name: &self.declaration.name,
                        rows: [(earlier + 1, self.row_span(earlier)), (later + 1, self.row_span(later))],
                        gives: [self.gives(earlier), self.gives(later)],
                        is_same: self.is_same_answer(earlier, later),
                        is_inside: Grid::contains(earlier_area, later_area),
                        example: grid.example(self.words.model, &common),
                        moment: self.phrase(*moment),
                        is_last: told.len() == MOST_OVERLAPS,
                    }));
                }
            }
        }
        Ok(())
    }

    fn gives(&self, row: usize) -> String {
        let Some(row) = self.row(row) else { return String::new() };
        match &row.result.kind {
            ExprKind::Literal(crate::value::Value::Text(text)) => text.to_string(),
            _ => self.words.of(&row.result),
        }
    }

    fn is_same_answer(&self, left: usize, right: usize) -> bool {
        self.row(left).map(|row| Shape::of(&row.result)) == self.row(right).map(|row| Shape::of(&row.result))
    }

    /// Areas that no row takes, under the first law that has any.
    fn gaps(&self, work: &mut Work, problems: &mut Vec<Problem>) -> Result<(), TooLarge> {
        for (moment, grid) in &self.grids {
            let (open, more) = open_areas(grid, work)?;
            let count = open.len();
            for (index, area) in open.iter().enumerate() {
                problems.push(tables::gap(&Gap {
                    name: &self.declaration.name,
                    span: self.declaration.name_span,
                    example: grid.example(self.words.model, area),
                    row: format!("| {} | ? |", grid.cells(self.words.model, area).join(" | ")),
                    near: self.near(grid, area),
                    moment: self.phrase(*moment),
                    more: more && index + 1 == count,
                }));
            }
            if count > 0 {
                break;
            }
        }
        Ok(())
    }

    /// Rows that miss an open area by one fact, with what they ask of it.
    fn near(&self, grid: &Grid, area: &Area) -> Vec<(Span, String)> {
        let mut near = Vec::new();
        for (index, row) in grid.rows.iter().enumerate() {
            let mut missed =
                (0..area.len()).filter(|at| row.get(*at).zip(area.get(*at)).is_some_and(|(a, b)| a.is_disjoint(b)));
            let (Some(at), None) = (missed.next(), missed.next()) else { continue };
            let (Some(dimension), Some(set)) = (grid.dimensions.get(at), row.get(at)) else { continue };
            if !set.is_clear() && near.len() < 2 {
                let cell = dimension.domain.cell(self.words.model, set);
                near.push((self.row_span(index), format!("takes `{}` only where it is `{cell}`", dimension.head)));
            }
        }
        near
    }

    /// Rows of a `first match` table that the rows above them leave nothing to, under any law.
    fn hidden_rows(&self, work: &mut Work, problems: &mut Vec<Problem>) -> Result<(), TooLarge> {
        for index in 0..self.table.rows.len() {
            let mut takers: Option<Vec<usize>> = None;
            for (_, grid) in &self.grids {
                let found = takers_from(grid, index, work)?;
                let is_hidden = found.is_some();
                takers = takers.or(found);
                if !is_hidden {
                    takers = None;
                    break;
                }
            }
            let Some(mut takers) = takers.filter(|takers| !takers.is_empty()) else { continue };
            let count = takers.len();
            takers.truncate(MOST_TAKERS);
            let rows: Vec<(usize, Span)> = takers.into_iter().map(|row| (row + 1, self.row_span(row))).collect();
            problems.push(tables::hidden_row(&self.declaration.name, index + 1, self.row_span(index), &rows, count));
        }
        Ok(())
    }
}

/// Areas that no row takes, no two of which meet, so that a row for each can be pasted; and whether there are more.
fn open_areas(grid: &Grid, work: &mut Work) -> Result<(Vec<Area>, bool), TooLarge> {
    let everything: Area = grid.dimensions.iter().map(|dimension| dimension.domain.all()).collect();
    let mut filled = grid.clone();
    let mut open = Vec::new();
    loop {
        let rows: Vec<usize> = (0..filled.rows.len()).collect();
        let found = Coverage::new(&filled, &rows, &everything, work).and_then(|mut coverage| coverage.open_area());
        match found {
            Ok(None) => return Ok((open, false)),
            Ok(Some(_)) if open.len() == MOST_GAPS => return Ok((open, true)),
            Ok(Some(area)) => {
                filled.rows.push(area.clone());
                open.push(area);
            }
            // What was found is open, and enough to go on with.
            Err(TooLarge) if !open.is_empty() => return Ok((open, true)),
            Err(TooLarge) => return Err(TooLarge),
        }
    }
}

/// The rows above that take every case of a row: one that takes all, else those that do together. `None` where
/// something is left to the row; empty where there was nothing to begin with.
fn takers_from(grid: &Grid, index: usize, work: &mut Work) -> Result<Option<Vec<usize>>, TooLarge> {
    let Some(area) = grid.rows.get(index) else { return Ok(None) };
    if area.iter().any(|set| set.is_clear()) {
        return Ok(Some(Vec::new()));
    }
    let mut rivals = Vec::new();
    for (row, rival) in grid.rows.iter().enumerate().take(index) {
        work.spend(1 + area.len() / 4)?;
        if Grid::contains(rival, area) {
            return Ok(Some(vec![row]));
        }
        if Grid::meet(rival, area) {
            rivals.push(row);
        }
    }
    if rivals.is_empty() || Coverage::new(grid, &rivals, area, work)?.is_incomplete()? {
        return Ok(None);
    }
    // Name only rows that are needed, where there are few enough to try.
    let mut needed = rivals;
    let tried = if needed.len() > MOST_TRIED { Vec::new() } else { needed.clone() };
    for row in tried {
        let without: Vec<usize> = needed.iter().copied().filter(|other| *other != row).collect();
        if !without.is_empty() && !Coverage::new(grid, &without, area, work)?.is_incomplete()? {
            needed = without;
        }
    }
    Ok(Some(needed))
}

fn common(left: &Area, right: &Area) -> Area {
    let both = |(left, right): (&fixedbitset::FixedBitSet, &fixedbitset::FixedBitSet)| {
        let mut both = left.clone();
        both.intersect_with(right);
        both
    };
    left.iter().zip(right).map(both).collect()
}
