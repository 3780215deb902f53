//! What keeps the repository readable, as tests.
