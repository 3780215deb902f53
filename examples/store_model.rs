//! A checked model can be stored and loaded: a service compiles rules once and evaluates them often.
//!
//! ```text
//! cargo run --example store_model
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use ringfence::data::{self, Input};
use ringfence::driver;
use ringfence::meaning::{self, RunOptions};
use ringfence::model::Model;
use ringfence::source::Sources;
use std::error::Error;

const RULES: &str = "
data area
  code text, key
  pooled_fund money

measure total for the nation
  is sum of pooled_fund
";

fn main() -> Result<(), Box<dyn Error>> {
    let compiled = driver::compile(&Sources::single("fund.rules", RULES));
    let model = compiled.model.ok_or("the rules are sound")?;
    let stored = serde_json::to_string(&model)?;

    let loaded: Model = serde_json::from_str(&stored)?;
    for figures in ["code,pooled_fund\nE1,£10m\nE2,£2.5m\n", "code,pooled_fund\nE1,£10m\nE2,\n"] {
        let files = [Input { name: "area.csv".to_owned(), bytes: figures.as_bytes().to_vec() }];
        let (dataset, _) = data::load(&loaded, &files);
        let results = meaning::evaluate(&loaded, &dataset, &RunOptions::default());
        let total = loaded.find("total").and_then(|total| results.get(total, 0));
        println!("{total:?}");
    }
    Ok(())
}
