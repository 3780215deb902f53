//! Results made readable: tables, JSON, CSV, workbooks, explanations in sentences.

pub mod show;
