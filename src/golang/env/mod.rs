//! The effective Go environment with the origin of every value.
