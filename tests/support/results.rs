//! Results of an evaluation as an aligned table: every declaration by row, exact, with every reason of a missing value.
//!
//! Written apart from `ringfence::report` on purpose: what people are shown may round, what is pinned here may not.

use ringfence::data::{Cell, Dataset};
use ringfence::meaning::{Results, ScenarioRun};
use ringfence::model::{
    Declaration, DeclarationId, DeclarationKind, ExpectedValue, Level, Model, Quantity, Scale, TableId, Type,
};
use ringfence::source::{Sources, Span};
use ringfence::value::{Cause, ConditionState, Fault, MissingReason, Number, Outcome, Value};

/// The longest number that is shown whole.
const LONGEST: usize = 100;

/// The parts that every line needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) model: &'a Model,
    pub(crate) data: &'a Dataset,
    pub(crate) sources: &'a Sources,
}

/// Every declaration by row.
pub(crate) fn table(context: Context<'_>, results: &Results) -> String {
    let mut text = String::new();
    if let Some(as_at) = results.as_at {
        text.push_str(&format!("as at {as_at}\n\n"));
    }
    for (index, declaration) in context.model.declarations.iter().enumerate() {
        let id = DeclarationId::from_index(index);
        text.push_str(&format!("{} {}\n", word(&declaration.kind), declaration.name));
        let rows = results.values.get(index).map_or(0, Vec::len);
        let names: Vec<String> = (0..rows).map(|row| context.row_name(declaration.level, row)).collect();
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        for (row, name) in names.iter().enumerate() {
            let Some(outcome) = results.get(id, row) else { continue };
            let mut shown = context.outcome(outcome, &declaration.ty);
            if let Some(holds) = results.holds.get(index).and_then(|holds| holds.get(row)) {
                let agrees = match (holds.known(), outcome.known()) {
                    (Some(Value::YesNo(yes)), Some(Value::Condition(state))) => {
                        *yes == (*state != ConditionState::NotMet)
                    }
                    (None, None) => true,
                    _ => false,
                };
                if !agrees {
                    shown.push_str(&format!("  (read in logic: {})", context.outcome(holds, &Type::YesNo)));
                }
            }
            if let Some(basis) = results.basis(id, row) {
                let table = context.model.table(basis.table);
                shown.push_str(&format!("  (from {} {}", basis.determined, table.plural));
                if basis.undetermined > 0 {
                    shown.push_str(&format!(", {} not determined", basis.undetermined));
                }
                if let Some(partial) = basis.partial.as_ref().filter(|_| outcome.is_missing()) {
                    shown.push_str(&format!(", which give {}", context.value(partial, &declaration.ty)));
                }
                shown.push(')');
            }
            text.push_str(&format!("  {name:<width$} | {shown}\n"));
        }
        text.push('\n');
    }
    text
}

/// How a scenario came out.
pub(crate) fn scenario(model: &Model, sources: &Sources, number: usize, run: &ScenarioRun) -> String {
    let scenario = &model.scenarios[number];
    let mut text = format!("scenario {}: {}\n", scenario.name, if run.holds() { "holds" } else { "FAILS" });
    if let Some(why) = &run.unbuilt {
        text.push_str(&format!("  {why}\n"));
    }
    let empty = Dataset::default();
    let data = run.run.as_ref().map_or(&empty, |(data, _, _)| data);
    let context = Context { model, data, sources };
    for failure in &run.failures {
        let expectation = &scenario.expectations[failure.expectation];
        let declaration = model.declaration(expectation.declaration);
        let expected = failure.expected.as_ref().map_or("nothing".to_owned(), |value| match value {
            ExpectedValue::Value(value) => context.value(value, &declaration.ty),
            ExpectedValue::Met => "met".to_owned(),
            ExpectedValue::NotMet => "not met".to_owned(),
            ExpectedValue::DoesNotApply => "does not apply".to_owned(),
            ExpectedValue::CannotDetermine => "cannot determine".to_owned(),
        });
        let found = failure.found.as_ref().map_or("no such row".to_owned(), |it| context.outcome(it, &declaration.ty));
        let row = context.row_name(declaration.level, failure.row);
        text.push_str(&format!("  {} of {row}: expected {expected}, found {found}\n", declaration.name));
    }
    text
}

/// The row of a declaration that a text such as `E1, Q4 2014-15` names.
pub(crate) fn find_row(context: Context<'_>, declaration: &Declaration, rows: usize, name: &str) -> Option<usize> {
    (0..rows).find(|row| context.row_name(declaration.level, *row) == name)
}

fn word(kind: &DeclarationKind) -> &'static str {
    match kind {
        DeclarationKind::Measure(_) => "measure",
        DeclarationKind::Condition { .. } => "condition",
        DeclarationKind::Permission { .. } => "permission",
        DeclarationKind::Payment(_) => "payment",
        DeclarationKind::Decision(_) => "decision",
        DeclarationKind::OutcomePart(_) => "part",
        DeclarationKind::Outcome { .. } => "outcome",
        DeclarationKind::Check { .. } => "check",
        DeclarationKind::Discretion(_) => "discretion",
        DeclarationKind::Ladder { .. } => "ladder",
        DeclarationKind::Allocation { .. } => "allocation",
    }
}

