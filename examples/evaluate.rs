//! The whole way through the library: rules and data in, results and an explanation out.
//!
//! Nothing here touches the terminal libraries; the same works in a service.
//!
//! ```text
//! cargo run --example evaluate
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use ringfence::data::{self, Input};
use ringfence::driver;
use ringfence::meaning::{self, RunOptions};
use ringfence::report::{self, Run, Selection};
use ringfence::source::Sources;
use std::error::Error;

const RULES: &str = r#"
rules warm_homes "Warm homes grant"
  applies 1 April 2015 to 31 March 2016

unit homes

data area
  code text, key
  name text
  homes homes
  homes_planned homes
  share money

parameter least_share
  is 2%

measure ambition "Homes to be insulated, of all homes"
  is homes_planned / homes
  shown as percent

condition ambitious_enough "At least 2% of homes"
  met when ambition >= least_share

measure grant "Grant"
  is homes_planned * £300 per homes
  at most share

measure total "Grants" for the nation
  is sum of grant
"#;

/// Illustrative figures. The second area has not said how many homes it plans to insulate.
const DATA: &str = "\
code,name,homes,homes_planned,share
E1,Northtown,\"40,000\",900,\"£250,000\"
E2,Southtown,\"55,000\",..,\"£300,000\"
";

fn main() -> Result<(), Box<dyn Error>> {
    // Text in, a checked model out.
    let sources = Sources::single("warm-homes.rules", RULES);
    let compiled = driver::compile(&sources);
    let Some(model) = compiled.model else {
        return Err(format!("{} problems", compiled.problems.len()).into());
    };

    // Bytes in, a dataset out, and every problem in the files.
    let files = [Input { name: "area.illustrative.csv".to_owned(), bytes: DATA.as_bytes().to_vec() }];
    let (dataset, problems) = data::load(&model, &files);
    assert!(problems.is_empty(), "{problems:?}");

    // Every result of every area, exact; what is missing says why.
    let options = RunOptions::default();
    let results = meaning::evaluate(&model, &dataset, &options);
    let run = Run::new(&model, &sources, &dataset, &results, &options);
    let style = report::overview::Style { width: 90, ink: report::Ink::default() };
    println!("{}", report::overview::overview(&run, &Selection::default(), style));

    // Why this number?
    let grant = model.find("grant").ok_or("the rules have a grant")?;
    let explanation = meaning::explain(&model, &dataset, &results, &options, grant, 0).ok_or("there is an area")?;
    let style = report::explain::Style { width: 90, ink: report::Ink::default() };
    println!("{}", report::explain::text(&run, &explanation, style));

    // The same for other programs.
    let only = Selection { only: vec![grant], ..Selection::default() };
    println!("{}", report::json::text(&run, &only)?);
    Ok(())
}
