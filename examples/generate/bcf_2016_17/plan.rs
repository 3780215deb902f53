//! The plan of an area: who signed, what it answers, when it came, how it was judged, what it measures.

use super::super::answer::{judgement, judgement_columns, yes_or_no};
use super::super::real::RealArea;
use super::super::text::{owned, percent};
use super::draw;

const ANSWERS: [&str; 9] = [
    "signed_by_council",
    "signed_by_ccgs",
    "signed_by_board",
    "seven_day_services",
    "nhs_number",
    "accountable_professional",
    "acute_effect_agreed",
    "delay_plan_agreed",
    "delay_target_consistent",
];

const DATES: [&str; 4] = ["first_submitted", "second_submitted", "plan_submitted", "agreement_signed"];

const OUTCOMES: [&str; 15] = [
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

/// The columns of [`cells`].
pub(crate) fn columns() -> Vec<String> {
    [
        owned(&[&ANSWERS, &["risk_share_agreed", "larger_footprint"], &DATES]),
        judgement_columns("delay_target_stretching"),
        judgement_columns("plan_quality"),
        judgement_columns("plan_risk"),
        owned(&[&OUTCOMES]),
    ]
    .concat()
}

/// What the plan of an area says, and what was thought of it.
pub(crate) fn cells(area: &RealArea) -> Vec<String> {
    let mut cells: Vec<String> = ANSWERS.map(|column| yes_or_no(&area.code, &format!("2016-17 {column}"), 6)).to_vec();
    let mut draw = draw(area, "plan");
    cells.push(if draw.chance(930) { "yes" } else { "no" }.to_owned());
    // Ten areas of Greater Manchester planned together.
    let together = ("E08000001"..="E08000010").contains(&area.code.as_str());
    cells.push(if together { "yes" } else { "" }.to_owned());
    cells.push(format!("{} {} 2016", draw.between(1, 2), "March"));
    cells.push(format!("{} March 2016", if draw.chance(40) { draw.between(22, 24) } else { draw.between(17, 21) }));
    cells.push(if draw.chance(60) { "9 May 2016" } else { "3 May 2016" }.to_owned());
    cells.push(match draw.between(1, 100) {
        1..=3 => String::new(),
        4..=20 => format!("{} July 2016", draw.between(4, 29)),
        _ => format!("{} June 2016", draw.between(1, 30)),
    });
    let region = format!("regional reviewer, {}", area.region);
    let day = format!("{} May 2016", draw.between(10, 27));
    let (stretching, why) = match draw.chance(960) {
        true => ("yes", "the target is well below last year's days"),
        false => ("no", "the target is last year's days"),
    };
    cells.extend(judgement(stretching, &region, &day, why));
    let (quality, why) = *draw.one_of(&[
        ("high", "schemes are costed and each has an owner"),
        ("high", "last year's schemes are carried on with what was learnt"),
        ("medium", "schemes are sound, savings are only partly evidenced"),
    ]);
    let (quality, why) = if draw.chance(20) { ("low", "schemes are not evidenced") } else { (quality, why) };
    cells.extend(judgement(quality, &region, &day, why));
    let (risk, why) = *draw.one_of(&[
        ("low", "partners are stable and have delivered before"),
        ("medium", "one provider is under financial pressure"),
        ("high", "commissioners disagree on what is held back"),
    ]);
    cells.extend(judgement(risk, &region, &day, why));
    cells.extend(outcomes(area));
    cells
}

/// The cells of [`OUTCOMES`].
fn outcomes(area: &RealArea) -> Vec<String> {
    let mut draw = draw(area, "outcomes");
    let baseline = area.people_65_plus * draw.between(560, 760) / 100_000;
    let target = baseline * draw.between(960, 1_000) / 1_000;
    let actual = baseline * draw.between(930, 1_050) / 1_000;
    let discharged = area.people_65_plus * draw.between(200, 420) / 100_000;
    let home = discharged * draw.between(760, 890) / 1_000;
    let reablement = draw.between(760, 870);
    let experience = draw.between(580, 700);
    // Figures below ten are suppressed, as publishers do.
    let count = |number: i64| if number < 10 { "[c]".to_owned() } else { number.to_string() };
    let came = if draw.chance(30) { "not yet due".to_owned() } else { percent(experience + draw.between(-20, 40)) };
    let falls = draw.between(1_800, 2_300);
    vec![
        count(baseline),
        count(target),
        count(actual),
        count(discharged),
        count(home),
        percent(reablement),
        percent(reablement + draw.between(5, 30)),
        percent(experience),
        percent(experience + draw.between(5, 30)),
        came,
        "Illustrative: injuries from falls, 65 and over, per 100,000".to_owned(),
        "lower".to_owned(),
        falls.to_string(),
        (falls - draw.between(20, 90)).to_string(),
        (falls - draw.between(-60, 140)).to_string(),
    ]
}
