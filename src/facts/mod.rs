//! The facts document: what was observed, as plain data.
