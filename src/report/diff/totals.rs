//! Figures before and after, and the difference, as people read them.

use crate::model::{DeclarationId, Quantity, Scale, Shown, Type};
use crate::report::run::NO_VALUE;
use crate::report::{Run, show};
use crate::value::{Number, Value};

/// A figure of a result.
pub(super) fn figure(run: &Run<'_>, id: DeclarationId, number: Option<&Number>) -> String {
    number.map_or_else(|| NO_VALUE.to_owned(), |number| run.known(id, &Value::Number(number.clone())).0)
}

/// A difference of two figures of a result, with its sign; of two shares it is percentage points.
pub(super) fn difference(run: &Run<'_>, id: DeclarationId, number: &Number) -> String {
    let declaration = run.model.declaration(id);
    let is_share = declaration.ty.quantity().is_some_and(|quantity| quantity.scale == Scale::Share);
    let value = Value::Number(number.clone());
    let text = if is_share {
        show::value(&value, &Type::Quantity(Quantity::points()), &Shown::Plain, run.model)
    } else {
        show::value(&value, &declaration.ty, &declaration.shown, run.model)
    };
    signed(number, text)
}

/// By what share of what it was; nothing where it was zero.
pub(super) fn percent(run: &Run<'_>, change: &Number, before: &Number) -> Option<String> {
    let share = change.divide(&before.size()).ok()?;
    let text = show::value(&Value::Number(share.clone()), &Type::Quantity(Quantity::share()), &Shown::Plain, run.model);
    Some(signed(&share, text))
}

fn signed(number: &Number, text: String) -> String {
    if number.is_negative() || number.is_zero() { text } else { format!("+{text}") }
}
