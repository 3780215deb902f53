//! Assurance: the class each plan was put in, and the judgements that lead to it.
//!
//! In: the areas, and whether a plan reaches 3.5%. Out: 6 plans approved, 91 with support, 49 with conditions and 5 not
//! approved, as published, each by judgements that the decision table of the rules file turns into that class.
//! Every reviewer is a made-up role.

use super::super::draw::Draw;
use super::super::real::RealArea;

/// What national assurance decided.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Approved.
    Approved,
    /// Approved with support.
    WithSupport,
    /// Approved with conditions.
    WithConditions,
    /// Not approved.
    NotApproved,
}

/// Puts every plan in a class.
pub(crate) fn classes(areas: &[RealArea]) -> Vec<Class> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|index| Draw::new(&areas[*index].code, "class").rank());
    let mut classes = vec![Class::WithSupport; areas.len()];
    for (place, index) in order.into_iter().enumerate() {
        classes[index] = match place {
            0..5 => Class::NotApproved,
            5..11 => Class::Approved,
            11..60 => Class::WithConditions,
            _ => Class::WithSupport,
        };
    }
    classes
}

/// The cells of the review of one area, in the order of [`COLUMNS`].
pub(crate) fn cells(area: &RealArea, class: Class, reaches_least_reduction: bool) -> Vec<String> {
    let mut draw = Draw::new(&area.code, "review");
    let (quality, risk, material, outstanding) = grounds(&mut draw, class);
    let mut cells = case(area, class, reaches_least_reduction);
    cells.push(quality.to_owned());
    cells.extend(reviewer(&mut draw, quality_reason(quality)));
    cells.push(risk.to_owned());
    if risk == ".." {
        cells.extend([String::new(), String::new(), String::new()]);
    } else {
        cells.extend(reviewer(&mut draw, risk_reason(risk)));
    }
    cells.extend([material.to_owned(), outstanding.to_owned(), discharged(&mut draw, class)]);
    cells
}

/// The columns of [`cells`].
pub(crate) const COLUMNS: [&str; 15] = [
    "credible_case",
    "credible_case_by",
    "credible_case_on",
    "credible_case_because",
    "plan_quality",
    "plan_quality_by",
    "plan_quality_on",
    "plan_quality_because",
    "plan_risk",
    "plan_risk_by",
    "plan_risk_on",
    "plan_risk_because",
    "material_condition",
    "outstanding_actions",
    "conditions_discharged",
];

/// Quality, risk, material condition and outstanding actions that lead to the class, whatever is missing among them.
fn grounds(draw: &mut Draw, class: Class) -> (&'static str, &'static str, &'static str, &'static str) {
    match class {
        Class::NotApproved => {
            ("low", *draw.one_of(&["high", "medium", "high", ".."]), *draw.one_of(&["yes", "no"]), "yes")
        }
        Class::Approved => ("high", "low", "no", "no"),
        Class::WithConditions if draw.chance(600) => {
            ("medium", "high", "no", *draw.one_of(&["yes", "yes", "no", "[x]"]))
        }
        Class::WithConditions => {
            (*draw.one_of(&["high", "medium"]), *draw.one_of(&["low", "medium"]), "yes", *draw.one_of(&["yes", "no"]))
        }
        Class::WithSupport => match draw.between(1, 10) {
            1..=3 => ("high", "low", "no", "yes"),
            4..=6 => ("high", *draw.one_of(&["medium", "high"]), "no", *draw.one_of(&["yes", "no"])),
            _ => ("medium", *draw.one_of(&["low", "medium"]), "no", *draw.one_of(&["yes", "no"])),
        },
    }
}

/// The credible case for a smaller reduction: who, when and why.
fn case(area: &RealArea, class: Class, reaches_least_reduction: bool) -> Vec<String> {
    let mut draw = Draw::new(&area.code, "case");
    if reaches_least_reduction {
        return vec!["no".to_owned(), String::new(), String::new(), String::new()];
    }
    let accepted = if class == Class::NotApproved { draw.chance(400) } else { draw.chance(950) };
    if accepted && draw.chance(15) {
        return vec!["..".to_owned(), String::new(), String::new(), String::new()];
    }
    let why = if accepted {
        *draw.one_of(&[
            "Illustrative: the baseline rate is already among the lowest of similar areas",
            "Illustrative: admissions fell sharply in the two years before",
            "Illustrative: a new urgent care centre opens half-way through the year",
            "Illustrative: the population aged 85 and over grows faster than the reduction can",
        ])
    } else {
        *draw.one_of(&[
            "Illustrative: the plan gives no evidence for a smaller reduction",
            "Illustrative: the case rests on a forecast of growth, not on the baseline",
        ])
    };
    let day = draw.between(22, 30);
    vec![
        if accepted { "yes" } else { "no" }.to_owned(),
        format!("Illustrative: regional reviewer, {}", area.region),
        format!("{day} September 2014"),
        why.to_owned(),
    ]
}

/// Who, when and why of a national judgement.
fn reviewer(draw: &mut Draw, why: &str) -> [String; 3] {
    [
        format!("Illustrative: national reviewer {}", draw.between(1, 8)),
        format!("{} October 2014", draw.between(13, 28)),
        why.to_owned(),
    ]
}

fn quality_reason(quality: &str) -> &'static str {
    match quality {
        "high" => "Illustrative: schemes are costed and each has an owner",
        "medium" => "Illustrative: schemes are sound, savings are only partly evidenced",
        _ => "Illustrative: schemes and savings are not evidenced",
    }
}

fn risk_reason(risk: &str) -> &'static str {
    match risk {
        "low" => "Illustrative: partners are stable and have delivered before",
        "medium" => "Illustrative: one provider is under financial pressure",
        _ => "Illustrative: commissioners and providers disagree on the effect of the plan",
    }
}

/// When the conditions of an approval were discharged; not applicable to other classes.
fn discharged(draw: &mut Draw, class: Class) -> String {
    if class != Class::WithConditions {
        return "[z]".to_owned();
    }
    match draw.between(1, 100) {
        1..=60 => format!("{} December 2014", draw.between(1, 19)),
        61..=80 => format!("{} January 2015", draw.between(5, 9)),
        81..=92 => format!("{} January 2015", draw.between(12, 30)),
        _ => "..".to_owned(),
    }
}
