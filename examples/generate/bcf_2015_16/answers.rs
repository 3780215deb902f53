//! Answers and outcome figures of an area: conditions, dates, care homes, reablement, experience, the local metric.
//!
//! In: an area, its money and the class of its plan. Out: cells. Some are missing, in each of the ways in which
//! people write it, and never in a column that a published national line rests on.

use super::super::draw::Draw;
use super::super::real::RealArea;
use super::super::text::percent;
use super::review::Class;

/// The columns of [`conditions`].
pub(crate) const CONDITION_COLUMNS: [&str; 10] = [
    "signed_by_council",
    "signed_by_ccgs",
    "signed_by_board",
    "social_care_protected",
    "seven_day_services",
    "nhs_number",
    "accountable_professional",
    "provider_commentary",
    "acute_effect_agreed",
    "risk_share_agreed",
];

/// The columns of [`outcomes`].
pub(crate) const OUTCOME_COLUMNS: [&str; 15] = [
    "care_home_baseline",
    "care_home_target",
    "care_home_actual",
    "reablement_discharged",
    "reablement_home",
    "reablement_baseline",
    "reablement_target",
    "experience_baseline",
    "experience_target",
    "experience_actual",
    "local_metric",
    "local_direction",
    "local_baseline",
    "local_target",
    "local_actual",
];

/// When the revised plan was submitted: most on the last day, the first five early, a few late, one without a date.
pub(crate) fn submissions(areas: &[RealArea]) -> Vec<String> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|index| Draw::new(&areas[*index].code, "submission").rank());
    let mut dates = vec![String::new(); areas.len()];
    for (place, index) in order.into_iter().enumerate() {
        let mut draw = Draw::new(&areas[index].code, "submitted");
        let day = match place {
            0 => continue,
            1..=5 => draw.between(1, 5),
            6..=11 => draw.between(20, 26),
            12..=50 => draw.between(15, 18),
            _ => 19,
        };
        dates[index] = format!("{day} September 2014");
    }
    dates
}

/// The answers about the conditions.
pub(crate) fn conditions(area: &RealArea, class: Class) -> Vec<String> {
    let refusals = match class {
        Class::NotApproved => 200,
        Class::WithConditions => 20,
        Class::WithSupport => 4,
        Class::Approved => 0,
    };
    CONDITION_COLUMNS
        .iter()
        .map(|column| {
            let mut draw = Draw::new(&area.code, column);
            if class != Class::Approved && draw.chance(7) {
                return (*draw.one_of(&["", "..", "[x]", "N/A"])).to_owned();
            }
            if draw.chance(refusals) { "no" } else { "yes" }.to_owned()
        })
        .collect()
}

/// The figures of the outcomes that are monitored. `fewer_care_home` is the area's part of the 2,000 planned.
pub(crate) fn outcomes(area: &RealArea, care_home_baseline: i64, fewer_care_home: i64) -> Vec<String> {
    let mut draw = Draw::new(&area.code, "outcomes");
    let care_home_target = care_home_baseline - fewer_care_home;
    let care_home_actual = care_home_target * draw.between(960, 1_060) / 1_000;
    let discharged = area.people_65_plus * draw.between(200, 420) / 100_000;
    let home = discharged * draw.between(760, 890) / 1_000;
    let reablement = draw.between(760, 870);
    let experience = draw.between(580, 700);
    let mut cells = vec![care_home_baseline.to_string(), care_home_target.to_string()];
    // Figures below ten are suppressed, as publishers do.
    cells.push(known_or(&mut draw, care_home_actual, &["..", "N/A", ""]));
    cells.push(known_or(&mut draw, discharged, &["..", "*", "#N/A"]));
    cells.push(if home < 10 { "[c]".to_owned() } else { home.to_string() });
    cells.push(percent(reablement));
    cells.push(percent(reablement + draw.between(5, 30)));
    cells.push(percent(experience));
    cells.push(percent(experience + draw.between(5, 30)));
    cells.push(if draw.chance(20) {
        (*draw.one_of(&["..", "not yet due", "[x]"])).to_owned()
    } else {
        percent(experience + draw.between(-20, 40))
    });
    cells.extend(local(&mut draw));
    cells
}

/// The number, `[c]` where it is small enough to point at a person, or now and then one of the other gaps.
fn known_or(draw: &mut Draw, number: i64, gaps: &[&str]) -> String {
    match number {
        ..10 => "[c]".to_owned(),
        _ if draw.chance(20) => (*draw.one_of(gaps)).to_owned(),
        _ => number.to_string(),
    }
}

/// The metric an area chose, which way is better, and three figures on it.
fn local(draw: &mut Draw) -> Vec<String> {
    let (name, direction, baseline, step) = *draw.one_of(&[
        ("Illustrative: dementia diagnosis rate, per cent", "higher", 52, 1),
        ("Illustrative: injuries from falls, 65 and over, per 100,000", "lower", 2_050, 20),
        ("Illustrative: emergency readmissions within 28 days, per cent", "lower", 14, 1),
        ("Illustrative: people who feel supported with a long-term condition, per cent", "higher", 62, 1),
        ("Illustrative: carers' quality of life, score of 100", "higher", 68, 1),
    ]);
    let baseline = baseline + draw.between(-3, 3) * step;
    let better = if direction == "higher" { step } else { -step };
    let target = baseline + better * draw.between(1, 4);
    let actual = baseline + better * draw.between(-2, 5);
    let actual =
        if draw.chance(25) { (*draw.one_of(&["not yet due", "N/A", ".."])).to_owned() } else { actual.to_string() };
    vec![name.to_owned(), direction.to_owned(), baseline.to_string(), target.to_string(), actual]
}
