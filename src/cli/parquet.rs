//! Parquet, where the program was built with it; else that it was not.

use super::failure::Failure;
use crate::model::{DeclarationId, Level};
use crate::report::{Run, Selection};

/// Whether the program reads and writes Parquet.
pub(super) const IS_BUILT: bool = cfg!(feature = "parquet");

/// That it does not.
pub(super) fn refusal() -> Failure {
    Failure::refused("this program was built without Parquet").help("build it with `--features parquet`, or write CSV")
}

/// The results of a level.
#[cfg(feature = "parquet")]
pub(super) fn level(run: &Run<'_>, selection: &Selection, level: Level, threads: usize) -> Result<Vec<u8>, Failure> {
    crate::report::parquet::level(run, selection, level, threads).map_err(failure)
}

/// The results of a level.
#[cfg(not(feature = "parquet"))]
pub(super) fn level(_: &Run<'_>, _: &Selection, _: Level, _: usize) -> Result<Vec<u8>, Failure> {
    Err(refusal())
}

/// The results of the nation.
#[cfg(feature = "parquet")]
pub(super) fn nation(run: &Run<'_>, ids: &[DeclarationId], about: Vec<(String, String)>) -> Result<Vec<u8>, Failure> {
    crate::report::parquet::nation(run, ids, about).map_err(failure)
}

/// The results of the nation.
#[cfg(not(feature = "parquet"))]
pub(super) fn nation(_: &Run<'_>, _: &[DeclarationId], _: Vec<(String, String)>) -> Result<Vec<u8>, Failure> {
    Err(refusal())
}

#[cfg(feature = "parquet")]
pub(super) fn failure(error: crate::report::parquet::Error) -> Failure {
    use crate::report::parquet::Error;
    match &error {
        Error::TooLarge { .. } => Failure::refused(error.to_string()).help("write CSV or JSON, which hold any number"),
        Error::Failed(_) => Failure::Bug(error.to_string()),
    }
}
