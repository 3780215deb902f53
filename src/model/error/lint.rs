//! Warnings: what is allowed but is probably a mistake.
