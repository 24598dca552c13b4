//! GOPRIVATE-type pattern lists.
