//! Results of an evaluation as an aligned table, one line per row of each declaration.
