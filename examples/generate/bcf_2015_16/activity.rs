//! Emergency admissions and delayed days: what was, what is planned, what came.
//!
//! In: the areas and the class each plan was put in. Out: an [`Activity`] for each area. Together the areas plan
//! 163,000 fewer admissions out of 5,310,000, which is 3.07%, and 101,000 fewer delayed days.

use super::super::draw::Draw;
use super::super::real::RealArea;
use super::super::sharing::share;
use super::review::Class;

/// Emergency admissions in the year before. With 163,000 fewer planned, the published 3.07% comes out.
const BASELINE: i64 = 5_310_000;
/// Fewer emergency admissions planned, as published.
const PLANNED_REDUCTION: i64 = 163_000;
/// Fewer delayed days planned, as published.
const PLANNED_FEWER_DELAYED_DAYS: i64 = 101_000;

/// The four quarters of an area.
pub(crate) struct Activity {
    /// Admissions in the same quarter a year earlier.
    pub(crate) baseline: Vec<i64>,
    /// Admissions planned.
    pub(crate) planned: Vec<i64>,
    /// Admissions that came.
    pub(crate) actual: Vec<i64>,
    /// Delayed days planned.
    pub(crate) planned_delayed_days: Vec<i64>,
}

impl Activity {
    /// The reduction planned for the year.
    pub(crate) fn planned_reduction(&self) -> i64 {
        self.baseline.iter().sum::<i64>() - self.planned.iter().sum::<i64>()
    }

    /// Whether the plan reaches 3.5%.
    pub(crate) fn reaches_least_reduction(&self) -> bool {
        self.planned_reduction() * 1_000 >= self.baseline.iter().sum::<i64>() * 35
    }
}

/// Makes up the quarters of every area.
pub(crate) fn make(areas: &[RealArea], classes: &[Class]) -> Vec<Activity> {
    let sizes: Vec<i64> =
        areas.iter().map(|area| area.people * Draw::new(&area.code, "admissions").between(850, 1_150)).collect();
    let baselines = share(BASELINE, &sizes);
    let hopes: Vec<i64> = areas
        .iter()
        .zip(classes)
        .zip(&baselines)
        .map(|((area, class), baseline)| baseline * rate(area, *class))
        .collect();
    let reductions = share(PLANNED_REDUCTION, &hopes);
    let days: Vec<i64> = areas.iter().flat_map(|area| area.baseline_delayed_days).collect();
    let fewer_days = share(PLANNED_FEWER_DELAYED_DAYS, &days);
    areas
        .iter()
        .enumerate()
        .map(|(index, area)| {
            let mut draw = Draw::new(&area.code, "quarters");
            let baseline = share(baselines[index], &[255, 245, 243, 257].map(|part| part + draw.between(0, 12)));
            let fewer = share(reductions[index], &[200, 240, 270, 290].map(|part| part + draw.between(0, 40)));
            let course = course(area);
            Activity {
                planned: (0..4).map(|quarter| baseline[quarter] - fewer[quarter]).collect(),
                actual: (0..4).map(|quarter| baseline[quarter] - fewer[quarter] * course[quarter] / 100).collect(),
                planned_delayed_days: (0..4)
                    .map(|quarter| area.baseline_delayed_days[quarter] - fewer_days[index * 4 + quarter])
                    .collect(),
                baseline,
            }
        })
        .collect()
}

/// How ambitious a plan is, in parts of ten thousand and before all plans are scaled to the published total.
fn rate(area: &RealArea, class: Class) -> i64 {
    let mut draw = Draw::new(&area.code, "ambition");
    match (class, draw.between(1, 100)) {
        (Class::NotApproved, _) => draw.between(60, 200),
        // A plan of no change: no pot, and nothing to divide by.
        (_, 1) => 0,
        (_, 2..=9) => draw.between(80, 180),
        (_, 10..=55) => draw.between(180, 330),
        _ => draw.between(345, 420),
    }
}

/// How much of the planned reduction came, by quarter, in percent; negative where admissions rose.
fn course(area: &RealArea) -> [i64; 4] {
    let mut draw = Draw::new(&area.code, "course");
    match draw.between(1, 100) {
        1..=12 => [100; 4],
        13..=28 => [0; 4].map(|_: i64| draw.between(85, 115)),
        29..=47 => [50; 4],
        48..=62 => [draw.between(110, 150), draw.between(60, 90), draw.between(0, 30), draw.between(-90, -40)],
        63..=72 => [draw.between(-50, -10), draw.between(80, 120), draw.between(110, 150), draw.between(120, 170)],
        73..=80 => [0; 4].map(|_: i64| draw.between(105, 140)),
        _ => [0; 4].map(|_: i64| draw.between(-160, -20)),
    }
}
