//! Decision tables and exceptions: every case covered, and no case with two answers.