impl Context<'_> {
    /// `E1, Q4 2014-15`, or `nation`.
    pub(crate) fn row_name(&self, level: Level, row: usize) -> String {
        match level {
            Level::Nation => "nation".to_owned(),
            Level::Table(table) => self.record(table, row),
        }
    }

    fn record(&self, table: TableId, row: usize) -> String {
        let declared = self.model.table(table);
        let Some(data) = self.data.tables.get(table.index()) else { return format!("{} {row}", declared.name) };
        let mut names = Vec::new();
        for (position, parent) in declared.parents.iter().enumerate() {
            if let Some(above) = data.parents.get(position).and_then(|rows| rows.get(row)) {
                names.push(self.record(*parent, *above as usize));
            }
        }
        let own = declared.key.and_then(|key| {
            let cells = data.columns.get(self.model.column_position(key))?;
            match cells.get(row) {
                Cell::Known(value) => Some(self.value(&value, &self.model.column(key).ty)),
                Cell::Missing(_) => None,
            }
        });
        names.push(own.unwrap_or_else(|| format!("{} {}", declared.name, row + 1)));
        names.join(", ")
    }

    pub(crate) fn outcome(&self, outcome: &Outcome, ty: &Type) -> String {
        match outcome {
            Outcome::Known(value) => self.value(value, ty),
            Outcome::Missing(causes) => {
                let causes: Vec<String> = causes.iter().map(|cause| self.cause(cause)).collect();
                format!("cannot determine: {}", causes.join("; "))
            }
        }
    }

    fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Cell { table, row, column, reason } => {
                let declared = self.model.column(*column);
                let of = match reason {
                    MissingReason::NoColumn => String::new(),
                    _ => format!(" of {}", self.record(*table, *row as usize)),
                };
                format!("{}.{}{of} {}", self.model.table(*table).name, declared.name, reason.phrase())
            }
            Cause::Fault { fault, declaration, row, span } => {
                let place: Span = (*span).into();
                let words = self.sources.slice(place).split_whitespace().collect::<Vec<_>>().join(" ");
                let name = &self.model.declaration(*declaration).name;
                format!("{} in `{words}` of {name}, row {row}", fault_words(*fault))
            }
            Cause::NewDefinition { column, from, declaration, row, span } => {
                let column = &self.model.column(*column).name;
                let declaration = &self.model.declaration(*declaration).name;
                let words = self.sources.slice((*span).into()).split_whitespace().collect::<Vec<_>>().join(" ");
                format!("new definition of {column} from {from} in `{words}` of {declaration}, row {row}")
            }
            other => format!("{other:?}"),
        }
    }

    /// A value exactly, with its unit.
    pub(crate) fn value(&self, value: &Value, ty: &Type) -> String {
        match value {
            Value::Number(number) => match ty {
                Type::Quantity(quantity) => self.quantity(number, quantity),
                _ => grouped(number),
            },
            Value::Text(text) => text.to_string(),
            Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Date(date) => date.to_string(),
            Value::Period(period) => period.to_string(),
            Value::Condition(ConditionState::Met) => "met".to_owned(),
            Value::Condition(ConditionState::NotMet) => "not met".to_owned(),
            Value::Condition(ConditionState::DoesNotApply(number)) => {
                format!("does not apply (exemption {})", number + 1)
            }
        }
    }

    fn quantity(&self, number: &Number, quantity: &Quantity) -> String {
        let hundred = Number::from(100);
        let percent = |number: &Number| number.multiply(&hundred).map_or("?".to_owned(), |it| grouped(&it));
        match quantity.scale {
            Scale::Share => return format!("{}%", percent(number)),
            Scale::Points => return format!("{} percentage points", percent(number)),
            Scale::Plain => {}
        }
        let dimension = &quantity.dimension;
        let above: Vec<&str> =
            dimension.units.iter().filter(|(_, power)| **power > 0).map(|(id, _)| self.unit(*id)).collect();
        let below: Vec<&str> =
            dimension.units.iter().filter(|(_, power)| **power < 0).map(|(id, _)| self.unit(*id)).collect();
        let mut text = match dimension.money {
            1 => {
                let sign = if number.is_negative() { "-" } else { "" };
                format!("{sign}{}{}", self.model.ruleset.currency, grouped(&number.size()))
            }
            _ => grouped(number),
        };
        if !above.is_empty() {
            text.push_str(&format!(" {}", above.join("·")));
        }
        if !below.is_empty() {
            text.push_str(&format!(" per {}", below.join("·")));
        }
        if dimension.money < 0 {
            text.push_str(&format!(" per {}", self.model.ruleset.currency));
        }
        text
    }

    fn unit(&self, id: ringfence::model::UnitId) -> &str {
        &self.model.unit(id).name
    }
}

fn fault_words(fault: Fault) -> &'static str {
    match fault {
        Fault::DivisionByZero => "division by zero",
        Fault::TooLarge => "a number too large",
        Fault::NoRecords => "no records",
        Fault::NoWeight => "weights that add up to zero",
        Fault::NoRowMatches => "no row matches",
        Fault::NoEarlierPeriod => "no earlier period",
        Fault::NoSuchPeriod => "no such period",
        Fault::ExceptionsConflict => "exceptions conflict",
        Fault::FloorsAbovePot => "floors above the pot",
        Fault::CeilingsBelowPot => "ceilings below the pot",
        Fault::FloorAboveCeiling => "floor above the ceiling",
        Fault::PotNotWhole => "a pot that is no multiple of the step",
        Fault::NoProportion => "nothing to share in proportion to",
        Fault::Internal => "!! an error of the program",
    }
}

/// An exact number with separators; a fraction where there is no short decimal. Very long ones are cut.
fn grouped(number: &Number) -> String {
    let text = number.to_string();
    if text.len() > LONGEST {
        return format!("{}… ({} characters)", text.get(..20).unwrap_or_default(), text.len());
    }
    if text.contains('/') {
        return text;
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", ringfence::value::grouped(whole))
}
