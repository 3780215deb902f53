//! What must hold of every text and every table, not of one example.
