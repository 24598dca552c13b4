//! Which repository an import path names by static rule.
