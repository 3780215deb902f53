//! What the tests share: a fixture on disk, compiled and evaluated, and its stages as text.

#![allow(dead_code, unused_imports, reason = "each test program uses a part")]

pub(crate) mod case;
pub(crate) mod generate;
pub(crate) mod results;
pub(crate) mod stage;
