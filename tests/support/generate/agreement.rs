//! Both engines on one case, side by side.

use super::Case;
use ringfence::data::{self, Dataset};
use ringfence::eval::{self, Run, Wanted};
use ringfence::meaning::{self, Comparison};
use ringfence::model::Model;
use ringfence::plan;

/// What came of a case.
#[derive(Debug)]
pub(crate) struct Agreement {
    /// Where the engines differ.
    pub(crate) comparison: Comparison,
    /// Rows of data.
    pub(crate) rows: u64,
    /// Whether the column engine ran the rules, rather than leaving all of them to the reference.
    pub(crate) is_planned: bool,
    /// How many results came from columns.
    pub(crate) from_columns: u64,
}

/// Runs both engines; nothing where the rules have errors.
pub(crate) fn of(case: &Case) -> Option<Agreement> {
    let model = case.model()?;
    let (dataset, _) = data::load(&model, &case.inputs());
    Some(of_data(case, &model, &dataset))
}

/// Runs both engines of rules that are compiled already.
pub(crate) fn of_data(case: &Case, model: &Model, dataset: &Dataset) -> Agreement {
    let defined = meaning::evaluate(model, dataset, &case.options);
    let planned = plan::from_model(model);
    // Three threads, so that results are put together from parts.
    let run = planned.as_ref().and_then(|plan| Run::new(plan, model, dataset, &case.options, Wanted::Results, 3));
    let is_planned = run.is_some();
    let from_columns = planned.as_ref().filter(|_| is_planned).map_or(0, |plan| {
        let counts = plan.outputs.iter().zip(&defined.values);
        counts.filter(|(output, _)| output.is_planned).map(|(_, values)| values.len() as u64).sum()
    });
    let found = run.map_or_else(|| eval::evaluate(model, dataset, &case.options), |run| run.results());
    Agreement {
        is_planned,
        from_columns,
        comparison: meaning::compare(model, &defined, &found, 10),
        rows: dataset.tables.iter().map(|table| table.rows as u64).sum(),
    }
}

/// A case and its differences as a person reads them.
pub(crate) fn told(case: &Case, comparison: &Comparison) -> String {
    let mut text = format!("{} of {} results differ\n", comparison.differing, comparison.compared);
    let model = case.model();
    for difference in &comparison.differences {
        let declaration = model.as_ref().map(|model| model.declaration(difference.declaration));
        let name = declaration.map_or("", |declaration| declaration.name.as_str());
        text.push_str(&format!("`{name}` at row {}: {:?}\n", difference.row, difference.kind));
    }
    text.push_str(&format!("options: {:?}\n\n{}", case.options, case.rules()));
    for (name, file) in &case.files {
        text.push_str(&format!("\n---- {name}\n{file}"));
    }
    text
}
