//! How large a rules file and its parts may be.
//!
//! They are far above what a person writes, and low enough that everything after parsing may recurse freely.

/// Bytes in a file.
pub(super) const FILE_BYTES: usize = 1024 * 1024;
/// Bytes in a line.
pub(super) const LINE_BYTES: usize = 2_000;
/// Brackets, `if`s and `where`s inside each other.
pub(super) const NESTING: usize = 64;
/// Signs of arithmetic in one clause: each makes the tree one deeper.
pub(super) const OPERATORS: usize = 256;
/// Columns of a table between bars.
pub(super) const COLUMNS: usize = 200;
/// Problems told about one file.
pub(super) const PROBLEMS: usize = 100;
/// Steps of the parser over one clause; about eight are needed for a byte.
pub(super) const PARSER_CALLS: usize = 20_000_000;
