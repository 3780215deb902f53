//! Problems of the model: one file per family, one constructor function per code.

pub(crate) mod lint;
pub(crate) mod tables;
