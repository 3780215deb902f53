//! Checks a rules text and shows every problem with its place.
//!
//! ```text
//! cargo run --example check
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use ringfence::driver;
use ringfence::problem::json;
use ringfence::source::Sources;
use std::error::Error;

/// Two mistakes: a name that is nearly right, and pounds added to people.
const RULES: &str = r#"
unit people

data area
  code text, key
  population people
  pooled_fund money

measure per_head
  is pooled_fund / populaton

measure muddle
  is pooled_fund + population
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let sources = Sources::single("fund.rules", RULES);
    let compiled = driver::compile(&sources);
    for problem in &compiled.problems {
        let Some(file) = problem.span().and_then(|span| Some((sources.get(span.source)?, span))) else { continue };
        let (line, column) = file.0.line_column(file.1.start as usize);
        println!("{}:{line}:{column}: {} ({})", file.0.name, problem.message, problem.code.0);
        if let Some(help) = &problem.help {
            println!("  help: {help}");
        }
    }
    // The same as JSON, with lines, columns and offsets.
    println!("{}", serde_json::to_string_pretty(&json::document(&compiled.problems, &sources))?);
    Ok(())
}
