//! Module paths and import paths: validity and case escaping.
