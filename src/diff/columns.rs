//! A column of a data table as the rules would write it, without its name and label.

use crate::model::{Column, Model, Scale, Type};
use crate::value::{Number, Value};

/// `money, at least £0, optional`
pub(super) fn words(model: &Model, column: &Column, is_key: bool) -> String {
    let of_type = type_words(model, column);
    let mut words = vec![match (column.is_judgement, &column.ty) {
        (true, Type::YesNo) => "judgement".to_owned(),
        (true, Type::Choice(values)) => format!("judgement of {}", values.join(", ")),
        _ => of_type,
    }];
    if is_key {
        words.push("key".to_owned());
    }
    let spell = |number: &Number| model.spell(&Value::Number(number.clone()), &column.ty);
    let is_count = column.is_whole && column.least.as_ref().is_some_and(Number::is_zero);
    words.extend(column.least.iter().filter(|_| !is_count).map(|least| format!("at least {}", spell(least))));
    words.extend(column.greatest.iter().map(|greatest| format!("at most {}", spell(greatest))));
    let counts = column.ty.quantity().is_some_and(|quantity| {
        let dimension = &quantity.dimension;
        dimension.money == 0 && dimension.units.len() == 1 && dimension.units.values().all(|power| *power == 1)
    });
    if counts && !column.is_whole {
        words.push("may be fractional".to_owned());
    }
    if column.is_optional {
        words.push("optional".to_owned());
    }
    words.extend(
        column.breaks.iter().map(|change| format!("new definition from {} because {}", change.from, change.because)),
    );
    words.join(", ")
}

fn type_words(model: &Model, column: &Column) -> String {
    let quantity = match &column.ty {
        Type::Unknown => return "unknown".to_owned(),
        Type::Text => return "text".to_owned(),
        Type::YesNo => return "yes/no".to_owned(),
        Type::Date => return "date".to_owned(),
        Type::Period(kind) => return kind.word().to_owned(),
        Type::Choice(values) => return format!("one of {}", values.join(", ")),
        Type::Quantity(quantity) => quantity,
    };
    let dimension = &quantity.dimension;
    if dimension.is_none() {
        return match quantity.scale {
            Scale::Plain => "number",
            Scale::Share => "percent",
            Scale::Points => "percentage points",
        }
        .to_owned();
    }
    let name = |above: bool| {
        let money = (dimension.money != 0 && (dimension.money > 0) == above).then_some("money");
        let units = dimension.units.iter().filter(move |(_, power)| (**power > 0) == above);
        let names: Vec<&str> =
            money.into_iter().chain(units.map(|(unit, _)| model.unit(*unit).name.as_str())).collect();
        names.join(" ")
    };
    let (above, below) = (name(true), name(false));
    let base = if column.cell_base == Number::one() {
        String::new()
    } else {
        format!("{} ", crate::value::grouped(&column.cell_base.to_string()))
    };
    if below.is_empty() { above } else { format!("{above} per {base}{below}") }
}
