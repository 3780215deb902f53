//! Data files of every kind, as bytes: what is read, what is refused, and that all of it is told at once.

mod delimited;
mod hostile;
mod json;
mod scenario;
mod tables;
mod workbook;

use ringfence::data::{Cell, Dataset, Input, load};
use ringfence::driver;
use ringfence::model::{ColumnId, Model};
use ringfence::problem::{Place, Problem};
use ringfence::source::Sources;
use ringfence::value::Value;

const RULES: &str = r#"rules small "A small fund"
  status proposal
  applies 1 April 2015 to 31 March 2016

unit admissions
unit people

data area "Council"
  code text, key "ONS code"
  name text "Council name"
  pooled_fund money, at least £0 "Total pooled fund"
  growth percent, optional "Growth"
  submitted date, optional "Day of submission"
  agreed judgement, optional "Agreed"

data quarter "Quarter" for each area, Q4 2014-15 to Q1 2015-16
  baseline admissions "Admissions before"
  actual admissions, optional "Admissions"

measure more_than_before
  is sum of (quarter.actual - quarter.baseline)

measure pool for the nation
  is sum of pooled_fund
"#;

/// The areas that most cases use.
pub(crate) const AREAS: &str = "code,name,pooled_fund\nE1,Ashby,£10m\nE2,Barton,£20m\n";

/// The quarters that most cases use.
pub(crate) const QUARTERS: &str =
    "area,period,baseline\nE1,Q4 2014-15,10\nE1,Q1 2015-16,11\nE2,Q4 2014-15,20\nE2,Q1 2015-16,21\n";

/// What came of loading files.
pub(crate) struct Loaded {
    pub(crate) model: Model,
    pub(crate) data: Dataset,
    pub(crate) problems: Vec<Problem>,
}

pub(crate) fn model() -> Model {
    let compiled = driver::compile(&Sources::single("small.rules", RULES));
    compiled.model.unwrap_or_else(|| panic!("{:?}", compiled.problems))
}

pub(crate) fn load_bytes(files: &[(&str, Vec<u8>)]) -> Loaded {
    let model = model();
    let inputs: Vec<Input> =
        files.iter().map(|(name, bytes)| Input { name: (*name).to_owned(), bytes: bytes.clone() }).collect();
    let (data, problems) = load(&model, &inputs);
    Loaded { model, data, problems }
}

pub(crate) fn load_texts(files: &[(&str, &str)]) -> Loaded {
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    load_bytes(&files)
}

/// An area file beside good quarters.
pub(crate) fn areas(text: &str) -> Loaded {
    load_texts(&[("area.csv", text), ("quarter.csv", QUARTERS)])
}

impl Loaded {
    /// Each problem on a line: code, place, message and help.
    pub(crate) fn told(&self) -> Vec<String> {
        self.problems
            .iter()
            .map(|problem| {
                let place = match &problem.place {
                    Place::Data(place) => {
                        let sheet = place.sheet.as_ref().map_or(String::new(), |sheet| format!("[{sheet}]"));
                        let row = place.row.map_or(String::new(), |row| format!(" row {row}"));
                        let header = place.header.as_ref().map_or(String::new(), |header| format!(" `{header}`"));
                        format!(" {}{sheet}{row}{header}", place.file)
                    }
                    _ => String::new(),
                };
                let mark = if problem.is_error() { "error" } else { "warning" };
                let help = problem.help.as_ref().map_or(String::new(), |help| format!(" | {help}"));
                format!("{mark} {}{place}: {}{help}", problem.code.0, problem.message)
            })
            .collect()
    }

    #[track_caller]
    pub(crate) fn tells(&self, lines: &[&str]) {
        assert_eq!(self.told(), lines);
    }

    pub(crate) fn column(&self, table: &str, column: &str) -> ColumnId {
        let found =
            self.model.columns.iter().position(|it| it.name == column && self.model.table(it.table).name == table);
        ColumnId::from_index(found.unwrap())
    }

    /// A column's cells as text: values plain, absent ones by their reason in brackets.
    pub(crate) fn cells(&self, table: &str, column: &str) -> Vec<String> {
        let id = self.column(table, column);
        let rows = self.data.table(self.model.column(id).table).rows;
        (0..rows)
            .map(|row| match self.data.cell(&self.model, id, row) {
                Cell::Known(Value::Text(text)) => text.to_string(),
                Cell::Known(Value::Number(number)) => number.to_string(),
                Cell::Known(Value::YesNo(yes)) => yes.to_string(),
                Cell::Known(Value::Date(date)) => date.to_string(),
                Cell::Known(Value::Period(period)) => period.to_string(),
                Cell::Known(other) => format!("{other:?}"),
                Cell::Missing(reason) => format!("[{reason:?}]"),
            })
            .collect()
    }
}
