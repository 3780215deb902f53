//! Bytes choose rules and tables, and both engines must give the same.
#![no_main]

#[path = "../../support/generate/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod generate;

use generate::{Size, agreement};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let case = generate::case_of_bytes(bytes, Size::SMALL);
    if let Some(agreement) = agreement::of(&case)
        && !agreement.comparison.agrees()
    {
        panic!("{}", agreement::told(&case, &agreement.comparison));
    }
});
