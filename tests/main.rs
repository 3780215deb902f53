//! Every test that is not a fixture, in one program.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking, in its helpers too"
)]

mod benches;
mod cli;
mod data;
mod documents;
mod examples;
mod illustrative_data;
mod properties;
mod readme;
mod shipped;
mod support;
mod tidy;
