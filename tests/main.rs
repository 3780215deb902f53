//! Every test that is not a fixture, in one program.

mod cli;
mod data;
mod examples;
mod illustrative_data;
mod properties;
mod readme;
mod shipped;
mod support;
mod tidy;
