//! The formatter: a syntax tree and its comments to the one canonical layout.
