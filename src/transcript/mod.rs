//! A log becomes facts.
