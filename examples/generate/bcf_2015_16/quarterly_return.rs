//! The quarterly return: what each area reports, and the payment it agreed.
//!
//! In: an area's money, activity and answers. Out: the cells of its four quarters.
//!
//! Most areas agree the payment that the guidance suggests, so this works the suggestion out once more, in whole
//! pounds and by hand. The rules file does not read it: there the agreed payment stands beside the suggested one.

use super::super::draw::Draw;
use super::activity::Activity;
use super::money::Money;

/// The columns of [`cells`], after the area and the period.
pub(crate) const COLUMNS: [&str; 6] =
    ["baseline", "planned", "actual", "planned_delayed_days", "agreed_payment", "unreleased_use"];

/// The value of an admission where an area gives none of its own.
const VALUE: i64 = 1_490;

/// The cells of the four quarters of an area. `gap` is a quarter whose actual admissions are missing, and how that
/// is written; `access` says whether no condition was answered with no and the pool is large enough.
pub(crate) fn cells(
    code: &str,
    activity: &Activity,
    money: &Money,
    gap: Option<(usize, &str)>,
    access: bool,
) -> Vec<Vec<String>> {
    let mut draw = Draw::new(code, "return");
    let (suggested, as_planned) = payments(activity, money, access);
    let differs = draw.chance(120);
    (0..4)
        .map(|quarter| {
            let agreed = if differs { suggested[quarter] / 20_000 * 10_000 } else { suggested[quarter] };
            let is_gap = gap.is_some_and(|(missing, _)| missing == quarter);
            let (agreed, use_of_rest) = if is_gap {
                ("..".to_owned(), "..")
            } else if quarter == 3 && draw.chance(40) {
                ("not yet due".to_owned(), "not yet due")
            } else if agreed >= as_planned[quarter] {
                (agreed.to_string(), "[z]")
            } else if draw.chance(10) {
                (agreed.to_string(), "..")
            } else {
                (agreed.to_string(), *draw.one_of(&["acute care", "acute care", "social care", "other"]))
            };
            let actual = match gap {
                Some((missing, written)) if missing == quarter => written.to_owned(),
                _ => activity.actual[quarter].to_string(),
            };
            vec![
                activity.baseline[quarter].to_string(),
                activity.planned[quarter].to_string(),
                actual,
                activity.planned_delayed_days[quarter].to_string(),
                agreed,
                use_of_rest.to_owned(),
            ]
        })
        .collect()
}

/// The payments suggested, and the payments if each quarter goes as planned.
fn payments(activity: &Activity, money: &Money, access: bool) -> (Vec<i64>, Vec<i64>) {
    let reduction = activity.planned_reduction();
    let pot = (reduction * money.local_value.unwrap_or(VALUE)).clamp(0, money.share_of_1bn);
    if pot == 0 {
        return (vec![0; 4], vec![0; 4]);
    }
    // Half a pound is rounded up; nothing here is below zero.
    let part = |fewer: i64| {
        ((2 * i128::from(pot) * i128::from(fewer.max(0)) + i128::from(reduction)) / (2 * i128::from(reduction))) as i64
    };
    let (mut planned_so_far, mut achieved_so_far, mut paid) = (0, 0, 0);
    (0..4)
        .map(|quarter| {
            let planned = activity.baseline[quarter] - activity.planned[quarter];
            planned_so_far += planned;
            achieved_so_far += activity.baseline[quarter] - activity.actual[quarter];
            let due = part(achieved_so_far.min(planned_so_far));
            let pay = if access { (due - paid).max(0) } else { 0 };
            paid += pay;
            (pay, part(planned))
        })
        .unzip()
}
