//! Dated parameters on the first day of periods that the data say.
//!
//! In: a parameter and a kept vector of periods. Out: its value for each row. A value is looked up once a period.

use super::bind::{Kept, World, nothing_like};
use super::kernel::slow::Item;
use super::pass;
use super::shape::{Codes, Shape};
use super::sites::Site;
use super::vector::{Lanes, Vector};
use super::whole::{bools, code, numbers};
use crate::meaning::value_at;
use crate::model::ParameterId;
use crate::plan::{FrameId, StepId};
use crate::value::{Period, PeriodKind, Value, day_of_date};
use std::collections::HashMap;

/// The value for each row.
pub(super) fn at(world: &mut World<'_>, id: StepId, parameter: ParameterId, period: StepId) -> Option<Kept> {
    let frame = world.plan.step(id).frame;
    let rows = world.frames.rows(frame);
    let kept = world.kept.get(period.index())?.as_ref()?;
    let kind = match (&kept.constant, &kept.shape) {
        (Some(Value::Period(period)), _) => period.kind,
        (_, Shape::Code(Codes::Period(kind))) => *kind,
        // A period that is never known has no kind.
        _ => PeriodKind::Quarter,
    };
    let missing = kept.vector.missing.clone();
    let mut vector = Vector::default();
    let mut known: HashMap<i32, Option<Item>> = HashMap::new();
    let mut items: Vec<Option<Item>> = Vec::with_capacity(rows);
    for row in 0..rows {
        let Some(Item::Code(ordinal)) = world.item(period, row) else {
            if let Some(why) = missing.why(row) {
                vector.missing.blame(why, row, rows);
            }
            items.push(None);
            continue;
        };
        let item = match known.get(&ordinal) {
            Some(item) => item.clone(),
            None => {
                let item = looked_up(world, parameter, Period { kind, ordinal });
                known.insert(ordinal, item.clone());
                item
            }
        };
        if item.is_none() {
            let why = world.why(frame, Site::Parameter(parameter, Some(Period { kind, ordinal })))?;
            vector.missing.blame(why, row, rows);
        }
        items.push(item);
    }
    let items: Vec<Option<&Item>> = items.iter().map(Option::as_ref).collect();
    let (lanes, shape) = match nothing_like(&world.model.parameter(parameter).ty) {
        Shape::Bool => bools(&items),
        Shape::Code(codes) => (Lanes::Code(items.iter().map(|item| code(*item)).collect()), Shape::Code(codes)),
        _ => numbers(&items),
    };
    vector.lanes = lanes;
    let kept = pass::whole(vector, shape, None);
    // A step of the nation is kept by its value.
    let constant = items.first().copied().flatten().filter(|_| frame == FrameId::NATION);
    let constant = constant.and_then(|item| world.item_as(item, &kept.shape));
    Some(Kept { constant, ..kept })
}

/// The value on the first day of a period, if there is one.
fn looked_up(world: &mut World<'_>, id: ParameterId, period: Period) -> Option<Item> {
    let parameter = world.model.parameter(id);
    let replaced = world.options.parameters.iter().rev().find(|(given, _)| *given == id);
    let date = period.first_day(world.model.ruleset.year_start);
    let value = replaced.map(|(_, value)| value).or_else(|| value_at(parameter, date))?.clone();
    Some(match value {
        Value::Number(number) => Item::Number(number),
        Value::YesNo(yes) => Item::Bool(yes),
        Value::Date(date) => Item::Code(day_of_date(date)),
        Value::Period(period) => Item::Code(period.ordinal),
        Value::Text(text) => Item::Code(world.texts.code(&text)),
        Value::Condition(state) => Item::Code(super::outcome::state_code(state)),
    })
}
