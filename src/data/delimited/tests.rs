//! However a text is cut and by how many threads it is read, the same comes of it as of one row after another,
//! each cell with care.

use super::*;
use crate::data::part::{Form, Part};
use crate::data::raw::RawCell;
use crate::driver;
use crate::model::{Model, TableId};
use crate::source::Sources;
use proptest::prelude::*;

const RULES: &str = r#"rules small "A small fund"
  status proposal
  applies 1 April 2015 to 31 March 2016

unit admissions

data area "Council"
  code text, key "ONS code"
  name text "Council name"
  fund money, at least £0 "Fund"
  admitted admissions "Admissions"
  growth percent, optional "Growth"
  submitted date, optional "Day of submission"
  agreed judgement, optional "Agreed"

measure pool for the nation
  is sum of fund
"#;

fn model() -> Model {
    let compiled = driver::compile(&Sources::single("small.rules", RULES));
    compiled.model.unwrap_or_else(|| panic!("{:?}", compiled.problems))
}

fn reader(model: &Model) -> PartReader<'_> {
    let place = DataPlace { file: "area.csv".to_owned(), ..DataPlace::default() };
    PartReader::new(model, TableId(0), 0, place, Form::Delimited)
}

/// Everything that reading gave.
fn told(part: &Part, problems: &[Problem]) -> String {
    let columns: Vec<_> = part.columns.iter().map(|column| (&column.header, &column.cells)).collect();
    let cells: Vec<Vec<_>> = part.columns.iter().map(|column| column.cells.iter().collect()).collect();
    let forms: Vec<_> =
        columns.iter().map(|(_, cells)| (cells.values().len(), cells.missing(), cells.bounds())).collect();
    let numbers: Vec<_> = (0..part.rows.len()).map(|row| part.rows.get(row)).collect();
    format!("{cells:#?}\n{forms:?}\n{numbers:?}\n{:?}\n{}\n{problems:#?}", part.judgements, part.is_partial)
}

fn by(threads: usize, model: &Model, text: &str) -> (Part, Vec<Problem>) {
    let (mut reader, mut found) = (reader(model), Found::default());
    read(text, NonZero::new(threads).unwrap(), &mut reader, &mut Workload::default(), &mut found);
    (reader.finish(&mut found), found.into_problems())
}

/// Row by row as another reader of CSV gives them, every cell with care.
fn with_care(model: &Model, text: &str) -> String {
    let (mut reader, mut found) = (reader(model), Found::default());
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in rows.records() {
        let record = record.unwrap();
        let at = usize::try_from(record.position().unwrap().byte()).unwrap();
        // Line ends in fields would have to be told from those between records.
        let (before, after) = text.as_bytes().split_at(at);
        let is_end = |byte: &&u8| **byte == b'\n';
        let line = before.iter().filter(is_end).count() + after.iter().take_while(is_end).count() + 1;
        let cells = record.iter().map(|field| RawCell::Text(field.to_owned())).collect();
        reader.row(u64::try_from(line).unwrap(), cells, &mut found);
    }
    let part = reader.finish(&mut found);
    told(&part, &found.into_problems())
}

fn cell() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "..",
        "E1",
        "E2",
        "Ashby",
        " Ashby",
        "\"Ash, by\"",
        "\"a \"\"b\"\"\"",
        "12.50",
        "£1,234",
        "\"£1,234\"",
        "£3m",
        "7",
        "7.5",
        "-1",
        "3.5%",
        "3.25%",
        "0",
        "yes",
        "No",
        "y",
        "2014-09-19",
        "19 September 2014",
        "31/02/2014",
        "[c]",
        "N/A",
        "1e5",
        "99999999999999999999",
        "x,",
        "x,y",
        "-",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 200 } else { 2_000 }))]
    #[test]
    fn the_same_comes_of_a_text_however_it_is_read(
        rows in prop::collection::vec((prop::collection::vec(cell(), 9), 0usize..12, 0usize..20), 0..60),
        line_end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let mut text = format!("code,name,fund,admitted,growth,submitted,agreed,agreed_by,agreed_on{line_end}");
        for (cells, cut, blank) in &rows {
            let cells = if *cut == 0 { &cells[..7] } else { cells };
            text.push_str(&cells.join(","));
            text.push_str(&line_end.repeat(if *blank == 0 { 3 } else { 1 }));
        }
        let model = model();
        let (part, problems) = by(1, &model, &text);
        let once = told(&part, &problems);
        // The careful reader here counts lines by their `\n` alone.
        if line_end == "\n" {
            prop_assert_eq!(&once, &with_care(&model, &text), "{}", text);
        }
        for threads in [2, 3] {
            let (other, problems) = by(threads, &model, &text);
            prop_assert_eq!(&once, &told(&other, &problems));
            for (one, other) in part.columns.iter().zip(&other.columns) {
                prop_assert_eq!(&one.cells, &other.cells);
            }
        }
    }
}
